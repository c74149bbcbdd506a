#!/bin/bash
# From a false alarm to rule lines that would have spared it, judged by the matcher.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/lines.sh"
plan 47
office_init
line_rules "$home"
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
settle() { local s; for s in $2; do watch dismiss "$s" --outcome "$1" ${3:+--reason $3} --note 已看; done; }

item "老球员讨要欠薪" "某俱乐部的球员欠薪一事有了进展，联系人：张三丰，电话13812345678。"    # S1
item "球员转会与欠薪" "多名球员说起欠薪。"                                             # S2
item "昔日球员谈欠薪往事" "当年球队欠薪的往事被球员写进书里。"                            # S3
item "某影片讲欠薪故事" "影片讲述欠薪工人的故事，即将上映。"                              # S4
item "工地欠薪二十人讨要" "某工地欠薪，二十人在工地门口等候。"                            # S5
item "某工地欠薪半年" "某工地欠薪半年，工人说没有收到一分钱。"                            # S6
item "餐馆欠薪服务员反映" "某餐馆欠薪三个月，服务员反映无人过问。"                        # S7
item "退役球员开的厂欠薪" "一名退役球员开的厂子欠薪，工人反映。"                          # S8
item "工程款与欠薪并存" "某项目工程款与欠薪的消息，球员关注。"                            # S9
took
is "$(outcomes)" "open 9" "nine rows"

# --- what is no false alarm
watch rules suggest A1
is "$rc" 1 "an open alert"
like "$err" 'A1 was not dismissed as 误报: it is open' "is no false alarm"
watch dismiss 5 --outcome 转报 --to 某县
watch rules suggest S5
like "$err" 'A5 was not dismissed as 误报: it is 转报' "nor one that was handed on"
watch rules suggest I1
is "$rc" 2 "an item is no alert"
watch rules suggest A99
is "$rc" 3 "one that is not there"

# --- a word of this topic
settle 误报 "1 2 3 4" 文艺
settle 知悉 "6 7"
watch rules suggest A1
is "$rc" 0 "a false alarm"
like "$out" '^A1  S1  \[欠薪欠资\]  老球员讨要欠薪$' "which it is"
like "$out" '^1  !球员  in 3 of 4 false alarms, in 0 of 3 true alerts$' "the word that three false alarms share and no true one has"
like "$out" '^   would have spared 3 false alarms: A3 A2 A1$' "what it would have spared"
like "$out" '^   would have lost no true alert$' "and lost"
like "$out" '^       \[欠薪欠资\]$' "to paste: the section"
like "$out" '^       !球员$' "the line"
like "$out" '^       不中: 老球员讨要欠薪$' "its test, as short as may be"
unlike "$out" '!欠薪|!讨要欠' "the words of the rules are not suggested"
unlike "$out" '13812345678|张三丰' "nobody's number or name"
like "$err" 'nothing is installed' "it says that it installs nothing"
is "$(cat "$home/local.d/town.conf")" "$(printf '[欠薪欠资]\n工钱没着落      3分')" "and does not"

# --- it holds what it says
watch rules suggest A1 --json
overlay=$(grep -o '"overlay":"[^"]*"' <<<"$out" | head -1 | sed 's/"overlay":"//; s/"$//')
like "$out" '^\{"alert":1,"story":1,"topic":"欠薪欠资","cut":false,"suggestions":\[\{"word":"球员","form":"exclude","line":"!球员","test":"老球员讨要欠薪",.*"false_with":3,"false_of":4,"true_with":0,"true_of":3,"spared":\[3,2,1\],"lost":\[\]\}' "--json"
printf "$overlay" >"$home/local.d/suggested.conf"
run "$huiying" --home "$home" rules check
is "$rc" 0 "pasted, the rules are right and the test passes"
run "$huiying" --home "$home" rules why --no-region --title 老球员讨要欠薪 老球员讨要欠薪
like "$out" '!球员|suggested.conf' "and the line keeps it out"
watch rules suggest A1
is "$rc" 1 "then there is nothing to suggest"
like "$err" "today's rules do not raise A1 any more" "it says why"
watch rules suggest A4
is "$rc" 0 "another false alarm"
unlike "$out" '球员' "has words of its own"
like "$out" '^1  !影片讲? +in 1 of 4 false alarms, in 0 of 3 true alerts$' "one that stands in it alone"
rm "$home/local.d/suggested.conf"

# --- a few true alerts hold it: points, not exclusion
settle 知悉 8
settle 误报 9 宣传
for i in 1 2 3; do item "第$i位球员欠薪传闻" "据说有$i位球员欠薪，是$i年前的传闻。"; done              # S10 … S12
took
settle 误报 "10 11 12" 文艺
watch rules suggest A2
like "$out" '^1  -球员  1分  in 7 of 8 false alarms, in 1 of 4 true alerts$' "a word that one true alert holds takes points"
like "$out" '^   would have spared 6 false alarms: ' "just as many as this alert needs: one of 5 points stays"
like "$out" '^   would have lost 1 true alert: A8$' "what it would lose is named"
unlike "$out" '^1  !' "it does not exclude"
watch rules suggest A9
like "$out" '^[1-3]  -球员  3分 ' "a heavier alert needs more"

# --- many topics
cat >>"$home/keywords.conf" <<-'RULES'

	[物业管理]
	代码 = estate
	地域 = 不限
	物业
RULES
for i in 1 2 3; do
	item "第$i部电影里的坍塌" "电影第$i幕的坍塌，$i处特效。"
	item "第$i部电影里的物业" "电影第$i集里的物业，$((i * 3))个人物。"
	item "第$i部电影里的欠薪" "电影第$i章的欠薪，$((i * 5))个情节。"
done                                                                                     # S13 … S21
took
settle 误报 "13 14 15 16 17 18 19 20 21" 文艺
watch rules suggest A13
like "$out" '^1  电影  in 9 of 17 false alarms, in 0 of 4 true alerts$' "a word of three topics"
like "$out" '^       \[全局排除\]$' "is one for all of them"
like "$out" '^       电影$' "as it stands there"
like "$out" '^       \[安全生产\]$' "its test stays with the topic"
like "$out" '^       不中: 第1部电影里的坍塌$' "that raised it"
watch rules suggest A13 --json
printf "$(grep -o '"overlay":"[^"]*"' <<<"$out" | head -1 | sed 's/"overlay":"//; s/"$//')" >"$home/local.d/suggested.conf"
run "$huiying" --home "$home" rules check
is "$rc" 0 "it passes as well"
rm "$home/local.d/suggested.conf"
item "物业协助电影拍摄" "居民反映物业收费，夜里还有电影拍摄。"                                   # S22
took
settle 知悉 22
watch rules suggest A13
like "$out" '^1  电影  [0-9]+分  in 9 of 17 false alarms, in 1 of 5 true alerts$' "with a true alert it weakens all"
like "$out" '^       \[全局扣分\]$' "in that section"

# --- several alerts in one row, and nothing that tells
item "欠薪" "欠薪。"                                                                      # S23
item "某处坍塌与欠薪" "围墙坍塌，施工方欠薪。"                                              # S24
took
settle 误报 "23 24" 规则
watch rules suggest S24
is "$rc" 2 "a row of two alerts: which?"
like "$err" 'S24 has 2 alerts, A24 \[' "it says so"
watch rules suggest A23
is "$rc" 1 "an alert of nothing but the word of the rule"
like "$err" 'no word of it stands in false alarms and not in true alerts' "it says that it knows none"

# --- sentences that end in a full stop
item "退役名将的往事" "这名球员如今开店。当年球员欠薪一直没有解决。"                                # S25
took
settle 误报 25 文艺
watch rules suggest A26
like "$out" '不中: 退役名将的往事。这名球员如今开店。当年球员欠薪一直没有解决$' "a test of several sentences has one full stop between two"

# --- a topic of which nothing was decided otherwise
cat >>"$home/keywords.conf" <<-'RULES'

	[供水]
	代码 = water
	地域 = 不限
	停水
RULES
item "舞台剧里的停水" "舞台剧演到停水这一幕，掌声四起。"                                           # S26
item "舞台剧停水一幕" "舞台剧又演停水，观众叫好。"                                               # S27
took
settle 误报 "26 27" 文艺
watch rules suggest S26
like "$out" '^[12]  !舞台剧  in 2 of 2 false alarms, in 0 of 0 true alerts$' "its word, and that there is nothing to compare with"
unlike "$out" 'would have lost' "it does not say that nothing would be lost"
like "$err" 'nobody knows what the lines would lose' "but that nobody knows"
