package sheet

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxPhones is how long a cell of phones may be.
const maxPhones = 512

// Phones reads the telephone numbers of a cell. Several are separated by / 、 ;
// , or white space; labels such as 手机 or (妈妈) are passed over. Results are in
// local form without blanks: 13800004797, 0755-88889164 (area code and number),
// 0755-88889164x8001 (extension), 4008001234, and +85291234567 abroad; +86 goes.
// bad holds what is no number, as it stands in the cell. Numbers that a
// spreadsheet rounded (1.38E+10) have lost digits and are bad.
func Phones(cell string) (good, bad []string) {
	cell = clean(cell)
	if plainMobile(cell) {
		return []string{cell}, nil
	}
	if len(cell) > maxPhones {
		return nil, []string{quoted(cell)}
	}
	if whole, ok := wholeNumber(cell); ok {
		cell = whole
	} else if scientific(cell) {
		return nil, []string{cell}
	}
	for _, part := range splitPhones(norm.NFKC.String(cell)) {
		number, blankPart, ok := readPhone(part)
		switch {
		case blankPart:
		case ok:
			good = appendOnce(good, number)
		default:
			bad = append(bad, strings.TrimSpace(part))
		}
	}
	return good, bad
}

func appendOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// plainMobile is the fast path: eleven digits that begin 13 to 19.
func plainMobile(s string) bool {
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return false
	}
	_, ok := digits(s[2:])
	return ok
}

// splitPhones cuts at separators, and at white space where a number is already
// complete: "13800004797 0755-88889164" is two, "138 0000 4797" is one.
func splitPhones(s string) []string {
	var parts []string
	for _, hard := range strings.FieldsFunc(s, phoneSeparator) {
		if i := strings.IndexAny(hard, "转xX"); i >= 0 { // an extension follows
			soft := splitSpaces(hard[:i])
			soft[len(soft)-1] += hard[i:]
			parts = append(parts, soft...)
			continue
		}
		parts = append(parts, splitSpaces(hard)...)
	}
	return parts
}

// splitSpaces cuts before a digit or + that follows white space, or before a +,
// once a whole number has gone by.
func splitSpaces(s string) []string {
	var parts []string
	start, count, gap := 0, 0, -1
	for i, r := range s {
		complete := count >= 10 && gap < 0
		if complete && padding(r) || r == '+' && count > 0 && gap < 0 {
			gap = i
		}
		if gap >= 0 && (isDigit(r) || r == '+') {
			parts = append(parts, s[start:gap])
			start, count, gap = gap, 0, -1
		}
		if isDigit(r) {
			count++
		}
	}
	return append(parts, s[start:])
}

func phoneSeparator(r rune) bool {
	switch r {
	case '/', '\\', '、', ';', ',', '|', '\n', '\r', '。', '或', '&', '，', '；':
		return true
	}
	return false
}

// readPhone reads one number with what people write around it.
func readPhone(part string) (number string, blank, ok bool) {
	n, extension, letters := phoneDigits(part)
	if strings.Trim(n, "+") == "" {
		return "", n == "" && !letters && labelOnly(part), false
	}
	if letters && !labelled(part) {
		return "", false, false
	}
	if ext, main, found := dashedExtension(part); found && extension == "" {
		n, extension = main, ext
	}
	number, ok = localForm(n)
	if i := strings.LastIndexByte(part, '-'); !ok && extension == "" && i > 0 {
		main, _, _ := phoneDigits(part[:i]) // 88889164-8001
		extension = onlyDigits(part[i:])
		number, ok = localForm(main)
	}
	if !ok || extension == "" {
		return number, false, ok
	}
	return number + "x" + extension, false, len(extension) <= 6
}

// phoneDigits takes the digits of a part, with a + before them, and those of the
// extension behind 转 or x; letters tells whether there are others.
func phoneDigits(part string) (number, extension string, letters bool) {
	var b strings.Builder
	for i, r := range part {
		switch {
		case isDigit(r), r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case r == '转', r == 'x', r == 'X':
			if extension = onlyDigits(part[i:]); extension != "" {
				return b.String(), extension, letters
			}
		case isLetter(r):
			letters = true
		}
	}
	return b.String(), "", letters
}

// labelOnly tells whether a part without digits is harmless: blank, or a mark
// such as 无 or -.
func labelOnly(part string) bool {
	switch strings.Trim(part, " -—()（）") {
	case "", "无", "暂无", "没有", "无电话":
		return true
	}
	return false
}

// labelled tells whether letters in a part are a known label.
func labelled(part string) bool {
	s := strings.ToLower(part)
	for _, w := range []string{"tel", "mobile", "phone", "mob", "cell", "ext", "home", "work"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return isLetter(r) && r != 'x' })
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// dashedExtension finds the extension of 0755-88889164-8001.
func dashedExtension(part string) (extension, main string, found bool) {
	groups := strings.FieldsFunc(part, func(r rune) bool { return r == '-' || padding(r) })
	if len(groups) != 3 || !strings.HasPrefix(groups[0], "0") || strings.HasPrefix(groups[0], "00") {
		return "", "", false
	}
	ext := onlyDigits(groups[2])
	if len(onlyDigits(groups[1])) < 7 || len(ext) < 1 || len(ext) > 6 {
		return "", "", false
	}
	return ext, onlyDigits(groups[0] + groups[1]), true
}

// localForm brings digits, with + in front or not, to local form.
func localForm(n string) (string, bool) {
	n, abroad := strings.CutPrefix(n, "+")
	if !abroad {
		n, abroad = strings.CutPrefix(n, "00")
	}
	if abroad {
		rest, home := strings.CutPrefix(n, "86")
		if !home {
			return "+" + n, len(n) >= 8 && len(n) <= 15 && n[0] != '0'
		}
		return homeNumber(rest, true)
	}
	if rest, ok := strings.CutPrefix(n, "86"); ok && len(rest) >= 10 {
		if number, ok := homeNumber(rest, true); ok {
			return number, true
		}
	}
	return homeNumber(n, false)
}

// homeNumber reads a number of mainland China. After +86 an area code stands
// without its zero.
func homeNumber(n string, afterCountry bool) (string, bool) {
	switch {
	case plainMobile(n):
		return n, true
	case (strings.HasPrefix(n, "400") || strings.HasPrefix(n, "800")) && len(n) == 10:
		return n, true
	case len(n) == 12 && n[0] == '0' && plainMobile(n[1:]): // a zero dialled before a mobile number
		return n[1:], true
	}
	if afterCountry && !strings.HasPrefix(n, "0") {
		n = "0" + n
	}
	if strings.HasPrefix(n, "0") {
		return withArea(n)
	}
	return n, !afterCountry && (len(n) == 7 || len(n) == 8) && n[0] >= '2'
}

// withArea splits area code and number: 010 and 02x have two digits after the
// zero, all other areas three.
func withArea(n string) (string, bool) {
	if len(n) < 10 || n[1] == '0' {
		return "", false
	}
	area := 4
	if n[1] == '1' || n[1] == '2' {
		area = 3
	}
	number := n[area:]
	if (len(number) != 7 && len(number) != 8) || number[0] < '2' {
		return "", false
	}
	return n[:area] + "-" + number, true
}
