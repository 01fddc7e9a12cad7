package app

import (
	"reflect"
	"slices"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestMasks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"13812342628": "138****2628", "+85291234567": "+85****4567", "0755-88889164": "075****9164", "12345": "*****", "": "",
	} {
		if got := maskPhone(in); got != want {
			t.Errorf("phone %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"13812342628": "138****2628", "+86 138 1234 2628": "+86****2628", "110101199003078515": "1101****8515", "11010119900307851X": "1101****851X",
		"110101900307851": "1101****7851", "0755-88889164": "075****9164", "3-1-502": "3-1-502", "2026-03-01": "2026-03-01", "业主": "业主", "12.5": "12.5", "": "",
		"2026-03-01T09:00:00Z": "2026-03-01T09:00:00Z", "粤B12345": "粤B12345", "88": "88",
	} {
		if got := maskText(in); got != want {
			t.Errorf("text %q: %q, want %q", in, got, want)
		}
	}
	in := huifang.Attributes{
		"id_number": "110101199003078515", "area": 88.5, "mobile": float64(13812342628), "family": []any{map[string]any{"phone": "13812342628", "name": "李雷"}}, "none": nil, "vip": true,
	}
	out := maskAttributes(in)
	want := huifang.Attributes{
		"id_number": "1101****8515", "area": 88.5, "mobile": "138****2628", "family": []any{map[string]any{"phone": "138****2628", "name": "李雷"}}, "none": nil, "vip": true,
	}
	if !reflect.DeepEqual(out, want) {
		t.Errorf("%v", out)
	}
	if in["id_number"] != "110101199003078515" {
		t.Error("masking changed the original")
	}
	out["area"] = 90.0
	if back := unmaskAttributes(out, in); !reflect.DeepEqual(back["family"], in["family"]) || back["id_number"] != in["id_number"] || back["mobile"] != in["mobile"] || back["area"] != 90.0 {
		t.Errorf("%v", back)
	}
}

func TestContactsAreMaskedUntilRevealed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		head := w.as("east_supervisor")
		east := w.units["east"].ID
		edit := ContactEdit{
			Code: "H-1", Kind: "household", Name: "王芳", Unit: east, Steward: w.staff["east_steward"].ID, Phones: []string{"138 1234 2628", "0755-88889164"},
			Attributes: huifang.Attributes{"id_number": "110101199003078515", "relation": "owner"}, Quiet: "20:00-09:30",
		}
		made := must[*huifang.Contact](t)(w.CreateContact(ctx, head, edit))
		if made.Phones[0] != "138****2628" || made.Attributes["id_number"] != "1101****8515" || made.Attributes["relation"] != "owner" {
			t.Errorf("%+v", made)
		}
		list := must[Paged[*huifang.Contact]](t)(w.Contacts(ctx, head, ContactFilter{Text: "王"}, Page{}))
		if len(list.Items) != 1 || list.Items[0].Phones[1] != "075****9164" {
			t.Errorf("%+v", list.Items)
		}
		if page := must[Paged[*huifang.Contact]](t)(w.Contacts(ctx, w.as("west_head"), ContactFilter{}, Page{})); len(page.Items) != 0 {
			t.Errorf("another unit's head sees %d", len(page.Items))
		}
		whole := must[*huifang.Contact](t)(w.RevealContact(ctx, head, made.ID, "回拨客户"))
		if whole.Phones[0] != "13812342628" || whole.Attributes["id_number"] != "110101199003078515" {
			t.Errorf("%+v", whole)
		}
		if w.audits(made.ID, "contact.revealed") != 1 {
			t.Error("the reveal is not in the audit chain")
		}
		_, err := w.RevealContact(ctx, w.as("west_head"), made.ID, "")
		wants(t, err, huifang.CodeForbidden, "forbidden")
		blind := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermContactRead: true}}
		_, err = w.RevealContact(ctx, blind, made.ID, "")
		wants(t, err, huifang.CodeForbidden, "forbidden")
		if w.audits(made.ID, "contact.revealed") != 1 {
			t.Error("a refused reveal is noted as one")
		}

		// A masked form that comes back changes nothing it hides.
		edit.Phones, edit.Attributes, edit.Name = slices.Concat(made.Phones, []string{"13900002222"}), made.Attributes, "王芳芳"
		edit.Attributes["relation"] = "tenant"
		saved := must[*huifang.Contact](t)(w.UpdateContact(ctx, head, made.ID, made.Version, edit))
		kept := must[*huifang.Contact](t)(w.reads().Contact(ctx, w.org.ID, made.ID))
		if !reflect.DeepEqual(kept.Phones, []string{"13812342628", "0755-88889164", "13900002222"}) || kept.Attributes["id_number"] != "110101199003078515" || kept.Attributes["relation"] != "tenant" || saved.Name != "王芳芳" {
			t.Errorf("%+v", kept)
		}
		events := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{Contact: made.ID}, store.Page{}))
		if len(events.Items) != 1 || events.Items[0].Type != huifang.EventContactChanged || !reflect.DeepEqual(events.Items[0].Attributes, huifang.Attributes{"relation": "tenant"}) {
			t.Errorf("%+v", events.Items)
		}
		for _, c := range []struct {
			reason string
			code   huifang.Code
			change func(*ContactEdit)
		}{
			{"phone.invalid", huifang.CodeInvalid, func(e *ContactEdit) { e.Phones = []string{"一二三"} }},
			{"quiet.invalid", huifang.CodeInvalid, func(e *ContactEdit) { e.Quiet = "always" }},
			{"field.missing", huifang.CodeInvalid, func(e *ContactEdit) { e.Name = "" }},
			{"staff.unknown", huifang.CodeInvalid, func(e *ContactEdit) { e.Steward = w.newID() }},
			{"unit.unknown", huifang.CodeInvalid, func(e *ContactEdit) { e.Unit = w.newID() }},
			{"forbidden", huifang.CodeForbidden, func(e *ContactEdit) { e.Unit = w.units["west"].ID }},
			{"contact.taken", huifang.CodeConflict, func(*ContactEdit) {}},
		} {
			e := edit
			e.Phones = []string{"13812342628"}
			c.change(&e)
			_, err := w.CreateContact(ctx, head, e)
			wants(t, err, c.code, c.reason)
		}
		_, err = w.UpdateContact(ctx, head, made.ID, made.Version, edit)
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
	})
}

func TestDoNotContactWaivesWhatIsOpen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		head := w.as("east_supervisor")
		f := w.plan(complaint("1", "噪音"))
		other := w.plan(complaint("2", "噪音"))
		_, _, err := w.SetDoNotContact(ctx, head, f.Contact, 0, true, "")
		wants(t, err, huifang.CodeInvalid, "field.missing")
		c, waived, err := w.SetDoNotContact(ctx, head, f.Contact, 0, true, "业户要求不再打扰")
		if err != nil || waived != 1 || !c.DoNotContact {
			t.Fatalf("%+v %d %v", c, waived, err)
		}
		if now := w.followup(f.ID); now.State != huifang.StateWaived || now.Reason != "业户要求不再打扰" {
			t.Errorf("%+v", now)
		}
		if now := w.followup(other.ID); now.State != huifang.StatePlanned {
			t.Errorf("%+v", now)
		}
		again := complaint("1b", "噪音")
		again.Contact.Code = "C-1"
		if got := w.must(again); len(got[0].Followups) != 0 || got[0].NotPlanned != 1 {
			t.Errorf("%+v", got[0])
		}
		if _, n, err := w.SetDoNotContact(ctx, head, f.Contact, c.Version, false, ""); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		again.Key = "1c"
		if got := w.must(again); len(got[0].Followups) != 1 {
			t.Errorf("%+v", got[0])
		}
	})
}

func TestAssets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		head := w.as("east_supervisor")
		c := must[*huifang.Contact](t)(w.CreateContact(ctx, head, ContactEdit{Code: "H-1", Name: "王芳", Unit: w.units["east"].ID}))
		edit := AssetEdit{Code: "3-1-502", Kind: "home", Unit: w.units["east"].ID, Contact: c.ID, Attributes: huifang.Attributes{"area": 88.0}}
		made := must[*huifang.Asset](t)(w.CreateAsset(ctx, head, edit))
		_, err := w.CreateAsset(ctx, head, edit)
		wants(t, err, huifang.CodeConflict, "asset.taken")
		edit.Attributes = huifang.Attributes{"area": 90.0}
		saved := must[*huifang.Asset](t)(w.UpdateAsset(ctx, head, made.ID, made.Version, edit))
		_, err = w.UpdateAsset(ctx, head, made.ID, made.Version, edit)
		wants(t, err, huifang.CodeConflict, store.ReasonStale)
		events := must[store.Paged[*huifang.Event]](t)(w.reads().Events(ctx, w.org.ID, store.EventFilter{Asset: made.ID}, store.Page{}))
		if saved.Attributes["area"] != 90.0 || len(events.Items) != 1 || events.Items[0].Type != huifang.EventAssetChanged {
			t.Errorf("%+v %+v", saved, events.Items)
		}
		edit.Contact = w.newID()
		_, err = w.UpdateAsset(ctx, head, made.ID, 0, edit)
		wants(t, err, huifang.CodeNotFound, "contact.not_found")
		list := must[Paged[*huifang.Asset]](t)(w.Assets(ctx, head, AssetFilter{Contact: c.ID}, Page{}))
		if len(list.Items) != 1 {
			t.Errorf("%d assets", len(list.Items))
		}
		_, err = w.Asset(ctx, w.as("west_head"), made.ID)
		wants(t, err, huifang.CodeForbidden, "forbidden")
	})
}
