package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huifang/huifang"
)

// imports: registers and lists as files, and how their columns are read.
func (s *service) imports() {
	const tag = "imports"
	ingest := may(huifang.PermEventIngest)
	upload := op{method: http.MethodPost, needs: ingest}
	upload.id, upload.path, upload.zh, upload.en = "preview-import", "/imports/preview", "预览导入：计数与前几行，不写入", "Preview an import: counts and first rows, nothing is written"
	register(s, tag, upload, s.previewImport)
	upload.id, upload.path, upload.zh, upload.en = "run-import", "/imports", "导入文件", "Import a file"
	upload.created = true
	register(s, tag, upload, s.runImport)
	register(s, tag, op{id: "list-imports", method: http.MethodGet, path: "/imports", zh: "列出导入", en: "List imports, newest first", needs: ingest}, s.listImports)
	register(s, tag, op{id: "get-import", method: http.MethodGet, path: "/imports/{id}", zh: "查看导入", en: "Show an import", needs: ingest}, s.getImport)
	register(s, tag, op{id: "list-rejects", method: http.MethodGet, path: "/imports/{id}/rejects", zh: "列出退回行", en: "List the rejected rows", needs: ingest}, s.listRejects)
	register(s, tag, op{id: "rejects-file", method: http.MethodGet, path: "/imports/{id}/rejects.xlsx", zh: "下载退回行", en: "The rejected rows as XLSX, with the reasons", needs: ingest, files: []string{mediaXLSX}}, s.rejectsFile)
	register(s, tag, op{id: "list-mappings", method: http.MethodGet, path: "/mappings", zh: "列出列映射", en: "List the saved mappings", needs: ingest}, s.listMappings)
	register(s, tag, op{id: "save-mapping", method: http.MethodPut, path: "/mappings/{name}", zh: "保存列映射", en: "Save a mapping", needs: ingest}, s.saveMapping)
	register(s, tag, op{id: "delete-mapping", method: http.MethodDelete, path: "/mappings/{name}", zh: "删除列映射", en: "Delete a mapping", needs: ingest}, s.deleteMapping)
	s.describeUpload("/imports/preview")
	s.describeUpload("/imports")
}

// Import is one reading of a register or list.
type Import struct {
	ID       huifang.ID `json:"id"`
	Staff    huifang.ID `json:"staff,omitempty"`
	File     string     `json:"file"`
	Rows     int        `json:"rows"`
	Accepted int        `json:"accepted"`
	Known    int        `json:"known" doc:"Imported before: nothing changed."`
	Skipped  int        `json:"skipped" doc:"No event by rule, e.g. unfinished jobs."`
	Rejected int        `json:"rejected"`
	Planned  int        `json:"planned" doc:"Follow-ups planned."`
	Closed   int        `json:"closed" doc:"Windows already closed: recorded as not planned."`
	At       time.Time  `json:"at"`
	Done     time.Time  `json:"done,omitzero"`
}

func newImport(i *huifang.Import) Import {
	return Import{
		ID: i.ID, Staff: i.Staff, File: i.File, Rows: i.Rows, Accepted: i.Accepted, Known: i.Known, Skipped: i.Skipped, Rejected: i.Rejected,
		Planned: i.Planned, Closed: i.Closed, At: i.At, Done: i.Done,
	}
}

// ImportProgress tells how far an import is.
type ImportProgress struct {
	Rows     int     `json:"rows"`
	Fraction float64 `json:"fraction" doc:"0 to 1."`
	Accepted int     `json:"accepted"`
	Known    int     `json:"known"`
	Skipped  int     `json:"skipped"`
	Rejected int     `json:"rejected"`
}

// ImportLine is one line of an import's answer as it goes: progress, and at the
// end the import or the problem.
type ImportLine struct {
	Progress *ImportProgress `json:"progress,omitempty"`
	Import   *Import         `json:"import,omitempty"`
	Problem  *Problem        `json:"problem,omitempty"`
}

func (s *service) previewImport(ctx context.Context, actor *huifang.Actor, in *uploadInput) (*answer[ImportPreview], error) {
	defer in.close()
	file, options, err := in.read(ctx, s, actor)
	if err != nil {
		return nil, err
	}
	p, err := s.app.PreviewImport(ctx, actor, file, options)
	if err != nil {
		return nil, err
	}
	return &answer[ImportPreview]{Body: newImportPreview(p)}, nil
}

type importOutput struct {
	Status int
	Body   func(huma.Context)
}

func (s *service) listImports(ctx context.Context, actor *huifang.Actor, in *importListInput) (*answer[List[Import]], error) {
	p, err := s.app.Imports(ctx, actor, in.page())
	return newList(p, newImport), err
}

type importListInput struct{ Paging }

func (s *service) getImport(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[Import], error) {
	i, err := s.app.ImportByID(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return &answer[Import]{Body: newImport(i)}, nil
}

// Reject is a row that could not be read, as it was, and why.
type Reject struct {
	Sheet  string       `json:"sheet,omitempty"`
	Row    int          `json:"row"`
	Cells  []string     `json:"cells"`
	Reason string       `json:"reason"`
	Text   huifang.Text `json:"text"`
}

type rejectListInput struct {
	ByID
	Paging
}

func (s *service) listRejects(ctx context.Context, actor *huifang.Actor, in *rejectListInput) (*answer[List[Reject]], error) {
	p, err := s.app.ImportRejects(ctx, actor, in.ID, in.page())
	return newList(p, func(r *huifang.ImportReject) Reject {
		return Reject{Sheet: r.Sheet, Row: r.Row, Cells: list(r.Cells), Reason: r.Reason, Text: r.Text}
	}), err
}

func (s *service) rejectsFile(ctx context.Context, actor *huifang.Actor, in *ByID) (*download, error) {
	if _, err := s.app.ImportByID(ctx, actor, in.ID); err != nil {
		return nil, err
	}
	lang := callerOf(ctx).lang
	name := huifang.Text{ZH: "退回行.xlsx", EN: "rejected-rows.xlsx"}
	return s.file(ctx, name.In(lang), mediaXLSX, func(w io.Writer) error {
		return s.app.WriteRejects(ctx, actor, in.ID, lang, w)
	}), nil
}

// Mapping says which column of a sheet is which attribute.
type Mapping struct {
	Name    string `json:"name"`
	Body    string `json:"body" doc:"YAML; the preview of an import shows one to begin with."`
	Version int64  `json:"version"`
}

func newMapping(m *huifang.Mapping) Mapping {
	return Mapping{Name: m.Name, Body: m.Body, Version: m.Row}
}

func (s *service) listMappings(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Mapping]], error) {
	mappings, err := s.app.Mappings(ctx, actor)
	return all(mappings, newMapping), err
}

// ByName names the record in the address.
type ByName struct {
	Name string `path:"name" minLength:"1" maxLength:"100"`
}

type mappingInput struct {
	ByName
	Match
	Body struct {
		Body    string `json:"body" minLength:"1" maxLength:"200000" doc:"YAML."`
		Version int64  `json:"version,omitempty" doc:"As you saw it; missing: there was none."`
	}
}

func (s *service) saveMapping(ctx context.Context, actor *huifang.Actor, in *mappingInput) (*versioned[Mapping], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	m := &huifang.Mapping{Org: actor.Org, Name: in.Name, Body: in.Body.Body, Row: version}
	if err := s.app.SaveMapping(ctx, actor, m); err != nil {
		return nil, withCurrent(err, func() (Mapping, error) { return s.mapping(ctx, actor, in.Name) })
	}
	return tagged(newMapping(m), m.Row), nil
}

func (s *service) mapping(ctx context.Context, actor *huifang.Actor, name string) (Mapping, error) {
	all, err := s.app.Mappings(ctx, actor)
	if err != nil {
		return Mapping{}, err
	}
	for _, m := range all {
		if m.Name == name {
			return newMapping(m), nil
		}
	}
	return Mapping{}, huifang.Fail(huifang.CodeNotFound, "mapping.not_found", huifang.Textf("没有列映射“%s”", "there is no mapping %q", name))
}

type mappingName struct{ ByName }

func (s *service) deleteMapping(ctx context.Context, actor *huifang.Actor, in *mappingName) (*nothing, error) {
	return nil, s.app.DeleteMapping(ctx, actor, in.Name)
}
