package report

import (
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
)

// book is a workbook in the making. Its methods keep the first error, so that
// laying out a page reads as what it shows; save returns it.
type book struct {
	file   *excelize.File
	lang   huifang.Lang
	styles map[look]int
	pages  int
	shown  []*LayoutPage
	err    error
}

// look is what a cell looks like.
type look struct {
	size   float64 // points
	bold   bool
	muted  bool // grey text
	alarm  bool // a missed target: red on pale red
	shade  string
	align  string // horizontal: left, center, right
	indent int
	top    bool   // vertical: top instead of center
	format string // number format
	border string // sides: any of "ltrb"
}

// The looks most cells have.
const (
	allSides    = "ltrb"
	countFormat = `#,##0;-#,##0;"–"`
	dateFormat  = "yyyy-mm-dd"
	bodySize    = 9.0
	headShade   = "EEF1F5"
	sumShade    = "F7F7F2"
)

func newBook(lang huifang.Lang) *book {
	return &book{file: excelize.NewFile(), lang: lang, styles: map[look]int{}}
}

// keep remembers the first error.
func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// font is the face of Chinese office documents, and one that suits English.
// Where SimSun is missing, every office program falls back to a Song face.
func (b *book) font() string {
	if b.lang == huifang.EN {
		return "Arial"
	}
	return "SimSun"
}

func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	if l.size == 0 {
		l.size = bodySize
	}
	style := excelize.Style{
		Font:      &excelize.Font{Family: b.font(), Size: l.size, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: true, Indent: l.indent},
	}
	switch {
	case l.alarm:
		style.Font.Color, style.Font.Bold = "B00020", true
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FDECEA"}}
	case l.shade != "":
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.shade}}
	}
	if l.muted {
		style.Font.Color = "7F7F7F"
	}
	if l.top {
		style.Alignment.Vertical = "top"
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	names := map[rune]string{'l': "left", 't': "top", 'r': "right", 'b': "bottom"}
	for _, side := range l.border {
		style.Border = append(style.Border, excelize.Border{Type: names[side], Color: "404040", Style: 1})
	}
	id, err := b.file.NewStyle(&style)
	b.keep(err)
	b.styles[l] = id
	return id
}

// save writes the workbook out and releases what it holds.
func (b *book) save(w io.Writer, title, author string) error {
	b.file.SetActiveSheet(0)
	b.keep(b.file.SetDocProps(&excelize.DocProperties{Title: title, Creator: author, Language: string(b.lang)}))
	if b.err == nil {
		_, err := b.file.WriteTo(w)
		b.keep(err)
	}
	b.keep(b.file.Close())
	return huifang.Wrap(b.err)
}
