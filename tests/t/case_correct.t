#!/bin/bash
# Correcting the place and the category of a case: by event, with a reason, rerouting proposed.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 34
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
watch register - --title "某村道路塌陷" --text "村道塌了一个月没人管。"
row=${out%% *}
watch case open "$row" --grade 一般 --lead 龙场镇 --place 龙场镇 --category b
is "$rc" 0 "a case of a town"

watch case correct 1
is "$rc" 2 "nothing to correct"
watch case correct 1 --place 舟溪镇
is "$rc" 2 "a correction needs a reason"
watch case correct 1 --place 龙场镇 --reason x
like "$err" 'has this place and category already' "nothing changes"
watch case correct 1 --category g --reason x
is "$rc" 2 "a category that is none"
as 丙 unit case correct 1 --place 舟溪镇 --reason x
is "$rc" 1 "a unit does not say where it is"
watch case correct 1 --place 舟溪镇 --reason 实为舟溪镇某村
is "$rc $out" "0 YQ-2026-000001: place 舟溪镇" "another place"
like "$err" 'it would go to 舟溪镇 now' "the units are suggested anew"
like "$err" 'next: huiying case route YQ-2026-000001 · case assign YQ-2026-000001 --lead 舟溪镇' "a person assigns it"
watch show 1
like "$out" '^place +舟溪镇$' "show"
unlike "$out" 'instead of' "the history is for --why"
watch show 1 --why
like "$out" '^place +舟溪镇 instead of 龙场镇, by 甲 at .*: 实为舟溪镇某村$' "--why tells what it was"
watch show 1 --json
like "$out" '"corrections":\[\{"at":"2026-09-28T01:00:00Z","by":"甲","from_place":"龙场镇","place":"舟溪镇","reason":"实为舟溪镇某村"\}\]' "JSON too"
like "$out" '"lead":"龙场镇"' "it stays where it is until then"
watch case assign 1 --lead auto -q
watch show 1 --json
like "$out" '"lead":"舟溪镇"' "assigned"

# --- the version
version=$(grep -o '"version":[0-9]*' <<<"$out" | head -1 | cut -d: -f2)
super case grade 1 较大 --reason x -q
watch case correct 1 --place 龙场镇 --reason x --seen "$version"
is "$rc" 1 "not over what another changed meanwhile"
like "$err" 'changed meanwhile: case.graded/2 by 乙' "and is told what"

# --- the category, and limits
watch case correct 1 --category b,d --reason 涉及突发事件
is "$rc $out" "0 YQ-2026-000001: category b,d" "another category with the same limits"
watch show 1 --json
is "$(grep -o '"state":"replaced"' <<<"$out" | wc -l)" 1 "moves no limit (one was replaced by the grade)"
watch case correct 1 --category a --reason 属政策误读
is "$rc" 1 "a category with other limits is not for watch staff"
like "$err" 'needs the role supervisor' "it is a supervisor's"
export HUIYING_NOW=2026-09-28T09:00:00Z
super case correct 1 --category a --place 炉山镇 --reason 属政策误读
is "$rc $out" "0 YQ-2026-000001: place 炉山镇, category a" "a supervisor, both at once"
like "$err" 'they run from the original start' "and is told"
watch show 1 --json
like "$out" '"clock":"response","state":"running","due":"2026-09-29T01:00:00Z"' "24 hours from the discovery"
watch show 1 --why
like "$out" '\(replaced by a later grade or category\)' "the old limit stays on record"

# --- a category that comes after its limit has passed takes no lateness away
export HUIYING_NOW=2026-10-08T01:00:00Z
watch register - --title "另一条村道塌陷" --text "村道塌了一个月没人管。"
watch case open "${out%% *}" --grade 一般 --lead 龙场镇 --category a
late=${out%% *}
export HUIYING_NOW=2026-10-09T07:00:00Z
watch tick
super case correct "$late" --category b --reason 不属政策误读
is "$rc $out" "0 $late: category b" "改类别不改已过时限: 24 hours have passed, 48 would not"
watch show "$late" --json
is "$(grep -o '"clock":"response","state":"[a-z]*","due":"[^"]*","late":[a-z]*,"rule":"[a-z-]*"' <<<"$out")" \
	'"clock":"response","state":"running","due":"2026-10-09T01:00:00Z","late":true,"rule":"clarify-misread"' \
	"改类别不改已过时限: the limit that passed stands, and no other one runs"
is "$(sqlite3 "$home/ledger.db" "SELECT payload ->> 'kept' FROM events WHERE kind = 'case.corrected/1' ORDER BY seq DESC LIMIT 1")" response "the event says which it keeps"
super case correct "$late" --category a --reason 仍属政策误读
watch show "$late" --json
is "$(grep -o '"clock":"response","state":"running","due":"[^"]*"' <<<"$out")" '"clock":"response","state":"running","due":"2026-10-09T01:00:00Z"' "back again it is the same"
watch report month --of 2026-10 --json
like "$out" '"row":"一般 clarify-misread","limits":1,"due":1,"on_time":0,"late":1' "the figures count it by that limit"
like "$out" '"row":"龙场镇","cases":1,"due":1,"answered":0,"on_time":0,"late":1' "and the unit is late"

# --- closed
new_answer 1 "龙场镇核查发现道路塌陷2处，已修复完毕。"
super respond accept "$answer_id" -q
watch case finish 1 -q
watch case correct 1 --place 龙场镇 --reason 地名核对
is "$rc" 0 "a finished case may be corrected"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "audit rebuild"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "audit verify"
