#!/bin/bash
# What the fetcher does with peers that give too much, too little or nothing, with
# signals, and with a disk that fills up.
. "$(dirname "$0")/lib.sh"
plan 45

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
echo '<rss version="2.0"><channel><title>good</title></channel></rss>' >"$web/good.xml"
start_server --dir "$web"
site=http://127.0.0.1:$port
raw=http://127.0.0.1:$(sed -n 's/^RAW //p' "$tmp/server.out")
config() { printf '[fetch]\nhost_interval_ms = 0\n%s' "${1:-}" >"$home/huiying.conf"; }
config
source_row() { printf '[%s]\nurl = %s\nallow_private = yes\nrobots = no\n' "$1" "$2"; }
one_source() { source_row "$1" "$2" >"$home/sources.conf"; }
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f" | tr -d '\0'; done; }
fresh() { rm -rf "$home/spool" "$home/state"; }
go() { fresh; run "$fetch" --home "$home"; }
small_memory() { fresh; run bash -c "${SANITIZED:+:} ulimit -v 524288; exec '$fetch' --home '$home'"; }
spool_kib() { du -sk "$home/spool" | cut -f1; }

# --- too much ---------------------------------------------------------------
one_source big "$site/big?size=10000000000"
small_memory
is "$rc" 0 "an endless body does not fail the run"
like "$(warc)" '"source":"big","kind":"feed","error":"too-large","detail":"a body of more than 8388608 bytes"' "it is cut at 8 MiB"
like "$(warc)" "^WARC-Truncated: length" "and marked as cut"
[ "$(spool_kib)" -lt 100 ]
ok_if $? "little of it is kept ($(spool_kib) KiB)"
one_source bomb "$site/bomb?mb=10240"
small_memory
like "$(warc)" '"source":"bomb","kind":"feed","error":"too-large"' "10 GiB of zeros, 10 MiB on the wire: cut"
one_source bomb "$site/bomb?mb=1024"
small_memory
like "$(warc)" '"source":"bomb","kind":"feed","hop":0' "1 GiB of zeros, 1 MiB on the wire: stored as it came"
[ "$(spool_kib)" -lt 3000 ]
ok_if $? "and not inflated"
one_source headers "$raw/endless-headers"
small_memory
like "$(warc)" '"source":"headers","kind":"feed","error":"too-large","detail":"more than 65536 bytes of headers"' "endless headers"
one_source headers "$site/headers?n=900"
go
like "$(warc)" '"error":"too-large"' "92 kB of headers"
one_source headers "$site/headers?n=300"
go
like "$(warc)" '"source":"headers","kind":"feed","hop":0' "30 kB of headers are well"
head -c 1500000 /dev/urandom | base64 >"$web/large.xml"
one_source large "$site/large.xml"
go
is "$(warc | grep -c -F -x -f <(shuf -n 200 --random-source="$web/large.xml" "$web/large.xml"))" 200 "a body of 2 MB comes whole"
like "$(warc)" "^Content-Length: $(stat -c %s "$web/large.xml")" "to the byte"

# --- too little, nothing, nonsense ------------------------------------------
config $'low_speed_time = 2s\ntimeout = 4s\n'
one_source drip "$site/slow?bytes_per_second=1"
go
like "$(warc)" '"source":"drip","kind":"feed","error":"timeout"' "a byte a second"
like "$(warc)" "^WARC-Truncated: time" "is cut by time"
{
	source_row silent "$raw/silent"
	source_row drip "$site/slow?bytes_per_second=1"
	source_row good "$site/good.xml"
} >"$home/sources.conf"
go
like "$(warc)" '"source":"silent","kind":"feed","error":"timeout"' "a silent peer"
like "$(warc)" "<title>good</title>" "does not keep the good source from coming"
for after in 0 1 100 5000; do
	one_source reset "$raw/reset?after=$after"
	go
	like "$(warc)" '"source":"reset","kind":"feed","error":"broken"' "reset after $after bytes of body"
done
one_source short "$raw/short?after=7&length=100"
go
like "$(warc)" '"source":"short","kind":"feed","error":"broken"' "a body that is shorter than it said"
like "$(warc)" "^WARC-Truncated: disconnect" "is marked"
like "$(cat "$home/state/fetch.json")" '"short":\{"asked":"[^"]*","error":"broken"' "and no validators are remembered"
printf 'STATUS 206\nContent-Range: bytes 0-40/4000\n' >"$web/part.xml.headers"
head -c 41 "$web/good.xml" >"$web/part.xml"
one_source part "$site/part.xml"
go
like "$(warc)" '"source":"part","kind":"feed","error":"http","detail":"HTTP status 206"' "a part that nobody asked for"
like "$(cat "$home/state/fetch.json")" '"part":\{"asked":"[^"]*","error":"http"' "is not taken for the whole"
rm "$web"/part.xml*
one_source nonsense "$raw/garbage"
go
like "$(warc)" '"source":"nonsense","kind":"feed","error":"http"' "no HTTP at all"

# --- the deadline -----------------------------------------------------------
config $'deadline = 2s\n'
{
	source_row good "$site/good.xml"
	source_row drip "$raw/silent"
} >"$home/sources.conf"
go
is "$rc" 3 "a run that meets its deadline says so by exit 3"
like "$err" "deadline of 2 s" "and in words"
like "$(warc)" "<title>good</title>" "what was complete is kept"

# --- the disk ---------------------------------------------------------------
config $'free_mib = 16777216\n'
go
is "$rc" 3 "below the free-space floor nothing is fetched"
like "$err" "only [0-9]+ MiB are free in .*; crawling stops below 16777216 MiB" "with the reason"
config $'free_mib = 0\n'
one_source large "$site/large.xml"
fresh
if unshare -Urm true 2>/dev/null; then
	run unshare -Urm bash -c "mkdir -p '$home/spool' && mount -t tmpfs -o size=200k none '$home/spool' && '$fetch' --home '$home'; rc=\$?; ls '$home/spool'; exit \$rc"
	is "$rc" 3 "a full disk is exit 3"
	like "$err" "No space left on device" "with the reason"
	unlike "$(cat "$home/state/fetch.json" 2>/dev/null)" '"etag"' "and the lost answer is not taken for fetched"
else
	for n in 1 2 3; do ok_if 0 "full disk # SKIP no user namespaces here"; done
fi

fresh
run bash -c "ulimit -f 4; exec '$fetch' --home '$home'"
is "$rc" 3 "a file that may not grow is exit 3"
like "$err" "File too large" "with the reason"
unlike "$(cat "$home/state/fetch.json" 2>/dev/null)" '"large":\{[^}]*"etag"' "and nothing lost is taken for fetched"

# --- signals ----------------------------------------------------------------
config
{
	source_row good "$site/good.xml"
	source_row silent "$raw/silent"
} >"$home/sources.conf"
start() { # until the good one is done and the silent one is under way
	fresh
	mkfifo "$tmp/progress"
	"$fetch" --home "$home" --progress-fd 3 3>"$tmp/progress" 2>"$tmp/err" &
	pid=$!
	exec 4<"$tmp/progress"
	read -r _ <&4
	rm "$tmp/progress"
}
start
kill -TERM $pid
began=$(date +%s)
wait $pid
is "$?" 3 "SIGTERM ends the run with exit 3"
[ $(($(date +%s) - began)) -le 5 ]
ok_if $? "within 5 s"
like "$(warc)" "<title>good</title>" "the file is closed, what was complete is in it"
start
kill -KILL $pid
wait $pid 2>/dev/null
is "$(ls "$home/spool" | sed 's/.*\.warc/warc/')" "warc.gz.open" "kill -9 leaves an open file"
one_source good "$site/good.xml"
run "$fetch" --home "$home"
like "$err" "1 file of an interrupted run was completed" "the next run saves it"
{
	source_row good "$site/good.xml"
	source_row silent "$raw/silent"
} >"$home/sources.conf"
start
exec 4<&-
one_source good "$site/good.xml"
run "$fetch" --home "$home" --all
is "$rc" 0 "a run whose starter was killed makes way for the next"
wait $pid
is "$?" 3 "it ends with exit 3"
like "$(cat "$tmp/err")" "the program that started this run is gone" "and says why"
