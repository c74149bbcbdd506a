#!/bin/bash
# The papers about a case: the brief (舆情专报) and the units' sheets (交办单).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 41
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
# widest: display columns of the widest line of $out
widest() {
	printf '%s\n' "$out" | python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in l.rstrip("\n\f")) for l in sys.stdin))'
}
# stray: control characters but the ends of lines and pages
stray() { printf '%s' "$out" | LC_ALL=C tr -d '\n\f' | LC_ALL=C grep -c '[[:cntrl:]]'; }

long=$(printf '某项目部拖欠工人工资，工人多次到现场反映“至今未发”（附名单）；%.0s' $(seq 30))
watch register - --title "某项目部拖欠工资$(printf '\033[31m')，请打13912345678" --text "$long 身份证52260119900307123X，联系人：王小明，电话13812345678。"
watch case open 1 --grade 重大 --lead 市人社局 --co 龙场镇 --place 龙场镇 --category b,d --reason "涉及34人"
watch case consult 1 --with 市人社局 --with 市公安局 --conclusion 统一口径 --wording "已立案调查，欠薪名单已核实，联系13812345678。"
watch case instruct 1 --by 市长 --kind 急件 --text "三日内办结。"

# --- the brief
watch case brief 1
is "$rc" 0 "a brief"
[ "$(widest)" -le 72 ]
ok_if $? "no line is wider than the page ($(widest))"
is "$(stray)" 0 "no control character but the ends of lines"
is "$(printf '%s\n' "$out" | grep -c ' $')" 0 "no blanks at the ends of lines"
unlike "$out" '13812345678|13912345678|52260119900307123X|王小明' "personal data is hidden"
like "$out" 'Case +YQ-2026-000001' "its number"
like "$out" 'Grade +重大 \(suggested: .*\); set by 甲 at 2026-09-28 09:00: ' "grade, by whom, why"
like "$out" 'Answer due +2026-09-28 14:00' "the limit"
like "$out" '国办发〔2016〕80号' "with the paper it comes from"
like "$out" 'Press due +2026-09-29 09:00' "the press conference"
like "$out" 'Lead unit +市人社局 \(not signed\)' "the lead"
like "$out" 'Helping +龙场镇 \(not signed\)' "who helps"
like "$out" 'Coordinates +市政府办公室、市委宣传部' "who coordinates"
like "$out" 'Wording +已立案调查，欠薪名单已核实，联系\*\*\*。' "the wording, masked"
like "$out" 'Instructions +市长 \(急件\): 三日内办结。' "the leader's instruction"
is "$(printf '%s\n' "$out" | grep -c '……\|…$')" 1 "300 characters of the text"
is "$(printf '%s\n' "$out" | grep -c '^[，。；：）”]')" 0 "no line begins with what closes"
is "$(printf '%s\n' "$out" | grep -c '[（“]$')" 0 "none ends with what opens"
like "$out" 'No\. _+ +Signed for issue _+' "blanks for number and signature"
like "$out" 'DEMO' "a demonstration says so on paper too"
watch case brief 1 --json
like "$out" '^\{"case":"YQ-2026-000001","kind":"brief","text":"' "as JSON"
unlike "$out" '13812345678' "masked too"

# --- the units' sheets
watch case sign 1 --unit 市人社局
watch case brief 1 --order
is "$(printf '%s' "$out" | tr -cd '\f' | wc -c)" 1 "a page for each unit"
[ "$(widest)" -le 72 ]
ok_if $? "no wider than the page"
like "$out" 'To +市人社局 \(lead unit\)' "the lead's"
like "$out" 'To +龙场镇 \(helping unit\)' "the co-unit's"
like "$out" 'kinds of outlet' "a major case: four kinds of outlet"
like "$out" 'Sign by +2026-09-29 09:00, met 2026-09-28 09:00' "signed"
like "$out" 'Give back by +2026-09-30 23:59' "until when it may be given back"
watch case brief 1 --order --unit 龙场镇政府
unlike "$out" 'lead unit\)' "one unit's alone, by any of its names"
watch case brief 1 --order --unit 市财政局
is "$rc" 1 "a unit that does not hold it"
watch case brief 1 --unit 龙场镇
is "$rc" 2 "--unit without --order"
# --- what a unit must know: instructions to it, the orders behind the case, what the letters mean
watch case instruct 1 --by 市长 --kind 核查 --text "核查用工名册。" --unit 龙场镇 -q
watch case brief 1
like "$out" 'Category +b it touches the interests of many' "what the letters of the category mean"
like "$(tr -d '\n' <<<"$out" | tr -s ' ')" '三日内办结。 市人社局, due 2026-10-03 23:59 市长 \(核查\): 核查用工名册。 龙场镇, due 2026-09-30 23:59' "each instruction with its unit and limit"
watch case brief 1 --order --unit 龙场镇
like "$out" '核查用工名册' "交办单: the instruction to the unit stands on its sheet"
unlike "$out" '三日内办结' "those to others do not"
printf '工单编号,诉求类型,标题,诉求内容,受理时间\nGD7,求助,某项目部拖欠工资,工人讨薪。,2026-09-28 08:00\n' >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线 -q
watch case merge "S$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = 'GD7'")" --into 1 -q
watch case brief 1 --order --unit 龙场镇
like "$out" 'Orders due +GD7 2026-10-[0-9]+ 23:59' "交办单: the limit of the order behind the case"
watch case instruct 1 --done 2 --text 已核查 -q
watch case brief 1 --order --unit 龙场镇
unlike "$out" '核查用工名册' "what is carried out is not asked for again"
watch case brief 1
like "$out" '核查用工名册' "the brief still tells of it"
like "$(tr -d '\n' <<<"$out" | tr -s ' ')" 'due 2026-09-30 23:59, met 2026-09-28 ' "and when it was done"
before=$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events")
watch case brief 1 --order
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events")" "$before" "printing is no event"
