package form

import (
	"encoding/json"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// normalise is the answer raw gives to the item in its one normal form, nil
// where it gives none: blank text and empty lists are no answers. Faults go to
// f; what remains usable of a faulty answer is returned.
func (it *Item) normalise(raw any, f *faults) any {
	if raw == nil {
		return nil
	}
	switch it.Kind {
	case KindText:
		return it.text(raw, f)
	case KindNumber:
		return it.number(raw, f)
	case KindDate:
		return it.date(raw, f)
	case KindChoice:
		return it.choice("", raw, f)
	case KindChoices:
		return it.choices(raw, f)
	case KindRating, KindNPS:
		return it.grade("", raw, f)
	case KindMatrix:
		return it.matrix(raw, f)
	case KindYesNo:
		return it.truth(raw, f)
	case KindPhoto, KindFile:
		return it.files(raw, f)
	case KindSignature:
		return it.signature(raw, f)
	case KindSection:
	}
	return nil
}

func (it *Item) text(raw any, f *faults) any {
	s, ok := raw.(string)
	if !ok {
		f.wrongType(it, "", "文字", "text")
		return nil
	}
	t := clean(s)
	switch {
	case t == "":
		return nil
	case len(t) > it.maxLength() && utf8.RuneCountInString(t) > it.maxLength():
		f.count(it, "answer.too_long", it.maxLength(), "最多 %d 个字", "takes at most %d characters")
		return nil
	case t == s:
		return raw
	}
	return t
}

// clean is text as it is kept: valid UTF-8 without control characters (no
// database takes all of them), lines ended by \n, no blanks around.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
	}
	if strings.ContainsFunc(s, dirty) {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.Map(func(r rune) rune {
			if dirty(r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

func dirty(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// toNumber reads every Go spelling of a JSON number; minus zero becomes zero.
func toNumber(raw any) (float64, bool) {
	var n float64
	switch v := raw.(type) {
	case float64:
		n = v
	case float32:
		n = float64(v)
	case int:
		n = float64(v)
	case int32:
		n = float64(v)
	case int64:
		n = float64(v)
	case json.Number:
		var err error
		if n, err = v.Float64(); err != nil {
			return 0, false
		}
	default:
		return 0, false
	}
	return n + 0, finite(n)
}

// boxed is n as an any, without a new allocation where raw already is it.
func boxed(n float64, raw any) any {
	if v, ok := raw.(float64); ok && math.Float64bits(v) == math.Float64bits(n) {
		return raw
	}
	return n
}

func (it *Item) number(raw any, f *faults) any {
	n, ok := toNumber(raw)
	if !ok {
		f.wrongType(it, "", "数字", "a number")
		return nil
	}
	if it.Integer && n != math.Trunc(n) {
		f.wrongType(it, "", "整数", "a whole number")
		return nil
	}
	if it.Min != nil && n < *it.Min || it.Max != nil && n > *it.Max {
		f.outOfRange(it, "", it.Min, it.Max)
		return nil
	}
	return boxed(n, raw)
}

func (it *Item) grade(row string, raw any, f *faults) any {
	n, ok := toNumber(raw)
	if !ok || n != math.Trunc(n) {
		f.wrongType(it, row, "整数分值", "a whole number")
		return nil
	}
	lo, hi := float64(it.lowest()), float64(it.scale())
	if n < lo || n > hi {
		if !f.mute {
			f.outOfRange(it, row, &lo, &hi)
		}
		return nil
	}
	return boxed(n, raw)
}

func (it *Item) date(raw any, f *faults) any {
	s, ok := raw.(string)
	if !ok {
		f.wrongType(it, "", "日期，如 2026-03-31", "a date such as 2026-03-31")
		return nil
	}
	t := strings.TrimSpace(s)
	if t == "" {
		return nil
	}
	d, err := huifang.ParseDate(t)
	if err != nil {
		f.add(it, "", "answer.date", huifang.Text{
			ZH: "中的“" + shorten(clean(t)) + "”不是有效日期，应写作 2026-03-31",
			EN: "holds “" + shorten(clean(t)) + "”, which is not a date; write it as 2026-03-31",
		})
		return nil
	}
	if first, last := it.dates(); d < first || d > last {
		f.add(it, "", "answer.range", huifang.Text{
			ZH: "应在 " + first.String() + " 到 " + last.String() + " 之间",
			EN: "must be between " + first.String() + " and " + last.String(),
		})
		return nil
	}
	if t == s {
		return raw
	}
	return t
}

func (it *Item) choice(row string, raw any, f *faults) any {
	s, ok := raw.(string)
	switch {
	case !ok:
		f.wrongType(it, row, "一个选项代码", "one option code")
		return nil
	case s == "":
		return nil
	case it.option(s) == nil:
		f.unknownOption(it, row, clean(s))
		return nil
	}
	return raw
}

func (it *Item) truth(raw any, f *faults) any {
	if _, ok := raw.(bool); !ok {
		f.wrongType(it, "", "“是”或“否”（true 或 false）", "yes or no (true or false)")
		return nil
	}
	return raw
}
