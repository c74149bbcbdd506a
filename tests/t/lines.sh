# lines.sh - a demonstration whose queue one rule line floods, for tests of rule keeping.
# Source it after lib.sh, warc.sh and office.sh.

# line_rules HOME: 12 欠薪 3分 brings the false alarms, 13 and 14 add, 2 weakens.
line_rules() {
	cat >"$1/keywords.conf" <<-'RULES'
		[全局扣分]
		召开会议        1分

		[欠薪欠资]
		代码 = wage-arrears
		牵头 = 市人社局
		地域 = 不限
		阈值 = 3
		级别 = 一般3 较大6 重大10
		拖欠工资        3分
		讨薪            3分
		欠薪            3分
		工程款          2分
		/(死亡|遇难)/   级别=重大

		[安全生产]
		代码 = safety
		地域 = 不限
		阈值 = 3
		坍塌            9分
	RULES
	mkdir -p "$1/local.d"
	rm -f "$1/local.d/"*.conf
	printf '[欠薪欠资]\n工钱没着落      3分\n' >"$1/local.d/town.conf"
}

feed_items=()
feeds=0
# item TITLE TEXT [GUID]: one more for the next feed.
item() {
	local guid=${3:-g${#feed_items[@]}-$feeds}
	feed_items+=("$1" "https://a.example.gov.cn/$guid" "$guid" "$2")
}
# spill N: as many items that hit 欠薪 alone, each its own story.
spill() {
	local i
	for i in $(seq 1 "$1"); do
		item "第$feeds-$i场球员转会的消息" "第$i家俱乐部球员欠薪的消息传出，编号$((i * 7919 + feeds))，$((i * 31))人到场。"
	done
}
# took [SOURCE]: the items come in.
took() {
	feeds=$((feeds + 1))
	rss "$tmp/f.xml" "${feed_items[@]}"
	warc_answer "$home/spool/f$feeds.warc.gz" "https://${1:-a}.example.gov.cn/feed.xml" "${1:-a}" "" feed "$tmp/f.xml"
	feed_items=()
	watch ingest -q
}
# outcomes: how many rows are open, and decided with which outcome.
outcomes() {
	watch alerts --all --json
	grep -o '"state":"[a-z]*"\(,"outcome":"[^"]*"\)\?' <<<"$out" |
		sed 's/"state":"open".*/open/; s/.*"outcome":"\([^"]*\)"/\1/' | sort | uniq -c |
		awk '{printf "%s%s %s", (NR > 1 ? ", " : ""), $2, $1}'
}
rebuilds() { run "$huiying" --home "$home" audit rebuild; is "$rc" 0 "${1:-the events say the same}"; }
