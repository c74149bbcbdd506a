#!/bin/bash
# Cases: the queue row's holder, opening, assigning, grading, merging, returning, two at once.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 62
office_init
export HUIYING_NOW=2026-09-28T01:00:00Z

# --- who is on a row
new_row "某项目部拖欠工资"
is "$rc $out" "0 S1 registered (A1)" "register"
watch take A1
is "$rc $out" "0 S1 is taken by 甲" "take by the alert's number"
as 丙 watch take 1
is "$rc" 1 "a second person"
like "$err" 'S1 is taken by 甲' "is told who has it"
as 丙 watch case open 1 --grade 一般 --lead 市人社局
is "$rc" 1 "and cannot open it either"
as 丙 watch release 1
is "$rc" 1 "nor release it"
super release 1
is "$rc $out" "0 S1 is free again" "a supervisor can"
watch release 1
like "$err" 'nobody has taken S1' "releasing a free row"
watch take 99
is "$rc" 3 "a row that is not there"
watch take YQ-2026-000001
is "$rc" 2 "a case is no row"
as 丁 unit take 1
is "$rc" 1 "a unit does not work on the queue"
like "$err" 'it needs the role' "and is told why"

# --- limits in words: one hour is no "1 hours"
watch show A1
like "$out" 'rule triage-[a-z]+: 1 hour from raising' "one hour"

# --- opening
watch case open 1 --lead 市人社局
is "$rc" 2 "a grade must be said"
watch case open 1 --grade 严重 --lead 市人社局
is "$rc" 2 "one of the four"
watch case open 1 --grade 一般
is "$rc" 2 "a lead must be named"
watch case open 1 --grade 一般 --lead 人社据
is "$rc" 2 "an unknown unit"
like "$err" 'did you mean 市人社局' "brings the nearest"
watch case open 1 --grade 一般 --lead 市人社局 --co 市人社局
is "$rc" 2 "lead and co-unit at once"
watch case open 1 --grade 一般 --lead 市人社局 --category b,g
is "$rc" 2 "a category that does not exist"
watch alerts --json
like "$out" '"story":1,.*"state":"open"' "nothing of that changed the row"
export HUIYING_NOW=2026-09-28T03:30:00Z
watch case open S1 --grade 一般 --lead 人社局 --co 市住建局 --co 龙场镇政府 --title "龙场镇某项目部欠薪" --category b,d
is "$rc $out" "0 YQ-2026-000001 opened: 一般, lead 人社局" "open"
watch show 1 --json
like "$out" '"title":"龙场镇某项目部欠薪".*"lead":"市人社局"' "under the units' own names"
like "$out" '"unit":"龙场镇","role":"co"' "with its co-units"
# Registered at 01:00 by a person: discovered then, not when it was opened.
like "$out" '"discovered":"2026-09-28T01:00:00Z","clock_start":"2026-09-28T01:00:00Z"' "the clock starts at the discovery"
like "$out" '"clock":"response","state":"running","due":"2026-09-30T01:00:00Z"' "48 hours, nights and all"
watch case open 1 --grade 一般 --lead 市人社局
is "$rc" 1 "opening it twice"
like "$err" 'S1 was decided by 甲 at 2026-09-28 11:30: 立项, YQ-2026-000001' "says who did what when"

# --- a crawled alert that lay too long: the clock does not wait for the person
rss "$tmp/a.xml" "某厂拖欠工资讨薪" https://a.example.gov.cn/1 g1 "工人讨薪。"
one_source "$home"
warc_answer "$home/spool/1.warc.gz" https://a.example.gov.cn/feed.xml a "" feed "$tmp/a.xml"
export HUIYING_NOW=2026-10-01T00:00:00Z
watch ingest -q
export HUIYING_NOW=2026-10-01T09:00:00Z
watch case open 2 --grade 一般 --lead 市人社局
is "$rc" 0 "open late"
[ -f "$home/evidence/YQ-2026-000002.warc.gz" ]
ok_if $? "the archived record is kept with the case"
watch show 2 --json
like "$out" '"discovered":"2026-10-01T09:00:00Z","clock_start":"2026-10-01T01:00:00Z"' "it starts when the triage limit passed"
watch show 2 --why
like "$out" 'rule response-other: 48 hours from 2026-10-01 09:00 \(end of the triage limit\)' "--why says so"
like "$out" 'basis: 国办发〔2016〕61号' "with the paper it comes from"

# --- grade: from the original start, nothing lost
export HUIYING_NOW=2026-10-02T09:00:00Z
watch case grade 2 重大
is "$rc" 2 "a new grade needs a reason"
watch case grade 2 重大 --reason "伤者增加"
is "$rc $out" "0 YQ-2026-000002 is now 重大" "grade"
watch show 2 --json
like "$out" '"clock":"response","state":"replaced","due":"2026-10-03T01:00:00Z"' "the old limit stays on record"
like "$out" '"clock":"response","state":"running","due":"2026-10-01T06:00:00Z","late":true' "the new one runs from the original start and is late"
like "$out" '"clock":"press","state":"running","due":"2026-10-02T01:00:00Z"' "a major case has a press conference"
like "$out" '"grades":\[\{"grade":"一般".*"grade":"重大","at":"2026-10-02T09:00:00Z","by":"甲","reason":"伤者增加"' "who, when, why"
watch case grade 2 重大 --reason again
is "$rc" 1 "the same grade again"

# --- two people, one case
watch show 1 --json
version=$(grep -o '"version":[0-9]*' <<<"$out" | head -1 | cut -d: -f2)
watch case assign 1 --lead 市住建局 --reason "属工程款" --seen "$version"
is "$rc $out" "0 YQ-2026-000001 assigned: lead 市住建局, 0 co-units" "assign with the version that was seen"
as 丙 watch case grade 1 较大 --reason x --seen "$version"
is "$rc" 1 "another who saw the old version"
like "$err" 'changed meanwhile: case.assigned/1 by 甲' "is told what happened"
watch show 1 --why
like "$out" '市人社局  2026-09-28 11:30 to 2026-10-02 17:00' "holding times are kept"

# --- return
watch case return 1 --unit 市人社局 --reason "不属我局"
is "$rc" 1 "who does not hold it cannot return it"
as 丁 unit case return 1 --unit 市住建局 --reason "不属我局"
is "$rc $out" "0 YQ-2026-000001 returned by 市住建局 (退回)" "return"

# --- merge and dismiss
new_row "又一处拖欠工资"
watch case merge 3 --into 1 --note 同一项目
is "$rc $out" "0 S3 joined YQ-2026-000001" "merge"
new_row "招聘广告 拖欠"
watch dismiss 4 --outcome 误报
is "$rc" 2 "误报 needs its kind"
like "$err" '误报 needs --reason: 广告 \(advert\), ' "and says which there are"
watch dismiss 4 --outcome 知悉
is "$rc" 2 "知悉 needs a note"
watch dismiss 4 --outcome 误报 --reason 广告
is "$rc $out" "0 S4: 误报, 广告" "dismiss"
watch show S3
like "$out" '^settled    合并 YQ-2026-000001  甲  2026-10-02 17:00  同一项目$' "show: why it was merged"
watch show S4
like "$out" '^settled    误报 广告  甲  2026-10-02 17:00$' "show: what kind of 误报"
watch show S4 --json
like "$out" '"decisions":\[\{"at":"[^"]*","by":"甲","outcome":"误报","reason":"广告"\}\]' "in JSON too"
watch take 4
like "$err" 'S4 was decided by 甲 at .*: 误报' "a decided row stays decided"
watch case finish 1
like "$err" 'has no accepted response' "finishing without an answer"

# --- twenty take one row at once: one has it
new_row "抢着受理的拖欠"
for i in $(seq 1 20); do
	"$huiying" --home "$home" take 5 --actor "人$i" --role watch >"$tmp/take.$i" 2>&1 &
	pids="${pids:-} $!"
done
wait $pids
is "$(cat "$tmp"/take.* | grep -c 'is taken by 人[0-9]*$')" 1 "twenty at once: one has it"

run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
run "$huiying" --home "$home" audit rebuild
is "$rc" 0 "and rebuilds"

# --- a real instance knows who sits there and believes nobody else
unset HUIYING_NOW
"$huiying" init "$tmp/real" -q 2>/dev/null
run "$huiying" --home "$tmp/real" register - --title "某事" --actor 甲 --role watch
is "$rc" 1 "a real instance refuses --actor"
run "$huiying" --home "$tmp/real" register - --title "某事"
is "$rc" 1 "and who has no role there"
run "$huiying" --home "$tmp/real" respond accept 1
is "$rc" 1 "least of all for accepting"
