-- What is withheld and what was erased; the keys that sign the head; ledgers that were
-- restored. Projections of the event log, but for the last table.

-- Public keys of this office, old ones too: a head is judged by the key of its time.
CREATE TABLE head_keys (
	key TEXT PRIMARY KEY CHECK (length(key) = 64),
	seq INTEGER NOT NULL,             -- the event that entered it
	since INTEGER NOT NULL,
	by_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The ledger was put back to what a backup held; what came behind `count` is lost.
CREATE TABLE restores (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	by_name TEXT NOT NULL,
	count INTEGER NOT NULL,           -- events of the backup
	hash TEXT NOT NULL,               -- its head
	lost_count INTEGER NOT NULL,      -- the furthest event known to have been lost, 0: none known
	lost_hash TEXT NOT NULL,          -- its hash, ''
	backup TEXT NOT NULL,             -- name of the set
	note_text TEXT NOT NULL
) STRICT;

-- Records that are in no public build until they are released.
CREATE TABLE withheld (
	subject TEXT PRIMARY KEY,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason_text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Erasures by order of law: asked for by one person, done by another.
CREATE TABLE redactions (
	seq INTEGER PRIMARY KEY,          -- the event that asked for it
	subject TEXT NOT NULL,
	field TEXT NOT NULL,              -- title body excerpt …, item, file; '' : the whole record
	digests TEXT NOT NULL,            -- of its texts, JSON array
	span_start INTEGER,               -- code points of the one text; NULL: all of it
	span_end INTEGER,
	only_here INTEGER NOT NULL CHECK (only_here IN (0, 1)),
	reason_text TEXT NOT NULL,
	document TEXT NOT NULL,           -- number of the order, ''
	asked_at INTEGER NOT NULL,
	asked_by TEXT NOT NULL,
	asked_name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
	done_at INTEGER,
	done_by TEXT NOT NULL,
	done_name TEXT NOT NULL
) STRICT;
CREATE INDEX redactions_subject ON redactions (subject, seq);
CREATE INDEX redactions_asked ON redactions (seq) WHERE state = 'asked';

-- The texts that are gone, and what stands in their place.
CREATE TABLE erased_texts (
	digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
	replacement_text TEXT NOT NULL,   -- digest, '' nothing
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Items whose words were erased, or that were purged as too old: they are not taken in
-- again, though a page may still list them. Not of record, as items are not; `restore` makes
-- those of erasures anew from the list of them.
CREATE TABLE item_tombstones (
	source TEXT NOT NULL,
	identity TEXT NOT NULL,           -- SHA-256 in hex of the item's identity
	item INTEGER NOT NULL,            -- its number here, 0: not taken in
	at INTEGER NOT NULL,
	purged INTEGER NOT NULL CHECK (purged IN (0, 1)),
	PRIMARY KEY (source, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_tombstones_item ON item_tombstones (item) WHERE item > 0;
