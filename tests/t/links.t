#!/bin/bash
# Which links tell articles apart: those of programs in a page, those to a front page.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 12

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
	entry '某中学食堂拖欠供货商货款' "http://127.0.0.1:$port/通报 1.html" '供货商上门讨薪。'
	echo '</channel></rss>'
}
feed >"$web/feed.xml"
echo '<html><body><h1>某中学食堂拖欠供货商货款</h1><div class="content"><p>供货商说，学校食堂拖欠货款一年多，几次上门都说再等等，只好来讨薪讨债。</p></div></body></html>' >"$web/通报 1.html"
echo '<html><body><div id="app"></div></body></html>' >"$web/app/index.html"
run h crawl
is "$rc" 0 "crawl"
is "$(db 'SELECT count(*) FROM items')" 5 "each is an item, two ways to write one address are one"
is "$(db "SELECT count(DISTINCT story) FROM items WHERE story IS NOT NULL AND link LIKE '%$port%' AND title NOT LIKE '%食堂%'")" 2 "two matters are two"
is "$(db "SELECT count(*) FROM item_articles a JOIN items i ON i.id = a.item WHERE i.title LIKE '%食堂%'")" 1 "a page with a blank in its address is read"
is "$(db "SELECT count(*) FROM wanted WHERE url LIKE '%#%'")" 0 "the page of a program is not fetched for each"
is "$(db "SELECT count(*) FROM wanted WHERE url NOT LIKE '%html'")" 0 "a front page is not an article's page"
touch -d '+2 seconds' "$web/feed.xml"
h crawl --all -q >/dev/null 2>&1
is "$(db 'SELECT count(*), max(revision) FROM items')" '5|1' "the next poll brings nothing new"
sed -i 's/居民提水上楼。/居民提水上楼，已有三天。/; s/摊主反映多次。/摊主反映了多次。/' "$web/feed.xml"
warc_date=$(date -u -d '+1 minute' +%Y-%m-%dT%H:%M:%SZ)
warc_answer "$home/spool/later.warc.gz" "http://127.0.0.1:$port/feed.xml" board "" feed "$web/feed.xml"
h ingest -q >/dev/null 2>&1
is "$(db "SELECT revision FROM items WHERE title LIKE '%停水%'")" 2 "what is changed behind such a link is a revision"
# one page for all entries
cat >>"$home/sources.conf" <<EOF

[page]
name = 某页
url = http://127.0.0.1:$port/one.xml
allow_private = yes
robots = no
EOF
one=http://127.0.0.1:$port/board.html
{
	echo '<rss version="2.0"><channel><title>某页</title>'
	entry '某采石场拖欠工人工钱' "$one" '工人讨薪。'
	entry '某渡口坍塌' "$one" '两人落水。'
	entry '某渡口坍塌' "$one" '两人落水。'
	echo '</channel></rss>'
} >"$web/one.xml"
h crawl --source page -q >/dev/null 2>&1
h crawl --source page --all -q >/dev/null 2>&1
is "$(db "SELECT count(*), count(DISTINCT story), max(revision) FROM items WHERE source = 'page'")" '2|2|1' \
	"entries that share a link under other titles are told apart"
is "$(db "SELECT count(*) FROM wanted WHERE url = '$one'")" 0 "and their page is the text of none"

run bash -c "printf '%s\n' 'http://m.example.gov.cn/#/a?utm_source=x' 'http://www.example.gov.cn/a#b' | '$huiying' urls"
is "$(head -1 <<<"$out")" 'http://www.example.gov.cn/#/a' "urls keeps what a program reads"
is "$(tail -1 <<<"$out")" 'http://www.example.gov.cn/a' "and no place in a page"
