package report

import "strings"

// wide are the ranges of characters that take two columns of a terminal and a
// full square in print: East Asian scripts, their punctuation, full-width
// forms and pictographs.
var wide = [...][2]rune{ //nolint:gochecknoglobals // constant table
	{0x1100, 0x115f},
	{0x2e80, 0x303e},
	{0x3041, 0x33ff},
	{0x3400, 0x4dbf},
	{0x4e00, 0x9fff},
	{0xa000, 0xa4cf},
	{0xac00, 0xd7a3},
	{0xf900, 0xfaff},
	{0xfe30, 0xfe4f},
	{0xff00, 0xff60},
	{0xffe0, 0xffe6},
	{0x1f300, 0x1f64f},
	{0x1f900, 0x1f9ff},
	{0x20000, 0x3fffd},
}

// width is how many columns of a terminal s takes.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	if r < 0x1100 {
		if r < 0x20 || r == 0x7f || r >= 0x300 && r <= 0x36f {
			return 0
		}
		return 1
	}
	for _, w := range wide {
		if r >= w[0] && r <= w[1] {
			return 2
		}
	}
	if r >= 0x200b && r <= 0x200f || r >= 0xfe00 && r <= 0xfe0f {
		return 0
	}
	return 1
}

// clip shortens s to at most max columns, ending in an ellipsis.
func clip(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		if n+runeWidth(r) > limit-1 {
			return s[:i] + "…"
		}
		n += runeWidth(r)
	}
	return s
}

// printedLines is how many lines s takes when wrapped to columns, words kept
// whole where they are shorter than a line.
func printedLines(s string, columns int) int {
	lines := 0
	for part := range strings.SplitSeq(s, "\n") {
		lines += wrappedLines(part, max(columns, 2))
	}
	return lines
}

func wrappedLines(s string, columns int) int {
	lines, at, word := 1, 0, 0 // word: width of the unbroken word at the end of the line
	for _, r := range s {
		w := runeWidth(r)
		if w == 2 || r == ' ' || r == '-' {
			word = 0
		} else {
			word += w
		}
		at += w
		if at <= columns || r == ' ' {
			continue
		}
		lines++
		at = w
		if word > 0 && word < columns {
			at = word
		} else {
			word = 0
		}
	}
	return lines
}
