-- items.title_key is 16 hexadecimal digits of the title's SHA-256 now (ledger/title_key.h), no
-- copy of the title: the two indexes of it were the dearest that a new item goes into.
DROP INDEX items_title_free;
DROP INDEX items_title_story;
UPDATE items SET title_key = title_key_make(title_key) WHERE title_key IS NOT NULL;
CREATE INDEX items_title_free ON items (title_key, at)
	WHERE title_key IS NOT NULL AND story IS NULL;
CREATE INDEX items_title_story ON items (title_key, at)
	WHERE title_key IS NOT NULL AND story IS NOT NULL;
