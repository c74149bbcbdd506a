-- Orders of hotlines whose words were erased by order of law: a later sheet that tells the order
-- again does not bring them back, nor does an older backup (the list of erasures names them).
-- Rows beside the record of account, as the orders themselves.
CREATE TABLE order_tombstones (
	source TEXT NOT NULL,
	number TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
INSERT INTO order_tombstones (source, number, at)
	SELECT source, number, imported FROM orders
	WHERE instr(coalesce(title, '') || coalesce(content, '') || coalesce(place, '')
		|| coalesce(result, '') || coalesce(link, ''), '［依法删除］') > 0;
