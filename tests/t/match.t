#!/bin/bash
# huiying match as a filter: the JSON of each row, bad rows, rule files, encodings, limits.
. "$(dirname "$0")/lib.sh"
plan 51

cat >"$tmp/r.conf" <<'R'
[定义]
诉求 = 求助 | 投诉
[地域]
/(?<![·•・])凯里(?![·•・ -]?(欧文|穆里根))/
龙场镇 (凯里 | 黔东南)
[全局排除]
招聘启事
[全局扣分]
召开 ~12 (会议 | 推进会)      2分
[欠薪欠资]
代码 = wage-arrears
牵头 = 某市人社局
地域 = 必须
阈值 = 3
级别 = 一般3 较大6 重大10
拖欠工资 | 欠薪        3分     # 说明
农民工 工钱            2分
标题: 集体讨薪         5分
来源: 留言板 @诉求     1分
/(a+)+$/
-(结清 | 足额发放)     3分
!(球员 | 俱乐部)
R

m() { run bash -c '"$0" match "${@:2}" <<<"$1"' "$huiying" "$@"; }

m '{"id":"1","title":"凯里集体讨薪","text":"农民工的工钱被欠·薪"}' --rules "$tmp/r.conf"
is "$rc" 0 "a row is matched"
is "$out" '{"id":"1","topics":[{"topic":"欠薪欠资","code":"wage-arrears","score":10,"grade":"重大","why":[{"line":16,"rule":"拖欠工资 | 欠薪        3分","points":3,"spans":[{"field":"text","start":7,"end":10}]},{"line":17,"rule":"农民工 工钱            2分","points":2,"spans":[{"field":"text","start":0,"end":3},{"field":"text","start":4,"end":6}]},{"line":18,"rule":"标题: 集体讨薪         5分","points":5,"spans":[{"field":"title","start":2,"end":6}]}]}],"suppressed":[],"undecided":[]}' "all of it"

m '{"id":"2","text":"欠薪"}' --rules "$tmp/r.conf"
is "$out" '{"id":"2","topics":[],"suppressed":[{"topic":"欠薪欠资","code":"wage-arrears","score":3,"reason":"region"}],"undecided":[]}' "not our region"
m '{"id":"2","text":"欠薪"}' --rules "$tmp/r.conf" --no-region
like "$out" '"topics":\[\{"topic":"欠薪欠资"' "--no-region takes it as met"
m '{"id":"2","text":"欠薪","local":true}' --rules "$tmp/r.conf"
like "$out" '"score":3,"grade":"一般"' "a local source is ours"
m '{"id":"2","text":"凯里·欧文欠薪"}' --rules "$tmp/r.conf"
like "$out" '"reason":"region"' "a player is no place"
m '{"id":"3","text":"凯里欠薪招聘启事"}' --rules "$tmp/r.conf"
like "$out" '"reason":"global","line":7\}' "excluded for all, with the line"
m '{"id":"3","text":"凯里欠薪球员"}' --rules "$tmp/r.conf"
like "$out" '"reason":"exclude","line":22\}' "excluded for the topic, with the line"
m '{"id":"4","text":"凯里欠薪结清"}' --rules "$tmp/r.conf"
like "$out" '"score":0,"reason":"threshold"' "subtracted below the threshold"
m '{"id":"5","text":"凯里欠薪，投诉","source":"市长留言板"}' --rules "$tmp/r.conf"
like "$out" '"score":3' "来源: looks at the source alone"
m '{"id":"6","text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}' --rules "$tmp/r.conf"
is "$out" '{"id":"6","topics":[],"suppressed":[],"undecided":[{"line":20,"topic":"欠薪欠资","why":"match-limit"}]}' "a regex at its limit is undecided"
m '{"kind":"item","id":"7","source":"x","title":"凯里","summary":"欠薪"}' --rules "$tmp/r.conf"
like "$out" '"field":"text","start":0,"end":2' "an item's summary is its text"
m '{"kind":"item","id":"7","title":"凯里","content":"工地欠薪","summary":"欠薪"}' --rules "$tmp/r.conf"
like "$out" '"spans":\[\{"field":"text","start":2,"end":4\}\]' "an item's content is its text"
m '{"kind":"item","id":"7","title":"凯里","content":"正文","summary":"欠薪"}' --rules "$tmp/r.conf"
like "$out" '"field":"text","start":3,"end":5' "a summary of its own stands behind the content"

# What `huiying parse` writes goes in as it is: a feed's own line is no item, an article is.
printf '%s\n' '<rss version="2.0"><channel><title>凯里欠薪</title><item><guid>g1</guid><title>凯里工地</title><description>欠薪</description></item></channel></rss>' >"$tmp/feed.xml"
run bash -c '"$0" parse --type feed "$1" | "$0" match --rules "$2"' "$huiying" "$tmp/feed.xml" "$tmp/r.conf"
is "$rc" 0 "parse | match"
is "$(echo "$out" | wc -l)" 1 "one answer, for the item"
like "$out" '^\{"id":"g1","topics":\[\{"topic":"欠薪欠资"' "the feed's line is passed over"
m '{"kind":"article","link":"https://example.gov.cn/1","title":"凯里","content":"欠薪"}' --rules "$tmp/r.conf"
like "$out" '^\{"topics":\[\{"topic":"欠薪欠资"' "an article is judged"
m '{"kind":1,"id":"k","title":"凯里","text":"欠薪"}' --rules "$tmp/r.conf"
like "$out" '^\{"id":"k","topics":\[\{' "a kind of somebody else's is nothing to us"

# An id comes back, or is told to be none.
m '{"id":9007199254740993,"text":"x"}' --rules "$tmp/r.conf"
like "$out" '^\{"id":"9007199254740993"' "a number comes back"
m '{"id":null,"text":"x"}' --rules "$tmp/r.conf"
is "$rc $out" '0 {"topics":[],"suppressed":[],"undecided":[]}' "no id is no fault"
printf '%s\n' '{"id":1.5,"text":"x"}' '{"id":true,"text":"x"}' '{"id":["a"],"text":"x"}' '{"id":{"a":1},"text":"x"}' '{"id":"z","text":"x"}' >"$tmp/rows"
run bash -c '"$0" match --rules "$1" <"$2"' "$huiying" "$tmp/r.conf" "$tmp/rows"
is "$rc" 3 "ids that are none: exit 3"
is "$(echo "$out" | wc -l)" 1 "no answer without its id"
is "$(echo "$err" | grep -c 'line [1-4]: “id” is neither a text nor a whole number')" 4 "each with its line"

printf '%s\n' '{"id":"a","text":"x"}' '{bad' '' '[1]' '{"id":"b","title":5}' '{"id":"c","text":"y"}' >"$tmp/rows"
run bash -c '"$0" match --rules "$1" <"$2"' "$huiying" "$tmp/r.conf" "$tmp/rows"
is "$rc" 3 "bad rows: exit 3"
is "$(echo "$out" | tr -d '\n' | grep -o '"id":"[a-z]"' | tr -d '\n')" '"id":"a""id":"c"' "the others are answered"
like "$err" 'line 2:' "the first bad row is told"
like "$err" 'line 4:' "the second too"
like "$err" 'line 5: .*title' "a title that is no text"
is "$(echo "$err" | wc -l)" 4 "and nothing else but the count"

printf '\xef\xbb\xbf[甲]\r\n代码 = a\r\n欠薪 2分\r\n' >"$tmp/bom.conf"
m '{"id":"1","text":"欠薪"}' --rules "$tmp/bom.conf"
like "$out" '"rule":"欠薪 2分","points":2' "BOM and CRLF are read"
is "$err" "" "without a word"
printf '[甲]\n欠薪\n\xef\xbb\xbf[乙]\n标题\xe2\x80\x8b: 讨薪 \xe2\x80\x8b2分\n' >"$tmp/unseen.conf"
m '{"id":"1","title":"讨薪","text":"欠薪"}' --rules "$tmp/unseen.conf"
like "$out" '"topic":"甲".*"topic":"乙","code":"乙","score":2,.*"field":"title"' "characters that nobody sees change no rule"
printf '[甲]\n欠\xe2\x80\x8b薪 (\n' >"$tmp/unseen.conf"
m '{"id":"1"}' --rules "$tmp/unseen.conf"
like "$err" 'unseen.conf:2:5: ' "and no column"
iconv -f UTF-8 -t GB18030 "$tmp/r.conf" >"$tmp/gb.conf"
m '{"id":"1","text":"凯里欠薪"}' --rules "$tmp/gb.conf"
like "$out" '"code":"wage-arrears"' "GB18030 is read"
like "$err" 'gb.conf: notice: .*GB18030' "with a notice"
printf '[\xb8\xff\n' >"$tmp/bad.conf"
m '{"id":"1"}' --rules "$tmp/bad.conf"
is "$rc" 2 "a file in no encoding is refused"
like "$err" 'bad.conf:1:2: ' "with the place"
# UTF-8 with one byte broken: GB18030 fails earlier, but is not what was meant.
printf '[甲]\n代码 = a\n欠薪讨薪\n拖欠\xff工资\n' >"$tmp/bad.conf"
m '{"id":"1"}' --rules "$tmp/bad.conf"
like "$err" 'bad.conf:4:3: ' "the place where UTF-8 ends"
{ printf '[甲]\n代码 = a\n欠薪讨薪\n拖欠' | iconv -f UTF-8 -t GB18030; printf '\xff\n'; } >"$tmp/bad.conf"
m '{"id":"1"}' --rules "$tmp/bad.conf"
like "$err" 'bad.conf:4:3: ' "the place where GB18030 ends"
printf '[甲]\n欠\0薪\n' >"$tmp/bad.conf"
m '{"id":"1"}' --rules "$tmp/bad.conf"
like "$err" 'bad.conf:2:2: .*NUL' "the place of a NUL byte"

printf '[甲]\n代码 = a\n欠薪、讨薪\n/(/\n' >"$tmp/wrong.conf"
m '{"id":"1","text":"欠薪"}' --rules "$tmp/wrong.conf"
is "$rc $out" "2 " "wrong rules load nothing"
like "$err" 'wrong.conf:3:3: .*did you mean' "first error with its place"
like "$err" 'wrong.conf:4:[0-9]+: ' "second error with its place"
m '{"id":"1"}' --rules "$tmp/none.conf"
is "$rc" 2 "a missing rule file: exit 2"

# Every plumbing command works from a fresh build without an instance.
m '{"id":"1","title":"凯里市鸭塘街道某工地拖欠工资","text":"农民工讨薪，请求解决"}'
is "$rc" 0 "the shipped rules load"
like "$out" '"topic":"欠薪欠资","code":"wage-arrears"' "and find wage arrears in 凯里"
m '{"id":"1","title":"龙场镇某工地拖欠工资","text":"织金县"}'
like "$out" '"topics":\[\],.*"reason":"region"' "but not in another county's 龙场镇"

# A text of several megabytes, and one past the limit of a field.
row() { printf '{"id":"1","text":"'; head -c "$1" /dev/zero | tr '\0' a | sed 's/a/啊/g'; printf '欠薪"}\n'; }
row 1500000 >"$tmp/big"
run bash -c 'timeout 30 "$0" match --rules "$1" --no-region <"$2"' "$huiying" "$tmp/r.conf" "$tmp/big"
like "$out" '"field":"text","start":1500000,"end":1500002' "a text of four megabytes"
row 6000000 >"$tmp/big"
run bash -c 'timeout 30 "$0" match --rules "$1" --no-region <"$2"' "$huiying" "$tmp/r.conf" "$tmp/big"
is "$rc" 3 "one of eighteen is refused"
like "$err" 'line 1: .*16777216 bytes' "and told why"
