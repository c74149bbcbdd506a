#!/bin/bash
# supervision.conf: what it may watch, who is told to act, what is refused; every kind of limit
# comes under a level that names it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 20
office_init
at() { export HUIYING_NOW="$1Z"; }

run "$huiying" ladder check
is "$rc" 0 "the shipped file needs no instance"
like "$out" '^蓝 +at +auto +unit +1 working days +本办督办规则' "its levels"
like "$out" '^promise +promise +the unit +提醒、蓝、黄、红$' "what they watch"
like "$out" '^verify +verification +the office *$' "what they might"
like "$out" '^return +giving it back +nobody +giving a case back is a right' "and what has none"
run "$huiying" ladder check --json
is "$(($(grep -o '"of":"[a-z]*"' <<<"$out" | wc -l) >= 18))" 1 "everything that has a limit"
is "$(perl -MJSON::PP -e 'print join " ", map { $_->{of} } grep { !$_->{watched} } @{decode_json(join "", <STDIN>)->{limits}}' <<<"$out")" \
	"triage feedback return" "but three may be named"
level() { printf '[蓝]\nof = %s\nwhen = at\nissue = auto\nfeedback = 1 working days\nbasis = 测试\n' "$1"; }
for wrong in return feedback triage nonsense; do
	level "$wrong" >"$tmp/wrong.conf"
	run "$huiying" ladder check "$tmp/wrong.conf"
	is "$rc" 2 "$wrong is refused"
	like "$err" "wrong\\.conf:2:6: “$wrong”" "with its place"
done

# --- all of them, over their limits
level 'response、press、sign、instruct、report、consult、order、verify、undated、lookback、objection、promise' >"$home/supervision.conf"
printf '工单编号,诉求类型,标题,诉求内容,受理时间,办理时限\nGK1,信访,拖欠工资,工人讨薪,2026-06-01 09:00,\n' >"$tmp/o.csv"
at 2026-06-01T02:00:00
watch import "$tmp/o.csv" --as orders --source 热线 -q
at 2026-06-02T02:00:00
watch case open S1 --grade 重大 --lead 市人社局
watch case consult 1 --third-party 某公司 --question 工资表 -q
watch case instruct 1 --by 市长 --kind 急件 --text 速办 -q
watch case instruct 1 --by 市长 --kind 一般 --text 速办 -q
as 丙 unit case instruct 1 --done 2 --on 2026-06-02 --text 已办 --for 市人社局 -q
watch objection add 1 --text 没落实 -q
watch objection decide 1 --result 成立 -q
new_case "又一处拖欠工资"
new_answer 2 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-06-30 -q
watch commitment add 1 --quote "已责令项目部整改" --undated -q
as 丙 unit commitment claim c1 --done-on 2026-06-02 --for 市人社局 -q
super case close 2 -q
at 2026-08-20T01:00:00
watch tick -q
orders() { sqlite3 "$home/ledger.db" "SELECT DISTINCT clock || ' ' || unit FROM supervision_orders ORDER BY 1" | paste -sd';'; }
is "$(orders)" "consult 市人社局;instruct 市人社局;objection ;order 市人社局;press 市人社局;promise 市人社局;report 市人社局;response 市人社局;sign 市人社局;undated ;verify " \
	"each limit, to whose duty it is"
watch tick -q
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM supervision_orders GROUP BY subject, clock, ref HAVING count(*) > 1")" "" "each once"
at 2026-08-20T02:00:00
super order answer "$(sqlite3 "$home/ledger.db" "SELECT id FROM supervision_orders WHERE clock = 'verify'")" --text 本周核验 -q
is "$rc" 0 "the office answers for its own"
# a look back that nobody took
sqlite3 "$home/ledger.db" "INSERT INTO lookbacks (case_id, n, rule, due_at, state, done_by, done_name, result, note_text, new_case)
	VALUES ('YQ-2026-000002', 1, 'lookback-30', unixepoch('2026-08-01'), 'planned', '', '', '', '', '')"
watch tick -q
is "$(sqlite3 "$home/ledger.db" "SELECT subject || ' ' || ref || ' ' || unit || ' ' || level FROM supervision_orders WHERE clock = 'lookback'")" \
	"YQ-2026-000002 1  蓝" "a look back that nobody took"
sqlite3 "$home/ledger.db" "DELETE FROM lookbacks"
watch unit check
is "$rc" 0 "and no name that is no unit comes of it"
