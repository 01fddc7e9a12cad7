package api

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Asset is what the service is given to: a home, vehicle, device.
type Asset struct {
	ID         huifang.ID         `json:"id"`
	Code       string             `json:"code"`
	Kind       string             `json:"kind" example:"home"`
	Name       string             `json:"name,omitempty"`
	Unit       huifang.ID         `json:"unit,omitempty"`
	Contact    huifang.ID         `json:"contact,omitempty"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
	Version    int64              `json:"version"`
}

func newAsset(a *huifang.Asset) Asset {
	return Asset{ID: a.ID, Code: a.Code, Kind: a.Kind, Name: a.Name, Unit: a.Unit, Contact: a.Contact, Attributes: a.Attributes, Version: a.Version}
}

type assetListInput struct {
	Paging
	Unit    []huifang.ID `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
	Kind    string       `query:"kind" maxLength:"100"`
	Contact huifang.ID   `query:"contact" maxLength:"100"`
	Text    string       `query:"text" maxLength:"200" doc:"Part of code or name."`
}

func (s *service) listAssets(ctx context.Context, actor *huifang.Actor, in *assetListInput) (*answer[List[Asset]], error) {
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Assets(ctx, actor, app.AssetFilter{Units: units, Kind: in.Kind, Contact: in.Contact, Text: in.Text}, in.page())
	return newList(p, newAsset), err
}

func (s *service) getAsset(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[Asset], error) {
	a, err := s.app.Asset(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(newAsset(a), a.Version), nil
}

// AssetChange is what can be said of an asset.
type AssetChange struct {
	Code       string             `json:"code" minLength:"1" maxLength:"100"`
	Kind       string             `json:"kind,omitempty" maxLength:"100"`
	Name       string             `json:"name,omitempty" maxLength:"200"`
	Unit       huifang.ID         `json:"unit,omitempty" maxLength:"100"`
	Contact    huifang.ID         `json:"contact,omitempty" maxLength:"100"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
	Version    int64              `json:"version,omitempty" doc:"Of the asset as you saw it, when changing one."`
}

func (c AssetChange) edit() app.AssetEdit {
	return app.AssetEdit{Code: c.Code, Kind: c.Kind, Name: c.Name, Unit: c.Unit, Contact: c.Contact, Attributes: c.Attributes}
}

type assetCreation struct{ Body AssetChange }

type assetUpdate struct {
	ByID
	Match
	Body AssetChange
}

func (s *service) createAsset(ctx context.Context, actor *huifang.Actor, in *assetCreation) (*versioned[Asset], error) {
	a, err := s.app.CreateAsset(ctx, actor, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return tagged(newAsset(a), a.Version), nil
}

func (s *service) updateAsset(ctx context.Context, actor *huifang.Actor, in *assetUpdate) (*versioned[Asset], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	a, err := s.app.UpdateAsset(ctx, actor, in.ID, version, in.Body.edit())
	if err != nil {
		return nil, withCurrent(err, func() (Asset, error) { return seen(newAsset)(s.app.Asset(ctx, actor, in.ID)) })
	}
	return tagged(newAsset(a), a.Version), nil
}
