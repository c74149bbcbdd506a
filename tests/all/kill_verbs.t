#!/bin/bash
# kill -9 at random moments of verbs of the ledger. Each time: what was acknowledged is
# there, nothing is half there, the chain is whole, the tables are those of the events, and
# the same verb can be used again. KILLS sets how often (20), SEED repeats a run.
. "$(dirname "$0")/../t/lib.sh"
. "$top/tests/t/warc.sh"
. "$top/tests/t/office.sh"
. "$top/tests/all/verbs.sh"
kills=${KILLS:-20}
SEED=${SEED:-$(date +%s)}
RANDOM=$SEED
echo "# SEED=$SEED KILLS=$kills"
plan 6
prepare_verbs
read_scenarios
home=$tmp/killed
now_us() { echo "${EPOCHREALTIME/[.,]/}"; }

killed=0 lost=0 half=0 broken=0 differs=0 stuck=0
declare -a span after
for i in $(seq 1 "$kills"); do
	begin_scenario $((RANDOM % scenarios + 1))
	before=$(events)
	# What it brings when it is left in peace, and how long that takes.
	if [ -z "${span[number]:-}" ]; then
		began=$(now_us)
		as "$who" "$role" "${words[@]}"
		span[number]=$(($(now_us) - began + 5000))
		after[number]=$(events)
		fresh
	fi
	us=$(((RANDOM * 32768 + RANDOM) % span[number]))
	"$huiying" --home "$home" "${words[@]}" --actor "$who" --role "$role" >"$tmp/out" 2>"$tmp/err" </dev/null &
	pid=$!
	sleep "$(printf '%d.%06d' $((us / 1000000)) $((us % 1000000)))"
	kill -9 "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	what="$number: ${words[*]} at $us"
	now=$(events)
	if [ -s "$tmp/out" ] && [ "$now" != "${after[number]}" ] && [ -z "${scenario_unrecorded[number]}" ]; then
		lost=$((lost + 1))
		echo "# lost: $what: $(cat "$tmp/out")"
	fi
	if half_done "$before" "${after[number]}" "$now"; then
		half=$((half + 1))
		echo "# half: $what: $before, $now, ${after[number]}"
	fi
	verified || { broken=$((broken + 1)) && echo "# broken: $what: $(tail -1 "$tmp/verify")"; }
	"$huiying" --home "$home" audit rebuild >"$tmp/verify" 2>&1 ||
		{ differs=$((differs + 1)) && echo "# differs: $what: $(tail -1 "$tmp/verify")"; }
	if ! once_more "${after[number]}" "$now"; then
		stuck=$((stuck + 1))
		echo "# stuck: $what: $before, $now, ${after[number]}, then exit $rc and $(events): $err"
	fi
done
echo "# $killed of $kills were killed before they ended"
is "$lost" 0 "nothing that was acknowledged is lost"
is "$half" 0 "nothing is half there"
is "$broken" 0 "the chain is whole each time"
is "$differs" 0 "the tables are those of the events"
is "$stuck" 0 "the verb does its work afterwards"
[ "$killed" -gt 0 ]
ok_if $? "some were killed"
