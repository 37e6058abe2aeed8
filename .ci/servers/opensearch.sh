# A real node from its published jars, by a runner that brings the modules which the server's own
# package would have.
url=http://127.0.0.1:$port
source=$here/opensearch
version=$(sed -n 's:.*<opensearch.version>\(.*\)</opensearch.version>.*:\1:p' "$source/pom.xml")
digest=$(cat "$source/pom.xml" "$source"/*.java "$here/opensearch.sh" | sha256sum | cut -c 1-12)
built=$cache/opensearch-$version-$digest

prepare() {
  need java curl
  [ -d "$built" ] || build
}

build() {
  local made
  need mvn javac
  mkdir -p "$cache"
  made=$(mktemp -d "$cache/building.XXXXXX")
  mvn -B -q -f "$source/pom.xml" dependency:copy-dependencies -DoutputDirectory="$made/lib" \
    > "$dir/run.log" 2>&1 || die "maven could not fetch OpenSearch $version; see $dir/run.log"
  javac -cp "$made/lib/*" -d "$made/main" "$source"/*.java
  mv -T "$made" "$built" 2> /dev/null || rm -rf "$made" # another start may have been quicker
}

serve() {
  exec setsid java -Xms512m -Xmx512m -cp "$built/main:$built/lib/*" SingleNode "$dir/node" "$port"
}

answers() {
  curl -sf -o /dev/null --max-time 2 "$url/_cluster/health?wait_for_status=yellow&timeout=1s"
}

setup() { :; }
