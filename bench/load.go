package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// load is what clients do to a server: each sends a request, waits for the
// answer and sends the next, over one connection that it keeps.
type load struct {
	addr    string // host:port on the loopback
	clients int
	lasts   time.Duration
	next    func(into []byte) []byte // the next request as it is sent; called by all clients
	status  int                      // of every answer
}

// post is a request as it is sent.
func post(addr, path, token, headers string, body []byte) []byte {
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n", path, addr, token, headers, len(body))
	return append([]byte(head), body...)
}

// loaded is what a server did under a load.
type loaded struct {
	answers int
	rate    float64 // answers a second
	p50     float64 // seconds to the answer
	p99     float64
}

// run applies the load. The first answer that is not as expected ends it.
func (l *load) run(ctx context.Context) (loaded, error) {
	ctx, stop := context.WithTimeout(ctx, l.lasts)
	defer stop()
	var group sync.WaitGroup
	took := make([][]time.Duration, l.clients)
	errs := make([]error, l.clients)
	began := time.Now()
	for i := range l.clients {
		group.Go(func() {
			took[i], errs[i] = l.client(ctx)
			if errs[i] != nil {
				stop()
			}
		})
	}
	group.Wait()
	lasted := time.Since(began).Seconds()
	if err := errors.Join(errs...); err != nil {
		return loaded{}, err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return loaded{answers: len(all), rate: float64(len(all)) / lasted, p50: quantile(all, 0.5).Seconds(), p99: quantile(all, 0.99).Seconds()}, nil
}

// client is one of them. It speaks just enough HTTP and makes no garbage, so that
// what is measured is the server.
func (l *load) client(ctx context.Context) ([]time.Duration, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", l.addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close() //nolint:errcheck // all answers are in
	from := bufio.NewReader(conn)
	took := make([]time.Duration, 0, 1<<12)
	var out []byte
	for ctx.Err() == nil {
		out = l.next(out[:0])
		began := time.Now()
		if _, err := conn.Write(out); err != nil {
			return nil, err
		}
		status, length, err := readHead(from)
		if err != nil {
			return nil, err
		}
		if status != l.status {
			answer := make([]byte, length)
			_, err := io.ReadFull(from, answer)
			return nil, errors.Join(fmt.Errorf("the answer is %d: %s", status, answer), err)
		}
		if _, err := from.Discard(length); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

var errAnswer = errors.New("the answer cannot be read")

// readHead reads the head of an answer that has a Content-Length.
func readHead(r *bufio.Reader) (status, length int, err error) {
	length = -1
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			if len(line) < 12 {
				return 0, 0, errAnswer
			}
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, 0, errAnswer
			}
			continue
		}
		if len(line) == 0 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, 0, errAnswer
			}
		}
	}
	if length < 0 {
		return 0, 0, errAnswer
	}
	return status, length, nil
}

// serving is a handler on a port of the loopback.
type serving struct {
	addr   string
	server *http.Server
	ended  chan error
}

func serve(ctx context.Context, server *http.Server) (*serving, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &serving{addr: l.Addr().String(), server: server, ended: make(chan error, 1)}
	go func() { s.ended <- server.Serve(l) }()
	return s, nil
}

func (s *serving) close() error {
	err := s.server.Close()
	if ended := <-s.ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}
