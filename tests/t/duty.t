#!/bin/bash
# The duty desk: rows that are taken, taken over, free again by themselves; shifts, hand-overs
# and who took note of them; rows opened again.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 73
office_init
third() { as 丙 watch "$@"; }
events() { sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind = '$1'"; }
holder() { sqlite3 "$home/ledger.db" "SELECT taken_name FROM stories WHERE id = $1"; }
payload() { sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = '$1' ORDER BY seq DESC LIMIT 1"; }
export HUIYING_NOW=2026-09-28T01:00:00Z
for t in "某项目部拖欠工资" "某小区停电三天" "某路口积水"; do new_row "$t"; done

# --- taking over
watch take 1
third take 1
is "$rc" 1 "who comes second is refused"
like "$err" 'S1 is taken by 甲; .*take S1 --over' "and told who has it, and how it can be taken over"
third take 1 --over
is "$rc $out" "0 S1 is taken by 丙, over from 甲" "taken over"
is "$(payload story.taken/2)" '{"over":"demo:甲","over_name":"甲"}' "is an event with from whom"
third take 1 --over --json
is "$out" '{"id":"S1"}' "again: nobody is taken over"
third take 1
is "$rc $out" "0 S1 is taken by 丙" "taking one's own row renews it"
watch dismiss 1 --outcome 误报 --reason 广告
is "$rc" 1 "who lost it cannot decide"
third release 1
is "$rc $out" "0 S1 is free again" "given back"
is "$(payload story.released/2)" '{"of":"demo:丙","why":"given-back"}' "and the event says so"
third take 2 --over
is "$rc $out" "0 S2 is taken by 丙" "--over of a free row is a take"

# --- thirty idle minutes
watch take 1
export HUIYING_NOW=2026-09-28T01:20:00Z
watch take 3
export HUIYING_NOW=2026-09-28T01:29:59Z
as 丁 admin tick
is "$(holder 1)$(holder 2)$(holder 3)" "甲丙甲" "a second before thirty minutes all are held"
export HUIYING_NOW=2026-09-28T01:30:00Z
as 丁 admin tick
is "$(holder 2)" "" "a second later the row of who did nothing is free"
is "$(payload story.released/2)" '{"of":"demo:丙","why":"idle"}' "by an event"
is "$(holder 1)" "甲" "who did something keeps even the older ones"
export HUIYING_NOW=2026-09-28T01:49:59Z
as 丁 admin tick
is "$(holder 1)$(holder 3)" "甲甲" "thirty minutes from the last act"
export HUIYING_NOW=2026-09-28T01:50:00Z
as 丁 admin tick
is "$(holder 1)$(holder 3)" "" "and then both"
before=$(events story.released/2)
as 丁 admin tick
is "$(events story.released/2)" "$before" "once"
watch take 1
export HUIYING_NOW=2026-09-28T00:00:00Z
as 丁 admin tick
is "$(holder 1)" "甲" "a clock that was set back frees nothing"
export HUIYING_NOW=2026-09-28T02:00:00Z
printf '[desk]\nidle = 2h\n' >>"$home/huiying.conf"
export HUIYING_NOW=2026-09-28T03:30:00Z
as 丁 admin tick
is "$(holder 1)" "甲" "[desk] idle = 2h"
sed -i 's/^idle = .*/idle = 30s/' "$home/huiying.conf"
as 丁 admin tick
is "$rc" 2 "less than a minute"
like "$err" 'huiying.conf:[0-9]+:[0-9]+: idle is 1m or more' "is refused with its place"
sed -i 's/^idle = .*/idle = 30m\nrest = 3/' "$home/huiying.conf"
as 丁 admin tick
like "$err" 'huiying.conf:[0-9]+:[0-9]+: .*rest' "an unknown key too"
sed -i '/^rest/d' "$home/huiying.conf"

# --- logged out
mkdir "$tmp/sessions"
export HUIYING_SESSIONS=$tmp/sessions
echo 41 >"$tmp/sessions/self"
touch "$tmp/sessions/41"
watch take 1
is "$(payload story.taken/2)" '{"session":41}' "the session it is taken in"
as 丁 admin tick
is "$(holder 1)" "甲" "while the session is there the row is held"
rm "$tmp/sessions/41"
as 丁 admin tick
is "$(holder 1)" "" "with it the row goes"
is "$(payload story.released/2)" '{"of":"demo:甲","why":"disconnect"}' "by an event"
echo 4294967295 >"$tmp/sessions/self"
watch take 1
is "$(payload story.taken/2)" '{}' "a process outside of sessions has none"
as 丁 admin tick
is "$(holder 1)" "甲" "and is never logged out"
HUIYING_SESSIONS=$tmp/nowhere as 丁 admin tick
is "$rc $(holder 1)" "0 甲" "without a directory of sessions nothing is known"
unset HUIYING_SESSIONS
env -u HUIYING_NOW "$huiying" init "$tmp/real" -q 2>/dev/null
HUIYING_SESSIONS=$tmp/sessions run env -u HUIYING_NOW "$huiying" --home "$tmp/real" alerts
is "$rc" 1 "a real instance asks the system"
like "$err" 'HUIYING_SESSIONS is set, but this is no demonstration' "and says so"

# --- a shift
watch duty off
is "$rc" 1 "off without on"
like "$err" 'you are not on duty' "there is nothing to hand over"
as 丁 unit duty on
is "$rc" 1 "a unit has no duty desk"
watch duty on --as 值班岗
is "$rc" 0 "on duty"
like "$out" '^甲 is on duty: shift [0-9]+$' "said in one line"
shift_1=${out##* }
watch duty on
is "$rc" 1 "twice"
like "$err" 'you are on duty since 2026-09-28 11:30' "since when"
as 乙 supervisor case open 3 --grade 重大 --lead 市人社局 --reason 核实后
export HUIYING_NOW=2026-09-28T11:00:00Z
watch take 1
watch duty --json
like "$out" '"who":"甲","post":"值班岗","state":"on-duty"' "who is on duty"
watch duty off --text "S2 等供电局回电" --to 丙
is "$rc" 0 "off duty"
like "$out" '^甲 is off duty: 2 rows open, 2 late, 1 given back$' "with what is left"
is "$(holder 1)" "" "what the person held is free"
is "$(payload story.released/2)" '{"of":"demo:甲","why":"duty-off"}' "by an event of its own"
like "$out" 'note +S2 等供电局回电' "the note"
like "$out" 'carried over 3 \+ new 0 = 立项 1 \+ 合并 0 .* \+ open 2$' "the balance of the shift"
like "$out" 'late [0-9h]+m? +triage +S1 +某项目部拖欠工资' "the rows, without a holder"
like "$out" 'response +YQ-2026-000001 +市人社局' "and the limits of cases within a day"
unlike "$(payload duty.ended/1)" '供电局|拖欠' "no words in the event"

# --- the successor takes note
watch status
unlike "$out" 'taken note' "half an hour is left for that"
export HUIYING_NOW=2026-09-28T11:31:00Z
watch status
like "$out" 'nobody has taken note of the hand-over of 甲, 2026-09-28 19:00: huiying duty confirm' "then status says so"
third duty confirm
is "$rc" 1 "not before one is on duty"
third duty on
like "$out" "shift $shift_1: 甲 值班岗, 2026-09-28 11:30 to 2026-09-28 19:00" "who comes on duty reads it"
like "$err" 'next: huiying duty confirm' "and is told to take note"
watch duty on
watch duty confirm
is "$rc" 1 "not by who handed over"
watch duty confirm "$shift_1"
like "$err" '甲 handed over; the successor takes note' "and that is said"
third duty confirm
is "$rc $out" "0 丙 has taken note of the hand-over of shift $shift_1" "by the successor"
third duty confirm
is "$rc" 1 "once"
like "$err" 'no hand-over waits for you' "no other waits"
third duty confirm "$shift_1"
like "$err" '丙 took note of the hand-over of shift '"$shift_1"' at 2026-09-28 19:31' "who did it when"
watch duty
like "$out" "$shift_1 +甲 +值班岗 +2026-09-28 11:30 +2026-09-28 19:00 +2 +2 +丙 took note 2026-09-28 19:31" "listed"
watch duty show "$shift_1" --json
like "$out" '"handover":\{"carried":3,"new":0,.*"open":2,"due":\[\{"id":"S1"' "the hand-over as JSON"
watch duty show 99999
is "$rc" 3 "a shift that is not there"
printf 'duty = yes\n' >>"$home/huiying.conf"
watch duty off
third duty off
watch status --check
is "$rc" 1 "[desk] duty = yes"
like "$out" 'nobody is on duty: huiying duty on' "says when nobody is"

# --- a wrong decision
watch dismiss 2 --outcome 误报 --reason 重名
third story reopen 2
is "$rc" 2 "opening again needs a reason"
third story reopen 1 --reason 看错
is "$rc" 1 "an open row is open"
third story reopen 3 --reason 看错
like "$err" 'S3 belongs to YQ-2026-000001' "a row of a case stays with it"
third story reopen 2 --reason "是本地的事"
is "$rc $out" "0 S2 is open again" "opened again"
watch show S2
like "$out" '误报 重名 .*甲' "the decision stays on record"
like "$out" 'opened again by 丙 2026-09-28 19:31: 是本地的事' "with who opened it again and why"
is "$(sqlite3 "$home/ledger.db" "SELECT again, outcome FROM stories WHERE id = 2")" "0|" "it is no ▲ row"
watch case open 2 --grade 一般 --lead 市人社局
watch show 2 --json
like "$out" '"discovered":"2026-09-28T01:00:00Z"' "its case counts from when it was found"
as 丁 admin audit rebuild
is "$rc" 0 "all of it comes out of the events"
