package huifang

// Tally is the monthly statistics of some set of follow-ups. Follow-ups count
// in the month their window closes. Cancelled ones do not count, but for those
// that were overdue when they were cancelled: they stay open and overdue.
//
// Due = Done + Unreachable + Waived + Open. Overdue = Late + those Open whose
// window has closed. Rates are fractions 0…1.
type Tally struct {
	Due          int64 `json:"due"`
	Done         int64 `json:"done"`
	OnTime       int64 `json:"on_time"`
	Late         int64 `json:"late"` // done after the window closed
	Open         int64 `json:"open"`
	OpenLate     int64 `json:"open_late"` // open, window closed
	Unreachable  int64 `json:"unreachable"`
	Waived       int64 `json:"waived"`
	Satisfied    int64 `json:"satisfied"`
	Dissatisfied int64 `json:"dissatisfied"`
	Unqualified  int64 `json:"unqualified"`
}

// Overdue is what was not done within its window: done late or still open
// after it closed.
func (t Tally) Overdue() int64 { return t.Late + t.OpenLate }

// Rate is the follow-up rate (回访率): done ÷ (due − waived). ok is false when
// nothing counts.
func (t Tally) Rate() (rate float64, ok bool) {
	if t.Due == t.Waived {
		return 0, false
	}
	return float64(t.Done) / float64(t.Due-t.Waived), true
}

// Satisfaction is satisfied ÷ (satisfied + dissatisfied + unqualified): only
// answered follow-ups count, so unreachable never counts as satisfied.
func (t Tally) Satisfaction() (rate float64, ok bool) {
	n := t.Satisfied + t.Dissatisfied + t.Unqualified
	if n == 0 {
		return 0, false
	}
	return float64(t.Satisfied) / float64(n), true
}

// Add is the sum of two tallies.
func (t Tally) Add(o Tally) Tally {
	return Tally{
		Due: t.Due + o.Due, Done: t.Done + o.Done, OnTime: t.OnTime + o.OnTime, Late: t.Late + o.Late,
		Open: t.Open + o.Open, OpenLate: t.OpenLate + o.OpenLate, Unreachable: t.Unreachable + o.Unreachable, Waived: t.Waived + o.Waived,
		Satisfied: t.Satisfied + o.Satisfied, Dissatisfied: t.Dissatisfied + o.Dissatisfied, Unqualified: t.Unqualified + o.Unqualified,
	}
}

// Neg is the tally with every count negated, so that a change of one follow-up
// is Count(after).Add(Count(before).Neg()).
func (t Tally) Neg() Tally {
	return Tally{
		Due: -t.Due, Done: -t.Done, OnTime: -t.OnTime, Late: -t.Late, Open: -t.Open, OpenLate: -t.OpenLate,
		Unreachable: -t.Unreachable, Waived: -t.Waived, Satisfied: -t.Satisfied, Dissatisfied: -t.Dissatisfied, Unqualified: -t.Unqualified,
	}
}

// Count is what one follow-up adds to its month: the one definition behind the
// rollup, the drill-down and the verification. Whether an open one is late is
// the Late mark, which the minute tick sets when the window closes. A cancelled
// one that carries it had been forgotten before anything cancelled it, and what
// was forgotten does not vanish (docs/adr/0008).
func Count(f *Followup) Tally {
	var t Tally
	switch f.State {
	case StateCancelled:
		if !f.Late {
			return t
		}
		t.Open, t.OpenLate = 1, 1
	case StateCompleted:
		t.Done = 1
		if f.DoneAt.Before(f.ClosesAt) {
			t.OnTime = 1
		} else {
			t.Late = 1
		}
		switch f.Satisfied {
		case VerdictSatisfied:
			t.Satisfied = 1
		case VerdictDissatisfied:
			t.Dissatisfied = 1
		case VerdictUnqualified:
			t.Unqualified = 1
		case VerdictNone:
		}
	case StateUnreachable:
		t.Unreachable = 1
	case StateWaived:
		t.Waived = 1
	case StatePlanned, StateOverdue:
		t.Open = 1
		if f.Late {
			t.OpenLate = 1
		}
	}
	t.Due = 1
	return t
}
