// Package portfolio is the model of a municipality's digitalization portfolio: what is to be done, what it is to save, and
// what Finance has confirmed that it saved.
//
// The strategy's catalogue holds items (indsatsområder). A board selects some of them; each becomes an initiative (indsats)
// of a programme, with a project owner, a benefit owner, a stage, and a place in the action plan. An initiative brings
// benefits (gevinster): kroner, hours, or a measured indicator, never two of them in one. Of the kroner only budget
// reductions count toward a requirement (budgetreduktionskrav), which is built of cited lines, year by year. What has been
// realized is claimed by its owner in entries and confirmed by Finance; an entry is never edited or deleted, only reversed.
//
// One idea carries the program: decide purely, write once, fold to read.
//
// A change is a verb: a function of the portfolio, the circumstances of the act (By) and the subject, which gives the
// subject's new value with its Event, or a refusal (Error). Its first line asks the grant table whether the actor may. The
// store writes value and event in one transaction. Nothing else changes anything.
//
// A page is a function of an immutable Portfolio. A change makes a new portfolio that shares what it did not touch; the
// sums of a year (YearOf) and of the ledger (Ledger) are folds that are carried forward by differences, so a page costs the
// number of initiatives, never of entries.
//
// Amounts are whole øre (amount.Money), months and days are integers of their own. Unknown is not zero, and "ca." stays
// with an amount: see amount.Figure. Every value knows where it comes from (Source); what is invented for the demonstration
// carries the mark of an example wherever it is shown.
//
// 2017-11-06 is the example of why a decision and its recommendation are two things: the removal of OPUS from the plan was
// recommended, and the board let the decision wait. Both are kept (Decision, Plan).
//
// A business case (BusinessCase) is one record a version; its lines keep their ids through all versions, so that any two can be
// compared and a copy that was filled in elsewhere can be merged cell by cell (DiffCases, MergeCase). Who wrote in a version
// neither assures nor approves it.
//
// 2026-11-22: caps refuse claims instead of cutting sums. What an account was cut by, or an overlap may bring, bounds what is
// claimed and confirmed together, and the refusal says who counts it already; sums stay plain additions that open to their
// parts. The cap and the reconciliation look at gross amounts: the account is cut by them, whatever new running costs stand
// elsewhere.
//
// 2026-11-22: postings of the finance system are events too, one each, but a portfolio holds their sums alone, as it does of
// ledger entries.
//
// 2026-11-29: the work that initiatives take of the units (areas) is counted in whole person-days (dagsværk) by calendar year.
// The year is the period of a municipality's budget, of the requirement and of the investment that a selection is limited by, so
// that one question has one period; half-years would ask the owners for a precision that nobody has before a project is planned,
// and double what must be typed. An initiative may take work of several units, for the one that is short is most often a shared
// one (IT) and not its own. An effort that is not stated is not known; one that is stated takes nothing of what it does not name.
//
// Decisions of the design, in short. One event tells of one subject and holds its whole new value; a change of several
// subjects is several events with the same Batch. People's names are outside the log (Person), so that one can be forgotten; the log has
// salted digests of them (Seal), whose salt goes with the person, so that a change past the program is found.
// A payload has a format; old ones are lifted when read (Decode) and never rewritten.
package portfolio
