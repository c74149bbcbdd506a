#!/bin/bash
# The manual pages and the shell completion: made from the command table, complete, well-formed.
. "$(dirname "$0")/lib.sh"
plan 38
export LC_ALL=C.UTF-8 MANWIDTH=80

# The help of every verb that stands in a source file and in the table, each asked for once.
mkdir "$tmp/help"
while read -r v; do
	"$huiying" help $v >"$tmp/help/$v" 2>/dev/null && head -1 "$tmp/help/$v" | grep -qE "huiying $v( |\$)" ||
		rm "$tmp/help/$v"
done < <(sed -n 's/^\t\.verb = "\([^"]*\)",$/\1/p' "$top"/cli/*.c | sort)
verbs=()
for file in "$tmp/help/"*; do verbs+=("${file##*/}"); done
# Its long flags as the help tells: a line "VERB<tab>FLAG" each.
awk '{ verb = FILENAME; sub(/.*\//, "", verb) }
	match($0, /^  --[a-z0-9-]*/) { print verb "\t" substr($0, 3, RLENGTH - 2) }' "$tmp/help/"* >"$tmp/flags"

"$huiying" help --man >"$tmp/huiying.1"
ok_if $? "help --man"
[ "${#verbs[@]}" -ge 4 ] && [ "$(wc -l <"$tmp/flags")" -gt "${#verbs[@]}" ]
ok_if $? "the table has verbs (${#verbs[@]}), and they have flags"

# A flag stands in its command's part of the page, or in the general one.
printf '%s\n' "${verbs[@]}" >"$tmp/verbs"
missing=$(sed 's/\\-/-/g' "$tmp/huiying.1" | awk '
	FILENAME ~ /verbs$/ { verb[++n] = $0; next }
	FILENAME ~ /flags$/ { split($0, f, "\t"); flags[f[1]] = flags[f[1]] " " f[2]; next }
	/^\.SH / { part = /COMMANDS/ || commands ? "none" : "general"; commands = commands || /COMMANDS/ }
	/^\.SS "huiying / {
		title = substr($0, length(".SS \"huiying ") + 1)
		sub(/".*/, " ", title)
		part = "none"
		for (i = 1; i <= n; i++)
			if (index(title, verb[i] " ") == 1 && (part == "none" || length(verb[i]) > length(part))) part = verb[i]
	}
	{ there[part] = 1 }
	match($0, /^\\fB(-., )?--[a-z0-9-]+\\fR/) {
		flag = substr($0, RSTART, RLENGTH)
		sub(/^[^-]*(-., )?/, "", flag)
		sub(/\\fR$/, "", flag)
		has[part, flag]
	}
	END {
		for (i = 1; i <= n; i++) {
			if (!(verb[i] in there)) print verb[i]
			m = split(flags[verb[i]], f, " ")
			for (k = 1; k <= m; k++)
				if (!((verb[i], f[k]) in has) && !(("general", f[k]) in has)) print verb[i] ":" f[k]
		}
	}' "$tmp/verbs" "$tmp/flags" -)
is "$missing" "" "every command and every flag is in the manual page"
is "$(LANGUAGE=en "$huiying" help --man | sha256sum)" "$(sha256sum <"$tmp/huiying.1")" "made twice, it is the same"

# warnings_of FILE: what man and groff complain about.
warnings_of() {
	if command -v man >/dev/null; then
		man --warnings -l "$1" 2>&1 >/dev/null
	elif command -v groff >/dev/null; then
		groff -man -Tutf8 -ww -k "$1" 2>&1 >/dev/null
	fi
}
for page in "$tmp/huiying.1" "$top"/docs/*.[15]; do
	is "$(warnings_of "$page")" "" "${page##*/}: no warnings"
done

# names_all PAGE WORD…: the words that a page does not name.
unnamed() {
	local text w
	text=$(sed 's/\\-/-/g; s/\\&//g' "$1")
	shift
	for w; do
		grep -qF -- "$w" <<<"$text" || echo "$w"
	done
}
# keys_of FILE TABLE: the keys of a `struct conf_key` table.
keys_of() { sed -n "/$2\[\] = {/,/^};/s/^\t{\"\([a-z_]*\)\", .*/\1/p" "$top/$1"; }

mapfile -t words < <(sed -n 's/^\t{TABLE_[A-Z]*, "\([a-z]*\)",$/\1/p' "$top/crawler/table_map.c")
is "$(unnamed "$top/docs/huiying-mapping.5" "${words[@]}")${#words[@]}" "15" "huiying-mapping.5 names every field"
mapfile -t words < <("$fetch" --help | grep -oE -- '--[a-z0-9-]+' | sort -u)
[ "${#words[@]}" -gt 8 ]
ok_if $? "huiying-fetch --help names its options"
is "$(unnamed "$top/docs/huiying-fetch.1" "${words[@]}")" "" "huiying-fetch.1 names every option"
is "$(unnamed "$top/docs/sources.conf.5" $(keys_of crawler/source.c source_keys))" "" \
	"sources.conf.5 names every key"
is "$(unnamed "$top/docs/huiying.conf.5" $(keys_of office/settings.c office_keys) \
	$(keys_of office/settings.c people_keys) $(keys_of office/settings.c stories_keys) \
	$(keys_of office/desk.c desk_keys) \
	$(keys_of crawler/fetch_options.c fetch_keys) $(keys_of crawler/fetch_options.c host_keys) \
	$(keys_of crawler/target.c target_keys) $(keys_of office/notify_rules.c notify_keys))" "" \
	"huiying.conf.5 names every key"
is "$(unnamed "$top/docs/units.conf.5" $(keys_of office/units.c unit_keys))" "" "units.conf.5 names every key"
is "$(unnamed "$top/docs/channels.conf.5" $(keys_of office/channels.c channel_keys))" "" \
	"channels.conf.5 names every key"
is "$(unnamed "$top/docs/supervision.conf.5" $(keys_of office/ladder.c level_keys) \
	$(keys_of office/ladder.c closing_keys))" "" "supervision.conf.5 names every key"
is "$(unnamed "$top/docs/procedure.conf.5" $(for t in together directs final early calendar; do
	keys_of office/procedure.c "${t}_keys"
done))" "" "procedure.conf.5 names every key"
is "$(unnamed "$top/docs/deadlines.conf.5" $(keys_of office/deadlines.c deadline_keys))" "" \
	"deadlines.conf.5 names every key"
is "$(unnamed "$top/docs/deadlines.conf.5" $(keys_of office/deadlines.c remind_keys))$(unnamed "$top/docs/deadlines.conf.5" \
	$(sed -n 's/^\t\[DEADLINE_[A-Z]*\] = {"\([a-z]*\)", .*/\1/p' "$top/office/deadlines.c"))" "" \
	"and every clock"
is "$(unnamed "$top/docs/holidays.conf.5" $(keys_of office/holidays.c holidays_keys))" "" \
	"holidays.conf.5 names every key"
is "$(cd "$top" && for f in rules/*.conf; do [ -e "docs/${f##*/}.5" ] || echo "$f"; done)" "" \
	"every shipped file has its page"
is "$(keys_of crawler/source.c source_keys | grep -c .) $(keys_of office/settings.c people_keys | grep -c .) $(keys_of office/units.c unit_keys | grep -c .)" \
	"18 5 13" "the tables of keys were found"

# --- completion ---
bad=""
for shell in bash zsh fish; do
	"$huiying" help --completion "$shell" >"$tmp/c.$shell" || bad="$bad $shell"
	if command -v "$shell" >/dev/null; then
		"$shell" -n "$tmp/c.$shell" || bad="$bad $shell-syntax"
	fi
done
is "$bad" "" "scripts for bash, zsh and fish, their syntax where the shell is installed"
run "$huiying" help --completion tcsh
is "$rc" 2 "no script for an unknown shell"

# complete WORD…: what bash offers for the last word.
complete_words() {
	bash --norc -c '. "$1"; shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
		_huiying 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}" | sort' - "$tmp/c.bash" "$@"
}
firsts=$(printf '%s\n' "${verbs[@]%% *}" | sort -u)
is "$(complete_words huiying '')" "$firsts" "every first word of a command"
is "$(complete_words huiying ca)" "$(grep '^ca' <<<"$firsts")" "huiying ca<TAB>"
is "$(complete_words huiying --home "$tmp" sa)" "$(grep '^sa' <<<"$firsts")" "behind an option and its value"

# What is offered behind each verb and behind its first word, asked in one shell.
bash --norc -c '. "$1"
	offer() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=(); _huiying 2>/dev/null; }
	while read -r v; do
		offer huiying $v --
		for w in "${COMPREPLY[@]}"; do printf "%s\t%s\n" "$v" "$w"; done
		[ "$v" = "${v% *}" ] && continue
		offer huiying ${v% *} ""
		for w in "${COMPREPLY[@]}"; do printf "%s\t%s\n" "$v" "$w"; done
	done <"$2"' - "$tmp/c.bash" "$tmp/verbs" | sort -u >"$tmp/offered"
awk -F'\t' '{ print } $1 ~ / / && !seen[$1]++ { w = $1; sub(/^[^ ]* /, "", w); print $1 "\t" w }' "$tmp/flags" >"$tmp/wanted"
sed -n 's/^\([^ ]*\) \(.*\)/\1 \2\t\2/p' "$tmp/verbs" >>"$tmp/wanted"
missing=$(sort -u "$tmp/wanted" | comm -23 - "$tmp/offered" | tr '\t' ':')
for v in "${verbs[@]}"; do
	for shell in zsh fish; do
		grep -qF -- "${v#* }" "$tmp/c.$shell" || missing="$missing $shell:$v"
	done
done
is "$missing" "" "every flag and every second word is offered"
mkdir "$tmp/dir"
(cd "$tmp/dir" && touch one.warc two.warc && complete_words huiying --home on) >"$tmp/files"
is "$(cat "$tmp/files")" "one.warc" "files where an option takes one"
