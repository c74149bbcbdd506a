#!/bin/bash
# The signed head: made by the office's key, checked as an anchor, useless to whoever changes
# a byte of it or signs with another key.
. "$(dirname "$0")/lib.sh"
plan 20

home=$tmp/home
"$huiying" init "$home" --demo -q 2>/dev/null
h() { "$huiying" --home "$home" "$@"; }
is "$(stat -c %a "$home/keys" "$home/keys/head.key" "$home/head.pub" | tr '\n' ' ')" "700 400 444 " \
	"init makes a key that only its owner can read"
key=$(cat "$home/head.pub")

run h audit key
like "$rc $out" "^0 $key since .*, made by " "the public key is told"
run h audit head --sign
like "$rc $out" '^0 \{"at":"[^"]*Z","count":1,"demo":true,"hash":"[0-9a-f]{64}","ids":\{\},"key":"'"$key"'","v":1,"signature":"[0-9a-f]{128}"\}$' \
	"a signed head"
printf '%s\n' "$out" >"$tmp/head"
run h audit verify --anchor "$tmp/head"
is "$rc" 0 "it is an anchor"
bad=
for part in 's/"count":1/"count":2/' 's/"at":"20/"at":"21/' 's/"demo":true/"demo":false/' \
	's/"ids":{}/"ids":{"A":9}/' 's/"v":1/"v":1,"note":"x"/' 's/"hash":"./"hash":"g/' \
	's/"signature":"./"signature":"x/'; do
	sed "$part" "$tmp/head" >"$tmp/forged"
	cmp -s "$tmp/head" "$tmp/forged" && bad="$bad same:$part"
	run h audit verify --anchor "$tmp/forged"
	[ "$rc" -ge 3 ] || bad="$bad $rc:$part"
done
is "$bad" "" "whatever is changed in it is found"
h register - --title "某项目拖欠农民工工资" --text "拖欠三个月。" --actor 甲 --role watch >/dev/null 2>&1
run h audit head --sign
like "$out" '"ids":\{"A":1,.*"S":1\}' "the counters stand in it"

# another office's
"$huiying" init "$tmp/other" --demo -q 2>/dev/null
"$huiying" --home "$tmp/other" audit head --sign >"$tmp/foreign" 2>/dev/null
run h audit verify --anchor "$tmp/foreign"
is "$rc" 4 "a head signed by another office is no anchor"
like "$err" "never this office's" "and why"

# another key
run h audit key --new --actor 乙 --role supervisor
is "$rc" 1 "only an admin makes a key"
is "$(cat "$home/head.pub")" "$key" "nothing changed"
run h audit key --new --actor 丙 --role admin
is "$rc" 0 "an admin makes another one"
is "$(cat "$home/head.pub")" "${out%% *}" "which is the public one now"
run h audit verify --anchor "$tmp/head"
is "$rc" 0 "what the old one signed is still good"
run h audit head --sign
like "$rc $out" "^0 .*\"key\":\"$(cat "$home/head.pub")\"" "the new one signs"
run h audit rebuild
is "$rc" 0 "keys are a projection of the events"

# the secret of somebody else, of nobody, and one that others can read
cp "$home/keys/head.key" "$tmp/kept"
cp -f "$tmp/other/keys/head.key" "$home/keys/head.key"
run h audit head --sign
like "$err" "not the secret of the key that the ledger names" "another's secret does not sign"
mkdir "$tmp/credentials"
cp "$tmp/kept" "$tmp/credentials/head.key"
run env CREDENTIALS_DIRECTORY="$tmp/credentials" "$huiying" --home "$home" audit head --sign
is "$rc" 0 "a credential comes first"
cp -f "$tmp/kept" "$home/keys/head.key"
chmod 644 "$home/keys/head.key"
run h audit head --sign
is "$rc" 1 "a secret that others can read is none"
rm -f "$home/keys/head.key"
run h audit head --sign
is "$rc" 3 "without a secret nothing is signed"
is "$(h audit head 2>/dev/null | wc -w)" 2 "the plain head is there all the same"
