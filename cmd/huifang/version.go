package main

import (
	"fmt"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the module version and the commit it was built from.
func (versionCmd) Run(s *streams) error {
	fmt.Fprintln(s.out, "huifang", version())
	return nil
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	var vSb22 strings.Builder
	for _, kv := range info.Settings {
		if kv.Key == "vcs.revision" && len(kv.Value) >= 12 {
			vSb22.WriteString(" " + kv.Value[:12])
		}
	}
	v += vSb22.String()
	return v
}
