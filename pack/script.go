package pack

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// PhraseKind is what a phrase is for (员工服务用语标准: ten kinds).
type PhraseKind string

// The kinds of phrase.
const (
	PhraseGreeting     PhraseKind = "greeting"     // 问候语
	PhraseWelcome      PhraseKind = "welcome"      // 欢迎语
	PhraseFarewell     PhraseKind = "farewell"     // 告别语
	PhraseApology      PhraseKind = "apology"      // 道歉语
	PhraseThanks       PhraseKind = "thanks"       // 道谢语
	PhraseReply        PhraseKind = "reply"        // 应答语
	PhraseEnquiry      PhraseKind = "enquiry"      // 征询语
	PhraseRequest      PhraseKind = "request"      // 请求语
	PhraseConsultation PhraseKind = "consultation" // 商量语
	PhraseExplanation  PhraseKind = "explanation"  // 解释语
)

// PhraseKinds lists the kinds in display order.
func PhraseKinds() []PhraseKind {
	return []PhraseKind{
		PhraseGreeting, PhraseWelcome, PhraseFarewell, PhraseApology, PhraseThanks,
		PhraseReply, PhraseEnquiry, PhraseRequest, PhraseConsultation, PhraseExplanation,
	}
}

// Script is what to say, phrase by phrase: for one program's call, or as a
// library to pick from. Programs and steps name the script they use; Forms
// attaches it to forms as well.
type Script struct {
	Code        string       `yaml:"code"`
	Name        huifang.Text `yaml:"name"`
	Description huifang.Text `yaml:"description"`
	Forms       []string     `yaml:"forms"`
	Phrases     []Phrase     `yaml:"phrases"`
}

// Phrase is one thing to say. Its text may hold {{placeholders}}, see
// Placeholders; {{contact|您}} says 您 where the name is unknown.
type Phrase struct {
	Code string       `yaml:"code"`
	Kind PhraseKind   `yaml:"kind"`
	Hint huifang.Text `yaml:"hint"` // when to say it
	Text huifang.Text `yaml:"text"`
}

// Placeholder is a name a phrase may fill in, with the words shown where the
// value is unknown.
type Placeholder struct {
	Name  string
	Label huifang.Text
}

// Placeholders lists what every phrase may fill in. Besides these,
// {{attr.NAME}} is an attribute of the event, contact or asset.
func Placeholders() []Placeholder {
	p := func(name, zh, en string) Placeholder { return Placeholder{name, huifang.Text{ZH: zh, EN: en}} }
	return []Placeholder{
		p("contact", "客户姓名", "customer"), p("staff", "回访人", "your name"), p("organization", "公司", "company"),
		p("unit", "项目", "unit"), p("department", "部门", "department"), p("asset", "房号", "home"),
		p("matter", "事项", "matter"), p("event_date", "办结日期", "date of the service"), p("today", "今天日期", "today's date"),
		p("phone", "客户电话", "customer's phone"), p("service_phone", "服务电话", "service phone"),
		p("event_staff", "经办人", "who did the work"), p("number", "回访编号", "follow-up number"),
		p("closes", "回访期限", "last day"), p("next_on", "下次回访日期", "next date"),
	}
}

// ScriptsFor are the scripts attached to a form.
func (p *Pack) ScriptsFor(form string) []Script {
	var out []Script
	for _, s := range p.Scripts {
		if slices.Contains(s.Forms, form) {
			out = append(out, s)
		}
	}
	return out
}

// Phrases are all phrases of one kind, in the order of scripts.
func (p *Pack) Phrases(kind PhraseKind) []Phrase {
	var out []Phrase
	for _, s := range p.Scripts {
		for _, ph := range s.Phrases {
			if ph.Kind == kind {
				out = append(out, ph)
			}
		}
	}
	return out
}

// Fill is a phrase's text in lang with its placeholders replaced by values. An
// absent or empty value shows the placeholder's own default, else its label in
// brackets, so that whoever reads aloud notices it.
func (ph Phrase) Fill(lang huifang.Lang, values map[string]string) string {
	var b strings.Builder
	for _, part := range split(ph.Text.In(lang)) {
		switch {
		case part.name == "":
			b.WriteString(part.text)
		case values[part.name] != "":
			b.WriteString(values[part.name])
		case part.text != "":
			b.WriteString(part.text)
		default:
			b.WriteString("〔" + label(part.name, lang) + "〕")
		}
	}
	return b.String()
}

func label(name string, lang huifang.Lang) string {
	for _, p := range Placeholders() {
		if p.Name == name {
			return p.Label.In(lang)
		}
	}
	return strings.TrimPrefix(name, "attr.")
}

// part is plain text, or a placeholder by name with its default as text.
type part struct{ name, text string }

// split cuts a text at its placeholders. "{{" without its "}}" is plain text.
func split(text string) []part {
	var out []part
	for {
		before, rest, open := strings.Cut(text, "{{")
		inner, after, closed := strings.Cut(rest, "}}")
		if !open || !closed {
			return append(out, part{text: text})
		}
		name, fallback, _ := strings.Cut(inner, "|")
		out = append(out, part{text: before}, part{strings.TrimSpace(name), fallback})
		text = after
	}
}

// placeholdersIn lists the names a text fills in, sorted, each once.
func placeholdersIn(text string) []string {
	var names []string
	for i, p := range split(text) {
		if i%2 == 1 {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
