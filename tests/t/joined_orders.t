#!/bin/bash
# Hotline orders that join a case after it was opened - by merge, or by an import later on - have
# their limits in the case; of several limits of one name an act says which it means.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 22
office_init
at() { export HUIYING_NOW="$1+08:00"; }
tick() { run "$huiying" --home "$home" tick; }
# order NUMBER TYPE ACCEPTED [FINISHED]: one that tells of a street lamp and unpaid wages
order() {
	printf '工单编号,诉求类型,标题,诉求内容,受理时间,办结时间\n%s,%s,另一条街路灯工程欠薪,路灯工程拖欠工资，工人讨薪。,%s,%s\n' "$1" "$2" "$3" "${4:-}" >"$tmp/o.csv"
	watch import "$tmp/o.csv" --as orders --source 热线
}
story_of() { sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = '$1'"; }
clocks() { sqlite3 "$home/ledger.db" "SELECT ref || ' ' || state FROM clocks WHERE subject = '$1' AND clock = 'order' ORDER BY seq" | paste -sd';'; }

at 2026-03-02T10:00:00
new_case "某工地拖欠农民工工资"
case=$case_id
order GD1 求助 "2026-03-02 09:30"
row=S$(story_of GD1)
watch due --within 60d
like "$out" '2026-03-11 23:59 .* order +GD1 ' "an order falls due by itself"
watch case merge "$row" --into "$case"
is "$rc $out" "0 $row joined $case" "its row is merged"
like "$err" 'order GD1 due 2026-03-11 23:59 \(order-help, 7 working days from acceptance\)' "合并后工单计时: its limit begins, from its acceptance"
like "$err" "next: huiying show $case --why" "and what may come next"
watch due --within 60d
like "$out" "2026-03-11 23:59 .* order +$case +市人社局 " "it is a duty of the case's lead"
unlike "$out" ' GD1 ' "and no other one beside it"

# --- one that an import brings to a row that is in a case
order GD2 求助 "2026-03-02 09:40"
is "$(story_of GD2)" "${row#S}" "a second caller joins the row"
tick
is "$(clocks "$case")" "GD1 running;GD2 running" "并入后到的工单: time gives it its limit"
tick
is "$rc $out" "0 " "once"
order GD3 求助 "2026-03-02 09:45" "2026-03-02 09:50"
tick
is "$(clocks "$case")" "GD1 running;GD2 running" "what its sheet says is finished gets none"
order GD4 其他 "2026-03-02 09:45"
tick
is "$rc $out" "0 " "a kind without a rule neither"

# --- of two limits of a name one is meant
printf '工单编号,诉求类型,标题,诉求内容,受理时间\n%s\n%s\n' \
	"GK5,依申请公开,某厂区拖欠工资,工人到现场讨薪，某厂区拖欠三个月工资。,2026-03-02 09:00" \
	"GK6,依申请公开,某厂区拖欠工资,工人到现场讨薪，某厂区拖欠三个月工资。,2026-03-02 09:00" >"$tmp/two.csv"
watch import "$tmp/two.csv" --as orders --source 热线 -q
watch case open "S$(story_of GK6)" --grade 一般 --lead 市人社局
twin=${out%% *}
like "$err" 'order GK5 due 2026-03-30 23:59' "opening tells each order's limit"
extend() { super case extend "$twin" --by "5 working days" --reason 情况复杂 --clock "$1"; }
extend order
is "$rc" 2 "两张工单延期: order is the name of both"
like "$err" 'has several limits “order”: say which, --clock GK5 or --clock GK6' "which may be said"
extend GK5
is "$rc" 0 "by its number"
watch show "$twin" --json
like "$out" '"due":"2026-03-30T15:59:59Z"[^}]*"ref":"GK6"' "the other stays as it is"

# --- answered and finished
new_answer "$case" "市人社局已责令项目部付清工资。"
super respond accept "$answer_id" -q
is "$(clocks "$case")" "GD1 met;GD2 met" "an accepted answer meets them all"
watch case finish "$case" -q
watch due --within 60d
unlike "$out" 'GD[1-4]' "and none falls due by itself"
order GD9 求助 "2026-03-02 09:55"
tick
is "$(clocks "$case")" "GD1 met;GD2 met" "in a finished case nothing starts"
at 2026-03-20T10:00:00
tick
is "$rc" 0 "time passes"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "what is shown is what the events give"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
