package store

import (
	"cmp"
	"context"

	"github.com/huifang/huifang"
)

const (
	assetColumns = "code, kind, name, unit_id, contact_id, attributes, label, search, tail, org_id, id, rev"

	sqlAsset        = "SELECT " + assetColumns + " FROM asset WHERE org_id = $1 AND id = $2"
	sqlAssetsByID   = "SELECT " + assetColumns + " FROM asset WHERE org_id = $1 AND id IN (?)"
	sqlAssetsByCode = "SELECT " + assetColumns + " FROM asset WHERE org_id = $1 AND code IN (?)"
	sqlAssets       = "SELECT " + assetColumns + " FROM asset WHERE org_id = ?"

	sqlAssetInsert = "INSERT INTO asset (" + assetColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)"
	sqlAssetUpdate = `UPDATE asset SET code = $1, kind = $2, name = $3, unit_id = $4, contact_id = $5, attributes = $6, label = $7, search = $8,
tail = $9, rev = rev + 1 WHERE org_id = $10 AND id = $11 AND rev = $12`
)

// AssetFilter selects assets; empty fields select all.
type AssetFilter struct {
	Units   []huifang.ID // nil: all; "" among them: those without a unit
	Kind    string
	Contact huifang.ID
	Text    string // part of code or name, case ignored
}

func scanAsset(r *row) *huifang.Asset {
	a := &huifang.Asset{Code: r.text(), Kind: r.text(), Name: r.text(), Unit: r.id(), Contact: r.id()}
	r.json(&a.Attributes)
	_, _, _ = r.text(), r.text(), r.text() // label, search, tail
	a.Org, a.ID, a.Version = r.id(), r.id(), r.int()
	return a
}

func label(a *huifang.Asset) string { return cmp.Or(a.Code, a.Name) }

// Asset is the asset with the id.
func (q *Reads) Asset(ctx context.Context, org, id huifang.ID) (*huifang.Asset, error) {
	return first(ctx, q, "asset", scanAsset, sqlAsset, org, id)
}

// AssetsByID are those of the ids that exist.
func (q *Reads) AssetsByID(ctx context.Context, org huifang.ID, ids []huifang.ID) (map[huifang.ID]*huifang.Asset, error) {
	return byKey(ctx, q, sqlAssetsByID, org, ids, scanAsset, func(a *huifang.Asset) huifang.ID { return a.ID })
}

// AssetsByCode are those of the codes that exist.
func (q *Reads) AssetsByCode(ctx context.Context, org huifang.ID, codes []string) (map[string]*huifang.Asset, error) {
	return byKey(ctx, q, sqlAssetsByCode, org, codes, scanAsset, func(a *huifang.Asset) string { return a.Code })
}

// Assets lists by code, or name where there is none.
func (q *Reads) Assets(ctx context.Context, org huifang.ID, f AssetFilter, p Page) (Paged[*huifang.Asset], error) {
	t := newText(sqlAssets, org)
	t.inUnits("unit_id", f.Units)
	t.ifText("kind", f.Kind)
	t.ifID("contact_id", f.Contact)
	t.contains("search", f.Text)
	return pageByText(ctx, q, t, "label", p, scanAsset, func(a *huifang.Asset) (string, huifang.ID) { return label(a), a.ID })
}

// SaveAsset inserts (Version 0) or updates (stale Version: conflict). A code
// that is taken is a conflict.
func (tx *Tx) SaveAsset(ctx context.Context, a *huifang.Asset) error {
	return tx.save(ctx, &a.Version, sqlAssetInsert, sqlAssetUpdate,
		optional(a.Code), a.Kind, a.Name, orZero(a.Unit), a.Contact, asJSON{a.Attributes}, label(a), searchText(a.Code, a.Name), backwards(label(a)), a.Org, a.ID)
}

// PutAsset inserts or overwrites by Code, and sets ID and Version to what is
// kept.
func (tx *Tx) PutAsset(ctx context.Context, a *huifang.Asset) error {
	kept, err := tx.AssetsByCode(ctx, a.Org, []string{a.Code})
	if err != nil {
		return err
	}
	if old := kept[a.Code]; old != nil {
		set(tx, &a.ID, old.ID)
		set(tx, &a.Version, old.Version)
	} else {
		set(tx, &a.Version, 0)
	}
	return tx.SaveAsset(ctx, a)
}
