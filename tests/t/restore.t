#!/bin/bash
# A backup is a set, whole or not there; a restored instance says so itself, goes on beyond
# the numbers that the world has seen, reads in what was fetched since, and keeps erased
# what was erased.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 61

office_init
one_source "$home"
admin() { as 丙 admin "$@"; }
verify() { run "$huiying" --home "$home" audit verify "$@"; }
rss "$tmp/a.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "文一韦某某"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
watch case open 1 --grade 一般 --lead 市人社局
echo 照片 >"$tmp/photo.jpg"
watch evidence add YQ-1 --file "$tmp/photo.jpg"

printf '工单编号,诉求标题,诉求内容,受理时间\nX1,路口积水,韦某某隔壁积水,2026-11-01 09:00\n' >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线 -q
HUIYING_NOW=$(date -u -d '+2 hours' +%FT%TZ) watch tick -q
watch search 韦某某 --count
is "$out" 2 "words that the index has"

# --- backup ---
mkdir "$tmp/sets"
admin backup "$tmp/sets"
is "$rc" 0 "a backup into a directory"
set1=$(ls -d "$tmp"/sets/huiying-*)
like "$out" "events, verified, head" "verified"
is "$(cd "$set1" && find . -type f | grep -v conf/ | sort | tr '\n' ' ')" \
	"./MANIFEST.json ./evidence/YQ-$(date +%Y)-000001.warc.gz ./evidence/ZJ-$(date +%Y)-000001.jpg ./head.pub ./ledger.db ./redacted.jsonl " "ledger, evidence, public key, list, manifest"
like "$(ls "$set1/conf" "$set1/conf/local.d" | tr '\n' ' ')" 'channels.conf.*huiying.conf.*\.conf' "and the configuration"
is "$(find "$tmp/sets" -name '*.key*' | wc -l)" 0 "the secret is not in it"
is "$(find "$tmp/sets" -name '.part-*' | wc -l)" 0 "nothing is left half made"
admin backup "$tmp/sets"
like "$rc" '^(0|2)$' "a second one never overwrites"
mkdir "$tmp/sets/.part-99999"
echo half >"$tmp/sets/.part-99999/ledger.db"
sleep 1
admin backup "$tmp/sets" --keep 1 --json
like "$rc $out" '^0 \{"set":.*"pruned":[12]' "older ones are removed"
is "$(ls -A "$tmp/sets" | wc -l)" 1 "and so is what was cut short"
set1=$(ls -d "$tmp"/sets/huiying-*)
like "$(watch status; echo "$out")" "backup    .*huiying-" "status knows the last one"
# a clock that ran ahead, and one that fell behind: what was just made stays
mkdir "$tmp/clock"
for now in 2090-01-01 2090-01-02 2026-03-01; do
	HUIYING_NOW=${now}T00:00:00Z admin backup "$tmp/clock" --keep 2 -q
done
is "$(ls "$tmp/clock" | tr '\n' ' ')" "huiying-20260301T000000Z huiying-20900102T000000Z " \
	"a set of a clock that ran ahead does not push out the one just made"
HUIYING_NOW=2026-03-02T00:00:00Z admin backup "$tmp/clock" --keep 2 -q
is "$(ls "$tmp/clock" | tr '\n' ' ')" "huiying-20260301T000000Z huiying-20260302T000000Z " "it goes first"
HUIYING_NOW=1999-01-01T00:00:00Z admin backup "$tmp/clock" --keep 2 -q
is "$(ls "$tmp/clock" | tr '\n' ' ')" "huiying-19990101T000000Z huiying-20260302T000000Z " "a clock that fell behind takes the oldest"
HUIYING_NOW=2090-01-01T00:00:00Z admin backup "$tmp/clock" -q
watch status --check
like "$out" 'last backup is of a day to come' "status does not take it for a fresh one"
rm -rf "$tmp/clock"
HUIYING_NOW=$(date -u -d "+1 minute" +%FT%TZ) admin backup "$tmp/sets" --keep 1 -q # a set is named by its second
set1=$(ls -d "$tmp"/sets/huiying-*)
watch status --check
unlike "$out" 'of a day to come' "until there is one"
mkdir "$tmp/sets/locked"
exec 8<"$tmp/sets/locked"
flock -n 8
admin backup "$tmp/sets/locked"
is "$rc" 3 "one at a time"
exec 8<&-
rmdir "$tmp/sets/locked"

# --- what happens behind it ---
sleep 1
new_case "自来水浑浊无人管" 一般
watch redact I1 --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
watch register - --title "某路口积水" --text "住韦某某隔壁的反映积水。" -q
watch redact A3 --field excerpt --words 韦某某隔壁 --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
echo '{"v":1}' >"$home/state/none"
rss "$tmp/b.xml" "又一工地拖欠工程款引发关注" https://a.example.gov.cn/3 g3 "文三"
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/b.xml"
watch ingest -q
rss "$tmp/c.xml" "第三工地拖欠工程款引发关注" https://a.example.gov.cn/4 g4 "文四"
warc_answer "$home/spool/3.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/c.xml"
"$huiying" --home "$home" audit head --sign >"$tmp/anchor" 2>/dev/null
"$huiying" --home "$home" audit head >"$tmp/plain" 2>/dev/null
lost=$(cut -d' ' -f1 "$tmp/plain")
cp -r "$home" "$tmp/before"

# --- restore in place ---
watch restore "$set1"
is "$rc" 1 "only an admin restores"
is "$(sqlite3 "$home/ledger.db" "SELECT group_concat(kind) FROM events WHERE seq > $lost")" "access.refused/1" \
	"nothing changed, but that somebody tried"
lost=$((lost + 1))
cp -r "$set1" "$tmp/bad"
chmod -R u+w "$tmp/bad"
echo x >>"$tmp/bad/evidence/ZJ-$(date +%Y)-000001.jpg"
admin restore "$tmp/bad"
like "$rc $err" '4 ' "a changed file of the set is found"
rm "$tmp/bad/evidence/ZJ-$(date +%Y)-000001.jpg"
admin restore "$tmp/bad"
is "$rc" 4 "a missing one too"
admin restore "$tmp/sets"
is "$rc" 3 "what is no backup is none"
# somebody has it open
mkfifo "$tmp/sql"
sqlite3 "$home/ledger.db" <"$tmp/sql" >"$tmp/read" 2>&1 &
reader=$!
cleanup_pids="$cleanup_pids $reader"
exec 7>"$tmp/sql"
echo 'SELECT count(*) FROM events;' >&7
until [ -s "$tmp/read" ]; do kill -0 "$reader" || break; done
admin restore "$set1"
is "$rc" 3 "nobody may have the ledger open"
is "$(ls "$home"/state/restore.pending 2>/dev/null | wc -l)" 0 "then nothing is pending"
exec 7>&-
wait "$reader"
# something is entered while the backup is made ready: the list of erasures keeps it waiting
mv "$home/redacted.jsonl" "$tmp/list"
mkfifo "$home/redacted.jsonl"
admin_restore() { "$huiying" --home "$home" restore "$set1" --actor 丙 --role admin >"$tmp/late.out" 2>"$tmp/late.err"; }
admin_restore &
restoring=$!
exec 7>"$home/redacted.jsonl"
new_row "重名测试：限速带破损" "无人修。"
late=$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM alerts")
cat "$tmp/list" >&7
exec 7>&-
wait "$restoring"
is "$?" 3 "what is entered meanwhile stops the restoring"
like "$(cat "$tmp/late.err")" 'entered into the ledger meanwhile' "and it says so"
is "$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM alerts")" "$late" "it is there"
is "$(sqlite3 "$home/ledger.db" "PRAGMA journal_mode")" wal "the ledger is as it was"
rm -f "$home/redacted.jsonl"
mv "$tmp/list" "$home/redacted.jsonl"
lost=$(sqlite3 "$home/ledger.db" "SELECT max(seq) FROM events")
cat >"$home/state/fetch.json" <<'J'
{"v":1,"sources":[{"id":"a","url":"https://a.example.gov.cn/feed.xml","etag":"\"x\"","next":9999999999,"checked":1,"succeeded":1}],"hosts":[],"robots":[]}
J
admin restore "$set1" --note "磁盘损坏"
is "$rc" 0 "an admin restores"
like "$out" "restored at [0-9]+ events" "how far"
like "$out" "lost: events [0-9]+ to $lost" "what is lost is told"
like "$out" "erased again by order of law: 4 texts" "what was erased is erased again"
like "$out" "read again: 3 files with 2 items, 2 alerts" "what was fetched since is read in"
watch status
like "$out" 'retired   .*/ledger.db.before-[0-9TZ]*, the ledger before a restore' "status names what it left"
watch register - --title "某路口又积水" --text "住石小五隔壁的反映积水。" -q
watch redact A"$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM alerts")" --field excerpt --words 石小五隔壁 --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
like "$err" '1 ledger that a restore left .* may hold the words still' "and so does an erasure"
rm -f "$home"/ledger.db.before-*
is "$(cat "$home"/ledger.db* | grep -ca '文一韦某某\|韦某某隔壁')" 0 "the words are not in the restored ledger"
is "$(sqlite3 "$home/ledger.db" "SELECT title, content FROM orders")" "［依法删除］|［依法删除］" "nor in an order of the hotline"
watch search 韦某某 --count
is "$out" 0 "nor found by its index"
sed 's/受理时间/受理时间,工单状态/; s/09:00/09:00,办理中/' "$tmp/o.csv" >"$tmp/o2.csv"
watch import "$tmp/o2.csv" --as orders --source 热线 -q
is "$(sqlite3 "$home/ledger.db" "SELECT content, state FROM orders")" "［依法删除］|办理中" "a later sheet does not bring them back"
verify
is "$rc" 0 "the chain holds"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the tables are what the events say"
unlike "$(cat "$home/state/fetch.json")" 'etag' "the fetcher asks without validators"
is "$(ls "$home"/state/restore.pending 2>/dev/null | wc -l)" 0 "nothing is pending"

# --- anchors ---
verify --anchor "$tmp/anchor"
is "$rc" 1 "an anchor of the lost part: no, but no tampering"
like "$out" "restored at [0-9]+ by 丙" "it says restored at N"
verify --anchor "$tmp/plain"
is "$rc" 1 "a plain one as well"
verify --anchor "$tmp/anchor" --json
like "$out" '"restored":\{"count":[0-9]+,.*"by":"丙"\},"ok":false' "in JSON"
"$huiying" --home "$home" audit head --sign >"$tmp/anchor2" 2>/dev/null
verify --anchor "$tmp/anchor2"
is "$rc" 0 "an anchor of the restored chain holds"
cp -r "$home" "$tmp/cut"
count=$(cut -d' ' -f1 <("$huiying" --home "$home" audit head 2>/dev/null))
sqlite3 "$tmp/cut/ledger.db" "DROP TRIGGER events_no_delete; DELETE FROM events WHERE seq = $count"
run "$huiying" --home "$tmp/cut" audit verify --anchor "$tmp/anchor2"
is "$rc" 4 "and finds a cut made after it"
like "$err" 'cut off' "as such"

# --- numbers ---
new_case "又一自来水浑浊" 一般
is "$case_id" "YQ-$(date +%Y)-000003" "numbers go on behind those that were given"

# --- all is lost ---
mkdir "$tmp/new"
run "$huiying" --home "$tmp/new" restore "$set1" --actor 丙 --role admin
is "$rc" 1 "without an anchor nobody knows the numbers"
like "$err" 'skip-numbers' "and it says what to do"
run "$huiying" --home "$tmp/new" restore "$set1" --anchor "$tmp/anchor" --actor 丙 --role admin
is "$rc" 0 "with a published head it is made again"
is "$(cat "$tmp/new"/evidence/*.jpg)" 照片 "with its evidence"
run "$huiying" --home "$tmp/new" audit verify --anchor "$tmp/anchor"
like "$rc $out" '^1 ' "the head reads restored"
run "$huiying" --home "$tmp/new" register - --title "某小区停电三天" --text "无人管" --actor 甲 --role watch
like "$out" "\(A5\)" "alerts too"
mkdir "$tmp/third"
run "$huiying" --home "$tmp/third" restore "$set1" --skip-numbers 500 --actor 丙 --role admin
run "$huiying" --home "$tmp/third" register - --title "某小区停电三天" --text "无人管" --actor 甲 --role watch
like "$out" "\(A50[0-9]\)" "or so many are left out"

# --- cut short ---
run "$huiying" --home "$tmp/third" restore --continue --actor 丙 --role admin
is "$rc" 3 "nothing is to be continued"
rm -f "$tmp"/third/evidence/*.jpg
printf '%s' "$set1" >"$tmp/third/state/restore.pending"
run "$huiying" --home "$tmp/third" status
like "$out" 'restore --continue' "status tells what was cut short"
run "$huiying" --home "$tmp/third" restore --continue --actor 丙 --role admin
is "$rc $(ls "$tmp"/third/evidence/*.jpg 2>/dev/null | wc -l)" "0 1" "and it is continued"
