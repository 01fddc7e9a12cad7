// Package web is the console, built by `make build` into dist and carried in
// the binary. Without a build, as after a plain `go build`, it is empty.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// files is what the build made.
func files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is ours and sound
	}
	return sub
}
