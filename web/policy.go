package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
)

func (s *Server) policyRoutes() []route {
	sends := seenFields.and(fields{"carry_basis": portfolio.CarryBasis(0), "follow_ups": []string{}, "note": ""})
	for _, stage := range portfolio.Stages() {
		sends = sends.and(fields{probabilityField(stage): ""})
	}
	for _, t := range portfolio.BenefitTypes() {
		sends = sends.and(fields{optimismField(t): ""})
	}
	return []route{
		{method: http.MethodGet, pattern: "/policy", action: portfolio.ViewPortfolio, page: s.policy, view: policyView{}, query: fields{"programme": ""}},
		{method: http.MethodPost, pattern: "/policy/edit", action: portfolio.EditRequirement, page: s.policy, form: s.editPolicy, view: policyView{}, sends: sends},
	}
}

func probabilityField(s portfolio.Stage) string    { return "probability_" + s.String() }
func optimismField(t portfolio.BenefitType) string { return "optimism_" + t.String() }

// policyView is how the municipality reckons its forecast, and how its forecasts have held.
type policyView struct {
	Version       int64                `json:"version"`
	Probabilities []stageShare         `json:"probabilities"`
	Optimism      []typeShare          `json:"optimism"`
	CarryBasis    portfolio.CarryBasis `json:"carry_basis"`
	// FollowUps are the days of a year on which the budget is followed up, as MM-DD.
	FollowUps []string `json:"follow_ups"`
	// History is what the forecast of the programme's year said at the ends of its months, and what was confirmed.
	Programme string     `json:"programme"`
	Year      int        `json:"year"`
	History   []knownRow `json:"history"`
	Example   bool       `json:"example"`

	Days    string      `json:"-"`
	Chart   chart.Chart `json:"-"`
	Changes []sentence  `json:"-"`
	Edit    *recordForm `json:"-"`
	Home    string      `json:"-"`
}

// stageShare is how likely an effect of a stage is to come, in basis points.
type stageShare struct {
	Stage       portfolio.Stage `json:"stage"`
	Certainty   string          `json:"certainty"`
	Probability portfolio.Basis `json:"probability_basis_points"`
	Word        string          `json:"-"`
}

// typeShare is by how much a benefit type is usually overestimated, in basis points.
type typeShare struct {
	Type     portfolio.BenefitType `json:"type"`
	Optimism portfolio.Basis       `json:"optimism_basis_points"`
}

// maxChanges is how many changes of the policy its page lists.
const maxChanges = 20

func (s *Server) policy(r *request) (*page, error) {
	r.path = "/policy"
	stands := r.p.Policy
	if stands == nil {
		stands = &portfolio.Policy{}
	}
	v := &policyView{Version: stands.Version, CarryBasis: stands.CarryBasis, FollowUps: []string{}, Example: stands.AnyExample()}
	if v.CarryBasis == 0 {
		v.CarryBasis = portfolio.ByPermanent
	}
	for _, stage := range portfolio.Stages() {
		certainty := certainties[stage]
		v.Probabilities = append(v.Probabilities, stageShare{stage, certainty, stands.Probability[stage], r.say(certaintyWords[certainty])})
	}
	for _, t := range portfolio.BenefitTypes() {
		v.Optimism = append(v.Optimism, typeShare{t, stands.Optimism[t]})
	}
	var days []string
	for _, day := range stands.FollowUpDays(r.p.Today.Year()) {
		v.FollowUps = append(v.FollowUps, day.String()[5:])
		days = append(days, monthDay(day))
	}
	v.Days = strings.Join(days, ", ")
	if err := r.policyHistory(v); err != nil {
		return nil, err
	}
	if r.may(portfolio.EditRequirement, stands) || r.sent("/policy/edit") {
		v.Edit = r.policyForm(v, days)
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "policy", Title: r.say("kind.policy"), View: v, Example: v.Example, Notice: notice, Charts: v.Chart.Option != nil}, nil
}

// policyHistory puts the municipality's own experience beside the shares: what it forecast, and what came of it.
func (r *request) policyHistory(v *policyView) error {
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindPolicy, Limit: maxChanges})
	if err != nil {
		return err
	}
	if v.Changes, err = r.sentences(events); err != nil {
		return err
	}
	v.History = []knownRow{}
	g := r.programme()
	if g == nil {
		return nil
	}
	y := r.yearOf(g, r.defaultYear(g), yearFilter{})
	if v.History, err = r.known(y); err != nil {
		return err
	}
	v.Programme, v.Year, v.Home = g.Code, y.number(), r.partHref(y, "forecast", false)
	v.Chart = r.knownChart(y, v.History)
	return nil
}

// monthDay writes a day of any year, as people type it.
func monthDay(d portfolio.Date) string { return d.String()[8:] + "-" + d.String()[5:7] }

func (r *request) policyForm(v *policyView, days []string) *recordForm {
	f := r.record("policy", "/policy/edit", r.say("policy.edit"), r.say("form.save"))
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(v.Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/1", portfolio.KindPolicy)})
	for _, s := range v.Probabilities {
		f.add(recordField{Name: probabilityField(s.Stage), Label: r.say("policy.probability_of", r.say("stage."+s.Stage.String())), Hint: s.Word, Kind: "text", Value: shareText(s.Probability), Required: true})
	}
	for _, t := range v.Optimism {
		f.add(recordField{Name: optimismField(t.Type), Label: r.say("policy.optimism_of", r.say("benefit_type."+t.Type.String())), Kind: "text", Value: shareText(t.Optimism), Required: true})
	}
	f.add(recordField{Name: "carry_basis", Label: r.say("policy.carry_basis"), Hint: r.say("policy.carry_hint"), Kind: "select", Value: v.CarryBasis.String(), Options: codes(r, "carry_basis", portfolio.CarryBases(), "")})
	f.add(recordField{Name: "follow_ups", Label: r.say("policy.follow_ups"), Hint: r.say("policy.follow_ups_hint"), Kind: "lines", Value: strings.Join(days, "\n")})
	f.add(recordField{Name: "note", Label: r.say("policy.note"), Hint: r.say("policy.note_hint"), Kind: "lines"})
	return f
}

// shareText writes a share as readShare reads it: per cent with a decimal comma.
func shareText(b portfolio.Basis) string { return pointText(int64(b) * 10) }

// readShare reads per cent with up to two decimals as basis points.
func readShare(f *form, name string) portfolio.Basis {
	text := strings.TrimSpace(strings.TrimSuffix(f.get(name), "%"))
	milli, err := readThousandths(text)
	if err != nil || text == "" || milli%10 != 0 || milli > 100_000 {
		f.bad(name, "policy.bad_share")
		return 0
	}
	return portfolio.Basis(milli / 10)
}

// readPolicy lays what was sent over the policy that stands.
func readPolicy(f *form, to portfolio.Policy) portfolio.Policy {
	probability, optimism := map[portfolio.Stage]portfolio.Basis{}, map[portfolio.BenefitType]portfolio.Basis{}
	for _, stage := range portfolio.Stages() {
		probability[stage] = to.Probability[stage]
		if given(f, probabilityField(stage)) {
			probability[stage] = readShare(f, probabilityField(stage))
		}
	}
	for _, t := range portfolio.BenefitTypes() {
		optimism[t] = to.Optimism[t]
		if given(f, optimismField(t)) {
			optimism[t] = readShare(f, optimismField(t))
		}
	}
	to.Probability, to.Optimism = probability, optimism
	if given(f, "carry_basis") {
		f.code("carry_basis", &to.CarryBasis)
	}
	if given(f, "follow_ups") {
		to.FollowUps = readDays(f)
	}
	return to
}

// readDays reads days of the year, one a line, such as 30-06; none gives the usual ones.
func readDays(f *form) []int {
	var list []int
	for line := range strings.Lines(strings.Join(f.Values["follow_ups"], "\n")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		day, month, _ := strings.Cut(line, "-")
		d, errDay := strconv.Atoi(day)
		m, errMonth := strconv.Atoi(month)
		if errDay != nil || errMonth != nil || m < 1 || m > 12 || d < 1 || int(amount.NewDate(2001, m, d)) != 2001_00_00+100*m+d {
			f.bad("follow_ups", "policy.bad_day", line)
			continue
		}
		list = append(list, 100*m+d)
	}
	slices.Sort(list)
	if len(list) > 12 {
		f.bad("follow_ups", "error.too_many", 12)
	}
	return slices.Compact(list)
}

func (s *Server) editPolicy(r *request) (*done, error) {
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := allowed(tx, by, portfolio.EditRequirement, nil); err != nil {
			return err
		}
		stands := tx.Portfolio().Policy
		if stands == nil {
			to := readPolicy(r.form, portfolio.Policy{})
			if err := r.form.err(); err != nil {
				return err
			}
			set, e, err := portfolio.NewPolicy(by, to)
			return save(tx, set, e, err)
		}
		if err := r.form.seen(stands); err != nil {
			return err
		}
		to := readPolicy(r.form, *stands)
		if err := r.form.err(); err != nil {
			return err
		}
		next, e, err := stands.Edit(by, to)
		return save(tx, next, e, err)
	})
	return &done{location: "/policy", seq: seq}, err
}
