#!/bin/bash
# Several people at one desk: processes that take, take over, release, decide, open again, come
# and go at the same time, by chance. Whoever gets a row has it alone; every change of hands is
# an event; the queue balances; all comes out of the events.
#
# WALKS sets how many acts each of the four does (25), SEED repeats a walk.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
acts=${WALKS:-25}
SEED=${SEED:-$(date +%s)}
echo "# SEED=$SEED WALKS=$acts"
plan 15
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
db() { sqlite3 -cmd '.timeout 5000' "$home/ledger.db" "$1"; }

# --- two at one row, at the same moment
rows=12
for i in $(seq $rows); do new_row "某项目部拖欠工资第${i}批"; done
# race WHO VERB…: in the background, its exit code and words in files.
race() {
	local who=$1
	shift
	"$huiying" --home "$home" "$@" --actor "$who" --role watch >"$tmp/race-$who.out" 2>"$tmp/race-$who.err"
	echo $? >"$tmp/race-$who.rc"
}
both=0 none=0 words=0
for i in $(seq $rows); do
	race 甲 take "$i" &
	one=$!
	race 丙 take "$i" &
	wait $one $!
	got=$(cat "$tmp"/race-*.rc | grep -c '^0$')
	[ "$got" -eq 2 ] && both=$((both + 1))
	[ "$got" -eq 0 ] && none=$((none + 1))
	grep -qE "S$i is taken by (甲|丙); ask them" "$tmp"/race-*.err && words=$((words + 1))
done
is "$both $none $words" "0 0 $rows" "of two who take a row at once one has it, and the other is told who"
is "$(db "SELECT count(*) FROM events WHERE kind LIKE 'story.taken/%'")" $rows "one event each"

# --- a hand-over that two confirm at once
watch duty on --as 值班岗
watch duty off --text 一切正常
as 丙 watch duty on
as 丁 watch duty on
race 丙 duty confirm &
one=$!
race 丁 duty confirm &
wait $one $!
is "$(cat "$tmp/race-丙.rc" "$tmp/race-丁.rc" | sort | tr '\n' ' ')" "0 1 " "one of two successors takes note of a hand-over"
is "$(db "SELECT count(*) FROM events WHERE kind = 'duty.confirmed/1'")" 1 "by one event"

# --- the walk
# walk NUMBER WHO: so many acts of one person.
walk() {
	local who=$2 i row verb
	RANDOM=$((SEED + $1))
	for i in $(seq "$acts"); do
		row=$((RANDOM % rows + 1))
		case $((RANDOM % 14)) in
		0 | 1 | 2) verb=(take $row) ;;
		3) verb=(take $row --over) ;;
		4 | 5) verb=(release $row) ;;
		6) verb=(dismiss $row --outcome 知悉 --note 无需回应) ;;
		7) verb=(dismiss $row --outcome 误报 --reason 广告) ;;
		8 | 9) verb=(story reopen $row --reason 看错) ;;
		10) verb=(duty on --as "岗$1") ;;
		11) verb=(duty off --text "第 $i 次") ;;
		12) verb=(duty confirm) ;;
		13) verb=(tick) ;;
		esac
		"$huiying" --home "$home" "${verb[@]}" --actor "$who" --role watch >"$tmp/walk-$1.out" 2>"$tmp/walk-$1.err"
		echo "$? ${verb[*]} | $(tail -1 "$tmp/walk-$1.err")" >>"$tmp/walk-$1.log"
	done
}
pids=
n=0
for who in 甲 丙 戊 己; do
	n=$((n + 1))
	walk $n $who &
	pids="$pids $!"
done
wait $pids
cat "$tmp"/walk-*.log >"$tmp/walk.log"
is "$(wc -l <"$tmp/walk.log")" $((4 * acts)) "four people, $acts acts each"
is "$(grep -vE '^[01] ' "$tmp/walk.log")" "" "every act is done or refused: nobody is told that the ledger is busy"
is "$(grep -c '^0 ' "$tmp/walk.log" | awk '{ print ($1 >= 10) }')" 1 "many were done ($(grep -c '^0 ' "$tmp/walk.log"))"

# --- what the record says of it
db "SELECT seq, kind, subject, json_extract(actor, '\$.login'), coalesce(json_extract(payload, '\$.over_name'), ''), coalesce(json_extract(payload, '\$.of'), '') FROM events ORDER BY seq" |
	awk -F'|' '
		$2 ~ /^story.taken/ {
			before = holder[$3]
			if (before != "" && before != $4 && $5 != before) print "# " $0 ": it was " before "’s"
			if ($5 != "" && $5 != before) print "# " $0 ": taken over from " before
			holder[$3] = $4
		}
		$2 ~ /^story.released/ {
			if ("demo:" holder[$3] != $6) print "# " $0 ": it was " holder[$3] "’s"
			holder[$3] = ""
		}
		$2 ~ /^story.dismissed/ {
			if (holder[$3] != "" && holder[$3] != $4) print "# " $0 ": it was " holder[$3] "’s"
			holder[$3] = ""
		}' >"$tmp/wrong"
is "$(cat "$tmp/wrong")" "" "no row changed hands without an event that says from whom"
is "$(db "SELECT group_concat(id) FROM stories WHERE state = 'decided' AND taken_by <> ''")" "" "no decided row is held"
is "$(db "SELECT count(*) FROM (SELECT 1 FROM events WHERE kind = 'duty.confirmed/1' GROUP BY json_extract(payload, '\$.started') HAVING count(*) > 1)")" 0 \
	"no hand-over was taken note of twice"
is "$(db "SELECT count(*) FROM events e WHERE kind = 'duty.confirmed/1' AND json_extract(e.actor, '\$.login') = (SELECT json_extract(s.actor, '\$.login') FROM events s WHERE s.seq = json_extract(e.payload, '\$.started'))")" 0 \
	"nor by who handed over"
is "$(db "SELECT count(*) FROM (SELECT 1 FROM duty WHERE ended_at IS NULL GROUP BY actor HAVING count(*) > 1)" 2>&1)" 0 "nobody is on duty twice"
run "$huiying" --home "$home" alerts --balance
is "$rc" 0 "the queue balances"
as 丁 admin audit verify
is "$rc" 0 "the chain holds"
as 丁 admin audit rebuild
is "$rc" 0 "and all of it comes out of the events"
