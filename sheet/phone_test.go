package sheet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPhones(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		cell string
		good string // joined by |
		bad  string
	}{
		// As the register writes them.
		{"+86 13800004797", "13800004797", ""},
		{"138-0000-2556", "13800002556", ""},
		{"13800009164 / 0755-88889164", "13800009164|0755-88889164", ""},
		{"13800004568", "13800004568", ""},
		// Numbers.
		{"1.3800002628e10", "13800002628", ""},
		{"1.3800002628E+10", "13800002628", ""},
		{"13800002628.0", "13800002628", ""},
		{"1.38E+10", "", "1.38E+10"},
		// Several in a cell.
		{"13800004797、13900001111", "13800004797|13900001111", ""},
		{"13800004797；13900001111", "13800004797|13900001111", ""},
		{"13800004797,13900001111", "13800004797|13900001111", ""},
		{"13800004797\n13900001111", "13800004797|13900001111", ""},
		{"13800004797 13900001111", "13800004797|13900001111", ""},
		{"138 0000 4797 0755 88889164", "13800004797|0755-88889164", ""},
		{"13800004797 (妈妈) 13900001111", "13800004797|13900001111", ""},
		{"13800004797或13900001111", "13800004797|13900001111", ""},
		{"+8613800004797+8613900001111", "13800004797|13900001111", ""},
		{"13800004797/13800004797", "13800004797", ""},
		{"13800004797/无", "13800004797", ""},
		{"13800004797/123", "13800004797", "123"},
		// Spellings.
		{"１３８００００４７９７", "13800004797", ""},
		{"手机：13800004797", "13800004797", ""},
		{"13800004797（妈妈）", "13800004797", ""},
		{"Tel: 0755-88889164", "0755-88889164", ""},
		{"008613800004797", "13800004797", ""},
		{"8613800004797", "13800004797", ""},
		{"013800004797", "13800004797", ""},
		{"(0755)88889164", "0755-88889164", ""},
		{"075588889164", "0755-88889164", ""},
		{"+86 755 8888 9164", "0755-88889164", ""},
		{"+86-10-88889164", "010-88889164", ""},
		{"010-88889164", "010-88889164", ""},
		{"021 8888 9164", "021-88889164", ""},
		{"0571-8888916", "0571-8888916", ""},
		{"0755-88889164-8001", "0755-88889164-8001", ""},
		{"0755-88889164转8001", "0755-88889164-8001", ""},
		{"0755-88889164 ext 8001", "0755-88889164-8001", ""},
		{"88889164", "88889164", ""},
		{"400-800-1234", "4008001234", ""},
		{"+852 9123 4567", "+85291234567", ""},
		{"+1 (415) 555-0123", "+14155550123", ""},
		// Nothing, and nonsense.
		{"", "", ""},
		{"无", "", ""},
		{"-", "", ""},
		{"1380000479", "", "1380000479"},
		{"138000047970", "", "138000047970"},
		{"12800004797", "", "12800004797"},
		{"不详", "", "不详"},
		{"abc13800004797", "", "abc13800004797"},
		{"440301199001011234", "", "440301199001011234"},
		{"+", "", "+"},
		{"0000000000", "", "0000000000"},
	} {
		good, bad := Phones(tc.cell)
		if strings.Join(good, "|") != tc.good || strings.Join(bad, "|") != tc.bad {
			t.Errorf("%q: %q bad %q, want %q bad %q", tc.cell, good, bad, tc.good, tc.bad)
		}
	}
}

// TestPhonesStable: what Phones gives out, it reads again as the same.
func TestPhonesStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("0123456789-+ /、转x()手机"))).Draw(t, "cell")
		good, _ := Phones(cell)
		for _, p := range good {
			again, bad := Phones(p)
			if !slices.Equal(again, []string{p}) || len(bad) > 0 {
				t.Fatalf("%q gave %q, which reads as %q, bad %q", cell, p, again, bad)
			}
		}
	})
}

func FuzzPhones(f *testing.F) {
	for _, s := range []string{"+86 13800004797", "13800009164 / 0755-88889164", "1.38E+10", "转", "+", "0755-88889164-8001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		good, _ := Phones(cell)
		for _, p := range good {
			if strings.Trim(p, "0123456789-+") != "" || len(p) < 7 || len(p) > 24 {
				t.Errorf("%q gave %q", cell, p)
			}
		}
	})
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]float64{
		"12": 12, "-3.5": -3.5, "1,234.5": 1234.5, "￥120": 120, "120元": 120, "95%": 0.95, "１２": 12, "1e3": 1000, "+7": 7,
	} {
		if got, ok := parseNumber(cell); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", cell, got, ok, want)
		}
	}
	for _, cell := range []string{"", "abc", "0x10", "NaN", "1,5", "12,34,5", "1_000", "inf", "12个"} {
		if got, ok := parseNumber(cell); ok {
			t.Errorf("%q gave %v", cell, got)
		}
	}
	for raw, want := range map[string]string{
		"13800002628": "13800002628", "1.3800002628E10": "13800002628", "2701": "2701", "0.1": "0.1", "0.30000000000000004": "0.3",
		"4.4030119900101123E17": "440301199001011200", "46090.44097222222": "46090.4409722222", "1E300": "1e+300", "-5": "-5",
	} {
		if got := numberText(raw); got != want {
			t.Errorf("%s is shown as %s, want %s", raw, got, want)
		}
	}
	if !destroyed("440301199001011264") || destroyed("13800002628") || destroyed("0.123456789012345678") {
		t.Error("destroyed digits")
	}
	if !roundedText("4.40301E+17") || roundedText("12E3") || roundedText("1.2.3") {
		t.Error("rounded texts")
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"是", "√", "Yes", " Y ", "TRUE", "1", "有"} {
		if v, ok := parseFlag(cell); !v || !ok {
			t.Errorf("%q is yes", cell)
		}
	}
	for _, cell := range []string{"否", "×", "no", "FALSE", "0", "无"} {
		if v, ok := parseFlag(cell); v || !ok {
			t.Errorf("%q is no", cell)
		}
	}
	if _, ok := parseFlag("也许"); ok {
		t.Error("也许 is neither")
	}
}
