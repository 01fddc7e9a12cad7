package channel

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/huifang/huifang"
)

// heard is a request as a server got it.
type heard struct {
	method, path, query string
	header              http.Header
	body                string
}

// listen answers every request and remembers the last.
func listen(t *testing.T, status int, answer string) (address string, last *atomic.Pointer[heard]) {
	t.Helper()
	last = &atomic.Pointer[heard]{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		last.Store(&heard{r.Method, r.URL.Path, r.URL.RawQuery, r.Header, string(b)})
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL, last
}

func sms(l Letter) Letter {
	l.To, l.Text = "13812342628", `您好&"王"`
	return l
}

func TestGateway(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`【青禾】您好&"王"`)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		settings     map[string]string
		status       int
		answer, body string
		query, auth  string
		ref          string
		fault        *Fault
	}{
		"form": {
			settings: map[string]string{"body": "u=${account}&p=${secret|md5|upper}&m=${phone}&c=${text}&t=${time}", "account": "a b", "secret": "x", "sign": "【青禾】", "success": "code=0", "ref": "data.id"},
			status:   200, answer: `{"code":"0","data":{"id":9007199254740993}}`, ref: "9007199254740993",
			body: "u=a+b&p=9DD4E461268C8034F5C8564E155C67A6&m=13812342628&c=" + url.QueryEscape(`【青禾】您好&"王"`) + "&t=20260302100000",
		},
		"json": {
			settings: map[string]string{"headers": "Content-Type: application/json\nAuthorization: Basic ${account+colon+secret|base64}", "body": `{"m":"${phone}","c":"${text}","id":"${id}"}`, "account": "u", "secret": "p"},
			status:   200, body: `{"m":"13812342628","c":"您好\u0026\"王\"","id":"01a2"}`, auth: "Basic dTpw",
		},
		"get in GBK": {
			settings: map[string]string{"method": "GET", "path": "/sms?m=${phone}&c=${text|gbk}", "headers": "", "sign": "【青禾】", "success": "0"},
			status:   200, answer: "0\n", query: "m=13812342628&c=" + url.QueryEscape(gbk),
		},
		"refused":     {settings: map[string]string{"success": "code=0"}, status: 200, answer: `{"code":5,"msg":"余额不足"}`, fault: &Fault{}},
		"no json":     {settings: map[string]string{"success": "code=0"}, status: 200, answer: `<html>`, fault: &Fault{}},
		"busy":        {status: 429, fault: &Fault{Retry: true}},
		"down":        {status: 502, fault: &Fault{Retry: true, Unknown: true}},
		"not allowed": {status: 403, fault: &Fault{}},
		"moved":       {status: 302, fault: &Fault{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, last := listen(t, tt.status, tt.answer)
			settings := map[string]string{"url": address + tt.settings["path"]}
			for k, v := range tt.settings {
				if k != "path" {
					settings[k] = v
				}
			}
			r, fault := send(t, huifang.SenderSMS, settings, sms(letter()))
			got := last.Load()
			if got.body != tt.body || got.query != tt.query || tt.auth != "" && got.header.Get("Authorization") != tt.auth || r.Ref != tt.ref {
				t.Errorf("%+v, ref %q", got, r.Ref)
			}
			if (fault == nil) != (tt.fault == nil) || fault != nil && (fault.Retry != tt.fault.Retry || fault.Unknown != tt.fault.Unknown) {
				t.Errorf("%+v", fault)
			}
		})
	}
}

// The presets of known gateways are settings that can be used.
func TestPresets(t *testing.T) {
	t.Parallel()
	for _, p := range Presets(huifang.SenderSMS) {
		s := map[string]string{"account": "a", "secret": "b"}
		maps.Copy(s, p.Settings)
		sender, err := New(huifang.SenderSMS, s, NewNetwork(false))
		if err != nil {
			t.Errorf("%s: %v", p.Name.ZH, err)
			continue
		}
		r, err := sender.(*gateway).request(t.Context(), sms(letter())) //nolint:forcetypeassert // an SMS sender
		if err != nil || r.URL.Scheme != "https" {
			t.Errorf("%s: %v", p.Name.ZH, err)
			continue
		}
		body, _ := io.ReadAll(r.Body)
		if !strings.Contains(r.URL.RawQuery+string(body), "13812342628") || strings.Contains(string(body)+r.URL.String(), "${") {
			t.Errorf("%s: %s %s", p.Name.ZH, r.URL, body)
		}
		if strings.HasPrefix(string(body), "{") && !json.Valid(body) {
			t.Errorf("%s: %s", p.Name.ZH, body)
		}
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	at := letter().At
	for kind, want := range map[huifang.SenderKind]string{
		huifang.SenderWeCom:    `{"msgtype":"text","text":{"content":"有回访逾期"}}`,
		huifang.SenderDingTalk: `{"msgtype":"text","text":{"content":"有回访逾期"}}`,
		huifang.SenderFeishu:   `{"content":{"text":"有回访逾期"},"msg_type":"text","sign":"` + mac("1772416800\nk", "") + `","timestamp":"1772416800"}`,
	} {
		address, last := listen(t, 200, `{"errcode":0,"code":0}`)
		settings := map[string]string{"url": address + "/send?key=1"}
		if kind != huifang.SenderWeCom {
			settings["secret"] = "k"
		}
		if _, fault := send(t, kind, settings, Letter{Text: "有回访逾期", At: at}); fault != nil {
			t.Errorf("%s: %v", kind, fault)
		}
		got := last.Load()
		if got.body != want {
			t.Errorf("%s got %s", kind, got.body)
		}
		if q, err := url.ParseQuery(got.query); kind == huifang.SenderDingTalk && (err != nil || q.Get("timestamp") != "1772416800000" || q.Get("sign") != mac("k", "1772416800000\nk")) {
			t.Errorf("signed %s", got.query)
		}
	}
	for answer, retry := range map[string]bool{`{"errcode":45009,"errmsg":"freq"}`: true, `{"errcode":93000,"errmsg":"invalid webhook url"}`: false, `oops`: false} {
		address, _ := listen(t, 200, answer)
		if _, fault := send(t, huifang.SenderWeCom, map[string]string{"url": address}, Letter{Text: "x", At: at}); fault == nil || fault.Retry != retry {
			t.Errorf("%s: %+v", answer, fault)
		}
	}
	// A robot's address holds its key: no fault tells it.
	if _, fault := send(t, huifang.SenderWeCom, map[string]string{"url": "http://127.0.0.1:1/send?key=secret"}, Letter{Text: "x", At: at}); fault == nil || strings.Contains(fault.Error(), "secret") {
		t.Errorf("%v", fault)
	}
}

func TestWebhookSender(t *testing.T) {
	t.Parallel()
	address, last := listen(t, 204, "")
	secret := NewSecret([32]byte{1, 2, 3})
	if _, fault := send(t, huifang.SenderWebhook, map[string]string{"url": address, "secret": secret}, letter()); fault != nil {
		t.Fatal(fault)
	}
	got := last.Load()
	if got.header.Get("webhook-id") != "01a2" || got.header.Get("webhook-timestamp") != "1772416800" || got.header.Get("webhook-signature") != Sign(secret, "01a2", letter().At, []byte(got.body)) {
		t.Errorf("%v", got.header)
	}
	if !strings.Contains(got.body, `"to":"wang@example.com"`) {
		t.Error(got.body)
	}
}

// The example of the Standard Webhooks specification.
func TestSign(t *testing.T) {
	t.Parallel()
	got := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got)
	}
	if b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(NewSecret([32]byte{9}), "whsec_")); err != nil || len(b) != 32 || b[0] != 9 {
		t.Errorf("%v %v", b, err)
	}
}

// What stands behind the firewall cannot be reached, by whatever name.
func TestNetworkStaysOut(t *testing.T) {
	t.Parallel()
	address, last := listen(t, 200, "")
	inside := strings.Replace(address, "127.0.0.1", "localhost", 1)
	for _, to := range []string{address, inside, "http://[::1]:1/", "http://10.0.0.1:1/", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]:1/", "http://0.0.0.0:1/"} {
		_, err := NewNetwork(false).Post(t.Context(), to, "whsec_", "x", letter().At, []byte("{}"))
		var fault *Fault
		if !errors.As(err, &fault) || fault.Retry || !errors.Is(err, errPrivate) {
			t.Errorf("%s: %v", to, err)
		}
	}
	if last.Load() != nil {
		t.Error("something was heard inside")
	}
	for a, want := range map[string]bool{
		"8.8.8.8": true, "114.114.114.114": true, "2400:3200::1": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false,
		"100.64.0.1": false, "169.254.1.1": false, "0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "::1": false, "fe80::1": false, "fd00::1": false,
		"::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false, "198.18.0.1": false,
	} {
		if public(netip.MustParseAddr(a)) != want {
			t.Errorf("%s", a)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kind     huifang.SenderKind
		settings map[string]string
		field    string
	}{
		"no kind":     {"fax", nil, ""},
		"missing":     {huifang.SenderWeCom, nil, "url"},
		"unknown":     {huifang.SenderWeCom, map[string]string{"url": "https://x", "nope": "1"}, "nope"},
		"no address":  {huifang.SenderWeCom, map[string]string{"url": "x"}, "url"},
		"port":        {huifang.SenderEmail, map[string]string{"host": "x", "from": "a@b", "port": "70000"}, "port"},
		"choice":      {huifang.SenderEmail, map[string]string{"host": "x", "from": "a@b", "security": "maybe"}, "security"},
		"no sender":   {huifang.SenderEmail, map[string]string{"host": "x", "from": "nobody"}, "from"},
		"placeholder": {huifang.SenderSMS, map[string]string{"url": "https://x", "body": "${nope}"}, "body"},
		"filter":      {huifang.SenderSMS, map[string]string{"url": "https://x?a=${text|rot13}"}, "url"},
		"header":      {huifang.SenderSMS, map[string]string{"url": "https://x", "headers": "nonsense"}, "headers"},
		"too long":    {huifang.SenderSMS, map[string]string{"url": "https://x", "body": strings.Repeat("x", mostSetting+1)}, "body"},
	} {
		_, err := New(tt.kind, tt.settings, NewNetwork(false))
		var e *huifang.Error
		if !errors.As(err, &e) || e.At.Field != tt.field || e.Code != huifang.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, kind := range huifang.SenderKinds() {
		for _, f := range Fields(kind) {
			if f.Label.ZH == "" || f.Label.EN == "" {
				t.Errorf("%s %s has no name in both languages", kind, f.Name)
			}
		}
	}
}
