-- Limits that pause, are extended, reckoned again.
CREATE TABLE clocks_new (
	seq INTEGER NOT NULL,             -- the event that started it
	clock TEXT NOT NULL,              -- response, press, undated, sign, …
	subject TEXT NOT NULL,            -- case, commitment, task …
	rule TEXT NOT NULL,               -- section of deadlines.conf
	amount INTEGER NOT NULL,
	unit TEXT NOT NULL,               -- hours, minutes, days, working days, year end
	basis TEXT NOT NULL,              -- the paper it comes from
	start_event TEXT NOT NULL,        -- discovered, triage limit, published, assigned …
	start_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,          -- today's; the first one is first_due_at
	shown_from_published INTEGER,     -- due time had it run from publication
	state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'replaced', 'void')),
	met_at INTEGER,                   -- when what it waited for happened
	met_by TEXT NOT NULL,             -- response, commitment or unit
	who TEXT NOT NULL,                -- the unit that must act, '' the holder or the office
	ref TEXT NOT NULL,                -- which of several: instruction 2, period 2021Q3
	roll TEXT NOT NULL,               -- none, next-workday
	first_due_at INTEGER NOT NULL,
	near_at INTEGER,                  -- when it is reminded of
	tentative INTEGER NOT NULL,       -- 暂定: the first year not listed, 0: none
	calendar TEXT NOT NULL,           -- hash of the list of holidays, '' none was needed
	pauses INTEGER NOT NULL,          -- stands still while a third party is asked
	paused_at INTEGER,
	extension_amount INTEGER NOT NULL,
	extension_unit TEXT NOT NULL,
	extended INTEGER NOT NULL,        -- how often
	PRIMARY KEY (seq)
) STRICT, WITHOUT ROWID;
INSERT INTO clocks_new
	SELECT seq, clock, subject, rule, amount, unit, basis, start_event, start_at, due_at,
		shown_from_published, state, met_at, met_by, '', '', 'none', due_at, NULL, 0, '', 0,
		NULL, 0, '', 0 FROM clocks;
DROP TABLE clocks;
ALTER TABLE clocks_new RENAME TO clocks;
CREATE INDEX clocks_subject ON clocks (subject, seq);
CREATE INDEX clocks_running ON clocks (due_at) WHERE state = 'running';
CREATE INDEX clocks_near ON clocks (near_at) WHERE state = 'running';
CREATE INDEX clocks_calendar ON clocks (calendar) WHERE state = 'running' AND calendar <> '';

-- What happened to a clock since it started.
CREATE TABLE clock_changes (
	clock INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	what TEXT NOT NULL,               -- paused, resumed, extended, recomputed, ended
	due_before INTEGER NOT NULL,
	due_after INTEGER NOT NULL,
	amount INTEGER NOT NULL,          -- extended: by how much, 0 otherwise
	unit TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason_text TEXT NOT NULL,        -- extended: why; paused: who was asked
	PRIMARY KEY (clock, seq)
) STRICT, WITHOUT ROWID;

-- Lists of holidays by which running limits were reckoned again.
CREATE TABLE calendars (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	hash TEXT NOT NULL,
	years TEXT NOT NULL,
	changed INTEGER NOT NULL          -- clocks that got another due time
) STRICT;

-- Two clocks of one subject may be due at the same moment.
CREATE TABLE limits_reached_new (
	subject TEXT NOT NULL,
	what TEXT NOT NULL,               -- triage, response, press, due, review, sign …
	due_at INTEGER NOT NULL,
	clock INTEGER NOT NULL,           -- 0: none, or written down before there were several
	step TEXT NOT NULL CHECK (step IN ('near', 'due')),
	unit TEXT NOT NULL,               -- who held it then, '' the office
	seq INTEGER NOT NULL,
	PRIMARY KEY (subject, what, due_at, clock, step)
) STRICT, WITHOUT ROWID;
INSERT INTO limits_reached_new (subject, what, due_at, clock, step, unit, seq)
	SELECT subject, what, due_at, 0, 'due', '', seq FROM limits_reached;
DROP TABLE limits_reached;
ALTER TABLE limits_reached_new RENAME TO limits_reached;
