package app

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func openRegister(t *testing.T, name string) ImportFile {
	t.Helper()
	data, err := os.ReadFile("../sheet/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return ImportFile{Name: name, Reader: bytes.NewReader(data), Size: int64(len(data))}
}

func fileOf(name, text string) ImportFile {
	return ImportFile{Name: name, Reader: strings.NewReader(text), Size: int64(len(text))}
}

// TestImportRegister imports the property register of March and April on 6 May.
// The figures were worked out by hand: of 107 finished jobs, windows are still
// open on that day for the repairs finished from 6 April on (their month has not
// passed) and for what was finished within its few days before.
func TestImportRegister(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		w.setClock(local("2026-05-06 09:00"))
		for _, name := range []string{"林晓", "许倩"} {
			w.person(name, "east", "steward")
		}
		ctx := context.Background()
		o := ImportOptions{Unit: w.units["east"].ID}
		file := openRegister(t, "register.xlsx")
		preview, err := w.PreviewImport(ctx, w.sys, file, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.followups(); len(got) != 0 || preview.Accepted != 107 || preview.Rows != 128 || preview.Looked != 107 {
			t.Errorf("preview %+v, %d follow-ups", preview, len(got))
		}
		if !maps.Equal(preview.Types, map[string]int{"repair.completed": 52, "complaint.resolved": 36, "help.completed": 6, "service.completed": 13}) {
			t.Errorf("types %v", preview.Types)
		}
		if !maps.Equal(preview.Rejected, map[string]int{"date.impossible": 2, "sheet.category.unknown": 2, "sheet.contact.missing": 2}) {
			t.Errorf("rejected %v", preview.Rejected)
		}
		if strings.Join(preview.Staff, " ") != "何队长 刘师傅 孙工 罗婷 邓主管 马师傅" {
			t.Errorf("unknown staff %v", preview.Staff)
		}
		done, err := w.Import(ctx, w.sys, file, o)
		if err != nil {
			t.Fatal(err)
		}
		if done.Rows != 128 || done.Accepted != 107 || done.Known != 0 || done.Skipped != 15 || done.Rejected != 6 ||
			done.Planned != preview.Planned || done.Closed != preview.Closed || done.Planned+done.Closed != 107 || done.Done.IsZero() {
			t.Errorf("%+v", done)
		}
		want := expectedPlans(t, file, huifang.MakeDate(2026, 5, 6))
		if done.Planned != want {
			t.Errorf("planned %d, by hand %d", done.Planned, want)
		}
		wantPeople(t, w, preview)
		before := snapshot(t, w)
		for _, again := range []ImportFile{file, openRegister(t, "register.xlsx")} {
			second, err := w.Import(ctx, w.sys, again, o)
			if err != nil {
				t.Fatal(err)
			}
			if second.Known != 107 || second.Accepted != 0 || second.Planned != 0 || second.Closed != 0 || second.Rejected != 6 {
				t.Errorf("again: %+v", second)
			}
		}
		if after := snapshot(t, w); after != before {
			t.Errorf("importing again changed %s to %s", before, after)
		}
		wantRejects(t, w, done)
	})
}

// expectedPlans counts the finished jobs whose window is open or ahead on a day,
// by the periods of the property method alone.
func expectedPlans(t *testing.T, file ImportFile, today huifang.Date) int {
	t.Helper()
	book, err := sheet.Open(file.Reader, file.Size, file.Name, sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	mapping, _, err := sheet.Guess(book, (&directory{}).catalogue().Merge(sheet.Catalogue{Categories: map[string][]string{
		"repair.completed": {"报修", "维修", "客户报修"}, "complaint.resolved": {"投诉", "客户投诉", "重大投诉", "诉求"}, "help.completed": {"求助"}, "service.completed": {"其他", "其它", "咨询"},
	}}))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for row, err := range sheet.Read(book, mapping, sheet.Options{Now: local("2026-05-06 09:00")}) {
		if err != nil {
			t.Fatal(err)
		}
		if !row.Accepted() {
			continue
		}
		last := row.Values.At.Date
		switch row.Values.Type {
		case "repair.completed":
			last = last.AddMonths(1)
		case "complaint.resolved":
			last = last.AddDays(3)
		default:
			last = last.AddDays(7)
		}
		if last >= today {
			n++
		}
	}
	return n
}

// wantPeople looks at the contacts and homes the register names.
func wantPeople(t *testing.T, w *world, p *ImportPreview) {
	t.Helper()
	ctx := context.Background()
	homes, err := w.reads().AssetsByCode(ctx, w.org.ID, []string{"6栋2单元1103"})
	home := homes["6栋2单元1103"]
	if err != nil || home == nil || home.Unit != w.units["east"].ID {
		t.Fatalf("%+v %v", homes, err)
	}
	c, err := w.reads().Contact(ctx, w.org.ID, home.Contact)
	if err != nil || c.Name != "司徒伟" || c.Phones[0] != "13800002556" || c.Steward != w.staff["林晓"].ID {
		t.Errorf("%+v %v", c, err)
	}
	contacts, err := w.reads().Contacts(ctx, w.org.ID, store.ContactFilter{}, store.Page{Limit: 1000})
	if err != nil || len(contacts.Items) != p.NewContacts {
		t.Errorf("%d contacts, preview said %d: %v", len(contacts.Items), p.NewContacts, err)
	}
	assets, err := w.reads().Assets(ctx, w.org.ID, store.AssetFilter{}, store.Page{Limit: 1000})
	if err != nil || len(assets.Items) != p.NewAssets {
		t.Errorf("%d assets, preview said %d: %v", len(assets.Items), p.NewAssets, err)
	}
}

// snapshot counts everything an import may write, but its own record.
func snapshot(t *testing.T, w *world) string {
	t.Helper()
	ctx := context.Background()
	events, err := w.reads().Events(ctx, w.org.ID, store.EventFilter{}, store.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := w.reads().Contacts(ctx, w.org.ID, store.ContactFilter{}, store.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	assets, err := w.reads().Assets(ctx, w.org.ID, store.AssetFilter{}, store.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	versions := int64(0)
	for _, c := range contacts.Items {
		versions += c.Version
	}
	for _, a := range assets.Items {
		versions += a.Version
	}
	return fmt.Sprint(len(events.Items), " events ", len(contacts.Items), " contacts ", len(assets.Items), " assets ", versions, " versions ", len(w.followups()), " follow-ups")
}

// wantRejects reads the sheet of rejects and imports it again: nothing is new.
func wantRejects(t *testing.T, w *world, done *huifang.Import) {
	t.Helper()
	ctx := context.Background()
	got, err := w.ImportRejects(ctx, w.sys, done.ID, Page{Limit: 100})
	if err != nil || len(got.Items) != 6 {
		t.Fatalf("%d rejects %v", len(got.Items), err)
	}
	for _, r := range got.Items {
		if r.Row == 0 || r.Sheet == "" || r.Text.ZH == "" || r.Text.EN == "" || len(r.Cells) < 8 {
			t.Errorf("%+v", r)
		}
	}
	var book bytes.Buffer
	if err := w.WriteRejects(ctx, w.sys, done.ID, huifang.ZH, &book); err != nil {
		t.Fatal(err)
	}
	again, err := w.Import(ctx, w.sys, ImportFile{Name: "rejects.xlsx", Reader: bytes.NewReader(book.Bytes()), Size: int64(book.Len())}, ImportOptions{Unit: w.units["east"].ID})
	if err != nil || again.Rejected != 6 || again.Accepted != 0 {
		t.Errorf("the sheet of rejects imported again: %+v %v", again, err)
	}
}

// TestImportCity imports requests of San Francisco through a saved mapping. 69
// of 400 are open and 17 closed before they opened; all is long past.
func TestImportCity(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		mapping, err := os.ReadFile("testdata/sf311.yaml")
		if err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		if err := w.SaveMapping(ctx, w.sys, &huifang.Mapping{Name: "sf311", Body: string(mapping)}); err != nil {
			t.Fatal(err)
		}
		east := w.units["east"].ID
		done, err := w.Import(ctx, w.sys, openRegister(t, "sf311.csv"), ImportOptions{Mapping: "sf311", Unit: east})
		if err != nil {
			t.Fatal(err)
		}
		events, err := w.reads().Events(ctx, w.org.ID, store.EventFilter{}, store.Page{Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if done.Rows != 400 || done.Skipped != 69 || done.Accepted != 314 || done.Rejected != 17 || done.Planned != 0 || done.Closed != 314 || len(events.Items) != 314 {
			t.Errorf("%+v, %d events", done, len(events.Items))
		}
		rejects, err := w.ImportRejects(ctx, w.sys, done.ID, Page{Limit: 1000})
		if err != nil || len(rejects.Items) != 17 {
			t.Fatalf("%d rejects %v", len(rejects.Items), err)
		}
		for _, r := range rejects.Items {
			if r.Reason != "sheet.at.before_opened" {
				t.Errorf("%+v", r)
			}
		}
		if n := len(w.followups()); n != 0 {
			t.Errorf("%d follow-ups", n)
		}
		// The same again with backfill plans what is long past, once.
		for _, want := range []int{314, 0} {
			preview, err := w.PreviewImport(ctx, w.sys, openRegister(t, "sf311.csv"), ImportOptions{Mapping: "sf311", Unit: east, Backfill: true})
			if err != nil {
				t.Fatal(err)
			}
			again, err := w.Import(ctx, w.sys, openRegister(t, "sf311.csv"), ImportOptions{Mapping: "sf311", Unit: east, Backfill: true})
			if err != nil || again.Known != 314 || again.Planned != want || preview.Planned != want || len(w.followups()) != 314 {
				t.Errorf("%+v, preview %d, %d follow-ups %v", again, preview.Planned, len(w.followups()), err)
			}
		}
	})
}

// TestImportFaults: what cannot be imported says so and writes nothing.
func TestImportFaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.SQLite(t), "property")
	damaged := openRegister(t, "register.xlsx")
	damaged.Size /= 2
	head := "房号,业主姓名,联系电话,类别,事项,完成时间\n"
	for name, tc := range map[string]struct {
		file   ImportFile
		o      ImportOptions
		reason string
	}{
		"truncated":       {damaged, ImportOptions{}, "sheet.xlsx.damaged"},
		"empty":           {fileOf("a.csv", ""), ImportOptions{}, "sheet.file.empty"},
		"too large":       {fileOf("a.csv", head), ImportOptions{Limits: sheet.Limits{Bytes: 10}}, "sheet.file.too_large"},
		"unknown mapping": {fileOf("a.csv", head), ImportOptions{Mapping: "none"}, "mapping.not_found"},
		"bad mapping":     {fileOf("a.csv", head), ImportOptions{MappingYAML: []byte("version: 1\ncolums: []\n")}, ""},
		"unknown unit":    {fileOf("a.csv", head), ImportOptions{Unit: "none"}, "unit.unknown"},
	} {
		_, err := w.Import(t.Context(), w.sys, tc.file, tc.o)
		if err == nil || tc.reason != "" && huifang.ReasonOf(err) != tc.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if imports, err := w.Imports(t.Context(), w.sys, Page{}); err != nil || len(imports.Items) != 0 {
		t.Errorf("%d imports kept, %v", len(imports.Items), err)
	}
	rows := head + "1-1,王芳,13800000001,报修,漏水,2026-02-20\n1-2,李强,1380000,报修,漏水,2026-02-20 25:00\n1-3,赵敏,13800000003,什么,漏水,2026-02-20\n"
	done, err := w.Import(t.Context(), w.sys, fileOf("b.csv", rows), ImportOptions{Unit: w.units["east"].ID})
	if err != nil || done.Accepted != 1 || done.Rejected != 2 || done.Planned != 1 {
		t.Errorf("%+v %v", done, err)
	}
}

// TestImportOverlap: two registers that overlap give each job once, and homes of
// the same number in two estates stay apart.
func TestImportOverlap(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		head := "房号,业主姓名,联系电话,类别,事项,受理时间,完成时间\n"
		line := func(i int) string {
			return fmt.Sprintf("%d-1,业主%d,1390000%04d,报修,漏水,2026-02-%02d,2026-02-%02d\n", i%7, i%7, i%7, 1+i%20, 2+i%20)
		}
		var lines []string
		for i := range 30 {
			lines = append(lines, line(i))
		}
		first, second := head+strings.Join(lines[:20], ""), head+strings.Join(lines[10:], "")
		add := func(text, unit string) *huifang.Import {
			done, err := w.Import(context.Background(), w.sys, fileOf("r.csv", text), ImportOptions{Unit: w.units[unit].ID, Backfill: true})
			if err != nil {
				t.Fatal(err)
			}
			return done
		}
		if a, b := add(first, "east"), add(second, "east"); a.Accepted != 20 || b.Accepted != 10 || b.Known != 10 || len(w.followups()) != 30 {
			t.Errorf("%+v\n%+v\n%d follow-ups", a, b, len(w.followups()))
		}
		first = strings.ReplaceAll(first, "13900", "13700")
		if c := add(first, "west"); c.Accepted != 20 || len(w.followups()) != 50 {
			t.Errorf("the other estate: %+v", c)
		}
		homes, err := w.reads().Assets(context.Background(), w.org.ID, store.AssetFilter{}, store.Page{Limit: 100})
		if err != nil || len(homes.Items) != 14 {
			t.Errorf("%d homes %v", len(homes.Items), err)
		}
		for _, h := range homes.Items {
			c, err := w.reads().Contact(context.Background(), w.org.ID, h.Contact)
			if err != nil || c.Unit != h.Unit {
				t.Errorf("%s of %s belongs to %+v", h.Code, h.Unit, c)
			}
		}
	})
}

// TestImportInterrupted: an import that was cut off is simply run again.
func TestImportInterrupted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Helper()
		w := newWorld(t, s, "property")
		text := []string{"房号,业主姓名,联系电话,类别,事项,完成时间\n"}
		const n = 2500
		for i := range n {
			text = append(text, fmt.Sprintf("%d-%d,业主%d,1390000%04d,报修,漏水%d,2026-02-%02d 09:%02d\n", i%300, i%300, i%300, i%300, i, 5+i%20, i%60))
		}
		file := fileOf("r.csv", strings.Join(text, ""))
		ctx, cancel := context.WithCancel(context.Background())
		o := ImportOptions{Unit: w.units["east"].ID}
		o.Progress = func(p ImportProgress) {
			if p.Accepted >= 1000 {
				cancel()
			}
		}
		if _, err := w.Import(ctx, w.sys, file, o); err == nil {
			t.Fatal("the import was not cut off")
		}
		part := len(w.followups())
		o.Progress = nil
		done, err := w.Import(context.Background(), w.sys, file, o)
		if err != nil || done.Known < 1000 || done.Known != part || done.Known+done.Accepted != n || len(w.followups()) != n {
			t.Errorf("%+v, %d then %d follow-ups: %v", done, part, len(w.followups()), err)
		}
		contacts, err := w.reads().Contacts(context.Background(), w.org.ID, store.ContactFilter{}, store.Page{Limit: 1000})
		if err != nil || len(contacts.Items) != 300 {
			t.Errorf("%d contacts %v", len(contacts.Items), err)
		}
	})
}
