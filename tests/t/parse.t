#!/bin/bash
# The plumbing of documents: huiying parse, huiying dates.
. "$(dirname "$0")/lib.sh"
plan 22

cat >"$tmp/rss.xml" <<'X'
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>某市新闻</title><link>http://news.example.gov.cn/</link>
<item><title>某镇停水</title><link>/a/1.html</link><guid isPermaLink="false">n-1</guid>
<description>&lt;p&gt;居民反映&lt;/p&gt;&lt;p&gt;三日停水&lt;/p&gt;</description>
<pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate></item></channel></rss>
X
want='{"kind":"feed","title":"某市新闻","link":"http://news.example.gov.cn/","format":"rss20","encoding":"utf-8","malformed":false}
{"kind":"item","id":"n-1","link":"http://news.example.gov.cn/a/1.html","title":"某镇停水","summary":"居民反映\n三日停水","published":"2026-11-23T01:00:00Z"}'
run "$huiying" parse --url http://news.example.gov.cn/rss.xml "$tmp/rss.xml"
is "$rc" 0 "a good feed is exit 0"
is "$out" "$want" "one line for the feed, one for each item"
is "$("$huiying" parse --url http://news.example.gov.cn/rss.xml - <"$tmp/rss.xml")" "$want" "- is standard input"

sed 's/utf-8/gb2312/' "$tmp/rss.xml" | iconv -f UTF-8 -t GBK >"$tmp/gbk.xml"
is "$("$huiying" parse --url http://news.example.gov.cn/rss.xml "$tmp/gbk.xml")" \
	"${want/utf-8/gb18030}" "GB2312 gives the same items"
iconv -f UTF-8 -t GBK "$tmp/rss.xml" >"$tmp/lied.xml"
like "$("$huiying" parse "$tmp/lied.xml")" '"title":"某镇停水"' "GBK that says UTF-8 is read"
like "$("$huiying" parse "$tmp/lied.xml")" '"malformed":true' "and called malformed"

head -c -30 "$tmp/rss.xml" >"$tmp/cut.xml"
run "$huiying" parse "$tmp/cut.xml"
is "$rc" 0 "a feed that is cut off is exit 0"
like "$out" '"malformed":true' "a feed that is cut off is malformed"
like "$out" '"id":"n-1"' "and what was there of it is read"

echo '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>' >"$tmp/page.html"
run "$huiying" parse "$tmp/page.html"
is "$rc" 3 "a page is exit 3"
like "$err" '/rss\.xml' "its feeds are named"
run "$huiying" parse --type list "$tmp/page.html"
is "$rc" 3 "a list page without a list is exit 3"
like "$err" 'no list of articles' "and says so"
run "$huiying" parse --type nonsense "$tmp/page.html"
is "$rc" 2 "an unknown type is exit 2"
run "$huiying" parse "$tmp/none.xml"
is "$rc" 3 "a missing file is exit 3"
run "$huiying" parse --tz Nowhere/Land "$tmp/rss.xml"
is "$rc" 2 "an unknown zone is exit 2"

# Nothing outside the input is opened, whatever the document asks for.
printf '<!DOCTYPE r [<!ENTITY x SYSTEM "file://%s/secret"><!ENTITY %% p SYSTEM "%s/secret">%%p;]><rss><channel><item><title>[&x;]</title></item></channel></rss>' "$tmp" "$tmp" >"$tmp/xxe.xml"
echo LEAKED >"$tmp/secret"
out=$("$huiying" parse "$tmp/xxe.xml")
unlike "$out" 'LEAKED' "an external entity is not read"
strace -f -e trace=openat,connect,execve -o "$tmp/trace" "$huiying" parse "$tmp/xxe.xml" >/dev/null
unlike "$(cat "$tmp/trace")" 'secret|connect\(' "and its file is not even opened"

# An entity bomb stays small and quick: 64 MB of address space above the program's own.
{
	printf '<!DOCTYPE r [<!ENTITY a "%s">]><rss><channel><item><title>' "$(head -c 50000 /dev/zero | tr '\0' x)"
	for _ in {1..50000}; do printf '&a;'; done
	printf '</title></item></channel></rss>'
} >"$tmp/bomb.xml"
run timeout 5 "$huiying" parse "$tmp/bomb.xml"
is "$rc" 0 "an entity bomb is read at once"
[ "${#out}" -lt 400000 ]
ok_if $? "and does not expand"

is "$(printf '%s\n' 'Mon, 23 Nov 2026 09:00:00 +0800' '昨天 14:20' '3小时前' '2026年6月25日' 'hello' '' |
	"$huiying" dates --now 2026-11-23T01:00:00Z)" "2026-11-23T01:00:00Z
2026-11-22T06:20:00Z
2026-11-22T22:00:00Z
2026-06-24T16:00:00Z
-
-" "dates, one a line"
is "$(echo '2026-06-25 08:00' | "$huiying" dates --tz UTC)" "2026-06-25T08:00:00Z" "--tz is the zone of times without one"
