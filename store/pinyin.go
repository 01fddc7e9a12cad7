package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// toneless takes the tones off a syllable; ü is typed as v.
func toneless(syllable string) string {
	var b strings.Builder
	for _, r := range syllable {
		switch {
		case strings.ContainsRune("āáǎà", r):
			r = 'a'
		case strings.ContainsRune("ēéěèêếề", r):
			r = 'e'
		case strings.ContainsRune("īíǐì", r):
			r = 'i'
		case strings.ContainsRune("ōóǒò", r):
			r = 'o'
		case strings.ContainsRune("ūúǔù", r):
			r = 'u'
		case strings.ContainsRune("üǖǘǚǜ", r):
			r = 'v'
		case strings.ContainsRune("ńňǹ", r):
			r = 'n'
		case r == 'ḿ':
			r = 'm'
		case unicode.Is(unicode.Mn, r): // a tone of its own
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// surnames are characters that are read otherwise at the beginning of a name.
const surnames = "曾zeng单shan解xie仇qiu区ou查zha朴piao盖ge翟zhai尉yu乐yue覃qin员yun召shao秘bi折she缪miao种chong重chong燕yan宁ning万wan"

// surname is how a character is read at the beginning of a name where that is
// not its usual reading.
func surname(r rune) string {
	_, rest, found := strings.Cut(surnames, string(r))
	if !found || r < utf8.RuneSelf {
		return ""
	}
	return rest[:strings.IndexFunc(rest+"。", func(r rune) bool { return r >= utf8.RuneSelf })]
}

// romanized is a name as it is typed without Chinese input: whole, and by the
// first letters of its syllables and words: 王芳 is wangfang and wf. What is
// neither letter nor digit separates words and is left out.
func romanized(name string) (whole, initials string) {
	var full, first strings.Builder
	word := false // within a word of letters
	for i, r := range strings.ToLower(name) {
		syllable := ""
		if i == 0 {
			syllable = surname(r)
		}
		if syllable == "" {
			read, _, _ := strings.Cut(pinyin.PinyinDict[int(r)], ",")
			syllable = toneless(read)
		}
		switch {
		case syllable != "":
			full.WriteString(syllable)
			first.WriteByte(syllable[0])
			word = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letter := toneless(string(r))
			full.WriteString(letter)
			if !word || unicode.IsDigit(r) {
				first.WriteString(letter)
			}
			word = unicode.IsLetter(r)
		default:
			word = false
		}
	}
	return full.String(), first.String()
}

// tailDigits is how much of a phone number people remember.
const tailDigits = 4

func lastDigits(phone string) string { return phone[max(0, len(phone)-tailDigits):] }

// backwards is a label from its end, without what people leave out when they
// type it: a room's or plate's last part is what they know.
func backwards(label string) string {
	out := make([]byte, 0, len(label))
	for label = strings.ToLower(label); label != ""; {
		r, n := utf8.DecodeLastRuneInString(label)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, label[len(label)-n:]...)
		}
		label = label[:len(label)-n]
	}
	return string(out)
}
