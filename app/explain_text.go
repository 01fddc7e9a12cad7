package app

import (
	"fmt"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// explain puts an explanation into words, line by line. f is the follow-up it
// is of; nil for one that was not planned.
func (d *directory) explain(f *huifang.Followup, x *plan.Explanation) []huifang.Text {
	var out []huifang.Text
	add := func(zh, en string, args ...any) { out = append(out, huifang.Textf(zh, en, args...)) }
	program, step := d.ruleName(x.Program, x.Step)
	out = append(out, huifang.Text{
		ZH: fmt.Sprintf("方案：%s（第 %d 版），步骤：%s", program.In(huifang.ZH), x.Version, step.In(huifang.ZH)),
		EN: fmt.Sprintf("program: %s (version %d), step: %s", program.In(huifang.EN), x.Version, step.In(huifang.EN)),
	})
	if x.Source != "" {
		add("依据：%s", "source: %s", x.Source)
	}
	loc := d.zone
	if f != nil {
		loc = d.zoneOf(f.Unit)
	}
	if x.EventType != "" {
		when := time.UnixMilli(x.EventAt).In(loc).Format("2006-01-02 15:04")
		name := d.eventName(x.EventType)
		out = append(out, huifang.Text{ZH: "事件：" + name.In(huifang.ZH) + " " + when, EN: "event: " + name.In(huifang.EN) + " " + when})
	}
	if x.Condition != "" {
		add("条件：%s", "condition: %s", x.Condition)
	}
	for _, s := range x.Saw {
		add("所见：%s = %v", "saw: %s = %v", s.Name, s.Value)
	}
	if x.From != (huifang.Moment{}) {
		add("起算：%s（%s）", "counted from: %s (%s)", x.From, x.Anchor)
	}
	if x.Opens.Set || x.Closes.Set {
		closes := x.Closes
		if !closes.Set {
			closes = x.Opens
		}
		add("时限：%s 至 %s", "window: %s to %s", x.Opens, closes)
	}
	if x.Shifted != "" {
		add("顺延：原定 %s 为休息日", "shifted: %s is a day off", x.Shifted)
	}
	for _, n := range x.Assigned {
		out = append(out, d.assignText(n))
	}
	if f != nil {
		add("结果：%s 至 %s，由 %s 负责", "result: %s to %s, by %s", f.Window.Opens, f.Window.Closes, d.people(f.Assignees))
	} else if x.Reason != "" {
		why := reasonText(x.Reason)
		out = append(out, huifang.Text{ZH: "未计划：" + why.ZH, EN: "not planned: " + why.EN})
	}
	return out
}

// eventName is what a type of event is called.
func (d *directory) eventName(typ string) huifang.Text {
	if t := d.set.Type(typ); t != nil && t.Name != (huifang.Text{}) {
		return t.Name
	}
	return huifang.Text{ZH: typ, EN: typ}
}

// people names assignees.
func (d *directory) people(as []huifang.Assignee) string {
	names := make([]string, 0, len(as))
	for _, a := range as {
		name := a.String()
		if s := d.person[a.Staff]; s != nil {
			name = s.Name
		}
		names = append(names, name)
	}
	return strings.Join(names, "、")
}

// assignText says how one assignee was found.
func (d *directory) assignText(n plan.AssignNote) huifang.Text {
	name := func(id huifang.ID) string {
		if s := d.person[id]; s != nil {
			return s.Name
		}
		return string(id)
	}
	if n.Staff == "" {
		why := reasonText(n.Reason)
		return huifang.Text{ZH: "分派：" + n.Resolver + " 没有找到人（" + why.ZH + "）", EN: "assigned: nobody found for " + n.Resolver + " (" + why.EN + ")"}
	}
	out := huifang.Text{ZH: "分派：" + name(n.Staff) + "（" + n.Resolver + "）", EN: "assigned: " + name(n.Staff) + " (" + n.Resolver + ")"}
	for _, id := range n.For {
		out.ZH += "，代 " + name(id)
		out.EN += ", standing in for " + name(id)
	}
	return out
}

// reasonText says a stable reason in words.
func reasonText(reason string) huifang.Text {
	t, ok := reasons()[reason]
	if !ok {
		return huifang.Text{ZH: reason, EN: reason}
	}
	return t
}

// reasons are the engine's and the host's reasons in words.
func reasons() map[string]huifang.Text {
	t := func(zh, en string) huifang.Text { return huifang.Text{ZH: zh, EN: en} }
	return map[string]huifang.Text{
		"":                           {},
		"event_type":                 t("此方案不关注这类事件", "the program does not look at this type of event"),
		"condition_false":            t("条件不成立", "its condition does not hold"),
		"condition_error":            t("条件无法计算", "its condition cannot be worked out"),
		"subject_missing":            t("事件没有指明客户或资产", "the event names no contact or asset"),
		"program_off":                t("方案已停用", "the program is switched off"),
		"window_closed":              t("导入时时限已过", "its window had closed when it was imported"),
		"window_closed_before_event": t("时限在得知之前已过", "its window had closed before this was known"),
		"window_empty":               t("时限的结束早于开始", "its window ends before it begins"),
		"do_not_contact":             t("客户要求不再联系", "the contact does not want to be contacted"),
		"cool_down":                  t("与同一客户的另一次回访相隔太近", "too close to another follow-up with the same contact"),
		"attribute_missing":          t("缺少所需的属性", "an attribute it needs is missing"),
		"attribute_invalid":          t("所需的属性不是有效的值", "an attribute it needs has no valid value"),
		"answer_missing":             t("缺少所需的回答", "an answer it needs is missing"),
		"by_hand":                    t("超出规则范围，由人工安排", "beyond what the rule covers: to be arranged by hand"),
		"stopped":                    t("方案已终止", "the program was stopped"),
		"not_needed":                 t("已不需要", "not needed any more"),
		"ended":                      t("步骤已结束", "the step has ended"),
		"corrected":                  t("所依据的事件已被更正", "the event it stems from was corrected"),
		"nobody":                     t("没有人担任", "nobody holds it"),
		"absent":                     t("缺勤且无代班人", "away without a substitute"),
		"excluded":                   t("按规则不能由其回访", "excluded by the rule"),
		"not_qualified":              t("没有所需资格", "lacks the qualification"),
	}
}
