package sheet

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings of text files.
const (
	encUTF8    = "utf-8"
	encGB18030 = "gb18030"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
)

// utf16Order tells whether bytes are UTF-16, by its byte order mark or by the
// zero bytes of ASCII characters within it.
func utf16Order(head []byte) (encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return encUTF16LE, true
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return encUTF16BE, true
	}
	var zero [2]int
	head = head[:min(len(head), 4*kib)]
	for i, c := range head {
		if c == 0 {
			zero[i%2]++
		}
	}
	switch {
	case zero[1]*8 > len(head) && zero[0] == 0:
		return encUTF16LE, true
	case zero[0]*8 > len(head) && zero[1] == 0:
		return encUTF16BE, true
	}
	return "", false
}

// detectEncoding looks at a text until its non-ASCII bytes have decided: what
// is mostly valid UTF-8 is UTF-8 with some broken bytes, all else is GB18030,
// of which GBK and GB2312 are parts.
func detectEncoding(r io.Reader) (string, error) {
	const enough = 4096 // non-ASCII bytes
	buf := make([]byte, 64*kib)
	keep, good, broken, first := 0, 0, 0, true
	for good+broken < enough {
		n, err := io.ReadFull(r, buf[keep:])
		window := buf[:keep+n]
		if first {
			if enc, ok := utf16Order(window); ok {
				return enc, nil
			}
			first = false
		}
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return "", err
		}
		g, b, rest := countUTF8(window, last)
		good, broken = good+g, broken+b
		keep = copy(buf, window[rest:])
		if last {
			break
		}
	}
	if broken == 0 || good > broken*10 {
		return encUTF8, nil
	}
	return encGB18030, nil
}

// countUTF8 counts the bytes of valid multi-byte sequences and the broken
// bytes; rest is where an unfinished sequence at the end begins.
func countUTF8(b []byte, last bool) (good, broken, rest int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !last && !utf8.FullRune(b[i:]) {
			return good, broken, i
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			good += size
		}
		i += size
	}
	return good, broken, len(b)
}

// text gives the text of the book as UTF-8 without byte order mark. Broken bytes
// stay broken in UTF-8 and become U+FFFD in other encodings. The encoding is
// detected once, unless it is given.
func (b *Book) text(encoding string) (io.Reader, error) {
	whole := func() *io.SectionReader { return io.NewSectionReader(b.input, 0, b.input.Size()) }
	if encoding == "" && b.encoding == "" {
		found, err := detectEncoding(whole())
		if err != nil {
			return nil, err
		}
		b.encoding = found
	}
	if encoding == "" {
		encoding = b.encoding
	}
	b.read = meter{total: b.input.Size()}
	in := metered{whole(), &b.read}
	switch encoding {
	case encGB18030:
		return transform.NewReader(in, simplifiedchinese.GB18030.NewDecoder()), nil
	case encUTF16LE:
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case encUTF16BE:
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	}
	var mark [3]byte
	if n, err := b.input.ReadAt(mark[:], 0); n == 3 && err == nil && string(mark[:]) == "\ufeff" {
		in.Reader = io.NewSectionReader(b.input, 3, b.input.Size()-3)
	}
	return in, nil
}
