package store

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// orZero is an ID that takes part in a key: none is kept as sixteen zero bytes,
// because NULLs in a key are all different.
type orZero huifang.ID

// optional is text that is unique where it is given: "" is kept as NULL.
type optional string

// hexBytes is a hash in hexadecimal that is kept as bytes.
type hexBytes string

// asJSON is a value that is kept as JSON text; nil slices and maps as "".
type asJSON struct{ v any }

// plain turns an argument into what both drivers take: nil, int64, float64,
// string or []byte. It refuses what one of the databases could not keep.
func plain(v any) (any, error) {
	switch v := v.(type) {
	case nil, int64, float64:
		return v, nil
	case string:
		return plainText(v)
	case huifang.ID:
		return plainID(v)
	case []string, [][]byte: // see array
		return v, nil
	case []byte:
		if v == nil {
			return nil, nil //nolint:nilnil // NULL
		}
		return v, nil
	case time.Time:
		if v.IsZero() {
			return nil, nil //nolint:nilnil // NULL
		}
		return v.UnixMilli(), nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case int:
		return int64(v), nil
	case huifang.Date:
		if v == huifang.NoDate {
			return nil, nil //nolint:nilnil // NULL
		}
		return int64(v), nil
	default:
		return plainKind(v)
	}
}

func plainKind(v any) (any, error) {
	switch v := v.(type) {
	case orZero:
		if v == "" {
			return make([]byte, 16), nil
		}
		return plainID(huifang.ID(v))
	case optional:
		if v == "" {
			return nil, nil //nolint:nilnil // NULL
		}
		return plainText(string(v))
	case hexBytes:
		b, err := hex.DecodeString(string(v))
		if err != nil {
			return nil, huifang.Invalid("hash.invalid", huifang.Textf("“%s”不是十六进制散列值", "%q is not a hash in hexadecimal", string(v)))
		}
		return b, nil
	case asJSON:
		return plainJSON(v.v)
	}
	switch r := reflect.ValueOf(v); r.Kind() { //nolint:exhaustive // the kinds the vocabulary uses
	case reflect.String:
		return plainText(r.String())
	case reflect.Int, reflect.Int16, reflect.Int32:
		return r.Int(), nil
	}
	return nil, fmt.Errorf("store: no column takes a %T", v)
}

func plainID(id huifang.ID) (any, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // NULL
	}
	b, ok := id.Bytes()
	if !ok {
		return nil, huifang.Invalid("id.invalid", huifang.Textf("“%s”不是有效的记录标识", "%q is not a record id", string(id)))
	}
	return b[:], nil
}

func plainText(s string) (any, error) {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return nil, huifang.Invalid("text.invalid", huifang.Textf("文本含有无法保存的字节：%q", "the text holds bytes that cannot be kept: %q", s))
	}
	return s, nil
}

func plainJSON(v any) (any, error) {
	if r := reflect.ValueOf(v); (r.Kind() == reflect.Slice || r.Kind() == reflect.Map) && r.Len() == 0 {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, &huifang.Error{
			Code: huifang.CodeInvalid, Reason: "value.invalid", Err: err,
			Message: huifang.Text{ZH: "数据中含有无法保存的值", EN: "the data hold a value that cannot be kept"},
		}
	}
	return string(b), nil
}

// plainAll converts in place.
func plainAll(args []any) error {
	for i, a := range args {
		p, err := plain(a)
		if err != nil {
			return err
		}
		args[i] = p
	}
	return nil
}
