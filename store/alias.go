package store

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
)

const (
	aliasColumns = "org_id, kind, old_id, to_id, code, name, at, by_id"

	sqlAlias       = "SELECT " + aliasColumns + " FROM alias WHERE org_id = $1 AND kind = $2 AND old_id = $3"
	sqlAliasByCode = "SELECT " + aliasColumns + " FROM alias WHERE org_id = $1 AND kind = $2 AND code IN (?)"
	sqlAliasesTo   = "SELECT " + aliasColumns + " FROM alias WHERE org_id = $1 AND kind = $2 AND to_id = $3 ORDER BY at, old_id"
	sqlAliases     = "SELECT " + aliasColumns + " FROM alias WHERE org_id = $1 ORDER BY kind, old_id"
	sqlAliasAny    = "SELECT COUNT(*) FROM (SELECT 1 FROM alias WHERE org_id = $1 LIMIT 1) AS found"
	sqlAliasInsert = "INSERT INTO alias (" + aliasColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	sqlAliasMove   = "UPDATE alias SET to_id = $1 WHERE org_id = $2 AND kind = $3 AND to_id = $4"
	sqlAliasForget = "DELETE FROM alias WHERE org_id = $1 AND kind = $2 AND old_id = $3"

	distinctColumns   = "org_id, kind, a_id, b_id, at, by_id"
	sqlDistincts      = "SELECT " + distinctColumns + " FROM distinct_pair WHERE org_id = $1 AND kind = $2 AND a_id IN (?)"
	sqlDistinctsOf    = "SELECT " + distinctColumns + " FROM distinct_pair WHERE org_id = $1 AND kind = $2 AND b_id IN (?)"
	sqlDistinctInsert = "INSERT INTO distinct_pair (" + distinctColumns + `) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (org_id, kind, a_id, b_id) DO UPDATE SET at = excluded.at, by_id = excluded.by_id`
	sqlDistinctDelete = "DELETE FROM distinct_pair WHERE org_id = $1 AND kind = $2 AND a_id = $3 AND b_id = $4"
)

func scanAlias(r *row) huifang.Alias {
	return huifang.Alias{
		Org: r.id(), Kind: r.text(), Old: r.id(), To: r.id(), Code: r.text(), Name: r.text(), At: r.instant(), By: r.id(),
	}
}

// Alias is what an id that was merged away leads to; ok is false when it was
// not.
func (q *Reads) Alias(ctx context.Context, org huifang.ID, kind string, old huifang.ID) (a huifang.Alias, ok bool, err error) {
	found, err := list(ctx, q, scanAlias, sqlAlias, org, kind, old)
	if len(found) == 0 {
		return huifang.Alias{}, false, err
	}
	return found[0], true, err
}

// AliasesByCode are the aliases that keep codes of what was merged away.
func (q *Reads) AliasesByCode(ctx context.Context, org huifang.ID, kind string, codes []string) (map[string]huifang.Alias, error) {
	out := make(map[string]huifang.Alias)
	err := eachKey(ctx, q, sqlAliasByCode, []any{org, kind}, codes, func(r *row) error {
		a := scanAlias(r)
		out[a.Code] = a
		return nil
	})
	return out, err
}

// AliasesTo lists what was merged into a contact or asset, by when.
func (q *Reads) AliasesTo(ctx context.Context, org huifang.ID, kind string, to huifang.ID) ([]huifang.Alias, error) {
	return list(ctx, q, scanAlias, sqlAliasesTo, org, kind, to)
}

// Aliases lists all of the organization's.
func (q *Reads) Aliases(ctx context.Context, org huifang.ID) ([]huifang.Alias, error) {
	return list(ctx, q, scanAlias, sqlAliases, org)
}

// AnyAlias tells whether anything of the organization was ever merged.
func (q *Reads) AnyAlias(ctx context.Context, org huifang.ID) (bool, error) {
	n, err := number(ctx, q, sqlAliasAny, org)
	return n > 0, err
}

// InsertAlias keeps an alias; aliases that led to Old lead to To from now on. A
// code that another alias keeps is a conflict.
func (tx *Tx) InsertAlias(ctx context.Context, a *huifang.Alias) error {
	if err := tx.put(ctx, sqlAliasMove, a.To, a.Org, a.Kind, a.Old); err != nil {
		return err
	}
	if err := tx.put(ctx, sqlAliasForget, a.Org, a.Kind, a.Old); err != nil {
		return err
	}
	return tx.put(ctx, sqlAliasInsert, a.Org, a.Kind, a.Old, a.To, optional(a.Code), a.Name, a.At, a.By)
}

func scanDistinct(r *row) huifang.Distinct {
	return huifang.Distinct{Org: r.id(), Kind: r.text(), A: r.id(), B: r.id(), At: r.instant(), By: r.id()}
}

// Distincts are the pairs of which both are among the ids.
func (q *Reads) Distincts(ctx context.Context, org huifang.ID, kind string, ids []huifang.ID) ([]huifang.Distinct, error) {
	var out []huifang.Distinct
	err := eachKey(ctx, q, sqlDistincts, []any{org, kind}, ids, func(r *row) error {
		if d := scanDistinct(r); slices.Contains(ids, d.B) && !slices.Contains(out, d) {
			out = append(out, d)
		}
		return nil
	})
	return out, err
}

// SaveDistinct remembers that two are not the same.
func (tx *Tx) SaveDistinct(ctx context.Context, d huifang.Distinct) error {
	return tx.put(ctx, sqlDistinctInsert, d.Org, d.Kind, d.A, d.B, d.At, d.By)
}

// moveDistincts has what was said of one hold for the one it was merged into.
func (tx *Tx) moveDistincts(ctx context.Context, org huifang.ID, kind string, from, to huifang.ID) error {
	var all []huifang.Distinct
	for _, sql := range []string{sqlDistincts, sqlDistinctsOf} {
		err := eachKey(ctx, &tx.Reads, sql, []any{org, kind}, []huifang.ID{from}, func(r *row) error {
			all = append(all, scanDistinct(r))
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, d := range all {
		if err := tx.put(ctx, sqlDistinctDelete, org, kind, d.A, d.B); err != nil {
			return err
		}
		other := d.A
		if other == from {
			other = d.B
		}
		if other == to {
			continue
		}
		moved := huifang.NewDistinct(org, kind, to, other)
		moved.At, moved.By = d.At, d.By
		if err := tx.SaveDistinct(ctx, moved); err != nil {
			return err
		}
	}
	return nil
}
