package docx

import (
	"strconv"
	"strings"
)

// styles are the document's own, under the names that Word knows them by, so that its table of contents and its navigation find them.
var styles = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>` +
	`<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="LANGUAGE" w:eastAsia="LANGUAGE"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
	`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>` +
	`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>` +
	`<w:pPr><w:keepNext/><w:spacing w:after="160" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:b/><w:sz w:val="34"/><w:szCs w:val="34"/></w:rPr></w:style>` +
	heading(1, 26, 320, 80) + heading(2, 22, 220, 60) +
	`<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:qFormat/>` +
	`<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="397" w:hanging="284"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:qFormat/>` +
	`<w:pPr><w:spacing w:before="60" w:after="80" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:color w:val="565C63"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>` +
	small("TableText", "") + strings.Replace(small("TableHead", `<w:color w:val="565C63"/>`), `<w:pPr>`, `<w:pPr><w:keepNext/>`, 1) + small("TableTotal", `<w:b/>`) + small("TableMuted", `<w:color w:val="565C63"/>`) +
	`<w:style w:type="paragraph" w:customStyle="1" w:styleId="AfterTable"><w:name w:val="After Table"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60" w:line="120" w:lineRule="exact"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs><w:spacing w:after="0"/></w:pPr>` +
	`<w:rPr><w:color w:val="565C63"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/><w:rPr><w:b/></w:rPr></w:style>` +
	`<w:style w:type="character" w:customStyle="1" w:styleId="ExampleMark"><w:name w:val="Example Mark"/><w:rPr><w:i/><w:color w:val="6B5300"/><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="ItemTable"><w:name w:val="Item Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="6" w:color="1A1A1A"/><w:bottom w:val="single" w:sz="6" w:color="1A1A1A"/><w:insideH w:val="single" w:sz="4" w:color="D8DCE0"/></w:tblBorders></w:tblPr>` +
	`<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="1A1A1A"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>`

func heading(level, size, before, after int) string {
	n := string(rune('0' + level))
	return `<w:style w:type="paragraph" w:styleId="Heading` + n + `"><w:name w:val="heading ` + n + `"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>` +
		`<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="` + strconv.Itoa(before) + `" w:after="` + strconv.Itoa(after) + `" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="` + string(rune('0'+level-1)) + `"/></w:pPr>` +
		`<w:rPr><w:b/><w:sz w:val="` + strconv.Itoa(size) + `"/><w:szCs w:val="` + strconv.Itoa(size) + `"/></w:rPr></w:style>`
}

// small is a table's text.
func small(id, look string) string {
	return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + id + `"><w:name w:val="` + id + `"/><w:basedOn w:val="Normal"/>` +
		`<w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr>` + look + `<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>`
}
