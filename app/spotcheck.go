package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// SpotCheck is a random sample of records that was drawn to be checked (抽查),
// with the opinions on them. The same seed draws the same sample from the same
// records: each is ranked by the hash of seed and follow-up.
type SpotCheck struct {
	ID         huifang.ID      `json:"id"`
	Seed       string          `json:"seed"`
	From       huifang.Date    `json:"from"` // by the day the records were made
	To         huifang.Date    `json:"to"`
	Unit       huifang.ID      `json:"unit,omitempty"` // and those below it
	Program    string          `json:"program,omitempty"`
	Percent    float64         `json:"percent,omitempty"` // of each department's records
	Count      int             `json:"count,omitempty"`   // or so many of each department
	Drawn      time.Time       `json:"drawn"`
	By         huifang.ID      `json:"by,omitempty"`
	Population int             `json:"population"` // records it was drawn from
	Items      []SpotCheckItem `json:"items"`      // by department
}

// SpotCheckItem is one record to check, with what was found.
type SpotCheckItem struct {
	Followup   huifang.ID      `json:"followup"`
	Department string          `json:"department,omitempty"`
	Result     SpotCheckResult `json:"result,omitempty"`
	Opinion    string          `json:"opinion,omitempty"`
	By         huifang.ID      `json:"by,omitempty"`
	At         time.Time       `json:"at,omitzero"`
	Case       huifang.ID      `json:"case,omitempty"` // that a fault opened
}

// SpotCheckResult is what the check of one record found.
type SpotCheckResult string

// The results.
const (
	SpotCheckOpen  SpotCheckResult = ""
	SpotCheckSound SpotCheckResult = "sound"
	SpotCheckFault SpotCheckResult = "fault"
)

// Checked counts the items with a result.
func (c *SpotCheck) Checked() (n int) {
	for i := range c.Items {
		if c.Items[i].Result != SpotCheckOpen {
			n++
		}
	}
	return n
}

// Faults counts the items at fault.
func (c *SpotCheck) Faults() (n int) {
	for i := range c.Items {
		if c.Items[i].Result == SpotCheckFault {
			n++
		}
	}
	return n
}

// SpotCheckInput says what to draw from. Percent or Count; Seed empty: a new
// one.
type SpotCheckInput struct {
	From, To huifang.Date
	Unit     huifang.ID
	Program  string
	Percent  float64
	Count    int
	Seed     string
}

// kindSpotCheck is how spot checks are kept: as documents of which every
// version stays.
const kindSpotCheck = "spot_check"

// mostSpotChecked bounds how many records one spot check is drawn from.
const mostSpotChecked = 200_000

func (in *SpotCheckInput) check() error {
	switch {
	case in.From == huifang.NoDate || in.To == huifang.NoDate || in.To < in.From || in.To > in.From.AddMonths(24):
		return fieldFault("to", "spotcheck.range", huifang.Text{ZH: "请填写起止日期，截止不早于起始，最长两年", EN: "name the first and the last day, at most two years"})
	case (in.Percent > 0) == (in.Count > 0) || in.Percent < 0 || in.Percent > 100 || in.Count < 0 || in.Count > 500:
		return fieldFault("percent", "spotcheck.size", huifang.Text{ZH: "请填写抽查比例（1–100%）或每个部门的份数（1–500），二者填一", EN: "name a share of 1 to 100 % or 1 to 500 records of each department, one of the two"})
	case len(in.Seed) > 100:
		return fieldFault("seed", "spotcheck.seed", huifang.Text{ZH: "种子过长", EN: "the seed is too long"})
	}
	return nil
}

// DrawSpotCheck draws a sample of the records made from From to To, department
// by department, and keeps it. followup.review over the unit.
func (a *App) DrawSpotCheck(ctx context.Context, actor *huifang.Actor, in SpotCheckInput) (*SpotCheck, error) {
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	units, err := d.reach(actor, in.Unit, huifang.PermFollowupReview)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	id := a.newID()
	c := &SpotCheck{
		ID: id, Seed: cmp.Or(strings.TrimSpace(in.Seed), string(id[len(id)-12:])), From: in.From, To: in.To, Unit: in.Unit, Program: in.Program,
		Percent: in.Percent, Count: in.Count, Drawn: a.now(), By: actor.Staff,
	}
	if err := a.draw(ctx, d, c, units); err != nil {
		return nil, err
	}
	return c, a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.saveSpotCheck(ctx, tx, actor.Org, c); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "spotcheck.drawn", kindSpotCheck, c.ID, map[string]any{"seed": c.Seed, "population": c.Population, "drawn": len(c.Items)})
	})
}

// draw ranks the records of every department and takes the first.
func (a *App) draw(ctx context.Context, d *directory, c *SpotCheck, units []huifang.ID) error {
	type ranked struct {
		rank [sha256.Size]byte
		id   huifang.ID
	}
	of := map[string][]ranked{}
	filter := store.FollowupFilter{
		States: []huifang.State{huifang.StateCompleted}, Units: units, Program: c.Program, Now: a.now(),
		DoneFrom: c.From.AddDays(-1).At(0, d.zone), DoneTo: c.To.AddDays(2).At(0, d.zone),
	}
	err := a.reads().EachFollowup(ctx, d.org.ID, filter, func(f *huifang.Followup) error {
		if on := huifang.DateOf(f.DoneAt, d.zoneOf(f.Unit)); on < c.From || c.To < on {
			return nil
		}
		if c.Population++; c.Population > mostSpotChecked {
			return ledgerTooLarge()
		}
		of[f.Department] = append(of[f.Department], ranked{sha256.Sum256([]byte(c.Seed + "\x00" + string(f.ID))), f.ID})
		return nil
	})
	if err != nil {
		return err
	}
	c.Items = []SpotCheckItem{}
	for _, department := range slices.Sorted(maps.Keys(of)) {
		all := of[department]
		slices.SortFunc(all, func(x, y ranked) int { return bytes.Compare(x.rank[:], y.rank[:]) })
		n := c.Count
		if c.Percent > 0 {
			n = int(math.Ceil(float64(len(all)) * c.Percent / 100))
		}
		for _, r := range all[:min(n, len(all))] {
			c.Items = append(c.Items, SpotCheckItem{Followup: r.id, Department: department})
		}
	}
	return nil
}

func (a *App) saveSpotCheck(ctx context.Context, tx *store.Tx, org huifang.ID, c *SpotCheck) error {
	body, err := json.Marshal(c)
	if err != nil {
		return huifang.Wrap(err)
	}
	sum := sha256.Sum256(body)
	return tx.SaveProgramVersion(ctx, &huifang.ProgramVersion{
		Org: org, Kind: kindSpotCheck, Code: string(c.ID), Definition: string(body), Hash: hex.EncodeToString(sum[:]), At: a.now(),
	})
}

// SpotChecks lists those of the actor's units, newest first. followup.review.
func (a *App) SpotChecks(ctx context.Context, actor *huifang.Actor) ([]SpotCheck, error) {
	if err := actor.Require(huifang.PermFollowupReview); err != nil {
		return nil, err
	}
	kept, err := a.reads().ProgramVersions(ctx, actor.Org, kindSpotCheck)
	if err != nil {
		return nil, err
	}
	var out []SpotCheck
	for _, v := range slices.Backward(kept) {
		c, err := decodeSpotCheck(v)
		if err != nil {
			return nil, err
		}
		if mayCheck(actor, c) == nil {
			out = append(out, *c)
		}
	}
	return out, nil
}

func decodeSpotCheck(v *huifang.ProgramVersion) (*SpotCheck, error) {
	c := &SpotCheck{}
	return c, huifang.Wrap(json.Unmarshal([]byte(v.Definition), c))
}

// mayCheck: one over the whole organization is for whoever reaches all of it,
// and for who drew it.
func mayCheck(actor *huifang.Actor, c *SpotCheck) error {
	if c.Unit == "" && (actor.Units == nil || actor.System || actor.Staff != "" && actor.Staff == c.By) {
		return actor.Require(huifang.PermFollowupReview)
	}
	if c.Unit == "" {
		return huifang.Fail(huifang.CodeForbidden, "forbidden", huifang.Text{ZH: "该抽查覆盖您管理范围之外的单位", EN: "the spot check covers units outside your scope"})
	}
	return actor.RequireIn(huifang.PermFollowupReview, actor.Org, c.Unit)
}

// SpotCheckDetail is a spot check with the follow-ups it names.
type SpotCheckDetail struct {
	SpotCheck
	Lines []FollowupLine        // of Items, in their order; one that is gone is left out
	Names map[huifang.ID]string // of staff named
}

// SpotCheck is one spot check. followup.review over its unit.
func (a *App) SpotCheck(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*SpotCheckDetail, error) {
	if err := actor.Require(huifang.PermFollowupReview); err != nil {
		return nil, err
	}
	v, err := a.reads().ProgramVersion(ctx, actor.Org, kindSpotCheck, string(id), 0)
	if err != nil {
		return nil, err
	}
	c, err := decodeSpotCheck(v)
	if err != nil {
		return nil, err
	}
	if err := mayCheck(actor, c); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	return a.spotCheckDetail(ctx, d, c)
}

func (a *App) spotCheckDetail(ctx context.Context, d *directory, c *SpotCheck) (*SpotCheckDetail, error) {
	ids, people := make([]huifang.ID, len(c.Items)), []huifang.ID{c.By}
	for i := range c.Items {
		ids[i] = c.Items[i].Followup
		people = append(people, c.Items[i].By)
	}
	found, err := a.reads().FollowupsByID(ctx, d.org.ID, ids)
	if err != nil {
		return nil, err
	}
	list := make([]*huifang.Followup, 0, len(ids))
	for _, id := range ids {
		if f := found[id]; f != nil {
			list = append(list, f)
		}
	}
	out := &SpotCheckDetail{SpotCheck: *c, Names: d.names(people...)}
	out.Lines, err = a.lines(ctx, d, list)
	return out, err
}

// SpotCheckOpinion is what was found of one record. A fault needs words.
type SpotCheckOpinion struct {
	Followup huifang.ID
	Result   SpotCheckResult
	Opinion  string
}

// Opine notes what the check of one record found: never of one's own. A fault
// opens a case to the unit's head, once. followup.review over the check's unit.
func (a *App) Opine(ctx context.Context, actor *huifang.Actor, id huifang.ID, in SpotCheckOpinion) (*SpotCheckDetail, error) {
	seen, err := a.SpotCheck(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	c := &seen.SpotCheck
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		v, err := tx.ProgramVersion(ctx, actor.Org, kindSpotCheck, string(id), 0)
		if err != nil {
			return err
		}
		if c, err = decodeSpotCheck(v); err != nil {
			return err
		}
		return a.opine(ctx, tx, d, actor, c, in)
	})
	if err != nil {
		return nil, err
	}
	return a.spotCheckDetail(ctx, d, c)
}

func (in *SpotCheckOpinion) check() error {
	in.Opinion = strings.TrimSpace(in.Opinion)
	switch in.Result {
	case SpotCheckSound:
		return nil
	case SpotCheckFault:
		return required("opinion", in.Opinion)
	case SpotCheckOpen:
	}
	return fieldFault("result", "spotcheck.result", huifang.Text{ZH: "结论应为 sound（符合要求）或 fault（存在问题）", EN: "a result is sound or fault"})
}

func (a *App) opine(ctx context.Context, tx *store.Tx, d *directory, actor *huifang.Actor, c *SpotCheck, in SpotCheckOpinion) error {
	i := slices.IndexFunc(c.Items, func(it SpotCheckItem) bool { return it.Followup == in.Followup })
	if i < 0 {
		return huifang.Fail(huifang.CodeNotFound, "spotcheck.not_drawn", huifang.Text{ZH: "该回访不在抽查之列", EN: "the follow-up is not among those drawn"})
	}
	f, err := tx.Followup(ctx, actor.Org, in.Followup)
	if err != nil {
		return err
	}
	if actor.Staff != "" && (f.DoneBy == actor.Staff || f.Lead == actor.Staff) {
		return huifang.OwnRecord()
	}
	it := &c.Items[i]
	it.Result, it.Opinion, it.By, it.At = in.Result, in.Opinion, actor.Staff, a.now()
	if in.Result == SpotCheckFault && it.Case == "" {
		k := d.caseOf(a, f)
		k.Followup, k.Matter = "", huifang.Text{ZH: "抽查发现：", EN: "spot check: "}.In(cmp.Or(d.org.Lang, huifang.ZH))+in.Opinion // a case of its own
		if err := a.openCase(ctx, tx, d, k); err != nil {
			return err
		}
		it.Case = k.ID
	}
	if err := a.saveSpotCheck(ctx, tx, actor.Org, c); err != nil {
		return err
	}
	return a.audit(ctx, tx, actor, "spotcheck.opined", "followup", f.ID, map[string]any{"check": c.ID, "result": in.Result, "opinion": in.Opinion})
}
