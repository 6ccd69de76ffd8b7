package web

import (
	"cmp"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/agenda"
)

// reportForm is what the page of a new item offers to edit.
type reportForm struct {
	Head     []recordField
	Texts    []recordField
	Meetings []optionView
	Years    []optionView
	Of       []optionView
	MaySend  bool
}

// draft is the agenda item that an address or a form asks for, with the texts that were typed.
func (r *request) draft(f *form) (*agenda.Item, error) {
	p, day := r.p, r.shownDay()
	if r.asOf == 0 { // the address may say it already, and not by a day
		if asked := f.date("as_of"); asked != 0 && asked < r.p.Today {
			past, err := r.s.Store.AsOf(r.Context(), asked)
			if err != nil {
				return nil, err
			}
			p, day = past.For(r.user), asked
		}
	}
	g := p.Programme(cmp.Or(f.get("programme"), programmeCode))
	year, meeting := int(f.int("year")), portfolio.MeetingID(f.int("meeting"))
	if g == nil {
		f.bad("programme", "error.unknown_programme")
	}
	if year == 0 && g != nil {
		year = r.defaultYear(g)
	}
	if year < firstYear || year > lastYear {
		f.bad("year", "error.year")
	}
	of := r.p.Meetings.Get(meeting)
	if meeting != 0 && of == nil {
		f.bad("meeting", "error.unknown_meeting")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	item := agenda.New(p, r.lang, agenda.Of{Programme: g, Meeting: of, Year: year, AsOf: day})
	if f.Values.Has("title") {
		item.Head = agenda.Head{Title: f.get("title"), Case: f.get("case"), KLE: f.get("kle"), Document: f.get("document"), Type: f.get("type")}
	}
	for _, code := range agenda.Codes() {
		if f.Values.Has(code) {
			item.Section(code).Text = f.get(code)
		}
	}
	return item, nil
}

// newReport is an item to be edited: the texts are proposals, the tables and charts stand as they will be sent.
func (s *Server) newReport(r *request) (*page, error) {
	if r.programme() == nil {
		return r.emptyPage(r.say("reports.new")), nil
	}
	asked := &form{Values: r.query}
	if r.form != nil {
		asked = &form{Values: r.form.Values}
	}
	item, err := r.draft(asked)
	if err != nil && r.form != nil { // what cannot be shown as asked for is shown as it stands now
		item, err = r.draft(&form{})
	}
	if err != nil {
		return nil, err
	}
	v := r.reportView(item)
	v.Form = r.reportForm(v)
	return &page{Template: "reportnew", Title: r.say("reports.new"), View: v, Example: item.Example, Charts: true}, nil
}

func (r *request) reportForm(v *reportView) *reportForm {
	f := &reportForm{MaySend: r.user != nil && portfolio.Reach(portfolio.SendReport, r.user.Role) != portfolio.Never}
	field := func(name, label, value, kind string) recordField {
		in := recordField{ID: name, Name: name, Label: label, Value: value, Kind: kind}
		if r.form != nil {
			in.Error = r.form.Errors[name]
			r.form.Labels[name] = label
		}
		return in
	}
	f.Head = []recordField{
		field("title", r.say("field.title"), v.Title, "text"), field("case", r.say("report.case_no"), v.Case, "text"), field("kle", r.say("report.kle_no"), v.KLE, "text"),
		field("document", r.say("report.document_no"), v.Document, "text"), field("type", r.say("report.section.type"), v.Type, "text"),
	}
	for _, s := range v.Sections {
		f.Texts = append(f.Texts, field(s.Code, s.Heading, s.Text, "lines"))
	}
	f.Meetings = []optionView{{Label: r.say("reports.no_meeting")}}
	for _, m := range r.meetingsLatestFirst() {
		if m.Type == portfolio.BoardMeeting {
			f.Meetings = append(f.Meetings, optionView{strconv.FormatInt(int64(m.ID), 10), r.lang.Style.Date(m.Date) + " " + m.Name, m == v.Item.Meeting})
		}
	}
	for y := v.Year - 1; y <= v.Year+2; y++ {
		f.Years = append(f.Years, optionView{strconv.Itoa(y), strconv.Itoa(y), y == v.Year})
	}
	for g := range r.p.Programmes.All() {
		f.Of = append(f.Of, optionView{g.Code, g.Name, g.Code == v.Programme})
	}
	return f
}

// previewReport shows the item as it will look, without keeping it.
func (s *Server) previewReport(r *request) (*done, error) {
	item, err := r.draft(r.form)
	if err != nil {
		return nil, err
	}
	return &done{show: &page{Template: "report", Title: item.Title, View: r.reportView(item), Example: item.Example, Charts: true}}, nil
}

// draftDocument gives the item with the texts as typed as a Word document.
func (s *Server) draftDocument(r *request) (*done, error) {
	item, err := r.draft(r.form)
	if err != nil {
		return nil, err
	}
	return &done{show: &page{View: r.reportView(item), File: func() (*rendered, error) { return r.document(item) }}}, nil
}

// sendReport keeps the item as it is sent: its texts, and the event that its figures were known at.
func (s *Server) sendReport(r *request) (*done, error) {
	item, err := r.draft(r.form)
	if err != nil {
		return nil, err
	}
	known := item.Known
	// What was seen is what was sent: an event that came between the page and the button is not in it.
	if seen := r.form.int("known_seq"); seen > 0 && item.AsOf == r.p.Today {
		yesterday, err := s.Store.AsOf(r.Context(), item.AsOf.AddDays(-1))
		if err != nil {
			return nil, err
		}
		if seen >= yesterday.Seq && seen < known {
			known = seen
		}
	}
	of := portfolio.Report{
		Title: item.Title, Case: item.Case, KLE: item.KLE, Document: item.Document, Type: item.Type, Programme: item.Programme.ID,
		Year: item.Year, AsOf: item.AsOf, Known: known, Sections: item.Kept(),
	}
	if item.Meeting != nil {
		of.Meeting = item.Meeting.ID
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindReport)
		if err != nil {
			return err
		}
		of.ID = portfolio.ReportID(id)
		next, e, err := portfolio.NewReport(tx.Portfolio(), by, of)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/reports/" + strconv.FormatInt(int64(of.ID), 10), created: true, seq: seq}, nil
}
