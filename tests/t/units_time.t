#!/bin/bash
# Units over time: renamed, merged and split ones, and whose duties are whose.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 36
sql() { sqlite3 "$home/ledger.db" "$1"; }

office_init
export HUIYING_NOW=2026-03-02T01:00:00Z
units() {
	cat >"$home/units.conf" <<-'UNITS'
		[市人社局]
		full = 凯里市人力资源和社会保障局

		[市财政局]
	UNITS
	cat >>"$home/units.conf"
}
units <<<$'[市工信局]\n\n[市商务局]'
for n in 1 2 3; do
	new_row "第${n}处拖欠农民工工资"
	watch case open "${out%% *}" --grade 一般 --lead 市商务局 --co 市工信局
	watch respond "$n" --unit 市商务局 --kind measure --text "$measure" \
		--url "https://www.example.gov.cn/a$n.html" --published "2026-03-02 08:00" -q
	super respond accept "$n" -q
	watch commitment add "$n" --sentence 2 --due 2026-03-20 -q
done
new_row "第四处拖欠农民工工资"
watch case open "${out%% *}" --grade 一般 --lead 市工信局 --co 市商务局
is "$(sql "SELECT count(*) FROM commitments WHERE unit = '市商务局'")" 3 "three promises of one unit"
# The third is closed under the old name.
as 丙 unit commitment claim c3 --done-on 2026-03-02 -q
super commitment verify c3 -q
watch commitment publish c3 --url https://www.example.gov.cn/kept3.html -q
captured https://www.example.gov.cn/kept3.html
watch case finish 3 -q
super case close 3 -q
is "$(sql "SELECT state FROM cases WHERE number = 3")" closed "one case is closed"
watch unit list
like "$out" '^市商务局 +市 +3 +2' "three open cases and two open promises are its duties"

# 机构改革: merged from 10 March on.
units <<<$'[市工信商务局]\nfull = 凯里市工业信息化和商务局\nformerly = 市工信局 until 2026-03-09\n\n[市商务局]\nuntil = 2026-03-09\nsuccessor = 市工信商务局'
export HUIYING_NOW=2026-03-12T01:00:00Z
watch commitment claim c1 --done-on 2026-03-11
is "$rc" 1 "a unit that ended takes no acts"
watch unit check
is "$rc" 1 "unit check finds them"
is "$out" "市商务局 is no unit any more and holds 3 cases, 2 promises, 0 orders: huiying unit transfer 市商务局 市工信商务局
市工信局 is no unit any more and holds 3 cases, 0 promises, 0 orders: huiying unit transfer 市工信局 市工信商务局" \
	"and says what to do"
watch status --check
like "$out" '市商务局 is no unit any more' "so does status"
watch unit transfer 市商务局 市工信商务局
is "$rc" 1 "watch staff do not move duties"
super unit transfer 市商务局 市工信商务局 --from 2026-02-30
is "$rc" 2 "nor anybody on a day that is none"
super unit transfer 市商务局 没有这个局
is "$rc" 2 "nor to a unit that units.conf does not know"
super unit transfer 市财政局 市工信商务局
like "$err" '市财政局 has no open duty' "a unit without duties has nothing to move"
super unit transfer 市商务局 市工信商务局 --from 2026-03-10 --document 凯编〔2026〕3号
is "$rc $out" "0 3 cases, 2 promises, 0 orders: from 2026-03-10 they are duties of 市工信商务局, not of 市商务局" \
	"单位改名后未结事项随新单位"
is "$(sql "SELECT lead FROM cases ORDER BY id" | tr '\n' ' ')" \
	"市工信商务局 市工信商务局 市商务局 市工信局 " "open cases follow, the closed one keeps the old name"
is "$(sql "SELECT unit FROM commitments ORDER BY id" | tr '\n' ' ')" \
	"市工信商务局 市工信商务局 市商务局 " "so do promises"
is "$(sql "SELECT unit || ' ' || (until IS NULL) FROM commitment_units WHERE commitment LIKE '%1' ORDER BY seq" | tr '\n' ' ')" \
	"市商务局 0 市工信商务局 1 " "who held a promise when is kept"
is "$(sql "SELECT unit, role FROM case_units WHERE case_id LIKE '%4' AND until IS NULL ORDER BY n" | tr '\n' ' ')" \
	"市工信局|lead 市工信商务局|co " "a co-unit is followed by a co-unit"
super unit transfer 市工信局 市工信商务局
is "$rc $out" "0 3 cases, 0 promises, 0 orders: from 2026-03-12 they are duties of 市工信商务局, not of 市工信局" "the renamed one"
is "$(sql "SELECT why FROM unit_moves" | tr '\n' ' ')" "merged renamed " "each for its reason"
is "$(sql "SELECT unit, role FROM case_units WHERE case_id LIKE '%4' AND until IS NULL")" \
	"市工信商务局|lead" "a unit that is in a case already does not come in twice"
is "$(sql "SELECT unit, role FROM case_units WHERE case_id LIKE '%1' AND until IS NULL")" \
	"市工信商务局|lead" "neither beside itself"
watch unit check
is "$rc $out" "0 every open duty belongs to a unit of today" "nothing is left behind"
watch commitment claim c1 --done-on 2026-03-12 --for 市工信商务局
is "$rc" 0 "the new unit acts"
watch case list --unit 市工信商务局
is "$(grep -c YQ- <<<"$out")" 3 "its list has all three"
watch show 3
like "$out" '市商务局' "the closed case shows the name it was closed under"
watch unit list --on 2026-03-09
like "$out" '^市商务局 ' "units of an earlier day"
watch unit list
unlike "$out" '^市商务局 ' "and of today"
like "$out" '^市工信商务局 +市 +3 +2' "with what they took over"

# Split by topic.
units <<<$'[市工信商务局]\n\n[市劳动监察局]'
before=$(sql "SELECT count(*) FROM events")
super unit transfer 市工信商务局 市劳动监察局 --topic 别的事
is "$rc" 1 "no duty of that topic"
topic=$(sql "SELECT topics FROM cases WHERE number = 1")
super unit transfer 市工信商务局 市劳动监察局 --topic "${topic%%、*}"
is "$rc" 0 "a part of its work"
like "$out" '^3 cases, 2 promises' "moves by topic"
unlike "$err" 'units.conf still lists' "and the unit stays"
super unit transfer 市劳动监察局 市财政局 --json
is "$out" '{"from":"市劳动监察局","to":"市财政局","on":"2026-03-12","cases":3,"promises":2,"orders":0,"tasks":0,"planned":false}' "JSON"
super unit transfer 市财政局 市财政局
is "$rc" 2 "one unit"
is "$(($(sql "SELECT count(*) FROM events") - before))" 2 "one event a move"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and everything can be computed from it"
