#!/bin/bash
# A sitemap as a source: the newest pages first, none left out for good, history let alone.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 12

web=$tmp/web
home=$tmp/home
mkdir "$web"
"$huiying" init "$home" --demo -q 2>/dev/null
start_server --dir "$web"
small_rules "$home"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
h() { "$huiying" --home "$home" "$@"; }
cat >"$home/sources.conf" <<EOF
[map]
name = 某网
kind = sitemap
url = http://127.0.0.1:$port/sitemap.xml
allow_private = yes
robots = no
EOF

# entry N DAYS: page N, changed so many days ago
entry() {
	echo "<url><loc>http://127.0.0.1:$port/$1.html</loc><lastmod>$(date -u -d "$2 days ago" +%Y-%m-%dT%H:%M:%SZ)</lastmod></url>"
	printf '<html><head><meta charset="utf-8"><title>第%s号井盖缺失_某网</title></head><body><h1>第%s号井盖缺失</h1><div class="content"><p>第%s号井盖缺失，行人掉入受伤，半个月没有人来修，居民多次反映没有回音。</p></div></body></html>' \
		"$1" "$1" "$1" >"$web/$1.html"
}
db() { sqlite3 "$home/ledger.db" "$1"; }
read_page() { db "SELECT count(*) FROM item_articles a JOIN items i ON i.id = a.item WHERE i.link LIKE '%/$1.html'"; }

# the oldest first, as most programs write them: 1 is history, 2 to 212 are not
{
	echo '<?xml version="1.0" encoding="GB2312"?><urlset>'
	entry 1 60
	for i in $(seq 2 212); do entry "$i" $((25 - i / 10)); done
	echo '</urlset>'
} >"$web/sitemap.xml"
run h crawl
is "$rc" 0 "crawl"
is "$(db 'SELECT count(*) FROM items')" 211 "what was changed within a month is taken in"
is "$(db 'SELECT count(*) FROM item_articles')" 200 "200 pages an hour are read"
is "$(read_page 212)" 1 "the newest among them"
is "$(read_page 2)" 0 "the oldest is not"
like "$(h status --json 2>/dev/null)" '"wanted_later":11' "it waits"
like "$(h status 2>/dev/null)" '11 more wait for room: 200 a source and hour' "and status says so"
is "$(read_page 1)" 0 "what is older is history"

# an hour later
db 'UPDATE wanted SET created = created - 3601'
run h crawl --all
is "$rc $(read_page 2) $(h status --json 2>/dev/null | grep -c '"wanted_later":0')" "0 1 1" \
	"then its turn comes, and none is left"

# history that changes is none
{
	echo '<urlset>'
	entry 1 0
	echo '</urlset>'
} >"$web/sitemap.xml"
run h crawl --all
is "$(read_page 1)" 1 "an old page that was changed is read"
echo '<urlset></urlset>' >"$web/sitemap.xml"
run h crawl --all
is "$rc" 0 "a sitemap that names nothing today"
unlike "$(h status 2>/dev/null)" 'map +parse' "is no fault"
