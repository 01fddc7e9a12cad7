package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// contacts: whom we follow up, and what the service is given to.
func (s *service) contacts() {
	const tag = "contacts"
	read, manage := may(huifang.PermContactRead), may(huifang.PermContactManage)
	register(s, tag, op{id: "list-contacts", method: http.MethodGet, path: "/contacts", zh: "列出客户", en: "List contacts", needs: read}, s.listContacts)
	register(s, tag, op{id: "create-contact", method: http.MethodPost, path: "/contacts", zh: "新建客户", en: "Create a contact", needs: manage, created: true, once: true}, s.createContact)
	register(s, tag, op{id: "get-contact", method: http.MethodGet, path: "/contacts/{id}", zh: "查看客户", en: "Show a contact", needs: read}, s.getContact)
	register(s, tag, op{id: "update-contact", method: http.MethodPut, path: "/contacts/{id}", zh: "修改客户", en: "Change a contact", needs: manage}, s.updateContact)
	register(s, tag, op{id: "reveal-contact", method: http.MethodPost, path: "/contacts/{id}/reveal", zh: "查看完整号码（记入审计）", en: "See phone and id numbers whole; audited", needs: may(huifang.PermContactReveal)}, s.revealContact)
	register(s, tag, op{id: "do-not-contact", method: http.MethodPut, path: "/contacts/{id}/do-not-contact", zh: "设置或取消免打扰", en: "Follow the contact up no more, or again", needs: manage}, s.doNotContact)
	register(s, tag, op{id: "list-assets", method: http.MethodGet, path: "/assets", zh: "列出资产", en: "List assets", needs: read}, s.listAssets)
	register(s, tag, op{id: "create-asset", method: http.MethodPost, path: "/assets", zh: "新建资产", en: "Create an asset", needs: manage, created: true, once: true}, s.createAsset)
	register(s, tag, op{id: "get-asset", method: http.MethodGet, path: "/assets/{id}", zh: "查看资产", en: "Show an asset", needs: read}, s.getAsset)
	register(s, tag, op{id: "update-asset", method: http.MethodPut, path: "/assets/{id}", zh: "修改资产", en: "Change an asset", needs: manage}, s.updateAsset)
	s.duplicates()
}

// Contact is a customer. Phone and id numbers are masked but in the answer to
// reveal.
type Contact struct {
	ID           huifang.ID         `json:"id"`
	Code         string             `json:"code"`
	Kind         string             `json:"kind" example:"household"`
	Name         string             `json:"name"`
	Unit         huifang.ID         `json:"unit,omitempty"`
	Owner        huifang.ID         `json:"owner,omitempty" doc:"Staff who owns the relationship."`
	Steward      huifang.ID         `json:"steward,omitempty" doc:"Staff who looks after the household."`
	Phones       []string           `json:"phones"`
	Email        string             `json:"email,omitempty"`
	Address      string             `json:"address,omitempty"`
	Attributes   huifang.Attributes `json:"attributes,omitempty"`
	DoNotContact bool               `json:"do_not_contact"`
	Quiet        string             `json:"quiet,omitempty" example:"21:00-09:00" doc:"Own quiet hours."`
	Version      int64              `json:"version"`
}

func newContact(c *huifang.Contact) Contact {
	return Contact{
		ID: c.ID, Code: c.Code, Kind: c.Kind, Name: c.Name, Unit: c.Unit, Owner: c.Owner, Steward: c.Steward, Phones: list(c.Phones),
		Email: c.Email, Address: c.Address, Attributes: c.Attributes, DoNotContact: c.DoNotContact, Quiet: c.Quiet, Version: c.Version,
	}
}

type contactListInput struct {
	Paging
	Unit  []huifang.ID `query:"unit" maxItems:"200" doc:"Only of these units and the units below; several separated by commas."`
	Kind  string       `query:"kind" maxLength:"100"`
	Owner huifang.ID   `query:"owner" maxLength:"100"`
	Text  string       `query:"text" maxLength:"200" doc:"Part of name, code, phone or address."`
}

func (s *service) listContacts(ctx context.Context, actor *huifang.Actor, in *contactListInput) (*answer[List[Contact]], error) {
	units, err := s.below(ctx, actor, in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Contacts(ctx, actor, app.ContactFilter{Units: units, Kind: in.Kind, Owner: in.Owner, Text: in.Text}, in.page())
	return newList(p, newContact), err
}

func (s *service) getContact(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[Contact], error) {
	c, err := s.app.Contact(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(newContact(c), c.Version), nil
}

// ContactChange is what can be said of a contact. Masked numbers given back as
// they were shown stay what they are.
type ContactChange struct {
	Code       string             `json:"code,omitempty" maxLength:"100" doc:"Key in imports; made up when missing."`
	Kind       string             `json:"kind,omitempty" maxLength:"100"`
	Name       string             `json:"name" minLength:"1" maxLength:"200"`
	Unit       huifang.ID         `json:"unit,omitempty" maxLength:"100"`
	Owner      huifang.ID         `json:"owner,omitempty" maxLength:"100"`
	Steward    huifang.ID         `json:"steward,omitempty" maxLength:"100"`
	Phones     []string           `json:"phones,omitempty" maxItems:"20"`
	Email      string             `json:"email,omitempty" maxLength:"200"`
	Address    string             `json:"address,omitempty" maxLength:"500"`
	Attributes huifang.Attributes `json:"attributes,omitempty"`
	Quiet      string             `json:"quiet,omitempty" maxLength:"20"`
	Version    int64              `json:"version,omitempty" doc:"Of the contact as you saw it, when changing one."`
}

func (c ContactChange) edit() app.ContactEdit {
	return app.ContactEdit{
		Code: c.Code, Kind: c.Kind, Name: c.Name, Unit: c.Unit, Owner: c.Owner, Steward: c.Steward,
		Phones: c.Phones, Email: c.Email, Address: c.Address, Attributes: c.Attributes, Quiet: c.Quiet,
	}
}

type contactCreation struct{ Body ContactChange }

type contactUpdate struct {
	ByID
	Match
	Body ContactChange
}

func (s *service) createContact(ctx context.Context, actor *huifang.Actor, in *contactCreation) (*versioned[Contact], error) {
	c, err := s.app.CreateContact(ctx, actor, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return tagged(newContact(c), c.Version), nil
}

func (s *service) updateContact(ctx context.Context, actor *huifang.Actor, in *contactUpdate) (*versioned[Contact], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	c, err := s.app.UpdateContact(ctx, actor, in.ID, version, in.Body.edit())
	if err != nil {
		return nil, s.withContact(ctx, actor, in.ID, err)
	}
	return tagged(newContact(c), c.Version), nil
}

func (s *service) withContact(ctx context.Context, actor *huifang.Actor, id huifang.ID, err error) error {
	return withCurrent(err, func() (Contact, error) { return seen(newContact)(s.app.Contact(ctx, actor, id)) })
}

type revealInput struct {
	ByID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Kept in the audit chain."`
	}
}

func (s *service) revealContact(ctx context.Context, actor *huifang.Actor, in *revealInput) (*answer[Contact], error) {
	c, err := s.app.RevealContact(ctx, actor, in.ID, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return &answer[Contact]{Body: newContact(c)}, nil
}

// Silence is a contact that is followed up no more, or again.
type Silence struct {
	Contact Contact `json:"contact"`
	Waived  int     `json:"waived" doc:"Follow-ups that need not be done any more."`
}

type silenceInput struct {
	ByID
	Match
	Body struct {
		On      bool   `json:"on"`
		Reason  string `json:"reason,omitempty" maxLength:"500"`
		Version int64  `json:"version,omitempty"`
	}
}

func (s *service) doNotContact(ctx context.Context, actor *huifang.Actor, in *silenceInput) (*answer[Silence], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	c, waived, err := s.app.SetDoNotContact(ctx, actor, in.ID, version, in.Body.On, in.Body.Reason)
	if err != nil {
		return nil, s.withContact(ctx, actor, in.ID, err)
	}
	return &answer[Silence]{Body: Silence{Contact: newContact(c), Waived: waived}}, nil
}
