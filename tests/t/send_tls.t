#!/bin/bash
# Messages over TLS: certificates are always verified, by webhooks and by both ways of mail
# (smtps from the first byte, STARTTLS after a greeting); a login is never said in clear.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
. "$(dirname "$0")/certs.sh"
plan 17
office_init
make_ca
make_cert good IP:127.0.0.1 30
make_cert name DNS:mx.example.gov.cn 30

# answers GREETING: the mail server behind the TLS server $tls: reads its output, writes its input.
answers() {
	local line in=command
	while IFS= read -r line; do
		line=${line%$'\r'}
		case $in/$line in
		*/*BEGIN\ SSL\ SESSION*) in=command; printf '%s' "$1" ;;
		command/EHLO*) printf '250-mx\r\n250 AUTH PLAIN\r\n' ;;
		command/AUTH*) in=login; printf '334 \r\n' ;;
		login/*) in=command; printf '235 welcome\r\n' ;;
		command/MAIL* | command/RCPT*) printf '250 fine\r\n' ;;
		command/DATA*) in=mail; printf '354 go on\r\n' ;;
		mail/.) in=command; printf '250 taken\r\n' ;;
		command/QUIT*) printf '221 bye\r\n' ;;
		*) continue ;;
		esac
		case $in/$line in command/MAIL* | command/.) echo "$line" >>"$tmp/seen" ;; esac
	done
}
# tls CERTIFICATE GREETING: sets $tls, the port of a mail server that speaks TLS.
n=0
tls() {
	n=$((n + 1))
	: >"$tmp/tls-$n.out"
	mkfifo "$tmp/tls-$n.in"
	openssl s_server -accept 127.0.0.1:0 -naccept 9 -key "$tmp/$1.key" -cert "$tmp/$1.pem" \
		<"$tmp/tls-$n.in" >"$tmp/tls-$n.out" 2>&1 &
	local server=$!
	exec {hold}>"$tmp/tls-$n.in"
	tail -s 0.05 -n +1 -f "$tmp/tls-$n.out" --pid=$server 2>/dev/null | answers "$2" >&$hold &
	cleanup_pids="$cleanup_pids $server $!"
	tls=
	while [ -z "$tls" ]; do
		kill -0 $server 2>/dev/null || break
		tls=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$tmp/tls-$n.out")
		[ -n "$tls" ] || sleep 0.02
	done
	: >"$tmp/seen"
}
printf 'zhiban\n' >"$home/user"
printf '%s\n' $secret >"$home/password"
chmod 600 "$home/user" "$home/password"
# to KIND URL PORT: sends one message there.
to() {
	{
		printf '[target 邮箱]\nkind = %s\nurl = %s\nallow_private = 127.0.0.1:%s\n' "$1" "$2" "$3"
		[ "$1" = webhook ] || printf 'from = a@example.gov.cn\nto = b@example.gov.cn\nuser = file:%s\npassword = file:%s\n' "$home/user" "$home/password"
	} | configure 'first = 邮箱'
	rm -rf "$home/outbox"
	mkdir -p "$home/outbox"
	printf '{"v":1,"id":"N1","try":1,"target":"邮箱","kind":"limit","urgent":false,"title":"期限","text":"x","made":"2026-11-26T00:00:00Z","expires":"2099-01-01T00:00:00Z"}\n' >"$home/outbox/N1-1.json"
	run "$send" --home "$home" -q --timeout 8
	result=$(sed -n 's/.*"result":"\([a-z]*\)".*/\1/p' "$home/outbox/receipts/N1-1.json")
	error=$(sed -n 's/.*"error":"\([^"]*\)".*/\1/p' "$home/outbox/receipts/N1-1.json")
}

# --- an authority that nobody knows
tls good $'220 mx\r\n'
to webhook "https://127.0.0.1:$tls/" "$tls"
is "$result $error" "retry no trusted connection (TLS)" "a webhook whose certificate nobody vouches for"
to smtp "smtps://127.0.0.1:$tls" "$tls"
is "$result $error" "retry no trusted connection (TLS)" "a mail server likewise"
TLS_PORT=$tls peer mailserver s
to smtp "smtp://127.0.0.1:$port" "$port"
is "$result $error" "retry no trusted connection (TLS)" "and behind STARTTLS"
is "$(wc -l <"$tmp/seen")" 0 "nothing was sent to any of them"
is "$(grep -cvE '^s (EHLO|STARTTLS)' "$log")" 0 "nor said in clear"

# --- one that is trusted
export CURL_CA_BUNDLE=$tmp/ca.pem
to smtp "smtps://127.0.0.1:$tls" "$tls"
is "$result $error" "sent " "a trusted mail server, TLS from the first byte"
is "$(head -1 "$tmp/seen")" "MAIL FROM:<a@example.gov.cn>" "gets the mail"
tls good ''
TLS_PORT=$tls peer mailserver s
to smtp "smtp://127.0.0.1:$port" "$port"
is "$result $error" "sent " "a trusted one with STARTTLS"
is "$(head -1 "$tmp/seen")" "MAIL FROM:<a@example.gov.cn>" "gets the mail inside"
is "$(grep -cvE '^s (EHLO|STARTTLS)' "$log")" 0 "and nothing of it or of the login outside"
is "$(grep -c AUTH "$tmp/tls-$n.out")" 1 "where the login is said"

# --- another's name
tls name $'220 mx\r\n'
to webhook "https://127.0.0.1:$tls/" "$tls"
is "$result $error" "retry no trusted connection (TLS)" "a certificate of another name"
to smtp "smtps://127.0.0.1:$tls" "$tls"
is "$result $error" "retry no trusted connection (TLS)" "of a mail server"
is "$(wc -l <"$tmp/seen")" 0 "gets nothing"

# --- no TLS at all
peer mailserver o
to smtp "smtps://127.0.0.1:$port" "$port"
is "$result $error" "retry no trusted connection (TLS)" "a server that speaks no TLS where it should"
is "$(grep -c AUTH "$log")" 0 "is told no login"
is "$(grep -rl $secret "$home/outbox" "$tmp/.err" "$tmp/.out" | wc -l)" 0 "whose password stands nowhere"
