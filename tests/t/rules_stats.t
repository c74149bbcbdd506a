#!/bin/bash
# What each rule line brought: exact counts, only 误报 counts, lines that moved, changed, went.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/lines.sh"
plan 36
office_init
line_rules "$home"
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
# figures FILE:LINE: hits, decided, false alarms of a line.
figures() {
	watch rules stats --json
	grep -F "{\"file\":\"${1%:*}\",\"line\":${1##*:}," <<<"$out" |
		sed 's/.*"hits":\([0-9]*\),"decided":\([0-9]*\),"false_alarms":\([0-9]*\).*/\1 \2 \3/'
}

watch rules stats
is "$rc $out" "0 no rule line has brought an alert" "nothing yet"
like "$err" '^8 lines never hit: --unused$' "how many lines there are"

spill 6                                                                # S1 … S6: 12
item "某项目部拖欠工资" "某项目部拖欠工资八十六万元，工人到现场讨薪。"         # S7: 10 11
item "某公司欠薪又拖欠工资" "某公司欠薪，还拖欠工资，县里召开会议。"          # S8: 10 12, 2 weakens
item "某处围墙坍塌欠薪" "某处围墙坍塌，施工方欠薪，无人过问。"                # S9: 12 and 20
item "某厂工钱没着落职工着急" "某厂工钱没着落，找谁都没有用。"                # S10: the overlay
took
is "$(figures keywords.conf:12)" "8 0 0" "hits: eight alerts, none decided"
is "$(figures keywords.conf:2)" "1 0 0" "a line that weakens every topic is counted once"
is "$(figures keywords.conf:20)" "1 0 0" "another topic's line is its own"
is "$(figures local.d/town.conf:2)" "1 0 0" "so is an overlay's"
watch rules stats --json
like "$out" '"line":12,.*"hits":8,"decided":0,"false_alarms":0,"reasons":\{\}\}' "no rate where nothing is decided"
watch rules stats
like "$out" '^keywords.conf:12 +欠薪欠资 +8 +0 +0 +— +欠薪 3分$' "a dash in the table"
is "$(head -1 <<<"$out" | tr -s ' ')" "LINE TOPIC HITS DECIDED FALSE RATE REASONS AS WRITTEN" "its columns"

watch dismiss 1 --outcome 误报 --reason 文艺
watch dismiss 2 --outcome 误报 --reason rule-error
watch dismiss 3 --outcome 知悉 --note 已在处理
watch dismiss 4 --outcome 转报 --to 某县
watch dismiss 8 --outcome 误报 --reason 宣传
watch case open 9 --grade 一般 --lead 市人社局
is "$(figures keywords.conf:12)" "8 6 3" "six decided, three as 误报"
is "$(figures keywords.conf:10)" "2 1 1" "every line of a false alarm has its share"
is "$(figures keywords.conf:2)" "1 1 1" "also the one that weakened it in vain"
is "$(figures keywords.conf:20)" "1 1 0" "a case speaks for its lines"
watch rules stats
like "$out" '^keywords.conf:12 +欠薪欠资 +8 +6 +3 +50% +文艺 1 宣传 1 规则 1 +欠薪 3分$' "share and kinds"
is "$(sed -n 2p <<<"$out" | cut -d' ' -f1)" "keywords.conf:12" "most false alarms first"
like "$err" 'next: huiying rules suggest A8 · alerts --line keywords.conf:12 · rules edit' "what to look at, by its number"
is "$(grep -n '^keywords.conf:2 ' <<<"$out" | cut -d: -f1)" "$(grep -c . <<<"$out")" "a line that takes points is behind those that add, whatever its rate"
unlike "$out" '工程款' "what never hit is left out"
watch rules stats --unused
is "$(tail -2 <<<"$out" | awk '{print $1, $3}' | tr '\n' ' ')" "keywords.conf:13 0 keywords.conf:14 0 " "and comes last with --unused"

# --- a dismissal by line, and back
watch dismiss --line 12 --since 1d --reason rule-error --yes
n=$("$huiying" --home "$home" audit head 2>/dev/null | cut -d' ' -f1)
is "$(figures keywords.conf:12)" "8 8 5" "a dismissal by line counts"
watch dismiss --undo "$n"
is "$(figures keywords.conf:12)" "8 6 3" "until it is taken back"

# --- a row that came back is undecided again
warc_date=2026-11-23T01:30:00Z
item "第0-1场球员转会的消息" "第1家俱乐部球员欠薪的消息传出，编号7919，31人到场，另有工人讨薪。" g0-0
took
is "$(figures keywords.conf:12)" "8 5 2" "what came back is open"

# --- time and topic
export HUIYING_NOW=2026-12-23T02:00:00Z
item "某工程款纠纷讨薪的消息" "某工程款无人支付，工人讨薪。" late
took
watch rules stats --since 7d --json
is "$(grep -c . <<<"$out")" 2 "--since: only what was raised since"
like "$out" '"line":11,.*"hits":1,' "each line with its own"
watch rules stats --since 2026-12-24
is "$out" "no rule line has brought an alert" "a date"
watch rules stats --topic safety
is "$(grep -c . <<<"$out")" 2 "--topic by code"
watch rules stats --topic 没有
is "$rc" 3 "a topic that nobody knows"

# --- moved, changed, gone
sed -i '1i # 说明' "$home/keywords.conf"
is "$(figures keywords.conf:13)" "8 5 2" "a line that moved keeps its figures"
sed -i 's/^欠薪  .*/欠薪 ~8 工人  3分/' "$home/keywords.conf"
watch rules stats
like "$out" '^keywords.conf:12@[0-9a-f]{6} +欠薪欠资 +8 +5 +2 +40% .* \(gone\) 欠薪 3分$' "one that was changed stays, as gone"
unlike "$err" 'keywords.conf:12@' "and is none to look at"
watch rules stats --json
like "$out" '"file":"keywords.conf","line":12,"rules_hash":"[0-9a-f]{6}","rule":"欠薪 +3分","topic":"欠薪欠资","code":"wage-arrears","gone":true,"hits":8' "in JSON too"
watch rules stats --unused
like "$out" '^keywords.conf:13 +欠薪欠资 +0 +0 +0 +— +欠薪 ~8 工人 3分$' "and begins anew"

# --- a line that stands twice is one
printf '工钱没着落      3分\n' >>"$home/local.d/town.conf"
item "东街饭馆的工钱没着落" "东街饭馆关了门，帮工说工钱没着落。"
took
is "$(figures local.d/town.conf:2)" "2 0 0" "it counts once an alert"

echo '拖欠 ~' >>"$home/keywords.conf"
watch rules stats
is "$rc" 2 "rules that do not load are an error"
cp "$top/rules/keywords.conf" "$home/keywords.conf"
watch rules stats
is "$rc" 0 "other rules are not"
rebuilds
