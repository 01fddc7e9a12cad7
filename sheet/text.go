package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean removes white space and invisible characters from both ends.
func clean(s string) string {
	if s == "" {
		return s
	}
	first, _ := utf8.DecodeRuneInString(s)
	if last, _ := utf8.DecodeLastRuneInString(s); solid(first) && solid(last) {
		return s
	}
	return strings.TrimFunc(s, padding)
}

// solid tells quickly of most characters that they are no padding: printable
// ASCII and ideographs.
func solid(r rune) bool { return r > ' ' && r < 0x7f || r >= 0x4e00 && r <= 0x9fff }

func padding(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// fold brings a text to the form in which words are compared: full-width
// letters and digits made half-width, lower case, no white space.
func fold(s string) string {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	return strings.Map(func(r rune) rune {
		if padding(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// foldName is fold for names of columns: what stands in brackets, marks such as
// * and separators do not tell names apart.
func foldName(s string) string {
	s = fold(s)
	if name := plainName(s, true); name != "" {
		return name
	}
	return plainName(s, false) // the whole name stands in brackets
}

func plainName(s string, dropBracketed bool) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(', '[', '【', '{', '〔':
			depth++
			return -1
		case ')', ']', '】', '}', '〕':
			depth = max(depth-1, 0)
			return -1
		case '*', ':', '_', '-', '.', '/', '\\', '、', '"', '\'', '“', '”', '#', '※', '★':
			return -1
		}
		if depth > 0 && dropBracketed {
			return -1
		}
		return r
	}, s)
}

// quoted shortens a cell for a message.
func quoted(s string) string {
	const limit = 60
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}
