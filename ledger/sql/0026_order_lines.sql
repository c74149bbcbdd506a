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
	PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX supervision_lines_matter ON supervision_lines (subject, clock, ref, level, matter_due);

-- Ledgers of before: each order had one.
INSERT INTO supervision_lines (order_id, n, subject, clock, ref, level, matter_due)
SELECT id, 1, subject, clock, ref, level, matter_due FROM supervision_orders;

-- Of tasks `ref` ends with the unit, and follows it when its duties are taken over: what was
-- taken over since an order was made, in that order.
WITH RECURSIVE name (order_id, ref, seq) AS (
	SELECT l.order_id, l.ref, e.seq FROM supervision_lines l JOIN events e
		ON e.subject = l.order_id AND e.kind = 'order.issued/1'
	WHERE l.clock IN ('task', 'progress')
	UNION ALL
	SELECT n.order_id, substr(n.ref, 1, length(n.ref) - length(m.from_unit)) || m.to_unit, m.seq
	FROM name n JOIN unit_moves m ON m.seq = (SELECT min(x.seq) FROM unit_moves x
		WHERE x.seq > n.seq AND x.topic = ''
		AND substr(' ' || n.ref, -length(x.from_unit) - 1) = ' ' || x.from_unit)
)
UPDATE supervision_lines SET ref = (SELECT n.ref FROM name n
	WHERE n.order_id = supervision_lines.order_id ORDER BY n.seq DESC LIMIT 1)
WHERE clock IN ('task', 'progress') AND EXISTS (SELECT 1 FROM unit_moves);

-- Orders of a unit's plans that were made today.
CREATE INDEX supervision_unit ON supervision_orders (unit, level, made_at);
