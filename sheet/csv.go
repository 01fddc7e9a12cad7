package sheet

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/huifang/huifang"
)

// csvFile is a CSV file as a source of one sheet.
type csvFile struct {
	book      *Book
	encoding  string // "": detected
	delimiter string // "": detected
}

func (f *csvFile) tabs() []tab { return []tab{{}} }

func (f *csvFile) records(int) iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		s, err := f.scanner()
		for row := 1; err == nil; row++ {
			var rec *record
			if rec, err = s.next(); rec == nil {
				break
			}
			rec.row = row
			if !yield(rec, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, f.book.located(&huifang.Error{
				Code: huifang.CodeInvalid, Reason: "sheet.file.unreadable", Err: err,
				Message: huifang.Text{ZH: "文件读不完整", EN: "the file cannot be read to its end"},
			}))
		}
	}
}

// scanner looks at the beginning of the file for what the mapping leaves open.
func (f *csvFile) scanner() (*csvScanner, error) {
	in, err := f.book.text(f.encoding)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 64*kib)
	n, err := io.ReadFull(in, head)
	head = head[:n]
	if err == nil {
		in = io.MultiReader(bytes.NewReader(head), in)
	} else {
		in = bytes.NewReader(head)
	}
	eol := byte('\n')
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		eol = '\r'
	}
	skip, delim := separatorLine(head)
	if f.delimiter != "" {
		delim = f.delimiter[0]
	}
	if delim == 0 {
		delim = sniffDelimiter(head, eol, f.book.limits.Record)
	}
	s := newCSVScanner(in, delim, eol, f.book.limits.Record)
	if skip {
		if _, err := s.next(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// separatorLine reads the line "sep=;" that spreadsheets put before a CSV.
func separatorLine(head []byte) (found bool, delim byte) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	text := strings.ToLower(strings.Trim(string(line), "\r\" "))
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) == 1 {
		return true, rest[0]
	}
	return false, 0
}

// sniffDelimiter picks the character that cuts the first records into most
// columns, most evenly.
func sniffDelimiter(head []byte, eol byte, limit int) byte {
	best, bestScore := byte(','), 0
	for _, delim := range []byte{',', ';', '\t', '|'} {
		s := newCSVScanner(bytes.NewReader(head), delim, eol, limit)
		widths := map[int]int{}
		for range 30 {
			rec, err := s.next()
			if rec == nil || err != nil {
				break
			}
			widths[len(rec.cells)]++
		}
		for width, count := range widths {
			if score := (width - 1) * count; width > 1 && score > bestScore {
				best, bestScore = delim, score
			}
		}
	}
	return best
}
