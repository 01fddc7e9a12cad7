package api

import (
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/huifang/huifang"
)

// What our operations let the library complain about is said in Chinese too.
func TestComplaintsInBothLanguages(t *testing.T) {
	t.Parallel()
	for message, value := range map[string]string{
		validation.MsgUnexpectedProperty:                       "",
		validation.MsgExpectedRFC3339DateTime:                  "",
		validation.MsgExpectedRFC3339Date:                      "",
		validation.MsgExpectedBoolean:                          "",
		validation.MsgExpectedNumber:                           "",
		validation.MsgExpectedInteger:                          "",
		validation.MsgExpectedString:                           "",
		validation.MsgExpectedArray:                            "",
		validation.MsgExpectedObject:                           "",
		validation.MsgExpectedOneOf:                            "a, b",
		validation.MsgExpectedMinimumNumber:                    "1",
		validation.MsgExpectedMaximumNumber:                    "1000",
		validation.MsgExpectedMinLength:                        "2",
		validation.MsgExpectedMaxLength:                        "100",
		validation.MsgExpectedBePattern:                        "YYYY-MM",
		validation.MsgExpectedMatchPattern:                     "^a$",
		validation.MsgExpectedMinItems:                         "1",
		validation.MsgExpectedMaxItems:                         "20",
		validation.MsgExpectedRequiredProperty:                 "name",
		"required query parameter is missing":                  "query",
		"invalid integer":                                      "",
		"invalid character '}' looking for beginning of value": "'}'",
	} {
		for _, verb := range []string{"%v", "%s", "%d"} {
			message = strings.ReplaceAll(message, verb, value)
		}
		got := inBoth(message)
		if got.EN != message || !strings.ContainsFunc(got.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) ||
			strings.Contains(got.ZH, "expected") || strings.Contains(got.ZH, "内容不符合要求") || !strings.Contains(got.ZH, value) {
			t.Errorf("%q: %q", message, got.ZH)
		}
	}
}

func TestStatusOfEveryCode(t *testing.T) {
	t.Parallel()
	for code, want := range map[huifang.Code]int{
		huifang.CodeInvalid: 422, huifang.CodeNotFound: 404, huifang.CodeConflict: 409, huifang.CodeForbidden: 403, huifang.CodeUnauthenticated: 401,
		huifang.CodeTooLarge: 413, huifang.CodeTooMany: 429, huifang.CodeUnavailable: 503, huifang.CodeInternal: 500,
	} {
		e := huifang.Fail(code, "x", huifang.Text{ZH: "甲", EN: "a"})
		p := newProblem(e, huifang.EN)
		if p.Status != want || p.Title == "" || p.Detail != "a" {
			t.Errorf("%s: %+v", code, p)
		}
		if later := p.GetHeaders().Get("Retry-After") != ""; later != (want == 429 || want == 503) {
			t.Errorf("%s: Retry-After %v", code, later)
		}
		back := p.Err()
		if back.Code != code || back.Message != e.Message || back.Reason != "x" {
			t.Errorf("%s came back as %+v", code, back)
		}
	}
	for _, status := range []int{400, 404, 405, 408, 413, 415, 422, 500} {
		e := ofStatus(status)
		if got := statusOf(e); got != status && status != http.StatusRequestTimeout {
			t.Errorf("%d comes out as %d", status, got)
		}
	}
}

func TestDisposition(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a b.csv":           `attachment; filename="a b.csv"; filename*=UTF-8''a%20b.csv`,
		"回访.xlsx":           `attachment; filename="__.xlsx"; filename*=UTF-8''%E5%9B%9E%E8%AE%BF.xlsx`,
		"x\"\r\nSet: 1.csv": `attachment; filename="x___Set: 1.csv"; filename*=UTF-8''x%22%0D%0ASet%3A%201.csv`,
	} {
		if got := disposition(name); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
