package web

import (
	"testing"

	"gevinst/portfolio"
)

func TestCheckPassword(t *testing.T) {
	owner := portfolio.Person{Name: "Rosa Lindgaard, Plan", Email: "rosa.lindgaard@vandkanten.example"}
	for _, test := range []struct{ title, password, code string }{
		{"several words are good", "tolv bogstaver og flere", ""},
		{"so is what a machine made", "k3Xw-9vTqLm2", ""},
		{"and a sentence with a common word in it", "en adgangskode fra en fil", ""},
		{"capitals and signs are asked of nobody", "grøn hest spiser brød", ""},
		{"a short one is refused", "k3Xw-9vTqLm", "users.bad_password"},
		{"figures in a row", "123456789012", "users.bad_common"},
		{"figures in a row, backwards", "987654321098", "users.bad_common"},
		{"a word that everyone tries, with figures", "password1234", "users.bad_common"},
		{"in capitals, with other signs", "P@ssw0rd2024", "users.bad_common"},
		{"twice", "passwordpassword", "users.bad_common"},
		{"in Danish", "Adgangskode1!", "users.bad_common"},
		{"a greeting and a year", "Velkommen2024!", "users.bad_common"},
		{"a season and a year", "Sommer2026!!!!", "users.bad_common"},
		{"one sign many times", "aaaaaaaaaaaa", "users.bad_common"},
		{"a few signs many times", "abcabcabcabc", "users.bad_common"},
		{"a few keys many times", "hj8hj8hj8hj8", "users.bad_common"},
		{"a row of keys", "qwertyuiopåasdf", "users.bad_common"},
		{"keys up and down", "1qaz2wsx3edc", "users.bad_common"},
		{"the alphabet", "abcdefghijklmnop", "users.bad_common"},
		{"one's own mail address", "rosa.lindgaard@vandkanten.example", "users.bad_own"},
		{"one's own name and a year", "RosaLindgaard2026", "users.bad_own"},
		{"the place, with figures", "vandkanten123", "users.bad_own"},
		{"nothing but spaces", "             ", "users.bad_common"},
		{"what is no text", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "users.bad_common"},
	} {
		t.Run(test.title, func(t *testing.T) {
			var code string
			for _, e := range portfolio.AsRefusals(CheckPassword(test.password, owner)) {
				code += e.Code
			}
			if code != test.code {
				t.Errorf("%q: refused with %q, want %q", test.password, code, test.code)
			}
		})
	}
	t.Run("whoever has no name yet is refused nothing more", func(t *testing.T) {
		if err := CheckPassword("tolv bogstaver og flere", portfolio.Person{}); err != nil {
			t.Error(err)
		}
	})
}
