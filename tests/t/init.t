#!/bin/bash
# Making an instance: what is there, what is never overwritten, who may be whom.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 32

run "$huiying" init "$tmp/real"
is "$rc" 0 "init"
like "$out" 'made an instance in ' "says what it made"
for d in spool archive evidence state local.d; do
	[ -d "$tmp/real/$d" ]
	ok_if $? "directory $d"
done
is "$(stat -c %a "$tmp/real/ledger.db")" 660 "the ledger is for the group, not for everybody"
is "$(stat -c %a "$tmp/real/spool")" 2770 "directories hand their group on"
is "$(ls "$tmp/real" | tr '\n' ' ' | grep -c 'huiying.conf')" 1 "huiying.conf to start from"
[ ! -e "$tmp/real/demo" ]
ok_if $? "a real instance has no demo mark"
run "$huiying" --home "$tmp/real" audit head
like "$out" '^1 [0-9a-f]{64}$' "one event"
unlike "$err" 'DEMO' "a real instance does not say DEMO"

# again: nothing is overwritten
echo '[office]' >"$tmp/real/huiying.conf"
before=$("$huiying" --home "$tmp/real" audit head)
run "$huiying" init "$tmp/real"
is "$rc" 0 "init again"
like "$out" 'is an instance already' "says so"
is "$(cat "$tmp/real/huiying.conf")" "[office]" "the office's huiying.conf stays"
is "$("$huiying" --home "$tmp/real" audit head)" "$before" "and the chain"
run "$huiying" init "$tmp/real" --demo
is "$rc" 1 "a real instance never becomes a demonstration"
[ ! -e "$tmp/real/demo" ]
ok_if $? "nor gets its mark"

# real people only
run "$huiying" --home "$tmp/real" --actor 某甲 --role watch audit head
is "$rc" 1 "a real instance refuses --actor"
like "$err" 'act as yourself' "and says why"
run env HUIYING_NOW=2026-11-23T02:00:00Z "$huiying" --home "$tmp/real" audit head
is "$rc" 1 "a real instance refuses HUIYING_NOW"

# a demonstration
HUIYING_NOW=2026-11-23T02:00:00Z run "$huiying" init "$tmp/demo" --demo --json
like "$out" '"demo":true,"fresh":true' "init --demo --json"
run "$huiying" --home "$tmp/demo" --actor 某甲 --role watch audit head
is "$rc" 0 "a demonstration takes --actor"
like "$err" '^DEMO' "and says DEMO"
run "$huiying" --home "$tmp/demo" --actor 某甲 --role king audit head
is "$rc" 2 "but not every role"
run env HUIYING_NOW=yesterday "$huiying" --home "$tmp/demo" audit head
is "$rc" 2 "nor every time"
run "$huiying" init "$tmp/demo"
is "$rc" 1 "a demonstration never becomes real"

# what stands in the way
run "$huiying" --home "$tmp/none" audit head
is "$rc" 3 "no instance there"
like "$err" 'huiying init' "says what to do"
echo x >"$tmp/file"
run "$huiying" init "$tmp/file"
is "$rc" 3 "a file is in the way"
sed -i '1i [offices]' "$tmp/demo/huiying.conf"
run "$huiying" --home "$tmp/demo" audit head
like "$rc $err" '^2 .*huiying.conf:1:' "a mistake in huiying.conf has its place"
