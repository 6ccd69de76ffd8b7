package docx

import (
	"fmt"
	"strings"
)

// part is one file of the package that a .docx is.
type part struct {
	name string
	body []byte
}

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

const relation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

func (d *Document) parts() []part {
	links := []string{"styles", "numbering", "settings", "footer"}
	var relations strings.Builder
	for _, name := range links {
		fmt.Fprintf(&relations, `<Relationship Id="rId%s" Type="%s%s" Target="%s.xml"/>`, name, relation, name, name)
	}
	for k := range d.pictures {
		fmt.Fprintf(&relations, `<Relationship Id="rIdPicture%d" Type="%simage" Target="media/picture%d.png"/>`, k+1, relation, k+1)
	}
	list := []part{
		xmlPart("[Content_Types].xml", contentTypes),
		xmlPart("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
			`<Relationship Id="rId1" Type="`+relation+`officeDocument" Target="word/document.xml"/>`+
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`),
		xmlPart("docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
			`<dc:title>`+escaped(d.title)+`</dc:title><dc:language>`+escaped(d.language)+`</dc:language></cp:coreProperties>`),
		xmlPart("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations.String()+`</Relationships>`),
		xmlPart("word/document.xml", `<w:document `+namespaces+`><w:body>`+d.body.String()+section+`</w:body></w:document>`),
		xmlPart("word/styles.xml", `<w:styles `+namespaces+`>`+strings.ReplaceAll(styles, "LANGUAGE", escaped(d.language))+`</w:styles>`),
		xmlPart("word/numbering.xml", `<w:numbering `+namespaces+`>`+numbering+`</w:numbering>`),
		xmlPart("word/settings.xml", `<w:settings `+namespaces+`><w:defaultTabStop w:val="1134"/><w:characterSpacingControl w:val="doNotCompress"/>`+
			`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`+
			`<w:themeFontLang w:val="`+escaped(d.language)+`"/></w:settings>`),
		xmlPart("word/footer.xml", `<w:ftr `+namespaces+`>`+paragraph(styled("Footer"),
			run(d.footer, "")+`<w:r><w:tab/></w:r>`+field("PAGE")+run(" / ", "")+field("NUMPAGES"))+`</w:ftr>`),
	}
	for k, png := range d.pictures {
		list = append(list, part{fmt.Sprintf("word/media/picture%d.png", k+1), png})
	}
	return list
}

func xmlPart(name, body string) part { return part{name, []byte(declaration + body)} }

// field is a number that the reader's program fills in.
func field(name string) string {
	return `<w:fldSimple w:instr=" ` + name + ` "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

// section is the page: A4, margins of 20 mm.
const section = `<w:sectPr><w:footerReference w:type="default" r:id="rIdfooter"/><w:pgSz w:w="11906" w:h="16838"/>` +
	`<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`

const numbering = `<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>` +
	`<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
