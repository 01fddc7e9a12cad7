package form

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Parse turns the fields of a submitted web form into answers: numbers, yes
// and no, lists, "item.row" of a matrix, "item.name" and "item.image" of a
// signature. Blank fields are no answers. What cannot be read stays text, for
// Evaluate to refuse with its place.
func (d *Definition) Parse(fields map[string][]string) huifang.Attributes {
	out := huifang.Attributes{}
	for i := range d.Items {
		it := &d.Items[i]
		if v := it.parse(fields); v != nil {
			out[it.Code] = v
		}
	}
	return out
}

func (it *Item) parse(fields map[string][]string) any {
	switch it.Kind {
	case KindText, KindDate, KindChoice:
		return textField(fields, it.Code)
	case KindNumber, KindRating, KindNPS:
		return numberField(fields, it.Code)
	case KindYesNo:
		return yesField(fields, it.Code)
	case KindChoices, KindPhoto, KindFile:
		return listField(fields, it.Code)
	case KindMatrix:
		read := textField
		if it.graded() {
			read = numberField
		}
		codes := make([]string, len(it.Rows))
		for i := range it.Rows {
			codes[i] = it.Rows[i].Code
		}
		return objectField(fields, it.Code, codes, read)
	case KindSignature:
		return objectField(fields, it.Code, []string{"name", "image"}, textField)
	case KindSection:
	}
	return nil
}

func textField(fields map[string][]string, name string) any {
	for _, s := range fields[name] {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return nil
}

func numberField(fields map[string][]string, name string) any {
	v := textField(fields, name)
	if s, ok := v.(string); ok {
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return n
		}
	}
	return v
}

func yesField(fields map[string][]string, name string) any {
	v := textField(fields, name)
	if s, ok := v.(string); ok {
		if yes, ok := Literal(s).yes(); ok {
			return yes
		}
	}
	return v
}

func listField(fields map[string][]string, name string) any {
	var out []any
	for _, s := range fields[name] {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	if out == nil {
		return nil
	}
	return out
}

func objectField(fields map[string][]string, name string, keys []string, read func(map[string][]string, string) any) any {
	out := map[string]any{}
	for _, k := range keys {
		if v := read(fields, name+"."+k); v != nil {
			out[k] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
