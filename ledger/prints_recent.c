/*
 * prints_recent.c - the entries of the index that are not filed yet: a chained hash table.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/prints.h"

#define HEADS_MIN 4096 /* a power of two */

struct node {
	uint32_t tag, next; /* next: 1 + its place; 0: the last */
	int64_t item;
};

struct head {
	uint32_t at; /* 1 + the place of the newest; 0: none */
	uint32_t seen; /* a bit for each tag of the chain, by its highest bits */
};

struct prints_recent {
	struct node *node;
	size_t count, room;
	struct head *head;
	size_t heads;
};

uint32_t print_tag(uint64_t print)
{
	/* Prints are the smallest hashes of a text: their upper bits say little. */
	return (uint32_t)((print * UINT64_C(0x9E3779B97F4A7C15)) >> 32);
}

struct prints_recent *prints_recent_new(void)
{
	struct prints_recent *r = calloc(1, sizeof *r);

	if (!r)
		return NULL;
	r->heads = HEADS_MIN;
	r->head = calloc(r->heads, sizeof *r->head);
	if (r->head)
		return r;
	free(r);
	return NULL;
}

void prints_recent_free(struct prints_recent *r)
{
	if (!r)
		return;
	free(r->node);
	free(r->head);
	free(r);
}

void prints_recent_clear(struct prints_recent *r)
{
	memset(r->head, 0, r->heads * sizeof *r->head);
	r->count = 0;
}

static struct head *head_of(const struct prints_recent *r, uint32_t tag)
{
	return &r->head[tag & (r->heads - 1)];
}

static uint32_t bit_of(uint32_t tag)
{
	return UINT32_C(1) << (tag >> 27);
}

static void link_node(struct prints_recent *r, size_t at)
{
	struct head *head = head_of(r, r->node[at].tag);

	r->node[at].next = head->at;
	head->at = (uint32_t)at + 1;
	head->seen |= bit_of(r->node[at].tag);
}

/* Where a chain begins in which the tag may stand; most tags stand in none, and are told
 * apart without a look at its nodes. */
static uint32_t chain_of(const struct prints_recent *r, uint32_t tag)
{
	const struct head *head = head_of(r, tag);

	return head->seen & bit_of(tag) ? head->at : 0;
}

/* As many heads as nodes, so that a chain is short. */
static bool grow(struct prints_recent *r)
{
	size_t room = r->room ? 2 * r->room : HEADS_MIN;
	struct node *node = realloc(r->node, room * sizeof *node);
	struct head *head;

	if (!node)
		return false;
	r->node = node;
	head = room > r->heads ? calloc(room, sizeof *head) : NULL;
	if (room > r->heads && !head)
		return false;
	r->room = room;
	if (!head)
		return true;
	free(r->head);
	r->head = head;
	r->heads = room;
	for (size_t i = 0; i < r->count; i++)
		link_node(r, i);
	return true;
}

bool prints_recent_add(struct prints_recent *r, struct print_entry x)
{
	if (r->count == UINT32_MAX || (r->count == r->room && !grow(r)))
		return false;
	r->node[r->count] = (struct node){x.tag, 0, x.item};
	link_node(r, r->count++);
	return true;
}

void prints_recent_remove(struct prints_recent *r, struct print_entry x)
{
	for (uint32_t at = chain_of(r, x.tag); at; at = r->node[at - 1].next) {
		struct node *n = &r->node[at - 1];
		if (n->tag == x.tag && n->item == x.item)
			n->item = PRINT_NOBODY;
	}
}

void prints_recent_expect(const struct prints_recent *r, const uint64_t *prints, size_t count)
{
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(head_of(r, print_tag(prints[i])));
	for (size_t i = 0; i < count; i++) {
		uint32_t at = chain_of(r, print_tag(prints[i]));
		if (at)
			__builtin_prefetch(&r->node[at - 1]);
	}
}

void prints_recent_find(
	const struct prints_recent *r, uint32_t tag, int64_t but, struct print_items *out)
{
	for (uint32_t at = chain_of(r, tag); at && out->count < out->max;) {
		const struct node *n = &r->node[at - 1];
		if (n->tag == tag && n->item != but && n->item != PRINT_NOBODY)
			out->item[out->count++] = n->item;
		at = n->next;
	}
}

struct print_entry *prints_recent_list(const struct prints_recent *r, size_t *count)
{
	struct print_entry *list = calloc(r->count + 1, sizeof *list);

	*count = r->count;
	for (size_t i = 0; list && i < r->count; i++)
		list[i] = (struct print_entry){r->node[i].tag, r->node[i].item};
	return list;
}
