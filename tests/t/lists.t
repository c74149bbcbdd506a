#!/bin/bash
# List pages as sources: their rows, their further pages, the pages behind what matched.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 25

web=$tmp/web
home=$tmp/home
mkdir "$web" "$web/more"
"$huiying" init "$home" --demo -q 2>/dev/null
start_server --dir "$web"
small_rules "$home"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
h() { "$huiying" --home "$home" "$@"; }

# list FILE NEXT TITLE HREF DATE…: a list page
list() {
	local file=$1 next=$2
	shift 2
	{
		echo '<html><head><meta charset="utf-8"><title>某市民生</title></head><body>'
		echo '<div class="nav"><a href="/">首页</a> <a href="/x/">政务公开</a> <a href="/y/">办事服务</a></div><ul class="list">'
		while [ $# -gt 0 ]; do
			printf '<li><a href="%s" title="%s">%s</a><span>%s</span></li>\n' "$2" "$1" "$1" "$3"
			shift 3
		done
		echo '</ul>'
		[ -z "$next" ] || echo "<div class=\"page\"><a href=\"$next\">下一页</a></div>"
		echo '<div class="footer">版权所有 某市人民政府 ICP备00000000号</div></body></html>'
	} >"$web/$file"
}
# page FILE TITLE TEXT [NEXT]: an article
page() {
	printf '<html><head><meta charset="utf-8"><title>%s_某网</title></head><body><div class="nav"><a href="/">首页</a></div><h1>%s</h1><p>时间：2026-11-20 09:30　来源：某网</p><div class="content"><p>%s</p></div>%s<div class="footer">版权所有</div></body></html>' \
		"$2" "$2" "$3" "${4:+<a href=\"$4\">下一页</a>}" >"$web/$1"
}

cat >"$home/sources.conf" <<EOF
[minsheng]
name = 某网
kind = list
url = http://127.0.0.1:$port/index.html
allow_private = yes
robots = no

[asks]
name = 某台
kind = list
url = http://127.0.0.1:$port/more/index.html
allow_private = yes
robots = no
article = yes
EOF
list index.html index_1.html \
	"某项目部拖欠农民工工资引关注" "202611/t20261120_1.html" "2026-11-20" \
	"全市召开某项重点工作推进会议" "202611/t20261119_2.html" "2026-11-19"
list index_1.html index_2.html \
	"某小区供水设施改造工程已经开工" "202611/t20261118_3.html" "11-18"
list index_2.html "" \
	"某学校举行秋季运动会取得圆满成功" "202611/t20261117_4.html" "2026-11-17"
list more/index.html "" \
	"关于某段道路施工期间交通管制的公告" "a_1.html" "2026-11-16" \
	"某处群众反映的问题办理情况在这里" "a_2.html" "2026-11-15"
mkdir "$web/202611"
page 202611/t20261120_1.html "某项目部拖欠农民工工资引关注" "工人到现场讨薪，多次反映没有结果，至今没有说法。" t20261120_1_2.html
page 202611/t20261120_1_2.html "某项目部拖欠农民工工资引关注" "第二页说，某部门正在核实有关情况。"
page more/a_1.html "关于某段道路施工期间交通管制的公告" "因施工需要，某段道路自下周起实行交通管制，请过往车辆绕行。"
page more/a_2.html "某处群众反映的问题办理情况在这里" "据反映，某工地拖欠农民工工资，工人讨薪多日，至今没有结果。"

run h crawl --json
is "$rc" 0 "crawl"
like "$out" '"items":6,"revisions":0,"alerts":2' "the rows of all pages, and what the articles say"
items=$(for i in 1 2 3 4 5 6; do h show I$i --json 2>/dev/null; done)
like "$items" '"link":"http://127.0.0.1:[0-9]*/202611/t20261120_1.html","title":"某项目部拖欠农民工工资引关注"' "a row: link and title"
like "$items" '"title":"某项目部拖欠农民工工资引关注","published":"2026-11-19T16:00:00Z"' "its day"
like "$items" '"title":"某小区供水设施改造工程已经开工","published":"2026-11-17T16:00:00Z"' "a day without a year takes that of the address"
like "$items" '某学校举行秋季运动会取得圆满成功' "the third page"
unlike "$items" '政务公开|办事服务' "navigation is no row"
first=$(h show I1 --json 2>/dev/null)
like "$first" '"page":\{"url":"http://127.0.0.1:[0-9]*/202611/t20261120_1.html"' "what matched has its page"
like "$first" '多次反映没有结果，至今没有说法。\\n第二页说' "its next page follows"
like "$first" '"pages":2' "of two pages"
unlike "$first" '"content":"[^"]*(版权所有|首页|来源：)' "no furniture in the text"
like "$(h show I1 2>/dev/null)" 'its page:' "shown to people too"
run h alerts --json
like "$out" '某处群众反映的问题办理情况在这里' "a harmless title, an article that matches"
unlike "$(h show I2 --json 2>/dev/null)" '"page"' "what did not match is not fetched"
[ "$(for i in 1 2 3 4 5 6; do h show I$i --json 2>/dev/null; done | grep -c '"page":{')" -eq 3 ]
ok_if $? "pages: the one that matched, and both of the source that asks"

# again: nothing new, nothing fetched twice
run h crawl --all --json
like "$out" '"fetches":2,"rounds":1,.*"items":0,"revisions":0,"alerts":0' "a second crawl fetches the lists alone"

# the list has grown past its first page
list index.html index_1.html \
	"某村通村公路破损严重无人修复" "202611/t20261122_6.html" "2026-11-22" \
	"某项目部拖欠农民工工资引关注" "202611/t20261120_1.html" "2026-11-20"
list index_1.html "" \
	"某片区路灯不亮居民出行不便" "202611/t20261121_5.html" "2026-11-21" \
	"全市召开某项重点工作推进会议" "202611/t20261119_2.html" "2026-11-19"
run h crawl --all --json
like "$out" '"items":2,' "new rows on both pages: the second page is read again"

# XPath
cat >"$home/sources.conf" <<EOF
[paths]
name = 某网
kind = list
url = http://127.0.0.1:$port/paths.html
items = //div[@class='row']
link = .//a[2]
title = ./b
date = ./i
allow_private = yes
robots = no
EOF
printf '<html><body><div class="row"><a href="/cat">栏目</a><a href="/p1.html">x</a><b>由路径找到的标题</b><i>2026年11月3日</i></div></body></html>' >"$web/paths.html"
run h crawl --json
like "$out" '"items":1' "rows by XPath"
like "$(h show I9 --json 2>/dev/null)" '/p1.html","title":"由路径找到的标题","published":"2026-11-02T16:00:00Z"' "link, title and date by XPath"
sed -i "s/^items = .*/items = \/\/div[@class='none']/" "$home/sources.conf"
run h crawl --all
like "$(h status 2>/dev/null)" 'paths +parse' "an XPath that finds nothing is a fault of the source"
like "$(h status 2>/dev/null)" 'finds no rows' "and says so"
sed -i "s/^items = .*/items = \/\/div[@class='none'/" "$home/sources.conf"
run h sources check
is "$rc" 2 "a bad XPath is exit 2"
like "$err" 'sources.conf:5:[0-9]+: items: ' "with its place"

# a page that is lost
cat >"$home/sources.conf" <<EOF
[lost]
name = 某网
kind = list
url = http://127.0.0.1:$port/lost.html
allow_private = yes
robots = no
EOF
list lost.html "" "某项目部再次拖欠农民工工资被曝光" "nowhere.html" "2026-11-23"
for i in 1 2 3 4; do h crawl --all -q >/dev/null 2>&1; done
like "$(h status --json 2>/dev/null)" '"wanted":0' "a page that is not there is given up after three crawls"
run h audit verify
is "$rc" 0 "the chain is whole"
