package channel

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

// Limits of a try.
const (
	dialTime   = 10 * time.Second
	wholeTime  = 30 * time.Second
	mostAnswer = 64 << 10 // bytes of an answer that are read
)

// Network is the way out. Addresses that people enter lead only to the public
// internet: what stands behind the same firewall is none of a customer's
// business. The address is looked at when the connection is made, after names
// were resolved, so that no name can lead astray.
type Network struct {
	dialer *net.Dialer
	client *http.Client
	roots  *x509.CertPool // nil: the system's
}

// errPrivate is a connection to an address that is not public.
var errPrivate = errors.New("the address is not on the public internet")

// NewNetwork is a way out; with private it leads to loopback and private
// addresses, too, for installations whose gateways stand in the same house.
func NewNetwork(private bool) *Network {
	d := &net.Dialer{Timeout: dialTime}
	if !private {
		d.Control = func(_, address string, _ syscall.RawConn) error {
			if at, err := netip.ParseAddrPort(address); err != nil || !public(at.Addr()) {
				return errPrivate
			}
			return nil
		}
	}
	transport := &http.Transport{DialContext: d.DialContext, TLSHandshakeTimeout: dialTime, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true}
	return &Network{dialer: d, client: &http.Client{
		Transport: transport, Timeout: wholeTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// special lists ranges that are neither private nor public: shared address
// space, documentation, benchmarks, translation and tunnels into IPv4.
func special() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16",
	} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// public tells an address of the public internet.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range special() {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// do sends a request and reads the answer. A fault says whether the far side
// may have acted on it.
func (n *Network) do(r *http.Request) (status int, body []byte, err error) {
	resp, err := n.client.Do(r)
	if err != nil {
		return 0, nil, faultOf(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read as far as wanted
	body, err = io.ReadAll(io.LimitReader(resp.Body, mostAnswer))
	switch s := resp.StatusCode; {
	case s >= 200 && s < 300:
		if err != nil {
			return s, body, &Fault{Retry: true, Unknown: true, Err: err}
		}
		return s, body, nil
	case s == http.StatusTooManyRequests, s == http.StatusServiceUnavailable, s == http.StatusRequestTimeout, s == http.StatusTooEarly:
		return s, body, &Fault{Retry: true, Text: answered(s, body)}
	case s >= 500:
		return s, body, &Fault{Retry: true, Unknown: true, Text: answered(s, body)}
	default:
		return s, body, &Fault{Text: answered(s, body)}
	}
}

// answered is an answer for the log of tries, cut short.
func answered(status int, body []byte) string {
	const most = 300
	text := []rune(string(body))
	if len(text) > most {
		text = text[:most]
	}
	out := "HTTP " + strconv.Itoa(status)
	if len(text) > 0 {
		out += ": " + string(text)
	}
	return out
}

// faultOf sorts the errors of connections: what failed before anything was sent
// cannot have had an effect.
func faultOf(err error) *Fault {
	if errors.Is(err, errPrivate) {
		return &Fault{Text: "不允许发往内网地址 / " + errPrivate.Error(), Err: err}
	}
	f := &Fault{Retry: true, Unknown: true, Err: err}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		f.Unknown = false
	}
	if _, dns := errors.AsType[*net.DNSError](err); dns {
		f.Unknown = false
	}
	if errors.Is(err, context.Canceled) {
		f.Text = "cancelled"
	}
	return f
}
