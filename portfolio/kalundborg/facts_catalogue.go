package kalundborg

import "gevinst/portfolio"

// items is how many ideas the catalogue describes.
const items = 81

// named is an entry of the catalogue that the minutes name. The minutes give the page; the running number is ours, such that
// every area has a range of pages of its own.
type named struct {
	no, page int
	title    string
	area     portfolio.AreaID
	quote    string
	notes    []portfolio.Note
}

var namedItems = []named{
	{7, 49, "Kopiering af tekst fra PDF-filer til (eksempelvis) fagsystemer", adults, "(side 49 i kataloget)", []portfolio.Note{note(
		"Referatet skriver titlen \"Kopiering af tekst fra PDF-filer (til eksempelvis) fagsystemer\" i listen og \"Kopiering af tekst fra PDF-filer\" i indstillingen.",
		m2("Kopiering af tekst fra PDF-filer (til eksempelvis) fagsystemer (side 49 i kataloget)"),
	)}},
	{8, 54, "Device Strategi", digital, "Device Strategi (side 54 i kataloget)", nil},
	{9, 59, "Single Sign On", digital, "Single Sign On (59 i kataloget)", nil},
	{kmdNova, 63, "KMD NOVA ESDH", digital, "KMD NOVA ESDH (side 63 i kataloget)", []portfolio.Note{note(
		"Indsatsen \"ESDH, bedre udnyttelse\" kan have en sammenhæng med denne side; om den er den ottende valgte fra kataloget, er ikke oplyst.",
		m2("kan også have en sammenhæng med KMD NOVA ESDH (side 63 i kataloget)"),
	)}},
	{13, 73, "Office 365 / Cloud", digital, "Office 365 / Cloud (side 73 i kataloget)", nil},
	{20, 98, "Digital sagsbehandling og bedre udnyttelse af systemlandskab", planning, "Digital sagsbehandling og bedre udnyttelse af systemlandskab (side 98 i kataloget)", nil},
	{21, 103, "Udbredelse af SMS-service", planning, "Udbredelse af SMS-service (side 103 i kataloget)", nil},
	{42, 182, "Telemedicinsk hjemmemonitorering til KOL-patienter", elderly, "Telemedicinsk hjemmemonitorering til KOL-patienter (side 182 i kataloget)", nil},
}

// kmdNova is the one named entry that no initiative is known to have come of.
const kmdNova = 10

// catalogue records the 81 entries. Of those that are not named only the number is known: how many they are.
func catalogue() []act {
	byNo := map[int]named{}
	for _, n := range namedItems {
		byNo[n.no] = n
	}
	acts := make([]act, 0, items)
	for no := 1; no <= items; no++ {
		n, ok := byNo[no]
		source := m1("det udarbejdede handlingskatalog, med 81 indsatsområder")
		if ok {
			source = m2(n.quote)
		}
		ours := portfolio.Source{Document: february2017, Quote: "med 81 indsatsområder", Derived: true}
		acts = append(acts, voice{user: office, source: source}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewItem(p, by, portfolio.CatalogueItem{
				ID: portfolio.ItemID(no), No: no, Page: n.page, Title: n.title, Area: n.area, Origin: portfolio.OriginUnknown, Notes: n.notes,
				Meta: portfolio.Meta{Sources: portfolio.Sources{"no": ours}},
			})
		}))
	}
	return acts
}

func item(no int) func(*portfolio.Portfolio) *portfolio.CatalogueItem {
	return func(p *portfolio.Portfolio) *portfolio.CatalogueItem { return p.ItemByNo(no) }
}

// selection is what the board chose on 2 October 2017, as far as the minutes of November tell it: the entries, and the
// initiatives that came of them.
func selection() []act {
	by := voice{user: office}.under(tenChosen)
	var acts []act
	for _, n := range namedItems {
		if n.no == kmdNova {
			continue
		}
		acts = append(acts, on(by.from(m2("Desuden blev der udvalgt 8 indsatser fra bilaget")), item(n.no),
			func(c *portfolio.CatalogueItem, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return c.Decide(p, by, true)
			}))
	}
	return append(acts, each(initiatives, func(i chosen) act {
		return by.from(m2(i.quote)).changes(func(p *portfolio.Portfolio, b portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewInitiative(p, b, portfolio.Initiative{
				ID: i.id, Title: i.title, Programme: dig, Background: i.background, Item: portfolio.ItemID(i.item), Area: i.area,
				Notes: append(append([]portfolio.Note(nil), i.notes...), noOwnerNamed),
			})
		})
	})...)
}

// chosen is an initiative as the minutes tell of it.
type chosen struct {
	id         portfolio.InitiativeID
	title      string
	background portfolio.Background
	item       int
	area       portfolio.AreaID
	quote      string
	notes      []portfolio.Note
}

var initiatives = []chosen{
	{tgk, "Talegenkendelse (TGK)", portfolio.DecidedEarlier, 0, 0, "Det er allerede besluttet, at Talegenkendelse (TGK) skal indgå i handlingsplanen.", []portfolio.Note{
		besideNote,
		note("Hvornår Talegenkendelse blev besluttet, og hvilket område den hører til, er ikke oplyst. Dens plads i planen følger her af beslutningen om udkastet, 6. november 2017.",
			m2("Det er allerede besluttet, at Talegenkendelse (TGK) skal indgå i handlingsplanen.")),
	}},
	{device, "Device Strategi", portfolio.FromCatalogue, 8, digital, "Device Strategi (side 54 i kataloget)", nil},
	{sso, "Single Sign On", portfolio.FromCatalogue, 9, digital, "Single Sign On (59 i kataloget)", nil},
	{office365, "Office 365 / Cloud", portfolio.FromCatalogue, 13, digital, "Office 365 / Cloud (side 73 i kataloget)", nil},
	{esdh, "ESDH, bedre udnyttelse", portfolio.BetterUse, 0, digital, "ESDH (bedre udnyttelse...)", []portfolio.Note{
		note("Kan også have en sammenhæng med KMD NOVA ESDH, side 63 i kataloget.", m2("kan også have en sammenhæng med KMD NOVA ESDH (side 63 i kataloget)")),
		countNote,
	}},
	{telemedicine, "Telemedicinsk hjemmemonitorering til KOL-patienter", portfolio.FromCatalogue, 42, elderly, "Telemedicinsk hjemmemonitorering til KOL-patienter (side 182 i kataloget)", nil},
	{pdf, "Kopiering af tekst fra PDF-filer", portfolio.FromCatalogue, 7, adults, "Kopiering af tekst fra PDF-filer (til eksempelvis) fagsystemer (side 49 i kataloget)", []portfolio.Note{
		note("Titlen er indstillingens korte form; listen i referatet og kataloget har en længere.", m2("De oprindelige projektforslag \"Kopiering af tekst fra PDF-filer\"")),
		note("Om en gevinst af projektet ligger i de ca. 0,3 mio. kr., der er realiseret, er ikke oplyst.", m2("hvoraf ca. 0,3 mio. kr. er realiseret gennem projekter opstartet i 2017")),
	}},
	{sms, "Udbredelse af SMS-service", portfolio.FromCatalogue, 21, planning, "Udbredelse af SMS-service (side 103 i kataloget)", nil},
	{cases, "Digital sagsbehandling og bedre udnyttelse af systemlandskab", portfolio.FromCatalogue, 20, planning, "Digital sagsbehandling og bedre udnyttelse af systemlandskab (side 98 i kataloget)", nil},
	{opus, "OPUS (ERP), bedre udnyttelse", portfolio.BetterUse, 0, finance, "OPUS (ERP-systemet) (bedre udnyttelse ...)", []portfolio.Note{note(
		"Økonomichefen: bedre udnyttelse af OPUS er sammenfaldende med dels samarbejdet i DIGIT Sjælland om udbud af ERP-system, dels budgetaftalens punkt U14 (KME).",
		m2("at projektet \"bedre udnyttelse af OPUS\" er sammenfaldende med dels samarbejdet i DIGIT Sjælland vedr. udbud af ERP-system, dels budgetaftalens pkt. U 14"),
	)}},
}
