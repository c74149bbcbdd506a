#!/bin/bash
# The ledger's file in trouble: full disk, no rights, foreign, newer, network file system;
# several programs at once.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 20

home=$tmp/home
"$huiying" init "$home" --demo -q 2>/dev/null
small_rules "$home"
one_source "$home"
h() { "$huiying" --home "$home" "$@"; }

# --- a file that grows no further: every write fails at some size, nothing is half there
feed=()
for i in $(seq 1 400); do
	feed+=("第${i}个项目部拖欠农民工工资引关注" "https://a.example.gov.cn/$i" "g$i" "工人讨薪第${i}次，$(printf '长文%.0s' $(seq 1 60))")
done
rss "$tmp/big.xml" "${feed[@]}"
warc_answer "$tmp/big.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/big.xml"
false_ok=0 broken=0 refused=0 said=0
for kb in 300 340 400 480 600 800 1100; do
	rm -rf "$tmp/full"
	cp -r "$home" "$tmp/full"
	cp "$tmp/big.warc.gz" "$tmp/full/spool/1.warc.gz"
	(
		ulimit -f "$kb"
		"$huiying" --home "$tmp/full" ingest >"$tmp/out" 2>"$tmp/err"
	)
	code=$?
	items=$("$huiying" --home "$tmp/full" status --json 2>/dev/null | grep -o '"items":[0-9]*' | head -1 | cut -d: -f2)
	[ $code -eq 0 ] && [ "$items" != 400 ] && false_ok=$((false_ok + 1))
	[ $code -ne 0 ] && refused=$((refused + 1))
	[ $code -ne 0 ] && [ -s "$tmp/err" ] && said=$((said + 1))
	"$huiying" --home "$tmp/full" audit verify >/dev/null 2>&1 || broken=$((broken + 1))
done
is "$false_ok" 0 "no false “saved” on a full disk"
[ "$refused" -ge 3 ] && [ "$refused" -eq "$said" ]
ok_if $? "the small sizes are refused, each with a word"
is "$broken" 0 "the ledger is whole each time"
rm -rf "$tmp/full"
cp -r "$home" "$tmp/full"
cp "$tmp/big.warc.gz" "$tmp/full/spool/1.warc.gz"
(
	ulimit -f 400
	"$huiying" --home "$tmp/full" ingest >/dev/null 2>&1
)
run "$huiying" --home "$tmp/full" ingest
like "$rc $out" '^0 400 new items' "with room again everything is taken in"

# --- what is no ledger of ours
cp -r "$home" "$tmp/odd"
odd() { "$huiying" --home "$tmp/odd" audit head; }
echo 'this is no database at all, but it is long enough to be looked at as one, really' >"$tmp/odd/ledger.db"
run odd
is "$rc" 4 "a text file is damage"
gzip -c "$tmp/big.xml" >"$tmp/odd/ledger.db"
run odd
is "$rc" 4 "so is any other file"
rm -f "$tmp/odd/ledger.db"
run odd
is "$rc" 3 "a missing ledger"
like "$err" 'huiying init' "says what to do, and makes none by itself"
[ ! -e "$tmp/odd/ledger.db" ]
ok_if $? "nothing was made"
mkdir "$tmp/odd/ledger.db"
run odd
is "$rc" 3 "a directory in its place"
rmdir "$tmp/odd/ledger.db"
cp "$home/ledger.db" "$tmp/odd/ledger.db"
# user_version is a big-endian number at offset 60 of the file.
printf '\000\000\003\347' | dd of="$tmp/odd/ledger.db" bs=1 seek=60 conv=notrunc 2>/dev/null
sum=$(sha256sum <"$tmp/odd/ledger.db")
run odd
like "$rc $err" '^3 .*schema 999' "a newer schema is refused"
is "$(sha256sum <"$tmp/odd/ledger.db")" "$sum" "and not a byte of it is changed"
cp "$home/ledger.db" "$tmp/odd/ledger.db"
printf 'XXXX' | dd of="$tmp/odd/ledger.db" bs=1 seek=68 conv=notrunc 2>/dev/null
run odd
like "$rc $err" '^3 .*not a ledger of Huiying' "a database of another program is refused"

# --- several at once
cp -r "$home" "$tmp/many"
for n in 1 2 3 4; do
	rss "$tmp/m.xml" "第${n}家单位拖欠工资被反映到网上" "https://a.example.gov.cn/m$n" "m$n" "文"
	warc_answer "$tmp/m$n.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/m.xml"
done
m() { "$huiying" --home "$tmp/many" "$@"; }
pids=""
for n in 1 2 3 4; do
	(
		# Another one has the lock for a moment: ask again.
		until m ingest "$tmp/m$n.warc.gz" >/dev/null 2>"$tmp/many.err.$n"; do
			grep -q 'another ingest' "$tmp/many.err.$n" || exit 1
		done
	) &
	pids="$pids $!"
	(for _ in 1 2 3 4 5; do m alerts >/dev/null 2>"$tmp/many.read.$n" || exit 1; done) &
	pids="$pids $!"
	m backup "$tmp/many.$n.db" >/dev/null 2>"$tmp/many.back.$n" &
	pids="$pids $!"
done
bad=0
for pid in $pids; do
	wait "$pid" || bad=$((bad + 1))
done
is "$bad" 0 "4 ingests, 20 readings and 4 backups at once: none failed"
is "$(m alerts --json 2>/dev/null | wc -l)" 4 "all four alerts are there"
run m audit verify
is "$rc" 0 "the chain is whole"
run m audit rebuild
is "$rc" 0 "and the tables are what the events say"
bad=0
for n in 1 2 3 4; do
	cp "$tmp/many.$n.db" "$tmp/odd/ledger.db"
	"$huiying" --home "$tmp/odd" audit verify >/dev/null 2>&1 || bad=$((bad + 1))
done
is "$bad" 0 "every backup verifies"

# --- no rights (root may write anywhere, so only for others) and read-only places
run h backup /proc/nowhere
is "$rc" 3 "a place that takes no file"
chmod 000 "$home/huiying.conf"
if [ "$(id -u)" -eq 0 ]; then
	chmod 660 "$home/huiying.conf"
	rm "$home/huiying.conf"
	mkdir "$home/huiying.conf"
fi
run h status
[ "$rc" -ne 0 ] && [ -n "$err" ]
ok_if $? "a huiying.conf that cannot be read"
