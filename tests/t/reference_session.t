#!/bin/bash
# The reference session of the design, word for word: alert 12, case 123, response 7 and
# commitment c45 are there because the records before them are made first, by commands.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 30

home=$tmp/home
cd "$tmp" || exit 1
# Different people sit at the terminal; the words of the session stay as they are.
as() {
	local who=$1 role=$2
	shift 2
	run "$huiying" --home "$home" "$@" --actor "$who" --role "$role"
}
quiet() {
	as "$@"
	[ "$rc" -eq 0 ] || { echo "# $*: $err"; }
}
"$huiying" init "$home" --demo -q 2>/dev/null
small_rules "$home"
cat >"$home/channels.conf" <<-'CHANNELS'
	[市政府网站]
	class = 政府网站
	host = www.example.gov.cn
	unit = 市政府办公室
CHANNELS
export HUIYING_NOW=2026-09-28T01:00:00Z

# --- what was there before: 123 queue rows, 122 cases, 6 responses, 44 commitments
for i in $(seq 1 123); do
	quiet 甲 watch register - -q --title "某镇第 $i 号项目部拖欠工资" --text "工人到现场讨薪。"
done
for i in $(seq 1 123); do
	[ "$i" -eq 12 ] || quiet 甲 watch case open "$i" -q --grade 一般 --lead 市人社局
done
for i in $(seq 1 6); do
	for n in $(seq 1 8); do printf '市人社局将在十月内办好第 %d 件事。' "$n"; done >"$tmp/old.txt"
	quiet 甲 watch respond "$i" -q --unit 市人社局 --url "https://www.example.gov.cn/old-$i.html" --file "$tmp/old.txt"
	quiet 乙 supervisor respond accept "$i" -q
done
for i in $(seq 0 43); do
	quiet 甲 watch commitment add $((i / 8 + 1)) -q --sentence $((i % 8 + 1)) --due 2026-10-31
done
echo "市人社局核查发现拖欠工资 86 万元，涉及工人 34 名。市人社局将督促总承包单位于9月30日前全部发放到位。" >a.txt

# --- the session
as 甲 watch alerts
is "$rc" 0 "alerts"
like "$out" 'S12 .*某镇第 12 号项目部' "row 12 is in the queue"
as 甲 watch take 12
is "$rc $out" "0 S12 is taken by 甲" "take 12"
as 甲 watch case open 12 --grade 较大 --lead 市人社局
is "$rc $out" "0 YQ-2026-000123 opened: 较大, lead 市人社局" "case open 12"
like "$err" 'response due 2026-09-30 09:00 \(response-other, 48 hours from discovered\)' "says what falls due and why"
like "$err" 'next: huiying .*respond YQ-2026-000123' "and what may come next"
U=https://www.example.gov.cn/2026/answer.html
export HUIYING_NOW=2026-09-28T04:00:00Z
as 甲 watch respond 123 --unit 市人社局 --url $U --file a.txt
is "$rc" 0 "respond 123"
like "$out" '^HY-2026-000007 recorded for YQ-2026-000123 as (measure|result); it waits' "response 7 waits to be accepted"
like "$err" 'capture pending' "its page will be captured"
unlike "$err" 'check:' "nothing remarkable in it"
as 甲 supervisor respond accept 7
is "$rc" 1 "who entered it may not accept it"
as 乙 supervisor respond accept 7
is "$rc $out" "0 HY-2026-000007 accepted for YQ-2026-000123" "respond accept 7"
as 甲 watch show 123
like "$out" 'response due 2026-09-30 09:00, met 2026-09-28 12:00 by HY-2026-000007' "the clock stopped at the publication"
as 甲 watch commitment add 7 --sentence 2
is "$rc" 0 "commitment add 7 --sentence 2"
is "$out" "CN-2026-000045 added to YQ-2026-000123, due 2026-09-30" "commitment 45, with the date that its words name"
export HUIYING_NOW=2026-10-08T01:00:00Z
as 丙 unit commitment claim c45 --done-on 2026-09-30 --for 市人社局
is "$rc $out" "0 CN-2026-000045 claimed done on 2026-09-30; a supervisor verifies it" "commitment claim c45"
as 乙 supervisor commitment verify c45
is "$rc $out" "0 CN-2026-000045 verified: done on 2026-09-30" "commitment verify c45"
U=https://www.example.gov.cn/2026/kept.html
as 甲 watch commitment publish c45 --url $U
is "$rc" 0 "commitment publish c45"
like "$out" 'capture pending' "pending until it is captured from outside"
as 甲 watch case finish 123
is "$rc $out" "0 YQ-2026-000123 finished (办结)" "case finish 123"
as 乙 supervisor case close 123
is "$rc" 1 "closing is refused before the capture"
like "$out" '^CN-2026-000045  its publication is not captured yet$' "and says what is missing"

# --- what the fetcher brings
want=$(sed -n "s|.*\"id\":\"*\([0-9]*\)\"*.*kept\.html.*|\1|p; s|.*kept\.html.*\"id\":\"*\([0-9]*\)\"*.*|\1|p" "$home/spool/wanted.jsonl" | head -1)
ok_if "$([ -n "$want" ]; echo $?)" "the page is on the fetcher's list"
echo "<html><body>拖欠的工资已全部发放到位</body></html>" >"$tmp/kept.html"
warc_date=2026-10-08T01:10:00Z
warc_answer "$home/spool/20261008T011000Z-x-1-1.warc.gz" $U "" "$want" evidence "$tmp/kept.html" 200 text/html
export HUIYING_NOW=2026-10-08T02:00:00Z
as 甲 watch ingest
is "$rc" 0 "ingest"
as 甲 watch show c45 --json
like "$out" '"outcome":"按期兑现","kept":true,"public":true' "publicly kept"
like "$out" "\"state\":\"captured\".*\"sha256\":\"$(sha256sum <"$tmp/kept.html" | cut -c1-64)\"" "with the SHA-256 of what outsiders see"
gzip -dc "$home"/evidence/ZJ-2026-*.warc.gz | grep -q "全部发放到位"
ok_if $? "the record is kept in evidence/"

as 乙 supervisor case close 123
is "$rc $out" "0 YQ-2026-000123 closed (销号)" "case close 123"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and the projections are the same when computed again"
