package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

type packCmd struct {
	List  packListCmd  `cmd:"" help:"List the built-in packs." zh:"列出内置方案包。"`
	Check packCheckCmd `cmd:"" help:"Check a pack: every fault with file, line and column." zh:"检查方案包：逐处指出文件、行、列。"`
	Test  packTestCmd  `cmd:"" help:"Run the tests beside a pack." zh:"运行方案包附带的测试。"`
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
	Packs []string `arg:"" help:"Built-in packs, or folders." zh:"内置方案包，或文件夹。" placeholder:"NAME|DIR"`
}

// Run checks every pack named.
func (c *packCheckCmd) Run(s *streams) error {
	for _, name := range c.Packs {
		hidden(s, name)
		p, err := pack.Load(name)
		if err != nil {
			return err
		}
		say(s, s.out, "ok  %s: 方案 %d，表单 %d，话术 %d", "ok  %s: %d programs, %d forms, %d scripts", p.Code, len(p.Programs), len(p.Forms), len(p.Scripts))
	}
	return nil
}

// hidden warns that a name means the built-in pack where a folder has it, too.
func hidden(s *streams, name string) {
	if info, err := os.Stat(name); err == nil && info.IsDir() && slices.Contains(pack.List(), name) {
		say(s, s.err, "“%[1]s”指内置方案包；要用当前目录下的文件夹，请写 ./%[1]s", "%[1]q is the built-in pack; for the folder of that name write ./%[1]s", name)
	}
}

type packTestCmd struct {
	Packs []string `arg:"" help:"Built-in packs, or folders." zh:"内置方案包，或文件夹。" placeholder:"NAME|DIR"`
	All   bool     `help:"Name the tests that pass as well." zh:"也列出通过的测试。" short:"v"`
}

// Run runs the tests of every pack named; one that fails is told with what was
// expected and where.
func (c *packTestCmd) Run(s *streams) error {
	var failed []*huifang.Error
	for _, name := range c.Packs {
		hidden(s, name)
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
