#!/bin/bash
# What docs/feed-reader-behaviour.md promises about conditional requests, asked of the server's
# log. 8.8.4.4 and 8.8.4.5 are the loopback server (tests/server/mapped.c).
. "$(dirname "$0")/lib.sh"
plan 23

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
feed() { echo "<rss version=\"2.0\"><channel><title>$1</title></channel></rss>"; }
feed a >"$web/a.xml"
feed b >"$web/b.xml"
start_server --dir "$web"
export HUIYING_TEST_MAP="8.8.4.4:80=127.0.0.1:$port 8.8.4.5:80=127.0.0.1:$port"
one=http://8.8.4.4
state=$home/state/fetch.json
printf '[fetch]\nhost_interval_ms = 0\n' >"$home/huiying.conf"
source_row() { printf '[%s]\nurl = %s\nrobots = no\n' "$1" "$2" >"$home/sources.conf"; }
fresh() { rm -rf "$home/spool" "$home/state"; }
go() { get /clear >/dev/null; run "$BUILD/fetch-mapped" --home "$home" --all; get /log >"$tmp/log"; }
header() { sed -n "/\"path\":\"${2//\//\\/}\"/s/.*\"$1\":\"\(\(\\\\.\|[^\"\\\\]\)*\)\".*/\1/p" "$tmp/log"; }
set_field() { sed -i "s/\(\"$1\":{[^}]*\"$2\":\)[0-9]*/\1$3/" "$state"; }

# --- a first and a second request -------------------------------------------
source_row a $one/a.xml
printf 'Set-Cookie: id=1; Path=/\n' >"$web/a.xml.headers"
go
unlike "$(cat "$tmp/log")" 'if-none-match|if-modified-since' "the first request invents nothing (FRB012, FRB013)"
is "$(grep -o '"method":"[A-Z]*"' "$tmp/log" | sort -u)" '"method":"GET"' "it is a GET"
etag=$(sed -n 's/.*"etag":"\(\(\\.\|[^"\\]\)*\)".*/\1/p' "$state")
modified=$(sed -n 's/.*"last_modified":"\([^"]*\)".*/\1/p' "$state")
like "$etag" '^\\".*\\"$' "an ETag is kept with its quotes (FRB003)"
go
is "$(header if-none-match /a.xml)" "$etag" "and comes back byte for byte (FRB004)"
is "$(header if-modified-since /a.xml)" "$modified" "and so does the date (FRB002)"
unlike "$(cat "$tmp/log")" '"cookie"|"referer"|"authorization"' "without cookies or tracks (FRB019)"
rm "$web/a.xml.headers"

# --- errors leave the validators --------------------------------------------
for status in 429 500 404; do
	printf 'STATUS %s\n' $status >"$web/a.xml.headers"
	feed "a $status" >"$web/a.xml"
	go
	rm "$web/a.xml.headers"
	[ -e "$state" ] && set_field 8.8.4.4 rest 1
	go
	is "$(header if-none-match /a.xml)" "$etag" "a $status does not make the next request unconditional (FRB016)"
	etag=$(sed -n 's/.*"etag":"\(\(\\.\|[^"\\]\)*\)".*/\1/p' "$state")
done

# --- 304 --------------------------------------------------------------------
printf 'ETag: "of today"\n' >"$web/a.xml.headers"
go
rm "$web/a.xml.headers"
go
is "$(header if-none-match /a.xml)" '\"of today\"' "a 304 with a new ETag is the one of today (FRB014)"
fresh
printf 'STATUS 304\n' >"$web/a.xml.headers"
go
like "$err" "a: http: HTTP status 304" "a 304 that nobody asked for is an error (FRB007)"
like "$(cat "$state")" '"a":\{"asked":"[^"]*","reading":"[^"]*","error":"http"' "and is remembered as one"
rm "$web/a.xml.headers"

# --- whose they are ---------------------------------------------------------
fresh
source_row a "$one/redirect?to=/b.xml"
go
go
is "$(header if-none-match /redirect)" "" "a redirect gets no validators of another page (FRB008)"
like "$(header if-none-match /b.xml)" '^\\".*\\"$' "its target gets its own"
source_row a "$one/redirect?to=http://8.8.4.5/b.xml"
go
is "$(header if-none-match /b.xml)" "" "the same path on another host is another page"
source_row a $one/a.xml
go
is "$(header if-none-match /a.xml)" "" "a source with a new address is asked anew"

# --- what a broken answer leaves --------------------------------------------
fresh
go
etag=$(sed -n 's/.*"etag":"\(\(\\.\|[^"\\]\)*\)".*/\1/p' "$state")
head -c 9000000 /dev/zero | tr '\0' x >"$web/a.xml"
go
like "$err" "a: too-large" "an answer that is too large"
is "$(sed -n 's/.*"etag":"\(\(\\.\|[^"\\]\)*\)".*/\1/p' "$state")" "$etag" "leaves the validators of the last good one (FRB009)"
feed back >"$web/a.xml"
go
is "$(header if-none-match /a.xml)" "$etag" "which the next request carries"
like "$(zcat "$home"/spool/*.warc.gz | tr -d '\0')" '<title>back</title>' "and the next good answer comes whole"

# --- by the clock nothing is forgotten --------------------------------------
go
etag=$(sed -n 's/.*"etag":"\(\(\\.\|[^"\\]\)*\)".*/\1/p' "$state")
for field in checked succeeded next; do set_field a $field 1000000000; done
go
is "$(header if-none-match /a.xml)" "$etag" "after twenty years the validators are still there (FRB010, FRB017)"

# --- one connection, one host -----------------------------------------------
for n in 1 2 3 4 5 6; do printf '[s%s]\nurl = %s/slow?bytes_per_second=2000&size=2000&n=%s\nrobots = no\n' $n $one $n; done >"$home/sources.conf"
fresh
mkfifo "$tmp/progress"
get /clear >/dev/null
"$BUILD/fetch-mapped" --home "$home" --progress-fd 3 3>"$tmp/progress" 2>/dev/null &
exec 4<"$tmp/progress"
read -r _ <&4
[ "$(get /log | grep -c '"path":"/slow"')" -le 2 ]
ok_if $? "one answer of a host is there, and at most one more is asked for (FRB033)"
cat <&4 >/dev/null
wait $!
is "$(get /log | grep -c '"path":"/slow"')" 6 "in the end all six came"
