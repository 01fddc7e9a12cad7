package api

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// Kind is a kind of contact or asset with the attributes it carries.
type Kind struct {
	Code       string       `json:"code" example:"household"`
	Name       huifang.Text `json:"name"`
	Attributes []Attribute  `json:"attributes"`
}

// Kinds are the kinds of contact and of asset of the organization's trade.
type Kinds struct {
	Contacts []Kind `json:"contacts"`
	Assets   []Kind `json:"assets"`
}

func newKind(k app.SubjectKind) Kind {
	return Kind{Code: k.Code, Name: k.Name, Attributes: newAttributes(k.Attributes)}
}

func newAttributes(types []app.AttributeType) []Attribute {
	out := []Attribute{}
	for i := range types {
		a := &types[i]
		values := []Value{}
		for _, v := range a.Values {
			values = append(values, Value{Code: v.Code, Name: v.Name})
		}
		out = append(out, Attribute{Name: a.Name, Label: a.Label, Type: a.Type, Required: a.Required, Min: a.Min, Max: a.Max, Values: values})
	}
	return out
}

func (s *service) kinds(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[Kinds], error) {
	contacts, assets, err := s.app.SubjectKinds(ctx, actor)
	if err != nil {
		return nil, err
	}
	return &answer[Kinds]{Body: Kinds{Contacts: turned(contacts, newKind), Assets: turned(assets, newKind)}}, nil
}
