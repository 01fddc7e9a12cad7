package form

import (
	"fmt"
	"strconv"

	"github.com/huifang/huifang"
)

// faults collects what is wrong with answers; muted, it drops it.
type faults struct {
	mute bool
	list []*huifang.Error
}

// add notes a fault of an item, or of one part of it ("row" of a matrix,
// "name" of a signature). The messages go on from the item's label.
func (f *faults) add(it *Item, part, reason string, message huifang.Text) {
	if f.mute {
		return
	}
	at, label := it.Code, it.Label
	if part != "" {
		at += "." + part
		if r := it.row(part); r != nil {
			label = huifang.Text{ZH: label.ZH + "·" + r.Label.ZH, EN: label.EN + " · " + r.Label.EN}
		}
	}
	e := huifang.Invalid(reason, huifang.Text{
		ZH: "“" + label.In(huifang.ZH) + "”" + message.ZH,
		EN: "“" + label.In(huifang.EN) + "” " + message.EN,
	})
	e.At.Field = at
	f.list = append(f.list, e)
}

func (f *faults) required(it *Item, part string) {
	f.add(it, part, "answer.required", huifang.Text{ZH: "必须填写", EN: "must be answered"})
}

func (f *faults) wrongType(it *Item, part, zh, en string) {
	f.add(it, part, "answer.type", huifang.Text{ZH: "应填" + zh, EN: "takes " + en})
}

func (f *faults) outOfRange(it *Item, part string, lo, hi *float64) {
	if f.mute {
		return
	}
	var m huifang.Text
	switch {
	case lo != nil && hi != nil:
		m = huifang.Text{ZH: "应在 " + plain(*lo) + " 到 " + plain(*hi) + " 之间", EN: "must be between " + plain(*lo) + " and " + plain(*hi)}
	case lo != nil:
		m = huifang.Text{ZH: "不能小于 " + plain(*lo), EN: "must be at least " + plain(*lo)}
	case hi != nil:
		m = huifang.Text{ZH: "不能大于 " + plain(*hi), EN: "must be at most " + plain(*hi)}
	}
	f.add(it, part, "answer.range", m)
}

func (f *faults) unknownOption(it *Item, part, code string) {
	if f.mute {
		return
	}
	code = shorten(code)
	f.add(it, part, "answer.option", huifang.Text{
		ZH: "没有“" + code + "”这个选项，可选：" + optionCodes(it),
		EN: "has no option “" + code + "”; choose from: " + optionCodes(it),
	})
}

func (f *faults) count(it *Item, reason string, n int, zh, en string) {
	if f.mute {
		return
	}
	f.add(it, "", reason, huifang.Textf(zh, en, n))
}

// err is the one error over all faults of a form, nil where there is none.
func (f *faults) err(d *Definition) error {
	if len(f.list) == 0 {
		return nil
	}
	n := len(f.list)
	answers := "answers"
	if n == 1 {
		answers = "answer"
	}
	e := huifang.Invalid("form.invalid", huifang.Text{
		ZH: fmt.Sprintf("表单“%s”有 %d 处需要改正", d.Name.In(huifang.ZH), n),
		EN: fmt.Sprintf("form “%s” has %d %s to correct", d.Name.In(huifang.EN), n, answers),
	})
	e.Details = f.list
	return e
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// shorten keeps what a message quotes of an answer readable.
func shorten(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

func optionCodes(it *Item) string {
	const most = 12
	s := ""
	for i := range it.Options {
		if i == most {
			return s + ", …"
		}
		if i > 0 {
			s += ", "
		}
		s += it.Options[i].Code
	}
	return s
}
