#!/bin/bash
# Tasks of a yearly plan: taken in, opened to units, told of, claimed, verified, looked at.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 112
office_init
export HUIYING_NOW=2026-03-02T01:00:00Z
# 45 towns in a group, two departments of their own.
{
	for n in $(seq 1 45); do
		printf '[样本镇%02d]\ngroups = 各镇街\nlevel = 镇街\n\n' "$n"
	done
	printf '[市财政局]\nalso = 财政局\ngroups = 市直各部门\n\n[市司法局]\ngroups = 市直各部门\n\n'
	printf '[原市外事办]\ngroups = 市直各部门\nuntil = 2025-12-31\nsuccessor = 市司法局\n'
} >"$home/units.conf"
head='序号,任务,牵头单位,责任单位,类型,时限,周期,触发,备注'
sheet() { # NAME ROW…: a plan of 2026-03-01
	local file=$tmp/$1.csv
	shift
	{
		echo '某市2026年工作方案责任分解表（2026年3月1日印发）'
		echo "$head"
		printf '%s\n' "$@"
	} >"$file"
}
of() { watch task list --json ${2:+--$2}; grep -F "\"id\":\"$1\"" <<<"$out"; }

# --- what cannot be taken
sheet bad '1,甲,市财正局,,,,,,' ',乙,市财政局,,,,,,' '3,丙,市财政局,,有时,,,,' '4,丁,市财政局,,三个工作日,,,,' \
	'5,戊,市财政局,,定期,,,,' '6,己,,,,,,,' '7,,市财政局,,,,,,' '8,庚,市财政局,,一次性,,季度,,' \
	'9,辛,市财政局,,持续,,旬,,' '10,壬,原市外事办,,,,,,' '11,癸,市财政局,,,,,,' '11,癸,市司法局,,,,,,'
watch import "$tmp/bad.csv" --as tasks
is "$rc" 0 "the rows that can be taken are"
like "$out" '^12 rows: 1 new, 0 changed, 0 unchanged, 11 refused; plan bad of 2026-03-01, 1 line for a unit$' "every row is accounted for"
like "$err" 'row 3 refused: .*市财政局' "an unknown unit, with the nearest"
like "$err" 'row 4 refused: it has no number' "no number"
like "$err" 'row 5 refused: its kind “有时” is none of' "an unknown kind"
like "$err" 'row 6 refused: its kind “三个工作日” is none of' "a limit in the column of kinds"
like "$err" 'row 7 refused: it has no period' "定期 without its period"
like "$err" 'row 8 refused: it names no 牵头单位' "nobody leads"
like "$err" 'row 9 refused: it has no words' "no words"
like "$err" 'row 10 refused: only 持续 and 定期 have a period' "a period of what is done once"
like "$err" 'row 11 refused: its period “旬” is none of' "an unknown period"
like "$err" 'row 12 refused: .*市司法局' "a unit that is no more, with its successor"
like "$err" 'row 14 refused: item 11 stands in row 13 already' "twice in one table"
printf '%s\n' "$head" '1,甲,市财政局,,,,,,' >"$tmp/undated.csv"
watch import "$tmp/undated.csv" --as tasks
is "$rc" 2 "a plan without its day"
printf '姓名,电话\n张三,1\n' >"$tmp/none.csv"
watch import "$tmp/none.csv" --as tasks
like "$err" 'there is no head with 序号' "no plan at all"
watch import "$tmp/none.csv" --as orders --plan x
is "$rc" 2 "--plan goes with tasks"
watch import "$tmp/bad.csv" --as tasks --source x
is "$rc" 2 "a plan has no source"
as 丙 unit import "$tmp/bad.csv" --as tasks
is "$rc" 1 "a unit takes in no plan"

# --- taken in
printf '%s\n' '责任分解表（2026年3月1日）' '序号,任务,牵头单位,责任单位,联系人,类型,时限,周期,触发' \
	'1,公布清单，电话13812345678,各镇〈街〉,,李某,一次性,2026年9月底前,,' '2,公开债务,财政局,,李某,定期,10天,季度,' \
	'3,解读政策,市财政局、市直各部门,各镇街,李某,持续,,,' '4,文件送编,市司法局,市直各部门,李某,触发,3个工作日,,文件印发' \
	'5,年报检查,市司法局,,李某,,尽快,,' >"$tmp/plan-a.csv"
watch import "$tmp/plan-a.csv" --as tasks --dry-run
like "$out" '联系人 \(about a person; never taken in\)' "a column about persons is never taken in"
is "$(of RW-2026-000002)" "" "a dry run keeps nothing"
watch import "$tmp/plan-a.csv" --as tasks
like "$out" '^5 rows: 5 new, .*; 1 number or name of a person hidden; plan plan-a of 2026-03-01, 96 lines for units$' "five tasks, 96 lines"
like "$err" 'row 7: “尽快” names no day; it is looked at on 31 December' "no day: looked at on 31 December"
like "$err" 'next: huiying task list --plan plan-a' "what comes next"
watch show rw2
unlike "$out" '13812345678|李某' "no telephone, no name"
like "$out" '公布清单，电话\*\*\*' "hidden in the text"
like "$(of RW-2026-000002)" '"due":"2026-09-30T15:59:59Z".*"lines":45,"done":0' "9月底前 is the 30th; a group opens a line a unit"
like "$(of RW-2026-000004)" '"ref":"2026Q1","due":"2026-04-10T15:59:59Z","rule":"task-quarter".*"lines":47' "持续: a period each quarter; who leads by name and by group is one line"
like "$(of RW-2026-000003)" '"ref":"2026Q1","due":"2026-04-10T15:59:59Z"' "定期: the plan's own limit after the period"
like "$(of RW-2026-000006)" '"review":"2026-12-31","review_rule":"task-undated"' "undated: forced review by the rule"
like "$(of RW-2026-000005)" '"task_kind":"triggered".*"lines":0' "触发: nothing is due yet"
watch import "$tmp/plan-a.csv" --as tasks
like "$out" '^5 rows: 0 new, 0 changed, 5 unchanged, 0 refused' "again: nothing is doubled"
sed -i 's/公开债务/公开债务限额/; s/2026年9月底前/2026年10月底前/; s/文件送编,市司法局,市直各部门/文件送编,市司法局,/' "$tmp/plan-a.csv"
watch import "$tmp/plan-a.csv" --as tasks
like "$out" '^5 rows: 0 new, 2 changed, 2 unchanged, 1 refused' "words and units are corrected"
like "$err" 'RW-2026-000002 has another kind or date on record .*an import moves no date' "a date is not moved"
watch import "$tmp/bad.csv" --as tasks --plan other -q
watch show 2026#11
is "$rc" 1 "an item that two plans have"
like "$err" 'may mean RW-2026-000001, RW-2026-000007: give the id' "they are named"
watch show rw5
unlike "$out" '市财政局' "a unit that left has no part any more"

# --- 38/45
tick() { run "$huiying" --home "$home" tick; }
for day in 04-01 07-01 09-29; do
	export HUIYING_NOW=2026-${day}T01:00:00Z
	tick
done
units() { printf -- '--unit '; for n in $(seq "$1" "$2"); do printf '样本镇%02d、' "$n"; done; }
as 丙 unit task claim rw2 --done-on 2026-09-28
like "$err" 'has 45 units: say --unit UNIT or --all' "whose?"
as 丙 unit task claim rw2 --done-on 2026-09-30 --unit 样本镇01
is "$rc" 2 "done tomorrow"
as 丙 unit task claim rw2 --done-on 2026-09-28 --for 样本镇01
is "$out" "RW-2026-000002 样本镇01: claimed done on 2026-09-28; a supervisor verifies it" "a unit claims"
as 丙 unit task claim rw2 --done-on 2026-09-28 --for 样本镇01
like "$err" 'was claimed by 丙' "once"
as 丙 unit task claim rw2 --done-on 2026-09-28 --for 市财政局
like "$err" '市财政局 has no part in RW-2026-000002' "another unit has no part"
watch task claim rw2 --done-on 2026-09-28 $(units 2 39) --unit 样本镇02
is "$out" "RW-2026-000002 38 units: claimed done on 2026-09-28; a supervisor verifies it" "38 more, one named twice"
super task verify rw2 --unit 样本镇40
like "$err" '样本镇40 has not claimed' "nothing to verify"
watch task verify rw2 --unit 样本镇01
is "$rc" 1 "watch staff verify nothing"
as 甲 supervisor task verify rw2 --unit 样本镇02
like "$err" '甲 entered the claim of RW-2026-000002 for 样本镇02; another person must verify it' "two persons"
super task verify rw2 $(units 1 38)
like "$out" '^RW-2026-000002 38 units: verified; 38 of 45 units done$' "38 of 45"
export HUIYING_NOW=2026-09-30T15:59:59Z
like "$(of RW-2026-000002)" '"late":false,"waiting":\["样本镇40"' "to the last second of the day nobody lags"
export HUIYING_NOW=2026-09-30T16:00:00Z
like "$(of RW-2026-000002)" '"done":38,"claimed":1,"late":true,"lagging":\["样本镇40","样本镇41","样本镇42","样本镇43","样本镇44","样本镇45"\]' "a second later those lag that have not claimed"
watch task list --late
like "$out" '^RW-2026-000002  1 +once +- +2026-09-30 +38/45 +样本镇40、样本镇41、样本镇42 and 3 more' "the list: 38/45 and who lags"
like "$out" '^样本镇45  1、3 \(2026Q1\)、3 \(2026Q2\)$' "by unit, with all that it owes"
watch task list --late --unit 样本镇39
unlike "$out" '样本镇40  ' "only what one unit owes"
like "$out" '^样本镇39  3 \(2026Q1\)、3 \(2026Q2\)$' "what is claimed it does not owe"
watch show 2026#2 --json
like "$out" '"item":"2"' "an item by its number in the plan"
watch show rw2
like "$out" '^done +38/45  due 2026-09-30  late$' "show: how many"
like "$out" '^to verify +样本镇39$' "what waits for a supervisor"
like "$out" '^lagging +样本镇40、样本镇41、样本镇42、样本镇43、样本镇44、样本镇45$' "every laggard by name"
watch due
like "$out" ' task +RW-2026-000002 .*38/45, 1 to verify: 公布清单' "due tells it once"
tick
n=$(watch audit head && echo "$out")
tick
watch audit head
is "$out" "$n" "a limit is written down once"
# A claim that is not true goes back to the unit.
super task verify rw2 --unit 样本镇39 --not-done
is "$rc" 2 "a claim is not refused without a reason"
super task verify rw2 --unit 样本镇39 --not-done --reason 未见清单 --done-on 2026-09-01
is "$rc" 2 "nor with a day that it was done"
super task verify rw2 --unit 样本镇39 --reason 未见清单
is "$rc" 2 "a reason is for a refusal"
as 甲 supervisor task verify rw2 --unit 样本镇39 --not-done --reason 未见清单
is "$rc" 1 "who entered it does not refuse it"
super task verify rw2 --unit 样本镇40 --not-done --reason 未见清单
like "$err" '样本镇40 has not claimed' "there must be a claim"
super task verify rw2 --unit 样本镇39 --not-done --reason 未见清单
is "$rc $out" "0 RW-2026-000002 样本镇39: the claim is refused; 38 of 45 units done" "another supervisor does"
like "$(of RW-2026-000002)" '"done":38,"claimed":0,"late":true,"lagging":\["样本镇39","样本镇40"' "the unit lags again"
watch show rw2
like "$out" '^sent back +done on 2026-09-28, claimed by 样本镇39; refused by 乙 at 2026-10-01 00:00: 未见清单$' "show tells of it"
super task verify rw2 --all --not-done --reason 再查
is "$rc" 1 "nothing is left to refuse"
as 丙 unit task claim rw2 --done-on 2026-09-30 --unit 样本镇39
is "$rc" 0 "it claims again"
as 甲 supervisor task verify rw2 --unit 样本镇39
is "$rc" 1 "the first claimant does not verify the second claim"
as 丙 unit task claim rw2 --done-on 2026-09-30 $(units 40 45)
super task verify rw2 --all --done-on 2026-09-30
like "$out" '7 units: verified; 45 of 45 units done' "--all takes what is claimed"
is "$(of RW-2026-000002 late)" "" "done by all: not late any more"

# --- progress of what goes on
as 丙 unit task progress rw4 --for 市财政局 --text 一季度解读12件 --share 3/4 --period 2026Q1
is "$out" "RW-2026-000004 2026Q1 市财政局: progress 3/4 (75 %); 1 of 47 units done" "telling is doing"
as 丙 unit task progress rw4 --for 市财政局 --text 二季度解读9件
like "$out" '^RW-2026-000004 2026Q2 市财政局' "then the next period that is open"
as 丙 unit task progress rw4 --for 市财政局 --text 重复 --period 2026Q1
like "$err" 'RW-2026-000004 2026Q1 of 市财政局 is done already' "once a period"
as 丙 unit task progress rw4 --for 市财政局 --period 2027Q1 --text 预报
is "$rc" 3 "a period that has not begun"
as 丙 unit task claim rw4 --done-on 2026-09-30 --for 市财政局
like "$err" 'its units tell of their progress' "what goes on is not claimed"
as 丙 unit task progress rw4 --for 市财政局
is "$rc" 2 "without words"
export HUIYING_NOW=2026-10-01T01:00:00Z
tick
like "$(of RW-2026-000004)" '"ref":"2026Q4","due":"2027-01-10T15:59:59Z"' "tick opens the quarter that has begun"
watch task progress rw3 --text 已汇总
like "$out" '2026Q1 市财政局: progress entered; 0 of 1 units done' "定期: words alone are no claim"
watch task claim rw3 --done-on 2026-09-30
super task verify rw3
like "$out" '1 of 1 units done' "claimed and verified"
watch show rw3 --why
like "$out" 'progress 2026Q1 due 2026-04-10 23:59, met 2026-10-01 09:00 by 市财政局 - late' "its limit is met, late"
like "$out" 'done on 2026-09-30 - late' "and it was late"

# --- set off
watch task trigger rw2 --text 无
like "$err" 'is not of the kind that something sets off' "only what something sets off"
watch task trigger rw5
is "$rc" 2 "by what?"
watch task trigger rw5 --text 某发1号 --on 2026-09-29
like "$out" '^RW-2026-000005 set off \(1\): 1 unit, due 2026-10-09 23:59$' "3 working days across the National Day"
watch task trigger rw5 --text 某发2号 --due 2026-10-20 --unit 市司法局
like "$out" '\(2\): 1 unit, due 2026-10-20 23:59$' "a second time, with a day of its own"
watch task trigger rw5 --text 某发3号 --unit 样本镇01
like "$err" '样本镇01 has no part' "another unit is not meant"
watch task claim rw5 --period 2 --done-on 2026-10-01
super task verify rw5
like "$out" '^RW-2026-000005 2 市司法局: verified' "verify finds the one that is claimed"
watch show rw5 --why
like "$out" 'rule task-trigger: 3 working days' "--why names the rule"
like "$out" 'plan-a, item 4' "and the plan that says how long"
export HUIYING_NOW=2026-12-30T01:00:00Z
watch task trigger rw5 --text 某发4号
like "$out" 'due 2027-01-0[45] 23:59 \(暂定\)$' "into a year that is not listed: tentative"

# --- looked at
export HUIYING_NOW=2026-12-31T16:00:00Z
watch due
like "$out" ' review +RW-2026-000006 ' "31 December: the undated one is to be looked at"
watch task review rw6 --close
is "$rc" 1 "by a supervisor"
super task review rw6
is "$rc" 2 "when next?"
super task review rw6 --next 2026-12-01
is "$rc" 2 "in the past"
super task review rw6 --close
like "$err" '1 line is not done; to close it all the same say why' "not silently"
super task review rw6 --next 2027-03-31 --text 检查推迟
is "$out" "RW-2026-000006 reviewed; next review on 2027-03-31" "another day"
tick
is "$(of RW-2026-000004 all | grep -c 2027Q1)" 0 "what goes on opens no period after its day of review"
super task review rw4 --next 2027-12-31
tick
is "$(of RW-2026-000004 all | grep -c 2027Q1)" 1 "but when it is to go on"
super task review rw4 --close --text 转入新方案
like "$out" 'closed; [0-9]+ lines stay on record as not done' "closed, and what was not done stays so"
echo 附件 >"$tmp/proof.txt"
watch evidence add rw6 --file "$tmp/proof.txt"
is "$rc" 0 "evidence of a task"
watch show rw6
like "$out" '^ZJ-2027-000001 ' "stands with it"

# --- once, in working days from the plan's day, over the year that is not listed
export HUIYING_NOW=2026-12-22T01:00:00Z
printf '%s\n' '责任分解表（2026年12月21日）' "$head" '1,清理台账,市财政局,,一次性,20个工作日,,,' \
	'2,报送总结,市司法局,,一次性,5天,,,' >"$tmp/days.csv"
watch import "$tmp/days.csv" --as tasks
is "$rc" 0 "a limit of what is done once runs from the plan's day"
once=$(sqlite3 "$home/ledger.db" "SELECT id FROM tasks WHERE plan = 'days' AND item = '1'")
like "$(of "$once")" '"due":"2027-01-18T15:59:59Z".*"tentative":true' "20 working days, tentative into 2027"
unlike "$(of "$once")" '"review":"' "no day of review is forced on it"
watch show "$once"
like "$out" 'due 2027-01-18 \(暂定\)' "show tells it"
like "$(of "$(sqlite3 "$home/ledger.db" "SELECT id FROM tasks WHERE plan = 'days' AND item = '2'")")" '"due":"2026-12-26T15:59:59Z"' "days likewise"
printf '\n[2027]\nbasis = 通知\noff = 01-01..01-05 元旦\n' >>"$home/holidays.conf"
tick
like "$(of "$once")" '"due":"2027-01-21T15:59:59Z".*"tentative":false' "and counted again with the year"
export HUIYING_NOW=2027-01-21T16:00:00Z
tick
like "$(sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = 'limit.reached/2' AND subject = '$once'")" '"unit":"市财政局","what":"task"' "late: by tick, with its unit"
as 丙 unit task claim "$once" --done-on 2027-01-21 --for 市财政局 -q
super task verify "$once" --unit 市财政局 -q
is "$rc" 0 "it is done like any other"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
