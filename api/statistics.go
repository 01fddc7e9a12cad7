package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// statistics: the month's figures, what is behind each, and files to keep.
func (s *service) statistics() {
	const tag = "statistics"
	read := may(huifang.PermStatsRead)
	register(s, tag, op{id: "month-sheet", method: http.MethodGet, path: "/statistics/{month}", zh: "回访月统计表", en: "The month's sheet as data", needs: read}, s.monthSheet)
	register(s, tag, op{id: "month-sheet-layout", method: http.MethodGet, path: "/statistics/{month}/layout", zh: "回访月统计表的版面，与下载的表一致", en: "The month's sheet as it is laid out, exactly as downloaded", needs: read}, s.monthLayout)
	register(s, tag, op{id: "month-sheet-file", method: http.MethodGet, path: "/statistics/{month}/sheet.xlsx", zh: "下载回访月统计表", en: "The month's sheet as XLSX", needs: read, files: []string{mediaXLSX}}, s.monthFile)
	register(s, tag, op{id: "drill-down", method: http.MethodGet, path: "/statistics/{month}/followups", zh: "数字背后的回访", en: "The follow-ups behind a figure", needs: read}, s.drillDown)
	register(s, tag, op{id: "freeze-month", method: http.MethodPost, path: "/statistics/{month}/freeze", zh: "月结", en: "Close a month", needs: may(huifang.PermOrganization), once: true}, s.freezeMonth)
	register(s, tag, op{id: "frozen-months", method: http.MethodGet, path: "/statistics/frozen", zh: "已结月份", en: "Closed months", needs: read}, s.frozenMonths)
	register(s, tag, op{id: "tallies", method: http.MethodGet, path: "/statistics/tallies", zh: "按月、单位、方案、人员汇总", en: "Tallies by month, unit, program and lead, for charts", needs: read}, s.tallies)
	register(s, tag, op{id: "export-followups-csv", method: http.MethodGet, path: "/exports/followups.csv", zh: "导出回访（CSV）", en: "Export follow-ups as CSV", needs: may(huifang.PermFollowupRead), files: []string{mediaCSV}}, s.exportCSV)
	register(s, tag, op{id: "export-followups-xlsx", method: http.MethodGet, path: "/exports/followups.xlsx", zh: "导出回访（XLSX）", en: "Export follow-ups as XLSX", needs: may(huifang.PermFollowupRead), files: []string{mediaXLSX}}, s.exportXLSX)
}

// Media types of files.
const (
	mediaCSV  = "text/csv; charset=utf-8"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// ByMonth names a month in the address.
type ByMonth struct {
	Month string `path:"month" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM" example:"2026-03"`
}

type monthInput struct {
	ByMonth
	Unit huifang.ID   `query:"unit" maxLength:"100" doc:"The unit and those below it; missing: all one may see."`
	Lang huifang.Lang `query:"lang" enum:"zh,en" doc:"Of the sheet; missing: as Accept-Language."`
	Live bool         `query:"live" doc:"As it is now, even when the month is closed."`
}

func (in *monthInput) query(ctx context.Context) (app.MonthQuery, error) {
	m, err := monthOf("path.month", in.Month)
	q := app.MonthQuery{Month: m, Unit: in.Unit, Lang: in.Lang}
	if q.Lang == "" {
		q.Lang = callerOf(ctx).lang
	}
	return q, err
}

func (s *service) monthSheet(ctx context.Context, actor *huifang.Actor, in *monthInput) (*answer[*app.MonthSheet], error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	read := s.app.MonthSheet
	if in.Live {
		read = s.app.LiveSheet
	}
	sheet, err := read(ctx, actor, q)
	return &answer[*app.MonthSheet]{Body: sheet}, err
}

func (s *service) monthLayout(ctx context.Context, actor *huifang.Actor, in *monthInput) (*answer[*app.Layout], error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	layout, err := s.app.MonthLayout(ctx, actor, q)
	return &answer[*app.Layout]{Body: layout}, err
}

func (s *service) monthFile(ctx context.Context, actor *huifang.Actor, in *monthInput) (*download, error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	name := huifang.Textf("回访月统计表-%s.xlsx", "followup-statistics-%s.xlsx", in.Month)
	return s.file(ctx, name.In(q.Lang), mediaXLSX, func(w io.Writer) error {
		return s.app.WriteMonth(ctx, actor, q, "xlsx", w)
	}), nil
}

// cellInput names one figure of the sheet.
type cellInput struct {
	ByMonth
	Paging
	Unit    huifang.ID       `query:"unit" maxLength:"100" doc:"Missing: all units, or with below=false those without one."`
	Below   bool             `query:"below" default:"true" doc:"With the units below."`
	Program string           `query:"program" maxLength:"100"`
	Lead    huifang.ID       `query:"lead" maxLength:"100"`
	Nobody  bool             `query:"nobody" doc:"Those without a lead."`
	Figure  string           `query:"figure" enum:"due,done,on_time,late,overdue,open,open_late,unreachable,waived,satisfied,dissatisfied,unqualified" default:"due"`
	Sort    app.FollowupSort `query:"sort" enum:"closes,opens,created" default:"closes"`
}

func (s *service) drillDown(ctx context.Context, actor *huifang.Actor, in *cellInput) (*answer[List[Followup]], error) {
	month, err := monthOf("path.month", in.Month)
	if err != nil {
		return nil, err
	}
	f, err := s.app.DrillDown(ctx, actor, app.Cell{Month: month, Unit: in.Unit, Below: in.Below, Program: in.Program, Lead: own(in.Lead, actor), Nobody: in.Nobody, Figure: app.Figure(in.Figure)})
	if err != nil {
		return nil, err
	}
	p, err := s.app.Followups(ctx, actor, app.FollowupQuery{Filter: f, Sort: in.Sort, Page: in.page()})
	return newList(p, newFollowupLine), err
}

// ClosedMonth is a month whose sheet is kept as it stood.
type ClosedMonth struct {
	Month huifang.Month `json:"month"`
	At    time.Time     `json:"at"`
	By    huifang.ID    `json:"by,omitempty"`
}

func newClosedMonth(f *huifang.Frozen) ClosedMonth {
	return ClosedMonth{Month: f.Month, At: f.At, By: f.By}
}

type freezeInput struct{ ByMonth }

func (s *service) freezeMonth(ctx context.Context, actor *huifang.Actor, in *freezeInput) (*answer[ClosedMonth], error) {
	month, err := monthOf("path.month", in.Month)
	if err != nil {
		return nil, err
	}
	f, err := s.app.FreezeMonth(ctx, actor, month)
	if err != nil {
		return nil, err
	}
	return &answer[ClosedMonth]{Body: newClosedMonth(f)}, nil
}

func (s *service) frozenMonths(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[ClosedMonth]], error) {
	months, err := s.app.FrozenMonths(ctx, actor)
	return all(months, newClosedMonth), err
}
