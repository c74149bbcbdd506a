#!/bin/bash
# rules apply: the stored items judged by the rules of today; nothing leaves the queue by it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 55
office_init
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
rss "$tmp/a.xml" "某项目部拖欠工程款引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪。" \
	"某小区停水三天无人管" https://a.example.gov.cn/2 g2 "居民很着急。" \
	"某小区停水三天无人管" https://b.example.gov.cn/2 g22 "转载的同一条。" \
	"某地讨薪的剧本开机了" https://a.example.gov.cn/4 g4 "讨薪。" \
	"今天天气不错适合出游散心" https://a.example.gov.cn/5 g5 "阳光明媚。"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
new_row "有人来电反映剧本的讨薪戏" "不要再拍了。"
rules=$home/keywords.conf
cp "$rules" "$tmp/first.conf"
{ cat "$tmp/first.conf"; printf '\n[停水]\n代码 = water\n停水 3分\n阈值 = 3\n'; } >"$tmp/second.conf"
{ cat "$tmp/second.conf"; printf '[欠薪欠资]\n'; } | sed 's/^讨薪.*/讨薪 3分\n-剧本 3分/' | sed '$d' >"$tmp/third.conf"
sql() { sqlite3 "$home/ledger.db" "$1"; }
alerts() { sql 'SELECT count(*) FROM alerts'; }
state() { sql "SELECT group_concat(id || ' ' || story || ' ' || code, ',') FROM alerts"; }

# --- usage
watch rules apply
is "$rc" 2 "without --since"
like "$err" 'say how far back: --since 7d' "says what is missing"
watch rules apply --since later
is "$rc" 2 "what is no span"
as 丙 unit rules apply --since 7d
is "$rc" 1 "a responsible unit may not"

# --- the same rules
before=$(state)
watch rules apply --since 7d
is "$rc" 0 "with the rules they were judged by"
is "$out" "5 items judged: 0 alerts raised, 0 open ones in doubt, 0 not any more" "nothing differs"
is "$(state)" "$before" "nothing was raised"

# --- a topic more
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
is "$rc" 0 "a topic more"
is "$(state)" "$before" "an install raises nothing by itself"
events=$(sql 'SELECT count(*) FROM events')
watch rules apply --since 7d --dry-run
is "$out" "5 items judged: 1 alert would be raised, 0 open ones be in doubt, 0 not any more
would be raised:
  [停水]  某小区停水三天无人管" "--dry-run: the copies are one alert"
like "$err" 'next: huiying rules apply --since 7d$' "and the way on"
is "$(sql 'SELECT count(*) FROM events')" "$events" "nothing is written"
watch rules apply --since 7d
is "$rc" 0 "for real"
is "$out" "5 items judged: 1 alert raised, 0 open ones in doubt, 0 not any more
raised:
  A4  S4  [停水]  某小区停水三天无人管" "the same, with its number"
is "$(sql 'SELECT count(*) FROM items WHERE story = 4')" 2 "one story of both copies"
is "$(sql "SELECT count(*) FROM events WHERE kind = 'alert.raised/1' AND subject = 'A4'")" 1 "an alert as by ingest"
is "$(sql "SELECT rules_hash FROM alerts WHERE id = 4")" "$(sql "SELECT rules_after FROM rule_installs")" "by the rules of today"
is "$(sql "SELECT DISTINCT rules_hash FROM items WHERE warc <> ''")" "$(sql "SELECT rules_after FROM rule_installs")" "all items are judged by them now"
like "$(sql "SELECT payload FROM events WHERE kind = 'rules.applied/1' ORDER BY seq DESC LIMIT 1")" '^\{"doubted":0,"items":5,"raised":1,"rules_hash":"[0-9a-f]{64}","since":1794794400,"stopped":0,"upheld":0\}$' "recorded in an event"
watch rules apply --since 7d
like "$out" '^5 items judged: 0 alerts raised' "again: nothing more"

# --- a decided story that gets another topic comes back
watch dismiss 1 --outcome 误报 --reason 宣传 --note 通稿
printf '\n[工程]\n代码 = works\n工程款 3分\n阈值 = 3\n' >>"$rules"
watch rules apply --since 7d
like "$out" '^  A5  S1  \[工程\]  某项目部拖欠工程款引关注$' "another topic of a decided story"
watch alerts
like "$out" '^S1 .*▲new topic 工程' "it is back, marked"

# --- rules that give no reason any more
watch rules edit keywords.conf --from "$tmp/third.conf" --yes
is "$rc" 0 "a line that subtracts, a topic less"
watch rules apply --since 7d --dry-run
like "$out" '0 alerts would be raised, 2 open ones be in doubt' "--dry-run tells"
is "$(sql 'SELECT count(*) FROM alert_doubts')" 0 "and marks nothing"
watch rules apply --since 7d
is "$rc" 0 "applied"
is "$out" "5 items judged: 0 alerts raised, 2 open ones in doubt, 0 not any more
no rule gives reason for these any more; decide on them:
  A5  S1  [工程]  某项目部拖欠工程款引关注
  A2  S2  [欠薪欠资]  某地讨薪的剧本开机了" "those that lost their reason are listed"
watch alerts
like "$out" '^S2 .* in doubt ' "they stay in the queue, marked"
like "$out" '^S1 .* partly in doubt ' "a row with a topic that holds is so in part"
unlike "$out" '^S3 .* in doubt ' "nor is what a person told"
watch alerts --doubted
is "$(grep -oE '^S[0-9]+' <<<"$out" | sort | tr '\n' ' ')" "S1 S2 " "--doubted lists both and nothing else"
watch alerts --json
is "$(echo "$out" | jq -c 'select(.story == 2) | .alerts[0].doubted')" '"2026-11-23T02:00:00Z"' "as JSON"
watch rules apply --since 7d
like "$err" 'next: huiying alerts --doubted · show A… · dismiss S…$' "what to do with them"
watch show A2
like "$out" '^in doubt +2026-11-23 10:00$' "show says since when"
watch rules apply --since 7d
like "$out" '2 open ones in doubt' "again: they still are"
is "$(sql "SELECT count(*) FROM events WHERE kind = 'alert.doubted/1'")" 2 "but no event more"
watch rules revert --yes
watch rules apply --since 7d
like "$out" 'rules give reason again for:' "with the rules before"
is "$(sql 'SELECT count(*) FROM alert_doubts')" 0 "the marks are gone"
watch alerts --doubted
is "$rc $out" "0 no row is in doubt" "and no row is listed"

# --- how far back, JSON
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
HUIYING_NOW=2026-12-23T02:00:00Z watch rules apply --since 7d --json
is "$(echo "$out" | jq -c .)" '{"items":0,"dry_run":false,"stopped":false,"raised":[],"doubted":[],"upheld":[]}' "what is older is left"
watch rules apply --since 12h --dry-run --json
is "$(echo "$out" | jq -c '[.items, .dry_run, (.doubted | length)]')" '[5,true,1]' "hours count too"

# --- stopped and killed: what was done is kept, the rest is done by the next run
many() {
	local i args=()
	for i in $(seq "$1" "$2"); do args+=("第${i}号小区断气的情况说明" "https://a.example.gov.cn/m$i" "m$i" "断气第${i}天。"); done
	rss "$tmp/m.xml" "${args[@]}"
}
many 1 900
warc_date=2026-11-23T01:30:00Z
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/m.xml"
watch ingest -q
printf '\n[断气]\n代码 = gas\n断气 3分\n阈值 = 3\n' >>"$rules"
had=$(alerts)
stopped=0
for i in 1 2 3 4 5 6; do
	"$huiying" --home "$home" rules apply --since 7d -q --actor 甲 --role watch >/dev/null 2>&1 &
	pid=$!
	read -r -t 0.1 <> <(:) || :
	[ $((i % 2)) = 0 ] && signal=KILL || signal=INT
	kill -$signal $pid 2>/dev/null && stopped=$((stopped + 1))
	wait $pid 2>/dev/null
done
watch rules apply --since 7d -q
is "$rc" 0 "the last run does the rest"
cp "$rules" "$tmp/gas.conf"
sed '/^\[断气\]$/,$d' "$tmp/gas.conf" >"$rules"
watch rules apply --since 7d --dry-run
is "$(grep -c '^  A' <<<"$out")" 20 "of a long list the beginning is shown"
like "$out" '^  … and [0-9]+ more; --json has all$' "and how many more there are"
cp "$tmp/gas.conf" "$rules"
is "$(sql "SELECT count(DISTINCT a.item) FROM alerts a WHERE code = 'gas'")" "$(sql "SELECT count(DISTINCT story) FROM alerts WHERE code = 'gas'")" "every story has its alert once"
is "$(sql "SELECT count(*) FROM items WHERE title LIKE '%断气%' AND story IS NULL")" 0 "every item its story"
is "$(sql "SELECT count(*) FROM items WHERE warc <> '' AND rules_hash <> (SELECT rules_hash FROM items ORDER BY id DESC LIMIT 1)")" 0 "and every one was judged by the rules of today"
told=0
for i in $(seq 1 40); do
	echo "# $i" >>"$rules"
	"$huiying" --home "$home" rules apply --since 7d --actor 甲 --role watch >"$tmp/int.out" 2>"$tmp/int.err" &
	pid=$!
	read -r -t "0.0$((RANDOM % 8 + 1))" <> <(:) || :
	kill -INT $pid 2>/dev/null
	wait $pid
	if [ $? = 3 ] && grep -q '^[0-9]* items judged' "$tmp/int.out"; then
		told=1
		break
	fi
done
is "$told" 1 "Ctrl-C: what was done is told"
like "$(cat "$tmp/int.err")" 'stopped; run it again for the rest' "and what to do"
like "$(sql "SELECT payload FROM events WHERE kind = 'rules.applied/1' ORDER BY seq DESC LIMIT 1")" '"stopped":1' "and recorded"
watch audit rebuild
is "$rc" 0 "the events give the same tables"
watch audit verify
is "$rc" 0 "and verify"

# --- not for rules to doubt: what people told, though a copy of it can be judged, and an
# alert whose own item is gone, though a copy of it is there
home=$tmp/other
rules=$home/keywords.conf
office_init
one_source "$home"
new_row "某厂工人讨薪现场见闻" "某厂工人到厂门口讨薪，拖欠三个月，无人出面解决，群众围观议论纷纷。"
cp "$rules" "$tmp/base.conf"
printf '\n[停水]\n代码 = water\n地域 = 不限\n停水 3分\n阈值 = 3\n' >>"$rules"
rss "$tmp/c.xml" "某厂工人讨薪现场见闻" https://a.example.gov.cn/t t1 "某厂工人到厂门口讨薪，拖欠三个月，无人出面解决，群众围观议论纷纷。" \
	"某村停水三天无人管" https://a.example.gov.cn/w w1 "村民很着急，多次反映没有结果。" \
	"某村停水三天无人管" https://b.example.gov.cn/w w2 "村民很着急，多次反映没有结果。"
warc_date=2026-11-23T01:00:00Z
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/c.xml"
watch ingest -q
is "$(sql "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM items GROUP BY story ORDER BY story)")" 2,2 "two stories of two items"
printf '[其他]\n代码 = other\n地域 = 不限\n坍塌 3分\n阈值 = 3\n' >"$rules"
watch rules apply --since 7d --dry-run --json
is "$(jq -c '[.doubted[].alert]' <<<"$out")" "[$(sql "SELECT id FROM alerts WHERE code = 'water'")]" "the alert of the rules is in doubt, the told one is not"
sql "DELETE FROM items WHERE id = (SELECT item FROM alerts WHERE code = 'water')"
watch rules apply --since 7d --dry-run --json
is "$(jq -c '[.items, (.doubted | length)]' <<<"$out")" "[2,0]" "once its item is gone neither is"
