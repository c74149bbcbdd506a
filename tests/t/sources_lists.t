#!/bin/bash
# Subscription lists of other readers in, ours out.
. "$(dirname "$0")/lib.sh"
plan 37

home=$tmp/home
mkdir "$home"
h() { run "$huiying" --home "$home" "$@"; }
before() { printf '# 本办的来源\n[a]\nname = 某报\nurl = https://a.example.gov.cn/feed.xml\nlocal = yes\nevery = 2h\n\n[b]\nkind = list\nurl = https://b.example.gov.cn/tzgg/\ncharset = gb18030\nenabled = no\n'; }
before >"$home/sources.conf"
cat >"$tmp/in.opml" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>mine</title></head><body>
<outline text="政府"><outline text="市直">
<outline type="rss" text="某某网" xmlUrl="https://c.example.gov.cn/rss?a=1&amp;b=2" htmlUrl="https://c.example.gov.cn/"/>
</outline>
<outline type="rss" text="已有" xmlUrl="https://A.example.gov.cn:443/feed.xml"/>
</outline>
<outline type="rss" text="坏的" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="本机文件" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="没有地址"/>
<outline type="rss" text="某某网镜像" xmlUrl="https://c.example.gov.cn/rss?a=1&amp;b=2#x"/>
<outline type="rss" title="换行&#10;[evil]&#10;url = http://evil.example.com/" xmlUrl="https://d.example.gov.cn/"/>
</body></opml>
END

h sources import "$tmp/in.opml" --dry-run
is "$rc" 1 "bad entries: exit 1"
like "$err" '2 would be added, 2 are there already, 3 refused' "--dry-run counts"
is "$(cat "$home/sources.conf")" "$(before)" "and writes nothing"
h sources import "$tmp/in.opml"
is "$rc" 1 "import"
like "$err" '2 added, 2 were there already, 3 refused' "the good ones are added"
like "$out" '^line 8: refused: 坏的 \(javascript:alert\(1\)\): ' "a bad one is listed with its line"
like "$out" '^line 9: refused: 本机文件' "a file is no address"
like "$out" '^line 10: refused: 没有地址 \(-\): it has no address' "neither is nothing"
like "$out" '^line 6: left out: 已有' "what is there already is said"
is "$(cat "$home/sources.conf")" "$(before; printf '\n# 政府 / 市直\n[c-example-a-1-b-2]\nname = 某某网\nkind = feed\nurl = https://c.example.gov.cn/rss?a=1&b=2\n\n[d-example]\nname = 换行 [evil] url = http://evil.example.com/\nkind = feed\nurl = https://d.example.gov.cn/\n')" "the sections, with their category"
h sources check
is "$rc" 0 "the file is good"
h sources import "$tmp/in.opml" --json
like "$out" '"line":6,"state":"known","title":"已有"' "again: all are known"
like "$err" '0 added, 4 were there' "none is doubled"

# --- damaged and hostile ones
printf '<opml><body><outline text=x xmlUrl=https://e.example.gov.cn/ ></outline><outline text="y" xmlUrl="https://f.exam' >"$tmp/cut.opml"
h sources import "$tmp/cut.opml" --dry-run
like "$err" 'ends too early' "a cut file says so"
like "$err" '2 would be added' "and gives what it has"
iconv -f utf-8 -t gb18030 "$tmp/in.opml" | sed 's/UTF-8/GBK/' >"$tmp/gbk.opml"
h sources import "$tmp/gbk.opml" --dry-run --json
like "$out" '"title":"某某网"' "GB18030"
printf '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://g.example.gov.cn/"/></body></opml>' >"$tmp/bomb.opml"
h sources import "$tmp/bomb.opml" --dry-run --json
like "$out" '"title":"&b;"' "entities are not expanded"
echo '<html><body>no list</body></html>' >"$tmp/html"
h sources import "$tmp/html"
like "$rc $err" '^3 .*this is no OPML' "something else"
h sources import "$tmp/none.opml"
is "$rc" 3 "a missing file"
{ echo '<opml>'; for ((i = 0; i < 3000; i++)); do echo "<outline text=\"$i\" xmlUrl=\"https://h$i.example.gov.cn/rss\"/>"; done; echo '</opml>'; } >"$tmp/many.opml"
h sources import "$tmp/many.opml" -q
is "$rc" 0 "three thousand"
is "$(grep -c '^\[h' "$home/sources.conf")" 3000 "none is lost"

# --- out and in again
before >"$home/sources.conf"
h sources export
is "$rc" 0 "export"
like "$out" '<opml version="2.0" xmlns:huiying=' "OPML 2.0"
like "$out" 'type="link" text="b" title="b" url="https://b.example.gov.cn/tzgg/"' "a list page is no feed to others"
printf '%s' "$out" >"$tmp/out.opml"
mkdir "$tmp/other"
echo '# empty' >"$tmp/other/sources.conf"
run "$huiying" --home "$tmp/other" sources import "$tmp/out.opml"
is "$rc" 0 "ours is read back"
is "$("$huiying" --home "$tmp/other" sources list --json)" "$("$huiying" --home "$home" sources list --json | sed 's/"name":"b"/"name":"b"/')" "nothing is lost on the way"
h sources export --opml1
like "$out" '<opml version="1.0">' "OPML 1.0"
unlike "$out" 'huiying:' "without what old readers do not know"
xmllint --noout - <"$tmp/out.opml" 2>/dev/null
ok_if $? "it is well-formed XML"

# --- tables
before >"$home/sources.conf"
printf '名称,网址,类型,联系人,本市,启用,分类\n"某某网，公告",https://t.example.gov.cn/tzgg/,列表,张某,是,否,市直\n坏的,没有,,,,,\n' >"$tmp/in.csv"
iconv -f utf-8 -t gb18030 "$tmp/in.csv" >"$tmp/gbk.csv"
h sources import "$tmp/gbk.csv"
is "$rc" 1 "a table, one row of it bad"
like "$out" '^line 3: refused: 坏的' "which is listed"
is "$(cat "$home/sources.conf")" "$(before; printf '\n# 市直\n[t-example-tzgg]\nname = 某某网，公告\nkind = list\nurl = https://t.example.gov.cn/tzgg/\nlocal = yes\nenabled = no\n')" "the other is added"
h sources export --csv
is "$rc" 0 "a table out"
like "$out" '^a,某报,feed,https://a.example.gov.cn/feed.xml,7200s,,是,是' "with every row"
printf '%s' "$out" >"$tmp/out.csv"
echo '# empty' >"$tmp/other/sources.conf"
run "$huiying" --home "$tmp/other" sources import "$tmp/out.csv"
is "$("$huiying" --home "$tmp/other" sources list --json)" "$("$huiying" --home "$home" sources list --json)" "and in again, nothing lost"
printf '名称\n某报\n' >"$tmp/no-url.csv"
h sources import "$tmp/no-url.csv"
like "$rc $err" '^3 .*no column is called 网址' "a table without addresses"
printf '[x]\nname = =cmd()\nurl = https://x.example.gov.cn/\n' >"$tmp/other/sources.conf"
like "$("$huiying" --home "$tmp/other" sources export --csv)" "\"'=cmd\(\)\"" "no cell is a formula"
