#!/bin/bash
# huiying rules import: TrendRadar's word list becomes a rule file, and what is other is told.
. "$(dirname "$0")/lib.sh"
plan 36
cd "$tmp" || exit 1

cat >list.txt <<'L'
# ═══ 词表 ═══
[GLOBAL_FILTER]
# 与办事无关
娱乐八卦
/震惊|必看/
!多余

明星动态 # 追星的

[WORD_GROUPS]

[欠薪]
拖欠工资
/讨(要)?薪/ => 讨薪
+某市
!球员
@10

农民工
P2P理财
+工地
+工钱

Nano Banana
3分
/进/出/
/(/
/.*/

[欠薪]
工友
   
民工

!广告
L
conv() { run "$huiying" rules import --from trendradar "$@"; }
conv list.txt
is "$rc" 0 "a list is read"
is "$out" "# made from TrendRadar's word list list.txt

[全局排除]
娱乐八卦
/震惊|必看/
明星动态
广告

[欠薪]
代码 = $(sed -n '/^\[欠薪\]/,/^代码/s/^代码 = //p' <<<"$out")
地域 = 不限
阈值 = 1
拖欠工资
/讨(要)?薪/    # 讨薪
+某市
!球员

[农民工、P2P理财、工地]
代码 = $(sed -n '/^\[农民工/,/^代码/s/^代码 = //p' <<<"$out")
地域 = 不限
阈值 = 1
农民工
P2P理财
+工地 工钱

[Nano Banana、3分、进\/出]
代码 = tr-nano-banana
地域 = 不限
阈值 = 1
\"Nano Banana\"
\"3分\"
/进\/出/
\"/(/\"
/./

[欠薪 (2)]
代码 = $(sed -n '/^\[欠薪 (2)\]/,/^代码/s/^代码 = //p' <<<"$out")
地域 = 不限
阈值 = 1
工友
民工" "the rules, word for word"
is "$err" "list.txt:4:1: notice: 全局排除 puts out every topic of the office, not these alone: look through the words before you use them
list.txt:6:1: notice: left out: TrendRadar overlooks lines with ! + @ in [GLOBAL_FILTER]
list.txt:8:1: notice: the comment behind the word is one here; TrendRadar looks for it with the word and so finds nothing
list.txt:16:1: notice: a ! word puts out its own topic here; TrendRadar leaves the title out of every group
list.txt:17:1: notice: left out: @10 (how many are shown) has no counterpart here
list.txt:20:1: notice: “P2P理财” is found here where it stands as a word of its own; TrendRadar also finds it inside longer ones
list.txt:24:1: notice: “Nano Banana” is found here where it stands as a word of its own; TrendRadar also finds it inside longer ones
list.txt:25:1: notice: “3分” is found here where it stands as a word of its own; TrendRadar also finds it inside longer ones
list.txt:27:1: notice: this regex is looked for as plain text, as TrendRadar does with one that it cannot read: this ( is not closed: a ) is missing
list.txt:28:1: notice: this regex matches the empty text: it hits everything, as it did there
list.txt:32:1: notice: a line of blanks does not part groups, only an empty one does; the words stay in one group, as they were
list.txt:35:1: notice: a group of nothing but ! words leaves titles out of every group: put under 全局排除
4 topics, 19 words, 4 of them out for all; 12 notices" "and everything that is other, line by line"
printf '%s\n' "$out" >a.conf
like "$(sed -n '/^\[欠薪\]/,/^代码/p' a.conf)" '代码 = tr-[0-9a-f]{8}$' "a code of its own"
like "$(sed -n '/^\[欠薪 (2)\]/,/^代码/p' a.conf)" '代码 = tr-[0-9a-f]{8}-2$' "two groups of one name do not share one"

# It is a rule file, and says what the list says.
run "$huiying" rules check a.conf
is "$rc" 0 "the output passes rules check"
like "$out" '^4 topics, ' "all topics"
hit() { run bash -c 'printf "{\"title\":\"%s\"}\n" "$1" | "$0" match --rules "$2"' "$huiying" "$1" "${2:-a.conf}"; }
hit 某市拖欠工资
like "$out" '"topics":\[\{"topic":"欠薪"' "a plain word and the word that must stand there"
hit 某县拖欠工资
like "$out" '"topic":"欠薪".*"reason":"required"' "without the latter not"
hit 某市拖欠工资球员
like "$out" '"topic":"欠薪".*"reason":"exclude"' "a ! word"
hit 农民工在工地
unlike "$out" '"topics":\[[^]]*"topic":"农民工' "all + words must stand there"
hit 农民工在工地讨工钱
like "$out" '"topics":\[\{"topic":"农民工' "and then it hits"
hit 某市拖欠工资的娱乐八卦
like "$out" '^\{"topics":\[\],' "the global filter"
hit 某市要讨薪
like "$out" '"rule":"/讨\(要\)\?薪/"' "a regex"

# The code stays when words come and go, the name when they do not.
code() { "$huiying" rules import --from trendradar -q "$1" | sed -n 's/^代码 = //p' | head -1; }
printf '[社保]\n养老\n' >s1.txt
printf '[社保]\n医保\n养老\n低保\n' >s2.txt
printf '[社保卡]\n养老\n' >s3.txt
is "$(code s1.txt)" "$(code s2.txt)" "the same name, the same code"
[ "$(code s1.txt)" != "$(code s3.txt)" ]
ok_if $? "another name, another code"
printf '养老\n' >n1.txt
printf '养老\n低保\n' >n2.txt
is "$(code n1.txt)" "$(code n2.txt)" "without a name the first word counts"

# One topic of all.
conv --topic 舆情 -q list.txt
is "$rc$err" "0" "--topic, and quiet"
is "$(grep -c '^代码' <<<"$out")" 1 "one topic"
like "$(tr '\n' '~' <<<"$out")" '~农民工 工地 工钱~P2P理财 工地 工钱~' "each line asks for all that must stand there"
conv --topic 全局排除 list.txt
is "$rc" 2 "a name that means something else"
conv --titles-only -q s1.txt
like "$out" '标题: 养老' "--titles-only"

conv --json list.txt
like "$out" '^\{"topics":4,"words":19,"excluded":4,"messages":\[\{"kind":"notice","file":"list.txt","line":4,"column":1,"text":"全局排除 puts' "--json"
is "$err" "" "which holds the notices"

# Files: encodings, standard input, no overwriting.
iconv -f UTF-8 -t GB18030 s1.txt >gb.txt
conv gb.txt
like "$err" '^gb.txt: notice: read as GB18030' "GB18030 is read, with a notice"
like "$out" '养老' "and understood"
{ printf '\xef\xbb\xbf'; sed 's/$/\r/' n2.txt; printf '\r\n+工伤\r\n'; } >crlf.txt
conv -q crlf.txt
is "$(grep -c '^代码' <<<"$out")" 2 "BOM and CRLF: an empty line is one"
run bash -c '"$0" rules import --from trendradar -q - <"$1"' "$huiying" s1.txt
like "$out" '养老' "standard input"
conv s1.txt -o made.conf
is "$rc$out" "0" "-o writes a file"
like "$err" 'next: huiying rules check made.conf .* rules edit --new NAME.conf --from made.conf$' "what may come next"
is "$(grep -c 养老 made.conf)" 1 "it is there"
conv s2.txt -o made.conf
is "$rc" 2 "nothing is written over"
conv s2.txt --output made.conf --force
is "$rc$(grep -c 低保 made.conf)" "01" "unless told to"
run "$huiying" rules import s1.txt
is "$rc" 2 "from what must be said"
conv none.txt
is "$rc" 3 "a list that is not there"
printf '# nothing\n' >empty.txt
conv empty.txt
like "$err" 'there is no group: TrendRadar takes every title then, this file none' "an empty list is told"
