#!/bin/bash
# The pages for people name only what there is: tests, files, make targets, commands.
. "$(dirname "$0")/lib.sh"
plan 9
cd "$top" || exit 1
pages="README.md README.zh-CN.md ARCHITECTURE.md CONTRIBUTING.md"

missing=""
for t in $(grep -ohE '`([a-z_]+\.t|test_[a-z_]+)`' $pages | tr -d '`' | sort -u); do
	[ -e "tests/t/$t" ] || [ -e "tests/all/$t" ] || [ -e "tests/unit/$t.c" ] || missing="$missing $t"
done
is "$missing" "" "every test that a page names is there"

missing=""
for f in $(grep -ohE '`(base|crawler|matcher|ledger|office|cli|rules|po|tests|docs|systemd)/[a-z_./0-9-]*`' $pages | tr -d '`' | sort -u); do
	[ -e "$f" ] || missing="$missing $f"
done
is "$missing" "" "every file"

is "$(grep -oE '^\| [0-9]+ \|' ARCHITECTURE.md | sort | uniq -d)$(grep '^| [^|]* | ' ARCHITECTURE.md | cut -d'|' -f2 | grep -v '[0-9]' | sort | uniq -d)" "" \
	"no row of the map stands there twice"
tour=$(MAKEFLAGS= make -s tour)
is "$(grep 'does not say' <<<"$tour")" "" "every file says what it is in its first line"
is "$(grep -c '^ledger/db\.h  .*' <<<"$tour") $(wc -l <<<"$tour")" "1 $(ls {base,crawler,matcher,ledger,office,cli}/*.[ch] | sed 's/\.[ch]$//' | sort -u | wc -l)" \
	"make tour has each module once"

missing=""
for m in $(grep -ohE 'make [a-z-]+ *(#|`)' $pages | sed 's/make \([a-z-]*\).*/\1/' | sort -u); do
	grep -qE "^([a-z-]+ )*$m( [a-z -]+)?:|^\.PHONY:.* $m( |\$)" Makefile || missing="$missing $m"
done
is "$missing" "" "every make target"

missing=""
for unit in $(grep -ohE 'huiying-[a-z]+\.(timer|service)' $pages | sort -u); do
	[ -e "systemd/$unit" ] || missing="$missing $unit"
done
is "$missing" "" "every unit"

# commands PAGE: the command lines of its code blocks, comments and values taken off.
commands() {
	sed -n '/^```/,/^```/s/^\(\$ \)\?\(HUIYING_HOME=[^ ]* \)\?\(build\/\)\?huiying \([a-z].*\)/\4/p' "$1" |
		sed 's/ *#.*//; s/ *&&.*//'
}
missing=""
while read -r line; do
	verb=$(grep -oE '^[a-z]+( [a-z]+)?' <<<"$line")
	help=$("$huiying" help $verb 2>/dev/null) && grep -q "huiying $verb" <<<"$help" ||
		help=$("$huiying" help "${verb%% *}" 2>/dev/null) || missing="$missing $verb"
	for flag in $(grep -oE -- '--[a-z-]+' <<<"$line"); do
		grep -q -- "$flag" <<<"$help" || missing="$missing ${verb// /-}:$flag"
	done
done < <(commands README.md)
is "$missing" "" "every command and flag"
is "$(commands README.zh-CN.md)" "$(commands README.md)" "both READMEs show the same commands"
