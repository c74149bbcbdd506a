#!/bin/bash
# Sources that answer and are dead all the same: each is noticed, said in words with what
# to do, and gone when the source is well again.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 44

home=$tmp/home
h() { "$huiying" --home "$home" "$@" 2>"$tmp/.err"; }
"$huiying" init "$home" --demo -q 2>/dev/null
small_rules "$home"
cat >"$home/sources.conf" <<'END'
[list]
name = 某某市政府网
kind = list
url = https://list.example.gov.cn/tzgg/
[feed]
kind = feed
url = https://feed.example.gov.cn/feed.xml
[off]
kind = feed
url = https://off.example.gov.cn/feed.xml
enabled = no
END
export HUIYING_NOW=2026-11-23T12:00:00Z

# page N DAY TITLE: a list of N entries, the newest of that day of November.
page() {
	echo '<html><head><title>某某市政府网</title></head><body><ul class="list">'
	for ((i = 0; i < $1; i++)); do
		printf '<li><a href="/tzgg/202611/t20261101_%s%d.html">%s</a><span>2026-11-%02d</span></li>\n' \
			"$2" "$i" "${3:-关于开展第${i}号某某事项公开征求意见的通知}" "$(($2 - i > 0 ? $2 - i : 1))"
	done
	echo '</ul></body></html>'
}
answers=0
# answer SOURCE BODY-FILE [CONTENT-TYPE]
answer() {
	answers=$((answers + 1))
	warc_answer "$home/spool/$answers.warc.gz" "https://$1.example.gov.cn/" "$1" "" "$1" "$2" 200 "${3:-text/html; charset=utf-8}"
	h ingest -q
}
states() { h sources health "$1" --json | grep -o '"state":"[a-z]*"' | cut -d'"' -f4 | tr '\n' ' '; }

page 20 22 >"$tmp/good"
for hour in 01 02 03; do
	warc_date=2026-11-23T$hour:00:00Z
	answer list "$tmp/good"
done
is "$(states list)" "" "a list as it should be"
like "$(h sources health list --json)" '"usual_entries":20,"usual_gap":86400,"silence_limit":691200' "its habit is learned"
like "$(h sources health)" 'list +good .* 20 +20' "and shown"
like "$(h sources health)" 'off +off' "what is off is off"

# --- layout
page 20 22 "关于开展某某事项公开征求意见的通知" >"$tmp/same"
warc_date=2026-11-23T04:00:00Z
answer list "$tmp/same"
is "$(states list)" 'same ' "all titles alike"
out=$(h sources health list)
like "$out" 'list: all titles are the same: “关于开展某某' "is said"
like "$out" '→ the layout has changed: run “huiying sources test”' "with what to do"
run h status --check
is "$rc" 1 "status --check exits 1"
like "$out" 'source list: all titles are the same: .* - the layout has changed' "and says why"
like "$(h status --json)" '"states":\["same"\]' "status --json has it too"
warc_date=2026-11-23T05:00:00Z
answer list "$tmp/good"
is "$(states list)" "" "it goes when the list is good again"
page 3 22 >"$tmp/few"
warc_date=2026-11-23T06:00:00Z
answer list "$tmp/few"
is "$(states list)" "fewer " "a fifth of the usual entries"
like "$(h sources health list)" 'far fewer entries than usual \(20 → 3\)' "is said with figures"
run h sources health list --accept
is "$rc" 0 "--accept"
is "$(states list)" "" "what it gives now is what is usual"
run h sources health --accept
is "$rc" 2 "--accept needs an id"
run h sources health nosuch
is "$rc" 2 "a source that is not there"
warc_date=2026-11-23T06:30:00Z
answer list "$tmp/good"
echo '<html><body><p>系统升级中，敬请期待，给您带来的不便请谅解。</p></body></html>' >"$tmp/none"
warc_date=2026-11-23T07:00:00Z
answer list "$tmp/none"
is "$(states list)" "empty " "no entries where there used to be some"
like "$(h sources health list)" 'no entries are found any more' "is said"
warc_date=2026-11-23T07:10:00Z
answer list "$tmp/good"
is "$(states list)" "" "and goes again"

# --- a wall answered with 200
items=$(h status --json | grep -o '"items":[0-9]*' | head -1)
cat >"$tmp/wall" <<'END'
<!DOCTYPE html><html><head><meta charset="utf-8"><script>var _$_ts=1;$_ts=window['$_ts'];</script></head>
<body><ul><li><a href="/a/202611/t20261101_1.html">您的浏览器未通过本网站的安全检查请稍候再试一次</a></li></ul></body></html>
END
warc_date=2026-11-23T08:00:00Z
answer list "$tmp/wall"
is "$(states list)" "challenge " "a wall is no list"
like "$(h sources health list)" 'answers with a wall instead of its page \(瑞数\)' "its maker is named"
is "$(h status --json | grep -o '"items":[0-9]*' | head -1)" "$items" "and nothing of it is stored"
like "$(h status)" 'list +challenge ×1' "the fetch counts as failed"
printf '<html><body><script src="/x.js"></script></body></html>' >"$tmp/script"
warc_date=2026-11-23T08:10:00Z
answer feed "$tmp/script"
is "$(states feed)" "challenge " "a script in place of a feed"
warc_date=2026-11-23T08:20:00Z
answer list "$tmp/good"
is "$(states list)" "" "behind the wall all is well"

# --- character set
iconv -f utf-8 -t gb18030 "$tmp/good" >"$tmp/gbk"
warc_date=2026-11-23T09:00:00Z
answer list "$tmp/gbk" "text/html; charset=gbk"
is "$(states list)" "charset " "another character set"
like "$(h sources health list)" 'the character set has changed \(utf-8 → gb18030\)' "is said"
HUIYING_NOW=2026-12-01T12:00:00Z
is "$(states list)" "" "for a week"

# --- silence: measured by the source's own dates, up to its last good answer
HUIYING_NOW=2026-12-20T12:00:00Z
is "$(states list)" "" "a source that nobody polls is not called silent"
run h status --check
like "$rc $out" 'no source has been fetched since 2026-11-23 17:00: does the fetch timer run' "but that nobody polls is said"
warc_date=2026-12-20T09:00:00Z
answer list "$tmp/gbk" "text/html; charset=gbk"
is "$(states list)" "silent " "nothing new for 28 days where a day is usual"
like "$(h sources health list)" 'nothing new since 2026-11-22; it usually has something new every 24 hours' "is said"
page 20 28 | sed 's/2026-11-/2026-12-/g; s/t202611/t202612/g' | iconv -f utf-8 -t gb18030 >"$tmp/new"
HUIYING_NOW=2026-12-28T12:00:00Z
warc_date=2026-12-28T09:00:00Z
answer list "$tmp/new" "text/html; charset=gbk"
is "$(states list)" "" "something new ends it"

unlike "$(h status)" 'fetch timer' "nor is a recent try"

# --- a feed without dates: its rhythm is learned from what comes
for day in 01 02 03 04; do
	rss "$tmp/f.xml" "第${day}天某某镇发布的一条消息" "https://feed.example.gov.cn/$day" "g$day" "文"
	warc_date=2026-12-${day}T01:00:00Z
	answer feed "$tmp/f.xml" text/xml
done
like "$(h sources health feed --json)" '"usual_gap":86400' "a day from new to new"
warc_date=2026-12-14T01:00:00Z
answer feed "$tmp/f.xml" text/xml
is "$(states feed)" "silent " "ten days of the same"

# --- failures in a row, by kind
for hour in 01 02 03; do
	warc_date=2026-12-15T$hour:00:00Z
	warc_failure "$home/spool/f$hour.warc.gz" https://feed.example.gov.cn/feed.xml feed "" feed tls
done
h ingest -q
like "$(states feed)" 'failing' "three failures"
like "$(h sources health feed)" "certificate is not valid .*must be renewed there" "with the advice for that kind"

# --- a certificate that ends soon
warc_date=2026-12-28T10:00:00Z
warc_more=',"cert_expires":"2026-12-30T00:00:00Z"' answer list "$tmp/new" "text/html; charset=gbk"
is "$(states list)" "certificate " "a certificate that ends within 14 days"
like "$(h sources health list)" "the certificate of list.example.gov.cn ends on 2026-12-30" "is said with host and day"
run h status --check
is "$rc $(grep -c "^source list: the certificate of" <<<"$out")" "1 1" "and stands in status --check"

# --- all that is watched was switched off
sed -i '/^enabled/d; s/^kind/enabled = no\n&/' "$home/sources.conf"
run h status --check
is "$rc" 1 "no source is on: somebody must look"
like "$out" '^no source is on, so nothing is watched' "and why is said"
