package sheet

import "github.com/huifang/huifang"

// Summary counts what became of rows: the preview before an import, and the
// report after it.
type Summary struct {
	Rows     int                              // all but blank rows, repeated headers, subtotals and footnotes
	Accepted int                              //
	Warned   int                              // of the accepted, those with warnings
	Skipped  map[Skip]int                     // by reason
	Rejected map[string]int                   // by the reason of the first fault
	Types    map[string]int                   // accepted, by event type
	Months   map[huifang.Month]map[string]int // accepted, by month of completion and event type
}

// Add counts a row. Months are those of the local date of completion.
func (s *Summary) Add(r *Row) {
	if s.Skipped == nil {
		s.Skipped, s.Rejected, s.Types = map[Skip]int{}, map[string]int{}, map[string]int{}
		s.Months = map[huifang.Month]map[string]int{}
	}
	switch r.Skip {
	case SkipNone, SkipUnfinished, SkipCancelled, SkipDuplicate:
		s.Rows++
	case SkipBlank, SkipHeader, SkipSubtotal, SkipFootnote:
	}
	switch {
	case r.Skip != SkipNone:
		s.Skipped[r.Skip]++
	case r.Err != nil:
		s.Rejected[r.Err.Reason]++
	default:
		s.accept(r)
	}
}

func (s *Summary) accept(r *Row) {
	s.Accepted++
	if len(r.Warnings) > 0 {
		s.Warned++
	}
	s.Types[r.Values.Type]++
	if r.Values.At.IsZero() { // lists of people and things have no month
		return
	}
	month := r.Values.At.Date.Month()
	if s.Months[month] == nil {
		s.Months[month] = map[string]int{}
	}
	s.Months[month][r.Values.Type]++
}
