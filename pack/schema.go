package pack

import _ "embed" // for the schema

//go:generate go test -run ^TestSchema$ -update .

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of a pack's files, for editors: it knows
// every field with its meaning and its possible values. It is made from the
// types this package reads; what takes the whole pack to see, Load checks.
func Schema() []byte { return append([]byte(nil), schema...) }
