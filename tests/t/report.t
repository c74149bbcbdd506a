#!/bin/bash
# Figures of a period: what counts where, balances, rates of nothing, definitions, formats.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 50
# fig TABLE ROW FIGURE: of the JSON in $out.
fig() {
	perl -MJSON::PP -e '
		my $j = decode_json(join "", <STDIN>);
		my ($t, $row, $f) = @ARGV;
		utf8::decode($row);
		for my $r (@{$j->{tables}{$t}}) {
			next unless $r->{row} eq $row;
			print defined $r->{$f} ? $r->{$f} : "null";
			exit;
		}
		print "no row";' "$@" <<<"$out"
}
report() { watch report "$@"; }

office_init
# 空季度
export HUIYING_NOW=2026-03-10T02:00:00Z
report quarter --json
is "$rc" 0 "空季度: a quarter without anything"
is "$(fig T1 this cases) $(fig T1 this on_time_rate) $(fig T1 this hours_mean) $(fig T7 this kept_rate)" \
	"0 null null null" "空季度: rates of nothing are no number"
report quarter
like "$out" 'rate on time +— +— +—' "空季度: and print —"
like "$out" '^T3 by responsible unit$' "空季度: every table stands"
like "$out" 'Figures of 2026Q1 \(2026-01-01 to 2026-03-31\), as of 2026-03-10 10:00' "the period and 截至"
report quarter --broken
like "$out" 'no promise that fell due was broken' "空季度: nothing broken"

# Two units, one late; one case late; one that is not due yet.
export HUIYING_NOW=2026-03-31T01:00:00Z
new_row "第一处拖欠农民工工资"
watch case open "${out%% *}" --grade 一般 --lead 市人社局 --co 市住建局 --place 鸭塘街道
new_case "第二处拖欠农民工工资"
answer() { # CASE UNIT WHEN
	watch respond "$1" --unit "$2" --kind measure --text "$measure（$1 $2）" --published "$3" \
		--url "https://www.example.gov.cn/a$1.html" -q
	super respond accept "$(sqlite3 "$home/ledger.db" "SELECT max(id) FROM responses")" -q
}
HUIYING_NOW=2026-04-01T01:00:00Z answer 1 市人社局 "2026-04-01 08:00"
export HUIYING_NOW=2026-04-03T02:00:00Z
answer 1 市住建局 "2026-04-03 09:30"
new_case "第三处拖欠农民工工资"
report quarter --of 2026Q1 --json
is "$(fig T1 this cases) $(fig T1 this due) $(fig T1 this answered) $(fig T1 this on_time) $(fig T1 this late) $(fig T1 this on_time_rate)" \
	"2 2 1 1 1 50" "cases count to the quarter they were discovered in"
is "$(fig T1 this hours_longest)" "23" "hours from the start to the publication"
is "$(fig T3 市人社局 due) $(fig T3 市人社局 on_time) $(fig T3 市人社局 late)" "2 1 1" "two units: the lead was on time once"
is "$(fig T3 市住建局 due) $(fig T3 市住建局 on_time) $(fig T3 市住建局 late)" "1 0 1" "两个单位，一个超时: two units, one late"
is "$(fig T2 欠薪欠资 cases) $(fig T4 鸭塘街道 cases) $(fig T4 '' cases) $(fig T5 人工登记 late)" "2 1 1 1" "topic, town, source"
is "$(fig T6 '一般 response-other' late)" 1 "limits by grade"
like "$out" '\{"id":"YQ-2026-000002","unit":"市人社局","role":"lead","words":"第二处拖欠农民工工资","due":"2026-04-02T01:00:00Z","due_date":"2026-04-02","days_late":2,"open":true,"tentative":false\}\]' \
	"what is late, whose, how many days"
like "$out" '"late":\[\{"id":"YQ-2026-000001","unit":"市住建局","role":"co",[^}]*"days_late":2,"open":false,"tentative":false\},\{"id":"YQ-2026-000002"' \
	"a co-unit that was late with its own answer has a line, the lead that was in time none"
report quarter --of 2026Q1
like "$out" '^YQ-2026-000001 +市住建局 +with +2026-04-02 .* 2 +answered' "on the page too"
like "$out" '^  a line each: a case of T1 to its lead,' "with what a line is"
like "$out" '^  days late: from the limit' "and what its days are"
report quarter --of 2026Q1 --json
report quarter --json
is "$(fig T1 this cases) $(fig T1 this due) $(fig T1 this on_time_rate)" "1 0 null" "what is not due yet is in no rate"
is "$(fig T1 previous cases)" 2 "beside the quarter before"
is "$(fig T1-cases this carried) $(fig T1-cases this opened) $(fig T1-cases this open)" "2 1 3" "cases are carried over"
is "$(fig T1-queue this carried) $(fig T1-queue this raised) $(fig T1-queue this case) $(fig T1-queue this open)" "0 1 1 0" "and so is the queue"

# Promises count by their original date, to the unit that held them then.
watch commitment add 1 --sentence 2 --due 2026-04-20 -q
watch commitment add 2 --sentence 2 --due 2026-05-31 -q
watch commitment add 1 --sentence 1 --undated -q 2>/dev/null || watch commitment add 1 --sentence 1 --review 2026-06-30 -q
extended c1 --to 2026-06-10 --reason "雨季施工"
extended c1 --to 2026-07-10 --reason "雨季施工"
export HUIYING_NOW=2026-07-02T02:00:00Z
report quarter --last --json
is "$(fig T7 this due) $(fig T7 this kept) $(fig T7 this broken) $(fig T7 this kept_rate) $(fig T7 this undated)" \
	"2 0 2 0 1" "承诺两次延期: moved twice, it is due when it was promised; undated ones stand beside"
is "$(fig T7-carried this added) $(fig T7-carried this settled) $(fig T7-carried this open)" "3 0 3" "promises are carried over"
report quarter --last --broken
like "$out" '^市人社局 .*2026-04-20 +73 +2 \(0 in time\) +https://www\.example\.gov\.cn/a1\.html$' \
	"--broken: unit, due, days late, extensions, link"
like "$out" '^without a date +1 ' "the undated ones beside the rate"
is "$([ "$(wc -l <<<"$out")" -le 40 ] && echo one page)" "one page" "on one page"
as 丙 unit commitment claim c1 --done-on 2026-07-02 -q
super commitment verify c1 -q
watch commitment publish c1 --url https://www.example.gov.cn/kept1.html -q
warc_date=2026-07-02T02:30:00Z
HUIYING_NOW=2026-07-02T03:00:00Z captured https://www.example.gov.cn/kept1.html
export HUIYING_NOW=2026-07-05T02:00:00Z
report quarter --last --json
is "$(fig T7 this kept_late) $(fig T7 this broken) $(fig T7 this published) $(fig T7 this done_rate) $(fig T7 this published_rate)" \
	"1 1 1 50 100" "kept late is told as of now"
report quarter --json
is "$(fig T7-carried this carried) $(fig T7-carried this settled) $(fig T7-carried this open)" "3 1 2" "settled in the next quarter"
is "$(fig T7 this due)" 0 "and due in none but its own"

# Finished and opened again: the quarter that is over keeps its figures.
HUIYING_NOW=2026-06-30T02:00:00Z watch commitment refuse 1 -q
watch case list
finish() { watch case finish "$1" -q; }
sqlite3 "$home/ledger.db" "SELECT 1" >/dev/null
HUIYING_NOW=2026-07-06T02:00:00Z finish 1
[ "$rc" -eq 0 ] || echo "# $err"
export HUIYING_NOW=2026-10-08T02:00:00Z
report quarter --last --json
was="$(fig T1-cases this carried) $(fig T1-cases this finished) $(fig T1-cases this open)"
is "$was" "3 1 2" "finished in the third quarter"
super case reopen 1 --reason "又有新情况" -q
report quarter --last --json
is "$(fig T1-cases this carried) $(fig T1-cases this finished) $(fig T1-cases this open)" "$was" \
	"opened again in the fourth: the third stays as it was"
report quarter --json
is "$(fig T1-cases this carried) $(fig T1-cases this reopened) $(fig T1-cases this open)" "2 1 3" "and the fourth has it again"

# Periods and formats.
report year --json
is "$(fig T1 this cases)" 3 "the year"
report month --of 2026-04 --json
like "$out" '"period":"2026-04","first":"2026-04-01","last":"2026-04-30"' "a month"
is "$(fig T1 this cases)" 1 "of its own cases"
report week --of 2026-W14 --json
like "$out" '"period":"2026-W14","first":"2026-03-30","last":"2026-04-05"' "a week from Monday on"
for wrong in "week --of 2026-W54" "week --of 2026-09" "quarter --of 2026Q5" "month --of 2026-13" "year --of 26" "quarter --of 2027Q1" "day"; do
	# shellcheck disable=SC2086
	report $wrong
	is "$rc" 2 "$wrong is refused"
done
report quarter --csv --json
is "$rc" 2 "one format"
report year --csv
is "$(head -c 3 <<<"$out" | od -An -tx1 | tr -d ' ')" efbbbf "CSV for a spreadsheet"
like "$out" '^T7,promises by due date,2026,rate kept in time,0\.0%,0,2,kept in time ÷ fallen due' "a rate with what it divides and means"
is "$(awk -F, 'NR > 1 && $NF ~ /^\r?$/' <<<"$out" | wc -l)" 0 "no figure without its definition"
report year --broken --csv
is "$(sed -n 2p <<<"$out" | cut -d, -f1,2,4-7)" "CN-2026-000002,市住建局,2026-05-31,130,0,0" "the broken ones as CSV"
sqlite3 "$home/ledger.db" "UPDATE stories SET state = 'open' WHERE id = 1"
report year
is "$rc" 4 "a queue that does not balance is no figure"
like "$err" 'do not balance' "and is told"
