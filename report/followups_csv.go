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
// apostrophe. The first error of rows ends it and is returned; what was
// written by then is no complete list.
func FollowupsCSV(w io.Writer, rows iter.Seq2[*FollowupRow, error], lang huifang.Lang) error {
	c, l := newCSV(w), &lists{lang: lang}
	c.line(func(b []byte) []byte {
		for _, h := range followupHead {
			b = appendText(b, h.label.In(lang))
		}
		return b
	})
	for r, err := range rows {
		if err != nil {
			return huifang.Wrap(err)
		}
		if c.endLine(appendFollowup(c.buf, r, l)); c.err != nil {
			break
		}
	}
	return huifang.Wrap(c.flush())
}

func appendFollowup(b []byte, r *FollowupRow, l *lists) []byte {
	b = appendText(b, r.Number)
	b = appendText(b, r.Program)
	b = appendText(b, r.Step)
	b = appendInteger(b, int64(r.Occurrence))
	b = appendText(b, r.Unit)
	b = appendText(b, r.Department)
	b = appendText(b, r.Contact)
	b = appendText(b, r.Phone)
	b = appendText(b, r.Asset)
	b = appendText(b, r.Matter)
	b = appendMoment(b, r.Window.Opens)
	b = appendMoment(b, r.Window.Closes)
	b = appendText(b, l.assignees(r.Assignees))
	b = appendText(b, l.channels(r.Channels))
	b = appendText(b, stateName(r.State).In(l.lang))
	b = appendInteger(b, int64(r.Attempts))
	b = appendInstant(b, r.DoneAt)
	b = appendText(b, r.DoneBy)
	b = appendScore(b, r)
	b = appendText(b, verdictName(r.Verdict).In(l.lang))
	b = appendText(b, reviewName(r.Review).In(l.lang))
	b = appendText(b, r.CaseNumber)
	return appendText(b, r.Reason)
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

// appendMoment appends YYYY-MM-DD, and HH:MM after a space where there is a
// time of day.
func appendMoment(b []byte, m huifang.Moment) []byte {
	if m.Date == huifang.NoDate {
		return append(b, ',')
	}
	year, month, day := m.Date.Civil()
	b = appendDay(b, year, int(month), day)
	if m.Clock != huifang.NoClock {
		b = appendClock(b, int(m.Clock)/60, int(m.Clock)%60)
	}
	return append(b, ',')
}

const secondsADay = 24 * 60 * 60

func appendInstant(b []byte, t time.Time) []byte {
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
	year, month, day := huifang.Date(days).Civil() //nolint:gosec // days of a time
	return append(appendClock(appendDay(b, year, int(month), day), minutes/60, minutes%60), ',')
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
