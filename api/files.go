package api

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// files: photos, signatures and documents of follow-ups and cases.
func (s *service) files() {
	const tag = "files"
	add := may(huifang.PermFollowupWork, huifang.PermFollowupManage, huifang.PermCaseManage, huifang.PermCaseRead)
	register(s, tag, op{id: "add-file", method: http.MethodPost, path: "/files", zh: "上传照片、签字或文件", en: "Upload a photo, signature or document", needs: add, created: true, body: app.MaxFile + maxBody}, s.addFile)
	register(s, tag, op{id: "get-file", method: http.MethodGet, path: "/files/{hash}", zh: "查看文件", en: "Read a file", files: []string{"application/octet-stream"}}, s.getFile)
	register(s, tag, op{id: "followup-files", method: http.MethodGet, path: "/followups/{id}/files", zh: "回访的文件", en: "List a follow-up's files", needs: may(huifang.PermFollowupRead, huifang.PermFollowupWork)}, s.followupFiles)
	register(s, tag, op{id: "case-files", method: http.MethodGet, path: "/cases/{id}/files", zh: "诉求的文件", en: "List a case's files", needs: may(huifang.PermCaseRead)}, s.caseFiles)
	s.describeFile()
}

// File is an uploaded photo, signature or document.
type File struct {
	Hash    string     `json:"hash" doc:"SHA-256 of its content: what signatures and answers refer to."`
	Media   string     `json:"media" example:"image/png"`
	Name    string     `json:"name"`
	Size    int64      `json:"size"`
	Staff   huifang.ID `json:"staff,omitempty" doc:"Who uploaded it first."`
	Created time.Time  `json:"created"`
}

func newFile(f *huifang.File) File {
	return File{Hash: f.Hash, Media: f.Media, Name: f.Name, Size: f.Size, Staff: f.Staff, Created: f.Created}
}

// fileInput is a multipart form with one file and fields beside it.
type fileInput struct {
	request *http.Request
	writer  http.ResponseWriter
}

// Resolve keeps the request for reading, see uploadInput.
func (in *fileInput) Resolve(ctx huma.Context) []error {
	in.request, in.writer = humago.Unwrap(ctx)
	return nil
}

func (s *service) addFile(ctx context.Context, actor *huifang.Actor, in *fileInput) (*answer[File], error) {
	if !actor.Can(huifang.PermFollowupWork) && !actor.Can(huifang.PermFollowupManage) && !actor.Can(huifang.PermCaseManage) {
		if err := actor.Require(huifang.PermCaseRead); err != nil {
			return nil, err
		}
	}
	file, err := in.receive()
	if err != nil {
		return nil, unreceived(err)
	}
	if file.Followup, err = s.resolved(ctx, actor, file.Followup); err != nil {
		return nil, err
	}
	f, err := s.app.AddFile(ctx, actor, *file)
	if err != nil {
		return nil, err
	}
	return &answer[File]{Body: newFile(f)}, nil
}

func (in *fileInput) receive() (*app.NewFile, error) {
	_ = http.NewResponseController(in.writer).SetReadDeadline(time.Now().Add(uploadTime)) // some writers of tests have none
	in.request.Body = http.MaxBytesReader(in.writer, in.request.Body, app.MaxFile+maxBody)
	parts, err := in.request.MultipartReader()
	if err != nil {
		return nil, huifang.Invalid(reasonMediaType, huifang.Text{ZH: "请以 multipart/form-data 上传，文件放在 file 字段", EN: "upload as multipart/form-data, with the file in the field file"})
	}
	out := &app.NewFile{Purpose: app.FileDocument}
	for {
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // documented as the value itself
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if part.FormName() == "file" {
			out.Name = part.FileName()
			if out.Content, err = io.ReadAll(io.LimitReader(part, app.MaxFile+1)); err != nil {
				return nil, err
			}
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, 200))
		if err != nil {
			return nil, err
		}
		switch text := strings.TrimSpace(string(value)); part.FormName() {
		case "purpose":
			out.Purpose = text
		case "followup":
			out.Followup = huifang.ID(text)
		case "case":
			out.Case = huifang.ID(text)
		}
	}
}

type hashInput struct {
	Hash string `path:"hash" pattern:"^[0-9a-f]{64}$" patternDescription:"a SHA-256 in hexadecimal"`
}

// getFile shows pictures and hands everything else over as a download; nothing
// in a file may run.
func (s *service) getFile(ctx context.Context, actor *huifang.Actor, in *hashInput) (*download, error) {
	f, content, err := s.app.File(ctx, actor, in.Hash)
	if err != nil {
		return nil, err
	}
	return &download{Body: func(hc huma.Context) {
		defer content.Close() //nolint:errcheck // only read
		r, w := humago.Unwrap(hc)
		h := w.Header()
		h.Set("Content-Type", f.Media)
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
		h.Set("Cache-Control", "private, max-age=31536000, immutable") // a hash always names the same content
		h.Set("ETag", `"`+f.Hash+`"`)
		if !strings.HasPrefix(f.Media, "image/") {
			h.Set("Content-Disposition", disposition(f.Name))
		}
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadTime)) // some writers of tests have none
		http.ServeContent(w, r, "", f.Created, content)
	}}, nil
}

func (s *service) followupFiles(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[List[File]], error) {
	id, err := s.resolved(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	found, err := s.app.RecordFiles(ctx, actor, "followup", id)
	return all(found, newFile), err
}

func (s *service) caseFiles(ctx context.Context, actor *huifang.Actor, in *ByID) (*answer[List[File]], error) {
	found, err := s.app.RecordFiles(ctx, actor, "case", in.ID)
	return all(found, newFile), err
}

// describeFile puts the form into the document, see describeUpload.
func (s *service) describeFile() {
	o := s.api.OpenAPI().Paths[prefix+"/files"].Post
	str := func(doc string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: doc} }
	o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
			"file":     {Type: huma.TypeString, Format: "binary", Description: "At most 20 MB, a signature 512 kB."},
			"purpose":  {Type: huma.TypeString, Enum: []any{app.FilePhoto, app.FileSignature, app.FileDocument}, Description: "photo: JPEG, PNG, WebP; signature: PNG, SVG of lines; document: also PDF, DOCX, XLSX, text. Missing: document."},
			"followup": str("The follow-up it is attached to."),
			"case":     str("The case it is attached to."),
		}}},
	}}
	s.schema(reflect.TypeFor[File]())
}
