#!/bin/bash
# hostile.sh DIR: writes the hostile documents of hostile.t into DIR, made anew at each run so
# that none of them lies in the tree. DIR/canary holds the text that nothing may give away.
set -eu
cd "$1"
printf 'CANARY-7f3d-must-not-leak\n' >canary
perl - "$1" <<'PERL'
use strict;
use warnings;
my $dir = $ARGV[0];
my $seed = 20240229;
# The sanitizer checks the whole range that a memmem() may search, each time: where a text is
# searched bit by bit it makes quadratic what is linear. It gets less of those.
my $searched = $ENV{SANITIZED} ? 10 : 1;

sub put {
	my ($name, @parts) = @_;
	open(my $f, '>:raw', $name) or die "$name: $!";
	print {$f} @parts or die "$name: $!";
	close($f) or die "$name: $!";
}
# The same bytes each time: a failure can be looked at again.
sub noise {
	my ($n) = @_;
	my $s = '';
	while (length($s) < $n) {
		$seed = ($seed * 1103515245 + 12345) & 0x7fffffff;
		$s .= chr(($seed >> 16) & 255);
	}
	return $s;
}
sub item { return "<item><title>$_[0]</title><link>http://example.gov.cn/1</link></item>"; }
sub rss { return "<rss version=\"2.0\"><channel><title>t</title>" . join('', @_) . '</channel></rss>'; }
sub xml { return '<?xml version="1.0"?>' . $_[0]; }

# Entities: what they expand to, and what they fetch.
my $laughs = '<!ENTITY l0 "ha">';
$laughs .= "<!ENTITY l$_ \"" . ("&l" . ($_ - 1) . ';') x 10 . '">' for 1 .. 12;
put('laughs.xml', xml("<!DOCTYPE rss [$laughs]>"), rss(item('&l12;')));
put('laughs_attr.xml', xml("<!DOCTYPE rss [$laughs]>"), rss('<item a="&l12;"><title>x</title></item>'));
put('quadratic.xml', xml('<!DOCTYPE rss [<!ENTITY a "' . 'x' x 100000 . '">]>'), rss(item('&a;' x 10000)));
put('lazy.xml', xml('<!DOCTYPE rss [<!ENTITY a "' . 'x' x 50000 . '">]>'), rss(item('&a;' x 50000)));
put('nested_entities.xml', xml('<!DOCTYPE rss [<!ENTITY e0 "x">'
	. join('', map { "<!ENTITY e$_ \"&e" . ($_ - 1) . ';">' } 1 .. 100000) . ']>'), rss(item('&e100000;')));
put('entity_loop.xml', xml('<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'), rss(item('&a;')));
put('xxe_file.xml', xml("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://$dir/canary\">]>"), rss(item('a&x;b')));
put('xxe_http.xml', xml('<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'), rss(item('&x;')));
put('xxe_param.xml', xml("<!DOCTYPE rss [<!ENTITY % p SYSTEM \"file://$dir/evil.dtd\"> %p;]>"), rss(item('&x;')));
put('xxe_dtd.xml', xml("<!DOCTYPE rss SYSTEM \"file://$dir/evil.dtd\">"), rss(item('&x;')));
put('xxe_public.xml', xml('<!DOCTYPE rss PUBLIC "x" "http://127.0.0.1:9/evil.dtd">'), rss(item('&x;')));
put('evil.dtd', "<!ENTITY x SYSTEM \"file://$dir/canary\">");
put('xinclude.xml', rss('<item xmlns:xi="http://www.w3.org/2001/XInclude"><title>a<xi:include parse="text" href="file://'
	. "$dir/canary\"/></title></item>"));
put('stylesheet.xml', "<?xml version=\"1.0\"?><?xml-stylesheet href=\"file://$dir/canary\"?>", rss(item('x')));

# Depth and breadth.
put('deep.xml', xml('<a>' x 1000000));
put('deep_in_item.xml', rss('<item><title>' . '<a>' x 1000000));
put('deep.html', '<html><body>' . '<div>' x 1000000 . 'x');
put('deep_in_text.xml', rss('<item><title>x</title><description>' . '&lt;div>' x 500000 . '</description></item>'));
put('deep_array.json', '[' x 1000000);
put('deep_object.json', '{"a":' x 1000000);
put('attributes.xml', rss('<item ' . join(' ', map { "a$_=\"$_\"" } 1 .. 100000) . '><title>x</title></item>'));
put('attribute_5mb.xml', rss('<item a="' . 'x' x 5000000 . '"><title>x</title></item>'));
put('title_8mb.xml', rss(item('x' x 8000000)));
put('items.xml', rss(item('x') x 20001));
put('items.json', '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":['
	. join(',', map { "{\"id\":\"$_\",\"title\":\"x\"}" } 1 .. 20001) . ']}');
put('comment.xml', rss('<!--' . 'x' x 7000000 . '-->', item('x')));
put('namespaces.xml', rss('<item ' . join(' ', map { "xmlns:n$_=\"urn:$_\"" } 1 .. 20000) . '><title>x</title></item>'));
put('cdata_8mb.xml', rss(item('<![CDATA[' . "\0" x 8000000 . ']]>')));
put('cdata_many.xml', rss(item('<![CDATA[<]]>' x (500000 / $searched))));
put('tag_name.xml', '<' . 'a' x 7000000 . '>');
put('charrefs.xml', rss(item('&#60;' x 1000000)));
put('angles.html', '<' x 4000000);
put('bangs.html', '<html>' . '<!' x 2000000);
put('amps.html', '<html><p>' . '&' x 4000000);
put('tables.html', '<html>' . '<table>' x 300000);
put('over_cap.xml', rss(item('x' x 9000000)));

# Cut short, wrong bytes, wrong charsets.
put('open_cdata.xml', rss('<item><title>x</title></item><item><title><![CDATA[' . 'x' x 100000));
put('open_comment.xml', rss(item('x')) =~ s/<\/channel.*//r, '<!-- x' x 100000);
put('open_cdata_each.xml', rss('<item><title><![CDATA[x</title></item>' x 19000));
put('open_comment_each.xml', rss(item('x')), '<item><!--' x (700000 / $searched));
put('open_select_each.xml', rss('<item><description><![CDATA[' . '<select>' x 500000 . ']]></description></item>'));
put('end_tags.xml', rss(item('x')), '<q>' x 290, '</foo>' x 900000);
put('open_pi.xml', '<rss><channel><item><title>x</title></item><?php ', 'x' x 100000);
put('open_tag.xml', '<rss><channel><item><title>x</title></item><item a="', 'x' x 100000);
put('nul.xml', rss(item("a\0b"), "\0\0\0", item("c")));
put('nul.json', "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"a\0b\"}]}");
my $text = "\xe5\x9b\x9e\xe5\xba\x94\x80\xff\xfe\x81\x30\x81\x30\x1b\$B\x0e\xa4";
put('charset_' . tr/\/.//dr . '.xml', "<?xml version=\"1.0\" encoding=\"$_\"?>", rss(item($text)))
	for qw(GB2312 GBK GB18030 BIG5 UTF-8 UTF-16 UTF-16LE UTF-32 UCS-4 UTF-7 ISO-2022-JP ISO-2022-CN
	EUC-JP EUC-KR SHIFT_JIS HZ-GB-2312 KOI8-R windows-1252 IBM037 x-user-defined no-such ../../etc);
my $wide = join('', map { "$_\0" } split(//, rss(item('x'))));
put('utf16_odd.xml', "\xff\xfe", $wide, 'x');
put('utf16_lone.xml', "\xff\xfe", $wide =~ s/x\0/\x00\xd8/r);
put('bom_twice.xml', "\xef\xbb\xbf\xef\xbb\xbf", rss(item('x')));
put('bom_mixed.xml', "\xef\xbb\xbf\xff\xfe", rss(item('x')));
put('bom_utf32.xml', "\xff\xfe\0\0", rss(item('x')));
put('utf7.xml', '<?xml version="1.0" encoding="UTF-7"?>', rss(item('+ADw-script+AD4-')));
put('overlong.xml', rss(item("\xc0\xbc\xe0\x80\xbc\xf0\x80\x80\xbc\xf8\x80\x80\x80\xbc\xed\xa0\x80\xf4\x90\x80\x80")));
put('controls.xml', rss(item("a\e]0;owned\a\e[2J\x07\x08\x7f\xc2\x9b31m\r"), '<item><title>&#27;[31m&#x202e;x&#x9b;</title>'
	. "<link>http://example.gov.cn/\e]8;;http://evil.example/\a\xe2\x80\xae</link></item>"));
put('bidi.xml', rss(item("\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x81\x81" . "\xcc\x81" x 100000)));
put('schemes.xml', rss(map { "<item><title>x</title><link>$_</link></item>" }
	'javascript:alert(1)', "file://$dir/canary", 'data:text/html,x', "java\tscript:x", 'http://[::1', '//'));
put('dates.xml', rss(map { "<item><title>x</title><pubDate>$_</pubDate></item>" }
	'99999999999999-01-01', '-1-01-01', '9' x 100000, 'Mon, 99 Jan 9999 99:99:99 +9999', '1e999999'));

# JSON of its own.
my $feed = '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[%s]}';
put('surrogates.json', sprintf($feed, '{"id":"1","title":"\ud800 \udc00 \ud800\ud800 \u0000 \u001b[2J"}'));
put('big_int.json', sprintf($feed, '{"id":' . '9' x 1000000 . ',"title":"x"}'));
put('exponent.json', sprintf($feed, '{"id":1e999999,"title":-1e-999999,"date_published":1E+400}'));
put('duplicate_keys.json', sprintf($feed, '{' . '"title":"x",' x 200000 . '"id":"1"}'));
put('many_keys.json', sprintf($feed, '{' . join(',', map { "\"k$_\":$_" } 1 .. 300000) . '}'));
put('zeros.json', '[' . join(',', (0) x 2000000) . ']');
put('cut.json', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a\\');
put('types.json', '{"version":"https://jsonfeed.org/version/1.1","title":[],"items":{"id":{}}}');

# No document at all.
put('empty.xml', '');
put('one_byte.xml', '<');
put('bom_only.xml', "\xef\xbb\xbf");
put('random.xml', noise(300000));
put('random_in_rss.xml', '<rss><channel><item><title>', noise(200000), '</title></item></channel></rss>');
put('gzip.xml', "\x1f\x8b\x08\0\0\0\0\0\0\3", noise(20000));
put('image.xml', "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", noise(20000));

# Lines for the filters.
put('dates.txt', map { "$_\n" } '1' x 1000000, '99999999999999-01-01', '-' x 100000, '0000-00-00', '2024-02-30', '2024-13-01',
	'9999-12-31T23:59:60Z', '1970-01-01T00:00:00+99:99', "\0", "\xff\xfe", '-9223372036854775808', '9223372036854775807',
	'99999999999999999999', '1e999999', '0x7fffffff', 'Mon, 99 Jan 2024', ' ' x 500000, "\xe5\xb9\xb4" x 100000,
	'99999999999 days ago', "9999999999\xe5\xa4\xa9\xe5\x89\x8d", '%s%n%x', '2024' . '-01' x 100000);
put('urls.txt', map { "$_\n" } 'http://example.gov.cn/' . 'a' x 1000000, 'http://example.gov.cn/' . '../' x 300000,
	'http://' . 'a.' x 300000, 'http://example.gov.cn/?' . 'a=b&' x 200000, 'http://' . '@' x 300000, "http://\e]0;x\a/",
	"javascript:x", "http://a\0b/", "http://\xff/", 'http://[::1', 'http://[' . ':' x 100000, 'http://a:99999999999/',
	'http://0x7f.1/', 'http://2130706433/', 'http://%00/', 'http://example.gov.cn/%' x 10000, 'http://xn--' . 'a' x 100000,
	"http://\xe2\x80\xae.cn/", '//', ':', '#' x 100000, 'http:' x 100000, '/' x 500000, '%zz', "\\" x 100000, '-' x 300);
my $path = 'a' x 60000;
put('robots_wild.txt', '{"robots":"User-agent: *\n' . ('Disallow: /' . '*a' x 1000 . '$\n') x 100 . '","url":"http://example.gov.cn/'
	. "aaaaaaaaab" x 200 . "\"}\n");
put('robots_one.txt', '{"robots":"User-agent: *\nDisallow: /' . '*a' x 100000 . 'b$\n","url":"http://example.gov.cn/' . "$path\"}\n");
put('robots_2mb.txt', '{"robots":"User-agent: *\n' . 'Disallow: /*a*a*a*a*a$\n' x 90000 . '","url":"http://example.gov.cn/'
	. 'a' x 2000 . "b\"}\n");
put('robots_groups.txt', '{"robots":"' . 'User-agent: a\n' x 150000 . '","url":"http://example.gov.cn/"}' . "\n");
put('robots_bad.txt', "{\n", "[]\n", "null\n", "{\"robots\":1,\"url\":2}\n", "{\"robots\":\"\\u0000\",\"url\":\"\"}\n", noise(5000), "\n",
	'[' x 100000, "\n", "{\"robots\":\"x\",\"url\":\"\e\"}\n");
my $long = '{"id":"1","title":"x","text":"%s"}' . "\n";
put('match_a.txt', sprintf($long, 'a' x 40 . '!'), sprintf($long, 'a' x 200000 . '!'));
put('match_cjk.txt', map { sprintf($long, $_ x 60000) } "\xe4\xb8\x8d", "\xe6\xb1\xa1\xe6\x9f\x93", "\xe6\x8b\x96\xe6\xac\xa0 ");
put('match_bad.txt', "{\n", "[]\n", "null\n", "{\"id\":{},\"title\":[]}\n", "{\"id\":1e999999}\n", "{\"title\":\"\\ud800\"}\n", noise(5000), "\n",
	'[' x 100000, "\n", '{"a":' x 100000, "\n", "{\"id\":\"\e[2J\",\"title\":\"\\u001b[2J\\u202e\"}\n", "\n\n\0\n");
put('safe_10mb.bin', noise(1 << 20) x 10);
put('safe_marks.bin', "\xcc\x81" x 3000000);
put('safe_bad.bin', "\xf0\x9f\x98" x 1000000);
PERL
