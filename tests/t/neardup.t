#!/bin/bash
# huiying neardup as a filter: the golden pairs, ids, bad lines.
. "$(dirname "$0")/lib.sh"
pairs=$top/tests/data/neardup/pairs.jsonl
plan $(($(wc -l <"$pairs") + 10))

n() { run bash -c 'printf "%s\n" "${@:1}" | "$0" neardup' "$huiying" "$@"; }

# --- each pair as it was judged by people
"$huiying" neardup <"$pairs" >"$tmp/got"
ok_if $? "the golden pairs are read"
paste -d '|' "$pairs" "$tmp/got" | while IFS='|' read -r want got; do
	id=$(sed 's/^{"id": "\([^"]*\)".*/\1/' <<<"$want")
	verdict=$(sed 's/.*"want": \([a-z]*\)}$/\1/' <<<"$want")
	echo "$id $verdict $(sed 's/.*"same":\([a-z]*\)}$/\1/' <<<"$got")"
done >"$tmp/verdicts"
while read -r id want got; do
	is "$got" "$want" "pair $id"
done <"$tmp/verdicts"

# --- and its figure: a change of speed changes none
is "$(diff "$top/tests/data/neardup/similarity.jsonl" "$tmp/got")" "" "the figures are those of before"

n '{"id":"x","a":"某镇道路坑洼三年没人修，雨后积水没过脚踝","b":"某镇道路坑洼三年没人修，雨后积水没过脚踝。"}'
is "$rc $out" '0 {"id":"x","similarity":1.0,"same":true}' "the shape of a row"
n '{"id":7,"a":"甲乙丙丁","b":"戊己庚辛"}' '{"a":"甲","b":"乙"}'
is "$out" '{"id":7,"similarity":0.0,"same":false}
{"similarity":0.0,"same":false}' "a number as id comes back as one, an absent id stays absent"

n '{"id":"1","a":"甲"}' '' 'no json' '[1]' '{"id":"2","a":"甲乙","b":"甲乙"}'
is "$rc" 3 "lines that cannot be read"
is "$out" '{"id":"2","similarity":1.0,"same":true}' "do not stop the others"
like "$err" 'line 1: wanted is an object with the texts' "the first is told with its line"
like "$err" 'line 3: ' "the second too, blank lines counted"
like "$err" 'line 4: no JSON object' "and what is no object"
like "$err" '3 lines could not be read' "and how many"
