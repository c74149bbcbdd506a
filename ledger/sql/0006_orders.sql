-- Orders of hotlines and mailboxes (12345, 市长信箱), as their sheets tell. They come from
-- a file and can be imported again; like items they are no part of the record of account
-- and no projection refers to them. Personal data was masked before it came here; names
-- and telephones have no column.
CREATE TABLE orders (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	source TEXT NOT NULL,        -- a hotline or mailbox: numbers are its own
	number TEXT NOT NULL,        -- 工单编号
	digest BLOB NOT NULL CHECK (length(digest) = 32), -- of what the sheet said, to notice changes
	revision INTEGER NOT NULL,   -- 1, 2 … : how often the sheet said something else
	type TEXT,                   -- 诉求类型
	title TEXT,
	content TEXT,
	place TEXT,
	unit TEXT,                   -- 承办单位, in the sheet's words
	channel TEXT,                -- 来源, in the sheet's words
	state TEXT,
	result TEXT,
	satisfaction TEXT,
	link TEXT,
	published INTEGER,           -- when it was said or written
	accepted INTEGER,            -- 受理时间
	finished INTEGER,            -- 办结时间
	limit_text TEXT,             -- 办理时限 as the sheet writes it
	due INTEGER,                 -- the moment that means; NULL: none, or not readable
	at INTEGER NOT NULL,         -- published, else accepted, else the import
	title_key TEXT NOT NULL,     -- shadow of title or first words; '' when too short
	place_key TEXT NOT NULL,     -- shadow of the place below the town; '' when too short
	codes TEXT NOT NULL,         -- topics that the rules found: "|wage-arrears|water|", or ''
	grade INTEGER NOT NULL,      -- the highest suggested, 0 when no rule hit
	score INTEGER NOT NULL,
	rules_hash TEXT NOT NULL,    -- the rules it was judged by
	story INTEGER,               -- the queue row that it belongs to; NULL: none
	imported INTEGER NOT NULL,   -- when this revision came in
	file TEXT NOT NULL,          -- name of its sheet
	row INTEGER NOT NULL,        -- its row there
	UNIQUE (source, number)
) STRICT;
CREATE INDEX orders_at ON orders (at);
CREATE INDEX orders_story ON orders (story) WHERE story IS NOT NULL;
CREATE INDEX orders_due ON orders (due) WHERE finished IS NULL AND due IS NOT NULL;
