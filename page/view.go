package page

import (
	"html/template"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// States of a page besides those of a survey.
const (
	stateUnknown = "unknown"
	stateBusy    = "busy"
	stateFailed  = "failed"
	stateStop    = "stop"
	stateStopped = "stopped"
)

// view is what the template is filled with.
type view struct {
	Lang   huifang.Lang
	CSS    template.CSS
	State  string
	Survey *app.Survey
	Items  []item
	Name   string
	Note   huifang.Text
	More   bool // answers brought up further questions
	Faults []fault

	secret string
	fields map[string][]string
}

// item is a question with what was answered and what is wrong with it.
type item struct {
	app.SurveyItem
	Fresh bool
	Fault *fault

	view *view
}

// fault is a message with the place it belongs to.
type fault struct {
	Field string // item, or "item.row"
	Text  huifang.Text
}

func newView(s *app.Survey, fields map[string][]string) *view {
	v := &view{State: string(s.State), Survey: s, fields: fields}
	if s.State != app.SurveyOpen {
		return v
	}
	if name := fields[fieldName]; len(name) > 0 {
		v.Name = name[0]
	}
	for _, it := range s.Items(fields) {
		v.Items = append(v.Items, item{SurveyItem: it, view: v})
	}
	return v
}

// faults puts what is wrong beside the items it is about.
func (v *view) faults(e *huifang.Error) {
	list := e.Details
	if len(list) == 0 {
		list = []*huifang.Error{e}
	}
	for _, one := range list {
		v.Faults = append(v.Faults, fault{Field: one.At.Field, Text: one.Message})
	}
	for i := range v.Items {
		for j := range v.Faults {
			code, _, _ := strings.Cut(v.Faults[j].Field, ".")
			if v.Items[i].Fault == nil && code == v.Items[i].Code {
				v.Items[i].Fault = &v.Faults[j]
			}
		}
	}
}

// T picks the page's language.
func (v *view) T(zh, en string) string { return huifang.Text{ZH: zh, EN: en}.In(v.Lang) }

// In is a text in the page's language.
func (v *view) In(t huifang.Text) string { return t.In(v.Lang) }

// Self is the page's own address; Stop that of the opt-out; Other the page in
// the other language.
func (v *view) Self() string { return v.address("", v.Lang) }

// Stop is the address of the opt-out.
func (v *view) Stop() string { return v.address("/stop", v.Lang) }

// Other is the same page in the other language.
func (v *view) Other() string {
	other, path := huifang.EN, ""
	if v.Lang == huifang.EN {
		other = huifang.ZH
	}
	if v.State == stateStop || v.State == stateStopped {
		path = "/stop"
	}
	return v.address(path, other)
}

// Shown lists the questions on the page, for the next round.
func (v *view) Shown() string {
	codes := make([]string, 0, len(v.Items))
	for i := range v.Items {
		codes = append(codes, v.Items[i].Code)
	}
	return strings.Join(codes, ",")
}

// Signs tells whether the form asks for a signature of its own.
func (v *view) Signs() bool {
	return slices.ContainsFunc(v.Items, func(it item) bool { return it.Kind == "signature" })
}

// T and In are the view's, for the templates of items.
func (it item) T(zh, en string) string { return it.view.T(zh, en) }

// In is a text in the page's language.
func (it item) In(t huifang.Text) string { return it.view.In(t) }

// Value is what was filled in under a name, the item's own where part is empty.
func (it item) Value(part string) string {
	if got := it.view.fields[it.name(part)]; len(got) > 0 {
		return got[0]
	}
	return ""
}

// Chosen tells whether an option was chosen.
func (it item) Chosen(part, option string) bool {
	return slices.Contains(it.view.fields[it.name(part)], option)
}

// FaultOf is what is wrong with one row of a matrix.
func (it item) FaultOf(row string) *fault {
	for i := range it.view.Faults {
		if it.view.Faults[i].Field == it.name(row) {
			return &it.view.Faults[i]
		}
	}
	return nil
}

func (it item) name(part string) string {
	if part == "" {
		return it.Code
	}
	return it.Code + "." + part
}
