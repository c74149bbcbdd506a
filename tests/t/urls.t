#!/bin/bash
# "huiying urls": a URL a line in, its canonical form or "-" out; as many lines out as in.
. "$(dirname "$0")/lib.sh"
plan 12
export LC_ALL=C.UTF-8

urls() { printf "$1" | "$huiying" urls "${@:2}"; }

is "$(urls 'HTTP://Example.GOV.cn:80/%%7ea/../b?#c\n')" "http://example.gov.cn/b" "canonical form"
is "$(urls 'http://a\r\nhttp://b\r\n')" $'http://a/\nhttp://b/' "CRLF"
is "$(urls 'http://a\nhttp://b')" $'http://a/\nhttp://b/' "a last line without end"
is "$(urls 'http://a\n\nx\nhttp://u@b/\nhttp://c d/\nhttp://b\n')" \
	$'http://a/\n-\n-\n-\n-\nhttp://b/' "a line for every line"
is "$(urls 'http://a/\0b\nhttp://b\n')" $'-\nhttp://b/' "a NUL byte"
is "$(urls '../x\n//c/d\n?q=1\n' --base 'http://Example.gov.cn/a/b/c')" \
	$'http://example.gov.cn/a/x\nhttp://c/d\nhttp://example.gov.cn/a/b/c?q=1' "--base"
is "$(urls 'http://中国/路?问=答\n')" "http://xn--fiqs8s/%E8%B7%AF?%E9%97%AE=%E7%AD%94" "beyond ASCII"
is "$(: | "$huiying" urls | wc -c)" 0 "nothing in, nothing out"
run "$huiying" urls --base 'ftp://a'
is "$rc" 2 "a base that is no URL of ours"
long=$(head -c 8183 /dev/zero | tr '\0' x)
is "$(printf 'http://a/%s\nhttp://a/%sx\nhttp://b\n' "$long" "$long" | "$huiying" urls | cut -c1-12)" \
	$'http://a/xxx\n-\nhttp://b/' "8192 bytes are a URL, one more is none"
{
	head -c 30000000 /dev/zero | tr '\0' x
	printf '\nhttp://b\n'
} | "$huiying" urls >"$tmp/huge"
is "$(cat "$tmp/huge")" $'-\nhttp://b/' "a line of 30 MB"
printf 'http://a\n' | "$huiying" urls >/dev/full 2>"$tmp/full"
is "$?" 3 "a full disk is a failure"
