#!/bin/bash
# huiying promises as a filter: answers in, the commitments in them out.
. "$(dirname "$0")/lib.sh"
plan 32

p() { run bash -c 'printf "%s\n" "${@:2}" | "$0" promises --made "$1"' "$huiying" "$@"; }

p 2026-11-26 '{"id":"a","text":"您好！该路段将于12月底前修复。我局将在5个工作日内答复您，并尽快公示。"}'
is "$rc $out" '0 {"id":"a","sentence":"您好！","commitment":false,"promises":[]}
{"id":"a","sentence":"该路段将于12月底前修复。","commitment":true,"promises":[{"start":8,"end":13,"phrase":"12月底前","due":"2026-12-31","due_kind":"date"}]}
{"id":"a","sentence":"我局将在5个工作日内答复您，并尽快公示。","commitment":true,"promises":[{"start":20,"end":26,"phrase":"5个工作日内","due":"2026-12-03","due_kind":"workdays"}]}' \
	"a line a sentence; places in code points of the text"
p 2026-11-26 '{"id":7,"text":"我局将于近期解决。"}' '{"text":"我们将加强管理。"}'
is "$out" '{"id":7,"sentence":"我局将于近期解决。","commitment":true,"promises":[{"start":4,"end":6,"phrase":"近期","due_kind":"undated"}]}
{"sentence":"我们将加强管理。","commitment":true,"promises":[]}' "what has no date has none; an id comes back as it came"
p 2026-11-26 '{"id":1,"text":"预计近期开工，计划于2027年内建成。"}'
like "$out" '"phrase":"近期","due_kind":"undated".*"phrase":"2027年内","due":"2027-12-31","due_kind":"date"' "several in a sentence"
p 2026-03-02 '{"id":1,"text":"我局将于9月底前完成。"}'
like "$out" '"due":"2026-09-30"' "without a year: the next one from the day it was made"
p 2026-11-26 '{"id":1,"text":"我局將於９月底前完成。"}'
like "$out" '"start":4,"end":8,"phrase":"９月底前","due":"2027-09-30"' "other widths and scripts; the phrase as it stands there"
p 2026-11-26 '{"id":1,"text":""}' '{"id":2,"text":"。。。"}'
is "$rc $out" "0 " "no sentence, no line"
p 2026-11-26 '{"id":1,"text":"已于2026年9月30日前完成。"}'
like "$out" '"commitment":false,"promises":\[\]' "what was done is no promise"
p 2026-11-26 '{"id":1,"text":"请您于12月10日前办理。"}'
like "$out" '"commitment":false,"promises":\[\]' "nor what the reader shall do"
p 2026-11-26 '{"id":1,"text":"登记机构自受理之日起30个工作日内办结。"}'
like "$out" '"commitment":false,"promises":\[\]' "nor the law"

# --- bad input
p 2026-11-26 '{"id":1}' 'no json' '[1]' '' '{"id":2,"text":"我局将答复。"}'
is "$rc" 3 "lines that cannot be read"
is "$out" '{"id":2,"sentence":"我局将答复。","commitment":true,"promises":[]}' "do not stop the others"
like "$err" 'line 1: wanted is an object with' "the first is told with its line"
like "$err" 'line 3: no JSON object' "and what is no object"
like "$err" '3 lines could not be read' "and how many"
p 2026-02-30 '{}'
is "$rc" 2 "--made: no date"
p tomorrow '{}'
like "$err" '“tomorrow” is no date like 2026-09-30' "says what a date looks like"
run bash -c '"$0" promises extra </dev/null' "$huiying"
is "$rc" 2 "no other arguments"
run bash -c 'echo "{\"id\":1,\"text\":\"我局将于$(date +%Y)年12月31日前完成。\"}" | "$0" promises' "$huiying"
like "$out" '"due":"20[0-9]{2}-12-31"' "without --made: today"
HUIYING_HOME=/nonexistent run bash -c 'echo "{\"id\":1,\"text\":\"我局将答复。\"}" | "$0" promises --made 2026-11-26' "$huiying"
is "$rc" 0 "without a home"

# --- a long text
{ printf '{"id":1,"text":"'; yes '我局将于9月底前完成第一段改造；' | head -20000 | tr -d '\n'; printf '"}\n'; } >"$tmp/long.jsonl"
"$huiying" promises --made 2026-11-26 <"$tmp/long.jsonl" >"$tmp/long.out"
is "$(wc -l <"$tmp/long.out") $(tail -1 "$tmp/long.out" | grep -o '"start":[0-9]*')" '20000 "start":319988' "20,000 sentences"

# --- hostile texts: seconds of processor time, where a quadratic search takes minutes
hostile() { # what, times, then: a text of a million characters
	{ printf '{"id":1,"text":"'; yes "$2" | head -"$3" | tr -d '\n'; printf '%s"}\n' "$4"; } >"$tmp/hostile.jsonl"
	run bash -c 'ulimit -t 30; "$0" promises --made 2026-11-26 <"$1" | wc -l' "$huiying" "$tmp/hostile.jsonl"
	is "$rc $out $err" "0 1 " "$1"
}
hostile "a million characters without a mark" 我局将 333000 ""
hostile "a promise with 200,000 limits" 我局将9月底前， 125000 ""
hostile "200,000 limits, and at last a promise" 9月底前， 200000 我局将处理
hostile "clauses that go on with one promise" "我局将处理，$(printf '9月底前那个地方，%.0s' {1..400})" 300 ""

# --- sentences in the manner of answers, with their deadlines and dates: `make accuracy PROMISES=`
accuracy=$BUILD/accuracy/promises
run "$accuracy" "$(dirname "$0")/../data/promises/labelled.jsonl"
is "$rc" 0 "the labelled sentences are read"
# at_least WHAT FLOOR: the figure behind WHAT.
at_least() {
	local figure
	figure=$(grep -oE "$1 [0-9.]+" <<<"$out" | grep -oE '[0-9.]+$')
	is "$(awk -v a="$figure" -v b="$2" 'BEGIN { print (a != "" && a >= b) }')" 1 "$1 is at least $2 ($figure)"
}
at_least precision 0.97
at_least recall 0.93
at_least exact 0.91
at_least overlap 0.92
at_least right 0.98
printf '%s\n' '{"sentence":"我局将于9月底前完成。","has_commitment":true,"deadlines":["9月底前"],"due":["2026-09-29"],"made":"2026-03-02"}' >"$tmp/one.jsonl"
run "$accuracy" -v "$tmp/one.jsonl"
like "$out" 'date, should be +2026-09-29 2026-09-30' "a wrong date is told"
like "$out" 'dates: 1, right 0.000' "and counted"
