package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huifang/huifang"
)

// statusOf is the only map from an error's code to an HTTP status.
func statusOf(e *huifang.Error) int {
	switch e.Code {
	case huifang.CodeInvalid:
		switch e.Reason {
		case reasonMalformed:
			return http.StatusBadRequest
		case reasonMediaType:
			return http.StatusUnsupportedMediaType
		case reasonMethod:
			return http.StatusMethodNotAllowed
		}
		return http.StatusUnprocessableEntity
	case huifang.CodeNotFound:
		return http.StatusNotFound
	case huifang.CodeConflict:
		return http.StatusConflict
	case huifang.CodeForbidden:
		return http.StatusForbidden
	case huifang.CodeUnauthenticated:
		return http.StatusUnauthorized
	case huifang.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case huifang.CodeTooMany:
		return http.StatusTooManyRequests
	case huifang.CodeUnavailable:
		return http.StatusServiceUnavailable
	case huifang.CodeInternal:
	}
	return http.StatusInternalServerError
}

// Reasons that this room gives; other rooms' reasons pass through.
const (
	reasonMalformed = "request.malformed"  // cannot be read at all
	reasonMediaType = "request.media_type" // neither JSON nor what the operation takes
	reasonMethod    = "request.method"
	reasonInvalid   = "request.invalid" // read, but not what the operation takes
	reasonTooLarge  = "request.too_large"
	reasonTimeout   = "request.timeout"
	reasonUnknown   = "request.unknown_address"
)

// ofStatus is the error for an answer that the HTTP library gives by itself,
// before an operation runs.
func ofStatus(status int) *huifang.Error {
	switch status {
	case http.StatusBadRequest:
		return huifang.Invalid(reasonMalformed, huifang.Text{ZH: "请求内容无法读取，请检查格式", EN: "the request cannot be read; check its format"})
	case http.StatusNotFound:
		return huifang.Fail(huifang.CodeNotFound, reasonUnknown, huifang.Text{ZH: "没有这个地址，接口列表见 /api/docs", EN: "no such address; see /api/docs for those there are"})
	case http.StatusMethodNotAllowed:
		return huifang.Invalid(reasonMethod, huifang.Text{ZH: "该地址不支持此方法，可用方法见 Allow 头", EN: "this address does not take the method; the Allow header names those it takes"})
	case http.StatusRequestTimeout:
		return huifang.Fail(huifang.CodeUnavailable, reasonTimeout, huifang.Text{ZH: "请求内容接收超时，请重试", EN: "the request took too long to arrive; try again"})
	case http.StatusRequestEntityTooLarge:
		return huifang.Fail(huifang.CodeTooLarge, reasonTooLarge, huifang.Text{ZH: "请求内容过大，请分批发送", EN: "the request is too large; send it in parts"})
	case http.StatusUnsupportedMediaType, http.StatusNotAcceptable:
		return huifang.Invalid(reasonMediaType, huifang.Text{ZH: "不支持的内容类型，请使用 application/json", EN: "unsupported content type; use application/json"})
	case http.StatusUnprocessableEntity:
		return huifang.Invalid(reasonInvalid, huifang.Text{ZH: "请求内容不符合要求，见 errors", EN: "the request is not what the operation takes; see errors"})
	}
	return internal(nil)
}

// internal is what people may know of a fault of ours.
func internal(cause error) *huifang.Error {
	return &huifang.Error{
		Code: huifang.CodeInternal, Reason: "internal", Err: cause,
		Message: huifang.Text{ZH: "系统内部错误，已记录；请稍后重试，若再次出现请把 instance 告知管理员", EN: "an error of ours; it is logged. Try again later; if it comes back, tell the administrator the instance"},
	}
}

// asError finds what is to be told of err. A request given up by its sender is
// nobody's fault.
func asError(err error) *huifang.Error {
	var e *huifang.Error
	switch {
	case errors.As(err, &e) && e.Code != huifang.CodeInternal:
		return e
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &huifang.Error{Code: huifang.CodeUnavailable, Reason: reasonTimeout, Err: err, Message: huifang.Text{ZH: "请求已取消或超时，请重试", EN: "the request was cancelled or took too long; try again"}}
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return ofStatus(http.StatusRequestEntityTooLarge)
	}
	return internal(err)
}

// titleOf is what all errors of a code have in common.
func titleOf(c huifang.Code) huifang.Text {
	switch c {
	case huifang.CodeInvalid:
		return huifang.Text{ZH: "内容有误", EN: "Invalid input"}
	case huifang.CodeNotFound:
		return huifang.Text{ZH: "没有找到", EN: "Not found"}
	case huifang.CodeConflict:
		return huifang.Text{ZH: "状态冲突", EN: "Conflict"}
	case huifang.CodeForbidden:
		return huifang.Text{ZH: "没有权限", EN: "Not permitted"}
	case huifang.CodeUnauthenticated:
		return huifang.Text{ZH: "需要登录", EN: "Log in first"}
	case huifang.CodeTooLarge:
		return huifang.Text{ZH: "超出限制", EN: "Too large"}
	case huifang.CodeTooMany:
		return huifang.Text{ZH: "请求过于频繁", EN: "Too many requests"}
	case huifang.CodeUnavailable:
		return huifang.Text{ZH: "暂时不可用", EN: "Unavailable"}
	case huifang.CodeInternal:
	}
	return huifang.Text{ZH: "系统内部错误", EN: "Internal error"}
}

// restate is the transformer for errors that the HTTP library made: it says
// them as a Problem, in the caller's language.
func restate(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	e := ofStatus(m.Status)
	for _, d := range m.Errors {
		if d != nil {
			e.Details = append(e.Details, &huifang.Error{Code: e.Code, Reason: e.Reason, Message: inBoth(d.Message), At: huifang.Location{Field: d.Location}})
		}
	}
	p := newProblem(e, huifang.ParseLang(ctx.Header("Accept-Language")))
	p.Status = m.Status
	return p, nil
}
