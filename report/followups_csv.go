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
	c, n := newCSV(w), newNames(lang)
	for _, h := range followupHead {
		c.text(h.label.In(lang))
	}
	c.end()
	for r, err := range rows {
		if err != nil {
			return huifang.Wrap(err)
		}
		c.followup(r, n)
		if c.err != nil {
			break
		}
	}
	return huifang.Wrap(c.flush())
}

func (c *csvWriter) followup(r *FollowupRow, n *names) {
	c.text(r.Number)
	c.text(r.Program)
	c.text(r.Step)
	c.integer(int64(r.Occurrence))
	c.text(r.Unit)
	c.text(r.Department)
	c.text(r.Contact)
	c.text(r.Phone)
	c.text(r.Asset)
	c.text(r.Matter)
	c.moment(r.Window.Opens)
	c.moment(r.Window.Closes)
	c.text(n.people(r.Assignees))
	c.text(n.joined(r.Channels))
	c.raw(n.state[r.State])
	c.integer(int64(r.Attempts))
	c.wallClock(r.DoneAt)
	c.text(r.DoneBy)
	c.score(r)
	c.raw(n.verdict[r.Verdict])
	c.raw(n.review[r.Review])
	c.text(r.CaseNumber)
	c.text(r.Reason)
	c.end()
}

// moment writes YYYY-MM-DD, and HH:MM after a space where there is a time of
// day.
func (c *csvWriter) moment(m huifang.Moment) {
	c.comma()
	if m.Date == huifang.NoDate {
		return
	}
	year, month, day := m.Date.Civil()
	c.day(year, int(month), day)
	if m.Clock != huifang.NoClock {
		c.clock(int(m.Clock)/60, int(m.Clock)%60)
	}
}

func (c *csvWriter) wallClock(t time.Time) {
	c.comma()
	if t.IsZero() {
		return
	}
	year, month, day := t.Date()
	c.day(year, int(month), day)
	c.clock(t.Hour(), t.Minute())
}

func (c *csvWriter) day(year, month, day int) {
	if year < 1000 || year > 9999 {
		c.buf = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).AppendFormat(c.buf, time.DateOnly)
		return
	}
	c.buf = append(c.buf,
		digit(year/1000), digit(year/100), digit(year/10), digit(year), '-',
		digit(month/10), digit(month), '-', digit(day/10), digit(day))
}

func (c *csvWriter) clock(hour, minute int) {
	c.buf = append(c.buf, ' ', digit(hour/10), digit(hour), ':', digit(minute/10), digit(minute))
}

func digit(n int) byte { return '0' + byte(n%10) }

func (c *csvWriter) score(r *FollowupRow) {
	c.comma()
	if r.Scored {
		c.buf = strconv.AppendFloat(c.buf, r.Score, 'f', -1, 64)
	}
}
