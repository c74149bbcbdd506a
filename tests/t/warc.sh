# warc.sh - builds small WARC files in shell, as a fetcher of ours would write them.
# Source it after lib.sh.

warc_number=0

# warc_record FILE TYPE EXTRA-HEADERS CONTENT-TYPE BLOCK-FILE [ID]: appends one gzip member.
warc_record() {
	local file=$1 type=$2 extra=$3 ctype=$4 block=$5 id=${6:-}
	warc_number=$((warc_number + 1))
	[ -n "$id" ] || id=$(printf 'urn:uuid:00000000-0000-4000-8000-%012d' $warc_number)
	{
		printf 'WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\n' "$type" "$id"
		printf 'WARC-Date: %s\r\n%b' "$warc_date" "$extra"
		printf 'Content-Type: %s\r\nContent-Length: %d\r\n\r\n' "$ctype" "$(wc -c <"$block")"
		cat "$block"
		printf '\r\n\r\n'
	} | gzip -n >>"$file"
}

# warc_answer FILE URL SOURCE WANT KIND BODY-FILE [STATUS [CONTENT-TYPE]]: response and metadata.
# Empty SOURCE and WANT leave the metadata record out: a foreign file. $warc_more is put at the
# end of the metadata.
warc_date=2026-11-23T01:00:00Z
warc_answer() {
	local file=$1 url=$2 source=$3 want=$4 kind=$5 body=$6 status=${7:-200} ctype=${8:-text/xml}
	local id
	warc_number=$((warc_number + 1))
	id=$(printf 'urn:uuid:00000000-0000-4000-9000-%012d' $warc_number)
	{
		printf 'HTTP/1.1 %s X\r\nContent-Type: %s\r\n\r\n' "$status" "$ctype"
		cat "$body"
	} >"$tmp/.block"
	warc_record "$file" response "WARC-Target-URI: $url\r\n" \
		'application/http;msgtype=response' "$tmp/.block" "$id"
	[ -n "$source$want" ] || return 0
	{
		printf '{"v":1'
		[ -z "$source" ] || printf ',"source":"%s"' "$source"
		[ -z "$want" ] || printf ',"want":"%s"' "$want"
		printf ',"kind":"%s","hop":0,"ms":12%s}' "$kind" "${warc_more:-}"
	} >"$tmp/.block"
	warc_record "$file" metadata "WARC-Target-URI: $url\r\nWARC-Concurrent-To: <$id>\r\n" \
		application/json "$tmp/.block"
}

# warc_failure FILE URL SOURCE WANT KIND ERROR: a try that gave no answer.
warc_failure() {
	{
		printf '{"v":1'
		[ -z "$3" ] || printf ',"source":"%s"' "$3"
		[ -z "$4" ] || printf ',"want":"%s"' "$4"
		printf ',"kind":"%s","error":"%s","detail":"as the test says","hop":0,"ms":12}' "$5" "$6"
	} >"$tmp/.block"
	warc_record "$1" metadata "WARC-Target-URI: $2\r\n" application/json "$tmp/.block"
}

# rss FILE TITLE LINK GUID TEXT [TITLE LINK GUID TEXT]…: an RSS 2.0 feed.
rss() {
	local file=$1
	shift
	{
		printf '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>某报</title>\n'
		while [ $# -ge 4 ]; do
			printf '<item><title>%s</title><link>%s</link><guid>%s</guid><description>%s</description></item>\n' \
				"$1" "$2" "$3" "$4"
			shift 4
		done
		printf '</channel></rss>\n'
	} >"$file"
}

# small_rules HOME: one topic that needs no place, so that tests do not hang on the shipped rules.
small_rules() {
	cat >"$1/keywords.conf" <<-'RULES'
		[欠薪欠资]
		代码 = wage-arrears
		牵头 = 市人社局
		地域 = 不限
		阈值 = 3
		级别 = 一般3 较大6 重大10
		拖欠        3分
		讨薪        3分

		[安全生产]
		代码 = safety
		地域 = 不限
		阈值 = 3
		坍塌        9分
	RULES
}

# one_source HOME: sources.conf with the sources a and b.
one_source() {
	cat >"$1/sources.conf" <<-'SOURCES'
		[a]
		name = 某报
		kind = feed
		url = https://a.example.gov.cn/feed.xml
		local = yes

		[b]
		name = 某网
		kind = feed
		url = https://b.example.gov.cn/feed.xml
	SOURCES
}
