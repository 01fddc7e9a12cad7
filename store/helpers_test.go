package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// noon is the instant the tests' records are made at: midday in Shanghai.
var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:]) // never fails
	return huifang.NewID(noon, entropy)
}

func write(t testing.TB, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, code huifang.Code, reason string) {
	t.Helper()
	if huifang.CodeOf(err) != code || reason != "" && huifang.ReasonOf(err) != reason {
		t.Fatalf("got %v (%s %s), want %s %s", err, huifang.CodeOf(err), huifang.ReasonOf(err), code, reason)
	}
}

// must is for calls that cannot fail in a good store.
func must[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %s\nwant %s", show(got), show(want))
	}
}

func show(v any) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && !r.IsNil() {
		return fmt.Sprintf("&%+v", r.Elem().Interface())
	}
	return fmt.Sprintf("%+v", v)
}

// newOrg keeps a new organization and tells its id.
func newOrg(t testing.TB, s *store.Store) huifang.ID {
	t.Helper()
	o := &huifang.Organization{ID: newID(), Code: string(newID()), Zone: "Asia/Shanghai", Lang: huifang.ZH, Created: noon}
	write(t, s, func(tx *store.Tx) error { return tx.SaveOrganization(context.Background(), o) })
	return o.ID
}

// filled is a T whose every field has a value of its own, so that a forgotten
// or swapped column shows.
func filled[T any](t testing.TB) *T {
	t.Helper()
	v, n := new(T), 0
	fill(t, reflect.ValueOf(v).Elem(), &n)
	return v
}

func fill(t testing.TB, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Interface().(type) {
	case huifang.ID:
		v.SetString(string(newID()))
		return
	case time.Time:
		v.Set(reflect.ValueOf(noon.Add(time.Duration(*n) * time.Millisecond)))
		return
	case huifang.Attributes:
		v.Set(reflect.ValueOf(huifang.Attributes{"文本": strconv.Itoa(*n), "数": float64(*n), "有": true, "列": []any{"a", 1.5, nil}}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("值%d'\"\\%%_?$1", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(uint64(*n % 256))
	case reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), n)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, n)
		fill(t, value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(t, field, n)
		}
	default:
		t.Fatalf("no value for a %s", v.Type())
	}
}
