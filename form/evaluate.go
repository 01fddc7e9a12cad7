package form

import "github.com/huifang/huifang"

// pass is one reading of answers against a definition, item by item in order:
// a condition only ever looks at items already read.
type pass struct {
	def    *Definition
	slots  []slot
	faults faults
}

// slot is what one item came to.
type slot struct {
	shown bool
	value any // normalised; nil: no answer
}

// Evaluate reads answers as the form demands and judges them. The error is one
// *huifang.Error with reason "form.invalid" whose Details name every fault, At
// being the item's code, "item.row" for a matrix row and "item.name" for a
// signature's name; the Result is empty then.
//
// Answers to items that are hidden or that the form does not have are dropped
// without a word, right or wrong: whoever changes an earlier answer must not be
// held to what has vanished from the page. Evaluating Result.Answers again
// gives the same Result.
func (d *Definition) Evaluate(answers huifang.Attributes) (Result, error) {
	p := d.read(answers, false, false)
	if err := p.faults.err(d); err != nil {
		return Result{}, err
	}
	return p.result(), nil
}

// Judge is Evaluate for answers that were accepted elsewhere or are only part
// of a record, such as the outcomes of a replayed history: what is wrong is
// dropped, what is missing is not missed, and an item whose condition depends
// on a question without an answer counts as shown. For the normalised answers
// of an accepted record it agrees with Evaluate.
func (d *Definition) Judge(answers huifang.Attributes) Result {
	p := d.read(answers, true, true)
	return p.result()
}

// Visible lists the codes of the items that show for these answers, sections
// included, in order. Wrong answers count as none.
func (d *Definition) Visible(answers huifang.Attributes) []string {
	p := d.read(answers, false, true)
	var codes []string
	for i := range p.slots {
		if p.slots[i].shown {
			codes = append(codes, d.Items[i].Code)
		}
	}
	return codes
}

func (d *Definition) read(answers huifang.Attributes, lenient, mute bool) pass {
	p := pass{def: d, slots: make([]slot, len(d.Items)), faults: faults{mute: mute}}
	section := true
	for i := range d.Items {
		it := &d.Items[i]
		shown := p.all(it.ShowIf, i, lenient)
		if it.Kind == KindSection {
			section = shown
		}
		p.slots[i].shown = shown && section
		if shown && section && it.Kind != KindSection {
			p.slots[i].value = p.answer(it, answers[it.Code])
		}
	}
	return p
}

// answer is the normalised answer to one shown item, nil where there is none.
func (p *pass) answer(it *Item, raw any) any {
	before := len(p.faults.list)
	if raw == nil && it.Required && it.Kind == KindMatrix {
		raw = map[string]any(nil) // so that each row is missed by its own name
	}
	v := it.normalise(raw, &p.faults)
	if v == nil && it.Required && len(p.faults.list) == before {
		p.faults.required(it, "")
	}
	return v
}

func (p *pass) result() Result {
	r := Result{Answers: p.answers()}
	r.Score, r.Scored = p.score()
	if r.Scored {
		if b := p.def.Scoring.band(r.Score); b != nil {
			r.Band = b.Code
		}
	}
	r.Verdict = p.verdict(&r)
	return r
}

func (p *pass) answers() huifang.Attributes {
	n := 0
	for i := range p.slots {
		if p.slots[i].value != nil {
			n++
		}
	}
	out := make(huifang.Attributes, n)
	for i := range p.slots {
		if v := p.slots[i].value; v != nil {
			out[p.def.Items[i].Code] = v
		}
	}
	return out
}
