#!/bin/sh
# deps.sh PACKAGE…: installs those Debian packages that are missing, as root or with
# sudo that asks no password; else prints the line to type and exits 2.
set -eu
if ! command -v dpkg-query >/dev/null 2>&1; then
	for lib in libcurl libxml-2.0 libpcre2-8 sqlite3 zlib libdeflate jansson nettle libsodium libutf8proc libzip; do
		pkg-config --exists "$lib" || { echo "missing: $lib (pkg-config does not know it)" >&2; exit 2; }
	done
	exit 0
fi
missing=""
for p in "$@"; do
	state=$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || echo none)
	[ "$state" = installed ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then
	as_root=""
elif sudo -n sh -c : 2>/dev/null; then
	as_root="sudo -n"
else
	echo "These packages are missing; as root, type:" >&2
	echo "  apt-get install$missing" >&2
	exit 2
fi
echo "installing:$missing" >&2
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends $missing >&2
