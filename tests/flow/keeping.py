#!/usr/bin/env python3
"""Where rows come from, taking a file back, handing rejects back, and deciding whom a name means."""
import re
import zipfile

from story import ENTERPRISE_HEADER, FACT_HEADER, enterprise_row, fact_row, tell, uscc

TABLES = ("enterprise", "fact", "fact_source", "result", "period", "plan_unit")


def contents(story):
    """What the registry and the scores hold, but for when they were made."""
    with story.connect() as database:
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}


def sources(story):
    """A document told by two departments is one fact; undoing the second leaves the first."""
    first = story.write("处罚.csv", FACT_HEADER, [fact_row(n, "行政处罚", "2026-03-05", level="罚款", amount="500",
                                                          document=f"呼市监处罚〔2026〕{n}号") for n in range(1, 9)])
    again = story.write("法院移送.csv", FACT_HEADER, [
        fact_row(1, "行政处罚", "2026-03-05", document="呼市监处罚〔2026〕1号"),
        fact_row(2, "行政处罚", "2026-03-05", amount="800", document="呼市监处罚〔2026〕2号"),
        fact_row(3, "行政处罚", "2026-04-01", level="罚款", document="呼市监处罚〔2026〕99号")])
    story.must("import", "facts", first, "--source", "市场监管局")
    before = contents(story)
    answer = story.must("import", "facts", again, "--source", "人民法院", "--json").json
    story.equal([answer[k] for k in ("inserted", "updated", "unchanged")], [1, 1, 1], "one new, one changed, one confirmed")
    story.equal(answer["remarks"].get("another_source"), 2, "the further source is said of both")
    with story.connect() as database:
        told = database.execute("SELECT count(*), count(DISTINCT fact) FROM fact_source").fetchone()
    story.equal(told, (2, 2), "two facts have two sources now")
    repeated = story.must("import", "facts", again, "--source", "人民法院", "--json").json
    story.equal((repeated["unchanged"], repeated["remarks"]), (3, {}), "told again, nothing is new")
    undone = story.must("--json", "batch", "undo", str(repeated["batch"])).json
    story.equal(undone["facts"] + undone["restored"] + undone["sources"], 0, "what changed nothing undoes nothing")
    undone = story.must("--json", "batch", "undo", str(answer["batch"]), "--reason", "选错文件").json
    story.equal([undone[k] for k in ("enterprises", "facts", "sources", "restored")], [0, 1, 2, 1], "the second file goes whole")
    story.equal(contents(story), before, "and everything is as it was before it")
    story.refused(3, "a file goes only once", "batch", "undo", str(answer["batch"]), holding="undone already")
    taken = story.must("import", "facts", again, "--source", "人民法院", "--json").json
    story.equal([taken[k] for k in ("inserted", "updated", "unchanged")], [1, 1, 1], "taken in anew, it does what it did")


def rests(story):
    """Nothing is undone that something later rests on."""
    batches = story.must("--json", "batch", "list").json
    first = next(b["id"] for b in batches if b["file"] == "处罚.csv")
    story.refused(3, "later files rest on it", "batch", "undo", str(first), holding="法院移送.csv")
    newest = batches[0]["id"]
    fact = story.must("--json", "show", uscc(3)).json
    number = next(f["id"] for i in fact["indicators"] for f in i["facts"] if f["document"].endswith("99号"))
    story.must("override", "propose", "exclude-fact", uscc(3), "--fact", str(number), "--status", "erroneous", "--reason", "误录",
               "--document", "呼市监〔2026〕7号")
    story.refused(3, "an override rests on it", "batch", "undo", str(newest), holding="Override")
    more = story.write("新设.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(100, 103)])
    entered = story.must("import", "enterprises", more, "--json").json["batch"]
    story.must("score", "--period", "2026-09", "--close")
    story.refused(3, "a closed period rests on it", "batch", "undo", str(entered), holding="2026-09")


def scores(story):
    """Who was touched is scored as a whole run would."""
    more = story.write("又新设.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(200, 206)] + [enterprise_row(1, 参保人数=77)])
    before = contents(story)
    entered = story.must("import", "enterprises", more, "--json").json["batch"]
    story.check(contents(story) != before, "a file changes scores")
    story.must("batch", "undo", str(entered))
    story.equal(contents(story), before, "undone, scores and counts are as before")


def rejects(story):
    """Rejected rows come back as a workbook that can be mended and taken in as it is."""
    rows = [fact_row(1, "行政处罚", "昨天", document="呼〔2026〕901号"), fact_row(2, "行政处罚", "2026-02-03", document="呼〔2026〕902号"),
            ["没有的公司", "", "行政处罚", "2026-02-03", "", "", "", "呼〔2026〕903号", "事由,有逗号\n和换行", ""]]
    path = story.write("有错.csv", FACT_HEADER, rows)
    answer = story.run("import", "facts", path, "--json")
    story.equal((answer.status, answer.json["rejected"], answer.json["rejects_file"]), (1, 2, "有错.rejects.xlsx"),
                "what is wrong goes to a workbook")
    book = story.path("有错.rejects.xlsx")
    with zipfile.ZipFile(book) as parts:
        held = "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/"))
    story.check(held.index("原因") < held.index("行号") < held.index("企业名称"), "the reason stands in the first column")
    again = story.run("import", "facts", book, "--json", "--rejects", story.path("又错.csv"))
    story.equal((again.status, again.json["read"], again.json["rejected"]), (1, 2, 2), "unmended, it is rejected again, row by row")
    with open(story.path("又错.csv"), encoding="utf-8-sig", newline="") as file:
        text = file.read()
    story.check("事由,有逗号\n和换行" in text, "cells come back as they were")
    mended = story.path("已改.csv")
    with open(mended, "w", encoding="utf-8-sig", newline="") as file:
        file.write(text.replace("昨天", "2026-02-03"))
    taken = story.run("import", "facts", mended, "--json", "--rejects", story.path("仍错.csv"))
    story.equal((taken.json["inserted"], taken.json["rejected"]), (1, 1), "mended, a row comes in")
    return taken.json["batch"]


def long_reasons(story):
    """A reason of several lines can be read whole without anybody pulling the row open."""
    name = "谁也没有见过的一个名字相当长的商贸有限责任公司第二分公司"
    path = story.write("长.csv", FACT_HEADER, [[name, "9165232", "行政处罚", "2026-02-03", "", "", "", "呼〔2026〕904号", "", ""]])
    story.run("import", "facts", path)
    with zipfile.ZipFile(story.path("长.rejects.xlsx")) as parts:
        heights = re.findall(r'<row r="2"[^>]* ht="(\d+)"', parts.read("xl/worksheets/sheet1.xml").decode())
    story.check(heights and int(heights[0]) >= 30, "the row of a long reason is at least as high as two lines")


def names(story, batch):
    """A name nobody bears is decided by a person, and the decision is remembered."""
    found = story.must("--json", "match", "open", str(batch)).json
    story.equal([(n["name"], n["rows"]) for n in found], [("没有的公司", 1)], "the name waits to be decided")
    alike = story.must("--json", "match", "candidates", "呼图壁第3商贸公司").json
    story.equal(alike[0]["uscc"], uscc(3), "the likeliest enterprise comes first")
    story.refused(4, "a decision needs a reason", "match", "decide", str(batch), str(found[0]["line"]), uscc(3), holding="reason")
    decided = story.must("--json", "match", "decide", str(batch), str(found[0]["line"]), uscc(3), "--reason", "电话核实").json["id"]
    story.equal(story.must("--json", "match", "open", str(batch)).json, [], "then it waits no more")
    taken = story.run("import", "facts", story.path("仍错.csv"), "--json").json
    story.equal((taken["inserted"], taken["remarks"].get("decided")), (1, 1), "the rejected row goes to the enterprise decided on")
    story.must("match", "withdraw", str(decided))
    story.refused(3, "a decision is withdrawn once", "match", "withdraw", str(decided), holding="withdrawn already")
    story.must("--json", "match", "decide", str(batch), str(found[0]["line"]), "none", "--reason", "外县企业")
    again = story.run("import", "facts", story.path("仍错.csv"), "--json").json
    story.equal(again["reasons"], {"decided_none": 1}, "none of the registry is a decision too")


def story(story):
    story.must("init")
    story.must("import", "enterprises", story.write("名录.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, 31)]))
    story.must("score")
    sources(story)
    rests(story)
    scores(story)
    names(story, rejects(story))
    long_reasons(story)
    story.must("journal", "verify")
    story.must("doctor")


tell(story)
