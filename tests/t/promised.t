#!/bin/bash
# Promises found in an answer: shown at once, each taken or refused before 办结.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 56
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
new_case "某项目部拖欠农民工工资"
count() { grep -c "$1" <<<"$2"; }

# --- at entry
new_answer 1 "经核查拖欠属实。市人社局将在5个工作日内核清工资表，并于10月底前督促全部发放到位。下一步，我局将加强巡查。已于9月20日约谈项目部。感谢您的监督。"
like "$err" 'promise: sentence 2  2026-10-10 \(5个工作日内\), 2026-10-31 \(10月底前\)  市人社局将在5个工作日内' "sentence, dates, phrases, words"
like "$err" 'promise: sentence 3  no date \(下一步\)  下一步，我局将加强巡查。' "one without a date"
is "$(count 'promise:' "$err")" 2 "and nothing else"
new_answer 1 "经核查拖欠属实，工资已全部发放到位。" --json
like "$out" '"promises":\[\]' "an answer that promises nothing"
new_answer 1 "我局将于10月15日前公布结果。" --json
like "$out" '"promises":\[\{"response":"HY-2026-000003","sentence":1,"quote":"我局将于10月15日前公布结果。","state":"open","phrases":\[\{"phrase":"10月15日前","due":"2026-10-15","due_kind":"date"\}\]\}\]' "in JSON"
new_answer 1 "我局将在3个工作日内公布结果。" --published 2026-09-25
like "$err" 'promise: sentence 1  2026-09-30 \(3个工作日内\)' "reckoned from the publication, weekends left out"
new_answer 1 "我局将于本月底前公布结果。" -q
unlike "$err" 'promise:' "-q"

# --- what shows them
watch show 1
is "$(count 'promise .*taken or refused?' "$out")" 5 "the case lists all that wait"
like "$out" 'promise +HY-2026-000003  sentence 1  2026-10-15' "with their answer"
watch show r1
is "$(count '^promise ' "$out")" 2 "an answer lists its own"
watch show 1 --json
is "$(grep -o '"state":"open","phrases"' <<<"$out" | wc -l)" 5 "in JSON too"
super respond reject 5 --reason 不具体 -q
watch show 1
unlike "$out" 'HY-2026-000005  sentence' "a rejected answer promises nothing"

# --- taking
watch commitment refuse r1 --sentence 9 --reason x
like "$err" 'no promise was found in sentence 9 of HY-2026-000001' "a sentence without one"
for r in 1 2 3 4; do super respond accept "$r" -q; done
watch commitment add r1 --sentence 2
is "$rc" 2 "two dates in a sentence"
like "$err" 'these words name 2026-10-10 and 2026-10-31: give --due, or take each with --quote' "are two promises"
watch commitment add r1 --quote "在5个工作日内核清工资表"
is "$rc $out" "0 CN-2026-000001 added to YQ-2026-000001, due 2026-10-10" "a part brings its own date"
watch show 1
like "$out" 'sentence 2  2026-10-10 \(5个工作日内\) CN-2026-000001, 2026-10-31 \(10月底前\)  .*taken or refused\?' "the other one still waits"
watch commitment add r1 --quote "于10月底前督促全部发放到位"
is "$rc $out" "0 CN-2026-000002 added to YQ-2026-000001, due 2026-10-31" "until it is taken"
watch show 1
unlike "$out" 'HY-2026-000001  sentence 2' "then the sentence is done with"
watch show r1
like "$out" '^promise .*sentence 2 .*\(taken\)' "and says so"
watch commitment add r3 --sentence 1 --due 2026-10-20
is "$out" "CN-2026-000003 added to YQ-2026-000001, due 2026-10-20" "a typed date comes first"
watch show c3 --json
like "$out" '"due":"2026-10-20"' "and stands"
watch commitment add r4 --sentence 1 --due 2026-10-20 --undated
is "$rc" 2 "either a date or none"
watch commitment add r4 --sentence 1 --undated
like "$out" '^CN-2026-000004 added to YQ-2026-000001, no date .*: review on' "--undated: a review date is forced"

# --- finishing and refusing
watch case finish 1
is "$rc" 1 "one is left"
like "$err" 'YQ-2026-000001: 1 promise is neither taken nor refused: HY-2026-000001 sentence 3' "and it is named"
watch commitment refuse r1 --sentence 3
is "$rc" 2 "refusing needs a reason"
watch commitment refuse r1 --sentence 3 --reason " 　"
is "$rc" 2 "that is not blank"
watch commitment refuse r1 --reason 只是口号
is "$rc" 2 "and a sentence"
watch commitment refuse r1 --sentence 2 --reason x
like "$err" 'sentence 2 of HY-2026-000001 is CN-2026-000001 already' "what is taken is not refused"
as 丙 unit commitment refuse r1 --sentence 3 --reason x
is "$rc" 1 "nor by the unit itself"
watch commitment refuse r1 --sentence 3 --reason 只是口号
is "$rc $out" "0 sentence 3 of HY-2026-000001 is no promise (YQ-2026-000001)" "refuse"
watch commitment refuse r1 --sentence 3 --reason 再来一次
like "$err" '甲 refused sentence 3 of HY-2026-000001 at' "once"
watch show r1
like "$out" '^promise .*sentence 3 .*\(no promise\)' "show says so"
like "$out" '^ +只是口号$' "and why"
watch show r1 --json
like "$out" '"sentence":3,.*"state":"refused","refused":"2026-09-28T01:00:00Z","refused_by":"甲","reason":"只是口号"' "in JSON too"
watch case finish 1
is "$rc" 0 "nothing is left: finished"
watch commitment refuse r99 --sentence 1 --reason x
is "$rc" 3 "an answer that is not there"
watch commitment refuse c1 --sentence 1 --reason x
is "$rc" 2 "a commitment is no answer"

# --- taken after all
super case reopen 1 --reason 又有新情况 -q
watch commitment add r1 --sentence 3
is "$rc" 0 "somebody thinks better of it"
watch show r1
like "$out" '^promise .*sentence 3 .*\(taken\)' "then it is taken"

# --- the whole sentence with one date
new_case "某路坑洼"
new_answer 2 "我局将于10月10日前开工，力争10月底前完工。"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 1 --due 2026-10-31
is "$rc" 0 "a typed date answers for all of the sentence"
watch case finish 2
is "$rc" 0 "and leaves nothing open"

# --- a date that is past
new_case "某校操场"
new_answer 3 "该操场将于2025年9月投入使用。"
like "$err" 'promise: sentence 1  2025-09-30 \(2025年9月\)' "shown as it is"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 1
is "$rc" 2 "but not taken over"
like "$err" '2025-09-30, which these words name, lies before the promise was made \(2026-09-28\): give --due or --undated' "a person says what is meant"
watch commitment add "$answer_id" --sentence 1 --due 2027-09-30
is "$rc" 0 "with a date"

# --- the record
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "what was found is read from the events"
grep -aq '"due_date":"2026-10-31","due_kind":"date"' "$home/ledger.db" "$home"/ledger.db-wal 2>/dev/null
ok_if $? "an event carries the date that was found"
! grep -a 'promise.found' "$home"/ledger.db* | grep -aq '"phrase_text":"[0-9]*月'
ok_if $? "and no words"

# --- what a rejected answer promised; the number of a sentence that is none
new_case "某巷路灯"
new_answer 4 "现回复如下：
1. 2026年9月20日已派人查看。
2. 我局将于10月15日前修好。"
r1st=$answer_id
watch show "$r1st"
like "$out" '^promise .*sentence 3 .*\(taken or refused\?\)' "waits while the answer does"
new_answer 4 "我局将于10月20日前修好。"
super respond reject "$answer_id" --reason 重复 -q
watch show "$answer_id"
like "$out" '^promise .*sentence 1 .*\(the answer was rejected\)' "a rejected answer asks for no decision"
super respond accept "$r1st" -q
watch commitment add "$r1st" --sentence 2
like "$err" 'note: nothing in that sentence was found to be promised' "the number in the list is not that of the sentence"
watch commitment add "$r1st" --sentence 3
is "$rc" 0 "the right one"
unlike "$err" 'note:' "goes without saying"
