package report

import (
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
)

// maxSheetRows is how many rows a sheet of the format can hold.
const maxSheetRows = 1 << 20

// FollowupsXLSX writes follow-ups as one sheet, row by row, in memory that does
// not grow with their number. Texts are never formulas; dates are dates. The
// first error of rows ends it and is returned, and nothing is written to w. More
// rows than the format holds are CodeTooLarge, "export.too_many_rows".
func FollowupsXLSX(w io.Writer, rows iter.Seq2[*FollowupRow, error], lang huifang.Lang) (err error) {
	b := newBook(lang)
	defer func() {
		if closed := b.file.Close(); err == nil {
			err = huifang.Wrap(closed)
		}
	}()
	name := label("回访", "Follow-ups").In(lang)
	b.keep(b.file.SetSheetName(b.file.GetSheetName(0), name))
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return huifang.Wrap(err)
	}
	b.keep(followupSheetHead(stream, b))
	e := newFollowupCells(b)
	if b.err != nil {
		return huifang.Wrap(b.err)
	}
	at := 1
	for r, err := range rows {
		if err != nil {
			return huifang.Wrap(err)
		}
		if at++; at > maxSheetRows {
			return tooManyRows()
		}
		if err := stream.SetRow("A"+strconv.Itoa(at), e.row(r)); err != nil {
			return huifang.Wrap(err)
		}
	}
	if err := stream.Flush(); err != nil {
		return huifang.Wrap(err)
	}
	_, err = b.file.WriteTo(w)
	return huifang.Wrap(err)
}

func tooManyRows() error {
	return huifang.Fail(huifang.CodeTooLarge, "export.too_many_rows", huifang.Textf(
		"回访超过 %d 行，Excel 工作表放不下；请缩小范围，或导出为 CSV",
		"more than %d rows do not fit an Excel sheet; narrow the selection, or export CSV", maxSheetRows-1))
}

func followupSheetHead(stream *excelize.StreamWriter, b *book) error {
	cells := make([]any, len(followupHead))
	style := b.style(look{bold: true, align: "center", border: allSides, shade: headShade})
	for i, h := range followupHead {
		cells[i] = excelize.Cell{StyleID: style, Value: h.label.In(b.lang)}
		if err := stream.SetColWidth(i+1, i+1, columnUnits(h.width)); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return stream.SetRow("A1", cells, excelize.RowOpts{Height: 22})
}

// followupCells turns rows into cells, reusing one slice for all of them.
type followupCells struct {
	lists
	day, minute int // styles
	cells       []any
}

func newFollowupCells(b *book) *followupCells {
	day, minute := dateFormat, "yyyy-mm-dd hh:mm"
	e := &followupCells{lists: lists{lang: b.lang}, cells: make([]any, len(followupHead))}
	for _, s := range []struct {
		id     *int
		format *string
	}{{&e.day, &day}, {&e.minute, &minute}} {
		id, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: s.format})
		b.keep(err)
		*s.id = id
	}
	return e
}

func (e *followupCells) row(r *FollowupRow) []any {
	e.cells = append(e.cells[:0],
		str(r.Number), str(r.Program), str(r.Step), r.Occurrence, str(r.Unit), str(r.Department), str(r.Contact), str(r.Phone), str(r.Asset), str(r.Matter),
		e.moment(r.Window.Opens), e.moment(r.Window.Closes), str(e.assignees(r.Assignees)), str(e.channels(r.Channels)),
		str(stateName(r.State).In(e.lang)), r.Attempts, e.instant(r.DoneAt), str(r.DoneBy))
	var score any
	if r.Scored {
		score = r.Score
	}
	e.cells = append(e.cells, score, str(verdictName(r.Verdict).In(e.lang)), str(reviewName(r.Review).In(e.lang)), str(r.CaseNumber), str(r.Reason))
	return e.cells
}

// str leaves the cell of an empty text out of the file.
func str(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (e *followupCells) moment(m huifang.Moment) any {
	switch {
	case m.Date == huifang.NoDate:
		return nil
	case m.Clock == huifang.NoClock:
		return excelize.Cell{StyleID: e.day, Value: serial(m.Date)}
	}
	return excelize.Cell{StyleID: e.minute, Value: float64(serial(m.Date)) + float64(m.Clock)/1440}
}

func (e *followupCells) instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	day := huifang.DateOf(t, t.Location())
	return excelize.Cell{StyleID: e.minute, Value: float64(serial(day)) + float64(t.Hour()*60+t.Minute())/1440}
}
