/*
 * ca_file.c - the bundle of trusted certificates.
 */
#include "crawler/ca_file.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const places[] = {
	"/etc/ssl/certs/ca-certificates.crt", /* Debian */
	"/etc/pki/tls/certs/ca-bundle.crt",
	"/etc/ssl/ca-bundle.pem",
};

const char *ca_file_find(void)
{
	const char *named = getenv("CURL_CA_BUNDLE");

	if (!named || !*named)
		named = getenv("SSL_CERT_FILE");
	if (named && *named)
		return named;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (access(places[i], R_OK) == 0)
			return places[i];
	return places[0];
}
