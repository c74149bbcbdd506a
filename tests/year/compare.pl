#!/usr/bin/perl
# compare.pl EXPECTED.tsv PERIOD < REPORT.json: what differs, a line each; nothing when all
# figures are as expected and no row is there that nobody expects.
use strict;
use warnings;
use utf8;
use JSON::PP;
binmode STDOUT, ':utf8';

my ($file, $period) = @ARGV;
my $report = decode_json(join '', <STDIN>);
my (%seen, $compared);
open my $in, '<:utf8', $file or die "$file: $!\n";
while (<$in>) {
	chomp;
	my ($name, $table, $row, $figure, $want) = split /\t/, $_, 5;
	next if $name ne $period;
	my $got;
	if ($table eq 'late') {
		$got = join ' ', sort map { $_->{id} } @{$report->{late}};
	} else {
		my ($line) = grep { $_->{row} eq $row } @{$report->{tables}{$table}};
		$got = $line ? $line->{$figure} // 'null' : 'no row';
		$seen{"$table\t$row"} = 1;
	}
	$compared++;
	print "$period $table $row $figure: $got, not $want\n" if $got ne $want;
}
print "$period: nothing was compared\n" unless $compared;
delete $report->{tables}{T8};    # the ladder of orders has tests of its own
for my $table (sort keys %{$report->{tables}}) {
	for my $line (@{$report->{tables}{$table}}) {
		next if $line->{row} =~ /^(previous|year-before)$/;
		print "$period $table: nobody expects the row “$line->{row}”\n" unless $seen{"$table\t$line->{row}"};
	}
}
