-- Texts beside their index. A row of a table WITHOUT ROWID is its key, and a text of more
-- than 1,002 bytes goes on on further pages: whoever looked for another digest read them
-- all, to compare what lies in their first 64 bytes.

CREATE TABLE texts_new (
	digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
	salt BLOB,
	body TEXT,
	CHECK ((salt IS NULL) = (body IS NULL))
) STRICT;
INSERT INTO texts_new (digest, salt, body) SELECT digest, salt, body FROM texts;
DROP TABLE texts;
ALTER TABLE texts_new RENAME TO texts;

CREATE TRIGGER texts_only_erase BEFORE UPDATE ON texts
WHEN NEW.digest <> OLD.digest OR NEW.body IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'texts are never changed, only erased');
END;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
BEGIN
	SELECT raise(ABORT, 'texts are never deleted, only erased');
END;
