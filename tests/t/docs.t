#!/bin/bash
# What the documents name is there: files of the tree, tests, commands.
. "$(dirname "$0")/lib.sh"
plan 3
cd "$top" || exit 1
docs="README.md README.zh-CN.md ARCHITECTURE.md CONTRIBUTING.md"

# exists WORD: a path, a test's name or a file of one of the rooms. Words that are no names of
# files count as there.
exists() {
	local word=$1
	case $word in
	*[*\ \<\>\$\|…]* | *//* | -* | */YYYY/*) return 0 ;;
	test_*) ls tests/unit/"$word".c >/dev/null 2>&1 ;;
	*.t) [ -e "tests/t/${word##*/}" ] ;;
	*/*.c | */*.h | */*.sql | */*.sh | */*.conf | */*.def) [ -e "$word" ] ;;
	*) return 0 ;;
	esac
}
named() { grep -ho '`[^`]*`' $docs | tr -d '`' | sort -u; }

is "$(named | while IFS= read -r w; do exists "$w" || echo "$w"; done)" "" "every file and test that is named is there"

is "$(named | sed -n 's/^huiying \([a-z]*\).*/\1/p' | sort -u | while read -r verb; do
	"$huiying" help "$verb" >/dev/null 2>&1 || echo "$verb"
done)" "" "every command that is named is there"

is "$(grep -ho '^huiying [a-z]* [a-z]*' README.md README.zh-CN.md | sort -u | while read -r _ verb more; do
	"$huiying" help "$verb" "$more" >/dev/null 2>&1 || "$huiying" help "$verb" >/dev/null 2>&1 ||
		echo "$verb $more"
done)" "" "so are those of the sessions"
