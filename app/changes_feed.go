package app

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// join is where a new listener begins.
func (f *feed) join(ctx context.Context, a *App, org huifang.ID) (seen, at int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.look(ctx, a, org); err != nil {
		return 0, 0, err
	}
	return f.count, f.marker.Audit, nil
}

// since are the batches after the first *seen; missed: some are not kept any
// more.
func (f *feed) since(ctx context.Context, a *App, org huifang.ID, seen *int64) (out []batch, missed bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.look(ctx, a, org); err != nil {
		return nil, false, err
	}
	fresh := f.count - *seen
	*seen = f.count
	if fresh > int64(len(f.batches)) {
		return slices.Clone(f.batches), true, nil
	}
	return slices.Clone(f.batches[int64(len(f.batches))-fresh:]), false, nil
}

// look compares the marker, unless somebody just did, and keeps what is new.
func (f *feed) look(ctx context.Context, a *App, org huifang.ID) error {
	now := a.clock()
	idle := now.Sub(f.looked).Abs()
	if idle < lookEvery*9/10 && !f.looked.IsZero() {
		return nil
	}
	m, err := a.reads().Marker(ctx, org)
	if err != nil {
		return err
	}
	was := f.marker
	if f.looked.IsZero() || idle > forgottenFor {
		was = m // whoever listens now has just read everything
	}
	var b batch
	if m != was {
		if b, err = a.changesBetween(ctx, org, was, m); err != nil {
			return err
		}
	}
	f.looked, f.marker = now, m
	if m != was {
		f.batches, f.count = append(f.batches, b), f.count+1
		f.batches = f.batches[max(0, len(f.batches)-keptBatches):]
	}
	return nil
}

// changesBetween reads what changed between two markers.
func (a *App) changesBetween(ctx context.Context, org huifang.ID, was, is store.Marker) (batch, error) {
	out := batch{at: is.Audit}
	entries, err := a.reads().AuditSince(ctx, org, was.Audit, mostHints+1)
	if err != nil {
		return out, err
	}
	fresh := is.Followups - was.Followups
	if len(entries) > mostHints || fresh > mostHints || is.Cases-was.Cases > mostHints {
		for _, kind := range []string{"followup", "case", "contact", "asset", "organization"} {
			out.list = append(out.list, changedRecord{Change{Kind: kind}, anybody})
		}
		return out, nil
	}
	ids := map[string]*idSet{"followup": {}, "case": {}, "contact": {}, "asset": {}}
	for _, e := range entries {
		if set := ids[e.Kind]; set != nil && e.Record != "" {
			set.add(e.Record)
			continue
		}
		if c, ok := generalChange(e); ok {
			out.list = append(out.list, c)
		}
	}
	if fresh > 0 {
		page, err := a.reads().Followups(ctx, org, store.FollowupFilter{}, store.ByCreated, store.Page{Limit: int(fresh), Desc: true})
		if err != nil {
			return out, err
		}
		for _, f := range page.Items {
			ids["followup"].add(f.ID)
		}
	}
	return out, a.addRecords(ctx, org, ids, &out)
}

func anybody(*huifang.Actor) bool { return true }

// generalChange is a change of what everybody in the organization works with,
// or of what one permission opens.
func generalChange(e *huifang.AuditEntry) (changedRecord, bool) {
	may := anybody
	switch e.Kind {
	case "import", "mapping":
		may = func(a *huifang.Actor) bool { return a.Can(huifang.PermEventIngest) }
	case "token":
		may = func(a *huifang.Actor) bool { return a.Can(huifang.PermTokenManage) }
	case "recurrence", "month":
		may = func(a *huifang.Actor) bool { return a.Can(huifang.PermStatsRead) || a.Can(huifang.PermRecurrence) }
	case "organization", "unit", "role", kindPack, kindProgram:
	case "staff":
		if e.Action == "session.opened" || e.Action == "staff.password_set" {
			return changedRecord{}, false
		}
	default:
		return changedRecord{}, false
	}
	return changedRecord{Change{Kind: e.Kind}, may}, true
}

// addRecords adds the records of the ids, each with who may read it.
func (a *App) addRecords(ctx context.Context, org huifang.ID, ids map[string]*idSet, out *batch) error {
	add := func(kind string, id huifang.ID, may func(*huifang.Actor) bool) {
		out.list = append(out.list, changedRecord{Change{kind, id}, may})
	}
	followups, err := a.reads().FollowupsByID(ctx, org, ids["followup"].list)
	if err != nil {
		return err
	}
	for id, f := range followups {
		add("followup", id, func(actor *huifang.Actor) bool { return huifang.CanReadFollowup(actor, f) == nil })
	}
	for _, id := range ids["case"].list {
		c, err := a.reads().Case(ctx, org, id)
		if absent(err) != nil {
			return err
		}
		if err == nil {
			add("case", id, func(actor *huifang.Actor) bool { return canReadCase(actor, c) == nil })
		}
	}
	contacts, err := a.reads().ContactsByID(ctx, org, ids["contact"].list)
	if err != nil {
		return err
	}
	for id, c := range contacts {
		add("contact", id, func(actor *huifang.Actor) bool { return actor.RequireIn(huifang.PermContactRead, org, c.Unit) == nil })
	}
	assets, err := a.reads().AssetsByID(ctx, org, ids["asset"].list)
	for id, x := range assets {
		add("asset", id, func(actor *huifang.Actor) bool { return actor.RequireIn(huifang.PermContactRead, org, x.Unit) == nil })
	}
	return err
}
