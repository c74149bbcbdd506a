#!/bin/bash
# The ledger's machine has no network: what is wanted goes out as a file, what another machine
# fetched comes back as WARC files. The other machine has the fetcher alone: no instance, no
# ledger, not even the names of our sources.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 29

home=$tmp/home web=$tmp/web outside=$tmp/outside
mkdir -p "$web" "$outside"
echo '<html><head><title>某县政府公告</title></head><body>拖欠工资已全部发放。</body></html>' >"$web/page.html"
echo '<html><body>别的</body></html>' >"$web/other.html"
start_server --dir "$web"
"$huiying" init "$home" --demo -q 2>/dev/null
small_rules "$home"
one_source "$home"
cat >"$home/channels.conf" <<-'CHANNELS'
	[县政府网站]
	class = 政府网站
	host = 8.8.4.4
	unit = 县政府办公室
CHANNELS
h() { run "$huiying" --home "$home" "$@" --actor 甲 --role watch; }
s() { run "$huiying" --home "$home" "$@" --actor 乙 --role supervisor; }
h register - -q --title "某镇项目部拖欠工资" --text "工人到现场讨薪。"
h case open 1 -q --grade 一般 --lead 市人社局
h evidence add 1 http://8.8.4.4/page.html
evidence=$(grep -o 'ZJ-[0-9-]*' <<<"$out" | head -1)
like "$rc $out$err" 'capture pending' "evidence is wanted"
h evidence add 1 http://8.8.4.4/other.html

# --- out --------------------------------------------------------------------
run "$huiying" --home "$home" wanted
is "$rc" 0 "what is wanted is listed"
like "$out" '^ *ID +KIND +SOURCE +URL' "with a heading"
like "$out" ' evidence +- +http://8.8.4.4/page.html' "a row an address"
LANGUAGE=zh_CN run "$huiying" --home "$home" wanted
like "$out" ' 证据 +- +http://8.8.4.4/page.html' "in the reader's words"
run "$huiying" --home "$home" wanted --json
is "$(wc -l <<<"$out")" 2 "as JSON lines"
like "$out" '^\{"id":[0-9]+,"url":"http://8.8.4.4/page.html","kind":"evidence"\}' "as the fetcher reads them"
is "$("$huiying" --home "$home" wanted --out - 2>/dev/null)" "$out" "--out - is standard output"
run "$huiying" --home "$home" wanted --out "$outside/wanted.jsonl"
is "$rc $(cat "$outside/wanted.jsonl")" "0 $("$huiying" --home "$home" wanted --json 2>/dev/null)" "the same in a file"
like "$err" "2 wanted addresses in .*huiying-fetch --wanted-only" "and what to do with it"
is "$(ls -A "$outside")" wanted.jsonl "nothing is left beside it"
run "$huiying" --home "$home" wanted --out "$tmp/none/such/file"
is "$rc" 3 "a place that cannot be written is an error"
run "$huiying" --home "$tmp/nowhere" wanted
is "$rc" 3 "and so is an instance that is not there"
echo '{"id":"900","url":"http://8.8.4.4/other.html","source":"b","kind":"article"}' >>"$outside/wanted.jsonl"

# --- the other machine ------------------------------------------------------
export HUIYING_TEST_MAP="8.8.4.4:80=127.0.0.1:$port"
mkdir "$outside/home"
away() { HOME=$outside/home run "$BUILD/fetch-mapped" "$@"; }
find "$home" -type f | sort | xargs sha256sum >"$tmp/before"
away --wanted-only --wanted "$outside/wanted.jsonl" --spool "$outside/out"
is "$rc" 0 "the fetcher needs no instance"
like "$err" "3 fetched, 0 of them failed" "and fetches what the file names"
is "$(ls -A "$outside/home")" "" "it writes nothing into the home of whoever runs it"
is "$(cd "$outside/out" && ls -A | sed 's/.*\.warc/.warc/' | sort | tr '\n' ' ')" ".fetch.json .lock .warc.gz " \
	"all that it leaves is in the directory it was given"
like "$(zcat "$outside"/out/*.warc.gz)" '"source":"b","want":"900","kind":"article"' \
	"a source that it does not know keeps its id"
is "$(find "$home" -type f | sort | xargs sha256sum)" "$(cat "$tmp/before")" "the instance was not touched"
run "$huiying" warc verify "$outside"/out/*.warc.gz
is "$rc" 0 "the file is whole"

# --- back -------------------------------------------------------------------
run "$huiying" --home "$home" show "$evidence"
like "$out" 'pending|capture' "until then the evidence waits"
run "$huiying" --home "$home" ingest "$outside"/out/*.warc.gz
is "$rc" 0 "what came back is ingested"
run "$huiying" --home "$home" wanted --json
is "$out" "" "nothing is wanted any more"
run "$huiying" --home "$home" wanted
is "$out" "nothing is wanted" "and a person is told so"
run "$huiying" --home "$home" show "$evidence"
like "$out" "$(sha256sum <"$web/page.html" | cut -c1-12)" "the evidence has the digest of the page"
[ -s "$home/evidence/$evidence.warc.gz" ]
ok_if $? "and its own copy"
run "$huiying" warc verify "$home/evidence/$evidence.warc.gz"
is "$rc" 0 "which is whole by itself"
run "$huiying" --home "$home" ingest "$outside"/out/*.warc.gz
like "$rc $out" '^0 .*0 new items' "a file that is brought twice changes nothing"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "and the chain verifies"
