package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// audit: the chain of changes and reveals, alerts, and API tokens.
func (s *service) audit() {
	read, tokens := may(huifang.PermAuditRead), may(huifang.PermTokenManage)
	register(s, "audit", op{id: "list-audit", method: http.MethodGet, path: "/audit", zh: "审计记录", en: "Audit entries, newest first", needs: read}, s.listAudit)
	register(s, "audit", op{id: "verify-audit", method: http.MethodGet, path: "/audit/verify", zh: "校验审计链", en: "Check that no entry was changed", needs: read}, s.verifyAudit)
	register(s, "alerts", op{id: "list-alerts", method: http.MethodGet, path: "/alerts", zh: "我的提醒", en: "One's own alerts, newest first"}, s.listAlerts)
	register(s, "alerts", op{id: "count-alerts", method: http.MethodGet, path: "/alerts/count", zh: "未读提醒数", en: "How many alerts are unread"}, s.countAlerts)
	register(s, "alerts", op{id: "read-alerts", method: http.MethodPost, path: "/alerts/read", zh: "标为已读", en: "Mark alerts read; none named: all"}, s.readAlerts)
	register(s, "tokens", op{id: "list-tokens", method: http.MethodGet, path: "/tokens", zh: "列出接口令牌", en: "List API tokens", needs: tokens}, s.listTokens)
	register(s, "tokens", op{id: "create-token", method: http.MethodPost, path: "/tokens", zh: "新建接口令牌", en: "Create an API token; its secret is shown once", needs: tokens, created: true}, s.createToken)
	register(s, "tokens", op{id: "revoke-token", method: http.MethodDelete, path: "/tokens/{id}", zh: "吊销接口令牌", en: "Revoke an API token", needs: tokens}, s.revokeToken)
}

// AuditEntry is one change or reveal.
type AuditEntry struct {
	Seq    int64           `json:"seq"`
	At     time.Time       `json:"at"`
	Staff  huifang.ID      `json:"staff,omitempty" doc:"Missing: an API token, or the product's own jobs."`
	Action string          `json:"action" example:"followup.completed"`
	Kind   string          `json:"kind"`
	Record huifang.ID      `json:"record,omitempty"`
	Detail json.RawMessage `json:"detail,omitempty"`
	Prev   string          `json:"prev,omitempty"`
	Hash   string          `json:"hash,omitempty"`
}

func newAuditEntry(e *huifang.AuditEntry) AuditEntry {
	w := AuditEntry{Seq: e.Seq, At: e.At, Staff: e.Staff, Action: e.Action, Kind: e.Kind, Record: e.Record, Prev: e.Prev, Hash: e.Hash}
	if json.Valid([]byte(e.Detail)) {
		w.Detail = json.RawMessage(e.Detail)
	}
	return w
}

type auditInput struct {
	Paging
	Record huifang.ID `query:"record" maxLength:"100" doc:"Only of this record."`
	Staff  huifang.ID `query:"staff" maxLength:"100" doc:"Only by this member of staff."`
	Kind   string     `query:"kind" maxLength:"50" doc:"Only of this kind of record."`
	Action string     `query:"action" maxLength:"100" example:"followup.completed" doc:"Only this."`
	From   time.Time  `query:"from" doc:"Not before."`
	To     time.Time  `query:"to" doc:"Before."`
}

func (s *service) listAudit(ctx context.Context, actor *huifang.Actor, in *auditInput) (*answer[List[AuditEntry]], error) {
	p, err := s.app.AuditEntries(ctx, actor, app.AuditFilter{Record: in.Record, Staff: in.Staff, Kind: in.Kind, Action: in.Action, From: in.From, To: in.To}, in.page())
	return newList(p, newAuditEntry), err
}

// AuditCheck is whether the chain holds.
type AuditCheck struct {
	Sound  bool  `json:"sound"`
	Broken int64 `json:"broken,omitempty" doc:"The first entry that does not fit."`
}

func (s *service) verifyAudit(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[AuditCheck], error) {
	broken, err := s.app.VerifyAudit(ctx, actor)
	return &answer[AuditCheck]{Body: AuditCheck{Sound: broken == 0, Broken: broken}}, err
}

// Alert tells one member of staff that something needs their eye.
type Alert struct {
	ID       huifang.ID   `json:"id"`
	Kind     string       `json:"kind" example:"followup.late"`
	Followup huifang.ID   `json:"followup,omitempty"`
	Case     huifang.ID   `json:"case,omitempty"`
	Text     huifang.Text `json:"text"`
	At       time.Time    `json:"at"`
	Read     time.Time    `json:"read,omitzero"`
}

func newAlert(a *huifang.Alert) Alert {
	return Alert{ID: a.ID, Kind: a.Kind, Followup: a.Followup, Case: a.Case, Text: a.Text, At: a.At, Read: a.Read}
}

type alertListInput struct {
	Paging
	Unread bool `query:"unread" doc:"Only unread ones."`
}

func (s *service) listAlerts(ctx context.Context, actor *huifang.Actor, in *alertListInput) (*answer[List[Alert]], error) {
	p, err := s.app.Alerts(ctx, actor, in.Unread, in.page())
	return newList(p, newAlert), err
}

func (s *service) countAlerts(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[Count], error) {
	n, err := s.app.UnreadAlerts(ctx, actor)
	return &answer[Count]{Body: Count{Count: n}}, err
}

type alertReadInput struct {
	Body struct {
		IDs []huifang.ID `json:"ids,omitempty" maxItems:"1000"`
	}
}

func (s *service) readAlerts(ctx context.Context, actor *huifang.Actor, in *alertReadInput) (*nothing, error) {
	return nil, s.app.ReadAlerts(ctx, actor, in.Body.IDs...)
}

// Token is an API token; its secret is shown at creation only.
type Token struct {
	ID          huifang.ID           `json:"id"`
	Name        string               `json:"name"`
	Permissions []huifang.Permission `json:"permissions"`
	Created     time.Time            `json:"created"`
	By          huifang.ID           `json:"by,omitempty"`
	Expires     time.Time            `json:"expires,omitzero" doc:"Missing: never."`
	Revoked     time.Time            `json:"revoked,omitzero"`
	Secret      string               `json:"secret,omitempty" doc:"Send it as Authorization: Bearer."`
}

func newToken(t *huifang.Token) Token {
	return Token{ID: t.ID, Name: t.Name, Permissions: list(t.Permissions), Created: t.Created, By: t.By, Expires: t.Expires, Revoked: t.Revoked}
}

func (s *service) listTokens(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Token]], error) {
	tokens, err := s.app.Tokens(ctx, actor)
	return all(tokens, newToken), err
}

type tokenInput struct {
	Body struct {
		Name        string               `json:"name" minLength:"1" maxLength:"100"`
		Permissions []huifang.Permission `json:"permissions" minItems:"1" maxItems:"100"`
		Expires     time.Time            `json:"expires,omitzero" doc:"Missing: never."`
	}
}

func (s *service) createToken(ctx context.Context, actor *huifang.Actor, in *tokenInput) (*answer[Token], error) {
	t, secret, err := s.app.CreateToken(ctx, actor, app.NewToken{Name: in.Body.Name, Permissions: in.Body.Permissions, Expires: in.Body.Expires})
	if err != nil {
		return nil, err
	}
	w := newToken(t)
	w.Secret = secret
	return &answer[Token]{Body: w}, nil
}

func (s *service) revokeToken(ctx context.Context, actor *huifang.Actor, in *ByID) (*nothing, error) {
	return nil, s.app.RevokeToken(ctx, actor, in.ID)
}
