#!/bin/bash
# Promises: in their own words; claimed, verified, published; outcomes computed.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 144
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
new_case "某项目部拖欠农民工工资"
new_answer 1 "$measure"
outcome() { watch commitment list --json; sed -n "s/.*\"id\":\"$1\".*\"outcome\":\"\([^\"]*\)\".*/\1/p" <<<"$out"; }

# --- adding
watch commitment add 1 --sentence 2
like "$err" 'is not accepted' "an answer that waits binds nobody"
super respond accept 1 -q
watch commitment add 1
is "$rc" 2 "without words"
watch commitment add 1 --sentence 9
like "$err" 'has 2 sentences, not 9' "a sentence that is not there"
watch commitment add 1 --quote "全部工资明天发放"
is "$rc" 1 "words that do not stand there"
watch commitment add 1 --sentence 2 --due 2026-02-30
is "$rc" 2 "a date that does not exist"
watch commitment add 1 --sentence 2 --due 2026-09-01
is "$rc" 2 "a date before the promise"
watch commitment add 1 --sentence 2 --due 2026-09-30 --criterion "34名工人全部到账"
is "$rc $out" "0 CN-2026-000001 added to YQ-2026-000001, due 2026-09-30" "add"
watch commitment add 1 --sentence 2 --due 2026-09-30
like "$err" 'these words are CN-2026-000001 already' "once"
watch commitment add 1 --quote "已责令项目部整改"
like "$out" 'no date .*: review on 2026-10-28' "undated: a review date is forced"
watch show c2 --why
like "$out" 'rule review-undated: 30 days' "--why names the rule"
is "$(outcome CN-2026-000001)" 未到期 "before the date: 未到期"
is "$(outcome CN-2026-000002)" 未明确时限 "undated: 未明确时限"
export HUIYING_NOW=2026-09-30T15:59:59Z
is "$(outcome CN-2026-000001)" 未到期 "to the last second of the local day"
export HUIYING_NOW=2026-09-30T16:00:00Z
is "$(outcome CN-2026-000001)" 逾期未兑现 "a second later: 逾期未兑现"

# --- claim and verify
as 丙 unit commitment claim c1 --done-on 2026-10-09 --for 市人社局
is "$rc" 2 "done in the future"
as 丙 unit commitment claim c1 --done-on 2026-09-30 --for 市住建局
like "$err" 'is a promise of 市人社局' "another unit's promise"
super commitment verify c1
like "$err" 'has not been claimed' "verifying before the claim"
as 丙 unit commitment claim c1 --done-on 2026-09-30 --for 市人社局
is "$rc" 0 "claim"
is "$(outcome CN-2026-000001)" 逾期未兑现 "a claim changes nothing"
as 丙 supervisor commitment verify c1
like "$err" 'another person must verify it' "who entered the claim does not verify"
watch commitment verify c1
is "$rc" 1 "nor do watch staff"
as 丁 unit commitment claim c1 --done-on 2026-09-30 --for 市人社局
as 丙 supervisor commitment verify c1
like "$err" '丙 entered the claim of CN-2026-000001; another person must verify it' "not even after somebody else claimed it anew"
# --- a claim that is sent back
super commitment verify c1 --not-done
is "$rc" 2 "a claim is refused with a reason"
as 丁 supervisor commitment verify c1 --not-done --reason x
is "$rc" 1 "not by who entered it"
super commitment verify c1 --not-done --done-on 2026-09-30 --reason x
is "$rc" 2 "a refusal names no day"
super commitment verify c1 --not-done --reason 回单只有20人
is "$rc $out" "0 CN-2026-000001: the claim is refused; it is not done" "a claim is refused"
watch show c1
like "$out" '^sent back +done on 2026-09-30, claimed by 市人社局; refused by 乙 at .*: 回单只有20人$' "show tells it"
unlike "$out" '^claimed' "nothing is claimed any more"
watch due --within 60d
unlike "$out" 'verification +CN-2026-000001' "nothing waits to be verified"
super commitment verify c1
like "$err" 'has not been claimed' "nor can it be"
super commitment verify c1 --not-done --reason x
like "$err" 'has not been claimed' "nor refused twice"
as 丁 unit commitment claim c1 --done-on 2026-09-30 --for 市人社局
is "$rc" 0 "the unit claims it anew"
super commitment verify c1 --evidence ZJ-2026-000009
is "$rc" 3 "evidence that is not there"
echo "银行回单" >"$tmp/bank.txt"
watch evidence add c1 --file "$tmp/bank.txt" --note 代发清单
is "$rc" 0 "a file as evidence"
file_id=${out%% *}
[ "$(cat "$home/evidence/$file_id.txt")" = 银行回单 ]
ok_if $? "is copied"
watch show "$file_id"
like "$out" "sha-256 +$(sha256sum <"$tmp/bank.txt" | cut -c1-64)" "with its SHA-256"
super commitment verify c1 --evidence "$file_id" --done-on 2026-10-02
is "$rc" 2 "verified as done tomorrow"
super commitment verify c1 --evidence "$file_id"
is "$rc $out" "0 CN-2026-000001 verified: done on 2026-09-30" "verify"
like "$err" 'next: huiying commitment publish' "then it is made public"
is "$(outcome CN-2026-000001)" 按期兑现 "done on its day: 按期兑现"
as 丙 unit commitment claim c1 --done-on 2026-09-29 --for 市人社局
like "$err" 'was verified as done by 乙' "no new claim on a verified promise"

# --- publish
watch commitment publish c1 --url https://elsewhere.example.com/kept
is "$rc" 1 "a page that is on no registered channel"
watch commitment publish c1 --url https://www.example.gov.cn/kept.html --file "$tmp/bank.txt"
is "$rc" 2 "a page that is captured needs no screenshot"
watch commitment publish c1 --url https://www.example.gov.cn/kept.html
like "$out" 'capture pending' "pending"
captured https://www.example.gov.cn/kept.html 404
watch show c1 --json
like "$out" '"public":false' "a 404 is no publication"
captured https://www.example.gov.cn/kept.html
watch show c1 --json
like "$out" '"kept":true,"public":true' "a 200 is"
watch commitment publish c1 --url https://www.example.gov.cn/kept2.html
like "$err" 'is public already' "once"

super commitment extend c1 --to 2026-12-31 --reason 迟到
like "$err" 'was verified as done by 乙' "a promise that is kept is not extended"
super commitment review c1 --next 2026-12-31
is "$rc" 1 "nor reviewed"

# --- the review of an undated one
watch show c2 --why
like "$out" 'review of the undated promise due 2026-10-28 23:59, ' "the forced review"
super commitment review c2 --next 2027-01-15
watch show c2 --why
like "$out" '^look at    2027-01-15  \(given\)$' "another date"
like "$out" 'review of the undated promise due 2026-10-28 23:59 \(replaced by a later date\)' "takes its place"

# --- a channel that cannot be captured
as 丙 unit commitment claim c2 --done-on 2025-09-30 --for 市人社局
like "$err" 'check: the promise was made on 2026-09-28, after that day' "done a year before: a remark"
watch due --within 10d
like "$out" ' verification +CN-2026-000002 ' "a claim waits for its verification, with a limit"
as 丙 unit commitment claim c2 --done-on 2026-09-30 --for 市人社局
unlike "$err" 'check:' "none when the year is right"
super commitment verify c2 --done-on 2025-09-29
is "$rc" 2 "a day before the promise was made is a slip"
like "$err" '--done-on 2025-09-29 lies before the promise was made \(2026-09-2[0-9]\)' "which could not be mended"
super commitment verify c2 --done-on 2026-09-29 -q
watch show c2 --json
like "$out" '"kept":false' "verified without evidence does not count as kept"
watch commitment publish c2 --url https://social.example.com/u/100/55
like "$err" 'give a screenshot with --file' "needs a screenshot"
echo png >"$tmp/shot.png"
watch commitment publish c2 --url https://social.example.com/u/100/55 --file "$tmp/shot.png"
like "$out" 'the screenshot waits for a second person$' "a screenshot is not captured, it waits for somebody"
shot=$(grep -o 'ZJ-2026-[0-9]*' <<<"$out" | head -1)
watch due
like "$out" " confirm +$shot " "due names it so"
watch evidence confirm "$shot"
like "$err" 'another person must confirm' "two persons"
super evidence confirm "$shot"
is "$rc $out" "0 $shot confirmed" "confirm"
watch show c2 --json
like "$out" '"kept":true,"public":true.*"done_on":"2026-09-29"' "publicly kept, on the day the supervisor said"
is "$(outcome CN-2026-000002)" 未明确时限 "and still undated"
watch commitment publish c2 --url https://social.example.com/u/1001/55 --file "$tmp/shot.png"
is "$rc" 1 "another account that merely starts alike is not registered"

# --- extensions
new_case "另一处拖欠"
export HUIYING_NOW=2026-10-01T01:00:00Z
new_answer 2 "$measure"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 2 --due 2026-10-10
super commitment extend c3 --to 2026-10-09 --reason 账户冻结
is "$rc" 2 "an earlier date is no extension"
extended c3 --to 2026-10-20 --reason 账户冻结
like "$out" 'does not count: the public was not told' "not public: it does not count"
super commitment extend c3 --to 2026-10-25 --reason 账户冻结 --url javascript:alert
is "$rc" 2 "told the public on a page that is none"
extended c3 --to 2026-10-25 --reason 账户冻结 --url https://elsewhere.example.com/x.html
like "$out" 'does not count: the page is on no registered channel' "told on a channel of somebody else"
extended c3 --to 2026-10-28 --reason 账户冻结 --url https://www.example.gov.cn/x.html
like "$out" 'it counts if ZJ-2026-[0-9]+ is captured by the end of 2026-10-10' "told in public: it waits for the page"
watch show c3
like "$out" '2026-10-25 to 2026-10-28 by 丁: 账户冻结 \(counts once it is captured in time\)' "show says so"
extended_by() { watch commitment list --json; sed -n "s/.*\"id\":\"$1\".*\"due_extended\":\"\([^\"]*\)\",\"outcome_extended\":\"\([^\"]*\)\".*/\1 \2/p" <<<"$out"; }
is "$(extended_by CN-2026-000003)" "" "a page that was only named is no publication"
warc_date=$HUIYING_NOW captured https://www.example.gov.cn/x.html
is "$(extended_by CN-2026-000003)" "2026-10-28 未到期" "captured before the date: it counts, in its own column"
watch show c3 --json
like "$out" '"kept":false.*"evidence":0,' "the page is no proof that the promise was kept"
export HUIYING_NOW=2026-10-15T01:00:00Z
is "$(outcome CN-2026-000003)" 逾期未兑现 "the original date decides"
as 丙 unit commitment claim c3 --done-on 2026-10-14 --for 市人社局
watch evidence add c3 --file "$tmp/bank.txt"
super commitment verify c3
is "$(outcome CN-2026-000003)" 逾期兑现 "done after it: 逾期兑现"
is "$(extended_by CN-2026-000003)" "2026-10-28 按期兑现" "and in time by the later date"

# --- 承诺两次延期: moved twice, the second time told too late
new_case "第三处拖欠"
export HUIYING_NOW=2026-10-15T01:00:00Z
new_answer 3 "$measure"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 2 --due 2026-10-20
c=${out%% *}
extended "$c" --to 2026-10-31 --reason 账户冻结 --url https://www.example.gov.cn/m1.html
export HUIYING_NOW=2026-10-20T15:00:00Z
warc_date=$HUIYING_NOW captured https://www.example.gov.cn/m1.html
extended "$c" --to 2026-11-30 --reason 仍在执行 --url https://www.example.gov.cn/m2.html
like "$out" 'is captured by the end of 2026-10-31' "承诺两次延期: the second is public until the first one's date"
export HUIYING_NOW=2026-10-31T16:00:00Z
warc_date=$HUIYING_NOW captured https://www.example.gov.cn/m2.html
watch show "$c"
like "$out" '2026-10-20 to 2026-10-31 by 丁: 账户冻结$' "承诺两次延期: the first counts"
like "$out" '2026-10-31 to 2026-11-30 by 丁: 仍在执行 \(does not count\)' "承诺两次延期: the second was captured a second too late"
is "$(extended_by "$c")" "2026-10-31 逾期未兑现" "承诺两次延期: broken by the later date that counts"
is "$(outcome "$c")" 逾期未兑现 "承诺两次延期: and by the original one"
extended "$c" --to 2026-12-31 --reason 再延 --url https://www.example.gov.cn/m3.html
like "$out" 'it does not count: 2026-10-31 was over already' "承诺两次延期: a third comes too late"

# --- progress
as 丙 unit commitment progress "$c" --text "已发放38人" --share 38/45 --on 2026-10-30 --for 市人社局
is "$rc $out" "0 $c progress: 38/45 (84 %)" "progress with a share"
watch commitment progress "$c" --share 60% --text "重新核算"
like "$err" 'less than what was told before \(38/45 \(84 %\)\)' "less than before: a remark"
watch commitment progress "$c" --share 38/45 -q
watch commitment list
like "$out" "^$c .*逾期未兑现（已办 38/45）  2026-10-31 逾期未兑现 " "partly done is not done: the share stands beside"
watch show "$c" --json
like "$out" '"progress":"部分完成","share_done":38,"share_of":45' "部分完成"
like "$out" '"progress_list":\[\{.*"on":"2026-10-30","unit":"市人社局","share_done":38,"share_of":45,"note":"已发放38人"' "with each step"
watch show "$c"
like "$out" '^progress +部分完成$' "show: 完成情况"
like "$out" '^ +2026-10-30  38/45 \(84 %\)  已发放38人$' "and its steps"
watch commitment progress "$c"
is "$rc" 2 "progress without words or share"
watch commitment progress "$c" --share 46/45
is "$rc" 2 "more than all"
watch commitment progress "$c" --text 好 --on 2026-11-09
is "$rc" 2 "progress of tomorrow"
watch commitment progress "$c" --text 好 --evidence "$file_id"
like "$err" "is evidence of CN-2026-000001" "another promise's evidence"
as 丙 unit commitment progress "$c" --text 好 --for 市住建局
like "$err" 'is a promise of 市人社局' "another unit's promise"
watch commitment progress c1 --text 补充
like "$err" 'was verified as done' "nothing is added to a promise that is kept"
export HUIYING_NOW=2026-10-15T01:00:00Z
answer_id=HY-2026-000002

# --- what cannot be kept: two persons, and the page with the reason
watch commitment add "$answer_id" --quote "涉及工人34名"
c=${out%% *}
super commitment cannot "$c" --reason 项目部已破产
is "$rc" 2 "giving up needs a page"
super commitment cannot "$c" --reason 项目部已破产 --url https://www.example.gov.cn/why.html
is "$rc $out" "0 $c: that it cannot be kept is proposed; another person approves it" "proposed"
like "$err" "next: huiying commitment cannot $c --confirm \(another person\)" "and what comes next"
captured https://www.example.gov.cn/why.html
is "$(outcome "$c")" 未明确时限 "one person gives nothing up, also with the page in public"
watch show "$c"
like "$out" '^to approve +to give it up \(无法兑现\), by 乙 at .*: 项目部已破产; waits for approval$' "show says so"
like "$out" '^ZJ-2026-000012 .*captured .*why.html' "with its page"
watch show "$c" --json
like "$out" '"evidence":0,.*"proposal":\{"what":"cannot",.*"by":"乙"' "which is no proof that the promise was kept"
watch due
like "$out" " approve +$c " "due names it"
super case close 2 --check --json
like "$out" "\"code\":\"approve\",\"subject\":\"$c\"" "so does the gate"
super commitment cannot "$c" --reason x --url https://www.example.gov.cn/w2.html
like "$err" 'waits to be approved, proposed by 乙' "one proposal at a time"
super commitment cannot "$c" --confirm
is "$rc" 1 "not by who proposed it"
like "$err" '乙 proposed it for CN-2026-000005; another person must approve it' "and is told why"
watch commitment cannot "$c" --confirm
is "$rc" 1 "nor by watch staff"
as 丁 supervisor commitment extend "$c" --confirm
like "$err" "no extension of $c waits" "one is not approved for the other"
as 丁 supervisor commitment cannot "$c" --confirm
is "$rc $out" "0 $c cannot be kept (无法兑现); ZJ-2026-000012 is captured" "another supervisor approves"
is "$(outcome "$c")" "无法兑现（已公开说明）" "then it is given up"
as 丁 supervisor commitment cannot "$c" --confirm
like "$err" 'was given up \(无法兑现\) by 丁' "once"

# What is given up does not come back by a claim.
as 丙 unit commitment claim "$c" --done-on 2026-10-01 --for 市人社局
like "$err" 'was given up \(无法兑现\) by 丁' "no claim"
super commitment verify "$c"
like "$err" 'was given up' "no verification"
watch commitment publish "$c" --url https://www.example.gov.cn/kept9.html
like "$err" 'was given up' "no publication"
extended "$c" --to 2026-12-31 --reason x
like "$err" 'was given up' "no later date"
watch commitment progress "$c" --text x
like "$err" 'was given up' "no progress"
super commitment cannot "$c" --withdraw --reason x
like "$err" 'was given up' "it is not taken back either"
is "$(outcome "$c")" "无法兑现（已公开说明）" "and nothing of that was written"

# Until the page is captured there is a way back, by an event with a reason.
watch commitment add "$answer_id" --sentence 1 --undated
c=${out%% *}
given_up "$c" --reason 资金未到位 --url https://www.example.gov.cn/why6.html
like "$out" "$c cannot be kept; it counts once ZJ-2026-000013 is captured" "approved before the capture"
is "$(outcome "$c")" 未明确时限 "it does not count yet"
as 丙 unit commitment claim "$c" --done-on 2026-10-01 --for 市人社局
like "$err" 'was given up' "nor is it claimed"
as 丙 unit commitment cannot "$c" --withdraw --reason 资金已到位
is "$rc" 1 "a unit does not undo what two persons decided"
super commitment cannot "$c" --withdraw
is "$rc" 2 "taking it back needs a reason"
super commitment cannot "$c" --withdraw --reason 资金已到位
is "$rc $out" "0 $c: that it cannot be kept is taken back" "taken back"
captured https://www.example.gov.cn/why6.html
as 丙 unit commitment claim "$c" --done-on 2026-10-01 --for 市人社局
is "$rc" 0 "then it can be claimed"
watch show "$c" --json
like "$out" '"kept":false.*"evidence":0,' "the page that said otherwise proves nothing"

# An extension takes two persons too.
as 丙 unit commitment extend c4 --to 2027-03-31 --reason 等待审计 --url https://www.example.gov.cn/m4.html
is "$rc" 0 "a unit asks for a later date"
watch show c4
like "$out" '^to approve +to extend it to 2027-03-31, by 丙 at .*: 等待审计; waits for approval$' "it waits"
unlike "$out" '^extended .*2027-03-31' "and is none yet"
watch commitment extend c4 --withdraw --reason x
is "$rc" 1 "somebody else's proposal is not watch staff's to drop"
super commitment extend c4 --withdraw --reason 审计已结束
is "$rc $out" "0 CN-2026-000004: the extension is not approved" "a supervisor says no"
as 丁 supervisor commitment extend c4 --confirm
like "$err" 'no extension of CN-2026-000004 waits' "there is nothing left to approve"
super commitment extend c4 --to 2027-03-31 --reason x --confirm
is "$rc" 2 "an approval brings no words of its own"
super commitment extend c4 --to 2027-03-30 --reason 等待审计 -q
echo "银行回单" >"$tmp/bank4.txt"
watch evidence add c4 --file "$tmp/bank4.txt" -q
as 丙 unit commitment claim c4 --done-on 2026-10-14 --for 市人社局 -q
super commitment verify c4 -q
as 丁 supervisor commitment extend c4 --confirm
like "$err" 'was verified as done by 乙' "after its verification nothing is extended"
watch show c4 --json
unlike "$out" '"proposal"' "what waited went with it"
as 丁 supervisor commitment extend c4 --to 2027-03-31 --reason x
like "$err" 'was verified as done by 乙' "nor proposed anew"

super commitment review c2 --next 2026-09-01
is "$rc" 2 "the next review in the past"

# --- a claim stops the orders only until it is refused
export HUIYING_NOW=2026-10-20T01:00:00Z
new_case "第四处拖欠"
new_answer "$case_id" "$measure"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 2 --due 2026-10-22
c=${out%% *}
as 丙 unit commitment claim "$c" --done-on 2026-10-20 --for 市人社局 -q
export HUIYING_NOW=2026-10-24T01:00:00Z
watch tick -q
watch order list --json
unlike "$out" "\"subject\":\"$c\"|$c" "a claim that waits: no order"
super commitment verify "$c" --not-done --reason 没有发放 -q
watch tick -q
watch order list --json
like "$out" "$c" "a claim that was refused: the orders go on"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
