package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// contactOf is a contact by its id, or by the id of one that was merged into it.
func (a *App) contactOf(ctx context.Context, org, id huifang.ID) (*huifang.Contact, error) {
	c, err := a.reads().Contact(ctx, org, id)
	if huifang.CodeOf(err) != huifang.CodeNotFound {
		return c, err
	}
	switch to, ok, problem := a.reads().Alias(ctx, org, huifang.KindContact, id); {
	case problem != nil:
		return nil, problem
	case !ok:
		return nil, err
	default:
		return a.reads().Contact(ctx, org, to.To)
	}
}

// assetOf is an asset by its id, or by the id of one that was merged into it.
func (a *App) assetOf(ctx context.Context, org, id huifang.ID) (*huifang.Asset, error) {
	x, err := a.reads().Asset(ctx, org, id)
	if huifang.CodeOf(err) != huifang.CodeNotFound {
		return x, err
	}
	switch to, ok, problem := a.reads().Alias(ctx, org, huifang.KindAsset, id); {
	case problem != nil:
		return nil, problem
	case !ok:
		return nil, err
	default:
		return a.reads().Asset(ctx, org, to.To)
	}
}

// survivorOf is what an id that a source still uses leads to; "" when it was
// not merged away.
func (r *resolver) survivorOf(kind string, id huifang.ID) (huifang.ID, error) {
	if !r.d.merged {
		return "", nil
	}
	a, _, err := r.q.Alias(r.ctx, r.d.org.ID, kind, id)
	return a.To, err
}

func (r *resolver) survivingContact(id huifang.ID, err error) (*huifang.Contact, error) {
	if err != nil {
		return nil, err
	}
	return r.contactByID(id)
}

func (r *resolver) survivingAsset(id huifang.ID, err error) (*huifang.Asset, error) {
	if err != nil {
		return nil, err
	}
	return r.assetByID(id)
}

// readMerged finds the survivors of contacts or assets whose codes sources
// still use, where found has nothing under a code.
func (r *resolver) readMerged(kind string, codes []string, found func(code string) bool, keep func(code string, id huifang.ID) error) error {
	if !r.d.merged {
		return nil
	}
	var missing []string
	for _, c := range codes {
		if !found(c) {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	aliases, err := r.q.AliasesByCode(r.ctx, r.d.org.ID, kind, missing)
	if err != nil {
		return err
	}
	for _, c := range missing {
		if a, ok := aliases[c]; ok {
			if err := keep(c, a.To); err != nil {
				return err
			}
		}
	}
	return nil
}

// codeFree refuses a code that leads to somebody who was merged.
func codeFree(ctx context.Context, q *store.Reads, d *directory, kind, code string, mine huifang.ID) error {
	if !d.merged || code == "" {
		return nil
	}
	found, err := q.AliasesByCode(ctx, d.org.ID, kind, []string{code})
	if err != nil {
		return err
	}
	a, ok := found[code]
	if !ok || a.To == mine {
		return nil
	}
	return huifang.Fail(huifang.CodeConflict, kind+".taken", huifang.Textf(
		"编码“%s”属于已合并的“%s”", "the code %q belongs to %q, which was merged", code, a.Name))
}

// listedContact is the contact a list names by its code, or by one that was
// merged into it; nil when there is none.
func (a *App) listedContact(ctx context.Context, d *directory, code string) (*huifang.Contact, error) {
	found, err := a.reads().ContactsByCode(ctx, d.org.ID, []string{code})
	if err != nil || found[code] != nil || !d.merged {
		return found[code], err
	}
	aliases, err := a.reads().AliasesByCode(ctx, d.org.ID, huifang.KindContact, []string{code})
	if to := aliases[code].To; err == nil && to != "" {
		return a.reads().Contact(ctx, d.org.ID, to)
	}
	return nil, err
}

// listedAsset is listedContact for assets.
func (a *App) listedAsset(ctx context.Context, d *directory, code string) (*huifang.Asset, error) {
	found, err := a.reads().AssetsByCode(ctx, d.org.ID, []string{code})
	if err != nil || found[code] != nil || !d.merged {
		return found[code], err
	}
	aliases, err := a.reads().AliasesByCode(ctx, d.org.ID, huifang.KindAsset, []string{code})
	if to := aliases[code].To; err == nil && to != "" {
		return a.reads().Asset(ctx, d.org.ID, to)
	}
	return nil, err
}
