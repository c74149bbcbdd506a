#!/bin/bash
# Servers that mean ill, or are broken: a table of what they do and what becomes of it, in one
# run with good sources. Time and memory stay bounded, nothing wrong is stored, the good ones
# come. Then a feed that is reset at every kilobyte, and fifty that drip.
#
# By day (make check) the hosts are mapped to a server on loopback behind the real guard
# (tests/server/mapped.c). With NETNS=1 (make check-all) it is the program that is installed, in
# a network namespace where these addresses are real, with a name server that changes its mind.
. "$(dirname "$0")/lib.sh"

if [ -n "${NETNS:-}" ] && [ "${1:-}" != inside ]; then
	unshare -Urnm true 2>/dev/null || skip_all "not run: no user namespaces here"
	trap - EXIT
	rm -rf "$tmp"
	exec unshare -Urnm "$0" inside
fi

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
rss() { printf '<rss version="2.0"><channel><title>t</title>%s</channel></rss>' "$1"; }
item() { printf '<item><title>%s</title><guid>%s</guid><link>http://8.8.4.1/%s</link><description>%s</description></item>' "$1" "$2" "$2" "${3:-x}"; }
for n in 1 2 3; do rss "$(item "good $n" "g$n")" >"$web/good$n.xml"; done
rss "$(item "secret" "s1")" >"$web/secret.txt"
if [ "${1:-}" = inside ]; then
	ip link set lo up
	ip addr add 8.8.4.0/24 dev lo
	printf '127.0.0.1 localhost\n::1 localhost\n' >"$tmp/hosts"
	printf 'nameserver 127.0.0.53\noptions timeout:1 attempts:1\n' >"$tmp/resolv.conf"
	mount --bind "$tmp/hosts" /etc/hosts && mount --bind "$tmp/resolv.conf" /etc/resolv.conf ||
		skip_all "not run: no mounts in a namespace here"
	mkfifo "$tmp/dns.in"
	"$BUILD/dnsserver" --address 127.0.0.53 --port 53 inner.example.gov.cn=127.0.0.1 \
		ten.example.gov.cn=10.0.0.1 rebound.example.gov.cn=8.8.4.1/127.0.0.1 \
		meta.example.gov.cn=169.254.169.254 zero.example.gov.cn=0.0.0.0 \
		outer.example.gov.cn=8.8.4.1 mixed.example.gov.cn=127.0.0.1,8.8.4.1 \
		<"$tmp/dns.in" >"$tmp/dns.out" &
	cleanup_pids="$cleanup_pids $!"
	exec 8>"$tmp/dns.in"
	start_server --dir "$web" --address 0.0.0.0 --port 80 --raw-port 8080
	fetcher=$fetch
else
	start_server --dir "$web"
	raw=$(sed -n 's/^RAW //p' "$tmp/server.out")
	for n in $(seq 1 80); do
		HUIYING_TEST_MAP="${HUIYING_TEST_MAP:-} 8.8.4.$n:80=127.0.0.1:$port 8.8.4.$n:8080=127.0.0.1:$raw"
	done
	export HUIYING_TEST_MAP=${HUIYING_TEST_MAP# }
	fetcher=$BUILD/fetch-mapped
fi

cat >"$home/huiying.conf" <<'END'
[fetch]
host_interval_ms = 0
connect_timeout = 2s
low_speed_time = 2s
timeout = 6s
deadline = 2m
END
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f" | tr -d '\0'; done; }
# go ARGS…: a bounded run; sets rc, err and seconds.
go() {
	local began
	began=$(date +%s)
	run bash -c "${SANITIZED:+:} ulimit -v 400000; exec timeout -s KILL 150 '$fetcher' --home '$home' \"\$@\"" - "$@"
	seconds=$(($(date +%s) - began))
}

# --- the table --------------------------------------------------------------
# NAME | URL (@n: a host of its own, with its proper server; ~n: with its raw one) | what is recorded
table=$(cat <<'END'
big | @2/big?size=10000000000 | "error":"too-large"
bomb | @3/bomb?mb=10240 | "error":"too-large"
bomb-small | @4/bomb?mb=1024 | "hop":0
headers | @5/headers?n=900 | "error":"too-large"
headers-endless | ~6/endless-headers | "error":"too-large"
drip | @7/slow?bytes_per_second=1 | "error":"timeout"
loris | ~8/loris | "error":"timeout"
silent | ~9/silent | "error":"timeout"
garbage | ~10/garbage | "error":"http"
short | ~11/short?after=7&length=100 | "error":"broken"
reset | ~12/reset?after=100 | "error":"broken"
reset-at-once | ~13/reset?after=0 | "error":"broken"
cut | ~14/cut/good1.xml?after=60 | "error":"broken"
half-chunk | ~15/half-chunk/good1.xml?after=60 | "error":"broken"
half-chunk-whole | ~16/half-chunk/good1.xml | "error":"broken"
loop-self | @17/redirect?to=/redirect | "error":"redirect"
loop-chain | @18/chain?n=0 | "error":"redirect","detail":"more than 5 redirects","hop":5
to-loopback | @19/redirect?to=http://127.0.0.1/secret.txt | "error":"address"
to-loopback-8080 | @20/redirect?to=http://127.0.0.1:8080/cut/secret.txt | "error":"address"
to-decimal | @21/redirect?to=http://2130706433/secret.txt | "error":"address"
to-octal | @22/redirect?to=http://0177.0.0.1/secret.txt | "error":"address"
to-zero | @23/redirect?to=http://0/secret.txt | "error":"address"
to-v6 | @24/redirect?to=http://[::1]/secret.txt | "error":"address"
to-mapped-v6 | @25/redirect?to=http://[::ffff:7f00:1]/secret.txt | "error":"address"
to-ten | @26/redirect?to=http://10.1.2.3/secret.txt | "error":"address"
to-metadata | @27/redirect?to=http://169.254.169.254/latest/ | "error":"address"
to-name | @28/redirect?to=http://localhost/secret.txt | "error":"address"
to-file | @29/redirect?to=file:///etc/passwd | "error":"redirect"
to-gopher | @30/redirect?to=gopher://127.0.0.1/x | "error":"redirect"
to-user | @31/redirect?to=http://8.8.4.1@127.0.0.1/secret.txt | "error":"redirect"
to-port | @32/redirect?to=http://8.8.4.1:25/secret.txt | "error":"url"
to-nothing | @33/redirect?x=y | "error":"redirect"
is-name | http://localhost/secret.txt | "error":"address"
is-loopback | http://127.0.0.1/secret.txt | "error":"address"
END
)
if [ "${1:-}" = inside ]; then
	table+=$'\n'$(cat <<'END'
dns-inner | http://inner.example.gov.cn/secret.txt | "error":"address"
dns-ten | http://ten.example.gov.cn/secret.txt | "error":"address"
dns-metadata | http://meta.example.gov.cn/secret.txt | "error":"address"
dns-zero | http://zero.example.gov.cn/secret.txt | "error":"address"
to-dns-inner | @34/redirect?to=http://inner.example.gov.cn/secret.txt | "error":"address"
dns-outer | http://outer.example.gov.cn/good2.xml | "hop":0
END
)
fi
address() { sed -E 's#@([0-9]+)/#http://8.8.4.\1/#; s#~([0-9]+)/#http://8.8.4.\1:8080/#' <<<"$1"; }
rows=()
while IFS= read -r line; do rows+=("$line"); done <<<"$table"
plan $((${#rows[@]} + 21 + ($([ "${1:-}" = inside ] && echo 3 || echo 0))))
field() { sed -E 's/^ *| *$//g' <<<"$(cut -d'|' -f"$2" <<<"$1")"; }
for line in "${rows[@]}"; do
	printf '[%s]\nurl = %s\nrobots = no\n' "$(field "$line" 1)" "$(address "$(field "$line" 2)")"
done >"$home/sources.conf"
for n in 1 2 3; do printf '[good%s]\nurl = http://8.8.4.1/good%s.xml\nrobots = no\n' $n $n; done >>"$home/sources.conf"
go
is "$rc" 0 "one run through all of them ends well"
[ "$seconds" -le 60 ]
ok_if $? "in bounded time ($seconds s)"
warc >"$tmp/all"
for line in "${rows[@]}"; do
	name=$(field "$line" 1)
	want=$(field "$line" 3)
	grep -qa "\"source\":\"$name\",\"kind\":\"feed\".*$want" "$tmp/all"
	ok_if $? "$name: $want"
done
for n in 1 2 3; do
	grep -qa "<title>good $n</title>" "$tmp/all"
	ok_if $? "good source $n came meanwhile"
done
is "$(get /log | grep -c secret)" 0 "nothing private was ever asked for"
[ "$(du -sk "$home/spool" | cut -f1)" -lt 3000 ]
ok_if $? "little was written ($(du -sk "$home/spool" | cut -f1) KiB)"
is "$(ls -A "$home/spool" | grep -cv -e '\.warc\.gz$' -e '^\.lock$')" 0 "no temporary file is left"
run "$huiying" warc verify "$home"/spool/*.warc.gz
is "$rc" 0 "the WARC files are whole"

# What is taken in: the good ones, and nothing of the others.
inst=$tmp/inst
"$huiying" init "$inst" --demo -q 2>/dev/null
cp "$home/sources.conf" "$inst/"
items() { "$huiying" --home "$inst" status --json 2>/dev/null | sed -n 's/.*"items":\([0-9]*\),"items_digest.*/\1/p'; }
run "$huiying" --home "$inst" ingest "$home"/spool/*.warc.gz
is "$rc" 0 "all of it is ingested"
extra=$([ "${1:-}" = inside ] && echo 1 || echo 0)
is "$(items)" $((3 + extra)) "three good items, nothing else"
like "$("$huiying" --home "$inst" status 2>/dev/null)" 'loris +timeout ×1' "and every failure is known by its source"
unlike "$(cat "$home/state/fetch.json")" '"(cut|half-chunk|half-chunk-whole|big|bomb)":\{[^}]*"etag"' \
	"no validator of a broken answer is remembered"

# --- reset at every kilobyte ------------------------------------------------
for i in $(seq 1 20); do item "matter $i" "m$i" "$(head -c 3000 /dev/zero | tr '\0' x)"; done >"$tmp/items"
rss "$(cat "$tmp/items")" >"$web/long.xml"
size=$(stat -c %s "$web/long.xml")
cuts=$(seq 0 1024 "$size")
source_rows() { # source_rows SUFFIX-OF-URL…
	local n=0
	for at in $cuts; do
		n=$((n + 1))
		printf '[at-%s]\nurl = http://8.8.4.%s:8080/cut/long.xml%s\nrobots = no\n' "$at" $((n % 40 + 41)) "${1//AT/$at}"
	done
}
rm -rf "$home/spool" "$home/state"
source_rows '?after=AT&how=reset' >"$home/sources.conf"
go
is "$(warc | grep -ac '"error":"broken"')" "$(wc -w <<<"$cuts")" "$(wc -w <<<"$cuts") resets, each one told"
cp "$home/sources.conf" "$inst/"
run "$huiying" --home "$inst" ingest "$home"/spool/*.warc.gz
is "$rc $(items)" "0 $((3 + extra))" "not one item of half a feed is stored"
unlike "$(cat "$home/state/fetch.json")" '"etag"' "no validator is remembered"
rm -rf "$home/spool"
source_rows '' >"$home/sources.conf"
cp "$home/sources.conf" "$inst/"
go --all
run "$huiying" --home "$inst" ingest "$home"/spool/*.warc.gz
is "$rc $(items)" "0 $((3 + extra + 20 * $(wc -w <<<"$cuts")))" "the next good run loses none"

# --- fifty that drip, and one that is good ----------------------------------
rm -rf "$home/spool" "$home/state"
{
	for n in $(seq 1 50); do printf '[drip-%s]\nurl = http://8.8.4.%s:8080/loris\nrobots = no\n' $n $((n + 1)); done
	printf '[good]\nurl = http://8.8.4.1/good1.xml\nrobots = no\n'
} >"$home/sources.conf"
go
is "$rc" 0 "fifty lorises end"
[ "$seconds" -le 40 ]
ok_if $? "in bounded time ($seconds s)"
like "$(warc)" "<title>good 1</title>" "and the good one came"
go --all --progress-fd 1
like "$(head -1 <<<"$out")" '"source":"good"' "the next time it comes first"

# --- names that change their mind (namespace only) --------------------------
if [ "${1:-}" = inside ]; then
	get /clear >/dev/null
	{
		for n in 1 2 3 4; do printf '[rebound%s]\nurl = http://rebound.example.gov.cn/good%s.xml\nrobots = no\n' $n $((n % 3 + 1)); done
		printf '[mixed]\nurl = http://mixed.example.gov.cn/good1.xml\nrobots = no\n'
	} >"$home/sources.conf"
	: >"$tmp/hosts-seen"
	for i in $(seq 1 20); do
		rm -rf "$home/spool"
		go --all
		warc | grep -a '^WARC-IP-Address' >>"$tmp/hosts-seen"
		warc | grep -ao '"error":"[a-z-]*"' >>"$tmp/kinds"
	done
	is "$(tr -d '\r' <"$tmp/hosts-seen" | sort -u)" "WARC-IP-Address: 8.8.4.1" "a name that turns inwards is only ever asked outside"
	like "$(sort -u "$tmp/kinds" | tr '\n' ' ')" '^"error":"address" $' "and refused when it points inside"
	[ "$(wc -l <"$tmp/hosts-seen")" -gt 20 ] && [ "$(wc -l <"$tmp/kinds")" -gt 5 ]
	ok_if $? "both happened ($(wc -l <"$tmp/hosts-seen") and $(wc -l <"$tmp/kinds") times)"
fi
