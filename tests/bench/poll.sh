#!/bin/bash
# poll.sh - Huiying beside its peers on the same feeds in one run: polls, connections,
# parsers, and growth. Run by `make bench`; a goal that is missed is told and no fault.
#
# 1,000 feeds of 20 items are served by nginx (one worker) on loopback addresses, each a
# host of its own kind. Every pass is checked to have done the whole work: what the server
# answered, and what was stored. A peer that is not installed is named and left out, and the
# exit is 1 then.
# $CORPUS: a file of texts in .xz; $BUILD: the build directory.
set -u
export LC_ALL=C LANGUAGE=en TZ=UTC PATH=$PATH:/usr/sbin
top=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-$top/build}
feeds=1000 items=20 hosts=50 big=5 big_items=4000
tmp=$(mktemp -d "${TMPDIR:-/tmp}/huiying-poll.XXXXXX")
export HOME=$tmp/no-home HUIYING_SHIPPED=$top/rules
unset HUIYING_HOME XDG_CONFIG_HOME XDG_DATA_HOME CURL_CA_BUNDLE SSL_CERT_FILE
server=""

finish() {
	[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
	rm -rf "$tmp"
}
trap finish EXIT
die() {
	echo "poll.sh: $*" >&2
	exit 3
}
has() { command -v "$1" >/dev/null 2>&1; }

# --- the server -------------------------------------------------------------------
free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport'
}

# A CA of our own at the end of a bundle as large as the system's.
make_certificates() {
	local names=DNS:localhost i
	for i in $(seq $hosts); do names=$names,IP:127.0.0.$i; done
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=bench-ca \
		-keyout "$tmp/ca.key" -out "$tmp/ca.pem" 2>/dev/null &&
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 \
			-keyout "$tmp/key.pem" -out "$tmp/req.pem" 2>/dev/null &&
		printf 'subjectAltName=%s\n' "$names" >"$tmp/names" &&
		openssl x509 -req -in "$tmp/req.pem" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" -CAcreateserial \
			-days 2 -extfile "$tmp/names" -out "$tmp/cert.pem" 2>/dev/null &&
		cat /etc/ssl/certs/ca-certificates.crt "$tmp/ca.pem" >"$tmp/bundle.pem" ||
		die "cannot make certificates"
}

write_nginx_conf() {
	[ "$(id -u)" -ne 0 ] || echo "user root;"
	cat <<-E
		worker_processes 1;
		pid $tmp/nginx.pid;
		error_log $tmp/error.log;
		events { worker_connections 2048; }
		http {
			types { text/xml xml; }
			log_format status '\$status';
			access_log $tmp/access.log status;
			client_body_temp_path $tmp; proxy_temp_path $tmp; fastcgi_temp_path $tmp;
			uwsgi_temp_path $tmp; scgi_temp_path $tmp;
			keepalive_requests 100000;
			server {
				root $tmp/web;
				gzip_static $1;
				ssl_certificate $tmp/cert.pem;
				ssl_certificate_key $tmp/key.pem;
				ssl_session_cache off;
				ssl_session_tickets off;
	E
	for i in $(seq $hosts); do
		echo "listen 127.0.0.$i:$port; listen 127.0.0.$i:$tls_port ssl;"
	done
	echo "} }"
}

# start_server on|off: whether an answer is compressed for whoever accepts it.
start_server() {
	for _ in 1 2 3 4 5; do
		port=$(free_port) tls_port=$(free_port)
		write_nginx_conf "$1" >"$tmp/nginx.conf"
		nginx -p "$tmp" -c "$tmp/nginx.conf" -g 'daemon off;' 2>"$tmp/nginx.err" &
		server=$!
		for _ in $(seq 200); do
			[ -s "$tmp/nginx.pid" ] && return
			kill -0 "$server" 2>/dev/null || break
			perl -e 'select undef, undef, undef, 0.05'
		done
	done
	cat "$tmp/nginx.err" >&2
	die "nginx does not start"
}

stop_server() {
	kill "$server" && wait "$server" 2>/dev/null
	server=""
}

forget_answers() { : >"$tmp/access.log"; }
# answers STATUS: how many the server gave since.
answers() { grep -c "^$1\$" "$tmp/access.log"; }
# checked WHAT GOT WANT
checked() { [ "$2" -eq "$3" ] || die "$1: $2 where $3 are wanted"; }

# url N [QUERY]: of feed N, the hosts in turn.
url() { printf 'http://127.0.0.%d:%d/%04d.xml' $(($1 % hosts + 1)) "$port" $(($1 % feeds)); }

# --- measuring --------------------------------------------------------------------
# timed COMMAND…: sets wall, cpu (seconds) and rss (MB); its output is dropped.
timed() {
	local from=$EPOCHREALTIME to user system kb
	/usr/bin/time -q -o "$tmp/time" -f '%U %S %M' "$@" >"$tmp/out" 2>"$tmp/err" ||
		{ tail -3 "$tmp/err" "$tmp/time" >&2 && die "it failed: $*"; }
	to=$EPOCHREALTIME
	read -r user system kb <"$tmp/time"
	wall=$(calc "$to - $from") cpu=$(calc "$user + $system") rss=$(calc "$kb / 1024")
}
calc() { awk "BEGIN { printf \"%.4f\", $1 }"; }
# row WHAT COUNT UNIT: one line of the table, of the last timed.
row() {
	awk -v w="$wall" -v c="$cpu" -v m="$rss" -v n="$2" -v what="$1" -v unit="$3" 'BEGIN {
		printf "  %-44s %9.0f %s/s  wall %7.3f s  cpu %7.2f s  %6.1f MB\n", what, n / w, unit, w, c, m }'
}
# middle A B C
middle() { printf '%s\n' "$@" | sort -n | sed -n 2p; }
ratios=""
# ratio WHAT OURS THEIRS GOAL: of two times; more than one means that we are faster.
ratio() {
	ratios+=$(awk -v w="$1" -v a="$2" -v b="$3" -v g="$4" 'BEGIN {
		printf "  %-56s %8.2f x  (goal >= %s: %s)", w, b / a, g, (b / a >= g ? "met" : "missed") }')$'\n'
}
missing=0
not_run() {
	missing=$((missing + 1))
	printf '  %-44s not run: %s is not installed\n' "$1" "$2"
}

# --- Huiying ----------------------------------------------------------------------
h() { "$BUILD/huiying" --home "$tmp/home" "$@"; }
f() { "$BUILD/huiying-fetch" --home "$1" --quiet --all; }

# instance DIR COUNT: COUNT sources, every one a feed.
instance() {
	"$BUILD/huiying" init "$1" --demo -q >/dev/null 2>&1 || die "init"
	printf '\nhost_interval_ms = 0\nconcurrency = 32\n' >>"$1/huiying.conf"
	for i in $(seq 0 $(($2 - 1))); do
		printf '[s%d]\nkind = feed\nurl = %s?%d\nallow_private = yes\n\n' "$i" "$(url "$i")" $((i / feeds))
	done >"$1/sources.conf"
}

stored_items() { sqlite3 "$tmp/home/ledger.db" 'SELECT count(*) FROM items'; }

poll_huiying() {
	local walls=() cpus=()
	for _ in 1 2 3; do
		rm -rf "$tmp/home"
		instance "$tmp/home" $feeds
		forget_answers
		timed "$BUILD/huiying" --home "$tmp/home" crawl --all -q
		checked "huiying: answers" "$(answers 200)" $feeds
		checked "huiying: items" "$(stored_items)" $((feeds * items))
		walls+=("$wall") cpus+=("$cpu")
	done
	wall=$(middle "${walls[@]}") cpu=$(middle "${cpus[@]}")
	row "huiying crawl, cold: fetched and stored" $feeds feeds
	cold=$wall
	row "  the same, in items" $((feeds * items)) items
	wall=$cpu
	row "  the same, items a second a core (all threads)" $((feeds * items)) items
	forget_answers
	timed "$BUILD/huiying" --home "$tmp/home" crawl --all -q
	checked "huiying: unchanged" "$(answers 304)" $feeds
	row "huiying crawl, all 304" $feeds feeds
	same=$wall
}

# three NAME FUNCTION: the middle of three runs in wall; cpu and rss of the last.
fetch_three() { # HOME STATUS
	local walls=()
	for _ in 1 2 3; do
		[ "$2" -eq 304 ] || rm -rf "$1/state/fetch.json"
		rm -f "$1"/spool/*.gz
		forget_answers
		timed "$BUILD/huiying-fetch" --home "$1" --quiet --all
		checked "huiying-fetch: answers" "$(answers "$2")" "$3"
		walls+=("$wall")
	done
	wall=$(middle "${walls[@]}")
}

fetch_alone() {
	instance "$tmp/alone" $feeds
	fetch_three "$tmp/alone" 200 $feeds
	row "huiying-fetch alone, cold, into WARC$1" $feeds feeds
	printf '  %-44s %9.1f MB   (packed as far as there was time)\n' "  its WARC file" \
		"$(calc "$(cat "$tmp/alone"/spool/*.gz | wc -c) / 1e6")"
	fetched=$wall
	fetch_three "$tmp/alone" 304 $feeds
	row "huiying-fetch alone, all 304$1" $feeds feeds
	fetched_same=$wall
	rm -rf "$tmp/alone"
}

# --- peers ------------------------------------------------------------------------
poll_newsboat() {
	has newsboat || { not_run "newsboat -x reload" newsboat && return; }
	mkdir -p "$tmp/newsboat"
	for i in $(seq 0 $((feeds - 1))); do url "$i" && echo; done >"$tmp/newsboat/urls"
	: >"$tmp/newsboat/config"
	local reload=(newsboat -x reload -u "$tmp/newsboat/urls" -c "$tmp/newsboat/cache.db" -C "$tmp/newsboat/config")
	forget_answers
	timed "${reload[@]}"
	checked "newsboat: answers" "$(answers 200)" $feeds
	checked "newsboat: items" "$(sqlite3 "$tmp/newsboat/cache.db" 'SELECT count(*) FROM rss_item')" $((feeds * items))
	row "newsboat -x reload, cold" $feeds feeds
	ratio "cold poll, stored: huiying crawl / newsboat" "$cold" "$wall" 20
	timed "${reload[@]}" # it keeps ETags only from the second pass on
	forget_answers
	timed "${reload[@]}"
	checked "newsboat: unchanged" "$(answers 304)" $feeds
	row "newsboat -x reload, all 304" $feeds feeds
	ratio "all 304: huiying-fetch / newsboat" "$fetched_same" "$wall" 100
	ratio "all 304: huiying crawl / newsboat" "$same" "$wall" 100
}

poll_sfeed() {
	has sfeed_update || { not_run "sfeed_update, 16 jobs" sfeed && return; }
	mkdir -p "$tmp/sfeed/feeds"
	{
		printf 'sfeedpath=%s/sfeed/feeds\nmaxjobs=16\nfeeds() {\n' "$tmp"
		for i in $(seq 0 $((feeds - 1))); do printf "feed 's%d' '%s'\n" "$i" "$(url "$i")"; done
		echo "}"
	} >"$tmp/sfeed/sfeedrc"
	forget_answers
	timed sfeed_update "$tmp/sfeed/sfeedrc"
	checked "sfeed_update: answers" "$(answers 200)" $feeds
	checked "sfeed_update: items" "$(cat "$tmp"/sfeed/feeds/* | wc -l)" $((feeds * items))
	row "sfeed_update, 16 jobs, cold" $feeds feeds
	ratio "cold poll, stored: huiying crawl / sfeed_update" "$cold" "$wall" 20
}

# fetch_curl WHERE: `curl -Z` into files, with --compressed when the server compresses.
fetch_curl() {
	has curl || { not_run "curl -Z --parallel-max 50" curl && return; }
	local walls=() more=()
	[ "$1" != ", gzip" ] || more=(--compressed)
	mkdir -p "$tmp/curl"
	for i in $(seq 0 $((feeds - 1))); do
		printf 'url = "%s"\noutput = "%s/curl/%d"\n' "$(url "$i")" "$tmp" "$i"
	done >"$tmp/curl.conf"
	for _ in 1 2 3; do
		forget_answers
		timed curl -q -s -Z --parallel-max 50 "${more[@]}" -K "$tmp/curl.conf"
		checked "curl -Z: answers" "$(answers 200)" $feeds
		walls+=("$wall")
	done
	wall=$(middle "${walls[@]}")
	checked "curl -Z: items" "$(cat "$tmp"/curl/* | grep -c '<item>')" $((feeds * items))
	row "curl -Z --parallel-max 50, into files$1" $feeds feeds
	ratio "fetch: huiying-fetch (writes WARC) / curl -Z$1" "$fetched" "$wall" 1.0
	rm -rf "$tmp/curl"
}

# --- parts ------------------------------------------------------------------------
parse_ours() { for i in "$tmp"/web/big-*.xml; do "$BUILD/huiying" parse --type feed "$i" || return; done; }
parse_theirs() { for i in "$tmp"/web/big-*.xml; do sfeed <"$i" || return; done; }

compare_parsers() {
	local ours=() theirs=() n=$((big * big_items))
	has sfeed || { not_run "sfeed(1)" sfeed && return; }
	export BUILD tmp
	export -f parse_ours parse_theirs
	for _ in 1 2 3; do
		timed bash -c parse_ours
		checked "huiying parse: items" "$(grep -c '"kind":"item"' "$tmp/out")" "$n"
		ours+=("$cpu")
		timed bash -c parse_theirs
		checked "sfeed: items" "$(wc -l <"$tmp/out")" "$n"
		theirs+=("$cpu")
	done
	wall=$(middle "${ours[@]}") cpu=$wall
	row "huiying parse, $big files of $big_items items (cpu)" "$n" items
	wall=$(middle "${theirs[@]}") cpu=$wall
	row "sfeed(1), the same files (cpu)" "$n" items
	ratio "parse, whole processes: huiying parse / sfeed(1)" "$(middle "${ours[@]}")" "$wall" 0.8
}

compare_tls() {
	local ours theirs
	read -r ours theirs < <("$BUILD/bench/poll/tls" "https://127.0.0.1:$tls_port/robots-none.xml" \
		"$tmp/bundle.pem" 300 30)
	[ -n "${theirs:-}" ] || die "no TLS connections"
	printf '  %-44s %9.0f new/s   with a bundle of %d CAs\n' "huiying's transfers over TLS" "$ours" \
		"$(grep -c BEGIN "$tmp/bundle.pem")"
	printf '  %-44s %9.0f new/s   the same bundle, CAPATH as Debian sets it\n' "libcurl's defaults over TLS" "$theirs"
	ratio "new TLS connections: huiying / libcurl's defaults" "$(calc "1 / $ours")" "$(calc "1 / $theirs")" 15
}

# Small feeds: what grows here is the number of sources.
growth() {
	local n
	for n in 100 1000 10000; do
		instance "$tmp/many" $n
		sed -i 's,/[0-9]*\.xml?,/small.xml?,; s,?.*,&,' "$tmp/many/sources.conf"
		awk '/^url/ { $0 = $0 "." NR } { print }' "$tmp/many/sources.conf" >"$tmp/many.conf" &&
			mv "$tmp/many.conf" "$tmp/many/sources.conf"
		timed "$BUILD/huiying-fetch" --home "$tmp/many" --quiet --all
		fetch_three "$tmp/many" 304 $n
		row "huiying-fetch, $n sources, all 304" $n feeds
		timed "$BUILD/huiying-fetch" --home "$tmp/many" --quiet --source s1
		row "  start-up: one source of $n" 1 runs
		rm -rf "$tmp/many"
	done
}

# --- all --------------------------------------------------------------------------
for need in nginx openssl sqlite3 perl /usr/bin/time; do
	has $need || { echo "polls and peers: not run: $need is not installed" && exit 1; }
done
mkdir "$tmp/web"
texts=$("$BUILD/bench/poll/feeds" "$tmp/web" $feeds $items $big $big_items) || die "no feeds"
echo '<rss version="2.0"><channel><title>某报</title><item><title>某条</title><guid>1</guid></item></channel></rss>' |
	tee "$tmp/web/small.xml" >"$tmp/web/robots-none.xml"
make_certificates
echo "polls: $feeds feeds of $items items, $(($(cat "$tmp"/web/0*.xml | wc -c) / feeds)) bytes each, $hosts hosts on loopback; $texts"
start_server off
poll_huiying
fetch_alone ""
memory=$rss
fetch_curl ""
poll_newsboat
poll_sfeed
compare_tls
compare_parsers
growth
stop_server
gzip -1k "$tmp"/web/0*.xml
start_server on
fetch_alone ", gzip"
fetch_curl ", gzip"
printf 'ratios\n%s' "$ratios"
printf '  %-56s %8.1f MB (goal <= 32: %s)\n' "peak memory of huiying-fetch on these feeds" "$memory" \
	"$(awk -v m="$memory" 'BEGIN { print (m <= 32 ? "met" : "missed") }')"
[ $missing -eq 0 ]
