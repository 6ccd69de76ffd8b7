package web

import "slices"

// paged cuts the page that comes after the row with the given key, of rows in any order; 0 is the first page. next is the key
// to go on after, nil at the end. A key that is not in the list has nothing after it.
func paged[T any](rows []T, after int64, key func(T) int64) (page []T, next *int64) {
	return pagedBy(rows, after, pageRows, key)
}

// pagedBy gives a page of another length.
func pagedBy[T any](rows []T, after int64, length int, key func(T) int64) (page []T, next *int64) {
	start := 0
	if after != 0 {
		i := slices.IndexFunc(rows, func(row T) bool { return key(row) == after })
		if i < 0 {
			return nil, nil
		}
		start = i + 1
	}
	end := min(start+length, len(rows))
	page = rows[start:end]
	if end < len(rows) {
		last := key(rows[end-1])
		next = &last
	}
	return page, next
}
