package form

import "github.com/huifang/huifang"

// Defaults and limits of items.
const (
	defaultScale  = 5
	defaultText   = 2000  // characters of a text
	longestAnswer = 20000 // characters a max_length may allow
	longestHash   = 200   // characters of a file's content hash
	longestName   = 100   // characters of a signed name
	defaultFiles  = 20    // photos or files of one item
	highestNPS    = 10
)

// Dates beyond these are slips of the pen: 0226-03-31 for 2026-03-31.
var (
	earliestDate = huifang.MakeDate(1900, 1, 1)   //nolint:gochecknoglobals // constant
	latestDate   = huifang.MakeDate(2199, 12, 31) //nolint:gochecknoglobals // constant
)

// scale is the highest grade of a rating, or of a matrix without options.
func (it *Item) scale() int {
	switch {
	case it.Kind == KindNPS:
		return highestNPS
	case it.Scale > 0:
		return it.Scale
	}
	return defaultScale
}

// lowest is the lowest grade.
func (it *Item) lowest() int {
	if it.Kind == KindNPS {
		return 0
	}
	return 1
}

// graded tells whether a matrix is answered by grades rather than by options.
func (it *Item) graded() bool { return it.Kind == KindMatrix && len(it.Options) == 0 }

func (it *Item) maxLength() int {
	if it.MaxLength > 0 {
		return it.MaxLength
	}
	return defaultText
}

// dates is the range of a date item, both ends included.
func (it *Item) dates() (first, last huifang.Date) {
	first, last = earliestDate, latestDate
	if it.Earliest != nil {
		first = *it.Earliest
	}
	if it.Latest != nil {
		last = *it.Latest
	}
	return first, last
}

// counts is how many entries a list may have once it has any.
func (it *Item) counts() (fewest, most int) {
	fewest, most = 1, len(it.Options)
	if it.Kind == KindPhoto || it.Kind == KindFile {
		most = defaultFiles
	}
	if it.Min != nil && *it.Min > 1 && *it.Min <= longestAnswer {
		fewest = int(*it.Min)
	}
	if it.Max != nil && *it.Max >= 1 && *it.Max <= longestAnswer {
		most = int(*it.Max)
	}
	return fewest, most
}

func (it *Item) option(code string) *Option {
	for i := range it.Options {
		if it.Options[i].Code == code {
			return &it.Options[i]
		}
	}
	return nil
}

func (it *Item) row(code string) *Row {
	if it.Kind != KindMatrix {
		return nil
	}
	for i := range it.Rows {
		if it.Rows[i].Code == code {
			return &it.Rows[i]
		}
	}
	return nil
}

// yesNo is the option that labels and scores an answer of a yesno item.
func (it *Item) yesNo(yes bool) *Option {
	if yes {
		return it.option("yes")
	}
	return it.option("no")
}
