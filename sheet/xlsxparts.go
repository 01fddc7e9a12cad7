package sheet

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

type xlsxStyles struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readStyles finds out which cell styles show a number as a date.
func (x *xlsxFile) readStyles() error {
	var name string
	book := x.officeDocument()
	targets, err := x.relations(book, "/styles")
	if err != nil {
		return err
	}
	for _, t := range targets {
		name = t
	}
	var styles xlsxStyles
	if err := x.decode(name, &styles); err != nil {
		return err
	}
	custom := make(map[int]bool, len(styles.Formats))
	for _, f := range styles.Formats {
		custom[f.ID] = dateFormat(f.Code)
	}
	x.dates = make([]bool, len(styles.Cells))
	for i, c := range styles.Cells {
		isDate, own := custom[c.Format]
		x.dates[i] = isDate || !own && builtinDate(c.Format)
	}
	return nil
}

// builtinDate tells whether a built-in number format is a date or time
// (ECMA-376 part 1, 18.8.30, with the formats of East Asian locales).
func builtinDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// dateFormat tells whether a format code shows a date: it has a letter of a date
// outside quotation marks, brackets and escapes.
func dateFormat(code string) bool {
	quote, bracket, escape := false, false, false
	for _, r := range strings.ToLower(code) {
		switch {
		case escape:
			escape = false
		case quote:
			quote = r != '"'
		case bracket:
			bracket = r != ']'
		case r == '"':
			quote = true
		case r == '[':
			bracket = true
		case r == '\\' || r == '_' || r == '*':
			escape = true
		case r == ';':
			return false // only the format of positive numbers counts
		case strings.ContainsRune("ymdhs年月日", r):
			return true
		case r == '0' || r == '#' || r == '?':
			return false
		}
	}
	return false
}

// readStrings loads the shared strings.
func (x *xlsxFile) readStrings() error {
	targets, err := x.relations(x.officeDocument(), "/sharedStrings")
	if err != nil {
		return err
	}
	for _, name := range targets {
		f, ok := x.parts[name]
		if !ok {
			continue
		}
		rc, err := x.part(f, min(x.left, x.limits.Strings))
		if err != nil {
			return err
		}
		before := rc.left
		err = x.scanStrings(rc)
		_ = rc.Close() // read only
		if err != nil {
			return err
		}
		x.left -= before - rc.left
	}
	return nil
}

func (x *xlsxFile) scanStrings(in io.Reader) error {
	r := newXMLScanner(in)
	var text []byte
	inText, phonetic := false, false
	for {
		kind, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case kind == xmlText:
			if inText && !phonetic {
				text = append(text, r.text...)
			}
		case string(r.name) == "t":
			inText = kind == xmlStart
		case string(r.name) == "rPh":
			phonetic = kind == xmlStart
		case string(r.name) == "si" && kind == xmlEnd:
			if len(x.strings) >= maxStrings {
				return errBudget
			}
			x.strings = append(x.strings, unescaped(string(text)))
			text = text[:0]
		}
	}
}

// unescaped resolves _x000D_ and its like, the way the format writes characters
// that XML does not allow.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			return b.String() + s
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		if r := rune(n); r != '\r' {
			b.WriteRune(r)
		}
		s = s[i+7:]
	}
}

// readMerges reads every worksheet once: for its merged ranges, which stand
// behind the rows, and to see that it is whole.
func (x *xlsxFile) readMerges() error {
	most := maxMerges
	for i := range x.sheets {
		rc, err := x.part(x.sheets[i].part, x.left)
		if err != nil {
			return err
		}
		before := rc.left
		merges, err := scanMerges(rc, most)
		_ = rc.Close() // read only
		if err != nil {
			return err
		}
		x.left -= before - rc.left
		most -= len(merges)
		slices.SortFunc(merges, func(a, b span) int { return a.top - b.top })
		x.sheets[i].merges = merges
	}
	return nil
}

// scanMerges looks for the element <mergeCells> without parsing what stands
// before it, then reads the part to its end, which checks its sum.
func scanMerges(r io.Reader, most int) ([]span, error) {
	mark := []byte("mergeCells")
	buf := make([]byte, 64*kib)
	keep := 0
	for {
		n, err := io.ReadFull(r, buf[keep:])
		window := buf[:keep+n]
		if i := bytes.Index(window, mark); i > 0 && bytes.ContainsAny(window[i-1:i], "<:") {
			merges := readMergeCells(io.MultiReader(strings.NewReader("<"), bytes.NewReader(window[i:]), r), most)
			_, err := io.Copy(io.Discard, r)
			return merges, err
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		keep = copy(buf, window[len(window)-len(mark)-1:])
	}
}

// readMergeCells collects at most so many ranges, up to the end of the element; what cannot be
// read as XML ends it, too: the rows are checked when they are read.
func readMergeCells(in io.Reader, most int) []span {
	r := newXMLScanner(in)
	var merges []span
	for len(merges) < most {
		kind, err := r.next()
		if err != nil || kind == xmlEnd && string(r.name) == "mergeCells" {
			return merges
		}
		if kind != xmlStart || string(r.name) != "mergeCell" {
			continue
		}
		ref, _ := r.attr("ref")
		if s, ok := parseRange(string(ref)); ok {
			merges = append(merges, s)
		}
	}
	return merges
}

func parseRange(ref string) (span, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return span{}, false
	}
	c1, r1, ok1 := parseRef(from)
	c2, r2, ok2 := parseRef(to)
	return span{top: r1, left: c1, bottom: r2, right: c2}, ok1 && ok2 && r2 >= r1 && c2 >= c1
}

// parseRef reads a cell's name such as AB12: 0-based column, 1-based row.
func parseRef(ref string) (column, row int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4 {
		column = column*26 + int(ref[i]-'A') + 1
		i++
	}
	row, ok = digits(ref[i:])
	return column - 1, row, ok && i > 0 && row >= 1 && row <= maxRows
}

// columnLetters is the name of a 0-based column: A, Z, AA.
func columnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// parseLetters is the 0-based column of a name, -1 for none.
func parseLetters(s string) int {
	column, row, ok := parseRef(strings.ToUpper(s) + "1")
	if !ok || row != 1 {
		return -1
	}
	return column
}
