package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
)

// mostFound is how many of each kind a search finds.
const mostFound = 10

// Found is what a search found, the nearest first, at most ten of each kind.
// Phone and id numbers are masked.
type Found struct {
	Contacts  []FoundContact
	Assets    []FoundAsset
	Followups []FollowupLine
	Cases     []CaseLine
}

// FoundContact is a contact with the name of its unit.
type FoundContact struct {
	Contact  *huifang.Contact
	UnitName string
}

// FoundAsset is an asset with the names of its unit and contact.
type FoundAsset struct {
	Asset       *huifang.Asset
	UnitName    string
	ContactName string
}

// Search finds by what people have at hand: the beginning of a contact's name
// in Chinese, in pinyin or by its initials, the last four digits of a phone
// number or, for who may reveal numbers, the whole number; the beginning or end
// of a room, plate or serial number; the number of a follow-up or a case, or its
// last digits. What the actor may not read is left out, each kind without
// permission is empty. One letter alone finds nothing.
func (a *App) Search(ctx context.Context, actor *huifang.Actor, text string) (*Found, error) {
	out := &Found{}
	if err := reader(actor); err != nil {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if len(text) < 2 {
		return out, nil
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	units, none := scope(actor, nil)
	if actor.Can(huifang.PermContactRead) && !none {
		if err := a.searchContacts(ctx, actor, d, units, text, out); err != nil {
			return nil, err
		}
		if err := a.searchAssets(ctx, actor, d, units, text, out); err != nil {
			return nil, err
		}
	}
	if err := a.searchFollowups(ctx, actor, d, text, out); err != nil {
		return nil, err
	}
	return out, a.searchCases(ctx, actor, d, text, out)
}

// reader refuses whoever may read none of what a search finds.
func reader(actor *huifang.Actor) error {
	if slices.ContainsFunc([]huifang.Permission{huifang.PermFollowupRead, huifang.PermFollowupWork, huifang.PermCaseRead}, actor.Can) {
		return nil
	}
	return actor.Require(huifang.PermContactRead)
}

func (a *App) searchContacts(ctx context.Context, actor *huifang.Actor, d *directory, units []huifang.ID, text string, out *Found) error {
	var found []*huifang.Contact
	var err error
	phones, _ := sheet.Phones(text)
	switch {
	case len(text) == 4 && isDigits(text):
		found, err = a.reads().ContactsByLastDigits(ctx, actor.Org, units, text, mostFound)
	case len(phones) == 1:
		if actor.Can(huifang.PermContactReveal) {
			found, err = a.reads().ContactsByNumber(ctx, actor.Org, units, phones[0], mostFound)
		}
	default:
		found, err = a.reads().SearchContacts(ctx, actor.Org, units, text, mostFound)
	}
	for _, c := range found {
		out.Contacts = append(out.Contacts, FoundContact{Contact: maskContact(c), UnitName: d.unitName(c.Unit)})
	}
	return err
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func (a *App) searchAssets(ctx context.Context, actor *huifang.Actor, d *directory, units []huifang.ID, text string, out *Found) error {
	found, err := a.reads().SearchAssets(ctx, actor.Org, units, text, mostFound)
	if err != nil {
		return err
	}
	var owners idSet
	for _, x := range found {
		owners.add(x.Contact)
	}
	contacts, err := a.reads().ContactsByID(ctx, actor.Org, owners.list)
	for _, x := range found {
		hit := FoundAsset{Asset: maskAsset(x), UnitName: d.unitName(x.Unit)}
		if c := contacts[x.Contact]; c != nil && actor.InUnit(c.Unit) {
			hit.ContactName = maskText(c.Name)
		}
		out.Assets = append(out.Assets, hit)
	}
	return err
}

func (a *App) searchFollowups(ctx context.Context, actor *huifang.Actor, d *directory, text string, out *Found) error {
	var found []*huifang.Followup
	for _, number := range a.numbers(d, "HF", text) {
		f, err := a.reads().FollowupByNumber(ctx, actor.Org, number)
		if absent(err) != nil {
			return err
		}
		if err == nil && huifang.CanReadFollowup(actor, f) == nil {
			found = append(found, f)
		}
	}
	lines, err := a.lines(ctx, d, found)
	out.Followups = lines
	return err
}

func (a *App) searchCases(ctx context.Context, actor *huifang.Actor, d *directory, text string, out *Found) error {
	var found []*huifang.Case
	for _, number := range a.numbers(d, "AJ", text) {
		c, err := a.reads().CaseByNumber(ctx, actor.Org, number)
		if absent(err) != nil {
			return err
		}
		if err == nil && canReadCase(actor, c) == nil {
			found = append(found, c)
		}
	}
	lines, err := a.caseLines(ctx, d, found)
	out.Cases = lines
	return err
}

// numbers are the human numbers that a text may stand for: itself, or the last
// digits of one of this year or the last.
func (a *App) numbers(d *directory, prefix, text string) []string {
	text = strings.ToUpper(text)
	if strings.HasPrefix(text, prefix+"-") {
		return []string{text}
	}
	text = strings.TrimPrefix(text, prefix)
	n, err := strconv.Atoi(text)
	if err != nil || !isDigits(text) || len(text) > 9 || n == 0 {
		return nil
	}
	year, _, _ := huifang.DateOf(a.now(), d.zone).Civil()
	return []string{fmt.Sprintf("%s-%d-%06d", prefix, year, n), fmt.Sprintf("%s-%d-%06d", prefix, year-1, n)}
}
