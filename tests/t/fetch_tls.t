#!/bin/bash
# TLS is always verified: self-signed, expired and wrong-name certificates are refused,
# one that a trusted authority signed is taken; https never goes back to http.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/certs.sh"
plan 10

home=$tmp/home
mkdir -p "$home" "$tmp/web"
cd "$tmp/web" || exit 1
printf '[fetch]\nhost_interval_ms = 0\n' >"$home/huiying.conf"
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f"; done; }

serve() { # serve NAME: an HTTPS server with that certificate; its port in $tls
	mkfifo "$tmp/$1.in"
	openssl s_server -accept 127.0.0.1:0 -naccept 20 -HTTP -key "$tmp/$1.key" -cert "$tmp/$1.pem" \
		<"$tmp/$1.in" >"$tmp/$1.out" 2>&1 &
	pid=$!
	cleanup_pids="$cleanup_pids $pid"
	exec {hold}>"$tmp/$1.in"
	tls=""
	while [ -z "$tls" ]; do
		kill -0 $pid 2>/dev/null || break
		tls=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$tmp/$1.out")
		[ -n "$tls" ] || read -r -t 0.02 <> <(:) || :
	done
}
try() { # try PATH
	rm -rf "$home/spool" "$home/state"
	printf '[secure]\nurl = https://127.0.0.1:%s/%s\nallow_private = yes\nrobots = no\n' "$tls" "$1" \
		>"$home/sources.conf"
	run "$fetch" --home "$home"
}

body='<rss version="2.0"><channel><title>secure</title></channel></rss>'
printf 'HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n%s' "$body" >feed.xml
printf 'HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:80/feed.xml\r\n\r\n' >down.xml
make_ca
make_cert good IP:127.0.0.1 30
make_cert name DNS:www.example.gov.cn 30
make_cert old IP:127.0.0.1 -1
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$tmp/self.key" -out "$tmp/self.pem" -days 30 \
	-subj "/CN=127.0.0.1" -addext "subjectAltName=IP:127.0.0.1" 2>/dev/null

serve good
try feed.xml
like "$(warc)" '"source":"secure","kind":"feed","error":"tls"' "an unknown authority is refused"
export CURL_CA_BUNDLE=$tmp/ca.pem
try feed.xml
like "$(warc)" "<title>secure</title>" "a trusted one is taken"
end=$(date -u -d "$(openssl x509 -enddate -noout -in "$tmp/good.pem" | cut -d= -f2)" +%Y-%m-%dT%H:%M:%SZ)
like "$(warc)" "\"cert_expires\":\"$end\"" "the day's first fetch notes when the certificate ends"
try down.xml
like "$(warc)" '"error":"redirect","detail":"redirected from https to http"' "https does not go back to http"
unset CURL_CA_BUNDLE
SSL_CERT_FILE=$tmp/ca.pem try feed.xml
like "$(warc)" "<title>secure</title>" "SSL_CERT_FILE names the bundle too"
rm -f "$home"/spool/*.warc.gz
SSL_CERT_FILE=$tmp/ca.pem "$fetch" --home "$home" --all -q
is "$(warc | grep -c '<title>secure')$(warc | grep -c cert_expires)" 10 "a later one does not ask again"
export CURL_CA_BUNDLE=$tmp/ca.pem
serve name
try feed.xml
like "$(warc)" '"source":"secure","kind":"feed","error":"tls"' "another host's certificate is refused"
serve self
try feed.xml
like "$(warc)" '"source":"secure","kind":"feed","error":"tls"' "a self-signed one too"
serve old
try feed.xml
like "$(warc)" '"source":"secure","kind":"feed","error":"tls"' "an expired one too"
CURL_CA_BUNDLE=$tmp/nowhere.pem try feed.xml
like "$(warc)" '"source":"secure","kind":"feed","error":"tls"' "without a bundle nothing is trusted"
