-- The page behind an item, where it was fetched: its text is what the rules look at
-- besides what the feed or list said. Not part of the record; it comes from WARC files.
-- An article of several pages is one row: the next page's text is added to it.
CREATE TABLE item_articles (
	item INTEGER PRIMARY KEY REFERENCES items (id),
	url TEXT NOT NULL,           -- of the first page
	title TEXT,
	published INTEGER,
	content TEXT NOT NULL,
	pages INTEGER NOT NULL CHECK (pages > 0),
	fetched INTEGER NOT NULL,    -- when the first page was
	warc TEXT NOT NULL,          -- where the first page is kept
	warc_offset INTEGER NOT NULL
) STRICT;
