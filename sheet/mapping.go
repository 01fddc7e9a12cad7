package sheet

// Mapping says how sheets of one layout are read. It is made by Guess, or
// written by hand as YAML, and can be saved, edited and used again: columns are
// found by name, so that a column more or another order changes nothing.
type Mapping struct {
	Version    int                           `yaml:"version"`              // 1
	Name       string                        `yaml:"name,omitempty"`       //
	Sheets     []string                      `yaml:"sheets,omitempty"`     // names, * stands for anything; empty: every visible sheet with the header
	Header     Header                        `yaml:"header,omitempty"`     // where it is; empty: searched for
	Encoding   string                        `yaml:"encoding,omitempty"`   // CSV: utf-8, gb18030, utf-16le, utf-16be; empty: detected
	Delimiter  string                        `yaml:"delimiter,omitempty"`  // CSV: one of , ; tab |; empty: detected
	Zone       string                        `yaml:"zone,omitempty"`       // IANA zone of times without offset; empty: Options.Loc
	DateOrder  DateOrder                     `yaml:"date_order,omitempty"` // of all-digit dates; empty: those with two readings are rejected
	Year       int                           `yaml:"year,omitempty"`       // of dates without one; 0: from title, sheet name or the row's other dates
	Columns    []Column                      `yaml:"columns"`              //
	Fixed      map[Field]string              `yaml:"fixed,omitempty"`      // values every row has unless its own cell says otherwise
	Required   []Field                       `yaml:"required,omitempty"`   // fields no row may lack; empty: one of the mapped contact and asset fields
	Categories map[string][]string           `yaml:"categories,omitempty"` // event type → words
	Values     map[Field]map[string][]string `yaml:"values,omitempty"`     // field → canonical value → words
	Finished   []string                      `yaml:"finished,omitempty"`   // words of the status column; empty: all that are not unfinished
	Unfinished []string                      `yaml:"unfinished,omitempty"` // words in place of the completion time, or in the status column
	Subtotals  []string                      `yaml:"subtotals,omitempty"`  // words that mark subtotal rows, besides the usual ones
}

// Header is where a header is; zero fields are searched for.
type Header struct {
	Row   int `yaml:"row,omitempty"`   // 1-based row or line of its first line
	Lines int `yaml:"lines,omitempty"` // how many lines deep
}

// IsZero tells whether the header is to be searched for.
func (h Header) IsZero() bool { return h == Header{} }

// Column maps columns of the sheet to a field.
type Column struct {
	Field  Field    `yaml:"field"`
	From   []string `yaml:"from,omitempty"`   // header names, the first that exists counts; "name#2" is the second of that name
	Letter string   `yaml:"letter,omitempty"` // column letter instead of a name, e.g. J
	Join   *string  `yaml:"join,omitempty"`   // all of From, in order, joined by this text
	Kind   Kind     `yaml:"kind,omitempty"`   // of an attribute; default text
}

// DateOrder is the order of year, month and day in all-digit dates.
type DateOrder string

// The orders.
const (
	OrderUnknown DateOrder = ""
	OrderYMD     DateOrder = "ymd"
	OrderDMY     DateOrder = "dmy"
	OrderMDY     DateOrder = "mdy"
)
