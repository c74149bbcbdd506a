#!/bin/bash
# Retention: what is older than its time goes, what waits or belongs to an open case stays,
# and what went does not come back as news.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 23

export HUIYING_NOW=2026-11-24T01:00:00Z
office_init
one_source "$home"
rss "$tmp/a.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪" \
	"全市秋收工作有序推进" https://a.example.gov.cn/2 g2 "无关的一条" \
	"某工地拖欠材料款被反映多次" https://a.example.gov.cn/3 g3 "文三"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
watch case open 1 --grade 一般 --lead 市人社局
watch dismiss 2 --outcome 知悉 --note "已办"
items() { sqlite3 "$home/ledger.db" "SELECT group_concat(id) FROM (SELECT id FROM items ORDER BY id)"; }
is "$(items)" 1,2,3 "three items"

as 丙 admin purge --dry-run
like "$rc $out" '^0 WHAT +DAYS +OLDER THAN' "a table of the rules"
like "$out" 'items +180 .* 0 +0 ' "nothing is old yet"
like "$out" 'hotline orders +kept' "orders are kept unless told otherwise"
export HUIYING_NOW=2027-06-24T01:00:00Z
head=$("$huiying" --home "$home" audit head 2>/dev/null)
as 丙 admin purge --dry-run --json
like "$out" '"rule":"items","days":180,"before":"2026-12-26T01:00:00Z","rows":2,' "two items are"
is "$(items)" 1,2,3 "a dry run changes nothing"
is "$("$huiying" --home "$home" audit head 2>/dev/null)" "$head" "and enters nothing"
printf '[retention]\nitems = 400d\n' >>"$home/huiying.conf"
as 丙 admin purge --dry-run --json
like "$out" '"rule":"items","days":400,.*"rows":0,' "the configuration says how long"
sed -i 's/^items = .*/items = forever/' "$home/huiying.conf"
as 丙 admin purge --dry-run
is "$rc" 2 "what is no time is refused"
sed -i 's/^items = .*/itmes = 5d/' "$home/huiying.conf"
as 丙 admin purge --dry-run
is "$rc" 2 "and so is an unknown key"
sed -i 's/^itmes = .*/items = 0/' "$home/huiying.conf"
as 丙 admin purge --dry-run --json
like "$out" '"rule":"items","days":0,"rows":0,' "0 keeps for ever"
sed -i '/retention/,$d' "$home/huiying.conf"
touch -d 2026-11-24 "$home"/archive/*/*/1.warc.gz
touch -d 2026-11-24 "$home/archive/stray.warc.gz"
as 丙 admin purge
is "$rc" 0 "purge"
is "$(items)" 1 "what became no matter is gone, the open case's item stays"
is "$(ls "$home"/archive/*/*/1.warc.gz "$home"/archive/stray.warc.gz 2>/dev/null | wc -l)" 1 "files that nothing refers to are gone"
is "$(cat "$home"/ledger.db* | grep -caF 全市秋收工作有序推进)" 0 "without a trace of the words"
is "$(sqlite3 "$home/ledger.db" "SELECT kind || payload FROM events ORDER BY seq DESC LIMIT 1" | grep -c 'retention.purged/1.*"rule":')" 1 "it is entered"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the tables are what the events say"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds"
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
is "$(items)" 1 "a page that still lists it brings no news"
as 丙 admin purge --json
like "$out" '"rule":"items",.*"rows":0,' "a second one finds nothing"
is "$(grep -c identity "$home/redacted.jsonl" 2>/dev/null)" "" "it is no erasure by order of law"

# --- what killed programs left half written
mkdir -p "$home/outbox"
for at in . spool outbox; do
	echo half >"$home/$at/.huiying-abcdef"
	touch -d '2 hours ago' "$home/$at/.huiying-abcdef"
done
echo half >"$home/state/.huiying-abcdef"
run "$huiying" --home "$home" tick
is "$(find "$home" -name '.huiying-??????')" "$home/state/.huiying-abcdef" "tick removes what is an hour old, and nothing that somebody may be writing"
like "$err" '3 temporary files that killed programs had left were removed' "and says so"
