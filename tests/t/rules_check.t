#!/bin/bash
# huiying rules check: every kind of error and warning with its place, its words and its hint.
. "$(dirname "$0")/lib.sh"
plan 42

# Goldens: what a person reads, word for word. Every error that DESIGN's grammar knows.
cd "$top/tests/data/rules" || exit 1
for f in errors cycle warnings; do
	"$huiying" rules check "$f.conf" >"$tmp/$f.txt" 2>&1
	rc=$?
	is "$rc" "$([ $f = warnings ] && echo 0 || echo 2)" "$f.conf: exit code"
	is "$(diff "$f.txt" "$tmp/$f.txt")" "" "$f.conf: every message"
	is "$(grep -cE "^$f.conf:[0-9]+:[0-9]+: " "$tmp/$f.txt")" "$(grep -c '^    hint: ' "$tmp/$f.txt")" \
		"$f.conf: each with its place and a hint"
done
is "$(grep -oE '^errors.conf:[0-9]+' errors.txt | sort -t: -k2n -c 2>&1)" "" "in the order of lines"
cd "$tmp" || exit 1

# As JSON: one object a message.
run "$huiying" rules check --json "$top/tests/data/rules/cycle.conf"
is "$rc" 2 "--json: the same exit code"
like "$out" '^\{"ok":false,.*"messages":\[\{"kind":"error","file":"[^"]*cycle.conf","line":2,"column":1,"text":"@甲 is defined by itself","hint":"take' "--json: place, text and hint"
run "$huiying" rules check --json "$top/tests/data/rules/warnings.conf"
is "$rc" 0 "warnings are no error"
like "$out" '^\{"ok":true,"hash":"[0-9a-f]{64}","topics":3,.*"warnings":[1-9][0-9]*,"messages":\[\{"kind":"warning",' "--json: warnings"
is "$(grep -o '"kind":"warning"' <<<"$out" | wc -l)" "$(grep -c ': warning: ' "$top/tests/data/rules/warnings.txt")" "--json: all of them"

# Columns are characters as editors count them, whatever the file's bytes.
printf '[甲]\n代码 = a\n  讨薪 | 欠薪、拖欠\n' >utf8.conf
printf '\xef\xbb\xbf' | cat - utf8.conf >bom.conf
sed 's/$/\r/' utf8.conf >crlf.conf
iconv -f UTF-8 -t GB18030 utf8.conf >gb.conf
iconv -f UTF-8 -t UTF-16 utf8.conf >utf16.conf
for f in utf8 bom crlf gb utf16; do
	run "$huiying" rules check $f.conf
	like "$rc ${err//$'\n'/ }" "^2 ($f.conf: notice: read as (GB18030|UTF-16); saving it as UTF-8 is safer )?$f.conf:3:10: “、” and “，” do not separate words; did you mean \|\?" "$f.conf: the column"
done
like "$("$huiying" rules check gb.conf 2>&1)" '^gb.conf: notice: read as GB18030; saving it as UTF-8 is safer' "another encoding is told"
printf '[甲]\n代码 = a\n欠薪\xff\n' >bad.conf
run "$huiying" rules check bad.conf
like "$err" 'bad.conf:3:3: the text is neither UTF-8 nor GB18030' "no encoding: where"
like "$err" '    hint: save the file as UTF-8' "and what to do"
printf '[甲]\n代码 = a\n\xf0\xa0\xae\xb7\xf0\xa0\xae\xb7\t~ 薪\n' >wide.conf
run "$huiying" rules check wide.conf
like "$err" 'wide.conf:3:4: ~ needs a number' "a rare character and a tab are one column each"

# Many errors: as many as a person reads, then their number.
{ echo '[甲]'; for i in $(seq 300); do echo '欠薪、'; done; } >many.conf
run "$huiying" rules check many.conf
is "$(grep -c 'many.conf:' <<<"$err")" 200 "two hundred are listed"
like "$err" 'and 100 more errors' "the rest is counted"
# A file that is no rule file at all.
head -c 3000 "$huiying" >binary.conf
run "$huiying" rules check binary.conf
is "$rc" 2 "a program is no rule file"
run "$huiying" rules check none.conf
is "$rc" 2 "a file that is not there"
like "$err" 'none.conf' "is named"

# Overlays: 停用 finds its line in any spelling; else it is told.
printf '[甲]\n代码 = a\n欠薪 | 讨薪  2分\n拖欠工资\n' >main.conf
printf '[甲]\n停用: 欠薪  |  讨薪\n停用: 拖欠工钱\n' >over.conf
run "$huiying" rules check main.conf over.conf
is "$rc" 0 "an overlay"
is "$err" "over.conf:3:1: warning: no such line is there to switch off
    hint: it was changed or taken away; copy the line as it stands now behind 停用:, or take this one away" "a line that is not there any more"
like "$out" '^1 topic, 1 line, 0 tests passed, 1 warning$' "counts as a warning"

# What other programs know as operators is told in lists too.
printf '[定义]\n诉 = 求助 或 投诉\n[甲]\n代码 = a\n欠薪 @诉\n' >t.conf
run "$huiying" rules check t.conf
is "$rc" 0 "an operator of another program is a word"
is "$err" "t.conf:2:8: warning: “或” is looked for as a word here
    hint: write | between words of which any will do" "which is told once, where it stands"

# The names of our own files in messages.
mkdir -p home/local.d
printf '[地域]\n某市\n某市城关镇\n' >home/local.d/office.conf
run "$huiying" rules check --home home
like "$err" 'local.d/office.conf:3:1: warning: this line says nothing more: wherever it hits, local.d/office.conf:2 hits too' "local.d is named as it stands"
unlike "$err" '/home/' "without the way to it"

# A failing test: what hit, and what may be done.
printf '[甲]\n代码 = a\n阈值 = 2\n欠薪  2分\n-结清\n不中: 欠薪\n应中: 欠薪结清\n应中: 讨薪\n[地域]\n某市\n不中: 某市\n' >t.conf
run "$huiying" rules check t.conf
is "$rc" 2 "failing tests: exit 2"
is "$err" "t.conf:6:1: 不中 failed: [甲] alerts with score 2 (threshold 2): t.conf:4 +2
    hint: make a line above narrower, or add a - or ! line with a word of this text; or change the test when it is wrong
t.conf:7:1: 应中 failed: [甲] does not alert, score 1 is below the threshold 2; hits: t.conf:4 +2, t.conf:5 -1
    hint: add a line with a word of this text, or points to one that hits; or change the test when it asks for too much
t.conf:8:1: 应中 failed: no line of [甲] hits this text
    hint: add a line with a word of this text, or points to one that hits; or change the test when it asks for too much
t.conf:11:1: 不中 failed: a line of this section hits this text, t.conf:10
    hint: make that line narrower, or change the test when it is wrong
huiying: 4 tests failed" "each with the lines that decided"

# Lists that double at every step are told where they stand, also when no line uses them;
# thousands of lists and topics are found by name.
{ echo '[定义]'; for i in $(seq 0 20); do echo "m$i = @m$((i + 1)) | @m$((i + 1))"; done; printf 'm21 = 欠薪\n[甲]\n讨薪\n'; } >t.conf
run timeout 30 "$huiying" rules check t.conf
is "$rc" 2 "a list that would never end to be read: exit 2"
like "$err" 't.conf:2:1: with its @lists this line is too long' "with its place"
{ echo '[定义]'; seq 20000 | sed 's/.*/l& = 词&/'; seq 20000 | sed 's/.*/[t&]\n@l& 欠薪/'; } >t.conf
run bash -c '"$0" match --rules t.conf --no-region <<<"$1"' "$huiying" '{"id":"1","text":"欠薪，词19999"}'
like "$out" '"topic":"t19999"' "20,000 lists and topics"
# So are words that begin alike, and what puts a topic out.
seq 60000 | sed 's/.*/[题&]\n甲&乙\n应中: 甲&乙/' >t.conf
run timeout 60 "$huiying" rules check t.conf
is "$rc" 0 "60,000 topics with a test each are checked"
