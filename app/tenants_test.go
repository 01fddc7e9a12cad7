package app

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// allPacks are the packs that stand side by side; one that extends another
// stands for it.
func allPacks() []string {
	return []string{"hospital", "auto-sales", "dental", "tutoring", "equipment", "employee", "b2b", "property-estate"}
}

// TestTwoOrganizations: two organizations in one database, every pack active in
// both, the same sheets imported into both: neither list nor look-up of one ever
// shows anything of the other, and an import into one leaves the other as it is.
func TestTwoOrganizations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := newWorldAs(t, s, "acme", allPacks()...), newWorldAs(t, s, "other", allPacks()...)
		now := local("2026-11-23 10:20")
		a.setClock(now)
		b.setClock(now)
		importAll(t, a)
		if left := everything(t, b); len(left) != 0 {
			t.Errorf("an import into one organization put %d records into the other", len(left))
		}
		importAll(t, b)
		mine, theirs := everything(t, a), everything(t, b)
		if len(mine) < 40 || len(mine) != len(theirs) {
			t.Errorf("%d records here, %d there", len(mine), len(theirs))
		}
		for id := range mine {
			if theirs[id] != "" {
				t.Errorf("%s %s shows in both", theirs[id], id)
			}
		}
		lookUp(t, b, mine)
	})
}

// importAll imports every trade's sheets.
func importAll(t *testing.T, w *world) {
	t.Helper()
	for _, c := range sheetCases() {
		kind := ""
		if c.kind == "staff" {
			kind = "staff"
		}
		got, err := w.Import(t.Context(), w.sys, sheetFile(t, c.file), ImportOptions{Kind: kind, Backfill: true})
		if err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		if got.Accepted == 0 {
			t.Errorf("%s: no row of %d was taken beside the other packs", c.file, got.Rows)
		}
	}
}

// everything lists what somebody of the organization sees, by id; units and
// staff that every world has are left out.
func everything(t *testing.T, w *world) map[huifang.ID]string {
	t.Helper()
	out := map[huifang.ID]string{}
	page := Page{Limit: 1000}
	note := func(kind string, list any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		raw, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		var rows []map[string]any
		if err := json.Unmarshal(raw, &rows); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for _, r := range rows {
			for _, inner := range []any{r, r["Followup"], r["Case"]} { // lines hold their record
				if m, ok := inner.(map[string]any); ok {
					if id, _ := m["ID"].(string); id != "" {
						out[huifang.ID(id)] = kind
					}
				}
			}
		}
	}
	contacts, err := w.Contacts(t.Context(), w.sys, ContactFilter{}, page)
	note("contact", contacts.Items, err)
	assets, err := w.Assets(t.Context(), w.sys, AssetFilter{}, page)
	note("asset", assets.Items, err)
	imports, err := w.Imports(t.Context(), w.sys, page)
	note("import", imports.Items, err)
	followups, err := w.Followups(t.Context(), w.sys, FollowupQuery{Page: page})
	note("followup", followups.Items, err)
	cases, err := w.Cases(t.Context(), w.sys, CaseFilter{}, page)
	note("case", cases.Items, err)
	for _, c := range contacts.Items {
		events, err := w.Events(t.Context(), w.sys, EventFilter{Contact: c.ID}, page)
		note("event", events.Items, err)
	}
	return out
}

// lookUp asks in one organization for the records of another by their ids.
func lookUp(t *testing.T, w *world, foreign map[huifang.ID]string) {
	t.Helper()
	ask := map[string]func(context.Context, huifang.ID) error{
		"contact":  func(ctx context.Context, id huifang.ID) error { _, err := w.Contact(ctx, w.sys, id); return err },
		"asset":    func(ctx context.Context, id huifang.ID) error { _, err := w.Asset(ctx, w.sys, id); return err },
		"import":   func(ctx context.Context, id huifang.ID) error { _, err := w.ImportByID(ctx, w.sys, id); return err },
		"followup": func(ctx context.Context, id huifang.ID) error { _, err := w.Followup(ctx, w.sys, id); return err },
		"event": func(ctx context.Context, id huifang.ID) error {
			_, err := w.reads().Event(ctx, w.org.ID, id)
			return err
		},
	}
	asked := map[string]int{}
	for id, kind := range foreign {
		get := ask[kind]
		if get == nil {
			continue
		}
		asked[kind]++
		if err := get(t.Context(), id); huifang.CodeOf(err) != huifang.CodeNotFound {
			t.Errorf("%s %s of the other organization: %v", kind, id, err)
		} else if strings.Contains(err.Error(), "acme") {
			t.Errorf("the refusal names the other organization: %v", err)
		}
	}
	for kind := range ask {
		if asked[kind] == 0 {
			t.Errorf("no %s was asked for", kind)
		}
	}
}
