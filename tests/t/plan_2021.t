#!/bin/bash
# The shipped plan of 2021 through its year, under a clock that the test sets.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 42
"$huiying" init "$home" --demo -q 2>/dev/null
at() { # LOCAL-TIME: the clock, and the minute's tick
	HUIYING_NOW=$(date -u -d "$1 +0800" +%Y-%m-%dT%H:%M:%SZ)
	export HUIYING_NOW
	run "$huiying" --home "$home" tick
}
tasks() { watch task list --json "$@"; }
# late ITEM [REF]: "done/lines" of an item that is late, nothing when it is not.
late() {
	tasks --late
	grep -F "\"item\":\"$1\"" <<<"$out" | grep -F "${2:+\"ref\":\"$2\"}" |
		sed -n 's/.*"lines":\([0-9]*\),"done":\([0-9]*\).*/\2\/\1/p'
}
due_of() { watch show "2021#$1"; grep "^done" <<<"$out" | tail -1; }

# --- 25 June: the plan
at "2021-06-25 09:00"
watch import plan-2021.csv --as tasks
is "${out%%;*}" "35 rows: 35 new, 0 changed, 0 unchanged, 0 refused" "33 items, the last one in three parts"
is "$err" "DEMO - a demonstration, not a real ledger
next: huiying task list --plan plan-2021" "every cell is read"
tasks
is "$(grep -c '"task_kind":"continuous"' <<<"$out")" 22 "22 go on"
is "$(grep '"task_kind":"recurring"' <<<"$out" | grep -o '"item":"[^"]*"' | tr -d '\n')" '"item":"7""item":"8""item":"33-2"' "7, 8 and the yearly report come again"
is "$(grep '"task_kind":"triggered"' <<<"$out" | grep -o '"item":"[^"]*"' | tr -d '\n')" '"item":"24""item":"26""item":"29""item":"32"' "24, 26, 29 and 32 are set off"
is "$(grep '"task_kind":"once"' <<<"$out" | sed 's/.*"item":"\([^"]*\)".*/\1/' | tr '\n' ' ')" "18 25 27 30 33 33-3 " "six are done once"
is "$(grep -c '"review":"2021-12-31","review_rule":"task-undated"' <<<"$out")" 31 "31 name no day: 31 December"
like "$(due_of 18)" '0/48  due 2021-09-30$' "9月底前 for 18, with all departments and towns"
like "$(due_of 27)" '0/20  due 2021-09-30$' "27 is for the 20 towns"
is "$(due_of 26)" "" "26 waits for the ministry"
watch show 2021#26
like "$out" '^lead +市教育科技局、市卫健局、市发改局、州生态环境局凯里分局、市综合行政执法局、市交通运输局、市水务局$' "its seven leads, under their names of today"
watch show 2021#4
like "$out" '^lead +市发改局、市市场监管局、市司法局、市政务服务中心$' "names as the plan writes them"

# --- 30 June: 33, a work plan in every unit
at "2021-06-30 23:59:59"
is "$(late 33)" "" "33: in time to the last second"
at "2021-07-01 00:00:00"
is "$(late 33)" "0/48" "a second later nobody has claimed"
watch show 2021#33 --json
all=$(grep -o '"unit":"[^"]*","role":"lead"' <<<"$out" | cut -d'"' -f4 | awk '!seen[$0]++')
but() { grep -vxE "$1" <<<"$all" | paste -sd, -; }
watch task claim 2021#33 --done-on 2021-06-29 --unit "$(but '市林业局|旁海镇|凯棠镇')"
super task verify 2021#33 --all
like "$out" '45 units: verified; 45 of 48 units done$' "45 of 48 in time"
watch task list --late
like "$out" '^RW-2021-000033  33 .* 45/48 +市林业局、旁海镇、凯棠镇 ' "three are named"
watch task claim 2021#33 --done-on 2021-07-02 --unit 市林业局
is "$rc" 2 "not before its day"
at "2021-07-05 10:00"
watch task claim 2021#33 --done-on 2021-07-02 --unit 市林业局、旁海镇、凯棠镇
super task verify 2021#33 --all -q
is "$(late 33)" "" "late, but done"
watch show 2021#33 --why
is "$(grep -c ' - late, ' <<<"$out")" 3 "three lines are marked late"

# --- the second quarter, 10 days after its end
at "2021-07-10 23:59:59"
is "$(tasks --late; echo "$out")" "" "nothing is late on the tenth day"
at "2021-07-11 00:00:00"
tasks --late
is "$(grep -c '"ref":"2021Q2"' <<<"$out")" 24 "24 tasks owe the second quarter"
for n in 1 2 3 4 5 6 9 10 11 12 13 14 15 16 17 19 20 21 22 23 28 31; do
	watch task progress "2021#$n" --all --text "第二季度按方案推进" -q
done
is "$(tasks --late; grep -o '"item":"[^"]*"' <<<"$out" | tr -d '\n')" '"item":"7""item":"8"' "what only goes on is done by telling; 7 and 8 are claimed"
watch task claim 2021#7 --done-on 2021-07-08 --all -q
watch task claim 2021#8 --done-on 2021-07-08 --all -q
super task verify 2021#7 --all -q
super task verify 2021#8 --all -q
is "$(tasks --late; echo "$out")" "" "nobody owes anything"

# --- 24: three working days across the Mid-Autumn days and the Saturday worked for them
at "2021-09-17 16:00"
watch task trigger 2021#24 --unit 市财政局 --text "凯财发〔2021〕9号印发"
like "$out" 'due 2021-09-23 23:59$' "18 September (Saturday) is worked, 19 to 21 are off: 18, 22, 23"
at "2021-09-24 00:00"
is "$(late 24)" 0/1 "24 is late"
watch task claim 2021#24 --unit 市财政局 --done-on 2021-09-23 -q
super task verify 2021#24 --all -q
is "$(late 24)" "" "sent in time, told later"

# --- 30 September: 18, 25, 27
watch task claim 2021#27 --done-on 2021-09-24 --unit "$(grep -E '街道$|镇$' <<<"$all" | head -15 | paste -sd, -)"
super task verify 2021#27 --all -q
watch task claim 2021#18 --done-on 2021-09-24 --all -q
super task verify 2021#18 --all -q
at "2021-09-30 23:59:59"
is "$(late 25)$(late 27)" "" "nothing is late yet"
at "2021-10-01 00:00:00"
is "$(late 18) $(late 25) $(late 27)" " 0/48 15/20" "18 is done, 25 and 27 are late"
watch task list --late --unit 大风洞镇
like "$out" '^大风洞镇  25、27$' "what one town owes"
unlike "$out" '下司镇' "and nobody else"

# --- the third quarter
at "2021-10-11 00:00:00"
is "$(late 16 2021Q3)" 0/48 "the third quarter is owed"

# --- the end of the year
at "2021-12-31 23:59:59"
watch due --within 1m --json
is "$(grep -c '"what":"review"' <<<"$out")" 31 "31 reviews fall due"
at "2022-01-01 00:00:00"
is "$(tasks --all; grep -c '"ref":"2022Q1"' <<<"$out")" 0 "the plan opens no quarter of another year"
super task review 2021#30 --close --text "专项检查已随年报完成"
like "$out" 'closed; 48 lines stay on record as not done' "30 is closed; that nobody claimed it stays on record"
super task review 2021#16 --next 2022-12-31 --text "长期任务，转入下年"
is "$rc" 0 "16 goes on"
at "2022-01-02 09:00"
is "$(tasks --all; grep '"ref":"2022Q1"' <<<"$out" | grep -o '"item":"[^"]*"')" '"item":"16"' "alone"
is "$(late 16 2021Q4)" "" "the fourth quarter has until 10 January"
at "2022-01-11 00:00:00"
is "$(late 16 2021Q4)" 0/48 "and not longer"
is "$(late 33-2)" "" "33-2: the yearly report has until 31 January"
at "2022-02-01 00:00:00"
is "$(late 33-2)" 0/48 "then it is late"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
