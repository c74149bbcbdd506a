/*
 * address.h - is this socket address one of the public Internet?
 *
 * The guard against fetching from our own network (SSRF): it is asked about the
 * address a socket is really opened to, never about a name. Follows the IANA IPv4 and
 * IPv6 Special-Purpose Address Registries (RFC 6890 and later); IPv6 outside
 * 2000::/3 is refused as a whole; addresses that carry an IPv4 address (mapped,
 * NAT64 64:ff9b::/96, 6to4, Teredo) are judged by that one. Pure, no limits.
 */
#ifndef CRAWLER_ADDRESS_H
#define CRAWLER_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/* What the special block is for ("loopback", "private use" …), or NULL when the
 * address is public. Host byte order; 16 bytes in network order. */
const char *address_block_v4(uint32_t ip);
const char *address_block_v6(const unsigned char ip[16]);
/* As above; families other than IPv4 and IPv6 are "no Internet address". */
const char *address_block(const struct sockaddr *sa);
/* The same for an address in text form; an unreadable one is "no Internet address". */
const char *address_block_text(const char *ip);
bool address_is_literal(const char *host); /* an address and no name; IPv6 without [] */

#endif
