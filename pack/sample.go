package pack

import "github.com/huifang/huifang"

// Sample says how to make up data to try a trade on: who the organization is,
// and how much of what happens in a month. All names are invented.
type Sample struct {
	Organization huifang.Text   `yaml:"organization"`
	Units        []SampleUnit   `yaml:"units"`
	Departments  []string       `yaml:"departments"` // of every unit, each with a head
	Staff        []SampleStaff  `yaml:"staff"`
	FamilyNames  []string       `yaml:"family_names"`
	GivenNames   []string       `yaml:"given_names"`
	Events       []SampleEvent  `yaml:"events"`
	Outcomes     SampleOutcomes `yaml:"outcomes"`
}

// SampleUnit is one estate, shop or ward; a parent is only a node of the tree.
type SampleUnit struct {
	Code      string `yaml:"code"`
	Parent    string `yaml:"parent"`
	Name      string `yaml:"name"`
	Contacts  int    `yaml:"contacts"`  // how many customers; 0 for a node of the tree
	Buildings int    `yaml:"buildings"` // what asset codes count through
	Entrances int    `yaml:"entrances"`
	Floors    int    `yaml:"floors"`
	PerFloor  int    `yaml:"per_floor"`
}

// SampleStaff is how many hold a role in each unit that has customers.
type SampleStaff struct {
	Code    string `yaml:"code"` // role code
	PerUnit int    `yaml:"per_unit"`
}

// SampleEvent is how often a type of event happens.
type SampleEvent struct {
	Code       string           `yaml:"code"`
	Event      string           `yaml:"event"`
	Monthly    float64          `yaml:"monthly"` // per 100 customers
	Matters    []SampleMatter   `yaml:"matters"`
	Attributes map[string][]any `yaml:"attributes"` // values to draw from, each as likely; repeat one to favour it
	Hours      []int            `yaml:"hours"`      // least and most hours from report to completion
}

// SampleMatter is something an event may be about and who answers for it.
type SampleMatter struct {
	Text       string `yaml:"text"`
	Department string `yaml:"department"`
}

// SampleOutcomes are shares in percent of the follow-ups that have opened; the
// rest is still open.
type SampleOutcomes struct {
	OnTime       float64 `yaml:"on_time"`
	Late         float64 `yaml:"late"`
	Unreachable  float64 `yaml:"unreachable"`
	Waived       float64 `yaml:"waived"`
	Dissatisfied float64 `yaml:"dissatisfied"` // of those done
	Unqualified  float64 `yaml:"unqualified"`  // of those done
}
