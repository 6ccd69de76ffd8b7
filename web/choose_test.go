package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// chosenJSON is a selection as a program reads it.
type chosenJSON struct {
	Items []struct {
		ID     int64    `json:"initiative"`
		Title  string   `json:"title"`
		Value  int64    `json:"value"`
		Must   bool     `json:"mandatory"`
		Begun  bool     `json:"begun"`
		Invest []*int64 `json:"investment_ore"`
		Spent  []*int64 `json:"spent_ore"`
		Chosen bool     `json:"chosen"`
		Why    string   `json:"why"`
	} `json:"items"`
	LeftOut []struct {
		ID     int64  `json:"initiative"`
		Item   int64  `json:"item"`
		Title  string `json:"title"`
		Reason string `json:"reason"`
	} `json:"left_out"`
	Found   bool     `json:"found"`
	Proven  bool     `json:"proven"`
	Total   int64    `json:"total"`
	Missing []string `json:"missing"`
}

func TestChoose(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	ask := func(t *testing.T, query string) (v chosenJSON) {
		t.Helper()
		r.json("/priorities/selection.json?"+query, &v)
		return v
	}
	t.Run("without limits everything that brings an effect is in with what it depends on, and the answer is proved", func(t *testing.T) {
		v := ask(t, "year=2018&asked=true")
		if !v.Found || !v.Proven || v.Total != 3_320*thousandKroner {
			t.Errorf("%+v", v)
		}
		for _, item := range v.Items {
			needed := strings.Contains(item.Why, "Den skal være på plads for")
			if item.Chosen != (item.Value > 0 || needed) || item.Why == "" {
				t.Errorf("%+v", item)
			}
		}
	})
	t.Run("a requirement that cannot be reached is said with the smallest gap", func(t *testing.T) {
		v := ask(t, "year=2018&asked=true&floor=3.900.000")
		if v.Found || !strings.Contains(strings.Join(v.Missing, " "), "580\u00a0t.kr.") {
			t.Errorf("%+v", v.Missing)
		}
		says(t, r.page("/priorities/selection?year=2018&asked=true&floor=3.900.000"), "Intet valg holder grænser og krav", "580\u00a0t.kr.")
	})
	t.Run("a limit leaves some out, and each says why; a mandatory one says what it costs", func(t *testing.T) {
		elders := s.area("Ældre- og Sundhedsområdet")
		query := fmt.Sprintf("year=2018&limit_1=1.500.000&asked=true&free=%d-2018&free=%d-2019", elders, elders)
		free, held := ask(t, query), ask(t, query+"&must=6")
		if !free.Found || !held.Found || held.Total >= free.Total {
			t.Fatalf("free %d, held %d", free.Total, held.Total)
		}
		out := 0
		for _, item := range held.Items {
			if !item.Chosen {
				out++
			}
			if item.ID == 6 && (!item.Chosen || !strings.Contains(item.Why, "Det koster")) {
				t.Errorf("%+v", item)
			}
			if item.Why == "" {
				t.Errorf("%s says nothing", item.Title)
			}
		}
		says(t, r.page("/priorities/selection?year=2018&asked=true&limit_1=1.000.000"), "Grænsen for investering i 2018 er 0,5", "for lav til den, selv uden de andre")
		if out == 0 {
			t.Error("nothing is out")
		}
	})
	t.Run("what is not known is listed and left out, never taken for nothing", func(t *testing.T) {
		v := ask(t, "year=2018&value=score&round=1")
		if len(v.LeftOut) == 0 || !v.Found {
			t.Errorf("%+v", v)
		}
		for _, item := range v.Items {
			if item.Value < 1_000 || item.Value > 5_000 {
				t.Errorf("%s is worth %d", item.Title, item.Value)
			}
		}
		ask(t, "year=2018&value=npv")
	})
	t.Run("what is out is put into a scenario", func(t *testing.T) {
		says(t, r.page("/priorities/selection?year=2018&asked=true&limit_1=1.000.000"), `name="drop"`, "Læg i et scenarie", "det er bevist, at intet er bedre.")
	})
	t.Run("a wrong figure is refused by its name", func(t *testing.T) {
		got := r.get("/priorities/selection?" + url.Values{"limit_1": {"mange"}}.Encode())
		if got.status != http.StatusUnprocessableEntity {
			t.Errorf("got %d", got.status)
		}
	})
	t.Run("it answers on facts alone, where no amount is known", func(t *testing.T) {
		says(t, newSite(t, false).as("viewer").page("/priorities/selection"), "Uden for valget", "beløbet er ikke kendt")
	})
	t.Run("a choice by score asks for a closed round, and says nothing of a best choice before it has one", func(t *testing.T) {
		for _, query := range []string{"year=2018&value=score", "year=2018&value=score&round=2"} {
			v := ask(t, query)
			if v.Found || len(v.Items) != 0 || !strings.Contains(strings.Join(v.Missing, " "), "Vælg en runde") {
				t.Errorf("%s: %+v", query, v)
			}
			page := r.page("/priorities/selection?" + query)
			says(t, page, `id="round-error">Vælg en runde`, `aria-describedby="round-error"`)
			if strings.Contains(page, "Det bedste valg") || strings.Contains(page, "Udfyld beløb") {
				t.Errorf("%s: the page answers what cannot be answered", query)
			}
		}
	})
	t.Run("the answer comes before the question, and the areas and the mandatory ones are folded until they hold something", func(t *testing.T) {
		page := r.page("/priorities/selection?year=2018&asked=true")
		if strings.Index(page, "Det bedste valg") > strings.Index(page, `id="value"`) || strings.Contains(page, "<details open><summary>Områdernes") {
			t.Error("the question hides the answer")
		}
		says(t, r.page(fmt.Sprintf("/priorities/selection?year=2018&asked=true&capacity=%d-2018&days=500", s.area("Digitalisering & IT"))), "<details open><summary>Områdernes kapacitet")
	})
	t.Run("the result is headed by what an initiative costs, not by the limit", func(t *testing.T) {
		says(t, r.page("/priorities/selection?year=2018"), `<th scope="col" class="num">Investering i 2018</th>`, `data-label="Investering i 2018"`)
	})
	t.Run("a present value is told in thousands of kroner", func(t *testing.T) {
		if total := ask(t, "year=2018&value=npv&asked=true").Total; amount.Money(total) == roughly(amount.Money(total)) {
			t.Fatal("the example has a present value that needs no rounding")
		}
		if page := r.page("/priorities/selection?year=2018&value=npv&asked=true"); !regexp.MustCompile(`Det bedste valg er værd <strong>[^<]*(mio\.|t\.)\s?kr\.</strong>`).MatchString(page) {
			t.Error("the headline tells more than thousands of kroner")
		}
		for m, want := range map[amount.Money]amount.Money{123_456_789: 123_500_000, -99_999_999: -100_000_000, 12_345: 12_300, 0: 0} {
			if got := roughly(m); got != want {
				t.Errorf("%d is told as %d, want %d", m, got, want)
			}
		}
	})
}

// What has begun is no longer a choice, unless the question says so.
func TestChooseWhatHasBegun(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	ask := func(t *testing.T, query string) (v chosenJSON) {
		t.Helper()
		r.json("/priorities/selection.json?year=2018"+query, &v)
		return v
	}
	t.Run("it is in by default with the reason, and an area that it takes too much of is no hindrance", func(t *testing.T) {
		v := ask(t, "")
		if !v.Found || !v.Proven {
			t.Fatalf("%+v", v.Missing)
		}
		for _, item := range v.Items {
			begun := s.now().Initiatives.Get(portfolio.InitiativeID(item.ID)).Stage >= portfolio.Started
			if begun != item.Begun || begun && (!item.Must || !item.Chosen || !strings.HasPrefix(item.Why, "Arbejdet er begyndt. Skal med.")) {
				t.Errorf("%+v", item)
			}
		}
		says(t, r.page("/priorities/selection?year=2018"), "Arbejdet er begyndt.", "så meget tager arbejde, der er begyndt",
			"Skal med: 8 af 8 indsatser, heraf 8 i gang", "Strammest er Ældre- og Sundhedsområdet i 2019: 240 af 180 dagsværk")
	})
	t.Run("the question can leave it open", func(t *testing.T) {
		for _, item := range ask(t, "&asked=true&must=4").Items {
			if at := item.ID == 4; item.Must != at || item.Begun != at {
				t.Errorf("%+v", item)
			}
		}
	})
	t.Run("a number in the address holds what has begun too", func(t *testing.T) {
		v := ask(t, fmt.Sprintf("&capacity=%d-2018&days=100", s.area("Digitalisering & IT")))
		if v.Found || len(v.Missing) == 0 {
			t.Errorf("%+v", v)
		}
	})
	t.Run("begun work that is left out of the choice keeps its person-days too", func(t *testing.T) {
		var v heldJSON
		r.json("/priorities/selection.json?year=2018&value=score&round=1", &v)
		left := int64(700)
		for _, out := range v.LeftOut {
			if i := s.now().Initiatives.Get(portfolio.InitiativeID(out.ID)); i != nil && i.Stage >= portfolio.Started && i.Effort != nil {
				left -= i.Effort.In(s.area("Digitalisering & IT"), 2018)
			}
		}
		for _, c := range v.Capacity {
			if c.Area == int64(s.area("Digitalisering & IT")) && c.Year == 2018 && (left == 700 || *c.Stated != left || *c.Limit != left) {
				t.Errorf("%d stated and a limit of %d, want %d", *c.Stated, *c.Limit, left)
			}
		}
	})
	t.Run("what is spent on work that is done is not asked for again; of work under way the amount stands", func(t *testing.T) {
		for _, item := range ask(t, "").Items {
			switch invest, spent := *item.Invest[0], *item.Spent[0]; item.ID {
			case int64(s.titled("Single Sign On").ID):
				if invest != 0 || spent != 900*thousandKroner {
					t.Errorf("%s: %d to come, %d spent", item.Title, invest, spent)
				}
			case int64(s.titled("Office 365").ID):
				if invest != 1_500*thousandKroner || spent != 0 {
					t.Errorf("%s: %d to come, %d spent", item.Title, invest, spent)
				}
			}
		}
	})
	t.Run("an idea that the round ranked and nobody has taken in is told of, with where to take it in", func(t *testing.T) {
		round, became := s.now().Rounds.Get(1), map[portfolio.ItemID]bool{}
		for i := range s.now().Initiatives.All() {
			became[i.Item] = true
		}
		told := map[portfolio.ItemID]bool{}
		for _, out := range ask(t, "&value=score&round=1").LeftOut {
			if out.Item != 0 {
				told[portfolio.ItemID(out.Item)] = strings.Contains(out.Reason, "ikke taget ind som indsats")
			}
		}
		for _, id := range round.Items {
			if told[id] == became[id] {
				t.Errorf("idea %d: told %t, became an initiative %t", id, told[id], became[id])
			}
		}
		if len(told) == 0 {
			t.Error("no idea is told of")
		}
		page := "/priorities/selection?year=2018&value=score&round=1"
		says(t, r.page(page), "#decide", "Tag den ind")
		if strings.Contains(s.as("viewer").page(page), "Tag den ind") {
			t.Error("who may not take an idea in is offered it")
		}
	})
}
