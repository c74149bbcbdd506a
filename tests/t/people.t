#!/bin/bash
# Who may do what: every verb declares its roles, a refusal is a clear word and an event.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 80
events() { sqlite3 "$home/ledger.db" "SELECT count(*) FROM events"; }
refused() { run "$huiying" --home "$home" audit refused "$@"; }

office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
refused
is "$rc $out" "0 nobody was refused anything" "no heading over nothing"
run "$huiying" --home "$home" notify list
is "$rc $out" "0 no messages" "nor over no messages"
run "$huiying" help case close
like "$out" '^Needs the role supervisor and a login of one.s own\.$' "help says who may: 销号"
run "$huiying" help take
like "$out" '^Needs the role watch or supervisor\.$' "and who may take an alert"
run "$huiying" help alerts
unlike "$out" 'Needs' "a listing is for everybody"
run "$huiying" help --man
like "$out" 'Needs the role watch, unit or supervisor|Needs the role watch or unit or supervisor' "the manual says it too"

new_case "某项目部拖欠农民工工资"
before=$(events)
as 丙 unit case close 1
is "$rc $out" "1 " "a responsible unit may not close"
is "$err" "DEMO - a demonstration, not a real ledger
huiying: 丙 may not use “huiying case close”: it needs the role supervisor" "one clear word"
is "$(events)" $((before + 1)) "an event, and nothing of the act"
refused --json
is "$out" '{"at":"2026-09-28T01:00:00Z","by":"丙","role":"unit","verb":"case close","said":"丙 may not use “huiying case close”: it needs the role supervisor"}' \
	"who, in which role, what, what was said"
for second in 10 20 59; do
	HUIYING_NOW=2026-09-28T01:00:${second}Z as 丙 unit case close 1
done
is "$(events)" $((before + 1)) "the same refusal within a minute is one event"
HUIYING_NOW=2026-09-28T01:00:30Z as 丙 unit case reopen 1
is "$(events)" $((before + 2)) "another verb is another refusal"
HUIYING_NOW=2026-09-28T01:00:30Z as 丁 unit case close 1
is "$(events)" $((before + 3)) "another person, too"
HUIYING_NOW=2026-09-28T01:01:01Z as 丙 unit case close 1
is "$(events)" $((before + 4)) "after a minute it counts again"

# 销号 by the same person: not a question of roles, and told with its case.
new_answer 1 "$measure"
super respond accept 1 -q
watch commitment add 1 --sentence 2 --due 2026-09-30 -q
super commitment claim c1 --done-on 2026-09-28 -q
before=$(events)
super commitment verify c1
is "$rc" 1 "同一人销号: who entered the claim does not verify it"
is "$(events)" $((before + 1)) "a refusal for want of a second person is recorded"
refused --since 2026-09-28 --json
like "$(head -1 <<<"$out")" '"verb":"commitment verify","subject":"CN-2026-000001"' "about the promise"
super commitment verify c1
is "$(events)" $((before + 1)) "once"
is "$(sqlite3 "$home/ledger.db" "SELECT claimed_at > 0, verified_at IS NULL FROM commitments")" \
	"1|1" "and the act left nothing"
# What the rules refuse is no refusal of a person.
before=$(events)
super case close 1
is "$rc" 1 "a gate that is shut"
is "$(events)" "$before" "is not recorded"
watch case open 1 --grade 一般 --lead 没有这个局
is "$(events)" "$before" "nor a name mistyped"

refused
like "$out" '2026-09-28 09:01 +丙 +unit +case close' "the list"
run "$huiying" --home "$home" status
like "$out" '^refused   5 acts in the last 24 hours, the last to 乙 \(commitment verify\)' "status tells"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "refusals can be computed from the events"

# Every verb that does something in the ledger says who may use it, and the table of what the
# tests do with each verb (tests/all/verbs.tab) has somebody with that role.
undeclared= foreign= refused=
while IFS='|' read -r who role verb; do
	[ "$who" != exits ] || refused=yes
	[[ $verb != init\ * ]] || continue # it makes the instance
	case $role in watch | unit | supervisor | admin) ;; *) continue ;; esac
	[ -z "$refused" ] || { refused= && continue; }
	verb=$(sed -E 's/^([a-z]+( [a-z]+)?).*/\1/' <<<"$verb")
	"$huiying" help "$verb" >"$tmp/help" 2>/dev/null || verb=${verb%% *}
	needs=$("$huiying" help "$verb" 2>/dev/null | grep -E '^Needs the role ')
	[ -n "$needs" ] || undeclared+=" $verb"
	[[ $needs == *$role* ]] || foreign+=" $verb:$role"
done <"$top/tests/all/verbs.tab"
is "$undeclared" "" "every act declares its roles"
is "$foreign" "" "and those are the ones that it is done in"

# What keeps the instance is for its administrator (and the account its timers run as).
export HUIYING_NOW=2026-09-29T01:00:00Z
keeper() { # keeper ARGS…: refused to the others with a word and an event, done for the admin
	local before
	for role in watch unit supervisor; do
		before=$(events)
		as "$role-1" "$role" "$@"
		is "$rc $(events)" "1 $((before + 1))" "$*: refused to $role, and an event"
		unlike "$out" . "$*: nothing is done for $role"
	done
	as 管 admin "$@"
	is "$rc" 0 "$*: done for the admin"
}
keeper purge
keeper backup "$tmp/copy.db"
keeper audit key
keeper sources disable kaili-gov
keeper sources enable kaili-gov
mkdir "$tmp/sets"
for role in watch unit supervisor; do
	as "$role-2" "$role" restore "$tmp/sets"
	like "$rc $err" "needs the role admin" "restore: refused to $role"
	as "$role-2" "$role" sources add http://127.0.0.1:9/feed.xml --yes
	like "$err" 'needs the role admin, system' "sources add: refused to $role"
	as "$role-2" "$role" sources import "$tmp/none.opml"
	like "$err" 'needs the role admin, system' "sources import: refused to $role"
done
# What the program does by itself is started by its account, the admin or staff, by no unit.
for verb in ingest tick "evidence check" crawl; do
	# shellcheck disable=SC2086
	as 丙 unit $verb
	is "$rc" 1 "$verb is not a unit's"
done
as 丙 unit sources health kaili-gov --accept
is "$rc" 1 "nor is what counts as usual of a source"

# A real instance: the super-user is no person of the office, and nobody may play another.
unset HUIYING_NOW
home=$tmp/real
"$huiying" init "$home" -q 2>/dev/null
run "$huiying" --home "$home" respond accept 1
is "$rc" 1 "nobody accepts by uid alone"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind = 'access.refused/1'")" 1 \
	"a real refusal is an event"
run "$huiying" --home "$home" case list --actor 乙 --role supervisor
is "$rc" 1 "--actor is refused in a real instance"
run "$huiying" --home "$home" respond reject 1 --actor 乙 --role supervisor
run "$huiying" --home "$home" audit refused
like "$out" "respond reject.*--actor" "and an act in another's name is on the list"
