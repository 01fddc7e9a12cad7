package huifang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// module is the path every import of our own begins with.
const module = "github.com/huifang/huifang"

// rooms says which rooms each room may import: the table of
// docs/adr/0001-rooms-and-arrows.md. "" is the root package; nil means any.
var rooms = map[string][]string{
	"":         {},
	"calendar": {""},
	"form":     {""},
	"plan":     {"", "calendar", "form"},
	"pack":     {"", "calendar", "form", "plan"},
	"store":    {""},
	"sheet":    {""},
	"report":   {""},
	"channel":  {""},
	"app":      {"", "calendar", "form", "plan", "pack", "store", "sheet", "report", "channel"},
	"jobs":     {"", "app", "store"},
	"api":      {"", "app"},
	"page":     {"", "app"},
	"web":      {},
	"bench":    nil,
	"cmd":      nil,
}

// edge are the rooms that may read the clock.
var edge = []string{"cmd", "api", "bench"}

// longFiles may exceed maxLines, each for its reason.
var longFiles = map[string]string{}

const maxLines = 500

// source is one Go file of the project, parsed.
type source struct {
	path string // from the root, with slashes
	room string
	test bool
	text string
	file *ast.File
}

func (s source) imports() []string {
	var out []string
	for _, spec := range s.file.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, name)
		}
	}
	return out
}

// tree walks the project's own files, leaving out what is built or fetched.
func tree(t *testing.T, visit func(name string, entry fs.DirEntry)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || slices.Contains([]string{"bin", "dist", "demo", "node_modules"}, base)) {
			return fs.SkipDir
		}
		visit(name, entry)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	tree(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() || path.Ext(name) != ".go" || strings.Contains(name, "testdata/") {
			return
		}
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		room, _, inside := strings.Cut(name, "/")
		if !inside {
			room = ""
		}
		test := strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "store/storetest/")
		out = append(out, source{path: name, room: room, test: test, text: string(text), file: file})
	})
	if len(out) < 10 {
		t.Fatalf("only %d Go files found: the test looks in the wrong place", len(out))
	}
	return out
}

func TestArrowsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		allowed, known := rooms[s.room]
		if !known {
			t.Errorf("%s: room %q is not in the table of rooms", s.path, s.room)
			continue
		}
		if s.test || allowed == nil {
			continue
		}
		for _, name := range s.imports() {
			rest, ours := strings.CutPrefix(name, module)
			if !ours {
				continue
			}
			to, _, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
			if to != s.room && !slices.Contains(allowed, to) {
				t.Errorf("%s: room %q may not import %s", s.path, s.room, name)
			}
		}
	}
}

func TestVocabularyImportsOnlyTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.room != "" || s.test {
			continue
		}
		for _, name := range s.imports() {
			first, _, _ := strings.Cut(name, "/")
			if strings.Contains(first, ".") {
				t.Errorf("%s imports %s", s.path, name)
			}
		}
	}
}

// The linter's rules and the table above must be the same table.
func TestLintRulesAreTheTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]struct {
						Mode  string   `yaml:"list-mode"`
						Allow []string `yaml:"allow"`
					} `yaml:"rules"`
				} `yaml:"depguard"`
			} `yaml:"settings"`
		} `yaml:"linters"`
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	for room, want := range rooms {
		if want == nil {
			continue
		}
		name := room
		if room == "" {
			name = "root"
		}
		rule, ok := config.Linters.Settings.Depguard.Rules[name]
		if !ok || rule.Mode != "strict" {
			t.Errorf(".golangci.yml has no strict depguard rule for room %q", name)
			continue
		}
		var got []string
		for _, allow := range rule.Allow {
			if rest, ours := strings.CutPrefix(strings.TrimSuffix(allow, "$"), module); ours && rest != "/"+room {
				got = append(got, strings.TrimPrefix(rest, "/"))
			}
		}
		want = slices.Sorted(slices.Values(want))
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("room %q: .golangci.yml allows %q, the table says %q", name, got, want)
		}
	}
}

func TestNoFolderWithoutMeaning(t *testing.T) {
	t.Parallel()
	banned := []string{"internal", "pkg", "util", "utils", "common", "models", "helpers", "misc", "shared", "lib"}
	tree(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() && slices.Contains(banned, entry.Name()) {
			t.Errorf("folder %s: name it after what it holds", name)
		}
	})
}

func TestOnlyTheEdgeReadsTheClock(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || slices.Contains(edge, s.room) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				t.Errorf("%s: time.%s; now is an argument", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

func TestEveryPackageHasADoc(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	for _, s := range sources(t) {
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		dir := path.Dir(s.path)
		documented[dir] = documented[dir] || s.file.Doc.Text() != ""
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

func TestFilesStayShort(t *testing.T) {
	t.Parallel()
	long := map[string]bool{}
	for _, s := range sources(t) {
		if lines := strings.Count(s.text, "\n"); lines > maxLines && !ast.IsGenerated(s.file) {
			long[s.path] = true
			if longFiles[s.path] == "" {
				t.Errorf("%s has %d lines: split it, or give a reason in longFiles", s.path, lines)
			}
		}
	}
	for name := range longFiles {
		if !long[name] {
			t.Errorf("longFiles names %s, which is not long", name)
		}
	}
}

func TestNothingIsLeftUnfinished(t *testing.T) {
	t.Parallel()
	marks := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b|\b[tb]\.Skip(f|Now)?\(`)
	tree(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() || name == "arch_test.go" || !slices.Contains([]string{".go", ".md", ".yaml", ".sh", ".sql", ".txtar"}, path.Ext(name)) {
			return
		}
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if found := marks.FindString(line); found != "" {
				t.Errorf("%s:%d: %s", name, i+1, found)
			}
		}
	})
}

// CONTEXT.md's last column holds the words we do not use; those in backquotes
// may not be part of an exported name.
func TestExportedNamesUseTheGlossary(t *testing.T) {
	t.Parallel()
	avoided := avoidedWords(t)
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, decl := range s.file.Decls {
			for _, name := range exportedNames(decl) {
				for _, word := range avoided {
					if hasWord(name, word) {
						t.Errorf("%s: %s: CONTEXT.md has another word for %s", s.path, name, word)
					}
				}
			}
		}
	}
}

func avoidedWords(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("CONTEXT.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	quoted := regexp.MustCompile("`([A-Z][A-Za-z]+)`")
	for line := range strings.SplitSeq(string(text), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 {
			continue
		}
		for _, m := range quoted.FindAllStringSubmatch(cells[4], -1) {
			out = append(out, m[1])
		}
	}
	if len(out) < 5 {
		t.Fatalf("found only %q in CONTEXT.md: its tables have changed form", out)
	}
	return out
}

func exportedNames(decl ast.Decl) []string {
	var out []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		out = append(out, d.Name.Name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if ts, ok := spec.(*ast.TypeSpec); ok {
				out = append(out, ts.Name.Name)
			}
		}
	}
	return slices.DeleteFunc(out, func(name string) bool { return !ast.IsExported(name) })
}

// hasWord tells whether word is one of the CamelCase words of name, so that
// "Todo" is found in "NewTodoList" and not in "Todos".
func hasWord(name, word string) bool {
	for at := 0; ; {
		i := strings.Index(name[at:], word)
		if i < 0 {
			return false
		}
		at += i + len(word)
		rest := strings.TrimSuffix(name[at:], "s")
		if rest == "" || rest[0] < 'a' || rest[0] > 'z' {
			return true
		}
	}
}
