-- Promises that the program found in an answer when it was entered, sentence by sentence.
-- A person takes each as a commitment or refuses it with a reason; a case is finished
-- (办结) when that is done for every one. What was found then stays as it was found: a
-- later version of the program finds other things in later answers only. A sentence that
-- names several dates is taken when each of them is.

CREATE TABLE promises (
	response TEXT NOT NULL,
	sentence INTEGER NOT NULL,        -- number of the sentence in the answer, from 1
	quote_text TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'refused')),
	commitment TEXT NOT NULL,         -- the first CN- that came of it, ''
	refused_at INTEGER,
	refused_by TEXT NOT NULL,
	refused_name TEXT NOT NULL,
	reason_text TEXT NOT NULL,
	PRIMARY KEY (response, sentence)
) STRICT, WITHOUT ROWID;

-- The deadline phrases in such a sentence, none or several.
CREATE TABLE promise_phrases (
	response TEXT NOT NULL,
	sentence INTEGER NOT NULL,
	n INTEGER NOT NULL,               -- from 1
	phrase_text TEXT NOT NULL,        -- 9月底前
	due_date TEXT NOT NULL,           -- the last day that keeps it, '' when none is named
	due_kind TEXT NOT NULL CHECK (due_kind IN ('date', 'workdays', 'undated')),
	commitment TEXT NOT NULL,         -- the CN- that took it, ''
	PRIMARY KEY (response, sentence, n)
) STRICT, WITHOUT ROWID;
