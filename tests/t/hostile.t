#!/bin/bash
# Hostile documents and lines against the plumbing commands: each ends by itself, with an answer
# or a clear error, in bounded time and memory; nothing raw comes out, no file or host is opened.
. "$(dirname "$0")/lib.sh"
export LC_ALL=C.UTF-8
mkdir "$tmp/in"
bash "$top/tests/t/hostile.sh" "$tmp/in" || { echo "Bail out! no hostile documents"; exit 1; }
cd "$tmp/in" || exit 1
printf '[甲]\n/(a+)+$/\n/^(([a-z])+.)+[A-Z]([a-z])+$/\n' >"$tmp/evil.conf"
documents=(*.xml *.html *.json)
strings=(dates.txt urls.txt robots_*.txt match_*.txt safe_*.bin)
plan $((${#documents[@]} + ${#strings[@]} + 3 + 8))

# A sanitizer wants address space and time of its own.
seconds=5
[ -n "${SANITIZED:-}" ] && seconds=20
bounded() {
	(
		[ -n "${SANITIZED:-}" ] || ulimit -v 262144
		exec timeout -s KILL "$seconds" "$huiying" "$@"
	) >"$tmp/out" 2>"$tmp/err"
}

# fault STATUS: what is wrong with the run just made; nothing when all is well.
fault() {
	case $1 in
	0 | 2 | 3) ;;
	*) echo "exit status $1: $(head -c 300 "$tmp/err" | tr -d '\0')" ;;
	esac
	iconv -f UTF-8 -t UTF-8 "$tmp/out" >"$tmp/again" 2>&1 || echo "output is not UTF-8"
	grep -qa CANARY "$tmp/out" "$tmp/err" && echo "the canary leaked"
	LC_ALL=C grep -qaP '[\x00-\x08\x0b-\x1f\x7f]' "$tmp/out" "$tmp/err" && echo "raw control characters"
	[ "$1" -eq 0 ] || [ -s "$tmp/err" ] || [ -s "$tmp/out" ] || echo "failed without a word"
}

for f in "${documents[@]}"; do
	bounded parse --now 2024-01-01T00:00:00Z "$f"
	wrong=$(fault $?)
	# Piled-up marks are foreign text that JSON carries as it is; "safe" is what cuts them.
	[ "$f" = bidi.xml ] || "$huiying" safe <"$tmp/out" | cmp -s - "$tmp/out" || wrong+=" not safe as it is"
	is "$wrong" "" "parse $f"
done
for f in "${strings[@]}"; do
	case $f in
	dates*) bounded dates --now 2024-01-01T00:00:00Z <"$f" ;;
	urls*) bounded urls --base http://example.gov.cn/a/ <"$f" ;;
	robots*) bounded robots --agent huiying <"$f" ;;
	match*) bounded match <"$f" ;;
	safe*) bounded safe <"$f" ;;
	esac
	is "$(fault $?)" "" "${f%%[_.]*} < $f"
done
for f in match_a.txt match_cjk.txt match_bad.txt; do
	bounded match --rules "$tmp/evil.conf" <"$f"
	is "$(fault $?)" "" "match with catastrophic rules < $f"
done
bounded match --rules "$tmp/evil.conf" <match_a.txt
like "$(cat "$tmp/out")" '"undecided":\[\{' "a rule that gives up is said to be undecided"

bounded parse over_cap.xml
is "$?" 3 "a document over the cap is an error of input"
like "$(cat "$tmp/err")" 'over_cap.xml' "and the message names it"
bounded parse lazy.xml
is "$(($(wc -c <"$tmp/out") < 1000000))" 1 "entities do not blow the output up"
bounded parse controls.xml
"$huiying" safe <"$tmp/out" | cmp -s - "$tmp/out"
ok_if $? "titles and links with controls come out safe for a terminal"
bounded parse bidi.xml
"$huiying" safe <"$tmp/out" >"$tmp/safe"
is "$(wc -l <"$tmp/safe")" "$(wc -l <"$tmp/out")" "a storm of marks stays on its lines"
"$huiying" safe <safe_10mb.bin >"$tmp/once"
"$huiying" safe <"$tmp/once" | cmp -s - "$tmp/once"
ok_if $? "what safe wrote, safe leaves alone"

# A sanitizer's leak check cannot run under a tracer.
if [ -z "${SANITIZED:-}" ] && strace -o /dev/null true 2>/dev/null; then
	for f in xxe_*.xml xinclude.xml stylesheet.xml schemes.xml; do
		strace -f -e trace=%network,openat,open -o "$tmp/trace" "$huiying" parse "$f" >/dev/null 2>&1
		grep -qF "$f" "$tmp/trace" || echo "$f: not seen to be read"
		grep -E 'AF_INET|canary|evil\.dtd' "$tmp/trace"
	done >"$tmp/opened"
	is "$(cat "$tmp/opened")" "" "no external entity opens a file or a connection"
else
	ok_if 0 "no external entity opens a file or a connection # SKIP strace cannot be used"
fi
[ "$tests_failed" -eq 0 ]
