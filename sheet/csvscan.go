package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// csvScanner cuts a text into CSV records. It differs from the standard
// library's where files from offices demand it: a quotation mark out of place
// costs its own row rather than the rest of the file, no record may grow
// without bound, and each record knows the line it starts on.
type csvScanner struct {
	in    io.Reader
	buf   []byte
	start int // of the next record
	end   int // of what is read
	line  int // of the next record, 1-based
	eof   bool
	err   error // of the input

	delim byte
	eol   byte // \n, or \r in files of old Macs
	limit int  // bytes of one record

	text []byte // unquoted text of the record under way
	ends []int  // where its fields end in text
}

func newCSVScanner(in io.Reader, delim, eol byte, limit int) *csvScanner {
	return &csvScanner{in: in, buf: make([]byte, min(128*kib, limit+2)), line: 1, delim: delim, eol: eol, limit: limit}
}

// fill reads more input behind what is there; false at its end. The buffer
// grows to the limit of a record and no further.
func (s *csvScanner) fill() bool {
	if s.eof {
		return false
	}
	if s.start > 0 && s.end == len(s.buf) {
		s.end = copy(s.buf, s.buf[s.start:s.end])
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) > s.limit+1 {
			return false
		}
		s.buf = append(s.buf, make([]byte, min(len(s.buf), s.limit+2-len(s.buf)))...)
	}
	for range 100 {
		n, err := s.in.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
		}
		if n > 0 || s.eof {
			return n > 0
		}
	}
	s.eof, s.err = true, io.ErrNoProgress
	return false
}

// next is the next record; nil at the end of the file.
func (s *csvScanner) next() (*record, error) {
	lineEnd, whole := s.lineEnd(s.start)
	if s.err != nil {
		return nil, s.err
	}
	if lineEnd == s.start && !whole {
		return nil, nil //nolint:nilnil // the end is no error
	}
	if lineEnd-s.start > s.limit {
		return s.skipLongLine(), nil
	}
	rec := &record{line: s.line}
	raw := s.buf[s.start:lineEnd]
	if bytes.IndexByte(raw, '"') < 0 {
		rec.cells = s.split(s.trimmedLine(raw))
		s.advance(lineEnd, whole, 1)
	} else {
		s.quoted(rec)
	}
	for _, c := range rec.cells {
		if !utf8.ValidString(c) || strings.ContainsRune(c, utf8.RuneError) {
			rec.fault = invalid("sheet.encoding", "这一行有损坏的字节，请在原文件中改正后重新导出", "this row has broken bytes; mend it in the original and export again")
			break
		}
	}
	return rec, nil
}

// lineEnd is the end of the line that begins at from, without its line feed;
// whole is false when the file or the limit ends first.
func (s *csvScanner) lineEnd(from int) (end int, whole bool) {
	searched := from - s.start
	for {
		if i := bytes.IndexByte(s.buf[s.start+searched:s.end], s.eol); i >= 0 {
			return s.start + searched + i, true
		}
		searched = s.end - s.start
		if !s.fill() {
			return s.end, false
		}
	}
}

func (s *csvScanner) advance(lineEnd int, whole bool, lines int) {
	s.start = lineEnd
	if whole {
		s.start++
	}
	s.line += lines
}

func (s *csvScanner) trimmedLine(raw []byte) []byte {
	if s.eol == '\n' && len(raw) > 0 && raw[len(raw)-1] == '\r' {
		return raw[:len(raw)-1]
	}
	return raw
}

// split cuts a line without quotation marks.
func (s *csvScanner) split(raw []byte) []string {
	text := string(raw)
	cells := make([]string, 0, min(bytes.Count(raw, []byte{s.delim})+1, maxColumns))
	for len(cells) < maxColumns {
		i := strings.IndexByte(text, s.delim)
		if i < 0 {
			return append(cells, text)
		}
		cells = append(cells, text[:i])
		text = text[i+1:]
	}
	return cells
}

// quoted reads a record with quotation marks, over as many lines as it needs.
// Where the marks do not work out, the record is its first line alone.
func (s *csvScanner) quoted(rec *record) {
	for {
		wasEnd := s.eof
		used, lines, state := s.parse(s.buf[s.start:s.end], wasEnd)
		switch {
		case state == parsedMore && (s.fill() || s.eof && !wasEnd):
			continue
		case state == parsedWhole && used <= s.limit:
			rec.cells = s.fields()
			s.start += used
			s.line += lines
			return
		}
		lineEnd, whole := s.lineEnd(s.start)
		rec.cells = s.split(s.trimmedLine(s.buf[s.start:lineEnd]))
		rec.fault = invalid("sheet.csv.quote", "第 %d 行的引号不成对，这一行没有读入", "the quotation marks of line %d do not pair, the line was not read", s.line)
		s.advance(lineEnd, whole, 1)
		return
	}
}

type parsed int

const (
	parsedWhole parsed = iota
	parsedMore         // the record goes on behind the buffer
	parsedWrong        // quotation marks do not pair
)

// parse reads one record from b into text and ends; used is its length with its
// line feed. A mark within an unquoted field is text, and so is what follows a
// closing mark within one line; after several lines it means that the opening
// mark was a slip.
func (s *csvScanner) parse(b []byte, eof bool) (used, lines int, state parsed) {
	s.text, s.ends = s.text[:0], s.ends[:0]
	for i := 0; ; {
		if i < len(b) && b[i] == '"' {
			n, fed, ok := s.quotedField(b[i+1:], eof)
			if !ok {
				return 0, 0, unpaired(eof)
			}
			i += 1 + n
			if lines += fed; lines > 0 && s.junk(b[i:]) {
				return 0, 0, parsedWrong
			}
		}
		from := i
		for i < len(b) && !s.fieldEnd(b[i]) {
			i++
		}
		s.text = append(s.text, b[from:i]...)
		if i == len(b) && !eof {
			return 0, 0, parsedMore
		}
		last := i == len(b) || b[i] == s.eol
		if last {
			s.dropReturn()
		}
		s.ends = append(s.ends, len(s.text))
		if last {
			return min(i+1, len(b)), lines + 1, parsedWhole
		}
		i++
	}
}

// junk tells whether something stands between a closing mark and the end of its
// field.
func (s *csvScanner) junk(b []byte) bool {
	return len(b) > 0 && b[0] != '\r' && !s.fieldEnd(b[0])
}

// fieldEnd tells whether a byte ends a field.
func (s *csvScanner) fieldEnd(c byte) bool { return c == s.delim || c == s.eol }

// dropReturn takes the carriage return from the end of a record.
func (s *csvScanner) dropReturn() {
	from := 0
	if n := len(s.ends); n > 0 {
		from = s.ends[n-1]
	}
	if n := len(s.text); s.eol == '\n' && n > from && s.text[n-1] == '\r' {
		s.text = s.text[:n-1]
	}
}

func unpaired(eof bool) parsed {
	if eof {
		return parsedWrong
	}
	return parsedMore
}

// quotedField reads up to and with the closing mark; ok is false when b ends
// before it.
func (s *csvScanner) quotedField(b []byte, eof bool) (used, lines int, ok bool) {
	for {
		i := bytes.IndexByte(b[used:], '"')
		if i < 0 {
			return 0, 0, false
		}
		piece := b[used : used+i]
		lines += bytes.Count(piece, []byte{s.eol})
		s.text = append(s.text, piece...)
		used += i + 1
		if used == len(b) {
			return used, lines, eof
		}
		if b[used] != '"' {
			return used, lines, true
		}
		s.text = append(s.text, '"')
		used++
	}
}

func (s *csvScanner) fields() []string {
	text := string(s.text)
	cells := make([]string, min(len(s.ends), maxColumns))
	from := 0
	for i := range cells {
		cells[i] = text[from:s.ends[i]]
		from = s.ends[i]
	}
	return cells
}

// skipLongLine passes over a line longer than a record may be and gives its
// beginning as a fault.
func (s *csvScanner) skipLongLine() *record {
	rec := &record{line: s.line, cells: []string{quoted(string(s.buf[s.start:min(s.start+400, s.end)]))}, fault: longRecord(s.limit)}
	for {
		if i := bytes.IndexByte(s.buf[s.start:s.end], s.eol); i >= 0 {
			s.advance(s.start+i, true, 1)
			return rec
		}
		s.start = s.end
		if !s.fill() {
			s.line++
			return rec
		}
	}
}

func longRecord(limit int) *huifang.Error {
	return invalid("sheet.record.too_long", "这一行超过 %d KB，没有读入", "this row is over %d KB and was not read", limit/kib)
}
