-- What one rule line did: alerts that it alone raised, dismissed together.

-- The score from which the topic alerted then (阈值): with `score` and `why` it says which
-- lines were needed. 0: raised before this was kept.
ALTER TABLE alerts ADD COLUMN threshold INTEGER NOT NULL DEFAULT 0;

-- One event may decide many rows now, and be taken back: `undone` is the event that did.
CREATE TABLE decisions_new (
	seq INTEGER NOT NULL,
	story INTEGER NOT NULL,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	outcome TEXT NOT NULL,            -- 立项 合并 转报 线索移交 知悉 误报
	reason TEXT NOT NULL,             -- kind of 误报 (广告 …), '' otherwise
	unit TEXT NOT NULL,               -- who it was handed to, ''
	note_text TEXT NOT NULL,
	case_id TEXT NOT NULL,
	undone INTEGER,                   -- NULL: it stands
	PRIMARY KEY (seq, story)
) STRICT, WITHOUT ROWID;
INSERT INTO decisions_new (seq, story, at, by, by_name, outcome, reason, unit, note_text, case_id)
	SELECT seq, story, at, by, by_name, outcome, reason, unit, note_text, case_id FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_new RENAME TO decisions;
CREATE INDEX decisions_story ON decisions (story, seq);

-- The rows that stood in the queue because of one line alone: line.dismissed/1.
CREATE TABLE line_dismissals (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	by_name TEXT NOT NULL,
	place TEXT NOT NULL,              -- file:line, as it was called then
	rule TEXT NOT NULL,               -- the line as written
	topic TEXT NOT NULL,
	code TEXT NOT NULL,
	since INTEGER NOT NULL,           -- rows raised from then on
	rows INTEGER NOT NULL,
	undone INTEGER,                   -- the event that took it back; NULL: it stands
	undone_at INTEGER,
	undone_name TEXT NOT NULL
) STRICT;
