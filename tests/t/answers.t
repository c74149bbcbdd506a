#!/bin/bash
# What the units of a case answered, side by side, and where one contradicts another; another
# publisher's words are no answer.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 31
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
new_row "某项目部拖欠工资"
watch case open 1 --grade 一般 --lead 市人社局 --co 市住建局 --co 龙场镇
answer() {
	local unit=$1 text=$2
	shift 2
	watch respond 1 --unit "$unit" --url "https://www.example.gov.cn/$unit.html" --text "$text" "$@"
	answer_id=${out%% *}
}
watch case answers 1
is "$rc" 0 "before anybody answered"
is "$(grep -o 'nothing yet' <<<"$out" | wc -l)" 3 "three units have not"
watch case answers 9
is "$rc" 3 "a case that is not there"

# --- who contradicts whom
answer 市人社局 "市人社局核查发现拖欠工资86万元，涉及工人34名，已责令项目部整改。市人社局将于9月30日前督促全部发放到位。"
unlike "$err" 'disagrees' "the first cannot contradict anybody"
answer 市人社局 "市人社局进一步核查：拖欠工资88万元，涉及工人36名，已立案。"
unlike "$err" 'disagrees' "a unit may correct itself"
export HUIYING_NOW=2026-10-01T01:00:00Z
answer 市住建局 "市住建局核查发现该项目共拖欠43名工人工资90.5万元，已约谈项目部。市住建局将于10月15日前督促发放到位。"
like "$err" "check: disagrees - another unit's answer says otherwise, here/there: HY-2026-000001 工人 43名/34名、工资 90.5万元/86万元; HY-2026-000002 工人 43名/36名" \
	"another unit's figures are named, of each answer"
third=$answer_id
watch show "$third"
like "$out" "check +another unit's answer says otherwise" "and stay with it"
watch show "$third" --json
like "$out" '"checks":"late,disagrees".*"check":"disagrees","reason":"HY-2026-000001 工人 43名/34名' "as JSON"
like "$out" '"state":"pending"' "it only waits for a person"
super respond reject 1 --reason 数字不实
super respond reject 2 --reason 数字不实
answer 龙场镇 "龙场镇核查：涉及工人34名，已逐一登记，镇政府将于10月10日前督促发放到位。"
unlike "$err" 'HY-2026-00000[12]' "what was rejected contradicts nobody"
like "$err" 'HY-2026-000003 工人 34名/43名、督促发放到位 10月10日前/10月15日前' "what waits does, by figures and by dates"
answer 市人社局 "市人社局最终核定：拖欠工资90.5万元，涉及工人43名，已责令9月30日前付清。"
like "$err" 'disagrees.*: HY-2026-000004 工人 43名/34名$' "who agrees with one may contradict another"
answer 市住建局 "市住建局已于9月29日派出工作组，现场向工人公布投诉渠道。"
unlike "$err" 'disagrees' "who names no figures contradicts nobody"

# --- side by side
watch case answers 1
is "$(head -1 <<<"$out" | tr -s ' ')" "YQ-2026-000001 市人社局 市住建局 龙场镇" "a column a unit, the lead first"
like "$out" '^answer +HY-2026-000005 \(of 3\) +HY-2026-000006 \(of 2\) +HY-2026-000004' "the last of each"
like "$out" '^role +lead +with +with' "what they are to the case"
like "$out" '^published +2026-10-01 09:00' "when"
like "$out" '^limit +late 24h00m|^limit +late 1d0h' "how late"
like "$out" '^figures +拖欠工资90.5万元、涉及工人43名' "their figures"
like "$out" '^promises .*2026-10-10' "their dates"
like "$out" '^channels +市政府网站' "where"
like "$out" '^! HY-2026-000005  another unit.s answer says otherwise.*HY-2026-000004 工人 43名/34名' "and what is wrong below"
watch case answers 1 --json
is "$(wc -l <<<"$out")" 3 "an object a unit"
like "$out" '"unit":"龙场镇","role":"co","answer":"HY-2026-000004","answers":1,.*"late":[0-9]+,"figures":' "with the same facts"
script -qec "stty cols 80; '$huiying' --home '$home' case answers 1" /dev/null >"$tmp/narrow" 2>/dev/null </dev/null
is "$(awk '{ sub(/\r$/, "") } /^市|^龙/' "$tmp/narrow" | tr '\n' ' ')" "市人社局 市住建局 龙场镇 " "a narrow terminal: one below the other"
super respond reject 6 --reason 无实质内容
watch case answers 1
like "$out" '^answer +HY-2026-000005 \(of 3\) +HY-2026-000003 \(of 2\)' "a rejected one gives way to the one before"

# --- 转载充当回应
news="记者从有关方面获悉，针对某项目部拖欠农民工工资一事，联合工作组已进驻项目现场，逐一核对工人考勤和工资发放表，查明拖欠金额八十六万元，并要求总承包单位限期支付。"
rss "$tmp/n.xml" "工作组进驻某项目部" https://a.example.com/n g9 "$news"
warc_date=2026-10-01T00:30:00Z
warc_answer "$home/spool/n.warc.gz" https://a.example.com/feed.xml a "" feed "$tmp/n.xml"
watch ingest -q
answer 龙场镇 "$news"
like "$err" 'check: repost - mostly the words of an earlier item of another publisher: I[0-9]* 100%' "转载充当回应"
super respond reject "$answer_id" --reason 转载不是回应
is "$rc" 0 "a person rejects it"
watch show 1
like "$out" 'response due 2026-09-30 09:00, late' "and the clock runs on"
super respond accept 5
watch show 1
like "$out" 'response due 2026-09-30 09:00, met 2026-10-01 09:00 by HY-2026-000005 - late' "until an answer of one's own is accepted, at its publication"
as 丁 admin audit rebuild
is "$rc" 0 "all of it comes out of the events"
