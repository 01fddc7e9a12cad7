package store

import (
	"context"

	"github.com/huifang/huifang"
)

// Duplicates are looked for by walking an index in its order: who shares a
// number, a name or nearly a code stands beside the other, and a walk can be
// taken up again where it ended.
const (
	sqlWalkPhones       = "SELECT phone, contact_id FROM contact_phone WHERE org_id = $1 AND phone > $2 ORDER BY phone, contact_id LIMIT $3"
	sqlWalkNames        = "SELECT name, id FROM contact WHERE org_id = $1 AND name > $2 ORDER BY name, id LIMIT $3"
	sqlWalkContactCodes = "SELECT code, id FROM contact WHERE org_id = $1 AND code > $2 ORDER BY code LIMIT $3"
	sqlWalkAssetCodes   = "SELECT code, id FROM asset WHERE org_id = $1 AND code > $2 ORDER BY code LIMIT $3"

	sqlAssetsOf = "SELECT " + assetColumns + " FROM asset WHERE org_id = $1 AND contact_id IN (?)"
)

// Keyed is a record by something it may share with another.
type Keyed struct {
	Key string
	ID  huifang.ID
}

// Walk is an index that can be walked for duplicates.
type Walk string

// The walks.
const (
	WalkPhones       Walk = "phones"        // of contacts
	WalkNames        Walk = "names"         // of contacts
	WalkContactCodes Walk = "contact_codes" // each once
	WalkAssetCodes   Walk = "asset_codes"   // each once
)

// Walk reads at most limit entries of an index whose key comes after a given
// one, by key.
func (q *Reads) Walk(ctx context.Context, org huifang.ID, w Walk, after string, limit int) ([]Keyed, error) {
	sql := map[Walk]string{
		WalkPhones: sqlWalkPhones, WalkNames: sqlWalkNames, WalkContactCodes: sqlWalkContactCodes, WalkAssetCodes: sqlWalkAssetCodes,
	}[w]
	return list(ctx, q, func(r *row) Keyed { return Keyed{r.text(), r.id()} }, sql, org, after, limit)
}

// AssetsOf are the assets of contacts, by contact.
func (q *Reads) AssetsOf(ctx context.Context, org huifang.ID, contacts []huifang.ID) (map[huifang.ID][]*huifang.Asset, error) {
	out := map[huifang.ID][]*huifang.Asset{}
	seen := map[huifang.ID]bool{}
	err := eachKey(ctx, q, sqlAssetsOf, []any{org}, contacts, func(r *row) error {
		if a := scanAsset(r); !seen[a.ID] {
			seen[a.ID] = true
			out[a.Contact] = append(out[a.Contact], a)
		}
		return nil
	})
	return out, err
}
