#!/usr/bin/env python3
"""The same table as text, as workbooks and as JSON Lines comes to the same facts, whatever the file is called."""
import json
import zipfile

from story import ALPHABET, ENTERPRISE_HEADER, WEIGHTS, enterprise_row, tell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"


def relations(*targets):
    inside = "".join(f"<Relationship Id='r{number}' Type='{OFFICE}/{kind}' Target='{target}'/>"
                     for number, (kind, target) in enumerate(targets))
    return f"<Relationships xmlns='{PACKAGE}'>{inside}</Relationships>"


def cell_of(value):
    return f"<c><v>{value}</v></c>" if isinstance(value, float) else f"<c t='inlineStr'><is><t>{value}</t></is></c>"


def sheet(rows):
    inside = "".join(f"<row>{''.join(map(cell_of, row))}</row>" for row in rows)
    return f"<worksheet xmlns='{MAIN}'><sheetData>{inside}</sheetData></worksheet>"


def write_workbook(path, sheets):
    """A workbook of sheets, each a name and its rows."""
    names = "".join(f"<sheet name='{name}' r:id='r{number}'/>" for number, name in enumerate(sheets))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations(("officeDocument", "workbook.xml")))
        archive.writestr("workbook.xml", f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets>{names}</sheets></workbook>")
        archive.writestr("_rels/workbook.xml.rels", relations(*(("worksheet", f"{n}.xml") for n in range(len(sheets)))))
        for number, rows in enumerate(sheets.values()):
            archive.writestr(f"{number}.xml", sheet(rows))
    return path


def write_xml(path, rows):
    cells = ["".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) for row in rows]
    inside = "".join(f"<Row>{row}</Row>" for row in cells)
    with open(path, "w", encoding="gb18030") as file:
        file.write(f'<?xml version="1.0" encoding="gb2312"?><Workbook xmlns="{SHEETS}" xmlns:ss="{SHEETS}">'
                   f'<Worksheet ss:Name="表"><Table>{inside}</Table></Worksheet></Workbook>')
    return path


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(ENTERPRISE_HEADER, row)), ensure_ascii=False) + "\n")
    return path


def cut_code():
    """A code of digits alone that ends in zeros, as a workbook leaves one that was typed as a number."""
    for number in range(10**7):
        body = f"91652323{number:07d}00"
        if sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS)) % 31 == 0:
            return body + "0"


def story(story):
    rows = [enterprise_row(number) for number in range(1, 31)]
    table = [["企业名录"], ENTERPRISE_HEADER, *rows]
    story.must("init")
    first = story.must("--json", "import", "enterprises", story.write("甲.csv", ENTERPRISE_HEADER, rows)).json
    story.equal([first["inserted"], first["rejected"]], [30, 0], "as text")
    files = {
        "a workbook called .csv": write_workbook(story.path("乙.csv"), {"说明": [["填写说明"]], "名录": table}),
        "an XML workbook called .xls": write_xml(story.path("丙.xls"), table),
        "JSON Lines": write_lines(story.path("丁.jsonl"), rows),
    }
    for what, path in files.items():
        again = story.must("--json", "import", "enterprises", path).json
        story.equal([again["read"], again["unchanged"], again["rejected"]], [30, 30, 0], what)
    # What is left of a code may look like another, its check character included.
    rows = [enterprise_row(31), enterprise_row(32)]
    rows[0][ENTERPRISE_HEADER.index("统一社会信用代码")] = float(cut_code())
    answer = story.run("--json", "import", "enterprises", write_workbook(story.path("己.xlsx"), {"名录": [ENTERPRISE_HEADER, *rows]}))
    story.equal([answer.json["inserted"], answer.json["rejected"]], [1, 1], "a code whose last digits are lost is none")
    with open(story.path("戊.xlsx"), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
    story.refused(4, "a picture is no table", "import", "enterprises", story.path("戊.xlsx"), holding="a picture")


tell(story)
