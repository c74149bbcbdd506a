-- What new items look up, without what is no answer.

-- The story of an earlier item of the same title. A standing title ("公告", "简讯" and a name)
-- is on thousands of items that have no story: each new one would go through them all.
CREATE INDEX items_title_story ON items (title_key, at)
	WHERE title_key IS NOT NULL AND story IS NOT NULL;
