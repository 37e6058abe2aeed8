# Shared by install, start and stop; sourced, never run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${CI_CACHE:-$here/../../var/ci-cache}

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

as() { # as USER COMMAND...: database servers refuse to run as root
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid="$user" --regid="$user" --init-groups "$@"
  else
    "$@"
  fi
}

become() { # become USER COMMAND...: turns this process into the command, out of our process group
  if [ "$(id -u)" = 0 ]; then
    exec setsid setpriv --reuid="$1" --regid="$1" --init-groups "${@:2}"
  fi
  exec setsid "${@:2}"
}

give() { # give USER DIR: hands DIR to the account that the server runs as
  [ "$(id -u)" = 0 ] || return 0
  chown "$1:$1" "$2"
  as "$1" test -w "$2" || die "user $1 cannot reach $2; choose a folder that every user may enter"
}
