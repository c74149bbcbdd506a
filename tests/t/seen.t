#!/bin/bash
# Nobody overwrites silently: at a terminal the version that was shown last counts as --seen.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
command -v script >/dev/null || skip_all "script(1) is not there"
plan 27
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z XDG_STATE_HOME=$tmp/state
# tty WHO ROLE VERB…: somebody at a terminal; sets $out (both streams) and $rc.
tty() {
	local who=$1 role=$2 words
	shift 2
	words=$(printf '%q ' "$huiying" --home "$home" "$@" --actor "$who" --role "$role")
	timeout 60 script -qec "$words" /dev/null >"$tmp/.tty" 2>&1 </dev/null
	rc=$?
	out=$(tr -d '\r' <"$tmp/.tty")
}
case_changed='YQ-2026-000001 changed meanwhile'

new_case "某项目部拖欠农民工工资"
tty 甲 watch case grade 1 较大 --reason 人数增加
is "$rc" 0 "who was shown nothing is held up by nothing"
tty 甲 watch show 1
is "$rc" 0 "a case is shown"
super case grade 1 重大 --reason 有人受伤 -q
tty 甲 watch case assign 1 --lead 市住建局 --reason 项目在建
is "$rc" 1 "another has changed it meanwhile: refused"
like "$out" "$case_changed: case.graded/2 by 乙 at .*\(version 3, you saw 2\); look again" "by whom, and what"
tty 甲 watch show 1
tty 甲 watch case assign 1 --lead 市住建局 --reason 项目在建
is "$rc" 0 "looked at again: done"
tty 甲 watch case assign 1 --lead 市人社局 --reason 再议
is "$rc" 0 "what one did oneself one has seen"
tty 甲 watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a.html --text "$measure"
is "$rc" 0 "an answer is entered"
tty 甲 watch case grade 1 较大 --reason 核减
is "$rc" 0 "that changes the case too, by oneself"
super case consult 1 --with 市公安局 --conclusion 统一口径 -q
tty 甲 watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/b.html --text "$measure 另行通报。"
is "$rc" 0 "what only adds is not held up"
tty 甲 watch case grade 1 一般 --reason x
is "$rc" 1 "but does not hide what another did before it"

# Another person, another terminal, another instance: each has a memory of their own.
tty 乙 supervisor respond accept 1
is "$rc" 0 "who was never shown it is not held up by what others saw"
tty 丁 supervisor show 1
watch case grade 1 特别重大 --reason x -q
tty 丁 supervisor respond reject 2 --reason 重复
like "$out" "$case_changed" "an answer is decided on in the state that was shown"
tty 丁 supervisor respond reject 2 --reason 重复 --seen 1
like "$out" 'you saw 1' "--seen goes before it"

# Promises: their own version.
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
watch evidence add c1 --file "$home/channels.conf" -q
tty 乙 supervisor show c1
as 丙 unit commitment claim c1 --done-on 2026-09-28 --for 市人社局 -q
tty 乙 supervisor show c1
as 丙 unit commitment claim c1 --done-on 2026-09-27 --for 市人社局 -q
tty 乙 supervisor commitment verify c1
is "$rc" 1 "a claim that was corrected meanwhile is not verified unseen"
like "$out" 'CN-2026-000001 changed meanwhile' "and said so"
tty 乙 supervisor show 1
tty 乙 supervisor commitment verify c1
is "$rc" 0 "shown with its case it is"
like "$out" 'verified: done on 2026-09-27' "as it was claimed last"

# Without a terminal nothing is remembered or asked: programs say --seen.
watch show 1
super case grade 1 较大 --reason x -q
watch case grade 1 一般 --reason x
is "$rc" 0 "a pipe is no person"
watch case grade 1 较大 --reason x --seen 1
is "$rc" 1 "unless it says what it saw"

# The file.
is "$(stat -c %a "$XDG_STATE_HOME/huiying")" 700 "the person's own directory"
is "$(find "$XDG_STATE_HOME/huiying" -name 'seen-*' | wc -l)" 3 "one file a person"
unlike "$(cat "$XDG_STATE_HOME"/huiying/seen-*)" '工资' "numbers, no words"
seq -f 'YQ-2026-9%05.0f 1' 600 >"$tmp/many"
for f in "$XDG_STATE_HOME"/huiying/seen-*; do cp "$tmp/many" "$f"; done
tty 甲 watch show 1
is "$(cat "$XDG_STATE_HOME"/huiying/seen-* | grep -c 'YQ-2026-000001')" 1 "shown anew"
is "$(wc -l "$XDG_STATE_HOME"/huiying/seen-* | awk '$1 < 600 { print $1 }')" 500 "the oldest go"
echo '/bin/x' >"$XDG_STATE_HOME/huiying/junk"
for f in "$XDG_STATE_HOME"/huiying/seen-*; do printf 'YQ-2026-000001 x\n\nYQ' >"$f"; done
tty 甲 watch case grade 1 较大 --reason x
is "$rc" 0 "what cannot be read says nothing"
export XDG_STATE_HOME=/dev/null/none
tty 甲 watch show 1
is "$rc" 0 "and where nothing can be kept, showing goes on"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the ledger knows nothing of it"
