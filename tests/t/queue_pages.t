#!/bin/bash
# The queue in pages: the same rows in the same order, and a word when more follow.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/office.sh"
plan 9
"$huiying" init "$home" --demo -q 2>/dev/null
export HUIYING_NOW=2026-11-23T02:00:00Z
for i in 1 2 3 4 5 6 7; do
	watch register - --title "第${i}个工地拖欠农民工工资" --text "第${i}个工地的工人说了。" --grade "$([ $((i % 3)) = 0 ] && echo 重大 || echo 较大)"
done
watch dismiss S4 --outcome 知悉 --note "已答复"
rows() { grep -oE '^S[0-9]+' <<<"$out" | tr '\n' ' '; }
watch alerts
whole=$(rows)
is "$whole" "S3 S6 S1 S2 S5 S7 " "the whole queue"
watch alerts --limit 4
is "$(rows)" "S3 S6 S1 S2 " "its first four rows"
like "$err" 'more rows follow: go on with --after S2' "with what to type for the others"
watch alerts --limit 4 --after S2
is "$(rows)" "S5 S7 " "the others"
unlike "$err" 'more rows follow' "and nothing more is said to follow"
watch alerts --all --limit 3 --after S5
is "$(rows)" "S7 S4 " "with --all the decided ones come last"
watch alerts --limit 2 --after S3 --json
is "$(grep -o '"story":[0-9]*' <<<"$out" | tr '\n' ' ')" '"story":6 "story":1 ' "as JSON"
watch alerts --limit 0
like "$rc $err" '^2 .*--limit' "none is no number of rows"
# What tick wrote down once it does not look at again.
export HUIYING_NOW=2026-11-24T02:00:00Z
watch tick
watch tick
watch due --json
is "$(grep -c '"what":"triage"' <<<"$out") $(sqlite3 "$home/ledger.db" "SELECT count(*) FROM limits_reached WHERE what = 'triage'")" "6 6" \
	"six rows are overdue, each written down once"
