package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Which statements travel several rows at a time; the others stand alone.
func TestMergeableStatements(t *testing.T) {
	consts, _ := constants(t)
	var merge, alone []string
	for name, sql := range consts {
		if !strings.HasPrefix(sql, "INSERT ") {
			continue
		}
		if new(insertions).shape(sql) != nil {
			merge = append(merge, name)
		} else {
			alone = append(alone, name)
		}
	}
	slices.Sort(alone)
	if want := []string{"sqlInboxLease", "sqlJobInsert", "sqlMessageInsert", "sqlRecurrenceFlag", "sqlRolePut"}; !slices.Equal(alone, want) {
		t.Errorf("stand alone: %v, want %v", alone, want)
	}
	if len(merge) < 25 {
		t.Errorf("only %d merge: %v", len(merge), merge)
	}
	for _, name := range merge {
		shape := new(insertions).shape(consts[name])
		if shape.text(1) != strings.Join(strings.Fields(consts[name]), " ") && shape.text(1) != consts[name] {
			t.Errorf("%s for one row became %s", name, shape.text(1))
		}
		checkParameters(t, name, shape.text(3))
	}
	three := new(insertions).shape("INSERT INTO job (org_id, id, x) VALUES ($1, $2, 'a', 0)").text(3)
	if want := "INSERT INTO job (org_id, id, x) VALUES ($1, $2, 'a', 0), ($3, $4, 'a', 0), ($5, $6, 'a', 0)"; three != want {
		t.Errorf("three rows: %s", three)
	}
}

// Whatever is merged, every row is still there once, nothing crosses what
// separates it, no statement meets a row twice, and rows come after those they
// refer to.
func TestMergedKeepsOrder(t *testing.T) {
	const (
		parent  = "INSERT INTO contact (org_id, id) VALUES ($1, $2)"
		child   = "INSERT INTO contact_phone (org_id, phone, contact_id) VALUES ($1, $2, $3) ON CONFLICT (org_id, phone, contact_id) DO UPDATE SET phone = excluded.phone"
		barrier = "UPDATE contact SET name = $1 WHERE org_id = $2"
	)
	rapid.Check(t, func(t *rapid.T) {
		m := new(insertions)
		var calls []call
		var before []string // rows in the order they were put, with their segment
		segment := 0
		for i := range rapid.IntRange(0, 200).Draw(t, "n") {
			switch rapid.IntRange(0, 20).Draw(t, "kind") {
			case 0:
				segment++
				calls = append(calls, call{sql: barrier, args: []any{"x", "o"}})
			case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10:
				calls = append(calls, call{sql: parent, args: []any{"o", int64(i)}})
				before = append(before, fmt.Sprint(segment, " contact ", i))
			default:
				phone := rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "phone")
				calls = append(calls, call{sql: child, args: []any{"o", phone, int64(i % 7)}})
				before = append(before, fmt.Sprint(segment, " contact_phone ", phone, i%7))
			}
		}
		var after []string
		segment = 0
		last := ""
		for _, c := range m.merged(calls) {
			if c.sql == barrier {
				segment, last = segment+1, ""
				continue
			}
			table := regexp.MustCompile(`INTO (\w+)`).FindStringSubmatch(c.sql)[1]
			if table == "contact" && last == "contact_phone" {
				t.Fatal("a contact comes after a phone of its segment")
			}
			last = table
			width := map[string]int{"contact": 2, "contact_phone": 3}[table]
			met := map[string]bool{}
			for i := 0; i < len(c.args); i += width {
				row := fmt.Sprint(segment, " contact ", c.args[i+1])
				if width == 3 {
					row = fmt.Sprint(segment, " contact_phone ", c.args[i+1], c.args[i+2])
				}
				if met[row] {
					t.Fatalf("%s twice in one statement", row)
				}
				met[row] = true
				after = append(after, row)
			}
			if n := strings.Count(c.sql, "$"); table == "contact" && n != len(c.args) {
				t.Fatalf("%d parameters and %d arguments", n, len(c.args))
			}
		}
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Fatalf("put   %v\nmerged %v", before, after)
		}
	})
}
