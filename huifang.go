// Package huifang is the vocabulary of Huifang (回访): the words of follow-up
// work as plain Go values, the rules that a value alone can decide, and the
// authorisation decisions. Every other room imports it; it imports only the
// standard library and does no I/O. CONTEXT.md defines each word.
//
// Conventions used throughout: instants are time.Time in UTC; calendar dates
// are Date and belong to a unit's zone; ids are ID; texts shown to people are
// Text, Chinese and English side by side.
package huifang

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"
)

// ID names a record. Records of the live system carry a UUIDv7 in its
// 36-character lower-case text form; a simulation carries whatever names its
// input uses. The empty ID means "none".
type ID string

// NewID builds a UUIDv7 (RFC 9562, section 5.7) from the millisecond of at and
// ten bytes of entropy supplied by the caller, so that the domain stays
// deterministic under test.
func NewID(at time.Time, entropy [10]byte) ID {
	var b [16]byte
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i)) //nolint:gosec // the lowest byte is meant
	}
	copy(b[6:], entropy[:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return IDFromBytes(b)
}

// IDFromBytes is the text form of a UUID's sixteen bytes.
func IDFromBytes(b [16]byte) ID {
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:36], b[10:16])
	return ID(out[:])
}

// Bytes is the UUID's sixteen bytes; ok is false when the ID is not the text
// form of a UUID.
func (id ID) Bytes() (b [16]byte, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return b, false
	}
	at := 0
	for i := 0; i < 36; {
		if id[i] == '-' {
			i++
			continue
		}
		hi, lo := unhex(id[i]), unhex(id[i+1])
		if hi > 15 || lo > 15 {
			return b, false
		}
		b[at] = hi<<4 | lo
		at++
		i += 2
	}
	return b, true
}

func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}

// Lang is a language of the product.
type Lang string

// The product's languages. Chinese comes first.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// ParseLang picks the product language that best fits a language tag or an
// Accept-Language header; Chinese when nothing fits.
func ParseLang(tag string) Lang {
	for part := range strings.SplitSeq(strings.ToLower(tag), ",") {
		part = strings.TrimSpace(part)
		switch {
		case strings.HasPrefix(part, "zh"):
			return ZH
		case strings.HasPrefix(part, "en"):
			return EN
		}
	}
	return ZH
}

// Text is one text in both languages.
type Text struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en" yaml:"en"`
}

// In is the text in lang, or in the other language where that one is empty.
func (t Text) In(lang Lang) string {
	if lang == EN && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Textf formats both languages with the same arguments.
func Textf(zh, en string, args ...any) Text {
	return Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// Attributes are free named values of an event, contact, asset or answer set,
// as JSON gives them: string, float64, bool, nil, []any, map[string]any.
type Attributes map[string]any

// Clone is a shallow copy; nil stays nil.
func (a Attributes) Clone() Attributes {
	return maps.Clone(a)
}

// String is the value under key if it is a string, else "".
func (a Attributes) String(key string) string {
	s, _ := a[key].(string)
	return s
}

// Number is the value under key as a number; ok is false when there is none.
func (a Attributes) Number(key string) (n float64, ok bool) {
	switch v := a[key].(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	}
	return 0, false
}
