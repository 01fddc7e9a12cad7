package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/huifang/huifang"
)

// Blobs keeps the content of files in a folder, each under the SHA-256 of what
// it holds, so that the same content is kept once and never changes.
type Blobs struct{ dir string }

// newBlobs is the folder of the configuration; nil where there is none.
func newBlobs(cfg Config) *Blobs {
	if cfg.Files != "" {
		return &Blobs{cfg.Files}
	}
	if path, ok := litePath(cfg.URL); ok && path != "" {
		return &Blobs{path + ".files"}
	}
	return nil
}

// Blobs is where files are kept; nil where no folder is configured.
func (s *Store) Blobs() *Blobs { return s.blobs }

// Put keeps what r reads and tells its hash. When it returns the content is on
// the disk.
func (b *Blobs) Put(r io.Reader) (hash string, err error) {
	if b == nil {
		return "", noFolder()
	}
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return "", unkept(err)
	}
	f, err := os.CreateTemp(b.dir, "new-*")
	if err != nil {
		return "", unkept(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // nobody knows of it
		}
	}()
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), r)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	name := b.name(hash)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", unkept(err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return "", unkept(err)
	}
	return hash, nil
}

func noFolder() error {
	return huifang.Fail(huifang.CodeUnavailable, "file.no_folder", huifang.Text{
		ZH: "没有存放文件的文件夹，请管理员用 --files 或 HUIFANG_FILES 指定", EN: "there is no folder for files; the administrator names one with --files or HUIFANG_FILES",
	})
}

func unkept(err error) error {
	return failure(huifang.CodeUnavailable, "file.folder", "文件夹无法写入，文件没有保存", "the folder of files cannot be written to; the file is not kept", err)
}

// name is where a hash in hexadecimal is kept.
func (b *Blobs) name(hash string) string { return filepath.Join(b.dir, hash[:2], hash[2:]) }

// Open reads the content of a hash; not found where there is none.
func (b *Blobs) Open(hash string) (*os.File, error) {
	if b == nil {
		return nil, noFolder()
	}
	if raw, err := hex.DecodeString(hash); err != nil || len(raw) != sha256.Size {
		return nil, none("file")
	}
	f, err := os.Open(b.name(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, none("file")
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return f, nil
}

// Blobs follow the tables of a backup, as the rows of one more.
const (
	blobTable = "blob"
	blobKinds = "bb"

	// Every organization's files: the whole database is copied.
	sqlFileHashes = "SELECT DISTINCT hash FROM file WHERE org_id IS NOT NULL ORDER BY hash"
)

// fileHashes lists the files to be copied.
func (s *Store) fileHashes(ctx context.Context, q *Reads) ([]string, error) {
	if s.blobs == nil {
		return nil, nil
	}
	return list(ctx, q, (*row).hash, sqlFileHashes)
}

// backupBlobs writes the content of files. One that is missing is left out: a
// backup of the rest is worth more than none.
func (s *Store) backupBlobs(b *backupWriter, hashes []string) error {
	if len(hashes) == 0 {
		return nil
	}
	if err := b.line(backupTable{blobTable, []string{"hash", "content"}, blobKinds}); err != nil {
		return err
	}
	for _, hash := range hashes {
		content, err := s.blobs.content(hash)
		if huifang.CodeOf(err) == huifang.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		if err := b.blob(hash, content); err != nil {
			return err
		}
	}
	return b.w.WriteByte(0)
}

func (b *Blobs) content(hash string) ([]byte, error) {
	f, err := b.Open(hash)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(f)
	return content, errors.Join(err, f.Close())
}

// restoreBlobs keeps the content of files that a backup holds.
func (s *Store) restoreBlobs(b *backupReader) error {
	for {
		values, err := b.row(blobKinds)
		if err != nil || values == nil {
			return err
		}
		if s.blobs == nil {
			return noFolder()
		}
		want, _ := values[0].([]byte)
		content, _ := values[1].([]byte)
		got, err := s.blobs.Put(bytes.NewReader(content))
		if err != nil {
			return err
		}
		if got != hex.EncodeToString(want) {
			return damaged(errors.New("a file is not what its hash says"))
		}
	}
}
