package form_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// one is a sound form around a single item.
func one(it form.Item) *form.Definition {
	it.Code, it.Label = "q", huifang.Text{ZH: "问题", EN: "Question"}
	return &form.Definition{Code: "f", Name: huifang.Text{ZH: "表", EN: "Form"}, Version: 1, Items: []form.Item{it}}
}

func options(codes ...string) []form.Option {
	var out []form.Option
	for _, c := range codes {
		out = append(out, form.Option{Code: c, Label: sampleText(c)})
	}
	return out
}

func rows(codes ...string) []form.Row {
	var out []form.Row
	for _, c := range codes {
		out = append(out, form.Row{Code: c, Label: sampleText(c)})
	}
	return out
}

func TestKinds(t *testing.T) {
	t.Parallel()
	exclusive := options("a", "b", "none")
	exclusive[2].Exclusive = true
	kinds := map[string]form.Item{
		"text":      {Kind: form.KindText, MaxLength: 5},
		"text!":     {Kind: form.KindText, Required: true},
		"number":    {Kind: form.KindNumber, Min: new(0.0), Max: new(10.5)},
		"from":      {Kind: form.KindNumber, Min: new(1.0)},
		"upto":      {Kind: form.KindNumber, Max: new(1.0)},
		"whole":     {Kind: form.KindNumber, Integer: true},
		"date":      {Kind: form.KindDate, Latest: new(huifang.MakeDate(2026, 12, 31))},
		"choice":    {Kind: form.KindChoice, Options: options("a", "b")},
		"choices":   {Kind: form.KindChoices, Options: exclusive, Min: new(1.0), Max: new(2.0)},
		"two":       {Kind: form.KindChoices, Options: exclusive, Min: new(2.0), Required: true},
		"rating":    {Kind: form.KindRating},
		"nps":       {Kind: form.KindNPS},
		"matrix":    {Kind: form.KindMatrix, Rows: rows("r", "s"), Options: options("a", "b")},
		"matrix!":   {Kind: form.KindMatrix, Rows: rows("r", "s"), Scale: 3, Required: true},
		"yesno":     {Kind: form.KindYesNo},
		"photo":     {Kind: form.KindPhoto, Max: new(2.0)},
		"file!":     {Kind: form.KindFile, Required: true},
		"signature": {Kind: form.KindSignature},
		"section":   {Kind: form.KindSection},
	}
	for name, it := range kinds {
		for _, f := range one(it).Check() {
			t.Errorf("kind %s: %v", name, f)
		}
	}
	tests := []struct{ kind, answer, want, faults string }{
		{"text", `" 很好\r\n\u0000"`, `"很好"`, ""},
		{"text", `"  "`, ``, ""},
		{"text", `null`, ``, ""},
		{"text", `"一二三四五"`, `"一二三四五"`, ""},
		{"text", `"一二三四五六"`, ``, "q answer.too_long “问题”最多 5 个字"},
		{"text", `3`, ``, "q answer.type “问题”应填文字"},
		{"text!", `""`, ``, "q answer.required “问题”必须填写"},
		{"text!", ``, ``, "q answer.required “问题”必须填写"},
		{"number", `10.5`, `10.5`, ""},
		{"number", `-0.0`, `0`, ""},
		{"number", `11`, ``, "q answer.range “问题”应在 0 到 10.5 之间"},
		{"number", `"3"`, ``, "q answer.type “问题”应填数字"},
		{"from", `0`, ``, "q answer.range “问题”不能小于 1"},
		{"upto", `1.5`, ``, "q answer.range “问题”不能大于 1"},
		{"whole", `2.5`, ``, "q answer.type “问题”应填整数"},
		{"whole", `-2`, `-2`, ""},
		{"date", `"2026-02-28 "`, `"2026-02-28"`, ""},
		{"date", `" "`, ``, ""},
		{"date", `"2026-02-29"`, ``, "q answer.date “问题”中的“2026-02-29”不是有效日期，应写作 2026-03-31"},
		{"date", `"3/5/24"`, ``, "q answer.date “问题”中的“3/5/24”不是有效日期，应写作 2026-03-31"},
		{"date", `"2027-01-01"`, ``, "q answer.range “问题”应在 1900-01-01 到 2026-12-31 之间"},
		{"date", `"0226-03-31"`, ``, "q answer.range “问题”应在 1900-01-01 到 2026-12-31 之间"},
		{"date", `20260331`, ``, "q answer.type “问题”应填日期，如 2026-03-31"},
		{"choice", `"b"`, `"b"`, ""},
		{"choice", `""`, ``, ""},
		{"choice", `"c"`, ``, "q answer.option “问题”没有“c”这个选项，可选：a, b"},
		{"choice", `["a"]`, ``, "q answer.type “问题”应填一个选项代码"},
		{"choices", `["b","a","b"]`, `["a","b"]`, ""},
		{"choices", `[]`, ``, ""},
		{"choices", `["none"]`, `["none"]`, ""},
		{"choices", `["none","a"]`, ``, "q answer.exclusive “问题”所选的某一项不能与其他选项同时选择"},
		{"choices", `["a","z"]`, ``, "q answer.option “问题”没有“z”这个选项，可选：a, b, none"},
		{"choices", `["a",1]`, ``, "q answer.type “问题”应填选项代码的列表"},
		{"choices", `"a"`, ``, "q answer.type “问题”应填选项代码的列表"},
		{"two", `["a"]`, ``, "q answer.too_few “问题”至少要有 2 项"},
		{"two", `[]`, ``, "q answer.required “问题”必须填写"},
		{"rating", `5`, `5`, ""},
		{"rating", `0`, ``, "q answer.range “问题”应在 1 到 5 之间"},
		{"rating", `4.5`, ``, "q answer.type “问题”应填整数分值"},
		{"nps", `0`, `0`, ""},
		{"nps", `11`, ``, "q answer.range “问题”应在 0 到 10 之间"},
		{"matrix", `{"r":"a","x":1}`, `{"r":"a"}`, ""},
		{"matrix", `{}`, ``, ""},
		{"matrix", `{"r":"z","s":1}`, ``, "q.r answer.option “问题·题r”没有“z”这个选项，可选：a, b\nq.s answer.type “问题·题s”应填一个选项代码"},
		{"matrix", `[]`, ``, "q answer.type “问题”应填各行的答案（行代码 → 答案）"},
		{"matrix!", `{"r":1,"s":3}`, `{"r":1,"s":3}`, ""},
		{"matrix!", `{"r":4}`, ``, "q.r answer.range “问题·题r”应在 1 到 3 之间\nq.s answer.required “问题·题s”必须填写"},
		{"matrix!", ``, ``, "q.r answer.required “问题·题r”必须填写\nq.s answer.required “问题·题s”必须填写"},
		{"yesno", `false`, `false`, ""},
		{"yesno", `"yes"`, ``, "q answer.type “问题”应填“是”或“否”（true 或 false）"},
		{"photo", `["h1","","h2","h1"]`, `["h1","h2"]`, ""},
		{"photo", `["h1","h2","h3","h4"]`, ``, "q answer.too_many “问题”最多 2 项"},
		{"photo", `[{}]`, ``, "q answer.type “问题”应填文件标识的列表"},
		{"photo", `["` + strings.Repeat("0", 201) + `"]`, ``, "q answer.too_long “问题”的文件标识最多 200 个字符"},
		{"photo", `"h1"`, ``, "q answer.type “问题”应填文件标识的列表"},
		{"file!", `[" "]`, ``, "q answer.required “问题”必须填写"},
		{"signature", `{"name":" 王芳 ","image":"h","at":"x"}`, `{"image":"h","name":"王芳"}`, ""},
		{"signature", `{"name":"王芳"}`, `{"name":"王芳"}`, ""},
		{"signature", `{}`, ``, ""},
		{"signature", `{"image":"h"}`, ``, "q.name answer.required “问题”必须填写"},
		{"signature", `{"name":5,"image":"` + strings.Repeat("0", 201) + `"}`, ``, "q.name answer.type “问题”应填文字\nq.image answer.too_long “问题”最多 200 个字"},
		{"signature", `"王芳"`, ``, "q answer.type “问题”应填签名（name 为姓名，image 为手写签名）"},
		{"section", `"x"`, ``, ""},
	}
	for _, tt := range tests {
		t.Run(tt.kind+" "+tt.answer, func(t *testing.T) {
			t.Parallel()
			d := one(kinds[tt.kind])
			given := huifang.Attributes{"other": "dropped"}
			if tt.answer != "" {
				given = answers(t, `{"other":"dropped","q":`+tt.answer+`}`)
			}
			r, err := d.Evaluate(given)
			if got := faultLines(t, err); got != tt.faults {
				t.Fatalf("faults\n%s\nwant\n%s", got, tt.faults)
			}
			want := "{}"
			if tt.want != "" {
				want = `{"q":` + tt.want + `}`
			}
			if got := asJSON(t, r.Answers); err == nil && got != want {
				t.Errorf("answers %s, want %s", got, want)
			}
		})
	}
}

// faultLines shows each fault as place, reason and Chinese message, and demands
// that the whole is the one error that is promised.
func faultLines(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *huifang.Error
	if !errors.As(err, &e) || e.Reason != "form.invalid" || e.Code != huifang.CodeInvalid || len(e.Details) == 0 {
		t.Fatalf("not the promised error: %#v", err)
	}
	var lines []string
	for _, f := range e.Details {
		if f.Message.EN == "" || strings.ContainsAny(f.Message.EN, "，。应") {
			t.Errorf("English message %q", f.Message.EN)
		}
		lines = append(lines, f.At.Field+" "+f.Reason+" "+f.Message.ZH)
	}
	return strings.Join(lines, "\n")
}

func TestErrorInBothLanguages(t *testing.T) {
	t.Parallel()
	_, err := load(t, "service.yaml").Evaluate(answers(t, `{"reached":true,"method":"fax","quality":9,"satisfaction":"satisfied"}`))
	for lang, want := range map[huifang.Lang]string{
		huifang.EN: `form “Service follow-up record” has 2 answers to correct
method: “Method” has no option “fax”; choose from: visit, phone
quality: “Quality of the repair” must be between 1 and 5`,
		huifang.ZH: `表单“服务回访记录”有 2 处需要改正
method: “回访方式”没有“fax”这个选项，可选：visit, phone
quality: “维修质量”应在 1 到 5 之间`,
	} {
		if got := huifang.In(err, lang); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", lang, got, want)
		}
	}
}

// Go callers hand in numbers, lists and objects in more types than JSON has.
func TestGoValues(t *testing.T) {
	t.Parallel()
	number := one(form.Item{Kind: form.KindNumber})
	for _, v := range []any{3, int32(3), int64(3), float32(3), 3.0, json.Number("3")} {
		if r, err := number.Evaluate(huifang.Attributes{"q": v}); err != nil || r.Answers["q"] != 3.0 {
			t.Errorf("%T: %v %v", v, r.Answers, err)
		}
	}
	for _, v := range []any{math.NaN(), math.Inf(1), json.Number("x"), json.Number("1e999"), uint8(3), struct{}{}} {
		if _, err := number.Evaluate(huifang.Attributes{"q": v}); huifang.ReasonOf(err) != "form.invalid" {
			t.Errorf("%v: %v", v, err)
		}
	}
	list := one(form.Item{Kind: form.KindChoices, Options: options("a", "b")})
	if r, err := list.Evaluate(huifang.Attributes{"q": []string{"b", "a"}}); err != nil || !reflect.DeepEqual(r.Answers["q"], []any{"a", "b"}) {
		t.Error(r, err)
	}
	sign := one(form.Item{Kind: form.KindSignature})
	if r, err := sign.Evaluate(huifang.Attributes{"q": huifang.Attributes{"name": "李"}}); err != nil || r.Answers["q"] == nil {
		t.Error(r, err)
	}
	if r, err := one(form.Item{Kind: form.KindText}).Evaluate(huifang.Attributes{"q": "a\xff\x07b"}); err != nil || r.Answers["q"] != "ab" {
		t.Error(r, err)
	}
}

func TestShowIf(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	tests := []struct {
		name, answers, visible string
	}{
		{"nothing yet", `{}`, "reached closing photos papers"},
		{"not reached", `{"reached":false}`, "reached closing photos papers"},
		{"section hides its items", `{"reached":false,"method":"visit","quality":1}`, "reached closing photos papers"},
		{"phone", `{"reached":true,"method":"phone"}`, "reached contents method quality satisfaction fault_again suggestion closing photos papers"},
		{"visit", `{"reached":true,"method":"visit"}`, "reached contents method quality satisfaction fault_again suggestion visited_on closing photos papers customer"},
		{"any of: first", `{"reached":true,"satisfaction":"basically"}`, "reached contents method quality satisfaction shortcomings fault_again suggestion closing photos papers"},
		{"any of: second", `{"reached":true,"satisfaction":"satisfied","quality":2}`, "reached contents method quality satisfaction shortcomings fault_again suggestion closing photos papers"},
		{"wrong answers count as none", `{"reached":"yes"}`, "reached closing photos papers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(d.Visible(answers(t, tt.answers)), " "); got != tt.visible {
				t.Errorf("visible\n%s\nwant\n%s", got, tt.visible)
			}
		})
	}
}

func TestOperators(t *testing.T) {
	t.Parallel()
	first := map[string]form.Item{
		"number":    {Kind: form.KindNumber},
		"date":      {Kind: form.KindDate},
		"choices":   {Kind: form.KindChoices, Options: options("a", "b", "c")},
		"choice":    {Kind: form.KindChoice, Options: options("a", "b", "c")},
		"matrix":    {Kind: form.KindMatrix, Rows: rows("r", "s")},
		"yesno":     {Kind: form.KindYesNo},
		"text":      {Kind: form.KindText},
		"signature": {Kind: form.KindSignature},
	}
	tests := []struct {
		kind, cond, answer string
		want               bool
	}{
		{"number", `{"item":"q","op":"lt","value":3}`, `2.9`, true},
		{"number", `{"item":"q","op":"lt","value":3}`, `3`, false},
		{"number", `{"item":"q","op":"le","value":3}`, `3`, true},
		{"number", `{"item":"q","op":"gt","value":3}`, `3`, false},
		{"number", `{"item":"q","op":"ge","value":"3.0"}`, `3`, true},
		{"number", `{"item":"q","value":"3.0"}`, `3`, true},
		{"number", `{"item":"q","op":"ne","value":3}`, `null`, false},
		{"number", `{"item":"q","op":"not_in","values":[1,2]}`, `3`, true},
		{"date", `{"item":"q","op":"ge","value":"2026-03-01"}`, `"2026-03-01"`, true},
		{"date", `{"item":"q","op":"lt","value":"2026-03-01"}`, `"2026-02-28"`, true},
		{"date", `{"item":"q","op":"gt","value":"2026-03-01"}`, `"2026-02-28"`, false},
		{"choice", `{"item":"q","values":["a","b"]}`, `"b"`, true},
		{"choice", `{"item":"q","op":"ne","value":"a"}`, `"b"`, true},
		{"choices", `{"item":"q","value":"a"}`, `["a","b"]`, true},
		{"choices", `{"item":"q","op":"ne","value":"a"}`, `["a","b"]`, false},
		{"choices", `{"item":"q","op":"not_in","values":["a","c"]}`, `["b"]`, true},
		{"choices", `{"item":"q","op":"in","values":["a","c"]}`, `["b","c"]`, true},
		{"matrix", `{"item":"q.r","op":"ge","value":4}`, `{"r":4}`, true},
		{"matrix", `{"item":"q.s","op":"answered"}`, `{"r":4}`, false},
		{"matrix", `{"item":"q.s","op":"unanswered"}`, `{"r":4}`, true},
		{"matrix", `{"item":"q","op":"answered"}`, `{"r":4}`, true},
		{"yesno", `{"item":"q","value":"yes"}`, `true`, true},
		{"yesno", `{"item":"q","value":false}`, `false`, true},
		{"yesno", `{"item":"q","value":false}`, `null`, false},
		{"text", `{"item":"q","value":"好"}`, `" 好 "`, true},
		{"signature", `{"item":"q","op":"answered"}`, `{"name":"李"}`, true},
		{"signature", `{"item":"q","op":"unanswered"}`, `{"name":"李"}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.kind+tt.cond+tt.answer, func(t *testing.T) {
			t.Parallel()
			var c form.Condition
			if err := json.Unmarshal([]byte(tt.cond), &c); err != nil {
				t.Fatal(err)
			}
			d := one(first[tt.kind])
			d.Items = append(d.Items, form.Item{Code: "z", Kind: form.KindText, Label: sampleText("z"), ShowIf: []form.Condition{c}})
			for _, f := range d.Check() {
				t.Error(f)
			}
			if got := len(d.Visible(answers(t, `{"q":`+tt.answer+`}`))) == 2; got != tt.want {
				t.Errorf("shown %v, want %v", got, tt.want)
			}
		})
	}
}
