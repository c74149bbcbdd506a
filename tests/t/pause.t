#!/bin/bash
# A limit that stands still while a third party is asked: what is answered meanwhile is not late,
# and it stands still no longer than the third party's own limit.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 19
office_init
at() { export HUIYING_NOW="$1+08:00"; }
tick() { run "$huiying" --home "$home" tick; }
# request NUMBER TITLE TEXT: one that was accepted on 2 March, its row opened as a case.
request() {
	printf '工单编号,诉求类型,标题,诉求内容,受理时间\n%s,依申请公开,%s,%s,2026-03-02 09:00\n' "$@" >"$tmp/o.csv"
	watch import "$tmp/o.csv" --as orders --source 热线
	watch case open "S$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = '$1'")" --grade 一般 --lead 市人社局
	case_id=${out%% *}
}
# the_order CASE: what show --why says about its order's limit.
the_order() {
	watch show "$1" --why
	sed -n '/^order /,/set by event/p' <<<"$out"
}

# --- answered while it stands still: the time does not count
at 2026-03-02T10:00:00
request GK1 某项目部拖欠工资甲 工人到现场讨薪，拖欠三个月。
first=$case_id
like "$(the_order "$first")" 'order GK1 due 2026-03-30 23:59, in ' "20 working days"
at 2026-03-25T10:00:00
watch case consult "$first" --third-party 某公司 --question 是否同意公开 -q
at 2026-04-07T10:00:00
new_answer "$first" "$measure"
at 2026-04-08T10:00:00
super respond accept "$answer_id" -q
is "$rc" 0 "the answer is accepted a day later"
why=$(the_order "$first")
like "$why" 'order GK1 due 2026-04-10 23:59, met 2026-04-07 10:00 by HY-2026-000001$' "征求第三方期间答复: it is not late"
like "$why" '2026-04-07 10:00 runs on: due 2026-04-10 23:59 instead of 2026-03-30 23:59' "it ran on when the answer was published"
watch show "$first" --json
like "$out" '"clock":"order","state":"met","due":"2026-04-10T15:59:59Z","late":false' "nor in JSON"
watch case consult "$first" --answered 同意
is "$rc $out" "0 $first question 1 is answered" "the third party's word may still come"
is "$(the_order "$first")" "$why" "and changes nothing"

# --- answered before anybody was asked: as it was
request GK2 物流园拖欠装卸工工资 物流园装卸工讨薪，公司称下月结清。
second=$case_id
new_answer "$second" "$measure" --published "2026-04-08 10:00"
at 2026-04-09T10:00:00
watch case consult "$second" --third-party 某公司 --question 是否同意公开
like "$err" 'no limit of it stands still' "over its limit it runs on"
super respond accept "$answer_id" -q
like "$(the_order "$second")" 'order GK2 due 2026-03-30 23:59, met 2026-04-08 10:00 by HY-2026-000002 - late' "late stays late"

# --- no answer ever comes: 第三十二条 gives 15 working days, no more
at 2026-03-10T10:00:00
request GK3 快递站拖欠分拣员工资 分拣员到快递站讨薪，站长称等总部拨款。
third=$case_id
watch case consult "$third" --third-party 某公司 --question 是否同意公开
like "$err" 'its answer is due 2026-03-31 23:59' "the third party's own limit"
at 2026-03-31T23:59:59
tick
like "$(the_order "$third")" 'order GK3 stands still since 2026-03-10 10:00' "until then it stands still"
at 2026-04-03T10:00:00
tick
why=$(the_order "$third")
like "$why" '2026-03-31 23:59 runs on: due 2026-04-21 23:59 instead of 2026-03-30 23:59' "第三方逾期未答: it runs on since that limit, not since somebody looked"
like "$why" 'order GK3 due 2026-04-21 23:59, in ' "and falls due by itself"
tick
is "$rc $out" "0 " "once"
at 2026-04-10T10:00:00
watch case consult "$third" --answered 不同意
is "$rc" 0 "a late word is entered"
is "$(the_order "$third" | tail -n +2)" "$(tail -n +2 <<<"$why")" "and holds nothing up"

# --- the same when time passes without a tick
at 2026-03-10T10:00:00
request GK4 汽修厂拖欠学徒工资 学徒工到汽修厂讨薪，厂长称资金紧张。
fourth=$case_id
watch case consult "$fourth" --third-party 某公司 --question 是否同意公开 -q
at 2026-04-10T10:00:00
watch case consult "$fourth" --answered 不同意 -q
like "$(the_order "$fourth")" '2026-03-31 23:59 runs on: due 2026-04-21 23:59' "an answer after its limit does not lengthen it"

run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "what is shown is what the events give"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
