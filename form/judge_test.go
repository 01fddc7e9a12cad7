package form_test

import (
	"reflect"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

func TestEvaluateVerdict(t *testing.T) {
	t.Parallel()
	d := load(t, "service.yaml")
	const base = `"reached":true,"method":"phone","quality":`
	tests := []struct {
		name, answers string
		want          huifang.Verdict
	}{
		{"not reached says nothing", `{"reached":false}`, huifang.VerdictNone},
		{"hidden says nothing", `{"reached":false,"satisfaction":"dissatisfied","fault_again":true}`, huifang.VerdictNone},
		{"satisfied", `{` + base + `4,"satisfaction":"satisfied"}`, huifang.VerdictSatisfied},
		{"dissatisfied", `{` + base + `4,"satisfaction":"dissatisfied","shortcomings":["slow"]}`, huifang.VerdictDissatisfied},
		{"unqualified by rule", `{` + base + `4,"satisfaction":"satisfied","fault_again":true}`, huifang.VerdictUnqualified},
		{"unqualified before dissatisfied", `{` + base + `1,"satisfaction":"dissatisfied","shortcomings":["rude"]}`, huifang.VerdictUnqualified},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := d.Evaluate(answers(t, tt.answers))
			if err != nil || r.Verdict != tt.want {
				t.Errorf("%q %v, want %q", r.Verdict, err, tt.want)
			}
			if j := d.Judge(r.Answers); !reflect.DeepEqual(j, r) {
				t.Errorf("judged %+v, evaluated %+v", j, r)
			}
		})
	}
}

func TestJudgePartial(t *testing.T) {
	t.Parallel()
	tests := []struct {
		form, answers, kept string
		want                huifang.Verdict
		band                string
	}{
		{"service.yaml", `{"satisfaction":"dissatisfied"}`, `{"satisfaction":"dissatisfied"}`, huifang.VerdictDissatisfied, ""},
		{"service.yaml", `{"satisfaction":"satisfied"}`, `{"satisfaction":"satisfied"}`, huifang.VerdictSatisfied, ""},
		{"service.yaml", `{"fault_again":true}`, `{"fault_again":true}`, huifang.VerdictUnqualified, ""},
		{"service.yaml", `{"satisfaction":"delighted","quality":9,"shortcomings":["slow","x"]}`, `{"shortcomings":["slow"]}`, huifang.VerdictNone, ""},
		{"service.yaml", `{"reached":false,"satisfaction":"dissatisfied"}`, `{"reached":false}`, huifang.VerdictNone, ""},
		{"service.yaml", `{"method":"phone","visited_on":"2026-03-01"}`, `{"method":"phone"}`, huifang.VerdictNone, ""},
		{"service.yaml", `{"customer":{"name":"王"},"photos":["a",5]}`, `{"customer":{"name":"王"},"photos":["a"]}`, huifang.VerdictNone, ""},
		{"service.yaml", `{}`, `{}`, huifang.VerdictNone, ""},
		{"survey.yaml", `{"response":"bad","overall":3}`, `{"overall":3,"response":"bad"}`, huifang.VerdictDissatisfied, "dissatisfied"},
		{"survey.yaml", `{"aspects":{"attitude":"good","skill":"?","x":1},"overall":5}`, `{"aspects":{"attitude":"good"},"overall":5}`, huifang.VerdictSatisfied, "very_satisfied"},
	}
	for _, tt := range tests {
		t.Run(tt.answers, func(t *testing.T) {
			t.Parallel()
			r := load(t, tt.form).Judge(answers(t, tt.answers))
			if got := asJSON(t, r.Answers); got != tt.kept {
				t.Errorf("kept %s, want %s", got, tt.kept)
			}
			if r.Verdict != tt.want || r.Band != tt.band {
				t.Errorf("verdict %q band %q, want %q %q", r.Verdict, r.Band, tt.want, tt.band)
			}
		})
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	d := load(t, "survey.yaml")
	tests := []struct {
		name, answers string
		score         float64
		band          string
		verdict       huifang.Verdict
	}{
		{"weighted options and stars", `{"response":"good","overall":4}`, (2*90.0 + 80) / 3, "basically", huifang.VerdictSatisfied},
		{"no points: takes no part", `{"response":"unknown","overall":5,"exam":90}`, 95, "very_satisfied", huifang.VerdictSatisfied},
		{"bound reached exactly", `{"overall":5,"exam":80}`, 90, "satisfied", huifang.VerdictSatisfied},
		{"decimals stay below the bound", `{"overall":5,"exam":79.98}`, 89.99, "basically", huifang.VerdictSatisfied},
		{"between bounds", `{"overall":5,"exam":89}`, 94.5, "satisfied", huifang.VerdictSatisfied},
		{"matrix rows are weighted", `{"aspects":{"attitude":"good","skill":"fair"},"overall":5}`, (95.0 + 100) / 2, "very_satisfied", huifang.VerdictSatisfied},
		{"matrix: answered rows only", `{"aspects":{"skill":"fair"},"overall":4}`, 80, "basically", huifang.VerdictSatisfied},
		{"weight 0 is not scored", `{"recommend":0,"overall":5,"response":"great"}`, 100, "very_satisfied", huifang.VerdictSatisfied},
		{"above full marks counts as full", `{"exam":150,"overall":5}`, 100, "very_satisfied", huifang.VerdictSatisfied},
		{"yes and no as options", `{"perfunctory":true,"overall":5}`, 50, "dissatisfied", huifang.VerdictDissatisfied},
		{"several choices add up", `{"kept":["time","parts"],"perfunctory":false}`, 87.5, "basically", huifang.VerdictSatisfied},
		{"rule over score and row", `{"aspects":{"attitude":"bad","skill":"good"},"response":"great","overall":5,"exam":100,"perfunctory":false}`, 87.5, "basically", huifang.VerdictUnqualified},
		{"the same row below the score", `{"aspects":{"attitude":"bad"},"overall":5}`, 50, "dissatisfied", huifang.VerdictDissatisfied},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := d.Evaluate(answers(t, tt.answers))
			if err != nil || !r.Scored || abs(r.Score-tt.score) > 1e-8 || r.Band != tt.band || r.Verdict != tt.verdict {
				t.Errorf("%+v %v, want %v %s %s", r, err, tt.score, tt.band, tt.verdict)
			}
		})
	}
	for _, few := range []string{`{}`, `{"overall":5}`, `{"response":"unknown","overall":5}`, `{"recommend":9,"overall":5}`} {
		if r, err := d.Evaluate(answers(t, few)); err != nil || r.Scored || r.Score != 0 || r.Band != "" || r.Verdict != huifang.VerdictNone {
			t.Errorf("%s: below min_answered there is no score: %+v %v", few, r, err)
		}
	}
}

// Ten answers of 0.95 do not add up to 9.5 in binary; the score is 95 all the same.
func TestScoreReachesBoundDespiteBinaryNoise(t *testing.T) {
	t.Parallel()
	d := one(form.Item{Kind: form.KindMatrix, Options: []form.Option{
		{Code: "a", Label: sampleText("a"), Score: new(0.95)}, {Code: "b", Label: sampleText("b"), Score: new(1.0)},
	}, Rows: rows("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9")})
	d.Scoring = &form.Scoring{Bands: []form.Band{{Code: "top", Label: sampleText("t"), From: 95}, {Code: "low", Label: sampleText("l")}}}
	cells := map[string]any{}
	for _, r := range d.Items[0].Rows {
		cells[r.Code] = "a"
	}
	if r, err := d.Evaluate(huifang.Attributes{"q": cells}); err != nil || r.Score != 95 || r.Band != "top" {
		t.Errorf("%+v %v", r, err)
	}
}

// A rule, an option or a band that is empty or unreachable says nothing.
func TestVerdictOfUnsoundDefinitions(t *testing.T) {
	t.Parallel()
	d := one(form.Item{Kind: form.KindRating})
	d.Satisfied = []form.Rule{{}}
	d.Dissatisfied = []form.Rule{{Below: new(50.0)}, {Bands: []string{""}}, {When: []form.Condition{{Item: "gone", Op: form.OpUnanswered}}}}
	if r := d.Judge(huifang.Attributes{"q": 1.0}); r.Verdict != huifang.VerdictNone || r.Scored {
		t.Errorf("%+v", r)
	}
}

func abs(f float64) float64 { return max(f, -f) }

func TestAllocations(t *testing.T) {
	d := load(t, "service.yaml")
	given := answers(t, `{"reached":true,"method":"phone","quality":4,"satisfaction":"satisfied","suggestion":"无"}`)
	if n := testing.AllocsPerRun(100, func() { d.Judge(given) }); n > 4 {
		t.Errorf("judging a record of five answers allocates %v times", n)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	d := load(b, "service.yaml")
	given := answers(b, `{"reached":true,"method":"visit","quality":2,"satisfaction":"dissatisfied","shortcomings":["slow","rude"],
		"suggestion":"请及时","visited_on":"2026-03-31","customer":{"name":"王芳"}}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Evaluate(given); err != nil {
			b.Fatal(err)
		}
	}
}
