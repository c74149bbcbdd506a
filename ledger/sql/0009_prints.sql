-- The index of texts as pages that are written once for many items (ledger/similar.h).

-- Prints of the items that came in last, not filed yet: read when a program begins to look
-- up. What was in the index before is filed by the first that takes an item in.
CREATE TABLE prints_recent (
	item INTEGER PRIMARY KEY,    -- as in item_sketches
	prints BLOB NOT NULL         -- 40-bit hashes, 5 bytes each, little-endian
) STRICT;
INSERT INTO prints_recent SELECT item, substr(sketch, 1, 80) FROM item_sketches;
DROP TABLE item_prints;

-- All others: a page holds the entries from its first tag up to the next page's.
CREATE TABLE prints_filed (
	first INTEGER PRIMARY KEY,   -- tag: 32 bits made of a print (ledger/prints.h)
	entries BLOB NOT NULL        -- n tags of 4 bytes, then n items of 8, little-endian
) STRICT;
