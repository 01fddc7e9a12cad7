package plan

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/huifang/huifang"
)

// coreTypes are the types of event every set understands.
func coreTypes() []EventType {
	return []EventType{
		{Type: huifang.EventContactChanged, Name: huifang.Text{ZH: "客户资料变更", EN: "Contact changed"}, Needs: []string{"contact"}},
		{Type: huifang.EventAssetChanged, Name: huifang.Text{ZH: "资产资料变更", EN: "Asset changed"}, Needs: []string{"asset"}},
		{Type: huifang.EventFollowupCompleted, Name: huifang.Text{ZH: "回访完成", EN: "Follow-up completed"}},
		{Type: huifang.EventFollowupUnreachable, Name: huifang.Text{ZH: "无法联系", EN: "Follow-up unreachable"}},
		{Type: huifang.EventFollowupWaived, Name: huifang.Text{ZH: "免回访", EN: "Follow-up waived"}},
	}
}

// Check validates an event against its type: known, with what it needs, every
// attribute of the right type and within range. Faults are located by field,
// e.g. attributes.contract_end.
func (s *Set) Check(ev *huifang.Event) error { return s.CheckIn(ev, DefaultZone()) }

// checkAttributes is Check without the checks between attributes.
func (s *Set) checkAttributes(ev *huifang.Event) error {
	t := s.types[ev.Type]
	if t == nil {
		e := huifang.Invalid("event.unknown_type", huifang.Textf("未知的事件类型“%s”", "unknown type of event %q", ev.Type))
		e.At.Field = "type"
		return e
	}
	if y := ev.At.Year(); ev.At.IsZero() || y < 1970 || y > 2200 {
		return fieldError("at", "event.at", huifang.Text{ZH: "发生时间缺失或超出 1970 至 2200 年", EN: "the time is missing or outside the years 1970 to 2200"})
	}
	for _, need := range t.Needs {
		if !has(ev, need) {
			return fieldError(need, "event.missing", huifang.Textf("%s 事件缺少 %s", "a %s event needs its %s", ev.Type, need))
		}
	}
	for i := range t.Attributes {
		a := &t.Attributes[i]
		v, ok := ev.Attributes[a.Name]
		if !ok || v == nil || v == "" {
			if a.Required {
				return fieldError("attributes."+a.Name, "attribute.missing", huifang.Textf("缺少必填属性“%s”", "the required attribute %q is missing", a.Name))
			}
			continue
		}
		if err := a.Check(v); err != nil {
			err.At.Field = "attributes." + a.Name
			return err
		}
	}
	return nil
}

func fieldError(field, reason string, message huifang.Text) *huifang.Error {
	e := huifang.Invalid(reason, message)
	e.At.Field = field
	return e
}

func has(ev *huifang.Event, need string) bool {
	switch need {
	case "contact":
		return ev.Contact != ""
	case "asset":
		return ev.Asset != ""
	case "unit":
		return ev.Unit != ""
	case "department":
		return ev.Department != ""
	case "staff":
		return ev.Staff != ""
	case "customer": // a contact, or an asset that leads to one
		return ev.Contact != "" || ev.Asset != ""
	}
	return true
}

// Check validates one value of the attribute.
func (a *AttributeType) Check(v any) *huifang.Error {
	var ok bool
	zh, en := "文字", "text"
	switch a.Type {
	case "number":
		zh, en = "数字", "a number"
		var n float64
		if n, ok = number(v); ok && (a.Min != nil && n < *a.Min || a.Max != nil && n > *a.Max) {
			return huifang.Invalid("attribute.range", huifang.Textf("属性“%s”的值 %v 超出范围%s", "attribute %q: %v is out of range%s", a.Name, v, a.bounds()))
		}
	case "bool":
		zh, en = "true 或 false", "true or false"
		_, ok = v.(bool)
	case "date", "datetime":
		zh, en = "日期，如 2026-03-31", "a date such as 2026-03-31"
		ok = isDate(v)
	case "choice":
		zh, en = "规定的选项之一", "one of its choices"
		ok = a.isChoice(v)
	case "list":
		zh, en = "列表", "a list"
		_, ok = v.([]any)
	default:
		_, ok = v.(string)
	}
	if ok {
		return nil
	}
	return huifang.Invalid("attribute.type", huifang.Text{
		ZH: fmt.Sprintf("属性“%s”应为%s，实际为 %v", a.Name, zh, v), EN: fmt.Sprintf("attribute %q is to be %s, not %v", a.Name, en, v),
	})
}

func isDate(v any) bool {
	m, ok := dateValue(v, time.UTC)
	y, _, _ := m.Date.Civil()
	return ok && y >= 1900 && y <= 2200
}

func (a *AttributeType) isChoice(v any) bool {
	s, ok := v.(string)
	return ok && slices.ContainsFunc(a.Values, func(x Value) bool { return x.Code == s })
}

func (a *AttributeType) bounds() string {
	s := ""
	if a.Min != nil {
		s += " ≥ " + strconv.FormatFloat(*a.Min, 'g', -1, 64)
	}
	if a.Max != nil {
		s += " ≤ " + strconv.FormatFloat(*a.Max, 'g', -1, 64)
	}
	return s
}
