package main

import "fmt"

// version is set by the linker, see the Makefile.
var version = "dev"

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(s *streams) error {
	_, err := fmt.Fprintln(s.out, "huifang", version)
	return err
}
