package report

import (
	"io"
	"strconv"
	"strings"
)

// csvWriter writes comma-separated values (RFC 4180) as fast as the bytes can
// be copied. It begins with a byte order mark, ends lines in CRLF, and disarms
// texts that a spreadsheet would run as a formula.
type csvWriter struct {
	w     io.Writer
	buf   []byte
	first bool // of the line
	err   error
}

const csvChunk = 64 << 10

func newCSV(w io.Writer) *csvWriter {
	return &csvWriter{w: w, buf: append(make([]byte, 0, csvChunk+4096), "\ufeff"...), first: true}
}

func (c *csvWriter) comma() {
	if !c.first {
		c.buf = append(c.buf, ',')
	}
	c.first = false
}

// raw adds a value that needs no quotes.
func (c *csvWriter) raw(s string) {
	c.comma()
	c.buf = append(c.buf, s...)
}

func (c *csvWriter) integer(n int64) {
	c.comma()
	c.buf = strconv.AppendInt(c.buf, n, 10)
}

// text adds a text, quoted where it must be.
func (c *csvWriter) text(s string) {
	c.comma()
	armed := s != "" && formula(s)
	if !armed && !special(s) {
		c.buf = append(c.buf, s...)
		return
	}
	c.buf = append(c.buf, '"')
	if armed {
		c.buf = append(c.buf, '\'')
	}
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		c.buf = append(append(c.buf, s[:i+1]...), '"')
		s = s[i+1:]
	}
	c.buf = append(append(c.buf, s...), '"')
}

// quoted are the bytes that make a text need quotes.
var quoted = [256]bool{'"': true, ',': true, '\n': true, '\r': true} //nolint:gochecknoglobals // constant table

func special(s string) bool {
	for i := range len(s) {
		if quoted[s[i]] {
			return true
		}
	}
	return false
}

// formula tells whether a spreadsheet that opens the file would take the text
// for a formula: it begins with one of = + - @, their full-width forms, a tab
// or a line break. A sign before nothing but digits and spaces is a number or
// a telephone number and stays.
func formula(s string) bool {
	switch s[0] {
	case '=', '@', '\t', '\r', '\n':
		return true
	case '+', '-':
		return strings.Trim(s[1:], "0123456789 ") != ""
	case 0xef: // first byte of the full-width forms
		for _, sign := range [...]string{"＝", "＋", "－", "＠"} {
			if strings.HasPrefix(s, sign) {
				return true
			}
		}
	}
	return false
}

// end ends the line and writes out what has gathered.
func (c *csvWriter) end() {
	c.buf = append(c.buf, '\r', '\n')
	c.first = true
	if len(c.buf) >= csvChunk {
		c.write()
	}
}

func (c *csvWriter) write() {
	if c.err == nil {
		_, c.err = c.w.Write(c.buf)
	}
	c.buf = c.buf[:0]
}

// flush writes the rest and tells what went wrong.
func (c *csvWriter) flush() error {
	c.write()
	return c.err
}
