#!/bin/bash
# Tasks of a plan stand under the ladder of supervision and in rounds of checking, a line a unit.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 8
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
