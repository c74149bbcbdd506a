#!/bin/bash
# Limits: natural hours, working days over holidays, prefecture's days, extensions, 暂定, the
# reminder, who held it, a clock set back; why each due time is what it is.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 111
office_init
# at TIME: local time in the office's zone.
at() { export HUIYING_NOW="$1+08:00"; }
# events KIND [SUBJECT]: payloads.
events() { sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = '$1' AND subject LIKE '${2:-%}' ORDER BY seq"; }
# answer_limits CASE STEP: those of its answer that were written down.
answer_limits() { events limit.reached/2 "$1" | grep "\"step\":\"$2\".*\"what\":\"response\""; }
# the_order: what show --why says about the limit of the order.
the_order() { sed -n '/^order /,/set by event/p' <<<"$out"; }
tick() { run "$huiying" --home "$home" tick; }
# order_case NUMBER TYPE ACCEPTED [LIMIT [TITLE TEXT]]: one order, whose row is opened as a case.
order_case() {
	printf '工单编号,诉求类型,标题,诉求内容,受理时间,办理时限\n%s,%s,%s,%s,%s,%s\n' "$1" "$2" "${5:-某项目部拖欠工资$1}" "${6:-工人到现场讨薪，拖欠三个月。}" "$3" "${4:-}" >"$tmp/o.csv"
	watch import "$tmp/o.csv" --as orders --source 热线
	import_err=$err
	row=$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = '$1'")
	watch case open "S$row" --grade 一般 --lead 市人社局 --title "公开申请$1"
	case_id=${out%% *}
}

# --- 48小时跨国庆: hours run through the holidays
at 2026-09-30T17:00:00
new_case "国庆前讨薪"
holiday=$case_id
watch case sign "$holiday" --unit 市人社局 -q
watch show "$holiday" --json
like "$out" '"clock":"response","state":"running","due":"2026-10-02T09:00:00Z","late":false' "48小时跨国庆"
like "$out" '"roll":"none".*"tentative":false,"basis":' "needs no list of holidays"
at 2026-10-02T17:00:00
tick
is "$(answer_limits "$holiday" due)" "" "its last second is not over"
at 2026-10-02T17:00:01
tick
is "$rc" 0 "a second later it is"
like "$(answer_limits "$holiday" due)" '"rule":"response-other".*"unit":"市人社局"' "with rule and holder"
tick
is "$rc $out" "0 " "and is written down once"

# --- 20个工作日跨调休和州庆
at 2026-07-10T10:00:00
order_case GK1 依申请公开 "2026-07-10 09:00"
first=$case_id
watch show "$first" --why
like "$out" 'order GK1 due 2026-08-11 23:59, in ' "20个工作日跨州庆"
like "$out" 'rule request: 20 working days from 2026-07-10 09:00 \(acceptance\)' "its rule and start"
like "$out" 'basis: 国令第711号' "the paper"
like "$out" 'counted: 12 days off passed \(州庆\)' "what was counted"
at 2026-09-14T10:00:00
order_case GK2 依申请公开 "2026-09-14 09:00"
request=$case_id
watch show "$request" --why
like "$out" 'order GK2 due 2026-10-16 23:59' "20个工作日跨调休"
like "$out" 'counted: 12 days off passed \(中秋节、国庆节\)' "the holidays by name"
like "$out" 'counted: 2 days at weekends are worked' "and the weekends worked"
watch orders --all --json
like "$out" '"number":"GK2".*"due":"2026-10-16T15:59:59Z"' "the order itself got the limit of its kind"
order_case GD3 求助 "2026-07-10 09:00" 20个工作日 快递站拖欠分拣员工资 分拣员到快递站讨薪，站长称等总部拨款。
watch orders --all --json
like "$out" '"number":"GD3".*"due":"2026-08-11T15:59:59Z"' "a sheet's own limit in working days"
watch show "$case_id" --why
like "$(the_order)" 'order GD3 due 2026-08-11 23:59' "its case has the sheet's limit, not the 7 days of its kind"
like "$(the_order)" 'basis: order GD3 itself: 20个工作日' "and says whose it is"
order_case QT4 其他 "2026-07-10 09:00" "" 物流园拖欠装卸工工资 物流园装卸工讨薪，公司称下月结清。
watch show "$case_id" --json
unlike "$out" '"clock":"order"' "an order of a kind without a rule gives its case no limit"

# --- extension: once, as far as the rule goes, proposed by one person, approved by another
propose() { super case extend "$request" "$@"; }
propose --clock response --by "24 hours" --reason 情况复杂
like "$err" 'response-other allows no extension' "a limit that knows none"
propose --clock order --by "21 working days" --reason 情况复杂
like "$err" 'request allows an extension by up to 20 working days' "further than it may"
propose --clock order --by "10 working days"
is "$rc" 2 "a reason is needed"
propose --clock lunch --by "10 working days" --reason x
like "$err" "$request has no limit .lunch" "no such limit"
propose --clock request --by "10 working days" --reason 情况复杂 --seen 9
like "$err" 'changed meanwhile' "a version that is old"
super case extend "$request" --confirm
like "$err" "no extension of $request waits to be approved" "nothing is approved that nobody proposed"
watch case extend "$request" --clock request --by "10 working days" --reason 情况复杂
is "$rc $out" "0 $request: order GK2 due 2026-10-30 23:59 instead of 2026-10-16 23:59 is proposed; another person approves it" "延期两人: the desk proposes"
like "$err" 'until then it falls due 2026-10-16 23:59' "which moves nothing"
like "$err" "next: huiying case extend $request --clock GK2 --confirm \(another person\)" "and what may come next"
watch show "$request"
like "$out" 'order GK2 due 2026-10-16 23:59, in ' "the limit stands as it was"
like "$out" 'an extension by 10 working days waits to be approved, proposed by 甲 at 2026-09-14 10:00: 情况复杂' "show tells what waits"
watch show "$request" --json
like "$out" '"proposed":\{"amount":10,"unit":"working days","by":"甲","at":"2026-09-14T02:00:00Z","reason":"情况复杂"\}' "in JSON too"
watch due
like "$out" "approve +$request +extension by 10 working days: 情况复杂" "it waits for a supervisor"
propose --clock GK2 --by "5 working days" --reason x
like "$err" 'an extension of it by 10 working days waits to be approved, proposed by 甲' "one at a time"
watch case extend "$request" --confirm
is "$rc" 1 "延期两人: the desk approves nothing"
as 甲 supervisor case extend "$request" --confirm
like "$err" "甲 proposed it for $request; another person must approve it" "延期两人: nor does who proposed it, in whatever role"
as 戊 watch case extend "$request" --withdraw --reason x
is "$rc" 1 "somebody else's proposal is a supervisor's to refuse"
super case extend "$request" --withdraw
is "$rc" 2 "with a reason"
super case extend "$request" --withdraw --reason 可按期答复
is "$rc $out" "0 $request: the extension of order GK2 is not approved" "refused"
propose --clock request --by "10 working days" --reason 情况复杂 -q
as 乙 supervisor case extend "$request" --clock GK2 --confirm
is "$rc" 1 "延期两人: a supervisor does not approve his own"
as 丁 supervisor case extend "$request" --clock GK2 --confirm
is "$rc $out" "0 $request: order GK2 is due 2026-10-30 23:59 instead of 2026-10-16 23:59" "another one does"
like "$err" "next: huiying show $request --why" "and what may come next"
propose --clock request --by "1 working days" --reason 再延
like "$err" 'once only' "not twice"
watch show "$request" --why
like "$out" 'order GK2 due 2026-10-30 23:59' "the new due time"
like "$out" 'extended by 10 working days \(丁\): 情况复杂; due 2026-10-30 23:59 instead of 2026-10-16 23:59' "by whom and why"
like "$out" 'first due 2026-10-16 23:59' "and the first one"
watch show "$request" --json
like "$out" '"what":"extended","due_before":"2026-10-16T15:59:59Z","due":"2026-10-30T15:59:59Z","amount":10,"unit":"working days","by":"丁","reason":"情况复杂"' "in JSON too"
at 2026-10-20T10:00:00
new_answer "$request" "$measure"
super respond accept "$answer_id" -q
watch show "$request" --json
like "$out" '"clock":"order","state":"met"' "an accepted answer meets it"

# --- an approval that comes after the limit moves nothing
at 2026-09-14T10:00:00
order_case GK8 依申请公开 "2026-09-14 09:00" "" 汽修厂拖欠学徒工资 学徒工到汽修厂讨薪，厂长称资金紧张。
watch case extend "$case_id" --clock GK8 --by "10 working days" --reason 情况复杂 -q
at 2026-10-17T00:00:00
super case extend "$case_id" --confirm
like "$err" 'passed at 2026-10-16 23:59: it can no longer be extended' "批准在逾期之后: refused"
watch show "$case_id" --json
like "$out" '"clock":"order","state":"running","due":"2026-10-16T15:59:59Z","late":true' "it is late"

# --- 30小时后升级: from the original start
at 2026-11-01T08:00:00
new_case "三十小时后升级的讨薪"
graded=$case_id
at 2026-11-02T14:00:00
super case grade "$graded" 重大 --reason 事态扩大 -q
watch show "$graded" --json
like "$out" '"clock":"response","state":"running","due":"2026-11-01T05:00:00Z","late":true' "30小时后升级: the new limit runs from the original start"
like "$out" '"clock":"response","state":"replaced","due":"2026-11-03T00:00:00Z"' "the old one stays on record"
tick
is "$(events limit.reached/2 "$graded" | grep -c '"rule":"response-major".*"step":"due".*"what":"response"')" 1 "it is late at once"

# --- 先回应后发现: no negative lengths of time
at 2026-11-03T08:00:00
new_row "先回应后发现的讨薪"
early=${out%% *}
at 2026-11-03T09:00:00
watch case open "$early" --grade 一般 --lead 市人社局
early=${out%% *}
watch respond "$early" --unit 市人社局 --url https://www.example.gov.cn/b.html --text "$measure" --published "2026-11-02 20:00"
early_answer=${out%% *}
super respond accept "$early_answer" -q
watch show "$early" --json
like "$out" '"clock":"response","state":"met","due":"[^"]*","late":false,"met":"2026-11-02T12:00:00Z"' "先回应后发现: met at its publication"
watch show "$early" --why
unlike "$out" '(^|[ (])-[0-9]' "no negative length in words"
watch case list --all --json
unlike "$out" ':-[0-9]' "nor in the list"
watch show "$early_answer"
like "$out" 'check' "the answer is marked as early"

# --- a reminder shortly before, and who held it
at 2026-11-04T08:00:00
new_case "快到期的讨薪"
near=$case_id
watch case sign "$near" --unit 市人社局 -q
at 2026-11-05T22:23:59
tick
is "$(answer_limits "$near" near)" "" "a fifth of 48 hours is 9:36; before that nobody is reminded"
at 2026-11-05T22:24:00
tick
like "$(answer_limits "$near" near)" '"unit":"市人社局"' "then its holder is"
tick
is "$rc $out" "0 " "once"
watch case return "$near" --unit 市人社局 --reason 不属本局职责 -q
watch due --json
like "$out" "\"id\":\"$near\",\"what\":\"response\",[^}]*\"overdue\":false,\"rule\"" "a case that was given back waits at the office"
at 2026-11-06T09:00:00
tick
like "$(answer_limits "$near" due)" '"rule":"response-other","step":"due","what":"response"' "and is late there"
is "$(sqlite3 "$home/ledger.db" "SELECT unit FROM limits_reached WHERE subject = '$near' AND what = 'response' AND step = 'due'")" "" "not at the unit"

# --- 暂定: a year that is not listed, then is
at 2026-12-10T10:00:00
order_case GK4 依申请公开 "2026-12-10 09:00"
like "$import_err" 'without the holidays of 2027' "the import says so"
later=$case_id
watch show "$later" --why
like "$out" 'order GK4 due 2027-01-07 23:59 \(暂定\)' "a limit into 2027 is tentative"
like "$out" '暂定: the holidays of 2027 are not listed yet' "and says why"
run "$huiying" --home "$home" status
like "$out" '^calendar  2021-2026, 1 limit tentative \(暂定\)$' "status counts it"
tick
tick
is "$rc $out" "0 " "nothing changes by itself"
printf '\n[2027]\nbasis = 通知\noff = 01-01..01-05 元旦\nwork = 2026-12-26\n' >>"$home/holidays.conf"
run "$huiying" --home "$home" holidays check
is "$rc" 0 "the new list is right"
at 2026-12-11T10:00:00
tick
is "$rc" 0 "the next tick"
like "$(events clock.recomputed/1 "$later")" '"due_at":1799683199' "reckons it again by event: 2027-01-11"
like "$(events calendar.changed/1)" '"changed":1,"years":"2021-2027"' "which list, how many limits"
watch show "$later" --why
like "$out" 'order GK4 due 2027-01-11 23:59, in ' "no longer tentative"
like "$out" 'reckoned again by other holidays: due 2027-01-11 23:59 instead of 2027-01-07 23:59' "and why"
tick
is "$rc $out" "0 " "once"

# --- a last day that is off: as the rule says
at 2026-08-03T10:00:00
order_case XF1 信访 "2026-08-03 09:00"
watch show "$case_id" --why
like "$out" 'order XF1 due 2026-10-02 23:59' "60 days end within 国庆"
unlike "$(the_order)" 'counted:' "and no list of holidays is asked"
sed -i '/^\[petition\]/,/^start/s/^start/roll = next-workday\nstart/' "$home/deadlines.conf"
order_case XF2 信访 "2026-08-03 09:00" "" 物业公司拖欠保洁员工资 保洁员到园区讨薪，物业称月底结清。
watch show "$case_id" --why
like "$out" 'order XF2 due 2026-10-08 23:59' "with roll on the next working day"
like "$out" 'a last day that is off rolls on' "and says so"
unlike "$(the_order)" 'counted:' "natural days are not counted one by one"

# --- two limits of one case that are due at the same second
at 2026-03-02T10:00:00
printf '工单编号,诉求类型,标题,诉求内容,受理时间\n%s\n%s\n' \
	"GK5,依申请公开,某厂区拖欠工资,工人到现场讨薪，某厂区拖欠三个月工资。,2026-03-02 09:00" \
	"GK6,依申请公开,某厂区拖欠工资,工人到现场讨薪，某厂区拖欠三个月工资。,2026-03-02 09:00" >"$tmp/two.csv"
watch import "$tmp/two.csv" --as orders --source 热线
row=$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = 'GK6'")
watch case open "S$row" --grade 一般 --lead 市人社局
twin=${out%% *}
at 2026-03-30T23:59:59
tick
is "$(events limit.reached/2 "$twin" | grep -c '"step":"due","unit":"市人社局","what":"order"')" 0 "20 working days end on 30 March"
at 2026-03-31T00:00:00
tick
is "$(events limit.reached/2 "$twin" | grep -c '"step":"due","unit":"市人社局","what":"order"')" 2 "both are written down"
tick
is "$rc $out" "0 " "once each"

# --- a promise in working days
at 2026-09-14T10:00:00
new_case "二十个工作日的承诺"
new_answer "$case_id" "市人社局核查发现拖欠工资86万元，涉及工人34名，已责令项目部整改。市人社局将于20个工作日内督促全部发放到位。"
super respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 2
like "$out" 'due 2026-10-16' "a promise in working days ends on the right day"
watch show "${out%% *}" --why
like "$out" 'due as the answer says: “20个工作日内”, published on 2026-09-14' "from which words"
like "$out" 'counted: 12 days off passed \(中秋节、国庆节\)' "and what was counted"

# --- a row's review
watch alerts --json
row=$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM alerts")
watch show "A$row" --why
like "$out" 'the review runs from .* \(raised\)' "an alert's review: from when"
like "$out" 'basis: 本办内部研判时限' "and by what"

# --- 时钟回拨
at 2026-12-11T09:58:00
run "$huiying" --home "$home" status --check
is "$rc" 1 "时钟回拨: status --check"
like "$out" 'the clock was set back: last event 2026-12-11 10:00' "says so"
new_row "回拨后登记的讨薪"
is "$rc" 0 "work goes on"
tick
is "$rc" 0 "and time does not stumble"
at 2026-12-11T10:00:30
run "$huiying" --home "$home" status
unlike "$out" 'set back' "until it has caught up"

# --- 15 November
sed -i '/^\[2027\]/,$d' "$home/holidays.conf"
at 2026-11-14T23:59:59
run "$huiying" --home "$home" status --check
unlike "$out" 'holidays.conf has no' "until 14 November nobody is asked for the next year"
at 2026-11-15T00:00:00
run "$huiying" --home "$home" status --check
like "$out" 'holidays.conf has no 2027: add the State Council' "from the 15th somebody must add it"
is "$rc" 1 "exit 1"
sed -i 's/^listed_by = .*/listed_by = 12-01/' "$home/procedure.conf"
run "$huiying" --home "$home" status --check
unlike "$out" 'holidays.conf has no' "the day is the office's to say (procedure.conf)"
sed -i 's/^listed_by = .*/listed_by = 11-31/' "$home/procedure.conf"
run "$huiying" --home "$home" status --check
is "$rc" 2 "a day that no year has"
like "$err" 'procedure.conf:[0-9]+:13: expected a day as MM-DD' "with its place"
cp "$top/rules/procedure.conf" "$home/"
at 2027-01-01T00:00:00
run "$huiying" --home "$home" status --check
like "$out" 'holidays.conf has no 2027' "and in the year itself"

# --- of a case that is done with no limit runs on
at 2027-03-01T09:00:00
new_case "办结后时限不再走"
over=$case_id
new_answer "$over" "市人社局核查发现拖欠工资86万元，涉及工人34名，已责令项目部整改，已全部发放到位。" --kind result
super respond accept "$answer_id" -q
watch case instruct "$over" --by 市长 --kind 一般 --text 尽快办理 -q
at 2027-03-02T08:00:00
watch case finish "$over" -q
watch show "$over" --why
like "$out" 'signing for it \(市人社局\) due 2027-03-02 09:00, stopped at 2027-03-02 08:00 before it was over' "a limit that stopped in time"
like "$out" 'giving it back \(市人社局\) due 2027-03-03 23:59 \(waits for nothing any more\)' "a right is neither kept nor missed"
like "$out" 'instruction 1 \(市人社局\) due 2027-03-16 23:59( \(暂定\))?, in ' "an instruction outlives the answer"
super case reopen "$over" --reason 重办 -q
watch show "$over" --why
like "$out" 'signing for it \(市人社局\) due 2027-03-02 09:00, in 1h' "and opened again it runs"
at 2027-03-02T09:30:00
watch case finish "$over" -q
at 2027-03-20T09:00:00
watch show "$over" --why
like "$out" 'signing for it \(市人社局\) due 2027-03-02 09:00, missed: not done when it stopped at 2027-03-02 09:30' "one that was missed"
watch show "$over" --json
like "$out" '"clock":"sign","state":"stopped","due":"2027-03-02T01:00:00Z","late":true,"stopped":"2027-03-02T01:30:00Z"' "in JSON"

# --- the list
run "$huiying" --home "$home" holidays list 2026
like "$out" '2026-10-10 +Saturday +worked' "a Saturday worked"
like "$out" '2026-07-23 +Thursday +day off here  州庆' "a day of the prefecture"
run "$huiying" --home "$home" holidays list 2027 --json
is "$rc $out" '1 {"date":"2027-07-23","kind":"local","name":"州庆"}
{"date":"2027-07-24","kind":"local","name":"州庆"}' "a year that is not listed: exit 1"
printf '[2026]\nbasis = x\nwork = 09-21\n' >"$tmp/bad.conf"
run "$huiying" holidays check "$tmp/bad.conf"
is "$rc" 2 "a wrong file"
like "$err" 'bad.conf:3:8: “09-21”: only a Saturday or Sunday' "with its place"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
