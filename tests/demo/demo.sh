#!/bin/bash
# demo.sh - the whole way once, on a loopback server that this script starts and stops:
# crawl, match, queue, case, response, commitment, publicly kept. Every command is printed
# before it runs. The instance is left in place to explore.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$(cd "$here/../.." && pwd)/build}
instance=${1:-$BUILD/demo}
work=$(mktemp -d "${TMPDIR:-/tmp}/huiying-demo.XXXXXX")
web=$work/web
unset HUIYING_HOME XDG_CONFIG_HOME XDG_DATA_HOME
bold=""
plain=""
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$'\033[1m'
	plain=$'\033[0m'
fi

server_pid=""
finish() {
	exec 9>&- || :
	if [ -n "$server_pid" ]; then
		kill "$server_pid" 2>/dev/null || :
		wait "$server_pid" 2>/dev/null || :
	fi
	rm -rf "$work"
}
trap finish EXIT

# The demo talks in the language of the commands: Chinese unless LANGUAGE says English.
case ${LANGUAGE:-} in
en*) in_chinese=no ;;
*) in_chinese=yes ;;
esac

words() { # words ENGLISH CHINESE
	if [ $in_chinese = yes ]; then echo "$2"; else echo "$1"; fi
}

say() { printf '\n%s== %s%s\n' "$bold" "$(words "$@")" "$plain"; }

# Prints a command as a person would type it, then runs it. The shown words leave out
# only the path of the program and --home.
run() {
	printf '%s$ huiying' "$bold"
	printf ' %s' "$@"
	printf '%s\n' "$plain"
	"$BUILD/huiying" --home "$instance" "$@"
}

# A command whose answer must be the given exit code.
run_expecting() {
	local want=$1 got=0
	shift
	run "$@" || got=$?
	if [ "$got" -ne "$want" ]; then
		echo "demo: exit $got, expected $want" >&2
		exit 1
	fi
	words "(exit $got)" "（退出码 $got）"
}

as() { # as NAME ROLE COMMAND…
	local name=$1 role=$2
	shift 2
	run "$@" --actor "$name" --role "$role"
}

as_expecting() { # as_expecting EXIT NAME ROLE COMMAND…
	local want=$1 name=$2 role=$3
	shift 3
	run_expecting "$want" "$@" --actor "$name" --role "$role"
}

id_of() { # id_of JSON-LINES PATTERN: the id of the first row that matches
	grep -m 1 -- "$2" <<<"$1" | sed -n 's/.*"story":"\{0,1\}S\{0,1\}\([0-9]*\).*/S\1/p'
}

latest() { # latest PREFIX KIND: the id that the last event of this kind, of any version, made
	sqlite3 -readonly "$instance/ledger.db" \
		"SELECT subject FROM events WHERE kind GLOB '$2/*' ORDER BY seq DESC LIMIT 1"
}

need() { # need TEXT PATTERN WHAT: the demo is also a test
	if ! grep -qE -- "$2" <<<"$1"; then
		echo "demo: $3" >&2
		printf '%s\n' "$1" >&2
		exit 1
	fi
}

# --- the little web of the demo ---------------------------------------------
fill() { # fill FILE: puts port and times into a template, on standard output
	sed -e "s/@PORT@/$port/g" -e "s/@DUE-ZH@/$due_zh/g" -e "s/@DONE-ZH@/$done_zh/g" "$1" |
		while IFS= read -r line; do
			while [[ $line =~ @(RFC822|RFC3339)-([0-9]+)h@ ]]; do
				case ${BASH_REMATCH[1]} in
				RFC822) stamp=$(LC_ALL=C date -u -R -d "-${BASH_REMATCH[2]} hours") ;;
				RFC3339) stamp=$(date -u +%Y-%m-%dT%H:%M:%SZ -d "-${BASH_REMATCH[2]} hours") ;;
				esac
				line=${line/"${BASH_REMATCH[0]}"/$stamp}
			done
			printf '%s\n' "$line"
		done
}

put() { # put TEMPLATE TARGET [CHARSET]
	mkdir -p "$(dirname "$web/$2")"
	if [ $# -gt 2 ]; then
		fill "$here/web/$1" | iconv -f UTF-8 -t "$3" >"$web/$2"
	else
		fill "$here/web/$1" >"$web/$2"
	fi
}

pages() { # pages FEED...: what stands behind the items of these feeds
	local feed
	mkdir -p "$web"/{minsheng,city,square,prefecture,radio,street,hot,notice}
	for feed in "$@"; do
		"$BUILD/huiying" parse --type feed --url "http://127.0.0.1:$port/$feed" "$web/$feed" \
			2>/dev/null >"$work/items"
		sqlite3 :memory: ".param set :items '$work/items'" ".param set :web '$web'" \
			".param set :base http://127.0.0.1:$port" ".read '$here/pages.sql'"
	done
}

due_zh=$(date -d "+20 days" +%Y年%-m月%-d日)
due_iso=$(date -d "+20 days" +%Y-%m-%d)
done_zh=$(date +%Y年%-m月%-d日)
done_iso=$(date +%Y-%m-%d)
mkdir -p "$web"
mkfifo "$work/server.in"
"$BUILD/testserver" --dir "$web" <"$work/server.in" >"$work/server.out" &
server_pid=$!
exec 9>"$work/server.in"
port=""
for _ in $(seq 1 200); do
	port=$(sed -n 's/^PORT \([0-9]*\)$/\1/p' "$work/server.out")
	[ -n "$port" ] && break
	sleep 0.05
done
[ -n "$port" ] || { echo "demo: the test server did not start" >&2; exit 1; }

put wages.rss.gbk.xml wages.xml GBK
put city.atom.xml city.xml
put square.feed.json square.json
put prefecture.rdf.gb2312.xml prefecture.xml GBK
put radio.rss.xml radio.xml
put broken.rss.xml broken.xml
put hostile.atom.xml hostile.xml
put steady.rss.xml steady.xml
pages wages.xml city.xml square.json prefecture.xml radio.xml broken.xml hostile.xml steady.xml
put gov/reply-1.html gov/reply-1.html
put gov/kept-1.html gov/kept-1.html
fill "$here/reply-1.txt" >"$work/reply-1.txt"

say "1. An instance of its own: configuration, ledger, spool (DEMO: it accepts --actor)" \
	"1. 建立一个独立的实例：配置、台账、收件目录（演示实例，可用 --actor 换人）"
rm -rf "$instance"
run init "$instance" --demo
source_section() { # id name file extra
	printf '\n[%s]\nname = %s\nkind = feed\nurl = http://127.0.0.1:%s/%s\nevery = 5m\nallow_private = yes\nrobots = no\n%s' "$1" "$2" "$port" "$3" "${4:-}"
}
{
	echo "# The nine sources of the demo, all on this machine."
	source_section minsheng 清溪民生网 wages.xml $'local = yes\n'
	source_section city 本地新闻 city.xml
	source_section square 市民广场 square.json $'local = yes\n'
	source_section prefecture 州内要闻 prefecture.xml
	source_section radio 城市之声 radio.xml
	source_section street 街坊邻里 broken.xml
	source_section hot 热点搬运 hostile.xml
	source_section notice 公告栏 steady.xml
	source_section gone 停办的栏目 gone.xml
} >"$instance/sources.conf"
sed -e "s/@PORT@/$port/g" "$here/channels.conf" >"$instance/channels.conf"
sed -e "s/@PORT@/$port/g" "$here/huiying.conf" >"$instance/huiying.conf"
run sources check

say "2. Crawl: GBK RSS, Atom, JSON Feed, RDF, a broken feed, a hostile title, a 404" \
	"2. 抓取：GBK 的 RSS、Atom、JSON Feed、RDF、残缺的源、带恶意字符的标题、一个 404"
run crawl
say "   Twice again: what can be read answers 304 and nothing is stored twice; one keeps failing" \
	"   再抓两次：能读的源都答 304，不重复入库；停办的栏目连续失败"
run crawl --all
before=$("$BUILD/huiying" --home "$instance" audit head)
run crawl --all
after=$("$BUILD/huiying" --home "$instance" audit head)
[ "$before" = "$after" ] || { echo "demo: a crawl of unchanged sources changed the chain" >&2; exit 1; }
run_expecting 1 status --check

say "3. The queue: one row a story, its copies counted, with the reasons" \
	"3. 待办队列：一个事项一行，转载归并，写明命中理由"
run alerts
queue=$("$BUILD/huiying" --home "$instance" alerts --json 2>/dev/null)
story=$(id_of "$queue" 拖欠农民工工资)
[ -n "$story" ] || { echo "demo: the wage story is not in the queue" >&2; exit 1; }
run show "$story" --why

say "4. A watch officer takes it and opens a case" "4. 值班员接手并立项"
as 值班员甲 watch take "$story"
as 值班员甲 watch case open "$story" --grade 较大 --lead 市人社局 --place 鸭塘街道
case=$(latest YQ case.opened)

say "5. The unit answers; a second person accepts the answer" "5. 责任单位作出回应；由另一个人认定"
as 值班员甲 watch respond "$case" --unit 市人社局 --kind measure \
	--url "http://127.0.0.1:$port/gov/reply-1.html" --file "$work/reply-1.txt"
response=$(latest HY response.recorded)
as 督查员乙 supervisor respond accept "$response"

say "6. Its second sentence is a promise: who, what, until when" "6. 回应的第二句是承诺：谁、做什么、到何时"
as 值班员甲 watch commitment add "$response" --sentence 2
promise=$(latest CN commitment.added)
run due --within 30d

say "   Closing now is refused, and everything that is missing is listed at once" \
	"   此时销号会被拒绝，并一次列出所有缺项"
as 值班员甲 watch case finish "$case"
as_expecting 1 督查员乙 supervisor case close "$case"

say "7. The unit says it is done; a supervisor verifies it; it is made public and captured" \
	"7. 单位报告完成；督查员核实；公开落实情况并抓取留证"
as 值班员甲 watch commitment claim "$promise" --done-on "$done_iso" --for 市人社局
as 督查员乙 supervisor evidence add "$promise" "http://127.0.0.1:$port/gov/kept-1.html"
as 督查员乙 supervisor commitment publish "$promise" --url "http://127.0.0.1:$port/gov/kept-1.html"
run crawl
as 督查员乙 supervisor commitment verify "$promise"
run show "$promise"

say "8. Nothing is missing any more: the case is closed" "8. 不再缺项：销号"
as 督查员乙 supervisor case close "$case"
run show "$case" --why

say "9. The record: every act is an event of one hash chain" "9. 台账可核验：每个动作都是哈希链上的一个事件"
run audit verify
run audit rebuild
"$BUILD/huiying" --home "$instance" audit head >"$work/anchor"
words "The head, kept outside of the ledger: $(cat "$work/anchor")" \
	"链头，存放在台账之外：$(cat "$work/anchor")"
run audit verify --anchor "$work/anchor"
say "   A tampered copy is caught: somebody makes the promise due in 2099" \
	"   篡改会被发现：有人在副本里把承诺期限改到 2099 年"
cp -r "$instance" "$work/tampered"
sqlite3 "$work/tampered/ledger.db" "
	DROP TRIGGER IF EXISTS events_no_update;
	UPDATE events SET payload = replace(payload, '${due_iso%%-*}', '2099') WHERE kind = 'commitment.added/1';"
got=0
printf '%s$ huiying audit verify%s   # %s\n' "$bold" "$plain" "$(words "on the copy" "对副本")"
"$BUILD/huiying" --home "$work/tampered" audit verify || got=$?
[ "$got" -eq 4 ] || { echo "demo: the tampered copy was not caught (exit $got)" >&2; exit 1; }
words "(exit 4)" "（退出码 4）"

say "Done. The instance is left to explore:" "演示结束。实例保留，可继续试用："
echo "  export HUIYING_HOME=$instance"
echo "  $BUILD/huiying alerts"
echo "  $BUILD/huiying show $case --why"
