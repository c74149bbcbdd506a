#!/bin/bash
# When an answer was published: the time that was typed against what its pages say, known when
# it is entered or captured later. It is a check for whoever accepts, no refusal.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 34
export HUIYING_NOW=2026-09-28T01:00:00Z
office_init
one_source "$home"
db() { sqlite3 "$home/ledger.db" "$1"; }
n=0
# page TIME: an article of that time.
page() {
	printf '<html><head><title>关于拖欠工资的情况通报</title></head><body><h1>关于拖欠工资的情况通报</h1><div class="time">%s</div><div class="content"><p>经查，某项目部拖欠工资86万元，涉及工人34名，已责令整改。</p><p>市人社局将继续跟踪，公布投诉电话，接受社会监督。</p></div></body></html>' "$1" >"$tmp/page.html"
}
# fetched URL: the fetcher brings the page for the newest wanted row of it.
fetched() {
	local want
	n=$((n + 1))
	want=$(grep -F "\"$1\"" "$home/spool/wanted.jsonl" | grep -o '"id":"*[0-9]*' | grep -o '[0-9]*$' | tail -1)
	warc_date=$HUIYING_NOW
	warc_answer "$home/spool/p$n.warc.gz" "$1" "" "$want" evidence "$tmp/page.html" 200 'text/html; charset=utf-8'
	watch ingest -q
}
site=https://www.example.gov.cn
# answer NAME TYPED: entered for case 1, published on our site.
answer() {
	watch respond 1 --unit 市人社局 --url "$site/$1.html" --published "$2" --text "$measure$1"
	answer_id=${out%% *}
}
checks() { db "SELECT checks FROM responses WHERE id = '$answer_id'"; }
new_case "某项目部拖欠农民工工资"
export HUIYING_NOW=2026-10-09T01:00:00Z

# --- the page is captured after the answer was entered
answer later "2026-09-28 10:00"
unlike "$err" 'page-time' "nothing is known of a page that was not captured"
watch show "$answer_id"
before=$(db "SELECT version FROM cases")
page "发布时间：2026-09-30 16:30"
fetched $site/later.html
like "$(checks)" '(^|,)page-time$' "the page is two days later than was typed: a check of the answer"
is "$(db "SELECT version FROM cases")" "$before" "that stands in nobody's way"
watch show "$answer_id"
like "$out" "check +its page gives another time of publication, page/entered: 2026-09-30 16:30/2026-09-28 10:00 $site/later.html" "with both times and the page"
watch show "$answer_id" --json
like "$out" "\"check\":\"page-time\",\"reason\":\"2026-09-30 16:30/2026-09-28 10:00 $site/later.html\"" "in JSON too"
is "$(db "SELECT count(*) FROM events WHERE kind = 'response.noticed/1' AND actor LIKE '%huiying%'")" 1 "an event of the program's own"
super respond accept "$answer_id"
is "$rc" 0 "a person may accept it all the same"
answer earlier "2026-09-29 10:00"
page "发布时间：2026-09-25 09:00"
fetched $site/earlier.html
like "$(checks)" 'page-time' "so is one that is days earlier"
answer same "2026-09-29 10:00"
page "发布时间：2026-09-29 10:40"
fetched $site/same.html
unlike "$(checks)" 'page-time' "forty minutes later is nothing"
answer evening "2026-09-29 10:00"
page "发布时间：2026-09-29 11:30"
fetched $site/evening.html
like "$(checks)" 'page-time' "an hour and a half is"
answer day "2026-09-29 10:00"
page "发布日期：2026-09-29"
fetched $site/day.html
unlike "$(checks)" 'page-time' "a date alone: the same day"
answer other "2026-09-29 10:00"
page "发布日期：2026-10-02"
fetched $site/other.html
like "$(db "SELECT body FROM texts t JOIN responses r ON r.found_text = t.digest WHERE r.id = '$answer_id'")" "page-time	2026-10-02/2026-09-29 10:00 $site/other.html" "another day, without a time of day"
answer none "2026-09-29 10:00"
page ""
fetched $site/none.html
unlike "$(checks)" 'page-time' "a page without a time says nothing"
answer typed_day 2026-09-29
page "发布时间：2026-09-29 23:50"
fetched $site/typed_day.html
unlike "$(checks)" 'page-time' "a day was typed: all of it counts"

# --- several pages, a page that comes again
watch respond 1 --unit 市人社局 --url $site/a1.html --url https://news.example.com/a2.html --published "2026-09-29 10:00" --text "${measure}两处"
answer_id=${out%% *}
page "发布时间：2026-10-01 08:00"
fetched $site/a1.html
page "发布时间：2026-10-02 08:00"
fetched https://news.example.com/a2.html
like "$(db "SELECT body FROM texts t JOIN responses r ON r.found_text = t.digest WHERE r.id = '$answer_id'")" "page-time	2026-10-01 08:00/2026-09-29 10:00 $site/a1.html; 2026-10-02 08:00/2026-09-29 10:00 https://news.example.com/a2.html" "each page is told"
is "$(checks | grep -o page-time | wc -l)" 1 "as one check"
before=$(db "SELECT count(*) FROM events WHERE kind = 'response.noticed/1'")
watch evidence check
fetched $site/a1.html
is "$(db "SELECT count(*) FROM events WHERE kind = 'response.noticed/1'")" "$before" "not again when the page is looked at again"
answer rejected "2026-09-28 10:00"
super respond reject "$answer_id" --reason 不实 -q
page "发布时间：2026-09-30 16:30"
fetched $site/rejected.html
super respond reject "$answer_id" --withdraw --reason 看错 -q
like "$(checks)" 'page-time' "a rejected answer is looked at too: who takes its rejection back sees what the page says"
answer erased "2026-09-28 10:00"
watch redact "$answer_id" --field url --reason 依法删除 -q
super redact --confirm "$(db "SELECT max(seq) FROM events WHERE kind = 'redaction.asked/1'")" -q
page "发布时间：2026-09-30 16:30"
fetched $site/erased.html
is "$(db "SELECT count(*) FROM texts WHERE instr(body, 'page-time') AND instr(body, '$site/erased.html')")" 0 "an address that was erased from the answer does not come back with its page"
long=$(printf 'x%.0s' {1..6000})
watch respond 1 --unit 市人社局 --url "$site/1$long" --url "$site/2$long" --url "$site/3$long" --published "2026-09-29 10:00" --text "${measure}三处"
answer_id=${out%% *}
for i in 1 2 3; do
	page "发布时间：2026-10-0$i 08:00"
	fetched "$site/$i$long"
done
is "$(db "SELECT group_concat(state) FROM evidence WHERE subject = '$answer_id'") $(checks | grep -o page-time)" "captured,captured,captured page-time" "what has no room as a reason keeps no page from being captured"

# --- the page is known when the answer is entered
watch evidence add 1 $site/proof.html
is "$rc" 0 "a page captured for the case"
page "发布时间：2026-10-03 09:00"
fetched $site/proof.html
answer proof "2026-09-28 10:00"
like "$err" "check: page-time - its page gives another time of publication, page/entered: 2026-10-03 09:00/2026-09-28 10:00 $site/proof.html" "is compared at once"
is "$rc" 0 "and the answer is entered"
like "$(checks)" 'page-time' "stored with the others"
answer proof "2026-10-03 09:30"
unlike "$err" 'page-time' "what agrees is not told"
rss "$tmp/f.xml" "市人社局通报拖欠工资处理情况" $site/item.html g1 "经查，拖欠86万元。"
sed -i 's|</guid>|&<pubDate>Sun, 04 Oct 2026 10:00:00 +0800</pubDate>|' "$tmp/f.xml"
warc_date=2026-10-08T00:00:00Z
warc_answer "$home/spool/f.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/f.xml"
watch ingest -q
is "$(db "SELECT count(*) FROM items WHERE link = '$site/item.html'")" 1 "a page that a source brought"
answer item "2026-09-28 10:00"
like "$err" "page-time - .*2026-10-04 10:00/2026-09-28 10:00 $site/item.html" "is compared too"
watch respond 1 --unit 市人社局 --url $site/item.html --text "${measure}刚刚"
like "$err" "page-time - .*2026-10-04 10:00/2026-10-09 09:00 " "no time typed is now"

# --- erasing, replaying
found_of() { db "SELECT count(*) FROM events e JOIN json_each(e.payload) j ON j.key = 'found_text' JOIN texts t ON t.digest = j.value WHERE e.subject = '$1' AND t.body IS NOT NULL"; }
twice=$(db "SELECT subject FROM events WHERE kind = 'response.noticed/1' GROUP BY subject HAVING count(*) = 2")
is "$(found_of "$twice")" 3 "what was noticed at once, and twice later, stands in three texts"
watch redact "$twice" --field found --reason 依法删除
super redact --confirm "$(db "SELECT max(seq) FROM events WHERE kind = 'redaction.asked/1'")"
is "$rc $(found_of "$twice")" "0 0" "an erasure by order of law takes all"
watch show "$twice"
is "$rc" 0 "the answer is shown without them"
super case list
is "$rc" 0 "the ledger reads"
as 丙 admin audit verify
is "$rc" 0 "the chain holds"
as 丙 admin audit rebuild
is "$rc" 0 "and the tables are what the events say"
