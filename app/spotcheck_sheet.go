package app

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

// WriteSpotCheck writes a spot check as an Excel sheet to work through and sign.
// As SpotCheck.
func (a *App) WriteSpotCheck(ctx context.Context, actor *huifang.Actor, id huifang.ID, lang huifang.Lang, w io.Writer) error {
	c, err := a.SpotCheck(ctx, actor, id)
	if err != nil {
		return err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return err
	}
	return d.spotCheckSheet(c, cmp.Or(lang, d.org.Lang, huifang.ZH)).XLSX(w)
}

func (d *directory) spotCheckSheet(c *SpotCheckDetail, lang huifang.Lang) *report.Ledger {
	say := func(zh, en string) string { return huifang.Text{ZH: zh, EN: en}.In(lang) }
	out := &report.Ledger{
		Lang: lang, Title: d.org.Name.In(lang) + say("回访记录抽查表", ": spot check of records"), Sheet: say("抽查", "Spot check"), By: d.org.Name.In(lang),
		Facts: []string{
			cmp.Or(d.unitName(c.Unit), d.org.Name.In(lang)), c.From.String() + say(" 至 ", " to ") + c.To.String(), spotCheckSize(c, lang),
			say("种子 ", "seed ") + c.Seed,
		},
		Columns: []report.LedgerColumn{
			{Title: say("序号", "No."), Width: 5},
			{Title: say("部门", "Department"), Width: 12},
			{Title: say("回访编号", "Number"), Width: 15},
			{Title: say("客户", "Customer"), Width: 12},
			{Title: say("回访方案", "Program"), Width: 18},
			{Title: say("回访日期", "Done"), Width: 11},
			{Title: say("回访人", "By"), Width: 10},
			{Title: say("抽查结论", "Result"), Width: 10},
			{Title: say("抽查意见", "Opinion"), Width: 34, Left: true},
			{Title: say("抽查人", "Checked by"), Width: 10},
		},
		Empty: say("该期间没有可抽查的记录", "there were no records to draw from"), Signatures: []string{say("抽查人", "Checked by"), say("日期", "Date")},
	}
	lines := map[huifang.ID]*FollowupLine{}
	for i := range c.Lines {
		lines[c.Lines[i].Followup.ID] = &c.Lines[i]
	}
	section := report.LedgerSection{}
	for i := range c.Items {
		it := &c.Items[i]
		if l := lines[it.Followup]; l != nil {
			f := l.Followup
			section.Rows = append(section.Rows, []report.LedgerCell{
				{Value: int64(len(section.Rows) + 1)},
				{Value: it.Department},
				{Value: f.Number},
				{Value: l.ContactName},
				{Value: l.ProgramName.In(lang)},
				{Value: huifang.DateOf(f.DoneAt, d.zoneOf(f.Unit))},
				{Value: d.staffName(f.DoneBy)},
				{Value: spotCheckResult(it.Result, lang)},
				{Value: it.Opinion},
				{Value: d.staffName(it.By)},
			})
		}
	}
	out.Sections = []report.LedgerSection{section}
	return out
}

func spotCheckSize(c *SpotCheckDetail, lang huifang.Lang) string {
	how := huifang.Textf("各部门 %s%%", "%s %% of each department", fmt.Sprint(c.Percent))
	if c.Count > 0 {
		how = huifang.Textf("各部门 %d 份", "%d of each department", c.Count)
	}
	drawn := huifang.Text{ZH: fmt.Sprintf("，%d 份中抽 %d 份", c.Population, len(c.Items)), EN: fmt.Sprintf(", %d drawn of %d", len(c.Items), c.Population)}
	return how.In(lang) + drawn.In(lang)
}

func spotCheckResult(r SpotCheckResult, lang huifang.Lang) string {
	switch r {
	case SpotCheckSound:
		return huifang.Text{ZH: "符合要求", EN: "sound"}.In(lang)
	case SpotCheckFault:
		return huifang.Text{ZH: "存在问题", EN: "fault"}.In(lang)
	case SpotCheckOpen:
	}
	return ""
}
