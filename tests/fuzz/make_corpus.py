#!/usr/bin/env python3
"""Writes the small files that the fuzzers start from into corpus/ beside this script. Whatever a fuzzer
found is kept there too, under a name that starts with "found-"."""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"


def write(function, name, data):
    folder = os.path.join(HERE, "corpus", function)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


# ---- text -------------------------------------------------------------------------------------
TABLE = "处罚名单,,\r\n企业名称,统一社会信用代码,备注\r\n某某县甲公司,91310000MA1FL0X00X,\"两行\r\n\"\"文字\"\"\"\r\n乙公司,,丙\r\n"


def text():
    encodings = {"utf8": "utf-8", "gb18030": "gb18030", "utf16le": "utf-16-le", "utf16be": "utf-16-be"}
    for function in ("csv", "encoding", "rows"):
        for name, encoding in encodings.items():
            write(function, name, TABLE.encode(encoding))
        write(function, "mark8", b"\xef\xbb\xbf" + TABLE.encode())
        write(function, "mark16", b"\xff\xfe" + TABLE.encode("utf-16-le"))
        write(function, "broken", TABLE.encode("gb18030")[:40] + b"\x81" + TABLE.encode()[40:])
    write("csv", "tab", TABLE.replace(",", "\t"))
    write("csv", "open", 'a,b\n"c,d\ne,f\n')


# ---- workbooks --------------------------------------------------------------------------------
SHEET = (
    f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2" spans="1:3"/>'
    '<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r><r><t>_x4E59_</t></r></is></c>'
    '<c r="B3" s="1"><v>44098</v></c><c r="C3" s="2"><v>0.03</v></c><c r="D3" t="b"><v>1</v></c>'
    '<c r="E3" t="e"><v>#N/A</v></c><c r="F3" t="str"><f>A1&amp;1</f><v>一</v></c>'
    '<c r="G3"><v>9.1310112E+17</v></c><c r="H3" t="d"><v>2020-09-24T10:39:00</v></c></row>'
    '<row r="4"><c r="C4" s="3"><v>5</v></c></row></sheetData>'
    '<mergeCells count="2"><mergeCell ref="A3:A4"/><mergeCell ref="A1:H1"/></mergeCells></worksheet>'
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>一</t></si><si><r><t>二</t></r><rPh sb="0" eb="1"><t>er</t></rPh></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="000000&quot;号&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="10"/><xf numFmtId="177"/></cellXfs></styleSheet>'
)
XML = (
    f'<?xml version="1.0"?><Workbook xmlns="{SHEETS}" xmlns:ss="{SHEETS}"><Styles><Style ss:ID="s1">'
    '<NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="表"><Table><Row ss:Index="2">'
    '<Cell ss:MergeDown="1"><Data ss:Type="String">甲<B>乙</B></Data></Cell>'
    '<Cell ss:Index="3" ss:StyleID="s1"><Data ss:Type="Number">44098</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2020-09-24T00:00:00.000</Data></Cell>'
    '<Cell><Data ss:Type="Boolean">1</Data></Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="Number">1.5</Data>'
    '</Cell></Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden'
    '</Visible></WorksheetOptions></Worksheet></Workbook>'
)


def record(kind, *pieces):
    body = b"".join(pieces)
    return struct.pack("<HH", kind, len(body)) + body


def wide(text, form="<H"):
    return struct.pack(form, len(text)) + b"\x01" + text.encode("utf-16-le")


def cell(row, column, style=0):
    return struct.pack("<HHH", row, column, style)


def old_workbook():
    """The stream of a workbook of 1997 with a cell of every kind."""
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += record(0x00FD, cell(0, 0), struct.pack("<I", 0))
    sheet += record(0x027E, cell(1, 0, 1), struct.pack("<i", 44098 << 2 | 2))
    sheet += record(0x00BD, struct.pack("<HH", 1, 1), struct.pack("<HI", 0, 0x3FF00001) * 2, struct.pack("<H", 2))
    sheet += record(0x0203, cell(1, 3, 2), struct.pack("<d", 0.03))
    sheet += record(0x0204, cell(1, 4), wide("甲"))
    sheet += record(0x0205, cell(1, 5), b"\x01\x00") + record(0x0205, cell(1, 6), b"\x2a\x01")
    sheet += record(0x0006, cell(2, 0), b"\x00\x00\x00\x00\x00\x00\xff\xff", b"\x00" * 8)
    sheet += record(0x0207, struct.pack("<H", 2), b"\x01" + "乙".encode("utf-16-le"))
    sheet += record(0x003C, b"\x01" + "丙".encode("utf-16-le"))
    sheet += record(0x0006, cell(2, 1), struct.pack("<d", 1.5), b"\x00" * 8)
    sheet += record(0x00E5, struct.pack("<HHHHH", 1, 1, 2, 4, 4)) + record(0x000A)
    strings = record(0x00FC, struct.pack("<II", 2, 2), wide("一"), struct.pack("<HBH", 3, 8, 1), b"ab")
    strings += record(0x003C, b"\x00c" + b"\x00" * 4)

    def whole(at):
        head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        head += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, b"\x00\x00")
        head += record(0x041E, struct.pack("<H", 176), wide("yyyy年m月"))
        for number in (0, 176, 10):
            head += record(0x00E0, struct.pack("<HH", 0, number), b"\x00" * 16)
        head += record(0x0085, struct.pack("<IBB", at, 0, 0), wide("表", "<B"))
        return head + strings + record(0x000A)

    return whole(len(whole(0))) + sheet


def workbooks():
    parts = "\x1e".join((SHEET, STRINGS, STYLES))
    write("xlsx", "all", parts)
    write("xlsx", "empty", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    write("spreadsheetml", "all", XML)
    write("spreadsheetml", "gb18030", XML.encode("gb18030"))
    write("rows", "spreadsheetml", XML)
    write("xls", "all", old_workbook())


# ---- values -----------------------------------------------------------------------------------
VALUES = (
    "2020/9/24|2023年04月12日|21/9/2023 00:00:00|44744|长期|2010-01-01至2030-01-01|5,350(万)|500(万元人民币)|100(万美元)|"
    "叁万元整|处五千元罚款。|共计１２３元|91310000MA1FL0X00X|110108003456789|N/A|３％|-1.5E3|"
    '[$-804]yyyy"年"m"月"d"日";@|yyyy/m/d;@|#,##0.00_);[Red]\\(#,##0.00\\)|0!.0,"万"|G/通用格式"元"|[h]:mm:ss|'
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ |0.00E+00|# ?/?|000000|[DBNum1]General'
)
PROFILE = (
    '{"name": "a-b", "kind": "facts", "title": "t", "source": "s", "required": ["name"], "columns": {"name": "当事人",'
    ' "uscc": ["代码", "证件号码"], "occurred_on": {"column": "日期", "day_first": true}, "amount": {"column": "金额",'
    ' "otherwise": "结果", "unit": "yuan", "sentence": true}, "level": {"column": "类别", "contains": [["罚款", "2"]],'
    ' "map": {"警告": "1"}, "fallback": "0"}}, "constants": {"type": "penalty"}}'
)


def values():
    for number, value in enumerate(VALUES.split("|")):
        write("value", f"{number:02}", value)
    write("profile", "facts", PROFILE)
    write("profile", "enterprises", PROFILE.replace("facts", "enterprises"))
    objects = '{"名称": "甲", "n": 913101120000123456, "b": true, "z": null}\n\n{"名称": "乙", "d": 1.5, "e": "x\\ny"}\n'
    write("json_lines", "all", objects)
    write("json_lines", "nested", '{"a": 1}\n{"a": [1]}\n')
    write("rows", "json_lines", objects)


text()
workbooks()
values()
