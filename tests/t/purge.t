#!/bin/bash
# Retention: what is older than its time goes, what waits or belongs to an open case stays,
# and what went does not come back as news.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 43

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

# --- a clock that the record does not bear out
at() { export HUIYING_NOW=$1T01:00:00Z; }
orders() { sqlite3 "$home/ledger.db" "SELECT count(*) FROM orders"; }
confirmed() { sqlite3 "$home/ledger.db" "SELECT count(*) FROM events WHERE kind = 'retention.clock_confirmed/1'"; }
printf '[retention]\norders = 30d\n' >>"$home/huiying.conf"
cat >"$tmp/o.csv" <<'CSV'
工单编号,诉求标题,诉求内容,承办单位,受理时间,办结时间
D1,路灯不亮,路灯坏了,市住建局,2027-06-01 09:00,2027-06-02 09:00
CSV
at 2027-06-25
watch import "$tmp/o.csv" --as orders --source 热线 -q
watch register - --title "某小区停水" --text "停水两天" -q <<<"停水两天"
is "$(orders)" 1 "an order that is finished"
at 2027-05-01
as 丙 admin purge
is "$rc" 1 "a clock before the newest entry: refused"
like "$err" 'the clock says 2027-05-01 09:00, before the newest entry of the ledger \(2027-06-2[45] 09:00\)' "with both times"
at 2099-01-01
as 丙 admin purge
is "$rc $(orders)" "1 1" "one that is far ahead: refused, nothing is gone"
like "$err" 'the clock says 2099-01-01 09:00, long after what the ledger records \(2027-06-2[45] 09:00\)' "with both times"
like "$err" 'huiying purge --clock-is-right' "and what to do when it is right"
run "$huiying" --home "$home" purge -q
is "$rc" 1 "nor does the timer's purge go on"
as 丙 admin purge --dry-run
is "$rc" 0 "a dry run tells what would go"
like "$err" 'it would refuse: the clock says 2099-01-01' "and that it would refuse"
run "$huiying" --home "$home" tick
watch dismiss 3 --outcome 知悉 --note 已办
as 丙 admin purge
is "$rc $(orders)" "1 1" "entries that the wrong clock made do not bear it out"
at 2027-07-20
as 丙 admin purge
is "$rc" 1 "the clock is right again: they are newer than it"
watch duty on --as 值班 -q
as 丙 admin purge
is "$rc $(orders)" "0 0" "with the first entry that follows it goes on"
watch import "$tmp/o.csv" --as orders --source 热线 -q
at 2030-01-01
as 甲 watch purge --clock-is-right
is "$rc $(confirmed) $(orders)" "1 0 1" "not the watch staff: it is the administrator's word"
as 丙 admin purge --clock-is-right --dry-run
is "$rc $(confirmed)" "0 0" "a dry run says nothing either"
as 丙 admin purge --clock-is-right
is "$rc $(orders)" "0 0" "after a standstill a person says that the clock is right"
is "$(sqlite3 "$home/ledger.db" "SELECT actor, payload FROM events WHERE kind = 'retention.clock_confirmed/1'" | grep -c '丙.*"believed":.*"last":')" 1 "in the record, by name"
as 丙 admin purge --clock-is-right
is "$rc $(confirmed)" "0 1" "what nobody doubts is not entered"
at 2030-09-01
as 丙 admin purge
is "$rc" 0 "the record is followed from there on"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "and verifies"

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
