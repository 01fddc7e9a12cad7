package store

import (
	"context"
	"slices"
)

const sqlPgUnknown = `SELECT relname FROM pg_class WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind IN ('r', 'p')
AND reltuples <= 0 AND pg_relation_size(oid) > 0`

// Analyze has PostgreSQL look at tables that it knows nothing about yet, because
// they were filled a moment ago. Until its own daemon comes round, about a
// minute, it takes any index for as good as any other: one that tells nothing
// but the organization apart, and so reads all that the organization has, row
// after row. Bulk work calls it after its first rows are written; on SQLite, and
// where everything is known, it does nothing.
func (s *Store) Analyze(ctx context.Context) error {
	unknown, err := s.unknown(ctx)
	for _, table := range unknown {
		if _, err := s.pg.pool.Exec(ctx, "ANALYZE "+table); err != nil {
			return translate(err)
		}
	}
	return err
}

// unknown lists the tables with rows that PostgreSQL never looked at.
func (s *Store) unknown(ctx context.Context) ([]string, error) {
	if s.pg == nil {
		return nil, nil
	}
	found, err := list(ctx, &s.reads.Reads, (*row).text, sqlPgUnknown)
	return slices.DeleteFunc(tables(), func(name string) bool { return !slices.Contains(found, name) }), err
}
