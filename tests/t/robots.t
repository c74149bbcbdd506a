#!/bin/bash
# robots.txt: the plumbing command, and what the fetcher does with it.
. "$(dirname "$0")/lib.sh"
plan 23

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
printf '<rss version="2.0"><channel><title>x</title></channel></rss>' >"$web/open.xml"
cp "$web/open.xml" "$web/closed.xml"
start_server --dir "$web"
site=http://127.0.0.1:$port
printf '[fetch]\nhost_interval_ms = 0\n' >"$home/huiying.conf"
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f"; done; }
fresh() { rm -rf "$home/spool" "$home/state"; get /clear >/dev/null; }
asked() { get /log | grep -c "\"path\":\"$1\""; }
two_sources() {
	for n in open closed; do
		printf '[%s]\nurl = %s/%s.xml\nallow_private = yes\n%s' "$n" "$site" "$n" "${1:-}"
	done >"$home/sources.conf"
}

# --- plumbing ---------------------------------------------------------------
cat >"$tmp/rows" <<'END'
{"robots":"User-agent: *\nDisallow: /a\n","url":"http://a.cn/a"}
{"robots":"User-agent: hui\nDisallow: /\n\nUser-agent: *\nAllow: /\n","agent":"hui","url":"http://a.cn/b"}
{"robots":"User-agent: hui\nDisallow: /\n","url":"http://a.cn/b"}
END
out=$("$huiying" robots --agent other <"$tmp/rows")
is "$? $(tr '\n' ' ' <<<"$out")" '0 {"allowed":false} {"allowed":false} {"allowed":true} ' \
	"the agent of a row wins over --agent"
out=$("$huiying" robots <"$tmp/rows")
is "$(tail -1 <<<"$out")" '{"allowed":true}' "our own agent is huiying"
out=$(printf '%s\n' 'nonsense' '{"robots":"","url":"http://a.cn/"}' '{"url":"x"}' | "$huiying" robots 2>"$tmp/err")
is "$?" 3 "a bad line is exit 3"
is "$(grep -c '"error"' <<<"$out") $(grep -c '"allowed":true' <<<"$out")" "2 1" "and the good ones are judged"
like "$(cat "$tmp/err")" "line 1: " "the first bad line is named"

printf '\xef\xbb\xbf{"robots":"User-agent: *\\nDisallow: /a\\u0000b","url":"http://a.cn/b"}\r\n\n{"robots":"Disallow: /\\ud800\xff","url":"http://a.cn/a"}\n' >"$tmp/rows"
run bash -c "'$huiying' robots <'$tmp/rows'"
is "$rc $(tr '\n' ' ' <<<"$out")" '0 {"allowed":true} {"allowed":true} ' "JSON is mended as everywhere, blank lines are no rows"

# --- the fetcher ------------------------------------------------------------
printf 'User-agent: huiying\nDisallow: /closed\n' >"$web/robots.txt"
two_sources
fresh
run "$fetch" --home "$home"
like "$err" "closed: robots: its robots.txt forbids it" "what is forbidden is not fetched"
is "$(asked /closed.xml) $(asked /open.xml) $(asked /robots.txt)" "0 1 1" "robots.txt is asked for once a host"
like "$(warc)" '"source":"closed","kind":"feed","error":"robots"' "the refusal is recorded"
like "$(warc)" '"kind":"robots"' "robots.txt itself is archived"
run "$fetch" --home "$home" --all
is "$(asked /robots.txt)" 1 "and kept for a day"
rm "$web/robots.txt"
fresh
run "$fetch" --home "$home"
is "$(asked /closed.xml) $(asked /open.xml)" "1 1" "404: there are no rules"
printf 'STATUS 503\n' >"$web/robots.txt.headers"
: >"$web/robots.txt"
fresh
run "$fetch" --home "$home"
is "$(asked /closed.xml) $(asked /open.xml) $(asked /robots.txt)" "0 0 1" "503: everything is forbidden"
like "$err" "open: robots: robots.txt: HTTP status 503" "and that is said"
printf 'STATUS 503\nRetry-After: 120\n' >"$web/robots.txt.headers"
fresh
run "$fetch" --home "$home"
like "$err" "open: robots: robots.txt: HTTP status 503" "503 with a pause is said as well"
is "$(warc | grep -c '"kind":"feed","error":"robots"')" 2 "and recorded"
run "$fetch" --home "$home" --all
is "$(asked /robots.txt)" 1 "and the pause is kept"
rm "$home/state/fetch.json" "$web/robots.txt.headers"
run "$fetch" --home "$home" --all
is "$(asked /open.xml)" 1 "it is asked again in the next run"
two_sources $'robots = no\n'
printf 'User-agent: *\nDisallow: /\n' >"$web/robots.txt"
fresh
run "$fetch" --home "$home"
is "$(asked /closed.xml) $(asked /robots.txt)" "1 0" "robots = no asks nobody"

# --- wanted rows ------------------------------------------------------------
: >"$home/demo"
two_sources
fresh
mkdir -p "$home/spool"
for k in article evidence; do
	printf '{"id":"%s","url":"%s/open.xml","kind":"%s"}\n' "$k" "$site" "$k"
done >"$home/spool/wanted.jsonl"
run "$fetch" --home "$home" --wanted-only --allow-private "127.0.0.1:$port"
is "$rc" 0 "a run for wanted rows"
like "$(warc)" '"want":"article","kind":"article","error":"robots"' "an article obeys robots.txt"
like "$(warc)" '"want":"evidence","kind":"evidence","hop":0' "evidence that a person asked for does not"
is "$(asked /open.xml)" 1 "so one of the two was fetched"
