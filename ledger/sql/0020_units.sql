-- Units over time: what one took over from another, and who held a promise when.

-- unit.transferred/1: from that day on the open duties of one unit are another's.
CREATE TABLE unit_moves (
	seq INTEGER PRIMARY KEY,
	from_unit TEXT NOT NULL,
	to_unit TEXT NOT NULL,
	on_date TEXT NOT NULL,       -- local day, the first of the new unit
	why TEXT NOT NULL CHECK (why IN ('renamed', 'merged', 'moved')),
	topic TEXT NOT NULL,         -- only matters of this topic; '' all
	document TEXT NOT NULL,      -- number of the paper that says so, or ''
	note_text TEXT NOT NULL,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL
) STRICT;

-- Whose a promise was from when to when; a broken one counts to its holder at the due
-- time. commitments.unit is today's.
CREATE TABLE commitment_units (
	commitment TEXT NOT NULL,
	seq INTEGER NOT NULL,        -- the event that gave it to them
	unit TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER,               -- NULL: still holding
	PRIMARY KEY (commitment, seq)
) STRICT, WITHOUT ROWID;

-- Ledgers of before: each promise has the unit that made it.
INSERT INTO commitment_units (commitment, seq, unit, since, until)
SELECT subject, seq, json_extract(payload, '$.unit'), at, NULL
FROM events WHERE kind = 'commitment.added/1';
