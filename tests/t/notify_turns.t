#!/bin/bash
# Turns of telling: what cannot wait goes before any backlog, quiet hours hold whatever else comes
# in them, clocks that are set back, sleeps, two turns at once, receipts that cannot be read,
# a ledger that was restored.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
plan 67
db() { sqlite3 "$home/ledger.db" "$1"; }
count() { db "SELECT count(*) FROM outbox WHERE $1"; }
# A clock of the test's own: 09:00 of a working day in the office's zone.
now=$(date -u -d 2026-09-28T01:00:00Z +%s)
fresh
target 群 webhook 9 >"$tmp/targets"
target 科长 webhook 9 >>"$tmp/targets"
configure 'first = 群' 'second = 科长' <"$tmp/targets"
at 0
tick

# --- a backlog
# backlog N: so many events that somebody is told of, as if they had come before.
backlog() {
	db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1),
		last(seq) AS MATERIALIZED (SELECT max(seq) FROM events)
		INSERT INTO events (seq, at, actor, \"for\", kind, subject, payload, prev_hash, hash)
		SELECT last.seq + i, $now, '{}', '', 'evidence.failed/1', 'ZJ-2026-' || printf('%06d', i), '{}',
			zeroblob(32), zeroblob(32) FROM last, n ORDER BY i"
}
backlog 1200
rows 1 某桥坍塌 坍塌。
rows 1 某墙裂缝 裂缝。
at 1
tick
is "$(count "kind = 'grave' AND urgent = 1 AND state = 'handed'")" 1 "behind 1,200 other events a grave row is told in the same turn"
is "$(count "kind = 'capture'")" 500 "of the others 500 a turn"
rows 1 某楼坍塌 坍塌。
at 2
tick
is "$(count "kind = 'grave'") $(count "kind = 'capture'")" "2 1000" "and so in the next"
at 3
tick
at 4
tick
is "$(count "kind = 'capture'")" 1200 "nothing of them is lost"
is "$(count "kind = 'grave'")" 2 "and nothing told twice"
at 16
tick
is "$(db "SELECT target, stage FROM outbox WHERE kind = 'grave' ORDER BY id" | paste -sd';')" \
	"群|1;群|1;科长|2" "fifteen minutes after it was told the first goes to the second contact"
is "$(count "kind = 'triage'")" 1 "as the second limit is not over, one triage is told of"

# --- more that is urgent than a turn takes
fresh
configure 'first = 群' <"$tmp/targets"
at 0
tick
rows 2 某井坍塌 坍塌。
db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5300),
	last(seq) AS MATERIALIZED (SELECT max(seq) FROM events)
	INSERT INTO events (seq, at, actor, \"for\", kind, subject, payload, prev_hash, hash)
	SELECT last.seq + i, $now, '{}', '', 'alert.regraded/1', 'A1',
		json_object('grade', iif(i = 5300, 4, 3), 'grade_name', '重大', 'story', 1),
		zeroblob(32), zeroblob(32) FROM last, n ORDER BY i"
tick
is "$(count "kind = 'grave' AND subject = 'S1'") $(count "subject = 'S2'")" "1 1" "5,000 events a turn"
tick
is "$(count "kind = 'grave' AND subject = 'S1'")" 2 "the rest in the next one"
tick
is "$(count 1)" 3 "and no more"

# --- decided before anybody could be told
fresh
configure 'first = 群' <"$tmp/targets"
at 0
tick
rows 2 某塔坍塌 坍塌。
as 甲 watch dismiss 1 --outcome 误报 --reason 广告
tick
is "$(db "SELECT subject FROM outbox WHERE kind = 'grave'")" S2 "a row that was decided wakes nobody"
as 甲 watch dismiss 2 --outcome 误报 --reason 广告
at 20
tick
is "$(count "kind = 'triage'")" 0 "nor does its limit"
is "$(db "SELECT acked_name FROM outbox WHERE subject = 'S2'" | wc -l) $(count 'acked_at IS NOT NULL')" "1 1" "deciding acknowledged it"

# --- it comes back
rss "$tmp/feed.xml" "某塔坍塌第 1 号" "https://a.example.gov.cn/again" "某塔坍塌-1" "坍塌，造成3人死亡。"
warc_date=$HUIYING_NOW
rm -f "$tmp/again.warc.gz"
warc_answer "$tmp/again.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/feed.xml"
as 时 admin ingest -q "$tmp/again.warc.gz"
is "$(db "SELECT count(*) FROM events WHERE kind = 'story.returned/1'")" 1 "a decided row comes back"
tick
is "$(db "SELECT title FROM outbox WHERE kind = 'returned' AND urgent = 1 AND ack = 1")" \
	"S1: suggested 重大, came back (▲)" "and is told of as urgent"

# --- quiet hours
fresh
configure 'first = 群' 'second = 科长' 'quiet = 22:00-07:00' 'alive = 21:59' <"$tmp/targets"
at 0
tick
at 778 # 21:58
tick
at 779
tick
is "$(count "kind = 'alive' AND state = 'handed'")" 1 "a minute before the quiet hours something goes out"
db "UPDATE outbox SET state = 'waiting', tries = 0 WHERE kind = 'alive'"
at 840 # 23:00, the program slept meanwhile
tick
is "$(count "kind = 'alive' AND state = 'waiting'")" 1 "in them it waits, although it was made before"
at 900 # 24:00
tick
is "$(count "state = 'waiting'")" 1 "past midnight too"
at 1319
tick
is "$(count "state = 'waiting'")" 1 "until a minute before they end"
at 1320 # 07:00
tick
is "$(count "kind = 'alive' AND state = 'handed'")" 1 "then it goes out"
# A message that failed late in the evening is tried again in the morning.
at 2217 # 21:57
mkdir -p "$home/outbox/receipts"
id=$(db "SELECT max(id) FROM outbox WHERE kind = 'alive'")
rm -f "$home"/outbox/*.json
printf '{"v":1,"id":"N%s","try":1,"at":"2026-09-29T13:59:00Z","result":"retry","error":"no connection"}\n' "$id" \
	>"$home/outbox/receipts/N$id-1.json"
db "UPDATE outbox SET state = 'handed', tries = 1, expires = $((now + 3 * 86400)) WHERE id = $id"
tick
is "$(db "SELECT state, (next_at - $now) / 60 FROM outbox WHERE id = $id")" "waiting|2218" "the next try is a minute later"
at 2219 # 21:59
printf '{"v":1,"id":"N%s","try":2,"at":"2026-09-29T14:00:00Z","result":"retry","error":"no connection"}\n' "$id" \
	>"$home/outbox/receipts/N$id-2.json"
db "UPDATE outbox SET state = 'handed', tries = 2 WHERE id = $id"
tick
is "$(db "SELECT (next_at - $now) / 60 FROM outbox WHERE id = $id")" 2760 "or when the quiet hours are over"
as 甲 admin notify test 科长
at 2281 # 23:01 of the day after
as 甲 admin notify test 群
tick
is "$(count "kind = 'test' AND state = 'handed'")" 2 "a test that a person asks for does not wait"
# A message that waits to be sent calls nobody else meanwhile.
fresh
configure 'first = 群' 'second = 科长' 'leader = 科长' 'quiet = 22:00-07:00' 'ack_within = 10m' <"$tmp/targets"
at 840
tick
new_case "某项目部拖欠农民工工资"
super case order 1 --level 红 --reason 逾期未报
tick
is "$(db "SELECT (next_at - $now) / 60 FROM outbox WHERE kind = 'order' AND ack = 1")" 1320 "a red order waits for the morning"
configure 'first = 群' 'quiet = 00:00-24:00' <"$tmp/targets"
tick
is "$rc" 2 "quiet hours without end"
like "$err" 'huiying.conf:[0-9]+:[0-9]+: these hours leave none' "are refused"

# --- sleeps
fresh
configure 'first = 群' 'digest = 08:30、17:30' 'alive = 23:59' <"$tmp/targets"
at -60 # 08:00
rows 1 某路裂缝 裂缝。
tick
is "$(count 1)" 0 "yesterday's times are not told of when they were configured today"
at $((60 + 300 * 1440)) # three hundred days later
tick
is "$(count "kind = 'digest'") $(count "kind = 'alive'")" "1 1" "after three hundred days one digest and one sign of life"
at $((899 + 300 * 1440)) # 23:59
tick
is "$(count "kind = 'alive'")" 2 "the next one at its time"
at $((901 + 301 * 1440)) # a day and two minutes later, past midnight
tick
is "$(count "kind = 'alive'")" 3 "one that midnight overtook is not left out"

fresh
configure 'first = 群' 'digest = 08:30' <"$tmp/targets"
at -60
tick
at 0
tick
is "$(count 1)" 0 "on a day on which nothing is due there is no digest"

# --- a clock that goes wrong
fresh
configure 'first = 群' 'alive = 08:00' <"$tmp/targets"
at $((10 * 365 * 1440)) # ten years on
rows 1 某亭坍塌 坍塌。
tick
at 0
tick
is "$(count "kind = 'alive'")" 2 "set right again: the sign of life comes, not in ten years"
rows 1 某坝坍塌 坍塌。
tick
is "$(count "kind = 'grave' AND state = 'handed'")" 2 "what is urgent goes out"
db "UPDATE outbox SET state = 'waiting' WHERE kind = 'grave'"
at -120
tick
is "$(count "kind = 'grave' AND state = 'handed'")" 2 "also when the clock was set back two hours since"
at 0
tick
is "$(count "kind = 'alive' AND made_at = $now")" 1 "and no day's sign of life comes twice"

# --- nobody has acknowledged, and the clock was ahead when it was told
fresh
configure 'first = 群' 'second = 科长' 'ack_within = 15m' <"$tmp/targets"
at 0
tick
at 1440
rows 1 某堤坍塌 坍塌。
tick
db "UPDATE outbox SET state = 'sent', settled_at = made_at"
at 1
tick
is "$(count "kind = 'grave' AND target = '科长' AND state = 'handed'")" 1 \
	"set right again: the second contact is told at once, not a day later"
at 2
tick
is "$(count "kind = 'grave'")" 2 "once"

# --- a receipt that cannot be read
fresh
configure 'first = 群' <"$tmp/targets"
at 0
tick
rows 1 某坝坍塌 坍塌。
rows 1 某桥坍塌 坍塌。
tick
rm -f "$home"/outbox/*.json
mkdir -p "$home/outbox/receipts"
id=$(db "SELECT max(id) FROM outbox WHERE kind = 'grave'")
tries=$(db "SELECT tries FROM outbox WHERE id = $id")
head -c 20 /dev/zero >"$home/outbox/receipts/N$id-$tries.json"
tick
is "$rc" 0 "a receipt of zeros does not stop the turn"
is "$(db "SELECT state FROM outbox WHERE id = $id")" unknown "its message may have arrived"
is "$(ls "$home/outbox/receipts" | wc -l)" 0 "and it is gone"

# --- one that not everybody got
printf '{"v":1,"id":"N%s","try":1,"at":"2026-09-28T01:00:00Z","result":"sent","status":250,"error":"1 of 3 receivers were refused, the last answer was 550"}\n' \
	"$((id - 1))" >"$home/outbox/receipts/N$((id - 1))-1.json"
db "UPDATE outbox SET state = 'handed', tries = 1, acked_at = NULL WHERE id = $((id - 1))"
tick
run "$huiying" --home "$home" status
like "$out" '1 message did not reach all its receivers' "a mail that one of three did not get stands in status"
like "$(listed --failed)" '"id":'$((id - 1))',.*"state":"sent".*1 of 3 receivers' "and in the list"
as 甲 watch notify ack N$((id - 1))
run "$huiying" --home "$home" status
unlike "$out" 'all its receivers' "until somebody has seen it"

# --- a mail that a server put off for one of its receivers (greylisting), and refused for another
turns=$now
now=$(date +%s) # the sender's clock is the machine's
post() { "$send" --home "$home" -q 2>/dev/null; tick; }
mail_to() { # MODES: a target with three receivers
	fresh
	peer mailserver "$1"
	printf '[target 邮箱]\nkind = smtp\nurl = smtp://127.0.0.1:%s\nfrom = duty@example.gov.cn\nto = a@example.gov.cn later@example.gov.cn gone@example.gov.cn\nallow_private = 127.0.0.1:%s\n' \
		"$port" "$port" | configure 'first = 邮箱'
	at 0
	tick
	rows 1 某坝坍塌 坍塌。
	tick
	post
}
mail_to rro
is "$(db "SELECT state, receivers, gone FROM outbox WHERE kind = 'grave'")" "waiting|later@example.gov.cn|1" "some have it, one is asked again"
at 2
tick
post
is "$(db "SELECT state, receivers, gone, tries FROM outbox WHERE kind = 'grave'")" "waiting|later@example.gov.cn|1|2" "and again"
at 5
tick
post
is "$(db "SELECT state, error FROM outbox WHERE kind = 'grave'")" "sent|1 receiver was refused" "until it has it; that one was refused is told"
is "$(grep -c 'RCPT TO:<a@' "$log") $(grep -c 'RCPT TO:<gone@' "$log") $(grep -c 'RCPT TO:<later@' "$log")" "1 1 3" "who has it is not written to again"
is "$(sed -n 's/^. Message-ID: //p' "$log" | sort -u | wc -l)" 1 "it is the same mail"
mail_to r
at 1441
for minutes in 1441 1500; do
	at $minutes
	tick
	post
done
is "$(db "SELECT state, error <> '' FROM outbox WHERE kind = 'grave'")" "sent|1" "one that never got it: the message is not lost for the others"
run "$huiying" --home "$home" status
like "$out" '1 message did not reach all its receivers' "and it stands in status"
is "$(db "SELECT count(*) FROM events WHERE kind = 'notice.failed/1'")" 0 "as a part, not as a failure"
# others wait for the same target: they go to all of its receivers
mail_to ro
at 2
rows 1 某桥坍塌 坍塌。
tick
post
now=$turns
is "$(grep -c 'RCPT TO:<a@' "$log")" 2 "a message of its own is not merged with what goes to one alone"

# --- acknowledged, sent again
fresh
configure 'first = 群' <"$tmp/targets"
at 0
tick
rows 1 某坝坍塌 坍塌。
rows 1 某桥坍塌 坍塌。
tick
id=$(db "SELECT max(id) FROM outbox WHERE kind = 'grave'")
db "UPDATE outbox SET state = 'unknown' WHERE kind = 'grave'"
as 甲 watch notify retry s2
is "$rc" 0 "sent again by what it is about"
is "$(db "SELECT kind, subject FROM events ORDER BY seq DESC LIMIT 1")" "notice.renewed/1|S2" "which is an event"
as 甲 watch notify ack a2
is "$rc" 0 "acknowledged by the alert's number"
as 甲 watch notify ack n$id
like "$err" "N$id was acknowledged by 甲" "once"

# --- two turns at once
exec {held}>"$home/outbox/.turn"
flock -n $held
rm -f "$home"/outbox/*.json
at 1
tick
is "$rc $(ls "$home/outbox" | grep -c json)" "0 0" "while another turn is at it nothing is written"
exec {held}>&-
tick
is "$(ls "$home/outbox" | grep -c json)" "$(count "state = 'handed'")" "afterwards it is"

# --- restored
fresh
configure 'first = 群' <"$tmp/targets"
at 0
tick
rows 1 某仓坍塌 坍塌。
tick
mkdir "$tmp/sets"
as 时 admin backup "$tmp/sets"
is "$rc" 0 "a backup with a message on its way"
as 时 admin restore "$tmp"/sets/huiying-* --skip-numbers 10
is "$rc" 0 "restored"
is "$(db "SELECT state, error FROM outbox")" "unknown|the ledger was restored: it may have been sent" "it is not sent again by itself"
rm -f "$home"/outbox/*.json
as 甲 admin notify test 群
is "$(db "SELECT max(id) > 1000000 FROM outbox")" 1 "and no number is used twice"

# --- words that are erased by order of law
fresh
configure 'first = 群' 'detail = title' <"$tmp/targets"
at 0
tick
rows 1 某幢韦某某家的楼坍塌 坍塌。
tick
is "$(cat "$home"/outbox/*.json | grep -c 韦某某) $(count "body LIKE '%韦某某%'")" "1 1" "a message that waits holds a title"
as 甲 watch redact A1 --field title --reason 依申请
is "$rc" 0 "somebody asks for its erasure"
as 乙 supervisor redact --confirm "$(db "SELECT max(seq) FROM events WHERE kind = 'redaction.asked/1'")"
is "$rc" 0 "another one erases it"
is "$(cat "$home"/outbox/*.json 2>/dev/null | grep -c 韦某某) $(count "body LIKE '%韦某某%' OR title LIKE '%韦某某%'")" "0 0" "from messages too"
tick
is "$(cat "$home"/outbox/*.json | grep -o 'huiying show S1 --why')" "huiying show S1 --why" "which go out without it"
