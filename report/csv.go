package report

import (
	"io"
	"strconv"
	"strings"
)

// csvWriter writes comma-separated values (RFC 4180) about as fast as the bytes
// can be copied. It begins with a byte order mark, ends lines in CRLF, and
// disarms texts that a spreadsheet would run as a formula.
type csvWriter struct {
	w   io.Writer
	buf []byte
	err error
}

const csvChunk = 64 << 10

func newCSV(w io.Writer) *csvWriter {
	return &csvWriter{w: w, buf: append(make([]byte, 0, csvChunk+8<<10), "\ufeff"...)}
}

// line adds one line. Its argument appends the fields, each with a comma after
// it; the last comma gives way to the line's end.
func (c *csvWriter) line(fields func([]byte) []byte) {
	if c.buf = endLine(fields(c.buf)); len(c.buf) >= csvChunk {
		c.write()
	}
}

// endLine ends a line in the place of its last comma.
func endLine(b []byte) []byte { return append(b[:len(b)-1], '\r', '\n') }

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

// appendRaw appends a field that needs no quotes.
func appendRaw(b []byte, s string) []byte { return append(append(b, s...), ',') }

func appendInteger(b []byte, n int64) []byte { return append(strconv.AppendInt(b, n, 10), ',') }

// appendText appends a text field, quoted where it must be.
func appendText(b []byte, s string) []byte {
	if s == "" {
		return append(b, ',')
	}
	if plain(s) {
		return append(append(b, s...), ',')
	}
	b = append(b, '"')
	if formula(s) {
		b = append(b, '\'')
	}
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		b = append(append(b, s[:i+1]...), '"')
		s = s[i+1:]
	}
	return append(append(b, s...), '"', ',')
}

// suspect are the bytes that may make a text need quotes: always, or as the
// first byte only.
const (
	suspectAlways = 1
	suspectFirst  = 2
)

var suspect = [256]byte{ //nolint:gochecknoglobals // constant table
	'"': suspectAlways, ',': suspectAlways, '\n': suspectAlways, '\r': suspectAlways,
	'=': suspectFirst, '@': suspectFirst, '+': suspectFirst, '-': suspectFirst, '\t': suspectFirst,
	0xef: suspectFirst, // the full-width forms begin with it
}

// plain tells whether a text may stand as it is. Nearly every text is cleared
// eight bytes at a time: what always needs quotes lies below '-', and most bytes
// do not.
func plain(s string) bool {
	if low(s) {
		for i := range len(s) {
			if suspect[s[i]] == suspectAlways {
				return false
			}
		}
	}
	return suspect[s[0]] == 0 || !formula(s)
}

const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// low tells whether a text has a byte below '-'. The last bytes are looked at
// together with some before them.
func low(s string) bool {
	n := len(s)
	switch {
	case n >= 8:
		found := below(eight(s[n-8:]))
		for ; len(s) > 8; s = s[8:] {
			found |= below(eight(s))
		}
		return found != 0
	case n >= 4:
		return below(four(s)|four(s[n-4:])<<32) != 0
	}
	for i := range n {
		if s[i] < '-' {
			return true
		}
	}
	return false
}

// below is not 0 where one of eight bytes is below '-'.
func below(v uint64) uint64 { return (v - '-'*everyByte) &^ v & highBits }

func eight(s string) uint64 { return four(s) | four(s[4:8])<<32 }

func four(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
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
	}
	for _, sign := range [...]string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}
