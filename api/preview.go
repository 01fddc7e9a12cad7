package api

import (
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// ImportPreview is what an import would do. Nothing of it is written.
type ImportPreview struct {
	Kind        string         `json:"kind" enum:"events,contacts,assets,staff" doc:"What a row is."`
	Format      string         `json:"format" enum:"csv,xlsx,jsonl"`
	Mapping     string         `json:"mapping" doc:"As guessed or given, YAML: to be edited, saved and used again."`
	Sheets      []SheetLayout  `json:"sheets" doc:"Every sheet with its columns, or why it is no data."`
	Notes       []huifang.Text `json:"notes" doc:"What a person should look at."`
	Rows        int            `json:"rows"`
	Accepted    int            `json:"accepted"`
	Warned      int            `json:"warned" doc:"Accepted with warnings."`
	Skipped     map[string]int `json:"skipped" doc:"By reason."`
	Rejected    map[string]int `json:"rejected" doc:"By reason."`
	Types       map[string]int `json:"types" doc:"Accepted, by type of event."`
	Months      []ImportMonth  `json:"months" doc:"Accepted, by month."`
	Looked      int            `json:"looked" doc:"Rows of which the following was worked out."`
	Known       int            `json:"known" doc:"Imported before."`
	NewListed   int            `json:"new_listed" doc:"Rows of a list that add somebody or something."`
	Changed     int            `json:"changed" doc:"Rows of a list that change what is known."`
	NewContacts int            `json:"new_contacts"`
	NewAssets   int            `json:"new_assets"`
	Planned     int            `json:"planned" doc:"Follow-ups."`
	Closed      int            `json:"closed" doc:"Windows closed already: not planned without backfill."`
	First       []ImportRow    `json:"first" doc:"The first accepted rows."`
	Doubted     []ImportRow    `json:"doubted" doc:"The first accepted rows with warnings."`
	Refused     []ImportRow    `json:"refused" doc:"The first rejected rows."`
	Units       []string       `json:"units" doc:"Names of units that are not known."`
	Staff       []string       `json:"staff" doc:"Names of staff that are not known."`
}

// SheetLayout is how one sheet is built.
type SheetLayout struct {
	Sheet   string        `json:"sheet"`
	Title   string        `json:"title,omitempty"`
	Header  int           `json:"header,omitempty" doc:"Row of the header's first line, from 1."`
	Columns []SheetColumn `json:"columns"`
	Missing []string      `json:"missing" doc:"Mapped columns that it does not have."`
	Data    bool          `json:"data"`
	Reason  *huifang.Text `json:"reason,omitempty" doc:"Why it is no data."`
}

// SheetColumn is one column of a sheet.
type SheetColumn struct {
	Name    string   `json:"name"`
	Field   string   `json:"field,omitempty" doc:"What it means; missing: nothing we know."`
	Samples []string `json:"samples"`
}

// ImportMonth is how many events of each type a month brings.
type ImportMonth struct {
	Month huifang.Month  `json:"month"`
	Types map[string]int `json:"types"`
}

// ImportRow is one row of a preview.
type ImportRow struct {
	Sheet      string         `json:"sheet,omitempty"`
	Line       int            `json:"line"`
	Type       string         `json:"type,omitempty"`
	At         time.Time      `json:"at,omitzero"`
	Contact    string         `json:"contact,omitempty"`
	Asset      string         `json:"asset,omitempty"`
	Unit       string         `json:"unit,omitempty"`
	Department string         `json:"department,omitempty"`
	Matter     string         `json:"matter,omitempty"`
	Warnings   []huifang.Text `json:"warnings"`
	Reason     string         `json:"reason,omitempty" doc:"Of a rejected row."`
	Text       *huifang.Text  `json:"text,omitempty" doc:"Of a rejected row."`
}

func newImportPreview(p *app.ImportPreview) ImportPreview {
	w := ImportPreview{
		Format: p.Format, Mapping: string(p.Mapping), Sheets: []SheetLayout{}, Notes: list(p.Notes), Rows: p.Rows, Accepted: p.Accepted, Warned: p.Warned,
		Skipped: counts(p.Skipped), Rejected: counts(p.Rejected), Types: counts(p.Types),
		Months: turned(p.Months, func(m app.ImportMonth) ImportMonth { return ImportMonth{Month: m.Month, Types: counts(m.Types)} }),
		Looked: p.Looked, Known: p.Known, Kind: p.Kind, NewListed: p.NewListed, Changed: p.Changed, NewContacts: p.NewContacts, NewAssets: p.NewAssets, Planned: p.Planned, Closed: p.Closed,
		First: turned(p.First, newImportRow), Doubted: turned(p.Doubted, newImportRow), Refused: turned(p.Refused, newImportRow), Units: list(p.Units), Staff: list(p.Staff),
	}
	for _, s := range p.Sheets {
		l := SheetLayout{Sheet: s.Sheet, Title: s.Title, Header: s.Header, Columns: []SheetColumn{}, Missing: list(s.Missing), Data: s.Data, Reason: words(s.Reason)}
		for _, c := range s.Columns {
			l.Columns = append(l.Columns, SheetColumn{Name: c.Name, Field: string(c.Field), Samples: list(c.Samples)})
		}
		w.Sheets = append(w.Sheets, l)
	}
	return w
}

func newImportRow(r app.ImportRow) ImportRow {
	return ImportRow{
		Sheet: r.Sheet, Line: r.Line, Type: r.Type, At: r.At, Contact: r.Contact, Asset: r.Asset, Unit: r.Unit, Department: r.Department, Matter: r.Matter,
		Warnings: list(r.Warnings), Reason: r.Reason, Text: words(r.Text),
	}
}

// words is a text that may be missing.
func words(t huifang.Text) *huifang.Text {
	if t == (huifang.Text{}) {
		return nil
	}
	return &t
}

// counts is never nil: {} on the wire.
func counts(m map[string]int) map[string]int {
	if m == nil {
		return map[string]int{}
	}
	return m
}
