// Package migrations holds the database's layout as numbered steps, forward only. A step is one file NNNN_name.sql that both
// databases understand, or one file each, NNNN_name.sqlite.sql and NNNN_name.postgres.sql, where they differ.
package migrations

import "embed"

// Files are the steps.
//
//go:embed *.sql
var Files embed.FS
