package api

import (
	"context"
	"io"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// reconciliations: a source system's list beside what is recorded.
func (s *service) reconciliations() {
	const tag = "imports"
	needs := may(huifang.PermEventIngest)
	register(s, tag, op{id: "reconcile", method: http.MethodPost, path: "/reconciliations", zh: "核对来源系统的清单，不写入", en: "Compare a source system's list with what is recorded; nothing is written", needs: needs}, s.reconcile)
	register(s, tag, op{id: "reconcile-xlsx", method: http.MethodPost, path: "/reconciliations/sheet.xlsx", zh: "核对并下载差异表", en: "Compare, as XLSX", needs: needs, files: []string{mediaXLSX}}, s.reconcileXLSX)
	s.describeUpload("/reconciliations")
	s.describeUpload("/reconciliations/sheet.xlsx")
}

// Reconciliation is a source system's list beside what is recorded.
type Reconciliation struct {
	File        string       `json:"file"`
	From        huifang.Date `json:"from" doc:"First day the list covers."`
	To          huifang.Date `json:"to"`
	Listed      int          `json:"listed" doc:"Rows of the list that could be read."`
	Recorded    int          `json:"recorded" doc:"Events of the same types, units and days."`
	Agreed      int          `json:"agreed"`
	Done        int          `json:"done" doc:"Rows whose follow-ups are all ended."`
	Differences []Difference `json:"differences"`
}

// Difference is one thing that is not the same on both sides.
type Difference struct {
	Kind     app.DifferenceKind `json:"kind" enum:"missing_here,missing_there,differs,not_followed,unreadable"`
	KindName huifang.Text       `json:"kind_name"`
	Key      string             `json:"key,omitempty" doc:"The source's own."`
	Line     int                `json:"line,omitempty" doc:"Of the list; missing: not in it."`
	Day      huifang.Date       `json:"day,omitempty"`
	Contact  string             `json:"contact,omitempty"`
	Asset    string             `json:"asset,omitempty"`
	Field    *huifang.Text      `json:"field,omitempty" doc:"That differs."`
	There    string             `json:"there,omitempty" doc:"What the list says."`
	Here     string             `json:"here,omitempty" doc:"What is recorded."`
	Event    huifang.ID         `json:"event,omitempty"`
	Followup huifang.ID         `json:"followup,omitempty" doc:"That is overdue."`
	Text     *huifang.Text      `json:"text,omitempty" doc:"Why a row cannot be read."`
}

func newDifference(d app.Difference) Difference {
	w := Difference{
		Kind: d.Kind, KindName: d.Kind.Name(), Key: d.Key, Line: d.Line, Day: d.Day, Contact: d.Contact, Asset: d.Asset, There: d.There, Here: d.Here,
		Event: d.Event, Followup: d.Followup,
	}
	if d.Field != (huifang.Text{}) {
		w.Field = &d.Field
	}
	if d.Text != (huifang.Text{}) {
		w.Text = &d.Text
	}
	return w
}

// listedDays are those that the list itself covers.
func listedDays() app.ReconcileOptions {
	return app.ReconcileOptions{From: huifang.NoDate, To: huifang.NoDate}
}

func (s *service) reconcile(ctx context.Context, actor *huifang.Actor, in *uploadInput) (*answer[Reconciliation], error) {
	defer in.close()
	file, options, err := in.read(ctx, s, actor)
	if err != nil {
		return nil, err
	}
	r, err := s.app.Reconcile(ctx, actor, file, options, listedDays())
	if err != nil {
		return nil, err
	}
	return &answer[Reconciliation]{Body: Reconciliation{
		File: r.File, From: r.From, To: r.To, Listed: r.Listed, Recorded: r.Recorded, Agreed: r.Agreed, Done: r.Done,
		Differences: turned(r.Differences, newDifference),
	}}, nil
}

func (s *service) reconcileXLSX(ctx context.Context, actor *huifang.Actor, in *uploadInput) (*download, error) {
	defer in.close()
	file, options, err := in.read(ctx, s, actor)
	if err != nil {
		return nil, err
	}
	r, err := s.app.Reconcile(ctx, actor, file, options, listedDays())
	if err != nil {
		return nil, err
	}
	lang := callerOf(ctx).lang
	name := huifang.Textf("清单核对表-%s.xlsx", "reconciliation-%s.xlsx", clock().Format("20060102"))
	return s.file(ctx, name.In(lang), mediaXLSX, func(w io.Writer) error { return r.Sheet(lang).XLSX(w) }), nil
}
