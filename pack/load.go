package pack

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// List names the built-in packs, sorted.
func List() []string {
	entries, err := fs.ReadDir(library, "library")
	if err != nil {
		return nil // the folder is embedded
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Load reads a built-in pack by its name, or the pack in a folder. Its error
// is CodeInvalid with every fault, located, in Details; CodeNotFound when there
// is neither such a pack nor such a folder.
func Load(nameOrDir string) (*Pack, error) {
	at, err := find(nameOrDir)
	if err != nil {
		return nil, err
	}
	return load(at)
}

// LoadFS reads the pack in a folder of a file system.
func LoadFS(fsys fs.FS, dir string) (*Pack, error) {
	return load(place{fsys: fsys, dir: dir, shown: dir})
}

// place is a pack's folder: in which file system, where, and how messages name
// it.
type place struct {
	fsys  fs.FS
	dir   string
	shown string
	disk  bool
}

func builtin(name string) place {
	return place{fsys: library, dir: path.Join("library", name), shown: name}
}

func onDisk(dir string) place {
	return place{fsys: os.DirFS(dir), dir: ".", shown: dir, disk: true}
}

func find(nameOrDir string) (place, error) {
	if slices.Contains(List(), nameOrDir) {
		return builtin(nameOrDir), nil
	}
	if info, err := os.Stat(nameOrDir); err == nil && info.IsDir() {
		return onDisk(nameOrDir), nil
	}
	return place{}, huifang.Fail(huifang.CodeNotFound, "pack.unknown", meant("没有行业包或文件夹“"+nameOrDir+"”", "there is no pack or folder “"+nameOrDir+"”", nameOrDir, List()))
}

// parent is the folder a pack extends: a built-in name, or a folder relative
// to this one.
func (p place) parent(extends string) (place, bool) {
	if !strings.HasPrefix(extends, "./") && !strings.HasPrefix(extends, "../") {
		return builtin(extends), slices.Contains(List(), extends)
	}
	if p.disk {
		dir := filepath.Join(p.shown, filepath.FromSlash(extends))
		info, err := os.Stat(dir)
		return onDisk(dir), err == nil && info.IsDir()
	}
	dir := path.Join(p.dir, extends)
	info, err := fs.Stat(p.fsys, dir)
	return place{fsys: p.fsys, dir: dir, shown: path.Join(p.shown, extends)}, err == nil && info.IsDir()
}

// name is how messages name one of the folder's files.
func (p place) name(file string) string {
	if p.disk {
		return filepath.Join(p.shown, file)
	}
	return path.Join(p.shown, file)
}

func load(at place) (*Pack, error) {
	f := &faults{}
	tree := read(at, f, nil)
	if tree == nil || len(tree.keys) == 0 && len(f.list) > 0 {
		return nil, f.err()
	}
	p, d := &Pack{from: at}, newDecoder(f)
	d.decode(tree, reflect.ValueOf(p).Elem(), "", nil)
	check(p, d)
	if err := f.err(); err != nil {
		return nil, err
	}
	return p, nil
}

// read is the tree of a pack laid over that of the pack it extends. chain
// names the packs that led here.
func read(at place, f *faults, chain []string) *node {
	files := readFiles(at, f)
	if len(files) == 0 {
		return nil
	}
	own := gather(files, f)
	extends := own.get("extends")
	if extends == nil || extends.kind != scalarNode {
		return own
	}
	chain = append(chain, at.shown)
	up, ok := at.parent(extends.text)
	switch {
	case !ok:
		f.add(extends.at, "pack.unknown", meant("没有可继承的行业包“"+extends.text+"”", "there is no pack “"+extends.text+"” to extend", extends.text, List()))
		return own
	case slices.Contains(chain, up.shown):
		f.add(extends.at, "pack.cycle", huifang.Textf("行业包循环继承：%s", "the packs extend one another in a circle: %s", strings.Join(append(chain, up.shown), " → ")))
		return own
	}
	parent := read(up, f, chain)
	if parent == nil {
		return own
	}
	merged := (&merger{f}).merge(parent, own, reflect.TypeFor[Pack]())
	return merged
}

// readFiles parses the files of a folder that are not tests.
func readFiles(at place, f *faults) []*node {
	entries, err := fs.ReadDir(at.fsys, at.dir)
	if err != nil {
		f.add(position{file: at.shown}, "pack.unreadable", unreadable(err))
		return nil
	}
	var out []*node
	found := false
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() || IsTestFile(name):
			continue
		case strings.HasSuffix(name, ".yml"):
			f.add(position{file: at.name(name)}, "pack.file_name", huifang.Text{ZH: "请把文件扩展名改为 .yaml", EN: "rename the file to end in .yaml"})
			continue
		case !strings.HasSuffix(name, ".yaml"):
			continue
		}
		found = true
		data, err := fs.ReadFile(at.fsys, path.Join(at.dir, name))
		if err != nil {
			f.add(position{file: at.name(name)}, "pack.unreadable", unreadable(err))
			continue
		}
		if n := parse(at.name(name), data, f); n != nil {
			out = append(out, n)
		}
	}
	if !found {
		f.add(position{file: at.shown}, "pack.no_files", huifang.Text{ZH: "文件夹里没有 .yaml 文件", EN: "the folder holds no .yaml file"})
	}
	return out
}

// unreadable says why a file cannot be read, without its path, which the
// location already names.
func unreadable(err error) huifang.Text {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return huifang.Textf("无法读取：%v", "cannot be read: %v", err)
}

// IsTestFile tells whether a file of a pack's folder holds tests.
func IsTestFile(name string) bool { return strings.HasSuffix(name, "_test.yaml") }
