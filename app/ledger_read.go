package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// ledgerReader reads what ledgers show, in words of a language. Phone and id
// numbers are hidden unless they were asked for.
type ledgerReader struct {
	app    *App
	d      *directory
	p      *pack.Pack
	lang   huifang.Lang
	whole  bool
	forms  map[formVersion]*form.Definition
	labels map[string][]plan.Value // of choice attributes
}

type formVersion struct {
	code    string
	version int
}

func (b *ledgerBook) newReader(ctx context.Context) (*ledgerReader, error) {
	r := &ledgerReader{app: b.app, d: b.d, p: b.p, lang: b.lang, whole: b.q.Reveal, forms: map[formVersion]*form.Definition{}, labels: map[string][]plan.Value{}}
	for _, kinds := range [][]pack.SubjectKind{b.p.Contacts, b.p.Assets} {
		for _, k := range kinds {
			r.learn(k.Attributes)
		}
	}
	for _, t := range b.p.Events {
		r.learn(t.Attributes)
	}
	for _, f := range b.facts {
		if f.Record == nil {
			continue
		}
		v := formVersion{f.Record.Form, f.Record.FormVer}
		if _, known := r.forms[v]; !known {
			def, err := b.app.formOf(ctx, b.d, v.code, v.version)
			if err != nil {
				return nil, err
			}
			r.forms[v] = def
		}
	}
	return r, nil
}

func (r *ledgerReader) learn(types []plan.AttributeType) {
	for _, t := range types {
		for _, v := range t.Values {
			if !slices.ContainsFunc(r.labels[t.Name], func(o plan.Value) bool { return o.Code == v.Code }) {
				r.labels[t.Name] = append(r.labels[t.Name], v)
			}
		}
	}
}

// text is what is read as a plain text.
func (r *ledgerReader) text(from pack.Reading, f *ledgerFact) string {
	v, _ := r.read(from, f)
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case huifang.Date:
		return v.String()
	}
	return ""
}

// read is the first alternative that has something, and the record it leads to.
func (r *ledgerReader) read(from pack.Reading, f *ledgerFact) (any, *report.Opens) {
	for _, part := range from {
		v, opens := r.one(part, f)
		if v != nil && v != "" && v != huifang.NoDate {
			return v, opens
		}
	}
	return nil, nil
}

func (r *ledgerReader) one(part string, f *ledgerFact) (any, *report.Opens) {
	kind, name, _ := strings.Cut(part, ":")
	switch kind {
	case "answer":
		return r.answer(name, f), nil
	case "attribute":
		return r.attribute(name, f), nil
	case "contact.attribute":
		if f.Contact == nil {
			return nil, nil
		}
		return r.shown(name, f.Contact.Attributes[name]), nil
	case "asset.attribute":
		if f.Asset == nil {
			return nil, nil
		}
		return r.shown(name, f.Asset.Attributes[name]), nil
	}
	switch {
	case strings.HasPrefix(part, "contact."):
		return r.ofContact(part, f.Contact)
	case strings.HasPrefix(part, "asset."):
		return r.ofAsset(part, f.Asset)
	case strings.HasPrefix(part, "case."):
		return r.ofCase(part, f)
	case strings.HasPrefix(part, "event_"):
		return r.ofEvent(part, f.Event), nil
	}
	return r.ofFollowup(part, f)
}

// attribute is an attribute of the event, else of the contact, else the asset.
func (r *ledgerReader) attribute(name string, f *ledgerFact) any {
	if f.Event != nil && f.Event.Attributes[name] != nil {
		return r.shown(name, f.Event.Attributes[name])
	}
	if f.Contact != nil && f.Contact.Attributes[name] != nil {
		return r.shown(name, f.Contact.Attributes[name])
	}
	if f.Asset != nil {
		return r.shown(name, f.Asset.Attributes[name])
	}
	return nil
}

// shown is an attribute's value in words.
func (r *ledgerReader) shown(name string, v any) any {
	switch v := v.(type) {
	case string:
		return r.word(name, v)
	case float64:
		if s := strconv.FormatFloat(v, 'f', -1, 64); !r.whole && maskText(s) != s {
			return maskText(s)
		}
		return v
	case bool:
		return r.yes(v)
	case []any:
		words := make([]string, 0, len(v))
		for _, one := range v {
			if s, ok := one.(string); ok {
				words = append(words, r.textOf(r.word(name, s)))
			}
		}
		return strings.Join(words, r.comma())
	}
	return nil
}

func (r *ledgerReader) textOf(v any) string {
	if d, ok := v.(huifang.Date); ok {
		return d.String()
	}
	s, _ := v.(string)
	return s
}

// word is a text, the name of a choice, or a date.
func (r *ledgerReader) word(name, s string) any {
	for _, v := range r.labels[name] {
		if v.Code == s {
			return v.Name.In(r.lang)
		}
	}
	if d, err := huifang.ParseDate(s); err == nil {
		return d
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return r.minute(at, r.d.zone)
	}
	return r.hidden(s)
}

func (r *ledgerReader) hidden(s string) string {
	if r.whole {
		return s
	}
	return maskText(s)
}

func (r *ledgerReader) yes(v bool) string {
	t := huifang.Text{ZH: "否", EN: "no"}
	if v {
		t = huifang.Text{ZH: "是", EN: "yes"}
	}
	return t.In(r.lang)
}

func (r *ledgerReader) comma() string {
	if r.lang == huifang.EN {
		return ", "
	}
	return "、"
}

func (r *ledgerReader) minute(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2006-01-02 15:04")
}

func (r *ledgerReader) ofContact(part string, c *huifang.Contact) (any, *report.Opens) {
	if c == nil {
		return nil, nil
	}
	switch part {
	case "contact.code":
		return r.hidden(c.Code), nil
	case "contact.name":
		return c.Name, &report.Opens{Kind: "contact", ID: c.ID}
	case "contact.kind":
		for _, k := range r.p.Contacts {
			if k.Code == c.Kind {
				return k.Name.In(r.lang), nil
			}
		}
		return c.Kind, nil
	case "contact.phone":
		phones := make([]string, len(c.Phones))
		for i, p := range c.Phones {
			if phones[i] = p; !r.whole {
				phones[i] = maskPhone(p)
			}
		}
		return strings.Join(phones, r.comma()), nil
	case "contact.email":
		return c.Email, nil
	case "contact.address":
		return c.Address, nil
	case "contact.owner":
		return r.d.staffName(c.Owner), nil
	case "contact.steward":
		return r.d.staffName(c.Steward), nil
	}
	return nil, nil
}

func (r *ledgerReader) ofAsset(part string, x *huifang.Asset) (any, *report.Opens) {
	if x == nil {
		return nil, nil
	}
	opens := &report.Opens{Kind: "asset", ID: x.ID}
	switch part {
	case "asset.code":
		return r.hidden(x.Code), opens
	case "asset.name":
		return assetName(x), opens
	case "asset.kind":
		for _, k := range r.p.Assets {
			if k.Code == x.Kind {
				return k.Name.In(r.lang), nil
			}
		}
		return x.Kind, nil
	}
	return nil, nil
}

func (r *ledgerReader) ofEvent(part string, e *huifang.Event) any {
	if e == nil {
		return nil
	}
	switch part {
	case "event_on":
		return huifang.DateOf(e.At, r.d.zoneOf(e.Unit))
	case "event_staff":
		return r.d.staffName(e.Staff)
	}
	if e.Key == string(e.ID) { // made by ourselves
		return nil
	}
	return e.Key
}

func (r *ledgerReader) ofCase(part string, f *ledgerFact) (any, *report.Opens) {
	c := f.Case
	if c == nil {
		return nil, nil
	}
	opens := &report.Opens{Kind: "case", ID: c.ID}
	switch part {
	case "case.number":
		return c.Number, opens
	case "case.state":
		return report.NameOf(c.State).In(r.lang), opens
	case "case.owner":
		return r.d.staffName(c.Owner), nil
	case "case.due":
		return c.Due, nil
	case "case.measures":
		measures := make([]string, len(f.actions))
		for i, a := range f.actions {
			measures[i] = a.Measure
		}
		return strings.Join(measures, "\n"), nil
	case "case.resolution":
		return c.Resolution, nil
	case "case.closed_on":
		if !c.Closed.IsZero() {
			return huifang.DateOf(c.Closed, r.d.zoneOf(c.Unit)), nil
		}
	case "case.final":
		return report.NameOf(f.final).In(r.lang), nil
	}
	return nil, nil
}
