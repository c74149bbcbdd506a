#!/bin/bash
# Stories and what is not an item's own text: the page behind it, one article under several
# addresses, our own answers, matters that were entered by hand.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 39
office_init
cat >"$home/sources.conf" <<'SOURCES'
[a]
name = 某报
kind = feed
url = https://a.example.gov.cn/feed.xml
local = yes
article = yes

[b]
name = 某网
kind = feed
url = https://b.example.gov.cn/feed.xml

[own]
name = 市政府网站
kind = feed
url = https://www.example.gov.cn/feed.xml
channel = 市政府网站

[press]
name = 某日报
kind = feed
url = https://news.example.com/feed.xml
channel = 某报
SOURCES
export HUIYING_NOW=2026-11-23T02:00:00Z
n=0
# took TITLE TEXT SOURCE [URL [GUID]]: one item comes in; $out has what it brought.
took() {
	n=$((n + 1))
	rss "$tmp/f.xml" "$1" "${4:-https://$3.example.gov.cn/$n}" "${5:-g$n}" "$2"
	warc_answer "$home/spool/$n.warc.gz" "https://$3.example.gov.cn/feed.xml" "$3" "" feed "$tmp/f.xml"
	watch ingest --json
}
# page_of ITEM TEXT: the page behind it was fetched.
page_of() {
	local row want url
	row=$(grep "\"url\":\"https://a.example.gov.cn/$1\"" "$home/spool/wanted.jsonl")
	want=$(grep -o '"id":"*[0-9]*' <<<"$row" | grep -o '[0-9]*$')
	url=https://a.example.gov.cn/$1
	n=$((n + 1))
	printf '<html><head><meta charset="utf-8"><title>%s</title></head><body><h1>%s</h1><div class="content"><p>%s</p></div></body></html>' \
		"某处的情况" "某处的情况" "$2" >"$tmp/page.html"
	warc_answer "$home/spool/$n.warc.gz" "$url" a "$want" article "$tmp/page.html" 200 text/html
	watch ingest --json
}
row() { watch alerts --all --json; printf '%s\n' "$out" | grep "\"story\":$1,"; }
rebuilds() { run "$huiying" --home "$home" audit rebuild; is "$rc" 0 "$1"; }

body="家住某县的三十四名工人反映，他们在某安置房项目干了八个月，项目部以验收没有结束为由，一直拖欠最后三个月的工资，合计八十六万元。记者在现场看到，工地大门紧锁，门卫说负责人已经半个月没有露面。"
end="县人社局劳动监察大队表示，已向总包单位下达限期整改指令书，要求其在十五日内足额支付。"

# --- the page behind an item is its text
took "某处的情况怎么样了呢" "全文见正文。" a
like "$out" '"items":1.*"alerts":0' "a list says little"
page_of 1 "$body$end"
like "$out" '"items":0.*"alerts":1' "the page behind it raises the alert"
watch show A1 --json
like "$out" '"text":"[^"]*八十六万元' "which keeps the page's text"
took "工地大门为何紧锁了半个月" "据某报，$body$end" b
like "$(row 1)" '"copies":1' "a copy of the page is a copy"
took "又一处情况怎么样了呢" "全文见正文。" a
page_of 4 "$body$end 责任编辑：某某"
like "$out" '"alerts":0' "so is an item whose page is one"
like "$(row 1)" '"copies":2' "it is counted"

# --- a decided story and the page
took "安置房工地的后续说了什么" "$body$end" a "" g6
like "$(row 1)" '"copies":3' "another copy, whose page is not there yet"
watch dismiss 1 --outcome 知悉 --note 已知
page_of 6 "$body$end 现场脚手架坍塌，造成1人死亡。"
like "$(row 1)" '"state":"open".*"changed":\[\{"what":"dead","before":"0","after":"1"\},\{"what":"topic","after":"安全生产"\}\]' "the page brings the story back"
watch dismiss 1 --outcome 知悉 --note 已知
warc_date=2026-11-23T01:20:00Z
took "安置房工地的后续说了什么" "$body" a https://a.example.gov.cn/6 g6
like "$out" '"revisions":1' "the item is revised"
like "$(row 1)" '"state":"decided".*"again":1' "what its page says is known"
warc_date=2026-11-23T01:00:00Z
rebuilds "all of it replays"

# --- one article, several addresses
took "外墙瓷砖拖欠维修一年多" "物业拖欠，业主无奈。" b "http://www.paper.example.com/n/1.html"
like "$(row 2)" '"copies":0' "an article"
took "三号楼的瓷砖掉了没人修" "一年多了。" a "https://m.paper.example.com/n/1.html?utm_source=x"
like "$(row 2)" '"copies":1' "its mobile twin, https, with a tracker is the same"
took "五号楼的瓷砖也掉了许多" "拖欠维修。" b "http://www.paper.example.com/n/1.html?id=2"
like "$(row 3)" '"copies":0' "another parameter is another article"
watch register "https://paper.example.com/n/1.html?spm=1.2" --title "瓷砖掉落"
is "$rc" 1 "registering it again"
like "$err" 'known already: S2' "names its row"

# --- our own answers
answer="某市人社局就三十四名工人反映某安置房项目拖欠工资一事作出说明：已责令总包单位在十五日内足额支付八十六万元，并对项目部立案调查，工资专户已经冻结，每周公布一次进度。"
took "关于某项目拖欠工资的情况说明" "$answer" own "https://www.example.gov.cn/s/1.html"
like "$out" '"items":1.*"alerts":0' "an answer on our own channel raises nothing"
took "人社局：已责令十五日内支付" "$answer" b
like "$out" '"alerts":1' "what the press makes of it does"
own=$(sqlite3 "$home/ledger.db" "SELECT id FROM items WHERE source = 'own'")
is "$(sqlite3 "$home/ledger.db" "SELECT story IS NULL FROM items WHERE id = $own")" 1 "our answer is no copy of it"
took "关于某项目拖欠工资的情况说明" "$body$end" own "https://www.example.gov.cn/s/2.html"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items WHERE source = 'own' AND story IS NOT NULL")" 0 "nor one that quotes the complaint"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM item_sketches JOIN items ON id = item WHERE source = 'own'")" 0 "what is our own is not looked up"

# --- a paper that prints the complaint
watch case open 2 --grade 一般 --lead 市住建局
took "外墙瓷砖拖欠维修一年多" "外墙瓷砖拖欠维修一年多，业主无奈。" press https://news.example.com/3
like "$(row 2)" '"copies":2' "is a copy"
watch proposals --json
is "$out" "" "and is not proposed as the answer"

# --- entered by hand
told="来电反映：某镇敬老院三楼走廊的吊顶昨天夜里整片脱落，砸中护理床两张，所幸老人都在活动室。院方说维修经费已经申请两年没有批复，家属要求检查其他楼层，并公布检查的结果。"
watch register - --title "敬老院吊顶脱落" --text "$told" --place "某镇" --grade 较大
like "$out" '^S5 ' "a matter told by phone"
like "$(row 5)" '"copies":0' "has no copies"
took "走廊的吊顶半夜掉了下来" "$told 责任编辑：某某" b
like "$out" '"items":1.*"alerts":0' "the press has the same text"
like "$(row 5)" '"copies":1' "it belongs to the matter"
watch show S5
like "$out" '走廊的吊顶半夜掉了下来' "as show says"
watch dismiss 5 --outcome 转报 --note 已报
took "敬老院吊顶脱落三人受伤了" "$told 另据了解，3人受伤。" a
like "$(row 5)" '"state":"open".*"what":"hurt","before":"0","after":"3"' "and brings it back"
like "$(row 5)" '"copies":2' "every item of it is a copy"
took "敬老院旁边的围墙要坍塌了" "$told 旁边围墙坍塌。" b
like "$(row 5)" '"topics":"人工登记、安全生产".*"copies":3' "with another topic too"
watch story split "I$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM items")" --reason "另一家"
is "$rc" 0 "a copy is taken out"
like "$(row 5)" '"topics":"人工登记","grade":"较大".*"copies":2' "and takes its topic along"
watch register - --title "讨要拖欠的维修款" --text "拖欠维修款。某小区三号楼的防水层去年六月就已经失效，顶楼四户人家逢雨必漏，物业与开发商互相推诿，业主多次到街道反映也没有得到答复。"
was=$(row 7 | grep -o '"grade":"[^"]*","score":[0-9]*')
took "顶楼四户逢雨必漏" "拖欠维修款，业主像讨薪一样讨要。某小区三号楼的防水层去年六月就已经失效，顶楼四户人家逢雨必漏，物业与开发商互相推诿，业主多次到街道反映也没有得到答复。" b
like "$(row 7)" '"grade":"较大","score":6,"copies":1' "a graver copy of a matter entered by hand"
watch story split "I$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM items")" --reason "另一小区"
is "$(row 7 | grep -o '"grade":"[^"]*","score":[0-9]*,"copies":0')" "$was,\"copies\":0" "leaves it as it was told"
watch show S7
like "$out" '^title +讨要拖欠的维修款$' "in its own words"
rebuilds "all of it replays again"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
watch register - --title "一件短事" --text "没有灯。"
is "$rc" 0 "a short one is registered all the same"
