package pack

import (
	"reflect"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/plan"
)

// texts are the words as plain strings; no words are nil.
func texts[T ~string](words ...T) []string {
	if len(words) == 0 {
		return nil
	}
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}

// wordsOf lists the only texts that a field may hold, or nil where any will
// do: by the field of its struct, or by its own type, lists by their items'.
func wordsOf(owner reflect.Type, name string, t reflect.Type) []string {
	if w := wordsOfField(owner, name); w != nil {
		return w
	}
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[huifang.Channel]():
		return texts(huifang.Channels()...)
	case reflect.TypeFor[huifang.Permission]():
		return texts(huifang.Permissions()...)
	case reflect.TypeFor[huifang.Severity]():
		return texts(huifang.SeverityGeneral, huifang.SeverityMajor)
	case reflect.TypeFor[huifang.Verdict]():
		return texts(huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified)
	case reflect.TypeFor[huifang.State]():
		return texts(huifang.StatePlanned, huifang.StateOverdue, huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived, huifang.StateCancelled)
	case reflect.TypeFor[plan.Subject]():
		return texts(plan.SubjectEvent, plan.SubjectContact, plan.SubjectAsset, plan.SubjectStaff)
	case reflect.TypeFor[plan.Shift]():
		return texts(plan.ShiftNext, plan.ShiftPrevious)
	case reflect.TypeFor[form.Kind]():
		return texts(form.Kinds()...)
	case reflect.TypeFor[form.Op]():
		return texts(form.OpEq, form.OpNe, form.OpIn, form.OpNotIn, form.OpLt, form.OpLe, form.OpGt, form.OpGe, form.OpAnswered, form.OpUnanswered)
	case reflect.TypeFor[PhraseKind]():
		return texts(PhraseKinds()...)
	}
	return nil
}

func wordsOfField(owner reflect.Type, name string) []string { //nolint:cyclop // one case a field
	type at struct {
		owner reflect.Type
		name  string
	}
	switch (at{owner, name}) {
	case at{reflect.TypeFor[plan.Outcome](), "on"}, at{reflect.TypeFor[plan.After](), "on"}:
		return []string{"completed", "unreachable", "waived"}
	case at{reflect.TypeFor[plan.Repeat](), "weekday"}:
		return []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	case at{reflect.TypeFor[plan.EventType](), "needs"}:
		return []string{"customer", "contact", "asset", "unit", "department", "staff"}
	case at{reflect.TypeFor[plan.AttributeType](), "type"}:
		return []string{"text", "number", "bool", "date", "datetime", "choice", "list"}
	case at{reflect.TypeFor[ImportSheet](), "kind"}:
		return []string{"events", "contacts", "assets", "staff"}
	case at{reflect.TypeFor[RecurrenceRule](), "by"}:
		return []string{"contact", "asset"}
	case at{reflect.TypeFor[Ledger](), "rows"}:
		return []string{"followups", "contacts", "groups"}
	case at{reflect.TypeFor[Ledger](), "period"}:
		return Periods()
	case at{reflect.TypeFor[Ledger](), "dated"}:
		return []string{"closes", "opens", "done", "open"}
	case at{reflect.TypeFor[Ledger](), "layout"}:
		return []string{"list", "cards"}
	case at{reflect.TypeFor[LedgerColumn](), "pick"}:
		return []string{"last", "first", "next", "each"}
	case at{reflect.TypeFor[LedgerColumn](), "per"}:
		return []string{"contact"}
	case at{reflect.TypeFor[Figure](), "code"}:
		return Figures()
	case at{reflect.TypeFor[SheetList](), "code"}:
		return Lists()
	case at{reflect.TypeFor[Column](), "code"}:
		return Columns()
	}
	return nil
}
