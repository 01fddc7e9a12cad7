package main

import (
	"fmt"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the module version and the commit it was built from.
func (versionCmd) Run(s *streams) error {
	_, err := fmt.Fprintln(s.out, "huifang", version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, kv := range info.Settings {
		if kv.Key == "vcs.revision" && len(kv.Value) >= 12 {
			return info.Main.Version + " " + kv.Value[:12]
		}
	}
	return info.Main.Version
}
