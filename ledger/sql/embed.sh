#!/bin/sh
# Turns the migration files into one C table, in the order given.
set -eu
echo '/* Made from ledger/sql by ledger/sql/embed.sh; edit the .sql files. */'
echo "#pragma GCC diagnostic ignored \"-Woverlength-strings\""
echo '#include "ledger/migrations.h"'
echo 'const struct migration migrations[] = {'
for f in "$@"; do
	n=$(basename "$f" .sql)
	printf '\t{%d, "%s",\n' "$(expr "${n%%_*}" + 0)" "$n"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t\t"/' -e 's/$/\\n"/' "$f"
	printf '\t},\n'
done
echo '};'
printf 'const int migration_count = %d;\n' "$#"
