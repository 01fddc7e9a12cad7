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
	c.line(func(b []byte) []byte {
		b = appendRaw(b, "month,unit,program,target")
		for _, f := range figures {
			b = appendRaw(b, f.code)
		}
		return b
	})
	for _, row := range m.figureRows() {
		c.line(func(b []byte) []byte {
			b = appendRaw(b, m.Month.String())
			b = appendText(b, row.unit)
			b = appendText(b, row.program.Code)
			b = appendRaw(b, strconv.FormatFloat(row.target/100, 'f', -1, 64))
			for _, f := range figures {
				b = appendFigure(b, f.of(row.tally))
			}
			return b
		})
	}
	return huifang.Wrap(c.flush())
}

func appendFigure(b []byte, value any) []byte {
	switch v := value.(type) {
	case int64:
		return appendInteger(b, v)
	case rateValue:
		if v.ok {
			return appendRaw(b, strconv.FormatFloat(v.rate, 'f', 4, 64))
		}
	}
	return append(b, ',')
}
