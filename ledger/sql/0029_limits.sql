-- A limit that several units of a case have to keep, each for itself (协办单位各自的回应), is
-- written down for each of them: the unit is part of what makes a row.
CREATE TABLE limits_reached_new (
	subject TEXT NOT NULL,
	what TEXT NOT NULL,               -- triage, response, press, due, review, sign …
	due_at INTEGER NOT NULL,
	clock INTEGER NOT NULL,           -- 0: none, or written down before there were several
	step TEXT NOT NULL CHECK (step IN ('near', 'due')),
	unit TEXT NOT NULL,               -- who held it then, '' the office
	seq INTEGER NOT NULL,
	PRIMARY KEY (subject, what, due_at, clock, step, unit)
) STRICT, WITHOUT ROWID;
INSERT INTO limits_reached_new (subject, what, due_at, clock, step, unit, seq)
	SELECT subject, what, due_at, clock, step, unit, seq FROM limits_reached;
DROP TABLE limits_reached;
ALTER TABLE limits_reached_new RENAME TO limits_reached;

-- An extension of a limit that one person proposed and another has to approve (经批准可延长): at
-- most one waits for a limit. Before this migration both were done by one person.
CREATE TABLE clock_proposals (
	clock INTEGER PRIMARY KEY,        -- the event that started it
	subject TEXT NOT NULL,
	at INTEGER NOT NULL,
	by_key TEXT NOT NULL,
	by_name TEXT NOT NULL,
	amount INTEGER NOT NULL,
	unit TEXT NOT NULL,
	reason_text TEXT NOT NULL
) STRICT;
