/*
 * test_article.c - title, time and text out of pages of many designs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/documents.h"

#define URL "http://www.example.gov.cn/xw/7.html"
#define TITLE "某县为三十名工人追回工资"
#define ONE                                                                                                                                    \
	"某县人力资源和社会保障局接到群众反映后，立即派出工作组到工地核实情况，约谈施工单位负责人" \
	"。"
#define TWO "经核实，施工单位拖欠工资属实，责令三日内付清，目前工资已全部发放到位，工人表示满意。"
#define BODY "<div class=content><p>" ONE "</p><p>" TWO "</p></div>"
#define TEXT ONE "\n" TWO
#define LONG "<p>" ONE "</p><p>" TWO "</p><p>" ONE TWO "</p><p>" TWO ONE "</p>"
#define LONG_TEXT ONE "\n" TWO "\n" ONE TWO "\n" TWO ONE
#define SIGNED "<p align=right>某县人力资源和社会保障局</p><p align=right>2026年11月20日</p>"

static const struct {
	const char *name, *html;
	const char *title, *time, *text; /* NULL time: none */
} pages[] = {
	{"heading",
		"<title>" TITLE "_某县政府</title><h1>" TITLE "</h1><p>2026-11-20 09:30</p>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"meta elements",
		"<title>某县政府</title><meta name=ArticleTitle content='" TITLE
		"'><meta name=PubDate content='2026-11-20 09:30'><div class=x>标题</div>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"og and time zone",
		"<meta property=og:title content='" TITLE "'><meta property=article:published_time "
		"content='2026-11-20T01:30:00+00:00'>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"window title only", "<title>" TITLE "_新闻中心_某县政府</title>" BODY, TITLE, NULL, TEXT},
	{"name of a class",
		"<title>某县政府</title><div class=biaoti>" TITLE
		"</div><div>2026/11/20</div>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"site's own h1",
		"<title>" TITLE " - 某县政府</title><h1><a href=/>某县政府</a></h1><h2>" TITLE
		"</h2>" BODY,
		TITLE, NULL, TEXT},
	{"site's name in heading and window",
		"<title>某县人民政府</title><meta property=og:title content='" TITLE
		"'><h1>某县人民政府</h1>" BODY,
		TITLE, NULL, TEXT},
	{"long head line",
		"<title>" TITLE "</title><div class=article><h1>" TITLE
		"</h1><p>发布时间：2026-11-20 09:30　来源：某某日报　作者：某某　"
		"浏览次数：<span>123</span> 字体：<a href=#>大</a> <a href=#>小</a></p>" BODY
		"</div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"day in a row below the text",
		"<title></title><table><tr><td align=center><span>" TITLE
		"</span></td></tr><tr><td>来源:区政府办<span>阅读:87</span></td></"
		"tr><tr><td><span>" ONE "<br>" TWO
		"</span></td></tr><tr><td align=right>2026-11-20</td></tr></table>",
		TITLE, "2026-11-20", TEXT},
	{"day below who signs, headline in bold",
		"<title>某某自来水公司</title><table><tr><td align=center><b>" TITLE
		"</b></td></tr><tr><td><p>" ONE "</p><p>" TWO
		"</p></td></tr><tr><td align=right>某某自来水公司</td></tr><tr><td align=right>"
		"2026-11-20</td></tr></table>",
		TITLE, "2026-11-20", TEXT},
	{"window names the kind of page",
		"<title>显示新闻</title><table><tr><td><div align=center><font size=3><b>" TITLE
		"</b></font></div></td></tr><tr><td><img src=a.jpg></td></tr><tr><td>" ONE
		"<br>" TWO "</td></tr><tr><td><div align=right>发布时间：2026-11-20 "
		"9:30:00</div></td></tr></table>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"the section has a heading too",
		"<title>公告中心</title><h2>公告中心</h2><div><h2><b>" TITLE
		"</b></h2><p><span>系统公告</span>|<span>2026-11-20 09:30:00</span></p>" BODY
		"</div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"headline with its day",
		"<title>某某平台</title><div id=box><h1>" TITLE " - 2026-11-20</h1><p>" ONE
		"</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20", TEXT},
	{"headline with a word of state",
		"<title>" TITLE "咨询</title><div class=box><h2><b><span class=title-text>" TITLE
		"</span><em>未回复</em><em>城建</em></b></h2><h3>2026-11-20 09:30</h3><p "
		"class=content>" ONE "<br>" TWO "</p></div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"tables one below the other",
		"<h1>投诉信息</h1><table class=b><tr><th>主题</th><td><div>" TITLE
		"</div><div>2026-11-20</div></td></tr></table><table class=b><tr><td>" ONE
		"</td></tr></table><table class=b><tr><td>" TWO "</td></tr></table>",
		TITLE, "2026-11-20", "投诉信息\n主题\n" TITLE "\n" TEXT},
	{"table of fields without a footer",
		"<title>信用信息</title><div><table class='table "
		"no-footer'><tr><td>标题</td><td>" TITLE
		"</td></tr><tr><td>判决日期</td><td>2026-11-20</td></tr><tr><td>案情摘要</"
		"td><td>" ONE "</td></tr><tr><td>判决结果</td><td>" TWO "</td></tr></table></div>",
		TITLE, "2026-11-20",
		"标题 " TITLE "\n判决日期 2026-11-20\n案情摘要 " ONE "\n判决结果 " TWO},
	{"any label of a title",
		"<title>通知</title><div><div><label>通知标题：</label><div>" TITLE
		"</div></div><div><label>发布时间：</label><div>2026-11-20 "
		"09:30</div></div><div><label>内容：</label><div>" ONE "<br>" TWO
		"</div></div></div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"broken into lines",
		"<title>" TITLE "_某县</title><p "
		"align=center><strong>某县为三十名<br>工人追回工资</strong></p>" BODY,
		TITLE, NULL, TEXT},
	{"column before it",
		"<title>" TITLE " - 论坛</title><h1><a href=/t>[投诉]</a> <span>" TITLE
		"</span></h1>" BODY,
		TITLE, NULL, TEXT},
	{"whole in meta",
		"<title>某县为三十名…</title><meta name=ArticleTitle content='" TITLE
		"'><h1>某县为三十名...</h1>" BODY,
		TITLE, NULL, TEXT},
	{"labelled date",
		"<h1>" TITLE "</h1><p>更新日期：2026-11-22 成文日期：2026年11月1日 "
		"发布日期：2026-11-20</p>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"first of two dates",
		"<h1>" TITLE "</h1><span>发布日期：2026-11-20 10:11</span><span> "
		"更新日期：2026-11-21 00:00</span>" BODY,
		TITLE, "2026-11-20 10:11", TEXT},
	{"today is no date", "<div>今天是2026年11月22日 星期日</div><h1>" TITLE "</h1>" BODY, TITLE,
		NULL, TEXT},
	{"date in a sentence",
		"<h1>" TITLE "</h1><div class=content><p>2026年11月1日，" ONE "</p></div>", TITLE,
		NULL, "2026年11月1日，" ONE},
	{"date below",
		"<h1>" TITLE "</h1><div class=content><p>2026年11月1日，" ONE
		"</p></div><p>发布日期：2026-11-20</p>",
		TITLE, "2026-11-20", "2026年11月1日，" ONE},
	{"signature",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><p>某局</p><p>2026年11月20日</p></div>",
		TITLE, "2026-11-20", TEXT "\n某局\n2026年11月20日"},
	{"date in a script", "<script>var ct = \"1795138200\";</script><h1>" TITLE "</h1>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"linked data",
		"<script type='application/ld+json'>{\"datePublished\": "
		"\"2026-11-20T09:30:00+08:00\"}</script><h1>" TITLE "</h1>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"a question and its answer",
		"<title>" TITLE "</title><div class=zx><h1>" TITLE
		"</h1><div class=ask><p>网友某某 2026-11-20 09:30 提问：</p><div>" ONE
		"</div></div><div class=answer><p>某县人社局 2026-11-22 16:00 回复：</p><div>" TWO
			ONE "</div></div></div>",
		TITLE, "2026-11-20 09:30",
		"网友某某 2026-11-20 09:30 提问：\n" ONE
		"\n某县人社局 2026-11-22 16:00 回复：\n" TWO ONE},
	{"a list below its paragraph",
		"<title>" TITLE "</title><h1>" TITLE "</h1><p>2026-11-20 09:30</p><div class=zw><p>"
		"为方便务工人员维权，现将投诉流程公布如下。</p>\n<ol><li>" ONE "</li><li>" TWO
		"</li><li>" ONE TWO "</li></ol></div>",
		TITLE, "2026-11-20 09:30",
		"为方便务工人员维权，现将投诉流程公布如下。\n" ONE "\n" TWO "\n" ONE TWO},
	{"who typed it",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>2026-11-20 09:30</p><div class=zw>" LONG
		"<p>文章录入：某某　责任编辑：某某</p></div>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"html, head and body left out",
		"<!doctype html><meta charset=utf-8><title>" TITLE
		"</title><header><a href=/>首页</a></header><main><article><h1>" TITLE
		"</h1><p>2026-11-20 09:30<section>" LONG
		"</section></article></main><footer>某县</footer>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"an article of a class that tells of its comments",
		"<title>" TITLE
		"</title><body><article class='post has-sidebar commented'><h1>" TITLE
		"</h1><p>2026-11-20 09:30</p><div class=zw>" LONG
		"</div></article><div class=comments><p>某某：希望能按时发到手，谢谢。</p></div>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"a headline that is a link to its page",
		"<title>某县在线</title><h1><a href=/>某县在线</a></h1><div class=post><h2><a "
		"href='" URL "'>" TITLE "</a></h2><p>2026-11-20 09:30</p><div class=zw>" LONG
		"</div></div>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"a place named for its title that holds more",
		"<title>" TITLE
		" : 要闻 : 某县在线</title><div class=article_title><p>要闻 &gt; 社会"
		"</p><h1>" TITLE "</h1><p>发布 2026-11-20 09:30</p></div><div class=zw>" LONG
		"</div>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"headlines of others in the text's element",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>2026-11-20 09:30</p><div class=zw>" LONG
		"<br><b><a href=/1.html>某市三年建成八所乡村学校</a></b><br><br><b><a href=/2.html>"
		"某省公布首批清洁取暖名单</a></b><br><br><b><a href=/3.html>某县整治河道采砂见成效"
		"</a></b><p>（责任编辑：某某）</p></div>",
		TITLE, "2026-11-20 09:30", LONG_TEXT},
	{"files attached to a paper",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>2026-11-20 09:30</p><div class=zw>" LONG
		"<p><a href=/1.docx>1.工资发放花名册样表</a></p><p><a "
		"href=/2.xlsx>2.清欠工作进度统计表"
		"</a></p><p><a href=/3.pdf>3.工作组成员名单及电话</a></p></div>",
		TITLE, "2026-11-20 09:30",
		LONG_TEXT "\n1.工资发放花名册样表\n2.清欠工作进度统计表\n3.工作组成员名单及电话"},
	{"a paper's fields over its head, a day under its few words",
		"<title>" TITLE "</title><table><tr><td>索引号</td><td>1161-2026-1</td><td>成文日期"
		"</td><td>2026-11-18</td></tr><tr><td>发布机构</td><td>某县</td><td>发布日期</td>"
		"<td>2026-11-20 09:30</td></tr></table><h1>" TITLE
		"</h1><p>某政发〔2026〕1号</p><div class=content><p>" ONE
		"</p><p>2026年11月18日</p></div>",
		TITLE, "2026-11-20 09:30", ONE "\n2026年11月18日"},
	{"counts and fonts of a line that is parted",
		"<title>" TITLE "</title><div class=zw><h1>" TITLE
		"</h1><table><tr><td>发布日期：2026-11-20 15:20</td><td>访问次数：</td><td>"
		"信息来源：市人力资源和社会保障局 字号：[ <a>大</a> <a>中</a> "
		"]</td></tr></table>" LONG "</div>",
		TITLE, "2026-11-20 15:20", LONG_TEXT},
	{"a date in a sentence of another language",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><ul><li>The law was signed by the council on August 14, 1935</li></ul>" BODY,
		TITLE, NULL, TEXT},
	{"day, month and clock of an English page",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>Published: Friday, 20 Nov 2026 | 9:30 AM</p><p>Updated: 22 Nov 2026 | "
		"10:10 AM</p>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"the month first",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>日期：11/20/2026 9:30:00 AM　来源：某报</p>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"time elements of a change and of the issue",
		"<h1>" TITLE "</h1><p><time itemprop=dateModified "
		"datetime='2026-11-21T09:30:00+08:00'>上周六</time> <time itemprop=datePublished "
		"datetime='2026-11-20T09:30:00+08:00'>上周五</time></p>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"time element",
		"<h1>" TITLE "</h1><time datetime='2026-11-20T09:30:00+08:00'>上周五</time>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"seconds from meta",
		"<meta name=publishdate content='2026-11-20 09:30:07'><h1>" TITLE
		"</h1><p>2026-11-20 09:30</p>" BODY,
		TITLE, "2026-11-20 09:30:07", TEXT},
	{"lines by br", "<h1>" TITLE "</h1><table><tr><td>" ONE "<br><br>" TWO "</td></tr></table>",
		TITLE, NULL, TEXT},
	{"list items", "<h1>" TITLE "</h1><ol><li>" ONE "</li><li>" TWO "</li></ol>", TITLE, NULL,
		TEXT},
	{"hidden blocks",
		"<div style='left:-999px;position:absolute'><p>彩票，" ONE "</p></div><h1>" TITLE
		"</h1><div class=content><p>" ONE "</p><p style='display: none'>赌场，" TWO
		"</p><p>" TWO "</p></div>",
		TITLE, NULL, TEXT},
	{"furniture",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><p>（责任编辑：某某）</p>"
		"<p>【打印】【关闭】</p><p>上一篇：没有了</p><p>【1】【2】</p><div "
		"class=share>分享到：微信</div></div>",
		TITLE, NULL, TEXT},
	{"related links",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><ul><li><a href=/1>另一条新闻标题在这里"
		"</a></li><li><a href=/2>又一条新闻标题在这里</a></li></ul></div>",
		TITLE, NULL, TEXT},
	{"teasers beside a short text",
		"<title>" TITLE "_某县</title><div><h1>" TITLE "</h1><div class=content><p>" ONE
		"</p></div></div><div class=r><div><h4><a "
		"href=/1>另一条新闻标题在这里</a></h4><p>" TWO TWO "</p></div><div><h4><a "
		"href=/2>又一条新闻标题在这里</a></h4><p>" TWO TWO
		"</p></div><div><h4><a href=/3>还有一条新闻标题在此</a></h4><p>" TWO TWO
		"</p></div></div>",
		TITLE, NULL, ONE},
	{"headline known by the line under it",
		"<title>某县信息网</title><div><h1>便民服务大厅</h1></div><p>您当前的位置：<a "
		"href=/>首页</a></p>"
		"<p align=center style='font-size:24px'>" TITLE
		"</p><div>时间：2026-11-20 09:30&nbsp;来源：</div>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"headline with a subtitle, under the site's name",
		"<title>某县人民政府</title><h1>某县人民政府</h1><table><tr><td>" TITLE
		"</td></tr><tr><td>——某县清欠工作综述</td></tr><tr><td>【信息来源：某报】"
		"2026-11-20</td></tr></table>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"the time of a letter is not that of its page",
		"<h1>" TITLE
		"</h1><p>时间：2026-11-20</p><div class=content><p>留言时间：2026-11-17 "
		"16:34</p><p>" ONE "</p></div>",
		TITLE, "2026-11-20", "留言时间：2026-11-17 16:34\n" ONE},
	{"a picture for a text",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><p>2026-11-20</p><div class=content><img "
		"src=1.jpg></div><table><tr><td>版权所有 "
		"某县人民政府办公室<br><span>某省某县某路26号（政府院内）<br>电话：0000-0000000"
		"</span></td></tr></table>",
		TITLE, "2026-11-20", NULL},
	{"a welcome above a short text",
		"<title>" TITLE "-某校</title><div><div><p>某县某小学欢迎您，祝您愉快！"
		"</p></div><div><strong>详情信息</strong></div><div><div>" TITLE
		"</div><div>[发布时间2026年11月20日]</div><div class=x><p>" ONE
		"</p></div></div></div>",
		TITLE, "2026-11-20", ONE},
	{"time and source in the heading",
		"<title>" TITLE "-某县</title><div id=Article><h1>" TITLE
		"<br><span>2026-11-20 09:30&nbsp; 来源：某报&nbsp; "
		"点击：</span></h1></div>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"a table of fields",
		"<title>" TITLE "_某县</title><table><tr><td>发文机关：</td><td>某县人民政府办公室"
		"</td><td>成文日期：</td><td>2026年11月18日</td></tr><tr><td>标　　题：</td>"
		"<td colspan=3>" TITLE "</td></tr><tr><td>发文字号：</td><td>某政发〔2026〕3号</td>"
		"<td>发布日期：</td><td>2026年11月20日</td></tr></table>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"a title that only its label tells",
		"<title>信件查询</title><table><tr><td>信件标题</td><td>" TITLE
		"</td></tr><tr><td>来信时间</td><td>2026-11-20 09:30</td></tr></table>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"a title behind its label",
		"<title>信件查询</title><p>信件标题：" TITLE
		"</p><p>来信时间：2026-11-20 09:30</p>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"a date of large numbers",
		"<h1>" TITLE "</h1><div><span>2026</span> <span><em>11</em>/<em>20</em></span> "
		"<span>09:30:00</span></div><div class=content><p>" ONE
		"</p><p>【纠错】 【责任编辑:某某】</p></div>",
		TITLE, "2026-11-20 09:30", ONE},
	{"first post of a topic",
		"<h1>" TITLE "</h1><div><div id=post_7><em>发表于 2026-11-20 09:30</em><div>" ONE
		"</div></div><div id=post_8><em>发表于 2026-11-21 10:00</em><div>" TWO TWO
		"</div></div></div>",
		TITLE, "2026-11-20 09:30", ONE},
	{"time and links in a block of the headline's",
		"<title>" TITLE "</title><div class=title>" TITLE
		"<div><a href=/>[某网]</a> <a href=#>[手机版本]</a> 发布时间：2026年11月20日"
		"<div>查看:<span>181</span></div>来源:</div></div>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"time in the middle of its line",
		"<title>某县教育信息网</title><table><tr><td><font size=4><b>" TITLE
		"</b></font></td></tr><tr><td>某县第一中学　2026-11-20 "
		"09:30:00　阅读526次</td></tr></table>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"dated teasers beside a text without a date",
		"<title>某公司</title><div><div><h1>" TITLE "</h1>" BODY
		"</div><div><dl><dd><h3><a href=1>另一条新闻标题在这里</a></h3><div>" TWO
		"</div><div>2026/11/6 21:33:28</div></dd></dl><dl><dd><h3><a "
		"href=2>又一条新闻标题在这里</a></h3><div>" TWO
		"</div><div>2026/11/6 21:32:28</div></dd></dl><dl><dd><h3><a "
		"href=3>还有一条新闻标题在此</a></h3><div>" TWO
		"</div><div>2026/11/6 21:31:28</div></dd></dl></div></div>",
		TITLE, NULL, TEXT},
	{"text in several sections",
		"<title>某集团</title><div><h3>" TITLE "</h3><p><span>2026.11.20</span></p></div>"
		"<div><section><p>" ONE "</p></section><section><p>" TWO "</p><p>" TWO "</p><p>" TWO
		"</p></section></div>",
		TITLE, "2026-11-20", TEXT "\n" TWO "\n" TWO},
	{"headline in the text",
		"<title>某县民政局</title><h1><a href=/>某县民政局</a></h1><div class=x>"
		"<p style='text-align:center'><b>某县为三十名工人</b></p><p "
		"style='text-align:center'><b>追回工资</b></p><p align=center>某政发〔2026〕3号</p>"
		"<p>" ONE "</p><p>" TWO "</p><p align=right>某县民政局</p><p "
		"align=right>2026年11月20日</p></div>",
		TITLE, "2026-11-20",
		"某县为三十名工人\n追回工资\n某政发〔2026〕3号\n" TEXT
		"\n某县民政局\n2026年11月20日"},
	{"fields of a letter",
		"<title>网上咨询</title><ul><li><label>主题：</label><span>" TITLE
		"</span></li><li><label>咨询人：</label>李某某某</li><li>咨询时间：2026-11-20</"
		"li></ul>"
		"<div class=content><p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20", TEXT},
	{"column over the headline",
		"<title>某中学</title><h3>校园新闻</h3><div class=a-title>" TITLE
		"</div><div>发布者：某某 &nbsp; 发布时间：2026年11月20日 &nbsp; "
		"浏览次数：88 次</div>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"column that the window names",
		"<title>公告公示-某区某局</title><div class=lanmu>公告公示</div><div "
		"class=wentitle><b>" TITLE
		"</b></div><div>【 发布日期：2026-11-20 】 【 来源：某科 】</div>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"date without its year, linked data",
		"<script "
		"type='application/ld+json'>{\"datePublished\":\"2021-04-05T10:11:12+08:00\"}"
		"</script><h1>" TITLE "</h1><div><b>某某</b><i>04-05 10:11</i></div>" BODY,
		TITLE, "2021-04-05 10:11:12", TEXT},
	{"source, date and count in the text's element",
		"<div><h1>" TITLE "</h1><div><span>某某网</span> <span>发布时间：2026-11-20 "
		"16:14:44</span><span>5次</span></div><p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20 16:14:44", TEXT},
	{"icon before the date",
		"<div><h2>" TITLE "</h2><p>编辑：某某</p><p><i>&#xe61d;</i>2026-11-20 "
		"15:17</p><p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20 15:17", TEXT},
	{"an invitation begins with its time",
		"<div><h1>" TITLE "</h1><p>时间：2026年11月21日下午</p><p>" ONE "</p><p>" TWO
		"</p></div>",
		TITLE, "2026-11-21", "时间：2026年11月21日下午\n" TEXT},
	{"letter and its answer",
		"<title>领导信箱</title><h2>" TITLE
		"</h2><dl><dt>信件编号：</dt><dd>SZXX2026112000045</dd><dt>来信时间：</dt><dd>"
		"2026-11-20 09:44</dd><dt>信件类别：</dt><dd>投诉</dd></dl><div><div "
		"class=letter><p>" ONE "</p></div><div class=reply><h4>回复内容</h4><p>" TWO
		"</p></div></div>",
		TITLE, "2026-11-20 09:44", ONE "\n回复内容\n" TWO},
	{"large line over the text",
		"<title>某县某局十周年专题</title><div><a href=/>首页</a></div><table><tr><td><div "
		"style='line-height:40px;font-size:20px'>" TITLE
		"</div></td></tr></table><table><tr><td><p>" ONE "</p><p>" TWO
		"</p></td></tr></table>",
		TITLE, NULL, TEXT},
	{"name of the page, and a way back",
		"<h1>新闻详情</h1><div><p class=tt>" TITLE
		"</p><p><span>某县融媒</span><span>2026-11-20 08:30</span><span>浏览 "
		"320</span></p>" BODY "<p>返回某网，查看更多</p></div>",
		TITLE, "2026-11-20 08:30", TEXT},
	{"source in a line over the date",
		"<title>某某平台</title><div class=title>" TITLE
		"</div><div><div>某某日报</div><div>2026-11-20 15:44:10</div></div>" BODY,
		TITLE, "2026-11-20 15:44:10", TEXT},
	{"summary that repeats the text",
		"<div><h1>" TITLE "</h1><div>来源：未知 发布时间：2026-11-20</div><div class=des>"
		"摘要：某县人力资源和社会保障局接到群众反映后，立即派出工作组到工地核实情况..."
		"</div><div><p>" ONE "</p><p>" TWO "</p></div></div>",
		TITLE, "2026-11-20", TEXT},
	{"what a paper is filed under",
		"<title>" TITLE "</title><div><div>" TITLE
		"</div><div>索引号：000/2026-001 | 发布机构：某市财政局 | 发文日期：2026-11-20 | "
		"文号：无</div><div>" ONE "</div><div>" TWO "</div></div>",
		TITLE, "2026-11-20", TEXT},
	{"signature of a page whose window alone has the headline",
		"<title>" TITLE "</title><div class=content>" LONG SIGNED "</div>", TITLE,
		"2026-11-20", LONG_TEXT "\n某县人力资源和社会保障局\n2026年11月20日"},
	{"signature of a page without a headline", "<div>" LONG SIGNED "</div>", NULL, "2026-11-20",
		LONG_TEXT "\n某县人力资源和社会保障局\n2026年11月20日"},
	{"signature of a short notice",
		"<title>某县融媒</title><div><p>" ONE "</p><p>" TWO "</p>" SIGNED "</div>",
		"某县融媒", "2026-11-20", TEXT "\n某县人力资源和社会保障局\n2026年11月20日"},
	{"label with a blank in it",
		"<title>某县政务</title><div><span>标　题：</span>" TITLE
		"</div><div>2026-11-20</div>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"table of fields that opens with the title",
		"<title>某县领导信箱</title><table><tr><td>信件标题：</td><td>" TITLE
		"</td></tr><tr><td>写信人：</td><td>某某</td></tr><tr><td>内容：</td><td>" ONE
		"</td></tr></table>",
		TITLE, NULL, ONE},
	{"source, editor and time parted by style alone",
		"<h1>" TITLE "</h1><div><span>来源：某某融媒</span><span>编辑：abc</span>"
		"<span>2026-11-20 08:40:18</span></div>" BODY,
		TITLE, "2026-11-20 08:40:18", TEXT},
	{"count, day and time parted by style alone",
		"<h1>" TITLE "</h1><div><span>浏览：123</span><span>2026-11-20</span>"
		"<span>09:30</span></div>" BODY,
		TITLE, "2026-11-20 09:30", TEXT},
	{"the year of a day is in a meta element",
		"<meta itemprop=dateUpdate content='2025-10-08 12:00:57'><h2>" TITLE
		"</h2><p>某某</p><span>发布时间：10-08</span><span>12:00</span>" BODY,
		TITLE, "2025-10-08 12:00:57", TEXT},
	{"value of a field that the window repeats",
		"<title>某县某局办公室信息公开</title><table><tr><td>信息分类:</td><td>通知</"
		"td><td>"
		"发布机构:</td><td>某县某局办公室</td></tr><tr><td>发文日期:</td><td>2026-11-20"
		"</td><td>名称:</td><td>" TITLE "</td></tr><tr><td>信息来源:</td><td></td></tr>"
		"</table><h1>" TITLE "</h1>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"office's name over the headline of its paper",
		"<title>某县某局</title><div class=box><div><p "
		"style='text-align:center'>某县某局</p>"
		"<p style='text-align:center'>关于治理拖欠工资的通知</p><p>" ONE "</p><p>" TWO
		"</p></div></div>",
		"某县某局关于治理拖欠工资的通知", NULL, "某县某局\n关于治理拖欠工资的通知\n" TEXT},
	{"how many liked it",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><div>赞 (3)</div></div>",
		TITLE, NULL, TEXT},
	{"long text of the office beside a short article",
		"<title>" TITLE "</title><div><div><h3>某镇简介</h3><p>" ONE TWO ONE
		"</p></div></div><div><h2>" TITLE "</h2><p>2026-11-20</p><div><p>" TWO
		"</p></div></div>",
		TITLE, "2026-11-20", TWO},
	{"readers write more than the reporter",
		"<title>" TITLE "</title><div><h1>" TITLE "</h1><p>2026-11-20 09:30</p><p>" ONE
		"</p></div><div class=box><h3>网友评论</h3><div>" TWO ONE "</div><div>" ONE TWO
		"</div></div>",
		TITLE, "2026-11-20 09:30", ONE},
	{"player that the browser lacks",
		"<h1>" TITLE "</h1><div><p>您的浏览器不支持播放，请升级。</p><p>" ONE "</p><p>" TWO
		"</p></div>",
		TITLE, NULL, TEXT},
	{"day in the headline's element",
		"<div><h4>" TITLE "<em>[2026-11-20]</em></h4><p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20", TEXT},
	{"what the button prints",
		"<title>" TITLE "</title><h1>" TITLE "</h1><p class=sum>" ONE "</p><div "
		"class=content><div id=printarea>" LONG "</div></div>",
		TITLE, NULL, LONG_TEXT},
	{"badge before the headline",
		"<div><h1><span>原创</span>" TITLE "</h1><p>2026-11-20 09:30</p>" BODY "</div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"minute and station over a short text",
		"<div><h3>" TITLE "</h3><p>2026-11-20 09:30　某县广播电视台</p><div>" ONE
		"</div></div>",
		TITLE, "2026-11-20 09:30", ONE},
	{"words of the page in lines of their own",
		"<h1>" TITLE "</h1><div class=content><p>图集</p><p>" ONE "</p><p>" TWO
		"</p><p>阅读全文</p></div>",
		TITLE, NULL, TEXT},
	{"footer",
		"<h1>" TITLE "</h1>" BODY "<div "
		"class=footer>"
		"主办单位：某县人民政府办公室，版权所有，转载请注明来源，某ICP备05号。</div>",
		TITLE, NULL, TEXT},
	{"text in the framework's JSON",
		"<title>某某新闻</title><div id=__next>加载中…</div><script id=__NEXT_DATA__ "
		"type='application/json'>{\"site\":{\"title\":\"某某新闻\"},\"detail\":{\"title\":"
		"\"" TITLE "\",\"pubTime\":\"2026-11-20 09:30\",\"content\":\"<p>" ONE
		"<\\/p>\\n<p>" TWO "<\\/p>\"}}</script>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"text in a script, escaped twice, its title behind",
		"<title>" TITLE "_某某号</title><script>var D={info:{content:'&lt;p&gt;" ONE
		"&lt;/p&gt;&lt;p&gt;" TWO "\\u3002\\x41\\'&lt;/p&gt;',\ntitle:'" TITLE
		"'}}</script>",
		TITLE, NULL, TEXT "。A'"},
	{"text in a statement of schema.org",
		"<title>" TITLE "</title><script type='application/ld+json'>{\"@type\":"
		"\"NewsArticle\",\"articleBody\":\"" ONE "\\n" TWO
		"\",\"datePublished\":\"2026-11-20T09:30:00+08:00\"}</script><div>请稍候</div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"text in a textarea, a form beside it",
		"<h1>" TITLE "</h1><p>2026-11-20 09:30</p><textarea>&lt;p&gt;" ONE
		"&lt;/p&gt;&lt;p&gt;" TWO "&lt;/p&gt;</textarea><form><textarea>" ONE TWO ONE
		"</textarea></form>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"text in a hidden element",
		"<h1>" TITLE "</h1><p>2026-11-20 09:30</p><div class=content style=display:none>"
		"<p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"a form is no article",
		"<h1>" TITLE "</h1><p>2026-11-20 09:30</p><p><img src=a.png></p><form><textarea>"
		"" ONE TWO ONE "</textarea></form>",
		TITLE, "2026-11-20 09:30", NULL},
	{"a text that is shown needs no script",
		"<h1>" TITLE "</h1>" BODY "<script>var x={\"content\":\"<p>" LONG_TEXT
		"</p>\"}</script>",
		TITLE, NULL, TEXT},
	{"lines that are links among lines of text",
		"<h1>" TITLE "</h1><div class=content><div>" ONE
		"</div><div>▶ <a href=/1.html>某县通报三起拖欠工资的案件</a></div><div>" TWO
		"</div><div>▶ <a href=/2.html>一图读懂保障工资支付的规定</a></div></div>",
		TITLE, NULL,
		ONE "\n▶ 某县通报三起拖欠工资的案件\n" TWO "\n▶ 一图读懂保障工资支付的规定"},
	{"address before the day, within the headline's paragraph",
		"<title>某某之窗</title><table><tr><td><p align=center><font size=5>" TITLE
		"</font><br><font size=2>http://www.example.com  2026年11月20日  某某日报</font>"
		"</p><p>" ONE "</p><p>" TWO "</p></td></tr></table>",
		TITLE, "2026-11-20", TEXT},
	{"tag before the headline, within the text's element",
		"<div class=content><h1><span class=tag>环保</span>" TITLE "</h1><p>" ONE
		"</p><p>" TWO "</p></div>",
		TITLE, NULL, TEXT},
	{"a share bar of an article is a share bar",
		"<h1>" TITLE "</h1><div class=article><p>" ONE "</p><p>" TWO
		"</p><div class=articleShareBtn><span>转播到微博，让朋友也看到</span></div></div>",
		TITLE, NULL, TEXT},
	{"a site speaks of itself",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO "</"
		"p><p>"
		"免责声明：本站部分文章来源于网络，转载目的在于传递更多信息，并不代表赞同其观点，如"
		"有侵权"
		"请联系删除。</p></div>",
		TITLE, NULL, TEXT},
	{"table of a word processor",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><table><tr><td><p>序号</p></td>"
		"<td><p>单位</p></td></tr><tr><td><p>1</p></td><td><p>某镇</p></td></tr></table><p>"
		"" TWO "</p></div>",
		TITLE, NULL, ONE "\n序号 单位\n1 某镇\n" TWO},
	{"head and signature of a post",
		"<h1>" TITLE "</h1><div class=content><div>1楼发表于 2026-11-20 09:30:00 | "
		"只看该作者</div><div>" ONE "</div><div>" TWO
		"</div><div class=sign>态度决定一切，细节决定成败。</div></div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"subtitle and byline between headline and day",
		"<title>某某日报数字报</title><div><div>乡村振兴进行时</div><h1>“家门口”的好日子</"
		"h1><div>"
		"——某县见闻</div><div>本报记者 李某 通讯员 "
		"王某</div><div>2026年11月20日</div></div>"
		"<div>" LONG "</div>",
		"“家门口”的好日子", "2026-11-20", LONG_TEXT},
	{"translated month of a journal",
		"<title>" TITLE " | 某某志</title><h2>" TITLE "</h2><span>其它内容</span> <span>"
		"十一月 20th, 2026</span>" BODY,
		TITLE, "2026-11-20", TEXT},
	{"counters are no text",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><p>阅读：1233 次</p><p>浏览[12]</p><p>访问3个企业</p></div>",
		TITLE, NULL, TEXT "\n访问3个企业"},
	{"paragraphs in bare elements, one longer than all others",
		"<title>" TITLE "</title><h1>" TITLE
		"</h1><div>发布时间：2026-11-20 09:30</div><div "
		"class=x><div>李某某：</div><div>" ONE TWO
		"</div><div align=right>某县人民法院</div>"
		"<div align=right>2026年11月20日</div></div>",
		TITLE, "2026-11-20 09:30", "李某某：\n" ONE TWO "\n某县人民法院\n2026年11月20日"},
	{"table below a bare element",
		"<title>" TITLE "</title><h1>" TITLE "</h1><div class=x><div>" ONE
		"</div><table><tr><td>某镇</td><td>三人</td></tr></table></div>",
		TITLE, NULL, ONE "\n某镇 三人"},
	{"what a footer without a name says of browsers",
		"<h1>" TITLE
		"</h1><p>2026-11-20</p><p><img src=a.png></p><div><p>地址：某市某路1号，"
		"邮编：000000，电话：0916-0000000。</"
		"p><p>本网站由某市某局主办，建议使用1024*768分辨率，"
		"IE8.0以上版本，谢谢！</p></div>",
		TITLE, "2026-11-20", NULL},
	{"heading of a box whose links are gone, in the middle of the text",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO "</p><p>" ONE TWO
		"</p><div style=float:left><h3>相关组图</h3></div><p>" TWO ONE "</p></div>",
		TITLE, NULL, LONG_TEXT},
	{"who made the page, and what it asks for",
		"<h1>" TITLE "</h1><div class=content><p>点击上方蓝字关注我们</p><p>" ONE
		"</p><p>" TWO
		"</p><p>供稿丨李某</p><p>审核｜王某</p><p>编审 赵某</p><p>分享、点赞、在看</p><p>"
		"声明：转载此文是出于传递更多信息之目的，如有侵犯您的合法权益请与本网联系，我们将及"
		"时删除。</"
		"p><p>看完本文，您的心情是？</p></div>",
		TITLE, NULL, TEXT},
	{"where it stands, and what may not be done with it",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><p>本文链接：https://www.example.gov.cn/xw/7.html，转载请附上原文出处。</p><p>"
		"更多精彩内容请下载客户端</p></div>",
		TITLE, NULL, TEXT},
	{"window and mark of the site",
		"<title>某某新闻网</title><div><div>" TITLE
		"</div><div>某某新闻网</div><div>2026-11-20 09:30</div>" BODY "</div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"fields of a letter as terms, under the name of the page",
		"<title>县长信箱</title><h2>县长信箱</h2><dl><dt>标题：</dt><dd>" TITLE
		"</dd><dt>时间：</dt><dd>2026-11-20 09:30</dd><dt>内容：</dt><dd>" ONE
		"</dd><dt>答复：</dt><dd>" TWO "</dd></dl>",
		TITLE, "2026-11-20 09:30",
		"标题：\n" TITLE "\n时间：\n2026-11-20 09:30\n内容：\n" ONE "\n答复：\n" TWO},
	{"question and answer in elements unlike, links below",
		"<title>问政详情</title><main><div class=p1><h2>" TITLE
		"</h2><div><span>2026-11-20 09:30</span><span>浏览 302</span></div><p>" ONE
		"</p></div><div class=p2><p>" TWO "</p></div><div class=p3><h3>热门</h3><a "
		"href=/1>某县一小区地下车库漏水问题已经解决</a>"
		"<a href=/2>某县两条公交线路本月起调整走向和站点</a>"
		"<a href=/3>某市一条河道长期散发异味的原因查明治理工程月底开工建设</a>"
		"<a href=/4>某区三所学校周边道路上下学时段实行单行并增设临时停车区</a>"
		"<a href=/5>某县农贸市场门口占道经营问题有了结果摊贩已经全部入场</a></div></main>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"hours that the text announces",
		"<h1>" TITLE
		"</h1><div class=t>2026-11-20</div><div class=b><div>停水时间：2026年11月2日"
		"08:00—18:00，某镇某村</div><div>" ONE "</div></div>",
		TITLE, "2026-11-20", "停水时间：2026年11月2日08:00—18:00，某镇某村\n" ONE},
	{"minute beside a call",
		"<h1>" TITLE "</h1><div><span>3.2万次播放</span><span>2026-11-20 09:30</span><span>"
		"未经作者授权，禁止转载</span></div><div>" ONE TWO "</div>",
		TITLE, "2026-11-20 09:30", ONE TWO},
	{"text and title in a script, in marks that it cuts",
		"<title>某某头条</title><script>var BASE_DATA = {info: {title: '&quot;" TITLE
		"&quot;'.slice(6, -6), content: '&quot;&lt;p&gt;" ONE "&lt;/p&gt;&lt;p&gt;" TWO
		"&lt;/p&gt;&quot;'.slice(6, -6), time: '2026-11-20 09:30:00'}};</script>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"table and nothing else, below a line of date and source",
		"<title>" TITLE "</title><h3>" TITLE
		"</h3><div>来源：某办　时间：2026-11-20 15:00:10　"
		"点击：7</div><div "
		"class=v><table><tr><td>序号</td><td>姓名</td></tr><tr><td>1</td><td>"
		"张某某</td></tr></table></div>",
		TITLE, "2026-11-20 15:00:10", "序号 姓名\n1 张某某"},
	{"day and office beside each other",
		"<h1>" TITLE
		"</h1><div class=content><div><span>2026-11-20</span><span>县发改局</span>"
		"</div><p>" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20", TEXT},
	{"labelled day alone under the headline",
		"<title>" TITLE "</title><div class=v><h1>" TITLE
		"</h1><p>时间：2026-11-20 09:30</p><p>"
		"" ONE "</p><p>" TWO "</p></div>",
		TITLE, "2026-11-20 09:30", TEXT},
	{"invitation",
		"<title>" TITLE "</title><div class=v><h1>" TITLE
		"</h1><p>时间：2026-11-20 09:30</p><p>"
		"地点：某县会议中心</p><p>" ONE "</p></div>",
		TITLE, "2026-11-20 09:30", "时间：2026-11-20 09:30\n地点：某县会议中心\n" ONE},
	{"three who looked at it, and a picture's number",
		"<h1>" TITLE "</h1><div class=content><p>" ONE "</p><p>" TWO
		"</p><p>一审：张某</p><p>"
		"编辑 | 王某</p><p>三审 赵某</p><p>1/6 下一张</p><p>一审 "
		"判决后双方均未提出上诉的案件</p></div>",
		TITLE, NULL, TEXT "\n一审 判决后双方均未提出上诉的案件"},
};

static const char *shown(const char *s)
{
	return s ? s : "(none)";
}

static bool is_same(const char *name, const char *what, const char *got, const char *want)
{
	bool same = strcmp(shown(got), shown(want)) == 0;

	if (!same)
		print_error(
			"%s: %s\n  got:  %s\n  want: %s\n", name, what, shown(got), shown(want));
	return same;
}

static void test_pages(void **state)
{
	bool ok = true;

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct documents d;
		documents_init(&d, DOCUMENT_ARTICLE, URL);
		assert_int_equal(documents_parse(&d, pages[i].html), ERR_OK);
		assert_true(d.doc.is_article && d.doc.count == 1);
		const struct item *it = &d.doc.items[0];
		ok = is_same(pages[i].name, "title", it->title, pages[i].title) && ok;
		ok = is_same(pages[i].name, "text", it->content, pages[i].text) && ok;
		if (it->published != documents_time(pages[i].time)) {
			char got[TIME_TEXT_SIZE] = "none";
			if (it->published != TIME_NONE)
				time_format_local(it->published, d.zone, got);
			ok = is_same(pages[i].name, "time", got, pages[i].time);
		}
		documents_fini(&d);
	}
	assert_true(ok);
}

/* ---- the address ---- */

static void test_date_of_address(void **state)
{
	static const char elsewhere[] = "<p>2026-11-21</p><h1>" TITLE "</h1>" BODY;
	static const char labelled[] = "<p>发布时间：2026-11-21</p><h1>" TITLE "</h1>" BODY;
	static const char under_title[] = "<h1>" TITLE "</h1><p>2026-11-21　某县</p>" BODY;
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_ARTICLE, "http://www.example.gov.cn/202611/t20261120_1.html");
	assert_int_equal(documents_parse(&d, "<h1>" TITLE "</h1>" BODY), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2026-11-20"));
	/* A day that the address denies gives way to it; not one with a time of day, with a
	 * label, or in the line under the headline: addresses keep the day of the first draft. */
	assert_int_equal(documents_parse(&d, elsewhere), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2026-11-20"));
	assert_int_equal(documents_parse(&d, labelled), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2026-11-21"));
	assert_int_equal(documents_parse(&d, under_title), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2026-11-21"));
	/* It has the year that the page leaves out. */
	d.in.url = "http://www.example.gov.cn/202511/t20251121_1.html";
	assert_int_equal(
		documents_parse(&d, "<h1>" TITLE "</h1><p>某县　11-21 08:00　浏览 3</p>" BODY),
		ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2025-11-21 08:00"));
	/* "10/ 5/11 09:19": what is left of another order is no day without its year. */
	d.in.url = "http://www.example.com/2011/10/06/a_1.html";
	assert_int_equal(
		documents_parse(&d, "<h1>" TITLE "</h1>" BODY "<p>10/ 5/11 09:19 PM</p>"), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2011-10-06"));
	d.in.url = "http://www.example.gov.cn/202611/t20261120_1.html";
	assert_int_equal(
		documents_parse(&d, "<h1>" TITLE "</h1><p>2026-11-21 08:00</p>" BODY), ERR_OK);
	assert_true(d.doc.items[0].published == documents_time("2026-11-21 08:00"));
	documents_fini(&d);
}

/* ---- next pages ---- */

static const struct {
	const char *url, *html;
	const char *next; /* NULL none */
} nexts[] = {
	{"http://a.example/t1_7.html", "<a href=t1_7_1.html>下一页</a>",
		"http://a.example/t1_7_1.html"},
	{"http://a.example/t1_7_1.html", "<a href=t1_7.html>1</a><a href=t1_7_2.html>下一页</a>",
		"http://a.example/t1_7_2.html"},
	{"http://a.example/c1.html",
		"<a href=c1.html>【1】</a><a href=c1-2.html>【2】</a><a href=c1-3.html>【3】</a>",
		"http://a.example/c1-2.html"},
	{"http://a.example/c1-2.html",
		"<a href=c1.html>【1】</a><a href=c1-2.html>【2】</a><a href=c1-3.html>【3】</a>",
		"http://a.example/c1-3.html"},
	{"http://a.example/c1-3.html",
		"<a href=c1.html>【1】</a><a href=c1-2.html>【2】</a><a href=c1-3.html>【3】</a>",
		NULL},
	{"http://a.example/show.asp?id=3", "<a href='show.asp?id=3&page=2'>下一页</a>",
		"http://a.example/show.asp?id=3&page=2"},
	/* Another article. */
	{"http://a.example/11.html", "<a href=12.html>下一页</a>", NULL},
	{"http://a.example/t20261120_11.html", "<a href=t20261121_12.html>下一页</a>", NULL},
};

static void test_next_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
		struct documents d;
		char html[2000];
		snprintf(html, sizeof html, "<h1>" TITLE "</h1>" BODY "%s", nexts[i].html);
		documents_init(&d, DOCUMENT_ARTICLE, nexts[i].url);
		assert_int_equal(documents_parse(&d, html), ERR_OK);
		assert_true(is_same(nexts[i].url, "next", d.doc.next, nexts[i].next));
		documents_fini(&d);
	}
}

static void test_path(void **state)
{
	struct documents d;

	(void)state;
	documents_init(&d, DOCUMENT_ARTICLE, URL);
	d.in.paths.items = "//div[@id='b']";
	assert_int_equal(
		documents_parse(&d, "<h1>" TITLE "</h1><div>" ONE "</div><div id=b>短文</div>"),
		ERR_OK);
	assert_string_equal(d.doc.items[0].content, "短文");
	assert_int_equal(documents_parse(&d, "<h1>" TITLE "</h1>" BODY), ERR_INPUT);
	d.in.paths.items = "//div[";
	assert_int_equal(documents_parse(&d, "<h1>" TITLE "</h1>" BODY), ERR_CONFIG);
	documents_fini(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_date_of_address),
		cmocka_unit_test(test_next_pages),
		cmocka_unit_test(test_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
