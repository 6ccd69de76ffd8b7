package web

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestYearParts(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")

	t.Run("the first lines answer the three questions in words", func(t *testing.T) {
		body := chief.page("/savings/2018")
		wantText(t, body, "Når vi kravet?", "Hvad er bekræftet?", "Hvad håber vi kun på?", "Nej: prognosen er 3,088 mio. kr.", "mangle 812 t.kr.", "2,44 mio. kr. er bekræftet", "Det er 63 %", "mellem 3,043 mio. kr. og 3,133 mio. kr.")
	})

	t.Run("every confirmed initiative leads to its vouchers in at most three clicks", func(t *testing.T) {
		body := html.UnescapeString(chief.page("/savings/2018")) // the first click: the figure opens on the page itself
		_, parts, ok := strings.Cut(body, `class="popup"`)
		if !ok {
			t.Fatal("the confirmed does not open")
		}
		links := regexp.MustCompile(`href="(/initiatives/\d+)#entries"`).FindAllStringSubmatch(parts, -1)
		found := map[string]bool{}
		for _, link := range links {
			found[link[1]] = true
		}
		for _, title := range []string{"Talegenkendelse", "Device Strategi", "Udbredelse af SMS", "Digital sagsbehandling"} {
			href := fmt.Sprintf("/initiatives/%d", s.titled(title).ID)
			if !found[href] {
				t.Errorf("the confirmed does not lead to %s", title)
				continue
			}
			page := chief.page(href) // the second click
			entries := page[strings.Index(page, `id="entries"`):]
			_, entries, _ = strings.Cut(entries, "<tbody>")
			shown := false
			for _, key := range []string{"initiatives.entry_document", "initiatives.entry_account", "initiatives.entry_transfer"} {
				word, _, _ := strings.Cut(s.web.languages["da"].Say(key, "¤"), "¤")
				shown = shown || strings.Contains(entries, word)
			}
			if !strings.Contains(page, `id="entry-`) || !shown {
				t.Errorf("%s shows no entry with its document, account or transfer", title)
			}
		}
		wantText(t, body, `id="requirement"`, "<q>") // the requirement's lines stand with the words of their documents
	})

	t.Run("each part is a page, JSON, CSV and Excel, and its JSON's rows come to the year's figures", func(t *testing.T) {
		var year struct {
			Plan, Confirmed, Claimed, Expected, Forecast int64
		}
		y := s.now().YearOf(s.now().Programme("DIG").ID, 2018)
		year.Plan, year.Confirmed, year.Claimed, year.Expected = int64(y.Plan.Net()), int64(y.Confirmed.Net()), int64(y.Claimed.Net()), int64(y.Expected.Net())
		for _, p := range yearParts {
			at := "/savings/2018/" + p.name
			chief.page(at)
			for _, suffix := range []string{".csv", ".xlsx"} {
				wantStatus(t, chief.do(http.MethodGet, at+suffix, nil), http.StatusOK)
			}
		}
		for _, by := range yearGroupings {
			var got struct {
				Items []struct {
					Plan      *int64 `json:"plan_ore"`
					Confirmed int64  `json:"confirmed_ore"`
					Claimed   int64  `json:"claimed_ore"`
					Expected  *int64 `json:"expected_ore"`
				}
			}
			chief.json("/savings/2018/bullets.json?by="+by, &got)
			var plan, confirmed, claimed, expected int64
			for _, row := range got.Items {
				confirmed, claimed = confirmed+row.Confirmed, claimed+row.Claimed
				if row.Plan != nil {
					plan, expected = plan+*row.Plan, expected+*row.Expected
				}
			}
			if plan != year.Plan || confirmed != year.Confirmed || claimed != year.Claimed || expected != year.Expected {
				t.Errorf("by %s: %d %d %d %d, the year has %+v", by, plan, confirmed, claimed, expected, year)
			}
		}
		wantStatus(t, chief.get("/savings/2018/bullets?by=colour"), http.StatusUnprocessableEntity)
	})

	t.Run("a slip is a variance in the year and none on the full year", func(t *testing.T) {
		var got struct {
			Items []struct {
				Title    string
				Variance int64 `json:"variance_ore"`
				Share    int64 `json:"variance_basis_points"`
				Full     int64 `json:"full_year_variance_ore"`
			}
		}
		chief.json("/savings/2018/variance.json", &got)
		at := slices.IndexFunc(got.Items, func(row struct {
			Title    string
			Variance int64 `json:"variance_ore"`
			Share    int64 `json:"variance_basis_points"`
			Full     int64 `json:"full_year_variance_ore"`
		},
		) bool {
			return strings.HasPrefix(row.Title, "Office 365")
		})
		if at < 0 || got.Items[at].Variance != -600_000_00 || got.Items[at].Share != -6667 || got.Items[at].Full != 0 {
			t.Errorf("%+v", got.Items)
		}
	})

	t.Run("freed time stands in hours and in no kroner, and indicators are counted", func(t *testing.T) {
		var got struct {
			Items []struct {
				Step    string
				InYear  *int64 `json:"in_year_ore"`
				Hours   *int64 `json:"hours_per_year"`
				Reached *int   `json:"indicators_at_target"`
			}
		}
		chief.json("/savings/2018/ladder.json", &got)
		if len(got.Items) != 5 || got.Items[0].InYear == nil || *got.Items[0].InYear != 332_000_000 {
			t.Fatalf("%+v", got.Items)
		}
		for _, row := range got.Items {
			if (row.Step == "freed_time") != (row.Hours != nil) || (row.Step == "non_financial") != (row.Reached != nil) || row.Hours != nil && row.InYear != nil {
				t.Errorf("%+v", row)
			}
		}
	})

	t.Run("the ladder's page says them as people read them", func(t *testing.T) {
		wantText(t, chief.page("/savings/2018/ladder"), "5.100 timer om året", ">0 på eller over målet")
	})

	t.Run("what was known at a month's end, or frozen, is what the page of that moment says", func(t *testing.T) {
		var got struct {
			Items []struct {
				Day       string `json:"known_on"`
				AsOf      string `json:"as_of"`
				Name      string `json:"follow_up"`
				Forecast  *int64 `json:"forecast_ore"`
				Confirmed int64  `json:"confirmed_ore"`
			}
		}
		for range 2 { // the second time from what is kept
			chief.json("/savings/2018/over-time.json", &got)
			if len(got.Items) != 9 || got.Items[8].Day != "2018-09-03" || *got.Items[8].Forecast != 308_800_000 {
				t.Fatalf("%+v", got.Items)
			}
			for _, row := range got.Items {
				var then struct {
					Forecast  *int64 `json:"forecast_ore"`
					Confirmed int64  `json:"confirmed_ore"`
				}
				chief.json("/savings/2018.json?as_of="+row.AsOf, &then)
				if then.Confirmed != row.Confirmed || row.Forecast != nil && *then.Forecast != *row.Forecast {
					t.Errorf("%s: %+v, the page then %+v", row.Day, row, then)
				}
			}
		}
		if !slices.ContainsFunc(got.Items, func(row struct {
			Day       string `json:"known_on"`
			AsOf      string `json:"as_of"`
			Name      string `json:"follow_up"`
			Forecast  *int64 `json:"forecast_ore"`
			Confirmed int64  `json:"confirmed_ore"`
		},
		) bool {
			return row.Day == "2018-06-30" && row.Name != ""
		}) {
			t.Error("the budget follow-up of 30 June has no name")
		}
	})

	t.Run("what was known of a part of the programme is what the page of that moment says of the same part", func(t *testing.T) {
		type figures struct {
			Day       string `json:"known_on"`
			AsOf      string `json:"as_of"`
			Forecast  *int64 `json:"forecast_ore"`
			Confirmed int64  `json:"confirmed_ore"`
			ToDate    int64  `json:"confirmed_to_date_ore"`
			Claimed   int64  `json:"claimed_ore"`
		}
		var whole, summed int64
		for _, row := range s.now().YearOf(s.now().Programme("DIG").ID, 2018).Rows() {
			if row.Initiative.Area == 0 {
				summed += int64(row.Confirmed.Net())
			}
		}
		filters := []string{"stage=realizing"}
		for a := range s.now().Areas.All() {
			filters = append(filters, fmt.Sprintf("area=%d", a.ID))
		}
		for _, filter := range append(filters, "", filters[0]+"&"+filters[1]) {
			var got struct{ Items []figures }
			chief.json("/savings/2018/over-time.json?"+filter, &got)
			for _, row := range got.Items {
				var then figures
				chief.json("/savings/2018.json?as_of="+row.AsOf+"&"+filter, &then)
				then.Day = row.Day
				same := then.Confirmed == row.Confirmed && then.ToDate == row.ToDate && then.Claimed == row.Claimed
				if !same || (row.Forecast == nil) != (then.Forecast == nil) || row.Forecast != nil && *row.Forecast != *then.Forecast {
					t.Errorf("%s %s: %+v, the page then %+v", filter, row.Day, row, then)
				}
			}
			last := got.Items[len(got.Items)-1].Confirmed
			if strings.HasPrefix(filter, "area=") && !strings.Contains(filter, "&") {
				summed += last
			}
			if filter == "" {
				whole = last
			}
			csv := chief.get("/savings/2018/over-time.csv?" + filter).body
			if n := strings.Count(csv, "\r\n"); n != len(got.Items)+1 {
				t.Errorf("%s: the file has %d lines for %d rows", filter, n, len(got.Items))
			}
		}
		if whole == 0 || summed != whole {
			t.Errorf("the areas come to %d, the programme to %d", summed, whole)
		}
		wantText(t, chief.page("/savings/2018/over-time?"+filters[1]), `name="area"`, `href="/savings/2018/over-time.csv?`+filters[1])
		wantStatus(t, chief.get("/savings/2018/over-time?area=99"), http.StatusUnprocessableEntity)
	})

	t.Run("an area's page has that area's initiatives, and says nothing of a gap", func(t *testing.T) {
		i := s.titled("Device Strategi")
		var got struct {
			Narrowed bool
			Gap      *int64 `json:"gap_ore"`
			Net      int64  `json:"net_requirement_ore"`
			Items    []any  `json:"initiatives"`
		}
		chief.json(fmt.Sprintf("/savings/2018.json?area=%d", i.Area), &got)
		if !got.Narrowed || got.Gap != nil || got.Net != 390_000_000 || len(got.Items) == 0 || len(got.Items) > 7 {
			t.Errorf("%+v", got)
		}
		wantText(t, chief.page(fmt.Sprintf("/savings/2018?area=%d", i.Area)), "Kravet gælder hele programmet", "Bekræftet uden for udsnittet")
	})

	t.Run("the years stand side by side with what each carries over", func(t *testing.T) {
		wantText(t, chief.page("/savings"), "Årene og det, der overføres", "2016", "2020", "Mangler varigt")
		wantText(t, chief.page("/savings/years"), "Hvad hvert år overfører", "Året er ikke lukket")
	})
}

func TestPolicyPage(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	version := versionOf(s.now().Policy)

	t.Run("a share that is none is refused at its field and nothing is written", func(t *testing.T) {
		before := s.seq()
		got := chief.post("/policy/edit", "version", version, "subject", "policy/1", "probability_started", "150")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="probability_started"`, "Skriv procent fra 0 til 100")
		wantStatus(t, chief.post("/policy/edit", "version", version, "follow_ups", "31-02"), http.StatusUnprocessableEntity)
		if s.seq() != before {
			t.Error("something was written")
		}
	})

	t.Run("the economy chief changes a probability, and the forecast and the history follow", func(t *testing.T) {
		wantStatus(t, chief.post("/policy/edit", "version", version, "probability_realizing", "50", "note", "Efter halvåret"), http.StatusSeeOther)
		var year struct {
			Forecast int64 `json:"forecast_ore"`
		}
		chief.json("/savings/2018.json", &year)
		if want := int64(308_800_000 - 37_800_000 + 21_000_000); year.Forecast != want { // the 420 of Digital sagsbehandling at 50 % for 90 %
			t.Errorf("forecast %d, want %d", year.Forecast, want)
		}
		wantText(t, chief.page("/policy"), "Efter halvåret", "50 %", "Sådan har prognoserne holdt")
	})

	t.Run("nobody else is offered the change, nor may make it", func(t *testing.T) {
		owner := s.as("project_owner")
		wantNoText(t, owner.page("/policy"), "policy-form")
		wantStatus(t, owner.post("/policy/edit", "version", versionOf(s.now().Policy), "probability_started", "10"), http.StatusForbidden)
	})
}
