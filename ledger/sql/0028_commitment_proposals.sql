-- What one person proposes about a promise and another has to approve: a later date, or that
-- it cannot be kept (无法兑现). At most one waits for a promise. Before this migration both
-- were done by one person, so that nothing of the past waits.
CREATE TABLE commitment_proposals (
	commitment TEXT PRIMARY KEY,
	what TEXT NOT NULL CHECK (what IN ('extend', 'cannot')),
	at INTEGER NOT NULL,
	by_key TEXT NOT NULL,
	by_name TEXT NOT NULL,
	new_date TEXT NOT NULL,           -- of an extension, else ''
	reason_text TEXT NOT NULL,
	url_text TEXT NOT NULL,           -- where the public is told, '' when nowhere
	evidence TEXT NOT NULL            -- the ZJ- that captures that page, or ''
) STRICT, WITHOUT ROWID;
