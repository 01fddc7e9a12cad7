package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/huifang/huifang"
)

// The prefixes of secrets tell people and scanners what they found.
const (
	sessionPrefix = "hfs_"
	tokenPrefix   = "hft_"
)

// newSecret makes 32 unpredictable bytes as text, and the hash that is kept
// instead of it. Secrets and salts come from the system whatever Config brings.
func newSecret(prefix string) (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: the program ends rather than be predictable
	secret = prefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, hashSecret(secret)
}

// hashSecret is the SHA-256 of a secret in hexadecimal. A secret of 32 random
// bytes needs no slow hash.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// The cost of a password hash: about 50 ms on one core of a small server, with
// the memory that makes guessing on graphics cards expensive (RFC 9106).
const (
	argonTime    = 2
	argonMemory  = 32 << 10 // KiB
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
	hashesAtOnce = 2 // hashes that run side by side, so that memory stays bounded
)

// passwords hashes and checks passwords, few at a time.
type passwords struct {
	turn  chan struct{}
	dummy string // what unknown people's passwords are compared with
}

func newPasswords() passwords {
	p := passwords{turn: make(chan struct{}, hashesAtOnce)}
	p.dummy = encodeHash(make([]byte, argonSalt), make([]byte, argonKey))
	return p
}

// hash is the argon2id hash of a password in the usual text form.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails, see newSecret
	key, err := p.key(ctx, password, salt, argonTime, argonMemory)
	if err != nil {
		return "", err
	}
	return encodeHash(salt, key), nil
}

// check compares in constant time; with hash "" it takes as long and fails.
func (p *passwords) check(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = p.dummy
	}
	time, memory, salt, want, ok := decodeHash(hash)
	if !ok {
		return false, huifang.Wrap(fmt.Errorf("password hash: %.12q", hash))
	}
	got, err := p.key(ctx, password, salt, time, memory)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

func (p *passwords) key(ctx context.Context, password string, salt []byte, time, memory uint32) ([]byte, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
		return argon2.IDKey([]byte(password), salt, time, memory, argonThreads, argonKey), nil
	case <-ctx.Done():
		return nil, &huifang.Error{
			Code: huifang.CodeUnavailable, Reason: "cancelled", Err: ctx.Err(),
			Message: huifang.Text{ZH: "操作已取消或超时", EN: "cancelled or timed out"},
		}
	}
}

func encodeHash(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b.EncodeToString(salt), b.EncodeToString(key))
}

func decodeHash(hash string) (time, memory uint32, salt, key []byte, ok bool) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return 0, 0, nil, nil, false
	}
	var threads int
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); n != 3 || err != nil || threads != argonThreads {
		return 0, 0, nil, nil, false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	return time, memory, salt, key, errSalt == nil && errKey == nil && len(key) == argonKey && time > 0
}

// The bounds of a password's length in characters. Longer ones are refused so
// that nobody pays for hashing a novel.
const (
	shortestPassword = 8
	longestPassword  = 128
)

// CheckPassword refuses a password that is short, longer than anybody types, or
// easily guessed. Errors are CodeInvalid at password.
func CheckPassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < shortestPassword:
		return fieldFault("password", "password.short", huifang.Textf("密码至少 %d 个字符", "a password has at least %d characters", shortestPassword))
	case n > longestPassword:
		return fieldFault("password", "password.long", huifang.Textf("密码至多 %d 个字符", "a password has at most %d characters", longestPassword))
	case strings.EqualFold(password, login), strings.Count(password, password[:1]) == len(password):
		return fieldFault("password", "password.weak", huifang.Text{ZH: "密码不能与登录名相同，也不能是同一个字符", EN: "a password must differ from the login and from one repeated character"})
	}
	return nil
}
