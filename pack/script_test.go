package pack_test

import (
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

func TestFill(t *testing.T) {
	values := map[string]string{"contact": "周敏", "attr.measure": "换阀"}
	for text, want := range map[string]string{
		"{{contact}}，您好":               "周敏，您好",
		"{{contact|业主}}，您好":            "周敏，您好",
		"{{ contact }}，我是{{staff|管家}}": "周敏，我是管家",
		"我是{{staff}}":                  "我是〔回访人〕",
		"已{{attr.measure}}":            "已换阀",
		"已{{attr.cost}}":               "已〔cost〕",
		"没有占位符":                        "没有占位符",
		"半个{{contact":                  "半个{{contact",
		"半个}}contact":                  "半个}}contact",
		"":                             "",
	} {
		if got := (pack.Phrase{Text: huifang.Text{ZH: text}}).Fill(huifang.ZH, values); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	ph := pack.Phrase{Text: huifang.Text{ZH: "您好", EN: "Hello {{contact}}, {{staff}}"}}
	if got := ph.Fill(huifang.EN, nil); got != "Hello 〔customer〕, 〔your name〕" {
		t.Error(got)
	}
}

// TestEveryPhraseFills: no phrase of the library is left with braces, whatever
// is known.
func TestEveryPhraseFills(t *testing.T) {
	for _, p := range builtins(t) {
		for _, s := range p.Scripts {
			for _, ph := range s.Phrases {
				for _, lang := range []huifang.Lang{huifang.ZH, huifang.EN} {
					got := ph.Fill(lang, map[string]string{"contact": "{{staff}}"})
					if got == "" {
						t.Errorf("%s/%s says nothing in %s", s.Code, ph.Code, lang)
					}
				}
			}
		}
	}
}

func TestRoles(t *testing.T) {
	p, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	aliases := p.RoleAliases()
	for name, want := range map[string]string{"客服管家": "steward", "管家": "steward", "项目经理": "head", "客服主管": "supervisor", "管理员": "admin", "工程部主管": "department_head"} {
		if aliases[name] != want {
			t.Errorf("%s is %q, want %q", name, aliases[name], want)
		}
	}
	seen := map[string]huifang.Role{}
	for _, r := range p.AllRoles() {
		if _, doubled := seen[r.Code]; doubled {
			t.Errorf("role %s twice", r.Code)
		}
		seen[r.Code] = r
		if len(r.Permissions) == 0 || r.Name.ZH == "" {
			t.Errorf("%+v", r)
		}
	}
	if seen["head"].Name.ZH != "项目负责人" || len(seen["head"].Permissions) < 5 || len(seen["admin"].Permissions) != len(huifang.Permissions()) {
		t.Errorf("%+v", seen["head"])
	}
}

func TestCategory(t *testing.T) {
	p, err := pack.Load("property")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"报修": "repair.completed", "投 诉：": "complaint.resolved", "客户投诉": "complaint.resolved", "求助": "help.completed",
		"其他": "service.completed", "其它": "service.completed", "特约服务": "special_service.contracted", "REPAIR": "repair.completed", "保洁": "environment.serviced",
	} {
		if c, ok := p.Import.Category(word); !ok || c.Event != want {
			t.Errorf("%s: %v %v, want %s", word, c.Event, ok, want)
		}
	}
	if c, ok := p.Import.Category("重大投诉"); !ok || c.Set.String("severity") != "major" {
		t.Errorf("%+v", c)
	}
	for _, word := range []string{"", "？？", "外星人"} {
		if c, ok := p.Import.Category(word); ok {
			t.Errorf("%q is %s", word, c.Code)
		}
	}
}
