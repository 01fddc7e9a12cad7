package form_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

func own(code string) form.Item {
	return form.Item{Code: code, Kind: form.KindRating, Label: huifang.Text{ZH: "自设", EN: "Own"}}
}

func TestExtend(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	before := asJSON(t, d)
	x, err := d.Extend([]form.Item{own("x_noise"), {
		Code: "x_why", Kind: form.KindText, Label: huifang.Text{ZH: "原因", EN: "Why"}, Required: true,
		ShowIf: []form.Condition{{Item: "x_noise", Op: form.OpLe, Value: "2"}, {Item: "reached", Value: "yes"}},
	}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if x.Version != 2 || len(x.Items) != len(d.Items)+2 || len(x.Check()) > 0 || len(x.Follows(d)) > 0 {
		t.Errorf("extended: version %d, %d items, %v", x.Version, len(x.Items), x.Check())
	}
	if asJSON(t, d) != before {
		t.Error("the old version changed")
	}
	_, err = x.Evaluate(answers(t, `{"reached":true,"method":"phone","quality":5,"satisfaction":"satisfied","x_noise":1}`))
	if got := faultLines(t, err); got != "x_why answer.required “原因”必须填写" {
		t.Errorf("free item: %s", got)
	}
	if r := d.Judge(answers(t, `{"x_noise":1}`)); len(r.Answers) != 0 {
		t.Errorf("the old version knows %v", r.Answers)
	}
	twice, err := x.Extend([]form.Item{own("x_light")}, 3)
	if err != nil || len(twice.Items) != len(d.Items)+3 || len(twice.Check()) > 0 {
		t.Errorf("extended twice: %v", err)
	}
}

func TestFreeItemsStayOutOfTheScore(t *testing.T) {
	t.Parallel()
	d := load(t, "survey.yaml")
	d.FreeItems = true
	weighted := own("x_weighted")
	weighted.Weight = new(1.0)
	x, err := d.Extend([]form.Item{own("x_plain"), weighted}, 4)
	if err != nil {
		t.Fatal(err)
	}
	given := answers(t, `{"overall":5,"response":"great","x_plain":1}`)
	if r := x.Judge(given); r.Score != 100 {
		t.Errorf("a free rating moved the score to %v", r.Score)
	}
	given["x_weighted"] = 1.0
	if r := x.Judge(given); r.Score != 80 { // (2·100 + 100 + 20) ÷ 4
		t.Errorf("a weighted free rating makes %v", r.Score)
	}
}

func TestExtendRefuses(t *testing.T) {
	t.Parallel()
	closed := *load(t, "survey.yaml")
	open := *load(t, "service.yaml")
	tests := []struct {
		name    string
		d       form.Definition
		items   []form.Item
		version int
		reason  string
		details string
	}{
		{"form without free items", closed, []form.Item{own("x_a")}, 9, "form.no_free_items", ""},
		{"same version", open, []form.Item{own("x_a")}, 1, "form.version", ""},
		{
			"faults in the list handed in", open,
			[]form.Item{own("x_a"), own("quality"), own("x_a"), {Code: "x_b", Kind: "odd"}},
			2, "form.invalid",
			"items[1].code form.duplicate,items[1].code form.code,items[2].code form.duplicate,items[3].label.zh form.text,items[3].label.en form.text,items[3].kind form.kind",
		},
		{"too many", open, make([]form.Item, 501), 2, "form.invalid", "items form.limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := tt.d.Extend(tt.items, tt.version)
			var e *huifang.Error
			if !errors.As(err, &e) || e.Reason != tt.reason {
				t.Fatalf("%v, want %s", err, tt.reason)
			}
			var got []string
			for _, f := range e.Details {
				got = append(got, f.At.Field+" "+f.Reason)
			}
			if g := strings.Join(got, ","); !strings.HasPrefix(g, tt.details) || tt.details == "" && g != "" {
				t.Errorf("details\n%s\nwant\n%s", g, tt.details)
			}
		})
	}
}

func TestFollows(t *testing.T) {
	t.Parallel()
	old := load(t, "survey.yaml")
	next := load(t, "survey.yaml")
	next.Version++
	if f := next.Follows(old); len(f) > 0 {
		t.Errorf("a mere new version: %v", f)
	}
	next.Code, next.Version = "other", old.Version
	next.Items[2].Scale = 10
	next.Items[3].Kind = form.KindRating
	var got []string
	for _, f := range next.Follows(old) {
		got = append(got, f.At.Field)
	}
	if want := []string{"code", "version", "items[2].scale", "items[3].kind"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	got := d.Parse(map[string][]string{
		"reached": {"yes"}, "method": {" visit "}, "quality": {"2"}, "satisfaction": {"dissatisfied"}, "shortcomings": {"slow", "", "rude"},
		"fault_again": {"no"}, "suggestion": {" "}, "visited_on": {"2026-03-31"}, "photos": {""}, "customer.name": {"王芳"}, "customer.image": {""}, "csrf": {"1"},
	})
	want := `{"customer":{"name":"王芳"},"fault_again":false,"method":"visit","quality":2,"reached":true,"satisfaction":"dissatisfied","shortcomings":["slow","rude"],"visited_on":"2026-03-31"}`
	if s := asJSON(t, got); s != want {
		t.Errorf("%s\nwant\n%s", s, want)
	}
	if _, err := d.Evaluate(got); err != nil {
		t.Error(err)
	}
	odd := d.Parse(map[string][]string{"reached": {"perhaps"}, "quality": {"four"}})
	if _, err := d.Evaluate(odd); faultLines(t, err) != "reached answer.type “是否联系到住户”应填“是”或“否”（true 或 false）" {
		t.Error(err)
	}
	survey := load(t, "survey.yaml").Parse(map[string][]string{"aspects.skill": {"good"}, "aspects.x": {"1"}, "recommend": {"9"}})
	if s := asJSON(t, survey); s != `{"aspects":{"skill":"good"},"recommend":9}` {
		t.Error(s)
	}
	graded := one(form.Item{Kind: form.KindMatrix, Rows: rows("r", "s")}).Parse(map[string][]string{"q.r": {"4"}})
	if s := asJSON(t, graded); s != `{"q":{"r":4}}` {
		t.Error(s)
	}
}
