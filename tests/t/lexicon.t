#!/bin/bash
# The shipped lexicon on labelled texts of our own wording, through the program of
# `make accuracy`: a later edit of the rules cannot spoil it unnoticed.
. "$(dirname "$0")/lib.sh"
plan 33

accuracy=$BUILD/accuracy/accuracy
texts=$top/tests/data/lexicon/labelled.jsonl
cd "$top" || exit 1

is "$(wc -l <"$texts" | tr -d ' ')" 211 "211 labelled texts"
few=$(grep -o '"topics": \["[^"]*' "$texts" | sort | uniq -c | awk '$1 < 12')
is "$few" "" "twelve at least of each topic"

run "$accuracy" -v -m 0.9 "$texts"
is "$rc" 0 "macro-F1 of 0.9 and every topic above 0.7"
echo "$out" | grep -E '^(missed|wrong )' | sed 's/^/# /'
like "$out" '^macro-F1 (0\.9|1\.0)[0-9]* over 211 texts$' "the figure and what it is over"
is "$(echo "$out" | grep -c '^topic ')" 1 "a table by topic"
is "$(echo "$out" | grep -cE '^(appeal|headline|news|weibo|court_document|synthetic) ')" 6 "a table by kind of text"

# The columns of the last table stand under each other whatever the names' width.
wide() { perl -CSD -ne 'chomp; s/[^\x00-\x7f]/xx/g; print length, "\n"' | sort -u | tr '\n' ' '; }
is "$(echo "$out" | sed -n '/^wanted/,$p' | wide)" "75 " "the confusion table is aligned"
like "$(echo "$out" | tail -1)" '^  - none .* [0-9]+$' "with a row for none"

# A lexicon without a topic's lines is found out.
sed '/^\[欠薪欠资\]/,/^\[经济金融\]/{/^[^代\[牵地阈级]/d}' rules/keywords.conf >"$tmp/cut.conf"
RULES=$tmp/cut.conf run "$accuracy" -m 0.9 "$texts"
is "$rc" 1 "a topic that finds nothing: exit 1"
like "$out" '^欠薪欠资: F1 0\.000 is below 0\.70$' "and says which"
RULES=$tmp/cut.conf run "$accuracy" "$texts"
is "$rc" 0 "without -m it only reports"

# An extra topic that a row names beside its own is neither right nor wrong.
row() { printf '{"id":"r","title":"工地拖欠工资","text":"%s","topics":[%s],"also_mentions":[%s]}\n' "$@"; }
row "" '"欠薪欠资"' '' >"$tmp/right.jsonl"
row "" '' '"欠薪欠资"' >"$tmp/also.jsonl"
row "" '' '' >"$tmp/wrong.jsonl"
for f in right also wrong; do
	run "$accuracy" -v "$tmp/$f.jsonl"
	echo "$f $(echo "$out" | awk '/^欠薪欠资/ { print $2, $3, $4 }')"
done >"$tmp/three"
is "$(tr '\n' ',' <"$tmp/three")" "right 1 0 0,also 0 0 0,wrong 0 1 0," "right, also mentioned, wrong"
like "$out" '^wrong  欠薪欠资 r 工地拖欠工资 [0-9]+:\+[0-9]' "-v tells the lines that decided"
like "$out" '^-  ' "a row without a kind is counted under -"

run "$accuracy"
is "$rc" 2 "no file: exit 2"
like "$err" 'make accuracy DEV=FILE.jsonl' "how to give one"
run "$accuracy" "$tmp/none.jsonl"
like "$rc $err" '^[1-9].*none.jsonl' "a file that is not there"

# 安全生产月 and other campaigns do not alert, whatever dangers they name; an accident in that
# month does.
alerts() {
	run bash -c 'echo "$1" | "$0" match --no-region --rules rules/keywords.conf' "$huiying" "$1"
	is "$rc $(echo "${out%%'"suppressed"'*}" | grep -o '"topic":"[^"]*' | sort -u | tr '\n' ' ')" "0 $2" "$3"
}
alerts '{"id":1,"title":"全市安全生产月活动拉开帷幕","text":"现场通报了煤矿坍塌、化工厂爆炸、火灾等事故案例，号召企业排查隐患，畅通生命通道。"}' "" "安全生产月: opened"
alerts '{"id":1,"title":"","text":"【安全生产月】电动车不要进楼道充电，飞线充电易引发火灾，请大家检查燃气软管是否老化漏气。"}' "" "安全生产月: a post"
alerts '{"id":1,"title":"街道开展安全生产月宣传进企业活动","text":"讲解消防通道不得堵塞、电线不得私拉乱接，排查隐患12处，现场整改9处。"}' "" "安全生产月: from door to door"
alerts '{"id":1,"title":"县应急局召开安全生产月新闻发布会","text":"上半年全县无一起矿山坍塌死亡事故。"}' "" "安全生产月: told to the press"
alerts '{"id":1,"title":"119消防宣传月启动仪式举行","text":"演示灭火器和逃生通道，讲解火灾隐患。"}' "" "119"
alerts '{"id":1,"title":"观看警示教育片：一次违规动火引发的爆炸","text":"组织全体职工观看。"}' "" "a film of warning"
alerts '{"id":1,"title":"某矿安全生产月期间发生冒顶，两人死亡","text":"家属称矿方没有上报。"}' '"topic":"安全生产 ' "an accident in that month"
alerts '{"id":1,"title":"安全生产月刚过，鞭炮厂又爆炸","text":"附近居民说玻璃都震碎了。"}' '"topic":"安全生产 ' "or after it"

# The grade suggested: deaths by the classes of the accident regulation, crowds, large sums.
grade() {
	run "$huiying" rules why --no-region --json "$2"
	like "$out" "\"topic\":\"[^\"]*\".*\"grade\":\"$1\"" "$1: $2"
}
grade 一般 '某县一煤矿发生透水事故，2人遇难'
grade 较大 '某县一煤矿发生透水事故，造成5人死亡'
grade 重大 '某县一煤矿发生透水事故，已致死亡12人'
grade 重大 '某县一煤矿发生透水事故，17人遇难'
grade 特别重大 '某县一煤矿发生透水事故，35人遇难'
grade 特别重大 '某县一煤矿发生透水事故，死亡103人'
grade 较大 '百余名工人拉横幅讨薪'
grade 重大 '有人吃了毒蘑菇身亡'
