package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScanner reads the tokens of a worksheet. It knows what worksheets and
// shared strings use of XML and no more, which makes it several times faster
// than a general decoder and free of allocations: a sheet of a hundred thousand
// rows has millions of tokens. Document type declarations are refused; comments
// and processing instructions are passed over.
type xmlScanner struct {
	in    io.Reader
	buf   []byte
	start int // of the next token
	end   int // of what is read
	eof   bool

	name  []byte // of the element, without prefix
	attrs []byte // of a start, raw
	text  []byte // of a text, entities resolved
	close bool   // the element closes itself: its end is the next token
}

type xmlKind int

const (
	xmlStart xmlKind = iota
	xmlEnd
	xmlText
)

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: in, buf: make([]byte, 32*kib)}
}

// next is the next token. Its name, attributes and text hold until the one
// after. The error is io.EOF at the end.
func (s *xmlScanner) next() (xmlKind, error) {
	if s.close {
		s.close = false
		return xmlEnd, nil
	}
	for {
		i, err := s.find(0, []byte("<"))
		switch {
		case err != nil && s.start < s.end && errors.Is(err, io.EOF):
			i = s.end - s.start // text up to the end of the file
		case err != nil:
			return 0, err
		}
		if i > 0 {
			s.text = unentity(s.take(i))
			return xmlText, nil
		}
		kind, skipped, err := s.markup()
		if err != nil {
			return 0, unexpected(err)
		}
		if !skipped {
			return kind, nil
		}
	}
}

// markup reads what begins with <.
func (s *xmlScanner) markup() (kind xmlKind, skipped bool, err error) {
	if err := s.need(2); err != nil {
		return 0, false, err
	}
	switch s.buf[s.start+1] {
	case '/':
		raw, err := s.upTo(2, ">")
		s.name = local(bytes.TrimRight(raw, " \t\r\n"))
		return xmlEnd, false, err
	case '?':
		_, err := s.upTo(2, "?>")
		return 0, true, err
	case '!':
		return s.declaration()
	}
	return xmlStart, false, s.startTag()
}

func (s *xmlScanner) declaration() (kind xmlKind, skipped bool, err error) {
	if err := s.need(9); err != nil && !bytes.HasPrefix(s.buf[s.start:s.end], []byte("<!--")) {
		return 0, false, err
	}
	switch rest := s.buf[s.start:s.end]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err := s.upTo(4, "-->")
		return 0, true, err
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		s.text, err = s.upTo(9, "]]>")
		return xmlText, false, err
	}
	return 0, false, errors.New("a document type declaration")
}

// startTag reads <name attributes>, whose values may hold a >.
func (s *xmlScanner) startTag() error {
	quote := byte(0)
	for i := 1; ; i++ {
		if err := s.need(i + 1); err != nil {
			return err
		}
		switch c := s.buf[s.start+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return errors.New("a tag within a tag")
		case c == '>':
			tag := s.take(i + 1)
			tag = tag[1 : len(tag)-1]
			if n := len(tag); n > 0 && tag[n-1] == '/' {
				s.close, tag = true, tag[:n-1]
			}
			s.name, s.attrs = tag, nil
			if n := bytes.IndexAny(tag, " \t\r\n"); n >= 0 {
				s.name, s.attrs = tag[:n], tag[n:]
			}
			s.name = local(s.name)
			return nil
		}
	}
}

// attr is the value of an attribute of the start just read, by its name without
// prefix.
func (s *xmlScanner) attr(name string) (value []byte, ok bool) {
	for rest := s.attrs; ; {
		key, after, found := bytes.Cut(rest, []byte("="))
		if !found {
			return nil, false
		}
		after = bytes.TrimLeft(after, " \t\r\n")
		if len(after) == 0 || after[0] != '"' && after[0] != '\'' {
			return nil, false
		}
		end := bytes.IndexByte(after[1:], after[0])
		if end < 0 {
			return nil, false
		}
		if string(local(bytes.TrimSpace(key))) == name {
			value := after[1 : 1+end]
			if bytes.IndexByte(value, '&') >= 0 {
				value = unentity(bytes.Clone(value)) // the attributes may be asked again
			}
			return value, true
		}
		rest = after[end+2:]
	}
}

func local(name []byte) []byte {
	if _, after, ok := bytes.Cut(name, []byte(":")); ok {
		return after
	}
	return name
}

// upTo takes everything up to and with mark; what stands between the first skip
// bytes and the mark is given back.
func (s *xmlScanner) upTo(skip int, mark string) ([]byte, error) {
	i, err := s.find(skip, []byte(mark))
	if err != nil {
		return nil, err
	}
	return s.take(i + len(mark))[skip:i], nil
}

func (s *xmlScanner) take(n int) []byte {
	b := s.buf[s.start : s.start+n]
	s.start += n
	return b
}

// find is where mark stands, counted from the next token, searched from skip on.
func (s *xmlScanner) find(skip int, mark []byte) (int, error) {
	for from := skip; ; {
		if s.end-s.start >= from {
			if i := bytes.Index(s.buf[s.start+from:s.end], mark); i >= 0 {
				return from + i, nil
			}
			from = max(skip, s.end-s.start-len(mark)+1)
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// need makes sure that n bytes of the next token are there.
func (s *xmlScanner) need(n int) error {
	for s.end-s.start < n {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// fill reads on. The buffer grows to hold a token whole, up to maxToken.
func (s *xmlScanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.end == len(s.buf) && s.start > 0 {
		s.end = copy(s.buf, s.buf[s.start:s.end])
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return errBudget
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.in.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.eof = true
			if n == 0 {
				return io.EOF
			}
			return nil
		}
		if err != nil || n > 0 {
			return err
		}
	}
	return io.ErrNoProgress
}

// unentity resolves entities in place; what is none stays as it is.
func unentity(b []byte) []byte {
	at := bytes.IndexByte(b, '&')
	if at < 0 {
		return b
	}
	out := b[:at]
	for rest := b[at:]; len(rest) > 0; {
		if rest[0] != '&' {
			i := bytes.IndexByte(rest, '&')
			if i < 0 {
				i = len(rest)
			}
			out = append(out, rest[:i]...)
			rest = rest[i:]
			continue
		}
		r, used := entity(rest)
		out = utf8.AppendRune(out, r)
		rest = rest[used:]
	}
	return out
}

// entity reads one entity; a & that begins none is itself.
func entity(b []byte) (r rune, used int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 0 {
		return '&', 1
	}
	switch name := string(b[1:end]); name {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if r, ok := numericEntity(name); ok {
			return r, end + 1
		}
	}
	return '&', 1
}

func numericEntity(name string) (rune, bool) {
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// errToken is the error for a token that is not what it should be.
func errToken(what string, got []byte) error { return fmt.Errorf("%s %q", what, got) }
