package form

import "github.com/huifang/huifang"

// Definition is one version of a form as a pack or an organization writes it.
// It is plain data and immutable once records were made with it: a change is a
// new Version, and old records keep theirs. Check tells whether it is sound;
// every other method takes any Definition and never panics.
type Definition struct {
	Code        string       `yaml:"code" json:"code"`
	Name        huifang.Text `yaml:"name" json:"name"`
	Description huifang.Text `yaml:"description" json:"description,omitzero"`
	Source      string       `yaml:"source" json:"source,omitempty"` // document and section the form comes from
	Version     int          `yaml:"version" json:"version"`

	Items     []Item   `yaml:"items" json:"items"`
	FreeItems bool     `yaml:"free_items" json:"free_items,omitempty"` // users may add items of their own, see Extend
	Scoring   *Scoring `yaml:"scoring" json:"scoring,omitempty"`

	// Rules of the verdict, each list any-of. Unqualified is decided before
	// Dissatisfied, and that before Satisfied. Options and bands may carry a
	// verdict as well, which counts as a rule of its list.
	Unqualified  []Rule `yaml:"unqualified" json:"unqualified,omitempty"`
	Dissatisfied []Rule `yaml:"dissatisfied" json:"dissatisfied,omitempty"`
	Satisfied    []Rule `yaml:"satisfied" json:"satisfied,omitempty"`
}

// Kind is what an item asks for, and with that the JSON type of its answer.
type Kind string

// The kinds, with the JSON value that answers them.
const (
	KindSection   Kind = "section"   // a heading over the items up to the next section; no answer
	KindText      Kind = "text"      // string
	KindNumber    Kind = "number"    // number
	KindDate      Kind = "date"      // "2026-03-31"
	KindChoice    Kind = "choice"    // option code
	KindChoices   Kind = "choices"   // list of option codes
	KindRating    Kind = "rating"    // whole number 1…Scale
	KindNPS       Kind = "nps"       // whole number 0…10
	KindMatrix    Kind = "matrix"    // object: row code → option code, or 1…Scale where the item has no options
	KindYesNo     Kind = "yesno"     // true or false
	KindPhoto     Kind = "photo"     // list of content hashes
	KindFile      Kind = "file"      // list of content hashes
	KindSignature Kind = "signature" // object: name, and image (content hash) where it was drawn
)

// Kinds lists every kind in display order.
func Kinds() []Kind {
	return []Kind{
		KindSection, KindText, KindNumber, KindDate, KindChoice, KindChoices, KindRating, KindNPS,
		KindMatrix, KindYesNo, KindPhoto, KindFile, KindSignature,
	}
}

// Item is one question or heading. Fields that do not belong to its kind are
// faults, see Check.
type Item struct {
	Code     string       `yaml:"code" json:"code"` // stable: the same question keeps its code in every version
	Kind     Kind         `yaml:"kind" json:"kind"`
	Label    huifang.Text `yaml:"label" json:"label"`
	Help     huifang.Text `yaml:"help" json:"help,omitzero"`
	Required bool         `yaml:"required" json:"required,omitempty"` // when visible; a matrix: every row
	Staff    bool         `yaml:"staff" json:"staff,omitempty"`       // answered by staff alone: contacts who fill the form in themselves are not asked
	ShowIf   []Condition  `yaml:"show_if" json:"show_if,omitempty"`   // all must hold; a section's cover its items too

	Min       *float64      `yaml:"min" json:"min,omitempty"`               // number: least value; choices, photo, file: fewest entries
	Max       *float64      `yaml:"max" json:"max,omitempty"`               // number: greatest value; choices, photo, file: most entries
	Integer   bool          `yaml:"integer" json:"integer,omitempty"`       // number: whole numbers only
	Suffix    huifang.Text  `yaml:"suffix" json:"suffix,omitzero"`          // number: what is counted, shown behind it
	MaxLength int           `yaml:"max_length" json:"max_length,omitempty"` // text: in characters; default 2000
	Multiline bool          `yaml:"multiline" json:"multiline,omitempty"`   // text: shown as a block
	Earliest  *huifang.Date `yaml:"earliest" json:"earliest,omitempty"`     // date; default 1900-01-01
	Latest    *huifang.Date `yaml:"latest" json:"latest,omitempty"`         // date; default 2199-12-31
	Options   []Option      `yaml:"options" json:"options,omitempty"`       // choice, choices, matrix; yesno: codes yes and no
	Rows      []Row         `yaml:"rows" json:"rows,omitempty"`             // matrix
	Scale     int           `yaml:"scale" json:"scale,omitempty"`           // rating, matrix without options: highest grade; default 5

	Weight *float64 `yaml:"weight" json:"weight,omitempty"` // in the total; default 1, of free items 0
	Full   *float64 `yaml:"full" json:"full,omitempty"`     // points that count as 100 %; default: the most that can be had
	Free   bool     `yaml:"-" json:"free,omitempty"`        // added by Extend
}

// Option is one possible answer. An option without a Score takes no part in
// the total, e.g. "not applicable".
type Option struct {
	Code      string          `yaml:"code" json:"code"`
	Label     huifang.Text    `yaml:"label" json:"label"`
	Score     *float64        `yaml:"score" json:"score,omitempty"`         // points, 0 or more
	Verdict   huifang.Verdict `yaml:"verdict" json:"verdict,omitempty"`     // what choosing it says of the whole form
	Exclusive bool            `yaml:"exclusive" json:"exclusive,omitempty"` // choices: cannot stand beside another one
}

// Row is one line of a matrix.
type Row struct {
	Code   string       `yaml:"code" json:"code"`
	Label  huifang.Text `yaml:"label" json:"label"`
	Weight *float64     `yaml:"weight" json:"weight,omitempty"` // within the matrix; default 1
}

// Condition is a test of one earlier answer, or, with Any, of several of which
// one must hold. Every operator but OpUnanswered is false where there is no
// answer: a question not asked says nothing.
type Condition struct {
	Item   string      `yaml:"item" json:"item,omitempty"` // item code; a matrix row: "item.row"
	Op     Op          `yaml:"op" json:"op,omitempty"`     // default: eq with Value, in with Values
	Value  Literal     `yaml:"value" json:"value,omitempty"`
	Values []Literal   `yaml:"values" json:"values,omitempty"`
	Any    []Condition `yaml:"any" json:"any,omitempty"` // instead of the above
}

// Op is how a condition compares. On choices, eq and in ask whether one of the
// chosen options is named, ne and not_in whether none is.
type Op string

// The operators.
const (
	OpEq         Op = "eq"
	OpNe         Op = "ne"
	OpIn         Op = "in"
	OpNotIn      Op = "not_in"
	OpLt         Op = "lt"
	OpLe         Op = "le"
	OpGt         Op = "gt"
	OpGe         Op = "ge"
	OpAnswered   Op = "answered"
	OpUnanswered Op = "unanswered"
)

// Literal is a constant of a condition, as written. The kind of the item it is
// compared with says how it is read: an option code, a number, a date, yes or
// no, or plain text.
type Literal string

// Scoring turns answers into a score of 0 to 100; see the package
// documentation for the formula.
type Scoring struct {
	MinAnswered int    `yaml:"min_answered" json:"min_answered,omitempty"` // no score with fewer scored answers; default 1
	Bands       []Band `yaml:"bands" json:"bands,omitempty"`               // from the highest down
}

// Band is a named range of scores: from From up to the next band.
type Band struct {
	Code    string          `yaml:"code" json:"code"`
	Label   huifang.Text    `yaml:"label" json:"label"`
	From    float64         `yaml:"from" json:"from"`
	Verdict huifang.Verdict `yaml:"verdict" json:"verdict,omitempty"`
}

// Rule holds when all its parts hold: every condition of When, the score's
// band being one of Bands, the score lying below Below and at or above
// AtLeast. A form without a score fulfils none of the last three. A rule
// without parts never holds.
type Rule struct {
	When    []Condition `yaml:"when" json:"when,omitempty"`
	Bands   []string    `yaml:"bands" json:"bands,omitempty"`
	Below   *float64    `yaml:"below" json:"below,omitempty"`
	AtLeast *float64    `yaml:"at_least" json:"at_least,omitempty"`
}

// Result is what a set of answers comes to.
type Result struct {
	Answers huifang.Attributes // normalised; hidden, empty and unknown answers dropped
	Score   float64            // 0…100; 0 unless Scored
	Scored  bool
	Band    string // code of the score's band
	Verdict huifang.Verdict
}
