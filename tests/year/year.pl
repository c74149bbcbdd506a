#!/usr/bin/perl
# year.pl - plays a year of an office through the commands, and keeps its own books of it.
#
#	year.pl --huiying PROGRAM --home DIR --rows N --seed S [--all 1] > expected.tsv
#
# DIR is a fresh demonstration. Acts are drawn from the seed and carried out in the order of
# their times. What each act did is written down here as it was acknowledged, never read from
# the ledger; at the end the figures that the office should report are worked out from these
# notes with arithmetic of our own and printed, "PERIOD TABLE ROW FIGURE VALUE" in tabs.
# Nothing here is shared with the program: neither code nor rules nor calendar.
use strict;
use warnings;
use utf8;
use IO::Compress::Gzip qw(gzip);
use Time::Local qw(timegm);
binmode STDOUT, ':utf8';
binmode STDERR, ':utf8';

my %opt = (rows => 30, seed => 1, all => 0);
while (@ARGV) {
	my $key = shift @ARGV;
	$key =~ s/^--// or die "year.pl: $key?\n";
	$opt{$key} = shift @ARGV;
}
my ($program, $home) = @opt{qw(huiying home)};

# --- time: the office's clock is eight hours ahead of UTC, all the year ---
sub at { my ($y, $m, $d, $h, $min) = @_; return timegm(0, $min // 0, $h // 0, $d, $m - 1, $y) - 28800 }
sub date_of { my @t = gmtime($_[0] + 28800); return sprintf '%04d-%02d-%02d', $t[5] + 1900, $t[4] + 1, $t[3] }
sub minute_of { my @t = gmtime($_[0] + 28800); return sprintf '%s %02d:%02d:%02d', date_of($_[0]), @t[2, 1, 0] }
sub utc { my @t = gmtime($_[0]); return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $t[5] + 1900, $t[4] + 1, @t[3, 2, 1, 0] }
sub end_of { my ($y, $m, $d) = split /-/, $_[0]; return at($y, $m, $d) + 86399 }
use constant {MIN => 60, HOUR => 3600, DAY => 86400};

# --- chance: our own, so that a seed means the same year everywhere ---
my $state = $opt{seed} * 2654435761 % 2147483647 || 1;
sub rnd { $state = $state * 48271 % 2147483647; return $state / 2147483647 }
sub within { my ($a, $b) = @_; return $a + int(rnd() * ($b - $a)) }
sub chance { return rnd() * 100 < $_[0] }
sub pick { return $_[int rnd() * @_] }

# --- acts ---
my ($now, $acts, $refusals) = (at(2026, 1, 1), 0, 0);
my %roles = ('甲' => 'watch', '乙' => 'supervisor', '丙' => 'unit', '丁' => 'supervisor');
sub act {    # who, words…: exit code and first line of what was printed
	my ($who, @words) = @_;
	my @command = ($program, '--home', $home, @words, '--actor', $who, '--role', $roles{$who});
	$ENV{HUIYING_NOW} = utc($now);
	utf8::encode($_) for @command;
	open my $in, '-|', @command or die "year.pl: cannot start $program: $!\n";
	binmode $in, ':utf8';
	my @lines = <$in>;
	close $in;
	my $rc = $? >> 8;
	$acts++;
	chomp @lines;
	die "year.pl: at ", utc($now), ": @words: exit $rc\n" if $rc > 1;
	return ($rc, $lines[0] // '');
}
sub must {    # an act that the rules allow; the first word of the answer
	my ($rc, $line) = act(@_);
	die "year.pl: at ", utc($now), ": @_: refused\n" if $rc;
	return (split / /, $line)[0] // '';
}
# Verbs that this program has; a year that lacks some is told.
my %verbs = map { /^  (\S+(?: [a-z]+)?)  / ? ($1 => 1) : () } do {
	open my $in, '-|', $program, 'help' or die;
	binmode $in, ':utf8';
	my @all = <$in>;
	close $in;
	@all;
};
# A program that lacks one of these plays a smaller year, which is told; with --all it is refused.
my @missing = grep { !$verbs{$_} } ('case return', 'case lookback', 'redact', 'story reopen', 'unit transfer');
print STDERR "year.pl: without $_\n" for @missing;
die "year.pl: verbs are missing\n" if @missing && $opt{all};

# --- what is to happen, in the order of its time ---
my (@agenda, $turn);
sub later {    # time, what to do: kept sorted
	my ($t, $do) = @_;
	my ($lo, $hi) = (0, scalar @agenda);
	while ($lo < $hi) {
		my $mid = int(($lo + $hi) / 2);
		if ($agenda[$mid][0] <= $t) { $lo = $mid + 1 } else { $hi = $mid }
	}
	splice @agenda, $lo, 0, [$t, $do];
}

# --- the books ---
my (@rows, @cases, @promises, @orders);
my @units = qw(市人社局 市住建局 市交通运输局 市水务局 市教育科技局 市商务局);
my @places = ('', '鸭塘街道', '三棵树镇', '大风洞镇', '龙场镇');
my %renamed;    # old name → new one, since the reform
sub today { my ($unit) = @_; return $renamed{$unit} // $unit }
sub other { my ($not) = @_; my $u; do { $u = pick(@units) } until today($u) ne $not; return today($u) }
sub lead { my ($c) = @_; for (@{$c->{holders}}) { return $_->{unit} if $_->{lead} && !defined $_->{until} } return '' }
sub enter { my ($c, $state) = @_; push @{$c->{states}}, [$now, $state] }
sub is { my ($c, $state) = @_; return $c->{states}[-1][1] eq $state }
sub hold { my ($c, $unit, $is_lead) = @_; push @{$c->{holders}}, {unit => $unit, lead => $is_lead, since => $now} }
# Days worked in this year: the notice of the State Council, and two days of the prefecture.
my %off = map { $_ => 1 } (map({ sprintf '01-%02d', $_ } 1 .. 3), map({ sprintf '02-%02d', $_ } 15 .. 23),
	map({ sprintf '04-%02d', $_ } 4 .. 6), map({ sprintf '05-%02d', $_ } 1 .. 5), map({ sprintf '06-%02d', $_ } 19 .. 21),
	map({ sprintf '09-%02d', $_ } 25 .. 27), map({ sprintf '10-%02d', $_ } 1 .. 7), '07-23', '07-24');
my %made_up = map { $_ => 1 } qw(01-04 02-14 02-28 05-09 09-20 10-10);
sub is_worked {
	my ($t) = @_;
	my $day = substr date_of($t), 5;
	my $weekday = (gmtime($t + 28800))[6];
	return $made_up{$day} || !$off{$day} && $weekday != 0 && $weekday != 6;
}
sub worked_days {    # the end of the N-th day worked after the day of t
	my ($t, $n) = @_;
	while ($n) { $t += DAY; $n-- if is_worked($t) }
	return end_of(date_of($t));
}
sub number { my ($n) = @_; my @d = qw(零 一 二 三 四 五 六 七 八 九); return join '', map { $d[$_] } split //, $n }

# --- rows of the queue ---
my $matters = 0;
sub register {
	my $n = ++$matters;
	my ($topic, $word) = @{pick(['欠薪欠资', '拖欠'], ['欠薪欠资', '讨薪'], ['安全生产', '坍塌'], ['欠薪欠资、安全生产', '拖欠 坍塌'])};
	my $row = must('甲', 'register', '-', '--title', "第${n}号事项：$word" . number(within(1000, 9999)),
		'--text', '编号' . number(within(100000, 999999)) . "，${word}，涉及" . number($n) . '处');
	$row =~ /^S\d+$/ or die "year.pl: no row: $row\n";
	my $r = {id => $row, moves => [[$now, 'raised']], topic => $topic, at => $now};
	push @rows, $r;
	return if chance(2);    # nobody looks at it
	later($now + within(5 * MIN, 180 * MIN), sub { decide($r) });
}
sub decide {
	my ($r) = @_;
	my $open = [grep { is($_, 'open') } @cases];
	if (chance(6)) {
		must('甲', 'dismiss', $r->{id}, '--outcome', '误报', '--reason', '广告', '-q');
		push @{$r->{moves}}, [$now, 'false_alarm'];
		later($now + within(1, 20) * DAY, sub { again($r) }) if $verbs{'story reopen'} && chance(30);
	} elsif (chance(4)) {
		must('甲', 'dismiss', $r->{id}, '--outcome', '知悉', '--note', '已有说明', '-q');
		push @{$r->{moves}}, [$now, 'noted'];
	} elsif (chance(3)) {
		must('甲', 'dismiss', $r->{id}, '--outcome', '转报', '--to', '上级部门', '-q');
		push @{$r->{moves}}, [$now, 'passed_on'];
	} elsif (chance(3)) {
		must('甲', 'dismiss', $r->{id}, '--outcome', '线索移交', '--to', '市公安局', '-q');
		push @{$r->{moves}}, [$now, 'lead_handed'];
	} elsif (chance(5) && @$open) {
		must('甲', 'case', 'merge', $r->{id}, '--into', pick(@$open)->{id}, '-q');
		push @{$r->{moves}}, [$now, 'merged'];
	} else {
		open_case($r);
	}
}
sub again {
	my ($r) = @_;
	must('甲', 'story', 'reopen', $r->{id}, '--reason', '判断有误', '-q');
	push @{$r->{moves}}, [$now, 'reopened'];
	later($now + within(5 * MIN, 60 * MIN), sub { open_case($r) });
}

# --- cases ---
sub open_case {
	my ($r) = @_;
	my $x = rnd();
	my $grade = $x < 0.68 ? '一般' : $x < 0.88 ? '较大' : $x < 0.97 ? '重大' : '特别重大';
	my $c = {row => $r, start => $r->{at}, found => $r->{at}, grade => $grade, topic => $r->{topic},
		place => pick(@places), opened => $now, holders => [], answers => [], states => [], tries => 0};
	my $lead = today(pick(@units));
	my @co = chance(25) ? other($lead) : ();
	my @more = (map({ ('--co', $_) } @co), $c->{place} ? ('--place', $c->{place}) : ());
	$c->{id} = must('甲', 'case', 'open', $r->{id}, '--grade', $grade, '--lead', $lead, @more);
	$c->{id} =~ /^YQ-/ or die "year.pl: no case: $c->{id}\n";
	push @{$r->{moves}}, [$now, 'case'];
	hold($c, $lead, 1);
	hold($c, $_, 0) for @co;
	enter($c, 'open');
	push @cases, $c;
	my $major = $grade =~ /重大/;
	my $hours = chance(78) ? ($major ? within(1, 4) : within(1, 44)) : within(6, 140);
	later($now + $hours * HOUR + within(0, HOUR), sub { answer($c) }) unless chance(3);
	later($now + within(HOUR, 40 * HOUR), sub { raise($c) }) if !$major && chance(20);
	later($now + within(HOUR, 5 * HOUR), sub { give_back($c) }) if chance(12);
	later($now + within(DAY, 20 * DAY), sub { press($c) }) if chance(35);
}

# --- orders of supervision: all by hand here, the ladder has tests of its own ---
sub press {
	my ($c) = @_;
	my $unit = lead($c);
	return if !is($c, 'open') || !$unit;
	my ($level, $days) = (pick(qw(提醒 蓝 黄 红)), within(1, 6));
	my $id = must('乙', 'case', 'order', $c->{id}, '--unit', $unit, '--level', $level, '--days', $days, '--reason', '媒体追问');
	$id =~ /^DB-/ or die "year.pl: no order: $id\n";
	my $o = {id => $id, level => $level, unit => $unit, issued => $now, due => worked_days($now, $days), result => ''};
	push @orders, $o;
	later($now + within(HOUR, 9 * DAY), sub { explain($o) }) if chance(80);
	later($now + within(2 * HOUR, 12 * DAY), sub { end_order($o) });
}
sub explain {
	my ($o) = @_;
	return if defined $o->{ended} || defined $o->{answered};
	must('丙', 'order', 'answer', $o->{id}, '--text', '已责令整改', '--for', $o->{unit});
	$o->{answered} = $now;
}
sub end_order {
	my ($o) = @_;
	if (chance(12) && !defined $o->{answered}) {
		must('乙', 'order', 'withdraw', $o->{id}, '--reason', '发错单位');
	} else {
		$o->{result} = pick(qw(已办理 约谈 通报));
		must('乙', 'order', 'settle', $o->{id}, '--result', $o->{result});
	}
	$o->{ended} = $now;
}
sub raise {
	my ($c) = @_;
	return if is($c, 'closed');
	my $to = pick('重大', '重大', '较大');
	return if $to eq $c->{grade};
	must('甲', 'case', 'grade', $c->{id}, $to, '--reason', '伤亡人数上升');
	$c->{grade} = $to;
	$c->{raised}++;
}
sub give_back {
	my ($c) = @_;
	my $unit = lead($c);
	return if !is($c, 'open') || !$unit;
	return if grep { $_->{unit} eq $unit } @{$c->{answers}};    # it has taken the matter on
	must('丙', 'case', 'return', $c->{id}, '--unit', $unit, '--reason', '不属本单位职责');
	$_->{unit} eq $unit && !defined $_->{until} and $_->{until} = $now for @{$c->{holders}};
	later($now + within(HOUR, 60 * HOUR), sub { assign($c, $unit) });
}
sub assign {
	my ($c, $not) = @_;
	return unless is($c, 'open');
	my @co = map { $_->{unit} } grep { !$_->{lead} && !defined $_->{until} } @{$c->{holders}};
	my $to;
	do { $to = other($not) } while grep { $_ eq $to } @co;
	must('甲', 'case', 'assign', $c->{id}, '--lead', $to, map({ ('--co', $_) } @co), '--reason', '职责调整');
	$_->{lead} && !defined $_->{until} and $_->{until} = $now for @{$c->{holders}};
	hold($c, $to, 1);
}
sub answer {
	my ($c, $by) = @_;
	return unless is($c, 'open');
	my $unit = $by ? today($by) : lead($c);
	return later($now + 12 * HOUR, sub { answer($c) }) unless $unit;
	my $published = $now - within(5, 50) * MIN;
	my $press = $c->{grade} =~ /重大/ && chance(60);
	my $many = chance(85) ? within(2, 8) : 0;
	my ($text, @due) = "经核查，编号" . number(within(100000, 999999)) . "属实，已责令整改，罚款" . within(1000, 99999) . "元。";
	for my $n (1 .. $many) {
		my $due = chance(13) ? '' : date_of($now + within(2, 110) * DAY);
		my ($y, $m, $d) = split /-/, $due || '0-0-0';
		my $when = $due ? sprintf('%d年%d月%d日前', $y, $m, $d) : '尽快';
		$text .= "${unit}将${when}完成第" . number(@cases . $n) . "处整改，涉及" . within(2, 9999) . "户。";
		push @due, $due;
	}
	my $url = 'https://www.example.gov.cn/a' . ++$turn . '.html';
	my $id = must('甲', 'respond', $c->{id}, '--unit', $unit, '--kind', 'measure', '--text', $text,
		'--url', $url, '--published', minute_of($published), $press ? '--press' : ());
	my $x = {id => $id, unit => $unit, at => $published, press => $press, due => \@due, url => $url,
		sentences => [$text =~ /[^。]+。/g]};
	later($now + within(10 * MIN, 3 * HOUR), sub { judge($c, $x) });
}
sub judge {
	my ($c, $x) = @_;
	return if is($c, 'closed');
	if (chance(14)) {
		must('乙', 'respond', 'reject', $x->{id}, '--reason', '只有口号');
		return later($now + within(HOUR, 30 * HOUR), sub { answer($c) });
	}
	must('乙', 'respond', 'accept', $x->{id});
	push @{$c->{answers}}, $x;
	later($now + 5 * HOUR, sub { take_back($c, $x) }) if $x->{id} =~ /[37]$/;
	my $after = 0;
	for my $n (1 .. @{$x->{due}}) {
		my $due = $x->{due}[$n - 1];
		$after += within(2 * MIN, 20 * MIN);
		later($now + $after, sub { promise($c, $x, $n + 1, $due) });
	}
	my ($co) = grep { !$_->{lead} && !defined $_->{until} } @{$c->{holders}};
	later($now + within(HOUR, 40 * HOUR), sub { answer($c, $co->{unit}) })
		if $co && !$c->{co_asked}++ && chance(70);
	later($now + within(2, 12) * DAY, sub { finish($c) }) unless chance(10);
}
sub take_back {    # accepted by mistake; after a day it is accepted after all, or rejected
	my ($c, $x) = @_;
	return unless is($c, 'open');
	must('乙', 'respond', 'accept', $x->{id}, '--withdraw', '--reason', '认定有误');
	@{$c->{answers}} = grep { $_ != $x } @{$c->{answers}};
	$c->{withdrawn}++;
	later($now + 24 * HOUR, sub { judge_again($c, $x) });
}
sub judge_again {
	my ($c, $x) = @_;
	return must('丁', 'respond', 'reject', $x->{id}, '--reason', '答非所问') if $x->{id} =~ /33$|77$/;
	must('丁', 'respond', 'accept', $x->{id});
	push @{$c->{answers}}, $x;
}
sub finish {
	my ($c) = @_;
	return unless is($c, 'open');
	my ($rc) = act('甲', 'case', 'finish', $c->{id});
	return if $rc && $c->{tries}++ > 3;
	return later($now + within(1, 5) * DAY, sub { finish($c) }) if $rc;    # an answer waits
	enter($c, 'finished');
	later($now + within(5, 60) * DAY, sub { reopen($c) }) if chance(9);
	later($now + within(20, 90) * DAY, sub { close_case($c) });
}
sub reopen {
	my ($c) = @_;
	return unless is($c, 'finished');
	must('乙', 'case', 'reopen', $c->{id}, '--reason', '又有新情况');
	enter($c, 'open');
	later($now + within(1, 20) * DAY, sub { finish($c) });
}
sub close_case {
	my ($c) = @_;
	return unless is($c, 'finished');
	my ($rc) = act('乙', 'case', 'close', $c->{id}, '--fewer-channels', '仅涉及一个项目');
	if (!$rc) {
		enter($c, 'closed');
		@{$c->{looks}} = map { {day => end_of(date_of($now + $_ * DAY))} } 30, 90, 180;
		later($_->{day} + within(-5 * DAY, 9 * DAY), sub { look_back($c) }) for @{$c->{looks}};
		return;
	}
	$refusals++;
	later($now + within(20, 40) * DAY, sub { close_case($c) });
}
sub look_back {    # 回头看: the earliest that is planned
	my ($c) = @_;
	my ($look) = grep { !$_->{result} } @{$c->{looks}};
	return if !$look || $c->{relapsed} || !$verbs{'case lookback'} || chance(15);
	my $result = chance(22) ? '反弹' : '巩固';
	my @note = ('--note', '编号' . number(within(100000, 999999)) . '现场查看');
	@$look{qw(result at)} = ($result, $now);
	return must('乙', 'case', 'lookback', $c->{id}, '--result', $result, @note) if $result eq '巩固';
	my $unit = today((grep { $_->{lead} } @{$c->{holders}})[-1]{unit});
	my $new = must('乙', 'case', 'lookback', $c->{id}, '--result', $result, @note, '--lead', $unit);
	$new =~ /^YQ-/ or die "year.pl: no case of a relapse: $new\n";
	$c->{relapsed} = $new;
	push @rows, {id => "relapse of $c->{id}", moves => [[$now, 'raised'], [$now, 'case']], at => $now};
	my $x = {id => $new, start => $now, found => $now, grade => $c->{grade}, topic => $c->{topic}, place => $c->{place},
		opened => $now, holders => [], answers => [], states => [], tries => 0, relapse => 1};
	hold($x, $unit, 1);
	enter($x, 'open');
	push @cases, $x;
	later($now + within(HOUR, 60 * HOUR), sub { answer($x) });
}

# --- promises ---
sub promise {
	my ($c, $x, $sentence, $due) = @_;
	return if is($c, 'closed');
	my @date = $due ? ('--due', $due) : ('--review', date_of($now + 60 * DAY));
	my $id = must('甲', 'commitment', 'add', $x->{id}, '--sentence', $sentence, @date);
	$id =~ /^CN-/ or die "year.pl: no promise: $id\n";
	my $p = {id => $id, case => $c, answer => $x, words => $x->{sentences}[$sentence - 1], holders => [[$now, today($x->{unit})]], added => $now, due => $due,
		date => $due, proofs => 0, longer => 0, counting => ''};
	push @promises, $p;
	my $end = $due ? end_of($due) : $now + 80 * DAY;
	for my $times (1 .. 2) {
		later($end - within(26 * HOUR, 6 * DAY), sub { extend($p) }) if $due && chance(12);
	}
	for my $times (1 .. 2) {
		later($now + int(rnd() * ($end - $now)), sub { progress($p) }) if chance(30);
	}
	my $fate = rnd();
	my $done = $end - within(0, 12) * DAY + (chance(25) ? within(1, 40) * DAY : 0);
	$done = $now + DAY if $done < $now + DAY;
	if ($fate < 0.74) { later($done, sub { claim($p) }) }
	elsif ($fate < 0.84) { later($done, sub { give_up($p) }) }
}
sub progress {    # a part of it is done
	my ($p) = @_;
	return if !free($p) || defined $p->{claimed} || defined $p->{verified} || defined $p->{gave_up};
	return if ($p->{share} // 0) > 80;
	my $share = within(($p->{share} // -1) + 1, 95);
	must('丙', 'commitment', 'progress', $p->{id}, '--text', '已完成一部分', '--share', "$share%", '--for', unit_of($p));
	$p->{share} = $share;
}
sub unit_of { my ($p) = @_; return $p->{holders}[-1][1] }
sub free { my ($p) = @_; return !is($p->{case}, 'closed') }
sub done { my ($p) = @_; return defined $p->{verified} && $p->{proofs} > 0 }
sub extend {
	my ($p) = @_;
	return if !free($p) || done($p) || defined $p->{gave_up} || defined $p->{verified};
	return if $now > end_of($p->{date}) - DAY;
	my $to = date_of(end_of($p->{date}) + within(10, 50) * DAY);
	my $public = chance(60);
	my $url = 'https://www.example.gov.cn/longer' . ++$turn . '.html';
	must('乙', 'commitment', 'extend', $p->{id}, '--to', $to, '--reason', '雨季施工', $public ? ('--url', $url) : ());
	must('丁', 'commitment', 'extend', $p->{id}, '--confirm');
	capture($url, 1) if $public;
	$p->{longer}++;
	$p->{longer_in_time}++ if $public;
	$p->{date} = $to;
	$p->{counting} = $to if $public;
}
sub claim {
	my ($p) = @_;
	return if !free($p) || defined $p->{verified} || defined $p->{gave_up};
	my $on = date_of($now - within(0, 3) * DAY);
	must('丙', 'commitment', 'claim', $p->{id}, '--done-on', $on, '--for', unit_of($p));
	$p->{claimed} = $on;
	later($now + within(4 * HOUR, 4 * DAY), sub { verify($p, $on) });
}
sub verify {
	my ($p, $on) = @_;
	return if !free($p) || defined $p->{gave_up};
	return later($now + DAY, sub { claim($p) }) if chance(5);    # asked to say it again
	my $corrected = chance(10) ? date_of($now) : '';
	must('乙', 'commitment', 'verify', $p->{id}, $corrected ? ('--done-on', $corrected) : ());
	later($now + within(1, 60) * DAY, sub { redact($p) }) if $verbs{redact} && chance(9);
	$p->{verified} = $now;
	$p->{done_on} = $corrected || $on;
	my $x = rnd();
	if ($x < 0.72) { later($now + within(HOUR, 5 * DAY), sub { publish($p) }) }
	elsif ($x < 0.90) { later($now + within(HOUR, 2 * DAY), sub { prove($p) }) }
}
sub redact {    # by order of law: one asks, another confirms; no figure changes
	my ($p) = @_;
	return if $p->{redacted}++;
	my ($rc, $line) = act('乙', 'redact', $p->{id}, '--field', 'quote', '--only-here', '--reason', '依申请');
	my ($ask) = $rc ? () : $line =~ /(\d+)/;
	defined $ask or die "year.pl: $p->{id} is not redacted: $line\n";
	must('丁', 'redact', '--confirm', $ask, '-q');
}
sub prove {
	my ($p) = @_;
	return unless free($p);
	my $file = "$home/proof.txt";
	open my $f, '>', $file or die;
	print $f "proof of $p->{id}\n";
	close $f;
	must('甲', 'evidence', 'add', $p->{id}, '--file', $file);
	$p->{proofs}++;
}
sub publish {
	my ($p) = @_;
	return if !free($p) || defined $p->{public};
	my $url = 'https://www.example.gov.cn/kept' . ++$turn . '.html';
	must('甲', 'commitment', 'publish', $p->{id}, '--url', $url);
	later($now + within(HOUR, DAY), sub {
		capture($url);
		$p->{public} = $now;
		$p->{proofs}++;
	}) unless chance(4);
}
sub give_up {
	my ($p) = @_;
	return if !free($p) || defined $p->{verified} || defined $p->{claimed};
	my $url = 'https://www.example.gov.cn/why' . ++$turn . '.html';
	must('乙', 'commitment', 'cannot', $p->{id}, '--reason', '资金未到位', '--url', $url);
	must('丁', 'commitment', 'cannot', $p->{id}, '--confirm');
	$p->{gave_up} = $now;
	later($now + within(HOUR, DAY), sub {
		capture($url);
		$p->{told_why} = $now;
		$p->{proofs}++;
	});
}

# --- what the fetcher would bring ---
my $records = 0;
sub record {    # type, more headers, content type, block, id
	my ($type, $more, $ctype, $block, $id) = @_;
	my $text = "WARC/1.1\r\nWARC-Type: $type\r\nWARC-Record-ID: <$id>\r\nWARC-Date: " . utc($now)
		. "\r\n${more}Content-Type: $ctype\r\nContent-Length: " . length($block) . "\r\n\r\n$block\r\n\r\n";
	gzip(\$text => \my $packed, -Minimal => 1) or die;
	return $packed;
}
sub capture {    # url, may be unwanted
	my ($url, $unwanted) = @_;
	my ($want) = map { /"id":"?(\d+)/ ? $1 : () } grep { index($_, "\"$url\"") >= 0 } do {
		open my $f, '<', "$home/spool/wanted.jsonl" or die "year.pl: nothing is wanted\n";
		my @all = <$f>;
		@all;
	};
	return if !defined $want && $unwanted;
	defined $want or die "year.pl: $url is not wanted\n";
	my $id = sprintf 'urn:uuid:00000000-0000-4000-9000-%012d', ++$records;
	my $meta = sprintf 'urn:uuid:00000000-0000-4000-8000-%012d', $records;
	my $page = "<html><body><p>notice $records</p></body></html>";
	open my $f, '>:raw', "$home/spool/year-$records.warc.gz" or die;
	print $f record('response', "WARC-Target-URI: $url\r\n", 'application/http;msgtype=response',
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n$page", $id);
	print $f record('metadata', "WARC-Target-URI: $url\r\nWARC-Concurrent-To: <$id>\r\n", 'application/json',
		"{\"v\":1,\"want\":\"$want\",\"kind\":\"evidence\",\"hop\":0,\"ms\":12}", $meta);
	close $f;
	must('甲', 'ingest', '-q');
}

# --- the reform of July: two names end ---
sub write_units {
	my ($reformed) = @_;
	open my $f, '>:utf8', "$home/units.conf" or die;
	print $f "[$_]\n" . ($reformed && $renamed{$_} ? "until = 2026-07-14\nsuccessor = $renamed{$_}\n" : '') . "\n" for @units;
	print $f "[市公安局]\n\n[上级部门]\nlevel = 州\n\n";
	print $f "[市工信商务局]\n\n[市城乡建设局]\n" if $reformed;
	close $f;
}
# No task is watched here, so that no order is made but by hand.
sub write_ladder {
	open my $f, '>:utf8', "$home/supervision.conf" or die;
	my $days = 0;
	print $f "[$_]\nof = task\nwhen = " . ($days ? "$days days after" : 'at') . "\nissue = person\ntold = unit\nfeedback = 2 working days\nsettle = person\n"
		. "basis = 某办规则\n\n" and $days++ for qw(提醒 蓝 黄 红);
	close $f;
}
sub reform {
	%renamed = ('市商务局' => '市工信商务局', '市住建局' => '市城乡建设局');
	write_units(1);
	for my $old (sort keys %renamed) {
		my $new = $renamed{$old};
		act('乙', 'unit', 'transfer', $old, $new, '--from', '2026-07-15');
		for my $c (@cases) {
			next if is($c, 'closed');
			for my $h (grep { $_->{unit} eq $old && !defined $_->{until} } @{$c->{holders}}) {
				$h->{until} = $now;
				hold($c, $new, $h->{lead});
				$c->{holders}[-1]{was} = $old;
			}
		}
		for my $p (@promises) {
			push @{$p->{holders}}, [$now, $new] if unit_of($p) eq $old && !defined settled($p);
		}
	}
}
sub settled {    # when nothing was left to do
	my ($p) = @_;
	return $p->{told_why} if defined $p->{told_why};
	return undef unless done($p) && defined $p->{public};
	return $p->{verified} > $p->{public} ? $p->{verified} : $p->{public};
}

# --- the year ---
my $end = at(2026, 12, 30, 18, 0);
write_units(0);
write_ladder();
later(at(2026, 1, 5) + int(rnd() * (at(2026, 12, 30) - at(2026, 1, 5))), \&register) for 1 .. $opt{rows};
later(at(2026, 7, 15, 9, 0), \&reform);
for (my $t = at(2026, 1, 4, 8, 0); $t < $end; $t += within(2, 9) * DAY + within(0, DAY)) {
	later($t, sub { act('甲', 'tick', '-q') });
}
while (@agenda && $agenda[0][0] <= $end) {
	my $next = shift @agenda;
	$now = $next->[0] if $next->[0] > $now;
	$next->[1]->();
}

# --- the figures ---
sub put { my ($period, $table, $row, $figure, $value) = @_; print join("\t", $period, $table, $row, $figure, $value), "\n" }
sub rate { my ($n, $of) = @_; return $of ? int(($n * 1000 + $of / 2) / $of) / 10 : 'null' }
sub hours { my ($s) = @_; return int($s / 360 + 0.5) / 10 }
sub held { my ($h, $t) = @_; return $h->{since} <= $t && (!defined $h->{until} || $h->{until} > $t) }
sub best { my ($of) = @_; my $best; for (@$of) { $best = $_->{at} if !defined $best || $_->{at} < $best } return $best }

sub limits {    # of a case: [rule, due, met]
	my ($c) = @_;
	my $first = best($c->{answers});
	return ['response-other', $c->{start} + 48 * HOUR, $first] unless $c->{grade} =~ /重大/;
	return (['response-major', $c->{start} + 5 * HOUR, $first],
		['press-major', $c->{start} + 24 * HOUR, best([grep { $_->{press} } @{$c->{answers}}])]);
}
sub in_time { my ($l) = @_; return defined $l->[2] && $l->[2] <= $l->[1] ? 1 : 0 }

sub report {
	my ($name, $from, $to) = @_;
	my ($stop, $asof) = ($to > $end ? $end + 1 : $to, $end);
	my %t;
	my $count = sub { my ($table, $row, $figure, $n) = @_; $t{$table}{$row}{$figure} += $n // 1 };
	# the queue
	my %moves = map { $_ => 0 } qw(carried raised returned reopened undone split case merged passed_on lead_handed noted false_alarm open);
	for my $r (@rows) {
		my $open = 0;
		for my $m (@{$r->{moves}}) {
			my ($at, $what) = @$m;
			last if $at >= $stop;
			$open = $what =~ /^(raised|reopened)$/ ? 1 : 0;
			if ($at >= $from) { $moves{$what}++ }
		}
		$moves{open} += $open;
		my @before = grep { $_->[0] < $from } @{$r->{moves}};
		$moves{carried}++ if @before && $before[-1][1] =~ /^(raised|reopened)$/;
	}
	put($name, 'T1-queue', 'this', $_, $moves{$_}) for sort keys %moves;
	# cases in hand
	my %hand = map { $_ => 0 } qw(carried opened reopened finished open closed);
	for my $c (@cases) {
		my ($was, $had) = ('', '');
		for my $s (@{$c->{states}}) {
			my ($at, $is) = @$s;
			last if $at >= $stop;
			if ($at < $from) { $had = $is }
			elsif ($is eq 'open') { $hand{$was ? 'reopened' : 'opened'}++ }
			else { $hand{$is}++ }
			$was = $is;
		}
		$hand{carried}++ if $had eq 'open';
		$hand{open}++ if $was eq 'open';
	}
	put($name, 'T1-cases', 'this', $_, $hand{$_}) for sort keys %hand;
	# answers
	my (@took, @late);
	my %total = (raised => $moves{raised}, false_alarms => $moves{false_alarm}, map { $_ => 0 } qw(cases due answered on_time late acceptances_withdrawn));
	for my $c (grep { $_->{found} >= $from && $_->{found} < $stop } @cases) {
		my ($limit) = limits($c);
		my $due = $limit->[1] <= $asof ? 1 : 0;
		my $good = $due && in_time($limit) ? 1 : 0;
		my $answered = @{$c->{answers}} ? 1 : 0;
		$total{cases}++;
		$total{acceptances_withdrawn} += $c->{withdrawn} // 0;
		$total{due} += $due;
		$total{answered} += $answered;
		$total{on_time} += $good;
		$total{late} += $due - $good;
		if ($answered) { my $s = best($c->{answers}) - $c->{start}; push @took, $s > 0 ? $s : 0 }
		my $line = sub {
			my ($table, $row, $d, $a, $g) = @_;
			$count->($table, $row, 'cases');
			$count->($table, $row, 'due', $d);
			$count->($table, $row, 'answered', $a);
			$count->($table, $row, 'on_time', $g);
			$count->($table, $row, 'late', $d - $g);
		};
		$line->('T2', $_, $due, $answered, $good) for split /、/, $c->{topic};
		$line->('T4', $c->{place}, $due, $answered, $good);
		$line->('T5', '人工登记', $due, $answered, $good);
		my ($when, $led, $lead) = ($due ? $limit->[1] : $asof, 0, '');
		for my $h (grep { held($_, $when) } @{$c->{holders}}) {
			my $was = $h->{was} // '';
			my $own = best([grep { $_->{unit} eq $h->{unit} || $_->{unit} eq $was } @{$c->{answers}}]);
			my $fine = defined $own ? ($own <= $limit->[1] ? 1 : 0) : $h->{lead} ? $good : 0;
			$line->('T3', $h->{unit}, $due, defined $own ? 1 : 0, $due ? $fine : 0);
			($led, $lead) = (1, $h->{unit}) if $h->{lead};
			push @late, "$c->{id}:$h->{unit}" if $due && !$h->{lead} && !$fine; # 协办各自回应
		}
		$line->('T3', '', $due, 0, $good) unless $led;
		for my $l (limits($c)) {
			my $row = "$c->{grade} $l->[0]";
			my $passed = $l->[1] <= $asof ? 1 : 0;
			$count->('T6', $row, 'limits');
			$count->('T6', $row, 'due', $passed);
			$count->('T6', $row, 'on_time', $passed && in_time($l) ? 1 : 0);
			$count->('T6', $row, 'late', $passed && !in_time($l) ? 1 : 0);
		}
		push @late, "$c->{id}:$lead" if $due && !$good;
	}
	put($name, 'T1', 'this', $_, $total{$_}) for sort keys %total;
	put($name, 'T1', 'this', 'on_time_rate', rate($total{on_time}, $total{due}));
	@took = sort { $a <=> $b } @took;
	my $sum = 0;
	$sum += $_ for @took;
	put($name, 'T1', 'this', 'hours_mean', @took ? hours($sum / @took) : 'null');
	put($name, 'T1', 'this', 'hours_median', @took ? hours(($took[int(($#took) / 2)] + $took[int(@took / 2)]) / 2) : 'null');
	put($name, 'T1', 'this', 'hours_longest', @took ? hours($took[-1]) : 'null');
	# promises
	my %kept = map { $_ => 0 } qw(due kept kept_late kept_extended broken partly cannot done published undated);
	my %carried = map { $_ => 0 } qw(carried added settled open);
	my %looks = map { $_ => 0 } qw(due done done_late held rebounds late);
	for my $c (@cases) {
		for my $l (@{$c->{looks} // []}) {
			next if $l->{day} < $from || $l->{day} >= $stop || $l->{day} > $asof;
			next if $c->{relapsed} && !$l->{result};    # the new case has its own
			$looks{due}++;
			$looks{$l->{result} ? 'done' : 'late'}++;
			$looks{done_late}++ if $l->{result} && $l->{at} > $l->{day};
			$looks{$l->{result} eq '反弹' ? 'rebounds' : 'held'}++ if $l->{result};
		}
	}
	put($name, 'T8-lookbacks', 'this', $_, $looks{$_}) for sort keys %looks;
	for my $o (grep { $_->{issued} >= $from && $_->{issued} < $stop } @orders) {
		my $over = !defined $o->{answered} && defined $o->{ended} && $o->{ended} <= $o->{due};
		my $due = $o->{due} <= $asof && !$over ? 1 : 0;
		my $good = $due && defined $o->{answered} && $o->{answered} <= $o->{due} ? 1 : 0;
		$count->('T8', $o->{level}, 'issued');
		$count->('T8', $o->{level}, 'due', $due);
		$count->('T8', $o->{level}, 'in_time', $good);
		$count->('T8', $o->{level}, 'late', $due - $good);
		$count->('T8', $o->{level}, 'open', defined $o->{ended} ? 0 : 1);
		$count->('T8', $o->{level}, 'talked', $o->{result} eq '约谈' ? 1 : 0);
		$count->('T8', $o->{level}, 'circulated', $o->{result} eq '通报' ? 1 : 0);
	}
	for my $p (@promises) {
		my $over = settled($p);
		$carried{carried}++ if $p->{added} < $from && !(defined $over && $over < $from);
		$carried{added}++ if $p->{added} >= $from && $p->{added} < $stop;
		$carried{settled}++ if defined $over && $over >= $from && $over < $stop;
		my $open = $p->{added} < $stop && !(defined $over && $over < $stop);
		$carried{open}++ if $open;
		if (!$p->{due}) { $kept{undated}++ if $open; next }
		my $due = end_of($p->{due});
		next unless $due >= $from && $due < $stop && $due < $asof;
		my ($unit) = map { $_->[1] } grep { $_->[0] <= $due } reverse @{$p->{holders}};
		$unit //= $p->{holders}[0][1];
		my $fate = defined $p->{told_why} && !done($p) ? 'cannot'
			: !done($p) ? 'broken' : $p->{done_on} le $p->{due} ? 'kept' : 'kept_late';
		$kept{due}++;
		$kept{$fate}++;
		if ($fate =~ /^kept/) {
			$kept{done}++;
			$kept{published}++ if defined $p->{public};
			$kept{kept_extended}++ if $fate eq 'kept_late' && $p->{counting} && $p->{done_on} le $p->{counting};
		}
		$count->('T7-units', $unit, 'due');
		$count->('T7-units', $unit, $_, $_ eq $fate ? 1 : 0) for qw(kept kept_late broken cannot);
		next if $fate ne 'broken';
		$kept{partly}++ if $p->{share};
		push @late, $p->{id};
		my %line = (unit => $unit, due_date => $p->{due}, days_late => int(($asof - $due + DAY - 1) / DAY),
			extensions => $p->{longer}, extensions_in_time => $p->{longer_in_time} // 0,
			link => $p->{answer}{url}, $p->{redacted} ? () : (words => $p->{words}));
		put($name, 'broken', $p->{id}, $_, $line{$_}) for sort keys %line;
	}
	put($name, 'T7', 'this', $_, $kept{$_}) for sort keys %kept;
	put($name, 'T7', 'this', 'kept_rate', rate($kept{kept}, $kept{due}));
	put($name, 'T7', 'this', 'done_rate', rate($kept{done}, $kept{due}));
	put($name, 'T7', 'this', 'published_rate', rate($kept{published}, $kept{done}));
	put($name, 'T7-carried', 'this', $_, $carried{$_}) for sort keys %carried;
	for my $table (sort keys %t) {
		for my $row (sort keys %{$t{$table}}) {
			put($name, $table, $row, $_, $t{$table}{$row}{$_}) for sort keys %{$t{$table}{$row}};
		}
	}
	put($name, 'late', '', 'ids', join(' ', sort @late));
}

report('2026', at(2026, 1, 1), at(2027, 1, 1));
report("2026Q$_", at(2026, 3 * $_ - 2, 1), $_ < 4 ? at(2026, 3 * $_ + 1, 1) : at(2027, 1, 1)) for 1 .. 4;
report(sprintf('2026-%02d', $_), at(2026, $_, 1), $_ < 12 ? at(2026, $_ + 1, 1) : at(2027, 1, 1)) for 1, 7, 12;
report('2026-W29', at(2026, 7, 13), at(2026, 7, 20));
my @returned = grep { grep { $_->{lead} && defined $_->{until} } @{$_->{holders}} } @cases;
put('played', '', '', 'cases', scalar @cases);
put('played', '', '', 'promises', scalar @promises);
put('played', '', '', 'extensions', eval { my $n = 0; $n += $_->{longer} for @promises; $n });
put('played', '', '', 'returns', scalar @returned);
put('played', '', '', 'relapses', scalar grep { $_->{relapse} } @cases);
put('played', '', '', 'redactions', scalar grep { $_->{redacted} } @promises);
put('played', '', '', 'withdrawals', eval { my $n = 0; $n += $_->{withdrawn} // 0 for @cases; $n });
put('played', '', '', 'rises', scalar grep { $_->{raised} } @cases);
put('played', '', '', 'cannot', scalar grep { defined $_->{told_why} } @promises);
put('played', '', '', 'orders', scalar @orders);
put('played', '', '', 'partly', scalar grep { $_->{share} } @promises);
put('played', '', '', 'late looks', scalar grep { $_->{result} && $_->{at} > $_->{day} } map { @{$_->{looks} // []} } @cases);
put('played', '', '', 'acts', $acts);
put('played', '', '', 'asof', utc($end));
