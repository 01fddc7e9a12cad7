package pack

import "github.com/huifang/huifang"

// Statistics is how a trade lays out the month's sheet: a merged title, units
// down, programs across with the figures of each, lists below, and a line to
// sign on.
type Statistics struct {
	Title      huifang.Text   `yaml:"title"`    // may hold {{organization}}, {{unit}} and {{month}}
	Units      huifang.Text   `yaml:"units"`    // heading of the first column
	Total      huifang.Text   `yaml:"total"`    // name of the last row
	All        huifang.Text   `yaml:"all"`      // name of the block over all programs
	Programs   []string       `yaml:"programs"` // in order; empty: every program of the pack
	Figures    []Figure       `yaml:"figures"`  // under each program
	Lists      []SheetList    `yaml:"lists"`
	Analysis   huifang.Text   `yaml:"analysis"` // heading of the written analysis
	Signatures []huifang.Text `yaml:"signatures"`
	Notes      []huifang.Text `yaml:"notes"`
}

// Figure is one column of the sheet. Codes are those of Figures; a figure's
// meaning is huifang.Tally's.
type Figure struct {
	Code  string       `yaml:"code"`
	Title huifang.Text `yaml:"title"`
}

// Figures lists the figures a sheet may show.
func Figures() []string {
	return []string{
		"due", "done", "on_time", "late", "overdue", "open", "unreachable", "waived",
		"rate", "target", "reached", "satisfied", "dissatisfied", "unqualified", "satisfaction", "recurrences",
	}
}

// SheetList is one list below the sheet. Codes are those of Lists.
type SheetList struct {
	Code    string       `yaml:"code"`
	Title   huifang.Text `yaml:"title"`
	Columns []Column     `yaml:"columns"`
}

// Column is one column of a list. Codes are those of Columns.
type Column struct {
	Code  string       `yaml:"code"`
	Title huifang.Text `yaml:"title"`
}

// Lists lists the lists a sheet may have.
func Lists() []string {
	return []string{"unqualified", "dissatisfied", "recurrences", "unreachable", "overdue", "waived"}
}

// Columns lists the columns a list may have.
func Columns() []string {
	return []string{
		"index", "number", "unit", "program", "contact", "asset", "phone", "department", "matter", "event_date", "closes",
		"done_at", "assignees", "staff", "verdict", "shortcomings", "suggestions", "opinion", "case", "measure",
		"rule", "count", "decision", "reason",
	}
}
