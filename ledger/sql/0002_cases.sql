-- From a case to a promise publicly kept: projections of the event log.
--
-- Everything here is computed from events and can be thrown away. Columns that end
-- in _text hold the digest of a text in `texts` ('' when there is none), columns
-- that end in _by an actor key ("uid:1000"), with the login beside it in _name.
-- Nothing is overwritten that somebody may ask about: grades, holders, clocks and
-- due dates keep their history in rows of their own.

-- What was decided about queue rows that became no case (and about merged ones):
-- 误报登记 and the figures of outcomes come from here.
CREATE TABLE decisions (
	seq INTEGER PRIMARY KEY,
	story INTEGER NOT NULL,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	outcome TEXT NOT NULL,            -- 立项 合并 转报 线索移交 知悉 误报
	reason TEXT NOT NULL,             -- kind of 误报 (广告 …), '' otherwise
	unit TEXT NOT NULL,               -- who it was handed to, ''
	note_text TEXT NOT NULL,
	case_id TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_story ON decisions (story, seq);

-- A matter that must be answered (政务舆情). `version` counts the events about it.
CREATE TABLE cases (
	id TEXT PRIMARY KEY,              -- YQ-2026-000123
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	story INTEGER NOT NULL,           -- the queue row it was opened from
	title_text TEXT NOT NULL,
	topics TEXT NOT NULL,             -- joined with 、 as at opening
	grade TEXT NOT NULL,              -- today's; history in case_grades
	suggested TEXT NOT NULL,          -- what the rules suggested at opening
	place TEXT NOT NULL,              -- 镇街, '' when not said
	category TEXT NOT NULL,           -- codes a-f of 国办发〔2016〕61号 二, joined with ,
	level TEXT NOT NULL,              -- 国 省 州 市 镇街, of the lead
	lead TEXT NOT NULL,               -- 牵头单位: exactly one
	state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'closed')),
	published_at INTEGER,             -- first publication that is known
	raised_at INTEGER NOT NULL,
	discovered_at INTEGER NOT NULL,   -- a person confirmed it
	clock_start INTEGER NOT NULL,     -- min(discovered, raised + triage limit)
	opened_at INTEGER NOT NULL,
	opened_by TEXT NOT NULL,
	opened_name TEXT NOT NULL,
	finished_at INTEGER,              -- 办结
	finished_by TEXT NOT NULL,
	finished_name TEXT NOT NULL,
	closed_at INTEGER,                -- 销号
	closed_by TEXT NOT NULL,
	closed_name TEXT NOT NULL,
	reopened INTEGER NOT NULL,        -- how often
	changed_at INTEGER NOT NULL,      -- the last event about it, and whose it was
	changed_name TEXT NOT NULL,
	changed_kind TEXT NOT NULL,
	version INTEGER NOT NULL,
	UNIQUE (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_state ON cases (state, id);
CREATE INDEX cases_number ON cases (number);

-- Who held the case from when to when; the one lead and the co-units (协办).
CREATE TABLE case_units (
	case_id TEXT NOT NULL,
	seq INTEGER NOT NULL,             -- the event that gave it to them
	n INTEGER NOT NULL,               -- 0 lead, 1 … co-units, in the order named
	unit TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('lead', 'co')),
	since INTEGER NOT NULL,
	until INTEGER,                    -- NULL: still holding
	PRIMARY KEY (case_id, seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_units_unit ON case_units (unit) WHERE until IS NULL;

-- Who set which grade, when and why.
CREATE TABLE case_grades (
	case_id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	grade TEXT NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason_text TEXT NOT NULL,
	PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;

-- One running limit with the rule that gave it. A changed grade starts new clocks
-- from the original start and marks the old ones replaced.
CREATE TABLE clocks (
	seq INTEGER NOT NULL,             -- the event that started it
	clock TEXT NOT NULL,              -- response, press, undated
	subject TEXT NOT NULL,            -- case or commitment
	rule TEXT NOT NULL,               -- section of deadlines.conf
	amount INTEGER NOT NULL,
	unit TEXT NOT NULL,               -- hours, minutes, days
	basis TEXT NOT NULL,              -- the paper it comes from
	start_event TEXT NOT NULL,        -- discovered, triage limit, published
	start_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	shown_from_published INTEGER,     -- due time had it run from publication
	state TEXT NOT NULL CHECK (state IN ('running', 'met', 'replaced')),
	met_at INTEGER,                   -- when what it waited for happened
	met_by TEXT NOT NULL,             -- response or commitment
	PRIMARY KEY (seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX clocks_subject ON clocks (subject, seq);
CREATE INDEX clocks_running ON clocks (due_at) WHERE state = 'running';

-- Limits that tick has written down when they passed, so that it does so once each:
-- clocks, review limits of queue rows, due and review dates of commitments.
CREATE TABLE limits_reached (
	subject TEXT NOT NULL,
	what TEXT NOT NULL,               -- triage, response, press, due, review
	due_at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (subject, what, due_at)
) STRICT, WITHOUT ROWID;

-- What a unit answered. It waits (pending, 待认定) until a person accepts it.
CREATE TABLE responses (
	id TEXT PRIMARY KEY,              -- HY-2026-000007
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	case_id TEXT NOT NULL,
	unit TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('fact', 'measure', 'result', 'apology', 'clarification')),
	press INTEGER NOT NULL CHECK (press IN (0, 1)), -- given at a press conference
	body_text TEXT NOT NULL,
	published_at INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	recorded_by TEXT NOT NULL,
	recorded_name TEXT NOT NULL,
	checks TEXT NOT NULL,             -- what the program noticed, joined with ,
	state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected')),
	decided_at INTEGER,
	decided_by TEXT NOT NULL,
	decided_name TEXT NOT NULL,
	reason_text TEXT NOT NULL,
	UNIQUE (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX responses_case ON responses (case_id, id);
CREATE INDEX responses_number ON responses (number);
CREATE INDEX responses_state ON responses (state) WHERE state = 'pending';

-- Where a response can be read.
CREATE TABLE response_links (
	response TEXT NOT NULL,
	n INTEGER NOT NULL,
	url_text TEXT NOT NULL,
	channel TEXT NOT NULL,            -- '' when it is not registered
	class TEXT NOT NULL,              -- 政府网站 …, '' when it is not registered
	PRIMARY KEY (response, n)
) STRICT, WITHOUT ROWID;

-- A promise made in public, in its own words. Claimed, verified and published are
-- three facts kept apart; the outcome is computed from them and never stored.
CREATE TABLE commitments (
	id TEXT PRIMARY KEY,              -- CN-2026-000045
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	case_id TEXT NOT NULL,
	response TEXT NOT NULL,
	unit TEXT NOT NULL,
	quote_text TEXT NOT NULL,
	criterion_text TEXT NOT NULL,     -- how one can tell that it was kept
	made_at INTEGER NOT NULL,         -- publication of the response
	due_date TEXT NOT NULL,           -- '' : 未明确时限
	due_at INTEGER,                   -- last second of that day
	review_date TEXT NOT NULL,        -- '' when there is none
	review_at INTEGER,
	review_rule TEXT NOT NULL,        -- rule that forced it, 'given' when typed
	added_at INTEGER NOT NULL,
	added_by TEXT NOT NULL,
	added_name TEXT NOT NULL,
	claimed_at INTEGER,               -- the unit says: done
	claimed_done_on TEXT NOT NULL,
	claimed_by TEXT NOT NULL,         -- who entered the claim
	claimed_name TEXT NOT NULL,
	claimed_unit TEXT NOT NULL,
	verified_at INTEGER,              -- a supervisor says: it is
	verified_done_on TEXT NOT NULL,
	verified_by TEXT NOT NULL,
	verified_name TEXT NOT NULL,
	publish_evidence TEXT NOT NULL,   -- the ZJ- that captures its publication
	published_at INTEGER,             -- when that was captured from outside
	cannot_at INTEGER,                -- 无法兑现, with a published reason
	cannot_text TEXT NOT NULL,
	cannot_by TEXT NOT NULL,
	cannot_name TEXT NOT NULL,
	cannot_evidence TEXT NOT NULL,
	cannot_published_at INTEGER,
	version INTEGER NOT NULL,
	UNIQUE (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitments_case ON commitments (case_id, id);
CREATE INDEX commitments_number ON commitments (number);

-- Every later date with its reason; the original one stays in commitments.
CREATE TABLE commitment_extensions (
	commitment TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	old_date TEXT NOT NULL,
	new_date TEXT NOT NULL,
	new_at INTEGER NOT NULL,
	reason_text TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	approved_name TEXT NOT NULL,
	url_text TEXT NOT NULL,           -- where the public was told, '' when it was not
	counts INTEGER NOT NULL CHECK (counts IN (0, 1)), -- approved and public before the old date
	PRIMARY KEY (commitment, seq)
) STRICT, WITHOUT ROWID;

-- Proof: a page captured from outside or a file, with its SHA-256.
CREATE TABLE evidence (
	id TEXT PRIMARY KEY,              -- ZJ-2026-000001
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	subject TEXT NOT NULL,            -- case, commitment or response
	purpose TEXT NOT NULL CHECK (purpose IN ('proof', 'publication', 'reason', 'response')),
	kind TEXT NOT NULL CHECK (kind IN ('page', 'file', 'screenshot')),
	url_text TEXT NOT NULL,
	channel TEXT NOT NULL,            -- registered channel, or ''
	file_text TEXT NOT NULL,          -- the file's own name
	note_text TEXT NOT NULL,
	size INTEGER,
	sha256 TEXT NOT NULL,             -- '' while a capture is pending
	state TEXT NOT NULL CHECK (state IN ('pending', 'captured', 'failed')),
	added_at INTEGER NOT NULL,
	added_by TEXT NOT NULL,
	added_name TEXT NOT NULL,
	captured_at INTEGER,              -- WARC-Date, or when the file was taken in
	warc TEXT NOT NULL,               -- file and offset the page came from
	warc_offset INTEGER NOT NULL,
	confirmed_by TEXT NOT NULL,       -- second person of a screenshot
	confirmed_name TEXT NOT NULL,
	error TEXT NOT NULL,              -- why a capture failed
	UNIQUE (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_subject ON evidence (subject, id);
CREATE INDEX evidence_number ON evidence (number);
