package app

import (
	"math"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// ofFollowup reads what the follow-up itself says.
func (r *ledgerReader) ofFollowup(part string, f *ledgerFact) (any, *report.Opens) {
	v := f.Followup
	if v.ID == "" { // a contact without one
		return nil, nil
	}
	if part == "number" {
		return v.Number, &report.Opens{Kind: "followup", ID: v.ID}
	}
	if value, ok := r.planned(part, f); ok {
		return value, nil
	}
	return r.done(part, f), nil
}

// planned is what was known before the follow-up was done.
func (r *ledgerReader) planned(part string, f *ledgerFact) (value any, ok bool) {
	v := f.Followup
	switch part {
	case "program", "step":
		program, step := r.d.programNames(v)
		if part == "step" {
			program = step
		}
		return program.In(r.lang), true
	case "occurrence":
		return int64(v.Occurrence), true
	case "opens":
		return momentValue(v.Window.Opens), true
	case "closes":
		return momentValue(v.Window.Closes), true
	case "state":
		return report.NameOf(f.State).In(r.lang), true
	case "assignees":
		return r.assignees(v), true
	case "department":
		return v.Department, true
	case "unit":
		return r.d.unitName(v.Unit), true
	case "matter":
		return v.Matter, true
	}
	return nil, false
}

// momentValue is a date, or a text where a time of day belongs to it.
func momentValue(m huifang.Moment) any {
	if m.Clock == huifang.NoClock {
		return m.Date
	}
	return strings.Replace(m.String(), "T", " ", 1)
}

func (r *ledgerReader) assignees(f *huifang.Followup) string {
	names := make([]string, 0, len(f.Assignees))
	for _, a := range f.Assignees {
		switch {
		case a.Staff != "":
			names = append(names, r.d.staffName(a.Staff))
		case r.d.roles[a.Role].Name != (huifang.Text{}):
			names = append(names, r.d.roles[a.Role].Name.In(r.lang))
		default:
			names = append(names, a.Role)
		}
	}
	return strings.Join(names, r.comma())
}

// done is what became of the follow-up.
func (r *ledgerReader) done(part string, f *ledgerFact) any { //nolint:cyclop // one case a part
	v := f.Followup
	switch part {
	case "reason":
		if v.State == huifang.StateCancelled {
			return plan.ReasonText(v.Reason).In(r.lang)
		}
		return r.hidden(v.Reason)
	case "done_on", "done_at":
		if v.DoneAt.IsZero() {
			return nil
		}
		if zone := r.d.zoneOf(v.Unit); part == "done_at" {
			return r.minute(v.DoneAt, zone)
		}
		return huifang.DateOf(v.DoneAt, r.d.zoneOf(v.Unit))
	case "done_by":
		return r.d.staffName(v.DoneBy)
	case "channel":
		if f.Record != nil {
			return report.NameOf(f.Record.Channel).In(r.lang)
		}
	case "verdict":
		return report.NameOf(v.Satisfied).In(r.lang)
	case "score":
		if v.Scored {
			return math.Round(v.Score*10) / 10
		}
	case "review":
		return report.NameOf(v.Review).In(r.lang)
	case "opinion":
		if n := len(f.reviews); n > 0 {
			return f.reviews[n-1].Opinion
		}
	case "attempts":
		return int64(v.Attempts)
	case "tried":
		if n := len(f.attempts); n > 0 {
			return report.NameOf(f.attempts[n-1].Disposition).In(r.lang)
		}
	case "tries":
		return r.tries(f)
	}
	return nil
}

func (r *ledgerReader) tries(f *ledgerFact) string {
	lines := make([]string, len(f.attempts))
	for i, a := range f.attempts {
		parts := []string{a.At.In(r.d.zoneOf(f.Followup.Unit)).Format("01-02 15:04"), report.NameOf(a.Channel).In(r.lang), report.NameOf(a.Disposition).In(r.lang)}
		if a.Note != "" {
			parts = append(parts, r.hidden(a.Note))
		}
		lines[i] = strings.Join(parts, " ")
	}
	return strings.Join(lines, "\n")
}

// answer is what was answered, in the words of the form it was answered on.
func (r *ledgerReader) answer(code string, f *ledgerFact) any {
	if f.Record == nil || f.Record.Answers[code] == nil {
		return nil
	}
	value := f.Record.Answers[code]
	def := r.forms[formVersion{f.Record.Form, f.Record.FormVer}]
	if def != nil {
		for i := range def.Items {
			if def.Items[i].Code == code {
				return r.said(&def.Items[i], value)
			}
		}
	}
	return r.shown(code, value)
}

// said is an answer to an item in words.
func (r *ledgerReader) said(it *form.Item, value any) any {
	switch v := value.(type) {
	case bool:
		code := "no"
		if v {
			code = "yes"
		}
		if name := r.option(it, code); name != code {
			return name
		}
		return r.yes(v)
	case []any:
		return r.saidList(it, v)
	case map[string]any:
		return r.saidMap(it, v)
	case string:
		if it.Kind == form.KindChoice {
			return r.option(it, v)
		}
		return r.shown(it.Code, v)
	}
	return r.shown(it.Code, value)
}

func (r *ledgerReader) option(it *form.Item, code string) string {
	for _, o := range it.Options {
		if o.Code == code {
			return o.Label.In(r.lang)
		}
	}
	return code
}

func (r *ledgerReader) saidList(it *form.Item, values []any) any {
	if it.Kind == form.KindPhoto || it.Kind == form.KindFile {
		return int64(len(values))
	}
	words := make([]string, 0, len(values))
	for _, v := range values {
		if code, ok := v.(string); ok {
			words = append(words, r.option(it, code))
		}
	}
	return strings.Join(words, r.comma())
}

// saidMap is a matrix, row by row, or the name that was signed.
func (r *ledgerReader) saidMap(it *form.Item, values map[string]any) any {
	if it.Kind == form.KindSignature {
		name, _ := values["name"].(string)
		return name
	}
	var lines []string
	for _, row := range it.Rows {
		switch v := values[row.Code].(type) {
		case string:
			lines = append(lines, row.Label.In(r.lang)+" "+r.option(it, v))
		case float64:
			lines = append(lines, row.Label.In(r.lang)+" "+strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	return strings.Join(lines, "\n")
}
