package pack_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

func builtins(t *testing.T) []*pack.Pack {
	t.Helper()
	var out []*pack.Pack
	for _, name := range pack.List() {
		p, err := pack.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Code != name {
			t.Errorf("pack %s calls itself %s", name, p.Code)
		}
		out = append(out, p)
	}
	if len(out) < 2 {
		t.Fatal("no built-in packs")
	}
	return out
}

// eachText visits every text of a value with its path.
func eachText(v reflect.Value, path string, visit func(path string, text huifang.Text)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachText(v.MapIndex(k), path+"."+k.String(), visit)
		}
	case reflect.Struct:
		if t, ok := reflect.TypeAssert[huifang.Text](v); ok {
			visit(path, t)
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				eachText(v.Field(i), path+"."+f.Name, visit)
			}
		}
	default:
	}
}

// TestBothLanguages: every text of a built-in pack is in Chinese and in
// English, or in neither.
func TestBothLanguages(t *testing.T) {
	for _, p := range builtins(t) {
		n := 0
		eachText(reflect.ValueOf(*p), p.Code, func(path string, text huifang.Text) {
			n++
			if text == (huifang.Text{}) {
				return
			}
			if !strings.ContainsFunc(text.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: no Chinese in %+v", path, text)
			}
			if text.EN == "" || strings.ContainsFunc(text.EN, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: not English: %+v", path, text)
			}
		})
		if n < 500 {
			t.Errorf("%s: only %d texts looked at", p.Code, n)
		}
	}
}

// TestEveryProgramIsWhole: a program of a built-in pack has all that its work
// needs: where the rule comes from, a target, channels, assignees, a form that
// can tell what went wrong, a script, a case for that, a place on the month's
// sheet. Where satisfaction is asked, it must be answered.
func TestEveryProgramIsWhole(t *testing.T) {
	for _, p := range builtins(t) {
		for _, d := range p.Programs {
			switch {
			case d.Source == "" || d.Target <= 0 || len(d.Channels) == 0 || len(d.Assign) == 0 || len(d.Late) == 0:
				t.Errorf("%s/%s: %+v", p.Code, d.Code, d)
			case d.Description == (huifang.Text{}):
				t.Errorf("%s/%s has no description", p.Code, d.Code)
			}
			if d.Retry.Tries != 3 || d.Retry.Every.String() != "1d" {
				t.Errorf("%s/%s: retry %+v", p.Code, d.Code, d.Retry)
			}
			f, _ := p.Form(d.Form)
			if slices.ContainsFunc(f.Items, func(i form.Item) bool { return i.Code == "satisfaction" && !i.Required }) {
				t.Errorf("%s/%s: form %q does not insist on satisfaction", p.Code, d.Code, d.Form)
			}
			if !canFail(f) {
				t.Errorf("%s/%s: no answer to form %q says that something went wrong", p.Code, d.Code, d.Form)
			}
			if _, ok := p.Script(d.Script); !ok {
				t.Errorf("%s/%s: no script", p.Code, d.Code)
			}
			if !slices.ContainsFunc(d.Outcomes, func(o plan.Outcome) bool { return o.Case != nil }) {
				t.Errorf("%s/%s: nothing opens a case", p.Code, d.Code)
			}
			if !slices.Contains(p.Statistics.Programs, d.Code) {
				t.Errorf("%s/%s is not on the month's sheet", p.Code, d.Code)
			}
		}
	}
}

// canFail tells whether some answer makes the verdict dissatisfied or
// unqualified.
func canFail(f form.Definition) bool {
	bad := func(v huifang.Verdict) bool {
		return v == huifang.VerdictDissatisfied || v == huifang.VerdictUnqualified
	}
	if len(f.Dissatisfied)+len(f.Unqualified) > 0 || f.Scoring != nil && slices.ContainsFunc(f.Scoring.Bands, func(b form.Band) bool { return bad(b.Verdict) }) {
		return true
	}
	return slices.ContainsFunc(f.Items, func(i form.Item) bool {
		return slices.ContainsFunc(i.Options, func(o form.Option) bool { return bad(o.Verdict) })
	})
}

// TestVerdictsOfForms answers the forms the way a customer might and looks at
// what that comes to.
func TestVerdictsOfForms(t *testing.T) {
	p, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		form    string
		answers huifang.Attributes
		want    huifang.Verdict
	}{
		{"complaint", huifang.Attributes{"satisfaction": "very_satisfied"}, huifang.VerdictSatisfied},
		{"complaint", huifang.Attributes{"satisfaction": "basically"}, huifang.VerdictSatisfied},
		{"complaint", huifang.Attributes{"satisfaction": "dissatisfied"}, huifang.VerdictDissatisfied},
		{"complaint", huifang.Attributes{"satisfaction": "satisfied", "qualified": false}, huifang.VerdictUnqualified},
		{"complaint", huifang.Attributes{"satisfaction": "dissatisfied", "solved": "unsolved"}, huifang.VerdictUnqualified},
		{"complaint", huifang.Attributes{"satisfaction": "satisfied", "effect": "again"}, huifang.VerdictUnqualified},
		{"repair", huifang.Attributes{"satisfaction": "satisfied", "effect": "again"}, huifang.VerdictUnqualified},
		{"repair", huifang.Attributes{"satisfaction": "satisfied", "effect": "minor", "qualified": true}, huifang.VerdictSatisfied},
		{"special_service", huifang.Attributes{"satisfaction": "satisfied", "as_agreed": "no"}, huifang.VerdictUnqualified},
		{"help", huifang.Attributes{"satisfaction": "satisfied", "effect": "remains"}, huifang.VerdictUnqualified},
		{"service_quality", huifang.Attributes{"satisfaction": "dissatisfied"}, huifang.VerdictDissatisfied},
		{"emergency", huifang.Attributes{"satisfaction": "satisfied", "hazard": "remains"}, huifang.VerdictUnqualified},
		{"safety", huifang.Attributes{"satisfaction": "satisfied", "qualified": false}, huifang.VerdictUnqualified},
		{"environment", huifang.Attributes{"satisfaction": "satisfied"}, huifang.VerdictSatisfied},
		{"recheck", huifang.Attributes{"satisfaction": "satisfied", "corrected": "no"}, huifang.VerdictUnqualified},
		{"recheck", huifang.Attributes{}, huifang.VerdictNone},
	} {
		f, ok := p.Form(c.form)
		if !ok {
			t.Fatal(c.form)
		}
		if got := f.Judge(c.answers); got.Verdict != c.want {
			t.Errorf("%s %v: %q, want %q", c.form, c.answers, got.Verdict, c.want)
		}
	}
}

// TestChecklistScores: eight points done of sixteen is 50 and unqualified; a
// point that does not apply takes no part.
func TestChecklistScores(t *testing.T) {
	p, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	f, _ := p.Form("service_principles")
	answer := func(each string) huifang.Attributes {
		a := huifang.Attributes{"checked_staff": "前台"}
		for _, i := range f.Items {
			if i.Kind == "choice" {
				a[i.Code] = each
			}
		}
		return a
	}
	if r := f.Judge(answer("pass")); r.Score != 100 || r.Verdict != huifang.VerdictSatisfied || r.Band != "excellent" {
		t.Errorf("%+v", r)
	}
	if r := f.Judge(answer("partly")); r.Score != 50 || r.Verdict != huifang.VerdictUnqualified {
		t.Errorf("%+v", r)
	}
	mixed := answer("na")
	for i, code := range []string{"attitude_greets", "skill_hands", "items_offered", "manner_convenient", "procedure_order"} {
		mixed[code] = "pass"
		if i == 0 {
			mixed[code] = "partly"
		}
	}
	if r := f.Judge(mixed); r.Score != 90 || r.Band != "good" {
		t.Errorf("%+v", r)
	}
}

// TestTenKindsOfPhrase: the library has each of the ten kinds, and every
// program's script greets, asks and takes leave.
func TestTenKindsOfPhrase(t *testing.T) {
	p, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	lib, ok := p.Script("phrases")
	if !ok || len(pack.PhraseKinds()) != 10 {
		t.Fatal("no library")
	}
	for _, k := range pack.PhraseKinds() {
		if !slices.ContainsFunc(lib.Phrases, func(ph pack.Phrase) bool { return ph.Kind == k }) {
			t.Errorf("the library has no %s", k)
		}
		if len(p.Phrases(k)) == 0 {
			t.Errorf("no %s", k)
		}
	}
	for _, s := range p.Scripts {
		var kinds []pack.PhraseKind
		for _, ph := range s.Phrases {
			kinds = append(kinds, ph.Kind)
		}
		for _, k := range []pack.PhraseKind{pack.PhraseGreeting, pack.PhraseEnquiry, pack.PhraseFarewell} {
			if !slices.Contains(kinds, k) {
				t.Errorf("%s has no %s", s.Code, k)
			}
		}
	}
	if got := p.ScriptsFor("repair"); len(got) != 1 || got[0].Code != "repair" {
		t.Errorf("%+v", got)
	}
}
