-- Promises in working days (10个工作日内): how many days they name, by which list of holidays
-- their date was counted, and whether that list had all the years (暂定). Promises that were
-- taken before are counted by `tick`, which writes an event.

ALTER TABLE commitments ADD COLUMN workdays INTEGER NOT NULL DEFAULT 0;  -- 0: a day was named
ALTER TABLE commitments ADD COLUMN calendar TEXT NOT NULL DEFAULT '';    -- hash of the list
ALTER TABLE commitments ADD COLUMN tentative INTEGER NOT NULL DEFAULT 0; -- first unlisted year; 0: none
CREATE INDEX commitments_counted ON commitments (calendar) WHERE workdays > 0;
CREATE INDEX commitments_tentative ON commitments (tentative) WHERE tentative > 0;
CREATE INDEX promise_phrases_workdays ON promise_phrases (commitment)
	WHERE due_kind = 'workdays' AND due_date <> '' AND commitment <> '';

-- Each time another list of holidays gave a promise another date; the row of its promise has
-- the last one.
CREATE TABLE commitment_dates (
	commitment TEXT NOT NULL,
	seq INTEGER NOT NULL,             -- of the event
	at INTEGER NOT NULL,
	old_date TEXT NOT NULL,
	new_date TEXT NOT NULL,
	PRIMARY KEY (commitment, seq)
) STRICT, WITHOUT ROWID;

-- Limits of orders that were counted: what of, so that tick can count again by another list.
ALTER TABLE orders ADD COLUMN limit_amount INTEGER NOT NULL DEFAULT 0;   -- 0: the sheet gave a day, or none
ALTER TABLE orders ADD COLUMN limit_unit TEXT NOT NULL DEFAULT '';       -- "working days" …
ALTER TABLE orders ADD COLUMN limit_rule TEXT NOT NULL DEFAULT '';       -- of deadlines.conf; '': the sheet's own
ALTER TABLE orders ADD COLUMN limit_roll TEXT NOT NULL DEFAULT 'none';   -- 'none' 'next-workday'
ALTER TABLE orders ADD COLUMN calendar TEXT NOT NULL DEFAULT '';         -- '': needs no list of holidays
ALTER TABLE orders ADD COLUMN tentative INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_counted ON orders (calendar) WHERE calendar <> '' AND finished IS NULL;
CREATE INDEX orders_tentative ON orders (tentative) WHERE tentative > 0 AND finished IS NULL;
CREATE INDEX clocks_order ON clocks (ref) WHERE clock = 'order';
CREATE INDEX cases_story ON cases (story);
-- Of orders from before it is not known what was counted: tick reads their words again.
UPDATE orders SET calendar = '?' WHERE finished IS NULL AND due IS NOT NULL
	AND (limit_text IS NULL OR limit_text LIKE '%工作日%' OR limit_text LIKE '%working day%');

-- Duties that go over to another unit on a day to come (机构改革公布在前、生效在后); until then
-- the old name holds. tick carries it out, a supervisor may take it back.
CREATE TABLE unit_plans (
	seq INTEGER PRIMARY KEY,
	from_unit TEXT NOT NULL,
	to_unit TEXT NOT NULL,
	on_date TEXT NOT NULL,            -- its first day
	topic TEXT NOT NULL,              -- '' : all matters
	document TEXT NOT NULL,
	note_text TEXT NOT NULL,
	at INTEGER NOT NULL,
	by_name TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'withdrawn')),
	done_seq INTEGER NOT NULL         -- of the event that ended it, 0
) STRICT;
CREATE INDEX unit_plans_on ON unit_plans (on_date) WHERE state = 'planned';

-- What waits for its capture, and what failed, is looked at every minute; all that was ever
-- captured is not.
CREATE INDEX evidence_pending ON evidence (id) WHERE state = 'pending';
CREATE INDEX evidence_failed ON evidence (subject, id) WHERE state = 'failed';
