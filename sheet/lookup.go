package sheet

import (
	"slices"
	"strings"
)

// lookup finds the value a word stands for, however the word is spelled.
type lookup struct {
	words    map[string]string
	prefixes []prefix // longest first
}

type prefix struct{ text, value string }

// newLookup maps each word, and each canonical value itself, to its value. A
// word that ends in * stands for all that begin so.
func newLookup(words map[string][]string) *lookup {
	l := &lookup{words: make(map[string]string, len(words)*4)}
	for _, value := range sortedKeys(words) {
		l.words[fold(value)] = value
		for _, w := range words[value] {
			if text, ok := strings.CutSuffix(w, "*"); ok {
				l.prefixes = append(l.prefixes, prefix{fold(text), value})
				continue
			}
			l.words[fold(w)] = value
		}
	}
	slices.SortStableFunc(l.prefixes, func(a, b prefix) int { return len(b.text) - len(a.text) })
	return l
}

// find gives the value of a word. Words that are spelled exactly as listed cost
// no folding.
func (l *lookup) find(word string) (string, bool) {
	if v, ok := l.words[word]; ok {
		return v, true
	}
	word = fold(word)
	if v, ok := l.words[word]; ok {
		return v, true
	}
	for _, p := range l.prefixes {
		if strings.HasPrefix(word, p.text) {
			return p.value, true
		}
	}
	return "", false
}
