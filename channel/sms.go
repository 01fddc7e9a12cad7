package channel

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// gateway sends text messages by an HTTP request that its settings describe.
type gateway struct {
	settings map[string]string
	network  *Network
}

func newGateway(settings map[string]string, network *Network) *gateway {
	return &gateway{settings, network}
}

// Repeatable is part of Sender.
func (g *gateway) Repeatable() bool { return g.settings["repeatable"] == "yes" }

// checkGateway refuses templates that cannot be filled in.
func checkGateway(settings map[string]string) error {
	l := Letter{ID: "0", To: "13800000000", Text: "x"}
	for _, name := range []string{"url", "headers", "body"} {
		if _, err := expand(settings[name], values(settings, l), keep); err != nil {
			return located(name, "sender.placeholder", huifang.Textf("%s", "%s", err))
		}
	}
	if _, err := headers(settings["headers"]); err != nil {
		return located("headers", "sender.header", huifang.Textf("请求头应写作“名称: 值”，每行一个：%s", "write a header as “Name: value”, one a line: %s", err))
	}
	return nil
}

// values are what the placeholders stand for.
func values(s map[string]string, l Letter) map[string]string {
	text := l.Text
	if s["sign"] != "" && !strings.HasPrefix(text, "【") {
		text = s["sign"] + text
	}
	return map[string]string{
		"phone": l.To, "text": text, "id": l.ID, "account": s["account"], "secret": s["secret"], "extra": s["extra"], "colon": ":",
		"unix": strconv.FormatInt(l.At.Unix(), 10), "unixms": strconv.FormatInt(l.At.UnixMilli(), 10), "time": l.At.In(beijing()).Format("20060102150405"),
	}
}

func headers(text string) ([][2]string, error) {
	var out [][2]string
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(name) == "" || strings.ContainsAny(name, " ${}") {
			return nil, fmt.Errorf("%q", line)
		}
		out = append(out, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return out, lines.Err()
}

// request fills in the templates.
func (g *gateway) request(ctx context.Context, l Letter) (*http.Request, error) {
	s, with := g.settings, values(g.settings, l)
	address, err := expand(s["url"], with, escapeURL)
	if err != nil {
		return nil, err
	}
	head, err := headers(s["headers"])
	if err != nil {
		return nil, err
	}
	escape := escapeURL
	for _, h := range head {
		if strings.EqualFold(h[0], "Content-Type") && strings.Contains(h[1], "json") {
			escape = escapeJSON
		}
	}
	body, err := expand(s["body"], with, escape)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, s["method"], address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	for _, h := range head {
		v, err := expand(h[1], with, keep)
		if err != nil {
			return nil, err
		}
		r.Header.Set(h[0], v)
	}
	return r, nil
}

// Send is part of Sender.
func (g *gateway) Send(ctx context.Context, l Letter) (Receipt, error) {
	r, err := g.request(ctx, l)
	if err != nil {
		return Receipt{}, &Fault{Text: "the request could not be made"} // the cause could tell the secret
	}
	status, body, err := g.network.do(r)
	if err != nil {
		return Receipt{}, hidden(err)
	}
	if !succeeded(g.settings["success"], body) {
		return Receipt{}, &Fault{Text: answered(status, body)}
	}
	return Receipt{Ref: at(body, g.settings["ref"])}, nil
}

// succeeded looks for the sign of success in an answer.
func succeeded(sign string, body []byte) bool {
	path, want, isPath := strings.Cut(sign, "=")
	switch {
	case sign == "":
		return true
	case isPath:
		return at(body, path) == strings.TrimSpace(want)
	}
	return strings.HasPrefix(strings.TrimSpace(string(body)), sign)
}

// at is a value of a JSON text by its dotted path, "" where there is none.
func at(body []byte, path string) string {
	if path == "" {
		return ""
	}
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return ""
	}
	for name := range strings.SplitSeq(strings.TrimSpace(path), ".") {
		switch inner := v.(type) {
		case map[string]any:
			v = inner[name]
		case []any:
			if len(inner) == 0 || name != "0" {
				return ""
			}
			v = inner[0]
		default:
			return ""
		}
	}
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}
