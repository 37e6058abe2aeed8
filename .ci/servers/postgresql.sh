url=postgres://postgres@127.0.0.1:$port/discovery
signal=INT # TERM would wait until every client has left
bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1) || true
export PATH=$bin:$PATH

prepare() {
  need initdb postgres pg_isready createdb setpriv
  give postgres "$dir"
  [ -d "$dir/data" ] && return
  rm -rf "$dir/data.new"
  as postgres initdb -D "$dir/data.new" -A trust -U postgres -E UTF8 --locale=C.UTF-8 \
    > "$dir/run.log" 2>&1 || die "initdb failed; see $dir/run.log"
  mv "$dir/data.new" "$dir/data" # only a complete folder has this name
}

# A test server loses nothing that matters in a crash, and is far quicker without fsync.
serve() {
  become postgres postgres -D "$dir/data" -h 127.0.0.1 -p "$port" -k '' \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off
}

answers() {
  pg_isready -q -h 127.0.0.1 -p "$port" -U postgres
}

setup() {
  psql -qAt -h 127.0.0.1 -p "$port" -U postgres \
    -c "SELECT 1 FROM pg_database WHERE datname = 'discovery'" | grep -q 1 ||
    createdb -h 127.0.0.1 -p "$port" -U postgres discovery
}
