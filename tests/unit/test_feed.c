/*
 * What feeds say and what we make of it: one row a rule. The document is the row's
 * text inside the usual wrapping.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/document.h"

#define ATOM "<feed xmlns='http://www.w3.org/2005/Atom'>"
#define ATOM03 "<feed version='0.3' xmlns='http://purl.org/atom/ns#'>"
#define RDF                                                                                        \
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"                         \
	" xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
#define RSS "<rss version='2.0'><channel>"
#define RSS_NS                                                                                     \
	"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'"                           \
	" xmlns:content='http://purl.org/rss/1.0/modules/content/'"                                \
	" xmlns:media='http://search.yahoo.com/mrss/'"                                             \
	" xmlns:atom='http://www.w3.org/2005/Atom'"                                                \
	" xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"                               \
	" xmlns:xhtml='http://www.w3.org/1999/xhtml'"                                              \
	" xmlns:dcterms='http://purl.org/dc/terms/'><channel>"
#define END "</channel></rss>"

struct feed_case {
	const char *text;
	const char *field; /* "title": the first item's; "feed.title"; "2.title": the second's */
	const char *want; /* NULL: absent */
};

/* clang-format off */
static const struct feed_case cases[] = {
	/* --- RSS --- */
	{RSS "<title>某市新闻</title><item/>" END, "feed.title", "某市新闻"},
	{RSS "<description>&lt;b&gt;政务&lt;/b&gt;</description><item/>" END, "feed.subtitle", "政务"},
	{RSS "<title>T</title><image><title>图</title><link>http://i.example/</link></image><item/>" END, "feed.title", "T"},
	{RSS "<image><title>图</title></image><title>T</title><item/>" END, "feed.title", "T"},
	{RSS "<textInput><title>搜</title></textInput><item/>" END, "feed.title", NULL},
	{RSS "<language>zh_CN</language><item/>" END, "feed.language", "zh-CN"},
	{"<rss version='2.0' xml:lang='zh'><channel><item/>" END, "feed.language", "zh"},
	{RSS "<lastBuildDate>Mon, 23 Nov 2026 09:00:00 +0800</lastBuildDate><item/>" END, "feed.updated", "2026-11-23T01:00:00Z"},
	{RSS "<item/>" END, "feed.format", "rss20"},
	{"<rss version='0.91'><channel><item/>" END, "feed.format", "rss09x"},
	{"<rss version='0.92'><channel><item/>" END, "feed.format", "rss09x"},
	{RSS "<item/>" END, "feed.malformed", "false"},
	{RSS "<item><title>甲</title></item>" END, "title", "甲"},
	{RSS "<item><TiTlE>甲</TiTlE></item>" END, "title", "甲"},
	{RSS "<item><title> 甲\n  乙 </title></item>" END, "title", "甲 乙"},
	{RSS "<item><title/></item>" END, "title", NULL},
	{RSS "<item><title>a &lt; b</title></item>" END, "title", "a < b"},
	{RSS "<item><title>List&lt;T&gt;</title></item>" END, "title", "List<T>"},
	{RSS "<item><title>&lt;b&gt;粗&lt;/b&gt;</title></item>" END, "title", "粗"},
	{RSS "<item><title>A &amp;amp; B</title></item>" END, "title", "A & B"},
	{RSS "<item><title>R&amp;D &amp;lt;x</title></item>" END, "title", "R&D <x"},
	{RSS "<item><title><![CDATA[甲 & 乙 <em>丙</em>]]></title></item>" END, "title", "甲 & 乙 丙"},
	{RSS "<item><title>第一<b>粗</b>二</title></item>" END, "title", "第一粗二"},
	{RSS "<item><title>5 &#60; 6 &#x4e2d;</title></item>" END, "title", "5 < 6 中"},
	{RSS "<item><title>it&#146;s &#128;</title></item>" END, "title", "it’s €"},
	{RSS "<item><title>&#55357;&#56832;</title></item>" END, "title", "😀"},
	{RSS "<item><title>&amp;#xD83D;&amp;#xDE00;</title></item>" END, "title", "😀"},
	{RSS "<item><title>a&#55357; &#56832;</title></item>" END, "title", "a\xEF\xBF\xBD \xEF\xBF\xBD"},
	{RSS "<item><description>&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二&lt;br/&gt;三&lt;/p&gt;</description></item>" END, "summary", "一\n二\n三"},
	{RSS "<item><description><![CDATA[<p>一</p><script>var a='<p>';</script><!-- x --><p>二</p>]]></description></item>" END, "summary", "一\n二"},
	{RSS "<item><description>&amp;lt;p&amp;gt;一&amp;lt;/p&amp;gt;</description></item>" END, "summary", "一"},
	{RSS "<item><description>&lt;code&gt;&amp;lt;br /&amp;gt;&lt;/code&gt;</description></item>" END, "summary", "<br />"},
	{RSS "<item><description>x <p>naked</p> &amp;lt;</description></item>" END, "summary", "x\nnaked\n&lt;"},
	{RSS "<item><link>http://a.example/1?a=1&amp;b=2</link></item>" END, "link", "http://a.example/1?a=1&b=2"},
	{RSS "<item><link>\n http://a.example/1 \n</link></item>" END, "link", "http://a.example/1"},
	{RSS "<item><link>/1.html</link></item>" END, "link", "http://base.example/1.html"},
	{"<rss version='2.0' xml:base='http://x.example/d/'><channel><item><link>1.html</link></item>" END, "link", "http://x.example/d/1.html"},
	{"<rss version='2.0' xml:base='http://x.example/d/'><channel xml:base='e/'><item xml:base='f/'><link>1.html</link></item>" END, "link", "http://x.example/d/e/f/1.html"},
	{RSS "<item><link>javascript:alert(1)</link></item>" END, "link", NULL},
	{RSS "<item><guid>http://a.example/g</guid></item>" END, "link", "http://a.example/g"},
	{RSS "<item><guid>http://a.example/g</guid></item>" END, "id", "http://a.example/g"},
	{RSS "<item><guid isPermaLink='false'>http://a.example/g</guid></item>" END, "link", NULL},
	{RSS "<item><guid>http://a.example/g</guid><link>http://a.example/l</link></item>" END, "link", "http://a.example/l"},
	{RSS "<item><guid>  x-1  </guid></item>" END, "id", "x-1"},
	{RSS "<item><guid>x-1</guid></item>" END, "link", NULL},
	{RSS "<item><pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate></item>" END, "published", "2026-11-23T01:00:00Z"},
	{RSS "<item><pubdate>2026-11-23 09:00:00</pubdate></item>" END, "published", "2026-11-23T01:00:00Z"},
	{RSS "<item><pubDate>改天</pubDate></item>" END, "published", NULL},
	{RSS "<item><source url='http://s.example/'>源</source><title>甲</title></item>" END, "title", "甲"},
	{RSS "<item><author>某某</author></item>" END, "title", NULL},
	{RSS "<item><title>甲</title><image><title>图</title></image></item>" END, "title", "甲"},
	{RSS "<item><description>一</description><description>二</description></item>" END, "content", "二"},
	{"<rss version='0.90'><channel><title>T</title></channel><item><title>外</title></item></rss>", "title", "外"},
	/* --- modules --- */
	{RSS_NS "<item><dc:title>甲</dc:title></item>" END, "title", "甲"},
	{RSS_NS "<item><dc:title>乙</dc:title><title>甲</title></item>" END, "title", "甲"},
	{RSS_NS "<item><media:title>乙</media:title><title>甲</title></item>" END, "title", "甲"},
	{RSS_NS "<item><media:group><media:description>述</media:description></media:group></item>" END, "summary", "述"},
	{RSS_NS "<item><dc:date>2026-11-23T09:00:00+08:00</dc:date></item>" END, "published", "2026-11-23T01:00:00Z"},
	{RSS_NS "<item><pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate><dc:date>2026-11-24T09:00:00+08:00</dc:date></item>" END, "published", "2026-11-23T01:00:00Z"},
	{RSS_NS "<item><dcterms:issued>2026-11-23T01:00:00Z</dcterms:issued></item>" END, "published", "2026-11-23T01:00:00Z"},
	{RSS_NS "<item><dcterms:modified>2026-11-23T01:00:00Z</dcterms:modified></item>" END, "updated", "2026-11-23T01:00:00Z"},
	{RSS_NS "<item><dc:description>述</dc:description></item>" END, "summary", "述"},
	{RSS_NS "<dc:language>zh</dc:language><item/>" END, "feed.language", "zh"},
	{RSS_NS "<item><content:encoded>&lt;p&gt;正文&lt;/p&gt;</content:encoded><description>摘要</description></item>" END, "content", "正文"},
	{RSS_NS "<item><content:encoded>正文</content:encoded></item>" END, "summary", NULL},
	{RSS_NS "<item><xhtml:body><xhtml:p>一</xhtml:p><xhtml:p>二 &amp; &lt;</xhtml:p></xhtml:body></item>" END, "content", "一\n二 & <"},
	{RSS_NS "<item><description>短</description><itunes:summary>长</itunes:summary></item>" END, "summary", "短"},
	{RSS_NS "<item><itunes:summary>长</itunes:summary></item>" END, "summary", "长"},
	{RSS_NS "<item><link>http://a.example/1</link><atom:link rel='self' href='http://a.example/self'/></item>" END, "link", "http://a.example/1"},
	{RSS_NS "<item><atom:link href='http://a.example/2'/><link>http://a.example/1</link></item>" END, "link", "http://a.example/1"},
	{RSS_NS "<item><atom:updated>2026-11-23T01:00:00Z</atom:updated></item>" END, "updated", "2026-11-23T01:00:00Z"},
	{RSS "<item><dc:date>2026-11-23T01:00:00Z</dc:date><title>甲</title></item>" END, "published", "2026-11-23T01:00:00Z"},
	{"<rss version='2.0' xmlns:d='http://purl.org/dc/elements/1.1/'><channel><item><d:title>甲</d:title></item>" END, "title", "甲"},
	{"<rss version='2.0' xmlns:dc='http://wrong.example/'><channel><item><dc:title>甲</dc:title></item>" END, "title", "甲"},
	{"<rss version='2.0' xmlns:x='http://other.example/'><channel><item><x:title>乙</x:title><title>甲</title></item>" END, "title", "甲"},
	{"<r:rss version='2.0' xmlns:r='http://backend.userland.com/rss2'><r:channel><r:item><r:title>甲</r:title></r:item></r:channel></r:rss>", "title", "甲"},
	/* --- RSS 1.0 and 0.9 --- */
	{RDF "<channel><title>T</title></channel><item rdf:about='urn:1'><title>甲</title></item></rdf:RDF>", "id", "urn:1"},
	{RDF "<channel><title>T</title></channel><item><title>甲</title></item></rdf:RDF>", "feed.format", "rss10"},
	{RDF "<channel><title>T</title></channel><item><title>甲</title></item></rdf:RDF>", "feed.title", "T"},
	{"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>T</title></channel><item><title>甲</title></item></rdf:RDF>", "feed.format", "rss09x"},
	/* --- Atom --- */
	{ATOM "<title>T</title><entry/></feed>", "feed.format", "atom10"},
	{ATOM "<subtitle type='html'>&lt;i&gt;副&lt;/i&gt;</subtitle><entry/></feed>", "feed.subtitle", "副"},
	{ATOM "<id>urn:f</id><updated>2026-11-23T01:00:00Z</updated><entry/></feed>", "feed.id", "urn:f"},
	{ATOM "<entry><title>The &lt;blink&gt; tag&lt;/blink&gt;</title></entry></feed>", "title", "The <blink> tag</blink>"},
	{ATOM "<entry><title type='text'>a &amp;lt; b</title></entry></feed>", "title", "a &lt; b"},
	{ATOM "<entry><title type='html'>&lt;b&gt;甲&lt;/b&gt; &amp;lt;x&amp;gt;</title></entry></feed>", "title", "甲 <x>"},
	{ATOM "<entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>甲 <b>乙</b> &lt;x&gt;</div></title></entry></feed>", "title", "甲 乙 <x>"},
	{ATOM "<entry><link href='http://a.example/1'/></entry></feed>", "link", "http://a.example/1"},
	{ATOM "<entry><link rel='self' href='http://a.example/s'/><link rel='alternate' type='text/html' href='http://a.example/1'/></entry></feed>", "link", "http://a.example/1"},
	{ATOM "<entry><link rel='alternate' type='application/pdf' href='http://a.example/p'/><link rel='alternate' type='text/html' href='http://a.example/1'/></entry></feed>", "link", "http://a.example/1"},
	{ATOM "<entry><link rel='enclosure' href='http://a.example/e'/></entry></feed>", "link", NULL},
	{ATOM "<entry><link rel='enclosure'>http://a.example/e</link><link rel='alternate'>http://a.example/1</link></entry></feed>", "link", "http://a.example/1"},
	{ATOM "<entry><link href='http://a.example/?a=1&amp;b=2'/></entry></feed>", "link", "http://a.example/?a=1&b=2"},
	{ATOM "<entry xml:base='http://x.example/'><link href='1'/></entry><entry><link href='2'/></entry></feed>", "link", "http://x.example/1"},
	{ATOM "<entry xml:base='http://x.example/'><link href='1'/></entry><entry><link href='2'/></entry></feed>", "2.link", "http://base.example/2"},
	{ATOM "<entry><id>http://a.example/i</id></entry></feed>", "link", "http://a.example/i"},
	{ATOM "<entry><published>2026-11-23T01:00:00Z</published><updated>2026-11-24T01:00:00Z</updated></entry></feed>", "published", "2026-11-23T01:00:00Z"},
	{ATOM "<entry><updated>2026-11-24T01:00:00Z</updated></entry></feed>", "published", NULL},
	{ATOM "<entry><updated>2026-11-24T01:00:00Z</updated><updated>2026-11-23T01:00:00Z</updated></entry></feed>", "updated", "2026-11-23T01:00:00Z"},
	{ATOM03 "<entry><issued>2026-11-24T01:00:00Z</issued><published>2026-11-23T01:00:00Z</published></entry></feed>", "published", "2026-11-23T01:00:00Z"},
	{ATOM "<entry><summary>摘</summary><content type='html'>&lt;p&gt;正&lt;/p&gt;</content></entry></feed>", "content", "正"},
	{ATOM "<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>一</p><p>二</p></div></content></entry></feed>", "content", "一\n二"},
	{ATOM "<entry><content type='text/html' src='http://a.example/c'/></entry></feed>", "content", NULL},
	{ATOM "<entry><content type='image/png'>iVBORw0KGgoAAAANSUhEUg==</content></entry></feed>", "content", NULL},
	{ATOM "<entry><content type='application/octet-stream'>5q2j5paH</content></entry></feed>", "content", "正文"},
	{ATOM "<entry><content type='text/plain'>一\n二</content></entry></feed>", "content", "一\n二"},
	{ATOM "<entry><source><title>源</title><id>urn:s</id></source><title>甲</title></entry></feed>", "title", "甲"},
	{ATOM "<entry><source><id>urn:s</id></source></entry></feed>", "id", NULL},
	{ATOM "<entry><image><id>urn:x</id></image><id>urn:1</id></entry></feed>", "id", "urn:1"},
	{ATOM "<entry><title>甲</title><content type='application/xml'><entry><title>乙</title></entry></content></entry></feed>", "title", "甲"},
	{"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>甲</a:title></a:entry></a:feed>", "title", "甲"},
	{ATOM03 "<tagline>副</tagline><entry/></feed>", "feed.format", "atom03"},
	{ATOM03 "<tagline>副</tagline><entry/></feed>", "feed.subtitle", "副"},
	{ATOM03 "<entry><issued>2026-11-23T01:00:00Z</issued><modified>2026-11-24T01:00:00Z</modified></entry></feed>", "published", "2026-11-23T01:00:00Z"},
	{ATOM03 "<entry><issued>2026-11-23T01:00:00Z</issued><modified>2026-11-24T01:00:00Z</modified></entry></feed>", "updated", "2026-11-24T01:00:00Z"},
	{ATOM03 "<entry><content type='text/html' mode='escaped'>&lt;p&gt;正&lt;/p&gt;</content></entry></feed>", "content", "正"},
	{ATOM03 "<entry><content type='text/html' mode='base64'>PHA+5q2jPC9wPg==</content></entry></feed>", "content", "正"},
	{ATOM03 "<entry><content type='application/xhtml+xml' mode='xml'><div><p>正</p></div></content></entry></feed>", "content", "正"},
	/* --- CDF --- */
	{"<CHANNEL HREF='http://a.example/'><TITLE>T</TITLE><ITEM HREF='http://a.example/1' LASTMOD='2026-11-23T01:00Z'><TITLE>甲</TITLE><ABSTRACT>摘</ABSTRACT></ITEM></CHANNEL>", "feed.format", "cdf"},
	{"<CHANNEL HREF='http://a.example/'><TITLE>T</TITLE><ITEM HREF='http://a.example/1' LASTMOD='2026-11-23T01:00Z'><TITLE>甲</TITLE><ABSTRACT>摘</ABSTRACT></ITEM></CHANNEL>", "link", "http://a.example/1"},
	{"<CHANNEL HREF='http://a.example/'><TITLE>T</TITLE><ITEM HREF='http://a.example/1' LASTMOD='2026-11-23T01:00Z'><TITLE>甲</TITLE><ABSTRACT>摘</ABSTRACT></ITEM></CHANNEL>", "updated", "2026-11-23T01:00:00Z"},
	{"<CHANNEL HREF='http://a.example/'><TITLE>T</TITLE><ITEM HREF='http://a.example/1'><ABSTRACT>摘</ABSTRACT></ITEM></CHANNEL>", "summary", "摘"},
	{RSS_NS "<item><dc:identifier>urn:d</dc:identifier></item>" END, "id", "urn:d"},
	{RSS_NS "<item><dc:identifier>http://a.example/d</dc:identifier></item>" END, "link", NULL},
	{RSS_NS "<item><dc:identifier>urn:d</dc:identifier><guid>g-1</guid></item>" END, "id", "g-1"},
	/* --- namespaces that nothing declares --- */
	{RSS "<item><x:y/></item>" END, "feed.malformed", "true"},
	{RSS "<item><title x:y='1'>甲</title></item>" END, "feed.malformed", "true"},
	{RSS "<item xmlns:x='urn:x'><x:y x:z='1' xml:lang='zh'/></item>" END, "feed.malformed", "false"},
	{RSS "<item><x:y xmlns:x='urn:x'/></item><item><x:y/></item>" END, "feed.malformed", "true"},
	{ATOM "<entry><content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>正</h:p></h:div></content></entry></feed>", "feed.malformed", "false"},
	{ATOM "<entry><content type='xhtml'><h:div><h:p>正</h:p></h:div></content></entry></feed>", "feed.malformed", "true"},
	/* --- what is not XML --- */
	{RSS "<item><title>甲</tit", "title", "甲"},
	{RSS "<item><title>甲</title><description>开头 <stro", "summary", "开头"},
	{RSS "<item><title>甲</title><description>开头<img src='a", "summary", "开头"},
	{RSS "<item><title>一 &nbsp;&eacute;&rsquo;</title></item>" END, "title", "一 é’"},
	{RSS "<item><title>A & B</title></item>" END, "title", "A & B"},
	{RSS "<item><title>A & B</title></item>" END, "feed.malformed", "true"},
	{RSS "<item><title>a < b</title></item>" END, "title", "a < b"},
	{RSS "<item><title>List<T></title></item>" END, "title", "List<T>"},
	{RSS "<item><title>a & <T>b</T></title></item>" END, "title", "a & <T>b</T>"},
	{RSS "<item><title>甲</titel><link>http://a.example/1</link></item>" END, "title", "甲"},
	{RSS "<item><title>甲</titel><link>http://a.example/1</link></item>" END, "link", "http://a.example/1"},
	{RSS "<item><title>&foo; x</title></item>" END, "title", "&foo; x"},
	{RSS "<item><title>甲\x0b\x01</title></item>" END, "title", "甲"},
	{RSS "<item><title>甲</title><link>http://a.example/?a=1&b=2</link></item>" END, "link", "http://a.example/?a=1&b=2"},
	{RSS "<item><title>甲<link>http://a.example/1</link></item><item><title>乙</title></item>" END, "title", "甲"},
	{RSS "<item><title>甲<link>http://a.example/1</link></item><item><title>乙</title></item>" END, "link", "http://a.example/1"},
	{RSS "<item><title>甲<link>http://a.example/1</link></item><item><title>乙</title></item>" END, "2.title", "乙"},
	{RSS "<item><title>甲</title><item><title>乙</title></item>" END, "2.title", "乙"},
	{RSS "<item><description>一<br>二<p>三</description></item><item><title>乙</title></item>" END, "summary", "一\n二\n三"},
	{RSS "<item><description>一<br>二<p>三</description></item><item><title>乙</title></item>" END, "2.title", "乙"},
	{RSS "<item><title>甲</title></height><link>http://a.example/1</link></item>" END, "link", "http://a.example/1"},
	{RSS "<item><title>甲</title></item><item><title>乙</tit", "2.title", "乙"},
	{RSS "<item><description><![CDATA[一</description></item><item><description>二</description></item>" END, "2.summary", "二"},
	{"\n\n <?xml version='1.0' encoding='utf-8'?>" RSS "<item><title>甲</title></item>" END, "title", "甲"},
	{"\xEF\xBB\xBF<?xml version='1.0'?>" RSS "<item><title>甲</title></item>" END, "title", "甲"},
	{"PHP Warning: x in y<br />\n<?xml version='1.0'?>" RSS "<item><title>甲</title></item>" END, "title", "甲"},
	{RSS "<item><enclosure url=http://a.example/e length=1><title>甲</title></item>" END, "title", "甲"},
	{ATOM "<entry><link rel=alternate href=http://a.example/1><title>甲</title></entry></feed>", "link", "http://a.example/1"},
	{RSS "<item><title>a &#1114112; b &#55296; c</title></item>" END, "title", "a \xEF\xBF\xBD b \xEF\xBF\xBD c"},
	/* --- entities are never declared --- */
	{"<!DOCTYPE rss [<!ENTITY x 'boom'>]>" RSS "<item><title>一&x;二</title></item>" END, "title", "一&x;二"},
	{"<!DOCTYPE rss [<!ENTITY x 'boom'>]>" RSS "<item><title>一&x;二</title></item>" END, "feed.malformed", "false"},
	{"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" RSS "<item><title>一&x;</title></item>" END, "title", "一&x;"},
	{"<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>" RSS "<item><title>一</title></item>" END, "title", "一"},
	{"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://a.example/rss.dtd'>" RSS "<item><title>caf&eacute;</title></item>" END, "title", "café"},
	/* --- text --- */
	{RSS "<item><title>e\xCC\x81t\xC3\xA9</title></item>" END, "title", "\xC3\xA9t\xC3\xA9"},
	{RSS "<item><title>\xC3\xA4\xC2\xB8\xC2\xAD</title></item>" END, "title", "中"},
	{RSS "<item><title>\xC2\x93x\xC2\x94</title></item>" END, "title", "“x”"},
	{RSS "<item><title>　全角　空格　</title></item>" END, "title", "全角 空格"},
	/* --- JSON Feed --- */
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>一</p><p>二</p>\"}]}", "content", "一\n二"},
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":7,\"url\":\"/7\"}]}", "id", "7"},
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":7,\"url\":\"/7\"}]}", "link", "http://base.example/7"},
	{"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":\"甲\",\"date_published\":\"2026-11-23T09:00:00+08:00\"}]}", "published", "2026-11-23T01:00:00Z"},
	{"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"content_text\":\"一\\n二\"}]}", "content", "一\n二"},
	{"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":[1]},7,{\"id\":\"2\",\"title\":\"乙\"}]}", "2.title", "乙"},
	{"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":[1]}]}", "feed.malformed", "true"},
	{"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[]}", "feed.format", "json"},
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":true,\"content_text\":\"x\"}]}", "id", "true"},
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"content_text\":\"x\"}]}", "feed.malformed", "false"},
	{"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"summary\":\"x\"}]}", "feed.malformed", "true"},
};
/* clang-format on */

static const char *time_text(struct arena *a, int64_t t)
{
	char text[TIME_TEXT_SIZE];

	if (t == TIME_NONE)
		return NULL;
	time_format_rfc3339(t, text);
	return arena_strdup(a, text);
}

static const char *feed_field(struct arena *a, const struct feed *f, const char *name)
{
	if (strcmp(name, "title") == 0)
		return f->title;
	if (strcmp(name, "link") == 0)
		return f->link;
	if (strcmp(name, "id") == 0)
		return f->id;
	if (strcmp(name, "subtitle") == 0)
		return f->subtitle;
	if (strcmp(name, "language") == 0)
		return f->language;
	if (strcmp(name, "updated") == 0)
		return time_text(a, f->updated);
	if (strcmp(name, "format") == 0)
		return feed_format_name(f->format);
	return f->malformed ? "true" : "false";
}

static const char *item_field(struct arena *a, const struct item *it, const char *name)
{
	if (strcmp(name, "title") == 0)
		return it->title;
	if (strcmp(name, "link") == 0)
		return it->link;
	if (strcmp(name, "id") == 0)
		return it->id;
	if (strcmp(name, "summary") == 0)
		return it->summary;
	if (strcmp(name, "content") == 0)
		return it->content;
	return time_text(a, strcmp(name, "published") == 0 ? it->published : it->updated);
}

static const char *field_of(struct arena *a, const struct document *doc, const char *name)
{
	size_t index = 0;

	if (strncmp(name, "feed.", 5) == 0)
		return feed_field(a, &doc->feed, name + 5);
	if (strncmp(name, "2.", 2) == 0) {
		index = 1;
		name += 2;
	}
	return index < doc->count ? item_field(a, &doc->items[index], name) : "(no such item)";
}

static bool check_case(const struct feed_case *c, const struct time_zone *zone)
{
	struct document_input in = {.data = c->text,
		.size = strlen(c->text),
		.type = DOCUMENT_AUTO,
		.url = "http://base.example/feed",
		.now = 1795395600,
		.zone = zone};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct document doc;
	struct err e = {ERR_OK, ""};
	const char *got =
		document_parse(&in, a, &doc, &e) == ERR_OK ? field_of(a, &doc, c->field) : e.text;
	bool same = got && c->want ? strcmp(got, c->want) == 0 : !got && !c->want;

	if (!same)
		print_error("%s\n  %s: %s\n  not: %s\n", c->text, c->field, got ? got : "(absent)",
			c->want ? c->want : "(absent)");
	if (same && e.text[0]) {
		print_error("%s\n  left a message behind: %s\n", c->text, e.text);
		same = false;
	}
	arena_free(a);
	return same;
}

static void test_rules(void **state)
{
	struct time_zone *zone = NULL;
	int failed = 0;

	(void)state;
	assert_int_equal(time_zone_open("+08:00", &zone, NULL), ERR_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		failed += !check_case(&cases[i], zone);
	time_zone_close(zone);
	assert_int_equal(failed, 0);
}

/* Read from a file, with no address of its own, a feed's relative links belong to its page. */
static void test_no_address(void **state)
{
	static const char *const texts[] = {
		RSS "<link>http://site.example/news/</link><item><link>1.html</link></item>" END,
		RSS "<item><link>1.html</link></item><link>http://site.example/news/</link>" END,
		RSS "<link>/news/</link><item><link>1.html</link></item>" END,
		"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"home_page_url\":"
		"\"http://site.example/news/\",\"items\":[{\"id\":\"1\",\"url\":\"1.html\"}]}",
		"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"feed_url\":"
		"\"http://site.example/feed.json\",\"items\":[{\"id\":\"1\",\"url\":\"1.html\"}]}",
	};
	static const char *const wants[] = {"http://site.example/news/1.html",
		"http://site.example/news/1.html", "1.html", "http://site.example/news/1.html",
		"http://site.example/1.html"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct document_input in = {
			.data = texts[i], .size = strlen(texts[i]), .type = DOCUMENT_FEED};
		struct arena *a = arena_new(ARENA_MAX_DEFAULT);
		struct document doc;
		struct err e = {ERR_OK, ""};
		assert_int_equal(document_parse(&in, a, &doc, &e), ERR_OK);
		assert_string_equal(doc.items[0].link, wants[i]);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_no_address),
	};

	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
