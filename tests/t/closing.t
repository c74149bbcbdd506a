#!/bin/bash
# The gate before 销号, due and tick.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 46
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
new_case "某项目部拖欠农民工工资" 重大
codes() { grep -o '"code":"[a-z]*"' <<<"$out" | cut -d'"' -f4 | sort | tr '\n' ' '; }

super case close 1 --json
is "$rc" 1 "nothing done: refused"
is "$(codes)" "answer channels finish site " "and everything that is missing at once"
new_answer 1 "$measure"
super case close 1 --json
is "$(codes)" "answer channels finish pending site " "an answer that waits"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
super case close 1 --json
is "$(codes)" "channels claim evidence finish publish verify " "a promise with nothing done"
like "$out" '"subject":"CN-2026-000001"' "by its number"
watch case finish 1
is "$rc" 0 "finish"
watch case finish 1
like "$err" 'was finished \(办结\) by 甲' "once"
watch case reopen 1 --reason x
is "$rc" 1 "watch staff do not reopen"
super case reopen 1 --reason "又有新情况"
is "$rc" 0 "a supervisor does"
as 丙 unit commitment claim c1 --done-on 2026-09-28 --for 市人社局
super commitment verify c1 -q
watch commitment publish c1 --url https://www.example.gov.cn/kept.html
super case finish 1 -q
super case close 1 --json
is "$(codes)" "capture channels evidence person " "finished by the one who closes; not captured"
super case reopen 1 --reason "换人办结" -q
watch case finish 1 -q
captured https://www.example.gov.cn/kept.html
super case close 1 --json
is "$(codes)" "channels " "a major case on one class of channels"
sed -i 's/^classes = .*/classes = 政府网站/' "$home/procedure.conf"
super case close 1 --check --json
unlike "$(codes)" "channels" "which classes it needs is data (procedure.conf)"
cp "$top/rules/procedure.conf" "$home/"
watch case close 1
is "$rc" 1 "watch staff do not close"
super case close 1 --fewer-channels " 　"
is "$rc" 1 "a blank reason approves nothing"
super case close 1 --fewer-channels "仅涉及一个项目，当事人要求不扩散"
is "$rc $out" "0 YQ-2026-000001 closed (销号)" "closed with an approved reason"
super case close 1
like "$err" 'was closed \(销号\) by 乙' "once"
watch respond 1 --unit 市人社局 --text "$measure"
is "$rc" 1 "a closed case takes no answers"
super case reopen 1 --reason x
is "$rc" 1 "and stays closed"
watch case list
unlike "$out" 'YQ-2026-000001' "it left the list"
watch case list --all
like "$out" 'YQ-2026-000001 .*closed' "but not the ledger"

# --- due and tick
new_row "第二处拖欠工资讨薪"
watch due --json
like "$out" '"id":"S2","what":"triage","due":"2026-09-28T02:00:00Z","overdue":false' "a row's review"
run "$huiying" --home "$home" due --check
is "$rc" 0 "nothing has passed"
export HUIYING_NOW=2026-09-28T02:00:01Z
run "$huiying" --home "$home" due --check
is "$rc" 1 "--check: exit 1 when something has"
run "$huiying" --home "$home" tick
is "$rc $out" "0 1 thing was written down" "tick writes it down"
run "$huiying" --home "$home" tick
is "$rc $out" "0 " "once"
watch case open 2 --grade 一般 --lead 市人社局 -q
watch due --within 48h --json
like "$out" '"id":"YQ-2026-000002","what":"response"' "an answer within 48 hours"
watch due --within 1h
unlike "$out" 'YQ-2026-000002' "not within the hour"
export HUIYING_NOW=2026-10-02T00:00:00Z
run "$huiying" --home "$home" tick
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM limits_reached WHERE what = 'response' AND step = 'due'")" 1 "the answer's limit"
new_answer 2 "$measure"
watch due
like "$out" 'decide +HY-' "an answer that waits for somebody"
super respond accept "$answer_id" -q
watch case list --json
like "$out" '"id":"YQ-2026-000002".*"late":true' "answered late stays late"
watch due --within soon
is "$rc" 2 "a span that is none"

# --- a page that the fetcher gives up
watch commitment add "$answer_id" --sentence 2 -q
watch commitment publish c2 --url https://www.example.gov.cn/gone.html
page=$(grep -o 'ZJ-2026-[0-9]*' <<<"$out" | head -1)
want=$(grep -F gone.html "$home/spool/wanted.jsonl" | grep -o '"id":"*[0-9]*' | grep -o '[0-9]*$')
for i in 1 2 3; do
	warc_failure "$home/spool/gone-$i.warc.gz" https://www.example.gov.cn/gone.html "" "$want" evidence "http-$i"
done
watch ingest -q
run "$huiying" --home "$home" tick
is "$rc $out" "0 1 thing was written down" "tick notices it"
watch show "$page"
like "$out" 'capture failed' "the evidence says so"
watch due
like "$out" 'capture failed +CN-2026-000002 ' "due says that somebody has to name another page"
watch commitment list
like "$out" 'CN-2026-000002 .* capture failed ' "and the list does not wait for it"
super case close 2
like "$out" '^CN-2026-000002  the page that should tell of it cannot be captured$' "and the gate"
watch commitment publish c2 --url https://www.example.gov.cn/there.html
captured https://www.example.gov.cn/there.html
watch show c2 --json
like "$out" '"public":true' "another page can be named"
watch due
unlike "$out" 'capture failed' "and the matter is done"

# --- a leader's instruction and a question to a third party outlive the answer
new_case "某工程款拖欠的投诉"
watch case instruct "$case_id" --by 市长 --kind 急件 --text 五日内办结 -q
watch case consult "$case_id" --third-party 某公司 --question 是否同意公开 -q
new_answer "$case_id" "市人社局已责令项目部付清工资。"
super respond accept "$answer_id" -q
watch case finish "$case_id" -q
super case close "$case_id" --check
like "$out" '  instruction 1 of 市长 is not carried out' "the gate asks for the instruction"
like "$out" '  a question to a third party is not answered' "and for the answer of the third party"
watch due --within 30d
like "$out" "instruction +$case_id " "the instruction falls due although the case is finished"
watch case instruct "$case_id" --done 1 --on 2026-10-02 --text 已办结 -q
super case close "$case_id" --check
like "$out" '  instruction 1 of 市长: its result is not reported' "carried out: the gate asks for the report"
watch case instruct "$case_id" --reported 1 -q
super case close "$case_id" --check
unlike "$out" 'instruction 1' "reported: the gate is content"
watch due --within 30d
unlike "$out" "instruction +$case_id " "and so is due"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
