package main

import (
	"fmt"

	"github.com/huifang/huifang/pack"
)

type packCmd struct {
	List  packListCmd  `cmd:"" help:"List the built-in packs."`
	Check packCheckCmd `cmd:"" help:"Check a pack: every fault with file, line and column."`
}

type packListCmd struct{}

// Run prints the built-in packs with their names.
func (packListCmd) Run(s *streams) error {
	for _, name := range pack.List() {
		p, err := pack.Load(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%-18s %s\n", name, p.Name.In(s.lang))
	}
	return nil
}

type packCheckCmd struct {
	Packs []string `arg:"" help:"Built-in packs, or folders." placeholder:"NAME|DIR"`
}

// Run checks every pack named.
func (c *packCheckCmd) Run(s *streams) error {
	for _, name := range c.Packs {
		p, err := pack.Load(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "ok  %s: %d programs, %d forms, %d scripts\n", p.Code, len(p.Programs), len(p.Forms), len(p.Scripts))
	}
	return nil
}
