package report

import (
	"math"
	"strconv"

	"github.com/huifang/huifang"
)

// figure is one column of statistics: a count, or a rate that may not exist.
type figure struct {
	code  string // stable name in CSV
	label huifang.Text
	count func(huifang.Tally) int64
	rate  func(huifang.Tally) (float64, bool) // set instead of count
}

// The figures, in the order of the glossary.
const (
	figDue = iota
	figDone
	figOnTime
	figOverdue
	figOpen
	figUnreachable
	figWaived
	figRate
	figSatisfied
	figDissatisfied
	figUnqualified
	figSatisfaction
)

var figures = [...]figure{ //nolint:gochecknoglobals // constant table
	figDue:          {code: "due", label: label("应回访", "Due"), count: func(t huifang.Tally) int64 { return t.Due }},
	figDone:         {code: "done", label: label("已回访", "Done"), count: func(t huifang.Tally) int64 { return t.Done }},
	figOnTime:       {code: "on_time", label: label("按时", "On time"), count: func(t huifang.Tally) int64 { return t.OnTime }},
	figOverdue:      {code: "overdue", label: label("逾期", "Overdue"), count: huifang.Tally.Overdue},
	figOpen:         {code: "open", label: label("未回访", "Open"), count: func(t huifang.Tally) int64 { return t.Open }},
	figUnreachable:  {code: "unreachable", label: label("无法联系", "Unreachable"), count: func(t huifang.Tally) int64 { return t.Unreachable }},
	figWaived:       {code: "waived", label: label("免回访", "Waived"), count: func(t huifang.Tally) int64 { return t.Waived }},
	figRate:         {code: "rate", label: label("回访率", "Rate"), rate: huifang.Tally.Rate},
	figSatisfied:    {code: "satisfied", label: label("满意", "Satisfied"), count: func(t huifang.Tally) int64 { return t.Satisfied }},
	figDissatisfied: {code: "dissatisfied", label: label("不满意", "Dissatisfied"), count: func(t huifang.Tally) int64 { return t.Dissatisfied }},
	figUnqualified:  {code: "unqualified", label: label("不合格", "Unqualified"), count: func(t huifang.Tally) int64 { return t.Unqualified }},
	figSatisfaction: {code: "satisfaction", label: label("满意率", "Satisfaction"), rate: huifang.Tally.Satisfaction},
}

// allFigures is every figure in order.
func allFigures() []int {
	out := make([]int, len(figures))
	for i := range out {
		out[i] = i
	}
	return out
}

// programFigures are those shown for each program across the page: the more
// programs, the fewer fit. The sheet by program always shows all.
func programFigures(programs int) []int {
	switch {
	case programs <= 1:
		return allFigures()
	case programs == 2:
		return []int{figDue, figDone, figOnTime, figOverdue, figUnreachable, figWaived, figRate, figSatisfaction}
	case programs == 3:
		return []int{figDue, figDone, figOverdue, figUnreachable, figRate, figSatisfaction}
	case programs == 4:
		return []int{figDue, figDone, figOverdue, figRate, figSatisfaction}
	case programs <= 6:
		return []int{figDue, figDone, figRate, figSatisfaction}
	}
	return []int{figDue, figDone, figRate}
}

// totalFigures are those shown for all programs together; none where a single
// program already shows everything.
func totalFigures(programs int) []int {
	if programs <= 1 {
		return nil
	}
	return []int{figDue, figDone, figOnTime, figOverdue, figUnreachable, figWaived, figRate, figSatisfaction}
}

// room is how wide a column of the figure must be, in half-width characters:
// its longest word, and its longest value with the mark of a missed target.
func (f figure) room(lang huifang.Lang) float64 {
	least := 6.2
	switch {
	case f.rate != nil && lang == huifang.EN:
		least = 9 // English faces have wider digits
	case f.rate != nil:
		least = 8
	}
	return max(least, longestWord(f.label.In(lang)))
}

// percent writes a rate with one decimal, or with as many more as it takes not
// to round a missed target up to the target itself. Halves round up, as in
// spreadsheets.
func percent(rate, target float64) string {
	d := decimals(rate, target)
	scale := math.Pow10(d)
	return strconv.FormatFloat(math.Round(rate*100*scale)/scale, 'f', d, 64) + "%"
}

// decimals is how many a rate in percent needs beside a target in percent.
func decimals(rate, target float64) int {
	p := rate * 100
	for d := 1; d < 4; d++ {
		scale := math.Pow10(d)
		if p >= target || math.Round(p*scale)/scale < target {
			return d
		}
	}
	return 4
}
