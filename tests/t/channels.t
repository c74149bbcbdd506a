#!/bin/bash
# The office's own channels: polled, compared with open cases and promises, watched for
# upkeep; a proposal is taken or put away by a person.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 35

web=$tmp/web
home=$tmp/home
mkdir "$web"
"$huiying" init "$home" --demo -q 2>/dev/null
start_server --dir "$web"
small_rules "$home"
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
h() { HUIYING_NOW=$now "$huiying" --home "$home" "$@"; }
now=2026-11-26T04:00:00Z
watch="--actor 某甲 --role watch"
boss="--actor 某乙 --role supervisor"

# column FILE TITLE HREF DATE…
column() {
	local file=$1
	shift
	{
		echo '<html><head><meta charset="utf-8"></head><body><ul class="list">'
		while [ $# -gt 0 ]; do
			printf '<li><a href="%s">%s</a><span>%s</span></li>\n' "$2" "$1" "$3"
			shift 3
		done
		echo '</ul></body></html>'
	} >"$web/$file"
}
cat >"$home/sources.conf" <<EOF
[bao]
name = 某报
kind = feed
url = http://127.0.0.1:$port/bao.xml
allow_private = yes
robots = no
EOF
cat >"$home/channels.conf" <<EOF
[市政府网站]
class = 政府网站
host = 127.0.0.1:$port
unit = 市人社局
upkeep = 14d
list = http://127.0.0.1:$port/gov.html

[政策文件]
class = 政府网站
upkeep = 180d
list = http://127.0.0.1:$port/policy.html

[政务微信]
class = 政务新媒体
account = https://mp.example.com/s
capture = manual
upkeep = 14d

[某商业网站]
class = 商业网站
host = www.example.com
EOF
rss "$web/bao.xml" "某项目部拖欠农民工工资引关注" "http://127.0.0.1:$port/b1" g1 "工人到现场讨薪。"
column gov.html "全市召开某项重点工作推进会议" "t20261120_1.html" "2026-11-20" \
	"某小区拖欠物业费问题情况说明" "t20261119_2.html" "2026-11-19"
column policy.html "关于印发某项管理办法的通知文件" "t20260110_3.html" "2026-01-10"

run h crawl --json
is "$rc" 0 "crawl"
like "$out" '"items":4,.*"alerts":1' "our own items raise no alerts"
run h channels
is "$rc" 0 "the channels"
like "$out" '市政府网站 +政府网站 +市人社局 +2026-11-20 00:00 +14 d +kept up' "one that is kept up"
like "$out" '政策文件 .* 2026-01-10 00:00 +180 d +not updated in time' "a column that is not"
like "$out" '政务微信 .* 14 d +nothing reads it' "one that nothing reads"
like "$out" '某商业网站 .* - +- +-' "one without a limit"
run h channels --check
is "$rc" 1 "--check is the answer no"
like "$err" '1 channel' "and counts"
like "$(h channels --json 2>/dev/null)" '"channel":"政策文件".*"state":"stale"' "as JSON"
run h status --check
is "$rc" 1 "status --check says no too"
like "$out$err" 'channel 政策文件: nothing new since 2026-01-10 00:00, 180 days are allowed' "and why"

# an answer that was published before the case was opened, and one after
column gov.html "关于某项目部拖欠农民工工资问题的情况通报" "t20261125_4.html" "2026-11-25" \
	"全市召开某项重点工作推进会议" "t20261120_1.html" "2026-11-20"
printf '<html><head><meta charset="utf-8"></head><body><h1>关于某项目部拖欠农民工工资问题的情况通报</h1><div class="content"><p>市人社局已责令某项目部于2026年12月10日前付清拖欠的农民工工资，涉及工人32名。</p></div></body></html>' >"$web/t20261125_4.html"
h crawl --all -q >/dev/null 2>&1
run h proposals
like "$out" 'no proposals' "nothing to answer yet"
h take 1 $watch >/dev/null 2>&1
run h case open 1 --grade 较大 --lead 市人社局 $watch
is "$rc" 0 "a case"
run h proposals
like "$out" '1 +may be a response +YQ-2026-000001 +- +市政府网站 +2026-11-25 00:00 +[6-9][0-9]% +关于某项目部' "the older answer is found"
unlike "$out" '物业费' "another matter is not"
like "$(h proposals --json 2>/dev/null)" '"proposal":1,"kind":"response","case":"YQ-2026-000001"' "as JSON"
unlike "$out" 'next:' "standard output holds the list alone"
run h proposals take 1 $watch
is "$rc" 0 "taken"
like "$out" 'HY-2026-000001' "it is a response"
like "$err" 'respond accept HY-2026-000001' "what may come next"
like "$(h show HY-2026-000001 2>/dev/null)" '付清拖欠的农民工工资' "with the words of the page"
like "$(h show HY-2026-000001 --json 2>/dev/null)" '"unit":"市人社局"' "of the unit that runs the channel"
like "$(h show HY-2026-000001 --json 2>/dev/null)" 't20261125_4.html' "and its link"
run h proposals take 1 $watch
is "$rc" 1 "not twice"
run h proposals
like "$out" 'no proposals' "it is settled"

# the promise and the news that it was kept
h respond accept 1 $boss >/dev/null 2>&1
run h commitment add 1 --sentence 1 $watch
is "$rc" 0 "a promise"
column gov.html "某项目部拖欠的农民工工资已全部付清" "t20261208_5.html" "2026-12-08"
printf '<html><head><meta charset="utf-8"></head><body><h1>某项目部拖欠的农民工工资已全部付清</h1><div class="content"><p>市人社局通报，某项目部于12月8日付清拖欠的农民工工资，涉及工人32名，已全部完成发放。</p></div></body></html>' >"$web/t20261208_5.html"
now=2026-12-09T04:00:00Z
h crawl --all -q >/dev/null 2>&1
run h proposals
like "$out" 'may be a fulfilment +YQ-2026-000001 +CN-2026-000001' "a fulfilment is proposed"
number=$(h proposals --json 2>/dev/null | sed -n 's/.*"proposal":\([0-9]*\),"kind":"fulfilment".*/\1/p')
run h proposals dismiss "$number" --actor 某丙 --role unit
is "$rc" 1 "a unit may not put it away"
run h proposals take "$number" $watch --json
is "$rc $out" '0 {"id":"CN-2026-000001","case":"YQ-2026-000001"}' "taken, said as JSON"
like "$(h show CN-2026-000001 --json 2>/dev/null)" '"publication":"ZJ-2026-000002"' "its page is named"

# a matter of the morning, answered in the afternoon; the list names the day alone
rss "$web/bao.xml" "某小学食堂拖欠工资，厨师走了学生没饭吃" "http://127.0.0.1:$port/b2" g2 "家长拨打热线反映。"
sed -i 's|<guid>|<pubDate>Thu, 15 Jan 2026 00:00:00 GMT</pubDate><guid>|' "$web/bao.xml"
h crawl --all -q >/dev/null 2>&1
h take 2 $watch >/dev/null 2>&1
h case open 2 --grade 一般 --lead 市人社局 $watch >/dev/null 2>&1
column gov.html "关于某小学食堂拖欠工资、厨师走了学生没饭吃的情况通报" "t20260115_6.html" "2026-01-15"
printf '<html><head><meta charset="utf-8"></head><body><h1>关于某小学食堂拖欠工资、厨师走了学生没饭吃的情况通报</h1><p>发布时间：2026-01-15 15:30 来源：某局</p><div class="content"><p>某小学食堂拖欠工资，厨师走了学生没饭吃，市人社局会同有关部门已到现场，涉事食堂停业整顿，学生情况稳定。</p></div></body></html>' >"$web/t20260115_6.html"
h crawl --all -q >/dev/null 2>&1
run h proposals
like "$out" 'may be a response +YQ-2026-000002 +- +市政府网站 +2026-01-15 15:30' "an answer of the same day is found, and its page says the hour"
run h proposals take 99 $watch
is "$rc" 3 "a proposal that is not there"
printf '\n[坏]\nclass = 政府网站\nfeed = http://x.example/\nlist = http://y.example/\n' >>"$home/channels.conf"
run h sources check
is "$rc" 2 "feed and list together are a mistake"
like "$err" 'channels.conf:[0-9]+:[0-9]+: a channel has a feed or a list' "with its place"
