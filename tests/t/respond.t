#!/bin/bash
# Responses: what the program notices, who decides, what stops the clock.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 62
office_init
one_source "$home"
export HUIYING_NOW=2026-09-28T01:00:00Z
new_case "某项目部拖欠农民工工资"
is "$case_id" YQ-2026-000001 "a case"

# --- entering
new_answer 1 "$measure"
is "$rc" 0 "an answer with a measure"
like "$out" 'HY-2026-000001 recorded for YQ-2026-000001 as measure' "its kind is guessed from its words"
unlike "$err" 'check:' "and nothing is remarkable"
watch show r1 --json
like "$out" '"state":"pending","checks":""' "it waits"
like "$out" '"channel":"市政府网站","class":"政府网站"' "on a registered channel"
watch show 1 --json
like "$out" '"clock":"response","state":"running"' "the clock runs on"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a.html
is "$rc" 2 "an answer without words"
watch respond 1 --unit 市人社局 --url ftp://www.example.gov.cn/a --text x
is "$rc" 2 "a link that is not http"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a --text x --kind praise
is "$rc" 2 "an unknown kind"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a --text x --published 2026-09-29
is "$rc" 2 "published in the future"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a --text x --channel 没有的
is "$rc" 3 "a channel that is not registered"
printf '\377\376' >"$tmp/bad.txt"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a --file "$tmp/bad.txt"
is "$rc" 3 "invalid UTF-8"

# --- what is noticed
new_answer 1 "我市高度重视，将进一步加强管理，切实维护群众合法权益。"
like "$err" 'check: slogan - no measure, unit, date or number: 高度重视、加强管理、切实维护、合法权益' "only words: slogan, and which"
watch show "$answer_id" --json
like "$out" '"state":"pending","checks":"slogan","found":\[{"check":"slogan","reason":"高度重视、加强管理、切实维护、合法权益"}\]' "the reason is stored; it waits"
new_answer 1 "关于拖欠工资：核查发现86万元。" --json
like "$out" '"checks":""' "a number and a measure are no slogan"
watch respond 1 --unit 市人社局 --url https://elsewhere.example.com/a --text "$measure"
like "$err" 'check: unregistered' "a page elsewhere: unregistered"
watch respond 1 --unit 市人社局 --text "$measure"
like "$err" 'check: unregistered' "no page at all: unregistered"
new_answer 1 "本周末市图书馆将举办读书会，欢迎广大市民朋友踊跃报名参加，活动时间为9月30日上午。"
like "$err" 'check: off-topic - hardly a word in common with what it answers; it does not mention: 拖欠农民工工资' "something else: off-topic, and what is missing"
new_answer 1 "經核查，項目部拖欠農民工工資屬實，已責令總承包單位墊付，共86萬元。"
unlike "$err" 'check: ' "traditional characters: nothing"
new_answer 1 "事项	结果
拖欠农民工工资	属实
金额	86万元"
unlike "$err" 'check: ' "a table: nothing"
new_answer 1 "详见附件。"
like "$err" 'check: slogan - no measure, unit, date or number$' "only an attachment: slogan"
unlike "$err" 'off-topic' "it says too little to be off topic"
new_answer 1 "您好！您的来信（编号20260928001）收悉，具体情况请拨打0859-4251506咨询。2026年9月28日"
like "$err" 'check: slogan' "only a telephone: slogan"
new_answer 1 "好"
like "$err" 'check: slogan' "one character: slogan"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a.html --text "$measure" --published 2025-09-28
like "$err" 'check: early - published before what it answers' "a year before the matter: early"
news="记者从有关方面获悉，针对某项目部拖欠农民工工资一事，联合工作组已进驻项目现场，逐一核对工人考勤和工资发放表，查明拖欠金额八十六万元，并要求总承包单位限期支付。"
rss "$tmp/n.xml" "工作组进驻某项目部" https://a.example.gov.cn/n g9 "$news"
warc_date=2026-09-28T02:00:00Z
warc_answer "$home/spool/n.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/n.xml"
export HUIYING_NOW=2026-09-28T05:00:00Z
watch ingest -q
new_answer 1 "$news"
like "$err" 'check: repost - mostly the words of an earlier item of another publisher: I[0-9]* 100% https://a.example.gov.cn/n$' "转载冒充回应: another publisher's words: repost, and whose"
unlike "$err" 'repeated' "nobody has answered so"
repost_id=$answer_id
watch show "$repost_id" --json
like "$out" '"state":"pending","checks":"repost","found":\[{"check":"repost","reason":"I[0-9]* 100% https://a.example.gov.cn/n"}\]' "stored; it waits"
new_answer 1 "$news 另查明工人34名。"
like "$err" "check: repeated - the same text as an earlier answer: $repost_id\$" "nearly the words of an earlier answer: repeated"
new_answer 1 "市人社局核实如下：联合工作组已进驻项目现场。总承包单位9月30日前垫付工资86万元，涉及工人34名，逾期由市人社局立案，并移送行业主管部门记入信用档案。"
unlike "$err" 'repost' "words of its own: no repost"
watch respond 1 --unit 市人社局 --url https://a.example.gov.cn/n --text "市人社局已责令项目部9月30日前付清工资48万元，处罚3万元。"
like "$err" 'check: repost - .*: I[0-9]* 100% https://a.example.gov.cn/n$' "another publisher's page: repost"
new_answer 1 "$news" --published 2026-09-28T01:30:00Z
unlike "$err" 'repost' "published before the item: no repost"
# Of several the earliest is named: not the first that came in, nor the most or least alike.
flood="昨夜暴雨后某街道多处积水，一处地下车库被淹，救援人员连夜用水泵排水，转移居民六十余人，安置在附近学校体育馆，供电部门清晨恢复了三个小区的供电，道路清淤仍在继续。"
more=""
for at in late:04:00 first:01:40 middle:02:30; do
	name=${at%%:*}
	rss "$tmp/$name.xml" "某街道积水 $name" "https://a.example.gov.cn/$name" "$name" "$flood$more"
	[ $name = late ] && more="记者将继续关注。" || more="气象台预计今晚仍有雷阵雨，请市民减少外出。"
	warc_date=2026-09-28T${at#*:}:00Z
	warc_answer "$home/spool/$name.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/$name.xml"
	watch ingest -q
done
warc_date=2026-09-28T02:00:00Z
new_answer 1 "$flood"
like "$err" 'check: repost - .* 100% https://a.example.gov.cn/first$' "the earliest of several is named"
own="市人社局通报某项目部拖欠工资处置进展：专班逐一核对考勤表和工资表，查明欠薪四十二万元，涉及木工班组二十一人，总承包单位已把款项存入农民工工资专用账户，由银行代发。"
rss "$tmp/o.xml" "处置进展通报" https://www.example.gov.cn/t/2 g10 "$own"
warc_answer "$home/spool/o.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/o.xml"
watch ingest -q
export HUIYING_NOW=2026-09-28T05:10:00Z
new_answer 1 "$own"
unlike "$err" 'repost' "our own channel had it first: no repost"

# --- the matter's own words
complaint="某小区二号楼居民求助：自来水连续五天发黄发臭，水龙头里流出铁锈一样的水，老人孩子都不敢喝，物业说是水厂的事，水厂说是管道的事，没有人管，请尽快处理。"
new_row "某小区自来水发黄发臭" "$complaint"
watch case open "${out%% *}" --grade 一般 --lead 市人社局
new_answer 2 "您好！您反映的问题收悉：$complaint 感谢您的关注。"
like "$err" 'check: quote - mostly the words of what it answers$' "the complaint and nothing more: quote"
new_answer 2 "您反映“自来水连续五天发黄发臭”。经查，二号楼水箱三年未清洗，9月26日已放空消毒，水厂连续取样12次，浊度和余氯合格；铸铁立管锈蚀，10月8日前由供水公司更换成不锈钢管。"
unlike "$err" 'check: \(quote\|off-topic\|slogan\)' "a quotation and an answer: nothing"
watch case grade 1 重大 --reason 人数增加 -q
export HUIYING_NOW=2026-09-28T07:00:00Z
new_answer 1 "$measure"
like "$err" 'check: late' "after the limit: late"
like "$err" 'check: few-channels' "a major case on one class of channels"
watch show "$answer_id"
like "$out" '^check      published after its limit$' "show says in words what was noticed"

# --- by a unit that does not hold the case
watch respond 1 --unit 市住建局 --url https://www.example.gov.cn/z.html --text "市住建局核查发现该项目部拖欠工资86万元，已责令总包单位9月30日前付清。"
like "$err" 'check: not-holder - not among the units that hold the case: 市人社局$' "another unit's answer: not-holder"
other=${out%% *}
watch show "$other"
like "$out" '^check +not among the units that hold the case: 市人社局$' "kept, and shown"
watch show "$other" --json
like "$out" 'not-holder' "in JSON too"
super respond reject "$other" --reason "不是承办单位" -q
is "$rc" 0 "a person decides"
new_answer 1 "$measure"
unlike "$err" 'not-holder' "the lead's own: no remark"
super respond reject "$answer_id" --reason 重复 -q

# --- deciding
watch respond accept 1
is "$rc" 1 "watch staff do not accept"
as 甲 supervisor respond accept 1
is "$rc" 1 "nor does the one who entered it"
like "$err" 'another person must decide' "two persons"
super respond reject 2
is "$rc" 2 "rejecting needs a reason"
super respond reject 2 --reason "没有措施"
is "$rc $out" "0 HY-2026-000002 rejected; the clock of YQ-2026-000001 runs on" "reject"
watch show 1 --json
like "$out" '"clock":"response","state":"running"' "and it does"
super respond accept 2
like "$err" 'HY-2026-000002 was rejected by 乙' "decided once"
super respond accept hy-2026-1
is "$rc $out" "0 HY-2026-000001 accepted for YQ-2026-000001" "accept"
watch show 1 --json
like "$out" '"clock":"response","state":"met","due":"2026-09-28T06:00:00Z","late":false,"met":"2026-09-28T01:00:00Z","met_by":"HY-2026-000001"' "the clock stopped at its publication, not at the decision"
like "$out" '"clock":"press","state":"running"' "the press conference is still due"
watch respond 1 --unit 市人社局 --press --url https://www.example.gov.cn/p.html --text "$measure"
super respond accept "${out%% *}"
watch show 1 --json
like "$out" '"clock":"press","state":"met"' "until it was held"
super respond accept 99
is "$rc" 3 "a response that is not there"
super respond accept c1
is "$rc" 2 "a commitment is no response"

# --- standard input
printf '%s\n' "$measure" | "$huiying" --home "$home" respond 1 - --unit 市人社局 --url https://www.example.gov.cn/b.html --actor 甲 --role watch >"$tmp/o" 2>/dev/null
like "$(cat "$tmp/o")" '^HY-2026-0000[0-9]* recorded' "- reads standard input"

# --- the words are texts, not payload
grep -aq 高度重视 "$home/ledger.db"
ok_if $? "the words are in the ledger"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and the projections rebuild"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
