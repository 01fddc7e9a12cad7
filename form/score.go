package form

import "math"

// score is the weighted mean of what the shown and answered items scored, in
// percent.
func (p *pass) score() (score float64, scored bool) {
	if p.def.Scoring == nil {
		return 0, false
	}
	var sum, weights float64
	n := 0
	for i := range p.slots {
		it := &p.def.Items[i]
		w := it.weight()
		if p.slots[i].value == nil || w <= 0 {
			continue
		}
		if f, ok := it.fraction(p.slots[i].value); ok {
			sum += w * f
			weights += w
			n++
		}
	}
	if n < max(p.def.Scoring.MinAnswered, 1) {
		return 0, false
	}
	return percent(sum / weights)
}

// percent is a fraction as a score. Nine decimals are kept, so that the noise
// of binary fractions does not push a score below the bound it reaches.
func percent(fraction float64) (float64, bool) {
	if !finite(fraction) {
		return 0, false
	}
	return min(max(math.Round(fraction*1e11)/1e9, 0), 100), true
}

func (it *Item) weight() float64 {
	switch {
	case it.Weight != nil:
		return *it.Weight
	case it.Free:
		return 0
	}
	return 1
}

// fraction is what an answer achieved of what was attainable, 0 to 1; ok is
// false where the answer carries no points.
func (it *Item) fraction(v any) (f float64, ok bool) {
	switch v := v.(type) {
	case float64:
		return it.gradeFraction(v)
	case string:
		return it.optionFraction(it.option(v))
	case bool:
		return it.optionFraction(it.yesNo(v))
	case []any:
		return it.listFraction(v)
	case map[string]any:
		return it.rowsFraction(v)
	}
	return 0, false
}

func (it *Item) gradeFraction(v float64) (float64, bool) {
	switch {
	case it.Kind != KindNumber:
		return ratio(v, float64(it.scale()))
	case it.Full != nil:
		return ratio(v, *it.Full)
	}
	return 0, false
}

func (it *Item) optionFraction(o *Option) (float64, bool) {
	if o == nil || o.Score == nil {
		return 0, false
	}
	return ratio(*o.Score, it.full())
}

func (it *Item) listFraction(list []any) (float64, bool) {
	sum, scored := 0.0, false
	for _, e := range list {
		code, _ := e.(string)
		if o := it.option(code); o != nil && o.Score != nil {
			sum += *o.Score
			scored = true
		}
	}
	if !scored {
		return 0, false
	}
	return ratio(sum, it.full())
}

func (it *Item) rowsFraction(cells map[string]any) (float64, bool) {
	if it.Kind != KindMatrix {
		return 0, false
	}
	var sum, weights float64
	for i := range it.Rows {
		r := &it.Rows[i]
		w := 1.0
		if r.Weight != nil {
			w = *r.Weight
		}
		v, has := cells[r.Code]
		if !has || w <= 0 {
			continue
		}
		if f, ok := it.fraction(v); ok {
			sum += w * f
			weights += w
		}
	}
	if weights <= 0 {
		return 0, false
	}
	return ratio(sum, weights)
}

// full is the points that count as 100 %: the best option, or all options
// together where several may be chosen.
func (it *Item) full() float64 {
	if it.Full != nil {
		return *it.Full
	}
	best, sum := 0.0, 0.0
	for i := range it.Options {
		if s := it.Options[i].Score; s != nil {
			best = max(best, *s)
			sum += *s
		}
	}
	if it.Kind == KindChoices {
		return sum
	}
	return best
}

func ratio(points, full float64) (float64, bool) {
	if full <= 0 || !finite(points/full) {
		return 0, false
	}
	return min(max(points/full, 0), 1), true
}

// scorable tells whether some answer to the item carries points.
func (it *Item) scorable() bool {
	switch it.Kind {
	case KindRating, KindNPS:
		return true
	case KindNumber:
		return it.Full != nil
	case KindMatrix, KindChoice, KindChoices, KindYesNo:
		return it.graded() || it.full() > 0
	case KindSection, KindText, KindDate, KindPhoto, KindFile, KindSignature:
	}
	return false
}

// band is the band with the highest lower bound that the score reaches, nil
// below all.
func (s *Scoring) band(score float64) *Band {
	var best *Band
	for i := range s.Bands {
		b := &s.Bands[i]
		if score >= b.From && (best == nil || b.From > best.From) {
			best = b
		}
	}
	return best
}
