#!/bin/bash
# 协办单位: each answers for itself. A limit that it lets pass is written down and told of under
# its name, its late answer is marked, and T9 lists it beside the lead.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 21
office_init
at() { export HUIYING_NOW="$1+08:00"; }
tick() { run "$huiying" --home "$home" tick; }
# reached CASE STEP: the units whose limit of the answer was written down, in order
reached() {
	sqlite3 "$home/ledger.db" "SELECT payload ->> 'unit' || coalesce(' ' || (payload ->> 'role'), '') FROM events
		WHERE kind = 'limit.reached/2' AND subject = '$1' AND payload ->> 'what' = 'response'
		AND payload ->> 'step' = '$2' ORDER BY seq" | paste -sd';'
}
# answer_of CASE UNIT: entered; $err has the checks
answer_of() {
	watch respond "$1" --unit "$2" --url "https://www.example.gov.cn/$RANDOM.html" --text "$2已责令该工地停工整改，涉及总包企业1家，5月25日前完成。"
	answer_id=${out%% *}
}
late_of() { grep -o "\"id\":\"$1\",\"unit\":\"[^\"]*\"[^}]*\"open\":[a-z]*" <<<"$out" | sed 's/.*"unit":"\([^"]*\)".*"days_late":\([0-9]*\),"open":\(.*\)/\1 \2 \3/' | paste -sd';'; }

at 2026-05-06T09:00:00
new_row "某工地拖欠工资"
watch case open "${out%% *}" --grade 一般 --lead 市人社局 --co 市住建局 --co 市教育科技局
shared=${out%% *}
at 2026-05-07T23:30:00
tick
is "$(reached "$shared" near)" "市人社局;市住建局 co;市教育科技局 co" "before it is over all three are reminded"
tick
is "$rc $out" "0 " "once"
new_answer "$shared" "$measure"
super respond accept "$answer_id" -q
answer_of "$shared" 市教育科技局
super respond accept "$answer_id" -q
at 2026-05-08T09:00:00
tick
is "$(reached "$shared" due)" "" "its last second is not over"
at 2026-05-08T09:00:01
tick
is "$(reached "$shared" due)" "市住建局 co" "两个单位、一个迟到: the limit of the silent one is written down"
tick
is "$(reached "$shared" due)" "市住建局 co" "once"

# --- the answer that comes late
at 2026-05-10T09:00:00
watch report year --of 2026 --json
is "$(late_of "$shared")" "市住建局 2 true" "T9 lists it while it is silent"
answer_of "$shared" 市人社局
unlike "$err" 'published after its limit' "the lead's second answer is not late"
answer_of "$shared" 市住建局
like "$err" 'check: late - published after its limit' "the co-unit's first one is, though the lead's met the limit"
super respond accept "$answer_id" -q
answer_of "$shared" 市住建局
unlike "$err" 'published after its limit' "its second one is no first one"
at 2026-05-12T09:00:00
watch report year --of 2026 --json
is "$(late_of "$shared")" "市住建局 2 false" "T9 counts until its own answer"
watch report year --of 2026
like "$out" "$shared +市住建局 +with +2026-05-08 09:00 +2 +answered" "T9 in words"

# --- all three silent; duties of one go over before and after
at 2026-06-01T09:00:00
new_row "另一处拖欠工资"
watch case open "${out%% *}" --grade 一般 --lead 市人社局 --co 市住建局 --co 市交通运输局
silent=${out%% *}
at 2026-06-02T09:00:00
super unit transfer 市交通运输局 市水务局 --note 机构改革 -q
at 2026-06-03T09:00:01
tick
is "$(reached "$silent" due)" "市人社局;市住建局 co;市水务局 co" "each by the name that held it then"
super unit transfer 市水务局 市财政局 --note 机构改革 -q
tick
is "$(reached "$silent" due)" "市人社局;市住建局 co;市水务局 co" "who takes over later is not late for it"
watch report year --of 2026 --json
is "$(late_of "$silent")" "市人社局 1 true;市住建局 1 true;市水务局 1 true" "T9 lists all three"

# --- a co-unit that came after the limit
at 2026-06-10T09:00:00
watch case assign "$silent" --lead 市人社局 --co 市住建局 --co 市教育科技局 -q
tick
unlike "$(reached "$silent" due)" '市教育科技局' "who was asked to help after the limit is not late for it"

# --- told
cat >>"$home/huiying.conf" <<-'CONF'
	[notify]
	first = 值班
	[target 值班]
	kind = webhook
	url = http://127.0.0.1:9/x
CONF
at 2026-07-01T09:00:00
tick
new_row "第三处拖欠工资"
watch case open "${out%% *}" --grade 一般 --lead 市人社局 --co 市住建局 -q
watch case list --json
told=$(grep -o 'YQ-2026-[0-9]*' <<<"$out" | tail -1)
tick
at 2026-07-03T09:00:01
tick
tick
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM outbox WHERE kind = 'limit' AND subject = '$told' AND title LIKE '%: response is overdue'")" 2 "a message for each of them"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM outbox WHERE kind = 'limit' AND subject = '$told' AND title LIKE '%: response is overdue' AND body LIKE '%市住建局%'")" 1 "one names the co-unit"

# --- 批示 outlives the answer: its limit is written down though the case is finished
at 2026-08-03T09:00:00
new_case "第四处拖欠工资"
watch case instruct "$case_id" --by 市长 --kind 急件 --days 1 --text 速办 -q
new_answer "$case_id" "市人社局已责令项目部付清工资。"
super respond accept "$answer_id" -q
watch case finish "$case_id" -q
is "$rc" 0 "finished with an instruction that is not carried out"
at 2026-08-05T09:00:00
tick
is "$(sqlite3 "$home/ledger.db" "SELECT unit || ' ' || step FROM limits_reached WHERE subject = '$case_id' AND what = 'instruct'")" "市人社局 due" "办结后批示逾期: it is written down"

run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "what is shown is what the events give"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
