package channel

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
)

// mailServer is a small SMTP server. script answers a command otherwise than
// usual; an empty answer hangs up.
type mailServer struct {
	listener net.Listener
	script   func(command string) (answer string, ours bool)
	mu       sync.Mutex
	got      []string // whole messages
}

func newMailServer(t *testing.T, script func(string) (string, bool)) *mailServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &mailServer{listener: l, script: script}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

func (s *mailServer) serve(c net.Conn) {
	defer c.Close() //nolint:errcheck // a test
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	in := bufio.NewReader(c)
	say := func(line string) { _, _ = io.WriteString(c, line+"\r\n") } // the client notices
	say("220 test")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb := strings.ToUpper(strings.Fields(line + " x")[0])
		if s.script != nil {
			if answer, ours := s.script(verb); ours {
				if answer == "" {
					return
				}
				say(answer)
				continue
			}
		}
		switch verb {
		case "EHLO":
			say("250-test\r\n250 8BITMIME")
		case "DATA":
			say("354 go on")
			var whole strings.Builder
			for {
				l, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if l == ".\r\n" {
					break
				}
				whole.WriteString(l)
			}
			s.mu.Lock()
			s.got = append(s.got, whole.String())
			s.mu.Unlock()
			if s.script != nil {
				if answer, ours := s.script("."); ours {
					if answer == "" {
						return
					}
					say(answer)
					continue
				}
			}
			say("250 queued")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *mailServer) messages() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.got...)
}

func (s *mailServer) settings() map[string]string {
	host, port, _ := net.SplitHostPort(s.listener.Addr().String())
	return map[string]string{"host": host, "port": port, "security": "none", "from": "hf@qinghe.example", "from_name": "青禾物业"}
}

func letter() Letter {
	return Letter{ID: "01a2", To: "wang@example.com", Subject: "请您评价\r\nBcc: x@example.com", Text: "王芳，您好：\r\n点此填写 https://hf.example.com/s/x", At: time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC), Lang: huifang.ZH}
}

func send(t *testing.T, kind huifang.SenderKind, settings map[string]string, l Letter) (Receipt, *Fault) {
	t.Helper()
	s, err := New(kind, settings, NewNetwork(true))
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Send(t.Context(), l)
	var f *Fault
	if err != nil && !errors.As(err, &f) {
		t.Fatalf("%v is no fault", err)
	}
	return r, f
}

func TestEmail(t *testing.T) {
	t.Parallel()
	s := newMailServer(t, nil)
	r, fault := send(t, huifang.SenderEmail, s.settings(), letter())
	if fault != nil || r.Ref != "01a2@qinghe.example" {
		t.Fatal(r, fault)
	}
	got := s.messages()
	if len(got) != 1 {
		t.Fatalf("%d messages", len(got))
	}
	m, err := mail.ReadMessage(strings.NewReader(got[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "请您评价 Bcc: x@example.com" || m.Header.Get("Bcc") != "" {
		t.Errorf("subject %q %v", subject, err)
	}
	if m.Header.Get("Message-Id") != "<01a2@qinghe.example>" || m.Header.Get("Auto-Submitted") != "auto-generated" || !strings.Contains(m.Header.Get("To"), "wang@example.com") {
		t.Errorf("headers %v", m.Header)
	}
}

// How a try failed decides whether there is another.
func TestEmailFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		script         map[string]string
		retry, unknown bool
	}{
		"no such person":          {script: map[string]string{"RCPT": "550 5.1.1 no such user"}},
		"greylisted":              {script: map[string]string{"RCPT": "451 4.7.1 later"}, retry: true},
		"refused as it stands":    {script: map[string]string{".": "554 5.7.1 spam"}},
		"full":                    {script: map[string]string{".": "452 4.3.1 no space"}, retry: true},
		"lost after handing over": {script: map[string]string{".": ""}, retry: true, unknown: true},
		"lost before":             {script: map[string]string{"MAIL": ""}, retry: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newMailServer(t, func(command string) (string, bool) { a, ours := tt.script[command]; return a, ours })
			_, fault := send(t, huifang.SenderEmail, s.settings(), letter())
			if fault == nil || fault.Retry != tt.retry || fault.Unknown != tt.unknown || fault.Error() == "" {
				t.Errorf("%+v", fault)
			}
		})
	}
	s := newMailServer(t, nil)
	settings := s.settings()
	if err := s.listener.Close(); err != nil {
		t.Fatal(err)
	}
	if _, fault := send(t, huifang.SenderEmail, settings, letter()); fault == nil || !fault.Retry || fault.Unknown {
		t.Errorf("nobody there: %+v", fault)
	}
	// A password never goes over an open line.
	settings = newMailServer(t, nil).settings()
	settings["user"], settings["password"] = "u", "p"
	if _, fault := send(t, huifang.SenderEmail, settings, letter()); fault == nil {
		t.Error("a password was sent without encryption")
	}
	settings = newMailServer(t, nil).settings()
	settings["security"] = "starttls"
	if _, fault := send(t, huifang.SenderEmail, settings, letter()); fault == nil {
		t.Error("sent without the encryption asked for")
	}
}

func TestEmailStaysOut(t *testing.T) {
	t.Parallel()
	s, err := New(huifang.SenderEmail, newMailServer(t, nil).settings(), NewNetwork(false))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Send(context.Background(), letter()); !errors.Is(err, errPrivate) {
		t.Errorf("%v", err)
	}
}
