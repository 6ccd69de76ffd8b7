package amount_test

import (
	"testing"

	"gevinst/portfolio/amount"
)

func TestThousandths(t *testing.T) {
	for n, want := range map[int64][2]string{
		0: {"0", "0"}, 8_200: {"8,2", "8.2"}, 6_000: {"6", "6"}, -12_345: {"\u221212,345", "\u221212.345"},
		1_234_567_000: {"1.234.567", "1,234,567"}, 10: {"0,01", "0.01"},
	} {
		if da, en := amount.Danish.Thousandths(n), amount.English.Thousandths(n); da != want[0] || en != want[1] {
			t.Errorf("%d thousandths: %q and %q, want %q", n, da, en, want)
		}
	}
}
