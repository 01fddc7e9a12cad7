package pack

import "github.com/huifang/huifang"

// Import is the words of a trade's registers: how the columns are headed, what
// the categories are called, which marks mean that a job is not finished.
// Words are compared without regard to case, spaces and punctuation.
type Import struct {
	Fields     []ImportField    `yaml:"fields"`
	Categories []ImportCategory `yaml:"categories"`
	Unfinished []string         `yaml:"unfinished"` // in the completion column: no event yet
	Totals     []string         `yaml:"totals"`     // rows that begin so are sums
	Notes      []string         `yaml:"notes"`      // rows that begin so are remarks
}

// ImportField is one thing a register's column may hold, with the headings
// people write over it. Codes are those of ImportFields, or attribute.NAME.
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

// ImportFields lists the fields every register may have besides attributes.
func ImportFields() []string {
	return []string{
		"number",          // the register's own number
		"category",        // which event
		"matter",          // what it is about
		"opened_at",       // when it was reported
		"completed_at",    // when it was finished: the event's time
		"status",          // finished or not, where there is a column for it
		"unit",            // estate, branch, ward
		"department",      // who is answerable
		"staff",           // who did the work
		"steward",         // who looks after the customer
		"asset.code",      // home, plate, serial number
		"asset.name",      //
		"contact.code",    // customer number
		"contact.name",    //
		"contact.phone",   //
		"contact.address", //
		"contact.email",   //
		"note",            //
	}
}
