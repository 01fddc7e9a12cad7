package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Demand is what a figure must hold: at least or at most a value. The zero
// Demand is of a figure that is shown for comparison.
type Demand struct {
	AtLeast bool    `json:"at_least"`
	Value   float64 `json:"value"`
}

func atLeast(v float64) Demand { return Demand{AtLeast: true, Value: v} }
func atMost(v float64) Demand  { return Demand{Value: v} }

func (d Demand) holds(v float64) bool {
	if d == (Demand{}) {
		return true
	}
	if d.AtLeast {
		return v >= d.Value
	}
	return v <= d.Value
}

// Row is one line of the table: a figure, what we reach, what the machine can
// do, and the demand. The demand is on the ratio of the two, or, where Absolute
// is set, on what we reach.
type Row struct {
	Code     string  `json:"code"` // of the figures it was measured with
	Figure   string  `json:"figure"`
	Unit     string  `json:"unit"` // of Ours and Limit
	Ours     float64 `json:"ours"`
	Against  string  `json:"against,omitempty"` // what the limit is
	Limit    float64 `json:"limit,omitempty"`
	Ratio    float64 `json:"ratio,omitempty"` // Ours to Limit, median over the rounds
	Low      float64 `json:"low,omitempty"`   // least and greatest of any round
	High     float64 `json:"high,omitempty"`
	Absolute bool    `json:"absolute,omitempty"`
	Demand   Demand  `json:"demand"`
	Note     string  `json:"note,omitempty"`
	Pass     bool    `json:"pass"`
}

// compared is the line of a ratio of ours to a limit.
func compared(figure, unit string, ours, limit series, d Demand) Row {
	r := ours.over(limit)
	row := Row{
		Figure: figure, Unit: unit, Ours: ours.median(), Against: limit.name, Limit: limit.median(),
		Ratio: r.median(), Low: slices.Min(r.values), High: slices.Max(r.values), Demand: d,
	}
	row.Pass = d.holds(row.Ratio)
	return row
}

// bounded is the line of a value that has a bound by itself; limit, where it has
// values, is what the machine needs without us.
func bounded(figure, unit string, ours, limit series, d Demand) Row {
	row := Row{Figure: figure, Unit: unit, Ours: ours.median(), Absolute: true, Demand: d, Pass: d.holds(ours.median())}
	if len(limit.values) > 0 {
		r := ours.over(limit)
		row.Against, row.Limit, row.Ratio, row.Low, row.High = limit.name, limit.median(), r.median(), slices.Min(r.values), slices.Max(r.values)
	}
	return row
}

// noted adds what a reader should know of how it was measured.
func (r Row) noted(format string, args ...any) Row {
	r.Note = fmt.Sprintf(format, args...)
	return r
}

// demanded is the bound as the table shows it.
func (r *Row) demanded() string {
	if r.Demand == (Demand{}) {
		return ""
	}
	sign := "≤ "
	if r.Demand.AtLeast {
		sign = "≥ "
	}
	if r.Absolute {
		return sign + quantity(r.Demand.Value, r.Unit)
	}
	return sign + ratio(r.Demand.Value)
}

func (r *Row) verdict() string {
	switch {
	case r.Demand == (Demand{}):
		return "for comparison"
	case r.Pass:
		return "pass"
	}
	return "FAIL"
}

// ratio prints a quotient: 0.45, 3.20, 12.4.
func ratio(v float64) string {
	if math.Abs(v) >= 10 {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// quantity prints a value with its unit, seconds in the part of them that reads
// best.
func quantity(v float64, unit string) string {
	if unit == "s" {
		switch {
		case v < 1e-3:
			return significant(v*1e6) + " µs"
		case v < 1:
			return significant(v*1e3) + " ms"
		}
		return significant(v) + " s"
	}
	if unit == "" {
		return significant(v)
	}
	return significant(v) + " " + unit
}

// significant prints three digits, thousands set apart.
func significant(v float64) string {
	switch a := math.Abs(v); {
	case a >= 1000:
		return thousands(int64(math.Round(v)))
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
