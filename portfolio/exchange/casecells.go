package exchange

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// readHead reads what the case assumes. First year and years are the columns' own: the file cannot change them.
func (in *caseReader) readHead(base *portfolio.CaseContent) {
	c := &in.out.Content
	cell := func(row int, field string) (string, casePlace, bool) {
		text, place, ok := in.cell(headSheet, 2, row)
		in.out.places[field] = place
		return text, place, ok
	}
	if text, place, ok := cell(datedRow, "dated"); ok {
		day, err := amount.ParseDate(text)
		if serial, e := strconv.Atoi(text); e == nil {
			day, err = in.days.dateOf(serial), nil
		}
		if c.Dated = day; err != nil || day == 0 {
			in.refuse(place, "error.date")
		}
	}
	if text, place, ok := cell(priceYearRow, "price_year"); ok {
		c.PriceYear = in.year(text, place)
	}
	if text, place, ok := cell(rateRow, "rate"); ok {
		if c.Rate, ok = readRate(text, !in.isText(place)); !ok {
			in.refuse(place, "import.case.rate")
		}
	}
	if text, place, ok := cell(financingRow, "financing"); ok {
		c.Financing, ok = choose(financingWords, text)
		if !ok {
			in.refuse(place, "import.case.choice", strings.Join(wordsOf(financingWords), ", "))
		}
	}
	for _, t := range []struct {
		row   int
		field string
		into  *string
	}{
		{rateNoteRow, "rate_note", &c.RateNote}, {financingNoteRow, "financing_note", &c.FinancingNote}, {summaryRow, "summary", &c.Summary},
	} {
		if text, _, ok := cell(t.row, t.field); ok {
			*t.into = unlessSame(*t.into, text)
		}
	}
}

// unlessSame keeps a text that the file says too: line ends and the blanks around it are no change.
func unlessSame(was, text string) string {
	if strings.TrimSpace(strings.ReplaceAll(was, "\r\n", "\n")) == text {
		return was
	}
	return text
}

// readRate reads a rate as a workbook's number (0.035) or as people say it (3,5 %); none is "".
func readRate(text string, number bool) (string, bool) {
	if text == "" {
		return "", true
	}
	said, percent := strings.CutSuffix(text, "%")
	said = strings.Replace(strings.TrimSpace(said), ",", ".", 1)
	if n, err := strconv.ParseFloat(said, 64); err == nil && number {
		said = strconv.FormatFloat(n, 'g', 15, 64) // 0.035000000000000003 is how a workbook may hold 0.035
	}
	rate, err := appraisal.ParseRate(said)
	if percent {
		rate, err = appraisal.ParseRate(said + "e-2")
	}
	if err != nil {
		return "", false
	}
	return rate.String(), true
}

func (in *caseReader) year(text string, place casePlace) int {
	if text == "" {
		return 0
	}
	year, err := strconv.Atoi(text)
	if err != nil || year < 2000 || year > 2100 {
		in.refuse(place, "error.year")
	}
	return year
}

// choose finds the value of a word; an empty cell is none.
func choose[E comparable](list []caseWord[E], text string) (none E, ok bool) {
	for _, w := range list {
		if plainWord(w.word) == plainWord(text) {
			return w.value, true
		}
	}
	return none, text == ""
}

// readAssumptions reads the list. One that says what it said before keeps the rest of its source.
func (in *caseReader) readAssumptions(base *portfolio.CaseContent) {
	c := &in.out.Content
	c.Assumptions = nil
	for row := firstAssumption; row <= in.rows(headSheet); row++ {
		text, place, ok := in.cell(headSheet, 1, row)
		document, _, ok2 := in.cell(headSheet, 2, row)
		if !ok || !ok2 || text == "" && document == "" {
			continue
		}
		a := portfolio.Note{Text: text, Source: portfolio.Source{Document: document}}
		for _, was := range base.Assumptions {
			if unlessSame(was.Text, text) == was.Text && unlessSame(was.Source.Document, document) == was.Source.Document {
				a = was
			}
		}
		in.out.places[fmt.Sprintf("assumptions.%d", len(c.Assumptions))] = place
		c.Assumptions = append(c.Assumptions, a)
	}
}

func (in *caseReader) rows(sheet string) int { return len(in.sheets[sheet].held) }

// readLines reads the lines in the file's order. A line of which nothing is left is gone; a row without a line's id, or with
// that of an empty row, is a new one as soon as it says anything.
func (in *caseReader) readLines(base *portfolio.CaseContent) {
	c := &in.out.Content
	c.Lines = nil
	points := in.pointRows()
	seen := map[string]int{}
	for row := firstLine; row <= in.rows(linesSheet); row++ {
		in.nothingBeside(linesSheet, firstYearColumn+base.Years+1, row)
		cells := in.sheets[linesSheet]
		key := cells.at(cells.held, keyColumn, row)
		place := casePlace{linesSheet, cellName(keyColumn, row), key}
		if key != "" && seen[key] != 0 {
			in.refuse(place, "import.twice", seen[key])
			continue
		}
		seen[key] = row
		l := portfolio.CaseLine{}
		if id, err := strconv.ParseInt(key, 10, 64); err == nil && !strings.HasPrefix(key, "+") {
			was := base.Line(portfolio.LineID(id))
			if was == nil {
				in.refuse(place, "error.case.line")
				continue
			}
			l = *was
		}
		at, known := points[key]
		if key == "" || !known {
			at = 0
		}
		delete(points, key)
		in.readLine(base, l, row, at)
	}
	for _, key := range slices.Sorted(maps.Keys(points)) { // low and high of a line that does not stand among the lines
		row := points[key]
		if text, place := in.firstOf(pointsSheet, firstPoint, firstPoint+2*base.Years-1, row); text != "" && base.Line(lineOf(key)) == nil {
			in.refuse(place, "import.case.no_line")
		}
	}
}

func lineOf(key string) portfolio.LineID {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil || strings.HasPrefix(key, "+") {
		return 0
	}
	return portfolio.LineID(id)
}

// pointRows finds the rows of the low and high amounts by their lines.
func (in *caseReader) pointRows() map[string]int {
	rows := map[string]int{}
	cells := in.sheets[pointsSheet]
	for row := firstLine; row <= in.rows(pointsSheet); row++ {
		key := cells.at(cells.held, keyColumn, row)
		if first := rows[key]; first != 0 && key != "" {
			in.refuse(casePlace{pointsSheet, cellName(keyColumn, row), key}, "import.twice", first)
			continue
		}
		if key == "" {
			key = "row " + strconv.Itoa(row)
		}
		rows[key] = row
	}
	return rows
}

// nothingBeside refuses what stands right of the columns: it would be lost.
func (in *caseReader) nothingBeside(sheet string, column, row int) {
	if text, place := in.firstOf(sheet, column, maxCaseColumns, row); text != "" {
		in.refuse(place, "import.case.beside")
	}
}

// firstOf is the first cell of a row that holds anything.
func (in *caseReader) firstOf(sheet string, from, to, row int) (string, casePlace) {
	cells := in.sheets[sheet]
	for column := from; column <= to && row <= len(cells.held) && column <= len(cells.held[row-1]); column++ {
		if text := strings.TrimSpace(cells.held[row-1][column-1]); text != "" {
			return text, casePlace{sheet, cellName(column, row), text}
		}
	}
	return "", casePlace{}
}

// readLine reads one row into a line, and its low and high amounts from the other sheet's row; 0 is none.
func (in *caseReader) readLine(base *portfolio.CaseContent, l portfolio.CaseLine, row, points int) {
	c, some := &in.out.Content, false
	field := portfolio.LineField(l.ID, len(c.Lines))
	cell := func(sheet string, column, row int, part string) (string, casePlace, bool) {
		text, place, ok := in.cell(sheet, column, row)
		in.out.places[field+part] = place
		some = some || text != "" || !ok
		return text, place, ok
	}
	var refusals []func()
	later := func(place casePlace, code string, args ...any) {
		refusals = append(refusals, func() { in.refuse(place, code, args...) })
	}
	var ok bool
	if text, place, read := cell(linesSheet, kindColumn, row, ".kind"); read {
		if l.Kind, ok = choose(caseKinds, text); !ok {
			later(place, "import.case.choice", strings.Join(wordsOf(caseKinds), ", "))
		}
	}
	if text, place, read := cell(linesSheet, titleColumn, row, ".title"); read {
		l.Title = unlessSame(l.Title, text)
		in.out.places[field] = place
	}
	if text, _, read := cell(linesSheet, noteColumn, row, ".note"); read {
		l.Note = unlessSame(l.Note, text)
	}
	if text, place, read := cell(linesSheet, indexColumn, row, ".index"); read {
		words := indexWords(in.Portfolio)
		if l.Index, ok = choose(words, text); !ok {
			later(place, "import.case.choice", strings.Join(wordsOf(words), ", "))
		}
	}
	if text, place, read := cell(linesSheet, priceColumn, row, ".price_year"); read {
		l.PriceYear = in.year(text, place)
	}
	l.Amounts = nil
	for t := range base.Years {
		e, stated := portfolio.Estimate{}, false
		part := fmt.Sprintf(".amounts.%d.", t)
		if text, place, read := cell(linesSheet, firstYearColumn+t, row, part+"likely"); read {
			e.Likely, stated = in.figure(text, place), text != ""
		}
		if points > 0 {
			if text, place, read := cell(pointsSheet, firstPoint+t, points, part+"low"); read {
				e.Low = in.figure(text, place)
			}
			if text, place, read := cell(pointsSheet, firstPoint+base.Years+t, points, part+"high"); read {
				e.High = in.figure(text, place)
			}
		}
		if stated || e.Low.Known || e.High.Known {
			l.Amounts = append(l.Amounts, make([]portfolio.Estimate, t+1-len(l.Amounts))...)
			l.Amounts[t] = e
		}
	}
	if !some {
		return
	}
	for _, refuse := range refusals {
		refuse()
	}
	c.Lines = append(c.Lines, l)
}

// figure reads an amount in kroner; what is not stated, or stated as unknown, is unknown.
func (in *caseReader) figure(text string, place casePlace) amount.Figure {
	if text == "" || text == unknownAmount {
		return amount.Figure{}
	}
	if !in.isText(place) { // 1.700 is one and seven tenths as a workbook's number, and seventeen hundred as a text
		text = wholeOre(danishNumber(text))
	}
	f, err := amount.ParseDanish(text)
	var no *amount.FigureError
	if errors.As(err, &no) {
		var readings []any
		if no.Reason == amount.Ambiguous || no.Reason == amount.TooPrecise {
			readings = []any{strings.ReplaceAll(no.Reading, " eller ", " / ")}
		}
		in.refuse(place, "import.figure."+no.Reason.String(), readings...)
	}
	return f
}

func (in *caseReader) isText(place casePlace) bool {
	t, err := in.f.GetCellType(place.sheet, place.cell)
	return err == nil && (t == excelize.CellTypeSharedString || t == excelize.CellTypeInlineString)
}

var longDecimals = regexp.MustCompile(`^(ca\. )?(-?[0-9]+),([0-9]{9,})$`)

// wholeOre takes off what a spreadsheet's arithmetic leaves far behind the comma: 0,30000000000000004 was typed as a sum of
// tenths. What is finer than an øre in earnest stays, and is refused.
func wholeOre(text string) string {
	part := longDecimals.FindStringSubmatch(text)
	if part == nil {
		return text
	}
	exact, ok := new(big.Rat).SetString(part[2] + "." + part[3])
	rounded, ok2 := new(big.Rat).SetString(exact.FloatString(2))
	off := new(big.Rat).Sub(exact, rounded)
	if !ok || !ok2 || off.Abs(off).Cmp(big.NewRat(1, 1e8)) > 0 {
		return text
	}
	return part[1] + strings.Replace(rounded.FloatString(2), ".", ",", 1)
}
