package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// search: one box for everything people look for.
func (s *service) search() {
	register(s, "search", op{
		id: "search", method: http.MethodGet, path: "/search", zh: "按姓名、拼音、电话、房号、车牌、编号查找", en: "Find contacts, assets, follow-ups and cases",
		needs: may(huifang.PermContactRead, huifang.PermFollowupRead, huifang.PermFollowupWork, huifang.PermCaseRead),
	}, s.find)
}

// Found is what was found, the nearest first, at most ten of each kind. What
// the caller may not read is left out.
type Found struct {
	Contacts  []FoundContact `json:"contacts"`
	Assets    []FoundAsset   `json:"assets"`
	Followups []Followup     `json:"followups"`
	Cases     []Case         `json:"cases"`
}

// FoundContact is a contact with the name of its unit.
type FoundContact struct {
	Contact
	UnitName string `json:"unit_name,omitempty"`
}

// FoundAsset is an asset with the names of its unit and contact.
type FoundAsset struct {
	Asset
	UnitName    string `json:"unit_name,omitempty"`
	ContactName string `json:"contact_name,omitempty"`
}

type findInput struct {
	Q string `query:"q" required:"true" maxLength:"100" doc:"The beginning of a name, in Chinese, pinyin or initials; the last four digits of a phone number, or the whole of it for who may reveal numbers; the beginning or end of a room, plate or serial number; the number of a follow-up or case, or its last digits. At least two characters, or one Chinese character."`
}

func (s *service) find(ctx context.Context, actor *huifang.Actor, in *findInput) (*answer[Found], error) {
	f, err := s.app.Search(ctx, actor, in.Q)
	if err != nil {
		return nil, err
	}
	return &answer[Found]{Body: Found{
		Contacts: turned(f.Contacts, func(c app.FoundContact) FoundContact {
			return FoundContact{Contact: newContact(c.Contact), UnitName: c.UnitName}
		}),
		Assets: turned(f.Assets, func(a app.FoundAsset) FoundAsset {
			return FoundAsset{Asset: newAsset(a.Asset), UnitName: a.UnitName, ContactName: a.ContactName}
		}),
		Followups: turned(f.Followups, newFollowupLine), Cases: turned(f.Cases, newCaseLine),
	}}, nil
}
