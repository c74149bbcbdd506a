#!/bin/bash
# What is easy to get wrong, by name: the list of the field that no other test names. Shipped
# rules; two crawls at once; copies of one event; personal data in disguise.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 28
export HUIYING_NOW=2026-06-10T01:00:00Z
office_init

# --- by the shipped rules
# topics TITLE TEXT: what would alert.
topics() {
	printf '{"id":"1","title":"%s","text":"%s"}\n' "$1" "$2" | "$huiying" match "${@:3}" |
		sed 's/"suppressed".*//' | grep -o '"code":"[a-z-]*"'
}
is "$(topics 凯里市启动2026年安全生产月活动 凯里市应急局在中心广场开展安全生产月宣传咨询，发放资料，演练火灾逃生，悬挂标语。 --no-region)" "" "安全生产月: a month of publicity is no accident"
is "$(topics 安全生产月走进企业 凯里市某厂开展应急演练，模拟车间起火、人员被困，检验预案。 --no-region)" "" "安全生产月: nor is its drill"
is "$(topics 凯里一工地脚手架坍塌 凯里市一在建工地今晨发生坍塌，2名工人被埋。 --no-region)" '"code":"work-safety"' "安全生产月: an accident is one in that month too"
is "$(topics 凯里·欧文拖欠球员工资 凯里·欧文所在俱乐部拖欠工资，球员讨薪。)" "" "凯里·欧文: no matter of ours"
is "$(topics 凯里某项目部拖欠农民工工资 农民工到凯里市某项目部讨薪，拖欠三个月工资。)" '"code":"wage-arrears"' "凯里·欧文: 凯里 alone is"
is "$(topics 龙场镇某项目部拖欠农民工工资 织金县龙场镇某项目部拖欠农民工工资，工人讨薪。)" "" "龙场镇（织金）: another county's town"
is "$(topics 龙场镇某项目部拖欠农民工工资 凯里市龙场镇某项目部拖欠农民工工资，工人讨薪。)" '"code":"wage-arrears"' "龙场镇（织金）: ours with the city's name"

# --- one event on twelve sites is one row
{
	echo '标题,正文,链接,发布时间'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo "某项目部拖欠农民工工资引关注,工人到现场讨薪，拖欠三个月。,https://site$i.example.com/a.html,2026-06-10 08:0$((i % 10))"
	done
} >"$tmp/i.csv"
watch import "$tmp/i.csv" --as items --source weibo -q
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items")" 12 "十二家网站同一件事: twelve items"
is "$(sqlite3 "$home/ledger.db" "SELECT count(DISTINCT story) FROM alerts")" 1 "十二家网站同一件事: one row of the queue"
watch alerts --json
is "$(grep -c '"story"' <<<"$out")" 1 "十二家网站同一件事: one line"
watch show S1 --json
like "$out" '"copies":11' "with all its copies"

# --- a number that is written to be overlooked
{
	echo '工单编号,诉求类型,标题,诉求内容,受理时间'
	echo 'ID1,求助,补贴未到账,身份证 522601 19900101 1232，电话１３８１２３４５６７８。,2026-06-10 08:00'
	echo 'ID2,求助,低保未到账,身份证５２２６０１１９９００１０１１２３２，请核实。,2026-06-10 08:00'
} >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线 -q
kept=$(sqlite3 "$home/ledger.db" "SELECT content FROM orders ORDER BY number")
unlike "$kept" '1232|１２３２|19900101' "身份证号以空格隔开或全角: hidden"
unlike "$kept" '１３８|5678|５６７８' "a telephone in full-width digits: hidden"
like "$kept" '请核实' "the rest stays"

# --- a page in GBK that says UTF-8, and a wall with status 200
printf '<html><head><meta charset="utf-8"><title>某镇停水通知</title></head><body><h1>某镇停水通知</h1><div class="content"><p>因管网抢修，某镇今日停水八小时，请居民储水备用，给您带来不便敬请谅解。</p></div></body></html>' | iconv -f UTF-8 -t GBK >"$tmp/gbk.html"
like "$("$huiying" parse --type article --url https://www.example.gov.cn/a.html --content-type 'text/html; charset=utf-8' "$tmp/gbk.html")" '"title":"某镇停水通知"' "GBK 页面误标 UTF-8: read as it is written"

# --- two crawls at once
web=$tmp/web
mkdir "$web"
start_server --dir "$web"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
printf '[a]\nname = 某报\nkind = feed\nurl = http://127.0.0.1:%s/a.xml\nallow_private = yes\nrobots = no\n' "$port" >"$home/sources.conf"
rss "$web/a.xml" "某工地拖欠材料款被反映多次" "http://127.0.0.1:$port/a1.html" g1 "供货商多次反映。" \
	"今日天气晴好适合出行游玩" "http://127.0.0.1:$port/a2.html" g2 "晴。"
before=$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items")
for i in 1 2; do
	("$huiying" --home "$home" crawl -q >"$tmp/crawl$i.out" 2>&1; echo $? >"$tmp/crawl$i.rc") &
	crawls="${crawls:-} $!"
done
wait $crawls
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items")" "$((before + 2))" "两个抓取同时运行: every item once"
bad=""
for i in 1 2; do
	[ "$(cat "$tmp/crawl$i.rc")" -eq 0 ] || grep -qE 'another (huiying-fetch|ingest) is (at work|running)' "$tmp/crawl$i.out" || bad="$bad $(cat "$tmp/crawl$i.out")"
done
is "$bad" "" "两个抓取同时运行: each is done, or says that another one runs"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "两个抓取同时运行: the chain holds"
# held LOCK VERB…: runs while somebody holds that lock.
held() {
	local lock=$1 holder
	shift
	: >>"$lock"
	(
		exec 9<>"$lock"
		flock 9
		echo held >"$tmp/held"
		sleep 60
	) &
	holder=$!
	cleanup_pids="$cleanup_pids $holder"
	until [ -s "$tmp/held" ]; do :; done
	run "$huiying" --home "$home" "$@"
	kill "$holder"
	wait "$holder" 2>/dev/null
	: >"$tmp/held"
}
held "$home/spool/.lock" crawl
like "$err" 'another huiying-fetch is at work in .*spool' "a fetcher at work: crawl says so"
is "$rc" 3 "and fails"
held "$home/state/ingest.lock" crawl
like "$err" 'another ingest is running in this instance' "an ingest at work: likewise"
is "$rc" 3 "and fails"
run "$huiying" --home "$home" crawl
is "$rc" 0 "and goes on when it is alone"

# --- the office's own month: a clock that is set back does not undo
export HUIYING_NOW=2026-06-10T00:00:00Z
run "$huiying" --home "$home" tick
is "$rc" 0 "时钟回拨: tick goes on"
run "$huiying" --home "$home" status
like "$out" 'the clock was set back' "时钟回拨: and status says so"
export HUIYING_NOW=2026-06-10T02:00:00Z
watch report quarter --of 2026Q1
is "$rc" 0 "空季度: a quarter without anything"
like "$out" '—' "空季度: prints —, not 0%"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "everything can be computed from the events"
