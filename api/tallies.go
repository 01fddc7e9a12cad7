package api

import (
	"context"
	"io"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Figures is the counts of some set of follow-ups with the rates made of them.
type Figures struct {
	huifang.Tally
	Overdue      int64    `json:"overdue"`
	Rate         *float64 `json:"rate,omitempty" doc:"Follow-up rate, 0 to 1; missing when nothing counts."`
	Satisfaction *float64 `json:"satisfaction,omitempty" doc:"0 to 1; missing when nobody answered."`
}

func newFigures(t huifang.Tally) Figures {
	w := Figures{Tally: t, Overdue: t.Overdue()}
	if r, ok := t.Rate(); ok {
		w.Rate = &r
	}
	if r, ok := t.Satisfaction(); ok {
		w.Satisfaction = &r
	}
	return w
}

// TallyLine is the tally of one group.
type TallyLine struct {
	Month   huifang.Month `json:"month,omitempty"`
	Unit    huifang.ID    `json:"unit,omitempty"`
	Program string        `json:"program,omitempty"`
	Lead    huifang.ID    `json:"lead,omitempty"`
	Name    huifang.Text  `json:"name" doc:"Of the last of the groups asked for."`
	Tally   Figures       `json:"tally"`
}

type talliesInput struct {
	From string     `query:"from" required:"true" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM"`
	To   string     `query:"to" pattern:"^[0-9]{4}-[0-9]{2}$" patternDescription:"YYYY-MM" doc:"The last month; missing: from."`
	Unit huifang.ID `query:"unit" maxLength:"100" doc:"The unit and those below it; missing: all one may see."`
	By   []string   `query:"by" enum:"month,unit,program,lead" doc:"Groups, separated by commas; missing: one sum."`
}

func (s *service) tallies(ctx context.Context, actor *huifang.Actor, in *talliesInput) (*answer[List[TallyLine]], error) {
	from, err := monthOf("query.from", in.From)
	if err != nil {
		return nil, err
	}
	to, err := monthOf("query.to", in.To)
	if err != nil {
		return nil, err
	}
	if to == 0 {
		to = from
	}
	lines, err := s.app.Tallies(ctx, actor, app.TallyQuery{From: from, To: to, Unit: in.Unit, By: in.By})
	return all(lines, func(l app.TallyLine) TallyLine {
		return TallyLine{Month: l.Month, Unit: l.Unit, Program: l.Program, Lead: l.Lead, Name: l.Name, Tally: newFigures(l.Tally)}
	}), err
}

type exportInput struct {
	FollowupFilter
	Lang huifang.Lang `query:"lang" enum:"zh,en" doc:"Of the file; missing: as Accept-Language."`
}

func (s *service) exportCSV(ctx context.Context, actor *huifang.Actor, in *exportInput) (*download, error) {
	return s.export(ctx, actor, in, "csv", mediaCSV)
}

func (s *service) exportXLSX(ctx context.Context, actor *huifang.Actor, in *exportInput) (*download, error) {
	return s.export(ctx, actor, in, "xlsx", mediaXLSX)
}

func (s *service) export(ctx context.Context, actor *huifang.Actor, in *exportInput, format, media string) (*download, error) {
	f, err := s.filter(ctx, actor, &in.FollowupFilter)
	if err != nil {
		return nil, err
	}
	lang := in.Lang
	if lang == "" {
		lang = callerOf(ctx).lang
	}
	day := clock().Format("20060102")
	name := huifang.Textf("回访-%s.%s", "followups-%s.%s", day, format)
	return s.file(ctx, name.In(lang), media, func(w io.Writer) error {
		return s.app.ExportFollowups(ctx, actor, f, format, lang, w)
	}), nil
}
