package store

import (
	"context"
	"time"

	"github.com/huifang/huifang"
)

const (
	surveyColumns = "org_id, id, hash, followup_id, created, created_by, expires, used, revoked"

	sqlSurveyLinkByHash = "SELECT " + surveyColumns + " FROM survey_link WHERE hash = $1"
	sqlSurveyLinks      = "SELECT " + surveyColumns + " FROM survey_link WHERE org_id = $1 AND followup_id = $2 ORDER BY id"
	sqlSurveyLinkInsert = "INSERT INTO survey_link (" + surveyColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	sqlSurveyLinkUse    = "UPDATE survey_link SET used = $1 WHERE org_id = $2 AND id = $3 AND used IS NULL AND revoked IS NULL"
	sqlSurveyLinksEnd   = "UPDATE survey_link SET revoked = $1 WHERE org_id = $2 AND followup_id = $3 AND used IS NULL AND revoked IS NULL"
)

func scanSurveyLink(r *row) *huifang.SurveyLink {
	return &huifang.SurveyLink{
		Org: r.id(), ID: r.id(), Hash: r.text(), Followup: r.id(), Created: r.instant(), By: r.id(), Expires: r.instant(), Used: r.instant(), Revoked: r.instant(),
	}
}

// SurveyLinkByHash finds a link, in force or not, whatever its organization.
func (q *Reads) SurveyLinkByHash(ctx context.Context, hash string) (*huifang.SurveyLink, error) {
	return first(ctx, q, "survey", scanSurveyLink, sqlSurveyLinkByHash, hash)
}

// SurveyLinks lists the links of a follow-up in the order they were made.
func (q *Reads) SurveyLinks(ctx context.Context, org, followup huifang.ID) ([]*huifang.SurveyLink, error) {
	return list(ctx, q, scanSurveyLink, sqlSurveyLinks, org, followup)
}

// InsertSurveyLink keeps a new link.
func (tx *Tx) InsertSurveyLink(ctx context.Context, l *huifang.SurveyLink) error {
	return tx.put(ctx, sqlSurveyLinkInsert, l.Org, l.ID, l.Hash, l.Followup, l.Created, l.By, l.Expires, l.Used, l.Revoked)
}

// UseSurveyLink marks a link answered; one that was answered or revoked before
// is a conflict.
func (tx *Tx) UseSurveyLink(ctx context.Context, org, id huifang.ID, at time.Time) error {
	return tx.check(ctx, changed, sqlSurveyLinkUse, at, org, id)
}

// RevokeSurveyLinks ends the links of a follow-up that were not answered.
func (tx *Tx) RevokeSurveyLinks(ctx context.Context, org, followup huifang.ID, at time.Time) error {
	return tx.put(ctx, sqlSurveyLinksEnd, at, org, followup)
}
