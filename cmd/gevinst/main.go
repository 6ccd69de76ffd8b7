// Command gevinst keeps a municipality's digitalization portfolio: what is to be done, what it is to save, and what Finance
// has confirmed that it saved. `gevinst --help` tells what it can do.
package main

import (
	"context"
	"os"
	_ "time/tzdata" // days begin and end in Copenhagen, also where the machine has no time zones
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }
