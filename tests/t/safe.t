#!/bin/bash
# "huiying safe": bytes in, text that a terminal can be trusted with out; any size, little memory.
. "$(dirname "$0")/lib.sh"
plan 14
export LC_ALL=C.UTF-8

safe() { printf "$1" | "$huiying" safe; }

is "$(safe 'plain 回应\n\ttext\n')" "$(printf 'plain 回应\n\ttext\n')" "plain text passes, lines and tabs too"
is "$(safe 'a\033[31m\r\x7f\0b')" 'a^[[31m^M^?^@b' "C0, DEL and NUL are shown"
is "$(safe '\x9b31m|\xc2\x9b31m')" '�31m|<U+009B>31m' "C1 as a byte and as a character"
is "$(safe '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069')" \
	'<U+061C><U+200E><U+200F><U+202A><U+202B><U+202C><U+202D><U+202E><U+2066><U+2067><U+2068><U+2069>' \
	"all 12 bidi controls are shown"
is "$(safe '\u200b\u200d\ufeff\u00ad\U000e0041')" '<U+200B><U+200D><U+FEFF><U+00AD><U+E0041>' \
	"zero width and tags are shown"
is "$(safe '中\xe4\xb8')" '中�' "a character cut by the end of input"
is "$(: | "$huiying" safe | wc -c)" 0 "nothing in, nothing out"
is "$( (printf '\xe4'; printf '\xb8'; printf '\xad') | "$huiying" safe)" '中' "a character in three writes"

# 64 KiB is no multiple of three or four: characters lie across every block border.
bad=0
for shift in 0 1 2 3; do
	{
		printf '%*s' "$shift" ''
		yes '国民😀应' | head -n 60000
	} >"$tmp/big"
	"$huiying" safe <"$tmp/big" | cmp -s - "$tmp/big" || bad=$((bad + 1))
done
is "$bad" 0 "borders between blocks cut no character"

# Marks and selectors are counted across a border as well.
{
	head -c 65530 /dev/zero | tr '\0' a
	for _ in 1 2 3 4 5 6 7 8; do printf '\u0301'; done
} >"$tmp/marks"
is "$("$huiying" safe <"$tmp/marks" | tail -c +65531)" \
	"$(printf '\u0301\u0301\u0301\u0301')<U+0301><U+0301><U+0301><U+0301>" "a storm of marks across a border"

# A sanitizer needs address space of its own: then the limit cannot be set.
limit=150000
(ulimit -v $limit && "$huiying" version) >"$tmp/version" 2>&1 || limit=unlimited
random() { awk 'BEGIN { srand(7); for (i = 0; i < 3000000; i++) printf "%c", int(rand() * 256) }'; }
LC_ALL=C random >"$tmp/random"
for _ in 1 2 3 4 5 6; do cat "$tmp/random" "$tmp/big"; done >"$tmp/huge"
(ulimit -v $limit && "$huiying" safe <"$tmp/huge" >"$tmp/huge.safe")
ok_if $? "large input under a limit of memory"
iconv -f UTF-8 -t UTF-8 "$tmp/huge.safe" >"$tmp/same" 2>"$tmp/iconv.err"
ok_if $? "its output is valid UTF-8"
"$huiying" safe <"$tmp/huge.safe" | cmp -s - "$tmp/huge.safe"
ok_if $? "safe text stays as it is"

printf 'x\n' | "$huiying" safe >/dev/full 2>"$tmp/full"
is "$?" 3 "a full disk is a failure"
