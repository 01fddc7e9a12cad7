package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Holdings counts what names a contact or asset.
type Holdings = store.Holdings

// Comparison is two contacts, or assets, side by side before they are merged.
type Comparison struct {
	Keep, Gone             *huifang.Contact // masked; nil: assets
	KeepAsset, GoneAsset   *huifang.Asset
	KeepAssets, GoneAssets []*huifang.Asset // of the contacts
	KeepHas, GoneHas       store.Holdings   // each count up to countedTo
	Fields                 []MergeField     // in which they differ, masked
	Distinct               bool             // somebody said that they are not the same
}

// countedTo is how far a comparison counts.
const countedTo = 10_000

// CompareContacts shows what a merge would have to choose between.
// contact.manage over the units of both.
func (a *App) CompareContacts(ctx context.Context, actor *huifang.Actor, keep, gone huifang.ID) (*Comparison, error) {
	k, err := a.contactFor(ctx, actor, keep, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	g, err := a.contactFor(ctx, actor, gone, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	m := Merge{Keep: k.ID, Gone: g.ID}
	if err := m.check(); err != nil {
		return nil, err
	}
	out := &Comparison{Keep: maskContact(k), Gone: maskContact(g)}
	assets, err := a.reads().AssetsOf(ctx, actor.Org, []huifang.ID{k.ID, g.ID})
	if err != nil {
		return nil, err
	}
	for _, x := range assets[k.ID] {
		out.KeepAssets = append(out.KeepAssets, maskAsset(x))
	}
	for _, x := range assets[g.ID] {
		out.GoneAssets = append(out.GoneAssets, maskAsset(x))
	}
	c := choices{}
	c.contact(k, g)
	out.Fields = maskFields(c.seen)
	return out, a.compare(ctx, actor.Org, huifang.KindContact, k.ID, g.ID, out)
}

// CompareAssets is CompareContacts for assets.
func (a *App) CompareAssets(ctx context.Context, actor *huifang.Actor, keep, gone huifang.ID) (*Comparison, error) {
	k, err := a.assetFor(ctx, actor, keep, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	g, err := a.assetFor(ctx, actor, gone, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	m := Merge{Keep: k.ID, Gone: g.ID}
	if err := m.check(); err != nil {
		return nil, err
	}
	c := choices{}
	c.asset(k, g)
	out := &Comparison{KeepAsset: maskAsset(k), GoneAsset: maskAsset(g), Fields: maskFields(c.seen)}
	return out, a.compare(ctx, actor.Org, huifang.KindAsset, k.ID, g.ID, out)
}

func (a *App) compare(ctx context.Context, org huifang.ID, kind string, keep, gone huifang.ID, out *Comparison) (err error) {
	if out.KeepHas, err = a.reads().Holdings(ctx, org, kind, keep, countedTo); err != nil {
		return err
	}
	if out.GoneHas, err = a.reads().Holdings(ctx, org, kind, gone, countedTo); err != nil {
		return err
	}
	pairs, err := a.reads().Distincts(ctx, org, kind, []huifang.ID{keep, gone})
	out.Distinct = len(pairs) > 0
	return err
}

// maskFields hides numbers among what two differ in.
func maskFields(fields []MergeField) []MergeField {
	for i := range fields {
		f := &fields[i]
		f.Keep, f.Gone = maskField(f.Keep), maskField(f.Gone)
	}
	return fields
}

func maskField(v any) any {
	if phones, ok := v.([]string); ok {
		out := make([]string, len(phones))
		for i, p := range phones {
			out[i] = maskPhone(p)
		}
		return out
	}
	return maskValue(v)
}

// TellApart remembers that two contacts, or two assets, are not the same; they
// are offered as duplicates no more. contact.manage over the units of both;
// audited.
func (a *App) TellApart(ctx context.Context, actor *huifang.Actor, kind string, x, y huifang.ID) error {
	for _, id := range []*huifang.ID{&x, &y} {
		if kind == huifang.KindAsset {
			one, err := a.assetFor(ctx, actor, *id, huifang.PermContactManage)
			if err != nil {
				return err
			}
			*id = one.ID
			continue
		}
		one, err := a.contactFor(ctx, actor, *id, huifang.PermContactManage)
		if err != nil {
			return err
		}
		*id = one.ID
	}
	m := Merge{Keep: x, Gone: y}
	if err := m.check(); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		pair := huifang.NewDistinct(actor.Org, kind, x, y)
		pair.At, pair.By = a.now(), actor.Staff
		if err := tx.SaveDistinct(ctx, pair); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, kind+".told_apart", kind, x, map[string]any{"other": y})
	})
}
