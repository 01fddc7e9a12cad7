package form_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

func TestGeneratedFormsAreSound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		if faults := d.Check(); len(faults) > 0 {
			t.Fatalf("%v", faults)
		}
	})
}

// What Evaluate returns is its own fixed point, Judge agrees with it, only what
// shows is in it, and the score is a score.
func TestEvaluateLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		given := drawAnswers(t, d)
		before, _ := json.Marshal(given)
		r, err := d.Evaluate(given)
		if after, _ := json.Marshal(given); !bytes.Equal(after, before) {
			t.Fatal("the answers handed in were changed")
		}
		if err != nil {
			checkFaults(t, d, given, err)
			r = d.Judge(given)
		} else {
			again, err := d.Evaluate(r.Answers)
			if err != nil || !reflect.DeepEqual(again, r) {
				t.Fatalf("again: %+v %v, first %+v", again, err, r)
			}
			if seen := d.Visible(given); !slices.Equal(seen, d.Visible(r.Answers)) {
				t.Fatalf("visible %v", seen)
			}
			for code := range r.Answers {
				if !slices.Contains(d.Visible(given), code) {
					t.Fatalf("%s is hidden or unknown", code)
				}
			}
		}
		if j := d.Judge(r.Answers); !reflect.DeepEqual(j, r) {
			t.Fatalf("judged %+v, was %+v", j, r)
		}
		if r.Score < 0 || r.Score > 100 || !r.Scored && (r.Score != 0 || r.Band != "") || r.Scored && r.Band == "" {
			t.Fatalf("score %+v", r)
		}
	})
}

// checkFaults demands that each fault names a visible item and speaks both
// languages.
func checkFaults(t *rapid.T, d *form.Definition, given huifang.Attributes, err error) {
	var e *huifang.Error
	if !errors.As(err, &e) || e.Reason != "form.invalid" {
		t.Fatalf("%v", err)
	}
	seen := d.Visible(given)
	for _, f := range e.Details {
		code, _, _ := strings.Cut(f.At.Field, ".")
		if !slices.Contains(seen, code) || f.Message.ZH == "" || f.Message.EN == "" {
			t.Fatalf("fault %v", f)
		}
	}
}

// A form answered as it asks, page by page, is accepted whole.
func TestGoodAnswersAreAccepted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		given := huifang.Attributes{}
		for i := range d.Items {
			it := &d.Items[i]
			if it.Kind != form.KindSection && slices.Contains(d.Visible(given), it.Code) {
				given[it.Code] = drawGood(t, it)
			}
		}
		r, err := d.Evaluate(given)
		if err != nil || !reflect.DeepEqual(r.Answers, given) {
			t.Fatalf("%v: %v", r.Answers, err)
		}
	})
}

// An option that carries a verdict carries it when its answer is all there is,
// however its item is hidden behind others.
func TestJudgeOfOneAnswer(t *testing.T) {
	t.Parallel()
	gravity := []huifang.Verdict{huifang.VerdictNone, huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified}
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		for i := range d.Items {
			it := &d.Items[i]
			for _, o := range it.Options {
				if it.Kind != form.KindChoice {
					continue
				}
				r := d.Judge(huifang.Attributes{it.Code: o.Code})
				if slices.Index(gravity, r.Verdict) < slices.Index(gravity, o.Verdict) {
					t.Fatalf("%s=%s: %q", it.Code, o.Code, r.Verdict)
				}
			}
		}
	})
}

// A better grade never lowers the score, and a higher score never the band.
func TestScoreIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := &form.Definition{Code: "f", Name: sampleText("f"), Version: 1, Scoring: &form.Scoring{}}
		bounds := rapid.SliceOfNDistinct(rapid.Float64Range(0, 100), 1, 5, rapid.ID[float64]).Draw(t, "bounds")
		for i, b := range bounds {
			d.Scoring.Bands = append(d.Scoring.Bands, form.Band{Code: "b" + string(rune('a'+i)), From: b})
		}
		low, high := huifang.Attributes{}, huifang.Attributes{}
		for i := range rapid.IntRange(1, 5).Draw(t, "items") {
			code := "i" + string(rune('a'+i))
			d.Items = append(d.Items, form.Item{Code: code, Kind: form.KindNPS, Weight: new(rapid.Float64Range(0.1, 1000).Draw(t, "weight"))})
			a, b := rapid.IntRange(0, 10).Draw(t, "a"), rapid.IntRange(0, 10).Draw(t, "b")
			low[code], high[code] = min(a, b), max(a, b)
		}
		l, h := d.Judge(low), d.Judge(high)
		if l.Score > h.Score || bandFrom(d, l.Band) > bandFrom(d, h.Band) {
			t.Fatalf("%+v above %+v", l, h)
		}
		for _, r := range []form.Result{l, h} {
			for _, b := range bounds {
				if b <= r.Score && b > bandFrom(d, r.Band) {
					t.Fatalf("%v reaches %v but is in %q", r.Score, b, r.Band)
				}
			}
		}
	})
}

func bandFrom(d *form.Definition, code string) float64 {
	for _, b := range d.Scoring.Bands {
		if b.Code == code {
			return b.From
		}
	}
	return -1
}

// A definition survives its JSON, the form it is stored and sent in.
func TestDefinitionJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := definitions().Draw(t, "form")
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		again := &form.Definition{}
		if err := json.Unmarshal(b, again); err != nil || !reflect.DeepEqual(again, d) {
			t.Fatalf("%s: %v", b, err)
		}
	})
}
