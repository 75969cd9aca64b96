#!/usr/bin/env python3
"""A period handed over in three formats: checked by the example of the description, taken back in here and in another
county, compared, and refused when anything in it was changed."""
import csv
import datetime
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

from story import SOURCE, Story, tell

NAMES = ("out.csv", "out.xlsx", "out.jsonl")
NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
SHEET_ROWS = 1048576


def example(story):
    """The program of the description, as a file."""
    with open(os.path.join(SOURCE, "doc", "handover.md"), encoding="utf-8") as file:
        blocks = re.findall(r"^```python\n(.*?)^```", file.read(), re.S | re.M)
    story.equal(len(blocks), 1, "the description has one example")
    path = story.path("check.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(blocks[0])
    return path


def checked(program, path):
    done = subprocess.run([sys.executable, program, path], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, (done.stdout + done.stderr).strip()


def cells(sheet, strings):
    for row in ElementTree.fromstring(sheet).iterfind(".//m:row", NAMESPACE):
        found = {}
        for cell in row.iterfind("m:c", NAMESPACE):
            value = cell.find("m:v", NAMESPACE)
            text = "".join(part.text or "" for part in cell.iterfind(".//m:t", NAMESPACE))
            if value is not None:
                text = strings[int(value.text)] if cell.get("t") == "s" else value.text
            found[re.sub(r"\d", "", cell.get("r"))] = text
        yield found


def workbook_digest(path):
    """The digest of a workbook's rows, computed from its cells alone, and the one that it gives."""
    with zipfile.ZipFile(path) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            table = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            strings = ["".join(t.text or "" for t in item.iterfind(".//m:t", NAMESPACE)) for item in table]
        header, *rows = cells(book.read("xl/worksheets/sheet1.xml"), strings)
        seal = {row.get("A"): row.get("B") for row in cells(book.read("xl/worksheets/sheet2.xml"), strings)}
        properties = book.read("docProps/custom.xml").decode()
    text = ""
    for row in rows:
        values = []
        for column, title in header.items():
            value = row.get(column, "")
            if title.endswith("得分") and value != "":
                value = f"{float(value):.2f}"
            elif title == "评定日期":
                value = str(datetime.date(1899, 12, 30) + datetime.timedelta(int(value)))
            values.append(value)
        text += "\t".join(values) + "\n"
    text += "\t".join([seal["布局"], seal["使用范围"], seal["期"], seal["状态"], seal["行数"]]) + "\n"
    return hashlib.sha256(text.encode()).hexdigest(), seal, properties


def handing_over(story):
    reports = [story.must("handover", story.path(name), "--json").json for name in NAMES]
    first = reports[0]
    story.equal({report["digest"] for report in reports}, {first["digest"]}, "three formats have one digest")
    story.equal([first["rows"], first["period"], first["state"], first["layout"]],
                [400, "2026-10", "open", "xinfeng-handover/1"], "it says what it is")
    program = example(story)
    for name in ("out.csv", "out.jsonl"):
        story.equal(checked(program, story.path(name)), (0, "400 rows, whole and unchanged"),
                    f"{name} holds by the example of the description")
    digest, seal, properties = workbook_digest(story.path("out.xlsx"))
    story.equal([digest, seal["摘要"], seal["使用范围"]], [first["digest"], first["digest"], "内部参考，不对外公开"],
                "out.xlsx holds by its cells")
    story.check(first["digest"] in properties, "and its properties give the digest too", properties)
    with open(story.path("out.csv"), encoding="utf-8-sig", newline="") as file:
        header, *rows, last = csv.reader(file)
    story.equal({len(row) for row in (header, last, *rows)}, {27}, "every row of the CSV is as wide as the header")
    listed = story.must("show", rows[7][0], "--json").json
    story.equal([f"{listed['centipoints'] // 100}.{listed['centipoints'] % 100:02d}", listed["final_class"]],
                [rows[7][5], rows[7][7]], "a row is what show says")
    entries = story.must("journal", "show", "--limit", "3", "--json").json
    story.equal([entry["action"] for entry in entries], ["handover"] * 3, "the journal tells of all three")
    return first


def taking_back(story, first):
    for name in NAMES:
        report = story.must("import", "classes", story.path(name), "--json").json
        wanted = [400, 0, 0] if name == NAMES[0] else [0, 400, 0]
        story.equal([report["inserted"], report["unchanged"], report["rejected"]], wanted, f"{name} comes back in")
        story.equal([report["read"], report["skipped"]], [400, 0 if name == "out.xlsx" else 1], "its seal is no row")
    compared = story.must("classes", "--handed", "--json").json
    story.equal([compared["same"], compared["different"], compared["only_own"]], [400, 0, 0], "all of it is alike")
    fresh = Story(story.folder)
    fresh.database = story.path("fresh.db")
    fresh.must("init")
    answer = fresh.run("import", "classes", story.path("out.jsonl"), "--json")
    story.equal([answer.status, answer.json["rejected"]], [1, 400], "another county does not know these enterprises")
    report = fresh.must("import", "classes", story.path("out.xlsx"), "--create-missing", "--json").json
    story.equal([report["inserted"], report["stubs"]], [400, 400], "and enters them when asked")
    report = fresh.must("import", "classes", story.path("out.csv"), "--json").json
    story.equal([report["unchanged"], report["rejected"]], [400, 0], "the same in another format changes nothing")
    return first


def rows_of(story):
    with open(story.path("out.csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def province(story):
    """A file of the province that judges two enterprises otherwise, and no longer agrees with itself when read twice."""
    _, *rows, _ = rows_of(story)
    a = next(row for row in rows if row[7] == "A")
    b = next(row for row in rows if row[7] == "B")
    path = story.write("省.csv", ["企业名称", "统一社会信用代码", "月份", "得分", "风险等级"],
                       [[a[2], a[0], "2026年10月", "800.05", "高（D类）"], [b[2], b[0], "202610", "", "C类"]])
    report = story.must("import", "classes", path, "--source", "省局", "--json").json
    story.equal([report["inserted"], report["batch"]], [2, 4], "a file of another shape comes in by its columns")
    compared = story.must("classes", "--handed", "--json").json
    story.equal([(one["uscc"], one["class"], one["handed_class"], one["handed_score"], one["source"])
                 for one in compared["enterprises"]],
                [(a[0], "A", "D", 80005, "省局"), (b[0], "B", "C", None, "省局")], "who differs is listed, the worst first")
    story.equal([compared["matrix"]["A"]["D"], compared["matrix"]["B"]["C"], compared["different"]], [1, 1, 2],
                "and counted")
    story.equal(len(story.must("classes", "--handed", "--limit", "1", "--json").json["enterprises"]), 1, "up to a limit")
    shown = story.must("show", a[0], "--json").json["handed"]
    story.equal([(one["class"], one["score"]) for one in shown if one["source"] == "省局"], [("D", 80005)],
                "show tells it")
    story.check("Handed over by 省局: class D, score 800.05" in story.must("show", a[0]).out, "in words too")
    story.must("batch", "undo", "4", "--reason", "错")
    story.equal(story.must("classes", "--handed", "--json").json["different"], 0, "and it can be taken back whole")


def changed(story):
    before = story.dump()
    with open(story.path("out.csv"), "rb") as file:
        whole = file.read()
    program = story.path("check.py")
    place = whole.index(b"\r\n") + 2
    # one byte of every tenth place of the first rows, and of the seal
    seal = whole.rindex(b"#xinfeng")
    tried = held = 0
    for at in [*range(place, place + 400, 10), *range(seal, len(whole) - 24, 10)]:
        other = bytearray(whole)
        other[at] = other[at] ^ 1
        with open(story.path("other.csv"), "wb") as file:
            file.write(other)
        answer = story.run("import", "classes", story.path("other.csv"))
        tried += 1
        held += answer.status == 0
    story.equal(held, 0, f"no file with one of {tried} bytes changed comes in")
    with open(story.path("cut.csv"), "wb") as file:
        file.write(whole[:len(whole) // 2])
    story.refused(4, "a file cut in half is refused", "import", "classes", story.path("cut.csv"), holding="cut short")
    lines = whole.split(b"\r\n")
    with open(story.path("less.csv"), "wb") as file:
        file.write(b"\r\n".join(lines[:3] + lines[4:]))
    story.refused(4, "a row less is refused", "import", "classes", story.path("less.csv"),
                  holding="says that it holds 400 rows and holds 399")
    story.check(checked(program, story.path("less.csv"))[0] != 0, "by the example too")
    with open(story.path("sorted.csv"), "wb") as file:
        file.write(b"\r\n".join([lines[0], *sorted(lines[1:-2]), *lines[-2:]]))
    story.refused(4, "another order is refused", "import", "classes", story.path("sorted.csv"), holding="digest")
    with zipfile.ZipFile(story.path("out.xlsx")) as book, zipfile.ZipFile(story.path("other.xlsx"), "w") as other:
        for name in book.namelist():
            text = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"<v>(\d+)</v>", lambda m: b"<v>%d</v>" % (int(m[1]) + 1), text, count=1)
            other.writestr(name, text)
    story.refused(4, "a cell changed in the workbook is refused", "import", "classes", story.path("other.xlsx"),
                  holding="digest")
    story.equal(story.dump(), before, "none of that changed anything")


def month_by_month(story):
    story.must("score", "--period", "2026-09", "--close")
    story.must("handover", story.path("9.csv"), "--period", "2026-09")
    story.must("handover", story.path("out.csv"))
    with open(story.path("9.csv"), encoding="utf-8-sig", newline="") as file:
        earlier = {row[0] or row[1]: row[7] for row in list(csv.reader(file))[1:-1]}
    rows = rows_of(story)[1:-1]
    story.equal([row[8] for row in rows], [earlier[row[0] or row[1]] for row in rows], "the class of the period before stands beside")
    with open(story.path("9.csv"), encoding="utf-8") as file:
        story.check(",state=closed," in file.read(), "a closed period says that it is")
    story.refused(2, "a period that was not run is refused", "handover", story.path("8.csv"), "--period", "2026-08",
                  holding="2026-08")
    story.check(not os.path.exists(story.path("8.csv")), "and leaves no file")


def too_many(story):
    """More rows than a sheet has room for."""
    shutil.copy(story.database, story.path("big.db"))
    big = Story(story.folder)
    big.database = story.path("big.db")
    with big.connect() as database:
        database.execute("BEGIN")
        database.execute("DROP INDEX result_rank")
        database.execute("DROP INDEX result_class")
        database.execute(
            "INSERT OR IGNORE INTO result WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " SELECT 202610 << 40 | i, 202610, i, NULL, 0, 'A', 'A', 'score', NULL, NULL, '[0,0,0,0,0]', '[]', NULL, 0 FROM n", (SHEET_ROWS,))
        database.execute("COMMIT")
    answer = big.run("handover", story.path("big.xlsx"))
    story.check(answer.status == 3 and ".csv" in answer.err and "1048575" in answer.err,
                "a workbook that cannot hold them names CSV", answer)
    story.check(not os.path.exists(story.path("big.xlsx")), "and is not begun")


def main(story):
    story.must("init")
    story.must("sample", "--enterprises", "400", "--months", "24")
    story.must("score", "--period", "2026-10")
    first = handing_over(story)
    taking_back(story, first)
    province(story)
    changed(story)
    month_by_month(story)
    too_many(story)


if __name__ == "__main__":
    tell(main)
