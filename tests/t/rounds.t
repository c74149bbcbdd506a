#!/bin/bash
# Rounds of checking: everything open is a line; none stands blank when it closes; the bulletin.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 43
office_init
export HUIYING_NOW=2026-09-25T01:00:00Z

super round open
is "$rc" 2 "a round needs a name"
super round open --name "空轮"
is "$rc $out" "0 DC-2026-000001 opened: 0 lines" "nothing is open"
super round close 1
like "$out" '本次检查共列入 0 项：完成 0 项（—）' "of nothing there is no share"

new_case "某项目部拖欠农民工工资"
new_answer 1 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
watch commitment add 1 --quote "已责令项目部整改" --undated -q
new_case "第二处拖欠工资讨薪"
watch respond 2 --unit 市住建局 --url https://www.example.gov.cn/b.html --text "市住建局已责令该项目部停工。市住建局将于10月15日前完成整改并公布结果。"
super respond accept "${out%% *}" -q
watch commitment add 2 --sentence 2 --due 2026-10-15 -q
watch commitment add 2 --quote "已责令该项目部停工" --due 2026-09-26 -q
watch round open --name x
is "$rc" 1 "watch staff open none"
super round open --name "三季度承诺事项检查"
is "$rc $out" "0 DC-2026-000002 opened: 4 lines" "every open promise is a line"
watch commitment add 1 --quote "涉及工人34名" --undated -q
watch round show 2 --json
is "$(grep -o '"line":[0-9]*,"subject":"[^"]*","unit":"[^"]*","due":"[^"]*"' <<<"$out" | sed 's/"[a-z]*"://g' | tr -d '"' | paste -sd';')" \
	"1,CN-2026-000001,市人社局,2026-09-30;3,CN-2026-000003,市住建局,2026-10-15;4,CN-2026-000004,市住建局,2026-09-26" \
	"dated ones with their dates"
like "$out" '"line":2,"subject":"CN-2026-000002","unit":"市人社局"}' "and the undated one"

# --- marking
export HUIYING_NOW=2026-10-01T01:00:00Z
watch tick
export HUIYING_NOW=2026-10-12T01:00:00Z
super round close 2 --json
is "$rc $(grep -o '"line":' <<<"$out" | wc -l)" "1 4" "refused, every blank line listed"
watch round mark 2 1
is "$rc" 2 "a line needs a result"
watch round mark 2 1 --result 好
like "$err" '推进中 \(going\)' "of those that there are"
watch round mark 2 9 --result 推进中
is "$rc" 3 "a line that is not there"
watch round mark 2 5-3 --result 推进中
is "$rc" 2 "a span that is none"
watch round mark 2 c1 --result 滞后 --note "资金未到位"
is "$rc $out" "0 DC-2026-000002: 1 line marked, 3 blank" "by the id of what it is about"
watch round mark 2 2-3 --result going
is "$out" "DC-2026-000002: 2 lines marked, 1 blank" "a span, in English words"
super round close 2
is "$rc" 1 "still a blank one"
like "$out" '^line [0-9] +CN-2026-00000[24] ' "it is named"
watch round show 2 --blank --json
is "$(grep -o '"line":' <<<"$out" | wc -l)" 1 "--blank shows it"
watch round mark 2 4 --result 推进中 --settled
is "$rc" 2 "either lines or --settled"
watch round mark 2 --settled
is "$out" "DC-2026-000002: 0 lines marked, 1 blank" "nothing is settled"
as 丙 unit commitment claim c4 --done-on 2026-09-25 --for 市住建局
super commitment verify c4 -q
echo 停工通知书 >"$tmp/stop.txt"
watch evidence add c4 --file "$tmp/stop.txt"
watch round mark 2 2 --result 未启动
watch round mark 2 3 --result 推进中
super commitment extend c1 --to 2026-12-31 --reason "资金未到位" -q
super round open --name "第二轮"
super round mark 3 --settled
is "$out" "DC-2026-000003: 1 line marked, 4 blank" "--settled marks what is verified with evidence"
watch round show 3 --json
like "$out" '"subject":"CN-2026-000004","unit":"市住建局","due":"2026-09-26","result":"完成"' "as 完成"

like "$out" '"subject":"CN-2026-000001","unit":"市人社局","due":"2026-09-30"' "a later date that does not count moves no line"

# --- closing
watch round mark 2 4 --result 无法完成
watch round close 2
is "$rc" 1 "watch staff close none"
super round close 2 --file "$tmp/bulletin.txt"
is "$rc" 0 "closed"
text=$(cat "$tmp/bulletin.txt")
like "$text" '本次检查共列入 4 项：完成 0 项（0.0%），推进中 1 项，滞后 1 项，未启动 1 项，无法完成 1 项。' "totals balance"
like "$text" '市人社局（2 项）' "laggards by unit"
like "$text" '第 1 项　CN-2026-000001　滞后　时限 2026-09-30，逾期 12 天' "by number, with the days"
like "$text" '说明：资金未到位' "with what was found"
like "$text" '督办：DB-2026-000001（蓝）' "and the orders that went out about them"
super round close 2
like "$err" 'was closed by 乙' "once"
watch round mark 2 1 --result 完成
is "$rc" 1 "no line is marked afterwards"
watch round show 2
like "$out" '关于“三季度承诺事项检查”的通报' "the bulletin is kept"
watch round list --json
is "$(grep -c '"id":"DC-' <<<"$out")" 3 "every round is listed"

# --- what is marked is held against dates and the ledger
export HUIYING_NOW=2026-10-20T01:00:00Z
super round open --name "第四轮" -q
watch round mark 4 c1 --result 推进中 -q
watch round mark 4 c2 --result 推进中 -q
watch round mark 4 c3 --result 完成 -q
watch round mark 4 c4 --result 完成 -q
watch round mark 4 c5 --result 推进中 -q
super round close 4 --file "$tmp/fourth.txt"
is "$rc" 0 "a round in which nothing is marked 滞后"
text=$(cat "$tmp/fourth.txt")
late=$(sed -n '/^一、/,/^二、/p' <<<"$text")
like "$late" 'CN-2026-000001　推进中　时限 2026-09-30，逾期 20 天' "通报点名: 推进中 beyond its date is named all the same"
unlike "$late" 'CN-2026-000002' "an undated one is not"
unverified=$(sed -n '/^三、/,$p' <<<"$text")
like "$unverified" '^三、标记完成、台账尚无核验的事项' "完成 that nobody verified stands apart"
like "$unverified" 'CN-2026-000003　完成' "by its number"
unlike "$unverified" 'CN-2026-000004' "what is verified with evidence does not"
like "$text" '完成 2 项（40.0%），其中台账未核验 1 项，推进中 3 项' "and the totals say so"
super round open --name "第五轮" -q
for i in c1 c2 c3 c5; do watch round mark 5 "$i" --result 滞后 -q; done
watch round mark 5 c4 --result 完成 -q
super round close 5 --file "$tmp/fifth.txt" -q
unlike "$(cat "$tmp/fifth.txt")" '^三、' "no such part where all is verified"
unlike "$(cat "$tmp/fifth.txt")" '其中台账未核验' "nor a word in the totals"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "audit rebuild"
