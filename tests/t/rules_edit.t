#!/bin/bash
# rules edit, revert and versions: a draft, the check, the trial, one event and the archive.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 161
office_init
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
unset VISUAL EDITOR
rss "$tmp/a.xml" "某项目部拖欠工程款引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪。" \
	"某小区停水三天无人管" https://a.example.gov.cn/2 g2 "居民很着急。" \
	"某小区又停水了居民提水上楼" https://a.example.gov.cn/3 g3 "水压不足。" \
	"某地拖欠材料款的事已经结清" https://a.example.gov.cn/4 g4 "都好了。" \
	"今天天气不错适合出游散心" https://a.example.gov.cn/5 g5 "阳光明媚。"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
rules=$home/keywords.conf
cp "$rules" "$tmp/first.conf"
sum() { sha256sum "$1" | cut -d' ' -f1; }
events() { sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind = 'rules.installed/1'"; }
last() { sqlite3 "$home/ledger.db" "SELECT $1 FROM events WHERE kind = 'rules.installed/1' ORDER BY seq DESC LIMIT 1"; }
drafts() { find "$home" -name '.*.draft-*' | wc -l; }
# terminal ANSWERS VERB…: at a pseudo-terminal; sets $out and $rc.
terminal() {
	local answers=$1
	shift
	printf "$answers" | timeout 60 script -qec "'$huiying' --home '$home' $* --actor 甲 --role watch" /dev/null >"$tmp/.tty" 2>&1
	rc=$?
	out=$(tr -d '\r\0' <"$tmp/.tty")
}
# editor BODY: $EDITOR is a script with this body; "$1" is the draft.
editor() {
	printf '#!/bin/bash\necho x >>"%s/started"\n%s\n' "$tmp" "$1" >"$tmp/ed"
	chmod +x "$tmp/ed"
	export EDITOR="$tmp/ed"
	: >"$tmp/started"
}

# --- who may, and which file
as 丙 unit rules edit keywords.conf --from "$tmp/first.conf"
is "$rc" 1 "a responsible unit may not change the rules"
watch rules edit nothing.conf --from "$tmp/first.conf"
is "$rc" 2 "a file that is not there"
like "$err" 'there are: keywords.conf, local.d/kaili.conf' "says which are"
watch rules edit ../x.conf --new --from "$tmp/first.conf"
is "$rc" 2 "a path is no name of an overlay"
watch rules edit .x.conf --new --from "$tmp/first.conf"
is "$rc" 2 "nor is a hidden file"
watch rules edit keywords.conf
is "$rc" 2 "without a terminal, an editor or --from"
like "$err" 'no terminal for an editor' "says so"
watch rules edit keywords.conf --from "$tmp/first.conf"
is "$rc" 0 "the same text"
is "$out" "keywords.conf: nothing changed" "is no change"
is "$(events)" 0 "and no event"
watch rules versions
is "$out" "no rules were installed by “rules edit” yet" "no versions yet"
watch rules revert
is "$rc" 3 "nothing to go back to"

# --- a text that is not right
printf '[x]\n代码 = x\n(停水\n' >"$tmp/bad.conf"
watch rules edit keywords.conf --from "$tmp/bad.conf" --yes
is "$rc" 2 "a fault is refused"
like "$err" '^keywords.conf:3:' "with its place"
sed 's/^坍塌.*/坍塌 9分\n不中: 脚手架坍塌/' "$tmp/first.conf" >"$tmp/bad.conf"
watch rules edit keywords.conf --from "$tmp/bad.conf" --yes
is "$rc" 2 "so is a failing test"
like "$err" 'keywords.conf:15:1: 不中 failed' "with its place"
is "$(cat "$rules")" "$(cat "$tmp/first.conf")" "the file is as it was"
is "$(events)" 0 "no event"

# --- figures
{ cat "$tmp/first.conf"; printf '\n[停水]\n代码 = water\n停水 3分\n阈值 = 3\n'; } >"$tmp/second.conf"
watch rules edit keywords.conf --from "$tmp/second.conf" --dry-run
is "$rc" 0 "--dry-run"
like "$out" '^keywords.conf: 4 lines added, 0 removed$' "lines"
like "$out" '^  \+   1[0-9]  停水 3分$' "each of them"
like "$out" 'tried on the 5 items of the last 7 days: 2 alerts before, 4 after \(0.3 and 0.6 a day\)' "figures"
like "$out" '^gained 2, lost 0, graver 0, milder 0$' "gained and lost"
like "$out" '^\+2 -0  keywords.conf:1[0-9] \(new\)  停水 3分$' "by line"
like "$out" '^    \+ \[停水\]  某小区停水三天无人管 \(某报\)$' "with examples"
is "$(cat "$rules")" "$(cat "$tmp/first.conf")" "nothing is written"
watch rules edit keywords.conf --from "$tmp/second.conf"
is "$rc" 2 "nobody to ask"
like "$err" 'say --yes to install' "says what is missing"
watch rules edit keywords.conf --from - --yes
is "$rc" 2 "no text at all"
like "$err" 'no topic is left' "is refused"
chmod 640 "$rules"
run bash -c '"$@" <"$0"' "$tmp/second.conf" "$huiying" --home "$home" rules edit keywords.conf --from - --yes --actor 甲 --role watch
is "$rc" 0 "from standard input, with --yes"
like "$out" 'keywords.conf is installed: rules [0-9a-f]{12}$' "installed"
like "$err" 'next: huiying rules apply --since 7d' "what may come next"
is "$(cat "$rules")" "$(cat "$tmp/second.conf")" "the file is the new text"
is "$(stat -c %a "$rules")" 640 "with the mode it had"
is "$(events)" 1 "one event"
like "$(last payload)" "^\{\"alerts_after\":4,\"alerts_before\":2,\"days\":7,\"file\":\"keywords.conf\",\"file_after\":\"$(sum "$tmp/second.conf")\",\"file_before\":\"$(sum "$tmp/first.conf")\",\"gained\":2,\"how\":\"edit\",\"items\":5,\"lines_added\":4,\"lines_removed\":0,\"lost\":0,\"rules_after\":\"[0-9a-f]{64}\",\"rules_before\":\"[0-9a-f]{64}\"\}$" "it says all"
like "$(last actor)" '甲' "and who"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM rule_sets WHERE hash = (SELECT json_extract('$(last payload)', '\$.rules_before'))")" 2 "the set before is archived, both files"
is "$(sqlite3 "$home/ledger.db" "SELECT count(DISTINCT a.rules_hash) FROM alerts a JOIN rule_sets s ON s.hash = a.rules_hash")" 1 "and the rules of every alert"
watch rules versions "$(sum "$tmp/first.conf")"
is "$out" "$(cat "$tmp/first.conf")" "the first version can be read"
watch show A1 --json
watch rules versions "$(echo "$out" | grep -o '"rules_hash":"[0-9a-f]*' | cut -d'"' -f4 | cut -c1-12)"
like "$out" '^# --- keywords.conf' "so can the rules that an alert names"

# --- JSON
watch rules edit keywords.conf --from "$tmp/first.conf" --dry-run --json
is "$(echo "$out" | jq -c '[.file, .installed, .lines_removed, .backtest.before, .backtest.after, .backtest.lost, (.backtest.alerts | length), .backtest.lines[0].rule, .backtest.alerts[0].lines]')" '["keywords.conf",false,4,4,2,2,2,"停水 3分",[0]]' "as JSON"

# --- more than three times
sed 's/^停水 3分/停水 3分\n出游 3分\n材料 3分\n着急 3分\n上楼 3分\n关注 3分/' "$tmp/first.conf" |
	sed 's/^讨薪.*/讨薪 3分\n的 | 了 | 天 3分\n/; s/^坍塌.*/坍塌 9分\n拖欠 | 停水 | 天气 9分/' >"$tmp/flood.conf"
watch rules revert --yes
is "$rc" 0 "back to two alerts"
watch rules edit keywords.conf --from "$tmp/flood.conf" --yes
is "$rc" 1 "more than three times the alerts: --yes is not enough"
like "$err" 'say --alerts 10 to install all the same' "the number is asked for"
watch rules edit keywords.conf --from "$tmp/flood.conf" --yes --alerts 9
is "$rc" 1 "another number"
watch rules edit keywords.conf --from "$tmp/flood.conf" --yes --alerts 10
is "$rc" 0 "the right one"

# --- going back
watch rules versions --json
is "$(echo "$out" | jq -c '[.how, .file, .lines_added, .in_use]' | tr '\n' ' ')" '["edit","keywords.conf",4,true] ["revert","keywords.conf",0,false] ["edit","keywords.conf",4,false] ' "three versions"
watch rules versions
like "$out" "^2026-11-23 10:00  甲   edit +$(sum "$tmp/flood.conf" | cut -c1-12) \*  $(sum "$tmp/first.conf" | cut -c1-12)  \+4 -2  \+8 -0   keywords.conf" "as a table, the one in use marked"
watch rules revert --yes
is "$(cat "$rules")" "$(cat "$tmp/first.conf")" "revert: the version before"
watch rules revert "$(sum "$tmp/second.conf" | cut -c1-10)" --yes
is "$rc" 0 "revert to one that was named"
is "$(cat "$rules")" "$(cat "$tmp/second.conf")" "it is there"
like "$(last payload)" '"how":"revert"' "an event of its own"
watch rules revert "$(sum "$tmp/second.conf" | cut -c1-10)" --yes
is "$out" "keywords.conf: nothing changed" "the version in use"
watch rules revert abcdef --yes
is "$rc" 3 "a version that is not there"
watch rules revert zz --yes
is "$rc" 3 "what is no version"
n=$(events)

# --- an editor
editor 'echo "断水 3分" >>"$1"; cp "$1" "'"$tmp"'/third.conf"'
watch rules edit keywords.conf
is "$rc" 2 "an editor without a terminal needs --yes"
is "$(drafts)" 1 "the draft is kept"
like "$err" "the draft is kept: $home/.keywords.draft-.*\.conf" "and its place told"
like "$err" 'next: huiying rules edit keywords.conf --from .*\.keywords\.draft' "with the way on"
draft=$(find "$home" -name '.*.draft-*')
is "$(cat "$draft")" "$(cat "$tmp/third.conf")" "all that was typed is in it"
run "$huiying" --home "$home" rules check
is "$rc" 0 "a draft is never loaded"
watch rules edit keywords.conf --from "$draft" --yes
is "$rc" 0 "it can be installed from there"
is "$(cat "$rules")" "$(cat "$tmp/third.conf")" "as it is"
rm "$draft"
editor ':'
watch rules edit keywords.conf
is "$rc $out" "0 keywords.conf: nothing changed" "an editor that changes nothing"
is "$(drafts)" 0 "leaves no draft"
editor 'echo "水管 3分" >>"$1"; exit 3'
watch rules edit keywords.conf --yes
is "$rc" 3 "an editor that fails"
like "$err" 'ed ended with exit code 3' "is told"
is "$(drafts)" 1 "the draft is kept all the same"
rm "$home"/.keywords.draft-*
export EDITOR="$tmp/none"
watch rules edit keywords.conf --yes
like "$err" "cannot start the editor $tmp/none" "an editor that is not there"
is "$(drafts)" 0 "nothing was typed"
editor 'shift; cp "$1" "'"$tmp"'/words"; exit 0'
EDITOR="$tmp/ed -x"
watch rules edit keywords.conf --yes
is "$(cat "$tmp/words")" "$(cat "$rules")" "\$EDITOR may hold arguments; the file comes last"

odd="$tmp/a b;\$(touch x)'"
cp -r "$home" "$odd"
editor 'echo "断电 3分" >>"$1"; [ $# = 1 ]'
run "$huiying" --home "$odd" rules edit keywords.conf --yes --actor 甲 --role watch
is "$rc" 0 "no shell sees the file's name"
like "$(tail -1 "$odd/keywords.conf")" '^断电 3分$' "whatever stands in it"

# --- at a terminal
editor 'if [ $(wc -l <'"$tmp"'/started) = 1 ]; then echo "(水管" >>"$1"; else sed -i "s/^(水管/水管 3分/" "$1"; fi'
terminal 'q\ne\ny\n' rules edit keywords.conf
is "$rc" 0 "a fault, edited again, installed"
like "$out" 'keywords.conf:[0-9]+:[0-9]+: ' "the fault was told"
like "$out" 'What now\? \(e\) edit again, \(x\) give up.*What now' "and asked about, twice for a bad answer"
like "$(cat "$rules")" '^水管 3分$' "the mended text is there"
is "$(drafts)" 0 "and no draft"
editor 'echo "(坏" >>"$1"'
terminal 'x\n' rules edit keywords.conf
is "$rc" 1 "given up"
is "$(drafts)" 1 "the draft is kept"
like "$out" 'the draft is kept' "and told"
rm "$home"/.keywords.draft-*
editor 'echo "漏水 3分" >>"$1"'
terminal 'e\nx\n' rules edit keywords.conf
is "$rc" 1 "edited again, then given up at the question"
is "$(grep -c '漏水' "$home"/.keywords.draft-*)" 2 "both edits are in the draft"
rm "$home"/.keywords.draft-*
terminal '' rules edit keywords.conf
is "$rc" 1 "the end of input gives up"
rm "$home"/.keywords.draft-*
terminal 'y\n' rules edit keywords.conf --from "$tmp/flood.conf"
is "$rc" 0 "with fewer alerts before it asks for no number"
watch rules revert "$(sum "$tmp/first.conf" | cut -c1-12)" --yes
# Exactly three times is no surge, one more is.
printf '[欠薪欠资]\n代码 = wage-arrears\n地域 = 不限\n阈值 = 3\n讨薪 3分\n' >"$tmp/one.conf"
{ cat "$tmp/one.conf"; printf '停水 3分\n'; } >"$tmp/three.conf"
{ cat "$tmp/three.conf"; printf '材料款 3分\n'; } >"$tmp/four.conf"
before=$(cat "$rules")
cp "$tmp/one.conf" "$rules"
watch rules edit keywords.conf --from "$tmp/three.conf" --yes
is "$rc" 0 "three times the alerts is no surge"
like "$out" ': 1 alert before, 3 after' "it is three times"
cp "$tmp/one.conf" "$rules"
watch rules edit keywords.conf --from "$tmp/four.conf" --yes
is "$rc" 1 "four times is one"
like "$out$err" 'say --alerts 4 to install' "which the number installs"
printf '%s\n' "$before" >"$rules"
terminal 'y\n9\n10\n' rules edit keywords.conf --from "$tmp/flood.conf"
is "$rc" 0 "the number is typed in"
like "$out" 'Type the number 10 to install.*Type the number 10.*Type the number 10' "yes and another number are not taken"

# --- two at once
mkfifo "$tmp/wait"
editor 'read -r line <"'"$tmp"'/wait"; echo "# 一行" >>"$1"'
HUIYING_HOME=$home "$huiying" rules edit keywords.conf --yes --alerts 10 --actor 乙 --role supervisor >"$tmp/one.out" 2>&1 &
one=$!
cleanup_pids="$cleanup_pids $one"
until [ -s "$tmp/started" ]; do read -r -t 0.02 <> <(:) || :; done
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
is "$rc" 3 "a second editor"
like "$err" 'the rules are being edited by 乙 since [0-9-]+ [0-9:]+ \(process [0-9]+\)' "hears who holds them"
watch rules revert --yes
is "$rc" 3 "revert waits for nobody either"
cp "$tmp/second.conf" "$rules"
echo go >"$tmp/wait"
wait $one
is "$?" 1 "a file that was changed by other means meanwhile is not overwritten"
like "$(tr '\n' ' ' <"$tmp/one.out")" 'the draft is kept: .*the rules were changed meanwhile by other means' "told"
rm "$home"/.keywords.draft-*

# --- an overlay that came with the program: copied, never written; the others come along
unset EDITOR
cp -r "$top/rules" "$tmp/shipped"
printf '[停水]\n漏水 3分\n' >"$tmp/shipped/local.d/more.conf"
export HUIYING_SHIPPED=$tmp/shipped
{ cat "$tmp/shipped/local.d/kaili.conf"; echo '# 本办加的一行'; } >"$tmp/kaili.conf"
watch rules edit --from "$tmp/kaili.conf" --yes
is "$rc" 2 "of two overlays one must be named"
like "$err" 'which rule file\? There are: keywords.conf, local.d/kaili.conf, local.d/more.conf' "says which there are"
watch rules edit kaili.conf --from "$tmp/kaili.conf" --yes
is "$rc" 0 "the first edit of a shipped overlay"
is "$(cat "$home/local.d/kaili.conf")" "$(cat "$tmp/kaili.conf")" "makes the home's own"
is "$(cat "$home/local.d/more.conf")" "$(cat "$tmp/shipped/local.d/more.conf")" "and takes the others along"
is "$(grep -c 本办 "$tmp/shipped/local.d/kaili.conf")" 0 "the shipped one is as it was"
run "$huiying" --home "$home" rules check --json
is "$(echo "$out" | jq -r .hash)" "$(last payload | jq -r .rules_after)" "the rules in use are those of the event"
printf '[停水]\n水压不足 3分\n' >"$tmp/new.conf"
watch rules edit city.conf --from "$tmp/new.conf" --yes
is "$rc" 2 "a new overlay only with --new"
watch rules edit city.conf --new --from "$tmp/new.conf" --yes
is "$rc" 0 "with it"
run "$huiying" --home "$home" rules check --json
is "$(echo "$out" | jq -r .hash)" "$(last payload | jq -r .rules_after)" "it stands in its place by name"
like "$(last payload)" '"file":"local.d/city.conf".*"file_before":""' "there was none before"
watch rules revert --yes
is "$rc $(cat "$home/local.d/city.conf")" "0 " "going back leaves it empty"

# --- a link stays a link; GB18030 becomes UTF-8 in the draft
mkdir "$tmp/elsewhere"
iconv -f UTF-8 -t GB18030 "$tmp/second.conf" >"$tmp/elsewhere/real.conf"
ln -sf "$tmp/elsewhere/real.conf" "$rules"
editor 'grep -q 停水 "$1" && echo "断气 3分" >>"$1"'
watch rules edit keywords.conf --yes
is "$rc" 0 "a file in GB18030 is edited"
is "$(cat "$tmp/elsewhere/real.conf")" "$(cat "$tmp/second.conf"; echo '断气 3分')" "as UTF-8, where the link leads"
is "$(readlink "$rules")" "$tmp/elsewhere/real.conf" "and the link stays"
rm "$rules"

# --- rules that do not load can be mended
printf '[停水\n' >"$rules"
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
like "$err" 'the rules in use cannot be loaded' "rules that do not load"
like "$err" 'say --alerts 4' "count as none"
watch rules edit keywords.conf --from "$tmp/second.conf" --yes --alerts 4
is "$rc" 0 "and are mended"
like "$(last payload)" '"rules_before":""' "the event says that there were none"

# --- what editors do to a file
editor 'rm "$1"'
watch rules edit keywords.conf --yes
is "$rc" 3 "an editor that removes the draft"
like "$err" 'the editor left no file: .*draft.* is gone' "is told"
unlike "$err" 'the draft is kept|next:' "and nobody is sent to a file that is not there"
editor 'rm "$1"; mkfifo "$1"'
run timeout 20 "$huiying" --home "$home" rules edit keywords.conf --yes --actor 甲 --role watch
is "$rc" 3 "one that leaves a pipe is not waited for"
cp "$rules" "$tmp/plain.conf"
editor '{ printf "\xEF\xBB\xBF"; sed "s/$/\r/" "$1"; printf "断水断电 3分\r\n"; } >"$1.new"; mv "$1.new" "$1"'
watch rules edit keywords.conf --yes
is "$rc" 0 "one that adds a byte order mark and its own line ends"
like "$out" '^keywords.conf: 1 line added, 0 removed$' "has changed what was changed"
like "$(last payload)" '"lines_added":1,"lines_removed":0' "and the event says so"
editor 'iconv -f UTF-8 -t UTF-16 "$1" >"$1.new"; mv "$1.new" "$1"'
watch rules edit keywords.conf --yes
is "$rc" 0 "another encoding"
like "$out" '^keywords.conf: the same lines, written in another way$' "is no change of a line"
watch rules edit keywords.conf --from "$tmp/plain.conf" --yes
like "$out" '^keywords.conf: 0 lines added, 1 removed$' "back from it as well"
printf '[欠薪欠资]\n工钱没给 3分\n' >"$tmp/over.conf"
watch rules edit over.conf --new --from "$tmp/over.conf" --yes
rm "$home/local.d/over.conf"
before=$(events)
watch rules revert --yes
is "$rc $out" "0 local.d/over.conf: nothing changed" "going back to no overlay, and it is gone already"
is "$(events)" "$before" "is no event"
printf '[定义]\n事 = 工资 | 血汗钱\n' | cat - "$tmp/plain.conf" >"$tmp/list.conf"
watch rules edit keywords.conf --from "$tmp/list.conf" --yes
printf '[欠薪欠资]\n讨要 @事\n' >"$tmp/over.conf"
watch rules edit over.conf --new --from "$tmp/over.conf" --yes
watch rules edit keywords.conf --from "$tmp/plain.conf" --yes
is "$rc" 2 "a list that an overlay uses cannot go"
like "$err" 'local.d/over.conf:2:4: @事 is not defined' "the overlay is named"
like "$err" 'with this keywords.conf other rule files are not right' "and that it is not this file"
rm "$home/local.d/over.conf"
watch rules edit keywords.conf --from "$tmp/plain.conf" --yes

# --- Ctrl-C in the editor is the editor's
editor "kill -INT \$PPID; kill -QUIT \$PPID; cat '$tmp/flood.conf' >\"\$1\""
terminal 'x\n' rules edit keywords.conf
is "$rc" 1 "Ctrl-C while the editor runs ends nothing"
like "$out" 'keywords.conf stays as it is' "the person is asked as usual"
unset EDITOR

# --- when the ledger does not take the event the file is as it was
sqlite3 "$home/ledger.db" "CREATE TABLE never (x INTEGER REFERENCES alerts (id) DEFERRABLE INITIALLY DEFERRED);
	CREATE TRIGGER never AFTER INSERT ON rule_installs BEGIN INSERT INTO never VALUES (999999); END"
chmod 640 "$rules"
watch rules edit keywords.conf --from "$tmp/flood.conf" --yes --alerts 10
is "$rc" 4 "the ledger refuses at the last moment"
is "$(cmp "$rules" "$tmp/second.conf" && stat -c %a "$rules")" 640 "the file is as it was"
is "$(events)" "$(sqlite3 "$home/ledger.db" 'SELECT count(*) FROM rule_installs')" "and no event tells of it"
sqlite3 "$home/ledger.db" "DROP TRIGGER never; DROP TABLE never"

# --- killed at any moment: the old file or the new one
bad=0
for i in $(seq 1 "${KILLS:-20}"); do
	if cmp -s "$rules" "$tmp/second.conf"; then next=$tmp/flood.conf; else next=$tmp/second.conf; fi
	"$huiying" --home "$home" rules edit keywords.conf --from "$next" --yes --alerts 10 -q --actor 甲 --role watch >/dev/null 2>&1 &
	pid=$!
	read -r -t "0.0$((RANDOM % 40 + 10))" <> <(:) || :
	{ kill -9 $pid && wait $pid; } 2>/dev/null
	cmp -s "$rules" "$tmp/second.conf" || cmp -s "$rules" "$tmp/flood.conf" || bad=$((bad + 1))
done
is "$bad" 0 "killed: the file is the old one or the new one, whole"
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
is "$rc" 0 "and nothing is held"
watch audit rebuild
is "$rc" 0 "the events give the same tables"
watch audit verify
is "$rc" 0 "the archive is sound"
sqlite3 "$home/ledger.db" "DROP TRIGGER rule_files_no_update; UPDATE rule_files SET body = CAST('x' AS BLOB) WHERE hash = '$(sum "$tmp/first.conf")'"
watch audit verify
is "$rc" 4 "an archived rule file that was changed is found"
like "$err" "the archived rule file $(sum "$tmp/first.conf" | cut -c1-12)… has been changed" "and named"

# --- advice comes with what to do about it; the way on is named by its hashes
export HUIYING_NOW=2026-11-23T02:00:00Z
{ cat "$rules"; printf '\n[断电]\n代码 = power\n断电 3分\n断电 3分\n阈值 = 3\n'; } >"$tmp/twice.conf"
watch rules edit keywords.conf --from "$tmp/twice.conf" --yes
is "$(grep -A1 ': warning: ' <<<"$err" | grep -c '^    hint: ')" "$(grep -c ': warning: ' <<<"$err")" "each warning is followed by its hint"
is "$(grep -c '^    hint: ' <<<"$err")" 2 "and there are some"
watch rules versions
after=$(sum "$rules") before=$(last "payload ->> 'file_before'")
like "$err" "next: huiying rules versions ${after:0:12} · rules diff ${before:0:12} now · rules revert ${before:0:12}\$" "what can be typed as it stands"
watch rules diff "${before:0:12}" now --since 1d
like "$rc" '^[01]$' "and does"

# --- a rule file behind a link, whatever it is called there
mkdir "$tmp/shared"
mv "$rules" "$tmp/shared/k"
ln -s "$tmp/shared/k" "$rules"
editor 'exit 1'
watch rules edit keywords.conf
is "$rc" 3 "an editor that fails"
is "$(find "$tmp/shared" -name '.k.draft-*.conf' | wc -l)" 0 "leaves no draft of what nobody changed"
editor 'echo "# more" >>"$1"; ls -A "$(dirname "$1")" >"'"$tmp"'/seen"'
watch rules edit keywords.conf --yes
is "$rc" 0 "edited through the link"
like "$(cat "$tmp/seen")" '^\.k\.draft-[A-Za-z0-9]{6}\.conf$' "the draft is beside the file itself"
[ -L "$rules" ]
ok_if $? "the link stays"

# --- killed in the editor: the next edit tells where the draft is
editor 'echo "# typed before the end" >>"$1"; kill -KILL $PPID'
watch rules edit keywords.conf
is "$rc" 137 "killed while somebody was typing"
left=$(find "$tmp/shared" -name '.k.draft-*.conf')
like "$(cat "$left")" '^# typed before the end$' "what was typed is in the draft"
editor 'exit 0'
watch rules edit keywords.conf
is "$rc" 0 "the lock went with the process"
like "$err" "an earlier draft is still there: huiying rules edit keywords.conf --from $left\$" "the next edit tells of it"
watch rules edit keywords.conf --from "$left" --yes
is "$rc" 0 "and it can be taken up"
is "$(find "$tmp/shared" -name '.k.draft-*.conf' | wc -l)" 0 "which ends it"

# --- no room for the draft: none is left behind
for i in $(seq 1 8000); do echo "# 说明第 $i 行，没有别的意思"; done >>"$tmp/shared/k"
run bash -c "ulimit -f 200; exec '$huiying' --home '$home' rules edit keywords.conf --actor 甲 --role watch"
is "$rc" 3 "the disk is full before the editor starts"
like "$err" 'cannot write .*draft' "it says what could not be written"
is "$(find "$tmp/shared" -name '.k.draft-*' | wc -l)" 0 "and leaves no empty draft"
