#!/bin/bash
# make install: what is installed runs where it was put, and the units start it.
. "$(dirname "$0")/lib.sh"
plan 9
export LC_ALL=C.UTF-8

unset MAKEFLAGS MAKELEVEL MFLAGS
root=$tmp/root
MAKELEVEL=1 make -C "$top" install BUILD="$BUILD" PREFIX=/opt/office DESTDIR="$root" >"$tmp/log" 2>&1
ok_if $? "make install"
[ -x "$root/opt/office/bin/huiying-fetch" ]
ok_if $? "both programs"

# The prefix is another than the one that was compiled in.
run bash -c 'echo "{\"id\":\"1\",\"text\":\"凯里讨薪\"}" | "$0" match' "$root/opt/office/bin/huiying"
like "$rc $out" '^0 .*"code":"wage-arrears"' "it finds the rules beside it"
LANGUAGE=zh_CN run "$root/opt/office/bin/huiying" nonsense
like "$err" '不认识的命令' "and its words"
run "$root/opt/office/bin/huiying" init "$tmp/home"
is "$rc" 0 "it makes an instance"

units=$root/opt/office/lib/systemd/system
is "$(ls "$units" | tr '\n' ' ')" "$(cd "$top/systemd" && ls *.path *.service *.timer | LC_ALL=C sort | tr '\n' ' ')" "every unit"
missing=""
for path in $(sed -n 's/^ExecStart=\([^ ]*huiying[^ ]*\).*/\1/p; s/^ExecPaths=\([^ ]*huiying[^ ]*\) .*/\1/p' "$units"/*.service); do
	[ -x "$root$path" ] || missing="$missing $path"
done
is "$missing" "" "starts and admits the programs that were installed"
is "$(grep -l /usr/bin/huiying "$units"/* | wc -l)" 0 "and no others"
missing=""
for f in man/man1/huiying.1 man/man1/huiying-fetch.1 man/man5/keywords.conf.5 \
	bash-completion/completions/huiying huiying/units.conf huiying/local.d/kaili.conf \
	huiying/plan-2021.csv; do
	[ -s "$root/opt/office/share/$f" ] || missing="$missing $f"
done
is "$missing" "" "manual, completion, region and plan came along"
