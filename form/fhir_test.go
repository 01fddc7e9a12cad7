package form_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// questionnaire is the part of the FHIR resource that the tests look at.
type questionnaire struct {
	ResourceType, URL, Version, Name, Title, Status, Language, Description string

	Item []*question
}

type question struct {
	LinkID         string `json:"linkId"`
	Type, Text     string
	Required       bool
	Repeats        bool
	MaxLength      int
	EnableWhen     []map[string]any
	EnableBehavior string
	AnswerOption   []struct {
		ValueCoding struct {
			System, Code, Display string
			Extension             []map[string]any
		}
		Extension []map[string]any
	}
	Extension []map[string]any
	Item      []*question
}

func readFHIR(t fataler, d *form.Definition, lang huifang.Lang, r form.Release) *questionnaire {
	t.Helper()
	q := &questionnaire{}
	if err := json.Unmarshal(d.FHIR(lang, r), q); err != nil {
		t.Fatalf("%v", err)
	}
	return q
}

// walk visits every item with those around it.
func walk(items []*question, around []*question, visit func(q *question, around []*question)) {
	for _, q := range items {
		visit(q, around)
		walk(q.Item, append(slices.Clone(around), q), visit)
	}
}

// checkQuestionnaire holds the resource to the invariants of the
// specification (que-0 to que-13) that can apply to what we write.
func checkQuestionnaire(t fataler, q *questionnaire, r form.Release) {
	t.Helper()
	types := []string{"group", "display", "boolean", "decimal", "integer", "date", "string", "text", "attachment"}
	choice := map[form.Release]string{form.FHIRR4: "choice", form.FHIRR5: "coding"}[r]
	if q.ResourceType != "Questionnaire" || q.Status != "active" || !regexp.MustCompile(`^[A-Z]([A-Za-z0-9_]){1,254}$`).MatchString(q.Name) {
		t.Fatalf("resource %s %s %s", q.ResourceType, q.Status, q.Name)
	}
	seen := map[string]string{}
	walk(q.Item, nil, func(it *question, _ []*question) {
		if it.LinkID == "" || seen[it.LinkID] != "" {
			t.Fatalf("que-2: linkId %q", it.LinkID)
		}
		seen[it.LinkID] = it.Type
	})
	walk(q.Item, nil, func(it *question, _ []*question) {
		plain := it.Type == "group" || it.Type == "display"
		switch {
		case it.Type != choice && !slices.Contains(types, it.Type):
			t.Fatalf("%s: type %q in %s", it.LinkID, it.Type, r)
		case it.Type == "group" && len(it.Item) == 0 || it.Type == "display" && len(it.Item) > 0:
			t.Fatalf("que-1: %s", it.LinkID)
		case plain && len(it.AnswerOption) > 0 || it.Type != choice && len(it.AnswerOption) > 0:
			t.Fatalf("que-3, que-5: %s", it.LinkID)
		case it.Type == choice && len(it.AnswerOption) == 0:
			t.Fatalf("%s has nothing to choose from", it.LinkID)
		case it.Type == "display" && (it.Required || it.Repeats):
			t.Fatalf("que-6: %s", it.LinkID)
		case it.MaxLength > 0 && it.Type != "string" && it.Type != "text":
			t.Fatalf("que-10: %s", it.LinkID)
		case len(it.EnableWhen) > 1 && it.EnableBehavior == "":
			t.Fatalf("que-12: %s", it.LinkID)
		}
		for _, w := range it.EnableWhen {
			checkEnableWhen(t, it, w, seen)
		}
	})
}

func checkEnableWhen(t fataler, it *question, w map[string]any, types map[string]string) {
	t.Helper()
	id, _ := w["question"].(string)
	kind := types[id]
	if kind == "" || kind == "group" || kind == "display" || id == it.LinkID {
		t.Fatalf("%s depends on %q, a %q", it.LinkID, id, kind)
	}
	want := map[string]string{
		"boolean": "answerBoolean", "decimal": "answerDecimal", "integer": "answerInteger", "date": "answerDate",
		"string": "answerString", "text": "answerString", "choice": "answerCoding", "coding": "answerCoding",
	}[kind]
	if w["operator"] == "exists" {
		want = "answerBoolean" // que-7
	}
	if _, has := w[want]; !has || len(w) != 3 {
		t.Fatalf("%s: %v on a %s", it.LinkID, w, kind)
	}
}

func TestFHIRStructure(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		for _, r := range []form.Release{form.FHIRR4, form.FHIRR5} {
			checkQuestionnaire(t, readFHIR(t, d, huifang.ZH, r), r)
		}
	})
}

// What enableWhen enables, read as the specification says, is what shows.
func TestFHIREnablesWhatShows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		q := readFHIR(t, d, huifang.EN, form.FHIRR5)
		given := drawAnswers(t, d)
		kept := d.Judge(given).Answers
		seen := d.Visible(kept)
		kept = d.Judge(keepOnly(kept, seen)).Answers
		seen = d.Visible(kept)
		walk(q.Item, nil, func(it *question, around []*question) {
			if strings.ContainsAny(it.LinkID, ".~") {
				return
			}
			on := enabled(it, kept)
			for _, a := range around {
				on = on && enabled(a, kept)
			}
			if on != slices.Contains(seen, it.LinkID) {
				t.Fatalf("%s: enabled %v, answers %v", it.LinkID, on, kept)
			}
		})
	})
}

func keepOnly(a huifang.Attributes, codes []string) huifang.Attributes {
	out := huifang.Attributes{}
	for _, c := range codes {
		if v, has := a[c]; has {
			out[c] = v
		}
	}
	return out
}

func enabled(it *question, a huifang.Attributes) bool {
	if len(it.EnableWhen) == 0 {
		return true
	}
	n := 0
	for _, w := range it.EnableWhen {
		if met(w, answersTo(w["question"].(string), a)) {
			n++
		}
	}
	return n == len(it.EnableWhen) || n > 0 && it.EnableBehavior == "any"
}

// answersTo lists the answers under a linkId.
func answersTo(id string, a huifang.Attributes) []any {
	code, part, _ := strings.Cut(id, ".")
	v := a[code]
	if part != "" {
		cells, _ := v.(map[string]any)
		v = cells[part]
	}
	if list, ok := v.([]any); ok {
		return list
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

func met(w map[string]any, given []any) bool {
	var want any
	for k, v := range w {
		if strings.HasPrefix(k, "answer") {
			want = v
		}
	}
	if coding, ok := want.(map[string]any); ok {
		want = coding["code"]
	}
	equal := slices.Contains(given, want)
	switch op := w["operator"]; op {
	case "exists":
		return (len(given) > 0) == want
	case "=":
		return equal
	case "!=":
		return !equal
	default:
		if len(given) == 0 {
			return false
		}
		less, more := order(given[0], want)
		return less && (op == "<" || op == "<=") || more && (op == ">" || op == ">=") || equal && (op == "<=" || op == ">=")
	}
}

func order(a, b any) (less, more bool) {
	if s, ok := a.(string); ok {
		return s < b.(string), s > b.(string)
	}
	return a.(float64) < b.(float64), a.(float64) > b.(float64)
}

func TestFHIROfSample(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	q := readFHIR(t, d, huifang.EN, form.FHIRR4)
	checkQuestionnaire(t, q, form.FHIRR4)
	if q.Name != "ServiceRecord" || q.URL != "urn:huifang:form:service_record" || q.Version != "1" || q.Language != "en" || q.Description == "" {
		t.Errorf("resource %+v", q)
	}
	byID := map[string]*question{}
	walk(q.Item, nil, func(it *question, _ []*question) { byID[it.LinkID] = it })
	for id, want := range map[string]string{
		"reached": "boolean", "contents": "group", "method": "choice", "quality": "integer", "quality~help": "display", "shortcomings": "choice",
		"suggestion": "text", "visited_on": "date", "photos": "attachment", "customer": "group", "customer.name": "string", "customer.image": "attachment",
	} {
		if byID[id] == nil || byID[id].Type != want {
			t.Errorf("%s: %+v, want a %s", id, byID[id], want)
		}
	}
	if it := byID["shortcomings"]; !it.Repeats || !it.Required || len(it.AnswerOption) != 4 || len(it.AnswerOption[3].Extension) != 1 {
		t.Errorf("shortcomings %+v", it)
	}
	if c := byID["method"].AnswerOption[1].ValueCoding; c.Code != "phone" || c.Display != "Phone" || c.System != "urn:huifang:form:service_record:method" {
		t.Errorf("coding %+v", c)
	}
	if w := byID["contents"].EnableWhen; len(w) != 1 || w[0]["question"] != "reached" || w[0]["answerBoolean"] != true {
		t.Errorf("section shows when %v", w)
	}
	if zh := readFHIR(t, d, huifang.ZH, form.FHIRR5); zh.Language != "zh-CN" || zh.Title != "服务回访记录" {
		t.Errorf("Chinese %+v", zh)
	}
}

func TestFHIRScores(t *testing.T) {
	t.Parallel()
	d := load(t, "survey.yaml")
	for r, name := range map[form.Release]string{form.FHIRR4: "ordinalValue", form.FHIRR5: "itemWeight"} {
		q := readFHIR(t, d, huifang.ZH, r)
		checkQuestionnaire(t, q, r)
		ext := q.Item[0].AnswerOption[0].ValueCoding.Extension
		if len(ext) != 1 || ext[0]["url"] != "http://hl7.org/fhir/StructureDefinition/"+name || ext[0]["valueDecimal"] != 100.0 {
			t.Errorf("%s: score %v", r, ext)
		}
		aspects := q.Item[1]
		if aspects.Type != "group" || len(aspects.Item) != 2 || aspects.Item[0].LinkID != "aspects.attitude" || len(aspects.Item[0].AnswerOption) != 3 {
			t.Errorf("%s: matrix %+v", r, aspects)
		}
	}
}

// What enableWhen can only say at great length is left out, and the item shows.
func TestFHIRLeavesOutWhatGrowsTooLong(t *testing.T) {
	t.Parallel()
	d := one(form.Item{Kind: form.KindText})
	show := func(n int) form.Condition {
		c := form.Condition{Item: "q", Op: form.OpNotIn}
		for i := range n {
			c.Values = append(c.Values, form.Literal("w"+string(rune('a'+i))))
		}
		return c
	}
	for n, want := range map[int]int{1: 4, 7: 64, 8: 0} { // (n + 1)² alternatives
		d.Items = append(d.Items[:1], form.Item{
			Code: "z", Kind: form.KindText, Label: sampleText("z"),
			ShowIf: []form.Condition{{Any: []form.Condition{show(n), show(n)}}},
		})
		if faults := d.Check(); len(faults) > 0 {
			t.Fatal(faults)
		}
		q := readFHIR(t, d, huifang.EN, form.FHIRR4)
		checkQuestionnaire(t, q, form.FHIRR4)
		got := 0
		walk(q.Item, nil, func(it *question, _ []*question) {
			if len(it.EnableWhen) > 0 {
				got++
			}
		})
		if got != want {
			t.Errorf("%d values: %d items with enableWhen, want %d", n, got, want)
		}
	}
}
