package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/sheet"
)

type importCmd struct {
	server
	File        string `arg:"" help:"CSV, XLSX or JSON lines." zh:"CSV、XLSX 或逐行 JSON 文件。"`
	Kind        string `help:"What a row is: events, contacts, assets, staff, or the code of a sheet of an active pack; default: worked out from the header." zh:"每行是什么：events 事件、contacts 客户、assets 资产、staff 员工，或启用的行业包中表的编码；默认由表头识别。" placeholder:"KIND"`
	Mapping     string `help:"Mapping file (YAML), or name of a saved mapping; default: worked out from the header." zh:"列对应关系文件（YAML），或已保存的名称；默认由表头推断。" placeholder:"FILE|NAME"`
	SaveMapping string `help:"Write the mapping that was used to this file, to edit and use again." zh:"把所用的列对应关系写入该文件，可修改后再用。" placeholder:"FILE"`
	Unit        string `help:"Unit of rows that name none (code or name)." zh:"未写明单位的行归入该单位（编码或名称）。"`
	Preview     bool   `help:"Show what would happen and write nothing." zh:"只预览，不写入。"`
	Backfill    bool   `help:"Also plan follow-ups whose window has closed already." zh:"期限已过的回访也一并生成。"`
	Yes         bool   `help:"Do not ask after the preview." zh:"预览后不再询问，直接导入。" short:"y"`
	JSON        bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run shows what the import would do, asks, imports, and writes the rejected
// rows beside the file.
func (c *importCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	if err := c.sized(); err != nil {
		return err
	}
	fields, err := c.fields(ctx, to)
	if err != nil {
		return err
	}
	var p api.ImportPreview
	if err := c.upload(ctx, to, "/imports/preview", fields, "application/json", func(r io.Reader) error { return json.NewDecoder(r).Decode(&p) }); err != nil {
		return err
	}
	if c.SaveMapping != "" {
		if err := os.WriteFile(c.SaveMapping, []byte(p.Mapping), 0o600); err != nil {
			return unwritable(c.SaveMapping, err)
		}
	}
	if c.JSON && c.Preview {
		return printJSON(s.out, &p)
	}
	if !c.JSON {
		c.showPreview(s, &p, to.eventWords(ctx))
	}
	if c.Preview {
		return nil
	}
	if go_, err := c.confirmed(s, &p); err != nil || !go_ {
		return err
	}
	return c.run(ctx, s, to, fields)
}

// sized refuses a file that the server would, before sending it.
func (c *importCmd) sized() error {
	info, err := os.Stat(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	if err := refuseFolder(c.File, info); err != nil {
		return err
	}
	if info.Size() > api.MaxUpload {
		return huifang.Fail(huifang.CodeTooLarge, "import.too_large", huifang.Textf(
			"文件有 %d MB，超过上限 %d MB；请拆分后分批导入", "the file has %d MB, more than %d MB; split it and import the parts", info.Size()>>20, api.MaxUpload>>20)).Located(huifang.Location{File: c.File})
	}
	return nil
}

func (c *importCmd) fields(ctx context.Context, to *client) (map[string]string, error) {
	fields := map[string]string{"kind": c.Kind}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return nil, err
		}
		fields["unit"] = string(id)
	}
	if c.Backfill {
		fields["backfill"] = "true"
	}
	if c.Mapping == "" {
		return fields, nil
	}
	raw, err := os.ReadFile(c.Mapping)
	switch {
	case err == nil:
		fields["mapping_yaml"] = string(raw)
	case strings.ContainsAny(c.Mapping, `./\`):
		return nil, unreadable(c.Mapping, err)
	default:
		fields["mapping"] = c.Mapping
	}
	return fields, nil
}

// confirmed asks whoever sits at the terminal; elsewhere --yes must say so.
func (c *importCmd) confirmed(s *streams, p *api.ImportPreview) (bool, error) {
	if c.Yes {
		return true, nil
	}
	if p.Accepted == 0 {
		return false, huifang.Invalid("import.nothing", huifang.Text{ZH: "没有可以导入的行", EN: "there is no row to import"})
	}
	f, ok := s.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false, huifang.Invalid("import.confirm", huifang.Text{ZH: "尚未写入；确认导入请加 --yes，只看预览请加 --preview", EN: "nothing was written; add --yes to import, or --preview to look only"})
	}
	fmt.Fprint(s.out, huifang.Text{ZH: "导入？[y/N] ", EN: "Import? [y/N] "}.In(s.lang))
	line, err := bufio.NewReader(f).ReadString('\n')
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes" || answer == "是", err
}

// upload sends the file as it is read, so that its size costs no memory.
func (c *importCmd) upload(ctx context.Context, to *client, path string, fields map[string]string, accept string, read func(io.Reader) error) error {
	f, err := os.Open(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	defer f.Close() //nolint:errcheck // only read
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	go func() { w.CloseWithError(writeForm(form, fields, filepath.Base(c.File), f)) }()
	defer r.Close() //nolint:errcheck // ends the writer
	res, err := to.send(ctx, http.MethodPost, path, nil, r, form.FormDataContentType(), accept)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	return read(res.Body)
}

func writeForm(form *multipart.Writer, fields map[string]string, name string, f io.Reader) error {
	for _, k := range slices.Sorted(maps.Keys(fields)) {
		if fields[k] == "" {
			continue
		}
		if err := form.WriteField(k, fields[k]); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(part, f); err != nil {
		return err
	}
	return form.Close()
}

// barAfter is how long an import runs before it shows how far it is.
const barAfter = time.Second

// importBar shows how far an import is, to whoever sits at a terminal.
type importBar struct {
	s      *streams
	began  time.Time
	silent bool
	bar    *progressbar.ProgressBar
}

func (b *importBar) show(fraction float64) error {
	f, ok := b.s.err.(*os.File)
	if b.silent || time.Since(b.began) < barAfter || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	if b.bar == nil {
		b.bar = progressbar.NewOptions(1000, progressbar.OptionSetWriter(b.s.err), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	return b.bar.Set(int(fraction * 1000))
}

func (b *importBar) end() error {
	if b.bar == nil {
		return nil
	}
	return b.bar.Finish()
}

func (c *importCmd) run(ctx context.Context, s *streams, to *client, fields map[string]string) error {
	var done *api.Import
	bar := &importBar{s: s, began: time.Now(), silent: c.JSON}
	err := c.upload(ctx, to, "/imports", fields, "application/x-ndjson", func(r io.Reader) error {
		dec := json.NewDecoder(r)
		for {
			var line api.ImportLine
			if err := dec.Decode(&line); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			switch {
			case line.Problem != nil:
				return &huifang.Error{Code: line.Problem.Code, Reason: line.Problem.Reason, Message: line.Problem.Messages}
			case line.Import != nil:
				done = line.Import
			case line.Progress != nil:
				if err := bar.show(line.Progress.Fraction); err != nil {
					return err
				}
			}
		}
	})
	if err != nil {
		return err
	}
	if err := bar.end(); err != nil {
		return err
	}
	if done == nil {
		return huifang.Fail(huifang.CodeUnavailable, "import.cut", huifang.Text{ZH: "连接中断，导入结果未知；重新导入同一文件不会重复", EN: "the connection broke and the outcome is unknown; importing the same file again doubles nothing"})
	}
	return c.finish(ctx, s, to, done)
}

// rejects is where rejected rows are written: beside the file.
func (c *importCmd) rejects(s *streams) string {
	return strings.TrimSuffix(c.File, filepath.Ext(c.File)) + pick(s, "-拒绝.xlsx", "-rejected.xlsx")
}

// finish tells the counts and fetches the rejected rows.
func (c *importCmd) finish(ctx context.Context, s *streams, to *client, done *api.Import) error {
	rejects := ""
	if done.Rejected > 0 {
		rejects = c.rejects(s)
		if err := to.download(ctx, "/imports/"+string(done.ID)+"/rejects.xlsx", nil, rejects); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"import": done, "rejects": rejects})
	}
	say := func(zh, en string, args ...any) { fmt.Fprintln(s.out, huifang.Textf(zh, en, args...).In(s.lang)) }
	say("已导入 %d 件；此前已导入 %d，未办结等略过 %d，拒绝 %d", "%d imported; %d known before, %d passed over (unfinished …), %d rejected", done.Accepted, done.Known, done.Skipped, done.Rejected)
	say("生成回访 %d 个；期限已过未生成 %d 个", "%d follow-ups planned; %d windows had closed and were not planned", done.Planned, done.Closed)
	if done.Closed > 0 && !c.Backfill {
		say("需要补做已过期限的回访时，加 --backfill 再导入一次", "to plan those as well, import again with --backfill")
	}
	if rejects != "" {
		say("被拒绝的行及原因：%s（改正后直接导入该文件）", "rejected rows with the reasons: %s (mend them and import that file)", rejects)
	}
	return nil
}

// download writes an answer to a file, which appears when it is whole.
func (c *client) download(ctx context.Context, path string, query url.Values, file string) error {
	res, err := c.send(ctx, http.MethodGet, path, query, nil, "", "*/*")
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	return whole(file, func(w io.Writer) error {
		_, err := io.Copy(w, res.Body)
		return err
	})
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// showPreview prints the counts and the first rows.
func (c *importCmd) showPreview(s *streams, p *api.ImportPreview, events map[string]huifang.Text) {
	say := func(zh, en string, args ...any) { fmt.Fprintln(s.out, huifang.Textf(zh, en, args...).In(s.lang)) }
	for i := range p.Sheets {
		showSheet(s, &p.Sheets[i])
	}
	for _, n := range p.Notes {
		fmt.Fprintln(s.out, "! "+n.In(s.lang))
	}
	say("共 %d 行：可导入 %d，略过 %s，拒绝 %s", "%d rows: %d to import, passed over %s, rejected %s",
		p.Accepted+sum(p.Skipped)+sum(p.Rejected), p.Accepted, tally(s, inWords(s, p.Skipped, skipWord)), tally(s, inWords(s, p.Rejected, rejectWord)))
	for _, m := range p.Months {
		named := make(map[string]int, len(m.Types))
		for typ, n := range m.Types {
			named[eventWord(s, events, typ)] += n
		}
		fmt.Fprintf(s.out, "  %s  %s\n", m.Month, tally(s, named))
	}
	if p.Kind == string(sheet.RowEvent) {
		c.showPlanned(s, p)
	} else {
		say("新增 %d，更改 %d，无变化 %d", "%d to add, %d to change, %d as they are", p.NewListed, p.Changed, p.Known)
	}
	for _, unknown := range []struct {
		zh, en string
		names  []string
	}{{"未知单位", "unknown units", p.Units}, {"未知员工", "unknown staff", p.Staff}} {
		if len(unknown.names) > 0 {
			say("%[1]s：%[3]s", "%[2]s: %[3]s", unknown.zh, unknown.en, strings.Join(unknown.names, " "))
		}
	}
	showRows(s, p, events, c.rejects(s))
}

// showPlanned prints what a register of events would bring.
func (c *importCmd) showPlanned(s *streams, p *api.ImportPreview) {
	say := func(zh, en string, args ...any) { fmt.Fprintln(s.out, huifang.Textf(zh, en, args...).In(s.lang)) }
	say("新客户 %d，新资产 %d，此前已导入 %d；将生成回访 %d 个，期限已过 %d 个", "%d new contacts, %d new assets, %d known before; %d follow-ups to plan, %d windows closed already", p.NewContacts, p.NewAssets, p.Known, p.Planned, p.Closed)
	if p.Closed > 0 && !c.Backfill {
		say("（期限已过的只记录、不生成；需要补做请加 --backfill）", "(closed windows are noted, not planned; add --backfill to plan them)")
	}
}

// shownDay is the day of an instant; nothing where there is none.
func shownDay(s *streams, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return shownTime(s, at)[:len(time.DateOnly)]
}

// showSheet prints what was made of one sheet's header.
func showSheet(s *streams, sh *api.SheetLayout) {
	if !sh.Data {
		reason := ""
		if sh.Reason != nil {
			reason = sh.Reason.In(s.lang)
		}
		fmt.Fprintln(s.out, huifang.Textf("工作表“%s”不是数据：%s", "sheet %q is no data: %s", sh.Sheet, reason).In(s.lang))
		return
	}
	var names, unread []string
	for _, col := range sh.Columns {
		switch {
		case col.Field != "":
			names = append(names, col.Name+"→"+fieldWord(col.Field).In(s.lang))
		case col.Name != "":
			unread = append(unread, col.Name)
		}
	}
	defer func() {
		if len(sh.Missing) > 0 {
			say(s, s.out, "  缺少对应关系所列的列：%s", "  columns of the mapping that it lacks: %s", strings.Join(sh.Missing, " "))
		}
		if len(unread) > 0 {
			say(s, s.out, "  不导入的列：%s", "  columns not imported: %s", strings.Join(unread, " "))
		}
	}()
	if sh.Sheet == "" { // a file without sheets
		say(s, s.out, "表头在第 %d 行：%s", "header in row %d: %s", sh.Header, strings.Join(names, " "))
		return
	}
	say(s, s.out, "工作表“%s”，表头在第 %d 行：%s", "sheet %q, header in row %d: %s", sh.Sheet, sh.Header, strings.Join(names, " "))
}

// previewRows is how many rows of each kind a preview prints.
const previewRows = 5

func showRows(s *streams, p *api.ImportPreview, events map[string]huifang.Text, rejects string) {
	for i := range min(len(p.First), previewRows) {
		r := &p.First[i]
		fmt.Fprintf(s.out, "  %s:%d  %s  %s  %s  %s\n", r.Sheet, r.Line, eventWord(s, events, r.Type), shownDay(s, r.At), cmp.Or(r.Asset, r.Contact), r.Matter)
	}
	if p.Warned > 0 {
		say(s, s.out, "读入而有疑点的 %d 行，请核对：", "%d rows are read with doubts; look at them:", p.Warned)
	}
	for i := range p.Doubted {
		r := &p.Doubted[i]
		for _, w := range r.Warnings {
			fmt.Fprintf(s.out, "  ? %s:%d  %s\n", r.Sheet, r.Line, w.In(s.lang))
		}
	}
	for i := range min(len(p.Refused), previewRows) {
		if r := &p.Refused[i]; r.Text != nil {
			fmt.Fprintf(s.out, "  ✗ %s:%d  %s\n", r.Sheet, r.Line, r.Text.In(s.lang))
		}
	}
	if more := sum(p.Rejected) - min(len(p.Refused), previewRows); more > 0 {
		say(s, s.out, "  ✗ ……另有 %d 行被拒绝；导入后全部写入“%s”", "  ✗ … and %d more rejected rows; importing writes all of them to %s", more, rejects)
	}
}

// sum adds up counts.
func sum(m map[string]int) (n int) {
	for _, one := range m {
		n += one
	}
	return n
}

// inWords names the reasons for which rows are passed over or rejected.
func inWords(s *streams, m map[string]int, word func(string) huifang.Text) map[string]int {
	out := make(map[string]int, len(m))
	for reason, n := range m {
		out[word(reason).In(s.lang)] += n
	}
	return out
}

// tally prints counts by name, the largest first.
func tally(s *streams, m map[string]int) string {
	if len(m) == 0 {
		return "0"
	}
	names := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	total, parts := 0, make([]string, 0, len(m))
	for _, n := range names {
		total += m[n]
		parts = append(parts, fmt.Sprintf("%s %d", n, m[n]))
	}
	return fmt.Sprintf("%d (%s)", total, strings.Join(parts, pick(s, "、", ", ")))
}
