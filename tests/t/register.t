#!/bin/bash
# Entering a matter by hand: rules and same story at once, questions at a terminal, posts
# instead of names, masking, the screenshot as evidence.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 36
office_init
export HUIYING_NOW=2026-11-05T00:00:00Z

watch register - --title "某项目部拖欠工资工人讨薪" --text "来电人姓名：张三，电话13812345678" --place 某镇 --told-by 值班电话
is "$rc $out" "0 S1 registered (A1)" "a call"
like "$err" '2 numbers or names of persons were hidden' "its number and name are hidden"
watch alerts --json
like "$out" '"source_name":"人工登记".*"topics":"欠薪欠资","grade":"较大"' "the rules ran on it"
watch show S1 --json
unlike "$out" '13812345678|张三' "nobody's number is shown"
like "$out" '"text":"某镇。' "the place joins the text"
like "$out" '"items":\[1\]' "it is an item like others"
sqlite3 "$home/ledger.db" .dump >"$tmp/dump"
unlike "$(cat "$tmp/dump")" '13812345678' "nor kept"

# --- same story
watch register - --title "某项目部拖欠工资，工人讨薪！" --text "又一个电话"
is "$rc $out" "0 S1 registered (A1): a copy of what is there already" "a second call about it joins the row"
watch alerts --json
is "$(wc -l <<<"$out")" 1 "one row"
rss "$tmp/a.xml" "某项目部拖欠工资工人讨薪" https://a.example.gov.cn/1 g1 "工人到现场讨薪。"
one_source "$home"
warc_date=2026-11-05T00:10:00Z
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
watch show S1 --json
like "$out" '"items":\[1,2,3\]' "so does what a source brings later"
watch register https://a.example.gov.cn/1 --title 某事
is "$rc" 1 "a page that is in the queue"
like "$err" 'S1' "is refused with its row"
watch dismiss S1 --outcome 知悉 --note 已转 >/dev/null
watch register - --title "某项目部拖欠工资工人讨薪"
like "$err" 'S1 was decided before' "that the row was decided is told"

# --- no rule, a topic, a grade
watch register - --title "某路口红绿灯不亮"
like "$out" '^S2 registered' "without a rule"
watch alerts --json
like "$out" '"story":2,.*"topics":"人工登记","grade":"一般"' "its topic is 人工登记"
watch register - --title "某小区围墙有裂缝了" --topic safety --grade 重大
watch alerts --json
like "$out" '"story":3,.*"topics":"安全生产","grade":"重大"' "a topic and a grade that the person gives"
watch register - --title "某工地讨薪的电话来了" --grade 重大
watch alerts --json
like "$out" '"story":4,.*"topics":"欠薪欠资","grade":"重大"' "a grade above what the rules say"
like "$out" '"story":4,.*"review_due":"2026-11-05T00:15:00Z"' "with its shorter limit"
watch register - --title x --topic 没有
is "$rc" 3 "a topic that is not there"

# --- who told it
for name in 张三 李小四 13812345678; do
	watch register - --title "某地积水严重无人管" --told-by "$name"
	is "$rc" 2 "a person or number as who told it: $name"
done
watch register - --title "某地积水严重无人管" --told-by 市信访局
is "$rc" 0 "a post"

# --- a screenshot
printf '\211PNG picture' >"$tmp/shot.png"
watch register https://social.example.com/u/9/p1 --title "网传某桥面塌陷视频" --screenshot "$tmp/shot.png" --json
like "$out" '"evidence":"ZJ-2026-000001"' "a screenshot becomes evidence"
is "$(sha256sum <"$home/evidence/ZJ-2026-000001.png")" "$(sha256sum <"$tmp/shot.png")" "copied into evidence/"
watch show S6
like "$out" 'ZJ-2026-000001 .*shot\.png  '"$(sha256sum <"$tmp/shot.png" | cut -c1-64)" "the row shows it with its SHA-256"
as 丙 watch evidence confirm e1
is "$rc" 0 "a second person confirms it"
watch register - --title "传来一张现场照片" --screenshot "$tmp/shot.png"
watch show e2 --json
like "$out" '"state":"captured"' "without a page it counts at once"
watch register - --title "没有的照片" --screenshot "$tmp/none.png"
is "$rc" 3 "a file that is not there"
watch alerts --json
unlike "$out" '没有的照片' "registers nothing"

# --- questions at a terminal (script gives one)
watch register -
is "$rc" 2 "without a terminal the title must be given"
printf '某村道路塌方阻断\n某镇某村\n王五\n镇值班室\n' >"$tmp/answers"
script -qec "$huiying --home $home register - --actor 甲 --role watch" "$tmp/typescript" <"$tmp/answers" >"$tmp/.out" 2>&1
like "$(cat "$tmp/.out")" 'What is it about' "at a terminal it asks for the title"
like "$(cat "$tmp/.out")" 'Where\?' "the place"
like "$(cat "$tmp/.out")" 'give the post that told it' "and who told it, again when that is a name"
like "$(cat "$tmp/.out")" 'registered \(A' "and registers"

# --- what has a case already
watch case open S3 --grade 重大 --lead 市人社局
watch register - --title "某小区围墙有裂缝了"
like "$err" 'next: huiying show S3$' "a copy of what has a case is not offered for taking"
