package store_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestRomanized(t *testing.T) {
	for name, want := range map[string][2]string{
		"王芳": {"wangfang", "wf"}, "吕布": {"lvbu", "lb"}, "曾国藩": {"zengguofan", "zgf"}, "单雄信": {"shanxiongxin", "sxx"},
		"李四 Li": {"lisili", "lsl"}, "John Smith": {"johnsmith", "js"}, "3栋502 张三": {"3dong502zhangsan", "3d502zs"},
		"": {"", ""}, "·—": {"", ""}, "Zoë": {"zoë", "z"}, "小单": {"xiaodan", "xd"},
	} {
		whole, initials := store.Romanized(name)
		if whole != want[0] || initials != want[1] {
			t.Errorf("%q: %s %s, want %v", name, whole, initials, want)
		}
	}
}

func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org, other, unit := newOrg(t, s), newOrg(t, s), newID()
		keep := func(org, unit huifang.ID, name string, phones ...string) {
			c := &huifang.Contact{Org: org, ID: newID(), Name: name, Unit: unit, Phones: phones}
			write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, c) })
		}
		keep(org, unit, "王芳", "13812342628")
		keep(org, unit, "王芳芳", "13812342629")
		keep(org, newID(), "王芬", "13900002628")
		keep(org, "", "文飞", "01056782628")
		keep(other, unit, "王芳", "13812342628")
		room := &huifang.Asset{Org: org, ID: newID(), Unit: unit, Code: "3-1-502"}
		car := &huifang.Asset{Org: org, ID: newID(), Unit: newID(), Code: "粤B12345", Name: "轿车"}
		write(t, s, func(tx *store.Tx) error { return tx.SaveAsset(ctx, room) })
		write(t, s, func(tx *store.Tx) error { return tx.SaveAsset(ctx, car) })
		v := s.View()
		for _, c := range []struct {
			text  string
			units []huifang.ID
			want  string
		}{
			{"王", nil, "王芬 王芳 王芳芳"},
			{"王芳", nil, "王芳 王芳芳"},
			{"wf", nil, "王芬 王芳 文飞 王芳芳"},
			{"WF", nil, "王芬 王芳 文飞 王芳芳"},
			{"wangfang", nil, "王芳 王芳芳"},
			{"wang f", nil, "王芳 王芳芳 王芬"},
			{"wf", []huifang.ID{unit}, "王芳 王芳芳"},
			{"wf", []huifang.ID{""}, "文飞"},
			{"芳", nil, ""},
			{"", nil, ""},
			{"%", nil, ""},
		} {
			found, err := v.SearchContacts(ctx, org, c.units, c.text, 10)
			names := map[string]bool{}
			for _, x := range found {
				names[x.Name] = true
			}
			want := map[string]bool{}
			for w := range strings.FieldsSeq(c.want) {
				want[w] = true
			}
			if err != nil || !maps.Equal(names, want) || len(found) != len(want) {
				t.Errorf("%q: %v %v, want %s", c.text, names, err, c.want)
			}
		}
		if found := must(v.SearchContacts(ctx, org, nil, "王芳", 10))(t); found[0].Name != "王芳" {
			t.Errorf("the exact name is not the first: %s", found[0].Name)
		}
		if found := must(v.SearchContacts(ctx, org, nil, "w", 2))(t); len(found) != 2 {
			t.Errorf("%d found, want 2", len(found))
		}
		if n := len(must(v.ContactsByLastDigits(ctx, org, nil, "2628", 10))(t)); n != 3 {
			t.Errorf("%d by last digits", n)
		}
		if n := len(must(v.ContactsByLastDigits(ctx, org, []huifang.ID{unit}, "2628", 10))(t)); n != 1 {
			t.Errorf("%d by last digits in the unit", n)
		}
		if n := len(must(v.ContactsByNumber(ctx, org, nil, "13812342628", 10))(t)); n != 1 {
			t.Errorf("%d by number", n)
		}
		for text, want := range map[string]string{"3-1": room.Code, "1-502": room.Code, "502": room.Code, "12345": car.Code, "粤b": car.Code, "b12345": car.Code, "503": "", "": ""} {
			found := must(v.SearchAssets(ctx, org, nil, text, 10))(t)
			if want == "" && len(found) != 0 || want != "" && (len(found) != 1 || found[0].Code != want) {
				t.Errorf("%q: %v, want %s", text, found, want)
			}
		}
		if n := len(must(v.SearchAssets(ctx, org, []huifang.ID{unit}, "12345", 10))(t)); n != 0 {
			t.Error("found an asset of another unit")
		}

		// A new name and number replace the old.
		c := must(v.SearchContacts(ctx, org, nil, "文飞", 1))(t)[0]
		c.Name, c.Phones = "赵云", []string{"13500001111"}
		write(t, s, func(tx *store.Tx) error { return tx.SaveContact(ctx, c) })
		if n := len(must(v.SearchContacts(ctx, org, nil, "zy", 10))(t)); n != 1 {
			t.Error("the new name is not found")
		}
		if n := len(must(v.ContactsByLastDigits(ctx, org, nil, "1111", 10))(t)); n != 1 {
			t.Error("the new number is not found")
		}
	})
}
