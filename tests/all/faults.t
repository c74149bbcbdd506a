#!/bin/bash
# Every call for memory, every step of SQLite, every write, sync and rename of every verb of
# the ledger fails once. Each time: no crash, an exit code of ours with a word, nothing told
# as saved that is not there, nothing half there, the chain whole, the tables those of the
# events, and the same act does its work afterwards.
#
# FAULTS sets how many of a kind each act gets, spread over all of them (1); "all" is all. Of
# calls for memory each way to a place is tried once for each act. VERBS: only acts whose words
# match this expression. JOBS: how many at a time.
. "$(dirname "$0")/../t/lib.sh"
. "$top/tests/t/warc.sh"
. "$top/tests/t/office.sh"
. "$top/tests/all/verbs.sh"
[ -z "${SANITIZED:-}" ] || skip_all "sanitizers have a malloc of their own"
faults=${FAULTS:-1}
jobs=${JOBS:-$(nproc)}
prepare_verbs
read_scenarios
plan $((scenarios + 3))
is "$(verbs_without_line)" "" "every verb has a line in verbs.tab"
is "$(verbs_only_read)" "" "what needs a role is no verb that only reads"

# faulty CALL AT: does the act with one call failing; sets $rc.
faulty() {
	LD_PRELOAD=$BUILD/inject.so FAULT_CALL=$1 FAULT_AT=$2 FAULT_LOG=$tmp/log \
		"$huiying" --home "$home" "${words[@]}" --actor "$who" --role "$role" >"$tmp/out" 2>"$tmp/err" </dev/null
	rc=$?
}

# points CALL: the numbers of the calls to fail, one a line; $tmp/calls is of a run without a fault.
points() {
	local all
	if [ "$1" = malloc ]; then
		awk '$1 == "malloc" && !($3 in seen) { seen[$3]; print $2 }' "$tmp/calls" >"$tmp/all"
	else
		seq 1 "$(sed -n "s/^$1 //p" "$tmp/calls")" >"$tmp/all"
	fi
	all=$(wc -l <"$tmp/all")
	if [ "$faults" = all ] || [ "$all" -le "$faults" ]; then
		cat "$tmp/all"
	else
		# Other ones for each act; the last ones are where things are saved.
		awk -v n="$faults" -v all="$all" -v from="$number" 'BEGIN {
			for (i = 0; i < n; i++) pick[int((i + from * 0.618 % 1) * all / n) + 1]
			if (from % 3 == 0) { delete pick; pick[all - from % 2] } } NR in pick' "$tmp/all"
	fi
}

# kinds_of_calls: all, or when there is little time one of the three that concern files.
kinds_of_calls() {
	local of_files=(write sync rename)
	[ "$faults" != 1 ] || of_files=("${of_files[number % 3]}")
	echo step malloc "${of_files[@]}"
}

untouched() { diff -rq -x ledger.db-shm "$base" "$home" >/dev/null; }

# said_saved EXIT: the act claims to be done. A refusal that was not recorded says so.
said_saved() {
	[ "$1" -eq "${scenario_exits[number]}" ] && ! grep -q 'could not be recorded' "$tmp/err"
}

# judge WHAT: after a failed call; a line for each thing that is wrong.
judge() {
	local said=$rc now
	if [ "$said" -gt 4 ]; then
		echo "# $1: exit $said $(tail -1 "$tmp/err")"
	elif [ "$said" -gt 1 ] && ! [ -s "$tmp/err" ]; then
		echo "# $1: exit $said without a word"
	fi
	# What is as it was can be done as it was done without a fault.
	if untouched; then
		! said_saved "$said" || echo "# $1: a false “saved”: nothing is there"
		return
	fi
	dirty=yes
	verified || { echo "# $1: exit $said, then $(tail -1 "$tmp/verify")" && return; }
	now=$(events)
	if ! said_saved "$said" && [ "$now" = "$before" ] && [ -n "${scenario_unrecorded[number]}" ] && holds; then
		echo "# $1: exit $said, and yet it is done"
	elif said_saved "$said" && ! { [ "$now" = "$after" ] && holds; }; then
		echo "# $1: a false “saved”: $now events instead of $after"
	elif half_done "$before" "$after" "$now"; then
		echo "# $1: half there: $before events before, $after wanted, $now now"
	fi
	"$huiying" --home "$home" audit rebuild >"$tmp/verify" 2>&1 || echo "# $1: $(tail -1 "$tmp/verify")"
	once_more "$after" "$now" || echo "# $1: exit $said, $now events, then exit $rc and $(events): $err"
	[ -z "${scenario_meanwhile[number]}" ] || "$huiying" --home "$home" audit verify >"$tmp/verify" 2>&1 ||
		echo "# $1: done again, $(tail -1 "$tmp/verify")"
}

one_act() {
	local call at before after injected=0 dirty=yes
	before=$(events)
	faulty "" 0
	after=$(events)
	mv "$tmp/log" "$tmp/calls"
	kinds_new >"$tmp/kinds"
	[ "$rc" -eq "${scenario_exits[number]}" ] && holds ||
		echo "# without any fault: exit $rc $(tail -1 "$tmp/err")"
	for call in $(kinds_of_calls); do
		for at in $(points "$call"); do
			[ -z "$dirty" ] || fresh
			dirty=
			faulty "$call" "$at"
			judge "$call $at"
			injected=$((injected + 1))
		done
	done
	echo "$injected" >"$tmp/injected"
}

# worker N: every act whose turn it is, in a directory of its own.
worker() {
	local n root=$tmp
	for n in $(seq $(($1 + 1)) "$jobs" "$scenarios"); do
		[[ ${scenario_line[n]} =~ ${VERBS:-} ]] || continue
		tmp=$root/act-$n
		mkdir "$tmp"
		home=$tmp/home
		begin_scenario "$n" >"$tmp/wrong"
		one_act >>"$tmp/wrong"
		rm -rf "$home" "$tmp/base-$n"
		mv "$tmp/wrong" "$tmp/result"
	done
}
pids=()
for n in $(seq 0 $((jobs - 1))); do
	worker "$n" &
	pids+=($!)
done
cleanup_pids="${pids[*]}"
for pid in "${pids[@]}"; do
	wait "$pid"
done
cleanup_pids=""

for n in $(seq "$scenarios"); do
	[[ ${scenario_line[n]} =~ ${VERBS:-} ]] || { echo "ok $((tests_run += 1)) - ${scenario_line[n]} # SKIP not asked for" && continue; }
	is "$(head -20 "$tmp/act-$n/result" 2>&1)" "" "${scenario_line[n]}"
done
if [ -z "${VERBS:-}" ]; then
	is "$(comm -23 <(kinds_known) <(sort -u "$tmp"/act-*/kinds))" "" "every kind of event is written by one of them"
else
	echo "ok $((tests_run += 1)) - kinds of events # SKIP not all acts were asked for"
fi
echo "# $(cat "$tmp"/act-*/injected | paste -sd+ | bc) faults"
