#!/bin/bash
# huiying warc list, show, verify: on files of our own fetcher, on files as others write them
# (Heritrix, wget, one gzip member, none at all), and on damaged ones.
. "$(dirname "$0")/lib.sh"
plan 67

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
printf '<rss version="2.0"><channel><title>\xe6\xac\xa0\xe8\x96\xaa\x1b[31m</title></channel></rss>' >"$web/feed.xml"
iconv -f UTF-8 -t GBK <<<'<html><meta charset="gbk"><body>讨薪</body></html>' >"$web/gbk.html"
head -c 5000 /dev/urandom >"$web/image.png"
start_server --dir "$web"
export HUIYING_TEST_MAP="8.8.4.4:80=127.0.0.1:$port"
printf '[fetch]\nhost_interval_ms = 0\nconcurrency = 1\n' >"$home/huiying.conf"
for n in feed.xml gbk.html image.png nothing.xml bomb; do
	printf '[%s]\nurl = http://8.8.4.4/%s\nrobots = no\n' "${n%.*}" "$n"
done >"$home/sources.conf"
run "$BUILD/fetch-mapped" --home "$home"
ours=$tmp/ours.warc.gz
cp "$home"/spool/*.warc.gz "$ours"
w() { run "$huiying" warc "$@"; }
offset_of() { "$huiying" warc list --json "$1" | sed -n "s|.*\"offset\":\"\([@0-9]*\)\",\"type\":\"$2\".*$3.*|\1|p" | head -1; }

# --- list -------------------------------------------------------------------
w list "$ours"
is "$rc" 0 "our own file is listed"
like "$out" '^ *OFFSET +TYPE +DATE +STATUS +SIZE +URL +ERROR' "with a heading"
like "$out" '^ *0 +warcinfo ' "from the first record on"
like "$out" ' response +20[-0-9T:]+Z +200 +[0-9]+ +http://8.8.4.4/feed.xml' "an answer with its status"
like "$out" ' metadata .* http://8.8.4.4/nothing.xml +http' "a failure with its kind"
like "$out" ' response .* http://8.8.4.4/bomb +length' "a body that was cut"
w list --json "$ours"
is "$(wc -l <<<"$out")" 16 "a line a record"
like "$out" '"type":"metadata",.*"source":"nothing","kind":"feed","error":"http","detail":"HTTP status 404"' "with what is known of it"
w list "$ours" "$ours"
is "$(grep -c '^/' <<<"$out")" 2 "several files, each under its name"
w list "$tmp/none"
is "$rc" 3 "a file that is not there"
w list
is "$rc" 2 "no file"

# --- show -------------------------------------------------------------------
w show "$ours" http://8.8.4.4/gbk.html
is "$rc" 0 "an answer by its URL"
like "$out" '^WARC-Type: response' "its WARC header"
like "$out" '^HTTP/1.1 200 OK' "its HTTP header"
like "$out" '讨薪' "its text in UTF-8"
w show "$ours" HTTP://8.8.4.4:80/./feed.xml
like "$out" '欠薪\^\[\[31m' "a control character does not reach the terminal"
w show "$ours" "$(offset_of "$ours" metadata nothing)"
like "$out" '"error":"http"' "a record by its place"
w show "$ours" http://8.8.4.4/image.png
like "$rc $err" '^0 .*the body is not shown: it is no text \(5000 bytes\)' "a picture is not poured out"
"$huiying" warc show "$ours" http://8.8.4.4/image.png --raw >"$tmp/raw"
cmp -s "$tmp/raw" "$web/image.png"
ok_if $? "--raw gives its bytes"
like "$("$huiying" warc show --json "$ours" http://8.8.4.4/gbk.html)" '"status":200,.*"text":"<html>.*讨薪' "as JSON"
w show "$ours" http://8.8.4.4/other
like "$rc $err" '^3 .*no answer of http://8.8.4.4/other' "a URL that is not in it"
w show "$ours" 7
is "$rc" 3 "a place where nothing begins"
w show "$ours" 999999999
is "$rc" 3 "a place behind the end"

# --- verify: whole ----------------------------------------------------------
w verify "$ours"
is "$rc" 0 "our own file is whole"
like "$out" '16 records, [0-9]+ digests agree, 0 records without one .*, 0 damages' "and every digest was compared"
unlike "$out" 'note|damage at' "without a note"
w verify --json "$ours"
like "$out" '"records":16,.*"unchecked":0,"notes":0,"damages":0' "as JSON"

# --- as others write --------------------------------------------------------
# record FILE HEADERS BLOCK [VERSION]: a plain record
record() {
	printf '%s\r\n%bContent-Length: %d\r\n\r\n' "${4:-WARC/1.0}" "$2" "$(wc -c <"$3")" >>"$1"
	cat "$3" >>"$1"
	printf '\r\n\r\n' >>"$1"
}
sha1() { printf 'sha1:'; sha1sum <"$1" | cut -d' ' -f1 | perl -ne 'chomp; my $b=pack("H*",$_); my $v=unpack("B*",$b); print map { substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",oct("0b$_"),1) } $v =~ /(.{5})/g'; }
body='<rss version="2.0"><channel><title>某报</title><item><title>某项目部拖欠工资</title><guid>x1</guid><link>http://b.example.gov.cn/1.html</link></item></channel></rss>'
printf '%s' "$body" >"$tmp/body"
{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n' "$(wc -c <"$tmp/body")"; cat "$tmp/body"; } >"$tmp/http"
printf 'software: Wget/1.21\r\nformat: WARC File Format 1.0\r\n' >"$tmp/info"
printf 'GET /feed.xml HTTP/1.1\r\nHost: b.example.gov.cn\r\n\r\n' >"$tmp/request"
uuid() { printf 'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\\r\\n' "$1"; }
date='WARC-Date: 2026-11-23T01:00:00Z\r\n'
# wget: angle brackets round the URI, SHA-1, Concurrent-To from request to response
wget_file() {
	rm -f "$1"
	record "$1" "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n$date$(uuid 1)WARC-Filename: x.warc\r\nWARC-Block-Digest: $(sha1 "$tmp/info")\r\n" "$tmp/info"
	record "$1" "WARC-Type: request\r\nWARC-Target-URI: <http://b.example.gov.cn/feed.xml>\r\nContent-Type: application/http;msgtype=request\r\n$date$(uuid 2)WARC-IP-Address: 8.8.4.4\r\nWARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Block-Digest: $(sha1 "$tmp/request")\r\n" "$tmp/request"
	record "$1" "WARC-Type: response\r\n$(uuid 3)WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>\r\nWARC-Target-URI: <http://b.example.gov.cn/feed.xml>\r\n${date}WARC-IP-Address: 8.8.4.4\r\nWARC-Block-Digest: $(sha1 "$tmp/http")\r\nWARC-Payload-Digest: $(sha1 "$tmp/body")\r\nContent-Type: application/http;msgtype=response\r\n" "$tmp/http"
}
wget_file "$tmp/wget.warc"
w verify "$tmp/wget.warc"
is "$rc" 0 "wget's, uncompressed"
like "$out" '3 records, 4 digests agree, 0 records without' "its SHA-1 digests are compared"
w list "$tmp/wget.warc"
like "$out" ' response .* 200 +[0-9]+ +http://b.example.gov.cn/feed.xml' "angle brackets round a URI are no part of it"
gzip -c "$tmp/wget.warc" >"$tmp/whole.warc.gz"
w verify "$tmp/whole.warc.gz"
is "$rc" 0 "one big gzip member"
like "$out" 'note at byte @[0-9]+: several records stand in one gzip member' "is a note"
like "$("$huiying" warc show "$tmp/whole.warc.gz" "$(offset_of "$tmp/whole.warc.gz" response .)")" '某项目部' "and its records can be had by their place"
rm -f "$tmp/heritrix.warc.gz"
# Heritrix: metadata as warc-fields, response first, chunks kept
{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n'; printf '%x\r\n' "$(wc -c <"$tmp/body")"; cat "$tmp/body"; printf '\r\n0\r\n\r\n'; } >"$tmp/chunked"
printf 'fetchTimeMs: 12\r\noutlink: http://b.example.gov.cn/1.html L a/@href\r\n' >"$tmp/fields"
heritrix_part() { rm -f "$tmp/part"; record "$tmp/part" "$1" "$2"; gzip -nc "$tmp/part" >>"$tmp/heritrix.warc.gz"; }
heritrix_part "WARC-Type: warcinfo\r\n$date$(uuid 1)Content-Type: application/warc-fields\r\n" "$tmp/info"
heritrix_part "WARC-Type: response\r\nWARC-Target-URI: http://b.example.gov.cn/feed.xml\r\n${date}WARC-Payload-Digest: $(sha1 "$tmp/body")\r\nWARC-IP-Address: 8.8.4.4\r\n$(uuid 2)Content-Type: application/http; msgtype=response\r\n" "$tmp/chunked"
heritrix_part "WARC-Type: request\r\nWARC-Target-URI: http://b.example.gov.cn/feed.xml\r\n${date}WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>\r\n$(uuid 3)Content-Type: application/http; msgtype=request\r\n" "$tmp/request"
heritrix_part "WARC-Type: metadata\r\nWARC-Target-URI: http://b.example.gov.cn/feed.xml\r\n${date}WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>\r\n$(uuid 4)Content-Type: application/warc-fields\r\n" "$tmp/fields"
w verify "$tmp/heritrix.warc.gz"
is "$rc" 0 "Heritrix'"
like "$out" '4 records, 1 digest agrees' "a payload digest of the body without its chunks"
like "$("$huiying" warc show "$tmp/heritrix.warc.gz" http://b.example.gov.cn/feed.xml)" '<title>某项目部拖欠工资' "its chunks are not shown"
w list "$tmp/heritrix.warc.gz"
like "$out" ' metadata .*feed.xml +-?$' "its metadata is not ours"
head -c -4 "$tmp/wget.warc" >"$tmp/noend.warc"
w list "$tmp/noend.warc"
is "$rc $(grep -c response <<<"$out")" "0 1" "a plain file without the last line ends is read"
w verify "$tmp/noend.warc"
is "$rc" 4 "but it is not whole"

# --- as foreign files they can be ingested ----------------------------------
inst=$tmp/inst
"$huiying" init "$inst" --demo -q 2>/dev/null
. "$(dirname "$0")/warc.sh"
one_source "$inst"
small_rules "$inst"
items() { "$huiying" --home "$inst" status --json 2>/dev/null | sed -n 's/.*"items":\([0-9]*\),"items_digest.*/\1/p'; }
new_inst() { rm -rf "$inst"; "$huiying" init "$inst" --demo -q 2>/dev/null; one_source "$inst"; small_rules "$inst"; }
for f in wget.warc whole.warc.gz heritrix.warc.gz noend.warc; do
	new_inst
	run "$huiying" --home "$inst" ingest "$tmp/$f"
	is "$rc $(items)" "0 1" "$f is ingested"
	like "$("$huiying" --home "$inst" alerts --json 2>/dev/null)" '"sources":\["b"\]|"source":"b"|某项目部' "under the source whose URL it is"
done
{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: br\r\n\r\n'; printf '\x0b\x02\x80abc\x03'; } >"$tmp/brotli"
rm -f "$tmp/br.warc"
record "$tmp/br.warc" "WARC-Type: response\r\n$(uuid 1)WARC-Target-URI: http://b.example.gov.cn/feed.xml\r\n${date}Content-Type: application/http;msgtype=response\r\n" "$tmp/brotli"
record "$tmp/br.warc" "WARC-Type: response\r\n$(uuid 2)WARC-Target-URI: https://b.example.gov.cn/feed.xml\r\n${date}Content-Type: application/http;msgtype=response\r\n" "$tmp/http"
new_inst
run "$huiying" --home "$inst" ingest "$tmp/br.warc"
is "$rc $(items)" "0 1" "Brotli does not keep the next record from being read"
like "$("$huiying" --home "$inst" status 2>/dev/null)" 'its content coding “br” is not read; only gzip and deflate are' "and a note says why"
w show "$tmp/br.warc" http://b.example.gov.cn/feed.xml
like "$rc $err" '^0 .*the body is not shown: its content coding “br”' "show says so too"

# --- verify: damage ---------------------------------------------------------
# patch FILE OFFSET BYTE
patch() { printf "%b" "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null; }
damaged() { # damaged NAME FILE PATTERN
	w verify "$2"
	is "$rc" 4 "$1: exit 4"
	like "$out" "damage at byte [@0-9]+: .*$3" "$1: with its place"
}
cp "$ours" "$tmp/bad.warc.gz"
at=$(offset_of "$ours" response gbk)
patch "$tmp/bad.warc.gz" $((at + 200)) '\xff\xff\xff'
damaged "a flipped byte" "$tmp/bad.warc.gz" "damaged compression in the record at byte $at"
is "$(grep -c 'damage at' <<<"$out")" 2 "and the fetch whose answer is lost is named as well"
cp "$ours" "$tmp/head.warc.gz"
patch "$tmp/head.warc.gz" $((at + 12)) '\xff\xff\xff'
w verify "$tmp/head.warc.gz"
like "$out" "damage at byte $at: .*in the record at byte $at" "damage in a record's first bytes is at that record"
head -c -300 "$ours" >"$tmp/cut.warc.gz"
damaged "a file that was cut" "$tmp/cut.warc.gz" "ends in the middle of the record"
sed 's/某项目部/某项目乙/' "$tmp/wget.warc" >"$tmp/forged.warc"
damaged "a changed body" "$tmp/forged.warc" "does not agree with its digest"
sed '/^WARC-Block-Digest/d;s/某项目部/某项目乙/' "$tmp/wget.warc" >"$tmp/forged.warc"
damaged "a changed body without a block digest" "$tmp/forged.warc" "its payload does not agree with its digest"
sed 's/^WARC-Record-ID: <urn:uuid:\(.*\)3>/WARC-Record-ID: <urn:uuid:\12>/' "$tmp/wget.warc" >"$tmp/twice.warc"
damaged "an id that stands there twice" "$tmp/twice.warc" "stands there twice"
echo "no archive at all" >"$tmp/text.warc"
damaged "a text" "$tmp/text.warc" "."
: >"$tmp/empty.warc"
damaged "an empty file" "$tmp/empty.warc" "there is no record in it"
w verify "$ours" "$tmp/empty.warc"
is "$rc $(grep -c ' records, ' <<<"$out")" "4 2" "one bad file of two"
