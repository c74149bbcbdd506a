#!/bin/bash
# huiying rules check and rules why: the shipped rules, tests that live in rules, plain words.
. "$(dirname "$0")/lib.sh"
plan 35

run "$huiying" rules check
is "$rc" 0 "the shipped rules are right and pass their own tests"
like "$out" '^10 topics, [0-9]+ lines, [0-9]+ tests passed, 0 warnings$' "ten topics, no warnings"
run "$huiying" rules check --json
is "$(echo "$out" | grep -o '"ok":true\|"topics":10\|"failed":0' | tr '\n' ' ')" '"ok":true "topics":10 "failed":0 ' "the same as JSON"

# At least eight texts that must alert and six that must not, in every topic.
awk '/^\[/ { topic = $0 } /^应中/ { yes[topic]++ } /^不中/ { no[topic]++ } /^代码/ { topics++; is[topic] = 1 }
	END { for (t in is) if (yes[t] < 8 || no[t] < 6) print t; if (topics != 10) print topics }' \
	"$top/rules/keywords.conf" >"$tmp/few"
is "$(cat "$tmp/few")" "" "eight tests that hit and six that do not in each topic"

why() { run "$huiying" rules why "$@"; }
why '凯里市某工地拖欠农民工工资，大家到现场讨薪'
is "$rc" 0 "a text is explained"
like "$out" '^  region: ours by local.d/kaili.conf:[0-9]+' "what makes it ours"
like "$out" '\[欠薪欠资\] alerts: score [0-9]+, threshold 3' "which topic alerts"
like "$out" 'keywords.conf:[0-9]+  \+3 = 3 \(threshold 3 reached\)' "each line with the running score"
like "$out" '^      text: .*«讨薪»' "the words that hit and where"
why '织金县龙场镇拖欠工资'
like "$out" 'does not alert: nothing says that it is about our region' "why not: the region"
why --no-region '某市法院：被拖欠工资已全部结清'
like "$out" 'does not alert: score -?[0-9]+ is below the threshold 3' "why not: the score"
like "$out" '-4 = ' "what was subtracted"
why '今天天气不错'
like "$out" 'No topic: no line adds points' "nothing at all"
why --json '凯里讨薪'
like "$out" '^\{"topics":\[\{"topic":"欠薪欠资"' "as JSON"
run bash -c 'printf "%s\n" "{\"id\":\"x1\",\"title\":\"凯里\",\"text\":\"讨薪\"}" | "$0" rules why -' "$huiying"
like "$out" '^x1' "rows from standard input"

cat >"$tmp/a.conf" <<'R'
[地域]
凯里
应中: 凯里有雨
不中: 凯里有风
[全局排除]
招聘启事
应中: 诚聘
[全局扣分]
宣传 2分
[甲]
代码 = a
地域 = 必须
阈值 = 2
欠薪 2分
!球员
应中: 工地欠薪
应中: 欠薪宣传
不中: 球员欠薪
不中: 欠薪了
应中: 没有这回事
R
run "$huiying" rules check "$tmp/a.conf"
is "$rc" 2 "failing tests: exit 2"
is "$(echo "$err" | grep -c ' failed: ')" 5 "every one is told"
like "$err" 'a.conf:4:1: 不中 failed: a line of this section hits' "under 地域"
like "$err" 'a.conf:7:1: 应中 failed: no line of this section' "under 全局排除"
like "$err" 'a.conf:17:1: 应中 failed: \[甲\] does not alert, score 0 is below the threshold 2; hits: .*a.conf:14 \+2, .*a.conf:9 -2' "with the lines that decided"
like "$err" 'a.conf:19:1: 不中 failed: \[甲\] alerts with score 2 \(threshold 2\)' "an alert that should not be"
like "$err" 'a.conf:20:1: 应中 failed: no line of \[甲\] hits' "a miss"
unlike "$err" 'a.conf:16' "a passing test says nothing"

# The main file and an overlay.
printf '[甲]\n代码 = a\n停用: 欠薪 2分\n讨薪 2分\n停用: 没有\n' >"$tmp/b.conf"
sed -i '/应中\|不中/d' "$tmp/a.conf"
run "$huiying" rules check "$tmp/a.conf" "$tmp/b.conf"
is "$rc" 0 "an overlay is laid over the main file"
like "$err" 'b.conf:5:1: warning: no such line is there to switch off' "a line that is not there to switch off is told"

printf '[甲]\n的 | 欠薪\n工地 -结清\n工地 -结清\n讨薪 3 分\n死亡 级别 = 重大\n' >"$tmp/c.conf"
run "$huiying" rules check "$tmp/c.conf"
is "$rc" 0 "advice is no error"
like "$err" 'c.conf:2:1: warning: a word of one character' "a word of one character"
like "$err" 'c.conf:3:4: warning: a sign counts only' "a sign in the middle"
like "$err" 'c.conf:4:1: warning: the same line' "the same line twice"
like "$err" 'c.conf:5:4: warning: points are written without' "points with a blank"
like "$err" 'c.conf:6:7: warning: 级别=重大 is written without' "a grade with blanks"

# A home of one's own: its local.d stands in the shipped one's place.
mkdir -p "$tmp/home/local.d"
printf '[地域]\n丹寨\n' >"$tmp/home/local.d/office.conf"
run bash -c 'echo "{\"id\":\"1\",\"text\":\"丹寨讨薪\"}" | "$0" match --home "$1"' "$huiying" "$tmp/home"
like "$out" '"topics":\[\{"topic":"欠薪欠资"' "its region counts"
run bash -c 'echo "{\"id\":\"1\",\"text\":\"凯里讨薪\"}" | "$0" match --home "$1"' "$huiying" "$tmp/home"
like "$out" '"reason":"region"' "the shipped one does not"
printf '[欠薪欠资]\n工友 5分\n' >"$tmp/home/local.d/extra.conf"
run bash -c 'echo "{\"id\":\"1\",\"text\":\"丹寨工友\"}" | "$0" match --home "$1"' "$huiying" "$tmp/home"
like "$out" '"file":"local.d/extra.conf","line":2' "an overlay's line names its file"
printf '[甲]\n(\n' >"$tmp/home/local.d/zz.conf"
run "$huiying" rules check --home "$tmp/home"
like "$rc $err" '^2 local.d/zz.conf:2:' "its faults too"
