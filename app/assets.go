package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// AssetFilter selects assets.
type AssetFilter = store.AssetFilter

// AssetEdit is what can be changed of an asset.
type AssetEdit struct {
	Code       string
	Kind       string
	Name       string
	Unit       huifang.ID
	Contact    huifang.ID
	Attributes huifang.Attributes
}

// Assets lists by code within the actor's units. contact.read.
func (a *App) Assets(ctx context.Context, actor *huifang.Actor, f AssetFilter, p Page) (Paged[*huifang.Asset], error) {
	if err := actor.Require(huifang.PermContactRead); err != nil {
		return Paged[*huifang.Asset]{}, err
	}
	var none bool
	if f.Units, none = scope(actor, f.Units); none {
		return Paged[*huifang.Asset]{}, nil
	}
	page, err := a.reads().Assets(ctx, actor.Org, f, p)
	for i, x := range page.Items {
		page.Items[i] = maskAsset(x)
	}
	return page, err
}

// Asset is one asset; the id of one that was merged away leads to the survivor.
// contact.read.
func (a *App) Asset(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Asset, error) {
	x, err := a.assetFor(ctx, actor, id, huifang.PermContactRead)
	return maskAsset(x), err
}

func (a *App) assetFor(ctx context.Context, actor *huifang.Actor, id huifang.ID, p huifang.Permission) (*huifang.Asset, error) {
	x, err := a.assetOf(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	return x, actor.RequireIn(p, x.Org, x.Unit)
}

// CreateAsset adds an asset. contact.manage over its unit.
func (a *App) CreateAsset(ctx context.Context, actor *huifang.Actor, in AssetEdit) (*huifang.Asset, error) {
	x := &huifang.Asset{Org: actor.Org, ID: a.newID()}
	return a.saveAsset(ctx, actor, x, in, "asset.created")
}

// UpdateAsset changes an asset. Changed attributes are told to the programs
// that look at them (asset.changed), which may move what is planned. It takes
// contact.manage over the unit it has and the one it gets.
func (a *App) UpdateAsset(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in AssetEdit) (*huifang.Asset, error) {
	x, err := a.assetFor(ctx, actor, id, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	if err := stale(version, x.Version); err != nil {
		return nil, err
	}
	return a.saveAsset(ctx, actor, x, in, "asset.updated")
}

func (a *App) saveAsset(ctx context.Context, actor *huifang.Actor, x *huifang.Asset, in AssetEdit, action string) (*huifang.Asset, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	in.Attributes = unmaskAttributes(in.Attributes, x.Attributes)
	if err := a.checkAsset(ctx, actor, d, &in); err != nil {
		return nil, err
	}
	if err := codeFree(ctx, a.reads(), d, huifang.KindAsset, in.Code, x.ID); err != nil {
		return nil, err
	}
	diff := changed(x.Attributes, in.Attributes)
	fresh, before := x.Version == 0, x.Version
	x.Code, x.Kind, x.Name, x.Unit, x.Contact, x.Attributes = in.Code, in.Kind, in.Name, in.Unit, in.Contact, in.Attributes
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		x.Version = before
		if err := tx.SaveAsset(ctx, x); err != nil {
			return err
		}
		if err := a.audit(ctx, tx, actor, action, "asset", x.ID, map[string]any{"code": x.Code, "attributes": slices.Sorted(maps.Keys(diff))}); err != nil {
			return err
		}
		if fresh || len(diff) == 0 {
			return nil
		}
		return a.deliver(ctx, tx, d, &huifang.Event{
			Type: huifang.EventAssetChanged, At: a.now(), Asset: x.ID, Contact: x.Contact, Unit: x.Unit, Staff: actor.Staff, Attributes: diff,
		})
	})
	if err != nil {
		return nil, taken(err, "asset.taken", "资产编码已被使用", "the asset's code is taken")
	}
	return maskAsset(x), nil
}

func (a *App) checkAsset(ctx context.Context, actor *huifang.Actor, d *directory, in *AssetEdit) error {
	in.Name, in.Code = strings.TrimSpace(in.Name), strings.TrimSpace(in.Code)
	if err := required("code", in.Code); err != nil {
		return err
	}
	if in.Unit != "" && d.unit[in.Unit] == nil {
		return unknownUnit("unit")
	}
	if err := actor.RequireIn(huifang.PermContactManage, d.org.ID, in.Unit); err != nil {
		return err
	}
	if in.Contact == "" {
		return nil
	}
	if _, err := a.contactFor(ctx, actor, in.Contact, huifang.PermContactRead); err != nil {
		return at("contact", err)
	}
	return nil
}
