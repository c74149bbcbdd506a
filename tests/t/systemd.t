#!/bin/bash
# The units: they load, are locked up as far as promised, report their failures, and their timers
# lose no run. No running systemd is needed.
. "$(dirname "$0")/lib.sh"
command -v systemd-analyze >/dev/null || skip_all "systemd-analyze is not installed"
export LC_ALL=C.UTF-8
cd "$top/systemd" || exit 1
services=$(ls *.service) timers=$(ls *.timer)
# 5 a service, 5 a timer, and the ones at the end.
plan $((5 * $(echo "$services" | wc -l) + 5 * $(echo "$timers" | wc -l) + 10))

# A root with nothing but our units, the programs they start and the targets they name.
root=$tmp/root
units=$root/usr/lib/systemd/system
mkdir -p "$units" "$root/usr/bin" "$root/etc"
cp ./*.service ./*.timer ./*.path "$units"
for program in huiying huiying-fetch huiying-send echo; do
	printf '#!/bin/sh\n' >"$root/usr/bin/$program"
	chmod 755 "$root/usr/bin/$program"
done
for target in sysinit basic shutdown timers network-online time-set time-sync; do
	printf '[Unit]\nDescription=%s\n' $target >"$units/$target.target"
done

# values FILE KEY: the values of one key, a line each
values() { sed -n "s/^$2=//p" "$1"; }

# Tenths: 1.1 with the network, 0.2 without.
for s in $services; do
	instance=${s/@./@huiying-tick.service.}
	out=$(systemd-analyze verify --man=no --root="$root" "$instance" 2>&1)
	is "$?:$out" "0:" "$s loads without a word"

	most=2
	[ -n "$(values "$s" RestrictAddressFamilies | grep INET)" ] && most=11
	systemd-analyze security --offline=true --threshold=$most "./$s" >"$tmp/score" 2>&1
	rc=$?
	ok_if $rc "$s is exposed $most tenths at most"
	[ $rc -eq 0 ] || grep -v '✓' "$tmp/score" | sed 's/^/# /'

	case $s in
	huiying-failure@.service) is "$(values "$s" OnFailure)" "" "$s does not start itself" ;;
	*) is "$(values "$s" OnFailure)" "huiying-failure@%n.service" "$s reports its failure" ;;
	esac
	is "$(values "$s" ExecStart | grep -cE '^/usr/bin/[a-z-]+( |$)')" 1 "$s starts one program, by its path"
	like "$(values "$s" TimeoutStartSec)" '^[0-9]+(s|min|h)$' "$s has a limit of time"
done

for t in $timers; do
	is "$(systemd-analyze verify --man=no --root="$root" "$t" 2>&1)" "" "$t loads without a word"
	is "$(values "$t" OnCalendar | grep -vc ' UTC$')" 0 "$t keeps UTC"
	systemd-analyze calendar "$(values "$t" OnCalendar)" >"$tmp/calendar" 2>&1
	ok_if $? "$t has a calendar that can be read"
	is "$(values "$t" Persistent):$(values "$t" RandomizedDelaySec | grep -c '[1-9]')" "true:1" \
		"$t makes up for a missed run, and not at the same moment everywhere"
	is "$(values "$t" OnFailure):$(test -e "$(values "$t" Unit)"; echo $?)" \
		"huiying-failure@%n.service:0" "$t reports its failure and starts a unit there is"
done

network=$(grep -l '^RestrictAddressFamilies=.*INET' ./*.service | sort | tr '\n' ' ')
is "$network" "./huiying-fetch-wanted.service ./huiying-fetch.service ./huiying-send.service " \
	"only fetching and sending reach the net"
is "$(grep -h '^ExecStart=' ${network} | sed 's/ .*//' | sort -u)" "ExecStart=/usr/bin/huiying-fetch
ExecStart=/usr/bin/huiying-send" \
	"and only huiying-fetch and huiying-send are started there"
is "$(systemd-analyze verify --man=no --root="$root" huiying-send.path 2>&1)" "" "huiying-send.path loads without a word"
like "$(values huiying-send.service InaccessiblePaths)" ledger.db "who sends cannot open the ledger"
is "$(grep -L '^PrivateNetwork=yes' ./*.service | sort | tr '\n' ' ')" "$network" "the others have no network at all"
is "$(values huiying-fetch.service OnSuccess) $(values huiying-ingest.service OnSuccess) $(values huiying-fetch-wanted.service OnSuccess)" \
	"huiying-ingest.service huiying-fetch-wanted.service huiying-ingest.service" "the chain is linked"
is "$(values huiying-fetch-wanted.service ConditionFileNotEmpty)" /var/lib/huiying/spool/wanted.jsonl \
	"and ends when nothing is wanted"
is "$(grep -L '^UMask=0007' $(grep -l '^User=huiying' ./*.service) | wc -l)" 0 "the group can work on what services write"

mkdir -p "$root/usr/lib/sysusers.d" "$root/usr/lib/tmpfiles.d"
cp sysusers.d/huiying.conf "$root/usr/lib/sysusers.d/"
cp tmpfiles.d/huiying.conf "$root/usr/lib/tmpfiles.d/"
if [ "$(id -u)" -eq 0 ]; then
	systemd-sysusers --root="$root" >"$tmp/sysusers" 2>&1
	is "$?:$(cut -d: -f1 "$root/etc/passwd" "$root/etc/group" | sort -u | tr '\n' ' ')" "0:huiying " "user and group are made"
	systemd-tmpfiles --root="$root" --create >"$tmp/tmpfiles" 2>&1
	is "$?:$(stat -c %a "$root/var/lib/huiying" "$root/var/backups/huiying" | tr '\n' ' ')" "0:2770 2750 " "directories are made for the group"
else
	# Making users and giving directories away is root's; the lines themselves are read.
	is "$(systemd-sysusers --root="$root" --dry-run 2>&1 | grep -ciE 'syntax|unknown|invalid|ignoring')" 0 "sysusers.d can be read"
	is "$(grep -cE '^d /var/(lib|backups)/huiying +27[57]0 huiying huiying ' tmpfiles.d/huiying.conf)" 2 "directories for the group"
fi
