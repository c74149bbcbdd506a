#!/bin/bash
# The rooms know each other only along the arrows of ARCHITECTURE.md; third-party
# headers stay in .c files; every header compiles alone.
. "$(dirname "$0")/lib.sh"
plan 6
cd "$top" || exit 1

declare -A may=(
	[base]="base"
	[crawler]="crawler base"
	[matcher]="matcher base"
	[ledger]="ledger base"
	[office]="office crawler matcher ledger base"
	[review]="review office ledger base"
	[site]="site ledger base"
	[cli]="cli review site office crawler matcher ledger base"
)

wrong_arrows() { # wrong_arrows DIR: prints the includes that break the rule
	local rooms="" room
	for room in "${!may[@]}"; do
		rooms="$rooms$room ${may[$room]}|"
	done
	(cd "$1" && find . -mindepth 2 -maxdepth 2 -name '*.[ch]' -printf '%P\n' | sort | xargs awk -v rooms="$rooms" '
		BEGIN {
			n = split(rooms, line, "|")
			for (i = 1; i < n; i++) {
				m = split(line[i], word, " ")
				for (k = 2; k <= m; k++) ok[word[1], word[k]]
				room[word[1]]
			}
		}
		/^#[ \t]*include[ \t]*"/ {
			split(FILENAME, here, "/")
			target = $0
			if (!sub(/^[^"]*"/, "", target) || !sub(/\/.*/, "", target)) target = "(no room)"
			if (here[1] in room && !((here[1], target) in ok)) print FILENAME ":" FNR ": " $0
		}')
}

is "$(wrong_arrows .)" "" "no include goes against the arrows"

mkdir -p "$tmp/base" "$tmp/crawler"
echo '#include "ledger/db.h"' >"$tmp/crawler/wrong.c"
echo '#include "cli/output.h"' >"$tmp/base/wrong.h"
is "$(wrong_arrows "$tmp" | sort | cut -d: -f1 | tr '\n' ' ')" "base/wrong.h crawler/wrong.c " \
	"the check itself sees a wrong arrow"

foreign=$(grep -nE '^#[[:space:]]*include[[:space:]]*<(curl|libxml|pcre2|sqlite3|zlib|libdeflate|isa-l|jansson|nettle|sodium|utf8proc|zip)' */*.h)
is "$foreign" "" "third-party headers stay in .c files"

# Where a file of the build begins with its own header, that it was built shows it.
alone=()
for h in */*.h; do
	case $h in tests/*) continue ;; esac
	[ -f "${h%.h}.c" ] && [ "$(grep -m1 '^#' "${h%.h}.c")" = "#include \"$h\"" ] && continue
	printf '#include "%s"\n' "$h" >"$tmp/alone-${#alone[@]}.c"
	alone+=("$tmp/alone-${#alone[@]}.c")
done
bad=$(${CC:-gcc} -std=c11 -D_GNU_SOURCE -I. -Wall -Wextra -fsyntax-only "${alone[@]}" 2>&1 | grep -E ': (error|fatal error):')
is "$bad" "" "every header compiles alone"

# mutable FILE…: what the compiler put into writable memory, statics of functions too. (The
# sanitizers keep writable tables of their own beside every object: not looked at there.)
mutable() {
	objdump -t "$@" | awk '$3 == "O" && $4 ~ /^\.t?(data|bss)/ && $4 !~ /^\.data\.rel\.ro/ { print $NF }
		$2 == "O" && $3 ~ /^\.t?(data|bss)|^\*COM\*/ && $3 !~ /^\.data\.rel\.ro/ { print $NF }'
}
cat >"$tmp/state.c" <<'C'
static const char *const fixed[] = {"a", "b"};
static const char *word = "a";
int next(void);
int next(void)
{
	static int count;
	word = fixed[count % 2];
	return *word + count++;
}
C
${CC:-gcc} -fPIE -c -o "$tmp/state.o" "$tmp/state.c"
is "$(mutable "$tmp/state.o" | sed 's/\..*//' | sort | tr '\n' ' ')" "count word " "the check itself sees state"
if [ -n "${SANITIZED:-}" ]; then
	state=""
else
	state=$(mutable "$BUILD"/lib{base,crawler,matcher,ledger,office,cli}.a "$BUILD"/obj/{cli/main,crawler/fetch_main}.o)
fi
is "$state" "" "no mutable file-scope state"
