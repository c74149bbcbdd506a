-- The page behind each item of a feed, as `huiying parse` tells the items: headline, date, text.
-- With :items (a file of JSON lines), :base (where the little web begins) and :web (its folder).
WITH item AS (
	SELECT json_extract(value, '$.link') AS link,
		replace(replace(json_extract(value, '$.title'), '&', '&amp;'), '<', '&lt;') AS title,
		coalesce(json_extract(value, '$.content'), json_extract(value, '$.summary')) AS words
	FROM json_each('[' || replace(trim(readfile(:items), char(10)), char(10), ',') || ']')
	WHERE json_extract(value, '$.kind') = 'item'
), page AS (
	SELECT CASE instr(link, '?') WHEN 0 THEN link ELSE substr(link, 1, instr(link, '?') - 1) END AS link,
		'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>' || title ||
		'</title></head><body><h1>' || title || '</h1><p>发布时间：' || datetime('now', '-3 hours', '+8 hours') ||
		'</p><div><p>' || replace(replace(replace(words, '&', '&amp;'), '<', '&lt;'), char(10), '</p><p>') ||
		'</p><p>截至发稿时，有关单位还没有对此作出答复，本报将继续关注事情的进展。</p></div></body></html>' AS html
	FROM item WHERE words IS NOT NULL
)
SELECT link FROM page WHERE writefile(:web || substr(link, length(:base) + 1), html) IS NULL;
