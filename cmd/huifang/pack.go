package main

import (
	"fmt"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

type packCmd struct {
	List  packListCmd  `cmd:"" help:"List the built-in packs."`
	Check packCheckCmd `cmd:"" help:"Check a pack: every fault with file, line and column."`
	Test  packTestCmd  `cmd:"" help:"Run the tests beside a pack."`
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

type packTestCmd struct {
	Packs []string `arg:"" help:"Built-in packs, or folders." placeholder:"NAME|DIR"`
	All   bool     `help:"Name the tests that pass as well." short:"v"`
}

// Run runs the tests of every pack named; one that fails is told with what was
// expected and where.
func (c *packTestCmd) Run(s *streams) error {
	var failed []*huifang.Error
	for _, name := range c.Packs {
		p, err := pack.Load(name)
		if err != nil {
			return err
		}
		results, err := pack.Test(p)
		if err != nil {
			return err
		}
		passed := 0
		for i := range results {
			if r := &results[i]; !r.Passed() {
				failed = append(failed, r.Faults...)
				continue
			}
			passed++
			if c.All {
				fmt.Fprintf(s.out, "ok  %s\n", results[i].Name)
			}
		}
		fmt.Fprintf(s.out, "%s: %d/%d\n", p.Code, passed, len(results))
	}
	return several(failed)
}
