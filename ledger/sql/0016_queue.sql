-- Shifts, rows taken over and opened again, the balance of the queue, evidence looked at again.

-- The login session that a row was taken in: story.taken/2; NULL: not known.
ALTER TABLE stories ADD COLUMN taken_session INTEGER;
CREATE INDEX stories_taken ON stories (id) WHERE taken_by <> '';

-- The event by which a person opened the row again: story.reopened/1; NULL: it stands.
ALTER TABLE decisions ADD COLUMN reopened INTEGER;

-- Each row of the queue coming in and going out, in turn: what stands in the queue is what
-- came in less what went out.
CREATE TABLE queue_moves (
	story INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	move INTEGER NOT NULL CHECK (move IN (1, -1)),
	what TEXT NOT NULL,          -- in: raised returned reopened undone split; out: the outcome
	PRIMARY KEY (story, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_moves_at ON queue_moves (at, move, what);

-- What the events of the past make of it, as ledger/balance.c would.
INSERT INTO queue_moves (story, seq, at, move, what)
WITH moves AS (
	SELECT story, seq, at, -1 AS move, outcome AS what FROM decisions
	UNION ALL
	SELECT CAST(json_extract(payload, '$.story') AS INTEGER), seq, at, 1, 'returned'
	FROM events WHERE kind IN ('alert.raised/1', 'alert.regraded/1')
	UNION ALL
	SELECT CAST(substr(subject, 2) AS INTEGER), seq, at, 1, 'returned'
	FROM events WHERE kind = 'story.returned/1'
	UNION ALL
	SELECT d.story, e.seq, e.at, 1, 'undone' FROM decisions d JOIN events e ON e.seq = d.undone
	UNION ALL
	SELECT CAST(json_extract(payload, '$.to_story') AS INTEGER), seq, at, 1, 'split'
	FROM events WHERE kind = 'story.split/1' AND json_extract(payload, '$.moved') <> '[]'
	AND json_extract(payload, '$.to_story') <> 0
), turns AS (
	SELECT *, lag(move) OVER (PARTITION BY story ORDER BY seq) AS before FROM moves
)
SELECT story, seq, at, move,
	CASE WHEN what = 'returned' AND before IS NULL THEN 'raised' ELSE what END
FROM turns WHERE move = -1 OR before IS NULL OR before = -1;

-- Who was on duty, what was handed over, who took note of it.
CREATE TABLE duty (
	seq INTEGER PRIMARY KEY,     -- the event that began it
	actor TEXT NOT NULL,
	name TEXT NOT NULL,
	post TEXT NOT NULL,          -- '' when not said
	started_at INTEGER NOT NULL,
	ended_at INTEGER,            -- NULL: on duty
	open INTEGER,                -- rows of the queue then, those past their limit among them
	late INTEGER,
	handover_text TEXT NOT NULL, -- the list, and what the person added
	note_text TEXT NOT NULL,
	to_name TEXT NOT NULL,       -- the post or login that it was meant for, ''
	confirmed_by TEXT NOT NULL,
	confirmed_name TEXT NOT NULL,
	confirmed_at INTEGER
) STRICT;
CREATE INDEX duty_open ON duty (seq) WHERE ended_at IS NULL;
CREATE INDEX duty_unconfirmed ON duty (seq) WHERE ended_at IS NOT NULL AND confirmed_at IS NULL;

-- Evidence that was looked at again. The page as it is on the web now: '' as captured, dead,
-- changed, lost (the promise is not in it any more). The file that we keep: '' as it was,
-- changed, missing. Each with since when.
ALTER TABLE evidence ADD COLUMN checked_at INTEGER;
ALTER TABLE evidence ADD COLUMN link_state TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN link_since INTEGER;
ALTER TABLE evidence ADD COLUMN file_state TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN file_since INTEGER;
CREATE TABLE evidence_checks (
	evidence TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	of TEXT NOT NULL,            -- link, file
	result TEXT NOT NULL,        -- same changed lost dead; same changed missing
	status INTEGER,              -- HTTP
	sha256 TEXT NOT NULL,        -- of what was found, ''
	warc TEXT NOT NULL,          -- where the answer is kept: evidence/ID.N.warc.gz, ''
	error TEXT NOT NULL,         -- why it is dead
	PRIMARY KEY (evidence, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_repair ON evidence (id) WHERE link_state <> '' OR file_state <> '';
