package report

import (
	"fmt"
	"strings"

	"github.com/huifang/huifang"
)

// Findings state in words what the figures show, in both languages: the whole,
// programs and units below their target, what is overdue or could not be
// reached, and the lists to look at. They are what the analysis starts from.
func (m *MonthSheet) Findings() []huifang.Text {
	total := m.Total()
	if total.Due == 0 {
		return []huifang.Text{label("本月没有应回访。", "No follow-ups were due this month.")}
	}
	out := []huifang.Text{m.overall(total)}
	if t, ok := m.belowTarget(); ok {
		out = append(out, t)
	}
	if t, ok := m.unitsBelowTarget(); ok {
		out = append(out, t)
	}
	if n := total.Overdue(); n > 0 {
		out = append(out, huifang.Textf("逾期 %d 件，其中逾期完成 %d 件、至今未回访 %d 件。",
			"%d overdue: %d done late, %d still open.", n, total.Late, total.OpenLate))
	}
	if total.Unreachable > 0 {
		out = append(out, huifang.Textf("无法联系 %d 件，不计入已回访和满意。", "%d unreachable; they count neither as done nor as satisfied.", total.Unreachable))
	}
	if total.Waived > 0 {
		out = append(out, huifang.Textf("免回访 %d 件，不计入回访率。", "%d waived; they are left out of the rate.", total.Waived))
	}
	if n := len(m.Unqualified); n > 0 {
		out = append(out, huifang.Textf("不满意或不合格 %d 件，其中诉求未关闭 %d 件，详见“不合格回访”。",
			"%d dissatisfied or unqualified, %d of them with a case not closed; see Unqualified.", n, m.openCases()))
	}
	if n := len(m.Recurrences); n > 0 {
		out = append(out, huifang.Textf("重复诉求与返工 %d 项，其中负责人待定 %d 项，详见“重复诉求与返工”。",
			"%d recurrences, %d of them undecided; see Recurrences.", n, m.undecided()))
	}
	if m.NotPlanned > 0 {
		out = append(out, huifang.Textf("按规则未生成回访 %d 件，均记有原因。", "%d follow-ups were not planned by rule, each with its reason.", m.NotPlanned))
	}
	return out
}

func (m *MonthSheet) overall(t huifang.Tally) huifang.Text {
	zh := fmt.Sprintf("本月应回访 %d 件，已回访 %d 件", t.Due, t.Done)
	en := fmt.Sprintf("%d due, %d done", t.Due, t.Done)
	if rate, ok := t.Rate(); ok {
		zh += "，回访率 " + percent(rate, 0)
		en += ", follow-up rate " + percent(rate, 0)
	}
	if rate, ok := t.Satisfaction(); ok {
		zh += "，满意率 " + percent(rate, 0)
		en += ", satisfaction " + percent(rate, 0)
	}
	return label(zh+"。", en+".")
}

// belowTarget names the programs that missed their target.
func (m *MonthSheet) belowTarget() (huifang.Text, bool) {
	var zh, en []string
	for _, p := range m.Programs {
		t := m.ProgramTotal(p.Code)
		if !missed(t, p.Target) {
			continue
		}
		rate, _ := t.Rate()
		shown, target := percent(rate, p.Target), targetName(group{program: p})
		zh = append(zh, p.named(huifang.ZH)+" "+shown+"（目标 "+target+"）")
		en = append(en, p.named(huifang.EN)+" "+shown+" (target "+target+")")
	}
	return label("未达标方案："+strings.Join(zh, "、")+"。", "Programs below target: "+strings.Join(en, ", ")+"."), len(zh) > 0
}

// unitsBelowTarget names the units that missed a program's target, where there
// are several units to tell apart.
func (m *MonthSheet) unitsBelowTarget() (huifang.Text, bool) {
	const most = 6 // units named for a program
	var zh, en []string
	for _, p := range m.Programs {
		units := m.unitsBelow(p)
		if len(units) == 0 {
			continue
		}
		var more huifang.Text
		if n := len(units); n > most {
			more = huifang.Textf(" 等 %d 个单位", " and others, %d units in all", n)
			units = units[:most]
		}
		zh = append(zh, p.named(huifang.ZH)+"："+strings.Join(units, "、")+more.ZH)
		en = append(en, p.named(huifang.EN)+": "+strings.Join(units, ", ")+more.EN)
	}
	return label("未达标单位："+strings.Join(zh, "；")+"。", "Units below target: "+strings.Join(en, "; ")+"."), len(zh) > 0 && len(m.Units) > 1
}

func (p ProgramColumn) named(lang huifang.Lang) string {
	if name := p.Name.In(lang); name != "" {
		return name
	}
	return p.Code
}

func (m *MonthSheet) unitsBelow(p ProgramColumn) []string {
	var out []string
	for _, u := range m.Units {
		t := u.Cells[p.Code]
		if l := (line{targets: u.Targets}); missed(t, l.target(p)) {
			rate, _ := t.Rate()
			out = append(out, u.Name+" "+percent(rate, l.target(p)))
		}
	}
	return out
}

func (m *MonthSheet) openCases() int {
	n := 0
	for _, r := range m.Unqualified {
		if r.CaseNumber != "" && r.CaseState != huifang.CaseClosed {
			n++
		}
	}
	return n
}

func (m *MonthSheet) undecided() int {
	n := 0
	for _, r := range m.Recurrences {
		if r.Decision == "" {
			n++
		}
	}
	return n
}
