package app

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/store"
)

// MaxFile is the largest photo, signature or document, in bytes.
const MaxFile = 20 << 20

// maxSignature is the largest drawn signature, in bytes.
const maxSignature = 512 << 10

// What a file is for.
const (
	FilePhoto     = "photo"
	FileSignature = "signature"
	FileDocument  = "document"
)

// NewFile is a file to be kept, and the record it is attached to: exactly one of
// Followup and Case.
type NewFile struct {
	Purpose  string
	Name     string
	Content  []byte
	Followup huifang.ID
	Case     huifang.ID
}

// AddFile keeps a file and attaches it to a follow-up the actor works or a case
// they manage. What it is shows in its content, not in its name: photos are
// JPEG, PNG or WebP; signatures PNG, or SVG that only draws; documents are
// those, PDF, Office files or text. Errors: file.type, file.too_large,
// file.empty.
func (a *App) AddFile(ctx context.Context, actor *huifang.Actor, in NewFile) (*huifang.File, error) {
	use, err := a.attachable(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	media, err := mediaOf(in)
	if err != nil {
		return nil, err
	}
	hash, err := a.store.Blobs().Put(bytes.NewReader(in.Content))
	if err != nil {
		return nil, err
	}
	f := &huifang.File{Org: actor.Org, Hash: hash, Media: media, Name: fileName(in.Name), Size: int64(len(in.Content)), Staff: actor.Staff, Created: a.now()}
	use.Hash = hash
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveFile(ctx, f); err != nil {
			return err
		}
		if err := tx.AttachFile(ctx, use); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, use.Kind+".file_added", use.Kind, use.Record, map[string]any{"hash": hash, "name": f.Name, "media": media, "purpose": in.Purpose})
	})
	return f, err
}

// fileName is the last part of a name, without what no system takes.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if r := []rune(name); len(r) > 200 {
		name = string(r[len(r)-200:])
	}
	return name
}

// attachable is the record a file goes to, if the actor may change it.
func (a *App) attachable(ctx context.Context, actor *huifang.Actor, in NewFile) (*huifang.FileUse, error) {
	switch {
	case in.Followup != "" && in.Case == "":
		f, err := a.reads().Followup(ctx, actor.Org, in.Followup)
		if err != nil {
			return nil, err
		}
		return &huifang.FileUse{Org: actor.Org, Kind: "followup", Record: f.ID}, huifang.CanWorkFollowup(actor, f)
	case in.Case != "" && in.Followup == "":
		c, err := a.reads().Case(ctx, actor.Org, in.Case)
		if err != nil {
			return nil, err
		}
		return &huifang.FileUse{Org: actor.Org, Kind: "case", Record: c.ID}, huifang.CanManageCase(actor, c)
	}
	return nil, fieldFault("followup", "file.attach", huifang.Text{ZH: "请指明文件属于哪条回访或哪个诉求", EN: "name the follow-up or the case that the file belongs to"})
}

// mediaOf is what a file is, by its content, if its purpose takes it.
func mediaOf(in NewFile) (string, error) {
	switch {
	case len(in.Content) == 0:
		return "", fieldFault("file", "file.empty", huifang.Text{ZH: "文件是空的", EN: "the file is empty"})
	case len(in.Content) > MaxFile, in.Purpose == FileSignature && len(in.Content) > maxSignature:
		return "", huifang.Fail(huifang.CodeTooLarge, "file.too_large", huifang.Text{ZH: "文件过大：照片和文件不超过 20 MB，签字不超过 512 KB", EN: "the file is too large: photos and documents have at most 20 MB, signatures 512 kB"})
	}
	media, _, _ := strings.Cut(http.DetectContentType(in.Content), ";")
	switch {
	case media == "image/png":
		return media, nil
	case in.Purpose == FileSignature:
		if onlyDraws(in.Content) {
			return "image/svg+xml", nil
		}
	case media == "image/jpeg", media == "image/webp":
		return media, nil
	case in.Purpose == FileDocument:
		if document := documentMedia(media, in.Name); document != "" {
			return document, nil
		}
	}
	return "", fieldFault("file", "file.type", huifang.Text{
		ZH: "不支持的文件类型：照片用 JPEG、PNG、WebP，签字用 PNG、SVG，文件另可用 PDF、Office 文档、文本", EN: "this type of file is not taken: photos are JPEG, PNG or WebP, signatures PNG or SVG, documents also PDF, Office files or text",
	})
}

// documentMedia is the media type of a document; empty: not one of those taken.
func documentMedia(sniffed, name string) string {
	switch sniffed {
	case "application/pdf", "text/plain":
		return sniffed
	case "application/zip":
		switch strings.ToLower(path.Ext(name)) {
		case ".docx":
			return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		case ".xlsx":
			return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		}
	}
	return ""
}

// onlyDraws tells that a text is an SVG of lines and nothing that could run,
// refer elsewhere or hide something.
func onlyDraws(content []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(content))
	elements := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return elements > 0
		}
		if err != nil {
			return false
		}
		switch t := t.(type) {
		case xml.StartElement:
			if elements++; elements == 1 && t.Name.Local != "svg" || !drawing(t) {
				return false
			}
		case xml.Directive: // entities
			return false
		case xml.ProcInst:
			if t.Target != "xml" {
				return false
			}
		}
	}
}

func drawing(e xml.StartElement) bool {
	switch e.Name.Local {
	case "svg", "g", "path", "polyline", "line", "circle", "rect", "title":
	default:
		return false
	}
	for _, a := range e.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "viewbox", "fill", "stroke", "stroke-width",
			"stroke-linecap", "stroke-linejoin", "transform", "version", "xmlns", "opacity", "preserveaspectratio":
		default:
			return false
		}
		if strings.Contains(a.Value, "(") && strings.Contains(strings.ToLower(a.Value), "url") {
			return false
		}
	}
	return true
}

// File is a file with its content, which the caller closes: for whoever may
// read a record it is attached to. For anybody else it is not found.
func (a *App) File(ctx context.Context, actor *huifang.Actor, hash string) (*huifang.File, io.ReadSeekCloser, error) {
	f, err := a.reads().File(ctx, actor.Org, hash)
	if err != nil {
		return nil, nil, err
	}
	uses, err := a.reads().FileUses(ctx, actor.Org, hash)
	if err != nil {
		return nil, nil, err
	}
	for _, u := range uses {
		if err := a.canReadRecord(ctx, actor, u); err != nil {
			if absent(err) != nil && huifang.CodeOf(err) != huifang.CodeForbidden {
				return nil, nil, err
			}
			continue
		}
		content, err := a.store.Blobs().Open(hash)
		if err != nil {
			return nil, nil, err
		}
		return f, content, nil
	}
	return nil, nil, huifang.Fail(huifang.CodeNotFound, "not_found", huifang.Text{ZH: "没有找到该文件", EN: "no such file"})
}

func (a *App) canReadRecord(ctx context.Context, actor *huifang.Actor, u *huifang.FileUse) error {
	if u.Kind == "case" {
		c, err := a.reads().Case(ctx, u.Org, u.Record)
		if err != nil {
			return err
		}
		return canReadCase(actor, c)
	}
	f, err := a.reads().Followup(ctx, u.Org, u.Record)
	if err != nil {
		return err
	}
	return huifang.CanReadFollowup(actor, f)
}

// RecordFiles lists the files of a follow-up or a case, oldest first, for its
// readers.
func (a *App) RecordFiles(ctx context.Context, actor *huifang.Actor, kind string, record huifang.ID) ([]*huifang.File, error) {
	if err := a.canReadRecord(ctx, actor, &huifang.FileUse{Org: actor.Org, Kind: kind, Record: record}); err != nil {
		return nil, err
	}
	return a.reads().FilesOf(ctx, actor.Org, kind, record)
}

// checkFiles refuses signatures and answers that name files the follow-up does
// not have.
func (a *App) checkFiles(ctx context.Context, f *huifang.Followup, def *form.Definition, answers huifang.Attributes, signed []huifang.Signature) error {
	named := map[string]string{} // by hash: the field
	for _, s := range signed {
		named[s.Image] = "signatures.image"
	}
	if def != nil {
		for _, item := range def.Items {
			switch item.Kind { //nolint:exhaustive // those that name files
			case form.KindPhoto, form.KindFile:
				list, _ := answers[item.Code].([]any)
				for _, v := range list {
					if hash, ok := v.(string); ok {
						named[hash] = "answers." + item.Code
					}
				}
			case form.KindSignature:
				if m, ok := answers[item.Code].(map[string]any); ok {
					hash, _ := m["image"].(string)
					named[hash] = "answers." + item.Code
				}
			}
		}
	}
	delete(named, "")
	if len(named) == 0 {
		return nil
	}
	have, err := a.reads().FilesOf(ctx, f.Org, "followup", f.ID)
	if err != nil {
		return err
	}
	for _, x := range have {
		delete(named, x.Hash)
	}
	for _, field := range named {
		return fieldFault(field, "file.unknown", huifang.Text{ZH: "没有上传过这个文件，请先上传到本次回访", EN: "this file was not uploaded to the follow-up; upload it first"})
	}
	return nil
}
