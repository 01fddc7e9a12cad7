package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// duplicates: contacts and assets that may be the same, and making one of two.
func (s *service) duplicates() {
	const tag = "contacts"
	manage := may(huifang.PermContactManage)
	register(s, tag, op{id: "contact-duplicates", method: http.MethodGet, path: "/contacts/duplicates", zh: "查找可能重复的客户", en: "Find contacts that may be the same", needs: manage}, s.contactDuplicates)
	register(s, tag, op{id: "compare-contacts", method: http.MethodGet, path: "/contacts/{id}/compare", zh: "并列对比两位客户", en: "Show two contacts side by side", needs: manage}, s.compareContacts)
	register(s, tag, op{id: "merge-contacts", method: http.MethodPost, path: "/contacts/{id}/merge", zh: "把另一位客户合并进来", en: "Merge another contact into this one", needs: manage, once: true}, s.mergeContacts)
	register(s, tag, op{id: "tell-contacts-apart", method: http.MethodPost, path: "/contacts/{id}/distinct", zh: "标记为不是同一位客户", en: "Say that two contacts are not the same", needs: manage}, s.contactsApart)
	register(s, tag, op{id: "asset-duplicates", method: http.MethodGet, path: "/assets/duplicates", zh: "查找可能重复的资产", en: "Find assets that may be the same", needs: manage}, s.assetDuplicates)
	register(s, tag, op{id: "compare-assets", method: http.MethodGet, path: "/assets/{id}/compare", zh: "并列对比两项资产", en: "Show two assets side by side", needs: manage}, s.compareAssets)
	register(s, tag, op{id: "merge-assets", method: http.MethodPost, path: "/assets/{id}/merge", zh: "把另一项资产合并进来", en: "Merge another asset into this one", needs: manage, once: true}, s.mergeAssets)
	register(s, tag, op{id: "tell-assets-apart", method: http.MethodPost, path: "/assets/{id}/distinct", zh: "标记为不是同一项资产", en: "Say that two assets are not the same", needs: manage}, s.assetsApart)
}

// Duplicates is contacts, or assets, that may be one.
type Duplicates struct {
	Why      app.Likeness `json:"why" enum:"phone,room,similar_phone,code" doc:"The same number; the same name at the same room; the same name with numbers that differ by a slip; the same code written otherwise."`
	Key      string       `json:"key" doc:"What they share; a phone number is masked."`
	Contacts []Contact    `json:"contacts"`
	Assets   []Asset      `json:"assets" doc:"That may be one; with contacts: theirs."`
}

func newDuplicates(d app.Duplicates) Duplicates {
	return Duplicates{Why: d.Why, Key: d.Key, Contacts: turned(d.Contacts, newContact), Assets: turned(d.Assets, newAsset)}
}

type duplicatesInput struct {
	Paging
	Unit []huifang.ID `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
}

func (s *service) contactDuplicates(ctx context.Context, actor *huifang.Actor, in *duplicatesInput) (*answer[List[Duplicates]], error) {
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := s.app.ContactDuplicates(ctx, actor, app.DuplicateQuery{Units: units, Page: in.page()})
	return newList(p, newDuplicates), err
}

func (s *service) assetDuplicates(ctx context.Context, actor *huifang.Actor, in *duplicatesInput) (*answer[List[Duplicates]], error) {
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := s.app.AssetDuplicates(ctx, actor, app.DuplicateQuery{Units: units, Page: in.page()})
	return newList(p, newDuplicates), err
}

// Holdings counts what names a contact or asset.
type Holdings struct {
	Events    int `json:"events"`
	Followups int `json:"followups"`
	Cases     int `json:"cases"`
	Assets    int `json:"assets"`
}

func newHoldings(h app.Holdings) Holdings { return Holdings(h) }

// MergeField is a field in which two differ.
type MergeField struct {
	Name    string `json:"name" doc:"As in fields of a merge; attributes are attributes.NAME."`
	Keep    any    `json:"keep"`
	Gone    any    `json:"gone"`
	Default string `json:"default" enum:"keep,gone,both"`
}

// Side is one of two that may be merged.
type Side struct {
	Contact *Contact `json:"contact,omitempty"`
	Asset   *Asset   `json:"asset,omitempty"`
	Assets  []Asset  `json:"assets,omitempty" doc:"Of a contact."`
	Has     Holdings `json:"has" doc:"Each count up to 10000."`
}

// Comparison is two contacts, or assets, side by side.
type Comparison struct {
	Keep     Side         `json:"keep"`
	Gone     Side         `json:"gone"`
	Fields   []MergeField `json:"fields"`
	Distinct bool         `json:"distinct" doc:"Somebody said that they are not the same."`
}

func newComparison(c *app.Comparison) Comparison {
	out := Comparison{
		Keep:     Side{Assets: turned(c.KeepAssets, newAsset), Has: newHoldings(c.KeepHas)},
		Gone:     Side{Assets: turned(c.GoneAssets, newAsset), Has: newHoldings(c.GoneHas)},
		Distinct: c.Distinct, Fields: make([]MergeField, len(c.Fields)),
	}
	for i, f := range c.Fields {
		out.Fields[i] = MergeField(f)
	}
	if c.Keep != nil {
		keep, gone := newContact(c.Keep), newContact(c.Gone)
		out.Keep.Contact, out.Gone.Contact = &keep, &gone
	}
	if c.KeepAsset != nil {
		keep, gone := newAsset(c.KeepAsset), newAsset(c.GoneAsset)
		out.Keep.Asset, out.Gone.Asset = &keep, &gone
	}
	return out
}

type compareInput struct {
	ByID
	With huifang.ID `query:"with" required:"true" maxLength:"100" doc:"The one to be merged away."`
}

func (s *service) compareContacts(ctx context.Context, actor *huifang.Actor, in *compareInput) (*answer[Comparison], error) {
	c, err := s.app.CompareContacts(ctx, actor, in.ID, in.With)
	if err != nil {
		return nil, err
	}
	return &answer[Comparison]{Body: newComparison(c)}, nil
}

func (s *service) compareAssets(ctx context.Context, actor *huifang.Actor, in *compareInput) (*answer[Comparison], error) {
	c, err := s.app.CompareAssets(ctx, actor, in.ID, in.With)
	if err != nil {
		return nil, err
	}
	return &answer[Comparison]{Body: newComparison(c)}, nil
}

type mergeInput struct {
	ByID
	Match
	Body struct {
		Other        huifang.ID        `json:"other" minLength:"1" maxLength:"100" doc:"The one to be merged away."`
		Fields       map[string]string `json:"fields,omitempty" doc:"Where a value is taken from: keep, gone or, of phones, both. What is left out is as the comparison says."`
		Version      int64             `json:"version,omitempty" doc:"Of the one that stays, as you saw it."`
		OtherVersion int64             `json:"other_version,omitempty"`
	}
}

func (in *mergeInput) merge() (app.Merge, error) {
	version, err := in.version(in.Body.Version)
	return app.Merge{Keep: in.ID, Gone: in.Body.Other, Version: version, GoneVersion: in.Body.OtherVersion, Fields: in.Body.Fields}, err
}

// Merged is what became of a merge.
type Merged struct {
	Contact   *Contact `json:"contact,omitempty"`
	Asset     *Asset   `json:"asset,omitempty"`
	Moved     Holdings `json:"moved"`
	Cancelled int      `json:"cancelled" doc:"Follow-ups planned for both, of which one is left."`
	Waived    int      `json:"waived" doc:"Since one of the two wished not to be contacted."`
}

func (s *service) mergeContacts(ctx context.Context, actor *huifang.Actor, in *mergeInput) (*answer[Merged], error) {
	m, err := in.merge()
	if err != nil {
		return nil, err
	}
	got, err := s.app.MergeContacts(ctx, actor, m)
	if err != nil {
		return nil, s.withContact(ctx, actor, in.ID, err)
	}
	c := newContact(got.Contact)
	return &answer[Merged]{Body: Merged{Contact: &c, Moved: newHoldings(got.Moved), Cancelled: got.Cancelled, Waived: got.Waived}}, nil
}

func (s *service) mergeAssets(ctx context.Context, actor *huifang.Actor, in *mergeInput) (*answer[Merged], error) {
	m, err := in.merge()
	if err != nil {
		return nil, err
	}
	got, err := s.app.MergeAssets(ctx, actor, m)
	if err != nil {
		return nil, withCurrent(err, func() (Asset, error) { return seen(newAsset)(s.app.Asset(ctx, actor, in.ID)) })
	}
	x := newAsset(got.Asset)
	return &answer[Merged]{Body: Merged{Asset: &x, Moved: newHoldings(got.Moved), Cancelled: got.Cancelled}}, nil
}

type apartInput struct {
	ByID
	Body struct {
		Other huifang.ID `json:"other" minLength:"1" maxLength:"100"`
	}
}

func (s *service) contactsApart(ctx context.Context, actor *huifang.Actor, in *apartInput) (*nothing, error) {
	return nil, s.app.TellApart(ctx, actor, huifang.KindContact, in.ID, in.Body.Other)
}

func (s *service) assetsApart(ctx context.Context, actor *huifang.Actor, in *apartInput) (*nothing, error) {
	return nil, s.app.TellApart(ctx, actor, huifang.KindAsset, in.ID, in.Body.Other)
}
