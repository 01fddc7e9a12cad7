package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type contactCmd struct {
	List       contactListCmd       `cmd:"" help:"List contacts." zh:"列出客户。"`
	Show       contactShowCmd       `cmd:"" help:"Show a contact." zh:"查看客户。"`
	Duplicates contactDuplicatesCmd `cmd:"" help:"Find contacts that may be the same." zh:"查找可能重复的客户。"`
	Merge      contactMergeCmd      `cmd:"" help:"Make one contact of two; there is no way back." zh:"把两位客户合并为一位，不可撤销。"`
	Distinct   contactDistinctCmd   `cmd:"" help:"Say that two contacts are not the same." zh:"标记为不是同一位客户。"`
}

type contactListCmd struct {
	server
	Text  string `arg:"" optional:"" help:"Part of name, code, phone or address." zh:"姓名、编码、电话或地址的一部分。"`
	Unit  string `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Limit int    `help:"At most so many." zh:"最多列出的条数。" default:"50"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run lists by name.
func (c *contactListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	query := url.Values{"limit": {strconv.Itoa(c.Limit)}}
	if c.Text != "" {
		query.Set("text", c.Text)
	}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		query.Set("unit", string(id))
	}
	var page api.List[api.Contact]
	if err := to.call(ctx, http.MethodGet, "/contacts", query, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	table(s.out, contactRows(s, page.Items, names))
	return nil
}

func contactRows(s *streams, contacts []api.Contact, units map[huifang.ID]string) [][]string {
	rows := [][]string{{pick(s, "编码", "CODE"), pick(s, "姓名", "NAME"), pick(s, "电话", "PHONE"), pick(s, "单位", "UNIT"), pick(s, "地址", "ADDRESS")}}
	for i := range contacts {
		x := &contacts[i]
		rows = append(rows, []string{cmp.Or(x.Code, string(x.ID)), x.Name, strings.Join(x.Phones, " "), units[x.Unit], x.Address})
	}
	return rows
}

type contactShowCmd struct {
	server
	Contact string `arg:"" help:"Code or id; of one that was merged, too." zh:"编码或 id；已合并客户的亦可。"`
	JSON    bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run shows one contact.
func (c *contactShowCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	x, err := to.contact(ctx, c.Contact)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, x)
	}
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{
		{pick(s, "姓名", "name"), x.Name},
		{pick(s, "编码", "code"), x.Code},
		{"id", string(x.ID)},
		{pick(s, "类别", "kind"), x.Kind},
		{pick(s, "单位", "unit"), names[x.Unit]},
		{pick(s, "电话", "phones"), strings.Join(x.Phones, " ")},
		{pick(s, "邮箱", "e-mail"), x.Email},
		{pick(s, "地址", "address"), x.Address},
	}
	if x.DoNotContact {
		rows = append(rows, []string{pick(s, "勿扰", "do not contact"), pick(s, "是", "yes")})
	}
	for _, name := range sortedNames(x.Attributes) {
		rows = append(rows, []string{name, fmt.Sprint(x.Attributes[name])})
	}
	table(s.out, rows)
	return nil
}

func sortedNames(attrs huifang.Attributes) []string {
	var out []string
	for name := range attrs {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// contact finds a contact by its id or code.
func (c *client) contact(ctx context.Context, ref string) (*api.Contact, error) {
	var x api.Contact
	err := c.call(ctx, http.MethodGet, "/contacts/"+url.PathEscape(ref), nil, nil, &x)
	if huifang.CodeOf(err) != huifang.CodeNotFound && huifang.CodeOf(err) != huifang.CodeInvalid {
		return &x, err
	}
	var page api.List[api.Contact]
	if err := c.call(ctx, http.MethodGet, "/contacts", url.Values{"text": {ref}, "limit": {"200"}}, nil, &page); err != nil {
		return nil, err
	}
	for i := range page.Items {
		if page.Items[i].Code == ref {
			return &page.Items[i], nil
		}
	}
	return nil, huifang.Fail(huifang.CodeNotFound, "contact.not_found", huifang.Textf("没有客户“%s”", "there is no contact %q", ref))
}

type contactDuplicatesCmd struct {
	server
	Unit  string `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Limit int    `help:"At most so many groups." zh:"最多列出的组数。" default:"20"`
	JSON  bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run goes on until it has found enough or has looked at everything.
func (c *contactDuplicatesCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	query := url.Values{"limit": {strconv.Itoa(c.Limit)}}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		query.Set("unit", string(id))
	}
	found := []api.Duplicates{}
	for {
		var page api.List[api.Duplicates]
		if err := to.call(ctx, http.MethodGet, "/contacts/duplicates", query, nil, &page); err != nil {
			return err
		}
		found = append(found, page.Items...)
		if page.Next == "" || len(found) >= c.Limit {
			break
		}
		query.Set("after", page.Next)
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"items": found})
	}
	return c.show(ctx, s, to, found)
}

func (c *contactDuplicatesCmd) show(ctx context.Context, s *streams, to *client, found []api.Duplicates) error {
	names, err := to.unitNames(ctx)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		_, err := fmt.Fprintln(s.out, pick(s, "没有发现重复的客户", "no duplicates were found"))
		return err
	}
	for i := range found {
		d := &found[i]
		if _, err := fmt.Fprintf(s.out, "%s: %s\n", likenessText(s, string(d.Why)), d.Key); err != nil {
			return err
		}
		table(s.out, contactRows(s, d.Contacts, names)[1:])
	}
	_, err = fmt.Fprintln(s.out, huifang.Textf("合并：%[1]s contact merge 保留方 被合并方；不是同一人：%[1]s contact distinct 甲 乙", "merge them: %[1]s contact merge KEEP GONE; not the same: %[1]s contact distinct A B", s.called).In(s.lang))
	return err
}

func likenessText(s *streams, why string) string {
	return map[string]string{
		"phone": pick(s, "电话相同", "same number"), "room": pick(s, "姓名与住址相同", "same name and room"),
		"similar_phone": pick(s, "姓名相同、电话相近", "same name, similar number"), "code": pick(s, "编码相近", "same code, written otherwise"),
	}[why]
}

type contactMergeCmd struct {
	server
	Keep  string            `arg:"" help:"Code or id of the one that stays." zh:"保留方的编码或 id。"`
	Gone  string            `arg:"" help:"Code or id of the one that is merged into it." zh:"被合并方的编码或 id。"`
	Field map[string]string `help:"Where a value is taken from: NAME=keep, NAME=gone; phones=both." zh:"各字段取值：字段=keep（保留方）或 gone（被合并方）；phones 可为 both。" placeholder:"NAME=keep"`
	Yes   bool              `help:"Do it; without, only show what would be." zh:"执行合并；不加则只显示对比。" short:"y"`
	JSON  bool              `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run shows both side by side, and merges them where that was asked for.
func (c *contactMergeCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	keep, err := to.contact(ctx, c.Keep)
	if err != nil {
		return err
	}
	gone, err := to.contact(ctx, c.Gone)
	if err != nil {
		return err
	}
	if !c.Yes {
		return c.compare(ctx, s, to, keep.ID, gone.ID)
	}
	var got api.Merged
	body := map[string]any{"other": gone.ID, "fields": c.Field, "version": keep.Version, "other_version": gone.Version}
	if err := to.call(ctx, http.MethodPost, "/contacts/"+string(keep.ID)+"/merge", nil, body, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	_, err = fmt.Fprintln(s.out, huifang.Textf(
		"已并入 %s：转移事件 %d、回访 %d、诉求 %d、资产 %d；取消重复回访 %d", "merged into %s: %d events, %d follow-ups, %d cases, %d assets moved; %d follow-ups planned twice were cancelled",
		got.Contact.Name, got.Moved.Events, got.Moved.Followups, got.Moved.Cases, got.Moved.Assets, got.Cancelled).In(s.lang))
	return err
}

func (c *contactMergeCmd) compare(ctx context.Context, s *streams, to *client, keep, gone huifang.ID) error {
	var got api.Comparison
	if err := to.call(ctx, http.MethodGet, "/contacts/"+string(keep)+"/compare", url.Values{"with": {string(gone)}}, nil, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	count := func(h api.Holdings) string {
		return huifang.Textf("事件 %d、回访 %d、诉求 %d、资产 %d", "%d events, %d follow-ups, %d cases, %d assets", h.Events, h.Followups, h.Cases, h.Assets).In(s.lang)
	}
	rows := [][]string{
		{"", pick(s, "保留方", "KEEP"), pick(s, "被合并方", "GONE"), pick(s, "取自", "FROM")},
		{pick(s, "记录", "has"), count(got.Keep.Has), count(got.Gone.Has), ""},
	}
	for _, f := range got.Fields {
		rows = append(rows, []string{f.Name, shownValue(f.Keep), shownValue(f.Gone), cmp.Or(c.Field[f.Name], f.Default)})
	}
	table(s.out, rows)
	_, err := fmt.Fprintln(s.out, pick(s, "加 --yes 执行合并；合并不可撤销", "add --yes to merge; there is no way back"))
	return err
}

func shownValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, fmt.Sprint(x))
		}
		return strings.Join(out, " ")
	}
	return fmt.Sprint(v)
}

type contactDistinctCmd struct {
	server
	One   string `arg:"" help:"Code or id." zh:"编码或 id。"`
	Other string `arg:"" help:"Code or id." zh:"编码或 id。"`
}

// Run remembers that two are not the same.
func (c *contactDistinctCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	one, err := to.contact(ctx, c.One)
	if err != nil {
		return err
	}
	other, err := to.contact(ctx, c.Other)
	if err != nil {
		return err
	}
	if err := to.call(ctx, http.MethodPost, "/contacts/"+string(one.ID)+"/distinct", nil, map[string]any{"other": other.ID}, nil); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, pick(s, "已记住：不是同一位客户", "noted: they are not the same"))
	return err
}
