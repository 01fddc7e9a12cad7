package pack

import (
	"strings"
	"unicode"

	"github.com/huifang/huifang"
)

// Import is the words of a trade's registers: how the columns are headed, what
// the categories are called, which marks mean that a job is not finished.
// Words are compared without regard to case, spaces and punctuation.
type Import struct {
	Fields     []ImportField    `yaml:"fields"`
	Categories []ImportCategory `yaml:"categories"`
	Finished   []string         `yaml:"finished"`   // in a status column: done
	Unfinished []string         `yaml:"unfinished"` // in a status or completion column: no event yet
	Totals     []string         `yaml:"totals"`     // rows that begin so are sums
	Notes      []string         `yaml:"notes"`      // rows that begin so are remarks
	Sheets     []ImportSheet    `yaml:"sheets"`     // told apart by their headers, tried before the general words above
}

// ImportSheet is one sheet the trade keeps: what its rows are and how it is
// known. A sheet is taken for it when every field in Requires has its column
// and, of all that fit so, it knows the most columns.
type ImportSheet struct {
	Code      string            `yaml:"code"`
	Name      huifang.Text      `yaml:"name"`
	Kind      string            `yaml:"kind"`      // events, contacts, assets or staff
	Titles    []string          `yaml:"titles"`    // words of the title, sheet or file name that tell it
	Requires  []string          `yaml:"requires"`  // fields whose columns it has
	Columns   []ImportField     `yaml:"columns"`   // all it may have; headings besides those of Import.Fields
	Fixed     map[string]string `yaml:"fixed"`     // field → value of rows that say nothing else, e.g. event.type
	Mandatory []string          `yaml:"mandatory"` // fields that no row may leave blank
}

// Words are the headings of one column of a sheet: its own, then those of the
// same field in Import.Fields that mean no other column of the sheet.
func (i *Import) Words(s *ImportSheet, column int) []string {
	own := map[string]bool{}
	for j := range s.Columns {
		for _, w := range s.Columns[j].Synonyms {
			own[plainWord(w)] = true
		}
	}
	out := append([]string(nil), s.Columns[column].Synonyms...)
	for _, f := range i.Fields {
		if f.Code != s.Columns[column].Code {
			continue
		}
		for _, w := range f.Synonyms {
			if !own[plainWord(w)] {
				out = append(out, w)
			}
		}
	}
	return out
}

// ImportField is one thing a register's column may hold, with the headings
// people write over it. Codes are those of ImportFields, or attribute:NAME.
type ImportField struct {
	Code     string   `yaml:"code"`
	Synonyms []string `yaml:"synonyms"`
}

// ImportCategory is one kind of entry with the words people write for it and
// the event it becomes once finished.
type ImportCategory struct {
	Code     string             `yaml:"code"`
	Name     huifang.Text       `yaml:"name"`
	Event    string             `yaml:"event"`
	Set      huifang.Attributes `yaml:"set"` // attributes the category implies
	Synonyms []string           `yaml:"synonyms"`
}

// ImportFields lists the fields every register may have. Besides these,
// attribute:NAME is an attribute of the event, contact.attribute:NAME and
// asset.attribute:NAME are those of customer and asset, and qualification:CODE
// the last valid day of a licence of a member of staff.
func ImportFields() []string {
	return []string{
		"key",             // the register's own id of the job
		"serial",          // running number of the row: known, not imported
		"event.type",      // category
		"event.at",        // when it was finished
		"opened_at",       // when it was reported
		"status",          // finished or not, where there is a column for it
		"matter",          // what it is about
		"severity",        //
		"unit",            // estate, branch, ward
		"department",      // who is answerable
		"staff",           // who did the work
		"steward",         // who looks after the customer
		"owner",           // who owns the relationship
		"asset.code",      // home, plate, serial number
		"asset.name",      //
		"asset.kind",      //
		"contact.code",    // customer number
		"contact.name",    //
		"contact.kind",    //
		"contact.phone",   //
		"contact.email",   //
		"contact.address", //
		"note",            //
		"role",            // of a member of staff
	}
}

// Category is the category that a word names, compared as the package compares
// words of a register.
func (i *Import) Category(word string) (ImportCategory, bool) {
	word = plainWord(word)
	for _, c := range i.Categories {
		for _, s := range append([]string{c.Name.ZH, c.Name.EN, c.Code}, c.Synonyms...) {
			if word != "" && plainWord(s) == word {
				return c, true
			}
		}
	}
	return ImportCategory{}, false
}

// plainWord is a word without what people write differently: case, spaces and
// punctuation.
func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
