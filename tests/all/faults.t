#!/bin/bash
# Every call for memory, every step of SQLite, every write, sync and rename of every verb of
# the ledger fails once. Each time: no crash, an exit code of ours with a word, nothing told
# as saved that is not there, nothing half there, the chain whole.
#
# FAULTS sets how many of a kind each verb gets, spread over all of them (2); "all" is all. Of
# calls for memory each way to a place is tried once, for whichever verb comes there first.
. "$(dirname "$0")/../t/lib.sh"
. "$top/tests/t/warc.sh"
. "$top/tests/t/office.sh"
. "$top/tests/all/verbs.sh"
[ -z "${SANITIZED:-}" ] || skip_all "sanitizers have a malloc of their own"
faults=${FAULTS:-2}
scenarios=$(grep -cvE '^(#|reads\||$)' "$top/tests/all/verbs.tab")
plan $((scenarios + 1))
is "$(verbs_without_line)" "" "every verb has a line in verbs.tab"
prepare_verbs
base=$home
home=$tmp/faulty
: >"$tmp/seen"
injected=0

fresh() {
	rm -rf "$home"
	cp -r --reflink=auto "$base" "$home"
}
events() { "$huiying" --home "$home" audit head 2>/dev/null | cut -d' ' -f1; }

# faulty CALL AT VERB…: runs it with one call failing; sets $rc.
faulty() {
	local call=$1 at=$2
	shift 2
	LD_PRELOAD=$BUILD/inject.so FAULT_CALL=$call FAULT_AT=$at FAULT_LOG=$tmp/log \
		"$huiying" --home "$home" "$@" --actor "$who" --role "$role" >"$tmp/out" 2>"$tmp/err" </dev/null
	rc=$?
}

# points CALL VERB…: the numbers of the calls to fail, one a line.
points() {
	local call=$1 all
	shift
	fresh
	faulty "$call" 0 "$@"
	if [ "$call" = malloc ]; then
		awk 'NR == FNR { seen[$1]; next } !($2 in seen) { seen[$2]; print $1, $2 }' "$tmp/seen" "$tmp/log" >"$tmp/new"
	else
		seq 1 "$(tail -1 "$tmp/log")" >"$tmp/new"
	fi
	all=$(wc -l <"$tmp/new")
	if [ "$faults" != all ] && [ "$all" -gt "$faults" ]; then
		# The last ones are where things are saved.
		awk -v n="$faults" -v all="$all" -v from="$number" \
			'BEGIN { for (i = 0; i < n - 1; i++) pick[int((i * all + from * 7) / n) % all + 1]; pick[all - from % 2] } NR in pick' "$tmp/new"
	else
		cat "$tmp/new"
	fi | tee -a "$tmp/picked" | cut -d' ' -f1
	sed -n 's/^[0-9]* //p' "$tmp/picked" >>"$tmp/seen"
	: >"$tmp/picked"
}

# judge CALL AT VERB…: after a failed call.
judge() {
	local call=$1 at=$2 now
	shift 2
	if ! "$huiying" --home "$home" audit verify >"$tmp/verify" 2>&1; then
		echo "# $call $at of $*: exit $rc, then $(tail -1 "$tmp/verify")"
		return
	fi
	now=$(grep -oE '^[0-9]+ event' "$tmp/verify" | cut -d' ' -f1)
	if [ "$rc" -gt 4 ]; then
		echo "# $call $at of $*: exit $rc $(tail -1 "$tmp/err")"
	elif [ "$rc" -eq 0 ] && [ "$now" != "$after" ]; then
		echo "# $call $at of $*: a false “saved”: $now events instead of $after"
	elif [ "$rc" -gt 1 ] && ! [ -s "$tmp/err" ]; then
		echo "# $call $at of $*: exit $rc without a word"
	elif [ "$now" != "$before" ] && [ "$now" != "$after" ]; then
		echo "# $call $at of $*: half there: $before events before, $after wanted, $now now"
	fi
}

one_verb() {
	local number=$1 who=$2 role=$3 call at
	shift 3
	fresh
	before=$(events)
	faulty none 0 "$@"
	after=$(events)
	: >"$tmp/wrong"
	[ "$rc" -eq 0 ] || echo "# without any fault: exit $rc $(tail -1 "$tmp/err")" >>"$tmp/wrong"
	for call in step write sync rename malloc; do
		for at in $(points "$call" "$@"); do
			fresh
			faulty "$call" "$at" "$@"
			judge "$call" "$at" "$@" >>"$tmp/wrong"
			injected=$((injected + 1))
		done
	done
	is "$(head -20 "$tmp/wrong")" "" "${*//$tmp\//}"
}

each_scenario one_verb
echo "# $injected faults"
