#!/bin/bash
# huiying-send and those it talks to: robots that say "too often" or repeat keys, dead targets,
# paces over runs, several messages in one, mail servers in every mood, files that are broken.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
plan 71
office_init
# message N TARGET [URGENT] [TEXT]: a file as tick writes it.
message() {
	mkdir -p "$home/outbox"
	printf '{"v":1,"id":"N%s","try":1,"target":"%s","kind":"limit","urgent":%s,"title":"M%s: 到期","text":"%s","made":"2026-11-26T00:00:00Z","expires":"2099-01-01T00:00:00Z"}\n' \
		"$1" "$2" "${3:-false}" "$1" "${4:-x}" >"$home/outbox/N$1-1.json"
}
clean() { rm -rf "$home/outbox"; }
go() { run timeout 60 "$send" --home "$home" "$@"; }
result() { sed -n 's/.*"result":"\([a-z]*\)".*/\1/p' "$home/outbox/receipts/N$1-1.json"; }
error() { sed -n 's/.*"error":"\([^"]*\)".*/\1/p' "$home/outbox/receipts/N$1-1.json"; }
left() { ls "$home/outbox" | grep -c '^N'; }
one() { # KIND MODE [LINE…]: one message to a robot of this mode.
	robot "$2"
	clean
	target 群 "$1" "$port" "${@:3}" | configure 'first = 群'
	message 1 群
	go -q
}

# --- settings
printf '[target 群]\nkind = wecom\nurl = https://qyapi.example.com/send?key=%s\n' $secret | configure 'first = 群'
go
is "$rc" 2 "the address of a chat robot in the configuration"
like "$err" 'huiying.conf:[0-9]+:[0-9]+: expected credential:NAME or file:/PATH' "is refused by its place"
unlike "$err" $secret "without telling it"
target 群 wecom 9 'repeat_safe = yes' | configure 'first = 群'
go
like "$err" 'only a webhook and a mail tell a message that comes twice' "nor does a chat robot know copies"
target 群 webhook 9 | configure 'first = 群'
rm "$home/secret-群"
mkdir "$home/secret-群"
message 1 群
go -q
is "$(result 1)" refused "a secret that is a directory"
like "$(error 1)" 'is no file' "is refused"
rmdir "$home/secret-群"
printf 'https://a.example.com/\001x\n' >"$home/secret-群"
chmod 600 "$home/secret-群"
clean
message 1 群
go -q
like "$(error 1)" 'holds no usable value' "and so is one with a control character"

# --- what robots say
one dingtalk T
is "$(result 1)" retry "dingtalk: too often"
like "$(cat "$home/outbox/receipts/N1-1.json")" '"retry_after":600' "silences for ten minutes"
message 2 群
go -q
is "$(left) $(ls "$home/outbox/receipts" | wc -l)" "1 1" "in which the next run sends it nothing"
one dingtalk R
is "$(result 1) $(wc -l <"$log")" "retry 1" "its redirect means the same, and is not followed"
one webhook R
is "$(result 1) $(wc -l <"$log")" "refused 1" "another's is a refusal, and not followed either"
one wecom h
is "$(result 1)" refused "an answer that repeats the address"
like "$(error 1)" '300001 no .*\*\*\*' "is kept without the key"
is "$(grep -rl $secret "$home/outbox" | wc -l)$(grep -c $secret <<<"$err$out")" 00 "which stands nowhere"
go # nothing waits
one wecom u
is "$(result 1)" refused "long words in Chinese"
iconv -f UTF-8 -t UTF-16 "$home/outbox/receipts/N1-1.json" >/dev/null 2>&1
ok_if $? "are cut between characters"
unlike "$(error 1)" $'\uFFFD' "with no mark of a broken one"
one feishu k
is "$(result 1) $(error 1)" "refused 19021 sign match fail" "a robot's own words at 400"
one webhook B
is "$(result 1) $(wc -l <"$log")" "sent 1" "300 KB of answer to a webhook are let go"
one wecom B
is "$(result 1)" unknown "of a robot they say nothing: it may have arrived"
one webhook a 'repeat_safe = yes'
is "$(result 1)" retry "what may have arrived is tried again where copies are known"
one webhook a
is "$(result 1)" unknown "and nowhere else"

# --- pace
robot o
clean
target 群 webhook "$port" | sed 's/^a_minute.*/a_minute = 3/' | configure 'first = 群'
for n in 1 2 3 4 5 6 7 8; do message $n 群; done
message 9 群 true
go
is "$(wc -l <"$log") $(left)" "3 6" "three a minute"
like "$err" '3 sent, 0 failed, 6 left for the next run' "the rest is told of"
like "$(head -1 "$log")" '"title":"M9' "what is urgent goes first, although it came last"
go -q
is "$(wc -l <"$log") $(left)" "3 6" "the next run does not begin a new minute"
began=$(date +%s)
go -q --patience 2
[ $(($(date +%s) - began)) -ge 2 ]
ok_if $? "and waits as long as its patience"
is "$(left)" 6 "then leaves them"
echo rubbish >"$home/outbox/.pace"
go -q
is "$rc $(wc -l <"$log")" "0 6" "a file of paces that cannot be read is forgotten"

# --- several in one
robot o
clean
target 群 wecom "$port" | sed 's/^a_minute.*/a_minute = 4/' | configure 'first = 群'
for n in $(seq 1 60); do message $n 群 false "期限 2026-11-26 18:00，市人社局。huiying show $n --why"; done
message 61 群 true
go -q
requests=$(wc -l <"$log")
[ "$requests" -ge 3 ] && [ "$requests" -le 4 ]
ok_if $? "61 messages to a robot that takes four a minute: $requests requests"
is "$(for n in $(seq 1 61); do grep -o "M$n: " "$log" | wc -l; done | sort -u | tr '\n' ' ')" "$( [ "$(left)" -eq 0 ] && echo '1 ' || echo '0 1 ')" \
	"none twice"
sent=$(grep -l '"result":"sent"' "$home"/outbox/receipts/* | wc -l)
is "$((sent + $(left)))" 61 "each has a receipt of its own, or waits ($sent sent)"
is "$(grep -o 'M[0-9]*: ' "$log" | wc -l)" "$sent" "and what is told as sent was in them"
like "$(head -1 "$log")" '"content":"\[urgent\] [0-9]+ messages\\n\[urgent\] M61' "the urgent one at the top"
awk '{ n = split($0, a, "\"content\":\""); c = a[2]; sub(/"}}$/, "", c); gsub(/\\n/, "n", c); if (length(c) > 2048) bad = 1 } END { exit bad }' <(LC_ALL=C cat "$log")
ok_if $? "none longer than a robot takes"
unlike "$(cat "$log")" '……' "and nothing cut"
robot o
clean
target 群 wecom "$port" | configure 'first = 群'
for n in 1 2 3; do message $n 群; done
go -q
is "$(wc -l <"$log")" 3 "where the pace admits it each goes alone"

# --- a target that gives no answer
robot b
dead=$port
robot o
clean
{
	target 死 webhook "$dead"
	target 活 webhook "$port"
} | configure 'first = 活'
for n in 1 2 3 4 5; do message $n 死; done
message 6 活
go -q
is "$(result 6) $(left)" "sent 3" "after two tries it rests, and holds up nobody"

# --- mail
# mail MODE [LINE…]
mail() {
	peer mailserver "$1"
	clean
	{
		printf '[target 邮箱]\nkind = smtp\nurl = smtp://127.0.0.1:%s\nfrom = duty@example.gov.cn\n' "$port"
		printf 'allow_private = 127.0.0.1:%s\n' "$port"
		printf '%s\n' "${@:2}"
		[[ "$*" = *"to = "* ]] || printf 'to = a@example.gov.cn b@example.gov.cn\n'
	} | configure 'first = 邮箱'
	message 1 邮箱 true "某处坍塌"
	go -q --timeout 5
}
mail o
is "$(result 1) $(grep -c '^o RCPT TO:' "$log")" "sent 2" "a mail to two"
like "$(cat "$log")" '^o Subject: =\?UTF-8\?B\?' "its subject in an encoded word"
is "$(awk 'length($0) > 80' <(LC_ALL=C cat "$log") | wc -l)" 0 "no line is too long"
mail q
is "$(result 1)" sent "a server that hangs up when it has taken it"
mail d
is "$(result 1)" unknown "one that hangs up before it has said so: it may have arrived"
mail d 'repeat_safe = yes'
is "$(result 1)" retry "it is tried again where copies are known by Message-ID"
mail D
like "$(result 1)" 'retry|unknown' "one that hangs up at the beginning"
mail g
is "$(result 1) $(error 1)" "retry the answer was 450" "greylisting: later"
mail l
is "$(result 1) $(error 1)" "retry the answer was 451" "4yz after the mail: later"
mail f
is "$(result 1) $(error 1)" "refused the answer was 554" "5yz after the mail: never"
mail n
is "$(result 1) $(error 1)" "refused the answer was 550" "nobody is known there"
mail p 'to = a@example.gov.cn gone@example.gov.cn b@example.gov.cn'
is "$(result 1)" sent "one of three is not known: the others get it"
is "$(error 1)" "1 of 3 receivers were refused, the last answer was 550" "and it is told"
like "$err" 'N1: delivered: 1 of 3 receivers' "in the log too"
mail G 'to = a@example.gov.cn later@example.gov.cn b@example.gov.cn'
is "$(result 1)" sent "one of three is asked to come back: the others get it"
is "$(error 1)" "1 of 3 receivers are asked again later, 0 were refused; the last answer was 450" "and it is told"
like "$(cat "$home"/outbox/receipts/N1-*.json)" '"later":"later@example.gov.cn"' "the receipt names whom to ask again"
mail r 'to = later@example.gov.cn gone@example.gov.cn b@example.gov.cn'
like "$(cat "$home"/outbox/receipts/N1-*.json)" '"later":"later@example.gov.cn","gone":1' "beside one that is gone for good"
mail e
is "$(result 1)" sent "a server of the old kind"
printf 'zhiban\n' >"$home/user"
printf '%s\n' $secret >"$home/password"
chmod 600 "$home/user" "$home/password"
mail a "user = file:$home/user" "password = file:$home/password"
is "$(result 1) $(grep -c '^a AUTH' "$log")" "sent 1" "a login"
mail A "user = file:$home/user" "password = file:$home/password"
is "$(result 1) $(error 1)" "refused the answer was 535" "one that is refused is a wrong setting"
encoded=$(printf '\0zhiban\0%s' $secret | base64)
is "$(grep -rlE "$secret|$encoded" "$home/outbox" "$tmp/.out" "$tmp/.err" | wc -l)" 0 "its password stands nowhere"
mail t "user = file:$home/user" "password = file:$home/password"
is "$(result 1) $(error 1)" "retry no trusted connection (TLS)" "STARTTLS that is none"
is "$(grep -cE '^t (AUTH|MAIL)' "$log")" 0 "and nothing was said in clear before it"
# Without allow_private the scheme is admitted, since it means STARTTLS; this address is not.
printf '[target 邮箱]\nkind = smtp\nurl = smtp://127.0.0.2:587\nfrom = a@example.gov.cn\nto = b@example.gov.cn\n' |
	configure 'first = 邮箱'
clean
message 1 邮箱
go -q --timeout 5
is "$(result 1) $(error 1)" "refused it has a private address: allow_private names those that may" "smtp with STARTTLS is a way to a public server"

# --- files
robot o
clean
target 群 webhook "$port" | configure 'first = 群'
message 1 群
mkdir "$home/outbox/N2-1.json"
message 3 群
go
is "$rc $(result 1) $(result 3)" "3 sent sent" "what cannot be read takes no other with it"
like "$err" 'N2-1.json' "and is told"
rmdir "$home/outbox/N2-1.json"
mkdir -p "$home/outbox/sending"
head -c 30 /dev/zero >"$home/outbox/sending/N4-1.json"
message 5 群
go
is "$rc $(result 4) $(result 5)" "0 unknown sent" "zeros where a message was being sent stop nothing"
message 6 没有
go -q
is "$(result 6) $(error 6)" "refused huiying.conf has no target of this name" "a target that is gone"

# --- what is in memory
robot d
clean
target 群 webhook "$port" | configure 'first = 群'
message 1 群
(ulimit -c unlimited 2>/dev/null; exec "$send" --home "$home" -q) &
pid=$!
cores=
for _ in $(seq 100); do
	cores=$(awk '/^Max core file size/ { print $5 }' "/proc/$pid/limits" 2>/dev/null)
	[ "$cores" = 0 ] && break
	sleep 0.01
done
is "$cores" 0 "no core is left"
unlike "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)" $secret "and no key stands in its arguments"
wait $pid
is "$(result 1)" sent "it sends all the same"
