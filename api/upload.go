package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// MaxUpload is the largest file that can be imported, in bytes.
const MaxUpload = 256 << 20

// Limits of an upload.
const (
	maxField   = 1 << 20 // bytes of a field beside it
	uploadTime = 10 * time.Minute
	importTime = time.Hour
)

// uploadInput is a multipart form with a file and fields beside it. It is read
// piece by piece into a temporary file: memory stays what it is, whatever the
// size.
type uploadInput struct {
	request *http.Request
	writer  http.ResponseWriter
	file    *os.File
}

// Resolve keeps the request for reading; nothing is read before the caller is
// known and permitted.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	in.request, in.writer = humago.Unwrap(ctx)
	return nil
}

// close drops the temporary file.
func (in *uploadInput) close() {
	if in.file != nil {
		_ = in.file.Close()           // only read
		_ = os.Remove(in.file.Name()) // the system clears what stays
	}
}

// upload is what the form holds.
type upload struct {
	name   string
	size   int64
	fields map[string]string
}

// read takes the form apart.
func (in *uploadInput) read(ctx context.Context, s *service, actor *huifang.Actor) (app.ImportFile, app.ImportOptions, error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return app.ImportFile{}, app.ImportOptions{}, err
	}
	u, err := in.receive()
	if err != nil {
		return app.ImportFile{}, app.ImportOptions{}, err
	}
	unit := huifang.ID(u.fields["unit"])
	if unit != "" {
		units, err := s.app.Units(ctx, actor)
		if err != nil {
			return app.ImportFile{}, app.ImportOptions{}, err
		}
		for _, one := range units {
			if one.Code == string(unit) {
				unit = one.ID
			}
		}
	}
	options := app.ImportOptions{Mapping: u.fields["mapping"], Kind: u.fields["kind"], Unit: unit, Backfill: u.fields["backfill"] == "true"}
	if y := u.fields["mapping_yaml"]; y != "" {
		options.MappingYAML = []byte(y)
	}
	if c := u.fields["columns"]; c != "" {
		if err := json.Unmarshal([]byte(c), &options.Columns); err != nil {
			return app.ImportFile{}, app.ImportOptions{}, huifang.Invalid("import.columns", huifang.Text{
				ZH: `columns 应为 JSON 对象，如 {"业主姓名": "contact.name"}`, EN: `columns must be a JSON object such as {"Name": "contact.name"}`,
			}).Located(huifang.Location{Field: "columns"})
		}
	}
	return app.ImportFile{Name: u.name, Reader: in.file, Size: u.size}, options, nil
}

func (in *uploadInput) receive() (*upload, error) {
	control := http.NewResponseController(in.writer)
	_ = control.SetReadDeadline(time.Now().Add(uploadTime)) // some writers of tests have none
	_ = control.SetWriteDeadline(time.Now().Add(importTime))
	if in.request.ContentLength > MaxUpload+4*maxField {
		return nil, tooLargeUpload()
	}
	in.request.Body = http.MaxBytesReader(in.writer, in.request.Body, MaxUpload+4*maxField)
	parts, err := in.request.MultipartReader()
	if err != nil {
		return nil, huifang.Invalid(reasonMediaType, huifang.Text{ZH: "请以 multipart/form-data 上传，文件放在 file 字段", EN: "upload as multipart/form-data, with the file in the field file"})
	}
	u := &upload{fields: map[string]string{}}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = in.take(u, part)
		}
		if err != nil {
			return nil, unreceived(err)
		}
	}
	if in.file == nil {
		return nil, huifang.Invalid("import.file_missing", huifang.Text{ZH: "没有收到文件，请把文件放在 file 字段", EN: "no file came; put it in the field file"}).Located(huifang.Location{Field: "file"})
	}
	return u, nil
}

func (in *uploadInput) take(u *upload, part *multipart.Part) error {
	if part.FormName() != "file" {
		b, err := io.ReadAll(io.LimitReader(part, maxField))
		u.fields[part.FormName()] = strings.TrimSpace(string(b))
		return err
	}
	if in.file != nil {
		return huifang.Invalid("import.one_file", huifang.Text{ZH: "一次只能导入一个文件", EN: "one file at a time"}).Located(huifang.Location{Field: "file"})
	}
	file, err := os.CreateTemp("", "huifang-import-*")
	if err != nil {
		return err
	}
	in.file, u.name = file, part.FileName()
	u.size, err = io.Copy(file, io.LimitReader(part, MaxUpload+1))
	if err == nil && u.size > MaxUpload {
		err = tooLargeUpload()
	}
	return err
}

func tooLargeUpload() *huifang.Error {
	return huifang.Fail(huifang.CodeTooLarge, "import.too_large", huifang.Textf("文件超过 %d MB，请拆分后分批导入", "the file is over %d MB; split it and import the parts", MaxUpload>>20)).Located(huifang.Location{Field: "file"})
}

// unreceived says why a form could not be read.
func unreceived(err error) error {
	var (
		ours *huifang.Error
		big  *http.MaxBytesError
	)
	switch {
	case errors.As(err, &ours):
		return err
	case errors.As(err, &big):
		return tooLargeUpload()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return ofStatus(http.StatusRequestTimeout)
	case errors.Is(err, io.ErrUnexpectedEOF), strings.HasPrefix(err.Error(), "multipart: "):
		return huifang.Invalid(reasonMalformed, huifang.Text{ZH: "上传内容不完整，请重试", EN: "the upload is incomplete; try again"})
	}
	return huifang.Wrap(err)
}

// describeUpload puts the form into the document: the library does not know of
// it, since it does not read it.
func (s *service) describeUpload(path string) {
	o := s.api.OpenAPI().Paths[prefix+path].Post
	if created := o.Responses["201"]; created != nil {
		created.Content = map[string]*huma.MediaType{
			"application/json": {Schema: s.schema(reflect.TypeFor[Import]())},
			mediaLines:         {Schema: s.schema(reflect.TypeFor[ImportLine]())},
		}
	}
	str := func(doc string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: doc} }
	o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
			"file":         {Type: huma.TypeString, Format: "binary", Description: "CSV (UTF-8 or GB18030), XLSX, or JSON lines; at most 256 MB."},
			"mapping":      str("Name of a saved mapping."),
			"mapping_yaml": str("A mapping itself, instead."),
			"columns":      str("Columns that mean something else than by the mapping: a JSON object of column names to fields, empty for a column that is not read."),
			"kind":         str("What a row is: events, contacts, assets, staff, or the code of a sheet of an active pack; missing: worked out from the header."),
			"unit":         str("Unit, by id or code, of rows that name none."),
			"backfill":     {Type: huma.TypeString, Enum: []any{"true", "false"}, Description: "Plan also follow-ups whose window is closed already."},
		}}},
	}}
}
