package form_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// checkBase is a sound form whose parts the cases below break one by one.
const checkBase = `{"code":"f","name":{"zh":"表","en":"Form"},"version":1,"scoring":{"bands":[
	{"code":"high","label":{"zh":"高","en":"High"},"from":80},{"code":"low","label":{"zh":"低","en":"Low"},"from":0}]},
	"satisfied":[{"when":[{"item":"c","value":"a"}]}],
	"items":[
	{"code":"head","kind":"section","label":{"zh":"节","en":"Section"}},
	{"code":"c","kind":"choice","label":{"zh":"选","en":"Pick"},"options":[{"code":"a","label":{"zh":"甲","en":"A"},"score":1},{"code":"b","label":{"zh":"乙","en":"B"}}]},
	{"code":"n","kind":"number","label":{"zh":"数","en":"Number"},"integer":true,"min":0,"max":9},
	{"code":"m","kind":"matrix","label":{"zh":"阵","en":"Matrix"},"rows":[{"code":"r","label":{"zh":"行","en":"Row"}}]},
	{"code":"t","kind":"text","label":{"zh":"文","en":"Text"},"show_if":[{"item":"c","value":"a"},{"any":[{"item":"n","op":"gt","value":3},{"item":"m.r","value":2}]}]},
	{"code":"y","kind":"yesno","label":{"zh":"是","en":"Yes"}},
	{"code":"d","kind":"date","label":{"zh":"日","en":"Date"}},
	{"code":"p","kind":"photo","label":{"zh":"照","en":"Photo"}},
	{"code":"k","kind":"choices","label":{"zh":"多","en":"Many"},"options":[{"code":"a","label":{"zh":"甲","en":"A"}},{"code":"b","label":{"zh":"乙","en":"B"}}]}
	]}`

func sound(t *testing.T) *form.Definition {
	t.Helper()
	d := &form.Definition{}
	if err := json.Unmarshal([]byte(checkBase), d); err != nil {
		t.Fatal(err)
	}
	if faults := d.Check(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return d
}

func item(d *form.Definition, code string) *form.Item {
	return &d.Items[slices.IndexFunc(d.Items, func(it form.Item) bool { return it.Code == code })]
}

func showIf(d *form.Definition, c form.Condition) { item(d, "k").ShowIf = []form.Condition{c} }

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		breaks func(d *form.Definition)
		want   string // "path reason" of every fault
	}{
		{"no code", func(d *form.Definition) { d.Code = "" }, "code form.missing"},
		{"code in capitals", func(d *form.Definition) { d.Code = "Form" }, "code form.code"},
		{"code begins with a digit", func(d *form.Definition) { item(d, "t").Code = "1st" }, "items[4].code form.code"},
		{"endless code", func(d *form.Definition) { d.Code = strings.Repeat("a", 65) }, "code form.code"},
		{"name in one language", func(d *form.Definition) { d.Name.EN = " " }, "name.en form.text"},
		{"half a description", func(d *form.Definition) { d.Description.EN = "x" }, "description.zh form.text"},
		{"endless name", func(d *form.Definition) { d.Name.ZH = strings.Repeat("长", 3000) }, "name form.limit"},
		{"no version", func(d *form.Definition) { d.Version = 0 }, "version form.version"},
		{"no items", func(d *form.Definition) { *d = form.Definition{Code: d.Code, Name: d.Name, Version: 1} }, "items form.missing"},
		{"too many items", func(d *form.Definition) {
			for i := range 500 {
				it := *item(d, "y")
				it.Code = "y" + strings.Repeat("0", i/10%10) + string(rune('a'+i%10)) + string(rune('a'+i/100))
				d.Items = append(d.Items, it)
			}
		}, "items form.limit"},
		{"code twice", func(d *form.Definition) { item(d, "y").Code = "d" }, "items[6].code form.duplicate"},
		{"reserved prefix", func(d *form.Definition) { item(d, "y").Code = "x_y" }, "items[5].code form.code"},
		{"no label", func(d *form.Definition) { item(d, "y").Label = huifang.Text{} }, "items[5].label.zh form.text,items[5].label.en form.text"},
		{"unknown kind", func(d *form.Definition) { item(d, "y").Kind = "stars" }, "items[5].kind form.kind"},
		{"required section", func(d *form.Definition) { item(d, "head").Required = true }, "items[0].required form.field"},
		{"fields of other kinds", func(d *form.Definition) {
			it := item(d, "y")
			it.Min, it.Integer, it.Suffix, it.MaxLength, it.Multiline = new(1.0), true, it.Label, 5, true
			it.Latest, it.Rows, it.Scale = new(huifang.MakeDate(2026, 1, 1)), rows("r"), 5
		}, "items[5].min form.field,items[5].integer form.field,items[5].suffix form.field,items[5].max_length form.field," +
			"items[5].multiline form.field,items[5].latest form.field,items[5].rows form.field,items[5].scale form.field"},
		{"range reversed", func(d *form.Definition) { item(d, "n").Min, item(d, "n").Max = new(6.0), new(5.0) }, "items[2].max form.range,items[4].show_if[1].any[0].value form.condition"},
		{"range is no number", func(d *form.Definition) { item(d, "n").Min = new(math.NaN()) }, "items[2].min form.range"},
		{"dates reversed", func(d *form.Definition) { item(d, "d").Latest = new(huifang.MakeDate(1899, 1, 1)) }, "items[6].latest form.range"},
		{"more choices than options", func(d *form.Definition) { item(d, "k").Max = new(3.0) }, "items[8] form.range"},
		{"half a choice", func(d *form.Definition) { item(d, "k").Max = new(1.5) }, "items[8].max form.range"},
		{"more photos than taken", func(d *form.Definition) { item(d, "p").Min = new(21.0) }, "items[7].min form.range"},
		{"length", func(d *form.Definition) { item(d, "t").MaxLength = -1 }, "items[4].max_length form.range"},
		{"scale of one", func(d *form.Definition) { item(d, "m").Scale = 1 }, "items[3].scale form.range,items[4].show_if[1].any[1].value form.condition"},
		{"scale beside options", func(d *form.Definition) {
			item(d, "t").ShowIf = nil
			m := item(d, "m")
			m.Scale, m.Options = 3, options("a")
		}, "items[3].scale form.field"},
		{"no options", func(d *form.Definition) { item(d, "k").Options = nil }, "items[8].options form.missing"},
		{"no rows", func(d *form.Definition) { item(d, "t").ShowIf = nil; item(d, "m").Rows = nil }, "items[3].rows form.missing"},
		{"option twice", func(d *form.Definition) { item(d, "k").Options[1].Code = "a" }, "items[8].options[1].code form.duplicate"},
		{"row twice", func(d *form.Definition) { item(d, "m").Rows = rows("r", "r") }, "items[3].rows[1].code form.duplicate"},
		{"negative score", func(d *form.Definition) { item(d, "c").Options[1].Score = new(-1.0) }, "items[1].options[1].score form.range"},
		{"unknown verdict", func(d *form.Definition) { item(d, "c").Options[1].Verdict = "happy" }, "items[1].options[1].verdict form.verdict"},
		{"exclusive among one", func(d *form.Definition) { item(d, "c").Options[1].Exclusive = true }, "items[1].options[1].exclusive form.field"},
		{"options of a yesno", func(d *form.Definition) { item(d, "y").Options = options("yes", "maybe") }, "items[5].options form.field"},
		{"weight without points", func(d *form.Definition) { item(d, "k").Weight = new(2.0) }, "items[8].weight form.scoring"},
		{"full of nothing", func(d *form.Definition) { item(d, "n").Full = new(0.0) }, "items[2].full form.range"},
		{"scores without scoring", func(d *form.Definition) { d.Scoring = nil }, "scoring form.scoring"},
		{"weight without scoring", func(d *form.Definition) {
			d.Scoring, item(d, "c").Options[0].Score, item(d, "m").Weight = nil, nil, new(1.0)
		}, "items[3].weight form.scoring"},
		{"scoring without scores", func(d *form.Definition) { item(d, "c").Options[0].Score, item(d, "m").Weight = nil, new(0.0) }, "scoring form.scoring"},
		{"min answered", func(d *form.Definition) { d.Scoring.MinAnswered = 3 }, "scoring.min_answered form.range"},
		{"bands upwards", func(d *form.Definition) { d.Scoring.Bands[1].From = 80 }, "scoring.bands[1].from form.range,scoring.bands[1].from form.range"},
		{"bands end above 0", func(d *form.Definition) { d.Scoring.Bands[1].From = 10 }, "scoring.bands[1].from form.range"},
		{"band twice", func(d *form.Definition) { d.Scoring.Bands[1].Code = "high" }, "scoring.bands[1].code form.duplicate"},
		{"empty rule", func(d *form.Definition) { d.Satisfied[0] = form.Rule{} }, "satisfied[0] form.missing"},
		{"rule on an unknown band", func(d *form.Definition) { d.Unqualified = []form.Rule{{Bands: []string{"top"}}} }, "unqualified[0].bands[0] form.rule"},
		{"rule on no score", func(d *form.Definition) { d.Dissatisfied = []form.Rule{{Below: new(101.0)}} }, "dissatisfied[0].below form.range"},
		{"condition on nothing", func(d *form.Definition) { showIf(d, form.Condition{}) }, "items[8].show_if[0].item form.missing"},
		{"condition on an unknown item", func(d *form.Definition) { showIf(d, form.Condition{Item: "gone", Value: "a"}) }, "items[8].show_if[0].item form.condition"},
		{"condition on itself", func(d *form.Definition) { showIf(d, form.Condition{Item: "k", Value: "a"}) }, "items[8].show_if[0].item form.condition"},
		{"condition on a later item", func(d *form.Definition) { item(d, "t").ShowIf[1].Any[0].Item = "y" }, "items[4].show_if[1].any[0].item form.condition"},
		{"condition on a section", func(d *form.Definition) { showIf(d, form.Condition{Item: "head", Op: form.OpAnswered}) }, "items[8].show_if[0].item form.condition"},
		{"condition on an unknown row", func(d *form.Definition) { showIf(d, form.Condition{Item: "m.x", Value: "1"}) }, "items[8].show_if[0].item form.condition"},
		{"unknown operator", func(d *form.Definition) { showIf(d, form.Condition{Item: "n", Op: "~", Value: "1"}) }, "items[8].show_if[0].op form.condition"},
		{"order of options", func(d *form.Definition) { showIf(d, form.Condition{Item: "c", Op: form.OpLt, Value: "a"}) }, "items[8].show_if[0].op form.condition"},
		{"a matrix as a whole", func(d *form.Definition) { showIf(d, form.Condition{Item: "m", Value: "1"}) }, "items[8].show_if[0].op form.condition"},
		{"photos have no value", func(d *form.Definition) { showIf(d, form.Condition{Item: "p", Value: "1"}) }, "items[8].show_if[0].op form.condition"},
		{"no value", func(d *form.Definition) { showIf(d, form.Condition{Item: "n"}) }, "items[8].show_if[0].value form.missing"},
		{"value and values", func(d *form.Definition) {
			showIf(d, form.Condition{Item: "n", Value: "1", Values: []form.Literal{"1"}})
		}, "items[8].show_if[0].value form.condition"},
		{"no values", func(d *form.Definition) { showIf(d, form.Condition{Item: "n", Op: form.OpIn}) }, "items[8].show_if[0].values form.missing"},
		{"needless values", func(d *form.Definition) {
			showIf(d, form.Condition{Item: "n", Op: form.OpAnswered, Values: []form.Literal{"1"}})
		}, "items[8].show_if[0].values form.condition"},
		{"an option that is none", func(d *form.Definition) { showIf(d, form.Condition{Item: "c", Values: []form.Literal{"a", "z"}}) }, "items[8].show_if[0].values[1] form.condition"},
		{"a number that is none", func(d *form.Definition) { showIf(d, form.Condition{Item: "n", Op: form.OpGe, Value: "three"}) }, "items[8].show_if[0].value form.condition"},
		{"a number out of range", func(d *form.Definition) { showIf(d, form.Condition{Item: "n", Value: "10"}) }, "items[8].show_if[0].value form.condition"},
		{"a date that is none", func(d *form.Definition) { showIf(d, form.Condition{Item: "d", Op: form.OpLt, Value: "2026-2-1"}) }, "items[8].show_if[0].value form.condition"},
		{"neither yes nor no", func(d *form.Definition) { showIf(d, form.Condition{Item: "y", Value: "maybe"}) }, "items[8].show_if[0].value form.condition"},
		{"any beside item", func(d *form.Definition) { item(d, "t").ShowIf[1].Item = "c" }, "items[4].show_if[1] form.condition"},
		{"any inside any", func(d *form.Definition) {
			item(d, "t").ShowIf[1].Any[0] = form.Condition{Any: []form.Condition{{Item: "y", Value: "yes"}}}
		}, "items[4].show_if[1].any[0].any form.condition"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := sound(t)
			tt.breaks(d)
			var got []string
			for _, f := range d.Check() {
				got = append(got, f.At.Field+" "+f.Reason)
				if f.Code != huifang.CodeInvalid || f.Message.ZH == "" || f.Message.EN == "" || strings.ContainsAny(f.Message.EN, "，：；") {
					t.Errorf("fault %+v", f)
				}
			}
			if g := strings.Join(got, ","); g != tt.want {
				t.Errorf("faults\n%s\nwant\n%s", g, tt.want)
			}
		})
	}
}

func TestLiteralJSON(t *testing.T) {
	t.Parallel()
	var c form.Condition
	if err := json.Unmarshal([]byte(`{"item":"a","values":["x",3.50,true,null]}`), &c); err != nil {
		t.Fatal(err)
	}
	if want := []form.Literal{"x", "3.50", "true", ""}; !slices.Equal(c.Values, want) {
		t.Errorf("%q, want %q", c.Values, want)
	}
	if err := json.Unmarshal([]byte(`{"value":{}}`), &c); huifang.ReasonOf(err) != "form.literal" {
		t.Errorf("an object as a value: %v", err)
	}
}
