#!/bin/bash
# Which links tell articles apart: those of programs in a page, those to a front page.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 8

web=$tmp/web
home=$tmp/home
mkdir "$web" "$web/app"
"$huiying" init "$home" --demo -q 2>/dev/null
start_server --dir "$web"
small_rules "$home"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
h() { "$huiying" --home "$home" "$@"; }
db() { sqlite3 "$home/ledger.db" "$1"; }
cat >"$home/sources.conf" <<EOF
[board]
name = 某板
url = http://127.0.0.1:$port/feed.xml
allow_private = yes
robots = no
EOF
entry() { echo "<item><title>$1</title><link>$2</link><description>$3</description></item>"; }
feed() {
	echo '<rss version="2.0"><channel><title>某板</title>'
	entry '某项目部拖欠农民工工资' "http://127.0.0.1:$port/app/#/news/1" '工人到项目部讨薪。'
	entry '某小区停水三天无人过问' "http://127.0.0.1:$port/app/#/news/2" '居民提水上楼。'
	entry '某路口井盖缺失' "http://127.0.0.1:$port/app/#/news/2?from=rss" '第二条的又一个写法。'
	entry '某工地又拖欠农民工工资' "http://127.0.0.1:$port/" '项目经理不见了，工人讨薪。'
	entry '某镇集市污水横流' "http://127.0.0.1:$port" '摊主反映多次。'
	echo '</channel></rss>'
}
feed >"$web/feed.xml"
echo '<html><body><div id="app"></div></body></html>' >"$web/app/index.html"
run h crawl
is "$rc" 0 "crawl"
is "$(db 'SELECT count(*) FROM items')" 4 "each is an item, two ways to write one address are one"
is "$(db "SELECT count(DISTINCT story) FROM items WHERE story IS NOT NULL")" 2 "two matters of one front page are two"
is "$(db "SELECT count(*) FROM wanted WHERE url LIKE '%#%'")" 0 "the page of a program is not fetched for each"
touch -d '+2 seconds' "$web/feed.xml"
h crawl --all -q >/dev/null 2>&1
is "$(db 'SELECT count(*), max(revision) FROM items')" '4|1' "the next poll brings nothing new"
sed -i 's/居民提水上楼。/居民提水上楼，已有三天。/; s/摊主反映多次。/摊主反映了多次。/' "$web/feed.xml"
h crawl --all -q >/dev/null 2>&1
is "$(db "SELECT revision FROM items WHERE title LIKE '%停水%'")" 2 "what is changed behind such a link is a revision"
run bash -c "printf '%s\n' 'http://m.example.gov.cn/#/a?utm_source=x' 'http://www.example.gov.cn/a#b' | '$huiying' urls"
is "$(head -1 <<<"$out")" 'http://www.example.gov.cn/#/a' "urls keeps what a program reads"
is "$(tail -1 <<<"$out")" 'http://www.example.gov.cn/a' "and no place in a page"
