package plan_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// The ladder's tests run in the first half of 2026: 1 May to 5 May are days off
// in China, and Saturday 9 May is worked in their stead.
func ladderReach(t *testing.T) plan.Reach {
	t.Helper()
	quiet, err := calendar.ParseQuiet("21:00-08:00")
	if err != nil {
		t.Fatal(err)
	}
	return plan.Reach{
		Channels: []huifang.Channel{huifang.ChannelVisit, huifang.ChannelPhone}, Phones: []string{"13800000001", "13800000002"},
		Quiet: quiet, Calendar: calendar.China(), Zone: plan.DefaultZone(), Closes: shanghai("2026-06-30 00:00"),
	}
}

func shanghai(s string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", s, plan.DefaultZone())
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

func ladder(tries int, every string) plan.Retry {
	r := plan.Retry{Tries: tries}
	if err := r.Every.UnmarshalText([]byte(every)); err != nil {
		panic(err)
	}
	return r
}

func TestNextAttempt(t *testing.T) {
	t.Parallel()
	tried := func(at string, ch huifang.Channel, d huifang.Disposition, phone string) huifang.Attempt {
		return huifang.Attempt{At: shanghai(at), Channel: ch, Disposition: d, Phone: phone}
	}
	const visit, phone, sms = huifang.ChannelVisit, huifang.ChannelPhone, huifang.ChannelSMS
	cases := []struct {
		name     string
		attempts []huifang.Attempt
		change   func(*plan.Reach)
		want     plan.Try
	}{
		{"nothing tried", nil, nil, plan.Try{Channel: visit, Left: 3}},
		{
			"next day by the next channel",
			[]huifang.Attempt{tried("2026-04-13 10:30", visit, huifang.NoAnswer, "")},
			nil,
			plan.Try{At: shanghai("2026-04-14 10:30"), Channel: phone, Phone: "13800000001", Left: 2},
		},
		{
			"round to the first channel again",
			[]huifang.Attempt{tried("2026-04-13 10:30", visit, huifang.NoAnswer, ""), tried("2026-04-14 10:30", phone, huifang.Busy, "13800000001")},
			nil,
			plan.Try{At: shanghai("2026-04-15 10:30"), Channel: visit, Left: 1},
		},
		{
			"not on a day off: after the holiday",
			[]huifang.Attempt{tried("2026-04-30 10:00", visit, huifang.SwitchedOff, "")},
			nil,
			plan.Try{At: shanghai("2026-05-06 10:00"), Channel: phone, Phone: "13800000001", Left: 2},
		},
		{
			"a day off rather than miss the window",
			[]huifang.Attempt{tried("2026-04-30 10:00", visit, huifang.NoAnswer, "")},
			func(r *plan.Reach) { r.Closes = shanghai("2026-05-03 00:00") },
			plan.Try{At: shanghai("2026-05-01 10:00"), Channel: phone, Phone: "13800000001", Left: 2},
		},
		{
			"out of quiet hours",
			[]huifang.Attempt{tried("2026-04-13 22:10", visit, huifang.NoAnswer, "")},
			nil,
			plan.Try{At: shanghai("2026-04-15 08:00"), Channel: phone, Phone: "13800000001", Left: 2},
		},
		{
			"used up",
			[]huifang.Attempt{tried("2026-04-13 10:00", visit, huifang.NoAnswer, ""), tried("2026-04-14 10:00", phone, huifang.NoAnswer, ""), tried("2026-04-15 10:00", visit, huifang.NoAnswer, "")},
			nil,
			plan.Try{Exhausted: true, Reason: "tries_used"},
		},
		{
			"calls at once are one try, and the next is a day after the first",
			[]huifang.Attempt{tried("2026-04-13 10:00", phone, huifang.Busy, "13800000001"), tried("2026-04-13 10:01", phone, huifang.NoAnswer, "13800000001"), tried("2026-04-13 18:00", phone, huifang.NoAnswer, "13800000001")},
			nil,
			plan.Try{At: shanghai("2026-04-14 10:00"), Channel: visit, Left: 2, Early: 2},
		},
		{
			"the next morning is the next day",
			[]huifang.Attempt{tried("2026-04-13 17:00", phone, huifang.Busy, "13800000001"), tried("2026-04-14 09:00", visit, huifang.NoAnswer, "")},
			nil,
			plan.Try{At: shanghai("2026-04-15 09:00"), Channel: phone, Phone: "13800000001", Left: 1},
		},
		{
			"the time the customer named is kept: it counts",
			[]huifang.Attempt{
				tried("2026-04-13 10:00", phone, huifang.Busy, "13800000001"),
				{At: shanghai("2026-04-13 11:00"), Channel: phone, Disposition: huifang.CallBack, CallBackAt: shanghai("2026-04-13 15:00")},
				tried("2026-04-13 15:00", phone, huifang.NoAnswer, "13800000001"),
			},
			nil,
			plan.Try{At: shanghai("2026-04-14 15:00"), Channel: visit, Left: 1},
		},
		{
			"answered",
			[]huifang.Attempt{tried("2026-04-13 10:00", visit, huifang.Answered, "")},
			nil,
			plan.Try{Left: 3, Reached: true},
		},
		{
			"refused ends it",
			[]huifang.Attempt{tried("2026-04-13 10:00", visit, huifang.Refused, "")},
			nil,
			plan.Try{Exhausted: true, Reason: "refused"},
		},
		{
			"a wrong number: the next one at once",
			[]huifang.Attempt{tried("2026-04-14 10:00", phone, huifang.WrongNumber, "13800000001")},
			nil,
			plan.Try{At: shanghai("2026-04-14 10:05"), Channel: phone, Phone: "13800000002", Left: 2},
		},
		{
			"no number left: phone drops out",
			[]huifang.Attempt{tried("2026-04-13 10:00", phone, huifang.WrongNumber, "13800000001"), tried("2026-04-13 10:02", phone, huifang.WrongNumber, "13800000002")},
			nil,
			plan.Try{At: shanghai("2026-04-14 10:02"), Channel: visit, Left: 1},
		},
		{
			"no channel left",
			[]huifang.Attempt{tried("2026-04-13 10:00", phone, huifang.WrongNumber, "13800000001")},
			func(r *plan.Reach) {
				r.Channels, r.Phones = []huifang.Channel{phone, sms}, []string{"13800000001"}
			},
			plan.Try{Exhausted: true, Reason: "no_channel"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			reach := ladderReach(t)
			if c.change != nil {
				c.change(&reach)
			}
			got := plan.NextAttempt(ladder(3, "1d"), c.attempts, shanghai("2026-04-14 10:05"), reach)
			if !got.At.Equal(c.want.At) {
				t.Errorf("at %s, want %s", got.At.In(plan.DefaultZone()), c.want.At.In(plan.DefaultZone()))
			}
			got.At, c.want.At = time.Time{}, time.Time{}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestNextAttemptKeepsPromises(t *testing.T) {
	t.Parallel()
	asked := shanghai("2026-05-02 22:30") // a holiday night: the customer's own wish
	attempts := []huifang.Attempt{
		{At: shanghai("2026-04-29 10:00"), Channel: huifang.ChannelPhone, Disposition: huifang.NoAnswer},
		{At: shanghai("2026-04-30 10:00"), Channel: huifang.ChannelPhone, Disposition: huifang.CallBack, CallBackAt: asked},
	}
	got := plan.NextAttempt(ladder(1, "1d"), attempts, shanghai("2026-04-30 10:01"), ladderReach(t))
	if !got.At.Equal(asked) || got.Exhausted || got.Channel != huifang.ChannelPhone {
		t.Errorf("got %+v, want the call at %s", got, asked)
	}
}

// Whatever was tried: a next try falls out of quiet hours and days off (unless
// the window would be missed), by a channel of the follow-up, and the ladder
// ends after its tries.
func TestNextAttemptLaws(t *testing.T) {
	t.Parallel()
	all := slices.DeleteFunc(huifang.Dispositions(), func(d huifang.Disposition) bool { return d == huifang.CallBack })
	rapid.Check(t, func(t *rapid.T) {
		quiet, _ := calendar.ParseQuiet(rapid.SampledFrom([]string{"", "21:00-08:00", "12:00-14:00", "18:30-09:30"}).Draw(t, "quiet"))
		reach := plan.Reach{
			Channels: rapid.SliceOfNDistinct(rapid.SampledFrom(huifang.Channels()), 1, 4, rapid.ID).Draw(t, "channels"),
			Phones:   rapid.SliceOfN(rapid.StringMatching(`1[3-9][0-9]{9}`), 0, 2).Draw(t, "phones"),
			Quiet:    quiet, Calendar: calendar.China(), Zone: plan.DefaultZone(), Closes: shanghai("2026-06-01 00:00"),
		}
		retry := ladder(rapid.IntRange(1, 5).Draw(t, "tries"), rapid.SampledFrom([]string{"1d", "2wd", "4h", "1w"}).Draw(t, "every"))
		var attempts []huifang.Attempt
		now := shanghai("2026-04-20 09:00").Add(time.Duration(rapid.IntRange(0, 40*24*60).Draw(t, "start")) * time.Minute)
		for step := 0; ; step++ {
			try := plan.NextAttempt(retry, attempts, now, reach)
			if try.Reached || try.Exhausted {
				if try.Reached == try.Exhausted || try.Exhausted && try.Reason == "" {
					t.Fatalf("%+v", try)
				}
				return
			}
			if step > retry.Tries {
				t.Fatalf("the ladder goes on after %d tries: %+v", retry.Tries, try)
			}
			if !slices.Contains(reach.Channels, try.Channel) {
				t.Fatalf("channel %q of %v", try.Channel, reach.Channels)
			}
			if at := try.At; !at.IsZero() {
				day := huifang.DateOf(at, reach.Zone)
				saves := at.Before(reach.Closes) && !reach.Calendar.AddWorkingDays(day, 1).At(0, reach.Zone).Add(24*time.Hour).Before(reach.Closes)
				if quiet.Covers(at, reach.Zone) || !reach.Calendar.Working(day) && !saves {
					t.Fatalf("try at %s", at.In(reach.Zone))
				}
				now = at
			}
			phone := try.Phone
			attempts = append(attempts, huifang.Attempt{At: now, Channel: try.Channel, Phone: phone, Disposition: rapid.SampledFrom(all).Draw(t, "disposition")})
		}
	})
}
