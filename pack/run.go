package pack

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/plan"
)

// Result is how one test of a pack went. Faults say, each where it was
// written, what was expected and is not, and what is and was not expected.
type Result struct {
	Name   string
	At     huifang.Location
	Faults []*huifang.Error
}

// Passed tells whether everything came out as expected.
func (r *Result) Passed() bool { return len(r.Faults) == 0 }

// Test runs the tests beside a pack, in the order of files and of tests. Its
// error is CodeInvalid with every fault of the test files, located, in Details;
// a test that fails is a Result, not an error.
func Test(p *Pack) ([]Result, error) {
	set, err := p.Compile()
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(p.from.fsys, path.Join(p.from.dir, "*_test.yaml"))
	if err != nil {
		return nil, huifang.Wrap(err)
	}
	f := &faults{}
	var out []Result
	for _, file := range files {
		data, err := fs.ReadFile(p.from.fsys, file)
		name := p.from.name(path.Base(file))
		if err != nil {
			f.add(position{file: name}, "pack.unreadable", unreadable(err))
			continue
		}
		if r := newRun(p, set, name, data, f); r != nil {
			out = append(out, r.all()...)
		}
	}
	return out, f.err()
}

// run runs the tests of one file.
type run struct {
	pack *Pack
	set  *plan.Set
	file TestFile
	zone *time.Location
	d    *decoder
}

// newRun reads a test file; nil when there is nothing to run.
func newRun(p *Pack, set *plan.Set, name string, data []byte, f *faults) *run {
	tree := parse(name, data, f)
	if tree == nil {
		return nil
	}
	r := &run{pack: p, set: set, zone: plan.DefaultZone(), d: newDecoder(f)}
	before := len(f.list)
	r.d.decode(tree, reflect.ValueOf(&r.file).Elem(), "", nil)
	if r.file.Zone != "" {
		zone, err := time.LoadLocation(r.file.Zone)
		if err != nil {
			f.add(r.d.at("zone"), "unit.zone", huifang.Textf("时区“%s”无效，应写作 Asia/Shanghai", "unknown time zone %q; write it as Asia/Shanghai", r.file.Zone))
		}
		r.zone = zone
	}
	for i := range r.file.Tests {
		r.check(i)
	}
	if len(f.list) > before {
		return nil
	}
	return r
}

// check reports a test that could not fail as meant: one without a name, an
// end, or a window to compare.
func (r *run) check(i int) {
	c, at := &r.file.Tests[i], nth("tests", i)
	missing := func(at, name string) {
		r.d.faults.add(r.d.at(at), "test.missing", huifang.Textf("缺少 %s", "%s is missing", name))
	}
	if c.Name == "" {
		missing(at, "name")
	}
	if _, written := r.d.where[at+".until"]; !written {
		missing(at, "until")
	}
	for j, e := range c.Expect {
		at := at + "." + nth("expect", j)
		if e.Program == "" {
			missing(at, "program")
		} else if _, ok := r.pack.Program(e.Program); !ok {
			var codes []string
			for k := range r.pack.Programs {
				codes = append(codes, r.pack.Programs[k].Code)
			}
			r.d.faults.add(r.d.at(at+".program"), "program.unknown", meant("没有回访方案“"+e.Program+"”", "there is no program “"+e.Program+"”", e.Program, codes))
		}
		for name, text := range map[string]string{"opens": e.Opens, "closes": e.Closes} {
			if _, err := huifang.ParseMoment(text); err != nil {
				r.theirs(at+"."+name, err)
			}
		}
	}
}

// theirs reports another room's error at a place of the test file.
func (r *run) theirs(at string, err error) {
	if e, ok := errors.AsType[*huifang.Error](err); ok {
		r.d.faults.put(r.d.at(at), e)
	}
}

func (r *run) all() []Result {
	out := make([]Result, len(r.file.Tests))
	for i := range r.file.Tests {
		out[i] = r.one(i)
	}
	return out
}

// one runs one test.
func (r *run) one(i int) Result {
	c, at := &r.file.Tests[i], nth("tests", i)
	out := Result{Name: c.Name, At: r.d.at(at).location()}
	fail := func(at string, e *huifang.Error) { out.Faults = append(out.Faults, e.Located(r.d.at(at).location())) }
	people, err := r.file.World.over(c.World).People(r.pack, r.zone, calendar.China())
	if err != nil {
		fail(at, asError(err))
		return out
	}
	var inputs []plan.Input
	for j := range c.Inputs {
		at := at + "." + nth("inputs", j)
		in, err := c.Inputs[j].Input(r.set)
		if err != nil {
			fail(at+"."+err.At.Field, err)
			continue
		}
		inputs = append(inputs, in)
	}
	if len(out.Faults) > 0 {
		return out
	}
	sim, err := plan.Simulate(r.set, people, inputs, plan.EndOf(c.Until, r.zone))
	if err != nil {
		fail(at, asError(err))
		return out
	}
	r.compare(at, c, &sim, fail)
	if c.Recurrences != nil {
		again := r.pack.FindRecurrences(eventsOf(inputs, c.Until, r.zone), people.Roster.Location)
		pair(at, "recurrences", c.Recurrences, again, (*ExpectedRecurrence).matches, showAgain, fail)
	}
	return out
}

// compare holds what came out against every list of the test.
func (r *run) compare(at string, c *Case, sim *plan.Simulation, fail func(string, *huifang.Error)) {
	pair(at, "expect", c.Expect, sim.Rows, (*ExpectedRow).matches, showRow, fail)
	pair(at, "cases", c.Cases, sim.Cases, (*ExpectedCase).matches, showCase, fail)
	if c.NotPlanned != nil {
		pair(at, "not_planned", c.NotPlanned, sim.Skipped, (*ExpectedNotPlanned).matches, showSkipped, fail)
	}
	if c.Alerts != nil {
		pair(at, "alerts", c.Alerts, sim.Alerts, (*ExpectedAlert).matches, showAlert, fail)
	}
	if c.Ignored != nil {
		pair(at, "ignored", c.Ignored, sim.Ignored, (*ExpectedIgnored).matches, showIgnored, fail)
	}
}

// eventsOf are the events of inputs up to the end of a date.
func eventsOf(inputs []plan.Input, until huifang.Date, zone *time.Location) []huifang.Event {
	var out []huifang.Event
	for i := range inputs {
		if ev := inputs[i].Event; !ev.At.After(plan.EndOf(until, zone)) {
			out = append(out, *ev)
		}
	}
	return out
}

func asError(err error) *huifang.Error {
	if e, ok := errors.AsType[*huifang.Error](err); ok {
		return e
	}
	return &huifang.Error{Code: huifang.CodeInternal, Reason: "internal", Message: huifang.Text{ZH: "系统内部错误", EN: "internal error"}, Err: err}
}
