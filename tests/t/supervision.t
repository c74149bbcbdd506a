#!/bin/bash
# Orders of supervision: levels by supervision.conf, over holidays and moved dates; the answer,
# two persons, what an open order holds up.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 59
office_init
export HUIYING_NOW=2026-09-25T01:00:00Z
new_case "某项目部拖欠农民工工资"
new_answer 1 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
tick() { HUIYING_NOW=$1 watch tick; }
# orders: "1提醒:issued 2蓝:issued …"
orders() {
	watch order list --all --json
	sed -n 's/.*"id":"DB-2026-0*\([1-9][0-9]*\)".*"level":"\([^"]*\)".*"state":"\([^"]*\)".*/\1\2:\3/p' <<<"$out" | paste -sd' '
}

# --- the ladder, over 国庆
tick 2026-09-29T12:00:00Z
is "$(orders)" "" "a fifth of the time is not begun"
tick 2026-09-29T15:00:00Z
is "$(orders)" "1提醒:issued" "the last fifth: 提醒"
tick 2026-09-30T15:59:59Z
is "$(orders)" "1提醒:issued" "to the last second"
tick 2026-09-30T16:00:00Z
is "$(orders)" "1提醒:settled 2蓝:issued" "over: 蓝; the reminder is settled"
tick 2026-09-30T16:00:00Z
tick 2026-10-08T15:59:59Z
is "$(orders)" "1提醒:settled 2蓝:issued" "once; seven days off are no working days"
tick 2026-10-08T16:00:00Z
is "$(orders)" "1提醒:settled 2蓝:issued 3黄:proposed" "a working day later: 黄, proposed"
tick 2026-10-10T15:59:59Z
is "$(orders)" "1提醒:settled 2蓝:issued 3黄:proposed" "the Saturday that is worked counts"
tick 2026-10-10T16:00:00Z
is "$(orders)" "1提醒:settled 2蓝:issued 3黄:lapsed 4红:proposed" "three: 红 takes the place of 黄"
export HUIYING_NOW=2026-10-12T01:00:00Z
watch order list --json
like "$out" '"id":"DB-2026-000002".*"unit":"市人社局".*"feedback_due":"2026-10-08T15:59:59Z","overdue":true' \
	"feedback within a working day"
like "$out" '"told":"unit、supervisor、leader"' "红 is told to the leader"
watch due
like "$out" 'feedback +DB-2026-000002 +市人社局 +蓝 CN-2026-000001' "the answer that is due"
like "$out" 'confirm order +DB-2026-000004' "and the proposal"
watch status
like "$out" 'orders +2 orders of supervision open' "status counts them"
like "$out" '1 order is proposed' "and asks for a supervisor"
like "$out" '1 order is not answered in time' "and for the answer"

# Given up with a page that nobody captured: the public does not know.
given_up c1 --reason 项目部破产 --url https://www.example.gov.cn/why.html
tick 2026-10-12T01:00:00Z
is "$(orders)" "1提醒:settled 2蓝:issued 3黄:lapsed 4红:proposed" "given up, not yet in public: 红 stands"

# --- confirm, answer, settle
watch order confirm 4
is "$rc" 1 "watch staff confirm nothing"
super order confirm 4
is "$rc $out" "0 DB-2026-000004 issued to 市人社局 about CN-2026-000001 (level 红), feedback until 2026-10-13 23:59" \
	"a supervisor confirms"
super order confirm 4
like "$err" 'was issued by 乙' "once"
super order confirm 3
like "$err" 'lapsed' "what lapsed is gone"
super order print 2
like "$out" '督查催办通知（蓝单）' "the paper: its level"
like "$out" '已逾期 1 天' "how late it was"
like "$out" '市人社局将于9月30日前督促全部发放到位' "the words that were promised"
as 丙 unit order answer 2 --text "资金已到位，10月15日前发放" --for 市住建局
like "$err" 'is an order to 市人社局, not to 市住建局' "another unit does not answer"
super order settle 2 --result 已说明
like "$err" 'has no answer' "nothing to be satisfied with"
super order answer 2 --text "资金已到位，10月15日前发放"
is "$rc $out" "0 DB-2026-000002 answered by 市人社局, after its limit" "an answer, late"
super order settle 2 --result 已说明
is "$rc" 1 "who entered the answer does not settle"
like "$err" 'another person must settle it' "and is told why"
as 丙 supervisor order settle 2 --result 满意
is "$rc" 2 "a result that is none"
as 丙 supervisor order settle 2 --result 已说明 --note "同意"
is "$rc $out" "0 DB-2026-000002 settled (已说明)" "another supervisor does"
super case close 1 --check --json
like "$out" '"code":"order","subject":"DB-2026-000004"' "an open order holds the case"
super order withdraw 4
is "$rc" 2 "withdrawing needs a reason"
super order withdraw 4 --reason "已改由市政府专题会督办"
is "$rc" 0 "withdrawn"
super case close 1 --check --json
unlike "$out" '"code":"order"' "no order, no hold"

super commitment cannot c1 --withdraw --reason "另行筹资" -q
# --- a date that is moved: the original one decides, unless the later one was public before it
extended c1 --to 2026-10-20 --reason "银行对账"
tick 2026-10-18T12:00:00Z
is "$(orders)" "1提醒:settled 2蓝:settled 3黄:lapsed 4红:withdrawn" "改期 that does not count moves nothing"
export HUIYING_NOW=2026-10-20T01:00:00Z
watch commitment add 1 --quote "已责令项目部整改" --due 2026-10-30 -q
tick 2026-10-24T12:00:00Z
like "$(orders)" ' 5提醒:issued$' "another promise comes near its date"
export HUIYING_NOW=2026-10-25T01:00:00Z
extended c2 --to 2026-11-20 --reason "等待批复" --url https://www.example.gov.cn/longer.html
tick 2026-10-25T01:00:00Z
like "$(orders)" ' 5提醒:issued$' "改期 approved, not yet in public: nothing moves"
warc_date=2026-10-26T01:00:00Z
HUIYING_NOW=2026-10-26T01:00:00Z captured https://www.example.gov.cn/longer.html
unset warc_date
tick 2026-10-31T01:00:00Z
like "$(orders)" ' 5提醒:settled$' "改期 that was public in time: the ladder begins anew"
tick 2026-11-20T12:00:00Z
like "$(orders)" ' 6提醒:issued$' "up to its own 提醒"
tick 2026-11-23T16:00:00Z
like "$(orders)" ' 6提醒:issued 7黄:proposed$' "and 黄"

# --- a claim waits for the office, within the limit of deadlines.conf
export HUIYING_NOW=2026-11-24T01:00:00Z
as 丙 unit commitment claim c2 --done-on 2026-11-21 --for 市人社局
tick 2026-11-26T01:00:00Z
like "$(orders)" ' 7黄:proposed$' "a claim: what there was stands, nothing more goes to the unit"
export HUIYING_NOW=2026-11-26T01:00:00Z
super order confirm 7
is "$rc" 1 "nor is what was proposed issued"
like "$err" 'a claim waits to be verified \(commitment verify CN-2026-000002\)' "it says what to do first"
watch due --within 30d --json
like "$(grep '"what":"verify"' <<<"$out")" '"id":"CN-2026-000002"' "due names what must be verified"
unlike "$(grep '"what":"verify"' <<<"$out")" '市人社局' "and does not put it on the unit"
export HUIYING_NOW=2026-11-30T01:00:00Z
as 丙 unit commitment claim c2 --done-on 2026-11-22 --for 市人社局
tick 2026-12-01T16:00:00Z
like "$(orders)" ' 7黄:lapsed 8红:proposed$' "past it the ladder goes on; claiming again gives no more time"
export HUIYING_NOW=2026-12-02T00:30:00Z
super commitment verify c2 -q
tick 2026-12-02T00:30:00Z
like "$(orders)" ' 8红:lapsed$' "verified, it leaves the ladder"

# --- by hand
export HUIYING_NOW=2026-12-02T01:00:00Z
watch case order 1 --level 黄 --reason x
is "$rc" 1 "watch staff issue none"
super case order 1 --level 紫 --reason x
like "$err" '提醒, 蓝, 黄, 红' "levels are those of supervision.conf"
super case order 1 --level 黄
is "$rc" 2 "it needs a reason"
super case order 1 --level 黄 --reason "媒体追问" --days 3
is "$rc $out" "0 DB-2026-000009 issued to 市人社局 about YQ-2026-000001 (level 黄), feedback until 2026-12-07 23:59" \
	"by hand, to who holds the case"
watch show db9
like "$out" '媒体追问' "show tells the reason"
watch show 1
like "$out" 'DB-2026-000009  黄  市人社局  issued, feedback until' "the case names it"
export HUIYING_NOW=2026-12-04T01:00:00Z
new_case "某小区停水三天"
export HUIYING_NOW=2026-12-07T01:00:00Z
watch tick
super case order 2 --level 蓝 --reason x
like "$err" 'is the order of level 蓝 about it' "what tick issued is not issued again"

# --- nobody gets four at once; data, not code
export HUIYING_NOW=2026-12-10T01:00:00Z
new_case "某路段积水"
tick 2026-12-20T01:00:00Z
watch order list --all --json
is "$(grep -c '"subject":"YQ-2026-000003"' <<<"$out") $(grep '"subject":"YQ-2026-000003"' <<<"$out" | grep -o '"level":"[^"]*"')" \
	'1 "level":"红"' "after a pause of the program: the gravest level alone"
sed -i 's/^when = 3 working days after/when = 1 days before/' "$home/supervision.conf"
watch tick
is "$rc" 2 "levels that do not rise"
like "$err" 'supervision\.conf:[0-9]+:[0-9]+: it does not lie behind' "are refused with their place"
cp "$top/rules/supervision.conf" "$home/"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "audit rebuild"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "audit verify"
