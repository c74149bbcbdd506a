#!/bin/bash
# Tables: parse --type table, import of orders and items, mappings, what reaches the queue.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 83
office_init
export HUIYING_NOW=2026-11-05T00:00:00Z

# --- the plumbing
cat >"$tmp/a.csv" <<'X'
某市12345热线工单,,,,,,
（2026年11月）,,,,,,
工单编号,来电人姓名,联系电话,来电时间,诉求类型,诉求内容,事发地址
GD1,张三,13812345678,2026-11-01 09:10,投诉,"某小区停水三日，请回电13912345678",某街道
1.20211E+17,李四,13812345678,2026-11-01 09:10,投诉,停电,某街道
GD3,王五,13812345678,昨天,求助,内容,多,了,一格
GD4,赵六,13812345678,2026-11-02,求助,,
X
run "$huiying" parse --type table --now 2026-11-05T00:00:00Z "$tmp/a.csv"
is "$rc" 0 "parse --type table"
is "$out" '{"kind":"item","id":"GD1","title":"某小区停水三日，请回电***","summary":"诉求类型：投诉\n事发地址：某街道","content":"某小区停水三日，请回电***","published":"2026-11-01T01:10:00Z"}' \
	"one item, masked, without names and telephones"
is "$(grep -c 'is left out' <<<"$err")" 3 "three rows are left out"
like "$err" 'row 5 .*1\.20211E\+17' "a number that Excel cut"
like "$err" 'row 6 .*9 cells, the head has 7' "a row that shifted"
like "$err" 'row 7 .*neither title nor content' "an empty one"
iconv -f UTF-8 -t GBK "$tmp/a.csv" >"$tmp/gbk.csv"
is "$("$huiying" parse --type table --now 2026-11-05T00:00:00Z "$tmp/gbk.csv" 2>/dev/null)" "$out" "GBK gives the same"
echo '<html><table><tr><td>工单编号</td></tr></table></html>' >"$tmp/page.xls"
run "$huiying" parse --type table "$tmp/page.xls"
is "$rc" 3 "a page named .xls is refused"
like "$err" 'save as \.xlsx' "and says what to do"
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old' >"$tmp/old.xls"
run "$huiying" parse --type table "$tmp/old.xls"
like "$err" 'save as \.xlsx' "an old workbook too"
printf '甲,乙\n1,2\n' >"$tmp/none.csv"
run "$huiying" parse --type table "$tmp/none.csv"
is "$rc" 3 "a table without known heads"
like "$err" '甲, 乙' "says what it saw"

# xlsx FILE: a workbook with dates, shared strings and a title row, by zip alone.
xlsx() {
	local d=$tmp/book ns=http://schemas.openxmlformats.org
	rm -rf "$d" && mkdir -p "$d/_rels" "$d/xl/_rels" "$d/xl/worksheets"
	local rel="<Relationships xmlns='$ns/package/2006/relationships'><Relationship Id='r1' Type='$ns/officeDocument/2006/relationships"
	echo "$rel/officeDocument' Target='xl/workbook.xml'/></Relationships>" >"$d/_rels/.rels"
	echo "<workbook xmlns='$ns/spreadsheetml/2006/main' xmlns:r='$ns/officeDocument/2006/relationships'><sheets><sheet name='工单' sheetId='1' r:id='r1'/></sheets></workbook>" >"$d/xl/workbook.xml"
	echo "$rel/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='$ns/officeDocument/2006/relationships/styles' Target='styles.xml'/></Relationships>" >"$d/xl/_rels/workbook.xml.rels"
	echo "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></styleSheet>" >"$d/xl/styles.xml"
	{
		printf "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>某市工单</t></is></c></row><row r='3'>"
		for head in 工单编号 来电人 来电时间 诉求内容; do
			printf "<c t='inlineStr'><is><t>%s</t></is></c>" "$head"
		done
		printf "</row><row r='4'><c t='inlineStr'><is><t>GD1</t></is></c><c t='inlineStr'><is><t>张三</t></is></c><c s='1'><v>46327.5</v></c><c t='inlineStr'><is><t>停水</t></is></c></row>"
		printf "<row r='5'><c><v>120261101000012345</v></c><c/><c s='1'><v>46327.5</v></c><c t='inlineStr'><is><t>停电</t></is></c></row></sheetData></worksheet>"
	} >"$d/xl/worksheets/sheet1.xml"
	rm -f "$1"
	(cd "$d" && zip -q -r "$1" .)
}
xlsx "$tmp/b.xlsx"
run "$huiying" parse --now 2026-11-05T00:00:00Z "$tmp/b.xlsx"
is "$out" '{"kind":"item","id":"GD1","title":"停水","content":"停水","published":"2026-11-01T04:00:00Z"}' "a workbook, known by its bytes"
like "$err" 'row 5 .*E\+17' "its long number is refused by row"
strace -f -e trace=openat,connect,execve -o "$tmp/trace" "$huiying" parse "$tmp/b.xlsx" >/dev/null 2>&1
unlike "$(cat "$tmp/trace")" 'connect\(' "nothing is connected to"

# --- orders
head='工单编号,来电人姓名,联系电话,来电时间,诉求类型,诉求内容,事发地址,承办单位,办理时限,办结时间'
cat >"$tmp/o.csv" <<X
$head
GD1,张三,13812345678,2026-11-01 09:10,投诉,"某项目部拖欠工资，请联系13912345678",某市大十字街道某工地,市人社局,2026-11-06,
GD2,张四,13812345678,2026-11-02 09:10,投诉,老板拖欠我们三个月血汗钱,大十字街道某工地2号楼,市人社局,2026-11-04 18:00,
GD5,张六,13812345678,2026-11-02 10:10,求助,某小区停水三天无人处理请尽快解决,西门街道,市水务局,72小时,
GD 6,张六,13812345678,2026-11-02 10:10,求助,某路灯不亮,西门街道,市住建局,,
GD5,张六,13812345678,2026-11-02 10:10,求助,又一次,西门街道,市水务局,,
X
watch import "$tmp/o.csv" --as orders --dry-run
is "$rc" 0 "a dry run"
like "$out" '来电人姓名 \(about a person; never taken in\)' "tells which columns are never taken"
like "$out" 'limit: 办理时限' "and what each is"
like "$out" '5 rows: 3 new, 0 changed, 0 unchanged, 2 refused; 1 number or name.* dry run' "counts"
watch orders
is "$out" "no orders" "and keeps nothing"
watch import "$tmp/o.csv" --as orders
is "$rc" 0 "import"
like "$out" '^5 rows: 3 new, 0 changed, 0 unchanged, 2 refused' "says what it brought"
like "$err" 'row 5 refused: its order number holds blanks' "a bad number is refused by row"
like "$err" 'row 6 refused: order GD5 stands in row 4 already' "a number that comes twice too"
watch alerts
is "$out" "the queue is empty" "two orders of one matter make no row"
watch orders --json
is "$(wc -l <<<"$out")" 3 "three orders are listed"
unlike "$out" '张三|1381234|1391234' "nobody's name or telephone"
like "$(head -1 <<<"$out")" '"number":"GD2".*"limit":"2026-11-04 18:00","due":"2026-11-04T10:00:00Z"' "by their own limits, the earliest first"
like "$out" '"number":"GD1".*"limit":"2026-11-06","due":"2026-11-06T15:59:59Z"' "a date ends with its day"
like "$out" '"number":"GD5".*"limit":"72小时","due":"2026-11-05T02:10:00Z"' "a span counts from the call"
like "$(head -1 <<<"$out")" '"topics":\["wage-arrears"\]' "with their topics, a list"
watch orders --late --json
is "$(grep -o '"number":"[^"]*"' <<<"$out")" '"number":"GD2"' "what is past its limit"
watch orders GD1
like "$out" 'limit +2026-11-06' "an order shows its limit"
sqlite3 "$home/ledger.db" .dump >"$tmp/dump"
unlike "$(cat "$tmp/dump")" '张三|张四|张六|13812345678|13912345678' "no name and no telephone is in the ledger"

# --- the third of a matter, and one that is grave alone
export HUIYING_NOW=2026-11-05T01:00:00Z
cat >"$tmp/p.csv" <<X
$head
GD1,张三,13812345678,2026-11-01 09:10,投诉,"某项目部拖欠工资，请联系13912345678",某市大十字街道某工地,市人社局,2026-11-06,2026-11-05 08:30
GD3,张五,13812345678,2026-11-02 10:10,投诉,工资拖欠没人管,大十字街道某工地,市人社局,,
GD4,张六,13812345678,2026-11-02 10:10,投诉,某厂拖欠工资，工人集体讨薪,湾溪街道,市人社局,,
X
watch import "$tmp/p.csv" --as orders --json
like "$out" '"added":2,"changed":1,"unchanged":0' "an order that comes again is updated"
like "$out" '"story":1,"new":true,.*"orders":3,"numbers":"GD2、GD1、GD3|"story":1,"new":true.*"orders":3' "three make a row"
like "$out" '"grade":"较大","orders":1,"numbers":"GD4"' "so does a grave one alone"
watch alerts --json
is "$(wc -l <<<"$out")" 2 "two rows in the queue"
watch show S1
like "$out" 'GD1 .*finished' "the row shows its orders"
like "$out" 'GD3' "all of them"
watch orders GD1 --json
like "$out" '"revision":2,.*"finished":"2026-11-05T00:30:00Z".*"story":1' "revised, finished, in the row"
watch import "$tmp/p.csv" --as orders
like "$out" '^3 rows: 0 new, 0 changed, 3 unchanged, 0 refused;' "the same file again changes nothing"
watch alerts --json
is "$(wc -l <<<"$out")" 2 "and adds no row"

# --- a fourth joins
export HUIYING_NOW=2026-11-05T02:00:00Z
printf '%s\nGD7,张三,1,2026-11-04 09:10,投诉,还是拖欠工资,大十字街道某工地,市人社局,,\n' "$head" >"$tmp/q.csv"
watch import "$tmp/q.csv" --as orders
like "$out" '^joins S1 .*4 orders' "a fourth joins the row"
watch alerts --json
is "$(wc -l <<<"$out")" 2 "without a new one"

# --- equal titles, no rule: many people, one thing
{
	echo '信件编号,标题,来信时间,内容'
	for i in 1 2 3; do echo "X$i,某小区电梯多次停运请求更换,2026-11-0$i,电梯坏了$i"; done
	echo 'X4,某校门口交通拥堵需要整治,2026-11-01,堵'
} >"$tmp/m.csv"
watch import "$tmp/m.csv" --as orders --source mailbox
like "$out" '^S3 .*3 orders: 某小区电梯多次停运请求更换' "letters of one title make a row without a rule"
watch alerts --json
like "$out" '"story":3,.*"source_name":"mailbox".*"topics":"群众集中诉求"' "of a topic of its own"
watch orders --source mailbox --json
is "$(wc -l <<<"$out")" 4 "numbers are each source's own"

# --- mappings
cat >"$tmp/n.csv" <<'X'
业务流水,情况说明,经办人,发生时刻
N1,某路口红绿灯不亮,张三,2026-11-03 08:00
X
watch import "$tmp/n.csv" --as orders
is "$rc" 3 "heads that nobody knows"
watch import "$tmp/n.csv" --as orders --map number=业务流水 --map content=经办人
is "$rc" 2 "a column about persons cannot be mapped"
watch import "$tmp/n.csv" --as orders --map number=业务流水 --map content=情况说明 --map published=发生时刻 --mapping hall --dry-run
[ ! -e "$home/mappings/hall.conf" ]
ok_if $? "a dry run saves no mapping"
watch import "$tmp/n.csv" --as orders --map number=业务流水 --map content=情况说明 --map published=发生时刻 --mapping hall
is "$rc" 0 "a mapping that is told"
grep -q '^content = 情况说明$' "$home/mappings/hall.conf"
ok_if $? "is saved in the home"
sed 's/N1/N2/' "$tmp/n.csv" >"$tmp/n2.csv"
watch import "$tmp/n2.csv" --as orders --mapping hall
like "$out" '^1 row: 1 new' "and used again by its name"
watch orders N2 --json
like "$out" '"content":"某路口红绿灯不亮","published":"2026-11-03T00:00:00Z"' "with its columns"
watch import "$tmp/a.csv" --as orders --mapping hall
is "$rc" 3 "a table without the named columns is refused"
watch import "$tmp/n.csv" --as orders --mapping ../x
is "$rc" 2 "a mapping's name is no path"
watch import "$tmp/n.csv" --as orders --mapping other
is "$rc" 3 "nor one that is not there"

# --- items
cat >"$tmp/i.csv" <<'X'
标题,链接,发布时间,正文,作者
某镇项目部拖欠农民工工资,https://news.example.com/1.html,2026-11-04 10:00,工人到现场讨薪,张三
某地天气晴好,不是链接,2026-11-04 11:00,晴,李四
X
watch import "$tmp/i.csv" --as items --source weibo --dry-run
like "$out" '^2 rows: 2 new, 0 changed' "items, dry"
watch import "$tmp/i.csv" --as items --source weibo
like "$out" '^2 rows: 2 new, 0 changed, 0 unchanged, 0 refused$' "items"
like "$err" 'row 3: 链接: “不是链接” cannot be read' "a link that is none is told"
watch alerts --json
like "$out" '某镇项目部拖欠农民工工资' "reach the queue by the rules"
watch import "$tmp/i.csv" --as items --source weibo
like "$out" '^2 rows: 0 new, 0 changed, 2 unchanged' "once"
cat >"$tmp/j.csv" <<'X'
标题,链接,发布时间,正文
某采石场停产后工人等了半年,https://news.example.com/2.html,2026-11-04 12:00,某采石场去年底停产，拖欠二十几名工人的工钱，老板说等设备卖了就给，镇里协调过两次没有结果，工人家里的老人孩子都等着这笔钱过冬。
网友爆料：老板跑了，老人孩子等着过冬,https://weibo.example.com/9,2026-11-04 13:00,转：某采石场去年底停产，拖欠二十几名工人的工钱，老板说等设备卖了就给，镇里协调过两次没有结果，工人家里的老人孩子都等着这笔钱过冬。求关注！
X
watch import "$tmp/j.csv" --as items --source weibo -q
is "$(sqlite3 "$home/ledger.db" "SELECT count(*), count(DISTINCT story), count(story) FROM items WHERE link IN ('https://news.example.com/2.html', 'https://weibo.example.com/9')")" \
	'2|1|2' "a copy with another headline is of the same story"
cat >"$tmp/s.csv" <<'X'
标题,链接,发布时间,正文
某鞋厂拖欠工资三个月,https://weibo.example.com/u/9,2026-11-04 14:00,工人在厂门口讨薪。
某车站旁的集市拖欠清洁工工资,https://weibo.example.com/u/9,2026-11-04 15:00,清洁工讨薪无门。
X
watch import "$tmp/s.csv" --as items --source weibo
is "$(sqlite3 "$home/ledger.db" "SELECT count(*), count(DISTINCT story) FROM items WHERE link = 'https://weibo.example.com/u/9'")" \
	'2|2' "posts that all link to the account are told apart"
watch import "$tmp/i.csv" --as items
is "$rc" 2 "items need a source"
watch import "$tmp/i.csv" --as novels
is "$rc" 2 "as something else"

# --- who, and the record
as 丁 unit import "$tmp/o.csv" --as orders
is "$rc" 1 "a unit may not import"
watch audit verify
is "$rc" 0 "the chain holds"
watch audit rebuild
is "$rc" 0 "and the events make the same tables"
grep -c 'orders.imported/1' <(sqlite3 "$home/ledger.db" 'SELECT kind FROM events') >"$tmp/n"
is "$(cat "$tmp/n")" 7 "every import is an event"
printf '%s\nGD 8,a,1,2026-11-04,投诉,x,y,z,,\n' "$head" >"$tmp/r.csv"
watch import "$tmp/r.csv" --as orders
is "$rc" 3 "when every row is refused"
like "$err" 'row 2 refused' "each is told"
watch import "$tmp/b.xlsx" --as orders --sheet 没有
like "$err" 'there are: 工单' "a sheet that is not there"
script -qec "$huiying --home $home import $tmp/p.csv --as orders --dry-run --actor 甲 --role watch" /dev/null </dev/null >"$tmp/.out" 2>&1
like "$(cat "$tmp/.out")" 'reading \[[#.]*\] [0-9]+/6' "a progress bar at a terminal"
watch import "$tmp/p.csv" --as orders
unlike "$err" 'reading \[' "and none elsewhere"

# --- a source that is a table, through the fetcher's files
cat >>"$home/sources.conf" <<'S'

[letters]
name = 市长信箱
kind = table
url = https://www.example.gov.cn/letters.csv
local = yes
S
printf '编号,标题,来信时间,内容,来信人,电话\nL1,某项目部拖欠工资讨薪,2026-11-04,请联系13812345678,张三,1\n' >"$tmp/l.csv"
warc_date=2026-11-05T03:00:00Z
warc_answer "$home/spool/9.warc.gz" https://www.example.gov.cn/letters.csv letters "" table "$tmp/l.csv" 200 text/csv
watch ingest
like "$out" '^1 new item, 0 changed, 1 alert;' "a source of kind table"
watch alerts --json
like "$out" '"title":"某项目部拖欠工资讨薪",.*"source_name":"市长信箱"' "is judged like others"
sqlite3 "$home/ledger.db" .dump >"$tmp/dump"
unlike "$(cat "$tmp/dump")" '13812345678|张三' "and masked"

# --- an order that names the page of a story that is there
watch register "https://www.example.gov.cn/tie/7.html" --title "水厂门口有人说话" --text "某水厂拖欠工资讨薪"
row=$(sqlite3 "$home/ledger.db" "SELECT story FROM items WHERE link LIKE '%tie/7%'")
printf '工单编号,诉求内容,链接\nGD70,另一番话，说的是工人欠薪,http://m.example.gov.cn/tie/7.html?from=timeline\nGD71,夜里施工吵得睡不着,https://www.example.gov.cn/\n' >"$tmp/l.csv"
watch import "$tmp/l.csv" --as orders
is "$(sqlite3 "$home/ledger.db" "SELECT story = $row FROM orders WHERE number = 'GD70'")" 1 "an order finds its story by its page, whatever the form of the address"
is "$(sqlite3 "$home/ledger.db" "SELECT coalesce(story = $row, 0) FROM orders WHERE number = 'GD71'")" 0 "not by the front page of a site"

# --- killed at any moment and run again: the same orders, the same rows
{
	echo "$head"
	for i in {1..3000}; do
		echo "K$i,张三,1,2026-11-0$((i % 4 + 1)) 09:10,投诉,某$((i % 40))号工地拖欠工资无人处理,某街道$((i % 40))号工地,市人社局,,"
	done
} >"$tmp/k.csv"
"$huiying" init "$tmp/once" --demo -q 2>/dev/null
"$huiying" init "$tmp/often" --demo -q 2>/dev/null
small_rules "$tmp/once"
small_rules "$tmp/often"
of() { "$huiying" --home "$1" "${@:2}" --actor 甲 --role watch 2>/dev/null; }
of "$tmp/once" import "$tmp/k.csv" --as orders -q
for after in 0.05 0.1 0.2 0.3 0.4; do
	timeout -s KILL $after "$huiying" --home "$tmp/often" import "$tmp/k.csv" --as orders -q --actor 甲 --role watch >"$tmp/.out" 2>&1
done
of "$tmp/often" import "$tmp/k.csv" --as orders -q
summary() {
	sqlite3 "$1/ledger.db" "SELECT number, at, codes, story IS NOT NULL FROM orders ORDER BY number; SELECT count(DISTINCT story) FROM orders; SELECT count(*) FROM stories"
}
is "$(summary "$tmp/often" | sha256sum)" "$(summary "$tmp/once" | sha256sum)" "killed five times and run again: nothing lost, nothing twice"
is "$(of "$tmp/once" orders --json | grep -c '"story"')" 3000 "every order of forty matters stands in a row"
