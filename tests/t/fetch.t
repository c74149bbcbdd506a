#!/bin/bash
# huiying-fetch against the loopback server: what is asked, what is written, what is
# remembered. WARC files are read here with gzip alone, as a stranger would.
. "$(dirname "$0")/lib.sh"
plan 47

web=$tmp/web home=$tmp/home
mkdir -p "$web" "$home"
feed() { echo "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>$1</title></channel></rss>"; }
feed one >"$web/one.xml"
feed two >"$web/two.xml"
start_server --dir "$web"
site=http://127.0.0.1:$port

printf '[office]\ncontact = mailto:watch@example.gov.cn\n[fetch]\nhost_interval_ms = 0\n' >"$home/huiying.conf"
sources() { cat >"$home/sources.conf"; }
source_row() { printf '[%s]\nurl = %s\nallow_private = yes\nrobots = no\n%s' "$1" "$2" "${3:-}"; }
warc() { for f in "$home"/spool/*.warc.gz; do [ -e "$f" ] && zcat "$f"; done; }
fresh() { rm -rf "$home/spool" "$home/state"; get /clear >/dev/null; }
log() { get /log; }

# --- the command line -------------------------------------------------------
run "$fetch" --version
is "$rc $out" "0 huiying-fetch 0.1.0" "--version"
run "$fetch" --help
like "$out" "--wanted-only" "--help lists the options"
run "$fetch" --nonsense
is "$rc" 2 "an unknown option is a usage error"
run "$fetch" --source
is "$rc" 2 "an option without its value too"
run "$fetch" --home "$tmp/nowhere"
is "$rc" 0 "the shipped sources are off until the office turns them on: nothing to do"

# --- a first and a second crawl ---------------------------------------------
source_row one "$site/one.xml" | sources
run "$fetch" --home "$home"
is "$rc" 0 "a run that goes through ends 0"
is "$(ls "$home/spool" | grep -c '\.warc\.gz$')" 1 "one WARC file, finished"
is "$(ls "$home/spool" | grep -c '\.open$')" 0 "nothing left open"
w=$(warc)
like "$w" "^WARC/1.1" "it is WARC/1.1"
is "$(grep -c '^WARC-Type: warcinfo' <<<"$w")" 1 "it opens with warcinfo"
is "$(grep -a '^WARC-Type' <<<"$w" | tr -d '\r' | cut -d' ' -f2 | xargs)" "warcinfo metadata request response" \
	"metadata, request and response of the one fetch"
like "$w" '"source":"one","kind":"feed","hop":0' "metadata names the source"
like "$w" "<title>one</title>" "the answer is there as it came"
like "$w" "^User-Agent: huiying/0.1.0 \(\+mailto:watch@example.gov.cn\)" "the User-Agent tells whom to write to"
like "$w" "^Accept-Encoding: gzip" "gzip is asked for"
like "$(head -c 2 "$home"/spool/*.warc.gz | od -An -tx1)" "1f 8b" "compressed"
run "$fetch" --home "$home"
is "$(ls "$home/spool" | grep -c '\.warc\.gz$')" 1 "a source that is not due is not fetched, no empty file"
sed -i 's|/one.xml|/two.xml|' "$home/sources.conf"
run "$fetch" --home "$home"
is "$(ls "$home/spool" | grep -c '\.warc\.gz$')" 2 "but at once when its address was changed"
sed -i 's|/two.xml|/one.xml|' "$home/sources.conf"
rm "$home"/spool/*.warc.gz
run "$fetch" --home "$home"
sed -i '/one.xml/a charset = gbk' "$home/sources.conf"
rm "$home"/spool/*.warc.gz
run "$fetch" --home "$home"
is "$(ls "$home/spool" | grep -c '\.warc\.gz$')" 1 "at once too when it is read in another way"
unlike "$(log | tail -1)" 'if-(none-match|modified-since)' "and whole: behind a 304 nothing would be read"
sed -i '/^charset/d' "$home/sources.conf"
run "$fetch" --home "$home"
rm "$home"/spool/*.warc.gz
run "$fetch" --home "$home" --all
like "$(log | tail -1)" '"if-none-match":"\\"[^"]+\\"","if-modified-since"|"if-modified-since":"[^"]+".*"if-none-match"' \
	"the second request is conditional, with both validators"
is "$(warc | grep -a '^WARC-Type' | tr -d '\r' | cut -d' ' -f2 | xargs)" "warcinfo metadata request revisit" \
	"a 304 is a revisit"
like "$(warc)" "revisit/server-not-modified" "with the profile for it"
sleep 0.01
feed changed >"$web/one.xml"
rm "$home"/spool/*.warc.gz
run "$fetch" --home "$home" --all
like "$(warc)" "<title>changed</title>" "a changed feed comes whole"

# --- the state moves only behind a safe WARC --------------------------------
fresh
mkdir -p "$home/spool" "$home/state"
chmod 555 "$home/spool"
if [ "$(id -u)" -eq 0 ]; then
	ok_if 0 "(root writes everywhere; a full disk is tested in fetch_limits.t)"
else
	run "$fetch" --home "$home"
	is "$rc$(ls "$home/state")" 3 "a spool that cannot be written: exit 3, no state"
fi
chmod 755 "$home/spool"

# --- failures are recorded, the run goes through ----------------------------
fresh
{
	source_row gone "$site/nothing.xml"
	source_row down "http://127.0.0.1:1/"
	source_row nowhere "http://no-such-host.invalid/"
	source_row error "$site/status/500"
	source_row one "$site/one.xml"
} | sources
run "$fetch" --home "$home"
is "$rc" 0 "sources that fail do not fail the run"
like "$err" "gone: http: HTTP status 404" "a 404 is said"
w=$(warc)
like "$w" '"source":"gone","kind":"feed","error":"http","detail":"HTTP status 404"' "and recorded"
like "$w" '"source":"down","kind":"feed","error":"connect"' "a refused connection"
like "$w" '"source":"nowhere","kind":"feed","error":"dns"' "an unknown host"
like "$w" '"source":"error","kind":"feed","error":"http","detail":"HTTP status 500"' "a 500"
like "$w" "<title>changed</title>" "the good source came all the same"
run "$fetch" --home "$home" --source nosuch
is "$rc" 2 "an unknown --source is refused"

# --- redirects --------------------------------------------------------------
# Sources may be private, redirects never: so hops are followed here in a
# demonstration instance, which may list a place.
fresh
source_row loop "$site/redirect?to=$site/redirect" | sources
run "$fetch" --home "$home"
like "$(warc)" '"error":"address"' "a redirect into a private address is refused"
is "$(log | grep -c '"path":"/redirect"')" 1 "and not asked for"
source_row scheme "$site/redirect?to=file:///etc/passwd" | sources
fresh
run "$fetch" --home "$home"
like "$(warc)" '"source":"scheme","kind":"feed","error":"redirect"' "a redirect to file: is refused"

# --- Retry-After ------------------------------------------------------------
fresh
source_row busy "$site/retry-after/503?seconds=3000" | sources
run "$fetch" --home "$home"
like "$(warc)" '"error":"http","detail":"HTTP status 503"' "a 503 is recorded"
run "$fetch" --home "$home" --all
like "$err" "busy: its server asked for a pause of (2999|3000|299[0-9]) more seconds" \
	"its Retry-After holds even with --all"
is "$(log | grep -c '"path":"/retry-after/503"')" 1 "it was asked once"

# --- the wanted list --------------------------------------------------------
fresh
: | sources
mkdir -p "$home/spool"
printf '{"id":"5","url":"%s/two.xml","kind":"evidence"}\n' "$site" >"$home/spool/wanted.jsonl"
run "$fetch" --home "$home" --wanted-only
like "$(warc)" '"want":"5","kind":"evidence","error":"(address|url)"' "a wanted private address is refused"
rm -f "$home"/spool/*.warc.gz
run "$fetch" --home "$home" --wanted-only --allow-private "127.0.0.1:$port"
is "$rc" 2 "a real instance admits none"
: >"$home/demo"
run "$fetch" --home "$home" --wanted-only --allow-private "127.0.0.1:$port"
like "$(warc)" "<title>two</title>" "a demonstration admits the place it names"

# --- progress, and one run at a time ----------------------------------------
fresh
{
	source_row one "$site/one.xml"
	source_row gone "$site/nothing.xml"
} | sources
"$fetch" --home "$home" --progress-fd 3 3>"$tmp/progress" 2>/dev/null
is "$(sort "$tmp/progress" | sed 's/"done":[12]/"done":N/' | sort)" \
	"$(printf '%s\n' '{"done":N,"total":2,"source":"gone","error":"http"}' '{"done":N,"total":2,"source":"one"}')" \
	"--progress-fd tells each finished fetch"
exec 8>"$home/spool/.lock"
flock 8
run "$fetch" --home "$home" --all
is "$rc" 3 "a second run on the same spool gives up"
like "$err" "another huiying-fetch is at work" "and says why"
exec 8>&-

# --- sources of one host share its connection --------------------------------
cat >"$tmp/kept.pl" <<'E'
use IO::Socket::INET;
$| = 1;
my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
print $s->sockport, "\n";
while (my $c = $s->accept) {
	print "connected\n";
	while (defined(my $line = <$c>)) {
		$line eq "\r\n" and print $c "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nkept\n";
	}
}
E
perl "$tmp/kept.pl" >"$tmp/kept.out" &
kept=$!
cleanup_pids="$cleanup_pids $kept"
until [ -s "$tmp/kept.out" ]; do kill -0 "$kept" || break; done
for i in 1 2 3 4; do source_row "k$i" "http://127.0.0.1:$(head -1 "$tmp/kept.out")/$i"; done | sources
fresh
run "$fetch" --home "$home"
is "$(grep -c connected "$tmp/kept.out") $(warc | grep -ac '^kept')" "1 4" "four answers by one connection"

# --- a source's port is admitted, others are not ----------------------------
source_row one "http://example.gov.cn:25/x" | sources
fresh
mkdir -p "$home/spool"
printf '{"id":"5","url":"http://www.example.gov.cn:25/two.xml","kind":"page"}\n' >"$home/spool/wanted.jsonl"
run "$fetch" --home "$home" --wanted-only
like "$(warc)" '"want":"5","kind":"page","error":"url","detail":"port 25 is not allowed"' "odd ports are refused"
