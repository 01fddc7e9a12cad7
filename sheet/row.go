package sheet

import (
	"time"

	"github.com/huifang/huifang"
)

// Skip is why a row makes no event and is no fault either.
type Skip string

// The reasons to skip a row.
const (
	SkipNone       Skip = ""
	SkipBlank      Skip = "blank"      // nothing in it
	SkipHeader     Skip = "header"     // the header again, as printed on each page
	SkipSubtotal   Skip = "subtotal"   // 小计, 合计
	SkipFootnote   Skip = "footnote"   // 注：…, signature lines
	SkipUnfinished Skip = "unfinished" // not completed yet: no event
	SkipCancelled  Skip = "cancelled"  // called off: there will be no event
	SkipDuplicate  Skip = "duplicate"  // the same id and the same content as an earlier row of the file
)

// Row is one row of a sheet below its header. Exactly one of Skip, Err and
// Values holds what became of it. A Row and its slices are the caller's to keep.
type Row struct {
	Layout   *Layout          // of the row's sheet, shared by its rows
	Sheet    string           // "" in CSV and JSON lines
	Line     int              // 1-based sheet row, or the line the record starts on
	Cells    []string         // original cells as a person sees them, merged cells filled down
	Skip     Skip             // why there is no event
	Err      *huifang.Error   // why it is rejected; further faults of the row in Details
	Warnings []*huifang.Error // accepted, but somebody should look
	Values   Values           // what it says, valid when Accepted
}

// Accepted tells whether the row makes an event.
func (r *Row) Accepted() bool { return r.Skip == SkipNone && r.Err == nil }

// Instant is a point in time as a cell gave it.
type Instant struct {
	Time     time.Time    // UTC; the zero Time: the cell was blank
	Date     huifang.Date // the date of Time in the zone it was read in
	DateOnly bool         // no time of day was given: Time is local midnight of that date
	Zoned    bool         // the cell named its own offset from UTC
}

// IsZero tells whether there is no instant.
func (i Instant) IsZero() bool { return i.Time.IsZero() }

// Values is what an accepted row says, cleaned. Names of units, staff and
// departments are as the sheet writes them; the caller resolves them.
type Values struct {
	Key        string // identifies the event within its source: importing the row again gives the same Key
	KeyGiven   bool   // Key is the sheet's own id; otherwise derived from the identifying cells
	Type       string // event type, e.g. "repair.completed"
	Category   string // as the sheet writes it
	At         Instant
	OpenedAt   Instant
	Contact    Contact
	Asset      Asset
	Unit       string
	Staff      string // who did the work
	Steward    string
	Owner      string
	Severity   string // canonical, e.g. "major"; "" when the sheet says nothing
	Matter     string
	Note       string
	Status     string
	Department string
	Role       string // of a member of staff

	Attributes huifang.Attributes // of the event

	Qualifications huifang.Attributes // of a member of staff: licence → last valid day
}

// Contact is the customer a row names; any part may be empty.
type Contact struct {
	Code       string
	Name       string
	Kind       string
	Phones     []string // see Phones
	Email      string
	Address    string
	Attributes huifang.Attributes
}

// Asset is the home, vehicle or device a row names; any part may be empty.
type Asset struct {
	Code       string
	Name       string
	Kind       string
	Attributes huifang.Attributes
}

// Layout is how one sheet is built: where its header is and what its columns
// are called and mean.
type Layout struct {
	Sheet   string
	Title   string // text above the header, lines joined by a space
	Header  int    // 1-based row of the header's first line; 0: none found
	Lines   int    // lines the header is deep
	Columns []Heading
	Missing []string // mapped columns that this sheet does not have
	Year    int      // from title or sheet name; 0: unknown
	Month   time.Month
	Data    bool         // it holds rows to read
	Reason  huifang.Text // why it holds none, when Data is false
}

// Heading is one column of a sheet, as its header names it.
type Heading struct {
	Index   int      // 0-based
	Name    string   // header as written; the lines of a deep header joined by "/"
	Field   Field    // what it means, "" when it is not mapped
	Samples []string // a few values below the header
}

// Names lists the names of all columns, in order.
func (l *Layout) Names() []string {
	names := make([]string, len(l.Columns))
	for i := range l.Columns {
		names[i] = l.Columns[i].Name
	}
	return names
}
