package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// resolver turns what sources say into events of ours: it finds units, staff,
// contacts and assets, prepares those to be created, and checks the event.
type resolver struct {
	*subjects
	ctx  context.Context //nolint:containedctx // a resolver lives within one call
	app  *App
	d    *directory
	q    *store.Reads
	past map[huifang.ID][]pastEvent // of this chunk, by contact
	now  int64                      // latest instant an event may have, Unix ms

	actor *huifang.Actor // who sends the event that is being understood
}

func (a *App) newResolver(ctx context.Context, in *intake) *resolver {
	r := &resolver{subjects: in.cache, ctx: ctx, app: a, d: in.d, q: a.reads(), now: a.now().Add(maxFuture).UnixMilli()}
	if r.subjects == nil {
		r.subjects = newSubjects()
	}
	r.begin()
	return r
}

// resolve understands a chunk of events; bad ones are answered for at once.
func (r *resolver) resolve(in *intake) ([]item, error) {
	if err := r.prefetch(in.events); err != nil {
		return nil, err
	}
	items := make([]item, 0, len(in.events))
	seen := map[sourceKey]huifang.ID{}
	for _, i := range r.preceding(in.events) {
		e := &in.events[i]
		if e.Fault != nil {
			in.reject(i, e.Fault)
			continue
		}
		k := sourceKey{in.sourceOf(e), e.Key}
		if first, again := seen[k]; again && e.Key != "" {
			in.results[i] = IngestResult{Status: IngestKnown, Event: first}
			continue
		}
		ev, fault, err := r.event(in, e)
		if err != nil {
			return nil, err
		}
		if fault != nil {
			in.reject(i, fault)
			continue
		}
		if e.Key != "" {
			seen[k] = ev.ID
		}
		r.happened(ev)
		items = append(items, item{at: i, ev: *ev, result: &in.results[i]})
	}
	return items, nil
}

// event is one event understood. Nothing of a faulty one is kept.
func (r *resolver) event(in *intake, e *EventInput) (ev *huifang.Event, fault *huifang.Error, err error) {
	if fault := r.readable(e); fault != nil {
		return nil, fault, nil
	}
	ev = &huifang.Event{
		Org: r.d.org.ID, Source: in.sourceOf(e), Key: e.Key, Type: e.Type, At: e.At.UTC().Truncate(1e6),
		Department: e.Department, Attributes: e.Attributes,
	}
	if e.receipt != nil {
		ev.ID, ev.Received = e.receipt.id, e.receipt.at
	} else {
		ev.ID, ev.Received = r.app.newID(), in.app.now()
	}
	if ev.Key == "" {
		ev.Key = string(ev.ID)
	}
	if u := r.d.findUnit(e.Unit); u != nil {
		if ev.Unit = u.ID; !in.actorOf(e).InUnit(u.ID) {
			return nil, outsideScope(), nil
		}
	}
	if s := r.d.findStaff(e.Staff); s != nil {
		ev.Staff = s.ID
	}
	mark := r.mark()
	r.actor = in.actorOf(e)
	if fault, err = r.subjectsOf(ev, e); fault == nil && err == nil {
		fault, err = r.sound(in, ev, e)
	}
	if fault == nil && err == nil && in.opts.Placed && ev.Unit == "" {
		fault = unplaced()
	}
	if fault != nil || err != nil {
		r.back(mark)
		return nil, fault, err
	}
	return ev, nil, nil
}

// readable finds what is wrong with an event by itself.
func (r *resolver) readable(e *EventInput) *huifang.Error {
	switch {
	case e.Unit != "" && r.d.findUnit(e.Unit) == nil:
		return fieldFault("unit", "unit.unknown", huifang.Textf("没有单位“%s”；请填写单位编码或名称", "there is no unit %q; give a unit's code or name", e.Unit))
	case e.Staff != "" && r.d.findStaff(e.Staff) == nil:
		return fieldFault("staff", "staff.unknown", huifang.Textf("没有员工“%s”；请填写员工编号或姓名", "there is no member of staff %q; give a code or name", e.Staff))
	case reserved(e.Type):
		return fieldFault("type", "event.reserved", huifang.Textf("“%s”由系统自己产生，不能发送；请用回访的登记接口", "%q is made by the system itself; enter the outcome of the follow-up instead", e.Type))
	case !r.d.types[e.Type] && e.Type != huifang.EventContactChanged && e.Type != huifang.EventAssetChanged:
		return fieldFault("type", "event.unknown_type", huifang.Textf("未知的事件类型“%s”；启用的行业包中没有它", "unknown type of event %q: no active pack has it", e.Type))
	case e.At.UnixMilli() > r.now:
		return fieldFault("at", "event.future", huifang.Textf("发生时间 %s 在将来", "the time %s lies in the future", e.At.UTC().Format("2006-01-02T15:04Z")))
	}
	return nil
}

// reserved tells the types of event that only follow-ups themselves make.
func reserved(typ string) bool {
	return typ == huifang.EventFollowupCompleted || typ == huifang.EventFollowupUnreachable || typ == huifang.EventFollowupWaived
}

// subjectsOf sets the event's asset, contact and unit, each from the other where
// only one is told.
func (r *resolver) subjectsOf(ev *huifang.Event, e *EventInput) (fault *huifang.Error, err error) {
	as, fault, err := r.findAsset(e, ev.Unit)
	if fault != nil || err != nil {
		return fault, err
	}
	if as != nil {
		ev.Asset = as.ID
		ev.Unit = cmp.Or(ev.Unit, as.Unit)
	}
	c, fault, err := r.findContact(&e.Contact, as, ev.Unit)
	if fault != nil || err != nil {
		return fault, err
	}
	if c == nil && as != nil && as.Contact != "" {
		if c, err = r.contactByID(as.Contact); err != nil {
			return nil, err
		}
	}
	if c != nil {
		ev.Contact = c.ID
		ev.Unit = cmp.Or(ev.Unit, c.Unit)
	}
	if fault := r.foreign(e, as, c); fault != nil {
		return fault, nil
	}
	r.join(as, c, ev.Unit)
	return nil, nil //nolint:nilnil // no fault
}

// foreign refuses subjects of units beyond the sender's, so that nobody attaches
// another unit's customer to their own by an id or a code and sees the number
// then. Who names the customer with a number of theirs knows them already: one
// customer may go to several units. What is kept of them stays as it is.
func (r *resolver) foreign(e *EventInput, as *huifang.Asset, c *huifang.Contact) *huifang.Error {
	known := c != nil && !alters(e.Type) && slices.ContainsFunc(e.Contact.Phones, func(p string) bool { return slices.Contains(c.Phones, p) })
	switch {
	case c != nil && !r.actor.InUnit(c.Unit) && !known:
		return fieldFault("contact", "contact.beyond", huifang.Text{
			ZH: "该客户属于您管理范围之外的单位；请同时提供客户姓名与电话，或由有权管理该单位的人员发送", EN: "the contact belongs to a unit beyond yours; give their name and phone number too, or have somebody send it who manages that unit",
		})
	case as != nil && !r.actor.InUnit(as.Unit) && !known:
		return fieldFault("asset", "asset.beyond", huifang.Text{
			ZH: "该资产属于您管理范围之外的单位；请同时提供其客户的姓名与电话，或由有权管理该单位的人员发送", EN: "the asset belongs to a unit beyond yours; give its customer's name and phone number too, or have somebody send it who manages that unit",
		})
	}
	return nil
}

// alters tells the types of event that change what is kept of a subject.
func alters(typ string) bool {
	return typ == huifang.EventContactChanged || typ == huifang.EventAssetChanged
}

// join lets an asset and a contact that were not known to belong together do so,
// and gives those without a unit the event's.
func (r *resolver) join(as *huifang.Asset, c *huifang.Contact, unit huifang.ID) {
	if as != nil && r.actor.InUnit(as.Unit) && (as.Contact == "" && c != nil || as.Unit == "" && unit != "") {
		next := *as
		next.Unit = cmp.Or(as.Unit, unit)
		if c != nil {
			next.Contact = cmp.Or(as.Contact, c.ID)
		}
		r.changeAsset(as, next)
	}
	if c != nil && c.Unit == "" && unit != "" {
		next := *c
		next.Unit = unit
		r.change(c, next)
	}
}

// sound checks the whole event: the caller's units, its type, what it corrects.
func (r *resolver) sound(in *intake, ev *huifang.Event, e *EventInput) (*huifang.Error, error) {
	if !in.actorOf(e).InUnit(ev.Unit) {
		return outsideScope(), nil
	}
	if err := r.d.set.CheckIn(ev, r.d.zoneOf(ev.Unit)); err != nil {
		return asError(err), nil
	}
	if fault, err := r.follows(ev); fault != nil || err != nil {
		return fault, err
	}
	if e.Corrects == "" {
		return nil, nil //nolint:nilnil // no fault
	}
	old, err := r.q.EventByKey(r.ctx, r.d.org.ID, ev.Source, e.Corrects)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		old, err = r.q.Event(r.ctx, r.d.org.ID, huifang.ID(e.Corrects))
	}
	switch code := huifang.CodeOf(err); code {
	case "":
		if !in.actorOf(e).InUnit(old.Unit) {
			return at("corrects", outsideScope()), nil
		}
		ev.Corrects = old.ID
		return nil, nil //nolint:nilnil // no fault
	case huifang.CodeNotFound, huifang.CodeInvalid:
		return fieldFault("corrects", "event.not_found", huifang.Textf("没有要更正的事件“%s”", "there is no event %q to correct", e.Corrects)), nil
	default:
		return nil, err
	}
}

func outsideScope() *huifang.Error {
	return &huifang.Error{
		Code: huifang.CodeForbidden, Reason: "forbidden", At: huifang.Location{Field: "unit"},
		Message: huifang.Text{ZH: "该单位在您的管理范围之外", EN: "the unit is outside your scope"},
	}
}

// findAsset finds or prepares the asset; nil when none is named.
func (r *resolver) findAsset(e *EventInput, unit huifang.ID) (*huifang.Asset, *huifang.Error, error) {
	in := &e.Asset
	if in.ID != "" {
		as, err := r.assetByID(in.ID)
		if err == nil && as == nil {
			return nil, fieldFault("asset.id", "asset.not_found", huifang.Textf("没有资产“%s”", "there is no asset %q", in.ID)), nil
		}
		return as, nil, err
	}
	code := cmp.Or(in.Code, in.Name)
	if code == "" {
		return nil, nil, nil
	}
	for _, c := range r.assetCodes(code, unit, e.scoped) {
		id, ok := r.assetCode[c]
		if !ok {
			continue
		}
		as := r.assets[id]
		if e.scoped && c == code && as.Unit != "" && unit != "" && as.Unit != unit {
			code = r.d.unit[unit].Code + "/" + code // the same number in another unit
			continue
		}
		return as, nil, nil
	}
	as := &huifang.Asset{
		Org: r.d.org.ID, ID: r.app.newID(), Code: code, Kind: cmp.Or(in.Kind, r.d.assetKind()), Name: cmp.Or(in.Name, in.Code), Unit: unit, Attributes: in.Attributes,
	}
	r.addAsset(as)
	return as, nil, nil
}

// assetCodes lists the codes an asset may be kept under, the surest first.
func (r *resolver) assetCodes(code string, unit huifang.ID, scoped bool) []string {
	if u := r.d.unit[unit]; scoped && u != nil && u.Code != "" {
		return []string{u.Code + "/" + code, code}
	}
	return []string{code}
}

// findContact finds or prepares the contact; nil when nobody is named.
func (r *resolver) findContact(in *ContactInput, as *huifang.Asset, unit huifang.ID) (*huifang.Contact, *huifang.Error, error) {
	if in.IsZero() {
		return nil, nil, nil
	}
	if in.ID != "" {
		c, err := r.contactByID(in.ID)
		if err == nil && c == nil {
			return nil, fieldFault("contact.id", "contact.not_found", huifang.Textf("没有客户“%s”", "there is no contact %q", in.ID)), nil
		}
		return c, nil, err
	}
	if fault := r.d.knownStaff(in); fault != nil {
		return nil, fault, nil
	}
	c, err := r.match(in, as, unit)
	if err != nil {
		return nil, nil, err
	}
	if c != nil {
		r.fillIn(c, in)
		return c, nil, nil
	}
	c = &huifang.Contact{
		Org: r.d.org.ID, ID: r.app.newID(), Code: in.Code, Kind: cmp.Or(in.Kind, r.d.contactKind()), Name: cmp.Or(in.Name, in.Code), Unit: unit,
		Phones: in.Phones, Email: in.Email, Address: in.Address, Attributes: in.Attributes,
	}
	if c.Name == "" && len(in.Phones) > 0 { // a name is shown and searched: no number in it
		c.Name = maskPhone(in.Phones[0])
	}
	r.assignStaff(c, in)
	r.addContact(c)
	return c, nil, nil
}

// knownStaff finds a contact's staff that there is not.
func (d *directory) knownStaff(in *ContactInput) *huifang.Error {
	for _, ref := range []struct{ field, name string }{{"contact.owner", in.Owner}, {"contact.steward", in.Steward}} {
		if ref.name != "" && d.findStaff(ref.name) == nil {
			return fieldFault(ref.field, "staff.unknown", huifang.Textf("没有员工“%s”", "there is no member of staff %q", ref.name))
		}
	}
	return nil
}

func (r *resolver) assignStaff(c *huifang.Contact, in *ContactInput) {
	if s := r.d.findStaff(in.Owner); in.Owner != "" && c.Owner == "" {
		c.Owner = s.ID
	}
	if s := r.d.findStaff(in.Steward); in.Steward != "" && c.Steward == "" {
		c.Steward = s.ID
	}
}

// fillIn adds what a known contact of the sender's units lacks; what is there
// stays.
func (r *resolver) fillIn(c *huifang.Contact, in *ContactInput) {
	if !r.actor.InUnit(c.Unit) {
		return
	}
	next := *c
	next.Name = cmp.Or(c.Name, in.Name)
	next.Email = cmp.Or(c.Email, in.Email)
	next.Address = cmp.Or(c.Address, in.Address)
	if len(c.Phones) == 0 {
		next.Phones = in.Phones
	}
	r.assignStaff(&next, in)
	if next.Name != c.Name || next.Email != c.Email || next.Address != c.Address || !slices.Equal(next.Phones, c.Phones) ||
		next.Owner != c.Owner || next.Steward != c.Steward {
		r.change(c, next)
	}
}

// contactKind is the kind of contact where none is told: the trade's first.
func (d *directory) contactKind() string {
	for _, p := range d.packs {
		if len(p.Contacts) > 0 {
			return p.Contacts[0].Code
		}
	}
	return "contact"
}

// assetKind is the kind of asset where none is told: the trade's first.
func (d *directory) assetKind() string {
	for _, p := range d.packs {
		if len(p.Assets) > 0 {
			return p.Assets[0].Code
		}
	}
	return "asset"
}

var _ plan.Host = (*host)(nil)
