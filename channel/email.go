package channel

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/huifang/huifang"
)

// email sends by an SMTP server. The Message-ID comes from the letter, so that
// mailboxes know a letter that comes twice.
type email struct {
	settings map[string]string
	network  *Network
}

func newEmail(settings map[string]string, network *Network) (*email, error) {
	if _, err := netmail.ParseAddress(settings["from"]); err != nil {
		return nil, located("from", "sender.from", huifang.Text{ZH: "发件地址不是有效的邮箱地址", EN: "the sender's address is not an e-mail address"})
	}
	return &email{settings, network}, nil
}

// Repeatable is part of Sender.
func (e *email) Repeatable() bool { return true }

// Send is part of Sender.
func (e *email) Send(ctx context.Context, l Letter) (Receipt, error) {
	m, id, err := e.letter(l)
	if err != nil {
		return Receipt{}, &Fault{Err: err}
	}
	c, err := e.client()
	if err != nil {
		return Receipt{}, &Fault{Err: err}
	}
	if err := c.DialAndSendWithContext(ctx, m); err != nil {
		if m.IsDelivered() { // what failed is the farewell
			return Receipt{Ref: id}, nil
		}
		return Receipt{}, mailFault(err)
	}
	return Receipt{Ref: id}, nil
}

func (e *email) letter(l Letter) (*mail.Msg, string, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.FromFormat(e.settings["from_name"], e.settings["from"]); err != nil {
		return nil, "", err
	}
	if err := m.To(l.To); err != nil {
		return nil, "", err
	}
	_, domain, _ := strings.Cut(e.settings["from"], "@")
	id := l.ID + "@" + strings.Trim(domain, "> ")
	m.SetMessageIDWithValue(id)
	m.SetDateWithValue(l.At)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.Subject(strings.Join(strings.Fields(l.Subject), " "))
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	return m, id, nil
}

func (e *email) client() (*mail.Client, error) {
	n, err := strconv.Atoi(e.settings["port"])
	if err != nil {
		return nil, err
	}
	options := []mail.Option{
		mail.WithPort(n), mail.WithTimeout(wholeTime),
		mail.WithDialContextFunc(e.dial),
	}
	switch e.settings["security"] {
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case "tls": // made by dial
		options = append(options, mail.WithSSL())
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithTLSConfig(&tls.Config{
			ServerName: e.settings["host"], MinVersion: tls.VersionTLS12, RootCAs: e.network.roots,
		}))
	}
	if user := e.settings["user"]; user != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(user), mail.WithPassword(e.settings["password"]))
	}
	return mail.NewClient(e.settings["host"], options...)
}

// dial connects through the guarded network, under TLS from the first byte where
// the settings say so.
func (e *email) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if e.settings["security"] != "tls" {
		return e.network.dialer.DialContext(ctx, network, address)
	}
	d := tls.Dialer{NetDialer: e.network.dialer, Config: &tls.Config{ServerName: e.settings["host"], MinVersion: tls.VersionTLS12, RootCAs: e.network.roots}}
	return d.DialContext(ctx, network, address)
}

// mailFault sorts what an SMTP server refused, and what was lost on the way.
func mailFault(err error) *Fault {
	if refused, ok := errors.AsType[*mail.SendError](err); ok {
		f := &Fault{Retry: refused.IsTemp(), Text: refused.Error(), Err: err}
		if refused.ErrorCode() == 0 { // the connection, not the server, failed
			f.Retry, f.Unknown = true, refused.Reason == mail.ErrSMTPDataClose
		}
		return f
	}
	f := faultOf(err)
	f.Unknown = false // nothing was handed over yet
	if strings.Contains(err.Error(), "authentication failed") || strings.Contains(err.Error(), "535") {
		f.Retry = false
	}
	return f
}
