package sheet

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/huifang/huifang"
)

// TestCity reads 400 of San Francisco's requests through a mapping file. The
// numbers were worked out by hand: 69 are open, 17 closed before they opened.
func TestCity(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/sf311.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := LoadMapping(file, "sf311.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rows := readAll(t, openFile(t, "sf311.csv"), m)
	var s Summary
	var reversed []string
	years := map[int]int{}
	for _, row := range rows {
		s.Add(row)
		if row.Err != nil {
			reversed = append(reversed, row.Cells[0])
		} else if row.Accepted() {
			years[yearOf(row.Values.At.Date)]++
		}
	}
	if s.Rows != 400 || s.Accepted != 314 || s.Skipped[SkipUnfinished] != 69 || !maps.Equal(s.Rejected, map[string]int{"sheet.at.before_opened": 17}) {
		t.Errorf("%+v", s)
	}
	if want := map[string]int{"complaint.resolved": 35, "repair.completed": 118, "service.completed": 161}; !maps.Equal(s.Types, want) {
		t.Errorf("by type %v, want %v", s.Types, want)
	}
	if want := map[int]int{2008: 14, 2009: 27, 2010: 28, 2011: 21, 2012: 33, 2013: 31, 2014: 21, 2015: 40, 2016: 40, 2017: 54, 2018: 5}; !maps.Equal(years, want) {
		t.Errorf("by year %v, want %v", years, want)
	}
	want := []string{
		"3921573", "4256084", "8079739", "4269994", "4264184", "8187465", "4295239", "3955228", "3654572",
		"4298152", "4144214", "4318138", "4264164", "4264718", "4306051", "4264217", "4292524",
	}
	if !slices.Equal(reversed, want) {
		t.Errorf("closed before opened: %v", reversed)
	}
}

func TestCityRow(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/sf311.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := LoadMapping(file, "sf311.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range readAll(t, openFile(t, "sf311.csv"), m) {
		if row.Cells[0] != "939540" { // its status note spans three lines
			continue
		}
		v := row.Values
		if v.Key != "939540" || !v.KeyGiven || v.Note != "Consumer Protection, DPH\n Food Safety Program\n 415-252-3800" || v.Unit != "San Francisco" ||
			v.At.Time.UTC().Format("2006-01-02T15:04:05Z07:00") != "2011-08-16T08:42:29Z" || !v.At.Zoned || v.At.Date != huifang.MakeDate(2011, 8, 16) ||
			v.Attributes["latitude"] != 0.0 || v.Attributes["source"] != "Web" {
			t.Errorf("%+v", v)
		}
		return
	}
	t.Error("request 939540 is not there")
}
