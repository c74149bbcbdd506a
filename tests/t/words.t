#!/bin/bash
# Every message of the sources stands translated in po/zh_CN.po: nothing new in the sources,
# nothing untranslated, nothing fuzzy, and the formats agree.
. "$(dirname "$0")/lib.sh"
plan 7
cd "$top" || exit 1

xgettext -o "$tmp/now.pot" --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ \
	--keyword=n_:1,2 --package-name=huiying {base,crawler,matcher,ledger,office,cli}/*.c
ok_if $? "xgettext reads the sources"

msgcmp --use-untranslated po/zh_CN.po "$tmp/now.pot" >"$tmp/cmp" 2>&1
is "$(grep -c 'not defined\|没有' "$tmp/cmp")" 0 "every message of the sources is in po/zh_CN.po"

stats=$(LC_ALL=C msgfmt --check --statistics -o "$tmp/zh.mo" po/zh_CN.po 2>&1)
ok_if $? "po/zh_CN.po is well formed and its formats agree"
unlike "$stats" 'untranslated' "no message is untranslated"
unlike "$stats" 'fuzzy' "no message is fuzzy"

# A blank at the end joins a message to what follows; a row of them is a column that was meant.
is "$(msgattrib --no-wrap --no-obsolete po/zh_CN.po | grep -E '^msgstr.*  "$')" "" \
	"no translation ends in a row of blanks"

is "$(grep -nE '^[[:space:]]\.(args|summary|help) = "[^"]' cli/*.c)" "" "no word of the command table goes untranslated"
