package sheet

import (
	"math"
	"strconv"
	"strings"
)

// trueDigits is how many decimal digits a spreadsheet keeps of a number.
const trueDigits = 15

// numberText shows a numeric cell as a person would type it: without exponent,
// without the noise of binary fractions.
func numberText(raw string) string {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return raw
	}
	if math.Abs(v) >= 1e21 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	if v == math.Trunc(v) {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	short := strconv.FormatFloat(v, 'g', trueDigits, 64)
	if s, err := strconv.ParseFloat(short, 64); err == nil {
		return strconv.FormatFloat(s, 'f', -1, 64)
	}
	return raw
}

// destroyed tells whether a number in a numeric cell has more digits than a
// spreadsheet keeps: an 18-digit identity number typed as a number has lost its
// last three.
func destroyed(text string) bool {
	return len(onlyDigits(text)) > trueDigits && !strings.Contains(text, ".")
}

// scientific tells whether a text is a number in scientific notation: 1.38E+10.
func scientific(s string) bool {
	mantissa, exponent, ok := cutExponent(s)
	if !ok {
		return false
	}
	_, err := strconv.ParseFloat(mantissa+"e"+exponent, 64)
	return err == nil
}

// roundedText tells whether a text is a number as CSV shows one with too many
// digits for its column: 4.40301E+17. A room called 12E3 is none.
func roundedText(s string) bool {
	if len(s) < 5 || s[1] != '.' {
		return false
	}
	mantissa, exponent, ok := cutExponent(s)
	return ok && len(mantissa) > 1 && exponent[0] == '+' && scientific(s)
}

func cutExponent(s string) (mantissa, exponent string, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i <= 0 || i == len(s)-1 || s[0] < '0' || s[0] > '9' {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// wholeNumber writes out a number in scientific notation whose digits are all
// there: 1.3800002628e10 is 13800002628, but 1.38E+10 has lost eight digits.
func wholeNumber(s string) (string, bool) {
	mantissa, exponent, ok := cutExponent(s)
	if !ok {
		return strings.CutSuffix(s, ".0") // 13800002628.0
	}
	exp, err := strconv.Atoi(exponent)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if err != nil || len(whole) != 1 || exp < 0 || exp != len(fraction) || exp > trueDigits-1 {
		return "", false
	}
	for _, r := range whole + fraction {
		if !isDigit(r) {
			return "", false
		}
	}
	return whole + fraction, true
}

// parseNumber reads a number as people write it: 1,234.5, ￥120, 95%.
func parseNumber(cell string) (float64, bool) {
	s := fold(cell)
	s = strings.TrimSuffix(strings.TrimLeft(s, "¥$€"), "元")
	percent := strings.HasSuffix(s, "%")
	s = strings.TrimSuffix(s, "%")
	if strings.Contains(s, ",") {
		if !grouped(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if s == "" || strings.ContainsAny(s, "xXpP_nN") { // no hexadecimal, no NaN
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	if percent {
		v /= 100
	}
	return v, true
}

// grouped tells whether commas part a number into thousands, so that 1,5 is not
// taken for 15.
func grouped(s string) bool {
	whole, _, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(g) != 3 && (i > 0 || g == "" || len(g) > 3) {
			return false
		}
	}
	return true
}

// parseFlag reads yes and no.
func parseFlag(cell string) (value, ok bool) {
	switch fold(cell) {
	case "是", "有", "对", "√", "✓", "✔", "已", "yes", "y", "true", "t", "1":
		return true, true
	case "否", "无", "没有", "不", "×", "✗", "✘", "未", "no", "n", "false", "f", "0":
		return false, true
	}
	return false, false
}
