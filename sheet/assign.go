package sheet

import "slices"

// Assign gives columns of a sheet another meaning: header names to fields, the
// empty field for a column that is not to be read. What read a column before
// reads it no more; a field that only one column can have is taken from the
// column that had it. kinds says how cells of attributes are read, missing:
// as text.
func (m Mapping) Assign(columns map[string]Field, kinds map[Field]Kind) Mapping {
	names := make([]string, 0, len(columns))
	taken := map[Field]bool{}
	for name, f := range columns {
		names = append(names, name)
		taken[f] = taken[f] || !several(f)
	}
	slices.Sort(names)
	var out []Column
	for _, c := range m.Columns {
		c.From = slices.DeleteFunc(slices.Clone(c.From), func(n string) bool { _, given := columns[n]; return given })
		if taken[c.Field] || len(c.From) == 0 && c.Letter == "" {
			continue
		}
		out = append(out, c)
	}
	for _, n := range names {
		if f := columns[n]; f != "" {
			out = append(out, Column{Field: f, From: []string{n}, Kind: kinds[f]})
		}
	}
	m.Columns = out
	return m
}

// several tells whether more than one column can have the field.
func several(f Field) bool { return f == FieldContactPhone || f == FieldSerial }
