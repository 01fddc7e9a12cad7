package sheet

import (
	"maps"
	"slices"
)

// Catalogue is the knowledge Guess works with: the words a trade's sheets use.
// Generic names of columns come from DefaultCatalogue; categories, values and a
// trade's own columns come from its pack.
type Catalogue struct {
	Fields     []FieldWords                  // names of columns
	Categories map[string][]string           // event type → words
	Values     map[Field]map[string][]string // field → canonical value → words
	Finished   []string                      // words of a status column
	Unfinished []string                      // words of a status or completion column, besides the usual ones
	Kind       RowKind                       // of rows; empty: events
	Fixed      map[Field]string              // values that every row has where there is no column
	Required   []Field                       // fields no row may lack
	Units      []string                      // units of the organization, one of which a title may name
}

// FieldWords is what sheets call one field.
type FieldWords struct {
	Field Field
	Kind  Kind // of an attribute
	Names []string
}

// Merge is c with the words of others added. Where two catalogues give one word
// a different meaning, the later one counts.
func (c Catalogue) Merge(others ...Catalogue) Catalogue {
	out := Catalogue{
		Fields: slices.Clone(c.Fields), Categories: mergeWords(nil, c.Categories), Values: map[Field]map[string][]string{},
		Finished: slices.Clone(c.Finished), Unfinished: slices.Clone(c.Unfinished), Units: slices.Clone(c.Units),
	}
	for f, words := range c.Values {
		out.Values[f] = mergeWords(nil, words)
	}
	for _, o := range others {
		out.Fields = append(out.Fields, o.Fields...)
		out.Categories = mergeWords(out.Categories, o.Categories)
		for f, words := range o.Values {
			out.Values[f] = mergeWords(out.Values[f], words)
		}
		out.Finished = append(out.Finished, o.Finished...)
		out.Unfinished = append(out.Unfinished, o.Unfinished...)
		out.Units = append(out.Units, o.Units...)
	}
	return out
}

// mergeWords adds words to values; a word moves to the value that names it last.
func mergeWords(into, from map[string][]string) map[string][]string {
	out := maps.Clone(into)
	if out == nil {
		out = make(map[string][]string, len(from))
	}
	for _, value := range sortedKeys(from) {
		words := wordSet(from[value])
		for other, list := range out {
			if other != value {
				out[other] = slices.DeleteFunc(slices.Clone(list), func(w string) bool { return words[fold(w)] })
			}
		}
		list := slices.Clone(out[value])
		for _, w := range from[value] {
			if !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
		out[value] = list
	}
	return out
}

// fieldIndex finds what a column's name means.
type fieldIndex struct {
	exact  map[string]FieldWords
	suffix []suffixWords // longest first
}

type suffixWords struct {
	name  string
	words FieldWords
}

// Scores of how surely a name means a field.
const (
	scoreFull   = 40 // the whole name is listed
	scoreLeaf   = 35 // its lowest line is
	scoreSuffix = 10 // it ends in a listed name, plus that name's length in bytes
)

func newFieldIndex(c Catalogue) *fieldIndex {
	x := &fieldIndex{exact: map[string]FieldWords{}}
	for _, words := range c.Fields {
		for _, name := range words.Names {
			x.exact[foldName(name)] = words
		}
	}
	for _, name := range sortedKeys(x.exact) {
		if len(name) >= 6 && name[0] >= 0x80 { // two Chinese characters or more: heads stand last
			x.suffix = append(x.suffix, suffixWords{name: name, words: x.exact[name]})
		}
	}
	slices.SortStableFunc(x.suffix, func(a, b suffixWords) int { return len(b.name) - len(a.name) })
	return x
}

// match tells what a column's name means and how surely, 0 when it means nothing.
func (x *fieldIndex) match(name string) (FieldWords, int) {
	full := foldName(name)
	if full == "" {
		return FieldWords{}, 0
	}
	if w, ok := x.exact[full]; ok {
		return w, scoreFull
	}
	low := foldName(leaf(name))
	if w, ok := x.exact[low]; ok {
		return w, scoreLeaf
	}
	for _, s := range x.suffix {
		if len(full) > len(s.name) && full[len(full)-len(s.name):] == s.name {
			return s.words, scoreSuffix + min(len(s.name), 20)
		}
	}
	return FieldWords{}, 0
}
