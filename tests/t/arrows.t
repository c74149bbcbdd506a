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
	local dir=$1 file room target
	(cd "$dir" && for room in "${!may[@]}"; do
		[ -d "$room" ] || continue
		grep -HnE '^#[[:space:]]*include[[:space:]]*"' "$room"/*.[ch] 2>/dev/null |
			while IFS=: read -r file line text; do
				target=$(printf '%s' "$text" | sed 's/.*"\([^"/]*\)\/.*/\1/; t; s/.*/(no room)/')
				case " ${may[$room]} " in
				*" $target "*) ;;
				*) echo "$file:$line: $text" ;;
				esac
			done
	done)
}

is "$(wrong_arrows .)" "" "no include goes against the arrows"

mkdir -p "$tmp/base" "$tmp/crawler"
echo '#include "ledger/db.h"' >"$tmp/crawler/wrong.c"
echo '#include "cli/output.h"' >"$tmp/base/wrong.h"
is "$(wrong_arrows "$tmp" | sort | cut -d: -f1 | tr '\n' ' ')" "base/wrong.h crawler/wrong.c " \
	"the check itself sees a wrong arrow"

foreign=$(grep -nE '^#[[:space:]]*include[[:space:]]*<(curl|libxml|pcre2|sqlite3|zlib|libdeflate|isa-l|jansson|nettle|sodium|utf8proc|zip)' */*.h)
is "$foreign" "" "third-party headers stay in .c files"

bad=""
for h in */*.h; do
	case $h in tests/*) continue ;; esac
	printf '#include "%s"\n' "$h" >"$tmp/alone.c"
	${CC:-gcc} -std=c11 -D_GNU_SOURCE -I. -Wall -Wextra -fsyntax-only "$tmp/alone.c" 2>"$tmp/alone.err" ||
		bad="$bad $h"
done
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
