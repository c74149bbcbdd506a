#!/bin/bash
# A unit goes over to another on a day that is set before: planned by a supervisor, or as
# units.conf says (successor, formerly). Until then the old name holds; tick does it; search
# finds open things under the new name and closed ones under the old.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 44
sql() { sqlite3 "$home/ledger.db" "$1"; }
tick() { run "$huiying" --home "$home" tick; }
at() { export HUIYING_NOW="$1+08:00"; }
units() {
	cat >"$home/units.conf" <<-'UNITS'
		[市人社局]
		full = 凯里市人力资源和社会保障局

		[市政府办公室]

	UNITS
	cat >>"$home/units.conf"
}
# matter N UNIT: a case with an accepted answer and a promise.
matter() {
	new_row "第${1}处拖欠农民工工资"
	watch case open "${out%% *}" --grade 一般 --lead "$2"
	watch respond "$1" --unit "$2" --kind measure --text "$measure" \
		--url "https://www.example.gov.cn/a$1.html" --published "2026-03-02 08:00" -q
	super respond accept "$1" -q
	watch commitment add "$1" --sentence 2 --due 2026-05-20 -q
}
office_init
at 2026-03-02T09:00:00
units <<<$'[市商务局]\n\n[市工信局]\n\n[市工信商务局]'
for n in 1 2 3; do matter "$n" 市商务局; done
as 丙 unit commitment claim c3 --done-on 2026-03-02 -q
super commitment verify c3 -q
watch commitment publish c3 --url https://www.example.gov.cn/kept3.html -q
captured https://www.example.gov.cn/kept3.html
watch case finish 3 -q
super case close 3 -q
is "$(sql "SELECT state FROM cases WHERE number = 3")" closed "one of three cases is closed"
printf '序号,任务,牵头单位,责任单位,类型,时限,周期,触发\n1,清理拖欠,市商务局,,一次性,2026-12-31,,\n' >"$tmp/plan.csv"
watch import "$tmp/plan.csv" --as tasks --plan 某方案 --made 2026-03-01 -q
watch unit list --json
like "$out" '"unit":"市商务局".*"cases":2,"promises":2,"orders":0,"tasks":1' "tasks of plans are duties too"

# --- planned
super unit transfer 市商务局 市工信商务局 --from 2026-04-01 --document 凯编〔2026〕3号 --note 机构改革
is "$rc $out" "0 2 cases, 2 promises, 0 orders, 1 task of a plan: from 2026-04-01 on they will be duties of 市工信商务局; until then of 市商务局" "a transfer on a day to come"
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市商务局 "moves nothing before"
run "$huiying" --home "$home" status
like "$out" 'units     市商务局 goes over to 市工信商务局 on 2026-04-01' "status tells of it"
super unit transfer 市商务局 市工信局 --from 2026-05-01
is "$rc" 1 "not twice"
like "$err" 'planned already that 市商务局 goes over to 市工信商务局 on 2026-04-01' "and says why"
watch unit transfer 市商务局 --withdraw
is "$rc" 1 "the desk takes nothing back"
super unit transfer 市商务局 --withdraw --note 改期
is "$rc $out" "0 the transfer of 市商务局 to 市工信商务局 on 2026-04-01 is taken back" "a supervisor does"
super unit transfer 市商务局 --withdraw
is "$rc" 1 "once"
super unit transfer 市商务局
is "$rc" 2 "a transfer needs two units"
super unit transfer 市商务局 市工信商务局 --from 2026-04-01 --document 凯编〔2026〕3号 --note 机构改革
at 2026-03-31T23:59:59
super task claim rw1 --done-on 2026-03-30 --for 市商务局 -q
tick
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市商务局 "on the last day the old name holds"
watch commitment progress c1 --text 已发放一半 --for 市商务局
is "$rc" 0 "and acts"
at 2026-04-01T00:00:00
tick
is "$(sql "SELECT lead FROM cases ORDER BY id" | tr '\n' ' ')" "市工信商务局 市工信商务局 市商务局 " "on its day tick moves what is open"
is "$(sql "SELECT unit FROM commitments ORDER BY id" | tr '\n' ' ')" "市工信商务局 市工信商务局 市商务局 " "promises too"
is "$(sql "SELECT unit FROM task_units")" 市工信商务局 "and tasks"
is "$(sql "SELECT on_date, why, document FROM unit_moves")" "2026-04-01|moved|凯编〔2026〕3号" "by an event with day and paper"
is "$(sql "SELECT state FROM unit_plans ORDER BY seq" | tr '\n' ' ')" "withdrawn done " "the plan is done"
is "$(sql "SELECT body FROM texts WHERE digest = (SELECT note_text FROM unit_moves)")" 机构改革 "with its note"
before=$(sql "SELECT count(*) FROM events")
tick
is "$(sql "SELECT count(*) FROM events")" "$before" "once"
watch commitment claim c1 --done-on 2026-03-31 --for 市工信商务局
is "$rc" 0 "the new unit acts"
super task verify rw1 --unit 市工信商务局
is "$rc" 1 "who claimed a task under the old name does not verify it under the new one"

# --- search by unit
found() { watch search 拖欠 --unit "$1" --json; grep -o '"id":"[^"]*"\|"subject":"[^"]*"' <<<"$out" | tr '\n' ' '; }
new_found=$(found 市工信商务局)
old_found=$(found 市商务局)
like "$new_found" 'S1' "open things are found under the new name"
like "$new_found" 'S2' "all of them"
unlike "$new_found" 'S3' "closed ones are not"
like "$old_found" 'S3' "those are found under the old one"
unlike "$old_found" 'S[12]"' "and open ones no more"

# --- as units.conf says
units <<<$'[市工信商务局]\nuntil = 2026-05-31\nsuccessor = 市产业局\n\n[市产业局]\n\n[市工信局]'
at 2026-05-31T23:59:59
before=$(sql "SELECT count(*) FROM unit_moves")
tick
is "$(sql "SELECT count(*) FROM unit_moves")" "$before" "its last day is its own"
at 2026-06-01T00:00:00
watch unit check
is "$rc" 1 "in the minute before the tick it is told of"
tick
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市产业局 "the day after, its successor has the open duties"
is "$(sql "SELECT from_unit, to_unit, on_date, why FROM unit_moves ORDER BY seq DESC LIMIT 1")" "市工信商务局|市产业局|2026-06-01|merged" "by an event"
watch unit check
is "$rc" 0 "nothing is left behind"
before=$(sql "SELECT count(*) FROM events")
tick
is "$(sql "SELECT count(*) FROM events")" "$before" "once"

# Renamed, and through two reforms at once.
units <<<$'[市产业发展局]\nformerly = 市产业局 until 2026-06-30\nuntil = 2026-07-31\nsuccessor = 市经济局\n\n[市经济局]\n\n[市工信局]'
at 2026-07-02T09:00:00
tick
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市产业发展局 "a renamed unit keeps its duties under the new name"
is "$(sql "SELECT why, on_date FROM unit_moves ORDER BY seq DESC LIMIT 1")" "renamed|2026-07-01" "from its first day on"
at 2026-08-02T09:00:00
tick
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市经济局 "and its successor after it"
units <<<$'[市经济局]\nuntil = 2026-08-31\n\n[市工信局]'
at 2026-09-02T09:00:00
tick
is "$rc" 0 "a unit that ends without a successor"
is "$(sql "SELECT lead FROM cases WHERE number = 1")" 市经济局 "keeps them"
watch status --check
like "$out" '市经济局 is no unit any more and holds' "and status asks for a person"

# A plan whose new unit is not known on its day waits.
units <<<$'[市经济局]\n\n[市工信局]\n\n[市新局]'
super unit transfer 市经济局 市新局 --from 2026-09-10 -q
is "$rc" 0 "planned"
units <<<$'[市经济局]\n\n[市工信局]'
at 2026-09-10T09:00:00
tick
is "$rc" 0 "time goes on"
watch status --check
like "$out" '市经济局 was to go over to 市新局 on 2026-09-10: the next tick does it, when units.conf knows 市新局' "status says what is missing"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and everything can be computed from it"
