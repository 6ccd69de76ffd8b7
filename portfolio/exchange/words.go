package exchange

import (
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// plainWord makes a word comparable however it is spelled: case, blanks, hyphens, points and underscores do not count.
func plainWord(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "-", "", "_", "", ".", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// vocabulary is what a file may call each of an enum's values, beside its code.
type vocabulary[E interface{ String() string }] struct {
	all   []E
	words map[string]E
}

func (v vocabulary[E]) find(word string) (E, bool) {
	plain := plainWord(word)
	for other, e := range v.words {
		if plainWord(other) == plain {
			return e, true
		}
	}
	for _, e := range v.all {
		if plainWord(e.String()) == plain {
			return e, true
		}
	}
	var none E
	return none, false
}

// list gives the values' codes.
func (v vocabulary[E]) list() []string {
	list := make([]string, len(v.all))
	for i, e := range v.all {
		list[i] = e.String()
	}
	return list
}

// codes lists them for a message.
func (v vocabulary[E]) codes() string { return strings.Join(v.list(), ", ") }

var originWords = vocabulary[portfolio.Origin]{portfolio.Origins(), map[string]portfolio.Origin{
	"": portfolio.OriginUnknown, "ukendt": portfolio.OriginUnknown,
	"fællesoffentlig": portfolio.JointPublic, "fælleskommunal": portfolio.JointMunicipal, "lokal": portfolio.Local,
}}

var typeWords = vocabulary[portfolio.BenefitType]{portfolio.BenefitTypes(), map[string]portfolio.BenefitType{
	"effektivisering": portfolio.Efficiency, "kvalitet": portfolio.Quality,
}}

var backgroundWords = vocabulary[portfolio.Background]{[]portfolio.Background{portfolio.FromCatalogue, portfolio.BetterUse, portfolio.DecidedEarlier, portfolio.NewIdea}, map[string]portfolio.Background{
	"fra kataloget": portfolio.FromCatalogue, "katalog": portfolio.FromCatalogue, "bedre udnyttelse": portfolio.BetterUse,
	"bedre udnyttelse af eksisterende løsning": portfolio.BetterUse, "besluttet tidligere": portfolio.DecidedEarlier, "ny idé": portfolio.NewIdea,
}}

var stageWords = vocabulary[portfolio.Stage]{portfolio.Stages(), map[string]portfolio.Stage{
	"udvalgt": portfolio.Selected, "i analyse": portfolio.Analysis, "analyse": portfolio.Analysis, "startet": portfolio.Started,
	"implementeret": portfolio.Implemented, "gevinster hjemtages": portfolio.Realizing, "afsluttet": portfolio.Closed,
}}

var planWords = vocabulary[portfolio.Membership]{portfolio.Memberships(), map[string]portfolio.Membership{
	"i planen": portfolio.InPlan, "afventer": portfolio.Awaiting, "afventer beslutning": portfolio.Awaiting,
	"udgået": portfolio.OutOfPlan, "udgået af planen": portfolio.OutOfPlan,
}}

var cashabilityWords = vocabulary[portfolio.Cashability]{portfolio.Cashabilities(), map[string]portfolio.Cashability{
	"budgetreduktion": portfolio.BudgetReduction, "mindreforbrug": portfolio.SpentLess, "frigjort tid": portfolio.FreedTimeGain,
	"undgået merudgift": portfolio.AvoidedCost, "ikke-økonomisk": portfolio.NonFinancial,
}}

var lineKindWords = vocabulary[portfolio.LineKind]{[]portfolio.LineKind{portfolio.Base, portfolio.CarriedOver, portfolio.AlreadyRealized, portfolio.EarlierYears, portfolio.Adjustment}, map[string]portfolio.LineKind{
	"grundkrav": portfolio.Base, "krav": portfolio.Base, "overført": portfolio.CarriedOver, "allerede hjemtaget": portfolio.AlreadyRealized,
	"allerede realiseret": portfolio.AlreadyRealized, "tidligere år": portfolio.EarlierYears, "regulering": portfolio.Adjustment,
}}

var permanenceWords = vocabulary[portfolio.Permanence]{[]portfolio.Permanence{portfolio.NotStated, portfolio.Permanent, portfolio.OneOff}, map[string]portfolio.Permanence{
	"": portfolio.NotStated, "ikke oplyst": portfolio.NotStated, "varig": portfolio.Permanent, "engangs": portfolio.OneOff,
}}

var stateWords = vocabulary[portfolio.EntryState]{portfolio.EntryStates(), map[string]portfolio.EntryState{
	"indmeldt": portfolio.Claimed, "bekræftet": portfolio.Confirmed, "afvist": portfolio.Rejected, "tilbageført": portfolio.Reversed,
}}

// parseTypes reads a list of benefit types; bad is the word that is none, if there is one.
func parseTypes(cell string) (types []portfolio.BenefitType, bad string) {
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",|/;+\n", r) }) {
		if empty(word) {
			continue
		}
		t, ok := typeWords.find(word)
		if !ok {
			return nil, strings.TrimSpace(word)
		}
		if !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types, ""
}

func typesText(types []portfolio.BenefitType) string {
	codes := make([]string, len(types))
	for i, t := range types {
		codes[i] = t.String()
	}
	return strings.Join(codes, ", ")
}

func parseYes(cell string) (yes, ok bool) {
	switch plainWord(cell) {
	case "1", "ja", "j", "x", "yes", "y", "true", "sand":
		return true, true
	case "", "0", "nej", "n", "no", "false", "falsk":
		return false, true
	}
	return false, false
}

// parsePositive reads a whole number from 1 to most; code and args tell what is wrong with one that is not.
func parsePositive(cell string, most int) (n int, code string, args []any) {
	text := strings.TrimSpace(cell)
	digits := strings.TrimPrefix(strings.Replace(text, "\u2212", "-", 1), "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, "import.not_a_number", nil
	}
	n, err := strconv.Atoi(digits)
	switch {
	case len(digits) != len(text) || (err == nil && n == 0):
		return 0, "import.not_positive", nil
	case err != nil || n > most:
		return 0, "import.number_too_large", []any{most}
	}
	return n, "", nil
}
