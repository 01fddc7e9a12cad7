package form

import (
	"strings"

	"github.com/huifang/huifang"
)

// Release is a release of HL7 FHIR.
type Release string

// The releases a form can be exported to. They differ in the type of choice
// items and in how option scores are written.
const (
	FHIRR4 Release = "4.0.1"
	FHIRR5 Release = "5.0.0"
)

const (
	fhirExtension = "http://hl7.org/fhir/StructureDefinition/"
	fhirControls  = "http://hl7.org/fhir/questionnaire-item-control"
)

// export is one export of a definition.
type export struct {
	def     *Definition
	lang    huifang.Lang
	release Release
}

// FHIR is the form as a FHIR Questionnaire resource in JSON, with texts in
// lang. Sections and matrices become groups, show-if conditions enableWhen,
// options answerOption with their scores; a condition that would need more than
// 64 alternatives is left out. linkIds are the item codes;
// "item.row" for matrix rows, "item.name" and "item.image" for signatures,
// "item~help" for help texts, "item~n" for the groups that hold what one flat
// enableWhen cannot say. FHIR has no place for weights, bands and verdicts.
func (d *Definition) FHIR(lang huifang.Lang, release Release) []byte {
	x := &export{def: d, lang: lang, release: release}
	q := object{
		"resourceType": "Questionnaire",
		"url":          d.urn(),
		"version":      plain(float64(d.Version)),
		"name":         fhirName(d.Code),
		"title":        d.Name.In(lang),
		"status":       "active",
		"language":     map[huifang.Lang]string{huifang.ZH: "zh-CN", huifang.EN: "en"}[lang],
	}
	q.text("description", d.Description.In(lang))
	if items := x.items(); len(items) > 0 {
		q["item"] = items
	}
	return q.bytes()
}

// fhirName is the code as FHIR wants names of resources: an upper-case letter,
// then letters, digits and underscores.
func fhirName(code string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(code, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	if b.Len() < 2 {
		return "Form" + b.String()
	}
	return b.String()
}

// items nests what follows a section into its group.
func (x *export) items() []any {
	var out, inner []any
	var head *Item
	at := 0
	flush := func() {
		if head != nil {
			out = append(out, x.conditional(x.section(head, inner), head.Code, head.ShowIf, at))
		} else {
			out = append(out, inner...)
		}
		inner = nil
	}
	for i := range x.def.Items {
		it := &x.def.Items[i]
		if it.Kind == KindSection {
			flush()
			head, at = it, i
			continue
		}
		inner = append(inner, x.conditional(x.item(it), it.Code, it.ShowIf, i))
	}
	flush()
	return out
}

// section is a group, or a display text where nothing stands under it.
func (x *export) section(it *Item, inner []any) object {
	if len(inner) == 0 {
		return x.base(it.Code, "display", it.Label)
	}
	o := x.base(it.Code, "group", it.Label)
	o["item"] = append(x.help(it), inner...)
	return o
}

func (x *export) base(id, kind string, label huifang.Text) object {
	return object{"linkId": id, "type": kind}.text("text", label.In(x.lang))
}

func (x *export) help(it *Item) []any {
	if it.Help.In(x.lang) == "" {
		return nil
	}
	h := x.base(it.Code+"~help", "display", it.Help)
	h["extension"] = []any{itemControl("help")}
	return []any{h}
}

func itemControl(code string) object {
	return object{
		"url":                  fhirExtension + "questionnaire-itemControl",
		"valueCodeableConcept": object{"coding": []any{object{"system": fhirControls, "code": code}}},
	}
}

func (x *export) item(it *Item) object {
	var o object
	switch it.Kind {
	case KindMatrix:
		o = x.matrix(it)
	case KindSignature:
		o = x.signature(it)
	default:
		o = x.question(it.Code, it, it.Label)
	}
	if help := x.help(it); help != nil {
		inner, _ := o["item"].([]any)
		o["item"] = append(help, inner...)
	}
	if it.Required {
		o["required"] = true
	}
	return o
}
