package huifang_test

import (
	"strings"
	"testing"

	"github.com/huifang/huifang"
)

func TestEveryPermissionHasAName(t *testing.T) {
	t.Parallel()
	seen := map[huifang.Text]huifang.Permission{}
	for _, p := range huifang.Permissions() {
		name := p.Name()
		if name.ZH == string(p) || name.ZH == "" || name.EN == "" || seen[name] != "" {
			t.Errorf("%s: %+v (%s)", p, name, seen[name])
		}
		seen[name] = p
	}
	err := (&huifang.Actor{}).Require(huifang.PermStatsRead)
	if got := huifang.In(err, huifang.ZH); got != "没有“查看统计”权限（stats.read）" {
		t.Error(got)
	}
	if got := huifang.In(err, huifang.EN); !strings.HasPrefix(got, "not permitted to see statistics (") {
		t.Error(got)
	}
}
