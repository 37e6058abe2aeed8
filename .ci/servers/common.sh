# Shared by install, start and stop; sourced, never run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$(realpath -m "${CI_CACHE:-$here/../../var/ci-cache}")

die() {
  printf '%s\n' "$(basename "$0"): $*" >&2
  exit 1
}

need() { # need COMMAND...: every command must be on the path
  local command
  for command; do
    command -v "$command" > /dev/null || die "$command is missing; run $here/install"
  done
}

# A process id may be reused after a crash, so a server counts as ours only while it works in its
# own folder: every server is started there, or enters its data folder below it.
ours() { # ours DIR: prints the process id of the live server of DIR, or fails
  local pid cwd
  pid=$(cat "$1/pid" 2> /dev/null) && cwd=$(readlink "/proc/$pid/cwd") || return 1
  [[ $cwd == "$1" || $cwd == "$1"/* ]] && printf '%s\n' "$pid"
}

# Database servers refuse to run as root. Root's right to pass any folder is kept for them, because
# a checkout often lies where only root may enter.
drop=(setpriv --init-groups --inh-caps=+dac_override --ambient-caps=+dac_override)

as() { # as USER COMMAND...
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    "${drop[@]}" --reuid="$user" --regid="$user" "$@"
  else
    "$@"
  fi
}

become() { # become USER COMMAND...: turns this process into the command, out of our process group
  if [ "$(id -u)" = 0 ]; then
    exec setsid "${drop[@]}" --reuid="$1" --regid="$1" "${@:2}"
  fi
  exec setsid "${@:2}"
}

give() { # give USER DIR: hands DIR to the account that the server runs as
  [ "$(id -u)" != 0 ] || chown "$1:$1" "$2"
}
