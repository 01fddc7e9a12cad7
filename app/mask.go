package app

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Masking hides what identifies or reaches a customer from everybody who has
// not asked for it: phone numbers and id numbers keep their first and last
// digits, so that two can be told apart and one can be confirmed by voice.

// maskPhone is a phone number with its middle hidden: 138****2628,
// 010****5678. Short ones are hidden whole.
func maskPhone(phone string) string { return maskMiddle(phone, 3, 4) }

func maskMiddle(s string, head, tail int) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	if len(r) < head+tail+2 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + "****" + string(r[len(r)-tail:])
}

// isMask tells whether shown is how a value is shown.
func isMask(shown, value string) bool {
	return strings.Contains(shown, "*") && (shown == maskPhone(value) || shown == maskText(value))
}

// maskText hides phone numbers and id numbers of eighteen or fifteen characters,
// alone or within a text, and gives anything else back as it is.
func maskText(s string) string {
	if whole := maskNumber(s); whole != s {
		return whole
	}
	return numberInText.ReplaceAllStringFunc(s, func(run string) string {
		number := strings.TrimRight(run, " -")
		return maskNumber(number) + run[len(number):]
	})
}

// numberInText is a run of digits long enough for a phone or id number, with the
// signs that are written within one.
var numberInText = regexp.MustCompile(`(?:\+|\b)[0-9][0-9 -]{8,20}[0-9xX]\b`)

// maskNumber hides a value that as a whole is a phone or id number.
func maskNumber(s string) string {
	digits, other := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune("-+ ()xX", r):
		default:
			other++
		}
	}
	switch {
	case other > 0:
		return s
	case digits == 17 && strings.HasSuffix(strings.ToUpper(s), "X"), digits == 18, digits == 15:
		return maskMiddle(s, 4, 4)
	case isPhone(s, digits):
		return maskPhone(s)
	}
	return s
}

// isPhone tells a mobile number, with or without +86, or a number with its area
// code, from any other number.
func isPhone(s string, digits int) bool {
	plain := strings.NewReplacer("-", "", " ", "", "+86", "").Replace(s)
	switch {
	case digits == len(plain) && digits == 11 && plain[0] == '1', digits == 13 && strings.HasPrefix(s, "+86"), digits == 13 && strings.HasPrefix(plain, "86"):
		return true
	case strings.HasPrefix(s, "0") && digits >= 10 && digits <= 12:
		return true
	}
	return false
}

// maskAttributes is a copy whose phone and id numbers are hidden, at any depth.
func maskAttributes(attrs huifang.Attributes) huifang.Attributes {
	if attrs == nil {
		return nil
	}
	out := make(huifang.Attributes, len(attrs))
	for k, v := range attrs {
		out[k] = maskValue(v)
	}
	return out
}

func maskValue(v any) any {
	switch v := v.(type) {
	case string:
		return maskText(v)
	case float64:
		if shown := maskText(strconv.FormatFloat(v, 'f', -1, 64)); strings.Contains(shown, "*") {
			return shown
		}
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = maskValue(v[i])
		}
		return out
	case map[string]any:
		return map[string]any(maskAttributes(v))
	}
	return v
}

// unmaskAttributes puts back what a form showed masked and gave back as it was.
func unmaskAttributes(edited, kept huifang.Attributes) huifang.Attributes {
	out := edited.Clone()
	for k, v := range out {
		if old, had := kept[k]; had && reflect.DeepEqual(v, maskValue(old)) {
			out[k] = old
		}
	}
	return out
}

// unmaskText is the kept text where the edited one is how that is shown.
func unmaskText(edited, kept string) string {
	if isMask(edited, kept) {
		return kept
	}
	return edited
}

// unmaskPhones puts back the numbers that are given back masked.
func unmaskPhones(edited, kept []string) []string {
	out := slices.Clone(edited)
	for i, p := range out {
		if j := slices.IndexFunc(kept, func(k string) bool { return isMask(p, k) }); j >= 0 {
			out[i] = kept[j]
		}
	}
	return out
}

// maskContact is a copy of a contact as it may be shown to everybody.
func maskContact(c *huifang.Contact) *huifang.Contact {
	if c == nil {
		return nil
	}
	out := *c
	out.Name, out.Code = maskText(c.Name), maskText(c.Code)
	out.Phones = make([]string, len(c.Phones))
	for i, p := range c.Phones {
		out.Phones[i] = maskPhone(p)
	}
	out.Attributes = maskAttributes(c.Attributes)
	return &out
}

// maskAsset is a copy of an asset as it may be shown to everybody.
func maskAsset(a *huifang.Asset) *huifang.Asset {
	if a == nil {
		return nil
	}
	out := *a
	out.Attributes = maskAttributes(a.Attributes)
	return &out
}

// maskEvent is a copy of an event as it may be shown to everybody.
func maskEvent(ev *huifang.Event) *huifang.Event {
	if ev == nil {
		return nil
	}
	out := *ev
	out.Attributes = maskAttributes(ev.Attributes)
	return &out
}
