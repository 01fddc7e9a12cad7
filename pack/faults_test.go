package pack_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// small is a sound pack; the tests break it in one place each.
const small = `code: small
name: {zh: 小包, en: Small}
version: 1
events:
  - type: job.done
    name: {zh: 完工, en: Done}
    attributes:
      - {name: grade, type: choice, values: [{code: high}, {code: low}]}
      - {name: due_on, type: date}
roles:
  - {code: caller, name: {zh: 话务员, en: Caller}, permissions: [followup.work]}
programs:
  - code: call
    start: [{on: job.done, when: attr.grade == "high"}]
    channels: [phone]
    assign: [{to: ["role:caller | steward"]}]
    form: call
    script: call
    target: 90
    steps:
      - {code: first, closes: 3d}
      - {code: second, attribute: due_on, after: null}
    outcomes:
      - {when: answers.mood == "bad", case: {owner: [head], due: 3wd}}
forms:
  - code: call
    name: {zh: 通话, en: Call}
    version: 1
    items:
      - code: mood
        kind: choice
        label: {zh: 心情, en: Mood}
        options: [{code: good, label: {zh: 好, en: Good}}, {code: bad, label: {zh: 差, en: Bad}}]
scripts:
  - code: call
    name: {zh: 话术, en: Script}
    phrases:
      - {code: hello, kind: greeting, text: {zh: "您好，{{contact}}", en: "Hello {{contact}}"}}
recurrences:
  - {code: again, of: [job.done], by: contact, at_least: 2, within: 3mo, alert: [head]}
import:
  categories:
    - {code: job, event: job.done, set: {grade: high}, synonyms: [工单]}
statistics:
  programs: [call]
  figures: [{code: due, title: {zh: 应访, en: Due}}]
`

var sound = strings.Replace(small, ", after: null", "", 1)

// load reads packs from files given as path and text.
func load(dir string, files map[string]string) (*pack.Pack, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return pack.LoadFS(fsys, dir)
}

func lines(err error) []string {
	e, ok := errors.AsType[*huifang.Error](err)
	if !ok {
		return nil
	}
	var out []string
	for _, d := range e.Details {
		out = append(out, d.Error())
	}
	return out
}

func TestSoundPackLoads(t *testing.T) {
	p, err := load("p", map[string]string{"p/pack.yaml": sound, "p/notes.txt": "not read", "p/x_test.yaml": "tests: []"})
	if err != nil {
		t.Fatal(err)
	}
	def, ok := p.Program("call")
	if !ok || def.Steps[0].Closes.String() != "3d" || def.Target != 90 || len(def.Channels) != 1 {
		t.Errorf("%+v", def)
	}
	if _, ok := p.Program("none"); ok {
		t.Error("found a program that is not there")
	}
	if f, ok := p.Form("call"); !ok || len(f.Items[0].Options) != 2 {
		t.Errorf("%+v", f)
	}
	if s, ok := p.Script("call"); !ok || s.Phrases[0].Kind != pack.PhraseGreeting {
		t.Errorf("%+v", s)
	}
	if e, ok := p.Event("job.done"); !ok || len(e.Attributes) != 2 {
		t.Errorf("%+v", e)
	}
}

// TestFaultsAreLocated breaks the sound pack in one place and looks for the
// one error, with its place and its hint, in both languages.
func TestFaultsAreLocated(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		at       string // line:column
		en, zh   string // part of the message
	}{
		"unknown field":            {"channels: [phone]", "chanels: [phone]", "15:5", "did you mean “channels”", "是否想写“channels”"},
		"unknown field, no hint":   {"target: 90", "kolour: 90", "19:5", "unknown field “kolour”; known: assign, ", "未知字段“kolour”"},
		"doubled key":              {"target: 90", "form: call", "19:5", "the first is on line 17", "第 17 行"},
		"unknown word":             {"channels: [phone]", "channels: [phone, fhone]", "15:23", "did you mean “phone”", "“fhone”不是可用的值"},
		"bad offset":               {"closes: 3d", "closes: 3days", "21:31", "not a distance in time", "不是有效的时间间隔"},
		"bad resolver":             {`"role:caller | steward"`, `"role:caller | stewart"`, "16:20", "does not name an assignee", "不是有效的分派对象"},
		"unknown role":             {"role:caller", "role:callr", "16:20", "did you mean “caller”", "没有角色“callr”"},
		"unknown form":             {"    form: call", "    form: calls", "17:11", "did you mean “call”", "没有表单“calls”"},
		"unknown script":           {"    script: call", "    script: coll", "18:13", "did you mean “call”", "没有话术“coll”"},
		"unknown event":            {"on: job.done,", "on: job.dun,", "14:18", "did you mean “job.done”", "未知的事件类型"},
		"unknown attribute":        {"attribute: due_on", "attribute: du_on", "22:35", "did you mean “due_on”", "没有属性“du_on”"},
		"condition, attribute":     {"attr.grade ==", "attr.grad ==", "14:34", "did you mean “grade”", "没有属性“grad”"},
		"condition, answer":        {"answers.mood", "answers.mod", "24:16", "did you mean “mood”", "没有条目“mod”"},
		"condition, no answers":    {`attr.grade == "high"`, `answers.mood == "bad"`, "14:34", "no answers yet", "还没有答案"},
		"condition, syntax":        {`attr.grade == "high"`, `attr.grade = "high"`, "14:34", "condition ", "条件"},
		"a number for a list":      {"channels: [phone]", "channels: phone", "15:15", "a list", "列表"},
		"a list for a value":       {"target: 90", "target: [90]", "19:13", "a single value", "一个值"},
		"a value for a mapping":    {"case: {owner: [head], due: 3wd}", "case: yes", "24:45", "fields", "字段"},
		"text for a number":        {"target: 90", "target: all", "19:13", "a number", "数字"},
		"infinity":                 {"target: 90", "target: .inf", "19:13", "a number", "数字"},
		"fraction for whole":       {"at_least: 2", "at_least: 2.5", "40:58", "a whole number", "整数"},
		"too few":                  {"at_least: 2", "at_least: 1", "40:58", "2 or more", "至少为 2"},
		"bad period":               {"within: 3mo", "within: 3wd", "40:69", "not a period", "不是有效的期间"},
		"percent":                  {"target: 90", "target: 190", "19:13", "between 0 and 100", "0 到 100"},
		"null":                     {"target: 90", "target: null", "19:13", "no value", "没有写值"},
		"doubled code":             {"code: second", "code: first", "22:16", "written twice", "重复"},
		"missing code":             {"code: second, ", "", "22:9", "code is missing", "缺少 code"},
		"bad code":                 {"code: second", "code: 2nd", "22:16", "not valid", "无效"},
		"two anchors":              {"attribute: due_on", "attribute: due_on, idle: {of: {on: job.done}, for: 1d}", "22:9", "counts from one thing", "一个起算点"},
		"permission":               {"followup.work", "followup.walk", "11:63", "did you mean “followup.work”", "不是可用的值"},
		"placeholder":              {"{{contact}}\"", "{{contract}}\"", "38:50", "did you mean “contact”", "没有占位符"},
		"placeholders differ":      {"您好，{{contact}}", "您好", "38:45", "different placeholders", "占位符不一致"},
		"phrase without a kind":    {"kind: greeting, ", "", "38:9", "no kind", "缺少种类"},
		"category value":           {"grade: high}", "grade: hi}", "43:49", "has no value “hi”", "没有值"},
		"category attribute":       {"set: {grade:", "set: {grad:", "43:48", "did you mean “grade”", "没有属性"},
		"figure":                   {"{code: due,", "{code: duue,", "46:20", "did you mean “due”", "不是可用的值"},
		"statistics program":       {"programs: [call]", "programs: [cell]", "45:14", "did you mean “call”", "没有回访方案"},
		"form option":              {"{code: good, label", "{code: Good, label", "33:26", "is no code", "代码"},
		"choice without values":    {", values: [{code: high}, {code: low}]", "", "8:9", "lists its values", "列出 values"},
		"anchor to nothing":        {"channels: [phone]", "channels: *phone", "15:15", "not valid YAML", "不是有效的 YAML"},
		"broken YAML":              {"channels: [phone]", "channels: [phone", "15:1", "not valid YAML", "不是有效的 YAML"},
		"removing nothing":         {"code: second,", "code: second, remove: true,", "22:24", "unknown field “remove”", "未知字段"},
		"no version":               {"version: 1\nevents", "version: 0\nevents", "3:10", "starts at 1", "从 1 开始"},
		"key that is a list":       {"target: 90", "[target]: 90", "19:5", "plain text", "必须是文字"},
		"attribute of wrong kind":  {"{name: due_on, type: date}", "{name: due_on, type: date, min: 3}", "9:9", "only a number", "只有 number"},
		"two categories, one word": {"synonyms: [工单]}", "synonyms: [工单, 工单]}", "43:71", "already belongs", "已属于"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(sound, c.from, c.to, 1)
			if text == sound {
				t.Fatal("the pack was not broken")
			}
			_, err := load("p", map[string]string{"p/pack.yaml": text})
			got := lines(err)
			if len(got) == 0 {
				t.Fatalf("accepted: %v", err)
			}
			want := "p/pack.yaml:" + c.at + ": "
			if !strings.HasPrefix(got[0], want) || !strings.Contains(got[0], c.en) {
				t.Errorf("want %s…%s…\ngot %s", want, c.en, strings.Join(got, "\n    "))
			}
			if zh := huifang.In(err, huifang.ZH); !strings.Contains(zh, c.zh) {
				t.Errorf("want …%s…\ngot %s", c.zh, zh)
			}
			if len(got) > 1 {
				t.Errorf("one fault, several errors:\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

// TestAllFaultsAtOnce: every fault is reported, in the order of the file.
func TestAllFaultsAtOnce(t *testing.T) {
	text := strings.NewReplacer("channels: [phone]", "chanels: [phone]", "closes: 3d", "closes: soon", "within: 3mo", "within: long").Replace(sound)
	_, err := load("p", map[string]string{"p/pack.yaml": text})
	got := lines(err)
	if len(got) != 3 || !strings.Contains(got[0], ":15:") || !strings.Contains(got[1], ":21:") || !strings.Contains(got[2], ":40:") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if huifang.CodeOf(err) != huifang.CodeInvalid || huifang.ReasonOf(err) != "pack.invalid" {
		t.Errorf("%v %v", huifang.CodeOf(err), huifang.ReasonOf(err))
	}
}

func TestFilesOfOnePack(t *testing.T) {
	head, rest, _ := strings.Cut(sound, "programs:\n")
	programs, rest, _ := strings.Cut(rest, "forms:\n")
	programs, rest = "programs:\n"+programs, "forms:\n"+rest
	split := map[string]string{"p/a.yaml": head, "p/b.yaml": programs, "p/c.yaml": rest}
	if _, err := load("p", split); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"lists go on":     {"p/d.yaml", "forms: [{code: call, version: 1}]", "p/d.yaml:1:16: “call” is written twice; the first is in p/c.yaml on line 2"},
		"a field twice":   {"p/d.yaml", "version: 2", "p/d.yaml:1:1: field \"version\" is already written in p/a.yaml on line 3"},
		"not a mapping":   {"p/d.yaml", "- one", "p/d.yaml:1:1: a file is made of fields"},
		"empty":           {"p/d.yaml", "# nothing\n", "p/d.yaml:1:1: the file is empty"},
		"two documents":   {"p/d.yaml", "words: {}\n---\nwords: {}\n", "p/d.yaml:2:1: a file holds one document"},
		"other extension": {"p/d.yml", "words: {}", "p/d.yml: rename the file to end in .yaml"},
		"too deep":        {"p/d.yaml", "words: " + strings.Repeat("[", 80) + strings.Repeat("]", 80), "too much or too deeply nested"},
		"itself inside":   {"p/d.yaml", "words: &a [*a]", "too much or too deeply nested"},
		"too large":       {"p/d.yaml", "words: '" + strings.Repeat("x", 5<<20) + "'", "p/d.yaml:1:1: the file is over 4 MB"},
		"ever more": {
			"p/d.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
				"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
			"too much or too deeply nested",
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{c.file: c.text}
			maps.Copy(files, split)
			_, err := load("p", files)
			if got := strings.Join(lines(err), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("want %s\ngot %s", c.want, got)
			}
		})
	}
}

func TestLoadByName(t *testing.T) {
	_, err := pack.Load("propertie")
	if huifang.CodeOf(err) != huifang.CodeNotFound || !strings.Contains(err.Error(), "did you mean “property”") {
		t.Error(err)
	}
	dir := t.TempDir()
	if _, err := pack.Load(dir); err == nil || !strings.Contains(err.Error(), "holds no .yaml file") {
		t.Error(err)
	}
	file := filepath.Join(dir, "pack.yaml")
	if err := os.WriteFile(file, []byte(sound+"colour: red\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Load(dir); err == nil || !strings.Contains(err.Error(), file+":47:1: unknown field “colour”") {
		t.Error(err)
	}
	if err := os.WriteFile(file, []byte(sound), 0o600); err != nil {
		t.Fatal(err)
	}
	if p, err := pack.Load(dir); err != nil || p.Code != "small" {
		t.Error(p, err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(sound)
	f.Add("a: &a [*a]")
	f.Add("? [a]\n: b")
	f.Add("- 1\n--- !!binary x")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := load("p", map[string]string{"p/a.yaml": text})
		if (p == nil) == (err == nil) {
			t.Fatal(p, err)
		}
		for _, l := range lines(err) {
			if !strings.HasPrefix(l, "p") && !strings.HasPrefix(l, "property") {
				t.Errorf("not located: %q", l)
			}
		}
	})
}
