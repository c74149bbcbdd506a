#!/bin/bash
# kill -9 at random moments of crawls. Each time the database is whole and the chain
# verifies; at the end one undisturbed crawl gives the same items as a run that was
# never killed. KILLS sets how often (20), SEED repeats a run.
. "$(dirname "$0")/lib.sh"
kills=${KILLS:-20}
SEED=${SEED:-$(date +%s)}
RANDOM=$SEED
echo "# SEED=$SEED KILLS=$kills"
plan 6

web=$tmp/web
mkdir -p "$web"
feeds="a b c d e f"
write_feeds() { # write_feeds ROUNDS: each feed holds the items of all rounds so far
	local feed i
	for feed in $feeds; do
		{
			echo "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>$feed</title>"
			for i in $(seq 1 $(($1 * 4))); do
				printf '<item><title>%s %s 某项目部拖欠农民工工资 第%s期</title><link>http://www.example.gov.cn/%s/%s</link><guid>%s-%s</guid><description>某县一工地，工人讨薪%s次</description></item>\n' \
					"$feed" "$i" "$i" "$feed" "$i" "$feed" "$i" "$i"
			done
			echo '</channel></rss>'
		} >"$web/.new"
		mv "$web/.new" "$web/$feed.xml"
	done
}
write_feeds 1
start_server --dir "$web"

make_home() {
	"$huiying" init "$1" --demo >"$tmp/init.out" 2>&1 || { cat "$tmp/init.out"; echo "Bail out! init"; exit 1; }
	for feed in $feeds; do
		printf '[%s]\nurl = http://127.0.0.1:%s/%s.xml\nlocal = yes\nallow_private = yes\nrobots = no\n' "$feed" "$port" "$feed"
	done >"$1/sources.conf"
	grep -q '^\[fetch\]' "$1/huiying.conf" 2>/dev/null || printf '\n[fetch]\n' >>"$1/huiying.conf"
	sed -i '/^host_interval_ms/d; s/^\[fetch\]$/[fetch]\nhost_interval_ms = 0/' "$1/huiying.conf"
}
digest() { "$huiying" status --json --home "$1" 2>/dev/null | sed -n 's/.*"items_digest":"\([0-9a-f]*\)".*/\1/p'; }
count() { "$huiying" status --json --home "$1" 2>/dev/null | sed -n 's/.*"items":\([0-9]*\),.*/\1/p'; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }

# How long a crawl takes that is left in peace: kills fall within that.
make_home "$tmp/probe"
began=$(now_ms)
"$huiying" crawl --all --quiet --home "$tmp/probe" >"$tmp/out" 2>&1
is "$? $(count "$tmp/probe")" "0 24" "a crawl that is left in peace stores everything"
span=$(($(now_ms) - began + 20))

home=$tmp/killed
make_home "$home"
killed=0 broken=0 unverified=0
for i in $(seq 1 "$kills"); do
	write_feeds $((i + 1))
	setsid "$huiying" crawl --all --quiet --home "$home" >"$tmp/out" 2>&1 &
	pid=$!
	ms=$((RANDOM % span))
	sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
	# The whole group, or huiying alone while its fetcher lives on.
	if [ $((RANDOM % 3)) -eq 0 ]; then
		kill -KILL $pid 2>/dev/null
	else
		kill -KILL -- -$pid 2>/dev/null
	fi
	wait $pid 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	[ "$(sqlite3 "$home/ledger.db" 'PRAGMA integrity_check' 2>&1)" = ok ] || broken=$((broken + 1))
	if ! "$huiying" audit verify --home "$home" >"$tmp/verify" 2>&1; then
		unverified=$((unverified + 1))
		sed "s/^/# kill $i: /" "$tmp/verify" >>"$tmp/reasons"
	fi
done 2>/dev/null
[ ! -s "$tmp/reasons" ] || cat "$tmp/reasons" >&2
echo "# $killed of $kills crawls were killed before their end, within $span ms"
[ "$killed" -gt 0 ]
ok_if $? "crawls were killed in the middle"
is "$broken" 0 "integrity_check is ok after each kill"
is "$unverified" 0 "audit verify is ok after each kill"

"$huiying" crawl --all --quiet --home "$home" >"$tmp/out" 2>&1 || cat "$tmp/out"
make_home "$tmp/peace"
"$huiying" crawl --all --quiet --home "$tmp/peace" >"$tmp/out" 2>&1 || cat "$tmp/out"
is "$(count "$home")" "$((($kills + 1) * 24))" "nothing was lost, nothing came twice"
is "$(digest "$home")" "$(digest "$tmp/peace")" "the digest of the items is that of a run never killed"
