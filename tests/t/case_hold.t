#!/bin/bash
# Signing, returning, who held a case and whose lateness it is; acts that a unit rings in;
# consultations, instructions, leads handed over.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 99
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
unit() { as 丙 unit "$@"; }
# holding UNIT MEMBER: of the case that $out shows as JSON
holding() {
	printf '%s' "$out" | python3 -c '
import json, sys
for h in json.load(sys.stdin)["holding"]:
    if (h.get("unit") or "") == sys.argv[1]:
        print(json.dumps(h.get(sys.argv[2]), ensure_ascii=False))' "$1" "$2"
}
event() { sqlite3 "$home/ledger.db" "SELECT \"for\" FROM events WHERE kind = '$1' ORDER BY seq DESC LIMIT 1"; }

# --- signing (签收)
new_row "某项目部拖欠工资"
watch case open 1 --grade 一般 --lead 市人社局 --co 市住建局
like "$err" 'the units sign \(签收\) by 2026-09-29 09:00, give it back \(退回\) by 2026-09-30 23:59' "opening says until when"
watch show 1
like "$out" 'unsigned +市人社局、市住建局' "nobody has signed yet"
export HUIYING_NOW=2026-09-28T03:00:00Z
unit case sign 1
is "$rc" 2 "who signs must be said"
unit case sign 1 --unit 人社据
is "$rc" 2 "a unit that is none"
like "$err" 'did you mean 市人社局' "brings the nearest"
unit case sign 1 --unit 市财政局
is "$rc" 1 "who does not hold it"
like "$err" '市财政局 does not hold YQ-2026-000001' "is told so"
unit case sign 1 --unit 市人社局 --at "2026-09-28 08:00"
is "$rc" 2 "signed before it was given"
unit case sign 1 --unit 市人社局 --at "2026-09-28 12:00"
is "$rc" 2 "signed in the future"
unit case sign 1 --unit 人社局 --at "2026-09-28 10:00"
is "$rc $out" "0 YQ-2026-000001 signed by 市人社局 (签收) at 2026-09-28 10:00" "signed"
unit case sign 1 --unit 市人社局
is "$rc" 1 "once"
like "$err" '市人社局 signed at 2026-09-28 10:00, entered by 丙' "says when"
watch show 1
like "$out" 'unsigned +市住建局' "one is left"
watch show 1 --json
is "$(holding 市人社局 seconds_to_sign)" 3600 "an hour from given to signed"
like "$out" '"clock":"sign","state":"met".*"who":"市人社局"' "its limit is met"
as 丁 admin case sign 1 --unit 市住建局
is "$rc" 1 "not everybody enters it"

# --- a unit rings (--by-phone), a unit must be one (--for)
unit case sign 1 --by-phone 值班室
is "$rc" 2 "a post without its unit"
unit case sign 1 --unit 市住建局 --by-phone 值班室
is "$rc" 0 "a post of the unit rings"
is "$(event case.signed/1)" '{"how":"phone","post":"值班室","unit":"市住建局"}' "who really acted is in the event"
unit case sign 1 --unit 市住建局 --by-phone 值班室 --how paper
is "$rc" 2 "two ways at once"
unit case sign 1 --unit 市住建局 --by-phone 张某
is "$rc" 2 "a person is no post"
watch release S1 --for 某某局
is "$rc" 2 "--for: a unit of units.conf"
watch register - --title 某事 --post 值班室 --how phone
is "$rc" 2 "--post: whose it is"
watch register - --title 某事 --how fax
like "$err" '--how is phone, paper or OA' "--how: one of three"
watch register - --title 某事一 --for 人社局 --post 值班室 --how 电话 --text 讨薪
is "$(event story.registered/1)" '{"how":"phone","post":"值班室","unit":"市人社局"}' "under its own name"

# --- returning (退回): its limit, the office in between
unit case return 1 --for 市住建局 --reason 不属本局 --by-phone 办公室
is "$rc $out" "0 YQ-2026-000001 returned by 市住建局 (退回)" "a co-unit returns it"
is "$(event case.returned/2)" '{"how":"phone","post":"办公室","unit":"市住建局"}' "by telephone"
watch show 1 --json
version=$(grep -o '"version":[0-9]*' <<<"$out" | head -1 | cut -d: -f2)
unit case return 1 --unit 市人社局 --reason 不属本局 --seen $((version - 1))
is "$rc" 1 "--seen: who saw another version"
export HUIYING_NOW=2026-09-30T16:30:00Z
unit case return 1 --unit 市人社局 --reason 不属本局
is "$rc" 1 "after the limit"
like "$err" '市人社局 could give it back until 2026-09-30 23:59 \(return-any: 本办交办规则' "is told which and why"
unit case return 1 --unit 市人社局 --reason 不属本局 --late
is "$rc" 1 "a unit does not let itself pass"
super tick
unlike "$(sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = 'limit.reached/2'")" '"what":"return"' "a right that is over is nobody's lateness"
unit case return 1 --unit 市人社局 --reason 不属本局
is "$rc" 1 "over it stays"
super case return 1 --unit 市人社局 --reason 不属本局 --late
is "$rc $out" "0 YQ-2026-000001 returned by 市人社局 (退回)" "a supervisor enters it"
like "$err" 'is with the office until it is assigned' "says whose it is now"
watch case list
like "$out" '\(the office\)' "the list does not name the unit that gave it back"
watch show 1
like "$out" 'held by +the office since 2026-10-01 00:30' "show neither"
watch due
unlike "$out" 'response +YQ-2026-000001 +市人社局' "nor what is due"
watch show 1 --json
like "$out" '"returns":2,' "the returns are counted"

# --- 退回两次由 --final 定
watch case assign 1 --lead 市人社局 --reason 还是你局
is "$rc" 1 "退回两次由 --final 定: not to the one that gave it back"
like "$err" '市人社局 gave YQ-2026-000001 back before' "it says who"
watch case assign 1 --lead 市自然资源局
is "$rc" 1 "退回两次由 --final 定: nor to a third"
like "$err" 'came back 2 times; a supervisor settles it: --final --reason' "it says how"
watch case assign 1 --lead 市人社局 --final --reason 欠薪归人社
is "$rc" 1 "not by watch staff"
super case assign 1 --lead 市人社局 --final
is "$rc" 2 "not without a reason"
super case assign 1 --lead 市人社局 --co 市住建局 --final --reason 欠薪归人社
is "$rc $out" "0 YQ-2026-000001 assigned: lead 市人社局, 1 co-units" "退回两次由 --final 定: settled"
like "$err" 'the units sign \(签收\) by' "退回两次由 --final 定: they sign for it"
unlike "$err" '退回|case return' "退回两次由 --final 定: and are told of no way back"
watch due --within 30d
unlike "$out" 'giving it back' "退回两次由 --final 定: no limit for giving it back runs"
unit case return 1 --unit 市人社局 --reason 再退
is "$rc" 1 "退回两次由 --final 定: it is not given back any more"
like "$err" 'was settled by 乙 \(--final\): 市人社局' "it says by whom"
watch case assign 1 --lead 市自然资源局
is "$rc" 1 "nobody takes it away by the way"
watch show 1 --json
is "$(holding "" held_seconds)" "" "the office held it for no time"
like "$out" '"final":"市人社局"' "the record says where it stays"

# --- who keeps its role keeps its signature
unit case sign 1 --unit 市人社局
super case assign 1 --lead 市人社局 --co 龙场镇 --final --reason 换协办
watch show 1
like "$out" 'unsigned +龙场镇$' "the lead need not sign again"
watch show 1 --json
is "$(grep -o '"clock":"sign","state":"running"' <<<"$out" | wc -l)" 1 "one limit to sign runs"

# --- 两个单位、一个迟到
export HUIYING_NOW=2026-10-08T01:00:00Z
watch register - --title "某小区工地欠薪" --text "两家单位都有责任，工人讨薪。"
row=${out%% *}
watch case open "$row" --grade 一般 --lead 市人社局 --co 市住建局
case_id=${out%% *}
export HUIYING_NOW=2026-10-09T01:00:00Z
new_answer "$case_id" "$measure"
super respond accept "$answer_id"
export HUIYING_NOW=2026-10-11T01:00:00Z
watch respond "$case_id" --unit 市住建局 --url https://www.example.gov.cn/b.html --text "市住建局已责令该项目停工整改，涉及总包企业1家，10月20日前完成。"
super respond accept "${out%% *}"
watch show "$case_id" --json
is "$(holding 市人社局 late)" false "两个单位、一个迟到: the one in time is not late"
is "$(holding 市住建局 late)" true "两个单位、一个迟到: the other is"
is "$(holding 市住建局 held_seconds)" $((3 * 86400)) "how long it had the case"
watch show "$case_id" --why
like "$out" 'holding +市住建局: held 3d0h, not signed yet, answered 2026-10-11 09:00 - late' "--why tells it"

# --- who answered has taken it on
unit case return "$case_id" --unit 市人社局 --reason 不属本局
is "$rc" 1 "已答复的不得退回: after its own accepted answer it is not given back"
like "$err" '市人社局 answered YQ-2026-00000[0-9] \(HY-2026-00000[0-9], accepted\): it is not given back any more' "it says which answer"

# --- lateness to the holder at the due time: who had given it back is not late
watch register - --title "某公路欠薪" --text "工人讨薪。"
watch case open "${out%% *}" --grade 一般 --lead 市交通运输局
moved=${out%% *}
export HUIYING_NOW=2026-10-12T01:00:00Z
unit case return "$moved" --unit 市交通运输局 --reason 属人社局
export HUIYING_NOW=2026-10-12T03:00:00Z
watch case assign "$moved" --lead 市人社局
export HUIYING_NOW=2026-10-14T01:00:00Z
super tick
like "$(sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = 'limit.reached/2' AND subject = '$moved' AND payload LIKE '%\"response\"%' AND payload LIKE '%\"due\"%'")" '"unit":"市人社局"' "the limit names who held it"
watch show "$moved" --json
is "$(holding 市交通运输局 late) $(holding 市人社局 late)" "false true" "late is who held it when it fell due"
is "$(holding "" held_seconds)" 7200 "two hours with the office"

# --- 会商
export HUIYING_NOW=2026-10-14T02:00:00Z
watch case consult "$moved" --conclusion 由人社局牵头
is "$rc" 2 "a consultation needs who met"
watch case consult "$moved" --with 人社局 --with 公安局
is "$rc" 2 "and what came of it"
watch case consult "$moved" --with 人社局 --with 公安局 --conclusion "统一口径" --wording "已立案调查" --grade 较大
is "$rc $out" "0 $moved consultation 1 (会商) with 2 units" "a consultation"
watch show "$moved" --json
like "$out" '"grade":"较大"' "its grade is set at once"
like "$out" '"consultations":\[\{"n":1,"held":"2026-10-14T02:00:00Z","units":\["市人社局","市公安局"\],"conclusion":"统一口径","wording":"已立案调查","grade":"较大"' "it is on record"
watch case consult "$moved" --with 人社局 --third-party 某公司 --question 工资表
is "$rc" 2 "one thing at a time"

# --- a third party is asked: limits that allow it stand still
watch case consult "$moved" --answered 有
is "$rc" 1 "an answer to nothing"
watch case consult "$moved" --third-party 某建筑公司 --question 工资表
is "$rc $out" "0 $moved question 1 to 某建筑公司" "a question"
like "$err" 'its answer is due 2026-11-04 23:59 \(consult-third-party\)' "fifteen working days"
like "$err" 'no limit of it stands still' "no limit of a plain case does"
watch case consult "$moved" --third-party 某公司 --question 另一
is "$rc" 1 "one question at a time"
watch case consult "$moved" --answered 已提供
is "$rc $out" "0 $moved question 1 is answered" "its answer"

# --- 批示
watch case instruct "$moved" --by 张某 --kind 急件 --text 速办
is "$rc" 2 "a post, no person"
watch case instruct "$moved" --by 市长 --kind 特急 --text 速办
is "$rc" 2 "a kind that has a limit"
watch case instruct "$moved" --by 市长 --kind 一般 --days 3 --text 速办
is "$rc" 2 "a shorter limit where the rule has none"
watch case instruct "$moved" --by 市长 --kind 急件 --days 6 --text 速办
is "$rc" 2 "a longer one than the rule's"
watch case instruct "$moved" --by 市长 --kind 急件 --text 五日内办结
is "$rc $out" "0 $moved instruction 1 by 市长: due 2026-10-19 23:59 (instruct-urgent)" "急件: five days"
watch case instruct "$moved" --by 分管副市长 --kind 急件 --days 1 --text 一日 --unit 市住建局
like "$out" 'instruction 2 by 分管副市长: due 2026-10-15 23:59' "one day, of another unit"
watch case instruct "$moved" --by 市长 --kind 难件 --text 三十日
like "$out" 'instruction 3 by 市长: due 2026-11-13 23:59 \(instruct-hard\)' "难件: thirty days"
export HUIYING_NOW=2026-10-16T02:00:00Z
watch due
like "$out" '2026-10-15 23:59 .*instruction +'"$moved"' +市住建局' "what is due names the unit"
unit case instruct "$moved" --done 1 --on 2026-10-13
is "$rc" 2 "done before it was given"
unit case instruct "$moved" --reported 1
is "$rc" 1 "a unit does not report for itself"
watch case instruct "$moved" --reported 1
is "$rc" 1 "nor before it is done"
unit case instruct "$moved" --done 1 --on 2026-10-15 --text 已发放 --by-phone 办公室
is "$rc" 0 "done, told by telephone"
is "$(event case.instruction_done/1)" '{"how":"phone","post":"办公室","unit":"市人社局"}' "by the unit that was told"
like "$err" 'its report is due 2026-10-22 23:59 \(report-done\)' "the report has seven days"
watch case instruct "$moved" --reported 1
is "$rc" 0 "reported"
watch case instruct "$moved" --done 9
is "$rc" 3 "an instruction that is not there"

# --- 线索移交
watch case handover "$moved" --to 某人 --on 2026-10-15
is "$rc" 2 "to a unit"
watch case handover "$moved" --to 公安局 --on 2026-10-15 --document 凯线移〔2026〕1号
is "$rc" 0 "a lead is handed over"
watch show "$moved"
like "$out" 'lead to +市公安局  2026-10-15  凯线移〔2026〕1号' "the tick is shown"

# --- a row that came back starts its case when it came back
watch register https://news.example.com/old.html --title "某旧事欠薪" --text "工人讨薪。"
old=${out%% *}
watch dismiss "$old" --outcome 知悉 --note 已了解
export HUIYING_NOW=2027-05-10T01:00:00Z
watch register https://news.example.com/old.html --title "某旧事欠薪" --text "工人讨薪。"
watch case open "$old" --grade 一般 --lead 市人社局
late=${out%% *}
watch show "$late" --json
like "$out" '"discovered":"2027-05-10T01:00:00Z","clock_start":"2027-05-10T01:00:00Z"' "a row that came back starts its case then"

# One that a person had decided wrongly keeps its first clock.
watch register - --title "误判的欠薪" --text "工人讨薪。"
wrong=${out%% *}
watch dismiss "$wrong" --outcome 误报 --reason 宣传
export HUIYING_NOW=2027-05-14T01:00:00Z
super story reopen "$wrong" --reason 判错了
watch case open "$wrong" --grade 一般 --lead 市人社局
watch show "${out%% *}" --json
like "$out" '"discovered":"2027-05-10T01:00:00Z","clock_start":"2027-05-10T01:00:00Z"' "our own mistake does not look on time"

watch audit rebuild
is "$rc" 0 "what is shown is what the events give"
