package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gevinst/portfolio"
)

// firstGuesses are the words and rows of keys that lists of stolen passwords begin with, as they are written in lower case; what
// people here add to them too. A longer one stands before one that it begins with.
var firstGuesses = []string{
	"adgangskode", "administrator", "digitalisering", "velkommen", "kommunen", "kommune", "password", "passwort", "kodeord", "passord",
	"gevinst", "welcome", "sommer", "vinter", "efterår", "forår", "januar", "februar", "danmark", "hemmelig", "testtest", "test", "admin",
	"changeme", "letmein", "iloveyou", "elskerdig", "superman", "batman", "monkey", "dragon", "football", "fodbold", "baseball", "princess",
	"sunshine", "master", "shadow", "secret", "hello", "hejsa", "login", "bruger", "user", "guest", "qazwsxedc", "qazwsx", "1q2w3e4r5t",
	"1q2w3e4r", "1qaz2wsx", "zaq12wsx", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn",
}

// keyRows are what fingers run along; the figures are both on the row and in their order.
var keyRows = []string{"1234567890", "qwertyuiopå", "asdfghjklæø", "zxcvbnm,.-", "abcdefghijklmnopqrstuvwxyzæøå"}

// alike are the signs that stand for letters in words that were meant to be hard to guess.
var alike = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// enough is how many signs of a password must not follow from those before, from its owner, or from what everyone tries first.
const enough = 6

// guessable refuses a password that is among the first guesses, or is built on whose it is. What is built on neither stays as it is:
// no rule asks for figures or signs.
func guessable(password string, owner portfolio.Person) error {
	plain := strings.ToLower(password)
	left := without(plain, firstGuesses)
	if unforeseen(left) < enough {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "password", Code: "users.bad_common"}
	}
	if unforeseen(without(left, wordsOf(owner))) < enough {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "password", Code: "users.bad_own"}
	}
	return nil
}

// without takes words out, also where signs stand for their letters.
func without(plain string, words []string) string {
	for _, word := range words {
		for {
			at := strings.Index(plain, word)
			if as := alike.Replace(plain); at < 0 && len(as) == len(plain) { // each sign is one byte, and so is its letter
				at = strings.Index(as, word)
			}
			if at < 0 {
				break
			}
			plain = plain[:at] + plain[at+len(word):]
		}
	}
	return plain
}

// wordsOf are an owner's name and mail address, and what they are made of, the longest first.
func wordsOf(owner portfolio.Person) []string {
	var words []string
	for _, text := range []string{strings.ToLower(owner.Email), strings.ToLower(owner.Name)} {
		words = append(words, strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < 3 })
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// unforeseen counts the signs of a text that do not follow from the one before: the same again, or the next key or letter either
// way. What stands there a second time after the same sign is foreseen too.
func unforeseen(text string) (n int) {
	seen := map[[2]rune]bool{}
	before := rune(-1)
	for _, c := range text {
		if c != before && !next(before, c) && !seen[[2]rune{before, c}] {
			n++
		}
		seen[[2]rune{before, c}] = true
		before = c
	}
	return n
}

// next tells whether a sign stands beside another in a row of keys or in the alphabet; the figures go round.
func next(a, b rune) bool {
	if a == '9' && b == '0' || a == '0' && (b == '9' || b == '1') || a == '1' && b == '0' {
		return true
	}
	for _, row := range keyRows {
		at := strings.IndexRune(row, a)
		if at < 0 {
			continue
		}
		after, _ := utf8.DecodeRuneInString(row[at+utf8.RuneLen(a):])
		previous, _ := utf8.DecodeLastRuneInString(row[:at])
		if b == after || b == previous {
			return true
		}
	}
	return false
}
