package portfolio

// Kind is the type of a subject: what an event is about.
type Kind uint8

// The kinds of subject, each with a table of its own.
const (
	KindUser Kind = iota + 1
	KindArea
	KindStrategy
	KindProgramme
	KindPolicy
	KindCatalogueItem
	KindInitiative
	KindBenefit
	KindEntry
	KindRequirement
	KindOverlap
	KindMeeting
	KindDecision
	KindFollowUp
	KindPriceIndex
	KindBusinessCase
	KindMilestone
	KindRisk
	KindQuestion
	KindCommentary
	KindAccount
	KindFinanceFile
	KindPosting
	KindExplanation
	KindMapping
	KindRound
	KindScore
	KindScenario
	KindReport
)

var kinds = names[Kind]{
	"user", "area", "strategy", "programme", "policy", "catalogue_item", "initiative", "benefit", "entry",
	"requirement", "overlap", "meeting", "decision", "follow_up", "price_index", "business_case", "milestone", "risk", "question",
	"commentary", "account", "finance_file", "posting", "explanation", "mapping", "round", "score",
	"scenario", "report",
}

func (k Kind) String() string                { return kinds.code(k) }
func (k Kind) MarshalText() ([]byte, error)  { return kinds.text(k) }
func (k *Kind) UnmarshalText(b []byte) error { return kinds.parse(b, k) }

// Kinds lists every kind in the order in which one may refer to another.
func Kinds() []Kind { return kinds.all() }

// Ids are dense per kind, from 1; zero means none.
type (
	UserID        int64
	AreaID        int64
	ProgrammeID   int64
	ItemID        int64
	InitiativeID  int64
	BenefitID     int64
	EntryID       int64
	RequirementID int64
	OverlapID     int64
	MeetingID     int64
	DecisionID    int64
	FollowUpID    int64
	PriceIndexID  int64
	CaseID        int64
	MilestoneID   int64
	RiskID        int64
	QuestionID    int64
	CommentaryID  int64
	AccountID     int64
	FinanceFileID int64
	PostingID     int64
	ExplanationID int64
	MappingID     int64
	RoundID       int64
	ScoreID       int64
	ScenarioID    int64
	ReportID      int64
)

// Record is a subject's whole value. Records are never changed in place: a verb returns a new one.
type Record interface {
	Kind() Kind
	Key() int64
	meta() *Meta
}

// MetaOf gives a record's version, sources and removal.
func MetaOf(r Record) *Meta { return r.meta() }
