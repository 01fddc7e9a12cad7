package app

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// demoScope is what a pattern of the sample may refer to.
type demoScope struct {
	day        huifang.Date
	unit       *demoUnit
	contact    *demoContact
	department string
	n          int
	known      []huifang.Attributes // for {is:NAME}, the nearest first
}

// value draws a value from a list and fills in its pattern; nil from an empty
// list.
func (d *demo) value(list []any, s *demoScope) any {
	if len(list) == 0 {
		return nil
	}
	v := one(d.rng, list)
	text, ok := v.(string)
	if !ok {
		return v
	}
	if m := pack.SampleToken.FindStringSubmatch(text); m != nil && m[0] == text {
		return d.token(m[1], m[2], s)
	}
	return d.pattern(text, s)
}

// text draws a text; "" from an empty list.
func (d *demo) text(list []string, s *demoScope) string {
	if len(list) == 0 {
		return ""
	}
	return d.pattern(one(d.rng, list), s)
}

// pattern fills in the tokens of a text.
func (d *demo) pattern(text string, s *demoScope) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return pack.SampleToken.ReplaceAllStringFunc(text, func(token string) string {
		m := pack.SampleToken.FindStringSubmatch(token)
		return shownValue(d.token(m[1], m[2], s))
	})
}

func shownValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// token draws what a token stands for, see pack.SampleTokens.
func (d *demo) token(name, arg string, s *demoScope) any {
	switch name {
	case "person":
		return d.personName()
	case "family":
		return one(d.rng, d.trade.Sample.FamilyNames)
	case "given":
		return one(d.rng, d.trade.Sample.GivenNames)
	case "list":
		return d.text(d.trade.Sample.Words[arg], s)
	case "digits":
		return d.characters(arg, "0123456789")
	case "letters":
		return d.characters(arg, "ABCDEFGHJKLMNPQRSTUVWXYZ")
	case "seq":
		d.numbers++
		width, _ := strconv.Atoi(arg) // none: no width
		return fmt.Sprintf("%0*d", width, d.numbers)
	case "number":
		return d.number(arg)
	case "day":
		return d.dayToken(arg, s)
	}
	return d.reference(name, arg, s)
}

// reference is what a token refers to in its scope.
func (d *demo) reference(name, arg string, s *demoScope) any {
	switch name {
	case "n":
		return float64(max(s.n, 1))
	case "is":
		for _, a := range s.known {
			if v := a[arg]; v != nil {
				return v
			}
		}
		return ""
	case "staff":
		if p := d.colleague(s.unit, arg, s.department); p != nil {
			return p.Name
		}
		return ""
	case "unit":
		return s.unit.unit.Name
	case "unit_code":
		return s.unit.unit.Code
	case "department":
		return s.department
	case "contact":
		return s.contact.name
	case "number_of":
		return strconv.Itoa(s.contact.number)
	case "home":
		return s.contact.home
	}
	return ""
}

func (d *demo) characters(arg, from string) string {
	n, _ := strconv.Atoi(arg) // checked by the pack
	out := make([]byte, n)
	for i := range out {
		out[i] = from[d.rng.IntN(len(from))]
	}
	return string(out)
}

// number draws from "10..90" or, by steps, "10..90:5".
func (d *demo) number(arg string) float64 {
	span, by, _ := strings.Cut(arg, ":")
	low, high, _ := strings.Cut(span, "..")
	from, _ := strconv.ParseFloat(low, 64)
	to, err := strconv.ParseFloat(high, 64)
	if err != nil || to < from {
		return from
	}
	step, err := strconv.ParseFloat(by, 64)
	if err != nil || step <= 0 {
		step = 1
	}
	n := from + step*float64(d.rng.IntN(int((to-from)/step)+1))
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'f', 6, 64), 64)
	return rounded
}

// dayToken draws a date from "-3..20" or "5", with a time from "1..9
// 09:00..17:30" on a quarter of an hour.
func (d *demo) dayToken(arg string, s *demoScope) string {
	days, clock, timed := strings.Cut(arg, " ")
	low, high, ranged := strings.Cut(days, "..")
	from, _ := strconv.Atoi(low)
	to := from
	if ranged {
		to, _ = strconv.Atoi(high)
	}
	day := s.day.AddDays(d.between([]int{from, to}))
	if !timed {
		return day.String()
	}
	var earliest, latest huifang.Clock
	first, last, _ := strings.Cut(clock, "..")
	if earliest.UnmarshalText([]byte(first)) != nil || latest.UnmarshalText([]byte(last)) != nil || latest < earliest {
		latest = earliest
	}
	at := earliest + huifang.Clock(15*d.rng.IntN(int(latest-earliest)/15+1)) //nolint:gosec // minutes of a day
	return day.At(at, d.zone).In(d.zone).Format("2006-01-02T15:04")
}

// between draws from a least and a most; 0 from none.
func (d *demo) between(span []int) int {
	if len(span) != 2 || span[1] < span[0] {
		return 0
	}
	return span[0] + d.rng.IntN(span[1]-span[0]+1)
}

// draw fills in attributes: first those that stand alone, then those that refer
// to others.
func (d *demo) draw(into huifang.Attributes, values map[string][]any, s *demoScope) {
	s.known = append([]huifang.Attributes{into}, s.known...)
	for _, later := range []bool{false, true} {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if _, had := into[name]; had || refers(values[name]) != later {
				continue
			}
			if v := d.value(values[name], s); v != nil && v != "" {
				into[name] = v
			}
		}
	}
	s.known = s.known[1:]
}

// refers tells whether a list of values has one that refers to an attribute.
func refers(list []any) bool {
	return slices.ContainsFunc(list, func(v any) bool {
		text, ok := v.(string)
		return ok && strings.Contains(text, "{is:")
	})
}
