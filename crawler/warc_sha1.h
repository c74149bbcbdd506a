/*
 * warc_sha1.h - SHA-1 (FIPS 180-4 §6.1), only to check the digests in WARC files of
 * others: Heritrix, wget and warcio write them so. We write SHA-256. Whoever forges a
 * file can forge its SHA-1; against decay of disks and lines it is good.
 */
#ifndef CRAWLER_WARC_SHA1_H
#define CRAWLER_WARC_SHA1_H

#include <stddef.h>

#define WARC_SHA1_SIZE 20

void warc_sha1(const void *data, size_t n, unsigned char out[WARC_SHA1_SIZE]);

#endif
