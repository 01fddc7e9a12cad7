package channel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// robot speaks in a group of WeCom, DingTalk or Feishu. None of them knows a
// text again that comes twice.
type robot struct {
	kind        huifang.SenderKind
	url, secret string
	network     *Network
}

// Repeatable is part of Sender.
func (r *robot) Repeatable() bool { return false }

// Send is part of Sender.
func (r *robot) Send(ctx context.Context, l Letter) (Receipt, error) {
	address, body, err := r.request(l)
	if err != nil {
		return Receipt{}, &Fault{Err: err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Receipt{}, &Fault{Text: "bad address"} // the cause would tell the robot's key
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	_, answer, err := r.network.do(req)
	if err != nil {
		return Receipt{}, hidden(err)
	}
	var said struct {
		Code *int   `json:"errcode"`
		Feed *int   `json:"code"`
		Text string `json:"errmsg"`
		Msg  string `json:"msg"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return Receipt{}, &Fault{Text: answered(http.StatusOK, answer)}
	}
	code := 0
	if said.Code != nil {
		code = *said.Code
	} else if said.Feed != nil {
		code = *said.Feed
	}
	if code == 0 {
		return Receipt{}, nil
	}
	// Too many at once: 45009 WeCom, 130101 and 410100 DingTalk, 9499 and 11232 Feishu.
	busy := slices.Contains([]int{45009, 130101, 410100, 9499, 11232}, code)
	return Receipt{}, &Fault{Retry: busy, Text: strings.TrimSpace(strconv.Itoa(code) + " " + said.Text + said.Msg)}
}

// hidden leaves the address, which holds the robot's key, out of a fault.
func hidden(err error) error {
	f, ok := err.(*Fault)                      //nolint:errorlint // do returns nothing else
	if u, is := f.Err.(*url.Error); ok && is { //nolint:errorlint // as net/http gives it
		out := *f
		out.Err = u.Err
		return &out
	}
	return err
}

// request is the address and the body that the robot takes.
func (r *robot) request(l Letter) (address string, body []byte, err error) {
	text := map[string]string{"content": l.Text}
	switch r.kind {
	case huifang.SenderFeishu:
		out := map[string]any{"msg_type": "text", "content": map[string]string{"text": l.Text}}
		if r.secret != "" {
			seconds := strconv.FormatInt(l.At.Unix(), 10)
			out["timestamp"], out["sign"] = seconds, mac(seconds+"\n"+r.secret, "")
		}
		body, err = json.Marshal(out)
		return r.url, body, err
	case huifang.SenderDingTalk:
		body, err = json.Marshal(map[string]any{"msgtype": "text", "text": text})
		return r.signed(l.At), body, err
	default:
		body, err = json.Marshal(map[string]any{"msgtype": "text", "text": text})
		return r.url, body, err
	}
}

// signed is the address with DingTalk's signature.
func (r *robot) signed(at time.Time) string {
	if r.secret == "" {
		return r.url
	}
	ms := strconv.FormatInt(at.UnixMilli(), 10)
	mark := "?"
	if strings.Contains(r.url, "?") {
		mark = "&"
	}
	return r.url + mark + "timestamp=" + ms + "&sign=" + url.QueryEscape(mac(r.secret, ms+"\n"+r.secret))
}

func mac(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}
