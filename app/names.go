package app

import (
	"github.com/huifang/huifang/form"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// Values of inner rooms that use cases answer with, by the names that rooms
// above may use.
type (
	// FormDefinition is one version of a form.
	FormDefinition = form.Definition
	// Try is how and when to reach a contact next.
	Try = plan.Try
	// EventType is what a kind of event is called and which attributes it has.
	EventType = plan.EventType
	// AttributeType is one attribute of an event, contact or asset.
	AttributeType = plan.AttributeType
	// Phrase is one thing for staff to say.
	Phrase = pack.Phrase
	// MonthSheet is a month's statistics as data.
	MonthSheet = report.MonthSheet
	// Layout is the sheet as people see it, cell by cell.
	Layout = report.Layout
)
