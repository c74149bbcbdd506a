#!/bin/bash
# Why an alert: told when it came, kept with it, the same after the rules changed; and what
# today's rules make of a text, an item or an alert (huiying rules why, show --why).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 45

home=$tmp/home
export HUIYING_NOW=2026-11-23T02:00:00Z
h() { "$huiying" --home "$home" "$@" 2>"$tmp/.err"; }
"$huiying" init "$home" --demo -q 2>/dev/null
one_source "$home"
sed -i '/^local = /d' "$home/sources.conf"
mkdir -p "$home/local.d"
printf '[地域]\n某市 | 某县\n' >"$home/local.d/office.conf"
cat >"$home/keywords.conf" <<'R'
[定义]
工资 = 工资 | 工钱
[全局扣分]
座谈会  1分
[欠薪欠资]
代码 = wage-arrears
地域 = 必须
阈值 = 3
级别 = 一般3 较大6 重大10
欠薪 | 讨薪     3分
拖欠 ~8 @工资   3分
/(死亡|遇难)\D{0,4}[12]\d人/ 级别=重大
/(a+)+$/
-结清   2分
!球员
[安全事故]
代码 = accident
坍塌 | 坠落  2分
!演练
R
rss "$tmp/a.xml" "某市一项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 \
	"工人到现场讨薪，部分已结清。市里开了座谈会。演练时脚手架坍塌。aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" \
	"某县施工电梯坠落" https://a.example.gov.cn/2 g2 "死亡10人，拖欠工钱。" \
	"今日有雨" https://a.example.gov.cn/3 g3 "出门带伞。"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
run h ingest
like "$out" '3 alerts' "three alerts"

# --- what is told with an alert
h show A1 --why >"$tmp/then"
sed -n '/^why:/,/^rules/p' "$tmp/then" | sed '1d;$d' >"$tmp/why"
is "$(cat "$tmp/why")" "  region: ours by local.d/office.conf:2  “某市” or “某县”
      title: «某市»一项目部拖欠农民工工资引…
  keywords.conf:10  +3 = 3 (threshold 3 reached)  “欠薪” or “讨薪”
      text: 工人到现场«讨薪»，部分已结清。市里开了座…
  keywords.conf:11  +3 = 6  “拖欠” within 8 characters of a word of the list @工资 in one sentence
      title: 某市一项目部«拖欠»农民工«工资»引关注
  keywords.conf:14  -2 = 4  speaks against it: “结清”
      text: 工人到现场讨薪，部分已«结清»。市里开了座谈会。演练时…
  keywords.conf:4  -1 = 3  weakens every topic: “座谈会”
      text: …薪，部分已结清。市里开了«座谈会»。演练时脚手架坍塌。aa…
  sum: 6 - 3 = 3
  grade 一般: it begins at 3 points
  undecided: keywords.conf:13 of [欠薪欠资]: its regex took too many steps in this text, so the line does not count; it looks for the pattern /(a+)+\$/
  besides, [安全事故] does not alert: excluded by the ! line keywords.conf:19
      text: …已结清。市里开了座谈会。«演练»时脚手架坍塌。aaaaa…" "everything that decided, word for word"
like "$(tail -1 "$tmp/then")" '【讨薪】' "the whole text with what hit"
run h show A2 --why
like "$out" '  grade 重大: suggested outright by keywords.conf:12' "a line that gives the grade"
run h show A3 --why
like "$out" '  region: not asked for by this topic' "a topic of everywhere"
run h show S1 --why
like "$out" '  sum: 6 - 3 = 3' "a story tells it for each alert"
run h show A1 --json
like "$out" '"grounds":\{"grade":\{"by":"score","from":3\},"others":\[' "as JSON beside why"
run h show I1 --why
like "$out" '\[安全事故\] does not alert: excluded by the ! line keywords.conf:19' "an item tells its topics"
like "$out" '      title: 某市一项目部«拖欠»农民工«工资»引关注' "with the places"
like "$out" "today's: huiying rules why I1" "and how to ask today's rules"
run h show I3 --why
like "$out" 'no rule hit it' "an item that nothing hit"
run h rules why I1
like "$out" 'The rules are those of then \([0-9a-f]{12}\)\.$' "nothing changed since"

# --- the rules change: what was told stays, what is said today is other
cp "$home/keywords.conf" "$tmp/old.conf"
sed -i 's/^欠薪 | 讨薪     3分/欠薪 3分\n工人 1分/; s/^-结清   2分/-结清   1分/; s/^!演练//; /^工资 = /s/工钱/工分/; s/^阈值 = 3/阈值 = 4/' "$home/keywords.conf"
printf '[地域]\n某州\n' >"$home/local.d/office.conf"
run h rules check
is "$rc" 0 "the new rules are right"
h show A1 --why >"$tmp/now"
is "$(diff "$tmp/then" "$tmp/now")" "" "an alert says the same after the rules changed"
run h rules why A1
like "$out" '^\[欠薪欠资\] does not alert: nothing says that it is about our region' "today it is not ours"
like "$out" '^  region: nothing says that it is ours' "and that is told"
like "$out" '^The rules changed since \(then [0-9a-f]{12}, today [0-9a-f]{12}\):' "that the rules changed"
like "$out" '^  \[欠薪欠资\] then alerted with score 3, today it does not$' "what the change did to this alert"
unlike "$out" 'did not alert then, today' "an alert is about its own topic"
run h rules why I1
like "$out" '^  \[安全事故\] did not alert then, today it does with score 1' "an item is about all topics"
printf '[地域]\n某市 | 某县\n' >"$home/local.d/office.conf"
sed -i 's/^阈值 = 4/阈值 = 1/' "$home/keywords.conf"
run h rules why A1
is "$(sed -n '/^The rules changed/,$p' <<<"$out" | sed 1d)" "  [欠薪欠资] then score 3, 一般; today score 2, 一般
    then only: keywords.conf:10  +3  欠薪 | 讨薪     3分
    then only: keywords.conf:14  -2  -结清   2分
    today only: keywords.conf:11  +1  工人 1分
    today only: keywords.conf:15  -1  -结清   1分" "line by line"
run h rules why A1 --json
like "$out" '^\{"id":"A1","rules_hash":"[0-9a-f]{64}","then_hash":"[0-9a-f]{64}","now":\{"topics":\[.*"then":\[\{"topic":"欠薪欠资"|"then":\[\{"code"' "as JSON: now and then"
run h rules why A1 --rules "$tmp/old.conf"
like "$out" "$tmp/old.conf:10  \+3 = 3" "another file may be asked"
run h rules why I3
like "$out" '^No topic: no line adds points' "an item that nothing hits"
run h rules why I99
is "$rc" 3 "an item that is not there"
run h rules why A99
like "$(cat "$tmp/.err")" 'no alert A99' "an alert that is not there"

run h rules why A1 --no-region
is "$rc" 2 "an alert brings its own text and source"

h register - --title "某路塌陷" --text "路面塌了" --place 某镇 --told-by 值班电话 --actor 甲 --role watch >"$tmp/.out" </dev/null
run h show A4 --why
like "$out" '^  no rule raised it, a person entered it$' "a matter entered by hand hangs on no rule"
run h rules why A4
like "$out" '^  \[人工登记\] was entered by hand, no rule raised it$' "and is not said to be lost"

# --- the chain holds, and what is shown can be made again from it
run h audit verify
is "$rc" 0 "the chain is whole"
run h audit rebuild
is "$rc" 0 "the projections can be made again"
is "$(diff <(h show A1 --why) "$tmp/then")" "" "and say the same"
unlike "$("$huiying" --home "$home" show A1 --json | grep -o '"grounds":.*')" '工人到现场' "grounds hold no words of the item"

# --- a text at hand
why() { run "$huiying" rules why --rules "$tmp/old.conf" "$@"; }
why --title 某项目部欠薪 --no-region
is "$rc" 0 "a title alone"
like "$out" '      title: 某项目部«欠薪»' "is explained"
why --text 坍塌
like "$out" '^\[安全事故\] alerts: score 2, threshold 1, suggested grade 一般$' "--text"
run bash -c 'printf "脚手架\n坍塌了" | "$0" rules why --rules "$1" -' "$huiying" "$tmp/old.conf"
like "$out" '      text: 脚手架 «坍塌»了' "standard input; a quote is one line"
why 座谈会
like "$out" '^No topic: no line adds points' "nothing adds points"
why 坍塌演练
like "$out" '^  .*old.conf:19  puts the topic out: “演练”$' "the excluding line is read back"
like "$out" '^      text: 坍塌«演练»$' "with its word"
why
is "$rc" 2 "no text at all"
like "$err" 'what text' "says what may be given"
why --text a b
is "$rc" 2 "not two texts"
run "$huiying" rules why --rules "$tmp/old.conf" $'坍塌\033[31m红\u202e字'
unlike "$out" $'\033' "nothing foreign reaches the terminal"
is "$(grep -c '坍塌' <<<"$out")" 2 "and stays on its line"
