#!/bin/bash
# Limits into a year that is not listed yet (暂定): promises in working days and orders are
# counted again by an event when its holidays are added, and show, due, orders and status tell
# one and the same date. Orders that no case runs a limit for; cases that stop or extend one.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 79
office_init
at() { export HUIYING_NOW="$1+08:00"; }
events() { sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = '$1' AND subject LIKE '${2:-%}' ORDER BY seq"; }
tick() { run "$huiying" --home "$home" tick; }
status() { run "$huiying" --home "$home" status; }
# promise TITLE WORDS: a case, an accepted answer, its second sentence taken.
promise() {
	new_case "$1"
	new_answer "$case_id" "市人社局核查发现拖欠工资86万元，涉及工人34名，已责令项目部整改。$2"
	super respond accept "$answer_id" -q
	watch commitment add "$answer_id" --sentence 2
	promise=${out%% *} added=$out added_err=$err
}
orders_csv() { printf '工单编号,诉求类型,标题,诉求内容,承办单位,受理时间,办理时限\n'; }

# --- promises
at 2026-12-23T10:00:00
promise "跨年的承诺" "市人社局将于10个工作日内督促全部发放到位。"
moved=$promise
watch show "$answer_id"
like "$out" 'sentence 2  2027-01-06 \(暂定\) \(10个工作日内\)' "what was found in the answer is marked"
watch show "$answer_id" --json
like "$out" '"due":"2027-01-06","due_kind":"workdays",.*"tentative":true' "in JSON too"
watch case answers 1
like "$out" '^promises +2027-01-06 \(暂定\)' "and among the units' answers"
out=$added err=$added_err
like "$out" "$moved added to YQ-2026-000001, due 2027-01-06" "10 working days, Monday to Friday in 2027"
like "$err" '暂定: the holidays of 2027 are not listed yet' "and it is said that this may change"
like "$(events commitment.counted/1 "$moved")" '"due_at":1799251199,"due_date":"2027-01-06","tentative":2027,"workdays":10' "an event carries what was counted"
promise "写明日期的承诺" "市人社局将于2027年1月6日前督促全部发放到位。"
fixed=$promise
watch show "$answer_id"
unlike "$out" '暂定' "a day that the answer names is none"
promise "兑现在先的承诺" "市人社局将于11个工作日内督促全部发放到位。"
done_first=$promise
as 丙 unit commitment claim "$done_first" --done-on 2026-12-23 --for 市人社局 -q
status
like "$out" '^calendar  2021-2026, 2 limits tentative \(暂定\)$' "status counts promises, not the one that names a day"
watch commitment list
like "$out" "$moved .*2027-01-06 +未到期（时限暂定）" "the list marks it"
watch show "$moved" --why
like "$out" '^due +2027-01-06 \(暂定\)$' "show marks it"
like "$out" '10 working days from the day after publication' "show tells what was counted"
like "$out" '暂定: the holidays of 2027 are not listed yet; it is reckoned again' "and that it is tentative"
watch due --within 60d
like "$out" "^2027-01-06 23:59 +in 14d13h \(暂定\) +promise +$moved " "due marks it beside the time that is left"
like "$out" "^2027-01-06 23:59 +in 14d13h +promise +$fixed " "but not the day that the answer names"
COLUMNS=60 watch due --within 60d
like "$out" "14d13h \(暂定\) .*$moved" "also where there is no room for the date"
watch due --within 60d --json
like "$out" "\"id\":\"$moved\",\"what\":\"due\",\"due\":\"2027-01-06T15:59:59Z\",.*\"tentative\":true" "JSON has a field for it"
like "$out" "\"id\":\"$fixed\",\"what\":\"due\",\"due\":\"2027-01-06T15:59:59Z\",.*\"tentative\":false" "false where it is settled"
super round open --name 年末检查
round=${out%% *}
super round show "$round"
like "$out" "$moved .*2027-01-06 \(暂定\) " "a round of checking"
like "$out" "$fixed .*2027-01-06  " "line by line"
cp -r "$home" "$tmp/round"
home=$tmp/round
super round mark "$round" 1 --result 滞后 --note 未拨付 -q
for line in 2 3; do super round mark "$round" "$line" --result 推进中 -q; done
super round close "$round"
super round show "$round"
like "$out" '时限 2027-01-06（暂定）' "the circular that it ends with"
home=$tmp/home
super round show "$round" --json
like "$out" "\"subject\":\"$moved\",\"unit\":\"市人社局\",\"due\":\"2027-01-06\",\"tentative\":true" "and its JSON"
tick
tick
is "$rc $out" "0 " "nothing changes by itself"
# A promise of a ledger from before: its event of the count is not there.
cp -r "$home" "$tmp/old"

# --- orders without a case, with the sheet's own limit and with their kind's
{
	orders_csv
	echo 'D1,求助,路灯不亮,鸭塘街道路灯不亮。,市住建局,2026-12-23 09:00,10个工作日'
	echo 'D2,依申请公开,申请公开预算,申请公开预算。,财政局,2026-12-10 09:00,'
	echo 'D3,求助,井盖缺失,井盖缺失。,市住建局,2026-12-23 09:00,2027-01-06'
} >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线
like "$err" 'row 2: its limit is reckoned without the holidays of 2027' "an order into 2027 is tentative too"
status
like "$out" '2021-2026, 4 limits tentative' "and counted"
watch orders
like "$out" '^D1 .*in 14d13h \(暂定\) ' "orders marks it"
unlike "$out" '^D3 .*暂定' "a day of the sheet is none"
# What goes out and is handed over on the last days, in a copy.
cp -r "$home" "$tmp/last"
home=$tmp/last
at 2026-12-31T09:00:00
super case order "$moved" --level 黄 --reason 请按期兑现
order=${out%% *}
like "$out" 'feedback until 2027-01-[0-9]+ [0-9:]+ \(暂定\)$' "the limit of a feedback"
super order list
like "$out" "^$order .*2027-01-06 23:59 \(暂定\) .*in [0-9a-z]+ \(暂定\)" "order list: what it is about, and the feedback"
super order list --json
like "$out" '"matter_tentative":true.*"tentative":true' "and in JSON"
super order print "$order"
like "$out" '办理时限：2027-01-06 23:59（暂定）' "and the paper that goes out"
like "$out" '于 2027-01-[0-9]+ [0-9:]+（暂定） 前' "with its own limit"
at 2027-01-06T09:00:00
watch duty on --as 值班
shift=$(grep -oE "shift [0-9]+" <<<"$out" | head -1); shift=${shift#shift }
watch duty off -q
super duty show "$shift"
like "$out" "in 14h59m \(暂定\) +promise +$moved" "the hand-over marks it"
super duty show "$shift" --json
like "$out" "\"id\":\"$moved\",\"what\":\"due\",\"due\":\"2027-01-06T15:59:59Z\",.*\"tentative\":true" "its JSON too"
home=$tmp/home
at 2026-12-23T10:00:00

# --- the year is listed; whoever is to be told is told
printf 'https://robot.example.com/x\n' >"$home/secret"
chmod 600 "$home/secret"
printf '\n[notify]\nfirst = 值班群\n[target 值班群]\nkind = webhook\nurl = file:%s\n' "$home/secret" >>"$home/huiying.conf"
tick
printf '\n[2027]\nbasis = 通知\noff = 01-01..01-05 元旦\nwork = 2026-12-26\n' >>"$home/holidays.conf"
watch show "$moved" --why
like "$out" 'counted by another list of holidays than that of today' "before the tick no list is quoted that did not count"
at 2026-12-28T10:00:00
tick
is "$rc" 0 "the next tick"
like "$(events commitment.counted/1 "$moved" | tail -1)" '"due_date":"2027-01-08","old_date":"2027-01-06","tentative":0' "an event moves the promise"
watch show "$moved" --why
like "$out" '^due +2027-01-08' "show has the ledger's date"
like "$out" 'counted: 6 days off passed \(元旦\)' "and counts to that date"
like "$out" '2026-12-28 10:00 reckoned again by other holidays: due 2027-01-08 instead of 2027-01-06' "with what stood there"
unlike "$out" '暂定' "no longer tentative"
watch show "$moved" --json
like "$out" '"due":"2027-01-08","tentative":false' "in JSON too"
told=$(sqlite3 "$home/ledger.db" "SELECT subject || ' ' || replace(body, char(10), ' ') FROM outbox ORDER BY id")
like "$told" "^$moved Due 2027-01-08 instead of 2027-01-06. 市人社局" "who holds it is named in a message"
like "$told" '^D1 Due 2027-01-08 23:59 instead of 2027-01-06 23:59' "so is the order"
unlike "$told" "^$fixed " "what did not move is no news"
watch show "$fixed" --why
like "$out" 'due +2027-01-06' "a promise that names a day stays"
watch show "$done_first" --why
like "$out" 'due +2027-01-11' "one that was claimed is counted again as well"
watch orders --all --json
like "$out" '"number":"D1".*"due":"2027-01-08T15:59:59Z","tentative":false' "the sheet's 10 working days"
like "$out" '"number":"D2".*"due":"2027-01-11T15:59:59Z"' "the 20 of its kind"
like "$out" '"number":"D3".*"due":"2027-01-06T15:59:59Z"' "a day of the sheet stays"
is "$(events orders.recounted/1 D1)" "{\"calendar\":\"$(events calendar.changed/1 | grep -o '[0-9a-f]\{12\}' | head -1)$(sqlite3 "$home/ledger.db" "SELECT CASE WHEN EXISTS (SELECT 1 FROM calendars) THEN '' ELSE calendar END FROM orders WHERE number = 'D1'")\",\"due_at\":1799423999,\"number\":\"D1\",\"old_due_at\":1799251199,\"source\":\"热线\",\"tentative\":0}" "an event an order"
status
unlike "$out" 'tentative' "nothing is tentative any more"
tick
is "$rc $out" "0 " "once"
watch import "$tmp/o.csv" --as orders --source 热线
like "$out" '3 unchanged|unchanged 3' "the same sheet again is nothing new"

# --- the due date decides
at 2027-01-08T12:00:00
watch show "$moved"
like "$out" '未到期' "on its last day it is not broken"
watch due
like "$out" "D1 +order +市住建局|order.*D1" "an order without a case falls due"
at 2027-01-09T00:00:00
tick
like "$(events limit.reached/2 D1)" '"due_at":1799423999,"step":"due","unit":"市住建局","what":"order"' "tick writes its limit down, with the unit"
tick
is "$rc $out" "0 " "once"
watch due --json
like "$out" '"id":"D1","what":"order".*"unit":"市住建局"' "and due tells who"
at 2027-01-12T00:00:00
tick
like "$(events limit.reached/2 D2)" '"rule":"request".*"unit":"市财政局"' "the unit under our own name"
watch orders --late
like "$out" 'D1' "late ones"
run "$huiying" --home "$home" show D1
like "$out" '^D1  热线' "show takes an order's number"
is "$rc" 0 "exit 0"
run "$huiying" --home "$home" show D1-999
is "$rc" 2 "but not any word"

# --- a case runs the limit: stops and extends it
printf '%s\n' "$(orders_csv)" 'GK1,依申请公开,某项目部拖欠工资,工人到现场讨薪，拖欠三个月。,市人社局,2027-01-12 09:00,' >"$tmp/o.csv"
at 2027-01-12T10:00:00
watch import "$tmp/o.csv" --as orders --source 热线 -q
row=$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = 'GK1'")
watch case open "S$row" --grade 一般 --lead 市人社局
request=${out%% *}
watch due --within 60d --json
is "$(grep -c '"what":"order"' <<<"$(grep -v '"overdue":true' <<<"$out")")" 1 "its limit is told once: by the case"
before=$(sqlite3 "$home/ledger.db" "SELECT due FROM orders WHERE number = 'GK1'")
at 2027-01-25T10:00:00
watch case consult "$request" --third-party 某公司 --question 是否同意公开
is "$rc" 0 "a third party is asked"
watch orders --all
like "$out" 'GK1.*stands still' "orders tells that it stands still"
at 2027-02-12T10:00:00
watch orders --late --json
unlike "$out" '"number":"GK1"' "and is not late meanwhile, past its limit of before"
watch case consult "$request" --answered 同意 -q
is "$rc" 0 "the answer came"
watch orders --late --json
unlike "$out" '"number":"GK1"' "it has the days that were left"
at 2027-05-30T10:00:00
watch orders --late --json
like "$out" '"number":"GK1"' "then it is late"
printf '%s\n' "$(orders_csv)" 'GK2,依申请公开,物业公司拖欠保洁员工资,保洁员到园区讨薪，物业称月底结清。,市人社局,2027-05-30 09:00,' >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线 -q
row=$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = 'GK2'")
watch case open "S$row" --grade 一般 --lead 市人社局
extended=${out%% *}
super case extend "$extended" --clock order --by "20 working days" --reason 情况复杂 -q
as 丁 supervisor case extend "$extended" --confirm -q
is "$rc" 0 "extended by 20 working days"
at 2027-07-10T10:00:00
watch orders --late --json
unlike "$out" '"number":"GK2"' "orders --late knows"
watch orders --json
like "$out" '"number":"GK2".*"due":"2027-07-26' "and orders tells the later day"

# --- a ledger from before the count was on record
home=$tmp/old
sqlite3 "$home/ledger.db" "UPDATE commitments SET workdays = 0, calendar = '', tentative = 0;"
at 2026-12-24T10:00:00
status
unlike "$out" "limits? tentative" "what is on record counts"
tick
is "$rc" 0 "the next tick reads the words"
like "$(events commitment.counted/1 "$moved" | tail -1)" '"tentative":2027,"workdays":10' "and writes down what they name"
status
like "$out" '2 limits tentative' "which is counted"

home=$tmp/home
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
