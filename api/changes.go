package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// mediaEvents is a stream of server-sent events.
const mediaEvents = "text/event-stream"

// streamWrite is how long one message of a stream may take to be sent.
const streamWrite = 10 * time.Second

// changes: what others do, as it happens.
func (s *service) changes() {
	register(s, "changes", op{id: "watch-changes", method: http.MethodGet, path: "/changes", zh: "实时变更提示（服务器推送事件）", en: "Hints of what changes, as server-sent events", files: []string{mediaEvents}}, s.watch)
	get := s.api.OpenAPI().Paths[prefix+"/changes"].Get
	get.Description = "A stream of messages of the type `changes`, each with a Changes as data and its place as id. The first says where the stream stands; one without changes is a heartbeat, sent at least every 15 seconds. It ends with the session. An EventSource that connects again sends Last-Event-ID by itself; `missed` then says whether to read everything again."
	s.schema(reflect.TypeFor[Changes]())
}

// Changes is one message of the stream.
type Changes struct {
	Missed  bool     `json:"missed,omitempty" doc:"Something changed meanwhile: read everything again."`
	Changes []Change `json:"changes"`
	Unread  int      `json:"unread" doc:"Unread alerts."`
}

// Change is a hint: read what you show of it again.
type Change struct {
	Kind string     `json:"kind" enum:"followup,case,contact,asset,alert,organization,unit,staff,role,pack,program,import,mapping,token,recurrence,month"`
	ID   huifang.ID `json:"id,omitempty" doc:"Missing: any of the kind."`
}

type watchInput struct {
	Last int64 `header:"Last-Event-ID" doc:"The place of the last message of an earlier stream."`
}

func (s *service) watch(ctx context.Context, _ *huifang.Actor, in *watchInput) (*download, error) {
	c := callerOf(ctx)
	return &download{Body: func(hc huma.Context) {
		_, w := humago.Unwrap(hc)
		control := http.NewResponseController(w)
		h := w.Header()
		h.Set("Content-Type", mediaEvents)
		h.Set("X-Accel-Buffering", "no") // proxies would hold messages back
		w.WriteHeader(http.StatusOK)
		watching, stop := context.WithCancel(ctx)
		defer stop()
		go func() {
			select {
			case <-s.closing:
				stop()
			case <-watching.Done():
			}
		}()
		err := s.app.Watch(watching, c.secret, in.Last, func(all app.Changes) error {
			_ = control.SetWriteDeadline(time.Now().Add(streamWrite)) // some writers of tests have none
			if err := writeMessage(w, all); err != nil {
				return err
			}
			return control.Flush()
		})
		if err != nil && ctx.Err() == nil {
			s.log.DebugContext(ctx, "stream of changes ended", "error", err)
		}
	}}, nil
}

func writeMessage(w io.Writer, all app.Changes) error {
	body, err := json.Marshal(Changes{Missed: all.Missed, Unread: all.Unread, Changes: turned(all.List, func(c app.Change) Change { return Change(c) })})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "event: changes\nid: "+strconv.FormatInt(all.At, 10)+"\ndata: "+string(body)+"\n\n")
	return err
}
