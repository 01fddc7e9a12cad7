package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// tokensOf lists the tokens our scanner sees, texts joined.
func tokensOf(in io.Reader) ([]string, error) {
	s := newXMLScanner(in)
	var out []string
	text := ""
	for {
		kind, err := s.next()
		if err == nil && kind == xmlText {
			text += string(s.text)
			continue
		}
		if text != "" {
			out, text = append(out, "="+text), ""
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if kind == xmlEnd {
			out = append(out, "/"+string(s.name))
			continue
		}
		token := []string{string(s.name)}
		for _, name := range []string{"r", "t", "s"} {
			if v, ok := s.attr(name); ok {
				token = append(token, fmt.Sprintf("%s=%q", name, v))
			}
		}
		out = append(out, strings.Join(token, " "))
	}
}

// standardTokens lists the same of the standard decoder.
func standardTokens(in io.Reader) ([]string, error) {
	d := xml.NewDecoder(in)
	var out []string
	text := ""
	for {
		t, err := d.RawToken()
		if c, ok := t.(xml.CharData); ok && err == nil {
			text += string(c)
			continue
		}
		if text != "" && (err != nil || !isComment(t)) {
			out, text = append(out, "="+text), ""
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			token := []string{t.Name.Local}
			for _, name := range []string{"r", "t", "s"} {
				if i := slices.IndexFunc(t.Attr, func(a xml.Attr) bool { return a.Name.Local == name }); i >= 0 {
					token = append(token, fmt.Sprintf("%s=%q", name, t.Attr[i].Value))
				}
			}
			out = append(out, strings.Join(token, " "))
		case xml.EndElement:
			out = append(out, "/"+t.Name.Local)
		}
	}
}

func isComment(t xml.Token) bool {
	switch t.(type) {
	case xml.Comment, xml.ProcInst:
		return true
	}
	return false
}

// TestXMLAsStandard: of documents as worksheets are written, our scanner sees
// what the standard decoder sees, however the bytes arrive.
func TestXMLAsStandard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{
			`<row r="1">`, `</row>`, `<c r="A1" s="2" t="s"/>`, "<c r='B\"1' >", `</c >`, `<x:v>`, `</x:v>`, `12.5`, `张三`, `a &amp; b &lt;&#x4e2d;&#20013;`,
			`<!-- a > comment <c> -->`, `<?pi x?>`, `<![CDATA[<raw> & ]]>`, ` `, "\n", `<t xml:space="preserve" r="x&quot;&gt;y" s=">">`, `</t>`,
		})
		doc := "<d>" + strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "") + "</d>"
		want, err := standardTokens(strings.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range []io.Reader{strings.NewReader(doc), iotest.OneByteReader(strings.NewReader(doc)), iotest.DataErrReader(strings.NewReader(doc))} {
			got, err := tokensOf(in)
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("%s\ngot  %q %v\nwant %q", doc, got, err, want)
			}
		}
	})
}

func TestXMLRefuses(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`, `<row`, `<row r="1`, `</row`, `<!-- never`, `<![CDATA[never`, `<a<b>`, `<`} {
		if got, err := tokensOf(strings.NewReader(doc)); err == nil {
			t.Errorf("%s: %q", doc, got)
		}
	}
	if _, err := tokensOf(io.MultiReader(strings.NewReader("<v>"), &endlessText{left: maxToken + mib})); !errors.Is(err, errBudget) {
		t.Errorf("a text without end: %v", err)
	}
	if _, err := tokensOf(iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

type endlessText struct{ left int }

func (e *endlessText) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, bytes.Repeat([]byte("x"), min(len(p), e.left)))
	e.left -= n
	return n, nil
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	f.Add([]byte(`<a b='&#0;&#xffffffff;&bogus;&'/>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		a, errA := tokensOf(bytes.NewReader(doc))
		b, errB := tokensOf(iotest.OneByteReader(bytes.NewReader(doc)))
		if !slices.Equal(a, b) || (errA == nil) != (errB == nil) {
			t.Errorf("%q %v, byte by byte %q %v", a, errA, b, errB)
		}
	})
}
