package portfolio_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

var (
	cited = portfolio.Source{Document: "326-2017-67417", Quote: "ca. 3,9 mio. kr.", Derived: true}
	notes = []portfolio.Note{{Text: "Referatet nævner intet år", Source: cited}}
	step  = &portfolio.CaseStep{By: 1, At: 1_509_955_200_000_000, Note: "n", Decision: 8}
	meta  = portfolio.Meta{Version: 3, Sources: portfolio.Sources{"": cited, "title": {}, "area": {Example: true}}}
)

// samples have every field set, so that a payload written today shows every name that must be read for ever.
var samples = []portfolio.Record{
	&portfolio.User{ID: 1, Role: portfolio.EconomyChief, Disabled: true, Erased: true, Reset: step, Seal: portfolio.Seal{Person: "cA", Password: "cB", Identity: "cC"}, Meta: meta},
	&portfolio.Area{ID: 2, Name: "Plan, Byg & Miljø", Director: 3, Capacity: []portfolio.YearDays{{Year: 2018, Days: 200}}, Meta: meta},
	&portfolio.Strategy{Municipality: "Kalundborg", Title: "Strategi <2020>", From: 2016, To: 2020, Focus: []string{"a"}, Notes: notes, Meta: meta},
	&portfolio.Programme{ID: 4, Code: "DIGIT", Name: "Digitalisering", Notes: notes, Meta: meta},
	&portfolio.Policy{
		Probability: map[portfolio.Stage]portfolio.Basis{portfolio.Started: 5_000, portfolio.Realizing: 9_000},
		Optimism:    map[portfolio.BenefitType]portfolio.Basis{portfolio.Efficiency: 1_000}, FollowUps: []int{331, 1231},
		CarryBasis: portfolio.ByCash, Meta: meta,
	},
	&portfolio.CatalogueItem{
		ID: 5, No: 6, Page: 7, Title: "Telefoni", Area: 2, Origin: portfolio.JointMunicipal, Mandatory: true,
		Types: portfolio.BenefitTypes(), Idea: "Én indgang", Proposal: &portfolio.Proposal{Period: "2019", By: 3, At: 1_509_955_200_000_000},
		Priority:  &portfolio.Priority{Period: "2018", By: 1, At: 1_509_955_200_000_000, Approved: 20171106},
		Selection: &portfolio.Selection{Selected: true, Decision: 8}, Notes: notes, Meta: meta,
	},
	&portfolio.Initiative{
		ID: 9, Title: "TGK", Programme: 4, Background: portfolio.BetterUse, Item: 5, Area: 2, ProjectOwner: 1, BenefitOwner: 3,
		Stage: portfolio.Implemented, Plan: portfolio.Plan{State: portfolio.OutOfPlan, Reason: "udført", Decision: 8, Left: true}, OneOff: amount.About(60_000_000),
		Now: portfolio.Schedule{Start: month(1), Done: month(10)}, Planned: &portfolio.Schedule{Start: month(1), Done: month(4)},
		Summary: "Kort", CaseFile: portfolio.CaseFile{No: "326-2017-67417", URL: "https://esdh.example/1"}, Needs: portfolio.Needs{
			Requires: []portfolio.InitiativeID{3}, Excludes: []portfolio.InitiativeID{4}, Effort: &portfolio.Effort{Uses: []portfolio.Use{{Area: 2, Year: 2018, Days: 40}}},
		}, Notes: notes, Meta: meta,
	},
	&portfolio.Benefit{
		ID: 10, Initiative: 9, Title: "Licenser", Type: portfolio.Efficiency, Owner: 3, Cash: &portfolio.Cash{Step: portfolio.AvoidedCost, Account: "6.45.51"},
		Time: &portfolio.FreedTime{HoursPerYear: 6_000, Rate: 35_000}, Indicator: &portfolio.Indicator{
			Unit: "%", Baseline: -1, Target: 2, BaselineDate: 20171106, Method: "Borgerpanel",
			Measurements: []portfolio.Measurement{{Date: 20180630, Value: 1, By: 3, Note: "stikprøve"}},
		},
		Terms:   portfolio.Terms{From: month(10), Ramp: amount.Ramp{2_500, 10_000}, OneOff: true, Gross: amount.About(180_000_000), Running: amount.Exactly(0)},
		Planned: &portfolio.Terms{From: month(4)}, PriceYear: 2018,
		Allocations: []portfolio.Allocation{{Programme: 4, Share: 7_500}}, Adverse: true, Change: "Én indgang", Focus: []string{"a"},
		Converted: &portfolio.Conversion{Time: portfolio.FreedTime{HoursPerYear: 6_000, Rate: 35_000}, Decision: 8, By: 1, At: 1_509_955_200_000_000},
		Notes:     notes, Meta: meta,
	},
	&portfolio.Entry{
		ID: 11, Benefit: 10, Months: []portfolio.MonthGain{{Month: month(4), Gross: -1, Running: 2}}, Note: "note",
		Evidence: portfolio.Evidence{Document: "2018-77", Account: "6.45.51", Transfer: "omplacering 4"},
		Claim:    portfolio.Claim{By: 1, At: 1_509_955_200_000_000},
		Settled:  &portfolio.Settlement{Accepted: true, By: 3, At: 1_509_955_200_000_001, Note: "set"}, Reverses: 12, ReversedBy: 13, Meta: meta,
	},
	&portfolio.Requirement{
		ID: 14, Programme: 4, Year: 2018, StatedNet: amount.Exactly(390_000_000), NetSource: cited, Notes: notes, Meta: meta,
		Lines: []portfolio.Line{{
			Kind: portfolio.Base, Label: "Krav", Amount: amount.Exactly(420_000_000), Permanence: portfolio.NotStated, Source: cited,
			Reading: []portfolio.Line{{Kind: portfolio.CarriedOver, Label: "heraf", Permanence: portfolio.OneOff}},
		}},
	},
	&portfolio.Overlap{
		ID: 15, Title: "OPUS", Initiatives: []portfolio.InitiativeID{9}, Programmes: []portfolio.ProgrammeID{4, 5}, Home: 5,
		Cap: amount.Exactly(60_000_000), Notes: notes, Meta: meta,
	},
	&portfolio.Meeting{ID: 16, Date: 20171106, Name: "Styregruppe", Type: portfolio.Workshop, Notes: notes, Meta: meta},
	&portfolio.Decision{
		ID: 8, Meeting: 16, Item: 3, Title: "Handlingsplan", Case: "326-2017-1", KLE: "85.00.00", Document: "d", Type: "Beslutning",
		Recommender: "Programkontoret", Recommendations: []string{"at godkende"}, Outcome: "Godkendt", Waiting: "OPUS", FollowUps: []string{"næste møde"},
		TakenUpAt: 16, Settled: step, Done: []portfolio.FollowUpDone{{No: 1, CaseStep: *step}},
		Attachments: []portfolio.Attachment{{Title: "Bilag", Document: "d2"}}, Notes: notes, Meta: meta,
	},
	&portfolio.PriceIndex{ID: 18, Name: "Løn", Points: []portfolio.IndexPoint{{Year: 2017, Milli: 100_000}}, Source: "tabel 1", Meta: meta},
	&portfolio.BusinessCase{
		ID: 19, Initiative: 9, No: 2, State: portfolio.Superseded, Authors: []portfolio.UserID{1, 3},
		CaseContent: portfolio.CaseContent{
			Dated: 20171106, PriceYear: 2018, FirstYear: 2018, Years: 4, Rate: "0.03", RateNote: "eget valg", Financing: portfolio.Pool,
			FinancingNote: "halvdelen", Assumptions: notes, Summary: "Kort",
			Lines: []portfolio.CaseLine{{
				ID: 1, Kind: appraisal.OneOff, Title: "Udstyr", Benefit: 10, Index: 18, PriceYear: 2017, Note: "tilbud",
				Amounts: []portfolio.Estimate{{Low: amount.Exactly(1), Likely: amount.About(2), High: amount.Exactly(3)}, {}},
			}},
		},
		LastLine: 4, Submitted: step, Assured: step, Approved: step, Returned: step, SupersededBy: 20, Meta: meta,
	},
	&portfolio.Milestone{ID: 21, Initiative: 9, Title: "Udbud", Due: 20180301, Owner: 3, Done: 20180228, Meta: meta},
	&portfolio.Risk{
		ID: 22, Initiative: 9, Title: "Leverandør", Likelihood: portfolio.LowLevel, Consequence: portfolio.HighLevel, Response: "opfølgning",
		Review: 20180401, Owner: 3, Closed: 20180402, Meta: meta,
	},
	&portfolio.Question{ID: 23, Initiative: 9, Benefit: 10, Case: 19, Text: "Hvorfor?", Asked: *step, Answer: step, Meta: meta},
	&portfolio.Commentary{ID: 24, Initiative: 9, FollowUp: 20180630, Outlook: portfolio.AtRisk, Text: "Forsinket", Written: *step, Meta: meta},
	&portfolio.Account{
		ID: 25, No: "6.45.51", Name: "Administration", Caps: []portfolio.YearCap{{Year: 2018, Reduction: 60_000_000, Source: cited}}, Meta: meta,
	},
	&portfolio.FinanceFile{ID: 26, Name: "budget.csv", Digest: "ab", Mapping: "OPUS", Rows: 3, Taken: 2, Sum: -5, Meta: meta},
	&portfolio.Posting{
		ID: 27, File: 26, Row: 4, Account: 25, Month: month(4), Measure: portfolio.BudgetChange, Ore: -1, Voucher: "100", Text: "Omplacering", Same: 1, Balance: new(amount.Money), Meta: meta,
	},
	&portfolio.Explanation{ID: 28, Account: 25, Year: 2018, Text: "forskudt", Difference: 5, Given: *step, Meta: meta},
	&portfolio.Mapping{
		ID: 29, Name: "OPUS", For: "finance", Columns: map[string]string{"account": "Omkostningssted"}, Options: map[string]string{"sign": "income_negative"}, Meta: meta,
	},
	&portfolio.Round{
		ID: 30, Name: "Vinter", Period: "2018", Items: []portfolio.ItemID{5}, Opened: *step, Closed: step, Meta: meta,
		Criteria: []portfolio.Criterion{{Name: "Kerneopgave", Weight: 3, Scale: []string{"1", "2", "3", "4", "5"}, Cost: true}},
	},
	&portfolio.Score{ID: 31, Round: 30, By: 1, Given: []portfolio.Scored{{Item: 5, Scores: []int{4}}}, Meta: meta},
	&portfolio.Scenario{
		ID: 32, Name: "Frem", Note: "n", Decided: step, Meta: meta, Alterations: []portfolio.Alteration{{
			Kind: portfolio.Shift, Initiative: 9, Benefit: 10, Programme: 4, Year: 2018, Months: -4, From: month(10), Amount: amount.Exactly(1),
		}},
	},
	&portfolio.Report{
		ID: 33, Title: "Status", Meeting: 16, Case: "326", KLE: "85", Document: "d", Type: "Beslutning", Programme: 4, Year: 2018, AsOf: 20180903,
		Known: 7, Sections: []portfolio.Section{{Code: "summary", Text: "Resume"}}, Sent: *step, Meta: meta,
	},
	&portfolio.FollowUp{ID: 17, Name: "30. juni", Date: 20180630, ClosesBefore: month(7), Frozen: 99, Meta: meta},
}

func TestPayloads(t *testing.T) {
	written := map[portfolio.Kind]bool{}
	for _, r := range samples {
		written[r.Kind()] = true
		t.Run(fmt.Sprintf("a %s is written as it always was", r.Kind()), func(t *testing.T) {
			payload, format, err := portfolio.Encode(r)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, fmt.Sprintf("payload_%s_%d.golden", r.Kind(), format), payload+"\n")
		})
	}
	for _, k := range portfolio.Kinds() {
		if !written[k] {
			t.Errorf("no sample of a %s", k)
		}
	}
	t.Run("every payload ever written is read, and written again the same", func(t *testing.T) {
		paths, err := filepath.Glob("testdata/payload_*.golden")
		if err != nil || len(paths) < len(samples) {
			t.Fatalf("%d payloads, %v", len(paths), err)
		}
		for _, path := range paths {
			name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "payload_"), ".golden")
			at := strings.LastIndex(name, "_")
			var k portfolio.Kind
			var format int64
			if err := k.UnmarshalText([]byte(name[:at])); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Sscan(name[at+1:], &format); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r, err := portfolio.Decode(k, format, string(text))
			if err != nil {
				t.Fatal(err)
			}
			payload, now, err := portfolio.Encode(r)
			if err != nil {
				t.Fatal(err)
			}
			if now == format && payload+"\n" != string(text) {
				t.Errorf("%s: read and written again it is\n%s", name, payload)
			}
		}
	})
	t.Run("a sample leaves no field of its record empty", func(t *testing.T) {
		for _, r := range samples {
			payload, _, _ := portfolio.Encode(r)
			var fields map[string]any
			if err := json.Unmarshal([]byte(payload), &fields); err != nil {
				t.Fatal(err)
			}
			if got, want := len(fields), fieldsOf(r)-1; got != want { // all but "removed"
				t.Errorf("%s: %d fields, want %d", r.Kind(), got, want)
			}
		}
	})
	for title, c := range map[string]struct {
		kind    portfolio.Kind
		format  int64
		payload string
	}{
		"of a newer program":         {portfolio.KindArea, 3, `{"id":1,"name":"x","version":1}`},
		"of a format that never was": {portfolio.KindArea, 0, `{"id":1,"name":"x","version":1}`},
		"of an unknown kind":         {99, 0, `{}`},
		"that is no JSON":            {portfolio.KindArea, 1, `{`},
		"with an unknown code":       {portfolio.KindUser, 1, `{"id":1,"role":"king","version":1}`},
		"that does not say which":    {portfolio.KindArea, 1, `{"name":"x"}`},
		"of a gain of nothing":       {portfolio.KindBenefit, 1, `{"id":1}`},
		"of an entry on nothing":     {portfolio.KindEntry, 1, `{"id":1,"benefit":-1}`},
	} {
		t.Run("no payload "+title+" is read", func(t *testing.T) {
			if r, err := portfolio.Decode(c.kind, c.format, c.payload); err == nil {
				t.Errorf("read as %+v", r)
			}
		})
	}
}

func TestCasePayload(t *testing.T) {
	many := make(portfolio.Estimates, 10)
	for k := range many {
		many[k].Likely = amount.Exactly(amount.Money(k-5) * 1_000_000_007)
	}
	line := func(title string, amounts portfolio.Estimates) portfolio.CaseLine {
		return portfolio.CaseLine{ID: 1, Kind: appraisal.Benefit, Title: title, Note: title, Amounts: amounts}
	}
	for title, lines := range map[string][]portfolio.CaseLine{
		"without lines":                       nil,
		"with a list of none":                 {},
		"with lines without amounts":          {line("a", nil), line("b", portfolio.Estimates{})},
		"with some of its lines empty":        {line("a", nil), line("b", many), line("c", portfolio.Estimates{}), line("d", many[:1]), line("e", nil)},
		"with an estimate of nothing":         {line("a", portfolio.Estimates{{}}), line("b", many), line("c", portfolio.Estimates{{}, {}})},
		"with every point, known and about":   {line("a", portfolio.Estimates{{Low: amount.About(0), High: amount.Exactly(1)}, {}, {Likely: amount.About(-3)}})},
		"whose texts look like its amounts":   {line(`,"amounts":[{}],"note":"`, many), line(`"amounts":[{}]`, nil)},
		"whose texts are written with escape": {line("<script>&\u2028\x00\\\"", many), line("\xff æøå", many)},
	} {
		t.Run("a case "+title+" is written as any other record is", func(t *testing.T) {
			c := &portfolio.BusinessCase{ID: 1, Initiative: 2, CaseContent: portfolio.CaseContent{Summary: `"amounts":[{}]`, Lines: lines}}
			c.Sources = portfolio.Sources{"lines": cited, "amounts": {Example: true}}
			was := fmt.Sprintf("%+v", c)
			got, _, err := portfolio.Encode(c)
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("written\n%s\nwant\n%s", got, want)
			}
			if fmt.Sprintf("%+v", c) != was {
				t.Error("the case is another one now")
			}
		})
	}
}

func TestChain(t *testing.T) {
	e := portfolio.Event{Seq: 1, At: 2, Actor: 3, Verb: "v", Kind: 4, Subject: 5, Note: "n", Decision: 6, Batch: 7, Format: 8, Payload: "p"}
	base := e.Chain("h")
	for title, change := range map[string]func(*portfolio.Event){
		"number": func(e *portfolio.Event) { e.Seq++ }, "instant": func(e *portfolio.Event) { e.At++ }, "actor": func(e *portfolio.Event) { e.Actor++ },
		"verb": func(e *portfolio.Event) { e.Verb = "w" }, "kind": func(e *portfolio.Event) { e.Kind++ }, "subject": func(e *portfolio.Event) { e.Subject++ },
		"note": func(e *portfolio.Event) { e.Note = "m" }, "decision": func(e *portfolio.Event) { e.Decision++ }, "batch": func(e *portfolio.Event) { e.Batch++ },
		"format": func(e *portfolio.Event) { e.Format++ }, "payload": func(e *portfolio.Event) { e.Payload = "q" },
		"note moved into the payload": func(e *portfolio.Event) { e.Note, e.Payload = "", "np" },
		"verb moved into the note":    func(e *portfolio.Event) { e.Verb, e.Note = "", "vn" },
	} {
		t.Run("the hash is over the "+title, func(t *testing.T) {
			other := e
			change(&other)
			if other.Chain("h") == base {
				t.Error("it stays the same")
			}
		})
	}
	if e.Chain("i") == base {
		t.Error("the hash does not tell of the event before")
	}
	e.Hash = "other"
	if e.Chain("h") != base {
		t.Error("the hash is over itself")
	}
}

// fieldsOf counts the fields that a record may be written with, those of what it embeds among them.
func fieldsOf(r portfolio.Record) int { return countFields(reflect.TypeOf(r).Elem()) }

func countFields(t reflect.Type) (n int) {
	for k := range t.NumField() {
		if f := t.Field(k); f.Anonymous {
			n += countFields(f.Type)
		} else {
			n++
		}
	}
	return n
}
