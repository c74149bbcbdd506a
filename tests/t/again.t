#!/bin/bash
# A decided row comes back marked when a revision makes it weigh more; it stays with its case.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 26
office_init
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z

# feed N TEXT-OF-1 TEXT-OF-2: what the source says at its N-th fetch, ingested.
feed() {
	rss "$tmp/$1.xml" "某项目部拖欠工程款引关注" https://a.example.gov.cn/1 g1 "$2" \
		"又一工地拖欠材料款引关注" https://a.example.gov.cn/2 g2 "$3"
	warc_date=2026-11-23T0$1:30:00Z
	warc_answer "$home/spool/$1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/$1.xml"
	watch ingest -q
}

feed 1 "进展不明。" "进展不明。"
watch case open 1 --grade 一般 --lead 市人社局
is "$rc" 0 "one becomes a case"
watch dismiss 2 --outcome 误报 --reason 宣传 --note 通稿
is "$rc" 0 "one is dismissed"
watch alerts --json
is "$out" "" "the queue is empty"

feed 2 "进展仍然不明。" "进展仍然不明。"
watch alerts --json
is "$out" "" "a revision that weighs the same brings nothing back"

export HUIYING_NOW=2026-11-23T04:00:00Z
feed 3 "工人到现场讨薪。脚手架坍塌。" "工人讨薪。"
watch alerts
like "$out" '^S1 .*▲.*new topic 安全生产 .*欠薪欠资、安全生产 ' "another topic: it is back, marked"
like "$out" '^S2 .*▲grade 欠薪欠资 一般→较大 ' "a higher grade: so is the other"
watch alerts --json
like "$out" '"story":2,.*"again":1' "and counted"
watch show S2
like "$out" '^settled    误报 宣传  甲  2026-11-23 10:00  通稿$' "what was decided before stays to be seen"
like "$out" '^▲ came back 2026-11-23 12:00 by I2: grade 欠薪欠资 一般→较大$' "and what weighs more now"
watch show S1
like "$out" '^▲ came back 2026-11-23 12:00 by I1: .*new topic 安全生产$' "a new topic is said to be one"
watch show S1 --json
like "$out" '"returned":\[.*"what":"topic","after":"安全生产"\}' "in JSON too"
watch due
like "$out" ' triage +S1 ' "it has a triage limit again"
watch case open 1 --grade 较大 --lead 市人社局
is "$rc" 1 "a second case of the same row"
like "$err" 'S1 came back but belongs to YQ-2026-000001; merge it there: case merge S1 --into YQ-2026-000001' "is refused"
watch case merge S1 --into 1 --note 又有坍塌
is "$rc $out" "0 S1 joined YQ-2026-000001" "it joins its case"
watch show 1
is "$(grep -o 'rows .*' <<<"$out")" "rows       S1" "once"
watch show S1
is "$(grep -c '^settled' <<<"$out")" 2 "both decisions are shown"
is "$(grep -E '^(settled|▲)' <<<"$out" | cut -d' ' -f1 | tr '\n' ' ')" "settled ▲ settled " "what brought it back stands between them: once settled nothing is new"
watch case open S2 --grade 一般 --lead 市人社局
is "$rc $out" "0 YQ-2026-000002 opened: 一般, lead 市人社局" "a dismissed row that is back may become a case"
watch show 2 --why
like "$out" '^raised     2026-11-23 10:00$' "its clock looks at the first raising"
like "$out" '^clock      2026-11-23 [0-9:]+$' "and has a start"

# --- an emptied chain
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
cp -r "$home" "$tmp/emptied"
sqlite3 "$tmp/emptied/ledger.db" "DROP TRIGGER events_no_delete; DELETE FROM events"
run "$huiying" --home "$tmp/emptied" audit verify
is "$rc" 4 "a chain without any event does not verify"
like "$err" 'the chain is empty' "says so"
run "$huiying" --home "$tmp/emptied" audit rebuild
is "$rc" 4 "nor do its tables follow from it"
