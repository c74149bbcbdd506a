/*
 * send.c - a curl easy handle for one message.
 */
#include "crawler/send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/address.h"
#include "crawler/mail.h"
#include "crawler/robot.h"

#define SECRET_MIN 8 /* shorter parts of an address are words */

struct sending {
	const struct send_settings *settings;
	const struct target *target;
	const struct message *message;
	CURL *easy;
	struct curl_slist *headers, *receivers;
	struct robot_request request;
	struct buf secret, user, password, mail, answer;
	size_t mail_sent, receiver_count;
	CURLcode fault; /* of setting up */
	bool blocked, private_ok;
	struct {
		bool asked; /* the next reply is about a receiver */
		size_t refused, later; /* 5yz, 4yz */
		long code; /* of the last of them */
		char who[300]; /* the receiver it is about */
		struct buf put_off; /* those of 4yz, blank-separated */
	} rcpt;
	int64_t retry_after;
};

static void refuse(struct receipt *out, const char *text)
{
	out->result = MESSAGE_REFUSED;
	message_copy(out->error, sizeof out->error, text);
}

/* --- callbacks --- */

static curl_socket_t on_open(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct sending *s = arg;

	if (purpose != CURLSOCKTYPE_IPCXN || (address_block(&a->addr) && !s->private_ok)) {
		s->blocked = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* What is too much is read and let go: the status decides, or a robot's words at the beginning. */
static size_t on_answer(char *data, size_t size, size_t count, void *arg)
{
	struct sending *s = arg;
	size_t n = size * count, room = SEND_ANSWER_MAX - s->answer.len;

	buf_add(&s->answer, data, n < room ? n : room);
	return s->answer.fault ? 0 : n;
}

/* The address between < and >. */
static bool read_receiver(const char *p, size_t n, char *out, size_t size)
{
	const char *from = memchr(p, '<', n);
	const char *to = from ? memchr(from, '>', n - (size_t)(from - p)) : NULL;

	if (!to || (size_t)(to - from) > size)
		return false;
	memcpy(out, from + 1, (size_t)(to - from) - 1);
	out[to - from - 1] = '\0';
	return true;
}

/* curl goes on when one of several receivers is refused and does not say so. */
static int on_talk(CURL *easy, curl_infotype type, char *data, size_t n, void *arg)
{
	static const char rcpt[] = "RCPT TO:";
	struct sending *s = arg;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT)
		s->rcpt.asked = n >= sizeof rcpt && strncasecmp(data, rcpt, sizeof rcpt - 1) == 0 &&
				read_receiver(data + sizeof rcpt - 1, n - sizeof rcpt + 1,
					s->rcpt.who, sizeof s->rcpt.who);
	if (type != CURLINFO_HEADER_IN || !s->rcpt.asked || n < 4 || data[3] == '-')
		return 0;
	s->rcpt.asked = false;
	s->rcpt.later += data[0] == '4';
	if (data[0] == '4')
		buf_addf(&s->rcpt.put_off, "%s%s", s->rcpt.put_off.len ? " " : "", s->rcpt.who);
	s->rcpt.refused += data[0] == '5';
	if (data[0] == '4' || data[0] == '5')
		s->rcpt.code = strtol(data, NULL, 10);
	return 0;
}

static size_t on_header(char *line, size_t size, size_t count, void *arg)
{
	static const char name[] = "Retry-After:";
	struct sending *s = arg;
	size_t n = size * count;
	int64_t seconds;

	if (n > sizeof name && strncasecmp(line, name, sizeof name - 1) == 0 &&
		str_to_int(str_trim((struct str){line + sizeof name - 1, n - sizeof name + 1}), 0,
			86400, &seconds))
		s->retry_after = seconds;
	return n;
}

static size_t on_mail(char *out, size_t size, size_t count, void *arg)
{
	struct sending *s = arg;
	size_t n = size * count, left = s->mail.len - s->mail_sent;

	n = n < left ? n : left;
	memcpy(out, buf_str(&s->mail) + s->mail_sent, n);
	s->mail_sent += n;
	return n;
}

/* --- setting up --- */

/* "HOST:PORT" of an address is the one that the office admits. False: no memory. */
static bool judge_place(struct sending *s, const char *url)
{
	const char *admitted = s->target->allow_private;
	CURLU *u = admitted ? curl_url() : NULL;
	char *host = NULL, *port = NULL;
	char place[300] = "";
	CURLUcode rc = u ? curl_url_set(u, CURLUPART_URL, url, 0) : CURLUE_OUT_OF_MEMORY;

	if (!admitted)
		return true;
	if (!rc)
		rc = curl_url_get(u, CURLUPART_HOST, &host, 0);
	if (!rc)
		rc = curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
	if (!rc)
		snprintf(place, sizeof place, "%s:%s", host, port);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	s->private_ok = strcasecmp(place, admitted) == 0;
	return rc != CURLUE_OUT_OF_MEMORY;
}

/* The first setting that curl does not take ends the rest. */
#define SET(option, value)                                                                         \
	(s->fault = s->fault ? s->fault : curl_easy_setopt(s->easy, option, value))

static bool set_rules(struct sending *s, const char *url)
{
	bool mail = s->target->kind == TARGET_SMTP;

	if (!judge_place(s, url))
		s->fault = CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_URL, url);
	SET(CURLOPT_PROTOCOLS_STR, mail ? "smtps,smtp" : (s->private_ok ? "https,http" : "https"));
	SET(CURLOPT_USE_SSL, (long)(s->private_ok ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_USERAGENT, s->settings->user_agent);
	SET(CURLOPT_CONNECTTIMEOUT, s->settings->connect_timeout);
	SET(CURLOPT_TIMEOUT, s->settings->timeout);
	SET(CURLOPT_FRESH_CONNECT, 1L); /* a kept connection may die under the request */
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_CAINFO, s->settings->ca_file);
	SET(CURLOPT_CAPATH, NULL);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_open);
	SET(CURLOPT_OPENSOCKETDATA, s);
	SET(CURLOPT_WRITEFUNCTION, on_answer);
	SET(CURLOPT_WRITEDATA, s);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, s);
	return s->fault == CURLE_OK;
}

static bool add_to(struct curl_slist **list, const char *line)
{
	struct curl_slist *more = curl_slist_append(*list, line);

	if (more)
		*list = more;
	return more != NULL;
}

static bool set_post(struct sending *s)
{
	if (!add_to(&s->headers, "Expect:"))
		s->fault = CURLE_OUT_OF_MEMORY;
	for (size_t i = 0; i < s->request.header_count; i++)
		if (!add_to(&s->headers, buf_str(&s->request.headers[i])))
			s->fault = CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_HTTPHEADER, s->headers);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)s->request.body.len);
	SET(CURLOPT_POSTFIELDS, buf_str(&s->request.body));
	return set_rules(s, buf_str(&s->request.url));
}

static bool add_receivers(struct sending *s)
{
	struct str rest = str_of(s->message->to ? s->message->to : s->target->to);
	char one[300];

	while (rest.n > 0) {
		struct str to = str_trim(str_split(&rest, ' '));
		if (!to.n)
			continue;
		snprintf(one, sizeof one, "<%.*s>", (int)to.n, to.p);
		if (!add_to(&s->receivers, one))
			return false;
		s->receiver_count++;
	}
	return true;
}

static bool set_mail(struct sending *s, const char *url)
{
	char from[300];

	if (!add_receivers(s))
		s->fault = CURLE_OUT_OF_MEMORY;
	snprintf(from, sizeof from, "<%s>", s->target->from);
	SET(CURLOPT_MAIL_FROM, from);
	SET(CURLOPT_MAIL_RCPT, s->receivers);
	SET(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	SET(CURLOPT_DEBUGFUNCTION, on_talk);
	SET(CURLOPT_DEBUGDATA, s);
	SET(CURLOPT_VERBOSE, 1L); /* to on_talk() alone */
	SET(CURLOPT_READFUNCTION, on_mail);
	SET(CURLOPT_READDATA, s);
	SET(CURLOPT_UPLOAD, 1L);
	if (s->user.len)
		SET(CURLOPT_USERNAME, buf_str(&s->user));
	if (s->password.len)
		SET(CURLOPT_PASSWORD, buf_str(&s->password));
	return set_rules(s, url);
}

/* The domain of the sender, for the Message-ID. */
static const char *domain_of(const char *from)
{
	const char *at = strrchr(from, '@');

	return at && at[1] ? at + 1 : "localhost";
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- what became of it --- */

/* Whether the other side may have the whole message. For a mail: its last byte was handed
 * to the socket; for a request: curl counts what it sent of the body. */
static bool may_have_arrived(struct sending *s)
{
	curl_off_t up = 0;

	if (s->target->kind == TARGET_SMTP)
		return s->mail_sent == s->mail.len;
	curl_easy_getinfo(s->easy, CURLINFO_SIZE_UPLOAD_T, &up);
	return up >= (curl_off_t)s->request.body.len;
}

/* What curl says in words holds addresses with keys in them: only the kind is told. */
static const char *words_of(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return _("its name is not known");
	case CURLE_COULDNT_CONNECT:
		return _("no connection");
	case CURLE_OPERATION_TIMEDOUT:
		return _("no answer in time");
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return _("no trusted connection (TLS)");
	case CURLE_LOGIN_DENIED:
		return _("the login was refused");
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
		return _("its address cannot be used");
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
		return _("the connection was cut");
	default:
		return curl_easy_strerror(code);
	}
}

static bool is_setting(CURLcode code)
{
	return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
	       code == CURLE_LOGIN_DENIED;
}

/* A reply of 4yz means "later", 5yz "never" (RFC 5321 §4.2.1). One receiver who may be asked
 * later is reason enough to. */
static void judge_reply(const struct sending *s, long status, struct receipt *out)
{
	out->result = status < 500 || s->rcpt.later ? MESSAGE_RETRY : MESSAGE_REFUSED;
	snprintf(out->error, sizeof out->error, _("the answer was %ld"), status);
}

static void judge_failure(struct sending *s, CURLcode code, struct receipt *out)
{
	long status = 0;

	curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &status);
	out->status = status;
	if (s->blocked) {
		refuse(out, _("it has a private address: allow_private names those that may"));
		return;
	}
	if (s->target->kind == TARGET_SMTP && status >= 400) {
		judge_reply(s, status, out);
		return;
	}
	if (s->target->kind != TARGET_SMTP && status >= 400 && status < 500) {
		robot_judge(s->target->kind, status, buf_str(&s->answer), s->answer.len,
			s->retry_after, out);
		return;
	}
	/* An answer that is no HTTP looks like a wrong address to curl, but came after all. */
	out->result = may_have_arrived(s) ? MESSAGE_UNKNOWN
		      : is_setting(code)  ? MESSAGE_REFUSED
					  : MESSAGE_RETRY;
	message_copy(out->error, sizeof out->error, words_of(code));
}

static void judge_mail(const struct sending *s, long status, struct receipt *out)
{
	size_t missing = s->rcpt.refused + s->rcpt.later;

	out->result = MESSAGE_SENT;
	out->status = status;
	out->gone = (int64_t)s->rcpt.refused;
	if (!s->rcpt.put_off.fault && s->rcpt.put_off.len < sizeof out->later)
		memcpy(out->later, buf_str(&s->rcpt.put_off), s->rcpt.put_off.len + 1);
	if (missing && *out->later)
		snprintf(out->error, sizeof out->error,
			_("%zu of %zu receivers are asked again later, %zu were refused; the last "
			  "answer was %ld"),
			s->rcpt.later, s->receiver_count, s->rcpt.refused, s->rcpt.code);
	else if (missing)
		snprintf(out->error, sizeof out->error,
			_("%zu of %zu receivers were refused, the last answer was %ld"), missing,
			s->receiver_count, s->rcpt.code);
}

static void perform(struct sending *s, struct receipt *out)
{
	CURLcode code = curl_easy_perform(s->easy);
	long status = 0;

	if (code != CURLE_OK) {
		judge_failure(s, code, out);
		return;
	}
	curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &status);
	if (s->target->kind == TARGET_SMTP)
		judge_mail(s, status, out);
	else
		robot_judge(s->target->kind, status, buf_str(&s->answer), s->answer.len,
			s->retry_after, out);
}

/* --- secrets in answers --- */

/* Every occurrence in `text` becomes asterisks, also one that was cut at its end. */
static void hide(char *text, const char *secret, size_t n)
{
	size_t all = strlen(text);
	char *at = text;

	if (n < SECRET_MIN)
		return;
	while ((at = memmem(at, all - (size_t)(at - text), secret, n)) != NULL)
		memset(at, '*', n);
	for (size_t k = n < all ? n : all; k >= SECRET_MIN; k--)
		if (memcmp(text + all - k, secret, k) == 0)
			memset(text + all - k, '*', k);
}

/* A server may say back what it was asked: no part of the address that could be a key, nor
 * any other secret, goes into a receipt. */
static void hide_secrets(const struct sending *s, struct receipt *out)
{
	const struct buf *secrets[] = {&s->secret, &s->user, &s->password};
	const char *p = buf_str(&s->request.url);

	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		hide(out->error, buf_str(secrets[i]), secrets[i]->len);
	while (*p) {
		size_t n = strcspn(p, "/?&=:");
		hide(out->error, p, n);
		p += n + (p[n] != '\0');
	}
}

/* --- the door --- */

static enum err_code read_values(struct sending *s, struct buf *url, struct err *e)
{
	const struct target *t = s->target;
	enum err_code rc = target_value(t, "url", t->url, url, e);

	if (!rc && t->secret)
		rc = target_value(t, "secret", t->secret, &s->secret, e);
	if (!rc && t->user)
		rc = target_value(t, "user", t->user, &s->user, e);
	if (!rc && t->password)
		rc = target_value(t, "password", t->password, &s->password, e);
	return rc;
}

static enum err_code prepare(struct sending *s, struct err *e)
{
	const struct target *t = s->target;
	struct buf url;
	enum err_code rc;
	bool ready = false;

	buf_init(&url, TARGET_SECRET_MAX);
	rc = read_values(s, &url, e);
	if (!rc && t->kind == TARGET_SMTP)
		rc = mail_write(
			s->message, t->from, t->to, domain_of(t->from), time_now(), &s->mail, e);
	else if (!rc)
		rc = robot_request(&(struct robot_to){t->kind, buf_str(&url),
					   s->secret.len ? buf_str(&s->secret) : NULL, t->keyword},
			s->message, now_ms(), &s->request, e);
	if (!rc)
		ready = t->kind == TARGET_SMTP ? set_mail(s, buf_str(&url)) : set_post(s);
	if (!rc && !ready)
		rc = s->fault == CURLE_OUT_OF_MEMORY
			     ? err_nomem(e)
			     : err_set(e, ERR_CONFIG, _("[target %s] cannot be used"), t->name);
	if (url.data)
		explicit_bzero(url.data, url.cap);
	buf_fini(&url);
	return rc;
}

static void wipe(struct buf *b)
{
	if (b->data)
		explicit_bzero(b->data, b->cap);
	buf_fini(b);
}

static void finish(struct sending *s)
{
	curl_easy_cleanup(s->easy);
	curl_slist_free_all(s->headers);
	curl_slist_free_all(s->receivers);
	robot_request_fini(&s->request);
	wipe(&s->secret);
	wipe(&s->user);
	wipe(&s->password);
	buf_fini(&s->mail);
	buf_fini(&s->rcpt.put_off);
	buf_fini(&s->answer);
}

enum err_code send_message(const struct send_settings *settings, const struct target *t,
	const struct message *m, struct receipt *out, struct err *e)
{
	struct sending s = {.settings = settings, .target = t, .message = m};
	struct err why = {ERR_OK, ""};
	enum err_code rc;

	robot_request_init(&s.request);
	buf_init(&s.secret, TARGET_SECRET_MAX);
	buf_init(&s.user, TARGET_SECRET_MAX);
	buf_init(&s.password, TARGET_SECRET_MAX);
	buf_init(&s.mail, MESSAGE_FILE_MAX * 4);
	buf_init(&s.answer, SEND_ANSWER_MAX);
	buf_init(&s.rcpt.put_off, MESSAGE_LATER_SIZE);
	out->status = out->retry_after = out->gone = 0;
	out->later[0] = '\0';
	out->error[0] = '\0';
	s.easy = curl_easy_init();
	rc = s.easy ? prepare(&s, &why) : err_nomem(&why);
	if (!rc)
		perform(&s, out);
	if (!rc)
		hide_secrets(&s, out);
	else if (rc != ERR_NOMEM)
		refuse(out, why.text);
	out->at = time_now();
	finish(&s);
	return rc == ERR_NOMEM ? err_nomem(e) : ERR_OK;
}
