-- Messages to people. Housekeeping, no projection: what is to be told follows from the
-- events; whether it arrived is told by receipts.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	target TEXT NOT NULL,
	stage INTEGER NOT NULL,      -- 1 first, 2 second contact, 3 the leader on duty
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	key TEXT NOT NULL UNIQUE,    -- one message: target, kind, subject, occasion, stage
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
	ack INTEGER NOT NULL CHECK (ack IN (0, 1)), -- wants to be acknowledged
	made_at INTEGER NOT NULL,
	next_at INTEGER NOT NULL,    -- when it may be handed to the sender (again)
	expires INTEGER NOT NULL,
	tries INTEGER NOT NULL,      -- handed over so often
	state TEXT NOT NULL CHECK (state IN ('waiting', 'handed', 'sent', 'unknown', 'failed')),
	error TEXT NOT NULL,
	settled_at INTEGER,          -- sent, unknown or failed
	acked_at INTEGER,
	acked_name TEXT NOT NULL,
	next_stage INTEGER NOT NULL CHECK (next_stage IN (0, 1)) -- the next stage was told
) STRICT;
CREATE INDEX outbox_open ON outbox (next_at) WHERE state IN ('waiting', 'handed');
CREATE INDEX outbox_unacked ON outbox (id) WHERE ack = 1 AND acked_at IS NULL;
CREATE INDEX outbox_bad ON outbox (id) WHERE state IN ('unknown', 'failed') AND acked_at IS NULL;

-- What was told last: the number of an event, the day of a digest.
CREATE TABLE notice_state (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
