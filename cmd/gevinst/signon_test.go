package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gevinst/portfolio"
	"gevinst/web"
)

func TestSignOnSettings(t *testing.T) {
	t.Run("groups keep the order they are given in, and may be named by a path", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(file, []byte("hemmelig-og-lang\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		o := signingOn{
			Issuer: "https://id.example", ClientID: "gevinst", SecretFile: file, GroupsClaim: "groups", EmailClaim: "upn", Scopes: []string{"profile"},
			Roles: []string{"CN=Chefer,OU=Grupper,DC=kommune = director", "alle=viewer"}, Only: true,
		}
		got, err := o.settings("https://gevinst.example/")
		if err != nil {
			t.Fatal(err)
		}
		want := &web.SignOn{
			Issuer: "https://id.example", ClientID: "gevinst", ClientSecret: "hemmelig-og-lang", GroupsClaim: "groups", EmailClaim: "upn",
			Scopes: []string{"profile"}, Only: true,
			Roles: []web.GroupRole{{Group: "CN=Chefer,OU=Grupper,DC=kommune", Role: portfolio.Director}, {Group: "alle", Role: portfolio.Viewer}},
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
	t.Run("without a provider there is none", func(t *testing.T) {
		if got, err := (&signingOn{}).settings(""); got != nil || err != nil {
			t.Error(got, err)
		}
	})
	t.Run("what is not a group and a role is refused", func(t *testing.T) {
		for _, text := range []string{"", "=", "chefer", "chefer=", "=director", "chefer=king", "director"} {
			o := signingOn{Issuer: "https://id.example", ClientID: "gevinst", Roles: []string{text}}
			if _, err := o.settings("https://gevinst.example"); err == nil {
				t.Errorf("%q passes", text)
			}
		}
	})
}
