package form

import (
	"maps"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// Unknown refuses answers to items that the form does not have, which are
// mistakes of whoever wrote them: one *huifang.Error with reason "form.invalid"
// whose Details locate each by its code and list what may be answered. Items
// that are only hidden are known. nil: there are none.
func (d *Definition) Unknown(answers huifang.Attributes) error {
	var f faults
	for _, code := range slices.Sorted(maps.Keys(answers)) {
		i := d.index(code, len(d.Items))
		switch {
		case i < 0 || d.Items[i].Kind == KindSection:
			d.noItem(code, &f)
		case d.Items[i].Kind == KindMatrix:
			rows, _ := answers[code].(map[string]any)
			for _, row := range slices.Sorted(maps.Keys(rows)) {
				if d.Items[i].row(row) == nil {
					f.list = append(f.list, d.Items[i].noRow(row))
				}
			}
		}
	}
	return f.err(d)
}

// list names every item that takes an answer, with its label.
func (d *Definition) list(lang huifang.Lang) string {
	var out []string
	for i := range d.Items {
		if it := &d.Items[i]; it.Kind != KindSection {
			out = append(out, it.Code+" "+it.Label.In(lang))
		}
	}
	return strings.Join(out, map[huifang.Lang]string{huifang.ZH: "、", huifang.EN: ", "}[lang])
}

// noItem notes an answer to nothing; "services.manner" is one row of a matrix.
func (d *Definition) noItem(code string, f *faults) {
	head, row, ok := strings.Cut(code, ".")
	if i := d.index(head, len(d.Items)); ok && i >= 0 && d.Items[i].Kind == KindMatrix {
		f.list = append(f.list, d.Items[i].noRow(row))
		return
	}
	e := huifang.Invalid("answer.unknown", huifang.Textf("没有项目“%[1]s”；可填：%[2]s", "there is no item “%[1]s”; it has: %[3]s",
		shorten(code), d.list(huifang.ZH), d.list(huifang.EN)))
	e.At.Field = code
	f.list = append(f.list, e)
}

func (it *Item) noRow(row string) *huifang.Error {
	codes := make([]string, 0, len(it.Rows))
	for i := range it.Rows {
		codes = append(codes, it.Code+"."+it.Rows[i].Code)
	}
	e := huifang.Invalid("answer.unknown", huifang.Textf("“%[1]s”没有行“%[3]s”；可填：%[4]s", "“%[2]s” has no row “%[3]s”; it has: %[5]s",
		it.Label.In(huifang.ZH), it.Label.In(huifang.EN), shorten(row), strings.Join(codes, "、"), strings.Join(codes, ", ")))
	e.At.Field = it.Code + "." + row
	return e
}
