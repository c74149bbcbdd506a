#!/bin/bash
# How often and how politely: Crawl-delay, pauses per host that outlive a run, night hours,
# Retry-After and what is done without it, adaptive polling, the User-Agent.
# Two hosts, 8.8.4.4 and 8.8.4.5, are this server (tests/server/mapped.c); nobody waits.
. "$(dirname "$0")/lib.sh"
plan 58

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
feed() { echo "<rss version=\"2.0\"><channel><title>$1</title></channel></rss>"; }
for n in a b c; do feed $n >"$web/$n.xml"; done
start_server --dir "$web"
export HUIYING_TEST_MAP="8.8.4.4:80=127.0.0.1:$port 8.8.4.5:80=127.0.0.1:$port"
one=http://8.8.4.4 two=http://8.8.4.5
mapped=$BUILD/fetch-mapped
state=$home/state/fetch.json
config() { printf '[office]\nzone = UTC\n[fetch]\n%s' "${1:-host_interval_ms = 0$'\n'}" >"$home/huiying.conf"; }
sources() { cat >"$home/sources.conf"; }
source_row() { printf '[%s]\nurl = %s\n%s' "$1" "$2" "${3:-robots = no$'\n'}"; }
fresh() { rm -rf "$home/spool" "$home/state"; get /clear >/dev/null; }
asked() { get /log | grep -c "\"path\":\"$1\""; }
go() { get /clear >/dev/null; run "$mapped" --home "$home" "$@"; }
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f"; done; }
# field ID NAME: a number of the state
field() { sed -n "s/.*\"$1\":{\([^}]*\)}.*/\1/p" "$state" | sed -n "s/.*\"$2\":\([0-9]*\).*/\1/p"; }
set_field() { sed -i "s/\(\"$1\":{[^}]*\"$2\":\)[0-9]*/\1$3/" "$state"; }
now() { date +%s; }

# --- Crawl-delay ------------------------------------------------------------
config $'host_interval_ms = 0\npatience = 5s\n'
printf 'User-agent: *\nCrawl-delay: 30\n' >"$web/robots.txt"
{
	source_row a $one/a.xml $'robots = yes\n'
	source_row b $one/b.xml $'robots = yes\n'
} | sources
fresh
go
is "$rc $(asked /robots.txt) $(asked /a.xml) $(asked /b.xml)" "0 1 0 0" \
	"a Crawl-delay counts from robots.txt on, and the run does not wait for it"
like "$err" "2 fetches were left for later, their hosts want a pause" "what is left is said"
ready=$(field 8.8.4.4 ready)
[ "$ready" -gt $(($(now) + 20)) ] && [ "$ready" -le $(($(now) + 31)) ]
ok_if $? "the state knows when the host may be asked again"
go
is "$(asked /robots.txt) $(asked /a.xml)" "0 0" "the next run keeps to it"
set_field 8.8.4.4 ready 1
go
is "$(asked /robots.txt) $(asked /a.xml) $(asked /b.xml)" "0 1 0" "then one request, and a pause again"
set_field 8.8.4.4 ready 1
go
is "$(asked /a.xml) $(asked /b.xml)" "0 1" "and the other in the run after it"
printf 'User-agent: huiying\nDisallow: /x\n\nUser-agent: *\nCrawl-delay: 30\n' >"$web/robots.txt"
fresh
go
is "$(asked /a.xml) $(asked /b.xml)" "1 1" "a delay for others is none for us"
printf 'User-agent: *\nCrawl-delay: 86400\n' >"$web/robots.txt"
fresh
go
ready=$(field 8.8.4.4 ready)
[ "$ready" -le $(($(now) + 61)) ]
ok_if $? "a delay of a day counts as a minute"
printf 'User-agent: *\nCrawl-delay: 0.1\n' >"$web/robots.txt"
fresh
go
is "$(asked /a.xml) $(asked /b.xml)" "1 1" "a short delay is waited for"
rm "$web/robots.txt"

# --- a host of its own pace -------------------------------------------------
config $'host_interval_ms = 0\npatience = 5s\n[host 8.8.4.4]\ninterval_ms = 600000\n'
{
	source_row a $one/a.xml
	source_row b $one/b.xml
	source_row c $two/c.xml
} | sources
fresh
go
is "$(asked /a.xml) $(asked /b.xml) $(asked /c.xml)" "1 0 1" "one host is slow, the other is not"
go
is "$(asked /b.xml)" "0" "sources of one host share its pace, in the next run too"
set_field 8.8.4.4 ready $(($(now) + 9999999))
go
is "$(asked /b.xml)" "1" "a pause that another clock noted does not last for ever"
config $'host_intervall = 1\n'
go
is "$rc" 2 "an unknown key is refused"
config $'host_interval_ms = 0\n[host http://x/]\ninterval_ms = 5\n'
go
like "$rc $err" "^2 .*huiying.conf:[0-9]+:1: .*host name without scheme" "so is a host that is none"

# --- night ------------------------------------------------------------------
in_hours() { printf '%s-%s' "$(date -u -d "$1 hours" +%H:00)" "$(date -u -d "$2 hours" +%H:00)"; }
always=00:00-24:00 later=$(in_hours 6 8)
{
	source_row a $one/a.xml
	source_row b $one/b.xml $'robots = no\nnight = normal\n'
	source_row c $two/c.xml $'robots = no\nnight = only\n'
} | sources
config $'host_interval_ms = 0\nnight = no\nnight_hours = '$always$'\n'
fresh
go
is "$(asked /a.xml) $(asked /b.xml) $(asked /c.xml)" "0 1 1" "at night: not, as always, only then"
go --all
is "$(asked /a.xml)" 1 "a person who says --all is obeyed"
config $'host_interval_ms = 0\nnight = no\nnight_hours = '$later$'\n'
fresh
go
is "$(asked /a.xml) $(asked /b.xml) $(asked /c.xml)" "1 1 0" "by day the other way round"
config $'host_interval_ms = 0\nnight_hours = '$later$'\n[host 8.8.4.4]\nnight = no\nnight_hours = '$always$'\n'
fresh
go
is "$(asked /a.xml) $(asked /b.xml) $(asked /c.xml)" "0 1 0" "a host has hours of its own"
config $'host_interval_ms = 0\nnight = slow\nnight_hours = '$always$'\n'
source_row a $one/a.xml $'robots = no\nevery = 10m\n' | sources
fresh
go
set_field a next $(($(now) - 60))
go
is "$(asked /a.xml)" 0 "slow: what is due by day is not yet due at night"
set_field a next $(($(now) - 1801))
go
is "$(asked /a.xml)" 1 "but after four times its interval"
mkdir -p "$home/spool"
for k in page evidence; do printf '{"id":"%s","url":"%s/b.xml","kind":"%s"}\n' $k $one $k; done >"$home/spool/wanted.jsonl"
config $'host_interval_ms = 0\nnight = no\nnight_hours = '$always$'\n'
go --wanted-only
like "$(asked /b.xml) $err" "^1 .*1 wanted address waits for other hours" "evidence does not wait for the morning"
like "$(warc)" '"want":"evidence","kind":"evidence"' "the rest does"
[ -e "$home/spool/.waiting" ]
is $? 1 "something was fetched: the units may go on"
sed -i /evidence/d "$home/spool/wanted.jsonl"
go --wanted-only
is "$rc $(ls -A "$home/spool" | grep -c waiting)" "0 1" "all of it waits for the morning: a mark for the units"
go --no-wanted
is "$(ls -A "$home/spool" | grep -c waiting)" 0 "which the next whole run takes away"
rm "$home/spool/wanted.jsonl"
config $'night = maybe\n'
go
like "$rc $err" "^2 .*night must be normal, slow, no or only" "a wrong word is refused with its place"
config $'night_hours = 23-6\n'
go
like "$rc $err" "^2 .*night_hours must be two times" "wrong hours too"

# --- Retry-After, and without it --------------------------------------------
config
{
	source_row busy "$one/retry-after/429?seconds=3000"
	source_row a $one/a.xml
	source_row c $two/c.xml
} | sources
fresh
go
is "$(asked /retry-after/429) $(asked /a.xml) $(asked /c.xml)" "1 0 1" "429: its whole host rests"
rest=$(($(field 8.8.4.4 rest) - $(now)))
[ "$rest" -gt 2980 ] && [ "$rest" -le 3061 ]
ok_if $? "for as long as Retry-After says"
go --all
is "$(asked /retry-after/429) $(asked /a.xml) $(asked /c.xml)" "0 0 1" "in the next run too, even with --all"
at=$(TZ=UTC LC_ALL=C date -d "+2 hours" "+%a,%%20%d%%20%b%%20%Y%%20%H:%M:%S%%20GMT")
source_row busy "$one/retry-after/503?value=$at" | sources
fresh
go
rest=$(($(field busy retry_after) - $(now)))
[ "$rest" -gt 7100 ] && [ "$rest" -le 7201 ]
ok_if $? "Retry-After as a date"
source_row busy "$one/retry-after/503?seconds=99999999" | sources
fresh
go
rest=$(($(field busy retry_after) - $(now)))
[ "$rest" -gt 86000 ] && [ "$rest" -le 86400 ]
ok_if $? "no pause is longer than a day"
source_row busy "$one/retry-after/429?bare=1" | sources
fresh
go
rest=$(($(field 8.8.4.4 rest) - $(now)))
[ "$rest" -ge 58 ] && [ "$rest" -le 76 ]
ok_if $? "429 without Retry-After: a minute and some seconds by chance"
is "$(field busy retry_after)" 0 "which is no promise of the server's"
set_field 8.8.4.4 rest 1
go --all
rest=$(($(field 8.8.4.4 rest) - $(now)))
is "$(asked /retry-after/429) $(field 8.8.4.4 streak)" "1 2" "the second time in a row"
[ "$rest" -ge 118 ] && [ "$rest" -le 151 ]
ok_if $? "two minutes"
set_field 8.8.4.4 rest 1
source_row busy $one/a.xml | sources
go --all
streak=$(field 8.8.4.4 streak)
is "${streak:-0}" 0 "a good answer ends it"

# --- failures ---------------------------------------------------------------
{
	source_row down $one/nothing.xml
	source_row a $two/a.xml
} | sources
fresh
go
is "$(field down streak)" 1 "a failure"
wait=$(($(field down next) - $(field down checked)))
[ "$wait" -ge 900 ] && [ "$wait" -le 1125 ]
ok_if $? "is asked again behind its interval and up to a quarter more"
go --all
wait=$(($(field down next) - $(field down checked)))
[ "$wait" -ge 1800 ] && [ "$wait" -le 2250 ]
ok_if $? "then twice as long"
config $'host_interval_ms = 0\nconcurrency = 1\n'
go --all
is "$(get /log | grep -o '"path":"[^"]*"' | head -1)" '"path":"/a.xml"' "what failed the last time is asked last"

# --- adaptive polling -------------------------------------------------------
config
source_row a $one/a.xml $'robots = no\nevery = 20m\n' | sources
fresh
for i in 1 2 3 4 5; do go --all; done
is "$(field a quiet) $(field a interval)" "4 1875" "four times nothing new: 20 minutes have become 31"
like "$("$huiying" sources list --home "$home")" '^a +yes +feed +20 +31 ' "sources list shows both"
like "$("$huiying" sources list --json --home "$home")" '"every":1200,.*"every_min":600,"every_max":4800,"interval":1875,"next":"20[^"]*Z","quiet":4' \
	"its JSON too"
is "$(field a next)" $(($(field a checked) + 1875)) "and that is when it is due"
feed changed >"$web/a.xml"
go --all
is "$(field a quiet) $(field a interval)" "0 1200" "something new: back to every"
feed again >"$web/a.xml"
go --all
is "$(field a interval)" 900 "and again: faster, for it has been seen unchanged before"
printf 'ETag: "x"\nCache-Control: private, max-age=2400\nAge: 600\n' >"$web/a.xml.headers"
feed fresh >"$web/a.xml"
go --all
is "$(($(field a next) - $(field a checked)))" 1800 "max-age less Age is waited for"
printf 'Cache-Control: max-age=31536000\n' >"$web/a.xml.headers"
go --all
is "$(($(field a next) - $(field a checked)))" 4800 "but not beyond the slowest pace"
rm "$web/a.xml.headers"
# A server without validators sends the same bytes: nothing new either.
source_row b "$one/big?size=3000" $'robots = no\nevery = 20m\nevery_max = 25m\n' | sources
fresh
for i in 1 2 3 4 5 6; do go --all; done
is "$(field b quiet) $(field b interval)" "5 1500" "the same bytes count as nothing new; every_max is the end"
unlike "$(get /log)" 'if-none-match' "(it was asked without conditions)"
config $'host_interval_ms = 0\nadaptive = no\n'
go --all
is "$(field b interval)" 1200 "adaptive = no: always every"
source_row b $one/b.xml $'every = 20m\nevery_min = 30m\n' | sources
go
like "$rc $err" "^2 .*sources.conf:4:[0-9]+: every_min: must be from 1m to every" "limits that do not fit are refused"

# --- who asks ---------------------------------------------------------------
source_row a $two/a.xml | sources
agent() { # agent NAME CONTACT
	printf '[office]\n%s%s[fetch]\nhost_interval_ms = 0\n' "${1:+name = $1$'\n'}" "${2:+contact = $2$'\n'}" >"$home/huiying.conf"
	go --all
	get /log | sed -n 's/.*"user-agent":"\([^"]*\)".*/\1/p'
}
is "$(agent 某办 mailto:a@example.gov.cn)" "huiying/0.1.0 (%E6%9F%90%E5%8A%9E; +mailto:a@example.gov.cn)" \
	"the office and whom to write to"
is "$(agent 'Office (1); x' '')" "huiying/0.1.0 (Office %281%29%3B x)" "nothing ends the comment early"
is "$(agent "$(printf '某%.0s' {1..200})" mailto:a@example.gov.cn)" "huiying/0.1.0 (+mailto:a@example.gov.cn)" \
	"an endless name is left out, the contact stays"
is "$(agent '' '')" "huiying/0.1.0" "and none at all"

# --- status -----------------------------------------------------------------
demo=$tmp/demo
"$huiying" init "$demo" --demo -q 2>/dev/null
cp "$home/sources.conf" "$demo/"
mkdir -p "$demo/state"
cp "$state" "$demo/state/"
like "$("$huiying" --home "$demo" status --json 2>/dev/null)" '"id":"a",[^}]*"every":900,"interval":[0-9]+,"next":"' "status knows the pace"
