-- The record of account and what is taken in before it.
--
-- Two worlds live here. Events, texts and the projections (alerts, stories,
-- instance, ids) are the record: projections can be thrown away and computed again
-- from the events. Items, revisions, wanted, sources' health and ingested files
-- come from WARC files or are housekeeping; no projection refers to them.
-- Times are seconds since 1970 UTC; an absent time is NULL.

-- One act or alert each. `for` says who really acted when the office enters it.
CREATE TABLE events (
	seq INTEGER PRIMARY KEY CHECK (seq > 0),
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	"for" TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	payload TEXT NOT NULL,
	prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX events_subject ON events (subject, seq);

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN
	SELECT raise(ABORT, 'events are never changed');
END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN
	SELECT raise(ABORT, 'events are never deleted');
END;
-- INSERT OR REPLACE would delete without firing the trigger above.
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN
	SELECT raise(ABORT, 'events are numbered without gaps');
END;

-- Free text that events refer to by digest. An erased text keeps its row with salt
-- and body NULL.
CREATE TABLE texts (
	digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
	salt BLOB,
	body TEXT,
	CHECK ((salt IS NULL) = (body IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER texts_only_erase BEFORE UPDATE ON texts
WHEN NEW.digest <> OLD.digest OR NEW.body IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'texts are never changed, only erased');
END;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
BEGIN
	SELECT raise(ABORT, 'texts are never deleted, only erased');
END;

-- Projections --------------------------------------------------------------

-- What instance.created said: one row.
CREATE TABLE instance (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
	office TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

-- Highest number given out, by prefix and year (0: no years).
CREATE TABLE ids (
	prefix TEXT NOT NULL,
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (prefix, year)
) STRICT, WITHOUT ROWID;

-- A queue row: the alerts of one event, settled by one decision.
CREATE TABLE stories (
	id INTEGER PRIMARY KEY,
	first_alert INTEGER NOT NULL,
	raised_at INTEGER NOT NULL,
	review_due INTEGER NOT NULL, -- the earliest of its open alerts
	grade INTEGER NOT NULL,      -- the highest suggested
	score INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'decided')),
	outcome TEXT NOT NULL,       -- '' while open
	reason TEXT NOT NULL,        -- digest of the reason in texts, or ''
	decided_at INTEGER,
	decided_by TEXT NOT NULL,    -- actor key, or ''
	case_id TEXT NOT NULL,       -- '' when none
	taken_by TEXT NOT NULL,      -- actor key, '' when free
	taken_name TEXT NOT NULL,
	taken_at INTEGER,
	discovered_at INTEGER,       -- when a person first confirmed it
	again INTEGER NOT NULL       -- times it came back after a decision
) STRICT;
CREATE INDEX stories_open ON stories (review_due, id) WHERE state = 'open';
CREATE INDEX stories_case ON stories (case_id) WHERE case_id <> '';

CREATE TABLE alerts (
	id INTEGER PRIMARY KEY,
	story INTEGER NOT NULL REFERENCES stories (id),
	item INTEGER NOT NULL,       -- number of the item then; not a reference
	raised_seq INTEGER NOT NULL,
	raised_at INTEGER NOT NULL,
	title TEXT NOT NULL,         -- digests in texts; '' when absent
	link TEXT NOT NULL,
	excerpt TEXT NOT NULL,
	source TEXT NOT NULL,
	source_name TEXT NOT NULL,
	published INTEGER,
	fetched INTEGER,
	topic TEXT NOT NULL,
	code TEXT NOT NULL,
	lead TEXT NOT NULL,
	score INTEGER NOT NULL,
	grade INTEGER NOT NULL,
	grade_name TEXT NOT NULL,
	why TEXT NOT NULL,           -- JSON array
	rules_hash TEXT NOT NULL,
	warc TEXT NOT NULL,
	warc_offset INTEGER NOT NULL,
	review_due INTEGER NOT NULL,
	review_rule TEXT NOT NULL,
	UNIQUE (story, code)
) STRICT;

-- Taken in ------------------------------------------------------------------

CREATE TABLE items (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	source TEXT NOT NULL,
	identity TEXT NOT NULL,      -- item_add_identity(), or "h:" + SHA-256 when long
	digest BLOB NOT NULL,        -- SHA-256 of what is shown, to notice revisions
	revision INTEGER NOT NULL,   -- 1, 2 …
	link TEXT,
	url TEXT,                    -- link, canonical
	title TEXT,
	summary TEXT,
	content TEXT,
	published INTEGER,
	updated INTEGER,
	fetched INTEGER NOT NULL,
	title_key TEXT,              -- NULL under 8 characters
	at INTEGER NOT NULL,         -- published if known and not in the future, else fetched
	story INTEGER,
	rules_hash TEXT NOT NULL,    -- the rules it was last judged by
	topics INTEGER NOT NULL,     -- topics that alert
	verdict TEXT NOT NULL,       -- match JSON when something hit, else ''
	warc TEXT NOT NULL,
	warc_offset INTEGER NOT NULL,
	UNIQUE (source, identity)
) STRICT;
CREATE INDEX items_url ON items (url) WHERE url IS NOT NULL;
CREATE INDEX items_title ON items (title_key, at) WHERE title_key IS NOT NULL;
CREATE INDEX items_story ON items (story) WHERE story IS NOT NULL;

-- What an item said before.
CREATE TABLE item_revisions (
	item INTEGER NOT NULL REFERENCES items (id),
	revision INTEGER NOT NULL,
	digest BLOB NOT NULL,
	link TEXT,
	title TEXT,
	summary TEXT,
	content TEXT,
	published INTEGER,
	updated INTEGER,
	fetched INTEGER NOT NULL,
	warc TEXT NOT NULL,
	warc_offset INTEGER NOT NULL,
	PRIMARY KEY (item, revision)
) STRICT, WITHOUT ROWID;

-- What the fetcher shall get next.
CREATE TABLE wanted (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	url TEXT NOT NULL,
	source TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('article', 'page', 'evidence')),
	subject TEXT NOT NULL,       -- "I12" for articles, the evidence's id, '' for pages
	depth INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed')),
	created INTEGER NOT NULL,
	closed INTEGER,
	error TEXT NOT NULL,         -- of the last try
	UNIQUE (kind, url, subject)
) STRICT;
CREATE INDEX wanted_open ON wanted (id) WHERE state = 'open';

CREATE TABLE source_health (
	source TEXT PRIMARY KEY,
	last_try INTEGER NOT NULL,
	last_ok INTEGER,
	last_new INTEGER,            -- when it last brought a new item
	error TEXT NOT NULL,         -- kind of the last failure, '' after a success
	detail TEXT NOT NULL,
	failures INTEGER NOT NULL,   -- in a row
	items INTEGER NOT NULL       -- in the last answer that was read
) STRICT, WITHOUT ROWID;

-- WARC files taken in; done_offset is that of the last record that is in the ledger
-- (NULL: none yet), from which an interrupted run goes on.
CREATE TABLE ingested (
	sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
	name TEXT NOT NULL,
	done_offset INTEGER,
	finished INTEGER,
	records INTEGER NOT NULL,
	items INTEGER NOT NULL,
	problems INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_problems (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	file TEXT NOT NULL,
	offset INTEGER NOT NULL,
	source TEXT NOT NULL,
	problem TEXT NOT NULL,
	UNIQUE (file, offset, problem)
) STRICT;
