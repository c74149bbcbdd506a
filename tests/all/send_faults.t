#!/bin/bash
# Every call by which huiying-send keeps its files and talks to a robot fails once, and it is
# killed once before each of them; so does tick, which writes its files and reads its receipts.
# Each time, when all runs again: a message arrived once, or it did not and is tried again, or
# it stands there that it may have arrived. A robot that knows what comes twice is told twice
# only under one key.
#
# FAULTS sets how many calls of a kind, spread over all of them, the last among them (2); "all"
# is all.
. "$(dirname "$0")/../t/lib.sh"
. "$top/tests/t/warc.sh"
. "$top/tests/t/office.sh"
. "$top/tests/t/notify.sh"
[ -z "${SANITIZED:-}" ] || skip_all "sanitizers have a malloc of their own"
faults=${FAULTS:-2}
plan 27
injected=0

# message N URGENT: a file as tick writes it.
message() {
	printf '{"v":1,"id":"N%s","try":1,"target":"群","kind":"grave","urgent":%s,"title":"M%s:","text":"x","made":"2026-11-26T00:00:00Z","expires":"2099-01-01T00:00:00Z"}\n' \
		"$1" "$2" "$1" >"$home/outbox/N$1-1.json"
}
again() {
	rm -rf "$home/outbox"
	mkdir -p "$home/outbox"
	message 1 false
	message 2 true
	message 3 false
	: >"$log"
}
# faulty HOW CALL AT PROGRAM…: sets $rc. AT 0: nothing fails, the calls are counted.
faulty() {
	local how=$1 call=$2 at=$3
	[ "$at" != 0 ] || call=
	shift 3
	# The shell tells of what was killed: that goes nowhere.
	{
		LD_PRELOAD=$BUILD/inject.so FAULT_HOW=$how FAULT_CALL=$call FAULT_AT=$at FAULT_LOG=$tmp/calls \
			"$@" >"$tmp/out" 2>"$tmp/err" </dev/null
		rc=$?
	} 2>/dev/null
}
# points CALL: the numbers of the calls to fail, after a run that counted them.
points() {
	local all
	if [ "$1" = malloc ]; then
		# Once for each way to a place.
		awk 'NF == 3 && !($3 in seen) { seen[$3]; print $2 }' "$tmp/calls" >"$tmp/points"
	else
		seq 1 "$(awk -v call="$1" 'NF == 2 && $1 == call { print $2 }' "$tmp/calls")" >"$tmp/points"
	fi
	all=$(wc -l <"$tmp/points")
	if [ "$faults" = all ] || [ "$all" -le "$faults" ]; then
		cat "$tmp/points"
	else
		awk -v n="$faults" -v all="$all" \
			'BEGIN { for (i = 0; i < n - 1; i++) pick[int(i * all / (n - 1)) + 1]; pick[all] } NR in pick' "$tmp/points"
	fi
}
result() { sed -n 's/.*"result":"\([a-z]*\)".*/\1/p' "$home/outbox/receipts/N$1-1.json" 2>/dev/null; }
# judge HOW CALL AT: after the fault and two runs in peace. A target that was told of nothing
# rests for a minute: there is no minute here.
judge() {
	local n arrived
	if [ "$1" != kill ] && [ "$rc" -gt 4 ]; then echo "# $*: exit $rc $(tail -1 "$tmp/err")"; fi
	if [ "$1" != kill ] && [ "$rc" -gt 1 ] && ! [ -s "$tmp/err" ]; then echo "# $*: exit $rc without a word"; fi
	rm -f "$home/outbox/.pace"
	"$send" --home "$home" -q 2>/dev/null
	rm -f "$home/outbox/.pace"
	"$send" --home "$home" -q 2>/dev/null || echo "# $*: the run after it fails: $?"
	for n in 1 2 3; do
		arrived=$(grep -c "M$n:" "$log")
		case $(result $n)/$arrived/$safe in
		sent/1/* | retry/0/* | unknown/[01]/no | retry/[12]/yes | sent/2/yes) ;;
		*) echo "# $*: N$n is “$(result $n)” and arrived $arrived times" ;;
		esac
	done
	[ -z "$(ls "$home/outbox"/N* "$home/outbox/sending" 2>/dev/null | grep json)" ] || echo "# $*: something is left"
}
# all_of HOW CALL
all_of() {
	local at
	: >"$tmp/wrong"
	again
	faulty fail "$2" 0 "$send" --home "$home" -q
	[ "$rc" -eq 0 ] || echo "# without any fault: exit $rc $(cat "$tmp/err")" >>"$tmp/wrong"
	for at in $(points "$2"); do
		again
		faulty "$1" "$2" "$at" "$send" --home "$home" -q --timeout 2
		judge "$1" "$2" "$at" >>"$tmp/wrong"
		injected=$((injected + 1))
	done
	is "$(head -20 "$tmp/wrong")" "" "$1 $2, repeat_safe = $safe"
}

office_init
robot o
for safe in no yes; do
	kind=wecom
	[ $safe = no ] || kind=webhook
	target 群 $kind "$port" "repeat_safe = $safe" | configure 'first = 群'
	for call in write sync rename unlink make send recv; do
		all_of kill $call
		[ $safe = yes ] && [ $call != recv ] || all_of fail $call
	done
done
safe=no
target 群 wecom "$port" | configure 'first = 群'
all_of fail malloc

# --- tick: what it hands over and what it reads
prepared() {
	fresh
	target 群 wecom "$port" | configure 'first = 群'
	at 0
	tick
	rows 2 某桥坍塌 坍塌。
	rm -rf "$tmp/base"
	cp -r "$home" "$tmp/base"
}
prepared
: >"$tmp/wrong"
for call in step write sync rename make unlink; do
	for how in fail kill; do
		[ "$call/$how" = step/kill ] && continue
		faulty fail $call 0 "$huiying" --home "$home" tick --actor 时 --role admin
		for at in $(points $call); do
			rm -rf "$home"
			cp -r "$tmp/base" "$home"
			: >"$log"
			faulty $how $call "$at" "$huiying" --home "$home" tick --actor 时 --role admin
			# The sender between two ticks, and the receipts read by one that fails too.
			"$send" --home "$home" -q 2>/dev/null
			faulty $how $call "$at" "$huiying" --home "$home" tick --actor 时 --role admin
			for turn in 1 2 3; do
				"$send" --home "$home" -q 2>/dev/null
				tick
			done
			for n in 1 2; do
				[ "$(grep -c "S$n: suggested" "$log")" -eq 1 ] || echo "# $how $call $at: S$n arrived $(grep -c "S$n: suggested" "$log") times"
			done
			[ "$(listed | grep -c '"state":"sent"')" -eq 2 ] || echo "# $how $call $at: $(listed | head -3)"
			injected=$((injected + 1))
		done
		rm -rf "$home"
		cp -r "$tmp/base" "$home"
	done
done >"$tmp/wrong"
is "$(head -20 "$tmp/wrong")" "" "tick: what is told arrives once, whatever failed"

# --- a disk that is full: the message goes out, and it stands there that it may have
again_full() {
	rm -rf "$home/outbox"
	mkdir -p "$home/outbox"
	message 1 true
	message 2 false
	: >"$log"
	faulty fail make 1 "$send" --home "$home" -q
}
again_full
is "$rc $(wc -l <"$log")" "3 1" "a receipt that cannot be written: the run ends, the next message is not sent blindly"
like "$(cat "$tmp/err")" 'cannot write .*receipts/N1-1.json' "and says which"
"$send" --home "$home" -q 2>/dev/null
is "$(result 1) $(result 2) $(grep -c 'M1:' "$log")" "unknown sent 1" "afterwards it may have arrived, and is not sent again; the other one is"
echo "# $injected faults"
