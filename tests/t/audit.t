#!/bin/bash
# The record of account from the command line: verified, anchored, rebuilt, backed up; a
# changed byte is found.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 26

home=$tmp/home
"$huiying" init "$home" --demo -q 2>/dev/null
small_rules "$home"
one_source "$home"
h() { "$huiying" --home "$home" "$@"; }
rss "$tmp/a.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "文一" \
	"某工地拖欠材料款被反映多次" https://a.example.gov.cn/2 g2 "文二"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
h ingest -q 2>/dev/null

run h audit verify
is "$rc" 0 "verify"
like "$out" '^3 events' "three events"
like "$out" 'unanchored since 0' "without an anchor it says so"
h audit head >"$tmp/anchor" 2>/dev/null
run h audit verify --anchor "$tmp/anchor"
is "$rc" 0 "verify with an anchor"
unlike "$out" 'unanchored' "nothing is unanchored"
h audit head --json >"$tmp/anchor.json" 2>/dev/null
run h audit verify --anchor "$tmp/anchor.json" --json
like "$out" '"count":3,.*"anchored":3,"ok":true' "a JSON anchor too"
echo 'no anchor' >"$tmp/bad"
run h audit verify --anchor "$tmp/bad"
is "$rc" 3 "what is no anchor is refused"
run h audit rebuild
like "$rc $out" '^0 3 events give the same' "rebuild"

# a backup while it is in use, then more events, then an anchor of the future
run h backup "$tmp/backup.db"
like "$rc $out" '^0 .*3 events, verified' "backup"
run h backup "$tmp/backup.db"
is "$rc" 2 "a backup never overwrites"
mkdir "$tmp/backups"
run h backup "$tmp/backups"
is "$(ls "$tmp/backups" | grep -cE '^huiying-[0-9]{8}T[0-9]{6}Z$')" 1 "into a directory by date"
rss "$tmp/b.xml" "又一工地拖欠工程款引发关注" https://a.example.gov.cn/3 g3 "文三"
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/b.xml"
h ingest -q 2>/dev/null
h audit head >"$tmp/anchor4" 2>/dev/null
mkdir "$tmp/old"
cp -r "$home/." "$tmp/old/"
cp "$tmp/backup.db" "$tmp/old/ledger.db"
rm -f "$tmp/old/ledger.db-wal" "$tmp/old/ledger.db-shm"
run "$huiying" --home "$tmp/old" audit verify
is "$rc" 0 "the backup in the place of the ledger verifies"
run "$huiying" --home "$tmp/old" audit verify --anchor "$tmp/anchor4"
is "$rc" 4 "but not as the end of the chain"
like "$err" 'cut off' "its end was cut off"

# one changed byte in a payload
cp -r "$home" "$tmp/tampered"
at=$(grep -obUa '"code":"wage-arrears"' "$tmp/tampered/ledger.db" | head -1 | cut -d: -f1)
printf 'x' | dd of="$tmp/tampered/ledger.db" bs=1 seek=$((at + 8)) conv=notrunc 2>/dev/null
run "$huiying" --home "$tmp/tampered" audit verify
is "$rc" 4 "a changed payload is found"
like "$err" 'event [0-9]+ .*has been changed' "and named"
# one changed byte in a text
cp -r "$home" "$tmp/tampered2"
for at in $(grep -obUa '文二' "$tmp/tampered2/ledger.db" | cut -d: -f1); do
	printf '\345' | dd of="$tmp/tampered2/ledger.db" bs=1 seek=$((at + 3)) conv=notrunc 2>/dev/null
done
run "$huiying" --home "$tmp/tampered2" audit verify
is "$rc" 4 "a changed text is found"

# evidence file changed after sign-off (签字后证据文件被改)
h register - --title "某小区停水三天" --text "无人管" --actor 甲 --role watch >/dev/null 2>&1
h case open 1 --grade 一般 --lead 市人社局 --actor 甲 --role watch >/dev/null 2>&1
echo "付款凭证" >"$tmp/proof.txt"
h evidence add YQ-1 --file "$tmp/proof.txt" --actor 甲 --role watch >/dev/null 2>&1
run h audit verify
like "$rc $out" '1 file of evidence is what it was' "evidence is looked at"
proof=$(ls "$home"/evidence/ZJ-*.txt)
chmod u+w "$proof"
echo "另一张" >"$proof"
run h audit verify
is "$rc" 4 "evidence that was changed is found"
like "$err" 'ZJ-[0-9]+-000001 has been changed' "and named"
run h audit verify --no-files
is "$rc" 0 "the ledger alone is as it was"
rm -f "$proof"
run h audit verify
like "$rc $err" 'ZJ-[0-9]+-000001 is gone' "and so is evidence that is gone"
echo "付款凭证" >"$proof"
run h audit verify
is "$rc" 0 "put back it is the same"

# a damaged and an empty file
head -c 5000 "$home/ledger.db" >"$tmp/old/ledger.db"
run "$huiying" --home "$tmp/old" audit verify
is "$rc" 4 "a truncated ledger is an integrity failure"
: >"$tmp/old/ledger.db"
run "$huiying" --home "$tmp/old" audit verify
is "$rc" 4 "so is an empty one"
ln -sf "$home/ledger.db" "$tmp/old/link.db"
mv "$tmp/old/link.db" "$tmp/old/ledger.db"
run "$huiying" --home "$tmp/old" audit verify
is "$rc" 3 "a symbolic link is refused"
