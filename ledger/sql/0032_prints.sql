-- The prints of an item are the beginning of its sketch: an item that came in since the last
-- filing needs no row of its own for them. prints_recent is left for items that were put
-- anew after they had been filed, and for those that were not filed when this was made.
CREATE TABLE prints_state (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	filed INTEGER NOT NULL       -- items above it that have a sketch are not filed yet
) STRICT;
INSERT INTO prints_state SELECT 1, coalesce(max(item), 0) FROM item_sketches;
