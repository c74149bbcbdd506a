-- What the checks of an answer rest on: a line for each check that has a reason of its own,
-- the check's name, a tab, the reason (words that are missing, the item that was there
-- before …). Answers from before this migration have none.

ALTER TABLE responses ADD COLUMN found_text TEXT NOT NULL DEFAULT '';
