package sheet

// Catalogue is the knowledge Guess works with: the words a trade's sheets use.
// Generic names of columns come from DefaultCatalogue; categories, attribute
// values and a trade's own columns come from its pack.
type Catalogue struct {
	Fields     []FieldWords                  // header synonyms
	Categories map[string][]string           // event type → words
	Values     map[Field]map[string][]string // field → canonical value → words
	Finished   []string                      // words of a status column
	Unfinished []string                      // words of a status or completion column
	Units      []string                      // names of the units a title may name
}

// FieldWords is what sheets call one field.
type FieldWords struct {
	Field Field
	Kind  Kind // of an attribute
	Names []string
}
