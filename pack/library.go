package pack

import "embed"

// library holds the built-in packs, a folder each.
//
//go:embed library
var library embed.FS
