#!/bin/bash
# What people type: blanks are no words, bytes that are no UTF-8 and endless words are
# refused instead of repaired or cut, control characters are kept and made visible.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 41
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
bad=$'\xff\xfe'
long=$(head -c 3000 /dev/zero | tr '\0' x)
events() { "$huiying" --home "$home" audit head 2>/dev/null | cut -d' ' -f1; }

# --- registering
before=$(events)
for title in "" "   " $'\t' "　" "$bad" "$long"; do
	watch register - --title "$title"
	is "$rc $out" "2 " "a title that is none: $(printf %.12s "$title" | od -An -c | tr -d ' \n')"
done
watch register - --title "某事" --place "$bad"
is "$rc" 2 "a place that is not UTF-8"
like "$err" '^huiying: --place: the words are not valid UTF-8$' "names the option"
watch register - --title "某事" --place "$long"
like "$err" '^huiying: --place: 3000 bytes are over the limit of 300$' "an endless place"
watch register - --title "某事" --text "$bad"
is "$rc" 3 "a text that is not UTF-8"
watch register - --title "某事" --published "2026-09-28 09:01"
is "$rc" 2 "published in the future"
like "$err" 'a publication time in the future: 2026-09-28 09:01' "says so"
watch register - --title "某事" --post "$bad"
like "$err" '^huiying: --post: the words are not valid UTF-8$' "who really acted is UTF-8 too"
run "$huiying" --home "$home" register - --title "某事" --actor "$bad" --role watch
is "$rc" 2 "and so is the actor"
is "$(events)" "$before" "nothing was written"
watch register - --title $'x\e[31m\u202e红' --told-by "  "
is "$rc" 0 "control characters are kept"
watch alerts
like "$out" 'x\^\[\[31m<U\+202E>红' "and shown"

watch show S1
unlike "$out" 'told by' "blanks tell of nobody"
watch register - --title "某事" --told-by "市长热线值班岗"
watch show S2
like "$out" '^told by    市长热线值班岗$' "show: the post that told of it"

# --- one page, one row
U=https://news.example.com/1.html
watch register $U --title "某事"
is "$rc $out" "0 S3 registered (A3)" "a page"
watch register "https://NEWS.example.com:443/1.html#top" --title "某事又来"
is "$rc" 1 "the same page again"
like "$err" 'this page is known already: S3' "is in the queue"
watch dismiss 3 --outcome 知悉 --note "已电话告知"
watch register $U --title "某事"
like "$rc $out" '^0 S3 registered' "a dismissed page may come back"
like "$err" 'S3 was decided before: 知悉; it is back in the queue' "as the row that it was"
watch case open 3 --grade 一般 --lead 市人社局
watch register $U --title "某事"
like "$err" 'this page is known already: S3' "but not one that became a case"

# --- URLs
for url in "" ftp://www.example.gov.cn/a javascript:alert /a $'https://www.example.gov.cn/\e[31m\xff'; do
	watch register "$url" --title "某事"
	is "$rc" 2 "no URL: $(printf %s "$url" | od -An -c | tr -d ' \n')"
done
watch register ftp://www.example.gov.cn/a --title "某事"
like "$err" '^huiying: “ftp://www.example.gov.cn/a”: not a usable URL: ' "says which"

# --- reasons are words
blank=" 　	"
watch case grade 1 重大 --reason "$blank"
is "$rc" 2 "a grade changed for no reason"
watch case return 1 --unit 市人社局 --reason "$blank"
is "$rc" 2 "a case returned for no reason"
watch dismiss 1 --outcome 知悉 --note "$blank"
is "$rc" 2 "no answer needed, for no reason"
watch dismiss 1 --outcome 线索移交 --to "$blank"
is "$rc" 2 "handed over to nobody"
watch respond 1 --unit 市人社局 --url https://www.example.gov.cn/a --text "$blank"
is "$rc" 2 "an answer without words"
new_answer 1 "$measure"
super respond reject "$answer_id" --reason "$blank"
is "$rc" 2 "an answer rejected for no reason"
super respond accept "$answer_id" --note "$blank"
watch commitment add "$answer_id" --quote "$blank"
is "$rc" 2 "a promise without words"
watch commitment add "$answer_id" --sentence 2 --due 2026-09-30 --criterion "$blank"
watch show c1
unlike "$out" 'criterion' "a blank criterion is none"
super commitment extend c1 --to 2026-10-30 --reason "$blank"
is "$rc" 2 "a promise extended for no reason"
super commitment cannot c1 --url https://www.example.gov.cn/b --reason "$blank"
is "$rc" 2 "a promise given up for no reason"
