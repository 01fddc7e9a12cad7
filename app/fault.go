package app

import (
	"errors"

	"github.com/huifang/huifang"
)

// fieldFault is an error about one field of the input.
func fieldFault(field, reason string, message huifang.Text) *huifang.Error {
	e := huifang.Invalid(reason, message)
	e.At.Field = field
	return e
}

// at is err with its place in the input set; nil stays nil.
func at(field string, err error) *huifang.Error {
	if err == nil {
		return nil
	}
	e := asError(err)
	where := e.At
	if where.Field != "" {
		field += "." + where.Field
	}
	where.Field = field
	return e.Located(where)
}

// asError is err as an *huifang.Error.
func asError(err error) *huifang.Error {
	e, _ := errors.AsType[*huifang.Error](huifang.Wrap(err))
	return e
}
