#!/bin/bash
# Routing: which units a matter goes to by topic, place and 垂直管理, from units.conf.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 36
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z
row() { # row TITLE TEXT: registers, sets $row
	watch register - --title "$1" --text "$2"
	row=${out%% *}
}

# --- topic and place
row "凯里某项目部欠薪" "凯里市龙场镇的工人讨薪，下司古镇也有人。织金县三棵树镇不在本市。"
watch case route "$row" --json
like "$out" '"lead":"市人社局","level":"市"' "the unit that leads the topic"
like "$out" '"co":\["龙场镇","下司镇"\]' "towns help: by their name, by a place in them; another county's is not ours"
like "$out" '"coordinator":"市政府办公室、市委宣传部"' "what several answer is coordinated"
like "$out" '"rule":"topic","text":"topic 欠薪欠资: 市人社局 leads it \(units.conf; 谁主管谁负责\)"' "why: the topic"
like "$out" '"rule":"place","text":"place 下司古镇: 下司镇 \(属地管理\)"' "why: the place"
like "$out" '"rule":"places","text":"2 places: 市人社局 is the first to answer' "why: several places"
watch case route "$row"
like "$out" 'lead +市人社局 \(市\)' "in words"
like "$err" "next: huiying case open $row --grade G --lead auto" "and what comes next"
watch case open "$row" --grade 一般
is "$rc" 2 "a lead must be named"
like "$err" 'suggested: 市人社局 with 龙场镇、下司镇 \(.*\) - or --lead auto' "the refusal says whom the rules would take"
watch case open "$row" --grade 特别重大 --lead auto
is "$rc $out" "0 YQ-2026-000001 opened: 特别重大, lead 市人社局" "--lead auto takes them"
watch show 1 --json
like "$out" '"unit":"下司镇","role":"co"' "co-units too"
like "$out" '"coordinator":"市政府办公室、市委宣传部"' "the record says who coordinates"
like "$(sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = 'case.opened/2'")" '"route":"auto"' "and that the rules chose"
watch case route YQ-1 --json
like "$out" '"rule":"grade","text":"特别重大: 政府主要负责同志 directs it in person' "特别重大: the head of the government"
watch case route 99
is "$rc" 3 "a row that is not there"

# --- typed places come before those of the text; a given lead stays
row "某工地讨薪" "龙场镇的工人讨薪。"
watch case open "$row" --grade 一般 --lead auto --place 炉山镇
watch show 2 --json
like "$out" '"unit":"炉山镇","role":"co"' "the place that was typed"
unlike "$out" '"unit":"龙场镇"' "not the one of the text"
watch case assign 2 --lead auto --co 市住建局
is "$rc $out" "0 YQ-2026-000002 assigned: lead 市人社局, 2 co-units" "assign --lead auto"
watch case assign 2 --lead 市财政局
like "$out" 'lead 市财政局, 0 co-units' "who is typed is taken as typed"

# --- the units' own file: no topic, one town, several; vertical; reforms
cat >"$home/units.conf" <<'UNITS'
[甲局]
leads = 欠薪欠资
until = 2026-06-30
successor = 乙局

[乙局]
groups = 市直各部门

[府办]
coordinates = yes

[环境分局]
level = 州
vertical = yes
superior = 州生态环境局

[河镇]
full = 某市河镇人民政府
level = 镇街
places = 青石村、老码头

[山镇]
full = 某市山镇人民政府
level = 镇街
UNITS
row "讨薪" "某地的工人讨薪。"
watch case route "$row" --json
like "$out" '"lead":"乙局"' "a unit of the past is replaced by its successor"
like "$out" '"rule":"successor","text":"甲局 existed until 2026-06-30: now 乙局"' "and it says so"
like "$out" '"co":\[\]' "nobody else"
unlike "$out" '"coordinator":"' "one unit alone needs no coordinator"
export HUIYING_NOW=2026-06-01T01:00:00Z
watch case route "$row" --json
like "$out" '"lead":"甲局"' "before the reform the old one"
export HUIYING_NOW=2026-09-28T01:00:00Z
sed -i '/^leads/d' "$home/units.conf"
row "青石村讨薪" "老码头边的工人讨薪。"
watch case route "$row" --json
like "$out" '"lead":"河镇","level":"镇街"' "no topic's unit: the one town leads"
row "河镇山镇讨薪" "两镇的工人讨薪。"
watch case route "$row"
is "$rc" 1 "several towns and no topic's unit: nobody"
like "$out" '2 places and no topic that a unit leads: name the lead' "it says why"
watch case open "$row" --grade 一般 --lead auto
is "$rc" 1 "and auto takes nobody"
watch case open "$row" --grade 一般
like "$rc $err" 'neither topic nor place suggests one' "nor does a missing lead suggest any"
watch case open "$row" --grade 一般 --lead 河镇 --co 山镇
is "$rc" 0 "a person names them"
sed -i 's/^vertical/leads = 欠薪欠资\n&/' "$home/units.conf"
row "外县山镇讨薪" "外县山镇的工人讨薪，某市山镇没有。"
watch case route "$row" --json
like "$out" '"lead":"环境分局","level":"州","vertical":true,"coordinator":"州生态环境局"' "垂直管理: the unit above coordinates"
like "$out" '"co":\["山镇"\]' "ours is named behind our own city"
row "外县山镇讨薪二" "外县山镇的工人讨薪。"
watch case route "$row" --json
like "$out" '"co":\[\]' "another county's town is not"
unlike "$out" '"rule":"place"' "and gives no reason"
watch audit rebuild
is "$rc" 0 "what was opened is what the events give"
