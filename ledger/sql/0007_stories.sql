-- Copies of one text, and what happens to a story after it was decided.

-- items.url is now what two addresses of one article have in common (base/url_article.h):
-- of what was taken in before, all but twins and trackers get that form.
UPDATE items SET url = substr(url, instr(url, '://') + 3) WHERE url LIKE '%://%';
UPDATE items SET url = substr(url, 5) WHERE url LIKE 'www.%';

-- What an item's text is looked up by (matcher/neardup.h). Taken in, not part of the
-- record: made again whenever an item is taken in again.
CREATE TABLE item_sketches (
	item INTEGER PRIMARY KEY,    -- number of the item
	at INTEGER NOT NULL,         -- as items.at: the window looks at it
	sketch BLOB NOT NULL         -- ascending 40-bit hashes, 5 bytes each
) STRICT;
CREATE INDEX item_sketches_at ON item_sketches (at);

-- The smallest hashes of each sketch: two items that share one may be copies.
CREATE TABLE item_prints (
	print INTEGER NOT NULL,
	item INTEGER NOT NULL,
	PRIMARY KEY (print, item)
) STRICT, WITHOUT ROWID;

-- Projections --------------------------------------------------------------

-- Why a decided story came back (▲): story.returned/1.
CREATE TABLE story_returns (
	seq INTEGER PRIMARY KEY,
	story INTEGER NOT NULL,
	at INTEGER NOT NULL,
	item INTEGER NOT NULL,       -- number of the item that brought it; not a reference
	changes TEXT NOT NULL,       -- JSON array of {"what","topic","before","after"}
	copies INTEGER NOT NULL CHECK (copies IN (0, 1)) -- for the number of copies, among others
) STRICT;
CREATE INDEX story_returns_story ON story_returns (story, seq);

-- Items that a person took out of a story: story.split/1. They are never joined to it
-- again.
CREATE TABLE story_splits (
	seq INTEGER PRIMARY KEY,
	story INTEGER NOT NULL,
	item INTEGER NOT NULL,       -- number of the item; not a reference
	to_story INTEGER NOT NULL,   -- 0: it raises no alert, so it is no story
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	by_name TEXT NOT NULL,
	reason_text TEXT NOT NULL
) STRICT;
CREATE INDEX story_splits_item ON story_splits (item, story);
