#!/bin/bash
# WARC files that are large in one way: items by the thousand that match everywhere, blocks of
# nearly 64 MiB. Each is taken in or noted, in bounded memory, and stops no other file.
. "$(dirname "$0")/lib.sh"
. "$top/tests/t/warc.sh"
plan 7

home=$tmp/home
"$huiying" init "$home" --demo >"$tmp/out" 2>&1 || { cat "$tmp/out"; echo "Bail out! init"; exit 1; }
printf '[a]\nurl = http://a.example.gov.cn/feed.xml\nlocal = yes\n' >"$home/sources.conf"

# A sanitizer wants address space of its own.
ingest() {
	run bash -c '[ -n "${SANITIZED:-}" ] || ulimit -v 450000; exec "$@"' - "$huiying" --home "$home" ingest "$@"
}
count() { "$huiying" status --json --home "$home" 2>/dev/null | sed -n 's/.*"items":\([0-9]*\),.*/\1/p'; }

# --- 2,500 items that match in many places
words=$(printf '某县一工地项目部拖欠农民工工资，讨薪，爆炸，停水。%.0s' $(seq 40))
{
	printf '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title>'
	for i in $(seq 2500); do
		printf '<item><guid>%d</guid><title>%d</title><description>%d%s</description></item>' "$i" "$i" "$i" "$words"
	done
	printf '</channel></rss>'
} >"$tmp/many.xml"
warc_answer "$tmp/many.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/many.xml"
printf '<rss version="2.0"><channel><item><guid>x</guid><title>t</title></item></channel></rss>' >"$tmp/one.xml"
warc_answer "$tmp/many.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/one.xml"
ingest "$tmp/many.warc.gz"
is "$rc" 0 "a feed of very many items that match is taken in"
is "$(count)" 2501 "with all of them, and with what comes behind it"
# The same again, known now, behind one that made the reader expect news.
warc_answer "$tmp/known.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/many.xml"
sed 's/<guid>/&new/g' "$tmp/many.xml" >"$tmp/news.xml"
warc_answer "$tmp/news.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/one.xml"
sed 's/<guid>x/<guid>y/' "$tmp/one.xml" >"$tmp/two.xml"
warc_answer "$tmp/news.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/two.xml"
warc_answer "$tmp/news.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/news.xml"
ingest "$tmp/known.warc.gz" "$tmp/news.warc.gz"
is "$rc $(count)" "0 5002" "known or new, also when they are judged ahead"

# --- more blocks of 60 MiB than would fit
head -c 62914560 /dev/zero | tr '\0' x >"$tmp/block"
warc_answer "$tmp/block.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/block"
for _ in $(seq 12); do
	cat "$tmp/block.warc.gz"
done >"$tmp/blocks.warc.gz"
warc_answer "$tmp/blocks.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/one.xml"
ingest "$tmp/blocks.warc.gz"
is "$rc" 0 "blocks of 60 MiB do not wait by the dozen"
like "$out" ' 12 problems' "each is noted"

# --- one story in 8,000 copies: what a new one costs does not grow with them
{
	printf '<rss version="2.0"><channel><title>t</title>'
	for i in $(seq 8000); do
		printf '<item><guid>s%d</guid><title>某项目部拖欠农民工工资引关注</title><description>工人到现场讨薪。</description></item>' "$i"
	done
	printf '</channel></rss>'
} >"$tmp/copies.xml"
warc_answer "$tmp/copies.warc.gz" http://a.example.gov.cn/feed.xml a "" feed "$tmp/copies.xml"
run timeout 45 "$huiying" --home "$home" ingest "$tmp/copies.warc.gz"
is "$rc" 0 "a story of very many copies is taken in, in seconds"
like "$("$huiying" --home "$home" alerts --json 2>/dev/null)" '"copies":7999,' "as one row that counts them"
[ "$tests_failed" -eq 0 ]
