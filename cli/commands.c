/*
 * commands.c - the command table: every verb, in the order that help lists them.
 * A verb is described and carried out in its verb_*.c.
 */
#include "cli/command.h"

extern const struct command command_alerts;
extern const struct command command_audit_head;
extern const struct command command_audit_rebuild;
extern const struct command command_audit_verify;
extern const struct command command_backup;
extern const struct command command_crawl;
extern const struct command command_dates;
extern const struct command command_help;
extern const struct command command_ingest;
extern const struct command command_init;
extern const struct command command_match;
extern const struct command command_parse_document;
extern const struct command command_robots;
extern const struct command command_rules_check;
extern const struct command command_rules_why;
extern const struct command command_safe;
extern const struct command command_show;
extern const struct command command_sources_check;
extern const struct command command_sources_list;
extern const struct command command_sources_test;
extern const struct command command_status;
extern const struct command command_urls;
extern const struct command command_version;

const struct command *const command_rows[] = {
	/* everyday */
	&command_init,
	&command_crawl,
	&command_ingest,
	&command_status,
	&command_alerts,
	&command_show,
	/* rules and sources */
	&command_rules_check,
	&command_rules_why,
	&command_sources_check,
	&command_sources_list,
	&command_sources_test,
	/* the chain */
	&command_audit_verify,
	&command_audit_head,
	&command_audit_rebuild,
	&command_backup,
	/* plumbing */
	&command_dates,
	&command_match,
	&command_parse_document,
	&command_robots,
	&command_safe,
	&command_urls,
	/* about */
	&command_help,
	&command_version,
};

const size_t command_row_count = sizeof command_rows / sizeof *command_rows;
