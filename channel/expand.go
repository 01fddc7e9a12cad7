package channel

import (
	"crypto/md5"  //nolint:gosec // gateways ask for it
	"crypto/sha1" //nolint:gosec // gateways ask for it
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// placeholder is ${name}, ${name|filter} or ${name+name|filter|filter}.
func placeholder() *regexp.Regexp { return regexp.MustCompile(`\$\{([^{}]*)\}`) }

// beijing is the zone of the clocks of the gateways.
func beijing() *time.Location { return time.FixedZone("CST", 8*3600) }

// The ways values are escaped where they are put in.
func keep(s string) string      { return s }
func escapeURL(s string) string { return url.QueryEscape(s) }
func escapeJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil || len(b) < 2 {
		return ""
	}
	return string(b[1 : len(b)-1])
}

// expand fills in the placeholders of a template; each value is escaped for
// the place it goes to unless its last filter is raw.
func expand(template string, with map[string]string, escape func(string) string) (string, error) {
	var fault error
	out := placeholder().ReplaceAllStringFunc(template, func(found string) string {
		parts := strings.Split(found[2:len(found)-1], "|")
		var v strings.Builder
		for name := range strings.SplitSeq(parts[0], "+") {
			one, ok := with[strings.TrimSpace(name)]
			if !ok && fault == nil {
				fault = fmt.Errorf("没有占位符 %s / no placeholder %s", name, name)
			}
			v.WriteString(one)
		}
		value, raw, err := filtered(v.String(), parts[1:], with["secret"])
		if err != nil && fault == nil {
			fault = err
		}
		if raw {
			return value
		}
		return escape(value)
	})
	return out, fault
}

func filtered(v string, filters []string, secret string) (out string, raw bool, err error) {
	for _, f := range filters {
		switch f = strings.TrimSpace(f); f {
		case "md5":
			sum := md5.Sum([]byte(v)) //nolint:gosec // as the gateway wants it
			v = hex.EncodeToString(sum[:])
		case "sha1":
			sum := sha1.Sum([]byte(v)) //nolint:gosec // as the gateway wants it
			v = hex.EncodeToString(sum[:])
		case "sha256":
			sum := sha256.Sum256([]byte(v))
			v = hex.EncodeToString(sum[:])
		case "hmac_sha256":
			v = mac(secret, v)
		case "base64":
			v = base64.StdEncoding.EncodeToString([]byte(v))
		case "upper":
			v = strings.ToUpper(v)
		case "lower":
			v = strings.ToLower(v)
		case "gbk":
			if v, err = simplifiedchinese.GBK.NewEncoder().String(v); err != nil {
				return "", false, fmt.Errorf("不能转为 GBK / not in GBK: %w", err)
			}
		case "raw":
			raw = true
		default:
			return "", false, fmt.Errorf("没有处理方式 %s / no filter %s", f, f)
		}
	}
	return v, raw, nil
}
