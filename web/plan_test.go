package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
)

// planJSON is the plan as a program reads it.
type planJSON struct {
	From  int `json:"from_year"`
	To    int `json:"to_year"`
	Items []struct {
		ID          int64  `json:"id"`
		Title       string `json:"title"`
		Plan        string `json:"plan"`
		Reason      string `json:"reason"`
		PlannedFrom string `json:"planned_from"`
		PlannedTo   string `json:"planned_to"`
		From        string `json:"from"`
		To          string `json:"to"`
		Slip        *int   `json:"slip_months"`
		Effects     []struct {
			Year   int    `json:"year"`
			Effect *int64 `json:"effect_ore"`
			Plan   *int64 `json:"plan_ore"`
		} `json:"effects"`
		Example bool `json:"example"`
	} `json:"items"`
	Next  *int64 `json:"next"`
	Years []struct {
		Year        int    `json:"year"`
		Requirement *int64 `json:"requirement_ore"`
		Effect      *int64 `json:"effect_ore"`
		Plan        *int64 `json:"plan_ore"`
		Unknown     int    `json:"initiatives_without_amount"`
	} `json:"years"`
}

// csv reads an address' file, and holds it to what a Danish spreadsheet opens right.
func (r *reader) csv(path string) [][]string {
	r.Helper()
	got := r.do(http.MethodGet, path, nil)
	if got.status != http.StatusOK {
		r.Fatalf("GET %s: %d\n%s", path, got.status, got.body)
	}
	body, marked := strings.CutPrefix(got.body, "\ufeff")
	if !marked {
		r.Errorf("GET %s: no byte order mark", path)
	}
	c := csv.NewReader(strings.NewReader(body))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil {
		r.Fatalf("GET %s: %v", path, err)
	}
	return rows
}

// says holds a page to what a reader would see of it.
func says(t *testing.T, body string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestPlan(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	var plan planJSON
	r.json("/plan.json", &plan)

	t.Run("the plan covers 2018 to 2020, and 2018 says what is planned, what is left of it, and what is required", func(t *testing.T) {
		if plan.From != 2018 || plan.To != 2020 {
			t.Errorf("covers %d-%d", plan.From, plan.To)
		}
		year := plan.Years[0]
		if *year.Plan != 392000000 || *year.Effect != 332000000 || *year.Requirement != 390000000 {
			t.Errorf("2018: plan %d, now %d, required %d", *year.Plan, *year.Effect, *year.Requirement)
		}
		if plan.Years[1].Requirement != nil {
			t.Error("2019 has a requirement that nobody stated")
		}
	})

	t.Run("the rows add up to the years' sums, and the file says the same", func(t *testing.T) {
		rows := r.csv("/plan.csv")
		if len(rows) != len(plan.Items)+1 {
			t.Fatalf("%d rows in the file, %d on the page", len(rows)-1, len(plan.Items))
		}
		column := map[string]int{}
		for k, name := range rows[0] {
			column[name] = k
		}
		for k, year := range plan.Years {
			var effect, planned int64
			for n, item := range plan.Items {
				e := item.Effects[k]
				if e.Effect != nil {
					effect, planned = effect+*e.Effect, planned+*e.Plan
				}
				if got := rows[n+1][column[fmt.Sprintf("effect_%d", year.Year)]]; got != kroner(e.Effect) {
					t.Errorf("%s %d: the file says %q, the page %q", item.Title, year.Year, got, kroner(e.Effect))
				}
			}
			if effect != *year.Effect || planned != *year.Plan {
				t.Errorf("%d: rows add up to %d and %d, the sum says %d and %d", year.Year, effect, planned, *year.Effect, *year.Plan)
			}
		}
	})

	t.Run("a slip is told in months, in words and with an arrow; a plan that holds has none", func(t *testing.T) {
		body := r.page("/plan")
		says(t, body, "6 måneder forsinket", `class="slip from-`, `class="plan from-`, `class="effect from-`, `class="today from-8 len-1"`)
		for _, item := range plan.Items {
			switch {
			case item.Title == "Office 365 / Cloud" && (item.Slip == nil || *item.Slip != 6):
				t.Errorf("%s: slipped %v", item.Title, item.Slip)
			case item.Title == "Device Strategi" && (item.Slip == nil || *item.Slip != 0):
				t.Errorf("%s: slipped %v", item.Title, item.Slip)
			}
		}
	})

	t.Run("what waits and what has left adds nothing, and each says why", func(t *testing.T) {
		body := r.page("/plan")
		says(t, body, "<h3>Udgået af planen</h3>", "Chefen for Voksenspecialenheden meddeler, at projektet er gennemført og implementeret.", "Afventer beslutning")
		for _, item := range plan.Items {
			if item.Plan == "in" {
				continue
			}
			if item.Reason == "" {
				t.Errorf("%s is %s without a reason", item.Title, item.Plan)
			}
			for _, e := range item.Effects {
				if e.Effect != nil || e.Plan != nil {
					t.Errorf("%s is %s and brings kroner in %d", item.Title, item.Plan, e.Year)
				}
			}
		}
	})

	t.Run("what is brought forward is marked so although its work stands still, and its page tells what it brings now", func(t *testing.T) {
		s := newSite(t, true)
		r := s.as("programme_office")
		if got := r.post("/scenarios/carry-out", "initiative", "11", "months", "-4", "decision", "5"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		body := r.page("/plan")
		says(t, body, "4 måneder fremrykket", `class="slip earlier from-9 len-4"`)
		var moved planJSON
		r.json("/plan.json", &moved)
		for _, item := range moved.Items {
			if item.ID == 11 && (item.Slip == nil || *item.Slip != -4) {
				t.Errorf("slipped %v", item.Slip)
			}
		}
		page := r.page("/initiatives/11")
		says(t, page, "Ventes nu at give 240")
		if strings.Contains(page, "giver intet i 2018") {
			t.Error("it is still said to bring nothing")
		}
	})

	t.Run("what is taken out leaves a hole of all that it was to bring, in the plan and in every sum of what was adopted", func(t *testing.T) {
		s := newSite(t, true)
		r := s.as("programme_office")
		if got := r.post("/initiatives/4/plan", "state", "out", "reason", "Leverandøren er gået konkurs", "decision", "5", "version", itoa(s.now().Initiatives.Get(4).Version)); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var left struct {
			planJSON
			Forward []forwardJSON `json:"bring_forward"`
		}
		for _, narrow := range []string{"", fmt.Sprintf("?area=%d", s.now().Initiatives.Get(4).Area)} {
			r.json("/plan.json"+narrow, &left)
			var planned int64
			for _, item := range left.Items {
				if e := item.Effects[0]; e.Plan != nil {
					planned += *e.Plan
				}
				if item.ID == 4 && (item.Effects[0].Effect != nil || *item.Effects[0].Plan != 900*thousandKroner) {
					t.Errorf("%+v", item.Effects[0])
				}
			}
			if *left.Years[0].Plan != planned {
				t.Errorf("%s: the rows add up to %d, the sum says %d", narrow, planned, *left.Years[0].Plan)
			}
		}
		r.json("/plan.json", &left)
		if y := left.Years[0]; *y.Plan != 3_920*thousandKroner || *y.Effect != 3_020*thousandKroner {
			t.Errorf("plan %d, now %d", *y.Plan, *y.Effect)
		}
		if len(left.Forward) == 0 || left.Forward[0].Missing != 880*thousandKroner || len(left.Forward[0].Holes) != 1 || left.Forward[0].Holes[0].InYear != 900*thousandKroner {
			t.Errorf("%+v", left.Forward)
		}
		says(t, r.page("/plan"), "Fremrykning til 2018", "900")
		says(t, r.page("/scenarios?year=2018"), "Huller: det, forsinkelser og udtagne indsatser tager fra året")
		var savings struct {
			Rows []struct {
				Plan int64 `json:"plan_ore"`
			} `json:"initiatives"`
		}
		r.json("/savings/2018.json", &savings)
		var rows int64
		for _, row := range savings.Rows {
			rows += row.Plan
		}
		if rows != 3_920*thousandKroner {
			t.Errorf("the initiatives of the year's page were to bring %d", rows)
		}
	})

	t.Run("an invented month of effect carries its mark beside a fact's own words", func(t *testing.T) {
		_, opus, _ := strings.Cut(r.page("/plan"), ">OPUS (ERP), bedre udnyttelse</a>")
		text, _, _ := strings.Cut(opus, "</p>")
		says(t, text, "Uden datoer; virkning fra jan 19.", `class="example"`, "Afventer beslutning")
	})

	t.Run("a filter leaves an area or a stage, and sums that alone", func(t *testing.T) {
		var some planJSON
		r.json("/plan.json?area=3", &some)
		if len(some.Items) != 2 || *some.Years[0].Effect != 78000000 {
			t.Errorf("%d initiatives, %d", len(some.Items), *some.Years[0].Effect)
		}
		says(t, r.page("/plan?area=3"), "I alt i udvalget")
		r.json("/plan.json?stage=closed", &some)
		if len(some.Items) != 0 {
			t.Errorf("%d closed initiatives", len(some.Items))
		}
		says(t, r.page("/plan?stage=closed"), "Ingen indsatser passer til udvalget.")
	})

	t.Run("the years are chosen in the address", func(t *testing.T) {
		var one planJSON
		r.json("/plan.json?from=2019&to=2019", &one)
		if len(one.Years) != 1 || one.Years[0].Year != 2019 || len(one.Items[0].Effects) != 1 {
			t.Errorf("got %v", one.Years)
		}
		for _, bad := range []string{"from=2020&to=2018", "from=2018&to=2099", "from=x", "stage=ripe"} {
			if got := r.get("/plan?" + bad); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", bad, got.status)
			}
		}
	})

	t.Run("as of the board's meeting nothing has a date or an amount, and nothing is invented", func(t *testing.T) {
		var then planJSON
		r.json("/plan.json?as_of=2017-11-06", &then)
		if len(then.Items) != 10 {
			t.Errorf("%d initiatives", len(then.Items))
		}
		for _, item := range then.Items {
			if item.From != "" || item.To != "" || item.Slip != nil || item.Example {
				t.Errorf("%s: %+v", item.Title, item)
			}
		}
		for _, year := range then.Years {
			if year.Effect != nil || year.Plan != nil || year.Unknown != 8 {
				t.Errorf("%d: %+v", year.Year, year)
			}
		}
		body := r.page("/plan?as_of=2017-11-06")
		says(t, body, "Uden datoer", "8 indsatser i planen er uden beløb.", "ukendt", "as_of=2017-11-06")
		if strings.Contains(body, `class="example"`) {
			t.Error("the facts carry the mark of example data")
		}
	})
}

// kroner is an amount as a file has it: the unknown is empty.
func kroner(ore *int64) string {
	if ore == nil {
		return ""
	}
	return fmt.Sprintf("%d,%02d", *ore/100, *ore%100)
}

// wholePages holds pages to having no missing word and no broken figure, in both languages.
func wholePages(t *testing.T, r *reader, paths ...string) {
	t.Helper()
	for _, lang := range []string{"en", "da"} {
		r.post("/language", "lang", lang)
		for _, path := range paths {
			body := r.page(path)
			for _, broken := range []string{"[plan.", "[decisions.", "[history.", "[users.", "[statements.", "[frame.", "[event.", "[kind.", "[scope.", "%!", "ZgotmplZ", "<no value>"} {
				if i := strings.Index(body, broken); i >= 0 {
					t.Errorf("%s %s: …%s…", lang, path, body[max(0, i-80):min(len(body), i+80)])
				}
			}
		}
	}
}

func TestPaged(t *testing.T) {
	t.Run("the pages of a list, one after the other, are the list", rapid.MakeCheck(func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.Int64Min(1), 0, 3*pageRows+1, rapid.ID).Draw(t, "list")
		var joined []int64
		for next := new(int64); next != nil; {
			var page []int64
			page, next = paged(list, *next, func(k int64) int64 { return k })
			if len(page) > pageRows || (next != nil && len(page) < pageRows) {
				t.Fatalf("a page of %d", len(page))
			}
			joined = append(joined, page...)
		}
		if !slices.Equal(joined, list) {
			t.Fatalf("the pages have %d rows, the list %d", len(joined), len(list))
		}
	}))
}

func TestPlanOfAll(t *testing.T) {
	t.Run("the year's own sum of the plan is what all the rows add up to, known or not", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := portfoliotest.NewBook()
			a := portfoliotest.NewActs(portfoliotest.Small(b))
			for range rapid.IntRange(1, 60).Draw(t, "acts") {
				if _, _, err := a.Act(t, b); err != nil {
					t.Fatal(err)
				}
			}
			r := &request{p: b.Portfolio()}
			for g := range r.p.Programmes.All() {
				y := r.p.YearOf(g.ID, 2018)
				var all []portfolio.InitiativeID
				for _, row := range y.Rows() {
					all = append(all, row.Initiative.ID)
				}
				if got, want := wholePlan(y), r.planSum(all, y); got != want {
					t.Fatalf("%s: %+v, want %+v", g.Code, got, want)
				}
			}
		})
	})
}

func TestPlanInBothLanguages(t *testing.T) {
	t.Run("no word of the plan is missing in either language, now and then", func(t *testing.T) {
		r := newSite(t, true).as("viewer")
		wholePages(t, r, "/plan", "/plan?as_of=2017-11-06", "/plan?as_of=2017-10-10", "/plan?programme=KME", "/plan?stage=closed")
	})
}
