#!/bin/bash
# Answers of units as a table: each row is an answer as if it had been typed.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 33
office_init
export HUIYING_NOW=2026-11-05T00:00:00Z
new_case 某项目部拖欠农民工工资
first=$case_id
new_case 某厂拖欠工人工资半年
second=$case_id
export HUIYING_NOW=2026-11-06T00:00:00Z

cat >"$tmp/r.csv" <<X
某市舆情回应台账,,,,,,,
舆情编号,责任单位,回应内容,回应时间,回应链接,回应渠道,回应类型,联系人
$first,市人社局,"经核实，项目部拖欠34名工人工资86万元，已责令11月20日前付清，请联系13912345678。",2026-11-05 18:30,https://www.example.gov.cn/a.html https://news.example.com/b.html,市政府网站,措施,张三
$second,市人社局,我局高度重视，将认真研究。,2026-11-05,,微信群,通稿,李四
$first,没有的局,某单位的答复。,2026-11-05 10:00,,,,
YQ-2026-000099,市人社局,没有的案件。,2026-11-05 10:00,,,,
$first,市人社局,没有时间。,,,,,
$first,市人社局,,2026-11-05 10:00,,,,
$second,市人社局,我局高度重视，将认真研究。,2026-11-05 11:00,,,,
1.20211E+17,市人社局,号码被截断。,2026-11-05 11:00,,,,
$second,市人社局,明天才说的话。,2026-11-08 11:00,,,怪事,
X
watch import "$tmp/r.csv" --as responses --dry-run
is "$rc" 0 "a dry run"
like "$out" 'number: 舆情编号' "the columns are found"
like "$out" 'result: 回应内容' "the words of the answer too"
like "$out" '联系人 \(about a person; never taken in\)' "and who is never taken in"
like "$out" '9 rows: 2 new, 0 changed, 0 unchanged, 7 refused; 1 number .*dry run' "counts"
watch show "$first"
unlike "$out" 'HY-' "and keeps nothing"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind LIKE 'response%'")" 0 "not an event"

watch import "$tmp/r.csv" --as responses
is "$rc" 0 "import"
like "$out" "row 3: HY-2026-000001  $first" "what was entered, with its row"
like "$out" "row 4: HY-2026-000002  $second .*slogan" "and what was noticed"
like "$out" '^9 rows: 2 new, 0 changed, 0 unchanged, 7 refused' "the account of the rows"
like "$err" 'row 5 refused: .*没有的局' "a unit that is none"
like "$err" 'row 6 refused: .*YQ-2026-000099' "a case that is not there"
like "$err" 'row 7 refused: it has no time of publication' "no time"
like "$err" 'row 8 refused: it has no words of an answer' "no words"
like "$err" 'row 9 refused: it stands in row 4 already' "twice in one table"
like "$err" 'row 10 refused: .*E\+17' "a number that was cut"
like "$err" 'row 11 refused: a publication time in the future' "a time to come"
like "$err" 'row 4: channels.conf has no channel “微信群”' "a channel that is none is told"
like "$err" 'row 11: “怪事” is no kind of answer' "a kind that is none too"
like "$err" 'show HY-2026-000001' "and what may come next"

watch show HY-2026-000001
like "$out" '请联系\*\*\*' "a telephone in the words is hidden"
like "$out" 'news.example.com/b.html' "both links are kept"
sqlite3 "$home/ledger.db" .dump >"$tmp/dump"
unlike "$(cat "$tmp/dump")" '张三|李四|13912345678' "nobody's name or telephone is in the ledger"
is "$(sqlite3 "$home/ledger.db" "SELECT kind, state, published_at FROM responses ORDER BY id")" 'measure|pending|1793874600
fact|pending|1793894399' "waiting to be accepted; a day ends with its day"
like "$(watch show HY-2026-000001 && echo "$out")" '11月20日|2026-11-20' "its promise was found"

# --- again
sed -i '2a'"$first"',市人社局,另一句新的回应：已付清40万元。,2026-11-05 20:00,,,,' "$tmp/r.csv"
watch import "$tmp/r.csv" --as responses --json
like "$out" '"added":1,"changed":0,"unchanged":2' "what is there is not entered again"
like "$out" '"responses":\[\{"row":3,"id":"HY-2026-000003","case":"'"$first"'"' "a new one is"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind = 'responses.imported/1'")" 2 "every import is an event"
watch audit rebuild
is "$rc" 0 "the ledger is what its events give"

# --- heads that nobody knows
printf '案号,谁,说了什么,何日\n%s,市人社局,第四个回应，已付清。,2026-11-05 21:00\n' "$second" >"$tmp/m.csv"
watch import "$tmp/m.csv" --as responses
is "$rc" 3 "heads that are not known"
watch import "$tmp/m.csv" --as responses --map number=案号 --map unit=谁 --map result=说了什么 --map finished=何日 --mapping answers -q
is "$rc $(ls "$home/mappings")" "0 answers.conf" "are named, and the mapping is saved"
as 丁 unit import "$tmp/m.csv" --as responses
is "$rc" 1 "a unit may not import"
