package app

import (
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

const goodPassword = "correct horse 2026"

func TestLogin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		steward := w.staff["east_steward"]
		if err := w.SetPassword(ctx, w.sys, steward.ID, goodPassword); err != nil {
			t.Fatal(err)
		}
		in := Credentials{Organization: "acme", Login: "east_steward", Password: goodPassword, Address: "10.0.0.1"}
		got := must[*LoggedIn](t)(w.Login(ctx, in))
		if got.Staff.ID != steward.ID || got.Actor.Staff != steward.ID || !got.Actor.Units[w.units["east"].ID] || got.Actor.Units[w.units["west"].ID] || !got.Actor.Can(huifang.PermFollowupWork) || got.Actor.Can(huifang.PermFollowupManage) {
			t.Errorf("%+v", got.Actor)
		}
		actor, who, err := w.Authenticate(ctx, got.Secret)
		if err != nil || who.ID != steward.ID || actor.Org != w.org.ID {
			t.Errorf("%+v %+v %v", actor, who, err)
		}
		kept := must[*huifang.Session](t)(w.reads().SessionByHash(ctx, hashSecret(got.Secret)))
		if strings.Contains(got.Secret, kept.Hash) || kept.Staff != steward.ID {
			t.Errorf("%+v", kept)
		}

		// Whatever is wrong, the answer is the same.
		inactive := w.staff["west_steward"]
		if err := w.SetPassword(ctx, w.sys, inactive.ID, goodPassword); err != nil {
			t.Fatal(err)
		}
		inactive.Version, inactive.Active = 0, false
		current := must[*huifang.Staff](t)(w.reads().Staff(ctx, w.org.ID, inactive.ID))
		must[*huifang.Staff](t)(w.UpdateStaff(ctx, w.sys, inactive.ID, current.Version, StaffEdit{Code: current.Code, Name: current.Name, Login: current.Login, Units: current.Units, Roles: current.Roles}))
		for i, wrong := range []Credentials{
			{Organization: "acme", Login: "east_steward", Password: "wrong password"},
			{Organization: "acme", Login: "nobody", Password: goodPassword},
			{Organization: "nowhere", Login: "east_steward", Password: goodPassword},
			{Organization: "acme", Login: "east_head", Password: goodPassword}, // never had a password
			{Organization: "acme", Login: "west_steward", Password: goodPassword},
			{Organization: "acme", Login: "", Password: ""},
			{Organization: "acme\x00", Login: "east\x00steward", Password: goodPassword},
		} {
			wrong.Address = "10.0.1." + string(rune('0'+i))
			_, err := w.Login(ctx, wrong)
			wants(t, err, huifang.CodeUnauthenticated, "login.wrong")
		}
		for _, secret := range []string{"", "hfs_", "hft_x", got.Secret + "x", strings.Replace(got.Secret, "hfs_", "hft_", 1)} {
			_, _, err := w.Authenticate(ctx, secret)
			wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
		}
		if err := w.Logout(ctx, got.Secret); err != nil {
			t.Fatal(err)
		}
		if err := w.Logout(ctx, got.Secret); err != nil {
			t.Errorf("ending none: %v", err)
		}
		_, _, err = w.Authenticate(ctx, got.Secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
	})
}

func TestLoginIsLimited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t))
	ctx := t.Context()
	if err := w.SetPassword(ctx, w.sys, w.staff["east_head"].ID, goodPassword); err != nil {
		t.Fatal(err)
	}
	right := Credentials{Organization: "acme", Login: "east_head", Password: goodPassword, Address: "10.0.0.1"}
	wrong := right
	wrong.Password = "wrong password"
	for range failuresHere {
		_, err := w.Login(ctx, wrong)
		wants(t, err, huifang.CodeUnauthenticated, "login.wrong")
	}
	_, err := w.Login(ctx, right)
	wants(t, err, huifang.CodeTooMany, "login.too_many")
	elsewhere := right
	elsewhere.Address = "10.0.0.2"
	must[*LoggedIn](t)(w.Login(ctx, elsewhere))
	w.setClock(w.clock().Add(failureWindow))
	must[*LoggedIn](t)(w.Login(ctx, right))

	f := &failures{byKey: map[string][]time.Time{}}
	now := w.clock()
	for range failuresAll {
		f.failed(now, "login")
	}
	if f.wait("login", failuresAll, now) != failureWindow || f.wait("login", failuresAll, now.Add(failureWindow)) != 0 || f.wait("other", failuresHere, now) != 0 {
		t.Error("the limit over all addresses does not hold for its time")
	}
	for i := range mostWatched + 2 {
		f.failed(now.Add(time.Duration(i)*time.Second), "k"+time.Duration(i).String())
	}
	if len(f.byKey) > mostWatched+2 || f.wait("k"+time.Duration(mostWatched+1).String(), 1, now.Add((mostWatched+1)*time.Second)) == 0 {
		t.Errorf("%d keys are remembered", len(f.byKey))
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		id := w.staff["east_steward"].ID
		if err := w.SetPassword(ctx, w.sys, id, goodPassword); err != nil {
			t.Fatal(err)
		}
		in := Credentials{Organization: "acme", Login: "east_steward", Password: goodPassword}
		idle, used := must[*LoggedIn](t)(w.Login(ctx, in)), must[*LoggedIn](t)(w.Login(ctx, in))
		start := w.clock()
		for at := time.Hour; at < sessionIdle; at += time.Hour {
			w.setClock(start.Add(at))
			if _, _, err := w.Authenticate(ctx, used.Secret); err != nil {
				t.Fatal(at, err)
			}
		}
		w.setClock(start.Add(sessionIdle))
		_, _, err := w.Authenticate(ctx, idle.Secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
		for at := sessionIdle; at < sessionLongest; at += 6 * time.Hour {
			w.setClock(start.Add(at))
			if _, _, err := w.Authenticate(ctx, used.Secret); err != nil {
				t.Fatal(at, err)
			}
		}
		w.setClock(start.Add(sessionLongest))
		_, _, err = w.Authenticate(ctx, used.Secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
	})
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		ctx := t.Context()
		id := w.staff["east_steward"].ID
		for password, reason := range map[string]string{
			"short": "password.short", strings.Repeat("长", 129): "password.long", "east_steward": "password.weak", "aaaaaaaaaa": "password.weak",
		} {
			wants(t, w.SetPassword(ctx, w.sys, id, password), huifang.CodeInvalid, reason)
		}
		if err := w.SetPassword(ctx, w.sys, id, goodPassword); err != nil {
			t.Fatal(err)
		}
		in := Credentials{Organization: "acme", Login: "east_steward", Password: goodPassword}
		got := must[*LoggedIn](t)(w.Login(ctx, in))
		wants(t, w.ChangePassword(ctx, got.Actor, "wrong password", "another horse 2026"), huifang.CodeInvalid, "password.wrong")
		wants(t, w.ChangePassword(ctx, got.Actor, goodPassword, goodPassword), huifang.CodeInvalid, "password.same")
		wants(t, w.ChangePassword(ctx, w.sys, goodPassword, "another horse 2026"), huifang.CodeForbidden, "actor.not_staff")
		if err := w.ChangePassword(ctx, got.Actor, goodPassword, "another horse 2026"); err != nil {
			t.Fatal(err)
		}
		_, _, err := w.Authenticate(ctx, got.Secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
		_, err = w.Login(ctx, in)
		wants(t, err, huifang.CodeUnauthenticated, "login.wrong")
		in.Password = "another horse 2026"
		must[*LoggedIn](t)(w.Login(ctx, in))
		if err := w.SetPassword(ctx, w.sys, id, ""); err != nil {
			t.Fatal(err)
		}
		_, err = w.Login(ctx, in)
		wants(t, err, huifang.CodeUnauthenticated, "login.wrong")
		c := must[*huifang.Credential](t)(w.reads().Credential(ctx, w.org.ID, id))
		if strings.Contains(c.Hash, "another") {
			t.Error(c.Hash)
		}
	})
}

func TestHashesAreSaltedAndSelfDescribing(t *testing.T) {
	t.Parallel()
	p := newPasswords()
	a, b := must[string](t)(p.hash(t.Context(), goodPassword)), must[string](t)(p.hash(t.Context(), goodPassword))
	if a == b || !strings.HasPrefix(a, "$argon2id$v=19$m=32768,t=2,p=1$") {
		t.Errorf("%s\n%s", a, b)
	}
	for _, c := range []struct {
		password, hash string
		want           bool
	}{{goodPassword, a, true}, {goodPassword + " ", a, false}, {goodPassword, b, true}, {goodPassword, "", false}, {"", "", false}} {
		got, err := p.check(t.Context(), c.password, c.hash)
		if err != nil || got != c.want {
			t.Errorf("check(%q, %q) = %t %v", c.password, c.hash, got, err)
		}
	}
	if _, err := p.check(t.Context(), goodPassword, "plain"); huifang.CodeOf(err) != huifang.CodeInternal {
		t.Errorf("a hash of another kind: %v", err)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		w.person("admin", "company", "admin")
		ctx := t.Context()
		admin := w.as("admin")
		ingest := []huifang.Permission{huifang.PermEventIngest}
		_, _, err := w.CreateToken(ctx, w.as("east_head"), NewToken{Name: "register", Permissions: ingest})
		wants(t, err, huifang.CodeForbidden, "forbidden")
		_, _, err = w.CreateToken(ctx, admin, NewToken{Name: "register", Permissions: []huifang.Permission{"everything"}})
		wants(t, err, huifang.CodeInvalid, "permission.unknown")
		narrow := &huifang.Actor{Org: w.org.ID, Permissions: map[huifang.Permission]bool{huifang.PermTokenManage: true}}
		_, _, err = w.CreateToken(ctx, narrow, NewToken{Name: "register", Permissions: ingest})
		wants(t, err, huifang.CodeForbidden, "token.beyond")
		_, _, err = w.CreateToken(ctx, admin, NewToken{Name: "register", Permissions: ingest, Expires: w.clock()})
		wants(t, err, huifang.CodeInvalid, "token.expired")

		tok, secret, err := w.CreateToken(ctx, admin, NewToken{Name: " register ", Permissions: ingest, Expires: w.clock().Add(time.Hour)})
		if err != nil || tok.Name != "register" || tok.By != admin.Staff {
			t.Fatalf("%+v %v", tok, err)
		}
		actor, who, err := w.Authenticate(ctx, secret)
		if err != nil || who != nil || actor.Token != tok.ID || actor.Staff != "" || !actor.Can(huifang.PermEventIngest) || actor.Can(huifang.PermFollowupRead) || actor.Units != nil {
			t.Errorf("%+v %v", actor, err)
		}
		if list := must[[]*huifang.Token](t)(w.Tokens(ctx, admin)); len(list) != 1 || list[0].Hash == secret {
			t.Errorf("%+v", list)
		}
		w.setClock(w.clock().Add(time.Hour))
		_, _, err = w.Authenticate(ctx, secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
		tok, secret, err = w.CreateToken(ctx, admin, NewToken{Name: "second", Permissions: ingest})
		if err != nil {
			t.Fatal(err)
		}
		wants(t, w.RevokeToken(ctx, admin, w.newID()), huifang.CodeNotFound, "token.not_found")
		if err := w.RevokeToken(ctx, admin, tok.ID); err != nil {
			t.Fatal(err)
		}
		_, _, err = w.Authenticate(ctx, secret)
		wants(t, err, huifang.CodeUnauthenticated, "session.invalid")
	})
}

func TestActorsReachTheirUnits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, "property")
		w.unit("east_1", "east")
		w.person("admin", "east", "admin")
		w.person("director", "company", "head")
		w.person("by_name", "west", "管家")
		w.person("nobody", "west")
		for code, reach := range map[string][]string{
			"admin": {"company", "east", "east_1", "west"}, "director": {"company", "east", "east_1", "west"},
			"east_head": {"east", "east_1"}, "by_name": {"west"}, "nobody": {"west"},
		} {
			actor := w.as(code)
			for unit, u := range w.units {
				want := false
				for _, r := range reach {
					want = want || r == unit
				}
				if actor.InUnit(u.ID) != want {
					t.Errorf("%s in %s: %t", code, unit, !want)
				}
			}
		}
		if w.as("admin").Units != nil || w.as("director").Units == nil {
			t.Error("only the administrator reaches all units by role")
		}
		if !w.as("by_name").Can(huifang.PermFollowupWork) || w.as("nobody").Can(huifang.PermFollowupRead) {
			t.Error("a role by another name, or none")
		}
		me := must[*Profile](t)(w.Me(t.Context(), w.as("east_head")))
		if me.Staff.Code != "east_head" || len(me.Units) != 2 || len(me.Roles) != 1 || me.Roles[0].Name.ZH != "项目负责人" || me.Organization.Code != "acme" {
			t.Errorf("%+v", me)
		}
	})
}
