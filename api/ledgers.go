package api

import (
	"context"
	"io"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// ledgers: the sheets that the trade keeps.
func (s *service) ledgers() {
	const tag = "ledgers"
	read := may(huifang.PermFollowupRead)
	register(s, tag, op{id: "list-ledgers", method: http.MethodGet, path: "/ledgers", zh: "行业台账一览", en: "The sheets that the active packs keep", needs: read}, s.listLedgers)
	register(s, tag, op{id: "ledger-layout", method: http.MethodGet, path: "/ledgers/{pack}/{code}/layout", zh: "台账的版面，与下载的表一致", en: "A ledger as it is laid out, its first rows", needs: read}, s.ledgerLayout)
	register(s, tag, op{id: "ledger-xlsx", method: http.MethodGet, path: "/ledgers/{pack}/{code}/sheet.xlsx", zh: "下载台账（XLSX）", en: "A ledger as XLSX", needs: read, files: []string{mediaXLSX}}, s.ledgerXLSX)
	register(s, tag, op{id: "ledger-csv", method: http.MethodGet, path: "/ledgers/{pack}/{code}/sheet.csv", zh: "下载台账（CSV）", en: "A ledger as CSV", needs: read, files: []string{mediaCSV}}, s.ledgerCSV)
	register(s, tag, op{id: "ledger-followups", method: http.MethodGet, path: "/ledgers/{pack}/{code}/followups", zh: "台账数字背后的回访", en: "The follow-ups that a cell of a ledger counts", needs: read}, s.ledgerFollowups)
}

// LedgerInfo is a ledger as a list shows it.
type LedgerInfo struct {
	Pack        string       `json:"pack"`
	PackName    huifang.Text `json:"pack_name"`
	Code        string       `json:"code"`
	Name        huifang.Text `json:"name"`
	Description huifang.Text `json:"description"`
	Source      string       `json:"source,omitempty"`
	Period      string       `json:"period,omitempty" enum:"day,week,month,quarter,year" doc:"Missing: all there is."`
	Cards       bool         `json:"cards" doc:"A form for each row rather than a list."`
	Contacts    bool         `json:"contacts" doc:"Rows are contacts: it may be asked for one."`
}

func newLedgerInfo(l app.LedgerInfo) LedgerInfo {
	return LedgerInfo{
		Pack: l.Pack, PackName: l.PackName, Code: l.Code, Name: l.Name, Description: l.Description, Source: l.Source, Period: l.Period,
		Cards: l.Cards, Contacts: l.Contacts,
	}
}

func (s *service) listLedgers(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[LedgerInfo]], error) {
	found, err := s.app.Ledgers(ctx, actor)
	return all(found, newLedgerInfo), err
}

// LedgerAsk names a ledger and a period.
type LedgerAsk struct {
	Pack    string       `path:"pack" maxLength:"100"`
	Code    string       `path:"code" maxLength:"100"`
	On      string       `query:"on" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" patternDescription:"YYYY-MM-DD" doc:"A day of the period; missing: today."`
	Unit    huifang.ID   `query:"unit" maxLength:"100" doc:"The unit and those below it; missing: all one may see."`
	Contact huifang.ID   `query:"contact" maxLength:"100" doc:"Only this contact."`
	Lang    huifang.Lang `query:"lang" enum:"zh,en" doc:"Of the sheet; missing: as Accept-Language."`
	Reveal  bool         `query:"reveal" doc:"Phone and id numbers whole; needs contact.reveal and is noted."`
}

func (in *LedgerAsk) query(ctx context.Context) (app.LedgerQuery, error) {
	q := app.LedgerQuery{Pack: in.Pack, Code: in.Code, On: huifang.NoDate, Unit: in.Unit, Contact: in.Contact, Lang: in.Lang, Reveal: in.Reveal}
	if q.Lang == "" {
		q.Lang = callerOf(ctx).lang
	}
	if in.On == "" {
		return q, nil
	}
	var err error
	q.On, err = huifang.ParseDate(in.On)
	return q, err
}

func (s *service) ledgerLayout(ctx context.Context, actor *huifang.Actor, in *LedgerAsk) (*answer[*app.Layout], error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	layout, err := s.app.LedgerLayout(ctx, actor, q)
	return &answer[*app.Layout]{Body: layout}, err
}

func (s *service) ledgerXLSX(ctx context.Context, actor *huifang.Actor, in *LedgerAsk) (*download, error) {
	return s.ledgerFile(ctx, actor, in, "xlsx", mediaXLSX)
}

func (s *service) ledgerCSV(ctx context.Context, actor *huifang.Actor, in *LedgerAsk) (*download, error) {
	return s.ledgerFile(ctx, actor, in, "csv", mediaCSV)
}

func (s *service) ledgerFile(ctx context.Context, actor *huifang.Actor, in *LedgerAsk, format, media string) (*download, error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Ledgers(ctx, actor)
	if err != nil {
		return nil, err
	}
	name := in.Code
	for i := range all {
		if all[i].Pack == in.Pack && all[i].Code == in.Code {
			name = all[i].Name.In(q.Lang)
		}
	}
	if in.On != "" {
		name += "-" + in.On
	}
	return s.file(ctx, name+"."+format, media, func(w io.Writer) error { return s.app.WriteLedger(ctx, actor, q, format, w) }), nil
}

type ledgerCellInput struct {
	LedgerAsk
	Key    string `query:"key" maxLength:"400" doc:"As the cell opens."`
	Column int    `query:"column" minimum:"0" doc:"As the cell opens."`
}

func (s *service) ledgerFollowups(ctx context.Context, actor *huifang.Actor, in *ledgerCellInput) (*answer[List[Followup]], error) {
	q, err := in.query(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.app.LedgerFollowups(ctx, actor, q, in.Key, in.Column)
	return all(found, newFollowupLine), err
}
