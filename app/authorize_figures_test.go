package app

import (
	"context"
	"io"

	"github.com/huifang/huifang"
)

// matrixRow is what a use case answers each kind of actor.
type matrixRow struct {
	method, want string
	call         func(x *gate, a *huifang.Actor) error
}

func (x *gate) spotCheck(a *huifang.Actor) (*SpotCheck, error) {
	return x.DrawSpotCheck(context.Background(), a, SpotCheckInput{From: day("2026-03-01"), To: day("2026-03-31"), Unit: x.units["east"].ID, Percent: 100})
}

// figuresMatrix are the rows about figures, ledgers, spot checks, the audit
// chain and alerts.
func figuresMatrix() []matrixRow {
	ctx := context.Background()
	east := func(x *gate) huifang.ID { return x.units["east"].ID }
	month := huifang.MakeMonth(2026, 3)
	return []matrixRow{
		{"Recurrences", "fffooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Recurrences(ctx, a, RecurrenceFilter{}); return err }},
		{"DetectRecurrences", "fffooooo", func(x *gate, a *huifang.Actor) error { _, err := x.DetectRecurrences(ctx, a, month); return err }},
		{"DecideRecurrence", "fffffoon", func(x *gate, a *huifang.Actor) error {
			_, _, err := x.DecideRecurrence(ctx, a, x.recurrence().ID, DecideInput{Decision: "major", Opinion: "重视"})
			return err
		}},
		{"MonthSheet", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.MonthSheet(ctx, a, MonthQuery{Month: month, Unit: east(x)})
			return err
		}},
		{"MonthSheet of all one reaches", "fffooooo", func(x *gate, a *huifang.Actor) error {
			_, err := x.MonthSheet(ctx, a, MonthQuery{Month: month})
			return err
		}},
		{"LiveSheet", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.LiveSheet(ctx, a, MonthQuery{Month: month, Unit: east(x)})
			return err
		}},
		{"MonthLayout", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.MonthLayout(ctx, a, MonthQuery{Month: month, Unit: east(x)})
			return err
		}},
		{"WriteMonth", "fffofoon", func(x *gate, a *huifang.Actor) error {
			return x.WriteMonth(ctx, a, MonthQuery{Month: month, Unit: east(x)}, "csv", io.Discard)
		}},
		{"Tallies", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.Tallies(ctx, a, TallyQuery{From: month, To: month, Unit: east(x)})
			return err
		}},
		{"DrillDown", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.DrillDown(ctx, a, Cell{Month: month, Unit: east(x), Figure: FigureDue})
			return err
		}},
		{"Ledgers", "fooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Ledgers(ctx, a); return err }},
		{"LedgerLayout", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.LedgerLayout(ctx, a, LedgerQuery{Pack: "property", Code: "by_department", Unit: east(x)})
			return err
		}},
		{"WriteLedger", "fofofoon", func(x *gate, a *huifang.Actor) error {
			return x.WriteLedger(ctx, a, LedgerQuery{Pack: "property", Code: "by_department", Unit: east(x)}, "csv", io.Discard)
		}},
		{"LedgerFollowups", "fofofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.LedgerFollowups(ctx, a, LedgerQuery{Pack: "property", Code: "by_department", Unit: east(x)}, "工程部", 1)
			return err
		}},
		{"DrawSpotCheck", "fffofoon", func(x *gate, a *huifang.Actor) error { _, err := x.spotCheck(a); return err }},
		{"SpotChecks", "fffooooo", func(x *gate, a *huifang.Actor) error { _, err := x.SpotChecks(ctx, a); return err }},
		{"SpotCheck", "fffofoon", func(x *gate, a *huifang.Actor) error {
			_, err := x.SpotCheck(ctx, a, must[*SpotCheck](x.t)(x.spotCheck(x.sys)).ID)
			return err
		}},
		{"WriteSpotCheck", "fffofoon", func(x *gate, a *huifang.Actor) error {
			return x.WriteSpotCheck(ctx, a, must[*SpotCheck](x.t)(x.spotCheck(x.sys)).ID, huifang.ZH, io.Discard)
		}},
		{"Opine", "fffofoon", func(x *gate, a *huifang.Actor) error {
			f := x.done()
			_, err := x.Opine(ctx, a, must[*SpotCheck](x.t)(x.spotCheck(x.sys)).ID, SpotCheckOpinion{Followup: f.ID, Result: SpotCheckSound})
			return err
		}},
		{"FreezeMonth", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, err := x.FreezeMonth(ctx, a, huifang.MakeMonth(2025, 2))
			return err
		}},
		{"FrozenMonths", "fffooooo", func(x *gate, a *huifang.Actor) error { _, err := x.FrozenMonths(ctx, a); return err }},
		{"AuditEntries", "ffffffoo", func(x *gate, a *huifang.Actor) error {
			_, err := x.AuditEntries(ctx, a, AuditFilter{}, Page{})
			return err
		}},
		{"AuditEntries of a record", "fffffoon", func(x *gate, a *huifang.Actor) error {
			page, err := x.AuditEntries(ctx, a, AuditFilter{Record: x.done().ID}, Page{})
			if err == nil && len(page.Items) == 0 {
				return huifang.Fail(huifang.CodeNotFound, "", huifang.Text{})
			}
			return err
		}},
		{"VerifyAudit", "ffffffoo", func(x *gate, a *huifang.Actor) error { _, err := x.VerifyAudit(ctx, a); return err }},
		{"Alerts", "oooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.Alerts(ctx, a, false, Page{}); return err }},
		{"UnreadAlerts", "oooooooo", func(x *gate, a *huifang.Actor) error { _, err := x.UnreadAlerts(ctx, a); return err }},
		{"ReadAlerts", "oooooooo", func(x *gate, a *huifang.Actor) error { return x.ReadAlerts(ctx, a) }},
	}
}
