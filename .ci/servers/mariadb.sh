url=mysql://root@127.0.0.1:$port/discovery

prepare() {
  need mariadbd mariadb mariadb-install-db setpriv
  give mysql "$dir"
  [ -d "$dir/data" ] && return
  rm -rf "$dir/data.new"
  as mysql mariadb-install-db --no-defaults --datadir="$dir/data.new" --skip-test-db \
    --auth-root-authentication-method=normal > "$dir/run.log" 2>&1 ||
    die "mariadb-install-db failed; see $dir/run.log"
  mv "$dir/data.new" "$dir/data" # only a complete folder has this name
}

serve() {
  become mysql mariadbd --no-defaults --datadir="$dir/data" --socket=socket \
    --bind-address=127.0.0.1 --port="$port" --pid-file=mariadbd.pid \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci \
    --innodb-flush-log-at-trx-commit=0 --skip-name-resolve
}

client() {
  mariadb --no-defaults --protocol=tcp --host=127.0.0.1 --port="$port" --user=root "$@"
}

answers() {
  client --execute='SELECT 1' > /dev/null 2>&1
}

setup() {
  client --execute='CREATE DATABASE IF NOT EXISTS discovery'
}
