#!/bin/bash
# Objections hold closing; who took part does not decide; upheld, a closed case is open again;
# the time that a case stands published (公示) before it is closed.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 43
office_init
export HUIYING_NOW=2026-09-25T01:00:00Z
new_case "某项目部拖欠农民工工资"
new_answer 1 "市人社局已责令项目部整改，拖欠的86万元工资已全部发放。"
super respond accept 1 -q
super commitment refuse 1 --all --reason "已办结，无新承诺" -q
watch case finish 1 -q
is "$rc" 0 "finished"

watch objection add 1
is "$rc" 2 "an objection has words"
watch objection add 1 --text "实际只发放了一半"
is "$rc $out" "0 YY-2026-000001 raised against YQ-2026-000001, to be decided until 2026-10-25 23:59" "of the public"
super case close 1
is "$rc" 1 "it holds closing"
like "$out" 'YY-2026-000001  the objection is not decided' "by its number"
watch due --within 40d
like "$out" 'objection +YY-2026-000001 ' "its limit is watched"
watch show yy1
like "$out" '实际只发放了一半' "show tells its words"
watch show 1
like "$out" 'YY-2026-000001  undecided  the public  实际只发放了一半' "and the case too"

watch objection decide 1 --result 不成立 --reason x
is "$rc" 1 "watch staff decide nothing"
super objection decide 1 --result 也许 --reason x
is "$rc" 2 "成立 or 不成立"
super objection decide 1 --result 不成立
is "$rc" 2 "with a reason"
as 甲 supervisor objection decide 1 --result 不成立 --reason x
like "$err" 'another person must decide it' "not by who entered it or finished the case"
super objection decide 1 --result 不成立 --reason x
like "$err" '乙 took part .*response.accepted/1' "nor by who accepted the answer"
as 丁 supervisor objection decide 1 --result 不成立 --reason "银行流水与签收表一致"
is "$rc $out" "0 YY-2026-000001 rejected (YQ-2026-000001)" "rejected"
super objection decide 1 --result 成立 --reason x
like "$err" 'was decided by 丁' "once"
watch objection add 1 --text "仍有3人未领到"
as 丁 supervisor objection decide 2 --result 成立 --reason "确有3人漏发"
is "$rc $out" "0 YY-2026-000002 upheld: YQ-2026-000001 is open again" "upheld: a finished case is open again"
watch case finish 1 -q

# --- 公示
cat >>"$home/supervision.conf" <<-'CONF'
	[closing]
	display = 5 working days
	basis = 本办销号公示规则：办结后公示 5 个工作日
CONF
export HUIYING_NOW=2026-10-09T15:59:59Z
super case close 1 --check
is "$rc" 1 "公示 is not over"
like "$out" 'stands published \(公示\) until 2026-10-09 23:59' "five working days from 中秋 over 国庆"
super case close 1 --check --json
like "$out" '"code":"display"' "by its code"
export HUIYING_NOW=2026-10-12T01:00:00Z
watch objection add 1 --text "公示期内再提异议"
super case close 1
is "$(grep -c . <<<"$out")" 1 "only the objection is left"
as 丁 supervisor objection decide 3 --result 不成立 --reason "与事实不符" -q
super case close 1
is "$rc" 0 "then it closes"

# --- a unit asks for a review after closing
watch objection add 1 --unit 市某局 --text x
is "$rc" 2 "a unit that is none"
as 丙 unit objection add 1 --unit 市人社局 --text "责任认定有误，请求复核"
is "$rc" 0 "within 30 days of closing"
watch objection list --json
like "$out" '"from":"unit","unit":"市人社局","state":"open"' "listed"
super objection decide 4 --result 成立 --reason x
is "$rc" 1 "who closed the case does not decide (回避)"
like "$err" 'case.closed/1' "and is told why"
as 丁 supervisor objection decide 4 --result 成立 --reason "责任应由总包承担"
is "$out" "YY-2026-000004 upheld: YQ-2026-000001 is open again" "upheld: a closed case is open again"
watch show 1 --json
like "$out" '"state":"open"' "it is"
is "$(grep -o '"state":"void"' <<<"$out" | wc -l)" 3 "its look-backs are void"
watch case finish 1 -q
export HUIYING_NOW=2026-10-20T01:00:00Z
super case close 1 -q
is "$rc" 0 "and can be closed again"
watch show 1 --json
is "$(grep -o '"state":"planned"' <<<"$out" | wc -l)" 3 "with looks back of its own"
export HUIYING_NOW=2026-11-20T01:00:00Z
as 丙 unit objection add 1 --unit 市人社局 --text x
like "$err" 'objections were possible until 2026-11-19 23:59 \(objection-raise\)' "not later than the limit"
# --- 回避: whatever was decided about an answer or a promise of the case
new_case "另一项目部拖欠"
second=$case_id
new_answer "$second" "$measure"
as 戊 supervisor respond reject "$answer_id" --reason "缺少时限"
new_answer "$second" "$measure"
as 己 supervisor respond accept "$answer_id" -q
watch commitment add "$answer_id" --sentence 2 --due 2026-12-31 -q
c=${out%% *}
watch commitment list --json
c=$(grep -o 'CN-2026-[0-9]*' <<<"$out" | tail -1)
as 辛 supervisor commitment extend "$c" --to 2027-01-31 --reason x -q
as 壬 supervisor commitment extend "$c" --confirm -q
as 丙 unit commitment claim "$c" --done-on 2026-11-20 --for 市人社局 -q
as 庚 supervisor commitment verify "$c" -q
watch objection add "$second" --text "核查走过场" -q
for who in 戊:response.rejected 己:response.accepted 庚:commitment.verified 辛:commitment.extension_proposed \
	壬:commitment.extended 甲:objection.raised; do
	as "${who%%:*}" supervisor objection decide 5 --result 不成立 --reason x
	like "$err" "${who%%:*} took part in what YY-2026-000005 is about \\(${who#*:}/" "回避: ${who#*:}"
done
as 癸 supervisor case assign "$second" --lead 市人社局 --final --reason "由你局负责" -q
as 癸 supervisor objection decide 5 --result 不成立 --reason x
is "$rc" 1 "回避: nor who settled whose matter it is (--final)"
like "$err" '癸 took part in what YY-2026-000005 is about \(case.assigned/' "and is told why"
as 丁 supervisor objection decide 5 --result 不成立 --reason "核查属实" -q
is "$rc" 0 "回避: who did none of this decides"

run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "audit rebuild"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "audit verify"
