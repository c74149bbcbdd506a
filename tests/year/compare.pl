#!/usr/bin/perl
# compare.pl EXPECTED.tsv PERIOD [broken|erased] < REPORT.json: what differs, a line each; nothing
# when all figures are as expected and no row is there that nobody expects. "broken": the report
# is the page of promises that were not kept; "erased": its words are.
use strict;
use warnings;
use utf8;
use JSON::PP;
binmode STDOUT, ':utf8';

my ($file, $period, $mode) = (@ARGV, '');
my $report = decode_json(join '', <STDIN>);
my (%seen, %broken, $compared);
my %late = map { $_->{id} => $_ } grep { ($_->{role} // '') ne 'co' } @{$report->{late}};
open my $in, '<:utf8', $file or die "$file: $!\n";
while (<$in>) {
	chomp;
	my ($name, $table, $row, $figure, $want) = split /\t/, $_, 5;
	next if $name ne $period;
	my $got;
	if ($table eq 'broken') {
		$broken{$row} = 1;
		next if $mode eq 'erased' && $figure eq 'words';
		$got = $late{$row} ? $late{$row}{$figure} // 'null' : 'no line';
	} elsif ($mode eq 'broken') {
		next;
	} elsif ($table eq 'late') {
		$got = join ' ', sort map { $_->{id} =~ /^YQ/ ? "$_->{id}:" . ($_->{unit} // '') : $_->{id} } @{$report->{late}};
	} else {
		my ($line) = grep { $_->{row} eq $row } @{$report->{tables}{$table}};
		$got = $line ? $line->{$figure} // 'null' : 'no row';
		$seen{"$table\t$row"} = 1;
	}
	$compared++;
	print "$period $table $row $figure: $got, not $want\n" if $got ne $want;
}
print "$period: nothing was compared\n" unless $compared;
if ($mode eq 'broken') {
	print "$period: nobody expects the line of $_\n" for sort grep { !$broken{$_} } keys %late;
	exit;
}
# T9 has a line for whatever T3, which was compared above, counts as late of a unit.
my %lines;
$lines{$_->{unit}}++ for grep { $_->{role} } @{$report->{late}};
for my $line (@{$report->{tables}{T3}}) {
	my $got = $lines{$line->{row}} // 0;
	print "$period T9 $line->{row}: $got lines, not $line->{late}\n" if $got != $line->{late};
}
for my $table (sort keys %{$report->{tables}}) {
	for my $line (@{$report->{tables}{$table}}) {
		next if $line->{row} =~ /^(previous|year-before)$/;
		print "$period $table: nobody expects the row “$line->{row}”\n" unless $seen{"$table\t$line->{row}"};
	}
}
