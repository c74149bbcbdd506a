#!/bin/bash
# The balance of the queue: whatever is done with its rows, carried over + new = the outcomes +
# open, for every span of time; copies of one event are one row.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 27
office_init
balance() { run "$huiying" --home "$home" alerts --balance "$@"; }
db() { sqlite3 "$home/ledger.db" "$1"; }

# --- an empty ledger
export HUIYING_NOW=2026-01-01T00:00:00Z
balance
is "$rc $(head -1 <<<"$out")" \
	"0 carried over 0 + new 0 = 立项 0 + 合并 0 + 转报 0 + 线索移交 0 + 知悉 0 + 误报 0 + open 0" \
	"nothing balances"
run "$huiying" --home "$home" alerts --from 2026-01-01
is "$rc" 2 "--from without --balance"
balance --from 2026-02-01 --to 2026-01-01
is "$rc" 2 "from behind to"

# --- each way in and out
for i in 1 2 3 4 5 6 7; do new_row "某项目部拖欠工资第${i}批"; done
export HUIYING_NOW=2026-01-02T00:00:00Z
watch case open 1 --grade 一般 --lead 市人社局
watch case merge 2 --into 1
watch dismiss 3 --outcome 转报 --to 省人社厅
watch dismiss 4 --outcome 线索移交 --to 市公安局
watch dismiss 5 --outcome 知悉 --note 已答复
watch dismiss 6 --outcome 误报 --reason 重名
balance
is "$(head -1 <<<"$out")" \
	"carried over 0 + new 7 = 立项 1 + 合并 1 + 转报 1 + 线索移交 1 + 知悉 1 + 误报 1 + open 1" \
	"each outcome in its place"
balance --from 2026-01-02
is "$(head -1 <<<"$out")" \
	"carried over 7 + new 0 = 立项 1 + 合并 1 + 转报 1 + 线索移交 1 + 知悉 1 + 误报 1 + open 1" \
	"what was there before is carried over"
balance --to 2026-01-02
like "$out" '^carried over 0 \+ new 7 = .* open 7$' "as it stood a day before"
export HUIYING_NOW=2026-01-03T00:00:00Z
watch story reopen 6 --reason 是本地的
balance --from 2026-01-03
like "$out" '^carried over 1 \+ new 1 = .* open 2$' "a row opened again is new"
like "$out" 'opened again 1' "and counted by its reason"
balance --from 2026-01-03 --json
like "$out" '"carried":1,"new":1,"outcomes":\{"立项":0,.*\},"open":2,"new_by":\{"raised":0,"returned":0,"reopened":1' \
	"the same as JSON"
watch dismiss 6 --outcome 误报 --reason 重名
export HUIYING_NOW=2026-01-04T00:00:00Z
watch register https://example.com/x --title "某项目部拖欠工资第6批" --text "工人到现场讨薪，拖欠三个月。" --told-by 值班岗
balance
like "$out" "open $(db "SELECT count(*) FROM stories WHERE state = 'open'")\$" "told again"

# --- copies
{
	printf '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		printf '<item><guid>g%s</guid><title>某小区工地拖欠工资三个月工人集体讨薪</title>' "$i"
		printf '<link>http://site%s.example.com/a/%s.html</link>' "$i" "$i"
		printf '<description>%s</description>' "某小区工地拖欠工资，三十名工人到现场讨薪，项目部称正在筹款，预计月底前发放，相关部门已到场处置，记者将继续关注。"
		printf '<pubDate>Mon, 05 Jan 2026 0%s:00:00 +0800</pubDate></item>' "$((i % 10))"
	done
	printf '</channel></rss>'
} >"$tmp/twelve.xml"
export HUIYING_NOW=2026-01-05T06:00:00Z
before=$(db "SELECT count(*) FROM stories")
warc_answer "$home/spool/twelve.warc.gz" "http://site.example.com/feed.xml" "" "" "" "$tmp/twelve.xml" 200 application/rss+xml
watch ingest -q
is "$rc" 0 "twelve sites print one text"
is "$(db "SELECT count(*) FROM items WHERE story > $before")" 12 "there are twelve items"
is "$(($(db "SELECT count(*) FROM stories") - before))" 1 "同一事件十二家转载只算一件"
balance --from 2026-01-05
like "$out" '^carried over [0-9]+ \+ new 1 = ' "new by one"
row=$(db "SELECT max(id) FROM stories")
run "$huiying" --home "$home" alerts --json
like "$out" "\"story\":$row,.*\"copies\":11" "eleven of them are copies"
watch dismiss "$row" --outcome 知悉 --note 已由住建局答复
balance --from 2026-01-05
like "$out" '知悉 1 ' "and one decision settles all"

# --- a year of chance
RANDOM=20260105
echo "# seed 20260105"
bad=""
for ((step = 0; step < 120; step++)); do
	export HUIYING_NOW=$(date -u -d "2026-01-06 + $((step * 72)) hours" +%FT%TZ)
	rows=($(db "SELECT id FROM stories WHERE state = 'open' ORDER BY id"))
	done_rows=($(db "SELECT id FROM stories WHERE state = 'decided' AND case_id = '' ORDER BY id"))
	n=${#rows[@]} m=${#done_rows[@]}
	case $((RANDOM % 8)) in
	0 | 1 | 2) new_row "某工地拖欠工资第${step}号" "第${step}号工地的工人讨薪，拖欠 $((step + 2)) 万元。" ;;
	3) [ $n -gt 0 ] && watch dismiss "${rows[RANDOM % n]}" --outcome 误报 --reason 广告 ;;
	4) [ $n -gt 0 ] && watch dismiss "${rows[RANDOM % n]}" --outcome 知悉 --note 无需回应 ;;
	5) [ $n -gt 0 ] && watch case merge "${rows[RANDOM % n]}" --into 1 ;;
	6) [ $m -gt 0 ] && watch story reopen "${done_rows[RANDOM % m]}" --reason 看错 ;;
	7) [ $n -gt 0 ] && watch case open "${rows[RANDOM % n]}" --grade 一般 --lead 市人社局 ;;
	esac
done
quarters=(2026-01-01 2026-04-01 2026-07-01 2026-10-01 2027-01-01)
carried=0
for q in 0 1 2 3; do
	balance --from "${quarters[q]}" --to "${quarters[q + 1]}" --json
	[ "$rc" -eq 0 ] || bad="$bad rc$rc"
	mapfile -t f < <(grep -oE '"(carried|new|立项|合并|转报|线索移交|知悉|误报|open)":[0-9]+' <<<"$out" | cut -d: -f2)
	[ $((f[0] + f[1])) -eq $((f[2] + f[3] + f[4] + f[5] + f[6] + f[7] + f[8])) ] || bad="$bad Q$q"
	[ "${f[0]}" -eq "$carried" ] || bad="$bad carried$q"
	carried=${f[8]}
done
is "$bad" "" "every quarter balances and carries over what the one before left"
is "$carried" "$(db "SELECT count(*) FROM stories WHERE state = 'open'")" "and the last leaves what the queue shows"
is "$(db "SELECT count(*) FROM queue_moves WHERE move = -1 AND what <> '立项'")" \
	"$(db "SELECT count(*) FROM decisions WHERE outcome <> '立项'")" "each decision is one way out"
[ "$(db "SELECT count(*) FROM decisions")" -gt 30 ]
ok_if $? "there were decisions ($(db "SELECT count(*) FROM decisions"))"
as 丁 admin audit rebuild
is "$rc" 0 "the moves come out of the events"

# --- undone by line
export HUIYING_NOW=2027-01-10T00:00:00Z
printf '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>%s%s</channel></rss>' \
	'<item><guid>u1</guid><title>甲工地拖欠工资</title><link>http://a.example.com/1</link><description>甲工地讨薪。</description></item>' \
	'<item><guid>u2</guid><title>乙厂欠工资两年</title><link>http://b.example.com/2</link><description>乙厂职工讨薪。</description></item>' \
	>"$tmp/two.xml"
warc_answer "$home/spool/two.warc.gz" "http://site.example.com/feed2.xml" "" "" "" "$tmp/two.xml" 200 application/rss+xml
watch ingest -q
line=$(db "SELECT json_extract(why, '\$[0].line') FROM alerts ORDER BY id DESC LIMIT 1")
balance --json
open_before=$(grep -oE '"open":[0-9]+' <<<"$out")
watch dismiss --line "$line" --since 2d --reason 规则 --yes
undo=$(db "SELECT max(seq) FROM line_dismissals")
[ -n "$undo" ]
ok_if $? "rows dismissed by line"
balance --json
[ "$(grep -oE '"open":[0-9]+' <<<"$out")" != "$open_before" ]
ok_if $? "are out"
watch dismiss --undo "$undo"
balance --json
is "$(grep -oE '"open":[0-9]+' <<<"$out")" "$open_before" "and in again when it is taken back"
like "$out" '"undone":[1-9]' "by that way"

# --- what does not add up is said
sqlite3 "$home/ledger.db" "UPDATE stories SET state = 'open' WHERE id = (SELECT max(id) FROM stories WHERE state = 'decided')"
balance
is "$rc" 4 "a row that moved without an event"
like "$err" 'the queue holds [0-9]+ rows, its moves add up to [0-9]+' "is found"
