#!/bin/bash
# Evidence looked at again: files against their SHA-256; published pages that are the same, read
# otherwise, have lost a promise, or are dead.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 72
office_init
db() { sqlite3 "$home/ledger.db" "$1"; }
n=0
# want_of URL: the newest wanted row of a page, as spool/wanted.jsonl has it.
want_of() { grep -F "\"$1\"" "$home/spool/wanted.jsonl" | grep -o '"id":"*[0-9]*' | grep -o '[0-9]*$' | tail -1; }
# fetched URL FILE: the fetcher brings this page.
fetched() {
	n=$((n + 1))
	warc_date=$HUIYING_NOW
	warc_answer "$home/spool/e$n.warc.gz" "$1" "" "$(want_of "$1")" evidence "$2" 200 'text/html; charset=utf-8'
	watch ingest -q
}
# gone URL: a crawl that finds nothing there.
gone() {
	n=$((n + 1))
	warc_date=$HUIYING_NOW
	warc_failure "$home/spool/e$n.warc.gz" "$1" "" "$(want_of "$1")" evidence http-404
	watch ingest -q
}
last() { db "SELECT result || ' ' || of FROM evidence_checks WHERE evidence = '$1' ORDER BY seq DESC LIMIT 1"; }
state() { db "SELECT link_state || '|' || file_state FROM evidence WHERE id = '$1'"; }
page() {
	printf '<html><head><title>%s</title></head><body><h1>%s</h1><div class="time">2026-09-29 10:00</div><div class="content">%s</div><p id="hits">%s</p></body></html>' \
		"$1" "$1" "$2" "$3"
}
said="<p>经查，某项目部拖欠工资86万元，涉及工人34名，已责令整改并约谈项目负责人。</p><p>市人社局将于9月30日前督促全部发放到位。</p><p>市人社局将继续跟踪，公布投诉电话，接受社会监督。</p>"

export HUIYING_NOW=2026-09-28T01:00:00Z
new_case "某项目部拖欠工资"
answer=https://www.example.gov.cn/answer.html
watch respond 1 --unit 市人社局 --url $answer --published 2026-09-28 --text "$measure"
page "关于拖欠工资的情况通报" "$said" 12 >"$tmp/answer.html"
fetched $answer "$tmp/answer.html"
super respond accept 1
watch commitment add 1 --sentence 2
watch commitment claim c1 --done-on 2026-09-28 --for 市人社局
printf '%s' "工资发放表" >"$tmp/list.pdf"
watch evidence add c1 --file "$tmp/list.pdf" --note 发放表
export HUIYING_NOW=2026-09-29T01:00:00Z
super commitment verify c1
kept=https://www.example.gov.cn/kept.html
watch commitment publish c1 --url $kept
page "拖欠工资已全部发放" "<p>某项目部拖欠的86万元工资已于9月29日全部发放到位，34名工人均已领取。</p>" 3 >"$tmp/kept.html"
fetched $kept "$tmp/kept.html"
is "$(db "SELECT group_concat(id || ':' || state, ' ') FROM evidence")" \
	"ZJ-2026-000001:captured ZJ-2026-000002:captured ZJ-2026-000003:captured" "an answer's page, a file, a publication"
watch show c1
like "$out" '按期兑现' "the promise was kept"

# --- nothing is wrong
export HUIYING_NOW=2026-10-06T01:00:00Z
events=$(db "SELECT count(*) FROM events")
watch evidence check
is "$rc" 0 "all is as it was"
is "$out" "3 files: 3 as they were, 0 altered, 0 missing
2 pages are queued: capture pending" "files are hashed, published pages are queued"
like "$err" 'next: huiying crawl' "and the fetcher is next"
is "$(db "SELECT count(*) FROM events")" "$events" "no event says that nothing happened"
is "$(grep -c '"evidence"' "$home/spool/wanted.jsonl")" 2 "they stand in the fetcher's list"
watch evidence check
is "$(grep -c '"evidence"' "$home/spool/wanted.jsonl")" 2 "once"
fetched $answer "$tmp/answer.html"
is "$(last ZJ-2026-000001)" "same link" "the same bytes"
page "拖欠工资已全部发放" "<p>某项目部拖欠的86万元工资已于9月29日全部发放到位，34名工人均已领取。</p>" 4711 >"$tmp/kept2.html"
fetched $kept "$tmp/kept2.html"
is "$(last ZJ-2026-000003)" "same link" "another number of visitors is no other text"
is "$(ls "$home/evidence" | tr '\n' ' ')" "ZJ-2026-000001.warc.gz ZJ-2026-000002.pdf ZJ-2026-000003.warc.gz " \
	"nothing more is kept"

# --- the text was changed, the promise stands
next_week() {
	export HUIYING_NOW=$(date -u -d "$HUIYING_NOW + 7 days" +%FT%TZ)
	watch evidence check
}
next_week
page "关于拖欠工资的情况通报" "${said/接受社会监督/欢迎来电}" 12 >"$tmp/a2.html"
fetched $answer "$tmp/a2.html"
is "$(last ZJ-2026-000001) $(state ZJ-2026-000001)" "changed link changed|" "another text"
[ -s "$home/evidence/ZJ-2026-000001.3.warc.gz" ]
ok_if $? "is kept"
watch show ZJ-2026-000001
like "$out" '! page changed since 2026-10-13 09:00' "and shown"
like "$out" 'looked at +2026-10-13 09:00  page changed  evidence/ZJ-2026-000001.3.warc.gz' "with where it is kept"
watch due --json
unlike "$out" '"repair"' "nobody has to repair it"

# --- the promise is gone from it
next_week
page "关于拖欠工资的情况通报" "${said/市人社局将于9月30日前督促全部发放到位。/有关工作正在推进。}" 12 >"$tmp/a3.html"
fetched $answer "$tmp/a3.html"
is "$(last ZJ-2026-000001) $(state ZJ-2026-000001)" "lost link lost|" "the promised words are gone"
watch show r1
like "$out" '! promise gone from the page since 2026-10-20 09:00' "the answer says so"
watch due --json
like "$out" '"id":"ZJ-2026-000001","what":"repair".*"unit":"市人社局","about":"https://www.example.gov.cn/answer.html"' \
	"and the unit must repair it"
watch show c1
like "$out" '按期兑现' "what was kept stays kept"
next_week
fetched $answer "$tmp/a3.html"
is "$(last ZJ-2026-000001) $(ls "$home/evidence" | grep -c 'ZJ-2026-000001')" "lost link 3" "a week later the same: no third copy"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "what the page became later is not taken for what was captured"
is "$(db "SELECT link_since FROM evidence WHERE id = 'ZJ-2026-000001'")" "$(date -u -d 2026-10-20T01:00:00Z +%s)" \
	"since when stays"
next_week
fetched $answer "$tmp/answer.html"
is "$(last ZJ-2026-000001) $(state ZJ-2026-000001)" "same link |" "repaired"
watch due --json
unlike "$out" '"repair"' "nothing is left to do"
next_week
printf '<html><body>页面不存在</body></html>' >"$tmp/none.html"
fetched $answer "$tmp/none.html"
is "$(state ZJ-2026-000001)" "lost|" "a page that says with 200 that it is none has lost it too"
printf '\xcf\xc2\xd2\xbb\xb2\xbd' >"$tmp/gbk.html"
next_week
fetched $answer "$tmp/gbk.html"
is "$rc $(state ZJ-2026-000001)" "0 lost|" "and so has one that can hardly be read"
page "关于拖欠工资的情况通报" "$said" 12 | iconv -f utf-8 -t gb18030 | sed 's/<head>/<head><meta charset="gb2312">/' >"$tmp/gb.html"
next_week
n=$((n + 1))
warc_date=$HUIYING_NOW
warc_answer "$home/spool/e$n.warc.gz" $answer "" "$(want_of $answer)" evidence "$tmp/gb.html" 200 text/html
watch ingest -q
is "$(state ZJ-2026-000001)" "|" "the same words in another charset are the same"

# --- the link dies
for try in 1 2 3; do
	as 丁 admin tick
	is "$(state ZJ-2026-000003)" "|" "crawl $try finds nothing: not dead yet"
	gone $kept
done
as 丁 admin tick
is "$(last ZJ-2026-000003) $(state ZJ-2026-000003)" "dead link dead|" "after three tries it is dead"
before=$(db "SELECT count(*) FROM events")
as 丁 admin tick
is "$(db "SELECT count(*) FROM events WHERE kind = 'evidence.checked/1' AND seq > $before")" 0 "said once"
watch show c1
like "$out" 'link dead since' "the promise shows it"
like "$out" '按期兑现' "and is kept: the publication was captured"
like "$out" 'ZJ-2026-000003 +2026-09-29' "on its day"
watch show ZJ-2026-000003 --json
like "$out" '"link_state":"dead".*"checks":\[.*"result":"dead","error":"http-404"' "as JSON, with why"
watch due
like "$out" 'dead link +ZJ-2026-000003 +市人社局' "somebody must repair it"
watch evidence check
like "$out" 'ZJ-2026-000003 +link dead +2026-[0-9 :-]+ +CN-2026-000001 +https://www.example.gov.cn/kept.html' "the check lists it"
is "$rc" 0 "a dead link is no damage of ours"
fetched $kept "$tmp/kept.html"
is "$(state ZJ-2026-000003)" "|" "alive again"

# --- proof that is no publication
watch evidence add c1 https://other.example.com/p.html
fetched https://other.example.com/p.html "$tmp/kept.html"
next_week
is "$(want_of https://other.example.com/p.html)" "" "is not fetched again by itself"
watch evidence check e4
like "$out" '^1 file: 1 as they were' "but when it is named"
[ -n "$(want_of https://other.example.com/p.html)" ]
ok_if $? "it is queued"
watch evidence check e99
is "$rc" 3 "one that is not there"

# --- 证据签收后被改动
chmod u+w "$home/evidence/ZJ-2026-000002.pdf"
cp "$home/evidence/ZJ-2026-000002.pdf" "$tmp/good.pdf"
watch status
like "$out" '^evidence  4 files$' "证据签收后被改动: status looks at the files"
unlike "$out" 'not what it was' "证据签收后被改动: and finds nothing yet"
printf '%s' "工资发放表（改）" >"$home/evidence/ZJ-2026-000002.pdf"
watch status --check
is "$rc" 1 "证据签收后被改动: status finds it before the week is over"
like "$out" '^1 file of evidence is not what it was \(ZJ-2026-000002 has been changed\)' "证据签收后被改动: by name"
super case close 1 --check --json
like "$out" '"code":"evidence-file","subject":"ZJ-2026-000002","text":"the evidence file was altered' "证据签收后被改动: closing looks at it itself"
printf '%s' "工资发放裱" >"$home/evidence/ZJ-2026-000002.pdf"
watch status --check --json
like "$out" '"ZJ-2026-000002 has been changed|\(ZJ-2026-000002 has been changed\)' "证据签收后被改动: also of the same size"
touch -d 2026-09-01 "$home/evidence/ZJ-2026-000002.pdf"
watch status
unlike "$out" 'not what it was' "证据签收后被改动: a time set back is left to the weekly check"
mv "$home/evidence/ZJ-2026-000002.pdf" "$tmp/away.pdf"
watch status --check
like "$out" '\(ZJ-2026-000002 is gone\)' "证据签收后被改动: and one that is gone"
mv "$tmp/away.pdf" "$home/evidence/ZJ-2026-000002.pdf"
touch "$home/evidence/ZJ-2026-000002.pdf"
before=$(wc -c <"$home/evidence/ZJ-2026-000001.warc.gz")
cp -p "$home/evidence/ZJ-2026-000001.warc.gz" "$tmp/whole.warc.gz"
chmod u+w "$home/evidence/ZJ-2026-000001.warc.gz"
truncate -s $((before / 2)) "$home/evidence/ZJ-2026-000001.warc.gz"
watch status --check
like "$out" '^2 files of evidence are not what they were \(ZJ-2026-000001 has been changed, ZJ-2026-000002 has been changed\)' "证据签收后被改动: and one that is cut short"
watch audit verify
is "$rc" 4 "证据签收后被改动: audit verify is an integrity failure"
like "$err" 'ZJ-2026-000001 has been changed, ZJ-2026-000002 has been changed' "证据签收后被改动: and names them"
cp -p "$tmp/whole.warc.gz" "$home/evidence/ZJ-2026-000001.warc.gz"
touch -d 2026-09-01 "$home/evidence/ZJ-2026-000002.pdf"
next_week
is "$rc" 4 "证据签收后被改动"
like "$out" '^4 files: 3 as they were, 1 altered, 0 missing' "is found"
like "$err" '1 evidence file is not what was taken in' "and ends with a clear word"
like "$out" 'ZJ-2026-000002 +evidence file altered' "which one"
watch status --check
like "$out" '\(ZJ-2026-000002 has been changed\)' "from then on status reads it each time"
watch show c1
like "$out" '! evidence file altered since' "the promise shows it"
watch due
like "$out" 'evidence file altered +ZJ-2026-000002' "it stands in what is to be done"
is "$(db "SELECT sha256 FROM evidence WHERE id = 'ZJ-2026-000002'")" "$(sha256sum <"$tmp/good.pdf" | cut -d' ' -f1)" \
	"the ledger keeps what it was"
watch case finish 1
super case close 1 --json
like "$out$err" 'evidence-file|altered after it was taken in' "and the case cannot be closed"
before=$(db "SELECT count(*) FROM events")
watch evidence check
is "$rc $(db "SELECT count(*) FROM events")" "4 $before" "found again, written down once"
rm -f "$home/evidence/ZJ-2026-000002.pdf"
watch evidence check --json
like "$out" '"changed":0,"missing":1,' "a file that is gone"
cp "$tmp/good.pdf" "$home/evidence/ZJ-2026-000002.pdf"
watch evidence check
is "$rc $(state ZJ-2026-000002)" "0 |" "brought back from a backup it is as it was"
size=$(stat -c %s "$home/evidence/ZJ-2026-000001.warc.gz")
chmod u+w "$home/evidence/ZJ-2026-000001.warc.gz"
cp "$home/evidence/ZJ-2026-000001.warc.gz" "$tmp/good.warc.gz"
printf 'x' | dd of="$home/evidence/ZJ-2026-000001.warc.gz" bs=1 seek=$((size / 2)) conv=notrunc status=none
watch evidence check e1
is "$rc $(state ZJ-2026-000001)" "4 |changed" "one byte of a captured page"
cp "$home/evidence/ZJ-2026-000003.warc.gz" "$home/evidence/ZJ-2026-000001.warc.gz"
watch evidence check e1
is "$rc" 4 "another page in its place"
cp "$tmp/good.warc.gz" "$home/evidence/ZJ-2026-000001.warc.gz"
watch evidence check e1
is "$rc $(state ZJ-2026-000001)" "0 |" "and back"
as 丁 admin audit rebuild
is "$rc" 0 "all of it comes out of the events"
