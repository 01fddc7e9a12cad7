-- Shapes of tenant tables (those with a column org_id) that a distributed
-- PostgreSQL refuses, or that would let organizations meet. No rows: all is
-- well. $1 is a list of indexes that look across organizations on purpose.
WITH tenant AS (
  SELECT c.oid, c.relname, a.attnum, a.atttypid, a.attnotnull
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
),
named AS (
  SELECT i.indrelid, i.indexrelid, i.indisprimary, i.indisunique OR i.indisexclusion AS exclusive, i.indkey::int2[] AS columns,
    x.relname AS index_name
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
)
SELECT 'no primary key' AS fault, t.relname::text AS on_table, ''::text AS detail
FROM tenant t WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.indrelid = t.oid AND n.indisprimary)
UNION ALL
SELECT 'a unique index without org_id', t.relname, n.index_name
FROM tenant t JOIN named n ON n.indrelid = t.oid WHERE n.exclusive AND NOT t.attnum = ANY (n.columns)
UNION ALL
SELECT 'an index that does not begin with org_id', t.relname, n.index_name
FROM tenant t JOIN named n ON n.indrelid = t.oid WHERE n.columns[0] <> t.attnum AND NOT n.index_name = ANY ($1::text[])
UNION ALL
SELECT 'a foreign key that does not pair org_id with org_id', t.relname, k.conname
FROM tenant t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' JOIN tenant p ON p.oid = k.confrelid
WHERE NOT EXISTS (SELECT 1 FROM unnest(k.conkey, k.confkey) AS pair (own, other) WHERE pair.own = t.attnum AND pair.other = p.attnum)
UNION ALL
SELECT 'a foreign key that sets NULL or a default', t.relname, k.conname
FROM tenant t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' WHERE k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('n', 'd')
UNION ALL
SELECT 'a foreign key from a shared table', c.relname, k.conname
FROM pg_constraint k JOIN tenant p ON p.oid = k.confrelid JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype = 'f' AND k.conrelid NOT IN (SELECT oid FROM tenant)
UNION ALL
SELECT 'a sequence or identity column', t.relname, a.attname
FROM tenant t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE a.attidentity <> '' OR a.atthasdef AND pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%'
UNION ALL
SELECT 'a default that is not a constant', t.relname, a.attname
FROM tenant t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE pg_get_expr(d.adbin, d.adrelid) LIKE '%(%'
UNION ALL
SELECT 'a trigger', t.relname, g.tgname FROM tenant t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'a rule', t.relname, r.rulename FROM tenant t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL
SELECT 'org_id is not BYTEA NOT NULL', t.relname, t.atttypid::regtype::text
FROM tenant t WHERE t.atttypid <> 'bytea'::regtype OR NOT t.attnotnull
UNION ALL
SELECT 'a text that does not compare by bytes', t.relname, a.attname
FROM tenant t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.atttypid = 'text'::regtype
JOIN pg_collation c ON c.oid = a.attcollation WHERE c.collname <> 'C'
ORDER BY 1, 2, 3
