# A real node from its published jars: the server core and its HTTP transport, both of one version,
# with the few analysis parts that the core lacks compiled here (elasticsearch/src).
url=http://127.0.0.1:$port
source=$here/elasticsearch
version=$(sed -n 's:.*<elasticsearch.version>\(.*\)</elasticsearch.version>.*:\1:p' "$source/pom.xml")
digest=$(cat "$source/pom.xml" "$source"/src/*.java "$source"/src/analysis/*.java "$here/elasticsearch.sh" | sha256sum | cut -c 1-12)
built=$cache/elasticsearch-$version-$digest

prepare() {
  need java curl
  [ -d "$built" ] || build
  mkdir -p "$dir/config"
}

build() {
  local made
  need mvn javac jar
  mkdir -p "$cache"
  made=$(mktemp -d "$cache/building.XXXXXX")
  mvn -B -q -f "$source/pom.xml" dependency:copy-dependencies -DoutputDirectory="$made/lib" \
    > "$dir/run.log" 2>&1 || die "maven could not fetch Elasticsearch $version; see $dir/run.log"
  mkdir -p "$made/plugins" "$made/main" "$made/classes"
  # A module loads its own jars: on the server's path as well they would be loaded twice.
  module transport-netty4 classname=org.elasticsearch.transport.netty4.Netty4Plugin \
    modulename=org.elasticsearch.transport.netty4
  mv "$made"/lib/netty-*.jar "$made"/lib/transport-netty4-*.jar "$made/modules/transport-netty4/"
  module catalog-analysis classname=catalog.analysis.CatalogAnalysis
  javac -cp "$made/lib/*" -d "$made/classes" "$source"/src/analysis/*.java
  jar cf "$made/modules/catalog-analysis/catalog-analysis.jar" -C "$made/classes" .
  javac -cp "$made/lib/*" -d "$made/main" "$source"/src/*.java
  mv -T "$made" "$built" 2> /dev/null || rm -rf "$made" # another start may have been quicker
}

module() { # module NAME PROPERTY...: the folder of a module and what the server must know of it
  mkdir -p "$made/modules/$1"
  printf '%s\n' "name=$1" "description=$1" "version=$version" "elasticsearch.version=$version" \
    java.version=17 "${@:2}" > "$made/modules/$1/plugin-descriptor.properties"
}

# The server's jars are Java modules; the exports are what its own launcher grants.
serve() {
  exec setsid java -Xms512m -Xmx512m --module-path "$built/lib" --add-modules=ALL-MODULE-PATH \
    --add-opens=java.base/java.io=ALL-UNNAMED \
    --add-exports=org.elasticsearch.server/org.elasticsearch.common.logging=ALL-UNNAMED \
    -cp "$built/main" SingleNode "$built" "$dir" "$port"
}

answers() {
  curl -sf -o /dev/null --max-time 2 "$url/_cluster/health?wait_for_status=yellow&timeout=1s"
}

setup() { :; }
