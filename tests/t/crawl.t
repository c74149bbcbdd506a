#!/bin/bash
# The main job: fetch and take in; twice stores nothing new; a
# dead source and a signal lose nothing.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 23

web=$tmp/web
mkdir "$web"
home=$tmp/home
"$huiying" init "$home" --demo -q 2>/dev/null
start_server --dir "$web"
small_rules "$home"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
{
	printf '[a]\nname = 某报\nkind = feed\nurl = http://127.0.0.1:%s/a.xml\nallow_private = yes\nrobots = no\n\n' "$port"
	printf '[b]\nname = 某网\nkind = feed\nurl = http://127.0.0.1:%s/b.xml\nallow_private = yes\nrobots = no\n\n' "$port"
	printf '[gone]\nkind = feed\nurl = http://127.0.0.1:%s/gone.xml\nallow_private = yes\nrobots = no\n' "$port"
} >"$home/sources.conf"
page() { # FILE TITLE TEXT
	printf '<html><head><meta charset="utf-8"><title>%s</title></head><body><div class="nav"><a href="/">首页</a></div><h1>%s</h1><p>时间：2026-11-20 09:30</p><div class="content"><p>%s</p></div></body></html>' "$2" "$2" "$3" >"$1"
}
page "$web/a1.html" "某项目部拖欠农民工工资引关注" "工人到现场讨薪，多次反映没有结果，某部门回应正在核实有关情况。"
page "$web/b1.html" "某项目部拖欠农民工工资引关注" "转载自某报的报道，工人到现场讨薪，多次反映没有结果。"
page "$web/a2.html" "某工地拖欠材料款被反映多次" "供货商多次反映，某工地拖欠材料款，至今没有说法。"
rss "$web/a.xml" "某项目部拖欠农民工工资引关注" "http://127.0.0.1:$port/a1.html" g1 "工人到现场讨薪。"
rss "$web/b.xml" "某项目部拖欠农民工工资引关注" "http://127.0.0.1:$port/b1.html" h1 "转载。" \
	"今日天气晴好适合出行游玩" "http://127.0.0.1:$port/b2.html" h2 "晴。"
h() { "$huiying" --home "$home" "$@"; }

"$huiying" init "$tmp/new" -q
run "$huiying" --home "$tmp/new" crawl
like "$rc $err" '^0 .*no source is on; next: huiying sources enable' "a new instance reads nothing, and says so"
run h crawl
is "$rc" 0 "crawl"
unlike "$err" 'no source is on' "no such word otherwise"
like "$out" '3 new items, [0-9]+ changed, 1 alert; 1 fetch failed' "the summary"
like "$out" '^5 fetches in 2 rounds' "a second round for the pages of what matched"
like "$out" 'huiying alerts' "and what to do next"
like "$(h alerts --json 2>/dev/null)" '"story":1,.*"topics":"欠薪欠资"' "the queue"
is "$(wc -c <"$home/spool/wanted.jsonl")" 0 "nothing is wanted"
[ "$(find "$home/archive" -name '*.warc.gz' | wc -l)" -eq 2 ]
ok_if $? "the WARC files are in the archive"
like "$(h status 2>/dev/null)" 'gone +http' "the dead source stands in status"
like "$(h status --json 2>/dev/null)" '"last_new":"20' "a source with new items says since when"

digest() { h status --json 2>/dev/null | sed -n 's/.*"items_digest":"\([0-9a-f]*\)".*/\1/p'; }
before=$(digest) head=$(h audit head 2>/dev/null)
run h crawl --all --json
like "$rc $out" '^0 .*"items":0,"revisions":0,"alerts":0' "a second crawl stores nothing new"
is "$(digest)" "$before" "the digest of the items stays"
is "$(h audit head 2>/dev/null)" "$head" "and so does the chain"

rss "$web/a.xml" "某工地拖欠材料款被反映多次" "http://127.0.0.1:$port/a2.html" g2 "文二"
run h crawl --source a --json
like "$out" '"fetches":2,.*"items":1,"revisions":0,"alerts":1' "one source alone"
run h crawl --source nobody
[ "$rc" -ne 0 ]
ok_if $? "a source that is not there"
like "$err" 'nobody' "is named"

# a mistake in the rules shows before anything is fetched
cp "$home/keywords.conf" "$tmp/good"
echo '[坏' >>"$home/keywords.conf"
run h crawl
is "$rc" 2 "a mistake in the rules is exit 2"
like "$err" 'keywords.conf:[0-9]+:[0-9]+:' "with its place"
cp "$tmp/good" "$home/keywords.conf"

# a signal: what was fetched is kept, the next crawl goes on
rss "$web/a.xml" "第三个工地拖欠材料款被反映" "http://127.0.0.1:$port/a3.html" g3 "文三"
"$huiying" --home "$home" crawl --all -q >/dev/null 2>&1 &
pid=$!
# Until it is the program and no longer this shell's child on its way to it.
until [ "$(readlink /proc/$pid/exe)" != "$(readlink /proc/$$/exe)" ]; do :; done
kill -TERM $pid 2>/dev/null
wait $pid
code=$?
[ $code -eq 0 ] || [ $code -eq 3 ] || [ $code -eq 143 ]
ok_if $? "SIGTERM ends a crawl"
is "$(h audit verify 2>/dev/null | head -1 | grep -c 'events follow')" 1 "the chain is whole"
run h crawl --all -q
is "$rc" 0 "the next crawl goes on"
like "$(h alerts --json 2>/dev/null)" '第三个工地拖欠材料款被反映' "and nothing was lost"
