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
