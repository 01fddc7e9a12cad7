package app

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/huifang/huifang"
)

// FilledPhrase is a phrase as it is said in one follow-up.
type FilledPhrase struct {
	Code string
	Kind string
	Hint huifang.Text
	Text huifang.Text
}

// FilledScript is a follow-up's script with the contact's data in it, for
// whoever may read the follow-up: names as they are, phone and id numbers
// masked. What is not known shows as the phrase's own words for it, or as a
// label in brackets. No script: no phrases.
func (a *App) FilledScript(ctx context.Context, actor *huifang.Actor, id huifang.ID) ([]FilledPhrase, error) {
	detail, err := a.Followup(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	script := d.script(detail.Followup.Script)
	if script == nil {
		return nil, nil
	}
	zh, en := d.phraseValues(actor, detail, huifang.ZH, a), d.phraseValues(actor, detail, huifang.EN, a)
	out := make([]FilledPhrase, 0, len(script.Phrases))
	for _, ph := range script.Phrases {
		out = append(out, FilledPhrase{
			Code: ph.Code, Kind: string(ph.Kind), Hint: ph.Hint, Text: huifang.Text{ZH: ph.Fill(huifang.ZH, zh), EN: ph.Fill(huifang.EN, en)},
		})
	}
	return out, nil
}

// phraseValues are what the placeholders of a phrase stand for, see
// pack.Placeholders.
func (d *directory) phraseValues(actor *huifang.Actor, f *FollowupDetail, lang huifang.Lang, a *App) map[string]string {
	zone := d.zoneOf(f.Followup.Unit)
	out := map[string]string{
		"contact": f.ContactName, "staff": d.staffName(actor.Staff), "organization": d.org.Name.In(lang), "unit": f.UnitName,
		"department": f.Followup.Department, "asset": f.AssetName, "matter": f.Followup.Matter, "phone": f.Phone, "number": f.Followup.Number,
		"today": huifang.DateOf(a.now(), zone).String(), "closes": f.Followup.Window.Closes.Date.String(),
	}
	if !f.Next.At.IsZero() {
		out["next_on"] = huifang.DateOf(f.Next.At, zone).String()
	}
	if f.Asset != nil {
		attributeValues(out, f.Asset.Attributes)
	}
	if f.Contact != nil {
		attributeValues(out, f.Contact.Attributes)
	}
	if f.Event != nil {
		out["event_date"], out["event_staff"] = huifang.DateOf(f.Event.At, zone).String(), d.staffName(f.Event.Staff)
		attributeValues(out, f.Event.Attributes)
	}
	return out
}

// attributeValues adds attributes, which come masked; later ones win.
func attributeValues(out map[string]string, from huifang.Attributes) {
	for name, v := range from {
		switch v := v.(type) {
		case string:
			out["attr."+name] = v
		case float64:
			out["attr."+name] = strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
}

// FormVersion is one version of a form that records were made with.
type FormVersion struct {
	Version int
	Name    huifang.Text
	Items   int
	At      time.Time // when it was activated
}

// FormVersions lists the versions of a form, the newest first.
func (a *App) FormVersions(ctx context.Context, actor *huifang.Actor, code string) ([]FormVersion, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	kept, err := a.reads().VersionsOf(ctx, actor.Org, kindForm, code)
	if err != nil {
		return nil, err
	}
	if len(kept) == 0 {
		return nil, huifang.Fail(huifang.CodeNotFound, "form.unknown", huifang.Textf("没有表单“%s”", "there is no form %q", code))
	}
	out := make([]FormVersion, 0, len(kept))
	for _, v := range kept {
		var def struct {
			Name  huifang.Text      `json:"name"`
			Items []json.RawMessage `json:"items"`
		}
		if err := json.Unmarshal([]byte(v.Definition), &def); err != nil {
			return nil, huifang.Wrap(err)
		}
		out = append(out, FormVersion{Version: v.Version, Name: def.Name, Items: len(def.Items), At: v.At})
	}
	return out, nil
}
