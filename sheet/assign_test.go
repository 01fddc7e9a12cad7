package sheet

import (
	"slices"
	"testing"
)

func TestAssign(t *testing.T) {
	t.Parallel()
	m := Mapping{Version: 1, Columns: []Column{
		{Field: FieldAt, From: []string{"完成时间"}},
		{Field: FieldContactName, From: []string{"业主", "姓名"}},
		{Field: FieldContactPhone, From: []string{"电话"}},
		{Field: FieldMatter, From: []string{"事由"}},
		{Field: FieldNote, Letter: "J"},
	}}
	due := Field(PrefixAttribute + "due")
	for name, c := range map[string]struct {
		columns map[string]Field
		want    []Column
	}{
		"nothing":               {nil, m.Columns},
		"one that was not read": {map[string]Field{"到期": due}, append(append([]Column{}, m.Columns...), Column{Field: due, From: []string{"到期"}, Kind: KindDate})},
		"a second phone":        {map[string]Field{"手机": FieldContactPhone}, append(append([]Column{}, m.Columns...), Column{Field: FieldContactPhone, From: []string{"手机"}})},
		"one of two names": {map[string]Field{"姓名": FieldSteward}, []Column{
			m.Columns[0], {Field: FieldContactName, From: []string{"业主"}}, m.Columns[2], m.Columns[3], m.Columns[4], {Field: FieldSteward, From: []string{"姓名"}},
		}},
		"no more":            {map[string]Field{"事由": ""}, []Column{m.Columns[0], m.Columns[1], m.Columns[2], m.Columns[4]}},
		"taken from another": {map[string]Field{"结案": FieldAt}, []Column{m.Columns[1], m.Columns[2], m.Columns[3], m.Columns[4], {Field: FieldAt, From: []string{"结案"}}}},
	} {
		got := m.Assign(c.columns, map[Field]Kind{due: KindDate}).Columns
		if !slices.EqualFunc(got, c.want, sameColumn) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if len(m.Columns[1].From) != 2 {
		t.Error("the mapping itself changed")
	}
}

func sameColumn(a, b Column) bool {
	return a.Field == b.Field && a.Letter == b.Letter && a.Kind == b.Kind && slices.Equal(a.From, b.From)
}
