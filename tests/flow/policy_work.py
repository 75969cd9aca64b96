#!/usr/bin/env python3
"""The work on a policy: out as a workbook, edited, in as a draft, looked at, tried, proposed by one person, published by another, and then
everything that rests on it."""
import json
import os
import re
import zipfile
from xml.sax.saxutils import escape

from story import ENTERPRISE_HEADER, FACT_HEADER, SOURCE, enterprise_row, fact_row, tell, uscc

GENERAL = os.path.join(SOURCE, "sample-db/policies/general-enterprise.policy.json")
COUNT = 60
CODE = "general-enterprise"
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.S)


class Workbook:
    """A workbook as a person changes it: cells by the names of their sheet, the rest as it was."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as book:
            self.parts = {name: book.read(name).decode() for name in book.namelist()}
        names = re.findall(r'<sheet name="([^"]*)"', self.parts["xl/workbook.xml"])
        self.sheets = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}

    def cells(self, sheet):
        return {column + row: re.sub("<[^>]*>", "", inside) for column, row, _, inside in
                CELL.findall(self.parts[self.sheets[sheet]])}

    def row_of(self, sheet, code, column="A"):
        return next(int(re.sub(r"\D", "", name)) for name, text in self.cells(sheet).items()
                    if re.sub(r"\d", "", name) == column and text == code)

    def column_of(self, sheet, title):
        return next(re.sub(r"\d", "", name) for name, text in self.cells(sheet).items()
                    if name.endswith("1") and re.sub(r"\D", "", name) == "1" and text == title)

    def put(self, sheet, name, value):
        """Another value in a cell: text, number, or None for an empty one."""
        def change(match):
            if match[1] + match[2] != name:
                return match[0]
            look = re.sub(r' t="[^"]*"', "", match[3])
            if value is None:
                return f'<c r="{name}"{look}/>'
            if isinstance(value, str):
                return f'<c r="{name}"{look} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            return f'<c r="{name}"{look}><v>{value}</v></c>'
        part = self.sheets[sheet]
        changed = CELL.sub(change, self.parts[part])
        assert changed != self.parts[part], (sheet, name)
        self.parts[part] = changed

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, text in self.parts.items():
                book.writestr(name, text)
        return path


def begin(story):
    rows = [enterprise_row(n) for n in range(1, COUNT + 1)]
    for row in rows[:10]:
        row[2] = "个体工商户"
    facts = [fact_row(n, "行政处罚", "2026年3月5日", level="罚款", amount="137.50", document=f"呼罚{n}号") for n in range(1, COUNT + 1, 3)]
    facts += [fact_row(n, "投诉", "2026-08-01", document=f"呼诉{n}号") for n in range(2, COUNT + 1, 5)]
    story.must("init", "--policy", GENERAL)
    story.must("import", "enterprises", story.write("e.csv", ENTERPRISE_HEADER, rows))
    story.must("import", "facts", story.write("f.csv", FACT_HEADER, facts))
    return story.must("score", "--period", "2026-10", "--json").json


def choose(story):
    """Indicators of the built-in policy to work on, by what they are: their codes, and the first one itself."""
    story.must("policy", "export", story.path("in-force.json"))
    with open(story.path("in-force.json"), encoding="utf-8") as file:
        indicators = json.load(file)["indicators"]

    def first(fits):
        return next(i for i in indicators if fits(i))
    penalty = first(lambda i: i.get("facts") == ["penalty"] and i.get("by") == "level" and "cap" in i)
    window = first(lambda i: i["kind"] == "count")
    return {"penalty": penalty["code"], "cap": penalty["cap"], "name": penalty["name"], "window": window["code"],
            "present": first(lambda i: i["kind"] == "present")["code"],
            "gone": first(lambda i: i["kind"] == "count" and i is not window)["code"],
            "attribute": first(lambda i: i.get("attribute") == "age_months" and len(i["bands"]) > 1)["code"]}


def edit(story, chosen):
    """The workbook comes back as it went, and with what a person changed in it."""
    path = story.path("p.xlsx")
    out = story.must("--lang", "zh", "policy", "export", CODE, path, "--json").json
    story.equal(story.must("policy", "check", path, "--json").json["digest"], out["digest"], "a workbook comes back to its digest")
    story.equal(story.must("--lang", "en", "policy", "check", path, "--json").json["digest"], out["digest"], "in another language too")
    book = Workbook(path)
    story.equal(list(book.sheets)[:6], ["总则", "维度", "指标", "档次", "直接判定", "监管措施"], "its sheets")
    words = set(book.cells("指标").values())
    story.check({"逐件计分", "行政处罚", "注册资本(万元)"} <= words and "event" not in words, "words, not codes", words)
    row = book.row_of("指标", chosen["penalty"])
    book.put("总则", f"B{book.row_of('总则', '版本')}", "2026.2")
    book.put("指标", book.column_of("指标", "封顶") + str(row), chosen["cap"] + 7)
    book.put("指标", book.column_of("指标", "涉企信息类型") + str(row), "行政处罚、其他部门行政处罚")
    for sheet in ("指标", "档次"):  # an indicator that goes, with its bands
        part = book.sheets[sheet]
        book.parts[part] = re.sub(rf"<row (?:(?!</row>).)*?<t>{chosen['gone']}</t>.*?</row>", "", book.parts[part], flags=re.S)
    for below in range(2):
        book.put("档次", f"{book.column_of('档次', '分值')}{book.row_of('档次', chosen['penalty']) + below}", 790 + below)
    book.put("监管措施", book.column_of("监管措施", "抽查比例") + "4", 0.3)
    return book


def faults(story, book, chosen):
    """Faults are told by sheet and cell, many at once; nothing is taken in."""
    broken = Workbook(book.write(story.path("broken.xlsx")))
    row = broken.row_of("指标", chosen["penalty"])
    cap = broken.column_of("指标", "封顶") + str(row)
    window = broken.column_of("指标", "窗口(月)") + str(broken.row_of("指标", chosen["window"]))
    kind = broken.column_of("指标", "类型") + str(broken.row_of("指标", chosen["present"]))
    dimension = broken.column_of("指标", "维度") + str(broken.row_of("指标", chosen["attribute"]))
    band = broken.column_of("档次", "自(含)") + str(broken.row_of("档次", chosen["attribute"]) + 1)
    broken.put("指标", cap, "很多")
    broken.put("指标", window, None)
    broken.put("指标", kind, "看情况")
    broken.put("指标", dimension, "没有的维度")
    broken.put("档次", band, 2)
    broken.put("直接判定", "C2", "失信")
    path = broken.write(story.path("broken.xlsx"))
    before = story.dump()
    answer = story.run("--lang", "zh", "policy", "import", path)
    story.equal(answer.status, 4, "a workbook with faults is refused")
    wanted = [f"「指标」{cap}: 「很多」不是整数。", f"「指标」{window}: 此处缺少「窗口(月)」。", f"「指标」{kind}: ", f"「指标」{dimension}: ",
              f"「档次」{band}: ", "「直接判定」C2: "]
    for one in wanted:
        story.check(one in answer.out, one, answer)
    story.equal(len(answer.out.splitlines()), len(wanted), "and no other")
    story.check("6 处" in answer.err and len(answer.err.splitlines()) == 1, "their number in the one sentence", answer)
    listed = json.loads(story.run("policy", "import", path, "--json").out)
    story.equal((len(listed["faults"]), listed["more"]), (6, False), "the same as JSON")
    story.equal(story.dump(), before, "and nothing changed")
    one = Workbook(book.write(story.path("one.xlsx")))
    one.put("指标", cap, "很多")
    story.refused(4, "one fault is one sentence", "policy", "import", one.write(story.path("one.xlsx")), holding=cap)


def try_out(story, scored, chosen):
    """What differs and whom it moves, before anybody decides."""
    new = f"{CODE}@2026.2"
    changes = story.must("policy", "diff", CODE, new, "--json").json
    found = {(c["kind"], c["part"], c["code"], c["key"]) for c in changes}
    story.equal(found, {("changed", "general", "", "version"), ("changed", "indicator", chosen["penalty"], "cap"),
                        ("changed", "indicator", chosen["penalty"], "facts"), ("changed", "indicator", chosen["penalty"], "bands"), ("removed", "indicator", chosen["gone"], ""),
                        ("changed", "measures", "C", "rate")}, "what differs")
    text = story.must("--lang", "zh", "policy", "diff", CODE, new).out
    words = f"指标 {chosen['penalty']} {chosen['name']}：封顶 {chosen['cap']} 改为 {chosen['cap'] + 7}"
    story.check(words in text, "in words", text)
    story.check("监管措施 C：抽查比例 " in text, "the rate too", text)
    story.check("No difference" in story.must("policy", "diff", CODE, CODE).out, "none with itself")
    before = story.dump()
    path = story.path("moved.csv")
    answer = story.must("policy", "simulate", new, "--period", "2026-10", "--list", path, "--json").json
    matrix = answer["matrix"]
    story.equal({c: sum(matrix[c].values()) for c in "ABCD"}, scored["classes"], "who is where now")
    moved = sum(n for now, row in matrix.items() for then, n in row.items() if now != then)
    story.equal(answer["changed"], moved, "who moves")
    story.check(moved > 0, "and somebody does", answer)
    with open(path, encoding="utf-8-sig") as file:
        story.equal(len(file.read().splitlines()), moved + 1, "all of them are listed")
    story.must("policy", "simulate", new, "--list", story.path("moved.xlsx"))
    story.check(zipfile.is_zipfile(story.path("moved.xlsx")), "as a workbook too")
    story.equal(story.dump(), before, "and nothing was stored")
    story.refused(2, "a list in no known format", "policy", "simulate", new, "--list", "moved.txt", holding=".csv or .xlsx")
    return answer


def decide(story, foretold):
    """One person proposes, another publishes; the run that follows is as foretold."""
    new = f"{CODE}@2026.2"
    story.refused(3, "nobody proposed it yet", "--as", "李梅", "policy", "publish", new, holding="Nobody proposed")
    story.equal(story.must("--as", "王建国", "policy", "propose", new, "--json").json["proposed_by"], "王建国", "one proposes")
    story.refused(3, "and may not publish", "--as", "王建国", "policy", "publish", new, holding="another person")
    story.equal(story.must("--as", "李梅", "policy", "publish", new, "--json").json["state"], "published", "another publishes")
    story.refused(3, "once", "--as", "李梅", "policy", "publish", new, holding="no draft")
    story.refused(3, "and it stays as it is", "policy", "import", story.path("edited.xlsx"), holding="exists already")
    states = {v["version"]: v["state"] for v in story.must("policy", "list", "--json").json}
    story.equal(states, {"2026.1": "retired", "2026.2": "published"}, "the version before retires")
    scored = story.must("score", "--period", "2026-10", "--json").json
    story.equal(scored["policy"]["version"], "2026.2", "the period is run under it")
    then = {c: sum(row[c] for row in foretold["matrix"].values()) for c in "ABCD"}
    story.equal(scored["classes"], then, "and comes out as foretold")


def side_by_side(story, chosen):
    """Individuals by a policy of their own."""
    story.must("policy", "export", story.path("p.json"))
    with open(story.path("p.json"), encoding="utf-8") as file:
        policy = json.load(file)
    policy.update(code="general-individual", version="1", name="个体工商户", applies_to={"kinds": ["individual"]})
    policy["indicators"] = [i for i in policy["indicators"] if i["code"] in (chosen["penalty"],)]
    with open(story.path("i.json"), "w", encoding="utf-8") as file:
        json.dump(policy, file, ensure_ascii=False)
    warnings = story.must("policy", "check", story.path("i.json"), "--json").json["warnings"]
    story.check({"code": "basic"}.items() <= {k: v for w in warnings for k, v in w.items() if w["code"] == "basic"}.items(),
                "a dimension without indicators is worth a look", warnings)
    story.must("policy", "import", story.path("i.json"))
    story.must("--as", "王建国", "policy", "propose", "general-individual")
    story.must("--as", "李梅", "policy", "publish", "general-individual@1")
    scored = story.must("score", "--period", "2026-10", "--json").json
    story.equal({p["code"] for p in scored["policies"]}, {CODE, "general-individual"}, "two policies in one period")
    story.equal(scored["enterprises"], COUNT, "nobody is left out")
    story.equal(story.must("show", uscc(1), "--json").json["policy"]["code"], "general-individual", "an individual by its own")
    story.equal(story.must("show", uscc(20), "--json").json["policy"]["code"], CODE, "an enterprise by the other")
    story.must("handover", story.path("h.csv"))
    with open(story.path("h.csv"), encoding="utf-8-sig") as file:
        rows = file.read().splitlines()[1:-1]
    story.equal((sum("general-individual,1," in r for r in rows), sum(f"{CODE},2026.2," in r for r in rows)), (10, COUNT - 10),
                "each row is handed over with its policy")


def out_of_force(story):
    """What others score instead goes out of force; what nobody else would score does not."""
    story.refused(3, "enterprises would be left to none", "policy", "retire", CODE, holding="no other general policy")
    story.equal(story.must("policy", "retire", "general-individual@1", "--json").json["state"], "retired", "individuals are left to the other")
    story.refused(3, "once", "policy", "retire", "general-individual@1", holding="not in force")


def journal(story):
    entries = [(e["action"], e["actor"], e["reason"]) for e in reversed(story.must("journal", "show", "--json").json)
               if e["subject"] == f"policy:{CODE}"]
    story.equal([(a, v) for a, _, v in entries],
                [("policy.publish", "2026.1"), ("policy.draft", "2026.2"), ("policy.draft", "2026.2"), ("policy.propose", "2026.2"),
                 ("policy.retire", "2026.1"), ("policy.publish", "2026.2")], "the journal tells it all")
    story.equal([who for a, who, _ in entries if a in ("policy.propose", "policy.publish")][1:], ["王建国", "李梅"], "and who did it")
    story.must("journal", "verify")


def main(story):
    scored = begin(story)
    chosen = choose(story)
    book = edit(story, chosen)
    faults(story, book, chosen)
    path = book.write(story.path("edited.xlsx"))
    story.equal(story.must("policy", "import", path, "--json").json["state"], "draft", "an edited workbook becomes a draft")
    story.equal(story.must("policy", "import", path, "--json").json["id"], 2, "and takes the place of the same one")
    foretold = try_out(story, scored, chosen)
    decide(story, foretold)
    side_by_side(story, chosen)
    out_of_force(story)
    journal(story)


tell(main)
