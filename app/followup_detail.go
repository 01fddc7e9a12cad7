package app

import (
	"context"
	"encoding/json"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// FollowupDetail is everything about one follow-up. Phone and id numbers are
// masked.
type FollowupDetail struct {
	FollowupLine
	Event       *huifang.Event // it stems from
	Contact     *huifang.Contact
	Asset       *huifang.Asset
	Case        *huifang.Case // it checks, or opened
	Attempts    []*huifang.Attempt
	Records     []*huifang.Record // the last one counts
	Reviews     []*huifang.Review
	Form        *form.Definition // to fill in, in the version it was planned with; nil: none
	Script      *pack.Script     // nil: none
	Explanation plan.Explanation // why it exists
	Next        plan.Try         // what the ladder asks for next; nothing once it is done
	May         Allowed
	Names       map[huifang.ID]string // of every member of staff named above
}

// Allowed is what the actor may do with a follow-up, as far as permission goes.
type Allowed struct {
	Work, Manage, Review, Reveal bool
}

// Followup is one follow-up with everything about it, for its readers and
// whoever it is assigned to.
func (a *App) Followup(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*FollowupDetail, error) {
	f, err := a.reads().Followup(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	return a.detail(ctx, actor, f)
}

// FollowupByNumber is Followup by the human number.
func (a *App) FollowupByNumber(ctx context.Context, actor *huifang.Actor, number string) (*FollowupDetail, error) {
	f, err := a.reads().FollowupByNumber(ctx, actor.Org, number)
	if err != nil {
		return nil, err
	}
	return a.detail(ctx, actor, f)
}

func (a *App) detail(ctx context.Context, actor *huifang.Actor, f *huifang.Followup) (*FollowupDetail, error) {
	if err := huifang.CanReadFollowup(actor, f); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	out := &FollowupDetail{}
	var whole *huifang.Contact
	err = a.store.Snapshot(ctx, func(v *store.View) (err error) {
		whole, err = out.load(ctx, &v.Reads, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	if out.Form, err = a.formOf(ctx, d, f.Form, f.FormVer); err != nil {
		return nil, err
	}
	if f.Why != "" {
		if err := json.Unmarshal([]byte(f.Why), &out.Explanation); err != nil {
			return nil, huifang.Wrap(err)
		}
	}
	out.FollowupLine = d.line(f, whole, out.Asset, a.now())
	out.Script = d.script(f.Script)
	if !f.State.Done() {
		out.Next = a.nextTry(d, f, whole, out.Attempts)
		out.Next.Phone = maskPhone(out.Next.Phone)
	}
	for _, at := range out.Attempts {
		at.Phone = maskPhone(at.Phone)
	}
	out.May = Allowed{
		Work: huifang.CanWorkFollowup(actor, f) == nil, Manage: huifang.CanManageFollowup(actor, f) == nil,
		Review: huifang.CanReviewFollowup(actor, f) == nil, Reveal: actor.Can(huifang.PermContactReveal),
	}
	out.Names = d.names(out.people()...)
	return out, nil
}

// load reads what belongs to the follow-up, and gives the contact unmasked.
func (out *FollowupDetail) load(ctx context.Context, q *store.Reads, f *huifang.Followup) (whole *huifang.Contact, err error) {
	if f.Event != "" {
		if out.Event, err = q.Event(ctx, f.Org, f.Event); err != nil {
			return nil, err
		}
		out.Event = maskEvent(out.Event)
	}
	if f.Contact != "" {
		if whole, err = q.Contact(ctx, f.Org, f.Contact); err != nil {
			return nil, err
		}
		out.Contact = maskContact(whole)
	}
	if f.Asset != "" {
		if out.Asset, err = q.Asset(ctx, f.Org, f.Asset); err != nil {
			return nil, err
		}
		out.Asset = maskAsset(out.Asset)
	}
	if f.Case != "" {
		if out.Case, err = q.Case(ctx, f.Org, f.Case); err != nil {
			return nil, err
		}
	}
	if out.Attempts, err = q.Attempts(ctx, f.Org, f.ID); err != nil {
		return nil, err
	}
	if out.Records, err = q.Records(ctx, f.Org, f.ID); err != nil {
		return nil, err
	}
	out.Reviews, err = q.Reviews(ctx, f.Org, f.ID)
	out.Followup = f
	return whole, err
}

// people lists the members of staff the detail names.
func (out *FollowupDetail) people() []huifang.ID {
	f := out.Followup
	ids := []huifang.ID{f.Lead, f.TakenBy, f.DoneBy}
	for _, as := range f.Assignees {
		ids = append(ids, as.Staff)
	}
	for _, x := range out.Attempts {
		ids = append(ids, x.Staff)
	}
	for _, x := range out.Records {
		ids = append(ids, x.Staff)
	}
	for _, x := range out.Reviews {
		ids = append(ids, x.Staff)
	}
	for _, x := range out.Explanation.Assigned {
		ids = append(append(ids, x.Staff), x.For...)
	}
	if out.Event != nil {
		ids = append(ids, out.Event.Staff)
	}
	if out.Contact != nil {
		ids = append(ids, out.Contact.Owner, out.Contact.Steward)
	}
	if out.Case != nil {
		ids = append(ids, out.Case.Owner)
	}
	return ids
}

// names are the names of members of staff.
func (d *directory) names(ids ...huifang.ID) map[huifang.ID]string {
	out := map[huifang.ID]string{}
	for _, id := range ids {
		if s := d.person[id]; s != nil {
			out[id] = s.Name
		}
	}
	return out
}

// script is a script of the active packs by code, nil when there is none.
func (d *directory) script(code string) *pack.Script {
	for _, p := range d.packs {
		if s, ok := p.Script(code); ok {
			return &s
		}
	}
	return nil
}

// formOf is a form in a version; nil for no form.
func (a *App) formOf(ctx context.Context, d *directory, code string, version int) (*form.Definition, error) {
	if code == "" {
		return nil, nil //nolint:nilnil // no form
	}
	if def := d.set.Form(code); def != nil && (version == 0 || version == d.forms[code]) {
		return def, nil
	}
	kept, err := a.reads().ProgramVersion(ctx, d.org.ID, kindForm, code, version)
	if err != nil {
		return nil, err
	}
	def := &form.Definition{}
	if err := json.Unmarshal([]byte(kept.Definition), def); err != nil {
		return nil, huifang.Wrap(err)
	}
	return def, nil
}
