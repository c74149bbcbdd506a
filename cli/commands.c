/*
 * commands.c - the command table: every verb, in the order that help lists them.
 * A verb is described and carried out in its verb_*.c.
 */
#include "cli/command.h"

extern const struct command command_alerts;
extern const struct command command_audit_head;
extern const struct command command_audit_key;
extern const struct command command_audit_rebuild;
extern const struct command command_audit_refused;
extern const struct command command_audit_verify;
extern const struct command command_backup;
extern const struct command command_case_answers;
extern const struct command command_case_assign;
extern const struct command command_case_close;
extern const struct command command_case_finish;
extern const struct command command_case_extend;
extern const struct command command_case_grade;
extern const struct command command_case_correct;
extern const struct command command_case_list;
extern const struct command command_case_merge;
extern const struct command command_case_open;
extern const struct command command_case_reopen;
extern const struct command command_case_brief;
extern const struct command command_case_consult;
extern const struct command command_case_handover;
extern const struct command command_case_instruct;
extern const struct command command_case_return;
extern const struct command command_case_route;
extern const struct command command_case_sign;
extern const struct command command_channels;
extern const struct command command_commitment_add;
extern const struct command command_commitment_cannot;
extern const struct command command_commitment_claim;
extern const struct command command_commitment_extend;
extern const struct command command_commitment_list;
extern const struct command command_commitment_progress;
extern const struct command command_commitment_publish;
extern const struct command command_commitment_refuse;
extern const struct command command_commitment_review;
extern const struct command command_commitment_verify;
extern const struct command command_crawl;
extern const struct command command_dates;
extern const struct command command_dismiss;
extern const struct command command_due;
extern const struct command command_duty;
extern const struct command command_duty_on;
extern const struct command command_duty_off;
extern const struct command command_duty_confirm;
extern const struct command command_duty_show;
extern const struct command command_evidence_add;
extern const struct command command_evidence_check;
extern const struct command command_evidence_confirm;
extern const struct command command_help;
extern const struct command command_holidays_check;
extern const struct command command_holidays_list;
extern const struct command command_import;
extern const struct command command_ingest;
extern const struct command command_init;
extern const struct command command_match;
extern const struct command command_notify_ack;
extern const struct command command_notify_check;
extern const struct command command_notify_list;
extern const struct command command_notify_retry;
extern const struct command command_notify_test;
extern const struct command command_orders;
extern const struct command command_neardup;
extern const struct command command_parse_document;
extern const struct command command_promises;
extern const struct command command_proposals;
extern const struct command command_proposals_dismiss;
extern const struct command command_proposals_take;
extern const struct command command_purge;
extern const struct command command_redact;
extern const struct command command_register;
extern const struct command command_release;
extern const struct command command_report;
extern const struct command command_respond;
extern const struct command command_respond_accept;
extern const struct command command_respond_reject;
extern const struct command command_restore;
extern const struct command command_robots;
extern const struct command command_rules_check;
extern const struct command command_rules_apply;
extern const struct command command_rules_diff;
extern const struct command command_rules_edit;
extern const struct command command_rules_revert;
extern const struct command command_rules_versions;
extern const struct command command_rules_stats;
extern const struct command command_rules_suggest;
extern const struct command command_rules_import;
extern const struct command command_rules_why;
extern const struct command command_safe;
extern const struct command command_search;
extern const struct command command_show;
extern const struct command command_sources_check;
extern const struct command command_sources_add;
extern const struct command command_sources_disable;
extern const struct command command_sources_enable;
extern const struct command command_sources_export;
extern const struct command command_sources_health;
extern const struct command command_sources_import;
extern const struct command command_sources_list;
extern const struct command command_sources_test;
extern const struct command command_status;
extern const struct command command_story_split;
extern const struct command command_story_reopen;
extern const struct command command_take;
extern const struct command command_task_claim;
extern const struct command command_task_list;
extern const struct command command_task_progress;
extern const struct command command_task_review;
extern const struct command command_task_trigger;
extern const struct command command_task_verify;
extern const struct command command_tick;
extern const struct command command_unit_check;
extern const struct command command_unit_list;
extern const struct command command_unit_transfer;
extern const struct command command_urls;
extern const struct command command_version;
extern const struct command command_wanted;
extern const struct command command_warc_list;
extern const struct command command_warc_show;
extern const struct command command_warc_verify;
extern const struct command command_case_lookback;
extern const struct command command_case_order;
extern const struct command command_ladder_check;
extern const struct command command_objection_add;
extern const struct command command_objection_decide;
extern const struct command command_objection_list;
extern const struct command command_order_answer;
extern const struct command command_order_confirm;
extern const struct command command_order_list;
extern const struct command command_order_print;
extern const struct command command_order_settle;
extern const struct command command_order_withdraw;
extern const struct command command_round_close;
extern const struct command command_round_list;
extern const struct command command_round_mark;
extern const struct command command_round_open;
extern const struct command command_round_show;
extern const struct command command_withhold;

const struct command *const command_rows[] = {
	/* everyday */
	&command_init,
	&command_crawl,
	&command_ingest,
	&command_status,
	&command_alerts,
	&command_search,
	&command_show,
	&command_take,
	&command_release,
	&command_duty,
	&command_duty_on,
	&command_duty_off,
	&command_duty_confirm,
	&command_duty_show,
	&command_story_split,
	&command_story_reopen,
	&command_case_open,
	&command_case_list,
	&command_case_answers,
	&command_case_assign,
	&command_case_grade,
	&command_case_correct,
	&command_case_extend,
	&command_case_merge,
	&command_case_route,
	&command_case_sign,
	&command_case_return,
	&command_case_consult,
	&command_case_instruct,
	&command_case_handover,
	&command_case_brief,
	&command_case_finish,
	&command_case_close,
	&command_case_reopen,
	&command_dismiss,
	&command_register,
	&command_import,
	&command_orders,
	&command_respond,
	&command_respond_accept,
	&command_respond_reject,
	&command_proposals,
	&command_proposals_take,
	&command_proposals_dismiss,
	&command_commitment_add,
	&command_commitment_refuse,
	&command_commitment_list,
	&command_commitment_progress,
	&command_commitment_claim,
	&command_commitment_verify,
	&command_commitment_publish,
	&command_commitment_cannot,
	&command_commitment_extend,
	&command_commitment_review,
	&command_task_list,
	&command_task_progress,
	&command_task_claim,
	&command_task_verify,
	&command_task_trigger,
	&command_task_review,
	&command_evidence_add,
	&command_evidence_confirm,
	&command_unit_list,
	&command_unit_check,
	&command_unit_transfer,
	&command_case_order,
	&command_case_lookback,
	&command_order_list,
	&command_order_confirm,
	&command_order_answer,
	&command_order_settle,
	&command_order_withdraw,
	&command_order_print,
	&command_ladder_check,
	&command_round_open,
	&command_round_list,
	&command_round_show,
	&command_round_mark,
	&command_round_close,
	&command_objection_add,
	&command_objection_decide,
	&command_objection_list,
	&command_evidence_check,
	&command_due,
	&command_report,
	&command_tick,
	&command_notify_list,
	&command_notify_ack,
	&command_notify_retry,
	&command_notify_test,
	&command_notify_check,
	/* rules and sources */
	&command_rules_check,
	&command_rules_why,
	&command_rules_edit,
	&command_rules_revert,
	&command_rules_versions,
	&command_rules_diff,
	&command_rules_apply,
	&command_rules_stats,
	&command_rules_suggest,
	&command_rules_import,
	&command_channels,
	&command_holidays_check,
	&command_holidays_list,
	&command_sources_check,
	&command_sources_list,
	&command_sources_test,
	&command_sources_health,
	&command_sources_add,
	&command_sources_enable,
	&command_sources_disable,
	&command_sources_import,
	&command_sources_export,
	&command_wanted,
	/* the chain */
	&command_audit_verify,
	&command_audit_head,
	&command_audit_key,
	&command_audit_rebuild,
	&command_audit_refused,
	&command_backup,
	&command_restore,
	&command_withhold,
	&command_redact,
	&command_purge,
	/* plumbing */
	&command_dates,
	&command_match,
	&command_neardup,
	&command_parse_document,
	&command_promises,
	&command_robots,
	&command_safe,
	&command_urls,
	&command_warc_list,
	&command_warc_show,
	&command_warc_verify,
	/* about */
	&command_help,
	&command_version,
};

const size_t command_row_count = sizeof command_rows / sizeof *command_rows;
