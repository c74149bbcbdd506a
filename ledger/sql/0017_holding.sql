-- Who signed for a case and who held it; consultations, questions to others,
-- instructions and leads handed over.

-- Signing (签收) and how a unit came to hold the case no longer.
ALTER TABLE case_units ADD COLUMN signed_at INTEGER;
ALTER TABLE case_units ADD COLUMN signed_name TEXT NOT NULL DEFAULT ''; -- who entered it
ALTER TABLE case_units ADD COLUMN ended TEXT NOT NULL DEFAULT ''; -- returned assigned transferred
-- What ended them so far: the first event after, that takes the case from the unit.
UPDATE case_units SET ended = coalesce((SELECT
	CASE e.kind WHEN 'case.returned/1' THEN 'returned' ELSE 'assigned' END
	FROM events e WHERE e.subject = case_units.case_id AND e.seq > case_units.seq AND
	(e.kind = 'case.assigned/1' OR (e.kind = 'case.returned/1' AND
	json_extract(e.payload, '$.unit') = case_units.unit)) ORDER BY e.seq LIMIT 1), '')
	WHERE until IS NOT NULL;

-- How often it came back, and who settled where it stays.
ALTER TABLE cases ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN final_unit TEXT NOT NULL DEFAULT ''; -- the lead that --final named
ALTER TABLE cases ADD COLUMN final_name TEXT NOT NULL DEFAULT ''; -- the supervisor who did
ALTER TABLE cases ADD COLUMN coordinator TEXT NOT NULL DEFAULT ''; -- joined with 、
UPDATE cases SET returns = (SELECT count(*) FROM events e
	WHERE e.subject = cases.id AND e.kind = 'case.returned/1');

-- 会商: who met, what was concluded, the wording (口径) that all keep to.
CREATE TABLE case_consultations (
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	held_at INTEGER NOT NULL,
	units TEXT NOT NULL,              -- JSON list
	conclusion_text TEXT NOT NULL,
	wording_text TEXT NOT NULL,
	grade TEXT NOT NULL,              -- that it set, ''
	lead TEXT NOT NULL,               -- that it named, ''
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- Questions to somebody outside: limits whose rule says so stand still meanwhile.
CREATE TABLE case_questions (
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	asked_at INTEGER NOT NULL,
	third_party_text TEXT NOT NULL,
	question_text TEXT NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	answered_at INTEGER,
	answer_text TEXT NOT NULL,
	PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- 批示: a leader's post, what kind, who acts, by when (the limit is a clock).
CREATE TABLE case_instructions (
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	given_at INTEGER NOT NULL,
	post TEXT NOT NULL,
	kind TEXT NOT NULL,               -- 急件 一般 难件
	unit TEXT NOT NULL,
	words_text TEXT NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	done_on TEXT NOT NULL,            -- '' while it is open
	report_text TEXT NOT NULL,
	reported_at INTEGER,
	PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- 线索移交: to whom and when; nothing about a person.
CREATE TABLE case_leads_handed (
	case_id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	unit TEXT NOT NULL,
	on_date TEXT NOT NULL,
	document TEXT NOT NULL,
	note_text TEXT NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
