package api_test

import (
	"net/http"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

func TestFirstRun(t *testing.T) {
	w := newWorld(t)
	code, err := w.app.OpenSetup(t.Context())
	if err != nil || len(code) < 20 {
		t.Fatalf("code %q: %v", code, err)
	}
	var s api.Setup
	w.call("", http.MethodGet, "/api/v1/setup", nil).is(http.StatusOK).into(&s)
	if !s.Needed || len(s.Packs) != 0 {
		t.Fatalf("without the code: %+v", s)
	}
	w.call("", http.MethodGet, "/api/v1/setup?code="+code, nil).is(http.StatusOK).into(&s)
	if len(s.Packs) < 5 || s.Packs[0].Name.ZH == "" {
		t.Fatalf("with the code: %+v", s)
	}
	first := api.FirstOrganization{
		Setup: "wrong", Organization: "qinghe", Name: huifang.Text{ZH: "青禾物业", EN: "Qinghe"}, Packs: []string{"property"},
		Login: "admin", Person: "管理员", Password: password, Bearer: true,
	}
	w.call("", http.MethodPost, "/api/v1/setup", first).problem(http.StatusForbidden, "setup.code")
	first.Setup, first.Password = code, "short"
	w.call("", http.MethodPost, "/api/v1/setup", first).problem(http.StatusUnprocessableEntity, "password.short")
	first.Password, first.Packs = password, []string{"/etc"}
	w.call("", http.MethodPost, "/api/v1/setup", first).problem(http.StatusNotFound, "pack.not_found")
	first.Packs = []string{"property"}
	var got api.Session
	w.call("", http.MethodPost, "/api/v1/setup", first).is(http.StatusCreated).into(&got)
	if got.Token == "" || got.Me.Organization.Code != "qinghe" || len(got.Me.Organization.Packs) != 1 || len(got.Me.Units) != 0 || len(got.Me.Permissions) < 10 {
		t.Fatalf("logged in as %+v", got.Me)
	}
	w.call("", http.MethodPost, "/api/v1/setup", first).problem(http.StatusConflict, "setup.done")
	w.call("", http.MethodGet, "/api/v1/setup?code="+code, nil).is(http.StatusOK).into(&s)
	if s.Needed || len(s.Packs) != 0 {
		t.Fatalf("after it: %+v", s)
	}
	w.logIn("admin", "qinghe", "admin")
	var units api.List[api.Unit]
	w.call("admin", http.MethodGet, "/api/v1/units", nil).is(http.StatusOK).into(&units)
	if len(units.Items) != 1 || units.Items[0].Name != "青禾物业" {
		t.Fatalf("units %+v", units)
	}
	if again, err := w.app.OpenSetup(t.Context()); err != nil || again != "" {
		t.Fatalf("a code after the first run: %q %v", again, err)
	}
}

// Guessing the code stops after a few tries.
func TestFirstRunCannotBeGuessed(t *testing.T) {
	w := newWorld(t)
	if _, err := w.app.OpenSetup(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		w.call("", http.MethodGet, "/api/v1/setup?code=guess", nil).problem(http.StatusForbidden, "setup.code")
	}
	w.call("", http.MethodGet, "/api/v1/setup?code=guess", nil).problem(http.StatusTooManyRequests, "login.too_many")
}
