package app

import (
	"math"
	"slices"
	"strconv"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// SurveyItem is one question or heading as a page shows it. The form's help is
// for staff who fill it in, and is left out.
type SurveyItem struct {
	Code      string
	Kind      string // section, text, number, date, choice, choices, grade, matrix, signature
	Label     huifang.Text
	Suffix    huifang.Text
	Required  bool
	Multiline bool
	Longest   int            // characters of a text
	Whole     bool           // numbers without decimals
	Earliest  string         // of a date
	Latest    string         //
	Options   []SurveyOption // choice, choices, grade, matrix
	Rows      []SurveyOption // matrix
}

// SurveyOption is one possible answer, or a row of a matrix.
type SurveyOption struct {
	Value string
	Label huifang.Text
}

// answerable tells whether a contact can fill a form in by themselves: nothing
// it demands is a photo, a file, or for staff to say.
func answerable(def *form.Definition) bool {
	return def != nil && !slices.ContainsFunc(def.Items, func(it form.Item) bool {
		return it.Required && (it.Staff || it.Kind == form.KindPhoto || it.Kind == form.KindFile)
	})
}

// shownItem tells an item that contacts are asked. Photos, files and signatures
// that are not demanded are for staff.
func shownItem(it *form.Item) bool {
	switch it.Kind { //nolint:exhaustive // the others are shown
	case form.KindPhoto, form.KindFile:
		return false
	case form.KindSignature:
		return it.Required
	}
	return !it.Staff
}

// answers reads the fields of the page; what was not on it says nothing.
func (s *Survey) answers(fields map[string][]string) huifang.Attributes {
	out := s.form.Parse(fields)
	for i := range s.form.Items {
		if it := &s.form.Items[i]; !shownItem(it) {
			delete(out, it.Code)
		}
	}
	return out
}

// Items are what a page asks for the answers so far, in order. Headings without
// a question below them are left out.
func (s *Survey) Items(fields map[string][]string) []SurveyItem {
	visible := s.form.Visible(s.answers(fields))
	var out []SurveyItem
	for i := range s.form.Items {
		it := &s.form.Items[i]
		if !slices.Contains(visible, it.Code) || !shownItem(it) {
			continue
		}
		if n := len(out); it.Kind == form.KindSection && n > 0 && out[n-1].Kind == "section" {
			out = out[:n-1]
		}
		out = append(out, surveyItem(it))
	}
	if n := len(out); n > 0 && out[n-1].Kind == "section" {
		out = out[:n-1]
	}
	return out
}

func surveyItem(it *form.Item) SurveyItem {
	out := SurveyItem{
		Code: it.Code, Kind: string(it.Kind), Label: it.Label, Suffix: it.Suffix, Required: it.Required, Multiline: it.Multiline,
		Longest: it.MaxLength, Whole: it.Integer,
	}
	if it.Earliest != nil {
		out.Earliest = it.Earliest.String()
	}
	if it.Latest != nil {
		out.Latest = it.Latest.String()
	}
	for i := range it.Options {
		out.Options = append(out.Options, SurveyOption{it.Options[i].Code, it.Options[i].Label})
	}
	for i := range it.Rows {
		out.Rows = append(out.Rows, SurveyOption{it.Rows[i].Code, it.Rows[i].Label})
	}
	switch it.Kind { //nolint:exhaustive // the others are shown as they are
	case form.KindYesNo:
		out.Kind, out.Options = "choice", yesNo(out.Options)
	case form.KindRating:
		out.Kind, out.Options = "grade", grades(1, scaleOf(it))
	case form.KindNPS:
		out.Kind, out.Options = "grade", grades(0, 10)
	case form.KindMatrix:
		if len(out.Options) == 0 {
			out.Options = grades(1, scaleOf(it))
		}
	}
	return out
}

func scaleOf(it *form.Item) int {
	if it.Scale > 0 {
		return it.Scale
	}
	return 5
}

func grades(from, to int) []SurveyOption {
	out := make([]SurveyOption, 0, min(to-from+1, math.MaxUint8))
	for n := from; n <= to; n++ {
		s := strconv.Itoa(n)
		out = append(out, SurveyOption{s, huifang.Text{ZH: s, EN: s}})
	}
	return out
}

// yesNo are the two answers with the form's words for them.
func yesNo(named []SurveyOption) []SurveyOption {
	out := []SurveyOption{{"yes", huifang.Text{ZH: "是", EN: "Yes"}}, {"no", huifang.Text{ZH: "否", EN: "No"}}}
	for _, o := range named {
		for i := range out {
			if out[i].Value == o.Value {
				out[i].Label = o.Label
			}
		}
	}
	return out
}
