package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Likeness is why two contacts, or two assets, may be the same.
type Likeness string

// The likenesses.
const (
	LikePhone   Likeness = "phone"         // the same number
	LikeRoom    Likeness = "room"          // the same name at the same room or address
	LikeNumbers Likeness = "similar_phone" // the same name, numbers that differ by a slip
	LikeCode    Likeness = "code"          // the same code, written otherwise by another source
)

// Duplicates is contacts, or assets, that may be one.
type Duplicates struct {
	Why      Likeness
	Key      string // what they share; a phone number is masked
	Contacts []*huifang.Contact
	Assets   []*huifang.Asset // that may be one; of contacts: theirs, see Contact
}

// DuplicateQuery says where to look.
type DuplicateQuery struct {
	Units []huifang.ID // with those below; nil: all the actor reaches
	Page  Page         // Next is empty when everything was looked at
}

// How much one call looks at: it may answer with few groups, or none, and a
// place to go on from.
const (
	walkStep   = 4000
	walkBudget = 20_000
	likeMost   = 200 // alike ones that are looked at together
)

// ContactDuplicates looks for contacts that may be the same: by number, by name
// and room, by name and similar numbers, by code. Cost is bounded by walkBudget
// entries of an index a call. Contacts are masked; those outside the actor's
// units are left out, as are pairs of which somebody said that they are not the
// same. contact.manage.
func (a *App) ContactDuplicates(ctx context.Context, actor *huifang.Actor, q DuplicateQuery) (Paged[Duplicates], error) {
	return a.duplicates(ctx, actor, q, huifang.KindContact, []store.Walk{store.WalkPhones, store.WalkNames, store.WalkContactCodes})
}

// AssetDuplicates looks for assets that may be the same: by code.
func (a *App) AssetDuplicates(ctx context.Context, actor *huifang.Actor, q DuplicateQuery) (Paged[Duplicates], error) {
	return a.duplicates(ctx, actor, q, huifang.KindAsset, []store.Walk{store.WalkAssetCodes})
}

func (a *App) duplicates(ctx context.Context, actor *huifang.Actor, q DuplicateQuery, kind string, walks []store.Walk) (out Paged[Duplicates], err error) {
	if err := actor.Require(huifang.PermContactManage); err != nil {
		return out, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return out, err
	}
	at, err := placeOf(q.Page.After, walks)
	if err != nil {
		return out, err
	}
	limit := q.Page.Limit
	if limit <= 0 {
		limit = 50
	}
	s := &search{ctx: ctx, app: a, d: d, actor: actor, kind: kind, units: q.Units, limit: min(limit, 200)}
	for i := slices.Index(walks, at.walk); i < len(walks); i++ {
		at.walk = walks[i]
		done, err := s.walk(&at)
		if err != nil {
			return out, err
		}
		if !done {
			return Paged[Duplicates]{Items: s.found, Next: at.String()}, nil
		}
		at.after = ""
	}
	return Paged[Duplicates]{Items: s.found}, nil
}

// place is how far a search has come.
type place struct {
	walk  store.Walk
	after string // key
}

func (p place) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(string(p.walk) + "\x00" + p.after))
}

func placeOf(cursor string, walks []store.Walk) (place, error) {
	if cursor == "" {
		return place{walk: walks[0]}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	walk, after, ok := strings.Cut(string(raw), "\x00")
	if err != nil || !ok || !slices.Contains(walks, store.Walk(walk)) {
		return place{}, huifang.Invalid("page.cursor", huifang.Text{ZH: "翻页标记无效，请从第一页重新开始", EN: "the page marker is not valid; start again from the first page"})
	}
	return place{store.Walk(walk), after}, nil
}

// search is one call's look for duplicates.
type search struct {
	ctx    context.Context //nolint:containedctx // a search lives within one call
	app    *App
	d      *directory
	actor  *huifang.Actor
	kind   string
	units  []huifang.ID
	limit  int
	looked int
	found  []Duplicates
}

// walk goes on through one index; done is false when the call has done enough,
// and at is where it stopped.
func (s *search) walk(at *place) (done bool, err error) {
	for len(s.found) < s.limit && s.looked < walkBudget {
		entries, err := s.app.reads().Walk(s.ctx, s.d.org.ID, at.walk, at.after, walkStep)
		if err != nil {
			return false, err
		}
		s.looked += len(entries)
		last := len(entries) < walkStep
		if !last {
			entries = whole(entries)
		}
		for len(entries) > 0 {
			n := walkStep
			if at.walk == store.WalkPhones || at.walk == store.WalkNames {
				n = run(entries)
			}
			n = min(n, len(entries))
			if err := s.look(at.walk, entries[:n]); err != nil {
				return false, err
			}
			at.after = entries[n-1].Key
			entries = entries[n:]
			if len(s.found) >= s.limit && (len(entries) > 0 || !last) {
				return false, nil
			}
		}
		if last {
			return true, nil
		}
	}
	return false, nil
}

// whole drops the last key's entries, of which there may be more, unless there
// are no others: so many under one key are taken as they come.
func whole(entries []store.Keyed) []store.Keyed {
	n := len(entries)
	for n > 0 && entries[n-1].Key == entries[len(entries)-1].Key {
		n--
	}
	if n == 0 {
		return entries
	}
	return entries[:n]
}

// run is how many entries share the first one's key.
func run(entries []store.Keyed) int {
	n := 1
	for n < len(entries) && entries[n].Key == entries[0].Key {
		n++
	}
	return n
}

// look examines what stands together in an index.
func (s *search) look(w store.Walk, entries []store.Keyed) error {
	if w == store.WalkContactCodes || w == store.WalkAssetCodes {
		return s.lookAtCodes(entries)
	}
	if len(entries) < 2 {
		return nil
	}
	ids := make([]huifang.ID, 0, min(len(entries), likeMost))
	for _, e := range entries[:min(len(entries), likeMost)] {
		ids = append(ids, e.ID)
	}
	if w == store.WalkPhones {
		return s.add(LikePhone, maskPhone(entries[0].Key), ids)
	}
	return s.lookAtNames(entries[0].Key, ids)
}
