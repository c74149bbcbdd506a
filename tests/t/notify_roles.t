#!/bin/bash
# Who is told of orders of supervision: `told` of supervision.conf, each target once; a proposal
# goes to the supervisor who must confirm it, and nowhere else before that.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
plan 28
office_init
when() { export HUIYING_NOW=$1; tick; }
# told KIND: "target stage title" of its messages.
told() {
	sqlite3 -separator ' ' "$home/ledger.db" \
		"SELECT target, stage, ack, title FROM outbox WHERE kind = '$1' ORDER BY id"
}
{
	target 群 webhook 9
	target 人社 webhook 9 'units = 市人社局'
	target 督查 webhook 9
	target 带班 webhook 9
} >"$tmp/targets"
configure 'first = 群' 'supervisor = 督查' 'leader = 带班' <"$tmp/targets"

# --- settings
sed 's/units = 市人社局/units = 市没有局/' "$tmp/targets" | configure 'first = 群'
tick
is "$rc" 2 "a unit that units.conf does not have"
like "$err" 'huiying.conf:[0-9]+:[0-9]+: .*市没有局' "is told by its place"
configure 'first = 群' 'supervisor = 没有' <"$tmp/targets"
tick
like "$err" 'huiying.conf:6:14: there is no \[target\]' "as is a supervisor's target that is none"
configure 'first = 群' 'supervisor = 督查' 'leader = 带班' <"$tmp/targets"
cp "$top/rules/supervision.conf" "$home/supervision.conf"
sed -i '0,/^told = unit$/s//told = unit、mayor/' "$home/supervision.conf"
tick
is "$rc" 2 "told: a role that is none"
like "$err" 'supervision.conf:[0-9]+:[0-9]+: expected unit, supervisor or leader' "is told by its place"
sed -i 's/^told = unit、mayor$/told = 、/' "$home/supervision.conf"
tick
like "$err" 'supervision.conf:[0-9]+:[0-9]+: expected a name' "and so is nobody"
rm "$home/supervision.conf"
when 2026-09-25T01:00:00Z
is "$rc" 0 "without it all is well"

# --- the ladder
new_case "某项目部拖欠农民工工资"
new_answer 1 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
when 2026-09-29T15:00:00Z
is "$(told order)" "人社 1 0 DB-2026-000001: order (提醒) to 市人社局" "提醒: the unit's own target alone"
when 2026-09-30T16:00:00Z
like "$(told order)" '^人社 1 0 DB-2026-000002: order \(蓝\)' "蓝 too"
is "$(told order | wc -l)" 2 "once each"
when 2026-10-08T16:00:00Z
is "$(told order | wc -l)" 2 "what is only proposed goes to nobody as an order"
is "$(told proposal)" "督查 1 0 DB-2026-000003: order (黄) to 市人社局, to be confirmed" "but to the supervisor who must confirm it"
like "$(listed)" 'huiying order confirm DB-2026-000003' "with the command"
super order confirm 3
tick
is "$(told order | tail -n +3 | sort | cut -d' ' -f1-3,5 | paste -sd';')" \
	"人社 1 0 order;督查 1 0 order" "黄 confirmed: the unit and the supervisor"
tick
is "$(told order | wc -l) $(told proposal | wc -l)" "4 1" "once"
when 2026-10-12T01:00:00Z
is "$(told proposal | tail -1)" "督查 1 0 DB-2026-000004: order (红) to 市人社局, to be confirmed" "红 is proposed"
super order confirm 4
tick
is "$(told order | tail -n +5 | sort | cut -d' ' -f1-3 | paste -sd';')" "人社 1 0;带班 3 1;督查 1 0" \
	"红 confirmed: unit, supervisor and the leader, who is to acknowledge it"

# --- who has no target of their own
configure 'first = 群' <"$tmp/targets"
sed -i '/^units = /d' "$home/huiying.conf"
super case order 1 --level 红 --reason 逾期未报
is "$rc" 0 "an order by hand"
tick
is "$(told order | tail -n +8 | cut -d' ' -f1-3)" "群 3 1" "all roles at one target: one message, to be acknowledged"

# --- what has passed before anybody could be told
rm -rf "$home"
office_init
configure 'first = 群' 'supervisor = 督查' 'leader = 带班' <"$tmp/targets"
when 2026-09-25T01:00:00Z
new_case "某项目部拖欠农民工工资"
new_answer 1 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
mv "$home/huiying.conf" "$tmp/saved.conf"
printf '[notify]\nfirst = 没有\n' >"$home/huiying.conf"
when 2026-10-08T16:00:00Z
is "$rc" 2 "nobody can be told: the tick says so"
like "$(sqlite3 "$home/ledger.db" "SELECT level, state FROM supervision_orders")" '黄\|proposed' "and yet the time has passed"
super order withdraw 1 --reason 已办
mv "$tmp/saved.conf" "$home/huiying.conf"
tick
is "$rc $(told proposal)$(told order)" "0 " "a proposal that was withdrawn is told to nobody"

# --- a leader on duty of these days
{
	cat "$tmp/targets"
	target 值日 webhook 9
	printf '[leader 2026-10-01..2026-10-31]\ntarget = 值日\n'
} | configure 'first = 群' 'leader = 带班'
super case order 1 --level 红 --reason 逾期未报
tick
is "$(told order | grep ' 3 1 ' | cut -d' ' -f1)" 值日 "the leader on duty goes before the usual one"
is "$(told order | grep -c ' 1 0 ')" 2 "unit and, for want of a supervisor's target, the first"

# --- the old way of a withdrawn one
super order withdraw 2 --reason 发错
tick
is "$(told order | wc -l)" 3 "a withdrawal tells nobody"

# --- an act by its short name
as 甲 watch notify ack db2
is "$rc" 0 "db2 is DB-2026-000002"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM outbox WHERE acked_at IS NOT NULL")" 3 "all of its messages"
as 甲 watch notify ack db9
is "$rc" 3 "one that is not there is not found"
