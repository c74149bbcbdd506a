-- The index of words: intake data, made again from items, orders and the texts of events
-- whenever it is missing (ledger/search.h).

-- The words by pairs of characters (ledger/search_words.h). It holds no texts, and rows are
-- never taken out of it: a text that changed dies in search_docs, and when a text must be
-- forgotten all of the index is thrown away and made again.
CREATE VIRTUAL TABLE search_index USING fts5(
	title, body, tokenize = 'huiying', content = '', columnsize = 0, prefix = '1');

-- What a row of the index is about.
CREATE TABLE search_docs (
	id INTEGER PRIMARY KEY,      -- rowid of search_index; later taken in is higher
	origin TEXT NOT NULL CHECK (origin IN ('item', 'order', 'event')),
	key INTEGER NOT NULL,        -- number of the item, order or event; not a reference
	kind TEXT NOT NULL,          -- 'item' 'order' 'alert' 'case' …
	subject TEXT NOT NULL,       -- "I12", "YQ-2026-000123"; of an order its number
	at INTEGER NOT NULL,
	case_id TEXT NOT NULL,       -- '' when it belongs to none
	unit TEXT NOT NULL,          -- that the text itself names, or ''
	alive INTEGER NOT NULL CHECK (alive IN (0, 1)) -- 0: the text is another now
) STRICT;
CREATE INDEX search_docs_key ON search_docs (origin, key);
CREATE INDEX search_docs_dead ON search_docs (id) WHERE alive = 0;

-- How far each origin is in the index.
CREATE TABLE search_state (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	version INTEGER NOT NULL,    -- SEARCH_VERSION of what made it
	item_done INTEGER NOT NULL,
	order_done INTEGER NOT NULL,
	event_done INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0, 0, 0, 0);

-- Texts below those marks that changed since.
CREATE TABLE search_dirty (
	origin TEXT NOT NULL,
	key INTEGER NOT NULL,
	PRIMARY KEY (origin, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_item_changed AFTER UPDATE OF title, summary, content ON items
WHEN new.id <= (SELECT item_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('item', new.id);
END;
CREATE TRIGGER search_item_gone AFTER DELETE ON items
WHEN old.id <= (SELECT item_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('item', old.id);
END;
CREATE TRIGGER search_article_new AFTER INSERT ON item_articles
WHEN new.item <= (SELECT item_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('item', new.item);
END;
CREATE TRIGGER search_article_changed AFTER UPDATE OF title, content ON item_articles
WHEN new.item <= (SELECT item_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('item', new.item);
END;
CREATE TRIGGER search_article_gone AFTER DELETE ON item_articles
WHEN old.item <= (SELECT item_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('item', old.item);
END;
CREATE TRIGGER search_order_changed AFTER UPDATE OF title, content, place, unit, result ON orders
WHEN new.id <= (SELECT order_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('order', new.id);
END;
CREATE TRIGGER search_order_gone AFTER DELETE ON orders
WHEN old.id <= (SELECT order_done FROM search_state)
BEGIN
	INSERT OR IGNORE INTO search_dirty VALUES ('order', old.id);
END;
