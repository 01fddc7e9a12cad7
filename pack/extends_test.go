package pack_test

import (
	"strings"
	"testing"

	"github.com/huifang/huifang/pack"
)

const child = `code: child
extends: ../parent
name: {zh: 子包}
version: 2
programs:
  - code: call
    target: 100
    channels: [visit, phone]
    steps:
      - {code: first, closes: null}
      - {code: second, remove: true}
      - {code: third, opens: 1w}
  - code: more
    start: [{on: job.done}]
    steps: [{code: once}]
forms:
  - code: call
    items:
      - code: mood
        options: [{code: bad, label: {zh: 糟}}, {code: fair, label: {zh: 中, en: Fair}}]
      - {code: note, kind: text, label: {zh: 备注, en: Note}}
events:
  - type: job.done
    attributes: [{name: due_on, remove: true}, {name: grade, required: true}]
words: {contact: {zh: 客户}}
import: {unfinished: [未完]}
`

func family(child string) map[string]string {
	parent := strings.Replace(sound, "  categories:", "  unfinished: [待办, 处理中]\n  categories:", 1) + "words: {contact: {zh: 业户, en: Resident}, asset: {zh: 房产, en: Home}}\n"
	return map[string]string{"parent/pack.yaml": parent, "child/pack.yaml": child}
}

func TestExtends(t *testing.T) {
	files := family(child)
	p, err := load("child", files)
	if err != nil {
		t.Fatal(err)
	}
	if p.Code != "child" || p.Version != 2 || p.Name.ZH != "子包" || p.Name.EN != "Small" {
		t.Errorf("head: %q %d %+v", p.Code, p.Version, p.Name)
	}
	call, _ := p.Program("call")
	if call.Target != 100 || len(call.Channels) != 2 || call.Form != "call" || len(call.Assign) != 1 || len(call.Outcomes) != 1 {
		t.Errorf("program: %+v", call)
	}
	if s := call.Steps; len(s) != 2 || s[0].Code != "first" || s[0].Closes.Set || s[1].Code != "third" || s[1].Opens.String() != "1w" {
		t.Errorf("steps: %+v", call.Steps)
	}
	if len(p.Programs) != 2 || p.Programs[1].Code != "more" {
		t.Errorf("programs: %+v", p.Programs)
	}
	form, _ := p.Form("call")
	mood := form.Items[0]
	if len(form.Items) != 2 || mood.Label.ZH != "心情" || len(mood.Options) != 3 || mood.Options[1].Label.ZH != "糟" || mood.Options[1].Label.EN != "Bad" || mood.Options[2].Code != "fair" {
		t.Errorf("form: %+v", form.Items)
	}
	event, _ := p.Event("job.done")
	if len(event.Attributes) != 1 || !event.Attributes[0].Required || len(event.Attributes[0].Values) != 2 {
		t.Errorf("event: %+v", event)
	}
	if p.Words["contact"].ZH != "客户" || p.Words["contact"].EN != "Resident" || p.Words["asset"].ZH != "房产" {
		t.Errorf("words: %+v", p.Words)
	}
	if len(p.Import.Unfinished) != 1 || len(p.Import.Categories) != 1 || len(p.Recurrences) != 1 || len(p.Scripts) != 1 {
		t.Errorf("the rest: %+v", p)
	}
	again, err := load("parent", files)
	if err != nil {
		t.Fatal(err)
	}
	if call, _ := again.Program("call"); call.Target != 90 || len(call.Steps) != 2 {
		t.Error("the parent changed")
	}
}

// TestExtendsFaults: a fault of the child is shown in the child's file, one of
// the parent in the parent's.
func TestExtendsFaults(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"unknown parent, by name":   {"../parent", "propertie", "child/pack.yaml:2:10: there is no pack “propertie” to extend; did you mean “property”?"},
		"unknown parent, by folder": {"../parent", "../nobody", "child/pack.yaml:2:10: there is no pack “../nobody” to extend"},
		"itself":                    {"../parent", "../child", "child/pack.yaml:2:10: the packs extend one another in a circle: child → child"},
		"removing what is not":      {"code: second, remove", "code: secnd, remove", "child/pack.yaml:11:9: the parent has no “secnd” to remove; did you mean “second”?"},
		"removing with more":        {"remove: true}\n      - {code: third", "remove: true, closes: 3d}\n      - {code: third", "child/pack.yaml:11:38: an item that is removed has no other fields"},
		"not removing":              {"remove: true}\n      - {code: third", "remove: false}\n      - {code: third", "child/pack.yaml:11:32: remove can only be true"},
		"resetting what is not":     {"opens: 1w", "once: null", "child/pack.yaml:12:29: there is no value"},
		"a typo":                    {"    target: 100", "    targt: 100", "child/pack.yaml:7:5: unknown field “targt”; did you mean “target”?"},
		"what the parent still uses": {
			"{name: grade, required: true}", "{name: grade, remove: true}", "parent/pack.yaml:14:34: there is no attribute “grade”",
		},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(child, c.from, c.to, 1)
			if text == child {
				t.Fatal("nothing was broken")
			}
			_, err := load("child", family(text))
			if got := strings.Join(lines(err), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("want %s\ngot %s", c.want, got)
			}
		})
	}
}

func TestExtendsInACircle(t *testing.T) {
	_, err := load("a", map[string]string{
		"a/pack.yaml": "code: a\nextends: ../b\n", "b/pack.yaml": "code: b\nextends: ../c\n", "c/pack.yaml": "code: c\nextends: ../a\n",
	})
	if err == nil || !strings.Contains(err.Error(), "c/pack.yaml:2:10: the packs extend one another in a circle: a → b → c → a") {
		t.Error(err)
	}
}

// TestEstateDiffersOnlyWhereItSaysSo holds the estate's rules against the
// method they change.
func TestEstateDiffersOnlyWhereItSaysSo(t *testing.T) {
	base, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	estate, err := pack.Load("property-estate")
	if err != nil {
		t.Fatal(err)
	}
	if len(estate.Forms) != len(base.Forms) || len(estate.Programs) != len(base.Programs) || len(estate.Scripts) != len(base.Scripts) || len(estate.Events) != len(base.Events) {
		t.Error("something was lost or added")
	}
	for i := range base.Programs {
		b, e := base.Programs[i], estate.Programs[i]
		if b.Code != e.Code || b.Target != e.Target || b.Form != e.Form || b.Script != e.Script || b.Retry != e.Retry {
			t.Errorf("%s: %+v", b.Code, e)
		}
	}
	if r, ok := estate.RoleAliases()["客户服务部主任"]; !ok || r != "customer_service_director" {
		t.Error("the director has no alias")
	}
	if _, ok := base.RoleAliases()["客户服务部主任"]; ok {
		t.Error("the base knows the director")
	}
}
