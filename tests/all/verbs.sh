# verbs.sh - a ledger in which every verb has something to do, and the table of what it
# does there (verbs.tab). Source it after lib.sh, warc.sh and office.sh.

export HUIYING_NOW=2026-09-28T01:00:00Z
said=$tmp/said

# do_it WHO ROLE VERB…: a step of the preparation; a failure ends the test.
do_it() {
	as "$@"
	[ "$rc" -eq 0 ] && return
	echo "Bail out! $*: $err"
	exit 1
}

# prepare_verbs: makes $home, and $files with what the table's verbs take in.
prepare_verbs() {
	files=$tmp/files
	mkdir "$files"
	office_init
	small_rules "$home"
	one_source "$home"
	printf '\n[gov]\nname = 市政府网站\nkind = feed\nurl = https://www.example.gov.cn/feed.xml\nchannel = 市政府网站\n' >>"$home/sources.conf"
	local i
	for i in 1 2 3 4 5 6 7 8 9; do
		do_it 甲 watch register - --title "第${i}个工地拖欠工资，工人讨薪" --text "第${i}个工地：$(printf '第%s次来电反映。' $i $i$i $i$i$i)"
	done
	do_it 甲 watch register - --title "第9个工地拖欠工资，工人讨薪" --text "第9个工地：又来了一次。"
	for i in 1 2 3 4 5; do
		do_it 甲 watch case open S$i --grade 一般 --lead 市人社局
	done
	do_it 甲 watch take S6
	# 1: a promise that nobody has claimed; 4: ready to be closed; 5: claimed; 2: an answer waits
	for i in 1 4 5 2; do
		do_it 甲 watch respond $i --unit 市人社局 --url https://www.example.gov.cn/a$i.html --text "$measure"
	done
	for i in 1 2 3; do
		do_it 乙 supervisor respond accept $i
		do_it 甲 watch commitment add $i --sentence 2 --due 2026-09-30
	done
	do_it 乙 supervisor unit transfer 市人社局 市住建局 --from 2026-12-01
	echo "代发清单" >"$files/list.txt"
	do_it 甲 watch evidence add c1 --file "$files/list.txt" --note 代发清单
	for i in 2 3; do
		do_it 丙 unit commitment claim c$i --done-on 2026-09-28 --for 市人社局
		do_it 甲 watch evidence add c$i --file "$files/list.txt"
	done
	do_it 乙 supervisor commitment verify c2
	do_it 甲 watch commitment publish c2 --url https://www.example.gov.cn/kept.html
	captured https://www.example.gov.cn/kept.html
	do_it 甲 watch case finish 4
	do_it 甲 watch case finish 5
	do_it 甲 watch register https://social.example.com/u/1/55 --title "网上一段话" --screenshot "$files/list.txt" --published 2026-09-27
	rss "$tmp/gov.xml" "第3个工地拖欠工资，工人讨薪的情况通报" https://www.example.gov.cn/3.html p3 "第3个工地：第3次来电反映。市人社局已责令付清。"
	warc_answer "$home/spool/gov.warc.gz" https://www.example.gov.cn/feed.xml gov "" feed "$tmp/gov.xml"
	do_it 甲 watch ingest
	warc_date=2026-09-28T04:00:00Z
	rss "$tmp/new.xml" "又一处项目部拖欠工资" https://a.example.gov.cn/n1 n1 "全新的一件。" "植树节活动" https://a.example.gov.cn/n2 n2 "春天来了。"
	warc_answer "$files/new.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/new.xml"
	printf '工单编号,诉求内容,承办单位\nGD1,某项目部拖欠工资,市人社局\nGD2,路灯不亮,市住建局\n' >"$files/orders.csv"
	printf '工单编号,诉求类型,标题,诉求内容,受理时间\nGK1,依申请公开,某项目部拖欠工资处理情况,工人讨薪，申请公开。,2026-09-28 10:00\n' >"$files/asked.csv"
	printf '舆情编号,责任单位,回应内容,回应时间\n3,市人社局,经核实，工资已于9月25日全部付清。,2026-09-28 10:00\n' >"$files/answers.csv"
	printf '标题,链接,发布时间,正文\n某镇项目部拖欠农民工工资,https://a.example.gov.cn/i1,2026-09-28 10:00,工人到现场讨薪\n' >"$files/items.csv"
	warc_date=2026-09-28T05:00:00Z
	rss "$tmp/worse.xml" "又一处项目部拖欠工资" https://a.example.gov.cn/n1 n1 "工人到现场讨薪。"
	warc_answer "$files/worse.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/worse.xml"
	rss "$tmp/copy.xml" "又一处项目部拖欠工资" https://b.example.gov.cn/n1 n1 "工人到现场讨薪。"
	warc_answer "$files/copy.warc.gz" https://b.example.gov.cn/feed.xml b "" feed "$tmp/copy.xml"
	printf '[安全生产]\n代码 = safety\n地域 = 不限\n阈值 = 3\n坍塌 9分\n' >"$files/other.conf"
	sed 's/^讨薪  *3分/讨薪        4分/' "$home/keywords.conf" >"$files/keywords.conf"
	# What the later parts of the procedure need.
	do_it 丁 watch duty on --as 值班岗
	do_it 丁 watch duty off --text "两件待研判"
	do_it 戊 watch duty on --as 值班岗
	do_it 己 watch duty on --as 值班岗
	do_it 甲 watch dismiss S8 --outcome 误报 --reason 宣传 --note 通稿
	printf '序号,任务,牵头单位,类型,时限\n1,公开台账,市人社局,一次性,2026-12-31\n2,按季公开,市人社局,持续,\n3,突发事件公开,市人社局,触发,3个工作日\n' >"$files/plan.csv"
	sed 's/公开台账/公开舆情台账/' "$files/plan.csv" >"$files/revised.csv"
	sed 's/市人社局/市住建局/' "$files/plan.csv" >"$files/moved.csv"
	do_it 甲 watch import "$files/plan.csv" --as tasks --plan 计划 --made 2026-01-05
	do_it 乙 supervisor case order 3 --level 黄 --reason 进展迟缓
	do_it 乙 supervisor round open --name 第三季度核查
	do_it 甲 watch objection add 1 --text 数字不实
	do_it 甲 watch case consult 3 --third-party 某公司 --question 是否同意公开
	# c4 waits for a later date to be approved, c5 to be given up; c6 is given up, not in public.
	for i in 涉及工人34名 拖欠工资86万元 已责令项目部整改; do
		do_it 甲 watch commitment add 1 --quote "$i" --due 2026-10-31
	done
	do_it 乙 supervisor commitment extend c4 --to 2026-11-30 --reason 账户冻结
	do_it 乙 supervisor commitment cannot c5 --reason 项目部破产 --url https://www.example.gov.cn/why5.html
	do_it 乙 supervisor commitment cannot c6 --reason 项目部破产 --url https://www.example.gov.cn/why6.html
	do_it 丁 supervisor commitment cannot c6 --confirm
	mkdir "$home/made"
	# Later, so that tick has limits to write down and texts to put into the index.
	export HUIYING_NOW=2026-09-28T07:00:00Z
}

# --- what lines of the table need before them
# wanted_answer URL: the fetcher's answer for a queued page, not taken in yet; the page gives another
# time of publication than was typed. wanted_gone URL: it found none, three times over.
want_of() { grep -F "\"$1\"" "$home/spool/wanted.jsonl" | grep -o '"id":"*[0-9]*' | grep -o '[0-9]*$' | tail -1; }
wanted_answer() {
	printf '<html><head><title>通报</title></head><body><h1>通报</h1><p>发布时间：2026-09-25 09:00</p><p>%s</p></body></html>' "$measure" >"$tmp/page.html"
	warc_answer "$home/spool/answer.warc.gz" "$1" "" "$(want_of "$1")" evidence "$tmp/page.html" 200 text/html
}
wanted_gone() {
	local i want
	want=$(want_of "$1")
	for i in 1 2 3; do
		warc_failure "$home/spool/gone$i.warc.gz" "$1" "" "$want" evidence http-404
		do_it 收 watch ingest -q
	done
}
# asked_for: an application for information (依申请公开) becomes case 6; it brings a
# limit that can be extended and stands still while a third party is asked.
asked_for() {
	do_it 甲 watch import "$files/asked.csv" --as orders --source 热线
	do_it 甲 watch case open "S$(sqlite3 "$home/ledger.db" "SELECT story FROM orders WHERE number = 'GK1'")" --grade 一般 --lead 市人社局
}
# notified: somebody is told of an overdue triage, by message N1; its file lies in the outbox.
notified() {
	printf 'http://127.0.0.1:1/x\n' >"$home/secret"
	chmod 600 "$home/secret"
	printf '[notify]\nfirst = 群\n[target 群]\nkind = webhook\nurl = file:%s\nallow_private = 127.0.0.1:1\n' \
		"$home/secret" >>"$home/huiying.conf"
	do_it 定时 watch tick
	do_it 甲 watch register - --title "又一处拖欠工资，工人讨薪坍塌" --text "脚手架坍塌。"
	do_it 定时 watch tick
}
# receipt N RESULT: of message N, as the sender writes it.
receipt() {
	local name
	name=$(basename "$home"/outbox/N"$1"-*.json)
	mkdir -p "$home/outbox/receipts"
	printf '{"v":1,"id":"N%s","try":1,"at":"%s","result":"%s","error":"as the test says"}\n' "$1" "$HUIYING_NOW" "$2" \
		>"$home/outbox/receipts/$name"
	rm "$home/outbox/$name"
}
# proposed: the newest order that waits for a person to confirm it.
proposed() { sqlite3 "$home/ledger.db" "SELECT id FROM supervision_orders WHERE state = 'proposed' ORDER BY id DESC LIMIT 1"; }
# last KIND: the number of the newest event of this kind.
last() { sqlite3 "$home/ledger.db" "SELECT max(seq) FROM events WHERE kind = '$1'"; }

# at TIME: the clock from here on.
at() { export HUIYING_NOW=$1; }

# read_scenarios: the lines of verbs.tab; sets $scenarios, how many there are.
read_scenarios() {
	local key rest before="" exits=0 steps="" holds="" again="" meanwhile="" unrecorded=""
	declare -ga scenario_line scenario_before scenario_exits scenario_steps scenario_holds scenario_again scenario_meanwhile scenario_unrecorded
	scenarios=0
	scenario_now=$HUIYING_NOW
	common=$home
	while IFS='|' read -r key rest; do
		case $key in
		'' | \#* | reads | elsewhere | old) ;;
		before) before="$before$rest"$'\n' ;;
		exits) exits=$rest ;;
		steps) steps=yes ;;
		holds) holds=$rest ;;
		again) again=$rest ;;
		meanwhile) meanwhile=$rest ;;
		unrecorded) unrecorded=yes ;;
		*)
			scenarios=$((scenarios + 1))
			scenario_line[scenarios]="$key|$rest"
			scenario_before[scenarios]=$before
			scenario_exits[scenarios]=$exits
			scenario_steps[scenarios]=$steps
			scenario_holds[scenarios]=$holds
			scenario_again[scenarios]=$again
			scenario_meanwhile[scenarios]=$meanwhile
			scenario_unrecorded[scenarios]=$unrecorded
			before="" exits=0 steps="" holds="" again="" meanwhile="" unrecorded=""
			;;
		esac
	done <"$top/tests/all/verbs.tab"
}

# begin_scenario N: sets $who, $role and the array words of line N for $home, its clock, and
# $base: a ledger in which it can be done, made of the common one where it needs more. $home
# is fresh then.
begin_scenario() {
	local verb rest work=$home
	made=$home/made
	IFS='|' read -r who role verb <<<"${scenario_line[$1]}"
	at "$scenario_now"
	base=$common
	if [ -n "${scenario_before[$1]}" ]; then
		base=$tmp/base-$1
		home=$base made=$base/made
		if ! [ -d "$base" ]; then
			cp -r --reflink=auto "$common" "$base"
			eval "${scenario_before[$1]}"
		else
			eval "$(sed -n 's/^at .*/&/p' <<<"${scenario_before[$1]}")"
		fi
		home=$work made=$work/made
	fi
	fresh
	eval "words=($verb)"
	number=$1
}

# fresh: $home is what the scenario begins with.
fresh() {
	rm -rf "$home"
	cp -r --reflink=auto "$base" "$home"
}
events() { sqlite3 "$home/ledger.db" 'SELECT count(*) FROM events'; }
# half_done BEFORE AFTER NOW: neither, and the scenario is no row of steps that are whole each.
half_done() {
	[ "$3" = "$1" ] || [ "$3" = "$2" ] && return 1
	[ -z "${scenario_steps[number]}" ]
}
# holds: what the scenario says is true.
holds() { [ -z "${scenario_holds[number]}" ] || eval "${scenario_holds[number]}" >/dev/null 2>&1; }
# verified: the chain and the evidence hold, but for what the scenario says of the meantime.
verified() {
	"$huiying" --home "$home" audit verify >"$tmp/verify" 2>&1 && return
	[ -n "${scenario_meanwhile[number]}" ] && grep -qE "${scenario_meanwhile[number]}" "$tmp/verify"
}
# once_more AFTER NOW: the scenario's act again, after it failed, died or was done.
once_more() {
	local again
	rc=1
	if [ -n "${scenario_again[number]}" ]; then
		eval "again=(${scenario_again[number]})"
		as "$who" "$role" "${again[@]}"
	fi
	[ "$rc" -eq 0 ] || as "$who" "$role" "${words[@]}"
	# What had been done is refused now, by the rules (1) or as typed (2: a date that is no
	# later than the one that stands).
	[ "$2" = "$1" ] && [ "$rc" -le 2 ] && return
	[ "$rc" -eq "${scenario_exits[number]}" ] && holds || return
	[ "$(events)" = "$1" ] || [ -n "${scenario_unrecorded[number]}" ]
}

# verbs_without_line: verbs of the program that no line of the table begins with.
verbs_without_line() {
	local verb
	LANGUAGE=en "$huiying" help 2>/dev/null | sed -nE 's/^  ([a-z]+( [a-z]+)?)  .*/\1/p' |
		while read -r verb; do
			grep -qE "^[^#|]*\|([^|]*\|)?$verb( |\||\$)" "$top/tests/all/verbs.tab" || echo "$verb"
		done
}
# verbs_only_read: verbs that the table says only read, though the program asks for a role.
verbs_only_read() {
	local verb
	sed -n 's/^reads|//p' "$top/tests/all/verbs.tab" |
		while read -r verb; do
			LANGUAGE=en "$huiying" help $verb 2>/dev/null | grep -q '^Needs the role' && echo "$verb"
		done
}
# kinds_known: kinds of events that the ledger applies, without those that only ledgers of older
# programs hold.
kinds_known() {
	sed -nE 's/.*\{"([a-z_]+\.[a-z_]+\/[0-9]+)",.*/\1/p' "$top"/ledger/*.c | sort -u |
		grep -vxF -e "$(sed -n 's/^old|//p' "$top/tests/all/verbs.tab")" \
			-e "$(sed -n 's/^elsewhere|\([a-z_.]*\/[0-9]*\)|.*/\1/p' "$top/tests/all/verbs.tab")"
}
# kinds_new: those of the events of $home that $base does not have.
kinds_new() {
	sqlite3 "$home/ledger.db" "ATTACH 'file:$base/ledger.db?immutable=1' AS was" \
		"SELECT DISTINCT kind FROM events WHERE hash NOT IN (SELECT hash FROM was.events)"
}
