#!/bin/bash
# Stories: copies by their text, what brings a decided one back (▲) and why, splitting.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/warc.sh"
. "$(dirname "$0")/office.sh"
plan 60
office_init
one_source "$home"
sed -i 's/^# copies_an_hour = .*/copies_an_hour = 3/' "$home/huiying.conf"
export HUIYING_NOW=2026-11-23T02:00:00Z
n=0
# took TITLE TEXT [SOURCE [GUID]]: one item comes in; $out has what it brought.
took() {
	n=$((n + 1))
	rss "$tmp/f.xml" "$1" "https://${3:-a}.example.gov.cn/$n" "${4:-g$n}" "$2"
	warc_answer "$home/spool/$n.warc.gz" "https://${3:-a}.example.gov.cn/feed.xml" "${3:-a}" "" feed "$tmp/f.xml"
	watch ingest --json
}
row() { watch alerts --all --json; printf '%s\n' "$out" | grep "\"story\":$1,"; }
rebuilds() { run "$huiying" --home "$home" audit rebuild; is "$rc" 0 "$1"; }

body="家住某县的三十四名工人反映，他们在某安置房项目干了八个月，项目部以验收没有结束为由，一直拖欠最后三个月的工资，合计八十六万元。记者在现场看到，工地大门紧锁，门卫说负责人已经半个月没有露面。"
end="县人社局劳动监察大队表示，已向总包单位下达限期整改指令书，要求其在十五日内足额支付。"

# --- copies
took "某项目部拖欠农民工工资" "$body$end"
like "$out" '"items":1.*"alerts":1' "the first leads"
took "干了八个月，工钱还没到手" "据某报报道，$body$end 责任编辑：某某" b
like "$out" '"items":1.*"alerts":0' "another headline, a source line, an editor: no second alert"
like "$(row 1)" '"title":"某项目部拖欠农民工工资".*"copies":1,"again":0' "it is counted, and the first still leads"
took "工地大门为何紧锁" "记者在现场看到，工地大门紧锁，门卫说负责人已经半个月没有露面。$end" b
like "$out" '"alerts":0' "a part of it"
watch show I3 --json
like "$out" '"story":1' "that matches no rule belongs to the story all the same"
took "某县推进根治欠薪行动" "近日某县人社局联合住建交通水务等部门，对在建工程逐一检查实名制管理和工资专户落实情况，已检查二十七个项目，为工人追回被拖欠的工资二百万元。" b
like "$(row 2)" '"copies":0' "another matter of the same topic is its own story"
watch show I4 --json
like "$out" '"story":2' "whose item is not counted with the first"
took "天气转冷注意添衣" "今天夜间到明天白天多云，偏北风三级，最低气温五度，最高气温十二度，早晚温差较大，请市民朋友适时增减衣物，外出注意交通安全。" b
took "明天最高气温十二度" "今天夜间到明天白天多云，偏北风三级，最低气温五度，最高气温十二度，早晚温差较大，请市民朋友适时增减衣物，外出注意交通安全。" a
watch alerts --all --json
is "$(grep -c . <<<"$out")" 2 "what alerts on nothing makes no row"

# A copy that came before anybody knew that the story matters.
warc_date=2026-11-23T01:05:00Z
took "楼上掉东西砸车" "昨天傍晚某小区三号楼外墙瓷砖成片掉落，砸坏楼下停放的五辆小车，所幸没有砸到行人。物业说维修资金早已用完，业主委员会三年没有换届，没有人能签字。" a
took "外墙瓷砖掉落砸坏五辆车" "昨天傍晚某小区三号楼外墙瓷砖成片掉落，砸坏楼下停放的五辆小车，所幸没有砸到行人。物业说维修资金早已用完，业主委员会三年没有换届，没有人能签字。附近另有一处围墙坍塌。" b
watch show I7 --json
like "$out" '"story":3' "an earlier copy without an alert joins when the story begins"
rebuilds "the events say the same"

# --- the window
warc_date=2027-03-01T00:00:00Z
took "旧帖又被翻出" "$body$end" b
like "$(row 4)" '"copies":0' "the same text months later is a new story"
warc_date=2026-11-23T01:10:00Z

# --- back: a figure
fire="今天凌晨某市郊一处农贸市场商铺发生火灾，现场脚手架坍塌。消防救援支队调派六辆消防车赶赴现场，四时许明火被扑灭。"
took "农贸市场凌晨起火坍塌" "${fire}火灾造成2人死亡、5人受伤，伤者已送医救治，起火原因正在调查。"
like "$(row 5)" '"again":0' "a fire"
watch dismiss 5 --outcome 转报 --note 已报
took "农贸市场火情通报" "${fire}火灾造成2人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" b
like "$(row 5)" '"state":"decided".*"copies":1,"again":0' "a copy that says the same does not bring it back"
export HUIYING_NOW=2026-11-23T03:00:00Z
took "农贸市场火灾死亡人数上升" "${fire}火灾造成3人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" b
like "$(row 5)" '"state":"open".*"again":1,"changed":\[\{"what":"dead","before":"2","after":"3"\}\].*"review_due":"2026-11-23T07:00:00Z"' "one more killed does, with its own limit"
watch alerts
like "$out" 'S5 .*▲killed 2→3' "the queue says why"
watch show S5
like "$out" '^▲ came back 2026-11-23 11:00 by I12: killed 2→3' "show says when, by what and why"
watch show S5 --json
like "$out" '"again":1,"returned":\[\{"at":"2026-11-23T03:00:00Z","item":12,"changes":\[\{"what":"dead"' "so does JSON"
watch dismiss 5 --outcome 转报 --note 续报
took "农贸市场火情最新通报" "${fire}火灾造成3人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" a
like "$(row 5)" '"state":"decided".*"again":1' "the same figure again does not"

# --- back: a town, by a revision; the item's own earlier words count as known
warc_date=2026-11-23T01:20:00Z
took "农贸市场凌晨起火坍塌" "${fire}火灾造成2人死亡、5人受伤，起火市场在龙场镇，伤者已送医救治。" a g10
watch show S5 --json
like "$out" '"item":10,"changes":\[\{"what":"town","after":"龙场镇"\}\]' "a revision that names a town brings it back"
watch dismiss 5 --outcome 转报 --note 再报
warc_date=2026-11-23T01:21:00Z
took "农贸市场凌晨起火坍塌" "${fire}火灾造成2人死亡、5人受伤，起火市场在龙场镇，伤者已送医。" a g10
like "$(row 5)" '"state":"decided".*"again":2' "the next revision with the same town does not"

# --- back: topic and grade
warc_date=2026-11-23T01:22:00Z
took "农贸市场凌晨起火坍塌" "${fire}火灾造成2人死亡、5人受伤，起火市场在龙场镇。商户反映被拖欠赔偿。" a g10
like "$(row 5)" '"again":3,"changed":\[\{"what":"topic","after":"欠薪欠资"\}\]' "a new topic"
watch dismiss 5 --outcome 知悉 --note 已并案处理
warc_date=2026-11-23T01:23:00Z
took "农贸市场凌晨起火坍塌" "${fire}火灾造成2人死亡、5人受伤，起火市场在龙场镇。商户反映被拖欠赔偿，工人到现场讨薪。" a g10
like "$(row 5)" '"again":4,"changed":\[\{"what":"grade","topic":"欠薪欠资","before":"一般","after":"较大"\}\]' "a higher grade"
rebuilds "all of it replays"

# --- back: copies in an hour
watch dismiss 5 --outcome 知悉 --note 已处理
warc_date=2026-11-23T05:00:00Z
for i in 1 2 3; do took "转载之$i：凌晨起火" "${fire}火灾造成2人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" b; done
like "$(row 5)" '"state":"decided"' "three copies in an hour are not more than three"
took "转载之四：凌晨起火" "${fire}火灾造成2人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" b
like "$(row 5)" '"state":"open".*"again":5,"changed":\[\{"what":"copies","after":"4"\}\]' "the fourth brings it back"
watch dismiss 5 --outcome 知悉 --note 已处理
took "转载之五：凌晨起火" "${fire}火灾造成2人死亡、5人受伤，伤者已送医救治，起火原因正在调查。" b
like "$(row 5)" '"state":"decided".*"again":5' "the same wave is told once"

# --- a case
watch case open 1 --grade 一般 --lead 市人社局
is "$rc" 0 "a case is opened"
took "讨薪工人增至四十人" "$body$end 工人到现场讨薪，另有2人受伤。" b
like "$(row 1)" '"state":"open".*"case":"YQ-2026-000001".*"changed":\[\{"what":"hurt","before":"0","after":"2"\},\{"what":"grade"' "a story of a case comes back with all that changed"
watch alerts
like "$out" 'S1 .*▲hurt 0→2, grade .* YQ-2026-000001' "beside its case"
watch case open 1 --grade 一般 --lead 市人社局
is "$rc" 1 "no second case is opened for it"
like "$err" 'S1 came back but belongs to YQ-2026-000001; merge it there' "it says what to do"
watch dismiss 1 --outcome 误报 --reason 规则
is "$rc" 1 "nor is it dismissed"
watch case merge 1 --into 1 --note 已并入
is "$rc" 0 "it is merged into its own case"

# --- split
watch story split I2
is "$rc" 2 "splitting needs a reason"
as 丁 unit story split I2 --reason "不是一件事"
is "$rc" 1 "and a role"
watch show S1
like "$out" $'items:\n  I1 .*' "the first is no copy of itself"
watch story split I1 --reason "不是一件事"
is "$rc" 1 "the leading item"
like "$err" 'I1 leads S1: take out the copies' "is not taken out"
watch story split I5 --reason x
like "$err" 'I5 belongs to no story' "an item without a story"
watch story split S1 --reason x
is "$rc" 2 "a story is no item"
before=$(row 1 | grep -o '"copies":[0-9]*')
watch story split I2 --reason "另一个县的项目"
like "$rc $out" '^0 I2 left S1 and is S6 now$' "a copy becomes its own story"
like "$(row 6)" '"state":"open".*"topics":"欠薪欠资".*"copies":0' "with its alert, open"
like "$(row 1)" '"state":"decided".*"case":"YQ-2026-000001"' "decision and case of the old one stand"
is "$before $(row 1 | grep -o '"copies":[0-9]*')" '"copies":3 "copies":2' "which counts one less"
watch story split I3 --reason "另一个县的项目" --json
is "$out" '{"id":"I3","item":3,"from":1,"alerts":0}' "one that alerts on nothing is no story"
watch show S1
like "$out" '^I2 was taken out by 甲 2026-11-23 11:00: 另一个县的项目$' "show tells who took it out and why"
watch show S1 --json
like "$out" '"split":\[\{"item":2,"story":6,"at":"2026-11-23T03:00:00Z","by":"甲","reason":"另一个县的项目"\}' "so does JSON"
rebuilds "splits replay"

# The graver copy had raised the grade; without it the alert weighs what is left.
like "$(row 1)" '"grade":"较大"' "the grade came from a copy"
graver=$(watch show S1; grep -o '^  I[0-9]*  b .*增至四十人' <<<"$out" | grep -o 'I[0-9]*')
watch story split "$graver" --reason "另一处工地" --json
like "$out" '"story":7,"alerts":1' "that copy leaves"
like "$(row 1)" '"grade":"一般"' "and takes its weight along"
rebuilds "restored alerts replay"

# Not again, neither by its text nor by its title.
warc_date=2026-11-23T06:00:00Z
took "某项目部拖欠农民工工资" "$body$end 又及。" b g3
watch show I3 --json
unlike "$out" '"story":1[,}]' "a split item does not come back by a revision"
took "某项目部拖欠农民工工资" "$body$end" b
watch show I3 --json
unlike "$out" '"story":1[,}]' "nor when another copy joins"

# An alert that only the item gave reason for follows it; what others share stays.
warc_date=2026-11-23T07:00:00Z
took "某厂区围墙外的积水" "厂区围墙外的辅道长期积水，附近居民绕行半年，多次反映没有结果。居民说排水管被施工单位堵死，工人被拖欠工资后撤场，现场无人管理，夜里没有照明。" a
first=$(row 8 | grep -c '"topics":"欠薪欠资"')
took "围墙外积水半年无人管" "厂区围墙外的辅道长期积水，附近居民绕行半年，多次反映没有结果。居民说排水管被施工单位堵死，工人被拖欠工资后撤场，现场无人管理，夜里没有照明。围墙已有坍塌。" b
like "$first $(row 8)" '^1 .*"topics":"欠薪欠资、安全生产".*"copies":1' "a copy brought a second topic"
copy=$(watch show S8; grep -o '^  I[0-9]*  b' <<<"$out" | grep -o 'I[0-9]*')
alert=$(row 8 | grep -o '"id":[0-9]*,"topic":"安全生产"' | grep -o '[0-9]*' | head -1)
watch story split "$copy" --reason "另一处围墙" --json
like "$out" '"from":8,"story":9,"alerts":2' "it leaves with two alerts"
like "$(row 9)" "\"topics\":\"安全生产、欠薪欠资\".*\"id\":$alert,\"topic\":\"安全生产\"" "the one that was its own, and one anew"
like "$(row 8)" '"topics":"欠薪欠资","grade":"一般","score":3,"copies":0' "the old story has neither topic, score nor copy of it"
rebuilds "moved alerts replay"
run "$huiying" --home "$home" audit verify
is "$rc" 0 "the chain verifies"
