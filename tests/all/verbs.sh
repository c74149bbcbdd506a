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
	rss "$tmp/new.xml" "又一处拖欠工资，工人讨薪" https://a.example.gov.cn/n1 n1 "全新的一件。" "植树节活动" https://a.example.gov.cn/n2 n2 "春天来了。"
	warc_answer "$files/new.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/new.xml"
	printf '工单编号,诉求内容,承办单位\nGD1,某项目部拖欠工资,市人社局\nGD2,路灯不亮,市住建局\n' >"$files/orders.csv"
	sed 's/^讨薪  *3分/讨薪        4分/' "$home/keywords.conf" >"$files/keywords.conf"
	# What the later parts of the procedure need.
	do_it 丁 watch duty on --as 值班岗
	do_it 丁 watch duty off --text "两件待研判"
	do_it 戊 watch duty on --as 值班岗
	do_it 己 watch duty on --as 值班岗
	do_it 甲 watch dismiss S8 --outcome 误报 --reason 宣传 --note 通稿
	printf '序号,任务,牵头单位,类型,时限\n1,公开台账,市人社局,一次性,2026-12-31\n2,按季公开,市人社局,持续,\n3,突发事件公开,市人社局,触发,3个工作日\n' >"$files/plan.csv"
	do_it 甲 watch import "$files/plan.csv" --as tasks --plan 计划 --made 2026-01-05
	do_it 乙 supervisor case order 3 --level 黄 --reason 进展迟缓
	do_it 乙 supervisor round open --name 第三季度核查
	do_it 甲 watch objection add 1 --text 数字不实
	do_it 甲 watch case consult 3 --third-party 某公司 --question 是否同意公开
	# Later, so that tick has limits to write down and texts to put into the index.
	export HUIYING_NOW=2026-09-28T07:00:00Z
}

# each_scenario FUNCTION: calls it with number, who, role and the words of each line.
each_scenario() {
	local each=$1 n=0 who role verb
	while IFS='|' read -r who role verb; do
		case $who in '' | \#*) continue ;; esac
		[ "$who" = reads ] && continue
		n=$((n + 1))
		eval "set -- $verb"
		"$each" "$n" "$who" "$role" "$@" || return 1
	done <"$top/tests/all/verbs.tab"
}

# verbs_without_line: verbs of the program that no line of the table begins with.
verbs_without_line() {
	local verb
	LANGUAGE=en "$huiying" help 2>/dev/null | sed -nE 's/^  ([a-z]+( [a-z]+)?)  .*/\1/p' |
		while read -r verb; do
			grep -qE "^[^#|]*\|([^|]*\|)?$verb( |\$)" "$top/tests/all/verbs.tab" || echo "$verb"
		done
}
