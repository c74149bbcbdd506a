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
base=$home
home=$tmp/killed

fresh() {
	rm -rf "$home"
	cp -r --reflink=auto "$base" "$home"
}
events() { "$huiying" --home "$home" audit head 2>/dev/null | cut -d' ' -f1; }
now_us() { echo "${EPOCHREALTIME/[.,]/}"; }
before=$("$huiying" --home "$base" audit head 2>/dev/null | cut -d' ' -f1)

# The verbs with what each brings when it is left in peace, and how long it takes.
collect() {
	local number=$1 began
	fresh
	began=$(now_us)
	as "${@:2}"
	span[number]=$(($(now_us) - began + 5000))
	after[number]=$(events)
	line[number]=$(printf '%q ' "${@:2}")
}
declare -a span after line
each_scenario collect
count=${#line[@]}

killed=0 lost=0 half=0 broken=0 differs=0 stuck=0
for i in $(seq 1 "$kills"); do
	number=$((RANDOM % count + 1))
	eval "set -- ${line[number]}"
	who=$1 role=$2
	shift 2
	fresh
	us=$(((RANDOM * 32768 + RANDOM) % span[number]))
	"$huiying" --home "$home" "$@" --actor "$who" --role "$role" >"$tmp/out" 2>"$tmp/err" </dev/null &
	pid=$!
	sleep "$(printf '%d.%06d' $((us / 1000000)) $((us % 1000000)))"
	kill -9 "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	now=$(events)
	if [ -s "$tmp/out" ] && [ "$now" != "${after[number]}" ]; then
		lost=$((lost + 1))
		echo "# lost: $* at $us: $(cat "$tmp/out")"
	fi
	if [ "$now" != "$before" ] && [ "$now" != "${after[number]}" ]; then
		half=$((half + 1))
		echo "# half: $* at $us: $before, $now, ${after[number]}"
	fi
	"$huiying" --home "$home" audit verify >/dev/null 2>&1 || broken=$((broken + 1))
	"$huiying" --home "$home" audit rebuild >/dev/null 2>&1 || differs=$((differs + 1))
	as "$who" "$role" "$@"
	# What was done before it died is refused now, by the rules (1) or as typed (2: a date
	# that is no later than the one that stands).
	if [ "$now" = "$before" ]; then
		[ "$rc" -le 1 ] && [ "$(events)" = "${after[number]}" ]
	else
		[ "$rc" -le 2 ]
	fi
	if [ $? -ne 0 ]; then
		stuck=$((stuck + 1))
		echo "# stuck: $* at $us: $rc $err"
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
