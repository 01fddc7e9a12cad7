package app

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/store"
)

// AbsenceResult is what an absence changed.
type AbsenceResult struct {
	Staff *huifang.Staff
	Moved int // follow-ups given to whoever stands in
	Kept  int // follow-ups left with the absent, because nobody stands in
}

// RegisterAbsence notes days off, both ends included. Follow-ups of the person
// that open within them and are not done go to whoever stands in at the end of
// the chain of substitutes, each by its own day; where nobody stands in, or who
// does lacks the licence demanded, they stay. What opened before stays too. staff.manage over the person's units.
func (a *App) RegisterAbsence(ctx context.Context, actor *huifang.Actor, staff huifang.ID, version int64, in huifang.Absence) (*AbsenceResult, error) {
	d, s, err := a.manageable(ctx, actor, staff)
	if err != nil {
		return nil, err
	}
	if err := stale(version, s.Version); err != nil {
		return nil, err
	}
	if err := d.checkAbsence(s, in); err != nil {
		return nil, err
	}
	s.Absences = append(slices.Clone(s.Absences), in)
	out, before := &AbsenceResult{Staff: s}, s.Version
	err = a.change(ctx, actor.Org, func(tx *store.Tx) error {
		out.Moved, out.Kept, s.Version = 0, 0, before
		if err := tx.SaveStaff(ctx, s); err != nil {
			return err
		}
		if err := a.substitute(ctx, tx, d, actor, out, in); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "staff.absence_registered", "staff", s.ID, map[string]any{
			"from": in.From, "to": in.To, "substitute": in.Substitute, "moved": out.Moved, "kept": out.Kept,
		})
	})
	return out, err
}

func (d *directory) checkAbsence(s *huifang.Staff, in huifang.Absence) error {
	if in.From == huifang.NoDate || in.From == 0 {
		return required("from", "")
	}
	if in.To != huifang.NoDate && in.To < in.From {
		return fieldFault("to", "absence.order", huifang.Text{ZH: "结束日期早于开始日期", EN: "the last day lies before the first"})
	}
	if in.Substitute == s.ID {
		return fieldFault("substitute", "absence.self", huifang.Text{ZH: "代班人不能是本人", EN: "nobody stands in for themselves"})
	}
	return d.checkPerson("substitute", in.Substitute)
}

// substitute reassigns what opens during an absence.
func (a *App) substitute(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, out *AbsenceResult, in huifang.Absence) error {
	now := a.now()
	var found []huifang.ID // lists lack what an update writes
	filter := store.FollowupFilter{
		Now: now, States: []huifang.State{huifang.StatePlanned, huifang.StateOverdue}, Assignee: out.Staff.ID,
		OpensFrom: in.From.AddDays(-1).At(0, d.zone), // units may lie in other zones
	}
	if in.To != huifang.NoDate {
		filter.OpensTo = in.To.AddDays(2).At(0, d.zone)
	}
	err := tx.EachFollowup(ctx, actor.Org, filter, func(f *huifang.Followup) error {
		if in.Covers(huifang.DateOf(f.OpensAt, d.zoneOf(f.Unit))) {
			found = append(found, f.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range found {
		f, err := tx.Followup(ctx, actor.Org, id)
		if err != nil {
			return err
		}
		day := max(huifang.DateOf(f.OpensAt, d.zoneOf(f.Unit)), huifang.DateOf(now, d.zoneOf(f.Unit)))
		who, _, ok := calendar.Substitute(out.Staff.ID, day, func(id huifang.ID) (*huifang.Staff, bool) {
			if id == out.Staff.ID {
				return out.Staff, true
			}
			s := d.person[id]
			return s, s != nil && s.Active
		})
		if !ok || who == out.Staff.ID || d.qualified(f, d.person[who], day) != nil {
			out.Kept++
			continue
		}
		if err := a.hand(ctx, tx, d, actor, f, out.Staff.ID, who); err != nil {
			return err
		}
		out.Moved++
	}
	return nil
}

// hand gives a follow-up from one assignee to another.
func (a *App) hand(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, f *huifang.Followup, from, to huifang.ID) error {
	was := slices.Clone(f.Assignees)
	var now []huifang.Assignee
	for _, as := range was {
		if as.Staff == from {
			as = huifang.Assignee{Staff: to}
		}
		if !slices.Contains(now, as) {
			now = append(now, as)
		}
	}
	f.Assignees, f.Lead = now, lead(now)
	if err := tx.UpdateFollowup(ctx, f); err != nil {
		return err
	}
	if err := a.tell(ctx, tx, d, "followup.assigned", f, to); err != nil {
		return err
	}
	return a.audit(ctx, tx, actor, "followup.reassigned", "followup", f.ID, map[string]any{"from": was, "to": now, "reason": "absence"})
}

// EndAbsence shortens the absence that begins on from to end on last; a last
// before from takes it back. What was given to substitutes stays with them.
func (a *App) EndAbsence(ctx context.Context, actor *huifang.Actor, staff huifang.ID, version int64, from, last huifang.Date) (*huifang.Staff, error) {
	_, s, err := a.manageable(ctx, actor, staff)
	if err != nil {
		return nil, err
	}
	if err := stale(version, s.Version); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.Absences, func(x huifang.Absence) bool { return x.From == from })
	if i < 0 {
		return nil, huifang.Fail(huifang.CodeNotFound, "absence.not_found", huifang.Textf("没有 %s 开始的缺勤", "there is no absence from %s", from))
	}
	s.Absences = slices.Clone(s.Absences)
	if last < from {
		s.Absences = slices.Delete(s.Absences, i, i+1)
	} else {
		s.Absences[i].To = last
	}
	before := s.Version
	err = a.change(ctx, actor.Org, func(tx *store.Tx) error {
		s.Version = before
		if err := tx.SaveStaff(ctx, s); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "staff.absence_ended", "staff", s.ID, map[string]any{"from": from, "to": last})
	})
	return s, err
}
