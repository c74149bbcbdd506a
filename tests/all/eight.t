#!/bin/bash
# Eight programs at once on one ledger, and one who reads: ingest, three people and one who puts
# rules into force, tick, backup, one who publishes what stands in it. Nobody is told that
# the ledger is busy, what was acknowledged is there, what was published is true, and the tables
# are what the events, applied one after the other, give. LASTS sets for how many seconds (8).
. "$(dirname "$0")/../t/lib.sh"
. "$top/tests/t/warc.sh"
. "$top/tests/t/office.sh"
lasts=${LASTS:-8}
plan 13
office_init
one_source "$home"
mkdir "$tmp/said" "$tmp/backups" "$tmp/public"
end=$((SECONDS + lasts))
going() { [ $SECONDS -lt $end ]; }

# act WHO ROLE VERB…: appends what was acknowledged, and every word of a failure.
act() {
	local who=$1 role=$2 rc
	shift 2
	"$huiying" --home "$home" "$@" --actor "$who" --role "$role" >"$tmp/said/$who.out" 2>"$tmp/said/$who.err"
	rc=$?
	[ $rc -eq 0 ] && echo "$* => $(head -1 "$tmp/said/$who.out")" >>"$tmp/said/$who.done"
	[ $rc -gt 1 ] && { echo "rc $rc: $*"; cat "$tmp/said/$who.err"; } >>"$tmp/said/$who.failed"
	return $rc
}

# A feed that grows, each time another file.
ingester() {
	local n=0 i
	while going; do
		n=$((n + 1))
		feed=()
		for i in $(seq 1 40); do
			feed+=("第${n}批第${i}个项目部拖欠农民工工资" "https://a.example.gov.cn/$n-$i" "g$n-$i" "工人讨薪第${i}次，$(printf '长文%.0s' $(seq 1 40))")
		done
		rss "$tmp/$n.xml" "${feed[@]}"
		warc_answer "$tmp/f$n.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/$n.xml"
		act 收录 watch ingest "$tmp/f$n.warc.gz"
	done
}
# One who works through matters of their own, and takes rows of the queue.
reviewer() {
	local who=$1 n=0 row case answer
	while going; do
		n=$((n + 1))
		act "$who" watch register - --title "${who}登记的第${n}件：某工地拖欠工资" --text "工人第${n}次来电。" || continue
		row=$(grep -oE '^S[0-9]+' "$tmp/said/$who.out")
		act "$who" watch take "$row"
		if [ $((n % 3)) -eq 0 ]; then
			act "$who" watch dismiss "$row" --outcome 知悉 --note "第${n}件已答复"
			continue
		fi
		act "$who" watch case open "$row" --grade 一般 --lead 市人社局 || continue
		case=$(grep -oE 'YQ-[0-9]+-[0-9]+' "$tmp/said/$who.out" | head -1)
		act "$who" watch respond "$case" --unit 市人社局 --url https://www.example.gov.cn/a.html --text "$measure" || continue
		answer=$(grep -oE 'HY-[0-9]+-[0-9]+' "$tmp/said/$who.out" | head -1)
		act "$who" supervisor respond reject "$answer" --reason "第${n}件没有写明办法"
	done
}
ticker() { while going; do act 定时 watch tick; done; }
keeper() {
	local n=0
	while going; do
		n=$((n + 1))
		act 备份 admin backup "$tmp/backups/$n.db"
		read -r -t 1 <> <(:) || :
	done
}
# Rules that change to and fro, and are applied to what is stored.
keeper_of_rules() {
	local n=0
	sed 's/^讨薪  *3分/讨薪        4分/' "$home/keywords.conf" >"$tmp/rules.1"
	cp "$home/keywords.conf" "$tmp/rules.0"
	while going; do
		n=$((n + 1))
		act 规则 supervisor rules edit keywords.conf --from "$tmp/rules.$((n % 2))" --yes --alerts 1000000
		act 规则 supervisor rules apply --since 1d
	done
}
# What goes out: the signed head, and the figures. Two that follow each other hold one ledger.
publisher() {
	local n=0
	while going; do
		n=$((n + 1))
		act 发布 watch audit head --sign && cp "$tmp/said/发布.out" "$tmp/public/$n.head"
		act 发布 watch report month --json && cp "$tmp/said/发布.out" "$tmp/public/$n.json"
		act 发布 watch report quarter --broken --csv
		act 发布 watch round list --json
	done
}
reader() {
	while going; do
		act 读者 watch alerts --limit 20 --json
		act 读者 watch due --json
		act 读者 watch search 工资 --limit 20
		act 读者 watch case list --json
	done
}

pids=""
ingester & pids="$pids $!"
for who in 甲 乙 丙; do
	reviewer $who & pids="$pids $!"
done
ticker & pids="$pids $!"
keeper & pids="$pids $!"
keeper_of_rules & pids="$pids $!"
publisher & pids="$pids $!"
reader & pids="$pids $!"
cleanup_pids="$cleanup_pids $pids"
for pid in $pids; do
	wait "$pid"
done
cleanup_pids=""

is "$(cat "$tmp"/said/*.failed 2>/dev/null)" "" "nobody was told of a failure, nobody that the ledger is busy"
least=$(for who in 甲 乙 丙 规则 收录 定时 备份 发布 读者; do grep -c . "$tmp/said/$who.done" 2>/dev/null || echo 0; done | sort -n | head -1)
echo "# acts: $(cat "$tmp"/said/*.done | wc -l), of one program at least $least"
[ "${least%% *}" -ge 1 ]
ok_if $? "all had their turns"

# --- what was acknowledged is there
sed -n 's/^register .* => \(S[0-9]*\) .*/\1/p' "$tmp"/said/*.done | sort >"$tmp/rows"
"$huiying" --home "$home" alerts --all --json 2>/dev/null | grep -o '^{"story":[0-9]*' | sed 's/.*:/S/' | sort >"$tmp/rows.there"
is "$(comm -23 "$tmp/rows" "$tmp/rows.there")" "" "every row that was registered"
sed -n 's/^case open .* => \(YQ-[0-9-]*\) .*/\1/p' "$tmp"/said/*.done | sort >"$tmp/cases"
"$huiying" --home "$home" case list --all --json 2>/dev/null | grep -o 'YQ-[0-9]*-[0-9]*' | sort -u >"$tmp/cases.there"
is "$(comm -23 "$tmp/cases" "$tmp/cases.there")" "" "every case that was opened"
is "$(sort "$tmp/cases" | uniq -d)$(sort "$tmp/rows" | uniq -d)" "" "no number was given twice"
is "$("$huiying" --home "$home" status --json 2>/dev/null | grep -o '"items":[0-9]*' | head -1)" \
	"\"items\":$(($(grep -c . "$tmp/said/收录.done") * 40 + $(wc -l <"$tmp/rows")))" "every item that was taken in or entered"

# --- what was published
# An event that a signed head tells of is there, with its hash, and never before the last one.
bad=0 last=0
for head in $(ls "$tmp/public" | sed -n 's/\.head$//p' | sort -n); do
	"$huiying" --home "$home" audit verify --no-files --anchor "$tmp/public/$head.head" >/dev/null 2>&1 || bad=$((bad + 1))
	count=$(grep -oE '"count":[0-9]+' "$tmp/public/$head.head" | head -1 | cut -d: -f2)
	[ "${count:-0}" -ge "$last" ] || bad=$((bad + 1))
	last=${count:-0}
done
is "$bad" 0 "every signed head that went out holds"
[ "$last" -gt 0 ]
ok_if $? "the last of them is of $last events"
# carried + raised = what went out + open, in each of them: nobody counted half an act.
is "$(cat "$tmp"/public/*.json | perl -MJSON::PP -ne '
	my ($r) = grep { $_->{row} eq "this" } @{decode_json($_)->{tables}{"T1-queue"}};
	my ($in, $out) = (0, 0);
	$in += $r->{$_} for qw(carried raised returned reopened undone split);
	$out += $r->{$_} for qw(case merged passed_on lead_handed noted false_alarm open);
	print "$in in, $out out\n" if $in != $out')" "" "the figures of each balance"

# --- and the ledger is what its events say
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain is whole"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "the tables are those of the events applied one after the other"
export HUIYING_NOW=$(date -u -d '+3 hours' +%Y-%m-%dT%H:%M:%SZ)
"$huiying" --home "$home" tick >/dev/null 2>&1
is "$("$huiying" --home "$home" search --kind item --count 拖欠 2>/dev/null)" \
	"$(sqlite3 "$home/ledger.db" "SELECT count(*) FROM items WHERE instr(title, '拖欠') OR instr(coalesce(content, ''), '拖欠') OR instr(coalesce(summary, ''), '拖欠')")" \
	"a search finds all of them"
bad=0
for copy in "$tmp"/backups/*; do
	[ -e "$copy" ] || continue
	mkdir -p "$tmp/copy"
	cp "$home/huiying.conf" "$tmp/copy"
	file=$copy
	[ -d "$copy" ] && file=$(find "$copy" -name ledger.db | head -1)
	cp "$file" "$tmp/copy/ledger.db"
	"$huiying" --home "$tmp/copy" audit verify >/dev/null 2>&1 || bad=$((bad + 1))
	rm -f "$tmp/copy/ledger.db"*
done
is "$bad" 0 "every backup verifies"
