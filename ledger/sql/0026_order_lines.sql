-- The lines of an order of supervision: what it is about. One, or everything of plans that a
-- unit owes at a level (one order a unit, a level and a day).
CREATE TABLE supervision_lines (
	order_id TEXT NOT NULL,
	n INTEGER NOT NULL,               -- from 1, as they stand on the paper
	subject TEXT NOT NULL,            -- case, commitment, task
	clock TEXT NOT NULL,              -- promise, response, task …, '' nothing that runs
	ref TEXT NOT NULL,                -- which of several clocks of that name
	level TEXT NOT NULL,              -- of the order
	matter_due INTEGER,               -- NULL: about nothing that runs
	PRIMARY KEY (order_id, n),
	UNIQUE (subject, clock, ref, level, matter_due) -- a level is reached once
) STRICT, WITHOUT ROWID;

-- Ledgers of before: each order had one.
INSERT INTO supervision_lines (order_id, n, subject, clock, ref, level, matter_due)
SELECT id, 1, subject, clock, ref, level, matter_due FROM supervision_orders;

-- Orders of a unit's plans that were made today.
CREATE INDEX supervision_unit ON supervision_orders (unit, level, made_at);
