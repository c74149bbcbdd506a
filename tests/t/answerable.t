#!/bin/bash
# Who answers for a limit: the lead of then, who took over, who came later; co-units for an
# answer of their own; a grade that is lowered takes no lateness away.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 42
office_init
printf '[office]\nname = 某办\nlanguage = zh_CN\n' >"$home/huiying.conf"
at() { export HUIYING_NOW="$1Z"; }
# member UNIT WHAT: of the holdings of the case that $out shows as JSON
member() {
	printf '%s' "$out" | python3 -c '
import json, sys
for h in json.load(sys.stdin)["holding"]:
    if (h.get("unit") or "") == sys.argv[1]:
        print(json.dumps(h.get(sys.argv[2])))' "$1" "$2"
}
# t3 UNIT: cases, due, on time and late of a unit in the figures of the year
t3() {
	watch report year --of 2026 --json
	printf '%s' "$out" | python3 -c '
import json, sys
for r in json.load(sys.stdin)["tables"]["T3"]:
    if r["row"] == sys.argv[1]:
        print(r["cases"], r["due"], r["on_time"], r["late"])' "$1"
}
# orders CASE: "LEVEL UNIT STATE; …" about it
orders() {
	watch order list --all --json
	grep "\"subject\":\"$1\"" <<<"$out" | sed 's/.*"level":"\([^"]*\)",\("unit":"\([^"]*\)",\)*.*"state":"\([^"]*\)".*/\1 \3 \4/' | paste -sd';'
}

# --- opened after its limit: the office was late, the order goes to who must act
at 2026-09-21T01:00:00
new_row "某处工地拖欠工资"
at 2026-09-24T01:00:00
watch case open "${out%% *}" --grade 一般 --lead 市人社局
opened=${out%% *}
watch tick
is "$(orders "$opened")" "蓝 市人社局 issued" "opened after its limit: to the lead, not to the office"
watch show "$opened" --json
is "$(member "" late) $(member 市人社局 late)" "true false" "the lateness is the office's"
is "$(member "" held_seconds)" "$((3 * 86400))" "from the start of the clock to the lead"
is "$(t3 "") / $(t3 市人社局)" "1 1 0 1 / " "and so say the figures"
watch unit check
is "$rc" 0 "no order hangs on a name that is no unit"
unlike "$out$err" '某办' "least of all on the office's"

# --- the office had it between two leads when the limit passed
at 2026-09-28T01:00:00
new_case "第二处拖欠工资"
back=$case_id
as 丙 unit case return "$back" --unit 市人社局 --reason 不属本局 -q
at 2026-09-30T02:00:00
watch tick
is "$(orders "$back")" "蓝  issued" "with the office: told to the office itself"
watch order list
like "$out" '蓝 +\(the office\)' "which the list says in words"
watch order print "$(grep -o 'DB-[0-9-]*' <<<"$out" | tail -1)"
like "$out" '^某办：' "and the paper by its name"
at 2026-10-08T02:00:00
watch case assign "$back" --lead 市住建局 --reason 属住建
at 2026-10-08T16:00:00
watch tick
like "$(orders "$back")" '黄 市住建局 proposed$' "whose holder came later: to it"
watch show "$back" --json
is "$(member "" late) $(member 市住建局 late) $(member 市人社局 late)" "true false false" "the lateness stays the office's"
at 2026-10-09T01:00:00
super order answer "$(sqlite3 "$home/ledger.db" "SELECT id FROM supervision_orders WHERE level = '蓝' AND unit = ''")" --text 已交办 -q
is "$rc" 0 "the office answers what went to itself"

# --- another lead held it when the limit passed: not to today's
at 2026-10-12T01:00:00
new_case "第三处拖欠工资"
gone=$case_id
at 2026-10-14T01:00:01
super case return "$gone" --unit 市人社局 --reason 不属本局 --late -q
watch case assign "$gone" --lead 市水务局 --reason 属水务 -q
watch tick
is "$(orders "$gone")" "蓝 市人社局 issued" "to the one that held it then"
watch show "$gone" --json
is "$(member 市人社局 late) $(member 市水务局 late)" "true false" "which is late"
watch due --json
like "$(grep "$gone" <<<"$out" | grep response)" '"unit":"市水务局"' "who has to act now is told by due"

# --- its duties were taken over: to the successor
at 2026-10-15T01:00:00
watch register - --title "第四处拖欠工资" --text "工人到现场讨薪，拖欠三个月。"
watch case open "${out%% *}" --grade 一般 --lead 市交通运输局
moved=${out%% *}
at 2026-10-17T01:00:01
super unit transfer 市交通运输局 市财政局 --note 机构改革 -q
watch tick
is "$(orders "$moved")" "蓝 市财政局 issued" "to the unit that took over"
watch show "$moved" --json
is "$(member 市交通运输局 late) $(member 市财政局 late)" "true false" "the lateness keeps the name of then"

# --- 协办: silence is late
at 2026-11-02T01:00:00
new_row "第五处拖欠工资"
watch case open "${out%% *}" --grade 一般 --lead 市人社局 --co 市住建局 --co 市教育科技局
shared=${out%% *}
watch due --within 3d --json
is "$(grep "$shared" <<<"$out" | grep '"what":"response"' | grep -o '"unit":"[^"]*"' | sort | paste -sd' ')" \
	'"unit":"市人社局" "unit":"市住建局" "unit":"市教育科技局"' "due: each unit that must answer"
at 2026-11-03T01:00:00
new_answer "$shared" "$measure"
super respond accept "$answer_id" -q
at 2026-11-03T02:00:00
watch respond "$shared" --unit 市教育科技局 --url https://www.example.gov.cn/j.html --text "市教育科技局已对该工地所涉学校项目停工整改，涉及学校1所，11月20日前完成。"
super respond accept "${out%% *}" -q
is "$rc" 0 "the lead and one co-unit answer in time"
watch due --within 3d --json
is "$(grep "$shared" <<<"$out" | grep '"what":"response"' | grep -o '"unit":"[^"]*"')" '"unit":"市住建局"' "due: the silent one is left"
at 2026-11-04T01:00:01
watch tick
is "$(orders "$shared")" "蓝 市住建局 issued" "an order goes to it alone"
watch show "$shared" --json
is "$(member 市人社局 late) $(member 市教育科技局 late) $(member 市住建局 late)" "false false true" "it alone is late"
is "$(t3 市住建局)" "1 1 0 1" "in the figures by unit too"
watch due --json
like "$(grep "$shared" <<<"$out" | grep '"what":"response"')" '"unit":"市住建局".*"overdue":true|"overdue":true.*"unit":"市住建局"' "and overdue"
super unit transfer 市住建局 市水务局 --note 机构改革 -q
watch tick
is "$(orders "$shared")" "蓝 市水务局 issued" "who took over its duties has the order, not a second one"
watch due --json
like "$(grep "$shared" <<<"$out" | grep '"what":"response"')" '"unit":"市水务局"' "and owes the answer"
watch respond "$shared" --unit 市水务局 --url https://www.example.gov.cn/s.html --text "市水务局已责令该工地停工，涉及总包企业1家，11月25日前完成整改。"
super respond accept "${out%% *}" -q
watch due --json
unlike "$(grep "$shared" <<<"$out")" '"what":"response"' "which ends it"
watch show "$shared" --json
is "$(member 市住建局 late)" true "but not the lateness"

# --- 降级: what was late stays late
at 2026-12-01T01:00:00
new_case "第六处坍塌" 重大
major=$case_id
at 2026-12-02T07:00:00
watch case grade "$major" 一般 --reason 核实无伤亡
is "$rc" 1 "watch staff do not lower a grade whose limit passed"
like "$err" 'lower a grade after its limit passed' "and are told why"
super case grade "$major" 一般
is "$rc" 2 "a supervisor needs a reason"
super case grade "$major" 一般 --reason 核实无伤亡
is "$rc" 0 "a supervisor who did not give it lowers it"
watch show "$major" --json
like "$out" '"clock":"response","state":"running","due":"2026-12-01T06:00:00Z","late":true,"rule":"response-major"' "the limit that was missed stands"
watch due --json
like "$(grep "$major" <<<"$out" | grep '"what":"response"')" '"rule":"response-major"' "due has it as it was"
new_answer "$major" "$measure"
super respond accept "$answer_id" -q
watch report month --of 2026-12 --json
like "$out" '"row":"重大 response-major","limits":1,"due":1,"on_time":0,"late":1' "it counts by the grade of then"
like "$out" '"row":"重大 press-major","limits":1,"due":1,"on_time":0,"late":1' "so does the press conference that was not held"
super case grade "$major" 较大 --reason 再核实
is "$rc" 0 "a grade that is raised needs nobody else"
super case grade "$major" 一般 --reason 再核实
is "$rc" 1 "nor does the supervisor who gave it"
like "$err" '乙 graded YQ-2026-00000[0-9] 较大; its limit passed at 2026-12-01 14:00, so another supervisor must lower it' "who is told of the limit"
at 2026-12-03T01:00:00
new_case "第七处坍塌" 重大
at 2026-12-03T02:00:00
watch case grade "$case_id" 一般 --reason 核实无伤亡
is "$rc" 0 "before its limit passed the grade is lowered as before"
watch show "$case_id" --json
like "$out" '"clock":"response","state":"running","due":"2026-12-05T01:00:00Z","late":false,"rule":"response-other"' "and gives its own limit"
watch audit rebuild
is "$rc" 0 "what is shown is what the events give"
