#!/bin/bash
# 回头看: planned when a case is closed; a relapse opens a linked case, a story that comes back
# is linked to the old one; two persons close.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 42
office_init
export HUIYING_NOW=2026-09-25T01:00:00Z
new_case "某项目部拖欠农民工工资"
new_answer 1 "市人社局已责令项目部整改，拖欠的86万元工资已全部发放。"
super respond accept 1 -q
super commitment refuse 1 --all --reason "已办结，无新承诺" -q

# --- the dry run, two persons
super case close 1 --check
is "$rc" 1 "--check: what is missing"
like "$out" 'is not finished' "is listed"
super case finish 1 -q
super case close 1 --check --json
like "$out" '"code":"person"' "who finished it"
super case close 1
is "$rc" 1 "同一人不得销号"
like "$out" 'another one must' "同一人不得销号: says so"
as 丙 supervisor case close 1 --check
is "$rc $out" "0 nothing is missing: YQ-2026-000001 can be closed" "another may"
watch show 1 --json
like "$out" '"state":"finished".*"lookbacks":\[\]' "--check closes nothing"
as 丙 supervisor case close 1
is "$rc" 0 "closed by another"

# --- planned
watch show 1 --json
is "$(grep -o '"rule":"lookback-[0-9]*","state":"planned","due":"[^"]*"' <<<"$out" | sed 's/"[a-z]*"://g' | tr -d '"' | paste -sd' ')" \
	"lookback-30,planned,2026-10-25T15:59:59Z lookback-90,planned,2026-12-24T15:59:59Z lookback-180,planned,2027-03-24T15:59:59Z" \
	"30, 90 and 180 days"
super case lookback 1 --result 巩固 --note x
is "$rc" 1 "销号当天不能记巩固: nothing can hold yet"
like "$err" 'look-back 1 is due 2026-10-25 23:59; that it holds can be said after 2026-10-15 23:59 \(lookback-30: at_least\)' "it says from when on, and by what rule"
export HUIYING_NOW=2026-10-15T15:59:59Z
super case lookback 1 --result 巩固 --note x
is "$rc" 1 "not in the last second of that day"
export HUIYING_NOW=2026-10-25T15:59:59Z
watch tick
watch due --within 0s
unlike "$out" 'look-back' "not due yet"
export HUIYING_NOW=2026-10-25T16:00:00Z
watch tick
watch due
like "$out" 'late 0m +look-back +YQ-2026-000001 ' "due"
watch status
like "$out" '1 look-back is due' "status asks for it"
new_case "某路段积水"
super case lookback 2 --result 巩固 --note x
like "$err" 'is not closed' "only of a closed case"
watch case lookback 1 --result 巩固 --note x
is "$rc" 1 "by a supervisor"
super case lookback 1 --result 很好 --note x
is "$rc" 2 "巩固 or 反弹"
super case lookback 1 --result 巩固
is "$rc" 2 "with what was found"
super case lookback 1 --result 巩固 --note "工资全部到账，无新投诉"
is "$rc $out" "0 YQ-2026-000001 look-back 1: 巩固" "it holds"
like "$err" 'the next one is due 2026-12-24 23:59' "the next one is told"
watch status
unlike "$out" 'look-back is due' "nothing is due"
super case lookback 1 --result 巩固 --note "同日再看一次"
is "$rc" 1 "三次回头看不能一天记完: the second has its own time"
like "$err" 'look-back 2 is due 2026-12-24 23:59; that it holds can be said after 2026-12-09 23:59' "it says so"

# --- 销号后反弹
export HUIYING_NOW=2026-12-25T01:00:00Z
super case lookback 1 --result 反弹 --note "同一项目部又拖欠11月份工资，工人再次讨薪"
is "$rc $out" "0 YQ-2026-000003 opened, linked to YQ-2026-000001 (反弹)" "销号后反弹: a new case"
watch show 3 --json
like "$out" '"title":"反弹：某项目部拖欠农民工工资"' "销号后反弹: it tells of what"
like "$out" '"links":\[{"case":"YQ-2026-000003","follows":"YQ-2026-000001","why":"rebound"}\]' "销号后反弹: linked to the old number"
like "$out" '"clock":"response","state":"running"' "销号后反弹: its own clock runs"
like "$out" '"lead":"市人社局"' "销号后反弹: the unit of before leads"
watch show 1 --json
like "$out" '"state":"closed"' "销号后反弹: the old one stays closed"
like "$out" '"n":2,.*"result":"反弹","note":"[^"]*","new_case":"YQ-2026-000003"' "销号后反弹: its look-back names the new one"
like "$out" '"n":3,"rule":"lookback-180","state":"void"' "销号后反弹: the last one is not needed"
watch show 1
like "$out" 'followed by YQ-2026-000003' "销号后反弹: and shows what came of it"
super case lookback 1 --result 巩固 --note x
like "$err" 'is planned any more' "nothing is left to look at"
watch alerts --all --json
like "$out" '"outcome":"立项"' "its row is settled"

# --- a story that comes back after closing
# feed N TEXT: what the source says at its N-th fetch, ingested.
feed() {
	rss "$tmp/$1.xml" "某工地拖欠工程款引关注" https://a.example.gov.cn/1 g1 "$2"
	warc_date=2026-12-2${1}T01:30:00Z
	warc_answer "$home/spool/$1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/$1.xml"
	watch ingest -q
}
one_source "$home"
export HUIYING_NOW=2026-12-26T02:00:00Z
feed 6 "进展不明。"
watch alerts --json
row=S$(grep -o '"story":[0-9]*' <<<"$out" | grep -o '[0-9]*' | head -1)
watch case open "$row" --grade 一般 --lead 市人社局
old=${out%% *}
new_answer "$old" "市人社局已责令项目部整改，拖欠的工程款已全部支付。"
super respond accept "$answer_id" -q
super commitment refuse "$answer_id" --all --reason "已办结" -q
super case finish "$old" -q
as 丙 supervisor case close "$old" -q
is "$rc" 0 "closed"
export HUIYING_NOW=2026-12-27T02:00:00Z
feed 7 "工人到现场讨薪。脚手架坍塌。"
watch case open "$row" --grade 较大 --lead 市人社局
is "$rc" 0 "its story weighs more now and becomes a case again"
again=${out%% *}
watch show "$again" --json
like "$out" '"links":\[{"case":"'"$again"'","follows":"'"$old"'","why":"recurring"}\]' "旧案重现: linked to the old case"
watch show "$old" --json
like "$out" '"state":"closed".*"why":"recurring"' "旧案重现: which stays closed and names it"
run "$huiying" --home "$home" tick --actor 甲 --role admin
is "$rc" 0 "time passes"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "audit rebuild"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "audit verify"
