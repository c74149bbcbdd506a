-- What the program noticed on the office's own channels: an item that looks like the
-- answer to a case (疑似回应) or like the news that a promise was kept (疑似落实). Not
-- part of the record; what a person makes of it is an event of its own.
CREATE TABLE proposals (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	item INTEGER NOT NULL REFERENCES items (id),
	kind TEXT NOT NULL CHECK (kind IN ('response', 'fulfilment')),
	case_id TEXT NOT NULL,
	commitment TEXT NOT NULL,    -- '' for a response
	channel TEXT NOT NULL,
	closeness INTEGER NOT NULL,  -- per cent
	state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'dismissed')),
	UNIQUE (item, case_id, commitment)
) STRICT;
CREATE INDEX proposals_open ON proposals (id) WHERE state = 'open';
