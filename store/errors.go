package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store/lite"
)

// Reasons of the store's errors that callers act on.
const (
	ReasonStale     = "store.stale"     // the row changed since it was read
	ReasonDuplicate = "store.duplicate" // a unique key is taken
	ReasonUnknown   = "store.unknown"   // the commit was sent and not confirmed
	ReasonCancelled = "store.cancelled" // the caller gave up first
)

func stale() error {
	return huifang.Fail(huifang.CodeConflict, ReasonStale, huifang.Text{
		ZH: "该记录已被他人修改，请刷新后重试", EN: "the record was changed by someone else; reload and try again",
	})
}

func failure(code huifang.Code, reason, zh, en string, err error) error {
	return &huifang.Error{Code: code, Reason: reason, Message: huifang.Text{ZH: zh, EN: en}, Err: err}
}

func unavailable(err error) error {
	return failure(huifang.CodeUnavailable, "store.unavailable", "数据库暂时不可用，请稍后重试", "the database is unavailable; try again shortly", err)
}

func duplicate(err error) error {
	return failure(huifang.CodeConflict, ReasonDuplicate, "相同编号或标识的记录已存在", "a record with the same key exists already", err)
}

func unfit(err error) error {
	return failure(huifang.CodeInvalid, "store.value", "数据缺项或超出范围，无法保存", "a value is missing or out of range and cannot be kept", err)
}

func reference(err error) error {
	return failure(huifang.CodeInvalid, "store.reference", "所指的记录不存在", "the record names another one that does not exist", err)
}

// translate turns a driver's error into ours, by its code, never by its text.
func translate(err error) error {
	var (
		ours   *huifang.Error
		pg     *pgconn.PgError
		sqlite *lite.Error
		nerr   net.Error
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return err
	case errors.As(err, &pg):
		return translatePostgres(pg, err)
	case errors.As(err, &sqlite):
		return translateSQLite(sqlite.Code, err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return failure(huifang.CodeUnavailable, ReasonCancelled, "操作已取消或超时", "cancelled or timed out", err)
	case lost(err), errors.As(err, &nerr):
		return unavailable(err)
	}
	return huifang.Wrap(err)
}

func translatePostgres(pg *pgconn.PgError, err error) error {
	switch code := pg.Code; {
	case code == "23505":
		return duplicate(err)
	case code == "23503":
		return reference(err)
	case strings.HasPrefix(code, "22"), strings.HasPrefix(code, "23"):
		return unfit(err)
	case transient(code), strings.HasPrefix(code, "53"), strings.HasPrefix(code, "55"):
		return unavailable(err)
	case code == "57014": // the caller's context ended
		return failure(huifang.CodeUnavailable, ReasonCancelled, "操作已取消或超时", "cancelled or timed out", err)
	}
	return huifang.Wrap(err)
}

// transient tells SQLSTATEs after which the whole transaction may be run again:
// serialization, deadlock, connection and shutdown, a node that became read-only.
func transient(code string) bool {
	return code == "40001" || code == "40P01" || code == "25006" || strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P0")
}

// SQLite result codes (sqlite.org/rescode.html).
const (
	liteBusy       = 5
	liteLocked     = 6
	liteReadonly   = 8
	liteInterrupt  = 9
	liteIOErr      = 10
	liteCorrupt    = 11
	liteFull       = 13
	liteCantOpen   = 14
	liteTooBig     = 18
	liteConstraint = 19
	liteMismatch   = 20
	liteNotADB     = 26

	liteForeignKey = 787
	litePrimaryKey = 1555
	liteUnique     = 2067
)

func translateSQLite(code int, err error) error {
	switch code {
	case litePrimaryKey, liteUnique:
		return duplicate(err)
	case liteForeignKey:
		return reference(err)
	}
	switch code & 0xff {
	case liteConstraint, liteMismatch, liteTooBig:
		return unfit(err)
	case liteBusy, liteLocked, liteIOErr, liteReadonly, liteCantOpen:
		return unavailable(err)
	case liteInterrupt:
		return failure(huifang.CodeUnavailable, ReasonCancelled, "操作已取消或超时", "cancelled or timed out", err)
	case liteFull:
		return failure(huifang.CodeUnavailable, "store.full", "磁盘空间不足，无法保存", "the disk is full", err)
	case liteCorrupt, liteNotADB:
		return failure(huifang.CodeInternal, "store.corrupt", "数据库文件已损坏或不是本系统的数据库，请从备份恢复", "the database file is damaged or is not a database; restore a backup", err)
	}
	return huifang.Wrap(err)
}

// lost tells that the connection broke. The driver's own opinion on whether to
// try again counts only here, where no COMMIT was sent.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &connect) || pgconn.Timeout(err) || pgconn.SafeToRetry(err)
}

// retryable tells that running the whole transaction again may succeed. It must
// not be asked about a COMMIT, whose fate is unknown.
func retryable(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return transient(pg.Code)
	}
	_, net := errors.AsType[net.Error](err)
	return net || lost(err)
}

// none is the not-found error about a kind of record.
func none(kind string) error {
	word := map[string]huifang.Text{
		"organization": {ZH: "机构", EN: "organization"},
		"unit":         {ZH: "单位", EN: "unit"},
		"staff":        {ZH: "员工", EN: "member of staff"},
		"credential":   {ZH: "登录凭据", EN: "credential"},
		"session":      {ZH: "登录会话", EN: "session"},
		"token":        {ZH: "访问令牌", EN: "token"},
		"contact":      {ZH: "客户", EN: "contact"},
		"asset":        {ZH: "资产", EN: "asset"},
		"event":        {ZH: "事件", EN: "event"},
		"enrollment":   {ZH: "方案登记", EN: "enrollment"},
		"followup":     {ZH: "回访", EN: "follow-up"},
		"survey":       {ZH: "问卷链接", EN: "survey link"},
		"sender":       {ZH: "发送通道", EN: "sender"},
		"message":      {ZH: "消息", EN: "message"},
		"template":     {ZH: "消息模板", EN: "message template"},
		"webhook":      {ZH: "订阅", EN: "webhook"},
		"delivery":     {ZH: "推送记录", EN: "delivery"},
		"record":       {ZH: "回访记录", EN: "record"},
		"case":         {ZH: "案件", EN: "case"},
		"action":       {ZH: "整改措施", EN: "corrective action"},
		"recurrence":   {ZH: "重复诉求", EN: "recurrence"},
		"program":      {ZH: "方案版本", EN: "program version"},
		"import":       {ZH: "导入记录", EN: "import"},
		"mapping":      {ZH: "导入映射", EN: "import mapping"},
		"idempotency":  {ZH: "请求记录", EN: "request with this key"},
		"frozen":       {ZH: "已结月份", EN: "closed month"},
	}[kind]
	return huifang.Fail(huifang.CodeNotFound, kind+".not_found", huifang.Text{ZH: "没有找到该" + word.ZH, EN: "no such " + word.EN})
}
