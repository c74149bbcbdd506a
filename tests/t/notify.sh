# notify.sh - robots, targets and rows that people are told of. Source it after lib.sh, warc.sh
# and office.sh.

send=$BUILD/huiying-send
secret=qJ7canaryK2
# peer PROGRAM MODES: starts one of the tests' servers; sets $port and $log.
peers=0
peer() {
	peers=$((peers + 1))
	log=$tmp/peer-$peers.log
	: >"$log"
	mkfifo "$tmp/hold-$peers"
	"$BUILD/$1" "$2" "$log" <"$tmp/hold-$peers" >"$tmp/port-$peers" &
	cleanup_pids="$cleanup_pids $!"
	exec {hold}>"$tmp/hold-$peers"
	for _ in $(seq 100); do
		port=$(sed -n 's/^PORT //p' "$tmp/port-$peers")
		[ -n "$port" ] && break
		sleep 0.05
	done
}
robot() { peer robot "$1"; }
# target NAME KIND PORT [LINE…]
target() {
	local name=$1 kind=$2 at=$3
	shift 3
	printf 'http://127.0.0.1:%s/%s/%s\n' "$at" "$secret" "$kind" >"$home/secret-$name"
	chmod 600 "$home/secret-$name"
	printf '[target %s]\nkind = %s\nurl = file:%s\nallow_private = 127.0.0.1:%s\na_minute = 100000\n' \
		"$name" "$kind" "$home/secret-$name" "$at"
	printf '%s\n' "$@"
}
# configure LINE…: [notify]; the targets come on standard input.
configure() {
	{
		printf '[office]\nname = 某市人民政府办公室\nlanguage = en\n[notify]\n'
		printf '%s\n' "$@"
		cat
	} >"$home/huiying.conf"
}
fresh() {
	rm -rf "$home"
	office_init
	cat >"$home/keywords.conf" <<-'RULES'
		[安全生产]
		代码 = safety
		地域 = 不限
		阈值 = 3
		级别 = 一般3 重大9
		坍塌            9分
		裂缝            3分
	RULES
	one_source "$home"
}
now=$(date +%s)
# at MINUTES: the clock, counted from the beginning of the test.
at() { export HUIYING_NOW=$(date -u -d "@$((now + 60 * $1))" +%Y-%m-%dT%H:%M:%SZ); }
tick() { as 时 admin tick; }
listed() { "$huiying" --home "$home" notify list --json "$@" 2>/dev/null; }
# rows N TITLE TEXT: so many stories in the queue.
rows() {
	local items=() i
	for i in $(seq "$1"); do items+=("$2第 $i 号" "https://a.example.gov.cn/$RANDOM-$i" "$2-$i" "$3") ; done
	rss "$tmp/feed.xml" "${items[@]}"
	warc_date=$HUIYING_NOW
	rm -f "$tmp/rows.warc.gz"
	warc_answer "$tmp/rows.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/feed.xml"
	"$huiying" --home "$home" ingest -q "$tmp/rows.warc.gz" 2>/dev/null
}
