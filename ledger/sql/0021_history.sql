-- States of records over time, for figures of past periods; refusals.

-- A case's way through its states: reopening wipes what cases says of finishing, and
-- figures of a past period need to know who was where on its last day.
CREATE TABLE case_states (
	case_id TEXT NOT NULL,
	seq INTEGER NOT NULL,        -- the event that brought it there
	at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'closed')),
	PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_states_at ON case_states (at);

-- Ledgers of before: as the events say.
INSERT INTO case_states (case_id, seq, at, state)
SELECT subject, seq, at, CASE kind WHEN 'case.finished/1' THEN 'finished'
	WHEN 'case.closed/1' THEN 'closed' ELSE 'open' END
FROM events
WHERE kind IN ('case.opened/1', 'case.opened/2',
	'case.finished/1', 'case.reopened/1', 'case.reopened/2',
	'case.closed/1');

-- Who was refused what (access.refused/1).
CREATE TABLE refusals (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,            -- actor key, with the login beside it
	by_name TEXT NOT NULL,
	role TEXT NOT NULL,          -- the person's first one, '' for none
	verb TEXT NOT NULL,          -- "case close"; '' when none was named
	subject TEXT NOT NULL,       -- '' or an id
	said_text TEXT NOT NULL      -- what the person was told
) STRICT;
CREATE INDEX refusals_by ON refusals (by, at);
