package form

import "github.com/huifang/huifang"

// question is an item, or a row of a matrix, that is answered by one value or
// a list.
func (x *export) question(id string, it *Item, label huifang.Text) object {
	o := x.base(id, x.kind(it), label)
	var ext []any
	switch it.Kind {
	case KindText:
		o["maxLength"] = it.maxLength()
	case KindNumber:
		ext = x.bounds(it)
	case KindRating, KindNPS:
		ext = []any{extension("minValue", "valueInteger", it.lowest()), extension("maxValue", "valueInteger", it.scale())}
	case KindDate:
		first, last := it.dates()
		ext = []any{extension("minValue", "valueDate", first.String()), extension("maxValue", "valueDate", last.String())}
	case KindChoices, KindPhoto, KindFile:
		fewest, most := it.counts()
		o["repeats"] = true
		ext = []any{extension("questionnaire-minOccurs", "valueInteger", fewest), extension("questionnaire-maxOccurs", "valueInteger", most)}
		if !it.Required { // a least number would demand an answer
			ext = ext[1:]
		}
	case KindMatrix:
		if it.graded() {
			ext = []any{extension("minValue", "valueInteger", it.lowest()), extension("maxValue", "valueInteger", it.scale())}
		}
	case KindSection, KindChoice, KindYesNo, KindSignature:
	}
	if ext != nil {
		o["extension"] = ext
	}
	if it.Kind != KindYesNo && len(it.Options) > 0 {
		o["answerOption"] = x.options(it)
	}
	return o
}

func extension(name, key string, value any) object {
	return object{"url": fhirExtension + name, key: value}
}

func (x *export) bounds(it *Item) []any {
	key := "valueDecimal"
	if it.Integer {
		key = "valueInteger"
	}
	var ext []any
	if it.Min != nil && finite(*it.Min) {
		ext = append(ext, extension("minValue", key, *it.Min))
	}
	if it.Max != nil && finite(*it.Max) {
		ext = append(ext, extension("maxValue", key, *it.Max))
	}
	return ext
}

func (x *export) kind(it *Item) string {
	switch it.Kind {
	case KindNumber:
		if !it.Integer {
			return "decimal"
		}
		return "integer"
	case KindDate:
		return "date"
	case KindRating, KindNPS:
		return "integer"
	case KindYesNo:
		return "boolean"
	case KindPhoto, KindFile:
		return "attachment"
	case KindChoice, KindChoices, KindMatrix:
		if it.graded() {
			return "integer"
		}
		if x.release == FHIRR5 {
			return "coding"
		}
		return "choice"
	case KindText:
		if it.Multiline {
			return "text"
		}
	case KindSection, KindSignature:
	}
	return "string"
}

func (x *export) options(it *Item) []any {
	out := make([]any, len(it.Options))
	for i := range it.Options {
		o := &it.Options[i]
		coding := x.coding(it, o.Code).text("display", o.Label.In(x.lang))
		if o.Score != nil && finite(*o.Score) {
			name := "ordinalValue"
			if x.release == FHIRR5 {
				name = "itemWeight"
			}
			coding["extension"] = []any{extension(name, "valueDecimal", *o.Score)}
		}
		option := object{"valueCoding": coding}
		if o.Exclusive {
			option["extension"] = []any{extension("questionnaire-optionExclusive", "valueBoolean", true)}
		}
		out[i] = option
	}
	return out
}

func (x *export) coding(it *Item, code string) object {
	return object{"system": x.def.urn() + ":" + it.Code, "code": code}
}

func (x *export) matrix(it *Item) object {
	o := x.base(it.Code, "group", it.Label)
	o["extension"] = []any{itemControl("table")}
	rows := make([]any, len(it.Rows))
	for i := range it.Rows {
		row := x.question(it.Code+"."+it.Rows[i].Code, it, it.Rows[i].Label)
		if it.Required {
			row["required"] = true
		}
		rows[i] = row
	}
	o["item"] = rows
	return o
}

func (x *export) signature(it *Item) object {
	o := x.base(it.Code, "group", it.Label)
	name := x.base(it.Code+".name", "string", huifang.Text{ZH: "姓名", EN: "Name"})
	name["maxLength"] = longestName
	if it.Required { // else the group may be left empty
		name["required"] = true
	}
	image := x.base(it.Code+".image", "attachment", huifang.Text{ZH: "手写签名", EN: "Drawn signature"})
	o["item"] = []any{name, image}
	return o
}
