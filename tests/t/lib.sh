# lib.sh - what every end-to-end test uses: TAP lines, a temporary directory, the programs.
# Source it:  . "$(dirname "$0")/lib.sh"; plan N
# Tests run from anywhere; $BUILD is the build directory (default: build beside tests/).

set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-$top/build}
huiying=$BUILD/huiying
fetch=$BUILD/huiying-fetch
tmp=$(mktemp -d "${TMPDIR:-/tmp}/huiying-test.XXXXXX")
# Messages are compared in English whatever the tester's language is.
export LANGUAGE=en TZ=UTC
unset HUIYING_HOME XDG_CONFIG_HOME XDG_DATA_HOME
export HOME=$tmp/no-home
tests_run=0
tests_failed=0
cleanup_pids=""

cleanup() {
	for pid in $cleanup_pids; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	chmod -R u+rwX "$tmp" 2>/dev/null
	rm -rf "$tmp"
}
trap cleanup EXIT

plan() { echo "1..$1"; }

# ok_if STATUS NAME: passes when STATUS is 0.
ok_if() {
	tests_run=$((tests_run + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests_run - $2"
	else
		tests_failed=$((tests_failed + 1))
		echo "not ok $tests_run - $2"
	fi
}

# is GOT WANT NAME
is() {
	[ "$1" = "$2" ]
	local rc=$?
	ok_if $rc "$3"
	[ $rc -eq 0 ] || printf '# got:  %s\n# want: %s\n' "${1//$'\n'/$'\n#       '}" "${2//$'\n'/$'\n#       '}"
}

# like TEXT ERE NAME
like() {
	printf '%s' "$1" | grep -qE -- "$2"
	local rc=$?
	ok_if $rc "$3"
	[ $rc -eq 0 ] || printf '# text: %s\n# does not match: %s\n' "${1//$'\n'/$'\n#       '}" "$2"
}

# unlike TEXT ERE NAME
unlike() {
	! printf '%s' "$1" | grep -qE -- "$2"
	local rc=$?
	ok_if $rc "$3"
	[ $rc -eq 0 ] || printf '# text: %s\n# matches: %s\n' "${1//$'\n'/$'\n#       '}" "$2"
}

# run CMD…: sets $out, $err and $rc.
run() {
	"$@" >"$tmp/.out" 2>"$tmp/.err" </dev/null
	rc=$?
	out=$(tr -d '\0' <"$tmp/.out")
	err=$(tr -d '\0' <"$tmp/.err")
}

# skip_all REASON: only for what this system truly cannot do.
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# start_server ARGS…: the loopback test server; sets $port and $server_pid.
start_server() {
	mkfifo "$tmp/server.in"
	"$BUILD/testserver" "$@" <"$tmp/server.in" >"$tmp/server.out" 2>"$tmp/server.err" &
	server_pid=$!
	cleanup_pids="$cleanup_pids $server_pid"
	exec 9>"$tmp/server.in"
	port=""
	while [ -z "$port" ]; do
		kill -0 "$server_pid" 2>/dev/null || { echo "Bail out! test server died: $(cat "$tmp/server.err")"; exit 1; }
		port=$(sed -n 's/^PORT \([0-9]*\)$/\1/p' "$tmp/server.out" 2>/dev/null)
		[ -n "$port" ] || read -r -t 0.05 <> <(:) || :
	done
}

# get PATH: the body of a GET from the test server, without any HTTP client installed.
get() {
	local line
	exec 7<>"/dev/tcp/127.0.0.1/$port" || return 1
	printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&7
	while IFS= read -r line <&7; do
		[ "$line" = $'\r' ] && break
	done
	cat <&7
	exec 7>&-
}
