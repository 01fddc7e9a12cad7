package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// spotChecks: random samples of records, drawn to be checked.
func (s *service) spotChecks() {
	const tag = "spot-checks"
	needs := may(huifang.PermFollowupReview)
	register(s, tag, op{id: "list-spot-checks", method: http.MethodGet, path: "/spot-checks", zh: "抽查一览", en: "Spot checks, newest first", needs: needs}, s.listSpotChecks)
	register(s, tag, op{id: "draw-spot-check", method: http.MethodPost, path: "/spot-checks", zh: "抽取回访记录", en: "Draw a sample of records; the same seed draws the same", needs: needs, once: true, created: true}, s.drawSpotCheck)
	register(s, tag, op{id: "get-spot-check", method: http.MethodGet, path: "/spot-checks/{id}", zh: "一次抽查", en: "A spot check with its records", needs: needs}, s.getSpotCheck)
	register(s, tag, op{id: "opine-spot-check", method: http.MethodPost, path: "/spot-checks/{id}/opinions", zh: "填写抽查意见", en: "What the check of a record found; a fault opens a case", needs: needs, once: true}, s.opineSpotCheck)
	register(s, tag, op{id: "spot-check-xlsx", method: http.MethodGet, path: "/spot-checks/{id}/sheet.xlsx", zh: "下载抽查表", en: "A spot check as XLSX", needs: needs, files: []string{mediaXLSX}}, s.spotCheckXLSX)
}

// SpotCheckLine is a spot check as a list shows it.
type SpotCheckLine struct {
	ID         huifang.ID   `json:"id"`
	Seed       string       `json:"seed"`
	From       huifang.Date `json:"from"`
	To         huifang.Date `json:"to"`
	Unit       huifang.ID   `json:"unit,omitempty"`
	Program    string       `json:"program,omitempty"`
	Percent    float64      `json:"percent,omitempty" doc:"Of each department's records."`
	Count      int          `json:"count,omitempty" doc:"Or so many of each department."`
	Drawn      time.Time    `json:"drawn"`
	By         huifang.ID   `json:"by,omitempty"`
	Population int          `json:"population" doc:"Records it was drawn from."`
	Size       int          `json:"size"`
	Checked    int          `json:"checked"`
	Faults     int          `json:"faults"`
}

func newSpotCheckLine(c app.SpotCheck) SpotCheckLine {
	return SpotCheckLine{
		ID: c.ID, Seed: c.Seed, From: c.From, To: c.To, Unit: c.Unit, Program: c.Program, Percent: c.Percent, Count: c.Count, Drawn: c.Drawn, By: c.By,
		Population: c.Population, Size: len(c.Items), Checked: c.Checked(), Faults: c.Faults(),
	}
}

// SpotCheckItem is one record to check.
type SpotCheckItem struct {
	Department string              `json:"department,omitempty"`
	Result     app.SpotCheckResult `json:"result,omitempty" enum:"sound,fault" doc:"Missing: not checked yet."`
	Opinion    string              `json:"opinion,omitempty"`
	By         huifang.ID          `json:"by,omitempty"`
	ByName     string              `json:"by_name,omitempty"`
	At         *time.Time          `json:"at,omitempty"`
	Case       huifang.ID          `json:"case,omitempty" doc:"That the fault opened."`
	Followup   Followup            `json:"followup"`
}

// SpotCheck is a spot check with its records.
type SpotCheck struct {
	SpotCheckLine
	Items []SpotCheckItem `json:"items"`
}

func newSpotCheck(d *app.SpotCheckDetail) SpotCheck {
	lines := map[huifang.ID]app.FollowupLine{}
	for _, l := range d.Lines {
		lines[l.Followup.ID] = l
	}
	out := SpotCheck{SpotCheckLine: newSpotCheckLine(d.SpotCheck), Items: []SpotCheckItem{}}
	for i := range d.Items {
		it := &d.Items[i]
		l, ok := lines[it.Followup]
		if !ok {
			continue
		}
		w := SpotCheckItem{Department: it.Department, Result: it.Result, Opinion: it.Opinion, By: it.By, ByName: d.Names[it.By], Case: it.Case, Followup: newFollowupLine(l)}
		if !it.At.IsZero() {
			w.At = &it.At
		}
		out.Items = append(out.Items, w)
	}
	return out
}

func (s *service) listSpotChecks(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[SpotCheckLine]], error) {
	found, err := s.app.SpotChecks(ctx, actor)
	return all(found, newSpotCheckLine), err
}

type spotCheckDraw struct {
	Body struct {
		From    huifang.Date `json:"from"`
		To      huifang.Date `json:"to"`
		Unit    huifang.ID   `json:"unit,omitempty" maxLength:"100" doc:"The unit and those below it; missing: all one may see."`
		Program string       `json:"program,omitempty" maxLength:"100"`
		Percent float64      `json:"percent,omitempty" minimum:"0" maximum:"100" doc:"Of each department's records; this or count."`
		Count   int          `json:"count,omitempty" minimum:"0" maximum:"500" doc:"Records of each department."`
		Seed    string       `json:"seed,omitempty" maxLength:"100" doc:"Missing: a new one."`
	}
}

func (s *service) drawSpotCheck(ctx context.Context, actor *huifang.Actor, in *spotCheckDraw) (*answer[SpotCheckLine], error) {
	b := &in.Body
	c, err := s.app.DrawSpotCheck(ctx, actor, app.SpotCheckInput{From: b.From, To: b.To, Unit: b.Unit, Program: b.Program, Percent: b.Percent, Count: b.Count, Seed: b.Seed})
	if err != nil {
		return nil, err
	}
	return &answer[SpotCheckLine]{Body: newSpotCheckLine(*c)}, nil
}

func (s *service) getSpotCheck(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[SpotCheck], error) {
	c, err := s.app.SpotCheck(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return &answer[SpotCheck]{Body: newSpotCheck(c)}, nil
}

type spotCheckOpinion struct {
	ByID
	Body struct {
		Followup huifang.ID          `json:"followup" maxLength:"100"`
		Result   app.SpotCheckResult `json:"result" enum:"sound,fault"`
		Opinion  string              `json:"opinion,omitempty" maxLength:"2000" doc:"Needed for a fault."`
	}
}

func (s *service) opineSpotCheck(ctx context.Context, actor *huifang.Actor, in *spotCheckOpinion) (*answer[SpotCheck], error) {
	c, err := s.app.Opine(ctx, actor, in.ID, app.SpotCheckOpinion{Followup: in.Body.Followup, Result: in.Body.Result, Opinion: in.Body.Opinion})
	if err != nil {
		return nil, err
	}
	return &answer[SpotCheck]{Body: newSpotCheck(c)}, nil
}

func (s *service) spotCheckXLSX(ctx context.Context, actor *huifang.Actor, in *ByID) (*download, error) {
	lang := callerOf(ctx).lang
	name := huifang.Textf("抽查表-%s.xlsx", "spot-check-%s.xlsx", clock().Format("20060102"))
	return s.file(ctx, name.In(lang), mediaXLSX, func(w io.Writer) error { return s.app.WriteSpotCheck(ctx, actor, in.ID, lang, w) }), nil
}
