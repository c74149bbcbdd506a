#!/bin/bash
# The address guard: in a network namespace of our own 8.8.4.4 is a public address on
# the loopback device, and a canary listens on 127.0.0.1. It must never be asked.
. "$(dirname "$0")/lib.sh"

if [ "${1:-}" != inside ]; then
	if ! unshare -Urnm true 2>/dev/null; then
		skip_all "no user namespaces on this system"
	fi
	trap - EXIT
	rm -rf "$tmp"
	exec unshare -Urnm "$0" inside
fi
plan 41

ip link set lo up
ip addr add 8.8.4.4/32 dev lo
printf '127.0.0.1 localhost rebound.example.gov.cn mixed.example.gov.cn\n8.8.4.4 news.example.gov.cn mixed.example.gov.cn\n::1 localhost six.example.gov.cn\n' >"$tmp/hosts"
mount --bind "$tmp/hosts" /etc/hosts

web=$tmp/web home=$tmp/home
mkdir -p "$web/public" "$home/spool"
echo '<rss version="2.0"><channel><title>public</title></channel></rss>' >"$web/public/feed.xml"
echo "secret" >"$web/secret.txt"
start() { # start NAME ARGS…: a server; its pid in $started
	mkfifo "$tmp/$1.in"
	"$BUILD/testserver" "${@:2}" <"$tmp/$1.in" >"$tmp/$1.out" 2>&1 &
	cleanup_pids="$cleanup_pids $!"
}
start canary --dir "$web" --address 127.0.0.1 --port 8080
exec 5>"$tmp/canary.in"
start public --dir "$web/public" --address 8.8.4.4 --port 8080
exec 6>"$tmp/public.in"
start odd --dir "$web" --address 8.8.4.4 --port 8099
exec 4>"$tmp/odd.in"
for name in canary public odd; do
	until grep -q '^RAW' "$tmp/$name.out"; do
		read -r -t 0.02 <> <(:) || :
	done
done
port=8080
pub=http://8.8.4.4:8080

printf '[fetch]\nhost_interval_ms = 0\nconnect_timeout = 3s\n' >"$home/huiying.conf"
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f"; done; }
fresh() { rm -rf "$home/spool" "$home/state"; mkdir -p "$home/spool"; }
canary() { get /log | wc -l; }
wanted() { printf '{"id":"w","url":"%s","kind":"evidence"}\n' "$1" >"$home/spool/wanted.jsonl"; }
try_wanted() { fresh; wanted "$1"; run "$fetch" --home "$home" --wanted-only; }
source_row() { printf '[%s]\nurl = %s\nrobots = no\n%s' "$1" "$2" "${3:-}"; }

: >"$home/sources.conf"
try_wanted "$pub/feed.xml"
like "$(warc)" "<title>public</title>" "a public address is fetched (so the rest means something)"

# --- directly, in every spelling --------------------------------------------
for host in 127.0.0.1 localhost 2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 0 0.0.0.0 '[::1]' \
	'[::ffff:127.0.0.1]' '[::ffff:7f00:1]' '[::]' '[64:ff9b::7f00:1]' '[2002:7f00:1::]' \
	rebound.example.gov.cn six.example.gov.cn 169.254.169.254 10.0.0.1 192.168.1.1 100.64.0.1 \
	'127.0.0.1%2f@8.8.4.4' 'x@127.0.0.1' '127。0。0。1'; do
	try_wanted "http://$host:8080/secret.txt"
	like "$(warc)" '"want":"w","kind":"evidence","error":"(address|url)"' "$host is refused"
done
is "$(canary)" 0 "the canary was never asked"
try_wanted "http://mixed.example.gov.cn:8080/feed.xml"
like "$(warc)" '<title>public</title>|"error":"address"' "a name with a public and a private address"
is "$(canary)" 0 "only its public one is ever asked"

# --- by redirect ------------------------------------------------------------
source_row feed "$pub/redirect?to=/feed.xml" >"$home/sources.conf"
fresh
run "$fetch" --home "$home"
like "$(warc)" "<title>public</title>" "a redirect to a public place is followed"
like "$(warc)" '"source":"feed","kind":"feed","hop":1' "each hop is recorded"
# As servers write it: blanks, UTF-8 and GBK that nobody escaped.
for place in '两 会' $'\xc1\xbd\xbb\xe1'; do
	mkdir "$web/public/$place"
	cp "$web/public/feed.xml" "$web/public/$place/a.xml"
	printf 'STATUS 302\nLocation: %s/%s/a.xml\n' "$pub" "$place" >"$web/public/moved.xml.headers"
	: >"$web/public/moved.xml"
	source_row moved "$pub/moved.xml" >"$home/sources.conf"
	fresh
	run "$fetch" --home "$home"
	like "$(warc)" "<title>public</title>" "a Location that is not escaped"
done
printf 'STATUS 302\n' >"$web/public/moved.xml.headers"
fresh
run "$fetch" --home "$home"
like "$err" "moved: redirect: .*the answer names none" "a redirect without Location"
n=0
: >"$home/sources.conf"
for to in http://127.0.0.1:8080/secret.txt http://2130706433:8080/ 'http://[::ffff:127.0.0.1]:8080/' \
	http://localhost:8080/secret.txt http://169.254.169.254/latest/ file:///etc/passwd \
	gopher://127.0.0.1:8080/_x //127.0.0.1:8080/ http://rebound.example.gov.cn:8080/ \
	'http://8.8.4.4@127.0.0.1:8080/' http://8.8.4.4:8099/; do
	n=$((n + 1))
	source_row "r$n" "$pub/redirect?to=$(sed 's/%/%25/g;s/&/%26/g' <<<"$to")" >>"$home/sources.conf"
done
fresh
run "$fetch" --home "$home"
is "$(warc | grep -aoE '"source":"r[0-9]+","kind":"feed","error":"(address|url|redirect)"' | sort -u | wc -l)" "$n" \
	"redirects to $n private, odd or non-HTTP places are refused"
is "$(canary)" 0 "the canary was never asked"
unlike "$(warc)" "^secret" "and nothing of it came"
fresh
for i in 1 2 3 4 5 6 7 8; do
	printf 'STATUS 302\nLocation: /hop%d.xml\n' $((i + 1)) >"$web/public/hop$i.xml.headers"
	: >"$web/public/hop$i.xml"
done
source_row loop "$pub/hop1.xml" >"$home/sources.conf"
run "$fetch" --home "$home"
like "$(warc)" '"source":"loop","kind":"feed","error":"redirect","detail":"more than 5 redirects","hop":5' "five redirects, no more"

# --- what allow_private admits ----------------------------------------------
source_row inner "http://127.0.0.1:8080/secret.txt" $'allow_private = yes\n' >"$home/sources.conf"
fresh
run "$fetch" --home "$home"
is "$(canary)" 1 "allow_private admits its own host and port"
source_row inner "http://127.0.0.1:8080/redirect?to=/secret.txt" $'allow_private = yes\n' >"$home/sources.conf"
source_row outer "$pub/redirect?to=http://127.0.0.1:8080/secret.txt" >>"$home/sources.conf"
fresh
wanted "http://127.0.0.1:8080/secret.txt"
get /clear >/dev/null
run "$fetch" --home "$home"
is "$(get /log | grep -o '"path":"[^"]*"')" '"path":"/redirect"' "never a redirect, not even its own, and never a wanted URL"

# --- a proxy in the environment is not used ---------------------------------
source_row feed "$pub/feed.xml" >"$home/sources.conf"
fresh
get /clear >/dev/null
http_proxy=http://127.0.0.1:8080 ALL_PROXY=http://127.0.0.1:8080 run "$fetch" --home "$home"
like "$(warc)" "<title>public</title>" "a proxy in the environment is not asked"
is "$(canary)" 0 "by anybody"
