package channel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// secretPrefix begins the secrets that sign webhooks.
const secretPrefix = "whsec_"

// NewSecret is a signing secret from 32 bytes of entropy.
func NewSecret(entropy [32]byte) string {
	return secretPrefix + base64.StdEncoding.EncodeToString(entropy[:])
}

// secretKey is a secret's bytes: base64 after the prefix, else as it stands.
func secretKey(secret string) []byte {
	if b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix)); err == nil && strings.HasPrefix(secret, secretPrefix) {
		return b
	}
	return []byte(secret)
}

// Sign is the signature of Standard Webhooks: HMAC-SHA256 over id, seconds and
// body, joined by dots.
func Sign(secret, id string, at time.Time, body []byte) string {
	h := hmac.New(sha256.New, secretKey(secret))
	h.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// Post tells body, a JSON text, to an address under a signature. The id stays
// the same when it is told again: receivers know it by that. status is 0 where
// nobody answered; the error is a *Fault.
func (n *Network) Post(ctx context.Context, url, secret, id string, at time.Time, body []byte) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, &Fault{Err: err}
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "Huifang")
	r.Header.Set("webhook-id", id)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("webhook-signature", Sign(secret, id, at, body))
	status, _, err = n.do(r)
	return status, err
}

// hook sends letters to an address of the organization's own.
type hook struct {
	url, secret string
	network     *Network
}

// Repeatable is part of Sender: the letter's id is that of the request.
func (h *hook) Repeatable() bool { return true }

// Send is part of Sender.
func (h *hook) Send(ctx context.Context, l Letter) (Receipt, error) {
	body, err := json.Marshal(struct {
		ID      string       `json:"id"`
		To      string       `json:"to"`
		Subject string       `json:"subject"`
		Text    string       `json:"text"`
		Lang    huifang.Lang `json:"lang"`
	}{l.ID, l.To, l.Subject, l.Text, l.Lang})
	if err != nil {
		return Receipt{}, &Fault{Err: err}
	}
	_, err = h.network.Post(ctx, h.url, h.secret, l.ID, l.At, body)
	return Receipt{}, err
}
