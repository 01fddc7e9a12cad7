package app

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

// SubjectKind is a kind of contact or asset with the attributes it carries.
type SubjectKind = pack.SubjectKind

// SubjectKinds are the kinds of contact and of asset that the active packs
// know. A kind that several know has the attributes of all of them.
func (a *App) SubjectKinds(ctx context.Context, actor *huifang.Actor) (contacts, assets []SubjectKind, err error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range d.packs {
		contacts, assets = mergeKinds(contacts, p.Contacts), mergeKinds(assets, p.Assets)
	}
	return contacts, assets, nil
}

// mergeKinds adds more to kinds; packs are shared and stay as they are.
func mergeKinds(kinds, more []SubjectKind) []SubjectKind {
	for _, k := range more {
		i := slices.IndexFunc(kinds, func(o SubjectKind) bool { return o.Code == k.Code })
		if i < 0 {
			k.Attributes = slices.Clone(k.Attributes)
			kinds = append(kinds, k)
			continue
		}
		for j := range k.Attributes {
			at := &k.Attributes[j]
			if !slices.ContainsFunc(kinds[i].Attributes, func(o plan.AttributeType) bool { return o.Name == at.Name }) {
				kinds[i].Attributes = append(kinds[i].Attributes, *at)
			}
		}
	}
	return kinds
}
