package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numeral is the digit a Chinese character stands for; ten, twenty and thirty
// for 十, 廿 and 卅; ok is false for any other character.
func numeral(r rune) (n int, ok bool) {
	switch r {
	case '〇', '零', '○', '◯', 'Ｏ':
		return 0, true
	case '一', '壹', '元': // 元月 is January
		return 1, true
	case '二', '两', '贰', '貳':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	case '十', '拾':
		return 10, true
	case '廿':
		return 20, true
	case '卅':
		return 30, true
	}
	return 0, false
}

// arabic rewrites Chinese numerals in a date as digits: 二〇二六年十月三十一日
// becomes 2026年10月31日. A letter O between numerals is a zero, as people type
// it. The names of weekdays (周三, 星期三) go.
func arabic(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i := 0; i < len(runes); {
		if n := weekday(runes[i:]); n > 0 {
			i += n
			continue
		}
		end := numeralRun(runes, i)
		if end == i {
			b.WriteRune(runes[i])
			i++
			continue
		}
		b.WriteString(runNumber(runes[i:end]))
		i = end
	}
	return b.String()
}

// weekday is how many characters the name of a weekday takes that stands at the
// beginning, 0 when none does.
func weekday(r []rune) int {
	s := string(r[:min(len(r), 3)])
	for _, mark := range [...]string{"星期", "礼拜", "周"} {
		rest, ok := strings.CutPrefix(s, mark)
		if !ok {
			continue
		}
		for _, day := range rest {
			if strings.ContainsRune("一二三四五六日天末", day) {
				return utf8.RuneCountInString(mark) + 1
			}
			return 0
		}
	}
	return 0
}

func numeralRun(runes []rune, from int) int {
	end := from
	for end < len(runes) {
		_, ok := numeral(runes[end])
		letterO := end > from && (runes[end] == 'o' || runes[end] == 'O')
		if !ok && !letterO {
			break
		}
		end++
	}
	return end
}

// runNumber reads 二〇二六 digit by digit and 三十一 by its tens.
func runNumber(run []rune) string {
	tens, ones, seenTen := 0, 0, false
	var digits strings.Builder
	for _, r := range run {
		n, _ := numeral(r) // the letter O is 0
		switch {
		case n == 10 && !seenTen:
			tens, ones, seenTen = max(ones, 1)*10, 0, true
		case n >= 10:
			tens, ones, seenTen = n, 0, true
		default:
			ones = n
			digits.WriteString(strconv.Itoa(n))
		}
	}
	if seenTen {
		return strconv.Itoa(tens + ones)
	}
	return digits.String()
}
