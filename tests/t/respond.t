#!/bin/bash
# Responses: what the program notices, who decides, what stops the clock.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 40
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
like "$err" 'check: slogan' "only words: slogan"
new_answer 1 "关于拖欠工资：核查发现86万元。" --json
like "$out" '"checks":""' "a number and a measure are no slogan"
watch respond 1 --unit 市人社局 --url https://elsewhere.example.com/a --text "$measure"
like "$err" 'check: unregistered' "a page elsewhere: unregistered"
watch respond 1 --unit 市人社局 --text "$measure"
like "$err" 'check: unregistered' "no page at all: unregistered"
new_answer 1 "本周末市图书馆将举办读书会，欢迎广大市民朋友踊跃报名参加，活动时间为9月30日上午。"
like "$err" 'check: off-topic' "something else: off-topic"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a.html --text "$measure" --published 2025-09-28
like "$err" 'check: early - published before what it answers' "a year before the matter: early"
news="记者从有关方面获悉，针对某项目部拖欠农民工工资一事，联合工作组已进驻项目现场，逐一核对工人考勤和工资发放表，查明拖欠金额八十六万元，并要求总承包单位限期支付。"
rss "$tmp/n.xml" "工作组进驻某项目部" https://a.example.gov.cn/n g9 "$news"
warc_date=2026-09-28T02:00:00Z
warc_answer "$home/spool/n.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/n.xml"
export HUIYING_NOW=2026-09-28T05:00:00Z
watch ingest -q
new_answer 1 "$news"
like "$err" 'check: repost' "another publisher's words: repost"
watch case grade 1 重大 --reason 人数增加 -q
export HUIYING_NOW=2026-09-28T07:00:00Z
new_answer 1 "$measure"
like "$err" 'check: late' "after the limit: late"
like "$err" 'check: few-channels' "a major case on one class of channels"
watch show "$answer_id"
like "$out" '^check      published after its limit$' "show says in words what was noticed"

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
