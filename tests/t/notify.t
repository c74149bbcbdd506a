#!/bin/bash
# Messages to people: 200 deliveries to a robot that drops, delays, repeats and refuses -
# each arrives once, or it is told that it may not have. Secrets stand nowhere.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/notify.sh"
plan 63

# --- settings
fresh
at 0
configure 'first = 没有' </dev/null
tick
is "$rc" 2 "a target that is not there"
like "$err" 'huiying.conf:5:9: there is no \[target\]' "is told by its place"
target 群 carrier 1 | configure 'first = 群'
tick
like "$err" 'expected wecom, dingtalk' "as is a kind that is none"
{ target 群 webhook 1; echo "secret = $secret"; } | configure 'first = 群'
tick
like "$err" 'expected credential:NAME or file:/PATH' "a secret does not stand in the configuration"
for line in 'quiet = late' 'digest = 25:00' 'detail = all' 'ack_within = soon' 'frist = 群'; do
	target 群 webhook 1 | configure "$line"
	tick
	is "$rc" 2 "$line is refused"
done
configure </dev/null
tick
is "$rc" 0 "nobody needs to be told"

# --- nobody is told of what was before
rows 3 某地坍塌 坍塌。
tick
robot o
target 群 webhook "$port" | configure 'first = 群'
tick
is "$(listed | wc -l)" 0 "what was before there was anybody to tell is not told"

# --- once
rows 1 某桥坍塌 坍塌。
rows 1 某墙裂缝 裂缝。
tick
is "$(listed | wc -l)" 1 "a row suggested 重大 is told, another is not"
tick
is "$(listed | wc -l)" 1 "once"
is "$(ls "$home"/outbox/*.json | wc -l)" 1 "it lies in the outbox"
before=$(cat "$home"/outbox/*.json)
rm "$home"/outbox/*.json
tick
is "$(cat "$home"/outbox/*.json)" "$before" "a tick that died before it wrote the file: the next one does"
run "$send" --home "$home"
is "$rc $(wc -l <"$log")" "0 1" "it is sent"
like "$(cat "$log")" '"title":"S4: suggested 重大, to be judged"' "and says what it is about"
unlike "$(cat "$log")" 某桥 "numbers only, unless titles are wanted"
is "$(ls "$home/outbox/receipts" | wc -l)" 1 "there is a receipt"
cp -r "$home/outbox/receipts" "$tmp/receipts"
tick
is "$(listed | grep -c '"state":"sent"') $(ls "$home/outbox/receipts" | wc -l)" "1 0" "which is read and goes"
cp "$tmp"/receipts/*.json "$home/outbox/receipts/"
tick
is "$(listed | grep -c '"state":"sent"') $(ls "$home/outbox/receipts" | wc -l)" "1 0" "one that is read again says nothing new"

# --- nobody acknowledges: the second contact, then the leader on duty
robot o
second_log=$log second=$port
robot o
leader_log=$log leader=$port
today=$(TZ=Asia/Shanghai date -d "@$now" +%F)
tomorrow=$(TZ=Asia/Shanghai date -d "@$((now + 86400))" +%F)
fresh
robot o
{
	target 群 webhook "$port"
	target 科长 webhook "$second"
	target 带班 webhook "$leader"
	printf '[leader %s..%s]\ntarget = 带班\n' "$today" "$tomorrow"
} | configure 'first = 群' 'second = 科长' 'leader = 群' 'ack_within = 10m' 'detail = title'
at 0
tick
rows 2 某楼坍塌 坍塌。
tick
"$send" --home "$home" -q
tick
at 5
as 甲 watch take 2
is "$rc" 0 "somebody takes one row"
at 11
tick
"$send" --home "$home" -q
is "$(grep -c S1: "$second_log") $(grep -c S2: "$second_log")" "1 0" "the other one goes to the second contact"
like "$(cat "$second_log")" 某楼坍塌第 "with its title, when titles are wanted"
tick
at 22
tick
"$send" --home "$home" -q
is "$(grep -c 'S1: suggested' "$leader_log")" 1 "then to the leader of these days"
as 甲 watch notify ack S1
is "$rc" 0 "somebody has seen it"
like "$("$huiying" --home "$home" audit verify 2>&1; sqlite3 "$home/ledger.db" "SELECT kind FROM events")" notice.acknowledged "which is an event"
at 60
tick
is "$(listed | grep -c '"kind":"grave"')" 4 "nobody else is called"
as 甲 watch notify ack S1
is "$rc" 3 "nothing is left to be seen"
as 丙 unit notify ack N1
is "$rc" 1 "not by anybody"

# --- quiet hours
fresh
robot o
night=$(TZ=Asia/Shanghai date -d "@$((now - 600))" +%H:%M)
morning=$(TZ=Asia/Shanghai date -d "@$((now + 7200))" +%H:%M)
target 群 webhook "$port" | configure 'first = 群' "quiet = $night-$morning" "alive = $night"
at 0
tick
rows 1 某棚坍塌 坍塌。
tick
is "$(listed | grep '"kind":"alive"' | grep -c waiting) $(ls "$home"/outbox/*.json | wc -l)" "1 1" \
	"in quiet hours a sign of life waits, a row suggested 重大 does not"
at 20
tick
is "$(listed | grep -c '"kind":"triage"') $(ls "$home"/outbox/*.json | wc -l)" "1 2" "nor does an overdue triage"
at 121
tick
is "$(listed | grep '"kind":"alive"' | grep -c handed)" 1 "the rest goes when they are over"

# --- digest
fresh
robot o
hour=$(TZ=Asia/Shanghai date -d "@$((now + 1800))" +%H:%M)
target 群 webhook "$port" | configure 'first = 群' "digest = $hour"
at 0
tick
rows 12 某路裂缝 裂缝。
tick
is "$(listed | wc -l)" 0 "nothing before its time"
at 31
tick
tick
is "$(listed | grep -c '"kind":"digest"')" 1 "a digest a time"
like "$(listed)" '12 things wait, 0 are overdue' "with its figures"
like "$(listed)" 'and 2 more' "and what it leaves out"

# --- 200 deliveries
fresh
robot oaotoeobogowoxolrodoooo
target 群 wecom "$port" | configure 'first = 群'
at 0
tick
rows 200 某处坍塌 坍塌。
tick
is "$(listed | wc -l)" 200 "two hundred messages"
for minute in $(seq 1 3 40); do
	if [ "$minute" -eq 7 ]; then # a sender that is killed at its work
		"$send" --home "$home" -q --timeout 1 --patience 9 2>/dev/null &
		pid=$!
		sleep 0.3
		kill -9 $pid
		wait $pid 2>/dev/null
	fi
	"$send" --home "$home" -q --timeout 1 --patience 9 2>/dev/null
	at "$minute"
	tick
	[ "$(listed | grep -cE '"state":"(waiting|handed)"')" -eq 0 ] && break
done
is "$(listed | grep -cE '"state":"(waiting|handed)"')" 0 "none is left"
listed >"$tmp/listed"
is "$(grep -o 'S[0-9]*: suggested' "$log" | sort | uniq -d | wc -l)" 0 "no message arrived twice"
wrong=0 sent=0 told=0
while read -r line; do
	subject=$(sed 's/.*"subject":"\(S[0-9]*\)".*/\1/' <<<"$line")
	arrived=$(grep -c "$subject: suggested" "$log")
	case $line in
	*'"state":"sent"'*)
		sent=$((sent + 1))
		[ "$arrived" -eq 1 ] || wrong=$((wrong + 1)) ;;
	*'"state":"unknown"'*) told=$((told + 1)) ;;
	*'"state":"failed"'*)
		told=$((told + 1))
		[ "$arrived" -eq 0 ] || wrong=$((wrong + 1)) ;;
	esac
done <"$tmp/listed"
is "$wrong $((sent + told))" "0 200" "every one arrived once, or it stands there that it may not have ($sent sent)"
[ "$sent" -gt 100 ] && [ "$told" -gt 20 ]
ok_if $? "both kinds are there ($sent sent, $told told of)"
run "$huiying" --home "$home" status --check
like "$out" "[0-9]+ messages may not have arrived" "status says what may not have arrived"
like "$out" "[0-9]+ messages could not be delivered" "and what did not"
is "$(listed --failed | wc -l)" "$told" "the list has them all"
row=$(listed --failed | sed -n 's/.*"id":\([0-9]*\),.*"state":"failed".*/\1/p' | head -1)
as 甲 watch notify retry "N$row"
is "$rc" 0 "a person may have one sent again"
as 甲 watch notify retry "N$row"
is "$rc" 1 "not while it waits"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the record holds"

# --- hand to hand
fresh
robot o
target 群 webhook "$port" 'repeat_safe = yes' | configure 'first = 群'
as 甲 admin notify test 群
is "$rc" 0 "a test"
as 甲 admin notify test 某群
is "$rc" 3 "to a target that is there"
tick
mkdir -p "$home/outbox/sending"
mv "$home"/outbox/N*.json "$home/outbox/sending/"
"$send" --home "$home" -q 2>/dev/null
is "$(wc -l <"$log")" 1 "what a killed sender left is sent again where that is safe"
echo rubbish >"$home/outbox/N99-1.json"
run "$send" --home "$home"
is "$rc $(ls "$home/outbox/refused")" "0 N99-1.json" "rubbish is put aside and told"
like "$err" 'N99-1.json' "by its name"
chmod 644 "$home/secret-群"
as 甲 admin notify test 群
at 1
as 甲 admin notify test 群
tick
"$send" --home "$home" -q 2>/dev/null
tick
like "$(listed)" 'may be read by everybody' "a secret that everybody may read is refused"

# --- looked at without sending; robots that want a keyword
fresh
robot o
{ target 群 dingtalk "$port" 'keyword = 回应'; target 科长 wecom "$port"; } | configure 'first = 群' 'second = 科长'
as 甲 admin notify check
is "$rc" 0 "every target can be used"
like "$out" '^群 +dingtalk +first +回应 +good$' "what it is for, and its keyword"
chmod 644 "$home/secret-科长"
as 甲 admin notify check --json
is "$rc" 1 "one cannot"
like "$out" '"target":"科长","kind":"wecom","uses":"second","state":"bad","error":".*may be read by everybody"' "and why"
unlike "$out$err" "$secret" "no secret is shown"
as 甲 admin notify test 群
tick
"$send" --home "$home" -q 2>/dev/null
like "$(cat "$log")" '"content":"回应 ' "the keyword stands in what the robot gets"
{ target 群 webhook "$port" 'keyword = 回应'; } | configure 'first = 群'
as 甲 admin notify check
like "$rc $err" '^2 ' "a keyword of what is no chat robot"
like "$err" 'a keyword is one of wecom' "is refused where it stands"

# --- secrets
is "$(grep -rl "$secret" "$home"/outbox "$home"/ledger.db* "$tmp"/listed 2>/dev/null | wc -l)" 0 \
	"the secret of the address stands neither in files nor in the ledger"
