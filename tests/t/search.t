#!/bin/bash
# Finding words: complete whether the index has a text already or not, in what was taken in
# and in the record.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 54
office_init
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
# ids WORDS…: what is found, by number.
ids() {
	watch search "$@"
	ids=$(grep -oE '(S|I|YQ-|HY-|CN-|SQ)[-0-9]+' <<<"$(sed '1d' <<<"$out" | awk '{print $4}')" | sort | tr '\n' ' ')
}

# feed N TEXT-OF-1: what the source says at its N-th fetch, ingested.
feed() {
	rss "$tmp/$1.xml" "某项目部拖欠工程款引关注" https://a.example.gov.cn/1 g1 "$2" \
		"三棵樹鎮今年開春ABC" https://a.example.gov.cn/2 g2 "市集开张，一派繁荣。"
	warc_date=2026-11-23T0$1:30:00Z
	warc_answer "$home/spool/$1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/$1.xml"
	watch ingest -q
}
feed 1 "工人说老板跑了。"
watch case open S1 --grade 一般 --lead 市人社局
new_answer 1 "$measure"
new_row "某小区停水三天无人管" '居民反映“水压不足”，物业答"正在修"，公告写「再等等」。'
cat >"$tmp/o.csv" <<'CSV'
工单编号,诉求标题,诉求内容,诉求地点,承办单位,受理时间
SQ20261101001,路灯不亮,村口路灯坏了半个月,某镇某村,市住建局,2026-11-01 09:00
CSV
watch import "$tmp/o.csv" --as orders

# quotation_marks WHEN: what is looked for stands in a text where instr() finds it there.
quotation_marks() {
	local typed words n=0
	while read -r typed words; do
		watch search --count "$typed"
		is "$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM texts WHERE instr(body, '$words')") ${out/0/none}" \
			"${marks[n]} ${found[n]}" "$1: $words, typed $typed"
		n=$((n + 1))
	done <<'END'
"""正在修""" "正在修"
"答""" 答"
"“水压不足”，物业答""" “水压不足”，物业答"
“物业答"正” 物业答"正
「再等等」 「再等等」
"“正在修”" “正在修”
"物业答“" 物业答“
END
}
marks=(1 1 1 1 1 0 0) found=(1 1 1 1 1 none none)

# all_of_it WHEN: the same answers with and without the index.
all_of_it() {
	ids 老板跑了
	is "$ids" "S1 " "$1: part of a text"
	ids 板
	is "$ids" "S1 " "$1: one character"
	ids 拖欠工程款引关注
	is "$ids" "S1 YQ-2026-000001 " "$1: many characters"
	ids 三棵树镇今年开春ａｂｃ
	is "$ids" "I2 " "$1: traditional characters, wide letters, capitals"
	ids bc
	is "$ids" "I2 " "$1: part of a Latin word"
	ids 停水 OR 市集
	is "$ids" "I2 S2 " "$1: either"
	ids '(停水|市集) -水压'
	is "$ids" "I2 " "$1: without"
	ids 标题:市集
	is "$rc $ids" "1 " "$1: not in the title"
	ids 正文:市集
	is "$ids" "I2 " "$1: but in the text"
	ids 拖欠工资86万元
	is "$ids" "HY-2026-000001 " "$1: the words of an answer"
	ids --unit 市人社局 工
	is "$ids" "HY-2026-000001 S1 YQ-2026-000001 " "$1: of a unit: what it named and what its case holds"
	ids 路灯
	is "$rc $(grep -c 'SQ20261101001' <<<"$out")" "0 1" "$1: an order of the hotline"
	watch search --count 工
	is "$out" 3 "$1: how many"
	quotation_marks "$1"
}
all_of_it "not in the index"
export HUIYING_NOW=2026-11-23T05:00:00Z
watch tick
is "$(sqlite3 "$home/ledger.db" 'SELECT count(*) FROM search_docs WHERE alive')" \
	"$(sqlite3 "$home/ledger.db" "SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM orders) + (SELECT count(*) FROM events WHERE payload LIKE '%\_text\"%' ESCAPE '\\')")" "a tick puts all of it into the index"
all_of_it "in the index"

# --- what changes
feed 4 "包工头失联了。"
ids 老板跑了
is "$(grep -c '^2' <<<"$out")" 1 "what an item no longer says stands only in the alert"
ids --kind item 老板跑了
is "$rc" 1 "and is no item's any more"
ids --kind item 包工头失联
is "$ids" "I1 " "its new words are found before the index has them"
export HUIYING_NOW=2026-11-23T09:00:00Z
watch tick
ids --kind item 包工头失联
is "$ids" "I1 " "and afterwards"
is "$(sqlite3 "$home/ledger.db" "SELECT count(*), sum(alive) FROM search_docs WHERE subject = 'I1'")" "2|1" "the old words are dead"

# --- narrowing and what is printed
ids --kind 办件 路灯
is "$rc" 2 "an unknown kind"
ids --kind order 路灯
is "$rc" 0 "a kind"
watch search --since 2026-11-24 工 --count
is "$out" 0 "nothing since"
watch search --until 2026-11-23 --kind item 市集 --json
like "$out" '^\{"kind":"item","id":"I2","at":"[^"]*","title":"三棵樹鎮今年開春ABC","text":"市集开张，一派繁荣。"\}$' "as JSON, up to a day"
watch search --limit 1 工
is "$(wc -l <<<"$out")" 2 "a limit"
like "$err" 'more were found' "with a word that there is more"
watch search 没有的词
is "$rc" 1 "nothing"
like "$err" 'nothing was found' "with a word"
