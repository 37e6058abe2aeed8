url=redis://127.0.0.1:$port/0

prepare() {
  need redis-server redis-cli
}

serve() {
  exec setsid redis-server --bind 127.0.0.1 --port "$port" --dir "$dir" --save '' --appendonly no
}

answers() {
  [ "$(redis-cli -p "$port" ping 2> /dev/null)" = PONG ]
}

setup() { :; }
