package app

import (
	"slices"
	"sync"
	"time"

	"github.com/huifang/huifang"
)

// What a login may fail, from one address and from everywhere, before it has to
// wait.
const (
	failuresHere  = 5
	failuresAll   = 50
	failuresFrom  = 50 // of one address, whatever the login
	failureWindow = 15 * time.Minute
	mostWatched   = 20000 // keys remembered; more are forgotten, the oldest first
)

// failures counts failed log-ins in memory, by login and address and by login
// alone. Each node of an installation counts for itself, and a restart forgets:
// the limit slows guessing, argon2id and the length of passwords stop it.
type failures struct {
	mu    sync.Mutex
	byKey map[string][]time.Time
}

// wait is how long the key has to wait; 0: it may try.
func (f *failures) wait(key string, most int, now time.Time) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	times := recent(f.byKey[key], now)
	if len(times) < most {
		return 0
	}
	return times[len(times)-most].Add(failureWindow).Sub(now)
}

// limit is how often a key may fail.
type limit struct {
	key  string
	most int
}

// try counts a failure of each key, unless one has to wait: then it tells how
// long, and counts nothing.
func (f *failures) try(now time.Time, limits ...limit) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	var wait time.Duration
	for _, l := range limits {
		if times := recent(f.byKey[l.key], now); len(times) >= l.most {
			wait = max(wait, times[len(times)-l.most].Add(failureWindow).Sub(now))
		}
	}
	if wait == 0 {
		for _, l := range limits {
			f.note(now, l.key)
		}
	}
	return wait
}

// failed notes a failure of each of the keys.
func (f *failures) failed(now time.Time, keys ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.note(now, keys...)
}

// note is failed under the lock.
func (f *failures) note(now time.Time, keys ...string) {
	if len(f.byKey) > mostWatched {
		f.sweep(now)
	}
	for _, key := range keys {
		times := append(recent(f.byKey[key], now), now)
		f.byKey[key] = times[max(0, len(times)-failuresAll):]
	}
}

// withdrawn takes back what was counted as a failure at an instant and was
// none.
func (f *failures) withdrawn(at time.Time, keys ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, key := range keys {
		if i := slices.Index(f.byKey[key], at); i >= 0 {
			f.byKey[key] = slices.Delete(slices.Clone(f.byKey[key]), i, i+1)
		}
	}
}

// succeeded forgets what failed before.
func (f *failures) succeeded(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.byKey, key)
}

// sweep forgets what is over, then the oldest half of what is left.
func (f *failures) sweep(now time.Time) {
	for key, times := range f.byKey {
		if len(recent(times, now)) == 0 {
			delete(f.byKey, key)
		}
	}
	for half := failureWindow / 2; len(f.byKey) > mostWatched && half > time.Second; half /= 2 {
		for key, times := range f.byKey {
			if now.Sub(times[len(times)-1]) > half {
				delete(f.byKey, key)
			}
		}
	}
	if len(f.byKey) > mostWatched {
		clear(f.byKey)
	}
}

func recent(times []time.Time, now time.Time) []time.Time {
	for len(times) > 0 && now.Sub(times[0]) >= failureWindow {
		times = times[1:]
	}
	return times
}

func tooMany(wait time.Duration) error {
	minutes := int((wait + time.Minute - 1) / time.Minute)
	return huifang.Fail(huifang.CodeTooMany, "login.too_many", huifang.Textf(
		"登录失败次数过多，请 %d 分钟后再试", "too many failed log-ins; try again in %d minutes", minutes))
}
