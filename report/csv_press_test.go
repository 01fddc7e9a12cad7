package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

// rowOf is a row of few values, so that columns repeat and change.
func rowOf(t *rapid.T) report.FollowupRow {
	word := rapid.SampledFrom([]string{"", "回访", "a,b", "=1", "工程部"})
	day := rapid.Custom(func(t *rapid.T) huifang.Moment {
		return huifang.Moment{
			Date:  rapid.SampledFrom([]huifang.Date{huifang.NoDate, -1, 0, 511, 512, 20_000, 20_512}).Draw(t, "date"),
			Clock: rapid.SampledFrom([]huifang.Clock{huifang.NoClock, 0, 545}).Draw(t, "clock"),
		}
	})
	return report.FollowupRow{
		Number: word.Draw(t, "number"), Program: word.Draw(t, "program"), Step: word.Draw(t, "step"), Occurrence: rapid.IntRange(1, 2).Draw(t, "occurrence"),
		Unit: word.Draw(t, "unit"), Department: word.Draw(t, "department"), Matter: word.Draw(t, "matter"),
		Window:    huifang.Window{Opens: day.Draw(t, "opens"), Closes: day.Draw(t, "closes")},
		Assignees: rapid.SliceOfN(word, 0, 2).Draw(t, "assignees"),
		Channels:  rapid.SliceOfN(rapid.SampledFrom(huifang.Channels()[:3]), 0, 2).Draw(t, "channels"),
		State:     rapid.SampledFrom([]huifang.State{huifang.StatePlanned, huifang.StateCompleted}).Draw(t, "state"), Attempts: rapid.IntRange(0, 1).Draw(t, "attempts"),
		DoneAt: rapid.SampledFrom([]time.Time{{}, time.Unix(0, 0).UTC(), time.Unix(1_800_000_000, 0).UTC()}).Draw(t, "done"), DoneBy: word.Draw(t, "by"),
		Score: 7, Scored: rapid.Bool().Draw(t, "scored"), Verdict: rapid.SampledFrom([]huifang.Verdict{huifang.VerdictNone, huifang.VerdictSatisfied}).Draw(t, "verdict"),
		Review: rapid.SampledFrom([]huifang.ReviewState{"", huifang.ReviewPending}).Draw(t, "review"), CaseNumber: word.Draw(t, "case"), Reason: word.Draw(t, "reason"),
	}
}

// TestEveryRowStandsAlone: what is remembered of the rows before, and who
// formats them, changes no row; all are there, in order.
func TestEveryRowStandsAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SliceOfN(rapid.Custom(rowOf), 1, 6).Draw(t, "kinds")
		var head string
		alone := make([]string, len(kinds))
		for i := range kinds {
			head, alone[i], _ = strings.Cut(export(t, kinds[i:i+1]), "\r\n")
		}
		var rows []report.FollowupRow
		var want strings.Builder
		want.WriteString(head + "\r\n")
		random := rapid.SliceOfN(rapid.IntRange(0, len(kinds)-1), 1, 40).Draw(t, "order")
		for n := rapid.SampledFrom([]int{1, 1023, 1024, 1025, 2500, 6000}).Draw(t, "rows"); len(rows) < n; {
			k := random[len(rows)%len(random)]
			rows = append(rows, kinds[k])
			want.WriteString(alone[k])
		}
		if got := export(t, rows); got != want.String() {
			t.Fatalf("%d rows differ", len(rows))
		}
	})
}

func export(t *rapid.T, rows []report.FollowupRow) string {
	var out bytes.Buffer
	if err := report.FollowupsCSV(&out, each(rows), huifang.ZH); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
