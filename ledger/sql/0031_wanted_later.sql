-- What the fetcher shall get when there is room: what a source has more of than WANTS_NEW_MAX an
-- hour, and the pages of entries of which nothing is known but the address (sitemaps). The
-- newest go over to `wanted` first.
CREATE TABLE wanted_later (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	url TEXT NOT NULL,
	source TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('article', 'page')),
	subject TEXT NOT NULL,
	depth INTEGER NOT NULL,
	at INTEGER NOT NULL,         -- when it was published or changed, else found
	UNIQUE (kind, url, subject)
) STRICT;
CREATE INDEX wanted_later_next ON wanted_later (source, at DESC, id);
CREATE INDEX wanted_source ON wanted (source, created);

-- Until now what was beyond the limit was left out for good.
INSERT INTO wanted_later (url, source, kind, subject, depth, at)
	SELECT link, source, 'article', 'I' || id, 0, coalesce(published, updated, fetched)
	FROM items
	WHERE title IS NULL AND summary IS NULL AND content IS NULL AND warc <> ''
	AND (link LIKE 'http://%' OR link LIKE 'https://%')
	AND coalesce(published, updated, fetched) >= (SELECT max(fetched) FROM items) - 30 * 86400
	AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.kind = 'article' AND w.url = items.link
		AND w.subject = 'I' || items.id);
