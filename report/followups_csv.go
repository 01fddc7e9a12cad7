package report

import (
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/huifang/huifang"
)

// FollowupsCSV writes follow-ups as they come: UTF-8 with a byte order mark,
// CRLF, texts that a spreadsheet would run as a formula disarmed with an
// apostrophe. Blocks of rows are formatted by goroutines of their own while
// others are read and written: a row must stay as it was when it was yielded.
// The first error of rows ends it and is returned; what was written by then is
// no complete list.
func FollowupsCSV(w io.Writer, rows iter.Seq2[*FollowupRow, error], lang huifang.Lang) error {
	p := newCSVPress(w, lang)
	defer p.close()
	for r, err := range rows {
		if err != nil {
			return huifang.Wrap(err)
		}
		if p.add(r); p.err != nil {
			break
		}
	}
	return huifang.Wrap(p.finish())
}

func csvHead(b []byte, lang huifang.Lang) []byte {
	for _, h := range followupHead {
		b = appendText(b, h.label.In(lang))
	}
	return endLine(b)
}

func appendFollowup(b []byte, r *FollowupRow, l *lists) []byte {
	b = appendText(b, r.Number)
	b = l.start(b, r)
	b = l.text(b, 0, r.Unit)
	b = l.text(b, 1, r.Department)
	b = appendText(b, r.Contact)
	b = appendText(b, r.Phone)
	b = appendText(b, r.Asset)
	b = l.text(b, 2, r.Matter)
	b = l.moment(b, r.Window.Opens)
	b = l.moment(b, r.Window.Closes)
	b = l.work(b, r)
	b = l.instant(b, r.DoneAt)
	if !r.Scored && r.CaseNumber == "" && r.Reason == "" {
		return l.ordinaryEnd(b, r)
	}
	return l.end(b, r)
}

// repeated is the text of columns that often hold what they held in the row
// before.
type repeated struct {
	start, work, end              []byte
	program, step, doneBy, worker string
	occurrence, attempts          int
	state                         huifang.State
	verdict                       huifang.Verdict
	review                        huifang.ReviewState
	plain                         [3]string // texts that need no quotes
}

// start appends which program's follow-up it is.
func (l *lists) start(b []byte, r *FollowupRow) []byte {
	if m := &l.repeated; len(m.start) == 0 || m.occurrence != r.Occurrence || m.program != r.Program || m.step != r.Step {
		m.occurrence, m.program, m.step = r.Occurrence, r.Program, r.Step
		m.start = appendInteger(appendText(appendText(m.start[:0], r.Program), r.Step), int64(r.Occurrence))
	}
	return append(b, l.repeated.start...)
}

// work appends who does it, how, and how far it is.
func (l *lists) work(b []byte, r *FollowupRow) []byte {
	who, how := l.assignees(r.Assignees), l.channels(r.Channels)
	if m := &l.repeated; len(m.work) == 0 || l.waysNew || m.attempts != r.Attempts || m.state != r.State || m.worker != who {
		m.attempts, m.state, m.worker, l.waysNew = r.Attempts, r.State, who, false
		m.work = appendText(appendText(appendText(m.work[:0], who), how), stateName(r.State).In(l.lang))
		m.work = appendInteger(m.work, int64(r.Attempts))
	}
	return append(b, l.repeated.work...)
}

// ordinaryEnd appends how it ended, of one without score, case and reason.
func (l *lists) ordinaryEnd(b []byte, r *FollowupRow) []byte {
	if m := &l.repeated; len(m.end) == 0 || m.verdict != r.Verdict || m.review != r.Review || m.doneBy != r.DoneBy {
		m.verdict, m.review, m.doneBy = r.Verdict, r.Review, r.DoneBy
		m.end = l.end(m.end[:0], r)
	}
	return append(b, l.repeated.end...)
}

// end appends how it ended.
func (l *lists) end(b []byte, r *FollowupRow) []byte {
	b = appendText(b, r.DoneBy)
	b = appendScore(b, r)
	b = appendText(b, verdictName(r.Verdict).In(l.lang))
	b = appendText(b, reviewName(r.Review).In(l.lang))
	b = appendText(b, r.CaseNumber)
	return appendText(b, r.Reason)
}

// text appends a text that often repeats: one that was plain is not looked at
// again.
func (l *lists) text(b []byte, column int, s string) []byte {
	switch {
	case s == "":
		return append(b, ',')
	case s != l.repeated.plain[column]:
		if !plain(s) {
			return appendText(b, s)
		}
		l.repeated.plain[column] = s
	}
	return append(append(b, s...), ',')
}

func appendScore(b []byte, r *FollowupRow) []byte {
	switch whole := int64(r.Score); {
	case !r.Scored:
		return append(b, ',')
	case float64(whole) == r.Score:
		return appendInteger(b, whole)
	}
	return append(strconv.AppendFloat(b, r.Score, 'f', -1, 64), ',')
}

// moment appends YYYY-MM-DD, and HH:MM after a space where there is a time of
// day.
func (l *lists) moment(b []byte, m huifang.Moment) []byte {
	if m.Date == huifang.NoDate {
		return append(b, ',')
	}
	b = l.day(b, m.Date)
	if m.Clock != huifang.NoClock {
		b = appendClock(b, int(m.Clock)/60, int(m.Clock)%60)
	}
	return append(b, ',')
}

const secondsADay = 24 * 60 * 60

func (l *lists) instant(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, ',')
	}
	_, offset := t.Zone()
	local := t.Unix() + int64(offset)
	days := local / secondsADay
	if local%secondsADay < 0 {
		days--
	}
	minutes := int(local-days*secondsADay) / 60
	return append(appendClock(l.day(b, huifang.Date(days)), minutes/60, minutes%60), ',') //nolint:gosec // days of a time
}

// dayTexts is how many days' texts are remembered: a year's, so that a list of
// some months works each out once.
const dayTexts = 512

// dayText is a day as it was written; a length of 0 is none.
type dayText struct {
	date   huifang.Date
	length int
	text   [10]byte
}

// day appends YYYY-MM-DD.
func (l *lists) day(b []byte, d huifang.Date) []byte {
	if l.days == nil {
		l.days = new([dayTexts]dayText)
	}
	known := &l.days[uint32(d)%dayTexts] //nolint:gosec // any number will do
	if known.length > 0 && known.date == d {
		return append(b, known.text[:]...)
	}
	year, month, day := d.Civil()
	from := len(b)
	b = appendDay(b, year, int(month), day)
	if len(b)-from == len(known.text) {
		known.date, known.length = d, copy(known.text[:], b[from:])
	}
	return b
}

func appendDay(b []byte, year, month, day int) []byte {
	if year < 1000 || year > 9999 {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).AppendFormat(b, time.DateOnly)
	}
	return append(b,
		digit(year/1000), digit(year/100), digit(year/10), digit(year), '-',
		digit(month/10), digit(month), '-', digit(day/10), digit(day))
}

func appendClock(b []byte, hour, minute int) []byte {
	return append(b, ' ', digit(hour/10), digit(hour), ':', digit(minute/10), digit(minute))
}

func digit(n int) byte { return "0123456789"[n%10] }
