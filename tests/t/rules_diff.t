#!/bin/bash
# rules diff: files, directories and archived versions, over a file of items or the ledger.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 45
cat >"$tmp/old.conf" <<'R'
[地域]
某市
[欠薪]
代码 = wages
阈值 = 3
级别 = 一般3 较大5
讨薪 3分
拖欠 2分
-结清 2分
R
cat >"$tmp/new.conf" <<'R'
[欠薪]
代码 = wages
阈值 = 3
级别 = 一般3 较大5
拖欠 2分
讨薪 3分
-剧本 3分
停水 3分
R
cat >"$tmp/items.jsonl" <<'I'
{"id":"a","title":"工人讨薪","text":"讨薪"}
{"id":"b","title":"讨薪的剧本","text":"讨薪"}

{"id":"c","text":"又停水了","source":"某报"}
{"id":7,"title":"拖欠三月，讨薪，已结清","text":""}
{"id":"e","title":"天气","text":"好"}
I
diff_() { run "$huiying" rules diff "$@"; }

# --- a file of items, no ledger, no home
diff_ "$tmp/old.conf" "$tmp/old.conf" "$tmp/items.jsonl"
is "$rc" 0 "the same rules: exit 0"
is "$out" "tried on 5 items: 3 alerts before, 3 after
no alert differs" "and says so"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/items.jsonl"
is "$rc" 1 "another outcome: exit 1"
is "$out" "tried on 5 items: 3 alerts before, 3 after
gained 1, lost 1, graver 1, milder 0
+0 -1  keywords.conf:7 (new)  -剧本 3分
    - [欠薪]  讨薪的剧本
+1 -0  keywords.conf:8 (new)  停水 3分
    + [欠薪]  又停水了 (某报)
+0 -0  keywords.conf:9 (gone)  -结清 2分
    ↑ [欠薪] 一般→较大  拖欠三月，讨薪，已结清" "gained, lost, graver, by line, with examples"
is "$err" "" "nothing else"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/items.jsonl" -q
is "$rc $out" "1 " "-q: the exit code alone"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/items.jsonl" --json
is "$rc" 1 "as JSON the same exit code"
is "$(echo "$out" | jq -c '[.items, .before, .after, .gained, .lost, .graver, .milder, .undecided]')" '[5,3,3,1,1,1,0,0]' "the figures"
is "$(echo "$out" | jq -c '.alerts[] | [.change, .id, .before, .after, .lines]' | tr '\n' ' ')" '["lost","b","一般",null,[0]] ["gained","c",null,"一般",[1]] ["graver","7","一般","较大",[2]] ' "every alert that differs, with its lines"
is "$(echo "$out" | jq -c '.lines[] | [.file, .line, .side, .rule, .gained, .lost]' | head -1)" '["keywords.conf",7,"new","-剧本 3分",0,1]' "the lines"
is "$(echo "$out" | jq -r .old)" "$("$huiying" rules check "$tmp/old.conf" --json | jq -r .hash)" "which rules were compared"
run bash -c '"$0" rules diff "$1" "$2" - <"$3"' "$huiying" "$tmp/old.conf" "$tmp/new.conf" "$tmp/items.jsonl"
is "$rc" 1 "items from standard input"
diff_ "$tmp/new.conf" "$tmp/old.conf" "$tmp/items.jsonl" --json
is "$(echo "$out" | jq -c '[.gained, .lost, .graver, .milder]')" '[1,1,0,1]' "the other way round"

# --- the region
printf '[地域]\n某市\n[停水]\n代码 = water\n地域 = 必须\n停水\n' >"$tmp/r1.conf"
printf '[地域]\n某县\n[停水]\n代码 = water\n地域 = 必须\n停水\n' >"$tmp/r2.conf"
printf '{"id":"1","text":"某县停水"}\n{"id":"2","text":"某市停水"}\n' >"$tmp/r.jsonl"
diff_ "$tmp/r1.conf" "$tmp/r2.conf" "$tmp/r.jsonl"
like "$out" '^\+1 -1  settings of \[地域\]$' "the region made the difference"
diff_ "$tmp/r1.conf" "$tmp/r2.conf" "$tmp/r.jsonl" --no-region
is "$rc" 0 "--no-region: none"

# --- what is wrong
diff_ "$tmp/none.conf" "$tmp/new.conf" "$tmp/items.jsonl"
is "$rc" 2 "neither a file nor a version"
printf '[x\n' >"$tmp/bad.conf"
diff_ "$tmp/old.conf" "$tmp/bad.conf" "$tmp/items.jsonl"
is "$rc" 2 "rules that do not load"
like "$err" 'bad.conf:1:1: ' "with the place"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/none.jsonl"
is "$rc" 3 "no such file of items"
printf '{"id":"1","text":"停水"}\nnot json\n' >"$tmp/half.jsonl"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/half.jsonl"
is "$rc" 3 "a line that is no JSON"
like "$err" 'line 2: ' "is told by its number"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/items.jsonl" --since 7d
is "$rc" 2 "a file and --since"
diff_ "$tmp/old.conf" "$tmp/new.conf" --since 90m
is "$rc" 2 "--since in days"
diff_ "$tmp/old.conf"
is "$rc" 2 "one set is not enough"

# --- directories
mkdir -p "$tmp/one/local.d" "$tmp/two/local.d"
cp "$tmp/old.conf" "$tmp/one/keywords.conf"
cp "$tmp/old.conf" "$tmp/two/keywords.conf"
printf '[欠薪]\n停水 3分\n停用: 讨薪 3分\n' >"$tmp/two/local.d/city.conf"
printf '# 空\n' >"$tmp/one/local.d/city.conf"
diff_ "$tmp/one" "$tmp/two" "$tmp/items.jsonl"
is "$rc" 1 "directories"
like "$out" '^\+1 -0  local.d/city.conf:2 \(new\)  停水 3分$' "with their overlays"
like "$out" '^\+0 -3  keywords.conf:7 \(gone\)  讨薪 3分$' "a line that was switched off is gone"
diff_ "$tmp/one" "$tmp/old.conf" "$tmp/items.jsonl"
is "$rc" 0 "a directory and a file"

# --- the ledger and the archive
office_init
one_source "$home"
export HUIYING_NOW=2026-11-23T02:00:00Z
rss "$tmp/a.xml" "某项目部拖欠工程款引关注" https://a.example.gov.cn/1 g1 "工人到现场讨薪。" \
	"某小区停水三天无人管" https://a.example.gov.cn/2 g2 "居民很着急。" \
	"某小区停水三天无人管" https://b.example.gov.cn/2 g22 "转载的同一条。" \
	"某地讨薪的剧本开机了" https://a.example.gov.cn/4 g4 "讨薪。"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
watch ingest -q
cp "$home/keywords.conf" "$tmp/first.conf"
{ cat "$tmp/first.conf"; printf '\n[停水]\n代码 = water\n停水 3分\n阈值 = 3\n'; } >"$tmp/second.conf"
watch rules edit keywords.conf --from "$tmp/second.conf" --yes
is "$rc" 0 "a second version"
first=$(sha256sum "$tmp/first.conf" | cut -c1-12)
second=$(sha256sum "$tmp/second.conf" | cut -c1-12)
watch rules diff "$first" "$second"
is "$rc" 1 "two versions of a file"
like "$out" 'tried on the 4 items of the last 30 days: 2 alerts before, 3 after' "on the items of the last 30 days; copies are one alert"
like "$out" '^\+1 -0  keywords.conf:18 \(new\)  停水 3分$' "by line"
watch rules diff "$first" now --since 7d --json
is "$(echo "$out" | jq -c '[.days, .gained, .alerts[0].id]')" '[7,1,"I2"]' "a version and the rules in use"
watch show A1 --json
set_=$(echo "$out" | jq -r .rules_hash)
watch rules diff "$set_" "$first"
is "$rc" 0 "the rules that an alert names are those of the first version"
watch rules diff "${set_:0:10}" "${second^^}"
is "$rc" 1 "the beginning of a hash is enough, in any case"
watch rules diff 0000 now
is "$rc" 2 "a version that is not there"
like "$err" 'no version of the rules begins with 0000' "says so"
watch rules diff abc now
is "$rc" 2 "too short for a version"
export HUIYING_NOW=2027-02-23T02:00:00Z
watch rules diff "$first" now
like "$out" 'tried on the 0 items of the last 30 days' "items that are older do not count"
watch rules diff "$first" now --since 100d
like "$out" 'tried on the 4 items of the last 100 days' "but with a longer --since"

# --- exactly what match says of each item, on both sides
awk 'BEGIN { srand(11); n = split("讨薪 拖欠 结清 剧本 停水 的 ，", w, " ")
	for (i = 0; i < 500; i++) { t = ""; for (k = 0; k < 5; k++) t = t w[int(rand() * n) + 1]
		printf "{\"id\":\"%d\",\"title\":\"\",\"text\":\"%s\"}\n", i, t } }' >"$tmp/many.jsonl"
ids() { "$huiying" match --rules "$1" <"$tmp/many.jsonl" | jq -r 'select(.topics | length > 0) | .id' | sort; }
ids "$tmp/old.conf" >"$tmp/ids.old"
ids "$tmp/new.conf" >"$tmp/ids.new"
diff_ "$tmp/old.conf" "$tmp/new.conf" "$tmp/many.jsonl" --json
is "$(echo "$out" | jq -r '.before, .after' | tr '\n' ' ')" "$(wc -l <"$tmp/ids.old") $(wc -l <"$tmp/ids.new") " "alerts are those of match"
is "$(echo "$out" | jq -r '.alerts[] | select(.change == "gained") | .id' | sort)" "$(comm -13 "$tmp/ids.old" "$tmp/ids.new")" "gained are the new ones"
is "$(echo "$out" | jq -r '.alerts[] | select(.change == "lost") | .id' | sort)" "$(comm -23 "$tmp/ids.old" "$tmp/ids.new")" "lost are those that went"
is "$(echo "$out" | jq '[.alerts[] | select(.lines | length == 0)] | length')" 0 "each is put down to a line"
is "$(echo "$out" | jq '.gained > 20 and .lost > 5')" true "there were enough of both"
