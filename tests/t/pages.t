#!/bin/bash
# Lists, articles, JSON and sitemaps through huiying parse.
. "$(dirname "$0")/lib.sh"
plan 57
base=http://www.example.gov.cn
now=2026-11-23T04:00:00Z

# parse TYPE URL FILE [OPTIONS]: out, err, rc
parse() {
	local type=$1 url=$2 file=$3
	shift 3
	run "$huiying" parse --type "$type" --url "$url" --now "$now" "$@" "$file"
}
count() { printf '%s\n' "$out" | grep -c '"kind":"item"'; }

# ---- lists ----
{
	echo '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知公告</title></head><body>'
	echo '<div class="nav"><a href="/zwgk/">政府信息公开</a><a href="/hd/">互动交流平台</a></div><ul class="list">'
	for day in 20 19 18 17 16 15; do
		echo "<li><a class='bm' href='/bm/$day/'>[市人力资源和社会保障局]</a>"
		echo "<a href='./202611/t202611${day}_10$day.html' title='某县关于清理拖欠工资的第${day}号通告'>某县关于清理…</a>"
		echo "<p>（某发〔2012〕124号　2012年7月10日）各乡镇人民政府……</p><span>2026-11-$day</span></li>"
	done
	echo '</ul><script>createPageHTML(9,0,"index","html");</script>'
	echo '<div class="hot"><h3>热点</h3><ul>'
	for n in 1 2 3 4 5 6 7 8; do echo "<li><a href='/rd/$n.html'>热点新闻里的一条与此无关的标题$n</a></li>"; done
	echo '</ul></div><div class="footer"><a href="http://beian.example/">某ICP备05000000号</a></div></body></html>'
} >"$tmp/list.html"
parse list $base/zwgk/tzgg/ "$tmp/list.html"
is "$rc" 0 "a list page is exit 0"
is "$(count)" 6 "its rows and nothing else"
is "$(printf '%s\n' "$out" | head -1)" '{"kind":"item","link":"http://www.example.gov.cn/zwgk/tzgg/202611/t20261120_1020.html","title":"某县关于清理拖欠工资的第20号通告","published":"2026-11-19T16:00:00Z"}' \
	"the whole title, the row's own date and not the one in its summary"
run "$huiying" parse --url $base/zwgk/tzgg/ --now "$now" "$tmp/list.html"
is "$rc $(count)" "0 6" "--type auto tells that it is a list"

iconv -f UTF-8 -t GB18030 "$tmp/list.html" | sed 's/charset="utf-8"/charset="gb2312"/' >"$tmp/gb.html"
want=$out
parse list $base/zwgk/tzgg/ "$tmp/gb.html"
is "$out" "$want" "GB18030 that says gb2312"
iconv -f UTF-8 -t GB18030 "$tmp/list.html" >"$tmp/lied.html"
parse list $base/zwgk/tzgg/ "$tmp/lied.html"
is "$out" "$want" "GB18030 that says utf-8"
sed 's/charset="utf-8"/charset="gb2312"/' "$tmp/list.html" >"$tmp/lied2.html"
parse list $base/zwgk/tzgg/ "$tmp/lied2.html"
is "$out" "$want" "UTF-8 that says gb2312"
parse list $base/zwgk/tzgg/ "$tmp/lied2.html" --content-type 'text/html; charset=gbk'
is "$out" "$want" "UTF-8 whose header says gbk"

parse list $base/zwgk/tzgg/ "$tmp/list.html" --items '//div[@class="hot"]//li'
is "$(count)" 8 "--items takes the rows it names"
parse list $base/zwgk/tzgg/ "$tmp/list.html" --items '//ul[@class="list"]/li' --link 'a[1]/@href' --title p --date 'concat("2026年", "1月2日")'
like "$out" '"link":"http://www.example.gov.cn/bm/20/","title":"（某发〔2012〕124号 2012年7月10日）各乡镇人民政府……","published":"2026-01-01T16:00:00Z"' \
	"--link, --title and --date take attributes, elements and strings"
parse list $base/ "$tmp/list.html" --items '//li['
is "$rc" 2 "a bad XPath is exit 2"
like "$err" 'XPath //li\[: .' "and says which one and why"
parse list $base/ "$tmp/list.html" --items '//li' --date 'foo('
is "$rc" 2 "a bad XPath within a row too"
parse list $base/ "$tmp/list.html" --items '//nothing'
is "$rc" 3 "an XPath that finds nothing is exit 3"
like "$err" '//nothing finds no rows' "and is named"
yes '<div><p>x</p></div>' | head -n 4000 >"$tmp/wide.html"
parse list $base/ "$tmp/wide.html" --items '//*[count(//*)>1]//*[count(//*)>1]//*[count(//*)>1]'
is "$rc" 3 "an XPath that works without end is stopped"
like "$err" "takes too long" "and says so"
: >"$tmp/empty.html"
parse list $base/ "$tmp/empty.html"
is "$rc" 3 "an empty page is exit 3"
echo '<html><body><p>本页建设中</p></body></html>' >"$tmp/none.html"
parse list $base/ "$tmp/none.html"
is "$rc" 3 "a page without a list is exit 3"

{
	echo '<html><head><meta charset="utf-8"></head><body><div id="1"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>'
	for n in 1 2 3 4 5; do
		echo "<record><![CDATA[<li><a href='/art/2026/11/$n/art_1_$n.html'>某市政府常务会议研究的第${n}件事</a><span>2026-11-0$n</span></li>]]></record>"
	done
	echo '</recordset></datastore></script></div></body></html>'
} >"$tmp/store.html"
parse list $base/col/col1/index.html "$tmp/store.html"
is "$rc $(count)" "0 5" "rows that wait in a script are read"

# ---- articles ----
text='某县人力资源和社会保障局接到群众反映后，立即派出工作组到工地核实，约谈施工单位负责人，要求三日内付清所欠工资。'
{
	echo '<html><head><meta charset="utf-8"><title>某县为三十名工人追回工资_某县人民政府</title></head><body>'
	echo "<div style='position: absolute; left: -9999px'><p>彩票投注平台，开户送彩金，天天有好礼，欢迎您来。</p></div>"
	echo '<div class="top">今天是2026年11月22日 星期日</div><div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>'
	echo '<h1>某县为三十名工人追回工资</h1><div class="info">发布时间：2026-11-20 09:30　来源：某县融媒体中心　浏览次数：12　字号：[大 中 小]</div>'
	echo "<div class='content'><p>2026年11月1日，$text</p><p>$text</p><div style='display:none'><p>网上赌场，六合彩，开户即送，$text</p></div>"
	echo "<p>$text</p><p>责任编辑：某某</p></div><div class='page'><a href='t20261120_7_1.html'>2</a><a href='t20261120_7_1.html'>下一页</a></div>"
	echo '<div class="related"><h3>相关阅读</h3><ul><li><a href="/x/1.html">另一条与此无关的新闻标题</a> 2020-01-01</li></ul></div>'
	echo '<div class="footer">版权所有：某县人民政府办公室　某ICP备05000000号</div></body></html>'
} >"$tmp/article.html"
parse article $base/xw/202611/t20261120_7.html "$tmp/article.html"
is "$rc" 0 "an article is exit 0"
like "$out" '^\{"kind":"article","link":"http://www.example.gov.cn/xw/202611/t20261120_7.html","title":"某县为三十名工人追回工资","content"' "title"
like "$out" '"published":"2026-11-20T01:30:00Z"' "time"
like "$out" '"content":"2026年11月1日，某县人力资源' "the text from its first word"
is "$(printf '%s' "$out" | grep -o '三日内付清所欠工资' | wc -l)" 3 "the whole text"
unlike "$out" '彩票|赌场' "hidden blocks are left out"
unlike "$out" '责任编辑|浏览次数|相关阅读|另一条|ICP|今天是' "and so is what stands around"
run "$huiying" parse --url $base/xw/202611/t20261120_7.html --now "$now" "$tmp/article.html"
like "$out" '"kind":"article"' "--type auto tells that it is an article"
parse article $base/a.html "$tmp/article.html" --items '//div[@class="related"]'
like "$out" '"content":"[^"]*另一条与此无关' "--items names the text"
parse article $base/a.html "$tmp/article.html" --items '//div[@class="nothing"]'
is "$rc" 3 "a text that is not there is exit 3"
sed 's/发布时间：2026-11-20 09:30//' "$tmp/article.html" >"$tmp/undated.html"
parse article $base/xw/202611/t20261120_7.html "$tmp/undated.html"
like "$out" '"published":"2026-11-19T16:00:00Z"' "without a date of its own, the address's day"
parse article $base/xw/7.html "$tmp/undated.html"
unlike "$out" '"published"' "a day in a sentence is not the page's"
sed 's/<head>/<head><link rel="alternate" type="application\/rss+xml" href="\/rss.xml">/' "$tmp/article.html" >"$tmp/fed.html"
run "$huiying" parse --url $base/a.html "$tmp/fed.html"
is "$rc" 3 "--type auto: a page that names a feed is refused"
like "$err" '/rss.xml' "and the feed named"
run "$huiying" parse --url $base/ "$tmp/none.html"
is "$rc" 3 "--type auto: what is unclear is refused"

# ---- JSON ----
cat >"$tmp/hot.json" <<'J'
{"code":0,"data":{"ads":[{"id":9}],"realtime":[
{"word":"某地停水","title":"某地停水两天居民反映强烈","url":"https://hot.example/1","num":99,"time":1795320000},
{"word":"某路塌陷","title":"某路塌陷多车受损现场","url":"https://hot.example/2","num":50,"time":1795320000123}]}}
J
parse json https://hot.example/ "$tmp/hot.json"
is "$rc $(count)" "0 2" "a hot-search list is found"
like "$out" '"title":"某地停水两天居民反映强烈","published":"2026-11-22T04:00:00Z"' "seconds since 1970"
like "$out" '"title":"某路塌陷多车受损现场","published":"2026-11-22T04:00:00Z"' "and milliseconds"
cat >"$tmp/threads.json" <<'J'
{"threads":[{"tid":88001,"subject":"拖欠工资没人管","dateline":"2026-11-20 10:20","author":"某某"},
{"tid":88002,"subject":"小区停水三天了","dateline":"昨天 14:20","author":"某某"}]}
J
parse json https://bbs.example/api "$tmp/threads.json" --items /threads --title /subject --date /dateline --link 'https://bbs.example/t?tid={/tid}&p=1'
is "$(printf '%s\n' "$out" | tail -1)" '{"kind":"item","id":"88002","link":"https://bbs.example/t?tid=88002&p=1","title":"小区停水三天了","published":"2026-11-22T06:20:00Z"}' \
	"JSON Pointers, a link by template, Chinese time"
unlike "$out" '某某' "no author"
parse json https://bbs.example/api "$tmp/threads.json" --items /nothing
is "$rc" 3 "a pointer to nothing is exit 3"
parse json https://bbs.example/api "$tmp/threads.json" --items threads
is "$rc" 2 "what is no pointer is exit 2"
like "$err" 'threads is no JSON Pointer' "and is named"
cat >"$tmp/toots.json" <<'J'
[{"id":"111","created_at":"2026-11-22T01:02:03.000Z","url":"https://social.example/@gov/111","content":"<p>今日起，某路段封闭施工。</p><p>请绕行。</p>","account":{"display_name":"某某"}}]
J
parse json https://social.example/ "$tmp/toots.json"
like "$out" '"id":"111","link":"https://social.example/@gov/111","content":"今日起，某路段封闭施工。\\n请绕行。","published":"2026-11-22T01:02:03Z"' \
	"a timeline: text without tags"
unlike "$out" '某某' "no account"
run "$huiying" parse --now "$now" "$tmp/toots.json"
is "$rc $(count)" "0 1" "--type auto reads it"

# ---- sitemaps ----
cat >"$tmp/map.xml" <<'X'
<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://www.example.gov.cn/a/1.html</loc><lastmod>2026-11-20</lastmod></url>
<url><loc>http://www.example.gov.cn/a/2.html</loc><news:news><news:publication_date>2026-11-21T08:00:00+08:00</news:publication_date><news:title>某县治理欠薪</news:title></news:news></url></urlset>
X
parse sitemap $base/sitemap.xml "$tmp/map.xml"
is "$rc $(count)" "0 2" "a sitemap"
like "$out" '"link":"http://www.example.gov.cn/a/2.html","title":"某县治理欠薪","published":"2026-11-21T00:00:00Z"' "its news"
want=$out
gzip -c "$tmp/map.xml" >"$tmp/map.xml.gz"
parse auto $base/sitemap.xml.gz "$tmp/map.xml.gz"
is "$out" "$want" "the same compressed, its type found"
echo '<sitemapindex><sitemap><loc>http://www.example.gov.cn/s1.xml.gz</loc></sitemap></sitemapindex>' >"$tmp/index.xml"
parse sitemap $base/index.xml "$tmp/index.xml"
like "$out" '"link":"http://www.example.gov.cn/s1.xml.gz"' "an index names sitemaps"
unlike "$out" '"kind":"item"' "which are no items"
printf 'http://www.example.gov.cn/a/1.html\n# x\nhttp://www.example.gov.cn/a/2.html\n' >"$tmp/map.txt"
parse sitemap $base/map.txt "$tmp/map.txt"
is "$rc $(count)" "0 2" "a plain list of addresses"
echo '<urlset></urlset>' >"$tmp/nomap.xml"
parse sitemap $base/ "$tmp/nomap.xml"
is "$rc" 0 "a sitemap without addresses is one all the same"
head -c 100 /dev/urandom | gzip -c | head -c 60 >"$tmp/cut.gz"
parse sitemap $base/ "$tmp/cut.gz"
is "$rc" 3 "a damaged gzip is exit 3"

# ---- hostile pages: bounded ----
{ printf '<a '; for n in $(seq 20000); do printf 'a%s=1 ' "$n"; done; echo 'href=/x>标题标题标题</a>'; } >"$tmp/attributes.html"
parse list $base/ "$tmp/attributes.html"
is "$rc" 3 "a tag of 20,000 attributes is refused"
head -c 2000000 /dev/zero | tr '\0' '<' >"$tmp/lt.html"
parse article $base/ "$tmp/lt.html"
is "$rc" 3 "two million < are no article"
yes '<div>' | head -n 100000 | tr -d '\n' >"$tmp/deep.html"
parse list $base/ "$tmp/deep.html"
is "$rc" 3 "100,000 levels are refused"
