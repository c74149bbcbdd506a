#!/bin/bash
# A rule line that floods the queue is one row of it; nothing grave disappears in it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
. "$(dirname "$0")/lines.sh"
plan 45
office_init
line_rules "$home"
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
rows() { grep -cE '^(S[0-9]|×)' <<<"$out"; }

spill 50
took
watch alerts
is "$(rows)" 50 "fifty alerts within an hour stand by themselves"
export HUIYING_NOW=2026-11-23T02:59:59Z
spill 1
item "某公司欠薪致人死亡" "某公司欠薪，一名工人死亡，网友关注。"       # S52: 重大
item "某公司欠薪又拖欠工资" "某公司欠薪，还拖欠工资，职工多次反映。"    # S53: another line suffices
item "工程款与欠薪" "某地工程款与欠薪的报道。"                     # S54: needs the line
took
new_row "市民来电反映欠薪" "某公司欠薪三个月。"                      # S55: told
watch alerts
is "$(rows)" 4 "fifty-two are one row"
like "$out" '^×52 +一般 +5 +59m +in 3h00m +欠薪欠资 +keywords.conf:12 +欠薪 3分 … 52 alerts in the last hour$' "with the line, how many, the oldest age, the nearest limit"
like "$out" '^S52 +重大' "what is suggested as 重大 stands by itself"
like "$out" '^S53 ' "so does what other lines suffice for"
like "$out" '^S55 ' "and what a person entered"
unlike "$out" '^S54 ' "a row that needs the line is in it, whatever else hit"
like "$err" '^line keywords.conf:12: 52 alerts in the last hour. huiying alerts --line keywords.conf:12 · dismiss --line keywords.conf:12 --since 1h --reason rule-error$' "how to open it and how to end it"
watch alerts -q
unlike "$err" 'line|next' "-q leaves that out"
watch status --json
like "$out" '"open":55' "the count of open rows stays true"
watch alerts --json
is "$(grep -c . <<<"$out")" 55 "--json has every row"
is "$(grep -c '"flood":{"line":"keywords.conf:12","rule":"欠薪  *3分","rows":52}' <<<"$out")" 52 "and tells which are shown as one"
watch alerts --topic safety
is "$out" "the queue is empty" "another topic has none of it"
watch alerts --topic 欠薪欠资
is "$(rows)" 4 "its own topic shows it as one"
watch alerts --line keywords.conf:12
is "$(rows)" 53 "--line opens it: with the grave one, without those that would be there anyhow"
watch alerts --line 12 --json
is "$(grep -c . <<<"$out")" 53 "as JSON"
unlike "$out" '"flood"' "where nothing is shown as one"
watch alerts --line keywords.conf:14
is "$rc" 0 "a line on which nothing hangs alone"
is "$out" "no row is there because of this line alone" "says so"
watch alerts --line keywords.conf:57
is "$rc" 3 "a line that is not there is an error"

# --- time
export HUIYING_NOW=2026-11-23T06:30:00Z
watch alerts
like "$out" '^×52 .* 欠薪 3分 … 52 alerts since 2026-11-23 10:00$' "a flood of this morning is still one row"
like "$err" 'dismiss --line keywords.conf:12 --since 5h --reason' "which the command reaches back to"
spill 30
took
watch alerts
is "$(rows)" 34 "thirty more in the afternoon are no flood"
spill 25
took
watch alerts
is "$(rows)" 4 "fifty-five are, and one row holds both"
like "$out" '^×107 .*107 alerts since 2026-11-23 10:00$' "with all of them"

# --- who works on a row sees it
watch take 7
watch alerts
like "$out" '^S7 .*甲' "a row that is taken stands by itself"
like "$out" '^×106 ' "the other fifty-one of that hour are one row still"
watch take 8
watch alerts
is "$(rows) $(grep -o '^×[0-9]*' <<<"$out")" "56 ×55" "fifty are not: what is decided or taken thins a flood until the rest can be read"
watch release 7
watch release 8
sed -i 's/^# flood_an_hour = .*/flood_an_hour = 200/' "$home/huiying.conf"
watch alerts
is "$(rows)" 110 "the limit is a setting"
sed -i 's/^flood_an_hour = .*/flood_an_hour = 20/' "$home/huiying.conf"
watch alerts
is "$(rows)" 4 "both ways"

# --- rules that do not load hide nothing
cp "$home/keywords.conf" "$tmp/good.conf"
echo '拖欠 ~' >>"$home/keywords.conf"
watch alerts
is "$rc" 0 "with rules that are broken the queue is still there"
like "$out" '^×107 .* keywords.conf:12 ' "the line is called as it was then"
like "$err" 'keywords.conf:21:4: ~ needs' "and the fault is told"
cp "$tmp/good.conf" "$home/keywords.conf"

# --- two lines at once
sed -i 's/^flood_an_hour = .*/# flood_an_hour = 50/' "$home/huiying.conf"
export HUIYING_NOW=2026-11-24T02:00:00Z
for i in $(seq 1 60); do item "工地$i号讨薪的消息" "第$i处工地讨薪，编号$((i * 6151))，$((i * 37))人到场。" "t$i"; done
took
watch alerts
is "$(rows)" 5 "a second line is a second row"
like "$out" '^×107 ' "beside the first"
like "$out" '^×60 .* keywords.conf:11 ' "each with its line"

# --- a line that was mended: its flood is in doubt, and still one row
cp "$home/keywords.conf" "$tmp/good.conf"
sed -i '/^欠薪  /d' "$home/keywords.conf"
watch rules apply --since 7d
watch alerts
like "$out" '^×107 .* in doubt +欠薪欠资 +keywords.conf:12@[0-9a-f]{6} ' "the one row of a flood says that it is in doubt"
like "$out" '^×60 .* in 4h00m +欠薪欠资 +keywords.conf:11 ' "another flood is not"
watch alerts --doubted
is "$(grep -c ' in doubt ' <<<"$out")" "$(rows)" "row by row with --doubted"
is "$(grep -c '^×' <<<"$out")" 0 "where no flood hides them"
watch dismiss --line "$(grep -o 'keywords.conf:12@[0-9a-f]*' <<<"$(watch alerts; echo "$out")" | head -1)" --since 2d --reason rule-error --dry-run
like "$out" '^108 rows raised since' "a line that is gone can still be named"
cp "$tmp/good.conf" "$home/keywords.conf"
watch rules apply --since 7d

# --- ending it
watch dismiss --line 12 --since 2d --reason rule-error --yes
like "$out" '^108 rows dismissed' "the commands that are shown end it, the grave row included"
watch alerts
is "$(rows)" 3 "one flood is left"
is "$(outcomes)" "open 62, 误报 108" "the balance: new = decided + open"
rebuilds
