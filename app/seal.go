package app

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/huifang/huifang"
)

// How a kept secret begins: sealed under the installation's key, or as it is
// where there was none.
const (
	sealedPrefix = "v1."
	plainPrefix  = "v0."
)

// seal is a secret as it is kept. Only the same organization's secret opens
// again: a row copied to another one is worth nothing.
func (a *App) seal(org huifang.ID, secret string) (string, error) {
	if len(a.key) == 0 {
		return plainPrefix + secret, nil
	}
	box, err := newBox(a.key)
	if err != nil {
		return "", huifang.Wrap(err)
	}
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return sealedPrefix + base64.StdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(secret), []byte(org))), nil
}

// unseal is the secret again.
func (a *App) unseal(org huifang.ID, kept string) (string, error) {
	if rest, plain := strings.CutPrefix(kept, plainPrefix); plain || kept == "" {
		return rest, nil
	}
	fault := &huifang.Error{
		Code: huifang.CodeConflict, Reason: "secret.sealed", Message: huifang.Text{
			ZH: "密钥不能解开：请检查 HUIFANG_KEY 是否与保存时一致，或重新填写密钥", EN: "the secret does not open: see that HUIFANG_KEY is what it was, or enter the secret again",
		},
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(kept, sealedPrefix))
	if err != nil || len(a.key) == 0 {
		fault.Err = errors.Join(err, errors.New("app: no key"))
		return "", fault
	}
	box, err := newBox(a.key)
	if err != nil {
		return "", huifang.Wrap(err)
	}
	if len(raw) < box.NonceSize() {
		return "", fault
	}
	out, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], []byte(org))
	if err != nil {
		fault.Err = err
		return "", fault
	}
	return string(out), nil
}

func newBox(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
