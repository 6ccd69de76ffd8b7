package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQueryFields(t *testing.T) {
	t.Run("a switch keeps the view's other fields, repeated ones too", func(t *testing.T) {
		got := queryFields("year=2018&as_of=2017-11-06&area=b&area=a%26b", "as_of")
		want := []queryField{{"area", "b"}, {"area", "a&b"}, {"year", "2018"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("a mistyped part of the address is dropped, the rest stays", func(t *testing.T) {
		got := queryFields("year=2018&area=%zz")
		if diff := cmp.Diff([]queryField{{"year", "2018"}}, got); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("a date that is not in the query is empty", func(t *testing.T) {
		if got := queryValue("year=2018", "as_of"); got != "" {
			t.Errorf("got %q", got)
		}
	})
}
