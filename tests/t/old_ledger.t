#!/bin/bash
# Ledgers of an older schema: brought up to date, their projections equal those computed
# from the events, and every listing can be read. The dumps in tests/data/ledger were made
# by the program of that schema (sqlite3 .dump, application_id and user_version added).
. "$(dirname "$0")/lib.sh"
dumps=("$(dirname "$0")"/../data/ledger/v*.sql.gz)
plan $((5 * ${#dumps[@]} + 1))

is "$([ ${#dumps[@]} -ge 7 ] && echo enough)" enough "there are ledgers of old"
for dump in "${dumps[@]}"; do
	name=$(basename "$dump" .sql.gz)
	home=$tmp/$name
	"$huiying" init "$home" --demo -q 2>/dev/null
	rm -f "$home"/ledger.db*
	zcat "$dump" | sqlite3 "$home/ledger.db"
	export HUIYING_NOW=2027-06-01T02:00:00Z
	before=$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events")
	# the ledger alone: what it was made with is not here
	run "$huiying" --home "$home" audit verify --no-files
	is "$rc" 0 "$name: the chain holds"
	run "$huiying" --home "$home" audit rebuild
	is "$rc" 0 "$name: what was migrated equals what the events give"
	[ "$rc" -eq 0 ] || { echo "# $out"; echo "# $err"; }
	bad=
	for verb in alerts "case list" "commitment list" due status proposals; do
		# shellcheck disable=SC2086
		run "$huiying" --home "$home" $verb --json
		[ "$rc" -le 1 ] || bad="$bad $verb: $rc $err"
	done
	is "$bad" "" "$name: everything can be listed"
	run "$huiying" --home "$home" tick --actor 甲 --role admin
	is "$rc" 0 "$name: time passes"
	run "$huiying" --home "$home" audit rebuild
	is "$rc $([ "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events")" -ge "$before" ] && echo kept)" \
		"0 kept" "$name: and still"
done
