# office.sh - a demonstration instance with its own channels, for tests of the acts.
# Source it after lib.sh and warc.sh.

home=$tmp/home
# as NAME ROLE VERB…: runs a command in somebody's name; sets $out, $err and $rc.
as() {
	local who=$1 role=$2
	shift 2
	run "$huiying" --home "$home" "$@" --actor "$who" --role "$role"
}
watch() { as 甲 watch "$@"; }
super() { as 乙 supervisor "$@"; }

office_init() {
	"$huiying" init "$home" --demo -q 2>/dev/null
	small_rules "$home"
	cat >"$home/channels.conf" <<-'CHANNELS'
		[市政府网站]
		class = 政府网站
		host = www.example.gov.cn
		unit = 市政府办公室

		[政务微博]
		class = 政务新媒体
		account = https://social.example.com/u/100
		capture = manual

		[某报]
		class = 新闻媒体
		host = news.example.com

		[某网]
		class = 商业网站
		host = portal.example.com
	CHANNELS
}

# new_row TITLE [TEXT]: registers a matter.
new_row() { watch register - --title "$1" --text "${2:-工人到现场讨薪，拖欠三个月。}"; }
# new_case TITLE [GRADE]: registers and opens; the row's number must be known by order.
new_case() {
	local row
	new_row "$1"
	row=${out%% *}
	watch case open "$row" --grade "${2:-一般}" --lead 市人社局
	case_id=${out%% *}
}
# new_answer CASE TEXT [FLAGS…]: entered by 甲.
new_answer() {
	local of=$1 text=$2
	shift 2
	watch respond "$of" --unit 市人社局 --url https://www.example.gov.cn/a.html --text "$text" "$@"
	answer_id=${out%% *}
}
# extended ID FLAGS…: 乙 proposes a later date, 丁 approves it.
extended() { super commitment extend "$@" -q && as 丁 supervisor commitment extend "$1" --confirm; }
# given_up ID FLAGS…: the same for 无法兑现.
given_up() { super commitment cannot "$@" -q && as 丁 supervisor commitment cannot "$1" --confirm; }
measure="市人社局核查发现拖欠工资86万元，涉及工人34名，已责令项目部整改。市人社局将于9月30日前督促全部发放到位。"
# captured WANT-URL [STATUS]: the fetcher's answer for a queued page, ingested.
captured() {
	local want
	want=$(grep -F "\"$1\"" "$home/spool/wanted.jsonl" | grep -o '"id":"*[0-9]*' | grep -o '[0-9]*$' | tail -1)
	echo "<html><body>已全部发放到位</body></html>" >"$tmp/page.html"
	warc_answer "$home/spool/2026-$want.warc.gz" "$1" "" "$want" evidence "$tmp/page.html" "${2:-200}" text/html
	watch ingest -q
}
