/*
 * tls.c - new TLS connections a second: the fetcher's own transfers beside a plain libcurl
 * handle that keeps Debian's defaults.
 *
 * usage: tls URL CA_FILE OURS THEIRS - so many connections each, one after the other, all
 * on one multi handle, certificates verified. Both are given the same bundle. The only
 * difference that matters is CURLOPT_CAPATH: Debian sets one, and with it libcurl reads
 * every certificate of the bundle anew for each connection. Prints "OURS/s THEIRS/s".
 */
#include <curl/curl.h>

#include "crawler/transfer.h"
#include "tests/bench/corpus.h"

static void run_one(CURLM *multi, CURL *easy)
{
	int running = 1, left;
	CURLMsg *m = NULL;
	long status = 0;

	if (curl_multi_add_handle(multi, easy))
		corpus_die("tls", "cannot begin");
	while (running)
		if (curl_multi_perform(multi, &running) ||
			(running && curl_multi_poll(multi, NULL, 0, 1000, NULL)))
			corpus_die("tls", "the transfer cannot go on");
	m = curl_multi_info_read(multi, &left);
	if (!m || m->data.result)
		corpus_die("tls", m ? curl_easy_strerror(m->data.result) : "no end");
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		corpus_die("tls", "the answer is not 200");
	curl_multi_remove_handle(multi, easy);
}

static void run_ours(CURLM *multi, const char *url, const char *ca_file)
{
	struct transfer_settings s = {"bench", ca_file, "/tmp", 10, 60, 20};
	struct transfer_request r = {.url = url, .private_ok = true};
	struct transfer_pool *pool = transfer_pool_new(&s); /* and so a new connection */
	struct transfer *t;
	struct err e = {ERR_OK, ""};

	if (!pool)
		corpus_die("tls", "no memory");
	corpus_check(transfer_new(pool, &r, &t, &e), &e);
	run_one(multi, transfer_handle(t));
	transfer_free(t);
	transfer_pool_free(pool);
}

static size_t drop(char *data, size_t size, size_t count, void *arg)
{
	(void)data;
	(void)arg;
	return size * count;
}

static void run_theirs(CURLM *multi, const char *url, const char *ca_file)
{
	CURL *easy = curl_easy_init();

	if (!easy)
		corpus_die("tls", "no handle");
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	run_one(multi, easy);
	curl_easy_cleanup(easy);
}

static double rate(void (*run)(CURLM *, const char *, const char *), const char *url,
	const char *ca_file, int count)
{
	CURLM *multi = curl_multi_init();
	struct corpus_time from;

	if (!multi)
		corpus_die("tls", "no memory");
	run(multi, url, ca_file); /* what is read once in a run is no cost of a connection */
	from = corpus_now();
	for (int i = 0; i < count; i++)
		run(multi, url, ca_file);
	from = corpus_since(from);
	curl_multi_cleanup(multi);
	return count / from.wall;
}

int main(int argc, char **argv)
{
	double ours, theirs;

	if (argc != 5 || curl_global_init(CURL_GLOBAL_DEFAULT))
		corpus_die("usage", "tls URL CA_FILE OURS THEIRS");
	ours = rate(run_ours, argv[1], argv[2], atoi(argv[3]));
	theirs = rate(run_theirs, argv[1], argv[2], atoi(argv[4]));
	printf("%.1f %.1f\n", ours, theirs);
	curl_global_cleanup();
	return 0;
}
