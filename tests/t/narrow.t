#!/bin/bash
# Every listing keeps a row on one line of a terminal of 80 columns, in Chinese and English.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 29
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z LC_ALL=C.UTF-8
cat >"$home/sources.conf" <<-'CONF'
	[a-source-with-a-long-name]
	name = 某市人民政府门户网站通知公告栏目
	kind = feed
	url = https://www.example.gov.cn/zwgk/xxgkml/tzgg/2026/09/index/feed.xml
CONF
for i in 1 2 3; do
	new_row "龙场镇某项目部第 $i 标段拖欠农民工工资三个月，工人多次到现场要求总承包单位解决无人出面"
done
watch take 3
watch case open 1 --grade 较大 --lead 市人社局
new_answer 1 "$measure"
super respond accept 1
watch commitment add 1 --sentence 2
printf '工单编号,诉求内容,事发地址,承办单位,办理时限\n20260927000000012345,某小区停水三天无人处理要求尽快恢复供水并说明原因,某街道某社区某小区三号楼,市住建局,2026-09-30 18:00\n' >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders
{ cat "$home/keywords.conf"; printf '拖欠农民工工资以及工程款 3分\n'; } >"$tmp/k.conf"
as 甲 admin rules edit keywords.conf --from "$tmp/k.conf" --yes
cat >>"$home/channels.conf" <<-'CONF'

	[市人力资源和社会保障局政务微博账号]
	class = 政务新媒体
	account = https://social.example.com/u/200
	capture = manual
	unit = 市人社局
CONF

# listing LANGUAGE COLUMNS VERB…: what stands on a terminal of that width, in $out.
listing() {
	local language=$1 columns=$2
	shift 2
	LANGUAGE=$language script -qec "stty cols $columns; '$huiying' --home '$home' $* 2>/dev/null" /dev/null </dev/null >"$tmp/.tty"
	out=$(tr -d '\r' <"$tmp/.tty")
}

for language in zh_CN en; do
	for verb in alerts "alerts --all" "case list" "commitment list" due orders channels status \
		"sources list" "sources health" wanted "rules stats" "rules versions"; do
		listing $language 80 "$verb"
		width=$(wc -L <<<"$out")
		[ "$(wc -l <<<"$out")" -ge 2 ] && [ "$width" -le 80 ]
		ok_if $? "$language: $verb is not wider than the terminal ($width)"
	done
done

listing en 80 alerts
like "$out" '^STORY +GRADE .*REVIEW .*TITLE' "what must be known is there"
like "$out" '^S2 .*龙场镇某项目部' "with the beginning of the title"
listing en 200 alerts
like "$out" '^STORY +GRADE +SCORE +COPIES +AGE +REVIEW +STATE +TOPICS +WHY +SOURCE +TITLE' "a wide terminal has every column"
