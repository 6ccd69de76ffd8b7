package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestResource(t *testing.T) {
	s := newSite(t, true)
	t.Run("a program that changes an initiative gets the initiative as it then is", func(t *testing.T) {
		office := s.as("programme_office")
		var before, page map[string]any
		office.json("/initiatives/4.json", &before)
		got := office.do(http.MethodPost, "/initiatives/4/comment", strings.NewReader(`{"note":"Set af et program"}`), "Content-Type", "application/json")
		if got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var after map[string]any
		if err := json.Unmarshal([]byte(got.body), &after); err != nil {
			t.Fatal(err)
		}
		if after["id"] != before["id"] || after["version"] == before["version"] {
			t.Errorf("before version %v, after: %v", before["version"], after["version"])
		}
		office.json("/initiatives/4.json", &page)
		if page["version"] != after["version"] {
			t.Errorf("the answer has version %v, the page %v", after["version"], page["version"])
		}
	})
	t.Run("one that makes a new initiative gets 201, its address and itself", func(t *testing.T) {
		got := s.as("programme_office").do(http.MethodPost, "/initiatives",
			strings.NewReader(`{"title":"Ny indsats","programme":"DIG","background":"new"}`), "Content-Type", "application/json")
		if got.status != http.StatusCreated || !strings.HasPrefix(got.header.Get("Location"), "/initiatives/") || !strings.Contains(got.body, "Ny indsats") {
			t.Errorf("%d %s %s", got.status, got.header.Get("Location"), got.body)
		}
	})
}
