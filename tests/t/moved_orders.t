#!/bin/bash
# Orders of supervision about limits that name a unit (批示): who takes over its duties has the
# orders that there are and no second ones; the ladder goes on from where it stood.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 18
office_init
at() { export HUIYING_NOW="$1+08:00"; }
tick() { run "$huiying" --home "$home" tick; }
# orders UNIT: "LEVEL STATE; …" to it
orders() {
	sqlite3 "$home/ledger.db" "SELECT level || ' ' || state FROM supervision_orders WHERE unit = '$1' ORDER BY id" | paste -sd';'
}

at 2026-03-02T09:00:00
new_case 某处拖欠工资
watch case sign "$case_id" --unit 市人社局 -q
watch case instruct "$case_id" --by 市长 --kind 急件 --days 1 --text 速办 --unit 市住建局 -q
at 2026-03-04T00:10:00
tick
is "$(orders 市住建局)" "蓝 issued" "the instruction is over its limit"
super unit transfer 市住建局 市水务局 --note 机构改革 -q
tick
is "$(orders 市水务局)" "蓝 issued" "批示单位职责划转: the order goes over, no second one comes"
tick
is "$rc $out" "0 " "nor later"
at 2026-03-05T08:00:00
tick
is "$(orders 市水务局)" "蓝 issued;黄 proposed" "the next level goes to who took over"
super unit transfer 市水务局 市财政局 --note 再划转 -q
tick
is "$(orders 市财政局)" "蓝 issued;黄 proposed" "and over again"
super order confirm "$(sqlite3 "$home/ledger.db" "SELECT id FROM supervision_orders WHERE level = '黄' AND unit = '市财政局'")" -q
is "$rc" 0 "it is confirmed as any other"
watch case instruct "$case_id" --done 1 --text 已办 -q
tick
as 丁 supervisor order list --all --json
is "$(grep '"level":"蓝"' <<<"$out" | grep '市财政局' | grep -c '"state":"issued"')" 1 "carried out: what was issued waits to be settled"
new_case 另一处拖欠工资
watch case instruct "$case_id" --by 市长 --kind 急件 --days 1 --text 速办 --unit 市住建局 -q
at 2026-03-07T09:00:00
tick
is "$(orders 市住建局)" "蓝 issued" "another case's instruction has orders of its own"

# --- who gives the case back gives its instruction back with it
at 2026-04-01T09:00:00
new_case 第三处拖欠工资
watch case instruct "$case_id" --by 市长 --kind 急件 --text 速办 -q
watch case instruct "$case_id" --by 市长 --kind 急件 --text 立案 --unit 市公安局 -q
as 丙 unit case return "$case_id" --unit 市人社局 --reason 不属本局 -q
watch case assign "$case_id" --lead 市住建局 --co 市水务局
is "$rc" 0 "another lead"
like "$err" 'instruction 1 \(市住建局\) due 2026-04-06 23:59 ' "退回后批示随案移转: its instruction goes to the new lead, its limit stays"
like "$err" 'instruction 2 \(市公安局\) due 2026-04-06 23:59 ' "one to a unit that never held the case stays"
watch due --within 30d
like "$out" "instruction +$case_id +市住建局 " "it falls due there"
watch case instruct "$case_id" --done 1 --by-phone 办公室 --text 已办 -q
is "$(sqlite3 "$home/ledger.db" "SELECT \"for\" ->> 'unit' FROM events WHERE kind = 'case.instruction_done/1' ORDER BY seq DESC LIMIT 1")" 市住建局 "and is carried out by it"
watch case instruct "$case_id" --by 市长 --kind 急件 --days 1 --text 再查 -q
at 2026-04-03T00:10:00
tick
like "$(orders 市住建局)" '蓝 issued$' "over its limit the order goes to who has it"
super case assign "$case_id" --lead 市水务局 --final --reason 属水务 -q
tick
like "$(sqlite3 "$home/ledger.db" "SELECT unit FROM clocks WHERE subject = '$case_id' AND clock = 'instruct' AND ref = '3'" 2>&1; watch due --within 30d; grep "instruction" <<<"$out")" "$case_id +市水务局 " "given over once more"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM supervision_orders o JOIN supervision_lines l ON l.order_id = o.id WHERE o.case_id = '$case_id' AND o.clock = 'instruct' AND l.ref LIKE '% 3' AND o.level = '蓝'")" 1 "who was late keeps the order, nobody gets it twice"
watch case assign "$case_id" --lead 市水务局 --co 市住建局 --reason x
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "what is shown is what the events give"
