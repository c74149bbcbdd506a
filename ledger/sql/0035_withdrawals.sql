-- Acceptances and rejections of answers that were taken back: a correction is an event of its own,
-- and what was decided before it stays on record here. The answer itself waits again (待认定). No
-- ledger of before holds such an event.
CREATE TABLE response_withdrawals (
	response TEXT NOT NULL,
	seq INTEGER NOT NULL,             -- the event that took it back
	case_id TEXT NOT NULL,
	decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected')),
	decided_at INTEGER NOT NULL,
	decided_by TEXT NOT NULL,
	decided_name TEXT NOT NULL,
	note_text TEXT NOT NULL,          -- what was said with the decision
	at INTEGER NOT NULL,
	by_key TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason_text TEXT NOT NULL,
	PRIMARY KEY (response, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_withdrawals_case ON response_withdrawals (case_id);
