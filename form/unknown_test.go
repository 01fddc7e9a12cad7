package form_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

func TestUnknownItemsAreLocated(t *testing.T) {
	t.Parallel()
	d := &form.Definition{Code: "f", Name: huifang.Text{ZH: "表", EN: "Form"}, Version: 1, Items: []form.Item{
		{Code: "s", Kind: form.KindSection, Label: huifang.Text{ZH: "节", EN: "Section"}},
		{Code: "happy", Kind: form.KindYesNo, Label: huifang.Text{ZH: "满意吗", EN: "Happy"}},
		{Code: "why", Kind: form.KindText, Label: huifang.Text{ZH: "原因", EN: "Why"}, ShowIf: []form.Condition{{Item: "happy", Value: "no"}}},
		{Code: "m", Kind: form.KindMatrix, Label: huifang.Text{ZH: "分项", EN: "In detail"}, Rows: rows("skill", "manner"), Options: options("good", "poor")},
	}}
	for _, c := range []struct {
		answers huifang.Attributes
		at      string // fields, joined by spaces
		says    string
	}{
		{nil, "", ""},
		{huifang.Attributes{"happy": true, "why": "hidden, and known", "m": map[string]any{"skill": "good"}}, "", ""},
		{huifang.Attributes{"nonsense": 1.0}, "nonsense", "没有项目“nonsense”；可填：happy 满意吗、why 原因、m 分项"},
		{huifang.Attributes{"z": 1.0, "happy": true, "a": nil}, "a z", ""},
		{huifang.Attributes{"s": "x"}, "s", ""},
		{huifang.Attributes{"m": map[string]any{"skill": "good", "price": "poor"}}, "m.price", "“分项”没有行“price”；可填：m.skill、m.manner"},
		{huifang.Attributes{"m.price": "poor"}, "m.price", "“分项”没有行“price”"},
	} {
		err := d.Unknown(c.answers)
		var at []string
		if e := (*huifang.Error)(nil); errors.As(err, &e) {
			if e.Reason != "form.invalid" {
				t.Errorf("reason %s", e.Reason)
			}
			for _, one := range e.Details {
				if at = append(at, one.At.Field); one.Reason != "answer.unknown" || one.Message.EN == "" {
					t.Errorf("%+v", one)
				}
			}
		}
		if got := strings.Join(at, " "); got != c.at {
			t.Errorf("%v: located at %q, want %q", c.answers, got, c.at)
		}
		if c.says != "" && !strings.Contains(huifang.In(err, huifang.ZH), c.says) {
			t.Errorf("%v: %s", c.answers, huifang.In(err, huifang.ZH))
		}
	}
}
