package exchange

import (
	"fmt"

	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
)

// The working sheet has a row for each line, as the lines have, and after what is counted of the line its amounts twice, in whole
// øre so that no sum loses any: as stated, and in the case's prices.
const (
	fromColumn    = 2
	toColumn      = 3
	unknownColumn = 4
	unreadColumn  = 5
	statedColumn  = 6
)

// The rows of the result.
const (
	resultHeader = iota + 4
	benefitRow
	runningRow
	oneOffRow
	netRow
	cumulativeRow
	yearRateRow
	factorRow
	paidRow
	npvRow = iota + 5
	paybackRow
	unknownRow
	unreadRow
)

// stated names a row's amounts as stated.
func (b *caseBook) stated(row int) string {
	return across(workingSheet, statedColumn, statedColumn+b.c.Years-1, row)
}

// number is a formula of what a cell says in kroner; "" for what is unknown or empty. Words such as "ca. 300.000" are read too.
func number(cell string) string {
	return fmt.Sprintf(`IF(%[1]s="","",IF(ISNUMBER(%[1]s),%[1]s,IFERROR(_xlfn.NUMBERVALUE(SUBSTITUTE(SUBSTITUTE(LOWER(%[1]s),"ca.",""),"kr.",""),",","."),"")))`, cell)
}

func (b *caseBook) writeWorking() {
	b.title(workingSheet, "Beregning", "Beløbene i hele øre: først som de er oplyst, så omregnet til casens prisniveau. Intet herfra læses ind.")
	years, c := b.c.Years, &b.c.CaseContent
	head := []any{"Navn", "Indeks fra", "Indeks til", "Ukendte", "Ikke forstået"}
	for _, word := range []string{"Oplyst", "Omregnet"} {
		for t := range years {
			head = append(head, fmt.Sprintf("%s %d", word, c.FirstYear+t))
		}
	}
	b.header(workingSheet, caseHeader, fromColumn, head)
	for k := range b.rows() {
		row := firstLine + k
		b.formula(workingSheet, 1, row, b.locked, at(linesSheet, titleColumn, row)+`&""`)
		b.formula(workingSheet, fromColumn, row, b.locked, b.point(row, at(linesSheet, priceColumn, row)))
		b.formula(workingSheet, toColumn, row, b.locked, b.point(row, at(headSheet, 2, priceYearRow)))
		cells := across(linesSheet, firstYearColumn, firstYearColumn+years-1, row)
		first := at(linesSheet, firstYearColumn, row)
		b.formula(workingSheet, unknownColumn, row, b.locked,
			fmt.Sprintf(`IF(AND(%[4]s<>"",SUMPRODUCT((%[1]s<>"")*1)=0),1,SUMPRODUCT(MAX((%[1]s<>"")*(COLUMN(%[1]s)-COLUMN(%[2]s)+1)))-COUNT(%[3]s))`,
				cells, first, b.stated(row), at(linesSheet, kindColumn, row)))
		b.formula(workingSheet, unreadColumn, row, b.locked,
			fmt.Sprintf(`SUMPRODUCT((%[1]s<>"")*(%[1]s<>"?"))-COUNT(%[2]s)`, cells, b.stated(row)))
		for t := range years {
			x := cellName(statedColumn+t, row)
			b.formula(workingSheet, statedColumn+t, row, b.locked, fmt.Sprintf(`IFERROR(ROUND(100*(%s),0),"")`, number(at(linesSheet, firstYearColumn+t, row))))
			b.formula(workingSheet, statedColumn+years+t, row, b.locked, restated(x, "$"+cellName(fromColumn, row), "$"+cellName(toColumn, row)))
		}
	}
	b.widths(workingSheet, map[int]float64{1: 34}, fromColumn, statedColumn+2*years-1, 15)
	b.freeze(workingSheet, fromColumn, firstLine)
}

// point is a formula of the line's index in a year; 1 where the line is in the case's own prices, an error where there is none.
func (b *caseBook) point(row int, year string) string {
	own := at(linesSheet, priceColumn, row)
	first, last := b.indexSpan()
	bottom := firstIndex + max(len(b.indexes), 1) - 1
	found := fmt.Sprintf("INDEX(%s!$B$%d:$%s$%d,MATCH(%s,%s!$A$%d:$A$%d,0),MATCH(%s,%s!$B$%d:$%s$%d,0))",
		markSheet, firstIndex, columnName(2+last-first), bottom,
		at(linesSheet, indexColumn, row), markSheet, firstIndex, bottom,
		year, markSheet, indexYears, columnName(2+last-first), indexYears)
	return fmt.Sprintf(`IF(OR(%[1]s="",%[1]s=%[2]s),1,IF(%[3]s>0,%[3]s,NA()))`, own, at(headSheet, 2, priceYearRow), found)
}

// restated is a formula of x times to by from, rounded half to even to the øre, as appraisal.Index.Restate does.
func restated(x, from, to string) string {
	return fmt.Sprintf(`IF(%[1]s="","",IF(%[2]s=%[3]s,%[1]s,INT(%[1]s*%[3]s/%[2]s)+`+
		`IF(2*(%[1]s*%[3]s-INT(%[1]s*%[3]s/%[2]s)*%[2]s)>%[2]s,1,IF(2*(%[1]s*%[3]s-INT(%[1]s*%[3]s/%[2]s)*%[2]s)<%[2]s,0,MOD(INT(%[1]s*%[3]s/%[2]s),2)))))`, x, from, to)
}

func (b *caseBook) writeResult() {
	years, c := b.c.Years, &b.c.CaseContent
	b.title(resultSheet, "Resultat", "Regnet af arkene foran, med de sandsynlige beløb. Her kan intet rettes, og intet læses ind: systemet regner selv efter.")
	head := []any{"Kr. i casens prisniveau"}
	for t := range years {
		head = append(head, c.FirstYear+t)
	}
	b.header(resultSheet, resultHeader, 2, append(head, "I alt"))
	sums := []struct {
		row  int
		kind appraisal.Kind
	}{{benefitRow, appraisal.Benefit}, {runningRow, appraisal.Running}, {oneOffRow, appraisal.OneOff}}
	labels := map[int]string{
		netRow: "Netto i året", cumulativeRow: "Netto i alt", yearRateRow: "Rente", factorRow: "Diskonteringsfaktor", paidRow: "Tilbagebetalt efter",
		npvRow: "Nutidsværdi, kr.", paybackRow: "Tilbagebetalt efter, år (ikke tilbagediskonteret)", unknownRow: "Ukendte beløb, som ikke er regnet med",
		unreadRow: "Celler med tekst, som ikke er regnet med her",
	}
	last := firstLine + b.rows() - 1
	for _, s := range sums {
		labels[s.row] = wordOf(caseKinds, s.kind)
		for t := range years {
			column := columnName(statedColumn + years + t)
			b.formula(resultSheet, 2+t, s.row, b.sum, fmt.Sprintf(`SUMIF('%s'!$%s$%d:$%s$%d,"%s",'%s'!%s$%d:%s$%d)/100`,
				linesSheet, columnName(kindColumn), firstLine, columnName(kindColumn), last, labels[s.row], workingSheet, column, firstLine, column, last))
		}
	}
	for row, label := range labels {
		b.put(resultSheet, 1, row, b.bold, label)
	}
	for t := range years {
		b.writeYear(t)
	}
	for _, row := range []int{benefitRow, runningRow, oneOffRow, netRow} {
		b.formula(resultSheet, 2+years, row, b.sum, fmt.Sprintf("SUM(%s:%s)", cellName(2, row), cellName(1+years, row)))
	}
	b.writeAnswers(last)
	b.widths(resultSheet, map[int]float64{1: 46}, 2, 2+years, 16)
	b.freeze(resultSheet, 2, resultHeader+1)
}

// writeYear writes a year's net, what has come in so far, the rate, the factor, and whether the case is paid back in it.
func (b *caseBook) writeYear(t int) {
	column := 2 + t
	cell := func(row int) string { return cellName(column, row) }
	before := func(row int) string { return cellName(column-1, row) }
	b.formula(resultSheet, column, netRow, b.sum, fmt.Sprintf("ROUND(%s-%s-%s,2)", cell(benefitRow), cell(runningRow), cell(oneOffRow)))
	if t == 0 {
		b.formula(resultSheet, column, cumulativeRow, b.sum, cell(netRow))
		b.put(resultSheet, column, factorRow, b.factor, 1)
		b.formula(resultSheet, column, paidRow, b.decimal, fmt.Sprintf(`IF(%s>=0,0,"")`, cell(netRow)))
		return
	}
	b.formula(resultSheet, column, cumulativeRow, b.sum, fmt.Sprintf("ROUND(%s+%s,2)", before(cumulativeRow), cell(netRow)))
	b.formula(resultSheet, column, yearRateRow, b.rate, b.rateIn(t))
	b.formula(resultSheet, column, factorRow, b.factor, fmt.Sprintf("%s/(1+%s)", before(factorRow), cell(yearRateRow)))
	b.formula(resultSheet, column, paidRow, b.decimal, fmt.Sprintf(`IF(COUNT($B%d:%s)>0,"",IF(%s>=0,%d-%s/%s,""))`,
		paidRow, before(paidRow), cell(cumulativeRow), t-1, before(cumulativeRow), cell(netRow)))
}

// rateIn is a formula of the rate in year t: the case's own, or that of the table in force on the day that it is dated.
func (b *caseBook) rateIn(t int) string {
	own, dated := at(headSheet, 2, rateRow), at(headSheet, 2, datedRow)
	table := "NA()"
	for k, s := range rateSteps() { // a later table goes before an earlier one
		if s.after < t && (t <= s.through || s.through == 0) {
			table = fmt.Sprintf("IF(%s>=%s!$A$%d,%s!$C$%d,%s)", dated, markSheet, firstStep+k, markSheet, firstStep+k, table)
		}
	}
	return fmt.Sprintf(`IF(%[1]s="",%[2]s,IF(ISNUMBER(%[1]s),%[1]s,_xlfn.NUMBERVALUE(%[1]s,",",".")))`, own, table)
}

// rateStep is a rate of a table: from which day the table holds, and for which years.
type rateStep struct {
	from           amount.Date
	after, through int
	rate           appraisal.Rate
}

func rateSteps() (list []rateStep) {
	for _, table := range appraisal.Tables() {
		after := 0
		for _, s := range table.Steps {
			list = append(list, rateStep{table.ValidFrom, after, s.Through, s.Rate})
			after = s.Through
		}
	}
	return list
}

// writeAnswers writes the figures that the case comes to, and beside them how they are bound by what is not known. A present value
// in øre is rounded half to even, once.
func (b *caseBook) writeAnswers(last int) {
	net := fmt.Sprintf("$B%d:$%s%d", netRow, columnName(1+b.c.Years), netRow)
	present := fmt.Sprintf("(100*SUMPRODUCT(%s,$B%d:$%s%d))", net, factorRow, columnName(1+b.c.Years), factorRow)
	known := fmt.Sprintf("COUNT('%s'!%s:%s)=0", workingSheet, cellName(statedColumn, firstLine), cellName(statedColumn+b.c.Years-1, last))
	paid := fmt.Sprintf("$B%d:$%s%d", paidRow, columnName(1+b.c.Years), paidRow)
	b.formula(resultSheet, 2, npvRow, b.sum, fmt.Sprintf(`IF(%[1]s,"ukendt",IFERROR(IF(ABS(%[2]s-TRUNC(%[2]s))=0.5,2*ROUND(%[2]s/2,0),ROUND(%[2]s,0))/100,"kan ikke regnes: se dato, rente og indeks"))`, known, present))
	value, payback, unknown := cellName(2, npvRow), cellName(2, paybackRow), cellName(2, unknownRow)
	benefits := fmt.Sprintf(`SUMIF('%[1]s'!$%[2]s$%[3]d:$%[2]s$%[4]d,"%[5]s",'%[6]s'!$%[7]s$%[3]d:$%[7]s$%[4]d)`, linesSheet, columnName(kindColumn),
		firstLine, last, wordOf(caseKinds, appraisal.Benefit), workingSheet, columnName(unknownColumn))
	b.formula(resultSheet, 3, npvRow, b.locked, fmt.Sprintf(`IF(OR(%[2]s=0,NOT(ISNUMBER(%[1]s))),"",IF(%[3]s=0,"højst",IF(%[3]s=%[2]s,"mindst","kendt del")))`, value, unknown, benefits))
	b.formula(resultSheet, 2, paybackRow, b.decimal, fmt.Sprintf(`IF(OR(%[1]s,%[3]s>%[4]s),"ukendt",IF(COUNT(%[2]s)>0,MIN(%[2]s),IF(%[3]s>0,"ukendt","aldrig")))`, known, paid, unknown, benefits))
	b.formula(resultSheet, 3, paybackRow, b.locked, fmt.Sprintf(`IF(AND(ISNUMBER(%[1]s),%[2]s>0),"højst","")`, payback, unknown))
	for row, column := range map[int]int{unknownRow: unknownColumn, unreadRow: unreadColumn} {
		b.formula(resultSheet, 2, row, b.locked, fmt.Sprintf("SUM('%s'!%s:%s)", workingSheet, cellName(column, firstLine), cellName(column, last)))
	}
}
