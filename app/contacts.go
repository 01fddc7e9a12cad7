package app

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/sheet"
	"github.com/huifang/huifang/store"
)

// ContactFilter selects contacts.
type ContactFilter = store.ContactFilter

// ContactEdit is what can be changed of a contact. Phone numbers and attributes
// that come back masked, as they were shown, keep what they hide.
type ContactEdit struct {
	Code       string
	Kind       string
	Name       string
	Unit       huifang.ID
	Owner      huifang.ID
	Steward    huifang.ID
	Phones     []string
	Email      string
	Address    string
	Attributes huifang.Attributes
	Quiet      string // "21:00-09:00"; empty: the organization's
}

// Contacts lists by name, masked, within the actor's units. contact.read.
func (a *App) Contacts(ctx context.Context, actor *huifang.Actor, f ContactFilter, p Page) (Paged[*huifang.Contact], error) {
	if err := actor.Require(huifang.PermContactRead); err != nil {
		return Paged[*huifang.Contact]{}, err
	}
	var none bool
	if f.Units, none = scope(actor, f.Units); none {
		return Paged[*huifang.Contact]{}, nil
	}
	page, err := a.reads().Contacts(ctx, actor.Org, f, p)
	for i, c := range page.Items {
		page.Items[i] = maskContact(c)
	}
	return page, err
}

// scope cuts the units asked for down to those the actor reaches; records
// without a unit are everybody's. none: nothing is left.
func scope(actor *huifang.Actor, asked []huifang.ID) (units []huifang.ID, none bool) {
	if actor.System || actor.Units == nil {
		return asked, false
	}
	if asked == nil {
		units = append(slices.Sorted(maps.Keys(actor.Units)), "")
		return units, false
	}
	for _, u := range asked {
		if actor.InUnit(u) {
			units = append(units, u)
		}
	}
	return units, len(units) == 0
}

// Contact is one contact, masked; the id of one that was merged away leads to
// the survivor. contact.read.
func (a *App) Contact(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Contact, error) {
	c, err := a.contactFor(ctx, actor, id, huifang.PermContactRead)
	return maskContact(c), err
}

func (a *App) contactFor(ctx context.Context, actor *huifang.Actor, id huifang.ID, p huifang.Permission) (*huifang.Contact, error) {
	c, err := a.contactOf(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	return c, actor.RequireIn(p, c.Org, c.Unit)
}

// RevealContact is a contact with its phone and id numbers whole. It takes
// contact.reveal, and either the contact's unit or a follow-up of it assigned
// to the actor. Every call is noted in the audit chain with its reason.
func (a *App) RevealContact(ctx context.Context, actor *huifang.Actor, id huifang.ID, reason string) (*huifang.Contact, error) {
	c, err := a.contactOf(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := a.canReveal(ctx, actor, c); err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		return a.audit(ctx, tx, actor, "contact.revealed", "contact", c.ID, map[string]string{"reason": reason})
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (a *App) canReveal(ctx context.Context, actor *huifang.Actor, c *huifang.Contact) error {
	if err := actor.Require(huifang.PermContactReveal); err != nil {
		return err
	}
	err := actor.RequireIn(huifang.PermContactReveal, c.Org, c.Unit)
	if err == nil || actor.Staff == "" {
		return err
	}
	mine, problem := a.reads().CountFollowups(ctx, actor.Org, store.FollowupFilter{Contact: c.ID, Assignee: actor.Staff}, 1)
	if problem != nil || mine > 0 {
		return problem
	}
	return err
}

// CreateContact adds a contact. contact.manage over its unit.
func (a *App) CreateContact(ctx context.Context, actor *huifang.Actor, in ContactEdit) (*huifang.Contact, error) {
	c := &huifang.Contact{Org: actor.Org, ID: a.newID()}
	return a.saveContact(ctx, actor, c, in, "contact.created")
}

// UpdateContact changes a contact. Changed attributes are told to the programs
// that look at them (contact.changed), which may move what is planned. It takes
// contact.manage over the unit it has and the one it gets.
func (a *App) UpdateContact(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, in ContactEdit) (*huifang.Contact, error) {
	c, err := a.contactFor(ctx, actor, id, huifang.PermContactManage)
	if err != nil {
		return nil, err
	}
	if err := stale(version, c.Version); err != nil {
		return nil, err
	}
	return a.saveContact(ctx, actor, c, in, "contact.updated")
}

func (a *App) saveContact(ctx context.Context, actor *huifang.Actor, c *huifang.Contact, in ContactEdit, action string) (*huifang.Contact, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	in.Name, in.Code = unmaskText(in.Name, c.Name), unmaskText(in.Code, c.Code)
	in.Phones = unmaskPhones(in.Phones, c.Phones)
	in.Attributes = unmaskAttributes(in.Attributes, c.Attributes)
	if err := d.checkContact(actor, &in); err != nil {
		return nil, err
	}
	if err := codeFree(ctx, a.reads(), d, huifang.KindContact, in.Code, c.ID); err != nil {
		return nil, err
	}
	diff := changed(c.Attributes, in.Attributes)
	fresh, before := c.Version == 0, c.Version
	c.Code, c.Kind, c.Name, c.Unit, c.Owner, c.Steward = in.Code, in.Kind, in.Name, in.Unit, in.Owner, in.Steward
	c.Phones, c.Email, c.Address, c.Attributes, c.Quiet = in.Phones, in.Email, in.Address, in.Attributes, in.Quiet
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		c.Version = before
		if err := tx.SaveContact(ctx, c); err != nil {
			return err
		}
		if err := a.audit(ctx, tx, actor, action, "contact", c.ID, map[string]any{"name": c.Name, "attributes": slices.Sorted(maps.Keys(diff))}); err != nil {
			return err
		}
		if fresh || len(diff) == 0 {
			return nil
		}
		return a.deliver(ctx, tx, d, &huifang.Event{
			Type: huifang.EventContactChanged, At: a.now(), Contact: c.ID, Unit: c.Unit, Staff: actor.Staff, Attributes: diff,
		})
	})
	if err != nil {
		return nil, taken(err, "contact.taken", "客户编码已被使用", "the contact's code is taken")
	}
	return maskContact(c), nil
}

// changed is what differs in after; what is gone is nil.
func changed(before, after huifang.Attributes) huifang.Attributes {
	out := huifang.Attributes{}
	for k, v := range after {
		if old, had := before[k]; !had || !reflect.DeepEqual(old, v) {
			out[k] = v
		}
	}
	for k := range before {
		if _, has := after[k]; !has {
			out[k] = nil
		}
	}
	return out
}

func (d *directory) checkContact(actor *huifang.Actor, in *ContactEdit) error {
	in.Name, in.Code = strings.TrimSpace(in.Name), strings.TrimSpace(in.Code)
	if err := required("name", in.Name); err != nil {
		return err
	}
	if in.Unit != "" && d.unit[in.Unit] == nil {
		return unknownUnit("unit")
	}
	if err := actor.RequireIn(huifang.PermContactManage, d.org.ID, in.Unit); err != nil {
		return err
	}
	if _, err := calendar.ParseQuiet(in.Quiet); err != nil {
		return at("quiet", err)
	}
	if err := d.checkPerson("owner", in.Owner); err != nil {
		return err
	}
	if err := d.checkPerson("steward", in.Steward); err != nil {
		return err
	}
	phones, err := readPhones(in.Phones)
	in.Phones = phones
	return err
}

// readPhones brings numbers into the form that imports use.
func readPhones(cells []string) ([]string, error) {
	out := []string{}
	for _, cell := range cells {
		good, bad := sheet.Phones(cell)
		if len(bad) > 0 {
			return nil, fieldFault("phones", "phone.invalid", huifang.Textf("“%s”不是电话号码", "%q is not a phone number", bad[0]))
		}
		for _, p := range good {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// SetDoNotContact notes that a customer wishes, or no longer wishes, to be left
// alone. Switched on, their open follow-ups are waived with the reason, and the
// rules plan none until it is switched off. contact.manage over the unit.
func (a *App) SetDoNotContact(ctx context.Context, actor *huifang.Actor, id huifang.ID, version int64, on bool, reason string) (c *huifang.Contact, waived int, err error) {
	if c, err = a.contactFor(ctx, actor, id, huifang.PermContactManage); err != nil {
		return nil, 0, err
	}
	if err := stale(version, c.Version); err != nil {
		return nil, 0, err
	}
	if on {
		if err := required("reason", reason); err != nil {
			return nil, 0, err
		}
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, 0, err
	}
	before := c.Version
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		c.Version, c.DoNotContact, waived = before, on, 0
		if err := tx.SaveContact(ctx, c); err != nil {
			return err
		}
		if on {
			if waived, err = a.waiveAll(ctx, tx, d, actor, c, reason); err != nil {
				return err
			}
		}
		return a.audit(ctx, tx, actor, "contact.do_not_contact", "contact", c.ID, map[string]any{"on": on, "reason": reason, "waived": waived})
	})
	return maskContact(c), waived, err
}

// waiveAll waives the open follow-ups of a contact.
func (a *App) waiveAll(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, c *huifang.Contact, reason string) (int, error) {
	var open []huifang.ID
	filter := store.FollowupFilter{Now: a.now(), States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue}, Contact: c.ID}
	err := tx.EachFollowup(ctx, actor.Org, filter, func(f *huifang.Followup) error {
		open = append(open, f.ID)
		return nil
	})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range open {
		f, err := tx.Followup(ctx, actor.Org, id) // one that ended may have cancelled the next
		if err != nil {
			return 0, err
		}
		if f.State != huifang.StatePlanned {
			continue
		}
		if _, err := a.end(ctx, tx, d, actor, f, huifang.StateWaived, reason); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}
