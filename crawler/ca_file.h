/*
 * ca_file.h - where this system keeps the certificates that it trusts: one bundle.
 */
#ifndef CRAWLER_CA_FILE_H
#define CRAWLER_CA_FILE_H

/* $CURL_CA_BUNDLE or $SSL_CERT_FILE if set, else the first of the usual places. */
const char *ca_file_find(void);

#endif
