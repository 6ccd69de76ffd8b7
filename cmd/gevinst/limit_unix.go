//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// A file that may not grow further is an error like a full disk, told to whoever wrote; without this it ends the program.
func init() { signal.Ignore(syscall.SIGXFSZ) }
