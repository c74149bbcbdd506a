-- What new items look up, without what is no answer (II). A story of thousands of copies, as
-- one feed can bring, was gone through for each of them: those that have a story and those
-- that have none stand in indexes of their own now.

DROP INDEX items_title;
CREATE INDEX items_title_free ON items (title_key, at)
	WHERE title_key IS NOT NULL AND story IS NULL;

DROP INDEX items_url;
CREATE INDEX items_url_free ON items (url) WHERE url IS NOT NULL AND story IS NULL;
CREATE INDEX items_url_story ON items (url) WHERE url IS NOT NULL AND story IS NOT NULL;
