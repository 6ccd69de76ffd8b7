package appraisal

// Answer is a value that may not exist; then Reason tells why, and Value is zero.
type Answer[T any] struct {
	Value  T
	Reason Reason
}

func found[T any](v T) Answer[T]     { return Answer[T]{Value: v} }
func none[T any](r Reason) Answer[T] { return Answer[T]{Reason: r} }

// Reason is why a value does not exist; zero is no reason.
type Reason uint8

// The reasons.
const (
	NothingKnown   Reason = iota + 1 // there is no amount to count
	Never                            // it is not paid back within the case's years
	NoRoot                           // no rate makes the present value zero
	SeveralRoots                     // more than one does
	NoBenefits                       // the benefits are worth nothing
	BeyondRates                      // the case has years that no rate is given for
	TooLarge                         // it is more than an amount can hold
	CostUnknown                      // a cost is not known
	BenefitUnknown                   // a benefit is not known, and without it there is no value
)

var reasons = [...]string{
	"", "nothing_known", "never", "no_root", "several_roots", "no_benefits", "beyond_rates", "too_large",
	"cost_unknown", "benefit_unknown",
}

func (r Reason) String() string { return reasons[r] }
