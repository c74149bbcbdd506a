#!/bin/bash
# sources add, enable, disable: an address tried, recognised, written; the file left as it was.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
plan 69

web=$tmp/web home=$tmp/home
mkdir -p "$web/zwgk"
start_server --dir "$web"
site=http://127.0.0.1:$port
"$huiying" init "$home" --demo -q 2>/dev/null
printf '\nhost_interval_ms = 0\nallow_private = 127.0.0.1:%s\n' "$port" >>"$home/huiying.conf"
h() { run "$huiying" --home "$home" "$@"; }
before() { printf '# 本办的来源，勿改顺序\n\n[first]\nurl = https://first.example.gov.cn/rss\n# 春节后再开\nenabled = no\n\n# 最后一个\n[last]\nurl = https://last.example.gov.cn/rss\n'; }
before >"$home/sources.conf"

# list FILE [HEAD-EXTRA]
list() {
	{
		echo "<html><head><title>通知公告_某某市人民政府网</title>${2:-}</head><body>"
		echo '<div class="nav"><a href="/">首页</a><a href="/zwgk/">公开</a></div><ul class="list">'
		for i in 01 02 03 04 05 06 07 08 09 10; do
			echo "<li><a href=\"/zwgk/202611/t202611${i}_1.html\">关于开展第${i}号某某事项公开征求意见的通知</a><span>2026-11-$i</span></li>"
		done
		echo '</ul></body></html>'
	} >"$1"
}
list "$web/zwgk/index.html"
list "$web/both.html" '<link rel="alternate" type="application/rss+xml" title="最新" href="/feed.xml"><link rel="alternate" type="application/atom+xml" href="/second.xml">'
rss "$web/feed.xml" "某小区停水三天$(printf '\033')[31m" "$site/1" g1 文 "某路段积水" "$site/2" g2 文
rss "$web/second.xml" "第二个订阅源的消息" "$site/3" g3 文
mkdir -p "$web/weibo/user"
rss "$web/weibo/user/100" "某某账号的一条微博" "$site/4" g4 文
printf 'Content-Type: text/xml\n' >"$web/weibo/user/100.headers"
echo '<html><head><meta charset="utf-8"><script>window._cf_chl_opt={}</script></head><body></body></html>' >"$web/wall.html"
{
	echo '<html><head><title>某某市一小区停水三天，市水务局回应</title></head><body><h1>某某市一小区停水三天，市水务局回应</h1><p>2026-11-20 09:00 来源：某报</p><div class="content">'
	for i in 1 2 3 4 5; do echo "<p>记者从某某市水务局了解到，停水的原因是主管道破裂，抢修人员已于当晚到场，预计第${i}天恢复供水，请居民做好储水准备。</p>"; done
	echo '</div></body></html>'
} >"$web/article.html"

# --- shown, not written
h sources add "$site/zwgk/index.html" --dry-run
is "$rc" 0 "--dry-run"
like "$out" '^kind: list, 10 entries' "an HTML list is recognised"
like "$out" '2026-11-03 00:00  关于开展第03号' "its rows have dates and titles"
like "$out" "    $site/zwgk/202611/t20261103_1.html" "and links"
like "$out" '^\[host-zwgk\]' "an id is proposed from host and path"
like "$out" '^name = 通知公告_某某市人民政府网' "and a name from the title"
is "$(cat "$home/sources.conf")" "$(before)" "nothing is written"
h sources add "$site/zwgk/index.html"
is "$rc" 2 "without a terminal and --yes"
like "$err" 'say --yes' "it says what is missing"
is "$(cat "$home/sources.conf")" "$(before)" "and nothing is written"

# --- written
h sources add "$site/zwgk/index.html" --yes --every 2h --local
is "$rc" 0 "--yes"
like "$out" "next: huiying crawl --source host-zwgk" "what to do next"
is "$(cat "$home/sources.conf")" "$(before; printf '\n[host-zwgk]\nname = 通知公告_某某市人民政府网\nkind = list\nurl = %s/zwgk/index.html\nevery = 2h\nlocal = yes\n' "$site")" "the section is behind what was there"
h sources check
is "$rc" 0 "the file is good"
h crawl --source host-zwgk --json
like "$out" '"items":10' "and the crawl reads it"

# --- there already
h sources add "HTTP://127.0.0.1:$port/x/../zwgk/index.html#top" --yes
is "$rc" 1 "the same address in another spelling"
like "$err" 'is there already as source “host-zwgk” \(line [0-9]+\)' "says which it is"
h sources add "$site/feed.xml" --yes --id first
is "$rc" 1 "an id that is taken"
h sources add "ftp://x.example.gov.cn/" --yes
is "$rc" 2 "what is no web address"

# --- feeds
h sources add "$site/both.html" --dry-run
like "$err" "1  $site/feed.xml  最新" "a page that names feeds offers them"
like "$err" "2  $site/second.xml" "all of them"
like "$out" '^kind: feed, 2 entries' "the first is taken when nobody is there to ask"
unlike "$out" "$(printf '\033')" "what the feed says reaches no terminal raw"
h sources add "$site/both.html" --feed 2 --yes --json
like "$out" "\"kind\":\"feed\",\"url\":\"$site/second.xml\",\"added\":true" "--feed 2"
like "$out" '"title":"第二个订阅源的消息"' "--json has the rows"
h sources add "$site/both.html" --feed 0 --yes --off
is "$rc" 0 "--feed 0 is the page itself"
h sources list --json
like "$out" "\"kind\":\"list\",\"url\":\"$site/both.html\".*\"enabled\":false" "--off writes it switched off"
h sources add "$site/both.html" --feed 9 --dry-run
is "$rc" 1 "it is there now"
h sources add "$site/zwgk/" --feed 1 --dry-run
[ "$rc" -ne 0 ]
ok_if $? "--feed where there is none"
h sources add "$site/feed.xml" --yes --name "某报" --id paper
like "$(tail -4 "$home/sources.conf")" 'name = 某报' "--name and --id"

# --- RSSHub
h sources add --rsshub "$site/" /weibo/user/100 --yes
is "$rc" 0 "a route of RSSHub"
like "$(cat "$home/sources.conf")" "^url = $site/weibo/user/100$" "base and route put together"
h sources add --rsshub "$site" weibo/user/100 --yes
is "$rc" 2 "a route begins with a slash"

# --- what cannot be a source
lines=$(wc -l <"$home/sources.conf")
h sources add "$site/article.html" --yes
is "$rc" 3 "one article is no source"
like "$err" 'huiying register' "and what to do with it"
h sources add "$site/wall.html" --yes
like "$rc $err" '^3 .*a wall instead of its page \(Cloudflare\)' "a wall"
h sources add "$site/nothing.html" --yes
like "$rc $err" '^3 .*HTTP status 404' "a page that is not there"
h sources add "$site/feed.xml?x" --kind nonsense
is "$rc" 2 "--kind that is none"
is "$(wc -l <"$home/sources.conf")" "$lines" "nothing of it is written"
run "$huiying" --home "$home" sources test "$site/wall.html"
like "$rc $err" '^3 .*a wall instead of its page' "sources test names a wall too"

# --- enable, disable
before >"$home/sources.conf"
chmod 640 "$home/sources.conf"
h sources enable first
is "$rc" 0 "enable"
is "$(cat "$home/sources.conf")" "$(before | sed 's/^enabled = no/enabled = yes/')" "one line is another"
is "$(stat -c %a "$home/sources.conf")" 640 "the mode stays"
h sources disable last first
is "$(cat "$home/sources.conf")" "$(before; echo 'enabled = no')" "disable writes a line where there is none"
h sources enable last nosuch
is "$rc" 2 "all or none"
is "$(cat "$home/sources.conf")" "$(before; echo 'enabled = no')" "nothing was changed"
before | sed 's/$/\r/' >"$home/sources.conf"
h sources disable last
is "$(tail -1 "$home/sources.conf" | od -An -c | tr -d ' ')" 'enabled=no\r\n' "a file of Windows keeps its line ends"
is "$(grep -c "$(printf '\r')" "$home/sources.conf")" "$(wc -l <"$home/sources.conf")" "all of them"

# --- a file with a mistake is not touched; links stay links
printf '[a]\nulr = x\n' >"$home/sources.conf"
h sources add "$site/feed.xml" --yes
is "$rc" 2 "a mistake in the file"
like "$err" 'sources.conf:2:1' "is shown with its place"
before >"$tmp/real.conf"
ln -sf "$tmp/real.conf" "$home/sources.conf"
h sources enable first
[ -L "$home/sources.conf" ]
ok_if $? "a link stays one"
like "$(cat "$tmp/real.conf")" 'enabled = yes' "and what it leads to is changed"
rm "$home/sources.conf"
h sources enable people-society
is "$rc" 0 "a home without the file begins with the shipped one"
like "$(h sources list; cat "$home/sources.conf")" 'people-society' "as a copy"
is "$(grep -c '^# ' "$home/sources.conf")" "$(grep -c '^# ' "$top/rules/sources.conf")" "with its comments"
run env -u HUIYING_HOME "$huiying" sources enable people-society
is "$rc" 1 "the shipped file itself is not changed"
before >"$home/sources.conf"
for i in 1 2 3 4 5 6; do "$huiying" --home "$home" sources add "$site/zwgk/index.html?p=$i" --id "p$i" --yes -q 2>/dev/null & pids[i]=$!; done
for i in 1 2 3 4 5 6; do wait "${pids[i]}"; done
is "$(grep -c '^\[p' "$home/sources.conf")" 6 "six at a time lose nothing"

# --- at a terminal
before >"$home/sources.conf"
terminal() { # terminal ANSWERS ARGS…
	local answers=$1
	shift
	printf "$answers" | timeout 60 script -qec "'$huiying' --home '$home' sources add $*" /dev/null >"$tmp/.tty" 2>&1
}
terminal 'n\n' "$site/zwgk/index.html"
is "$?" 1 "no"
is "$(cat "$home/sources.conf")" "$(before)" "writes nothing"
terminal '2\ny\n' "$site/both.html"
like "$(tail -3 "$home/sources.conf")" "url = $site/second.xml" "which feed, and yes"
terminal '\n' "$site/zwgk/index.html"
like "$(tail -3 "$home/sources.conf")" "url = $site/zwgk/index.html" "Enter is yes"

# --- the list of sources is a setting: each change is an event (DESIGN §6.1)
rm -rf "$tmp/kept"
"$huiying" init "$tmp/kept" --demo -q 2>/dev/null
changes() { sqlite3 "$tmp/kept/ledger.db" "SELECT payload ->> 'how', payload ->> 'added', payload ->> 'on', payload ->> 'off' FROM events WHERE kind = 'sources.changed/1' ORDER BY seq"; }
by() { run "$huiying" --home "$tmp/kept" "$@" --actor 丙 --role admin; }
by sources enable gov-cn kaili-gov -q
by sources disable gov-cn -q
printf '<opml version="2.0"><body><outline type="rss" text="某报" xmlUrl="https://feed.example.com/rss.xml"/></body></opml>' >"$tmp/one.opml"
by sources import "$tmp/one.opml" -q
is "$(changes | head -2)" "enable||kaili-gov gov-cn|
disable|||gov-cn" "switched on and off: which, by an event"
like "$(changes | tail -1)" '^import\|[a-z0-9-]+\|\|$' "so is what a list brought"
is "$(sqlite3 "$tmp/kept/ledger.db" "SELECT count(*) FROM events a JOIN events b ON b.kind = a.kind AND b.seq = a.seq + 1 WHERE a.kind = 'sources.changed/1' AND a.payload ->> 'file_after' = b.payload ->> 'file_before'")" 2 \
	"each begins with the file that the one before left"
is "$(sqlite3 "$tmp/kept/ledger.db" "SELECT payload ->> 'file_after' FROM events ORDER BY seq DESC LIMIT 1")" "$(sha256sum <"$tmp/kept/sources.conf" | cut -d' ' -f1)" "the last is the file that is there"
by sources disable gov-cn -q
is "$(changes | wc -l)" 3 "what changes nothing is no event"
run "$huiying" --home "$tmp/kept" sources enable gov-cn --actor 甲 --role watch
is "$rc $(changes | wc -l)" "1 3" "who may not changes nothing"
run "$huiying" --home "$tmp/kept" audit rebuild
is "$rc" 0 "the tables are what the events say"
run "$huiying" --home "$tmp/kept" audit verify
is "$rc" 0 "and the chain holds"
