-- Orders of supervision, rounds of checking, objections, looks back.

-- 督办单. A level is reached once for a due time: that is what the UNIQUE is about. By hand
-- and about nothing that runs: matter_due NULL.
CREATE TABLE supervision_orders (
	id TEXT PRIMARY KEY,              -- DB-2026-000001
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	subject TEXT NOT NULL,            -- case, commitment, task
	case_id TEXT NOT NULL,            -- '' of a task
	clock TEXT NOT NULL,              -- promise, response, press, task …, '' nothing that runs
	ref TEXT NOT NULL,                -- which of several clocks of that name
	level TEXT NOT NULL,              -- section of supervision.conf: 提醒 蓝 黄 红
	unit TEXT NOT NULL,               -- whom it is for: who held the matter at its due time
	told TEXT NOT NULL,               -- who else is told: unit、supervisor、leader
	matter_due INTEGER,
	basis TEXT NOT NULL,
	reason_text TEXT NOT NULL,        -- of one that a person wrote
	feedback_amount INTEGER NOT NULL,
	feedback_unit TEXT NOT NULL,
	feedback_roll TEXT NOT NULL,      -- none, next-workday
	settles TEXT NOT NULL,            -- auto: with its matter; person: a supervisor settles it
	state TEXT NOT NULL CHECK (state IN ('proposed', 'issued', 'answered', 'settled',
		'withdrawn', 'lapsed')),
	made_at INTEGER NOT NULL,         -- proposed or issued
	issued_at INTEGER,
	issued_by TEXT NOT NULL,
	issued_name TEXT NOT NULL,
	answered_at INTEGER,
	answered_by TEXT NOT NULL,
	answered_name TEXT NOT NULL,
	answered_unit TEXT NOT NULL,
	answer_text TEXT NOT NULL,
	ended_at INTEGER,                 -- settled, withdrawn or lapsed
	ended_by TEXT NOT NULL,
	ended_name TEXT NOT NULL,
	result TEXT NOT NULL,             -- done, explained, talked, circulated; why it lapsed
	note_text TEXT NOT NULL,
	UNIQUE (subject, clock, ref, level, matter_due)
) STRICT;
CREATE INDEX supervision_subject ON supervision_orders (subject);
CREATE INDEX supervision_case ON supervision_orders (case_id);
CREATE INDEX supervision_open ON supervision_orders (id)
	WHERE state IN ('proposed', 'issued', 'answered');

-- A look at everything that is open, at one time.
CREATE TABLE rounds (
	id TEXT PRIMARY KEY,              -- DC-2026-000001
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	name_text TEXT NOT NULL,
	opened_at INTEGER NOT NULL,
	opened_by TEXT NOT NULL,
	opened_name TEXT NOT NULL,
	closed_at INTEGER,
	closed_name TEXT NOT NULL,
	bulletin_text TEXT NOT NULL       -- 通报
) STRICT;
CREATE TABLE round_lines (
	round TEXT NOT NULL,
	n INTEGER NOT NULL,
	subject TEXT NOT NULL,            -- promise or task that was open then
	unit TEXT NOT NULL,
	due_date TEXT NOT NULL,           -- that stood then, '' none
	result TEXT NOT NULL,             -- 完成 推进中 滞后 未启动 无法完成, '' blank
	note_text TEXT NOT NULL,
	marked_at INTEGER,
	marked_name TEXT NOT NULL,
	PRIMARY KEY (round, n)
) STRICT;
CREATE INDEX round_lines_subject ON round_lines (subject);

-- 异议、复核申请. While one is open its case is not closed.
CREATE TABLE objections (
	id TEXT PRIMARY KEY,              -- YY-2026-000001
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	case_id TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('public', 'unit')),
	unit TEXT NOT NULL,               -- of source unit
	body_text TEXT NOT NULL,
	raised_at INTEGER NOT NULL,
	raised_by TEXT NOT NULL,
	raised_name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),
	decided_at INTEGER,
	decided_by TEXT NOT NULL,
	decided_name TEXT NOT NULL,
	reason_text TEXT NOT NULL
) STRICT;
CREATE INDEX objections_case ON objections (case_id);
CREATE INDEX objections_open ON objections (id) WHERE state = 'open';

-- 回头看: planned when a case is closed.
CREATE TABLE lookbacks (
	case_id TEXT NOT NULL,
	n INTEGER NOT NULL,
	rule TEXT NOT NULL,
	due_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'void')),
	done_at INTEGER,
	done_by TEXT NOT NULL,
	done_name TEXT NOT NULL,
	result TEXT NOT NULL,             -- 巩固 反弹
	note_text TEXT NOT NULL,
	new_case TEXT NOT NULL,           -- that the relapse became
	PRIMARY KEY (case_id, n)
) STRICT;
CREATE INDEX lookbacks_due ON lookbacks (due_at) WHERE state = 'planned';

-- Cases that belong together: the later one and the one before it.
CREATE TABLE case_links (
	case_id TEXT NOT NULL,
	to_case TEXT NOT NULL,
	why TEXT NOT NULL,                -- rebound: found at a look-back; recurring: the story came back
	seq INTEGER NOT NULL,
	PRIMARY KEY (case_id, to_case)
) STRICT;
CREATE INDEX case_links_to ON case_links (to_case);
