#!/usr/bin/env python3
"""Files as officers get them: each dirt alone, all of it at once, and what no program should swallow."""
import datetime
import json

import sheets
from sheets import Day
from story import tell, uscc

HEADER = ["企业名称", "统一社会信用代码", "法定代表人", "注册资本", "成立日期", "经营期限至", "住所"]
MEBIBYTE = 1 << 20


def serial(year, month, day):
    return (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days


def firm(number):
    return f"呼图壁县第{number}商贸有限公司"


def row(number, capital="500(万元人民币)", founded="2020/9/24", until="长期"):
    return [firm(number), uscc(number), "张三", capital, founded, until, "幸福路1号"]


def csv(rows, encoding="utf-8", delimiter=","):
    def cell(value):
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in delimiter + '"\n') else text
    return ("\r\n".join(delimiter.join(cell(v) for v in r) for r in rows) + "\r\n").encode(encoding)


class Nasty:
    """Takes files into a fresh database each."""

    def __init__(self, story):
        self.story = story
        self.number = 0

    def take(self, name, data, kind="enterprises", words=(), before=()):
        self.number += 1
        self.story.database = self.story.path(f"{self.number}.db")
        path = self.story.path(name)
        with open(path, "wb") as file:
            file.write(data)
        self.story.must("init")
        for taken in before:
            self.story.must(*taken)
        return self.story.run("import", kind, path, "--json", *words)

    def rows(self, sql):
        with self.story.connect() as database:
            return database.execute(sql).fetchall()

    def good(self, what, name, data, count=3, sql=None, wanted=None, **options):
        """The file comes in by itself, all of its rows, and the registry then holds what is wanted."""
        answer = self.take(name, data, **options)
        whole = answer.status == 0 and answer.json["inserted"] == count and answer.json["rejected"] == 0
        self.story.check(whole, f"{what}: comes in", answer)
        if sql is not None:
            self.story.equal(self.rows(sql) if whole else None, wanted, f"{what}: is understood")


def alone(nasty):
    """Each dirt by itself."""
    plain = [HEADER, row(1), row(2), row(3)]
    days = "SELECT established_on FROM enterprise ORDER BY id"
    same = [(20200924,)] * 3
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        nasty.good(f"{encoding} text", "甲.csv", csv(plain, encoding), sql=days, wanted=same)
    nasty.good("a tab-separated text", "甲.txt", csv(plain, delimiter="\t"), sql=days, wanted=same)
    book = sheets.workbook([("市场主体", plain)])
    for name in ("甲.xlsx", "甲.csv", "甲.xls", "甲"):
        nasty.good(f"a workbook called {name}", name, book, sql=days, wanted=same)
    nasty.good("a workbook with its texts in the cells", "甲.xlsx", sheets.workbook([("市场主体", plain)], shared=False),
               sql=days, wanted=same)
    nasty.good("SpreadsheetML 2003 called .xls", "甲.xls", sheets.spreadsheet_2003("市场主体", plain), sql=days, wanted=same)
    nasty.good("JSON Lines", "甲.jsonl", "".join(
        json.dumps(dict(zip(HEADER, r)), ensure_ascii=False) + "\n" for r in plain[1:]).encode(), sql=days, wanted=same)
    titled = [["呼图壁县市场主体名录"], *plain]
    nasty.good("a merged title", "甲.xlsx", sheets.workbook([("市场主体", titled)], merged=["A1:G1"]), sql=days, wanted=same)
    hints = ["必填", "必填，18位", "选填", "选填", "选填", "选填", "选填"]
    example = ["案例（请删除）", "91652323MA0000099X", "李四", "100万元", "2020-01-01", "长期", "某路1号"]
    nasty.good("hint and example rows", "甲.csv", csv([HEADER, hints, example, *plain[1:]]), sql=days, wanted=same)
    nasty.good("a footer", "甲.csv", csv([*plain, ["合计：3户"], ["制表人：王五", "", "", "", "2026年10月31日"]]), sql=days, wanted=same)
    nasty.good("a header repeated on every page", "甲.csv", csv([HEADER, row(1), HEADER, row(2), HEADER, row(3)]),
               sql=days, wanted=same)
    wide = [r + [""] * 5000 for r in plain]
    nasty.good("thousands of empty columns", "甲.csv", csv(wide), sql=days, wanted=same)
    nasty.good("a sheet that says it reaches to the end", "甲.xlsx",
               sheets.workbook([("市场主体", plain)], dimension="A1:XFD1048576"), sql=days, wanted=same)
    nasty.good("line breaks inside cells", "甲.csv",
               csv([HEADER, *[[*row(n)[:6], "幸福路\n1号"] for n in (1, 2, 3)]]), sql=days, wanted=same)
    nasty.good("other sheets, one hidden", "甲.xlsx",
               sheets.workbook([("填写说明", [["请逐行填写"]]), ("旧数据", [HEADER, row(9)], "hidden"), ("市场主体", plain)]),
               sql=days, wanted=same)


def values(nasty):
    """Values in every shape that domain experts have seen."""
    founded = ["2020/9/24", "2020-09-24 10:39:00", "2020年09月24日", "2020.9.24", "20200924", str(serial(2020, 9, 24)),
               "24/9/2020 00:00:00", "２０２０／９／２４"]
    nasty.good("days in every shape", "甲.csv", csv([HEADER, *[row(n, founded=d) for n, d in enumerate(founded, 1)]]),
               count=len(founded), sql="SELECT DISTINCT established_on FROM enterprise", wanted=[(20200924,)])
    nasty.good("days of a workbook", "甲.xlsx",
               sheets.workbook([("甲", [HEADER, row(1, founded=Day(serial(2020, 9, 24)))])]), count=1,
               sql="SELECT established_on FROM enterprise", wanted=[(20200924,)])
    nasty.good("days of a workbook that counts from 1904", "甲.xlsx",
               sheets.workbook([("甲", [HEADER, row(1, founded=Day(serial(2020, 9, 24) - 1462))])], epoch_1904=True), count=1,
               sql="SELECT established_on FROM enterprise", wanted=[(20200924,)])
    ends = ["长期", "2030-01-01", "2010-01-01至2030-01-01", "/"]
    nasty.good("terms", "甲.csv", csv([HEADER, *[row(n, until=e) for n, e in enumerate(ends, 1)]]), count=4,
               sql="SELECT expires_on FROM enterprise ORDER BY id", wanted=[(None,), (20300101,), (20300101,), (None,)])
    capital = ["5,350(万)", "500(万元人民币)", "100(万美元)", "N/A", "壹佰万元整", "１００万元"]
    nasty.good("capital as text", "甲.csv", csv([HEADER, *[row(n, capital=c) for n, c in enumerate(capital, 1)]]), count=6,
               sql="SELECT capital, capital_text FROM enterprise ORDER BY id",
               wanted=[(5350000000, None), (500000000, None), (None, "100(万美元)"), (None, None), (100000000, None),
                       (100000000, None)])
    nothing = ["/", "无", "不详", "N/A", "", "-"]
    nasty.good("ways of saying nothing", "甲.csv",
               csv([HEADER, *[[firm(n), uscc(n), x, x, x, x, x] for n, x in enumerate(nothing, 1)]]), count=6,
               sql="SELECT DISTINCT legal_person, capital, capital_text, established_on, expires_on, address FROM enterprise",
               wanted=[(None,) * 6])
    good = uscc(1)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in uscc(2))
    nasty.good("codes with blanks, in small and full-width letters", "甲.csv",
               csv([HEADER, [firm(1), good.lower() + "  ", *row(1)[2:]], [firm(2), wide, *row(2)[2:]]]), count=2,
               sql="SELECT uscc FROM enterprise ORDER BY id", wanted=[(good,), (uscc(2),)])
    letters = good.replace("0", "O")
    nasty.good("a code with O for 0", "甲.csv", csv([HEADER, [firm(1), letters, *row(1)[2:]]]), count=1,
               sql="SELECT uscc FROM enterprise", wanted=[(good,)])


def codes(nasty):
    """Codes that are none: the name decides, where it can."""
    story = nasty.story
    known = story.path("名录.csv")
    with open(known, "wb") as file:
        file.write(csv([HEADER, row(1), row(2), row(3)]))
    facts = ["当事人", "统一社会信用代码", "信息类型", "处罚日期", "文书号"]
    broken = [uscc(1)[:16], uscc(2)[:17], uscc(3) + "9"]
    lines = [[firm(n), code, "行政处罚", "2026-01-05", f"呼〔2026〕{n}号"] for n, code in enumerate(broken, 1)]
    nasty.good("codes of 16, 17 and 19 characters beside a name", "处罚.csv", csv([facts, *lines]), kind="facts",
               before=[("import", "enterprises", known)], sql="SELECT id >> 20 FROM fact ORDER BY id",
               wanted=[(1,), (2,), (3,)])
    only = [[firm(n), "", "行政处罚", "2026-01-05", f"呼〔2026〕{n}号"] for n in (1, 2, 3)]
    nasty.good("names without codes", "处罚.csv", csv([facts, *only]), kind="facts",
               before=[("import", "enterprises", known)], sql="SELECT id >> 20 FROM fact ORDER BY id",
               wanted=[(1,), (2,), (3,)])
    twice = [[firm(1), uscc(1), "行政处罚", "2026-01-05", "呼〔2026〕1号"]] * 2
    answer = nasty.take("处罚.csv", csv([facts, *twice]), kind="facts", before=[("import", "enterprises", known)])
    story.check(answer.status == 0 and (answer.json["inserted"], answer.json["unchanged"]) == (1, 1),
                "the same document twice is one fact", answer)


def together(nasty):
    """All of it in one file."""
    title = ["呼图壁县市场主体名录（2026年第三季度）"]
    unit = ["制表单位：呼图壁县市场监督管理局", "", "", "", "", "", "单位：万元"]
    hints = ["必填", "必填，18位", "选填", "选填", "格式：2020-01-01", "选填", "选填"]
    example = ["示例：某某有限公司", "91652323MA0000099X", "李四", "100万元", "2020-01-01", "长期", "某路1号"]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in uscc(2))
    body = [
        [firm(1), uscc(1) + " ", "张三", "5,350(万)", Day(serial(2020, 9, 24)), "长期", "幸福路\n1号"],
        [firm(2), wide, "/", "100(万美元)", "2020年09月24日", "不详", "无"],
        [firm(3), uscc(3).replace("0", "O"), "王*五", "N/A", str(serial(2020, 9, 24)), "2010-01-01至2030-01-01", "幸福路３号"],
        [firm(1), uscc(1) + " ", "张三", "5,350(万)", Day(serial(2020, 9, 24)), "长期", "幸福路\n1号"],
    ]
    foot = [["合计", "", "", "4户"], ["制表人：王五", "", "", "审核人：赵六"]]
    rows = [r + [""] * 3000 for r in [title, unit, HEADER, hints, example, *body, *foot]]
    data = sheets.workbook([("说明", [["填报说明"]]), ("名录", rows)], dimension="A1:XFD1048576")
    answer = nasty.take("名录.csv", data)
    good = answer.status == 0 and (answer.json["inserted"], answer.json["unchanged"], answer.json["rejected"]) == (3, 1, 0)
    nasty.story.check(good, "all dirt at once: comes in", answer)
    nasty.story.equal(nasty.rows("SELECT uscc, established_on, expires_on, capital, capital_text FROM enterprise ORDER BY id"),
                      [(uscc(1), 20200924, None, 5350000000, None), (uscc(2), 20200924, None, None, "100(万美元)"),
                       (uscc(3), 20200924, 20300101, None, None)], "all dirt at once: is understood")


def refused(nasty):
    """What is no table, or is built to harm: one sentence, nothing taken in, memory bounded."""
    plain = [HEADER, row(1)]
    book = sheets.workbook([("甲", plain)])

    def zeros(into):
        into.write(b'<?xml version="1.0"?><worksheet xmlns="' + sheets.MAIN.encode() + b'"><sheetData>')
        for _ in range(1100):
            into.write(b" " * MEBIBYTE)
    laughs = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈">' + "".join(
        f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi")) + "]>"
        f'<worksheet xmlns="{sheets.MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
        "</sheetData></worksheet>")
    deep = f'<worksheet xmlns="{sheets.MAIN}"><sheetData>' + "<row>" * 100000
    cases = [
        ("an empty file", "空.csv", b"", "empty"),
        ("a PDF", "甲.csv", b"%PDF-1.7\n" + b"x" * 5000, "PDF"),
        ("a picture", "甲.xls", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, ""),
        ("a text document", "甲.xlsx", sheets.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), ""),
        ("a workbook cut short", "甲.xlsx", book[:len(book) // 2], ""),
        ("a zip bomb", "甲.xlsx", sheets.workbook([("甲", plain)], extra={"xl/worksheets/sheet1.xml": zeros}), ""),
        ("entities that multiply", "甲.xlsx", sheets.workbook([("甲", plain)], extra={"xl/worksheets/sheet1.xml": laughs}), ""),
        ("entities that multiply in SpreadsheetML", "甲.xls", laughs.replace("worksheet", "Workbook").encode(), ""),
        ("elements without end", "甲.xlsx", sheets.workbook([("甲", plain)], extra={"xl/worksheets/sheet1.xml": deep}), ""),
        ("a line without end", "甲.csv", csv([HEADER]) + b"x" * (40 * MEBIBYTE), ""),
        ("a quotation mark never closed", "甲.csv", csv([HEADER, row(1)]) + '"坏\n'.encode() * 400000, "quotation mark"),
        ("a workbook under a password", "甲.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, ""),
        ("JSON that nests without end", "甲.jsonl", b'{"a":' * 200000, ""),
        ("no table at all", "甲.csv", "今天天气很好。\n明天也好。\n".encode(), ""),
    ]
    for what, name, data, holding in cases:
        answer = nasty.take(name, data)
        lines = answer.err.splitlines()
        good = answer.status in (2, 4) and answer.out == "" and len(lines) == 1 and holding in lines[0]
        good = good and name in lines[0] and lines[0].endswith(".")
        nasty.story.check(good, f"{what} is refused with a sentence", answer)
        nasty.story.equal(nasty.rows("SELECT count(*) FROM enterprise"), [(0,)], f"{what}: nothing was taken in")


def story(story):
    nasty = Nasty(story)
    alone(nasty)
    values(nasty)
    codes(nasty)
    together(nasty)
    refused(nasty)


tell(story)
