#!/bin/bash
# Our WARC files read by another implementation, npm's warcio, and its files read by us.
# $WARCIO_DIR may name a directory that holds node_modules/warcio; else npm fetches it.
. "$(dirname "$0")/../t/lib.sh"
command -v node >/dev/null && command -v npm >/dev/null || skip_all "not run: node and npm are not installed"
modules=${WARCIO_DIR:-$tmp/npm}
if [ ! -d "$modules/node_modules/warcio" ]; then
	mkdir -p "$modules" "$tmp/npm-home"
	(cd "$modules" && HOME=$tmp/npm-home timeout 180 npm install --no-audit --no-fund --loglevel error warcio >"$tmp/npm.log" 2>&1)
	[ -d "$modules/node_modules/warcio" ] || skip_all "not run: npm's warcio is not to be had ($(tail -1 "$tmp/npm.log" | cut -c1-80))"
fi
plan 14
cp "$top/tests/all/warcio.mjs" "$tmp/"
ln -s "$modules/node_modules" "$tmp/node_modules"

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
printf '<rss version="2.0"><channel><title>某报</title><item><title>某项目部拖欠工资</title><guid>w1</guid><link>http://b.example.gov.cn/1.html</link></item></channel></rss>' >"$web/feed.xml"
head -c 1500000 /dev/urandom | base64 >"$web/large.txt"
start_server --dir "$web"
raw=$(sed -n 's/^RAW //p' "$tmp/server.out")
export HUIYING_TEST_MAP="8.8.4.4:80=127.0.0.1:$port 8.8.4.5:8080=127.0.0.1:$raw"
printf '[fetch]\nhost_interval_ms = 0\nconcurrency = 1\nlow_speed_time = 2s\n' >"$home/huiying.conf"
{
	for n in feed.xml large.txt nothing.xml big?size=99999999 redirect?to=/feed.xml; do
		printf '[%s]\nurl = http://8.8.4.4/%s\nrobots = no\n' "${n%%[.?]*}" "$n"
	done
	printf '[cut]\nurl = http://8.8.4.5:8080/cut/feed.xml?after=50\nrobots = no\n'
} >"$home/sources.conf"
run "$BUILD/fetch-mapped" --home "$home"
run "$BUILD/fetch-mapped" --home "$home" --all # 304s: revisit records
is "$(ls "$home"/spool/*.warc.gz | wc -l)" 2 "two files to be read"

n=0
for file in "$home"/spool/*.warc.gz; do
	n=$((n + 1))
	node "$tmp/warcio.mjs" read "$file" >"$tmp/theirs" 2>"$tmp/node.err"
	is "$? $(cat "$tmp/node.err")" "0 " "file $n: it reads to the end"
	"$huiying" warc list --json "$file" >"$tmp/ours"
	is "$(sed 's/.*"type":"\([a-z]*\)".*"size":\([0-9]*\).*/\1 \2/' "$tmp/theirs" 2>/dev/null | wc -l)" "$(wc -l <"$tmp/ours")" \
		"file $n: as many records as we"
	is "$(sed -E 's/.*"type":"([a-z]+)","url":("([^"]*)"|null),"size":([0-9]+),.*/\1 \3 \4/' "$tmp/theirs")" \
		"$(sed -E 's/.*"type":"([a-z]+)".*"size":([0-9]+)(,"url":"([^"]*)")?.*/\1 \4 \2/' "$tmp/ours")" \
		"file $n: the same types, addresses and sizes"
	is "$(grep -vc '"digest":true' "$tmp/theirs")" 0 "file $n: every block has its digest"
	is "$(sed -nE 's/.*"status":([0-9]+),.*/\1/p' "$tmp/theirs" | tr '\n' ' ')" \
		"$(sed -nE 's/.*"status":([0-9]+),.*/\1/p' "$tmp/ours" | tr '\n' ' ')" "file $n: the same HTTP statuses"
	[ $n -eq 1 ] && like "$(cat "$tmp/theirs")" '某项目部拖欠工资' "and the same text"
done

node "$tmp/warcio.mjs" write "$tmp/theirs.warc.gz" <"$web/feed.xml" 2>"$tmp/node.err"
run "$huiying" warc verify "$tmp/theirs.warc.gz"
like "$rc $(tail -1 <<<"$out")" '^0 .*2 records, 4 digests agree' "a file of its own verifies"
like "$("$huiying" warc show "$tmp/theirs.warc.gz" http://b.example.gov.cn/feed.xml)" '某项目部拖欠工资' "and is shown"
