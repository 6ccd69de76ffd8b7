package selection

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// glpk solves the problem with GNU's solver: the yardstick of instances too large to try everything.
func glpk(t *testing.T, p Problem) (value int64, found bool) {
	t.Helper()
	if _, err := exec.LookPath("glpsol"); err != nil {
		t.Fatal("glpsol is missing. Install it with: apt-get install -y glpk-utils (macOS: brew install glpk)")
	}
	dir := t.TempDir()
	model, answer := filepath.Join(dir, "p.lp"), filepath.Join(dir, "out")
	if err := os.WriteFile(model, []byte(lpFormat(p)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("glpsol", "--lp", model, "--cuts", "--tmlim", "60", "-w", answer).CombinedOutput(); err != nil {
		t.Fatalf("glpsol: %v\n%s", err, out)
	}
	b, err := os.ReadFile(answer)
	if err != nil {
		t.Fatal(err)
	}
	// "s mip ROWS COLUMNS STATUS VALUE", with o for optimal and n for none
	m := regexp.MustCompile(`(?m)^s mip \d+ \d+ (\w) (\S+)$`).FindStringSubmatch(string(b))
	if m == nil || m[1] != "o" && m[1] != "n" {
		t.Fatalf("glpsol gave no answer:\n%.200s", b)
	}
	v, err := strconv.ParseFloat(m[2], 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(math.Round(v)), m[1] == "o"
}

// lpFormat writes a problem as CPLEX LP.
func lpFormat(p Problem) string {
	var b, binaries strings.Builder
	name := map[string]string{}
	b.WriteString("Maximize\n obj:")
	for i, it := range p.Items {
		name[it.ID] = fmt.Sprintf("x%d", i)
		fmt.Fprintf(&b, " %+d x%d\n", it.Value, i)
		fmt.Fprintf(&binaries, " x%d\n", i)
	}
	b.WriteString("Subject To\n")
	for d := range p.Limits {
		var sum strings.Builder
		for i, it := range p.Items {
			fmt.Fprintf(&sum, " %+d x%d\n", it.Weights[d], i)
		}
		if p.Limits[d] != NoLimit {
			fmt.Fprintf(&b, " limit%d:%s <= %d\n", d, &sum, p.Limits[d])
		}
		if p.Floors != nil && p.Floors[d] > 0 {
			fmt.Fprintf(&b, " floor%d:%s >= %d\n", d, &sum, p.Floors[d])
		}
	}
	for _, it := range p.Items {
		if it.Mandatory {
			fmt.Fprintf(&b, " %s >= 1\n", name[it.ID])
		}
		for _, id := range it.Requires {
			fmt.Fprintf(&b, " %s - %s <= 0\n", name[it.ID], name[id])
		}
		for _, id := range it.Excludes {
			fmt.Fprintf(&b, " %s + %s <= 1\n", name[it.ID], name[id])
		}
	}
	return b.String() + "Binary\n" + binaries.String() + "End\n"
}

func TestSolveAgreesWithGLPK(t *testing.T) {
	for name, k := range map[string]kind{
		"81 items, one limit":                      {items: 81, limits: 1, amounts: 1000, unit: 1},
		"81 items, ten limits":                     {items: 81, limits: 10, amounts: 1000, unit: 1, tightness: 60},
		"81 items, ten limits, relations":          {items: 81, limits: 10, amounts: 1000, unit: 1, tightness: 60, relations: 20, mandatory: 2},
		"81 items, three limits, whole kroner":     {items: 81, limits: 3, amounts: 1000, unit: 100, noLimitAtTimes: true},
		"50 items, two limits and floors":          {items: 50, limits: 2, amounts: 500, unit: 1, floors: true, negative: true},
		"50 items, five floors, much is related":   {items: 50, limits: 5, amounts: 500, unit: 1, floors: true, relations: 40, negative: true, mandatory: 2},
		"25 items, ten limits, values of weights":  {items: 25, limits: 10, amounts: 500, unit: 1, like: "weights or so", tightness: 50},
		"200 items, one limit, relations":          {items: 200, limits: 1, amounts: 1000, unit: 1, relations: 25, negative: true},
		"150 items, two limits, much is exclusive": {items: 150, limits: 2, amounts: 1000, unit: 1, relations: 60, tightness: 30},
	} {
		t.Run("the value is what GLPK finds: "+name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(6) {
				p := k.make(rand.New(rand.NewPCG(seed, 8)))
				p.TimeLimit = time.Minute
				r, err := Solve(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				value, found := glpk(t, p)
				if found != r.Found || !found && r.Infeasible == nil {
					t.Fatalf("seed %d: glpk found %v, got %+v", seed, found, r)
				}
				if found && (r.Value != value || !r.Proven || !r.Settled) {
					t.Fatalf("seed %d: got %d of %d, glpk %d", seed, r.Value, r.Bound, value)
				}
			}
		})
	}
}
