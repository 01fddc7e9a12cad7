package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

//nolint:gosec // statements about secrets, no secrets
const (
	sqlCredential    = "SELECT org_id, staff_id, hash, changed FROM credential WHERE org_id = $1 AND staff_id = $2"
	sqlCredentialPut = `INSERT INTO credential (org_id, staff_id, hash, changed) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, staff_id) DO UPDATE SET hash = excluded.hash, changed = excluded.changed`

	sqlSessionByHash = "SELECT org_id, hash, staff_id, created, expires FROM session WHERE hash = $1"
	sqlSessionInsert = "INSERT INTO session (org_id, hash, staff_id, created, expires) VALUES ($1, $2, $3, $4, $5)"
	sqlSessionExtend = "UPDATE session SET expires = $1 WHERE org_id = $2 AND hash = $3"
	sqlSessionDelete = "DELETE FROM session WHERE org_id = $1 AND hash = $2"
	sqlSessionsEnd   = "DELETE FROM session WHERE org_id = $1 AND staff_id = $2"
	sqlSessionsPrune = "DELETE FROM session WHERE org_id = $1 AND expires <= $2"

	tokenColumns   = "org_id, id, name, hash, permissions, created, created_by, expires, revoked"
	sqlTokenByHash = "SELECT " + tokenColumns + " FROM token WHERE hash = $1"
	sqlTokens      = "SELECT " + tokenColumns + " FROM token WHERE org_id = $1 ORDER BY name, id"
	sqlTokenInsert = "INSERT INTO token (" + tokenColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	sqlTokenRevoke = "UPDATE token SET revoked = COALESCE(revoked, $1) WHERE org_id = $2 AND id = $3"
)

// Credential is the password hash of a person.
func (q *Reads) Credential(ctx context.Context, org, staff huifang.ID) (*huifang.Credential, error) {
	return first(ctx, q, "credential", func(r *row) *huifang.Credential {
		return &huifang.Credential{Org: r.id(), Staff: r.id(), Hash: r.text(), Changed: r.instant()}
	}, sqlCredential, org, staff)
}

// SaveCredential inserts or overwrites.
func (tx *Tx) SaveCredential(ctx context.Context, c *huifang.Credential) error {
	return tx.put(ctx, sqlCredentialPut, c.Org, c.Staff, c.Hash, c.Changed)
}

// SessionByHash finds a session, expired or not, whatever its organization.
func (q *Reads) SessionByHash(ctx context.Context, hash string) (*huifang.Session, error) {
	return first(ctx, q, "session", func(r *row) *huifang.Session {
		return &huifang.Session{Org: r.id(), Hash: r.text(), Staff: r.id(), Created: r.instant(), Expires: r.instant()}
	}, sqlSessionByHash, hash)
}

// InsertSession keeps a new session.
func (tx *Tx) InsertSession(ctx context.Context, s *huifang.Session) error {
	return tx.put(ctx, sqlSessionInsert, s.Org, s.Hash, s.Staff, s.Created, s.Expires)
}

// ExtendSession moves the expiry; a session that ended is not found.
func (tx *Tx) ExtendSession(ctx context.Context, org huifang.ID, hash string, expires time.Time) error {
	return tx.check(ctx, found("session"), sqlSessionExtend, expires, org, hash)
}

// DeleteSession ends one session; ending none is no error.
func (tx *Tx) DeleteSession(ctx context.Context, org huifang.ID, hash string) error {
	return tx.put(ctx, sqlSessionDelete, org, hash)
}

// DeleteSessions ends every session of a person.
func (tx *Tx) DeleteSessions(ctx context.Context, org, staff huifang.ID) error {
	return tx.put(ctx, sqlSessionsEnd, org, staff)
}

// DeleteExpiredSessions ends the organization's sessions that expired by now.
func (tx *Tx) DeleteExpiredSessions(ctx context.Context, org huifang.ID, now time.Time) error {
	return tx.put(ctx, sqlSessionsPrune, org, now)
}

func scanToken(r *row) *huifang.Token {
	t := &huifang.Token{Org: r.id(), ID: r.id(), Name: r.text(), Hash: r.text()}
	r.json(&t.Permissions)
	t.Created, t.By, t.Expires, t.Revoked = r.instant(), r.id(), r.instant(), r.instant()
	return t
}

// TokenByHash finds an API token, revoked or not, whatever its organization.
func (q *Reads) TokenByHash(ctx context.Context, hash string) (*huifang.Token, error) {
	return first(ctx, q, "token", scanToken, sqlTokenByHash, hash)
}

// Tokens lists the API tokens, by name.
func (q *Reads) Tokens(ctx context.Context, org huifang.ID) ([]*huifang.Token, error) {
	return list(ctx, q, scanToken, sqlTokens, org)
}

// InsertToken keeps a new token.
func (tx *Tx) InsertToken(ctx context.Context, t *huifang.Token) error {
	return tx.put(ctx, sqlTokenInsert, t.Org, t.ID, t.Name, t.Hash, asJSON{t.Permissions}, t.Created, t.By, t.Expires, t.Revoked)
}

// RevokeToken revokes; a token revoked before keeps its time.
func (tx *Tx) RevokeToken(ctx context.Context, org, id huifang.ID, at time.Time) error {
	return tx.check(ctx, found("token"), sqlTokenRevoke, at, org, id)
}
