#!/bin/bash
# What one rule line alone put into the queue is dismissed in one event, and comes back in one.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/lines.sh"
plan 92
office_init
line_rules "$home"
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
events() { "$huiying" --home "$home" audit head 2>/dev/null | cut -d' ' -f1; }

spill 12                                                               # S1 … S12
item "某项目部拖欠工资" "某项目部拖欠工资八十六万元，工人到现场讨薪。"         # S13: other lines
item "某公司欠薪又拖欠工资" "某公司欠薪，还拖欠工资，职工多次反映。"           # S14: both lines hit
item "某公司欠薪致人死亡" "某公司欠薪，一名工人死亡，网友关注。"              # S15: 重大
item "某处围墙坍塌欠薪" "某处围墙坍塌，施工方欠薪，无人过问。"                # S16: another topic
item "工程款与欠薪" "某地工程款与欠薪的报道。"                            # S17: 5 points, 3 of them
took
is "$(outcomes)" "open 17" "seventeen rows"
new_row "市民来电反映欠薪" "某公司欠薪三个月。"                             # S18: told
watch register - --title "第二位市民来电" --text "某厂欠薪。"               # S19

# --- usage
watch dismiss --line 12 --reason rule-error --yes
is "$rc" 2 "--line needs --since"
like "$err" 'needs --since: 2h, 1d' "it says so"
watch dismiss --line 12 --since soon --reason rule-error --yes
is "$rc" 2 "which is a time"
watch dismiss --line 12 --since 1d --yes
is "$rc" 2 "and --reason"
like "$err" 'needs --reason: .*, 规则 \(rule-error\)' "it says which"
watch dismiss --line 12 --since 1d --reason foo --yes
is "$rc" 2 "one that is known"
like "$err" 'no kind of 误报 is “foo”; there are 广告 \(advert\), .*, 规则 \(rule-error\)' "an unknown one is called unknown, not missing"
watch dismiss --line 12 --since 1d --outcome 知悉 --reason rule-error --yes
is "$rc" 2 "it is 误报 and nothing else"
watch dismiss S1 --line 12 --since 1d --reason rule-error --yes
is "$rc" 2 "--line does not go with a row"
like "$err" 'does not go with a row' "it says so"
watch dismiss --yes
is "$rc" 2 "nothing is meant"
watch dismiss --line x --since 1d --reason rule-error --yes
is "$rc" 2 "x is no line"
like "$err" 'wanted is keywords.conf:57, local.d/NAME.conf:12, or 57' "it says how a line is called"
watch dismiss --line 13 --since 2020-01-01 --reason rule-error --yes
is "$rc" 1 "a line on which nothing hangs"
like "$err" 'no row is there because of keywords.conf:13 alone' "it says so"
watch dismiss --line 99 --since 1d --reason rule-error --yes
is "$rc" 3 "a line that is not there"
like "$err" 'no open row was raised by keywords.conf:99' "it says so"
watch dismiss --line 12 --since 2026-11-23T02:00:01Z --reason rule-error --yes
is "$rc" 3 "nothing was raised since"
as 丙 unit dismiss --line 12 --since 1d --reason rule-error --yes
is "$rc" 1 "a unit may not"
is "$(outcomes)" "open 19" "nothing has changed"

# --- looking first
before=$(events)
watch dismiss --line 12 --since 1d --reason rule-error --dry-run
is "$rc" 0 "--dry-run"
like "$out" '^keywords.conf:12  \[欠薪欠资\] 欠薪 3分$' "the line as written"
like "$out" '^14 rows raised since 2026-11-22 10:00 are there because of this line alone$' "what would go: 12, the 重大 one, and 2 of 5 points are too few"
like "$out" '^1 of them is suggested as 重大 or above:$' "what weighs heavily"
like "$out" '^  S15  某公司欠薪致人死亡$' "is named"
like "$out" '^4 rows stay:$' "what stays"
like "$out" '^  S14  other lines suffice  某公司欠薪又拖欠工资$' "with the reason: another line"
like "$out" '^  S16  other lines suffice  ' "another topic"
like "$out" '^  S18  a person entered or decided it  市民来电反映欠薪$' "a person's word"
unlike "$out" 'S13' "a row without the line is not spoken of"
is "$(events)" "$before" "nothing was written"
watch dismiss --line 12 --since 1d --reason rule-error
is "$rc" 2 "without a terminal it does not ask"
like "$err" '14 rows would be dismissed: say --yes, or look with --dry-run' "it says how many"
watch dismiss --line 12 --since 1d --reason rule-error --json --dry-run
like "$out" '^\{"line":"keywords.conf:12","rule":"欠薪 +3分","topic":"欠薪欠资","code":"wage-arrears","since":"2026-11-22T02:00:00Z","reason":"规则","rows":14,"stories":\[1,2,3,4,5,6,7,8,9,10,11,12,15,17\],"grave":\[15\],"kept":\[\{"story":14,"why":"others"\}' "--json"

# --- a row that somebody works on stays
as 丁 watch take 3
watch take 4
answer() { # answer WORD: at a terminal
	printf '%s\n' "$1" | timeout 60 script -qec "'$huiying' --home '$home' dismiss --line keywords.conf:12 --since 2h --reason rule-error --note 球员转会 --actor 甲 --role watch" /dev/null >"$tmp/.tty" 2>&1
	rc=$?
	out=$(tr -d '\r' <"$tmp/.tty")
}
answer n
is "$rc" 1 "at a terminal it asks, and no is no"
like "$out" 'Dismiss 13 rows as 误报 \(规则\)\? \[y/N\]' "the question has the count"
like "$out" 'S3  somebody else has taken it' "what another has taken stays, one's own row goes"
is "$(outcomes)" "open 19" "nothing was done"
answer y
is "$rc" 0 "and yes is yes"
n=$(events)
is "$n" "$((before + 3))" "it is one event, after the two of taking"
like "$out" "13 rows dismissed: 误报, 规则 \(dismissal $n\)" "it says how many"
like "$out" "next: huiying alerts · dismiss --undo $n · rules stats" "and what may come next"
is "$(outcomes)" "open 6, 误报 13" "the rows are decided, none is lost"
rebuilds
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds"
watch show S5
like "$out" '^settled    误报 规则  甲  2026-11-23 10:00  球员转会$' "show says who decided it and why"
like "$out" "^ +with keywords.conf:12, 13 rows in all; undo: huiying dismiss --undo $n$" "that it went with others, and how to undo it"
watch show S5 --json
like "$out" "\"line\":\"keywords.conf:12\",\"rows\":13,\"dismissal\":$n\}" "in JSON too"
watch dismiss --line 12 --since 1d --reason rule-error --yes
is "$rc" 1 "once more there is nothing to dismiss"
watch dismiss 5 --outcome 误报 --reason rule-error
like "$err" 'S5 was decided by 甲 at 2026-11-23 10:00: 误报' "each row is decided"

# --- taking back, after somebody touched a row
warc_date=2026-11-23T01:30:00Z
export HUIYING_NOW=2026-11-23T03:00:00Z
item "第0-2场球员转会的消息" "第2家俱乐部球员欠薪的消息传出，编号$((2 * 7919))，62人到场，工人讨薪。" g4-0 # a revision of S2's item
took
watch alerts
like "$out" '^S2 .*▲grade' "a row came back by itself"
as 丁 watch dismiss S2 --outcome 知悉 --note 已看过
watch dismiss --undo 5
is "$rc" 3 "another event is no dismissal"
like "$err" 'event 5 is no dismissal by line' "it says so"
as 丙 unit dismiss --undo "$n"
is "$rc" 1 "a unit may not take back"
super dismiss --undo "$n"
is "$rc" 0 "taken back"
like "$out" '^12 rows of keywords.conf:12 are open again$' "all that nobody touched"
like "$out" '^1 row stays:$' "the rest is listed"
like "$out" '^  S2  something was done with it since  第0-2场' "by name"
is "$(outcomes)" "open 18, 知悉 1" "the figures follow"
super dismiss --undo "$n"
is "$rc" 1 "twice is refused"
like "$err" "dismissal $n was taken back by 乙 at 2026-11-23 11:00 already" "with who and when"
rebuilds
watch show S5
like "$out" '^S5  open' "the row is open"
like "$out" '^ +with keywords.conf:12; taken back by 乙 2026-11-23 11:00$' "what happened stays to be seen"
watch show S5 --json
like "$out" '"undone":"2026-11-23T03:00:00Z","undone_by":"乙"' "in JSON too"
watch alerts --json
like "$out" '"story":5,.*"again":0,.*"review_due":"2026-11-23T06:00:00Z"' "its limit was not reset, and it did not come back"
watch show S2
like "$out" '^S2  知悉' "what was decided since stands"

# --- again, with the line moved in the file
sed -i '1i # 一行说明' "$home/keywords.conf"
watch alerts --line 13
is "$(grep -c '^S[0-9]' <<<"$out")" 13 "a line that moved is known by what it says (with the row that is taken)"
watch alerts --line 12
is "$out" "no row is there because of this line alone" "and not by where it stood"
sed -i 's/^欠薪  .*/欠薪 ~8 (工人 | 职工)  3分/' "$home/keywords.conf"
watch dismiss --line 13 --since 1d --reason 规则 --dry-run
is "$rc" 3 "a line that was mended is no more the line"
like "$err" 'no open row was raised by keywords.conf:13; what stood there before is keywords.conf:14' "nor is what stood there before"
hash=$(watch alerts --json >/dev/null; watch show A5 --json; grep -o '"rules_hash":"[0-9a-f]*"' <<<"$out" | cut -d'"' -f4 | cut -c1-6)
watch dismiss --line "12@$hash" --since 1d --reason 规则 --dry-run
like "$out" "^keywords.conf:12@$hash  \[欠薪欠资\] 欠薪 3分  \(gone\)$" "it is known by where it stood in the earlier rule set"
watch rules stats
like "$out" "^keywords.conf:12@$hash +欠薪欠资 .* \(gone\) 欠薪 3分$" "as the figures call it"
watch dismiss --line "12@$hash" --since 1d --reason 规则 --yes --json
like "$out" "^\{\"dismissal\":[0-9]+,\"line\":\"keywords.conf:12@$hash\",.*\"rows\":12," "and dismissed"
like "$out" '"kept":\[\{"story":3,"why":"taken"\},\{"story":14,"why":"others"\}' "--json lists what stays"
n=$(events)
is "$(outcomes)" "open 6, 知悉 1, 误报 12" "the balance holds"
watch dismiss --undo "$n" --json
is "$out" "{\"dismissal\":$n,\"line\":\"keywords.conf:12@$hash\",\"rows\":12,\"left\":[]}" "taken back as JSON"
watch dismiss --undo "$n"
is "$rc" 1 "once"

# --- an overlay, and a row that is touched alone
item "某厂工钱没着落职工着急" "某厂工钱没着落，职工着急。"
took
watch dismiss --line town.conf:2 --since 1d --reason advert --yes
like "$out" '^1 row dismissed: 误报, 广告 ' "a line of an overlay, an English reason"
n=$(events)
watch register - --title "某厂工钱没着落职工着急" --text "某厂工钱没着落，职工着急。"
like "$(watch alerts; echo "$out")" '▲told of again' "somebody tells of it again"
watch dismiss --undo "$n"
is "$rc" 1 "when every row was touched"
like "$err" "every row of dismissal $n was touched since; nothing is taken back" "nothing is taken back"
rebuilds

# --- a row that comes while the question stands was not agreed to
item "西街理发店里工钱没着落" "西街理发店的三名学徒说，工钱没着落，老板已经搬走。"
took
rm -f "$tmp/.tty"
{
	until grep -q 'y/N' "$tmp/.tty" 2>/dev/null; do read -r -t 0.05 <> <(:) || :; done
	item "北门砖厂烧窑工工钱没着落" "北门砖厂停了窑，外省来的烧窑工工钱没着落，住在工棚里等。"
	took
	printf 'y\n'
} | timeout 60 script -qec "'$huiying' --home '$home' dismiss --line town.conf:2 --since 1d --reason advert --actor 甲 --role watch" /dev/null >"$tmp/.tty" 2>&1
feeds=$((feeds + 1))
like "$(cat "$tmp/.tty")" 'Dismiss 1 row as 误报' "one row is asked about"
like "$(cat "$tmp/.tty")" '1 row dismissed: 误报, 广告' "one goes"
watch alerts
like "$out" '北门砖厂烧窑工' "the one that came meanwhile stays"
unlike "$out" '西街理发店' "the other has gone"

# --- what citizens ordered would be there without the rule
{
	echo '工单编号,来电时间,诉求类型,诉求内容,事发地址,承办单位,办理时限,办结时间'
	for i in 1 2 3; do echo "GD$i,2026-11-0$i 09:10,投诉,某酒楼欠薪三个月无人过问,西门街道某酒楼,市人社局,,"; done
} >"$tmp/o.csv"
sed -i 's/^欠薪 ~8 .*/欠薪            3分/' "$home/keywords.conf"
watch import "$tmp/o.csv" --as orders --json
row=$(grep -o '"story":[0-9]*' <<<"$out" | head -1 | cut -d: -f2)
watch dismiss --line 13 --since 1h --reason rule-error --dry-run
like "$out" "^  S$row  orders stand behind it  " "a row that orders stand behind stays"

# --- the kinds of 误报 in both languages
ok=0
for pair in 广告:advert 文艺:fiction 外地:other-place 重名:homonym 宣传:propaganda 已解决:resolved 规则:rule-error; do
	new_row "又一件事 $pair" "无人过问。"
	row=${out%% *}
	watch dismiss "$row" --outcome 误报 --reason "${pair#*:}"
	[ "$out" = "$row: 误报, ${pair%:*}" ] && ok=$((ok + 1))
done
is "$ok" 7 "every kind of 误报 in English"
watch show "$row"
like "$out" '^settled    误报 规则  甲' "is kept as the office calls it"
watch dismiss 14 --outcome 误报 --reason spam
is "$rc" 2 "another word is refused"
