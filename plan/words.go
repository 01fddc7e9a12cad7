package plan

import (
	"time"

	"github.com/huifang/huifang"
)

// ReasonText says what a reason code of the engine means.
func ReasonText(reason string) huifang.Text {
	if t, ok := reasonTexts()[reason]; ok {
		return t
	}
	return huifang.Text{ZH: reason, EN: reason}
}

func reasonTexts() map[string]huifang.Text {
	return map[string]huifang.Text{
		"window_closed":              {ZH: "导入历史数据时回访期限已过", EN: "the window had closed when this history was imported"},
		"window_closed_before_event": {ZH: "得知此事时回访期限已过", EN: "the window had closed before this became known"},
		"window_empty":               {ZH: "回访期限的结束早于开始", EN: "the window would end before it begins"},
		"condition_false":            {ZH: "条件不成立", EN: "the condition does not hold"},
		"condition_error":            {ZH: "条件无法计算（缺少所需的属性）", EN: "the condition could not be evaluated (an attribute it needs is missing)"},
		"attribute_missing":          {ZH: "缺少所需的日期或数字", EN: "a date or number the rule needs is missing"},
		"attribute_invalid":          {ZH: "日期无效或先后颠倒", EN: "a date is not valid, or the end precedes the start"},
		"answer_missing":             {ZH: "结果中没有下次回访日期", EN: "the result names no next date"},
		"by_hand":                    {ZH: "超出规则范围，由人工安排", EN: "outside the rule's table: planned by hand"},
		"do_not_contact":             {ZH: "客户要求不再联系", EN: "the customer asked not to be contacted"},
		"cool_down":                  {ZH: "与同一客户的其他回访间隔太近", EN: "too close to another follow-up with the same customer"},
		"stopped":                    {ZH: "终止事件已发生", EN: "an event that ends the program has happened"},
		"ended":                      {ZH: "结束条件已满足", EN: "the step's end condition has come true"},
		"not_needed":                 {ZH: "规则不再需要", EN: "the rules do not ask for it any more"},
		"already_done":               {ZH: "该回访已经结束", EN: "this follow-up had ended already"},
		"unknown_followup":           {ZH: "没有这样的回访", EN: "there is no such follow-up"},
		"subject_missing":            {ZH: "事件没有指明方案的对象", EN: "the event does not name the program's subject"},
		"absent":                     {ZH: "不在岗且无人替岗", EN: "away, and nobody stands in"},
		"excluded":                   {ZH: "规则排除此人", EN: "excluded by the rule"},
		"not_qualified":              {ZH: "没有有效资格", EN: "holds no valid licence"},
		"nobody":                     {ZH: "没有找到合适的人", EN: "nobody was found"},
	}
}

// Lines tells the explanation in sentences.
func (x *Explanation) Lines(lang huifang.Lang) []string {
	var out []string
	add := func(zh, en string, args ...any) { out = append(out, huifang.Textf(zh, en, args...).In(lang)) }
	add("方案 %s 第 %d 版，步骤 %s", "program %s version %d, step %s", x.Program, x.Version, x.Step)
	if x.Source != "" {
		add("依据：%s", "source: %s", x.Source)
	}
	add("事件 %s（%s），%s", "event %s (%s), %s", x.Event, x.EventType, time.UnixMilli(x.EventAt).UTC().Format(time.RFC3339))
	opens, closes := x.Opens, x.Closes
	if !closes.Set {
		closes = opens
	}
	add("起算：%s = %s；开始 %s，截止 %s", "counted from: %s = %s; opens %s, closes %s", x.Anchor, x.From, opens, closes)
	if x.Condition != "" {
		add("条件：%s", "condition: %s", x.Condition)
	}
	for _, v := range x.Saw {
		add("%s = %v", "%s = %v", v.Name, v.Value)
	}
	if x.Shifted != "" {
		add("%s 为非工作日，已顺延", "moved from %s, which is not a working day", x.Shifted)
	}
	if x.AssignRule != "" {
		add("分派条件：%s", "assigned because: %s", x.AssignRule)
	}
	for _, a := range x.Assigned {
		switch {
		case len(a.For) > 0:
			add("%s：由 %s 替岗（%v 不在岗）", "%s: %s stands in for %v", a.Resolver, a.Staff, a.For)
		case a.Staff != "":
			add("%s：%s", "%s: %s", a.Resolver, a.Staff)
		default:
			add("%s：%s", "%s: %s", a.Resolver, ReasonText(a.Reason).In(lang))
		}
	}
	if x.Reason != "" {
		add("原因：%s", "reason: %s", ReasonText(x.Reason).In(lang))
	}
	return out
}
