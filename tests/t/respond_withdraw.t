#!/bin/bash
# What was accepted or rejected by mistake is taken back: by an event, with a reason; the answer
# waits again, the clock runs on as if nothing had been accepted, nothing is lost.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
plan 109
office_init
at() { export HUIYING_NOW="$1+08:00"; }
tick_now() { run "$huiying" --home "$home" tick -q; }
db() { sqlite3 "$home/ledger.db" "$@"; }
# fig TABLE ROW FIGURE: of this year.
fig() {
	super report year --json
	perl -MJSON::PP -e '
		my ($t, $row, $f) = @ARGV;
		utf8::decode($row);
		for my $r (@{decode_json(join "", <STDIN>)->{tables}{$t}}) {
			print defined $r->{$f} ? $r->{$f} : "null" if $r->{row} eq $row;
		}' "$@" <<<"$out"
}
# clock CASE CLOCK: its state, and what met it.
clock() { db "SELECT state || ' ' || met_by FROM clocks WHERE subject = 'YQ-2026-00000$1' AND clock = '$2' AND state <> 'replaced'"; }
rebuilds() {
	run "$huiying" --home "$home" audit rebuild
	is "$rc" 0 "$1: the tables are what the events give"
}

# --- a wrong answer is accepted
at 2026-09-28T09:00:00
new_case "某项目部拖欠工资"
new_answer 1 "$measure"
at 2026-09-28T10:00:00
super respond accept 1 -q
is "$(clock 1 response)" "met HY-2026-000001" "accepted by mistake: the clock stops"
super commitment add 1 --sentence 2 -q
at 2026-10-08T09:00:00
is "$(fig T1 this answered) $(fig T1 this on_time) $(fig T1 this late) $(fig T1 this acceptances_withdrawn)" "1 1 0 0" "and it counts as an answer in time"
is "$(fig T3 市人社局 on_time)" 1 "of the unit too"
watch due --json
unlike "$out" '"what":"response"' "nothing is due"

# --- who may not
before=$(db "SELECT count(*) FROM events")
super respond accept 1 --withdraw
is "$rc" 2 "taking it back needs a reason"
like "$err" 'withdrawing needs --reason' "as it says"
super respond accept 1 --withdraw --reason ' '
is "$rc" 2 "a blank is none"
super respond accept 1 --withdraw --reason 错 --note 错
is "$rc" 2 "a remark is for accepting"
super respond accept 1 --reason 错
is "$rc" 2 "a reason is for taking back"
super respond reject 1 --withdraw --reason 错
is "$rc" 1 "it was not rejected"
like "$err" 'HY-2026-000001 was accepted by 乙 at 2026-09-28 10:00' "but accepted"
super respond accept 9 --withdraw --reason 错
is "$rc" 3 "an answer that is not there"
is "$(db "SELECT count(*) FROM events")" "$before" "none of these is an act"
watch respond accept 1 --withdraw --reason 错
is "$rc" 1 "watch staff do not take it back"
as 甲 supervisor respond accept 1 --withdraw --reason 错
is "$rc" 1 "nor does the one who entered it, as a supervisor"
like "$err" '甲 entered HY-2026-000001; another person must decide on it' "as it says"
is "$(db "SELECT count(*) FROM events WHERE seq > $before AND kind = 'access.refused/1'")" 2 "both refusals are events"
is "$(clock 1 response)" "met HY-2026-000001" "and nothing moved"

# --- taken back
super respond accept 1 --withdraw --reason "认定的是另一件事的回应"
is "$rc $out" "0 HY-2026-000001: its acceptance is taken back; it waits again (待认定)" "the one who accepted it takes it back, days later"
like "$err" 'the clock of YQ-2026-000001 runs on: it was due 2026-09-30 09:00 and is overdue' "and is told that it is overdue at once"
like "$err" '1 promise taken from it stands' "and what stands"
like "$err" 'next: huiying respond accept HY-2026-000001 · respond reject HY-2026-000001 --reason TEXT' "and what may come next"
is "$(db "SELECT payload ->> 'decision' FROM events WHERE kind = 'response.decision_withdrawn/1'")" accepted "an event of its own"
is "$(db "SELECT count(*) FROM events WHERE kind = 'response.accepted/1'")" 1 "the acceptance stays on record"
is "$(db "SELECT count(*) FROM events WHERE instr(payload, '认定的是')")" 0 "the words are texts, not payload"
is "$(clock 1 response)" "running " "the clock runs"
is "$(db "SELECT due_at - start_at FROM clocks WHERE subject = 'YQ-2026-000001' AND clock = 'response'")" 172800 "to its own due time"
watch due
like "$out" '^2026-09-30 09:00 .*late .*YQ-2026-000001' "due shows it, late"
like "$out" 'HY-2026-000001' "and the answer that waits"
tick_now
is "$(db "SELECT count(*) FROM events WHERE kind = 'limit.reached/2' AND subject = 'YQ-2026-000001' AND payload ->> 'what' = 'response'")" 1 "tick writes down that the limit passed"
is "$(fig T1 this answered) $(fig T1 this on_time) $(fig T1 this late) $(fig T1 this acceptances_withdrawn)" "0 0 1 1" "figures: not answered, late, and why they changed"
is "$(fig T3 市人社局 late)" 1 "of the unit too"
super report year --json
like "$out" '"id":"YQ-2026-000001","unit":"市人社局"' "T9 names it"
is "$(fig T1-cases this carried) $(fig T1-cases this opened) $(fig T1-cases this open)" "0 1 1" "what was carried over balances"
watch show 1
unlike "$out" 'withdrawn' "the history is for --why"
watch show 1 --why
like "$out" '^  2026-10-08 09:00 the acceptance that had met it was taken back \(乙\): 认定的是另一件事的回应$' "--why: the limit's history"
like "$out" '^withdrawn  HY-2026-000001 accepted \(认定\) by 乙 at 2026-09-28 10:00; taken back by 乙 at 2026-10-08 09:00: 认定的是另一件事的回应$' "both acts"
watch show hy1
like "$out" '^withdrawn  HY-2026-000001 accepted \(认定\) by 乙' "the answer itself tells them"
unlike "$out" '^decided' "nobody has decided about it now"
watch show hy1 --json
like "$out" '"withdrawn":\[\{"response":"HY-2026-000001","decision":"accepted","decided":"2026-09-28T02:00:00Z","decided_by":"乙","at":"2026-10-08T01:00:00Z","by":"乙","reason":"认定的是另一件事的回应","event":[0-9]+\}\]' "JSON too"
watch show 1 --json
like "$out" '"withdrawn":\[\{"response":"HY-2026-000001"' "and that of the case"
like "$out" '"what":"unmet"' "and of its limit"
watch search 另一件事的回应
like "$out" 'HY-2026-000001|YQ-2026-000001' "the reason is found by its words"
super case close 1 --check --json
like "$out" '"pending"' "the gate: the answer waits"
like "$out" 'no accepted answer brings a measure' "and none is accepted"
watch case finish 1
like "$err" 'HY-2026-000001 still waits' "it cannot be finished"
watch show c1
is "$rc" 0 "the promise stands"
super commitment add 1 --quote 已责令项目部整改 --undated
like "$err" 'HY-2026-000001 is not accepted' "no other is taken from it meanwhile"
super respond accept 1 --withdraw --reason 错
like "$err" 'HY-2026-000001 still waits to be accepted or rejected' "once"
rebuilds "taken back"

# --- accepted again
at 2026-10-09T09:00:00
as 丁 supervisor respond accept 1 -q
is "$rc" 0 "another supervisor accepts it after all"
watch show 1 --json
like "$out" '"clock":"response","state":"met","due":"2026-09-30T01:00:00Z","late":false,"met":"2026-09-28T01:00:00Z","met_by":"HY-2026-000001"' "the clock stops at its publication"
is "$(fig T1 this on_time) $(fig T1 this late) $(fig T1 this acceptances_withdrawn)" "1 0 1" "figures follow"
super respond accept 1 --withdraw --reason "还是不对" --json
like "$out" '"id":"HY-2026-000001","case":"YQ-2026-000001","state":"pending","withdrawn":"accepted","limit":"running","due":"2026-09-30T01:00:00Z","late":true,"orders":0,"promises":1' "JSON of the act"
watch show hy1
is "$(grep -c '^withdrawn' <<<"$out")" 2 "each time is told"
super respond reject 1 --reason 答非所问 -q
is "$rc $(clock 1 response)" "0 running " "rejected: the clock runs on"

# --- a rejection
super respond accept 1 --withdraw --reason 错
like "$err" 'HY-2026-000001 was rejected by 乙' "no acceptance to take back"
as 甲 supervisor respond reject 1 --withdraw --reason 错
is "$rc" 1 "who entered it does not take its rejection back"
super respond reject 1 --withdraw --reason "看错了"
is "$rc $out" "0 HY-2026-000001: its rejection is taken back; it waits again (待认定)" "a rejection is taken back"
unlike "$err" 'clock' "no clock is concerned"
is "$(fig T1 this acceptances_withdrawn)" 2 "nor counted among acceptances"
super respond accept 1 -q

# --- several answers: the first of those that stand
new_answer 1 "市人社局已于9月29日约谈项目部，34名工人工资由总承包单位先行垫付，专户代发。" --published "2026-09-29 09:00"
super respond accept 2 -q
is "$(clock 1 response)" "met HY-2026-000001" "the first one met it"
super respond accept 1 --withdraw --reason 重复
is "$(clock 1 response)" "met HY-2026-000002" "without it the next does"
like "$err" 'the limit of YQ-2026-000001 is met by another accepted answer' "as it says"
super respond accept 1 -q
is "$(clock 1 response)" "met HY-2026-000001" "and the first again"
super respond accept 2 --withdraw --reason 重复 -q
is "$(clock 1 response)" "met HY-2026-000001" "another's withdrawal moves nothing"
super respond reject 2 --reason 重复 -q
rebuilds "several"

# --- a press conference
at 2026-10-10T09:00:00
new_case "某某路塌陷" 重大
watch respond 2 --unit 市人社局 --press --url https://www.example.gov.cn/p.html --text "$measure"
super respond accept 3 -q
is "$(clock 2 response) $(clock 2 press)" "met HY-2026-000003 met HY-2026-000003" "given at a press conference: both limits are met"
super respond accept 3 --withdraw --reason 发布会另开 -q
is "$(clock 2 response) $(clock 2 press)" "running  running " "both run again"

# --- finished, closed
super respond accept 3 -q
super respond accept 1 --withdraw --reason 错 --seen 1
is "$rc" 1 "not over what another changed meanwhile"
watch commitment refuse 1 --sentence 1 --reason 非承诺 -q
watch case finish 1
is "$rc" 0 "a finished case"
super respond accept 1 --withdraw --reason 错
is "$rc" 1 "holds its answers"
like "$err" 'YQ-2026-000001 was finished \(办结\) by 甲 at .*; reopen it first: case reopen YQ-2026-000001 --reason TEXT' "and says what to do first"
super case reopen 1 --reason 回应认定有误 -q
super respond accept 1 --withdraw --reason 错 -q
is "$rc $(clock 1 response)" "0 running " "then it is taken back"
super respond accept 1 -q
watch case finish 1 -q
db "UPDATE cases SET state = 'closed', closed_at = finished_at, closed_name = '丁' WHERE id = 'YQ-2026-000001'"
super respond accept 1 --withdraw --reason 错
is "$rc" 1 "so does a closed one"
like "$err" 'was closed \(销号\) by 丁 .*an objection that is upheld opens it again: objection add YQ-2026-000001' "which only an objection opens"
db "UPDATE cases SET state = 'finished', closed_at = NULL, closed_name = '' WHERE id = 'YQ-2026-000001'"
watch objection add 1 --text 没有落实 -q
super case reopen 1 --reason 复核 -q
as 戊 supervisor respond accept 1 --withdraw --reason 复核 -q
as 戊 supervisor objection decide 1 --result 不成立 --reason 属实
is "$rc" 1 "who took a decision back does not decide an objection"
like "$err" 'response.decision_withdrawn/1' "as it says"

# --- orders of supervision that had ended with the answer
at 2026-10-12T09:00:00
new_case "物流园拖欠装卸工工资"
at 2026-10-14T01:00:00
tick_now
is "$(db "SELECT level || ' ' || state FROM supervision_orders WHERE subject = 'YQ-2026-000003' AND clock = 'response'")" "提醒 issued" "a reminder"
new_answer 3 "$measure"
super respond accept "$answer_id" -q
tick_now
is "$(db "SELECT level || ' ' || state || ' ' || result FROM supervision_orders WHERE subject = 'YQ-2026-000003' AND clock = 'response'")" "提醒 settled done" "is settled with the answer"
at 2026-10-14T02:00:00
super respond accept "$answer_id" --withdraw --reason 错
like "$err" '1 order of supervision stands again' "and stands again without it"
order=$(db "SELECT id FROM supervision_orders WHERE subject = 'YQ-2026-000003' AND clock = 'response'")
is "$(db "SELECT state FROM supervision_orders WHERE id = '$order'") $(db "SELECT count(*) FROM clocks WHERE subject = '$order' AND state = 'running'")" "issued 1" "with its time for feedback anew"
at 2026-10-20T09:00:00
tick_now
proposed="SELECT group_concat(level || ' ' || state, ';') FROM supervision_orders WHERE subject = 'YQ-2026-000003' AND clock = 'response' AND settles = 'person'"
is "$(db "$proposed")" "红 proposed" "days over its limit the gravest is proposed"
super respond accept "$answer_id" -q
tick_now
is "$(db "$proposed")" "红 lapsed" "accepted: it lapses"
super respond accept "$answer_id" --withdraw --reason 错 -q
is "$(db "$proposed")" "红 proposed" "taken back: it is proposed again"
super order confirm "$(db "SELECT id FROM supervision_orders WHERE level = '红' AND subject = 'YQ-2026-000003'")" -q
is "$rc $(db "$proposed")" "0 红 issued" "and can be confirmed"
tick_now
is "$(db "$proposed")" "红 issued" "once"
at 2026-10-22T09:00:00
new_case "某服装厂拖欠计件工资"
at 2026-10-24T01:00:00
tick_now
new_answer 4 "$measure" --published "2026-10-23 09:00"
one=$answer_id
super respond accept "$one" -q
tick_now
at 2026-10-24T03:00:00
new_answer 4 "市人社局已于10月22日约谈该厂，34名工人工资由总承包单位先行垫付，专户代发。" --published "2026-10-23 10:00"
super respond accept "$answer_id" -q
super respond accept "$one" --withdraw --reason 错
unlike "$err" 'stands again' "another answer holds: the reminder stays settled"
super respond accept "$answer_id" --withdraw --reason 错
like "$err" '1 order of supervision stands again' "without both it stands again, though the first had ended it"
# The reminder's own time for feedback.
at 2026-10-26T09:00:00
feedback="SELECT datetime(due_at, 'unixepoch', '+8 hours') FROM clocks WHERE state = 'running' AND clock = 'feedback' AND subject = (SELECT id FROM supervision_orders WHERE case_id = 'YQ-2026-000005' AND level = '提醒')"
new_case "某粮站拖欠工资"
at 2026-10-28T01:00:00
tick_now
was=$(db "$feedback")
at "$(sed 's/ /T/' <<<"$(date -u -d "$was UTC + 1 hour" '+%F %T')")"
new_answer 5 "$measure"
super respond accept "$answer_id" -q
tick_now
super respond accept "$answer_id" --withdraw --reason 错 -q
is "$(db "$feedback")" "$was" "a unit that was late to answer a reminder has no new time for it"
rebuilds "orders"

# --- a co-unit's own answer
at 2026-11-12T09:00:00
new_case "某镇供水站拖欠工资"
watch case assign "$case_id" --lead 市人社局 --co 市交通运输局 -q
new_answer "$case_id" "$measure"
super respond accept "$answer_id" -q
watch respond "$case_id" --unit 市交通运输局 --url https://www.example.gov.cn/b.html --text "市交通运输局已于11月11日约谈项目部，责令12月8日前整改。"
super respond accept "${out%% *}" -q
own=$(db "SELECT max(id) FROM responses")
at 2026-11-13T09:00:00
super respond accept "$own" --withdraw --reason 错
like "$err" '市交通运输局 owes an answer of its own: it is due 2026-11-14 09:00' "what another's answer has met is met for the lead alone"
unlike "$err" 'is met by another accepted answer' "and not told as met"
super respond accept "$own" -q
at 2026-11-16T09:00:00
super respond accept "$own" --withdraw --reason 错 --json
like "$out" '"limit":"met","due":"2026-11-14T01:00:00Z","late":true,"co_unit":"市交通运输局"' "nor in JSON, when it is late"

# --- a limit that stood still
request() {
	printf '工单编号,诉求类型,标题,诉求内容,受理时间\n%s,依申请公开,%s,%s,2026-03-02 09:00\n' "$@" >"$tmp/o.csv"
	watch import "$tmp/o.csv" --as orders --source 热线 -q
	watch case open "S$(db "SELECT story FROM orders WHERE number = '$1'")" --grade 一般 --lead 市人社局
	case_id=${out%% *}
}
the_order() {
	watch show "$case_id" --why
	sed -n '/^order /,/set by event/p' <<<"$out"
}
at 2026-03-02T10:00:00
request GK1 快递站拖欠分拣员工资 分拣员到快递站讨薪，站长称等总部拨款。
at 2026-03-10T10:00:00
watch case consult "$case_id" --third-party 某公司 --question 是否同意公开 -q
at 2026-03-12T10:00:00
new_answer "$case_id" "$measure"
super respond accept "$answer_id" -q
at 2026-03-13T10:00:00
super respond accept "$answer_id" --withdraw --reason 错
is "$rc" 0 "taken back while the third party is asked"
like "$(the_order)" '^order GK1 stands still since 2026-03-12 10:00' "the limit stands still again, without a gap"
at 2026-03-20T10:00:00
watch case consult "$case_id" --answered 同意 -q
like "$(the_order)" '^order GK1 due 2026-04-10 23:59' "until the third party answers: due as if nothing had been accepted"
at 2026-03-21T10:00:00
super respond accept "$answer_id" -q
super respond accept "$answer_id" --withdraw --reason 错 -q
like "$(the_order)" '^order GK1 due 2026-04-10 23:59' "accepted and taken back once more: no day more, none less"
request GK2 某厂拖欠工资 某厂工人讨薪，公司称下月结清。
at 2026-03-23T10:00:00
watch case consult "$case_id" --third-party 某公司 --question 是否同意公开 -q
at 2026-03-24T10:00:00
new_answer "$case_id" "$measure"
super respond accept "$answer_id" -q
at 2026-03-26T10:00:00
watch case consult "$case_id" --answered 同意 -q
at 2026-03-27T10:00:00
super respond accept "$answer_id" --withdraw --reason 错 -q
like "$(the_order)" '2026-03-26 10:00 runs on: due 2026-04-02 23:59' "the third party answered meanwhile: it runs on since then"
request GK3 某矿拖欠工资 某矿工人讨薪，矿方称等回款。
at 2026-03-30T10:00:00
watch case consult "$case_id" --third-party 某公司 --question 是否同意公开 -q
at 2026-04-01T10:00:00
new_answer "$case_id" "$measure"
one=$answer_id
super respond accept "$one" -q
new_answer "$case_id" "市人社局已于3月29日约谈该矿，34名工人工资由总承包单位先行垫付，专户代发。" --published "2026-03-31 10:00"
super respond accept "$answer_id" -q
at 2026-04-02T10:00:00
super respond accept "$answer_id" --withdraw --reason 错 -q
super respond accept "$one" --withdraw --reason 错 -q
like "$(the_order)" '^order GK3 stands still since 2026-04-01 10:00' "two answers, both taken back: it stands still again"
request GK4 某砖厂拖欠工资 砖厂工人讨薪，厂方称月底结清。
at 2026-03-10T10:00:00
new_answer "$case_id" "$measure"
super respond accept "$answer_id" -q
at 2026-03-11T10:00:00
watch case consult "$case_id" --third-party 某公司 --question 是否同意公开 -q
at 2026-03-13T10:00:00
watch case consult "$case_id" --answered 同意 -q
at 2026-03-16T10:00:00
watch case consult "$case_id" --third-party 某银行 --question 是否同意公开 -q
at 2026-03-17T10:00:00
super respond accept "$answer_id" --withdraw --reason 错 -q
why=$(the_order)
like "$why" '^order GK4 stands still since 2026-03-16 10:00' "asked while it was met: it stands still"
like "$why" '2026-03-11 10:00 stands still: 某公司 is asked' "for each question"
like "$why" '2026-03-13 10:00 runs on: due 2026-04-01 23:59 instead of 2026-03-30 23:59' "until its answer"
like "$why" '2026-03-16 10:00 stands still: 某银行 is asked' "with its own name"
rebuilds "paused"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"

# --- the unit is told
{
	target 群 webhook 9
	target 人社 webhook 9 'units = 市人社局'
} >"$tmp/targets"
configure 'first = 群' <"$tmp/targets"
at 2026-10-21T09:00:00
tick_now
super respond accept 3 --withdraw --reason 错 -q
tick_now
told="SELECT target || ' ' || title FROM outbox WHERE kind = 'withdrawn' AND subject = 'HY-2026-000003'"
is "$(db "$told")" "人社 HY-2026-000003: its acceptance was taken back" "the unit is told that it has to act again"
tick_now
is "$(db "$told" | wc -l)" 1 "once"
told="SELECT target || ' ' || title FROM outbox WHERE kind IN ('order', 'proposal') AND title LIKE '%again%'"
at 2026-11-04T09:00:00
new_case "某粮库拖欠工资"
at 2026-11-06T01:00:00
tick_now
new_answer 6 "$measure"
super respond accept "$answer_id" -q
tick_now
super respond accept "$answer_id" --withdraw --reason 错 -q
tick_now
like "$(db "$told")" '^人社 DB-2026-[0-9]*: order \(提醒\) to 市人社局 stands again$' "the unit is told of an order that stands again"
