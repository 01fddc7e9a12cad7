package form

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/huifang/huifang"
)

// UnmarshalText takes the text as it is written.
func (l *Literal) UnmarshalText(b []byte) error {
	*l = Literal(b)
	return nil
}

// UnmarshalJSON takes a string, a number or a boolean; numbers keep their
// spelling.
func (l *Literal) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case string:
		*l = Literal(v)
	case float64, bool:
		*l = Literal(b)
	case nil:
		*l = ""
	default:
		return huifang.Invalid("form.literal", huifang.Text{
			ZH: "条件的值应为文字、数字或 true/false",
			EN: "the value of a condition is a text, a number, or true or false",
		})
	}
	return nil
}

func (l Literal) number() (float64, bool) {
	n, err := strconv.ParseFloat(string(l), 64)
	return n, err == nil && finite(n)
}

func (l Literal) yes() (value, ok bool) {
	switch l {
	case "yes", "true":
		return true, true
	case "no", "false":
		return false, true
	}
	return false, false
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
