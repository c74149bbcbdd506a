-- Rule keeping: what the rules said at any time, who changed them, and which alerts the
-- rules of today would not raise any more.

-- The text of a rule file, by its SHA-256, as bytes: an alert's rules can always be read.
CREATE TABLE rule_files (
	hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
	body BLOB NOT NULL
) STRICT;
CREATE TRIGGER rule_files_no_update BEFORE UPDATE ON rule_files
BEGIN
	SELECT raise(ABORT, 'archived rules are never changed');
END;
CREATE TRIGGER rule_files_no_delete BEFORE DELETE ON rule_files
BEGIN
	SELECT raise(ABORT, 'archived rules are never deleted');
END;

-- Which files make up a set (alerts.rules_hash), in the order of loading.
CREATE TABLE rule_sets (
	hash TEXT NOT NULL CHECK (length(hash) = 64),
	place INTEGER NOT NULL,
	name TEXT NOT NULL,          -- "keywords.conf", "local.d/city.conf"
	file TEXT NOT NULL REFERENCES rule_files (hash),
	PRIMARY KEY (hash, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_sets_no_update BEFORE UPDATE ON rule_sets
BEGIN
	SELECT raise(ABORT, 'archived rules are never changed');
END;
CREATE TRIGGER rule_sets_no_delete BEFORE DELETE ON rule_sets
BEGIN
	SELECT raise(ABORT, 'archived rules are never deleted');
END;

-- A projection: rules.installed.
CREATE TABLE rule_installs (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	by_name TEXT NOT NULL,
	how TEXT NOT NULL CHECK (how IN ('edit', 'revert')),
	name TEXT NOT NULL,
	file_before TEXT NOT NULL,   -- '': there was no such file
	file_after TEXT NOT NULL,
	rules_before TEXT NOT NULL,  -- '': the rules could not be loaded
	rules_after TEXT NOT NULL,
	added INTEGER NOT NULL,      -- lines
	removed INTEGER NOT NULL,
	gained INTEGER NOT NULL,     -- alerts of the back-test
	lost INTEGER NOT NULL
) STRICT;
CREATE INDEX rule_installs_name ON rule_installs (name, seq);

-- A projection: alert.doubted, alert.upheld. The alerts that no item of their story gives
-- reason for by the rules of then.
CREATE TABLE alert_doubts (
	alert INTEGER PRIMARY KEY REFERENCES alerts (id),
	at INTEGER NOT NULL,
	rules_hash TEXT NOT NULL
) STRICT;

-- What came in lately, for back-tests.
CREATE INDEX items_fetched ON items (fetched);
