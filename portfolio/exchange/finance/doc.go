// Package finance takes in files of budget and actuals from the municipality's finance system.
//
// Such a file has no published layout, so a mapping says which column holds what and how values are written; it is guessed from
// the file's own headers and saved under a name for the next file. A file is kept on disk and walked as a stream, twice: once to
// find every row that is wrong and what it would bring, once to write. Memory grows with the number of amounts by a few dozen
// bytes each, never with their texts.
//
// A posting is known again by all that it says (portfolio.Posting.Identity), so a file that repeats another's rows brings only
// the new ones, and the same file twice changes nothing. A report says what stands on an account instead: of it comes the
// difference to what stood, if there is one.
package finance
