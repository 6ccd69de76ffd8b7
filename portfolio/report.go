package portfolio

// Section is a part of an agenda item, in the order and under the headings of the minutes.
type Section struct {
	// Code names the section: "summary", "recommendations", "consideration", "presentation", "economy", "attachments", "law" ...
	Code string `json:"code"`
	Text string `json:"text"`
}

// Report is an agenda item for the board as it was sent: what is kept of it does not change with the portfolio.
type Report struct {
	ID    ReportID `json:"id"`
	Title string   `json:"title"`
	// Meeting is the one that it is for, 0 where none has been recorded yet.
	Meeting  MeetingID `json:"meeting,omitempty"`
	Case     string    `json:"case,omitempty"`
	KLE      string    `json:"kle,omitempty"`
	Document string    `json:"document,omitempty"`
	Type     string    `json:"type,omitempty"`
	// Year and Programme are what its figures are of; AsOf the day that they were known on, Known the event.
	Programme ProgrammeID `json:"programme"`
	Year      int         `json:"year"`
	AsOf      Date        `json:"as_of"`
	Known     int64       `json:"known_seq"`
	Sections  []Section   `json:"sections"`
	Sent      CaseStep    `json:"sent"`
	Meta
}

func (r *Report) Kind() Kind { return KindReport }
func (r *Report) Key() int64 { return int64(r.ID) }

// NewReport keeps an agenda item as it is sent.
func NewReport(p *Portfolio, by By, r Report) (*Report, Event, error) {
	if err := by.may(SendReport, relation{}); err != nil {
		return nil, Event{}, err
	}
	no := refuseText("title", r.Title, 300, true)
	for _, s := range r.Sections {
		no = append(no, refuseText(s.Code, s.Text, maxText, false)...)
	}
	for field, text := range map[string]string{"case": r.Case, "kle": r.KLE, "document": r.Document, "type": r.Type} {
		no = append(no, refuseText(field, text, 100, false)...)
	}
	if len(r.Sections) == 0 || len(r.Sections) > 50 {
		no = append(no, invalid("sections", "error.required"))
	}
	if p.Programmes.Get(r.Programme) == nil {
		no = append(no, invalid("programme", "error.unknown_programme"))
	}
	if r.Meeting != 0 && p.Meetings.Get(r.Meeting) == nil {
		no = append(no, invalid("meeting", "error.unknown_meeting"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	r.Sent, r.Meta = CaseStep{By: by.User.ID, At: by.At}, newMeta(by)
	return &r, by.event("report.send"), nil
}
