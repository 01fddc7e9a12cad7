package app

import (
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// mostMerged is how many events, follow-ups or cases a contact or asset may have
// to be merged away: all of it is moved in one transaction.
const mostMerged = 20_000

// Merge says which of two contacts, or assets, survives, and where it takes its
// values from.
type Merge struct {
	Keep        huifang.ID
	Gone        huifang.ID
	Version     int64 // of Keep as it was seen; 0: whatever it is
	GoneVersion int64
	// Fields chooses by field name, see MergeField: "keep", "gone" or, of phones,
	// "both". A field left out takes what Keep has, else what Gone has.
	Fields map[string]string
}

// Merged is what became of a merge.
type Merged struct {
	Contact   *huifang.Contact // the survivor, masked; nil: an asset
	Asset     *huifang.Asset
	Moved     store.Holdings // what named the other and names the survivor now
	Cancelled int            // follow-ups planned twice, of which one is left
	Waived    int            // since one of the two wished not to be contacted
}

// MergeContacts makes one contact of two. Everything of Gone becomes Keep's:
// events, assets, follow-ups, cases, recurrences, messages; its id and code lead
// to Keep from then on. Programs see one contact with the history of both
// (docs/adr/0021): what either had done is not asked for again, what was planned
// for both is planned once, statistics of what was due stay as they were. Who
// wished not to be contacted is not contacted.
//
// contact.manage over the units of both. Conflicts: store.stale; too large:
// merge.too_large. There is no way back.
func (a *App) MergeContacts(ctx context.Context, actor *huifang.Actor, m Merge) (*Merged, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	var out *Merged
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		out = &Merged{}
		keep, gone, err := twoContacts(ctx, tx, actor, &m)
		if err != nil {
			return err
		}
		return a.mergeContacts(ctx, tx, d, actor, keep, gone, &m, out)
	})
	a.forget(actor.Org)
	if err != nil {
		return nil, taken(err, "contact.taken", "客户编码已被使用", "the contact's code is taken")
	}
	out.Contact = maskContact(out.Contact)
	return out, nil
}

func (m *Merge) check() error {
	if m.Keep == m.Gone {
		return fieldFault("other", "merge.same", huifang.Text{ZH: "不能与自身合并", EN: "it cannot be merged with itself"})
	}
	for name, from := range m.Fields {
		if from != fromKeep && from != fromGone && (from != fromBoth || name != "phones") {
			return fieldFault("fields."+name, "merge.choice", huifang.Text{ZH: "取值应为 keep（保留方）或 gone（被合并方）；电话还可为 both（两者）", EN: "choose keep or gone; of phones also both"})
		}
	}
	return nil
}

func twoContacts(ctx context.Context, tx *store.Tx, actor *huifang.Actor, m *Merge) (keep, gone *huifang.Contact, err error) {
	read := func(id huifang.ID, version int64) (*huifang.Contact, error) {
		c, err := tx.Contact(ctx, actor.Org, id)
		if err != nil {
			return nil, err
		}
		if err := actor.RequireIn(huifang.PermContactManage, c.Org, c.Unit); err != nil {
			return nil, err
		}
		return c, stale(version, c.Version)
	}
	if keep, err = read(m.Keep, m.Version); err != nil {
		return nil, nil, err
	}
	gone, err = read(m.Gone, m.GoneVersion)
	return keep, gone, err
}

func (a *App) mergeContacts(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, keep, gone *huifang.Contact, m *Merge, out *Merged) (err error) {
	if out.Moved, err = movable(ctx, tx, actor.Org, huifang.KindContact, gone.ID); err != nil {
		return err
	}
	merged, err := mergeOfContacts(keep, gone, m.Fields)
	if err != nil {
		return err
	}
	u := union{app: a, d: d, kind: huifang.KindContact, keep: keep.ID, gone: gone.ID}
	out.Cancelled, err = u.run(ctx, tx, func() error {
		if err := tx.DeleteContact(ctx, gone); err != nil {
			return err
		}
		if err := tx.SaveContact(ctx, merged); err != nil {
			return err
		}
		return a.alias(ctx, tx, d, actor, huifang.Alias{Kind: huifang.KindContact, Old: gone.ID, To: keep.ID, Code: codeLeft(keep.Code, gone.Code, merged.Code), Name: gone.Name})
	})
	if err != nil {
		return err
	}
	out.Contact = merged
	if diff := contested(keep.Attributes, gone.Attributes, merged.Attributes); len(diff) > 0 {
		err := a.deliver(ctx, tx, d, &huifang.Event{Type: huifang.EventContactChanged, At: a.now(), Contact: keep.ID, Unit: merged.Unit, Staff: actor.Staff, Attributes: diff})
		if err != nil {
			return err
		}
	}
	if merged.DoNotContact && (!keep.DoNotContact || !gone.DoNotContact) {
		if out.Waived, err = a.waiveAll(ctx, tx, d, actor, merged, "合并的客户要求勿扰 / one of the merged contacts wished not to be contacted"); err != nil {
			return err
		}
	}
	return a.auditMerge(ctx, tx, actor, huifang.KindContact, keep.ID, gone.ID, map[string]any{
		"name": gone.Name, "code": gone.Code, "fields": m.Fields, "moved": out.Moved, "cancelled": out.Cancelled, "waived": out.Waived,
	})
}

// MergeAssets makes one asset of two, as MergeContacts does of contacts.
func (a *App) MergeAssets(ctx context.Context, actor *huifang.Actor, m Merge) (*Merged, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	var out *Merged
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		out = &Merged{}
		keep, gone, err := twoAssets(ctx, tx, actor, &m)
		if err != nil {
			return err
		}
		return a.mergeAssets(ctx, tx, d, actor, keep, gone, &m, out)
	})
	a.forget(actor.Org)
	if err != nil {
		return nil, taken(err, "asset.taken", "资产编码已被使用", "the asset's code is taken")
	}
	out.Asset = maskAsset(out.Asset)
	return out, nil
}

func twoAssets(ctx context.Context, tx *store.Tx, actor *huifang.Actor, m *Merge) (keep, gone *huifang.Asset, err error) {
	read := func(id huifang.ID, version int64) (*huifang.Asset, error) {
		x, err := tx.Asset(ctx, actor.Org, id)
		if err != nil {
			return nil, err
		}
		if err := actor.RequireIn(huifang.PermContactManage, x.Org, x.Unit); err != nil {
			return nil, err
		}
		return x, stale(version, x.Version)
	}
	if keep, err = read(m.Keep, m.Version); err != nil {
		return nil, nil, err
	}
	gone, err = read(m.Gone, m.GoneVersion)
	return keep, gone, err
}

func (a *App) mergeAssets(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, keep, gone *huifang.Asset, m *Merge, out *Merged) (err error) {
	if out.Moved, err = movable(ctx, tx, actor.Org, huifang.KindAsset, gone.ID); err != nil {
		return err
	}
	merged, err := mergeOfAssets(keep, gone, m.Fields)
	if err != nil {
		return err
	}
	u := union{app: a, d: d, kind: huifang.KindAsset, keep: keep.ID, gone: gone.ID}
	out.Cancelled, err = u.run(ctx, tx, func() error {
		if err := tx.DeleteAsset(ctx, gone); err != nil {
			return err
		}
		if err := tx.SaveAsset(ctx, merged); err != nil {
			return err
		}
		return a.alias(ctx, tx, d, actor, huifang.Alias{Kind: huifang.KindAsset, Old: gone.ID, To: keep.ID, Code: codeLeft(keep.Code, gone.Code, merged.Code), Name: gone.Name})
	})
	if err != nil {
		return err
	}
	out.Asset = merged
	if diff := contested(keep.Attributes, gone.Attributes, merged.Attributes); len(diff) > 0 {
		err := a.deliver(ctx, tx, d, &huifang.Event{
			Type: huifang.EventAssetChanged, At: a.now(), Asset: keep.ID, Contact: merged.Contact, Unit: merged.Unit, Staff: actor.Staff, Attributes: diff,
		})
		if err != nil {
			return err
		}
	}
	return a.auditMerge(ctx, tx, actor, huifang.KindAsset, keep.ID, gone.ID, map[string]any{
		"name": gone.Name, "code": gone.Code, "fields": m.Fields, "moved": out.Moved, "cancelled": out.Cancelled,
	})
}

// movable counts what is to be moved, and refuses more than one transaction
// should.
func movable(ctx context.Context, tx *store.Tx, org huifang.ID, kind string, gone huifang.ID) (store.Holdings, error) {
	h, err := tx.Holdings(ctx, org, kind, gone, mostMerged+1)
	if err == nil && max(h.Events, h.Followups, h.Cases, h.Assets) > mostMerged {
		err = huifang.Fail(huifang.CodeTooLarge, "merge.too_large", huifang.Textf(
			"被合并方的事件、回访或诉求超过 %d 条；请改选它为保留方", "what would be merged away has more than %d events, follow-ups or cases; let it be the survivor instead", mostMerged))
	}
	return h, err
}

// codeLeft is the code that does not become the survivor's.
func codeLeft(keep, gone, merged string) string {
	if gone != "" && gone != merged {
		return gone
	}
	if keep != merged {
		return keep
	}
	return ""
}

// alias keeps where an id that is gone leads to; other nodes learn that there
// are aliases.
func (a *App) alias(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, to huifang.Alias) error {
	to.Org, to.At, to.By = actor.Org, a.now(), actor.Staff
	if err := tx.InsertAlias(ctx, &to); err != nil || d.merged {
		return err
	}
	return a.touch(ctx, tx, actor.Org)
}

// auditMerge notes a merge with both: the trail of the one that is gone ends
// with it.
func (a *App) auditMerge(ctx context.Context, tx *store.Tx, actor *huifang.Actor, kind string, keep, gone huifang.ID, detail map[string]any) error {
	detail["gone"] = gone
	if err := a.audit(ctx, tx, actor, kind+".merged", kind, keep, detail); err != nil {
		return err
	}
	return a.audit(ctx, tx, actor, kind+".merged_away", kind, gone, map[string]any{"into": keep})
}

// reasonMerged is why a follow-up that was planned for both is cancelled.
const reasonMerged = "merged"

// union has everything that is about one contact or asset be about another.
type union struct {
	app        *App
	d          *directory
	kind       string
	keep, gone huifang.ID
}

// run moves what names the one that is gone, has between replace the records
// themselves, and lets the programs look at the one subject with both
// histories. It tells how many follow-ups were cancelled for it.
func (u *union) run(ctx context.Context, tx *store.Tx, between func() error) (cancelled int, err error) {
	org := u.d.org.ID
	if err := u.settle(ctx, tx); err != nil {
		return 0, err
	}
	h := u.app.hostIn(ctx, tx, u.d, u.app.now())
	all, err := u.adopt(ctx, tx, h)
	if err != nil {
		return 0, err
	}
	if err := tx.Absorb(ctx, org, u.kind, u.gone, u.keep); err != nil {
		return 0, err
	}
	if err := between(); err != nil {
		return 0, err
	}
	h.env.History, h.env.Folding, h.cancelReason = true, true, reasonMerged
	if all, err = u.fold(ctx, tx, h, all); err != nil {
		return 0, err
	}
	for _, e := range all {
		push(&h.out.enrollments, e)
		if !e.Active || u.d.set.Program(e.Program, "", nil) == nil {
			continue
		}
		if err := h.run.Recall(e, &h.env); err != nil {
			return 0, err
		}
	}
	return h.cancelledFor(reasonMerged), h.flush(tx)
}

// cancelledFor counts the follow-ups that are to be cancelled for a reason.
func (h *host) cancelledFor(reason string) (n int) {
	for _, f := range h.out.changed {
		if f.State == huifang.StateCancelled && f.Reason == reason {
			n++
		}
	}
	return n
}

// adopt reads the enrollments of both.
func (u *union) adopt(ctx context.Context, tx *store.Tx, h *host) (all []*plan.Enrollment, err error) {
	for _, id := range []huifang.ID{u.keep, u.gone} {
		rows, err := tx.EnrollmentsAbout(ctx, u.d.org.ID, u.kind, id)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			e, err := h.adopt(row)
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// settle brings the enrollments of both up to the present before they meet, and
// lets no other transaction take in anything about them meanwhile.
func (u *union) settle(ctx context.Context, tx *store.Tx) error {
	h := u.app.hostIn(ctx, tx, u.d, u.app.now())
	if err := h.gate(u.keep, u.gone); err != nil {
		return err
	}
	for _, id := range []huifang.ID{u.keep, u.gone} {
		rows, err := tx.EnrollmentsAbout(ctx, u.d.org.ID, u.kind, id)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if u.d.set.Program(row.Program, "", nil) == nil {
				continue
			}
			if _, err := h.keep(row); err != nil {
				return err
			}
		}
	}
	return h.flush(tx)
}

// fold renames what is about the one that is gone, and folds an enrollment of
// its own into the survivor's. It returns those that are left.
func (u *union) fold(ctx context.Context, tx *store.Tx, h *host, all []*plan.Enrollment) ([]*plan.Enrollment, error) {
	var left []*plan.Enrollment
	for _, e := range all {
		own := e.Key == u.gone
		delete(h.enrollments, subject(e))
		e.Rename(u.gone, u.keep)
		mine := h.enrollments[subject(e)]
		if !own || mine == nil {
			h.enrollments[subject(e)] = e
			left = append(left, e)
			continue
		}
		if err := u.foldInto(ctx, tx, h, mine, e); err != nil {
			return nil, err
		}
	}
	h.related, h.loaded = nil, nil
	return left, nil
}

func (u *union) foldInto(ctx context.Context, tx *store.Tx, h *host, mine, e *plan.Enrollment) error {
	p := u.d.set.Program(e.Program, mine.Unit, u.d.roster)
	if p == nil {
		return huifang.Fail(huifang.CodeConflict, "merge.program", huifang.Textf(
			"双方都在已停用的方案“%s”中，无法合并；请先重新启用该行业包", "both are enrolled in program %q, which is not there any more; activate its pack first", e.Program))
	}
	ended := map[huifang.ID]time.Time{}
	for _, id := range []huifang.ID{mine.ID, e.ID} {
		done, err := tx.FollowupsOf(ctx, u.d.org.ID, id)
		if err != nil {
			return err
		}
		for _, f := range done {
			ended[f.ID] = f.DoneAt
		}
	}
	for _, r := range p.Fold(mine, e, func(s *plan.Slot) time.Time { return ended[s.Followup] }, &h.env) {
		if err := tx.RehomeFollowup(ctx, u.d.org.ID, r.Followup, mine.ID, r.Occurrence); err != nil {
			return err
		}
	}
	mine.Active = mine.Active || e.Active
	return tx.DeleteEnrollment(ctx, &huifang.Enrollment{Org: u.d.org.ID, ID: e.ID, Row: e.Row}, mine.ID)
}

// sweepAliases moves what arrived for a contact or asset while it was being
// merged away, as an import under way may have known it still.
func (a *App) sweepAliases(ctx context.Context, org huifang.ID) error {
	aliases, err := a.reads().Aliases(ctx, org)
	if err != nil {
		return err
	}
	aliases = slices.DeleteFunc(aliases, func(x huifang.Alias) bool { return x.At.Before(a.now().Add(-sweptFor)) })
	for _, x := range aliases {
		h, err := a.reads().Holdings(ctx, org, x.Kind, x.Old, 1)
		if err != nil || h == (store.Holdings{}) {
			if err != nil {
				return err
			}
			continue
		}
		d, err := a.directory(ctx, org)
		if err != nil {
			return err
		}
		err = a.store.Write(ctx, func(tx *store.Tx) error {
			u := union{app: a, d: d, kind: x.Kind, keep: x.To, gone: x.Old}
			_, err := u.run(ctx, tx, func() error { return nil })
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sweptFor is how long after a merge something may still arrive for the one that
// is gone: longer than any import lasts.
const sweptFor = 72 * time.Hour
