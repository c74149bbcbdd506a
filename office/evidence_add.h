/*
 * evidence_add.h - adding proof to a case, response or commitment (DESIGN §6.7).
 *
 * A page is captured from outside by the fetcher: a wanted row is queued and the
 * evidence is pending until ingest brings the answer (office/evidence.h). A file is
 * copied into evidence/ and counts at once. A screenshot (of a channel that cannot be
 * captured) counts when a second person confirms it.
 */
#ifndef OFFICE_EVIDENCE_ADD_H
#define OFFICE_EVIDENCE_ADD_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger/ids.h"
#include "office/act.h"
#include "office/channels.h"
#include "office/office.h"

#define OFFICE_EVIDENCE_FILE_MAX ((size_t)64 << 20)

/* Inside an act. url is canonical; channel may be NULL. */
void evidence_add_page(struct act *a, const char *subject, const char *purpose, const char *url,
	const struct channel *channel, const char *note, char id[IDS_SIZE]);
/* Inside an act: copies the file to evidence/ID.<its extension>. url: of a screenshot, or
 * NULL for a plain file. */
void evidence_add_file(struct act *a, const char *subject, const char *purpose, const char *path,
	const char *url, const struct channel *channel, const char *note, char id[IDS_SIZE]);
/* A publication: captured, or by screenshot where the channel says so. Refuses a url that
 * is on no registered channel. */
void evidence_add_publication(struct act *a, const char *subject, const char *purpose,
	const char *url, const char *screenshot, char id[IDS_SIZE], bool *pending);

/* The extension of a file's name, when it is a short plain one, else "": names of files in
 * evidence/ come from our ids only. */
const char *evidence_extension(const char *path);
/* The source whose channel this is: its settings (robots, host) hold for the capture; "". */
const char *evidence_source_of(struct act *a, const struct channel *channel);

/* After the commit of an act that queued captures: the fetcher's list anew. The act is
 * done whatever happens here, so a failure is only logged; the next ingest writes it. */
void evidence_write_wanted(struct office *o);

struct office_evidence {
	const char *subject; /* case or commitment as typed; a bare number is a case */
	const char *url, *file; /* one of them */
	const char *note; /* or NULL */
};

enum err_code office_evidence_add(struct office *o, const struct office_evidence *in,
	char id[IDS_SIZE], char subject[IDS_SIZE], bool *pending, struct err *e);
/* A screenshot's second person: not the one who added it, with a login of their own. */
enum err_code office_evidence_confirm(
	struct office *o, const char *typed, char id[IDS_SIZE], struct err *e);

#endif
