package report

import (
	"io"
	"strconv"

	"github.com/huifang/huifang"
)

// CSV writes every figure of every unit and program in plain rows: UTF-8 with
// a byte order mark, so that office programs read the Chinese, and one header
// row of stable names. Rates are fractions, empty where there is none.
func (m *MonthSheet) CSV(w io.Writer) error {
	c := newCSV(w)
	c.text("month")
	c.text("unit")
	c.text("program")
	c.text("target")
	for _, f := range figures {
		c.text(f.code)
	}
	c.end()
	for _, row := range m.figureRows() {
		c.text(m.Month.String())
		c.text(row.unit)
		c.text(row.program.Code)
		c.raw(strconv.FormatFloat(row.target/100, 'f', -1, 64))
		for _, f := range figures {
			c.figure(f.of(row.tally))
		}
		c.end()
	}
	return huifang.Wrap(c.flush())
}

func (c *csvWriter) figure(value any) {
	switch v := value.(type) {
	case int64:
		c.integer(v)
	case rateValue:
		if !v.ok {
			c.raw("")
			return
		}
		c.raw(strconv.FormatFloat(v.rate, 'f', 4, 64))
	}
}
