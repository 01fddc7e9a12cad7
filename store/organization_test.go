package store_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// noon is the instant the tests' records are made at.
var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

func newID() huifang.ID {
	var entropy [10]byte
	_, _ = rand.Read(entropy[:])
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

func TestOrganization(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o := &huifang.Organization{
			ID: newID(), Code: "yayuan", Name: huifang.Text{ZH: "雅园物业", EN: "Yayuan"}, Zone: "Asia/Shanghai", Lang: huifang.ZH,
			Packs: []string{"property"}, Created: noon,
		}
		write(t, s, func(tx *store.Tx) error { return tx.SaveOrganization(ctx, o) })
		got, err := s.View().OrganizationByCode(ctx, "yayuan")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", got)
	})
}
