package form

import (
	"encoding/json"

	"github.com/huifang/huifang"
)

// object is a JSON object under construction; encoding/json sorts its keys, so
// the same definition always gives the same bytes.
type object map[string]any

func (o object) text(key, s string) object {
	if s != "" {
		o[key] = s
	}
	return o
}

func (o object) number(key string, n *float64) object {
	if n != nil && finite(*n) {
		o[key] = *n
	}
	return o
}

// bytes is the object as JSON. It holds strings, booleans and finite numbers
// only, which always marshal.
func (o object) bytes() []byte {
	b, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		return nil
	}
	return b
}

// JSONSchema describes the normalised answers as JSON Schema (draft 2020-12)
// with titles in lang: whatever Evaluate accepts, the schema accepts. Show-if
// conditions become if/then/else, so that a hidden item must be absent. What
// the draft cannot say is left out: ranges and comparisons of dates.
func (d *Definition) JSONSchema(lang huifang.Lang) []byte {
	properties, required, rules := object{}, []string{}, []any{}
	var section []Condition
	for i := range d.Items {
		it := &d.Items[i]
		if it.Kind == KindSection {
			section = it.ShowIf
			continue
		}
		properties[it.Code] = it.schema(lang)
		test, exact := d.schemaAll(i, section, it.ShowIf)
		switch {
		case test == nil && exact && it.Required:
			required = append(required, it.Code)
		case test != nil:
			rules = append(rules, it.visibility(test, exact))
		}
	}
	s := object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"$id":                  d.urn() + ":" + plain(float64(d.Version)),
		"title":                d.Name.In(lang),
		"type":                 "object",
		"properties":           properties,
		"additionalProperties": false,
	}
	s.text("description", d.Description.In(lang))
	if len(required) > 0 {
		s["required"] = required
	}
	if len(rules) > 0 {
		s["allOf"] = rules
	}
	return s.bytes()
}

// urn names the form in exports.
func (d *Definition) urn() string { return "urn:huifang:form:" + d.Code }

// visibility is: where test fails the item is absent, and where it is the
// whole truth and the item required, it is present.
func (it *Item) visibility(test object, exact bool) object {
	rule := object{"if": test, "else": object{"properties": object{it.Code: false}}}
	if exact && it.Required {
		rule["then"] = object{"required": []string{it.Code}}
	}
	return rule
}

func (it *Item) schema(lang huifang.Lang) object {
	s := it.typed(lang).text("title", it.Label.In(lang))
	return s.text("description", it.Help.In(lang))
}

func (it *Item) typed(lang huifang.Lang) object {
	switch it.Kind {
	case KindText:
		return object{"type": "string", "minLength": 1, "maxLength": it.maxLength()}
	case KindNumber:
		s := object{"type": "number"}.number("minimum", it.Min).number("maximum", it.Max)
		if it.Integer {
			s["type"] = "integer"
		}
		return s
	case KindDate:
		return object{"type": "string", "format": "date"}
	case KindChoice:
		return it.optionSchema(lang)
	case KindChoices:
		return it.choicesSchema(lang)
	case KindRating, KindNPS:
		return it.gradeSchema()
	case KindMatrix:
		return it.matrixSchema(lang)
	case KindYesNo:
		return object{"type": "boolean"}
	case KindPhoto, KindFile:
		return it.listSchema(object{"type": "string", "minLength": 1, "maxLength": longestHash})
	case KindSignature:
		return object{
			"type": "object", "additionalProperties": false, "required": []string{"name"},
			"properties": object{
				"name":  object{"type": "string", "minLength": 1, "maxLength": longestName},
				"image": object{"type": "string", "minLength": 1, "maxLength": longestHash},
			},
		}
	case KindSection:
	}
	return object{}
}

func (it *Item) gradeSchema() object {
	return object{"type": "integer", "minimum": it.lowest(), "maximum": it.scale()}
}

func (it *Item) optionSchema(lang huifang.Lang) object {
	options := make([]any, len(it.Options))
	for i := range it.Options {
		o := &it.Options[i]
		options[i] = object{"const": o.Code, "title": o.Label.In(lang)}
	}
	return object{"type": "string", "oneOf": options}
}

func (it *Item) listSchema(items object) object {
	fewest, most := it.counts()
	return object{"type": "array", "items": items, "uniqueItems": true, "minItems": fewest, "maxItems": most}
}

func (it *Item) choicesSchema(lang huifang.Lang) object {
	s := it.listSchema(it.optionSchema(lang))
	var alone []any
	for i := range it.Options {
		if o := &it.Options[i]; o.Exclusive {
			alone = append(alone, object{
				"if":   object{"contains": object{"const": o.Code}},
				"then": object{"maxItems": 1},
			})
		}
	}
	if alone != nil {
		s["allOf"] = alone
	}
	return s
}

func (it *Item) matrixSchema(lang huifang.Lang) object {
	rows, codes := object{}, make([]string, len(it.Rows))
	for i := range it.Rows {
		r := &it.Rows[i]
		cell := it.gradeSchema()
		if !it.graded() {
			cell = it.optionSchema(lang)
		}
		rows[r.Code] = cell.text("title", r.Label.In(lang))
		codes[i] = r.Code
	}
	s := object{"type": "object", "properties": rows, "additionalProperties": false, "minProperties": 1}
	if it.Required {
		s["required"] = codes
	}
	return s
}
