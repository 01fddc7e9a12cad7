package pack

import (
	"cmp"
	"slices"

	"github.com/huifang/huifang"
)

// faults collects every error of a pack, so that all of them can be mended at
// once.
type faults struct{ list []*huifang.Error }

func (f *faults) add(at position, reason string, message huifang.Text) {
	f.list = append(f.list, &huifang.Error{Code: huifang.CodeInvalid, Reason: reason, Message: message, At: at.location()})
}

// has tells whether something is already wrong at a place.
func (f *faults) has(at position) bool {
	return slices.ContainsFunc(f.list, func(e *huifang.Error) bool { return e.At == at.location() })
}

// put adds an error that some value's own reader made, giving it the place.
func (f *faults) put(at position, e *huifang.Error) {
	c := *e
	c.At = at.location()
	f.list = append(f.list, &c)
}

// err is nil without faults, else one error whose details are all of them, in
// the order of file, line and column, each once.
func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b *huifang.Error) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	f.list = slices.CompactFunc(f.list, func(a, b *huifang.Error) bool {
		return a.At == b.At && a.Message == b.Message
	})
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "pack.invalid", Details: f.list,
		Message: huifang.Textf("行业包有 %d 处错误", "the pack has %d error(s)", len(f.list)),
	}
}
