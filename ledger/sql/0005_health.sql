-- How the sources behave: what is usual for each, and what was seen that is not.
--
-- Housekeeping beside source_health, not events: learned from the answers that are
-- taken in, forgotten with them. What only time brings about (a source that falls silent, a
-- certificate that runs out, a streak of failures) is computed when somebody asks.

-- One row a source: its habit. Times are seconds since 1970 UTC.
CREATE TABLE source_habit (
	source TEXT PRIMARY KEY,
	answers INTEGER NOT NULL,      -- read so far, "not modified" included
	quiet INTEGER NOT NULL,        -- answers in a row that brought nothing new
	rows_usual INTEGER NOT NULL,   -- running mean of entries an answer, times 16
	rows_answers INTEGER NOT NULL, -- answers behind that mean
	gap INTEGER NOT NULL,          -- running mean of seconds from new to new; 0: unknown
	dated_gap INTEGER NOT NULL,    -- mean seconds between the dates in the last answer; 0
	newest INTEGER,                -- the latest date an entry ever had
	charset TEXT NOT NULL,         -- of the last answer; '' when unknown
	host TEXT NOT NULL,            -- of its address; '' when unknown
	cert_expires INTEGER,          -- end of the host's certificate, as last seen
	cert_seen INTEGER
) STRICT, WITHOUT ROWID;

-- What is wrong with a source's answers now: a row goes when an answer is as usual again.
CREATE TABLE source_findings (
	source TEXT NOT NULL,
	finding TEXT NOT NULL CHECK (finding IN ('challenge', 'empty', 'same', 'fewer', 'charset')),
	since INTEGER NOT NULL,        -- the first answer that showed it
	seen INTEGER NOT NULL,         -- the last one
	times INTEGER NOT NULL,
	detail TEXT NOT NULL,          -- who made the wall; "40 -> 3"; "gb18030 -> utf-8"
	PRIMARY KEY (source, finding)
) STRICT, WITHOUT ROWID;
