#!/bin/bash
# A scripted year: what the office reports equals the books that an independent script kept
# while it played the year (tests/year/year.pl). Here a tenth of it; tests/all/year.t plays
# the whole: YEAR_ROWS=400.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
rows=${YEAR_ROWS:-30}
seed=${YEAR_SEED:-$((rows + 2026))}
plan 28

office_init
perl "$top/tests/year/year.pl" --huiying "$huiying" --home "$home" --rows "$rows" --seed "$seed" \
	--all "${YEAR_ALL:-0}" >"$tmp/expected.tsv" 2>"$tmp/played.err"
rc=$?
is "$rc" 0 "a year of $rows matters is played (seed $seed)"
[ "$rc" -eq 0 ] || { grep -a 'year.pl' "$tmp/played.err" | sed 's/^/# /'; tail -3 "$tmp/played.err" | sed 's/^/# /'; exit 1; }
grep -a '^year.pl: without' "$tmp/played.err" | sed 's/^/# /'
grep '^played' "$tmp/expected.tsv" | cut -f4,5 | sed 's/^/# /'
played() { awk -F'\t' -v f="$1" '$1 == "played" && $4 == f { print $5 }' "$tmp/expected.tsv"; }
at_least() { [ "$(played "$1")" -ge "$2" ]; ok_if $? "$1: at least $2"; }
at_least cases $((rows * 3 / 4))
at_least promises $((rows * 5 / 2))
at_least extensions $((rows / 8))
at_least returns 1
at_least orders $((rows / 12))
at_least partly $((rows / 2))
at_least cannot $((rows / 12))
# A tenth of a year has few of these; the whole has all.
at_least withdrawals $((rows / 15))
at_least rises $((rows / 30))
at_least redactions $((rows / 15))
at_least relapses $((rows / 60))
at_least "late looks" $((rows / 40))

HUIYING_NOW=$(played asof)
export HUIYING_NOW
for period in "year 2026" "quarter 2026Q1" "quarter 2026Q2" "quarter 2026Q3" "quarter 2026Q4" \
	"month 2026-01" "month 2026-07" "month 2026-12" "week 2026-W29"; do
	run "$huiying" --home "$home" report "${period% *}" --of "${period#* }" --json
	is "$(perl "$top/tests/year/compare.pl" "$tmp/expected.tsv" "${period#* }" <<<"$out")" "" \
		"${period#* }: every figure is what the script worked out"
done
for period in 2026Q2 2026Q3; do
	run "$huiying" --home "$home" report quarter --broken --of $period --json
	is "$(perl "$top/tests/year/compare.pl" "$tmp/expected.tsv" $period broken <<<"$out")" "" \
		"$period: the page of promises that were not kept, line by line"
done
run "$huiying" --home "$home" report quarter --broken --of 2026Q3 --csv
is "$rc" 0 "as a table too"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and gives the same tables"

# What is erased by order of law takes no figure away.
sqlite3 "$home/ledger.db" "UPDATE texts SET salt = NULL, body = NULL WHERE digest IN
	(SELECT title_text FROM cases UNION SELECT quote_text FROM commitments)"
run "$huiying" --home "$home" report year --json
is "$(perl "$top/tests/year/compare.pl" "$tmp/expected.tsv" 2026 erased <<<"$out")" "" \
	"figures are the same when titles and quotes were erased"
