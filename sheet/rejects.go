package sheet

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"github.com/huifang/huifang"
)

// Reject is one rejected row, as the sheet of rejects shows it.
type Reject struct {
	Line    int
	Cells   []string
	Text    huifang.Text // all its faults
	Columns []int        // 1-based columns at fault, to be marked
}

// RejectSheet is the rejected rows of one sheet, under its own title and header,
// so that the file can be mended and imported again as it is. Rows is gone
// through twice, to measure and to write, and never held in memory; nil: none.
type RejectSheet struct {
	Sheet  string
	Title  string
	Header []string
	Rows   iter.Seq2[*Reject, error]
}

// Reject is the row's entry in the sheet of rejects; only for rows with Err.
func (r *Row) Reject() Reject {
	out := Reject{Line: r.Line, Cells: r.Cells}
	for _, e := range append([]*huifang.Error{r.Err}, r.Err.Details...) {
		if out.Text.ZH != "" {
			out.Text.ZH += "；"
			out.Text.EN += "; "
		}
		out.Text.ZH += e.Message.ZH
		out.Text.EN += e.Message.EN
		if e.At.Column > 0 {
			out.Columns = append(out.Columns, e.At.Column)
		}
	}
	return out
}

// Rejects gathers the rejected rows of a file sheet by sheet.
type Rejects struct {
	sheets []RejectSheet
	rows   [][]*Reject
}

// Add takes a row if it is rejected.
func (c *Rejects) Add(r *Row) {
	if r.Err == nil {
		return
	}
	n := len(c.sheets)
	if n == 0 || c.sheets[n-1].Sheet != r.Sheet {
		c.sheets = append(c.sheets, RejectSheet{Sheet: r.Sheet, Title: r.Layout.Title, Rows: c.each(n)})
		c.rows = append(c.rows, nil)
		n++
	}
	s := &c.sheets[n-1]
	if len(r.Layout.Columns) > len(s.Header) {
		s.Header = r.Layout.Names() // JSON lines may show columns late
	}
	reject := r.Reject()
	c.rows[n-1] = append(c.rows[n-1], &reject)
}

// each goes through the rows of the i-th sheet.
func (c *Rejects) each(i int) iter.Seq2[*Reject, error] {
	return func(yield func(*Reject, error) bool) {
		for _, r := range c.rows[i] {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Sheets are the rejected rows so far.
func (c *Rejects) Sheets() []RejectSheet { return c.sheets }

// measuredRows is how many rows a column's width is fitted to.
const measuredRows = 200

// measure goes through the rows for the widths of the original columns in
// characters: as many columns as the longest row has, fitted to the header and
// the first rows.
func (s *RejectSheet) measure() ([]float64, error) {
	var widths []float64
	fit := func(i int, text string) {
		for len(widths) <= i {
			widths = append(widths, leastWidth)
		}
		widths[i] = max(widths[i], min(float64(charsOf(text))+2, mostWidth))
	}
	for i, h := range s.Header {
		fit(i, leaf(h))
	}
	n := 0
	for r, err := range s.rows() {
		if err != nil {
			return nil, err
		}
		if n++; n > measuredRows {
			if last := len(r.Cells); last > len(widths) {
				fit(last-1, "")
			}
			continue
		}
		for i, text := range r.Cells {
			fit(i, text)
		}
	}
	return widths, nil
}

func (s *RejectSheet) rows() iter.Seq2[*Reject, error] {
	if s.Rows == nil {
		return func(func(*Reject, error) bool) {}
	}
	return s.Rows
}

// reasonColumns are the heads of what is added to the original columns.
func reasonColumns(lang huifang.Lang) (reason, line string) {
	return huifang.Text{ZH: "退回原因", EN: "Why rejected"}.In(lang), huifang.Text{ZH: "原表行号", EN: "Original row"}.In(lang)
}

// WriteRejectsCSV writes rejected rows as CSV in UTF-8 with byte order mark, as
// spreadsheets expect it. Rows of several sheets follow one another, each sheet
// under its own header. Cells a spreadsheet would run as formulas get an
// apostrophe in front.
func WriteRejectsCSV(w io.Writer, sheets []RejectSheet, lang huifang.Lang) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return huifang.Wrap(err)
	}
	out := csv.NewWriter(w)
	reason, line := reasonColumns(lang)
	for i := range sheets {
		s := &sheets[i]
		widths, err := s.measure()
		if err != nil {
			return err
		}
		width := len(widths)
		if s.Title != "" {
			_ = out.Write([]string{harmless(s.Title)}) // told by Flush
		}
		_ = out.Write(append(padded(s.Header, width), reason, line))
		for r, err := range s.rows() {
			if err != nil {
				return err
			}
			_ = out.Write(append(padded(r.Cells, width), r.Text.In(lang), itoa(r.Line)))
		}
	}
	out.Flush()
	return huifang.Wrap(out.Error())
}

func padded(cells []string, width int) []string {
	out := make([]string, width, width+2)
	for i, c := range cells {
		out[i] = harmless(c)
	}
	return out
}

// harmless keeps a cell from being run as a formula. Telephone numbers and
// negative numbers may begin with a sign.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if (s[0] == '+' || s[0] == '-') && strings.Trim(s[1:], "0123456789 -.()") == "" {
		return s
	}
	return "'" + s
}
