package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/selection"
)

// heldJSON is what a program reads of a selection's areas and of what the initiatives take of them.
type heldJSON struct {
	chosenJSON
	Capacity []struct {
		Area   int64  `json:"area"`
		Name   string `json:"name"`
		Year   int    `json:"year"`
		Stated *int64 `json:"stated_days"`
		Limit  *int64 `json:"limit_days"`
		Used   int64  `json:"used_days"`
	} `json:"capacity"`
}

func TestChooseByCapacity(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	digital := s.area("Digitalisering & IT")
	ask := func(t *testing.T, query string) (v heldJSON) {
		t.Helper()
		r.json("/priorities/selection.json?year=2018&asked=true"+query, &v)
		return v
	}
	why := func(v heldJSON, title string) (chosen bool, words string) {
		for _, item := range v.Items {
			if strings.HasPrefix(item.Title, title) {
				return item.Chosen, item.Why
			}
		}
		t.Fatalf("%s is no candidate: %+v", title, v.LeftOut)
		return false, ""
	}
	days := func(n string) string { return fmt.Sprintf("&capacity=%d-2018&days=%s", digital, n) }
	used := func(v heldJSON) (int64, *int64) {
		for _, c := range v.Capacity {
			if c.Area == int64(digital) && c.Year == 2018 {
				return c.Used, c.Limit
			}
		}
		t.Fatal("the area is not among the limits")
		return 0, nil
	}
	t.Run("an area is held to what it has stated, and the choice takes no more", func(t *testing.T) {
		v := ask(t, "")
		if n, limit := used(v); limit == nil || *limit != 700 || n == 0 || n > 700 || !v.Proven {
			t.Errorf("%d of %v", n, limit)
		}
	})
	t.Run("a lower number in the address leaves an initiative out, with what lacks in words", func(t *testing.T) {
		v := ask(t, days("500"))
		if n, _ := used(v); n > 500 || !v.Proven || v.Total >= 3_320*thousandKroner {
			t.Errorf("%d days, worth %d", n, v.Total)
		}
		chosen, words := why(v, "Office 365")
		if chosen || !strings.Contains(words, "dagsværk i Digitalisering & IT i 2018") || !strings.Contains(words, "Den afhænger af Single Sign On, som da også skulle med.") {
			t.Errorf("%t %s", chosen, words)
		}
		if chosen, _ := why(v, "Single Sign On"); chosen {
			t.Error("what nothing chosen depends on takes days for no value")
		}
	})
	t.Run("a limit too low for one alone is said so", func(t *testing.T) {
		if chosen, words := why(ask(t, days("100")), "Device"); chosen || !strings.Contains(words, "Digitalisering & IT har i 2018 20 dagsværk for lidt til den") {
			t.Errorf("%t %s", chosen, words)
		}
	})
	t.Run("switched off, a limit holds nothing back", func(t *testing.T) {
		v := ask(t, days("100")+fmt.Sprintf("&free=%d-2018", digital))
		if _, limit := used(v); limit != nil || v.Total != 3_320*thousandKroner {
			t.Errorf("limit %v, worth %d", limit, v.Total)
		}
	})
	t.Run("what one depends on comes in for it, and both say so", func(t *testing.T) {
		v := ask(t, "")
		if chosen, words := why(v, "Office 365"); !chosen || !strings.Contains(words, "Den afhænger af Single Sign On, som også er med.") {
			t.Errorf("%t %s", chosen, words)
		}
		if chosen, words := why(v, "Single Sign On"); !chosen || !strings.Contains(words, "Den skal være på plads for Office 365") {
			t.Errorf("%t %s", chosen, words)
		}
	})
	t.Run("a mandatory one that takes too many days makes the question impossible, by how much and by which limit", func(t *testing.T) {
		v := ask(t, days("300")+fmt.Sprintf("&must=%d", s.titled("Office 365").ID))
		words := strings.Join(v.Missing, " ")
		if v.Found || !strings.Contains(words, "mere, end Digitalisering & IT har i 2018: der mangler 50 dagsværk") ||
			!strings.Contains(words, "kapaciteten i Digitalisering & IT i 2018 alene hæves med 50 dagsværk") {
			t.Errorf("%t %s", v.Found, words)
		}
	})
	t.Run("a requirement that the days are too few for names both", func(t *testing.T) {
		words := strings.Join(ask(t, days("300")+"&floor=3.300.000").Missing, " ")
		for _, part := range []string{"kan ikke nå kravet", "kan ikke holdes sammen", "kapaciteten i Digitalisering & IT i 2018", "kravet til virkningen i 2018"} {
			if !strings.Contains(words, part) {
				t.Errorf("%q is not said: %s", part, words)
			}
		}
	})
	t.Run("days that are not known keep an initiative out only while its own area has a limit", func(t *testing.T) {
		out := func(v heldJSON) string {
			for _, o := range v.LeftOut {
				if strings.Contains(o.Reason, "dagsværkene er ikke kendt") {
					return o.Title + ": " + o.Reason
				}
			}
			return ""
		}
		if got := out(ask(t, "")); !strings.Contains(got, "Borgerservice & Ydelse har en grænse") {
			t.Errorf("left out: %q", got)
		}
		citizens, free := s.area("Borgerservice & Ydelse"), ""
		for year := 2018; year <= 2020; year++ {
			free += fmt.Sprintf("&free=%d-%d", citizens, year)
		}
		if got := out(ask(t, free)); got != "" {
			t.Errorf("left out without a limit: %q", got)
		}
	})
	t.Run("a number of days that is none is refused", func(t *testing.T) {
		for _, n := range []string{"mange", "-1", "1,5"} {
			if got := r.get("/priorities/selection?year=2018&asked=true" + days(n)); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", n, got.status)
			}
		}
	})
	t.Run("what is out is put into a scenario still", func(t *testing.T) {
		page := r.page("/priorities/selection?year=2018&asked=true" + days("500"))
		says(t, page, "Læg i et scenarie", fmt.Sprintf(`name="drop" value="%d"`, s.titled("Office 365").ID), "Hvad valget tager af områderne")
		got := r.post("/scenarios", "name", "Få dagsværk", "drop", itemID(s.titled("Office 365").ID))
		if got.status != http.StatusSeeOther {
			t.Errorf("got %d %s", got.status, got.body)
		}
	})
}

// Exclusions among candidates, which the example has none of.
func TestChooseByExclusion(t *testing.T) {
	s := newSite(t, true)
	office, r := s.as("programme_office"), s.as("director")
	state := func(of *portfolio.Initiative, pairs ...string) {
		t.Helper()
		got := office.post(fmt.Sprintf("/initiatives/%d/needs", of.ID), append(pairs, "version", strconv.FormatInt(s.now().Initiatives.Get(of.ID).Version, 10))...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	tgk, device := s.titled("Talegenkendelse"), s.titled("Device Strategi")
	state(device, "excludes", itemID(tgk.ID))
	t.Run("of two that exclude each other the better is in, and the other says why it is out", func(t *testing.T) {
		var v chosenJSON
		r.json("/priorities/selection.json?year=2018&asked=true", &v)
		if v.Total != (3_320-1_000)*thousandKroner {
			t.Errorf("worth %d", v.Total)
		}
		for _, item := range v.Items {
			if item.ID == int64(device.ID) && (item.Chosen || !strings.Contains(item.Why, "Den kan ikke gennemføres ved siden af Talegenkendelse (TGK), som er med.")) {
				t.Errorf("%+v", item)
			}
		}
	})
	t.Run("a mandatory one bars the other", func(t *testing.T) {
		says(t, r.page(fmt.Sprintf("/priorities/selection?year=2018&asked=true&must=%d", device.ID)), "er udelukket af Device Strategi", "Skal med. Det koster")
	})
	t.Run("two mandatory ones that exclude each other make the question impossible, by their names", func(t *testing.T) {
		says(t, r.page(fmt.Sprintf("/priorities/selection?year=2018&asked=true&must=%d&must=%d", device.ID, tgk.ID)), "skal begge med og udelukker hinanden")
	})
	t.Run("what depends on an initiative outside the choice is left out with the reason", func(t *testing.T) {
		state(device, "excludes", "", "requires", itemID(s.titled("OPUS").ID))
		says(t, r.page("/priorities/selection?year=2018"), "den afhænger af OPUS (ERP), bedre udnyttelse, som hverken er gennemført eller kan vælges her")
	})
	t.Run("what depends on an initiative that is done outside the plan is not held back", func(t *testing.T) {
		state(device, "requires", itemID(s.titled("Kopiering").ID))
		var v chosenJSON
		r.json("/priorities/selection.json?year=2018&asked=true", &v)
		if v.Total != 3_320*thousandKroner {
			t.Errorf("worth %d", v.Total)
		}
	})
}

// The same question has the same answer, whatever the order of the initiatives, of the areas and of what is said of each.
func TestChooseInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := &chooseView{Value: byEffect, Year: 2018, Limits: []limitView{{Year: 2018}, {Year: 2019}, {Year: 2020}}}
		n := rapid.IntRange(1, 9).Draw(t, "initiatives")
		whole := func(most int64, name string) int64 { return rapid.Int64Range(0, most).Draw(t, name) }
		for k := range 3 {
			limit := whole(20, "days")
			v.Capacity = append(v.Capacity, &capacityLimit{Area: portfolio.AreaID(k + 1), Year: 2018, Limit: &limit})
		}
		v.Limits[0].Limit = exactly(amount.Money(whole(30, "limit")))
		for k := range n {
			c := candidate{ID: portfolio.InitiativeID(k + 1), Value: whole(5, "value"), Invest: []ore{exactly(amount.Money(whole(9, "cost"))), exactly(0), exactly(0)}, EffortKnown: true}
			for range v.Capacity {
				c.Days = append(c.Days, whole(9, "takes"))
			}
			for o := range k { // only earlier ones, so that there is no circle
				switch whole(5, "relation") {
				case 0:
					c.Requires = append(c.Requires, portfolio.InitiativeID(o+1))
				case 1:
					c.Excludes = append(c.Excludes, portfolio.InitiativeID(o+1))
				}
			}
			v.Items = append(v.Items, c)
		}
		want := chosenOf(t, v)
		order := rand.New(rand.NewPCG(uint64(whole(1_000, "seed")), 1))
		swap := order.Perm(len(v.Capacity))
		other := &chooseView{Value: v.Value, Year: v.Year, Limits: v.Limits}
		for _, k := range swap {
			other.Capacity = append(other.Capacity, v.Capacity[k])
		}
		for _, k := range order.Perm(n) {
			c := v.Items[k]
			c.Days = nil
			for _, at := range swap {
				c.Days = append(c.Days, v.Items[k].Days[at])
			}
			c.Requires, c.Excludes = slices.Clone(c.Requires), slices.Clone(c.Excludes)
			slices.Reverse(c.Requires)
			slices.Reverse(c.Excludes)
			other.Items = append(other.Items, c)
		}
		if got := chosenOf(t, other); !slices.Equal(got, want) {
			t.Fatalf("chosen %v, in another order %v", want, got)
		}
	})
}

func chosenOf(t *rapid.T, v *chooseView) []string {
	r, err := selection.Solve(t.Context(), v.problem())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Proven {
		t.Fatal("not proved")
	}
	return r.Chosen
}

// area finds an area by its name.
func (s *site) area(name string) portfolio.AreaID {
	s.Helper()
	for a := range s.now().Areas.All() {
		if a.Name == name {
			return a.ID
		}
	}
	s.Fatalf("no area is called %q", name)
	return 0
}
