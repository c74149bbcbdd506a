#!/bin/bash
# WARC files into the ledger: items once, revisions, stories, alerts, problems, wanted rows.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 53

home=$tmp/home
h() { "$huiying" --home "$home" "$@" 2>"$tmp/.err"; }
field() { h status --json | grep -o "\"$1\":[0-9]*" | head -1 | cut -d: -f2; }
"$huiying" init "$home" --demo -q 2>/dev/null
ok_if $? "init --demo"
small_rules "$home"
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z

# --- a first file: two sources carry one story
rss "$tmp/a.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪。" \
	"今日天气晴好适合出行游玩" https://a.example.gov.cn/2 g2 "晴。"
rss "$tmp/b.xml" "某项目部拖欠农民工工资引关注" https://b.example.gov.cn/9 h1 "转载。"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
warc_answer "$home/spool/1.warc.gz" https://b.example.gov.cn/feed.xml b "" feed "$tmp/b.xml"
cp "$home/spool/1.warc.gz" "$tmp/1.warc.gz"
run h ingest
is "$rc" 0 "ingest the spool"
like "$out" '^3 new items, 0 changed, 1 alert; 0 fetches failed, 0 problems$' "says what it brought"
is "$(field items)" 3 "three items"
is "$(field alerts)" 1 "one alert for the story, not one a copy"
ls "$home"/archive/2026/11/1.warc.gz >/dev/null 2>&1
ok_if $? "the file is in the archive"
is "$(ls "$home/spool" | grep -c 'warc.gz$')" 0 "and the spool is empty"
row=$(h alerts --json)
like "$row" '"story":1,"title":"某项目部拖欠农民工工资引关注"' "the queue has the story"
like "$row" '"topics":"欠薪欠资","grade":"较大","score":6' "with topic, grade and score"
like "$row" '"copies":1,' "how many copies there are besides"
like "$row" '"review_due":"2026-11-23T03:00:00Z"' "and when it must have been looked at"
run h show S1
like "$out" 'I3 .*某项目部' "the copy from the other source belongs to the story"
run h show A1 --why
like "$out" 'keywords.conf:7 .*拖欠' "show --why names the line of the rule"
like "$out" '【拖欠】' "and marks the words"

# --- the same again: by content, and by name
digest=$(h status --json | sed -n 's/.*"items_digest":"\([0-9a-f]*\)".*/\1/p')
cp "$tmp/1.warc.gz" "$home/spool/again.warc.gz"
run h ingest --json
like "$out" '"files":0,"known_files":1,"records":0,"items":0' "a file is known by its content"
run h ingest "$tmp/1.warc.gz"
like "$out" '^files that were read before, and not again: 1$' "and that is said"
run h ingest --again "$tmp/1.warc.gz" --json
like "$out" '"items":0,"revisions":0,"alerts":0' "--again adds nothing when nothing is better"
is "$(h status --json | sed -n 's/.*"items_digest":"\([0-9a-f]*\)".*/\1/p')" "$digest" "the digest stays"
run h ingest --again
is "$rc" 2 "--again needs files"

# --- a revision that adds a topic: a second alert of the same story
warc_date=2026-11-23T01:30:00Z
rss "$tmp/a2.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪。脚手架坍塌。"
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a2.xml"
run h ingest --json
like "$out" '"items":0,"revisions":1,"alerts":1' "a changed item is a revision"
like "$(h alerts --json)" '"topics":"欠薪欠资、安全生产"' "the story has both topics"
like "$(h alerts --topic safety --json)" '"story":1' "--topic by code"
is "$(h alerts --topic nothing --json)" "" "--topic that nothing has"
like "$(h show I1 --json)" '"revision":2' "the item says which revision it is"


# --- a copy that weighs more: the alert gets graver, its limit counts from the first raising
rss "$tmp/b2.xml" "某项目部拖欠农民工工资引关注" https://b.example.gov.cn/10 h2 "拖欠，讨薪，坍塌。/ 十人讨薪"
sed 's/一般3 较大6 重大10/一般3 较大4 重大6/' "$home/keywords.conf" >"$tmp/k" && cp "$tmp/k" "$home/keywords.conf"
warc_answer "$home/spool/2b.warc.gz" https://b.example.gov.cn/feed.xml b "" feed "$tmp/b2.xml"
like "$(h ingest --json)" '"items":1,"revisions":0,"alerts":0' "a graver copy is no second alert"
like "$(h show A1 --json)" '"grade":"重大".*"review_due":"2026-11-23T02:15:00Z"' "the alert is graver, its limit tighter"
like "$(h audit rebuild)" 'give the same' "and the events say the same"

# --- an older answer read late changes nothing
warc_date=2026-11-22T01:00:00Z
rss "$tmp/a3.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "旧文。"
warc_answer "$home/spool/3.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a3.xml"
like "$(h ingest --json)" '"revisions":0' "an older answer is no revision"

# --- one guid twice in a document
warc_date=2026-11-23T03:00:00Z
rss "$tmp/a4.xml" "甲版本的一个长标题在此" https://a.example.gov.cn/5 g5 "甲" "乙版本的一个长标题在此" https://a.example.gov.cn/5 g5 "乙"
warc_answer "$home/spool/4.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a4.xml"
warc_date=2026-11-23T03:30:00Z
warc_answer "$home/spool/4.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a4.xml"
like "$(h ingest --json)" '"items":1,"revisions":0' "two entries with one guid do not revise each other"

# --- failures, garbage, cut and foreign files
warc_failure "$home/spool/5.warc.gz" https://b.example.gov.cn/feed.xml b "" feed dns
warc_failure "$home/spool/5.warc.gz" https://b.example.gov.cn/feed.xml b "" feed dns
warc_failure "$home/spool/5.warc.gz" https://b.example.gov.cn/feed.xml b "" feed timeout
echo '<no feed at all' >"$tmp/garbage"
warc_answer "$home/spool/5.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/garbage" 200 text/plain
run h ingest --json
like "$out" '"failures":3,"problems":1' "failures and what cannot be read are counted"
run h status --check
is "$rc" 1 "status --check: somebody must look"
like "$out" 'source b has failed 3 times in a row: timeout' "and says why"
like "$out" 'a +parse ×1' "the table shows the other source's state"
warc_answer "$home/spool/6.warc.gz" https://b.example.gov.cn/feed.xml b "" feed "$tmp/b.xml"
h ingest -q
run h status
like "$out" 'b +good' "an answer makes a source good again"
head -c 300 /dev/urandom >"$home/spool/7.warc.gz"
warc_date=2026-11-23T05:00:00Z
rss "$tmp/a5.xml" "后面的文件照样读入不受影响" https://a.example.gov.cn/6 g6 "文"
warc_answer "$home/spool/8.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a5.xml"
run h ingest --json
is "$rc" 0 "a file that is no WARC does not stop the others"
like "$out" '"items":1' "what came behind it was read"
is "$(ls "$home/spool" | grep -c '^7.warc.gz$')" 0 "and it is out of the way"
rss "$tmp/f.xml" "别人的文件里的一条消息标题" https://other.example.org/1 x1 "文"
warc_answer "$tmp/foreign.warc.gz" https://other.example.org/feed.xml "" "" feed "$tmp/f.xml"
warc_answer "$tmp/foreign.warc.gz" https://other.example.org/feed.xml "" "" feed "$tmp/f.xml" 206
sed 's/x1/x2/' "$tmp/f.xml" >"$tmp/f2.xml"
warc_answer "$tmp/foreign.warc.gz" https://other.example.org/feed.xml "" "" feed "$tmp/f2.xml" 206
h ingest -q "$tmp/foreign.warc.gz"
is "$(field items)" 7 "a part (206) of somebody else is not read"
like "$(h show I7 --json)" '"source":"import"' "a foreign file is source import"
run h ingest "$tmp/none.warc.gz"
is "$rc" 3 "a missing file"

# --- a hostile title reaches no terminal
warc_date=2026-11-23T07:00:00Z
rss "$tmp/evil.xml" "$(printf '拖欠\342\200\256工资&#27;]0;x&#7;&#x9b;31m的敌意标题')" https://a.example.gov.cn/66 g66 "文"
warc_answer "$home/spool/11.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/evil.xml"
h ingest -q
raw=$(printf '\033|\342\200\256|\302\233')
out=$(h alerts --all; h show S2 --why; h show I8; h status)
like "$out" '敌意标题' "it is shown"
unlike "$out" "$raw" "without control characters and overrides"
is "$(h alerts --json | grep -cE "$raw")" 0 "JSON neither has raw ones"

# --- odd things in the spool
mkdir "$home/spool/0.warc.gz"
mkfifo "$home/spool/00.warc.gz"
ln -s "$tmp/1.warc.gz" "$home/spool/000.warc.gz"
first=$(sha256sum <"$home/archive/2026/11/8.warc.gz")
rss "$tmp/a6.xml" "另一台机器送来的同名文件" https://a.example.gov.cn/7 g7 "文"
warc_answer "$home/spool/8.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a6.xml"
second=$(sha256sum <"$home/spool/8.warc.gz")
run timeout 20 "$huiying" --home "$home" ingest --json
is "$rc" 0 "what is no file stops nothing"
like "$out" '"items":1,.*"problems":3' "what came behind it was read"
like "$err" "left in the spool: .*/0.warc.gz: " "it is named"
is "$(ls "$home/spool" | grep -c 'warc.gz$')" 3 "and left where it is"
is "$(sha256sum <"$home/archive/2026/11/8.warc.gz")" "$first" "a file of the same name does not lie on the first"
is "$(sha256sum <"$home/archive/2026/11/8-${second:0:8}.warc.gz")" "$second" "it is kept beside it"
like "$(h show I9 --json)" "\"warc\":\"8-${second:0:8}.warc.gz\"" "its records are found by its own name"
rm -rf "$home"/spool/0*
before=$(h status --json | grep -o '"problems":[0-9]*')
echo 'no archive at all' >"$tmp/none.warc"
h ingest -q "$tmp/none.warc"
is "$(h status --json | grep -o '"problems":[0-9]*')" "\"problems\":$((${before#*:} + 1))" "a record that is none counts in status"

# --- one at a time, and the chain holds
( flock 9; "$huiying" --home "$home" ingest 2>"$tmp/busy"; echo $? >"$tmp/busy.rc" ) 9>"$home/state/ingest.lock"
is "$(cat "$tmp/busy.rc")" 3 "a second ingest is told so"
run h audit verify
like "$rc $out" '^0 5 events' "audit verify"
