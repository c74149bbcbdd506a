#!/bin/bash
# Tasks of a plan stand under the ladder of supervision and in rounds of checking, a line a unit.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 35
"$huiying" init "$home" --demo -q 2>/dev/null
at() {
	HUIYING_NOW=$(date -u -d "$1 +0800" +%Y-%m-%dT%H:%M:%SZ)
	export HUIYING_NOW
	run "$huiying" --home "$home" tick
}
cat >"$tmp/plan.csv" <<-'PLAN'
	序号,任务,牵头单位,类型,时限
	1,公布办事指南,市人社局、市住建局,一次性,2021-06-30
	2,公布年度账目,市财政局,一次性,2021-12-31
PLAN
at "2021-06-01 09:00"
watch import "$tmp/plan.csv" --as tasks --plan 某计划 --made 2021-01-05
is "$rc" 0 "a plan"
at "2021-07-01 09:00"
super order list --json
is "$(grep -c '"level":"蓝"' <<<"$out")" 2 "an overdue task: an order a unit"
is "$(grep -o '"unit":"[^"]*"' <<<"$out" | sort | tr -d '\n')" '"unit":"市人社局""unit":"市住建局"' "to those that owe it"
tick_again=$("$huiying" --home "$home" tick 2>/dev/null)
is "$tick_again" "" "once"
super round open --name 七月核查
is "$rc" 0 "a round"
super round show 1 --json
is "$(grep -o '"subject":"RW-[^"]*"\|"line":[0-9]*' <<<"$out" | grep -c RW)" 3 "lists each unit's line of each task"
super round close 1
is "$rc" 1 "and does not close while they are blank"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the events give the same tables"

# --- the shipped plan: one order a unit, a level and a day, whatever it owes
home=$tmp/shipped
"$huiying" init "$home" --demo -q 2>/dev/null
sql() { sqlite3 "$home/ledger.db" "$1"; }
# level LEVEL: orders of it, units they go to, lines they have, by state
level() {
	sql "SELECT o.state, count(DISTINCT o.id), count(DISTINCT o.unit), count(*) FROM supervision_orders o
		JOIN supervision_lines l ON l.order_id = o.id WHERE o.level = '$1' GROUP BY 1" | paste -sd' '
}
at "2021-07-01 09:00"
watch import "$top/rules/plan-2021.csv" --as tasks -q
at "2021-09-30 09:00"
is "$(level 提醒)" "issued|48|48|937" "a quarter near its end: a reminder a unit, not one a line (937)"
at "2021-10-01 00:01"
is "$(level 蓝)" "issued|48|48|116" "one 蓝 a unit for what fell due"
is "$(level 提醒)" "issued|48|48|937" "the reminder stands for the rest"
at "2021-10-11 00:01"
is "$(level 提醒)" "settled|48|48|937" "until graver ones have gone out about all of it"
is "$(level 蓝)" "issued|96|48|937" "one 蓝 a unit more"
at "2021-10-12 00:01"
is "$(level 黄)" "lapsed|48|48|116 proposed|48|48|821" "one 黄 a unit, proposed; 红 has taken the place of another"
super order list --json
one=$(grep '"level":"黄"' <<<"$out" | grep '"unit":"市人社局"')
like "$one" '"lines":\[\{"subject":"RW-2021-0000[0-9]*","clock":"progress","ref":"2021Q3 市人社局"' "which has its lines"
id=$(grep -o 'DB-2021-[0-9]*' <<<"$one" | head -1)
watch order print "$id"
like "$out" '^　　事项（[0-9]+ 项）：$' "the paper has them"
like "$out" '^　　2．.*（RW-2021-0000[0-9]* 2021Q3 市人社局）　时限 2021-10-10 23:59$' "each with its words and date"
watch show "$id"
like "$out" 'about +RW-2021-0000[0-9]* and [0-9]+ more' "show counts them"

# --- confirmed together, each by its own event
watch order confirm "$id"
is "$rc" 1 "not by watch staff"
super order confirm
is "$rc" 2 "which ones must be said"
super order confirm "$id" --all
is "$rc" 2 "some or all"
super order confirm --all --level 紫
is "$rc" 2 "a level that is none"
n=$(sql "SELECT min(number) FROM supervision_orders WHERE level = '黄' AND state = 'proposed'")
super order confirm "db$n" "db$((n + 2))-db$((n + 4))" "DB-2021-$(printf %06d $((n + 6)))"
is "$rc $(wc -l <<<"$out")" "0 5" "ids and a span in one act"
super order confirm "$n"
is "$rc" 1 "once"
before=$(sql "SELECT count(*) FROM events")
super order confirm $((n + 7)) "$n"
is "$rc $(($(sql "SELECT count(*) FROM events WHERE kind = 'order.confirmed/1'")))" "1 5" "all that are named or none"
super order confirm --all --level 黄 --json
is "$rc $(grep -c '"level":"黄"' <<<"$out")" "0 43" "all of a level"
is "$(level 黄) $(sql "SELECT count(*) FROM events WHERE kind = 'order.confirmed/1'")" "issued|48|48|821 lapsed|48|48|116 48" \
	"each is an event of its own"
super order withdraw "$n" --reason 已当面催办
is "$rc" 0 "and can be taken back by itself"
super order confirm --all --level 黄
is "$rc" 1 "nothing is left of it"

# --- what is reached later in the day goes out with tomorrow's
one_more() { # NAME: a plan with a task of 市人社局 that was due on Friday
	printf '序号,任务,牵头单位,类型,时限\n1,公布%s,市人社局,一次性,2021-12-17\n' "$1" >"$tmp/$1.csv"
	watch import "$tmp/$1.csv" --as tasks --plan "$1" --made 2021-12-01 -q
}
made() { # SINCE: level and lines of what has gone to 市人社局 about these
	sql "SELECT o.level, count(*) FROM supervision_orders o JOIN supervision_lines l ON l.order_id = o.id
		JOIN tasks t ON t.id = l.subject WHERE o.unit = '市人社局' AND t.plan IN ('清单', '名录') GROUP BY o.id" | paste -sd' '
}
export HUIYING_NOW=2021-12-20T01:00:00Z
one_more 清单
at "2021-12-20 09:01"
is "$(made)" "蓝|1" "an order of the day"
one_more 名录
at "2021-12-20 10:00"
is "$(made)" "蓝|1" "no second one on that day"
at "2021-12-21 00:01"
is "$(made)" "蓝|1 黄|2" "the next day one about both"
# --- duties that are taken over bring their orders along
n=$(sql "SELECT count(*) FROM supervision_orders WHERE unit = '市人社局' AND state IN ('proposed', 'issued', 'answered')")
all=$(sql "SELECT count(*) FROM supervision_orders")
[ -f "$home/units.conf" ] || cp "$top/rules/units.conf" "$home/"
printf '\n[市人力资源局]\n' >>"$home/units.conf"
super unit transfer 市人社局 市人力资源局 --note 机构改革 -q
at "2021-12-21 00:02"
is "$(sql "SELECT count(*) FROM supervision_orders WHERE unit = '市人力资源局' AND state IN ('proposed', 'issued', 'answered')") $(sql "SELECT count(*) FROM supervision_orders")" \
	"$n $all" "what was ordered goes on under the new name, nothing is ordered twice"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the events give the same tables again"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "and the chain holds"
