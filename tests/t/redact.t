#!/bin/bash
# Withheld and erased: one person takes a record off the public build, two erase words by
# order of law - from every place that holds them, and for good. The chain and the rebuild hold.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 98

office_init
one_source "$home"
admin() { as 丙 admin "$@"; }
secret="韦某某住龙场镇水井巷十二号"
rss "$tmp/a.xml" "某项目部拖欠农民工工资引关注" https://a.example.gov.cn/1 g1 "工人${secret}到现场讨薪" \
	"某工地拖欠材料款被反映多次" https://a.example.gov.cn/2 g2 "文二"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
# where the words stand: the ledger's files and, unpacked, every WARC
found() {
	cat "$home"/ledger.db* "$home"/redacted.jsonl 2>/dev/null | grep -caF "$1"
	find "$home/archive" "$home/spool" -name '*.warc.gz' -exec zcat {} + 2>/dev/null | grep -caF "$1"
}
watch case open 1 --grade 一般 --lead 市人社局 --title "关于${secret}反映欠薪"
case_id=${out%% *}
new_answer "$case_id" "已联系${secret}，$measure"
is "$(found "$secret" | grep -cv '^0$')" 2 "the words stand in the ledger and in the archive"

# withhold
watch withhold "$case_id"
is "$rc" 2 "why it is withheld must be said"
watch withhold "$case_id" --reason "涉及个人信息"
like "$rc $out" "^0 $case_id withheld" "one person withholds at once"
watch withhold "$case_id" --reason "再次"
is "$rc" 1 "it is withheld already"
watch withhold --json
like "$out" "\"id\":\"$case_id\",.*\"reason\":\"涉及个人信息\"" "the list tells why"
watch show "$case_id"
like "$out" "withheld" "show tells it"
watch withhold "$case_id" --lift --reason "已核"
is "$rc" 0 "and shown again"
watch withhold
like "$err" 'nothing is withheld' "then nothing is"
watch withhold I1 --reason x
is "$rc" 2 "an item is no record of account"
watch withhold YQ-2099-9 --reason x
is "$rc" 3 "nor what is not there"

# asking
watch redact "$case_id" --field title --words "$secret" --reason "按${secret}的申请"
is "$rc" 1 "the reason must not repeat the words"
watch redact "$case_id" --field nonsense --reason "依法"
like "$rc $err" "^3 .*" "a field that is not there"
like "$err" "title" "the fields that are there are told"
watch redact "$case_id" --field title --words "没有这句话" --reason "依法"
is "$rc" 3 "words that are not there"
watch redact "$case_id" --field title --words "$secret" --document "某检建〔2026〕1号" --reason "依申请删除个人信息"
is "$rc" 0 "asked for"
like "$out" "3 texts, 1 items and 0 orders hold it" "what holds the words is told before"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
is "$(found "$secret" | grep -cv '^0$')" 2 "asking erases nothing"
watch redact --confirm "$ask"
is "$rc" 1 "the watch cannot confirm"
as 甲 supervisor redact --confirm "$ask"
like "$rc $err" '1 .*' "the one who asked cannot confirm"
like "$err" 'another person confirms' "and why"
super redact --confirm 9999
is "$rc" 3 "nobody asked for that"

# doing it
before=$("$huiying" --home "$home" warc list "$home"/archive/*/*/1.warc.gz --json 2>/dev/null | grep -o '"offset":"[0-9]*' | tr '\n' ' ')
super redact --confirm "$ask"
is "$rc" 0 "another person erases"
like "$out" "3 texts, 1 items, 0 orders, 1 archived answers" "everywhere"
is "$(found "$secret" | tr '\n' ' ')" "0 0 " "nothing is left in the ledger, its log and the archive"
is "$(found "水井巷" | tr '\n' ' ')" "0 0 " "not a part of it"
after=$("$huiying" --home "$home" warc list "$home"/archive/*/*/1.warc.gz --json 2>/dev/null | grep -o '"offset":"[0-9]*' | tr '\n' ' ')
is "$after" "$before" "every record stands where it stood"
gzip -t "$home"/archive/*/*/1.warc.gz
is "$?:${before:+some}" 0:some "the archive can be read"
run "$huiying" --home "$home" audit verify
like "$rc $out" '^0 ' "the chain holds"
like "$out" '3 erased by order of law' "and says what was erased"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the tables are what the events say"
watch show "$case_id"
like "$out" '关于［依法删除］反映欠薪' "the rest of the title stands"
watch show HY-1
like "$out" '已联系［依法删除］，市人社局' "so does the rest of the answer"
super redact --confirm "$ask"
is "$rc" 1 "once is enough"
watch redact --json
like "$out" "\"erasure\":$ask,\"id\":\"$case_id\",\"field\":\"title\",.*\"state\":\"done\"" "the list of erasures"
is "$(grep -c '"digest"' "$home/redacted.jsonl") $(grep -c '"identity"' "$home/redacted.jsonl")" "3 1" \
	"which backups carry"

# it does not come back
warc_answer "$home/spool/2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
for f in "$home"/archive/*/*/*.warc.gz; do watch ingest --again -q "$f"; done
is "$(cat "$home"/ledger.db* | grep -caF "$secret")" 0 "reading the answer again does not bring it back"
watch ingest -q
run "$huiying" --home "$home" status --check
unlike "$err" damaged "the file is sound"

# a whole alert, its item with it
watch redact A2 --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
is "$rc" 0 "a whole alert"
is "$(cat "$home"/ledger.db* | grep -caF 某工地拖欠材料款被反映多次)" 0 "its words are gone"
watch show A2
like "$out" '依法删除' "and it says so"

# an item as a whole: what an alert copied of it, its address, its page that was to be fetched
sed -i 's/^\[a\]/[a]\narticle = yes/' "$home/sources.conf"
rss "$tmp/p.xml" "某工地农民工潘阿二被拖欠工资" https://a.example.gov.cn/pan-aer.html g-pan "潘阿二等人到现场讨薪，拖欠三个月。"
warc_answer "$home/spool/p.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/p.xml"
watch ingest -q
item=I$(sqlite3 "$home/ledger.db" "SELECT id FROM items WHERE link LIKE '%pan-aer%'")
like "$(cat "$home/spool/wanted.jsonl")" 'pan-aer' "its page is wanted"
watch redact "$item" --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
is "$rc" 0 "an item is erased"
is "$(cat "$home"/ledger.db* | grep -ca '潘阿二\|pan-aer')" 0 "nothing of it is left, its address neither"
unlike "$(cat "$home/spool/wanted.jsonl")" 'pan-aer' "and its page is not fetched"
warc_answer "$home/spool/p2.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/p.xml"
watch ingest -q
is "$(cat "$home"/ledger.db* "$home/spool/wanted.jsonl" | grep -ca '潘阿二\|pan-aer')" 0 "nor when its source tells it again"

# an order of a hotline that is told again
printf '工单编号,诉求标题,诉求内容,受理时间\nX1,路口积水,石小五家门前积水,2026-11-01 09:00\n' >"$tmp/o.csv"
watch import "$tmp/o.csv" --as orders --source 热线 -q
new_row "某路口积水" "石小五家门前积水无人管。"
watch redact "A$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM alerts")" --field excerpt --words 石小五家 --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
like "$out" ' 1 orders,' "an order holds the words too"
sed 's/受理时间/受理时间,工单状态/; s/09:00/09:00,办理中/' "$tmp/o.csv" >"$tmp/o2.csv"
watch import "$tmp/o2.csv" --as orders --source 热线 -q
is "$(sqlite3 "$home/ledger.db" "SELECT content, state FROM orders")" "［依法删除］门前积水|办理中" \
	"a later sheet changes its state and brings no words back"

# an order by its own number
printf '%s\n' 工单编号,诉求标题,诉求内容,受理时间,办理结果,事发地点 \
	"X2,建筑公司拖欠二十名泥水工工资,潘阿四等三十人在项目部门口讨薪，电话打不通，已经拖欠了三个月，希望尽快处理。,2026-11-01 09:00,已转市人社局办理，潘阿四已收到八千元。,龙场镇水井巷十四号" \
	"X3,路灯不亮,吴老三家门口路灯不亮，吴老三夜里不敢出门。,2026-11-01 09:00,," \
	"20260928001,井盖缺失,龙小七家门口井盖缺失，请尽快补上。,2026-11-01 09:00,," \
	"A2,井盖响,石小八家门口井盖响,2026-11-01 09:00,," >"$tmp/o3.csv"
watch import "$tmp/o3.csv" --as orders --source 热线 -q
watch redact X9 --reason 依法
is "$rc" 2 "neither a record nor an order"
like "$err" '“X9” is no id of a record and no number of an order' "as it says"
watch redact YQ-2099-9 --reason 依法
is "$rc" 3 "a record that is not there stays that"
watch redact X3 --field reason --reason 依法
is "$rc" 3 "a field that an order does not have"
like "$err" 'X3 has no text “reason”; it has: title content$' "the fields of an order are told"
watch redact X3 --field file --reason 依法
is "$rc" 3 "an order has no file"
watch redact X3
is "$rc" 2 "an order too is erased by an order of law"
like "$err" 'say by what order: --reason' "as it says"
watch redact X3 --words 吴老三 --reason 依法
like "$rc $out" '^0 erasure [0-9]+ of X3 asked for: 0 texts, 0 items and 1 orders hold it$' "words of an order, by its number"
unlike "$err" 'no id of a record' "it is found without a word about records"
like "$err" 'too short to be looked for elsewhere' "short ones go from this order alone"
like "$(sqlite3 "$home/ledger.db" "SELECT payload FROM events WHERE kind = 'redaction.asked/2'")" '"source":"热线"' "its event names the hotline"
ask=$(grep -o '[0-9]*' <<<"$out" | head -1)
as 甲 supervisor redact --confirm "$ask"
is "$rc" 1 "the one who asked cannot confirm"
super redact --confirm "$ask"
like "$rc $out" '^0 X3: erased by order of law: 0 texts, 0 items, 1 orders' "another person erases"
is "$(sqlite3 "$home/ledger.db" "SELECT title || '|' || content FROM orders WHERE number = 'X3'")" \
	"路灯不亮|［依法删除］家门口路灯不亮，［依法删除］夜里不敢出门。" "wherever they stand in it"
watch redact 20260928001 --field content --reason 依法
like "$rc $out" '^0 erasure [0-9]+ of 20260928001 asked' "a number that could be a case's is an order's when there is no such case"
super redact --confirm "$(grep -o '[0-9]*' <<<"$out" | head -1)" -q
is "$(sqlite3 "$home/ledger.db" "SELECT title || '|' || content FROM orders WHERE number = '20260928001'")" "井盖缺失|［依法删除］" "one field of it"
before=$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items")
watch redact A2 --source 热线 --reason 依法
like "$rc $out" '^0 erasure [0-9]+ of A2 asked for: 0 texts, 0 items and 1 orders' "--source: the order, though there is such an alert"
super redact --confirm "$(grep -o '[0-9]*' <<<"$out" | head -1)" -q
is "$(sqlite3 "$home/ledger.db" "SELECT title || '|' || content FROM orders WHERE number = 'A2'")" "［依法删除］|［依法删除］" "and only that"
watch redact A2 --source 信箱 --reason 依法
is "$rc" 3 "no order of that number"
like "$err" 'no order has the number A2' "a hotline that has none of that number"
printf '工单编号,诉求标题,诉求内容,受理时间\nX2,路口积水,别处的一件事,2026-11-01 09:00\n' >"$tmp/o4.csv"
watch import "$tmp/o4.csv" --as orders --source 信箱 -q
watch redact X2 --reason 依法
is "$rc" 2 "an order of which hotline"
like "$err" 'several hotlines have an order X2: say which, --source 热线 or --source 信箱' "of several hotlines one has to be said"
watch redact X2 --source 热线 --reason 依法
like "$rc $out" '^0 erasure [0-9]+ of X2 asked for: 2 texts, 1 items and 1 orders hold it$' "a whole order, with what stands for it in the queue"
ask=$(grep -o '[0-9]*' <<<"$out" | head -1)
watch redact --json
like "$out" "\"erasure\":$ask,\"id\":\"X2\",.*\"state\":\"asked\"" "listed by its number"
super redact --confirm "$ask"
like "$rc $out" '^0 X2: erased by order of law: 2 texts, 1 items, 1 orders' "erased"
like "$err" 'next: huiying show X2 ' "show finds it by the same number"
is "$(cat "$home"/ledger.db* | grep -ca '潘阿四\|水井巷十四号\|吴老三\|龙小七\|石小八')" 0 "nothing of all that is left"
is "$(sqlite3 "$home/ledger.db" "SELECT source || ' ' || content FROM orders WHERE number = 'X2' ORDER BY source")" \
	"$(printf '信箱 别处的一件事\n热线 ［依法删除］')" "the other hotline's order stands"
watch import "$tmp/o3.csv" --as orders --source 热线 -q
is "$(cat "$home"/ledger.db* | grep -ca '潘阿四\|水井巷十四号\|吴老三\|龙小七\|石小八')" 0 "and its sheet brings nothing back"
super redact --confirm "$ask"
is "$rc" 1 "once"
watch redact X2 --source 热线 --reason 依法
is "$rc" 1 "nothing to erase"
like "$err" 'nothing is left to erase there' "nor is there anything left"
is "$(grep -c '"number"' "$home/redacted.jsonl")" 5 "backups carry what orders were erased"

# refused; evidence
echo "含个人信息的照片" >"$tmp/photo.txt"
watch evidence add "$case_id" --file "$tmp/photo.txt"
zj=${out%% *}
watch redact "$zj" --field file --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --refuse "$ask" --reason "无依据"
is "$rc $(ls "$home"/evidence/"$zj".txt 2>/dev/null | wc -l)" "0 1" "a supervisor refuses"
watch redact "$zj" --field file --reason "依法"
ask=$(echo "$out" | grep -o '[0-9]*' | head -1)
super redact --confirm "$ask"
is "$rc $(ls "$home"/evidence/"$zj".* 2>/dev/null | wc -l)" "0 0" "a file of evidence goes too"
run "$huiying" --home "$home" audit verify
like "$rc $(echo "$out" | tail -2 | head -1)" '^0 0 files of evidence are what they were, 1 erased by order of law' \
	"which verification knows"
watch redact HY-1 --field file --reason "依法"
is "$rc" 2 "only evidence and cases have files"

# erased without an order, and back again, are found
cp -r "$home" "$tmp/wiped"
sqlite3 "$tmp/wiped/ledger.db" "UPDATE texts SET body = NULL, salt = NULL WHERE digest = (SELECT min(digest) FROM texts WHERE body IS NOT NULL)"
run "$huiying" --home "$tmp/wiped" audit verify
like "$rc" 4 "a text erased by nobody's order is found"
like "$err" 'nobody ordered it' "and told"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain holds still"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and the tables"

# --- the items that hold one of several words count, whichever word comes last
home=$tmp/counts
office_init
watch register - --title "某某花园三号楼拖欠工资的事情" --text "工人讨薪第一次来电的内容很长"
watch register - --title "另一件拖欠工资的旧事情" --text "有人说：工人讨薪第一次来电的内容很长"
watch redact A1 --reason 依法
like "$out" "3 texts, 2 items and 0 orders hold it" "items are told by the word that most of them hold"

# Places are counted in words that may change before another person confirms.
home=$tmp/places
office_init
asked() { sqlite3 "$home/ledger.db" "SELECT max(seq) FROM redactions"; }
new_case "某项目部拖欠工资"
new_answer 1 "经查，韦小一与韦小二反映属实，$measure"
watch redact "$answer_id" --field body --words 韦小一 --reason 依法 -q
one=$(asked)
watch redact "$answer_id" --field body --words 韦小二 --reason 依法 -q
two=$(asked)
super redact --confirm "$one" -q
super redact --confirm "$two"
is "$rc" 1 "of two erasures in one text the second is not done by the places of the first"
like "$err" "$answer_id has other words since erasure $two was asked for.*redact --refuse $two" "and says what to do"
watch show "$answer_id"
like "$out" '^经查，［依法删除］与韦小二反映属实' "nothing else is erased in their stead"
super redact --refuse "$two" --reason 重新申请 -q
watch redact "$answer_id" --field body --words 韦小二 --reason 依法 -q
super redact --confirm "$(asked)" -q
watch show "$answer_id"
like "$out" '^经查，［依法删除］与［依法删除］反映属实' "asked for anew it is"
sheet() { printf '工单编号,诉求标题,诉求内容,受理时间\n%s,路口积水,%s,2026-11-01 09:00\n' "$@" >"$tmp/p.csv" && watch import "$tmp/p.csv" --as orders --source 热线 -q; }
order() { sqlite3 "$home/ledger.db" "SELECT content FROM orders WHERE number = '$1'"; }
sheet P1 石小五与石小六家门前积水
watch redact P1 --words 石小五 --reason 依法 -q
one=$(asked)
sheet P1 （补充）石小五与石小六家门前积水
super redact --confirm "$one"
is "$rc $(order P1)" "1 （补充）石小五与石小六家门前积水" "an order that was read in anew meanwhile keeps its words until it is asked for anew"
watch redact P1 --words 石小五 --reason 依法 -q
one=$(asked)
watch redact P1 --words 石小六 --reason 依法 -q
super redact --confirm "$one" -q
super redact --confirm "$(asked)"
is "$rc $(order P1)" "1 （补充）［依法删除］与石小六家门前积水" "nor are two of one order done by the places of one"
sheet P2 石小七家门前积水
watch redact P2 --words 石小七 --reason 依法 -q
sqlite3 "$home/ledger.db" "DELETE FROM orders WHERE number = 'P2'"
super redact --confirm "$(asked)" -q
sheet P2 石小七家门前积水
is "$(order P2)" "［依法删除］" "an order that was purged before it was erased does not come back with its sheet"
as 丙 admin audit rebuild -q
is "$rc" 0 "and the tables are what the events say"
