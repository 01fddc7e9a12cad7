package report

import (
	"strings"

	"github.com/huifang/huifang"
)

// MonthWords is how a trade titles and heads its sheet; what is empty is said in
// the product's own words. Title may hold {{organization}}, {{unit}} and
// {{month}}.
type MonthWords struct {
	Title      huifang.Text            `json:"title"`
	Units      huifang.Text            `json:"units"`    // over the units
	Total      huifang.Text            `json:"total"`    // of the last row
	All        huifang.Text            `json:"all"`      // over all programs together
	Analysis   huifang.Text            `json:"analysis"` // over the findings
	Figures    map[string]huifang.Text `json:"figures,omitempty"`
	Lists      map[string]ListWords    `json:"lists,omitempty"`
	Signatures []huifang.Text          `json:"signatures,omitempty"`
	Notes      []huifang.Text          `json:"notes,omitempty"`
}

// ListWords is how one list is titled and its columns headed, by their codes.
type ListWords struct {
	Title   huifang.Text            `json:"title"`
	Columns map[string]huifang.Text `json:"columns,omitempty"`
}

// either is a text of the trade, where it has one, else the product's.
func either(trade, ours huifang.Text) huifang.Text {
	if trade == (huifang.Text{}) {
		return ours
	}
	return trade
}

// title is the trade's, filled in, or the product's.
func (m *MonthSheet) title() string {
	month := monthName(m.Month, m.Lang)
	if t := m.Words.Title.In(m.Lang); t != "" {
		return strings.NewReplacer("{{organization}}", m.Organization.In(m.Lang), "{{unit}}", m.Unit, "{{month}}", month).Replace(t)
	}
	return m.pick(month+"回访月统计表", "Follow-up statistics, "+month)
}

func (m *MonthSheet) unitsWord() huifang.Text { return either(m.Words.Units, label("单位", "Unit")) }

func (m *MonthSheet) totalWord() huifang.Text {
	return either(m.Words.Total, label("合　计", "Total"))
}

func (m *MonthSheet) allWord() huifang.Text {
	return either(m.Words.All, label("合计", "All programs"))
}

// figureName is what a figure is called.
func (m *MonthSheet) figureName(id int) huifang.Text {
	return either(m.Words.Figures[figures[id].code], figures[id].label)
}

// listTitle is what a list is called.
func (m *MonthSheet) listTitle(list string, ours huifang.Text) huifang.Text {
	return either(m.Words.Lists[list].Title, ours)
}

// heads names a list's columns as the trade does: codes are in the order of the
// columns, an empty one keeps its name.
func heads[T any](m *MonthSheet, list string, columns []column[T], codes ...string) []column[T] {
	for i, code := range codes {
		columns[i].label = either(m.Words.Lists[list].Columns[code], columns[i].label)
	}
	return columns
}

// named gives columns of figures the trade's names.
func named[T any](m *MonthSheet, columns []column[T]) []column[T] {
	for i := range columns {
		columns[i].label = m.figureName(columns[i].figure)
	}
	return columns
}
