package web

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestFlowOfTheQueue(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	gain := s.now().BenefitsOf(i.ID)[0]
	at := fmt.Sprintf("/savings/queue?initiative=%d", i.ID)

	t.Run("by the keyboard alone claims are chosen, added up and confirmed", func(t *testing.T) {
		ids := s.claims(i.ProjectOwner, gain.ID, 2019, 3)
		chief := s.person(t, "economy_chief", 1280)
		chief.to(at)
		chief.reads("#chosen-sum", "Valgt: 0", "0 kr.")
		chief.Press(kb.ArrowDown + " ")
		chief.reads("#chosen-sum", "Valgt: 1", "10.000,01 kr.", "9.000,01 kr.")
		chief.Press(kb.ArrowDown + kb.ArrowDown + " ")
		chief.reads("#chosen-sum", "Valgt: 2", "20.000,02 kr.", "18.000,02 kr.")
		chief.Press("a")
		chief.reads("#chosen-sum", "Valgt: 3", "30.000,03 kr.", "27.000,03 kr.")
		chief.Press("a")
		chief.reads("#chosen-sum", "Valgt: 0")
		chief.Press("a" + kb.Tab + kb.Tab + kb.Tab) // past the row's links into its own note, where an a is an a
		chief.Press("a")
		chief.reads("#chosen-sum", "Valgt: 3")
		if !chief.yes(fmt.Sprintf(`document.querySelector('#note-%d').value === 'a'`, ids[2])) {
			t.Error("what was typed into the note is not there")
		}
		chief.Press(kb.Tab) // the note for all
		chief.Press("Set i budgettet" + kb.Tab)
		chief.Press(kb.Enter)
		chief.reads(".notice", "bekræftede 3 indmeldinger")
		if got := s.states(gain.ID); !slices.Equal(got[len(got)-3:], []string{"confirmed", "confirmed", "confirmed"}) {
			t.Errorf("entries %v", got)
		}
		for _, e := range chief.ConsoleErrors() {
			t.Error(e)
		}
	})

	t.Run("without script the boxes, the sum by a button, and the rejection work too", func(t *testing.T) {
		ids := s.claims(i.ProjectOwner, gain.ID, 2022, 2)
		chief := s.person(t, "economy_chief", 390)
		chief.WithoutScript()
		chief.to(at)
		chief.Click(fmt.Sprintf("label[for=choose-%d]", ids[1]))
		chief.Click(`#queue button[value="sum"]`)
		chief.reads("#chosen-sum", "Valgt: 1", "9.000,01 kr.")
		chief.Click(`#queue button[value="reject"]`)
		chief.reads(".error-summary", "kræver en bemærkning")
		chief.Fill(fmt.Sprintf("#note-%d", ids[1]), "Bilaget mangler")
		chief.Click(`#queue button[value="reject"]`)
		chief.reads(".notice", "afviste")
		if got := s.states(gain.ID); !slices.Equal(got[len(got)-2:], []string{"claimed", "rejected"}) {
			t.Errorf("entries %v", got)
		}
	})

	t.Run("the claim's reading follows what is typed", func(t *testing.T) {
		office := s.person(t, "programme_office", 1280)
		office.to(claimHref(gain.ID) + "?spread=yearly")
		office.Fill("#claim-from", "2023-01")
		office.Fill("#claim-through", "2023")
		office.Fill("#claim-gross", "1.000,01")
		office.Fill("#claim-running", "0")
		office.Wait("#spread tr:nth-child(13).total")
		office.reads("#spread", "12 måneder", "83,34 kr.", "1.000,01 kr.")
		office.Fill("#claim-gross", "1,234")
		office.Wait("#spread .form-error-message")
		office.reads("#spread .form-error-message", "1,23 kr. / 1.234 kr.")
	})
}
