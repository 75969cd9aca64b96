"""Small workbooks written by hand, as other programs write them, and as nobody should."""
import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# formats of cells, by number: general, day (built in), day with Chinese, text
FORMATS = (0, 14, 176, 49)
DAY, CHINESE_DAY, TEXT = 1, 2, 3


class Day(int):
    """A day as a workbook keeps it: a serial number under a format of days."""


def column_name(number):
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_xml(row, column, value, strings):
    place = f"{column_name(column)}{row}"
    if value is None or value == "":
        return ""
    if isinstance(value, Day):
        return f'<c r="{place}" s="{CHINESE_DAY}"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    if strings is None:
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'


def sheet_xml(rows, strings, merged=(), dimension=None):
    lines = "".join(
        f'<row r="{r}">' + "".join(cell_xml(r, c, value, strings) for c, value in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1))
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    spans = f'<mergeCells count="{len(merged)}">' + "".join(f'<mergeCell ref="{m}"/>' for m in merged) + "</mergeCells>"
    return f'{HEAD}<worksheet xmlns="{MAIN}">{size}<sheetData>{lines}</sheetData>{spans if merged else ""}</worksheet>'


def workbook(sheets, shared=True, epoch_1904=False, merged=(), dimension=None, extra=None):
    """The bytes of an .xlsx: sheets are (name, rows) or (name, rows, "hidden"); merged ranges lie on the
    first. extra holds further parts, or other ones in place of ours."""
    strings = {} if shared else None
    parts = {}
    for number, sheet in enumerate(sheets, 1):
        first = number == 1
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(
            sheet[1], strings, merged if first else (), dimension if first else None)
    names = "".join(
        f'<sheet name="{escape(s[0])}" sheetId="{n}"{" state=" + chr(34) + "hidden" + chr(34) if len(s) > 2 else ""} r:id="rId{n}"/>'
        for n, s in enumerate(sheets, 1))
    parts["xl/workbook.xml"] = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
                                f'<workbookPr{" date1904=" + chr(34) + "1" + chr(34) if epoch_1904 else ""}/>'
                                f"<sheets>{names}</sheets></workbook>")
    kinds = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1))
    kinds += f'<Relationship Id="rId90" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    if shared:
        kinds += f'<Relationship Id="rId91" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = (f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">' + "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings) + "</sst>")
    parts["xl/_rels/workbook.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{kinds}</Relationships>'
    parts["xl/styles.xml"] = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="176" '
        'formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        f'<cellXfs count="{len(FORMATS)}">' + "".join(f'<xf numFmtId="{f}" applyNumberFormat="1"/>' for f in FORMATS)
        + "</cellXfs></styleSheet>")
    parts["_rels/.rels"] = (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1))
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' + overrides + "</Types>")
    parts.update(extra or {})
    return archive(parts)


def archive(parts):
    """The bytes of a zip of these parts; a part is text, bytes, or a function that writes into an open one."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            if callable(part):
                with file.open(name, "w") as into:
                    part(into)
            else:
                file.writestr(name, part)
    return data.getvalue()


def spreadsheet_2003(name, rows):
    """The bytes of a SpreadsheetML 2003 document; the first row is merged over the table when it has one cell."""
    width = max(len(row) for row in rows)
    lines = ""
    for row in rows:
        across = f' ss:MergeAcross="{width - 1}"' if len(row) == 1 and width > 1 else ""
        lines += "<Row>" + "".join(
            f'<Cell{across}><Data ss:Type="{"Number" if isinstance(v, (int, float)) else "String"}">{escape(str(v))}</Data></Cell>'
            for v in row) + "</Row>"
    return (f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            f'<Worksheet ss:Name="{escape(name)}"><Table>{lines}</Table></Worksheet></Workbook>').encode()
