// Package exchange moves the portfolio in and out as files.
//
// Out: any list as CSV that Danish Excel opens right or as an Excel workbook (Table); the whole portfolio as a folder of such
// lists, one workbook, or JSON. In: a list as CSV or workbook (Reading, Import), and the folder.
//
// There is one way in for all lists. A file is decoded into a sheet, its header is matched with the columns of its kind, each
// row is read into a draft of what it is about, and the draft is tried on the domain's verbs; so whatever is wrong is told by
// row, column, value and reason before anything is written, and what is written are the same verbs again, in one
// transaction. A kind of file is one description over that (layout): its columns with their English and Danish names, how a
// cell of each is read, how what stands is found, and which verbs carry the change out.
//
// What is known again is the same thing: a catalogue item by its number, an initiative by its number or title, a benefit by
// its number or its title under its initiative, a requirement by programme and year. A ledger entry is known again by all
// that it says, and the ledger that has as many such entries as the file gets none; so a file that is read in twice changes
// nothing the second time, and who means to claim the same once more says so by another document or note.
//
// 22 November 2026: a folder holds its portfolio twice, as lists for people and programs and as the log. The lists alone
// cannot give the same portfolio back: they have no history, no verbs' circumstances, and no two places number alike. So the
// log carries everything, in the form of a backup without passwords and tokens, and an import of the folder is a restore,
// which replays and checks it. That a list was edited after the export is found by the checksums beside it and refused,
// rather than lost. A list that is meant to change something is read in by itself.
package exchange
