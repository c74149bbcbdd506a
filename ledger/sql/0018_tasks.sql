-- Progress of promises; the tasks of a plan.

-- What a unit told about a promise on its way; shares never decide its outcome.
CREATE TABLE commitment_progress (
	commitment TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	on_date TEXT NOT NULL,
	unit TEXT NOT NULL,
	share_done INTEGER NOT NULL,      -- 38 of 45; 60 of 100 for "60%"
	share_of INTEGER NOT NULL,        -- 0: no share was told
	note_text TEXT NOT NULL,
	evidence TEXT NOT NULL,           -- ZJ- or ''
	by_key TEXT NOT NULL,
	by_name TEXT NOT NULL,
	PRIMARY KEY (commitment, seq)
) STRICT, WITHOUT ROWID;

-- The page that tells the public of a later date: the extension counts once that was
-- captured before the date that counted until then.
ALTER TABLE commitment_extensions ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
CREATE INDEX commitment_extensions_evidence ON commitment_extensions (evidence)
	WHERE evidence <> '';

-- Promises that are neither kept in public nor given up, by what falls due: asked every minute.
CREATE INDEX commitments_due ON commitments (due_at)
	WHERE cannot_published_at IS NULL AND (verified_at IS NULL OR published_at IS NULL);
CREATE INDEX commitments_review ON commitments (review_at)
	WHERE cannot_published_at IS NULL AND (verified_at IS NULL OR published_at IS NULL);

-- Tasks of a yearly plan (年度方案责任分解表): each is a promise too.
CREATE TABLE tasks (
	id TEXT PRIMARY KEY,              -- RW-2021-000033
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	plan TEXT NOT NULL,               -- the plan's name
	item TEXT NOT NULL,               -- its number there: 33, 33-2
	kind TEXT NOT NULL CHECK (kind IN ('once', 'continuous', 'recurring', 'triggered')),
	words_text TEXT NOT NULL,
	made_on TEXT NOT NULL,            -- the plan's day
	due_date TEXT NOT NULL,           -- '' : the plan names none
	due_at INTEGER,                   -- last second of that day
	period TEXT NOT NULL,             -- month, quarter, half, year; '' for other kinds
	trigger_text TEXT NOT NULL,       -- what sets it off
	limit_amount INTEGER NOT NULL,    -- then, 0: by deadlines.conf
	limit_unit TEXT NOT NULL,
	note_text TEXT NOT NULL,
	review_date TEXT NOT NULL,        -- when the office looks at it, '' : no more
	review_at INTEGER,
	review_rule TEXT NOT NULL,        -- that forced it, 'given' when typed
	state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	closed_at INTEGER,
	closed_name TEXT NOT NULL,
	closed_text TEXT NOT NULL,
	added_at INTEGER NOT NULL,
	added_name TEXT NOT NULL,
	version INTEGER NOT NULL,
	UNIQUE (year, number),
	UNIQUE (plan, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_number ON tasks (number);
CREATE INDEX tasks_review ON tasks (review_at) WHERE state = 'open' AND review_at IS NOT NULL;

-- Who has to do it; groups (市直各部门) were opened to units when the plan was taken in.
CREATE TABLE task_units (
	task TEXT NOT NULL,
	unit TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('lead', 'co')),
	grp TEXT NOT NULL,                -- the group that it came by, '' when it is named itself
	n INTEGER NOT NULL,               -- order in the plan
	since INTEGER NOT NULL,
	until INTEGER,
	PRIMARY KEY (task, unit)
) STRICT, WITHOUT ROWID;

-- What is due once: the task itself (ref ''), one of its periods (2021Q3), one time that it
-- was set off (1, 2, …). With a limit by rule the clock of the same ref says when.
CREATE TABLE task_occasions (
	task TEXT NOT NULL,
	ref TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	from_date TEXT NOT NULL,          -- of a period; the day that it was set off
	to_date TEXT NOT NULL,
	due_date TEXT NOT NULL,           -- '' : by its clock, or none
	due_at INTEGER,
	note_text TEXT NOT NULL,
	open INTEGER NOT NULL,            -- units that are not done
	PRIMARY KEY (task, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_occasions_open ON task_occasions (due_at, task) WHERE open > 0;

-- A line a unit: what it says, and what a supervisor confirmed.
CREATE TABLE task_lines (
	task TEXT NOT NULL,
	ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	claimed_at INTEGER,
	claimed_on TEXT NOT NULL,
	claimed_by TEXT NOT NULL,
	claimed_name TEXT NOT NULL,
	done_at INTEGER,                  -- verified; a period of a continuous task: reported
	done_on TEXT NOT NULL,
	done_name TEXT NOT NULL,
	share_done INTEGER NOT NULL,
	share_of INTEGER NOT NULL,        -- 0: none was told
	PRIMARY KEY (task, ref, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_progress (
	task TEXT NOT NULL,
	seq INTEGER NOT NULL,
	ref TEXT NOT NULL,
	unit TEXT NOT NULL,
	at INTEGER NOT NULL,
	on_date TEXT NOT NULL,
	share_done INTEGER NOT NULL,
	share_of INTEGER NOT NULL,
	note_text TEXT NOT NULL,
	by_name TEXT NOT NULL,
	PRIMARY KEY (task, seq)
) STRICT, WITHOUT ROWID;
