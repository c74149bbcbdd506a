#!/bin/bash
# What a new office says of itself, by flags and at a terminal; the first look at the sources.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 50

printf '# 一行一个\n红河镇\n龙场镇\n永安街道、西坪乡\n' >"$tmp/towns.txt"
printf '\xef\xbb\xbf名称,全称,简称,分组,牵头,联系人,联系电话\r\n市人社局,某南市人力资源和社会保障局,"人社局、社保局",市直各部门,欠薪欠资,张某,13800000000\r\n市水务局,,,,,,\r\n' >"$tmp/units.csv"

# --- flags
run "$huiying" init "$tmp/a" --demo --city 某南市 --towns "$tmp/towns.txt" --units "$tmp/units.csv"
is "$rc" 0 "city, towns and units by flags"
like "$out" "not used: 联系人、联系电话" "columns about people are left out"
[ -z "$(grep -rl 13800000000 "$tmp/a")" ]
ok_if $? "and stand nowhere"
units=$(cat "$tmp/a/units.conf")
like "$units" '^\[市人社局\]$' "a unit"
like "$units" '^also = 人社局、社保局$' "with its other names"
like "$units" '^leads = 欠薪欠资$' "and what it leads"
like "$units" '^full = 某南市永安街道办事处$' "the towns are units too"
unlike "$units" '凯里' "and nobody of the shipped city"
like "$(cat "$tmp/a/huiying.conf")" '^name = 某南市人民政府办公室$' "the office has its name"
run "$huiying" --home "$tmp/a" rules check
is "$rc" 0 "the rules are good"
region() { echo "{\"id\":\"1\",\"title\":\"$1\",\"text\":\"拖欠农民工工资，工人讨薪，至今没人管。\"}" | "$huiying" match --home "$tmp/a" 2>/dev/null | grep -c '"topics":\[{'; }
is "$(region '某南市一处工地')" 1 "the city is ours"
is "$(region '某南的一处工地')" 1 "without 市 too"
is "$(region '红河镇一处工地')" 1 "a town of its own name"
is "$(region '龙场镇一处工地')" 0 "one that many counties have is not enough"
is "$(region '某南龙场镇一处工地')" 1 "but is with the city"
is "$(region '凯里市一处工地')" 0 "the shipped city is another's"

# --- nothing that exists is overwritten
run "$huiying" init "$tmp/a" --demo --city 某北市
is "$rc" 0 "init again"
like "$out" 'stays as it is: local.d/region.conf units.conf huiying.conf' "what is there stays"
is "$(cat "$tmp/a/units.conf")" "$units" "as it was"

# --- what cannot be
bad() { run "$huiying" init "$tmp/bad" --demo "$@"; }
bad --city $'某\n[x]'
like "$rc ${err//$'\n'/ }" '^2 .*holds a sign that no name has' "a city with a line break"
printf '全称\n某局\n' >"$tmp/no-name.csv"
bad --units "$tmp/no-name.csv"
like "$rc $err" '^2 .*no-name.csv: line 1: no column is called 名称' "a table without names"
printf '名称\n某局\n某局\n' >"$tmp/twice.csv"
bad --units "$tmp/twice.csv"
like "$rc $err" '^2 .*line 3: the unit “某局” stands there twice' "a unit twice"
printf '名称,层级\n某局,星球\n' >"$tmp/level.csv"
bad --units "$tmp/level.csv"
like "$rc $err" '^2 .*units.conf:[0-9]+:[0-9]+: ' "the loader's own checks"
printf 'PK\003\004xx' >"$tmp/units.xlsx"
bad --units "$tmp/units.xlsx"
like "$rc $err" '^3 .*save it as CSV' "a spreadsheet"
bad --towns "$tmp/nowhere.txt"
is "$rc" 3 "a missing file"
[ ! -e "$tmp/bad/ledger.db" ]
ok_if $? "nothing was made of any of them"
iconv -f utf-8 -t gb18030 "$tmp/units.csv" >"$tmp/gbk.csv"
run "$huiying" init "$tmp/gbk" --demo --units "$tmp/gbk.csv"
like "$(cat "$tmp/gbk/units.conf")" '某南市人力资源和社会保障局' "a table in GB18030"
printf '三棵树镇、新开镇' >"$tmp/more.txt"
run "$huiying" init "$tmp/kaili" --demo --city 凯里市 --towns "$tmp/more.txt"
like "$(ls "$tmp/kaili/local.d" | tr '\n' ' ')" 'kaili.conf region.conf' "the shipped city keeps its region"
unlike "$(cat "$tmp/kaili/local.d/region.conf")" '三棵树|^"凯里' "and gets what is new to it"

# --- no terminal: nothing is asked
run timeout 60 "$huiying" init "$tmp/quiet"
is "$rc" 0 "without a terminal it does not hang"
like "$err" 'nobody is there to be asked' "and says so"
run "$huiying" init "$tmp/quiet2" -q
is "$err" "" "-q says nothing"

# --- a terminal
terminal() { # terminal DIR ANSWERS: init on a pseudo-terminal
	printf "$2" | timeout 60 script -qec "'$huiying' init '$1'" /dev/null >"$tmp/.tty" 2>&1
}
terminal "$tmp/tty" '某[西\n某西市\n红河镇  西坪乡　永安街道\n市人社局、 市水务局\nn\n'
is $? 0 "at a terminal"
like "$(cat "$tmp/.tty")" 'holds a sign that no name has' "a bad answer is asked for again"
like "$(cat "$tmp/tty/local.d/region.conf")" '"某西市" \| "某西"' "the city was asked"
like "$(cat "$tmp/tty/units.conf" | tr '\n' ' ')" '\[市人社局\].*\[市水务局\].*\[红河镇\].*\[西坪乡\].*\[永安街道\]' "units and towns too"
terminal "$tmp/tty2" '\n\n\nn\n'
is "$(ls "$tmp/tty2/local.d")" "" "Enter leaves everything as shipped"

# --- the first look at the sources
web=$tmp/web
mkdir "$web"
start_server --dir "$web"
site=http://127.0.0.1:$port
rss "$web/good.xml" "某项目部拖欠农民工工资引关注" "$site/1" g1 "工人到现场讨薪。"
sed 's|<guid>|<pubDate>Mon, 04 Jan 2021 01:00:00 GMT</pubDate><guid>|' "$web/good.xml" >"$web/dead.xml"
echo '<html><script>window._cf_chl_opt={}</script></html>' >"$web/wall.html"
cp -r "$top/rules" "$tmp/shipped"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$tmp/shipped/huiying.conf"
small_rules "$tmp/shipped"
cat >"$tmp/shipped/sources.conf" <<END
# 随程序带来
[good]
url = $site/good.xml
enabled = no
# 停更
[dead]
url = $site/dead.xml
enabled = no
[wall]
kind = list
url = $site/wall.html
enabled = no
[gone]
url = $site/gone.xml
enabled = no
END
export HUIYING_SHIPPED=$tmp/shipped
run "$huiying" init "$tmp/p" --demo --probe --city 某南市
is "$rc" 0 "--probe"
like "$out" '^on   good: 1 entry' "what answers is switched on"
like "$out" '^off  dead: it answers, but has had nothing new since 2021-01-04' "what is dead is not"
like "$out" '^off  wall: challenge: Cloudflare' "nor a wall"
like "$out" '^off  gone: http: HTTP status 404' "nor what is not there"
is "$(diff "$tmp/shipped/sources.conf" "$tmp/p/sources.conf" | grep '^[<>]' | tr '\n' ' ')" "< enabled = no > enabled = yes " "one line of the file is another"
like "$("$huiying" --home "$tmp/p" alerts --json 2>/dev/null)" '某项目部拖欠农民工工资' "what came is in the queue already"
for ((i = 0; i < 60; i++)); do printf '[s%d]\nurl = %s/good.xml?%d\nenabled = no\n' $i "$site" $i; done >"$tmp/shipped/sources.conf"
run "$huiying" init "$tmp/many" --demo --probe
is "$rc $(grep -c 'enabled = yes' "$tmp/many/sources.conf")" "0 60" "sixty sources in several runs of the fetcher"
run "$huiying" init "$tmp/many" --demo --probe
unlike "$out" '^(on|off)' "what is on already is left alone"
kill "$server_pid"
wait "$server_pid" 2>/dev/null
cleanup_pids=""
printf '[good]\nurl = %s/good.xml\nenabled = no\n' "$site" >"$tmp/shipped/sources.conf"
run "$huiying" init "$tmp/q" --demo --probe --city 某南市
is "$rc" 0 "when nothing answers"
like "$out" '^off  good: connect' "every source says why"
like "$(cat "$tmp/q/local.d/region.conf")" '某南市' "what was entered is kept"
run "$huiying" init "$tmp/q2" --probe --no-probe
is "$rc" 2 "--probe and --no-probe"
