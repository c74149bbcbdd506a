#!/bin/bash
# sources check, list and test.
. "$(dirname "$0")/lib.sh"
plan 26

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
start_server --dir "$web"
site=http://127.0.0.1:$port
cat >"$web/feed.xml" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>某某网</title>
<item><title>某小区停水三天</title><link>http://www.example.gov.cn/1</link><guid>1</guid></item>
<item><title>某路段积水</title><link>http://www.example.gov.cn/2</link><guid>2</guid></item>
</channel></rss>
END
echo "no feed at all" >"$web/text.xml"
printf '[fetch]\nhost_interval_ms = 0\n' >"$home/huiying.conf"
cat >"$home/sources.conf" <<END
[good]
name = 某某网
url = $site/feed.xml
allow_private = yes
local = yes
[gone]
url = $site/nothing.xml
allow_private = yes
[text]
url = $site/text.xml
allow_private = yes
[guarded]
url = $site/feed.xml
enabled = no
END

run "$huiying" sources check --home "$home"
is "$rc" 0 "a good sources.conf"
like "$err" "sources.conf: 4 sources, no errors" "is counted"
like "$out" "good +yes +feed +15 +- +yes +某某网 +$site/feed.xml" "and listed"
run "$huiying" sources list --home "$home"
like "$out" "guarded +no " "what is switched off is listed too"
run "$huiying" sources list --json --home "$home"
is "$(wc -l <<<"$out")" 4 "a JSON line a source"
like "$out" '^\{"id":"good","name":"某某网","kind":"feed","url":"'"$site"'/feed.xml","every":900,"local":true,"robots":true,"allow_private":true,"enabled":true' "with every setting"

printf '[a]\nurl = http://a.example.gov.cn/\nulr = x\n' >"$tmp/bad.conf"
run "$huiying" sources check "$tmp/bad.conf"
is "$rc" 2 "an unknown key is exit 2"
like "$err" "bad.conf:3:1: .*ulr" "at its line and column"
printf '[a]\nurl = http://a.example.gov.cn/\n[a]\nurl = http://b.example.gov.cn/\n' >"$tmp/bad.conf"
run "$huiying" sources check "$tmp/bad.conf"
like "$rc $err" "^2 .*bad.conf:3:" "a source that is there twice"
run "$huiying" sources check "$tmp/none.conf"
like "$rc $err" "^[23] .*none.conf" "a file that is not there"
printf '[a]\nurl = file:///etc/passwd\n' >"$tmp/bad.conf"
run "$huiying" sources check "$tmp/bad.conf"
like "$rc $err" "^2 .*bad.conf:2:7: url: " "a URL that is not http"

printf '[a]\nurl = http://0x7f.1:8000/\n[b]\nurl = http://10.0.0.1/\nallow_private = yes\n[c]\nurl = http://a.cn/\n' >"$tmp/private.conf"
run "$huiying" sources check "$tmp/private.conf"
is "$rc $(grep -c 'not public' <<<"$err")" "0 1" "an address that no crawl would ask is pointed out"
like "$err" "private.conf:1: \[a\] is at an address that is not public \(loopback\)" "with its place"

printf '[a]\nurl = http://a.cn/x\n[b]\nurl = http://A.cn:80/./x\n[c]\nurl = http://a.cn/x\nenabled = no\n' >"$tmp/twins.conf"
run "$huiying" sources check "$tmp/twins.conf"
is "$rc $(grep -c 'has the address of' <<<"$err")" "0 1" "two sources of one address are pointed out, unless one is off"
like "$err" "twins.conf:3: \[b\] has the address of \[a\] \(line 1\)" "with their places"

# --- test -------------------------------------------------------------------
run "$huiying" sources test good --home "$home"
is "$rc" 0 "a good source"
like "$out" "^200  $site/feed.xml" "the answer is shown"
like "$out" "某小区停水三天" "and its items"
like "$err" "2 items" "and how many"
run "$huiying" sources test good --json --home "$home"
like "$out" '"kind":"item","source":"good"' "--json gives items as parse does"
run "$huiying" sources test gone --home "$home"
like "$rc $err" "^3 .*gone: http: HTTP status 404" "a 404 is exit 3 with the reason"
run "$huiying" sources test text --home "$home"
is "$rc" 3 "an answer that cannot be read is exit 3"
run "$huiying" sources test guarded --home "$home"
like "$rc $err" "^3 .*guarded: address: " "a private address without allow_private"
run "$huiying" sources test "$site/feed.xml" --home "$home"
like "$rc $err" "^3 .*: (address|url): " "a bare URL must be public"
run "$huiying" sources test nosuch --home "$home"
is "$rc" 2 "neither source nor URL"
is "$(ls "$home")" "$(printf 'huiying.conf\nsources.conf')" "nothing is left behind in the instance"
