package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// chosenJSON is a selection as a program reads it.
type chosenJSON struct {
	Items []struct {
		ID     int64  `json:"initiative"`
		Title  string `json:"title"`
		Value  int64  `json:"value"`
		Chosen bool   `json:"chosen"`
		Why    string `json:"why"`
	} `json:"items"`
	LeftOut []struct {
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
		v := ask(t, "year=2018")
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
		v := ask(t, "year=2018&floor=3.900.000")
		if v.Found || !strings.Contains(strings.Join(v.Missing, " "), "580\u00a0t.kr.") {
			t.Errorf("%+v", v.Missing)
		}
		says(t, r.page("/priorities/selection?year=2018&floor=3.900.000"), "Intet valg holder grænser og krav", "580\u00a0t.kr.")
	})
	t.Run("a limit leaves some out, and each says why; a mandatory one says what it costs", func(t *testing.T) {
		free := ask(t, "year=2018&limit_1=1.000.000&asked=true")
		held := ask(t, "year=2018&limit_1=1.000.000&asked=true&must=3")
		if !free.Found || !held.Found || held.Total >= free.Total {
			t.Fatalf("free %d, held %d", free.Total, held.Total)
		}
		out := 0
		for _, item := range held.Items {
			if !item.Chosen {
				out++
			}
			if item.ID == 3 && (!item.Chosen || !strings.Contains(item.Why, "Det koster")) {
				t.Errorf("%+v", item)
			}
			if item.Why == "" {
				t.Errorf("%s says nothing", item.Title)
			}
		}
		says(t, r.page("/priorities/selection?year=2018&limit_1=1.000.000"), "Grænsen for investering i 2018 er 1,4", "for lav til den, selv uden de andre")
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
		open := ask(t, "year=2018&value=score&round=2")
		if len(open.Items) != 0 {
			t.Errorf("the open round's scores are used: %+v", open.Items)
		}
		ask(t, "year=2018&value=npv")
	})
	t.Run("what is out is put into a scenario", func(t *testing.T) {
		says(t, r.page("/priorities/selection?year=2018&limit_1=1.000.000"), `name="drop"`, "Læg i et scenarie", "det er bevist, at intet er bedre.")
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
}
