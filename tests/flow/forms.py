#!/usr/bin/env python3
"""What inspectors take along and bring back: tasks by team, a check form for each household, and the sheet that is filled in
and taken in again as it is."""
import html
import re
import zipfile

from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
LATER = "2026-11-12"
RESULTS = 13  # codes of the forms
CLASS_WORDS = ("风险等级", "信用风险", "A类", "B类", "C类", "D类", "risk class", "Risk class", "score")


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}


def texts(path):
    return [html.unescape(text) for part in parts(path).values() for text in re.findall(r"<t[^>]*>([^<]*)</t>", part)]


def filled(source, target, answers):
    """The workbook with answers typed into cells of its first sheet: {"F3": "2026-11-10", ...}."""
    def cell(match):
        place = match.group(1)
        if place not in answers:
            return match.group(0)
        return f'<c r="{place}"{match.group(2)} t="inlineStr"><is><t>{html.escape(answers[place])}</t></is></c>'
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in book.namelist():
            data = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(r'<c r="([A-Z]+\d+)"([^>]*?)/>', cell, data.decode()).encode()
            copy.writestr(name, data)
    return target


def papers(story):
    plan = story.must("plan", "new", "--title", "食品安全抽查", "--rates", "A=2%,B=4%,C=10%,D=50%", "--matter", "SJ0402,SJ0403",
                      "--json", today=TODAY).json
    number = str(plan["id"])
    story.refused(3, "no forms before the draw", "plan", "forms", number, "--dir", story.path("none"), today=TODAY)
    story.must("plan", "draw", number, "--seed", SEED, today=TODAY)
    files = story.must("plan", "forms", number, "--dir", story.path("bare"), "--json", today=TODAY).json["files"]
    story.equal([file.rsplit(".", 2)[1] for file in files], ["forms", "return"], "without teams there are no tasks")
    story.must("plan", "team", number, today=TODAY)
    files = story.must("plan", "forms", number, "--dir", story.path("out"), "--json", today=TODAY).json["files"]
    by_tail = {file.rsplit(".", 2)[1]: file for file in files}
    plan = story.must("plan", "show", number, "--json", today=TODAY).json
    codes = {unit["uscc"] for unit in plan["units"]}
    for tail, times in (("tasks", 1), ("forms", 1), ("return", 2)):
        found = [text for text in texts(by_tail[tail]) if text in codes]
        story.equal(sorted(found), sorted(code for code in codes for _ in range(times)), f"{tail}: every household, {times} each")
    for tail in ("forms", "return"):
        told = [text for text in texts(by_tail[tail]) if any(word in text for word in CLASS_WORDS)]
        story.equal(told, [], f"{tail}: nothing of classes, as the enterprise sees it")
    story.check(any(word in text for text in texts(by_tail["tasks"]) for word in CLASS_WORDS), "tasks: the house sees them")
    sheet = parts(by_tail["forms"])["xl/worksheets/sheet1.xml"]
    story.equal(len(re.findall("<brk ", sheet)), len(codes) - 1, "each form begins a page")
    lists = set(re.findall(r"<formula1>([^<]*)</formula1>", sheet))
    story.equal(len(lists), 3, "results, methods and follow-ups are offered")
    offered = parts(by_tail["return"])
    story.equal(offered["xl/worksheets/sheet1.xml"].count("<dataValidation "), 3, "so they are on the sheet that comes back")
    story.check("2026-001" in "".join(texts(by_tail["return"])), "which bears the number of the task")
    return number, plan, by_tail["return"]


def back(story, number, plan, sheet):
    story.must("--as", "李审核", "plan", "approve", number, today=TODAY)
    cells = {place: html.unescape(text) for place, text in
             re.findall(r'<c r="([A-Z]+\d+)"[^>]*t="inlineStr"><is><t[^>]*>([^<]*)</t>', parts(sheet)["xl/worksheets/sheet1.xml"])}
    rows = sorted(int(place[1:]) for place, text in cells.items() if place[0] == "C" and text == plan["number"])
    story.equal(len(rows), 2 * len(plan["units"]), "two matters, two rows a household")
    answers = {}
    for row in rows[:-2]:
        answers |= {f"F{row}": "2026-11-10", f"G{row}": "现场检查", f"H{row}": "未发现问题", f"I{row}": "无需后续处置"}
    answers |= {f"H{rows[0]}": "发现问题已责令改正", f"I{rows[0]}": "责令改正", f"J{rows[0]}": "过期食品两袋"}
    target = filled(sheet, story.path("returned.xlsx"), answers)
    tried = story.run("import", "results", target, "--dry-run", "--json", today=LATER).json
    story.equal(tried["inserted"], len(rows) - 2, "trying it out says the same and keeps nothing")
    taken = story.run("import", "results", target, "--rejects", story.path("back.csv"), "--json", today=LATER)
    story.equal((taken.json["inserted"], taken.json["rejected"]), (len(rows) - 2, 2),
                "the sheet goes in as it is, but for the household that was left empty")
    results = story.must("plan", "results", number, "--json", today=LATER).json
    story.check("过期食品两袋" in str(results), "with its notes")
    shown = story.must("plan", "show", number, "--json", today=LATER).json["results"]
    story.equal(shown["missing"], 1, "one household is missing")
    again = story.run("import", "results", target, "--json", today=LATER).json
    story.equal(again["inserted"], 0, "the same sheet again changes nothing")


def counted(story, plan):
    """The statistics of it, with a row for departments that had nothing to do."""
    sums = story.must("plan", "statistics", "--file", story.path("sums.xlsx"), "--json", today=LATER).json
    units = len(plan["units"])
    story.equal((sums["all"]["plans"], sums["all"]["drawn"], sums["all"]["checked"], sums["all"]["found"]), (1, units, units - 1, 1),
                "plans, households, results and problems are counted")
    story.equal(sum(row["drawn"] for row in sums["classes"]), units, "by class")
    idle = [row for row in sums["departments"] if row["plans"] == 0]
    story.check(len(sums["departments"]) > 3 and idle, "departments without tasks keep their row", sums["departments"])
    story.check(0 < sums["estimate"]["share"] < 1 and sums["estimate"]["low"] <= sums["estimate"]["share"], "with an estimate for all")
    told = texts(story.path("sums.xlsx"))
    story.check(idle[0]["name"] in told, "the workbook has them too")
    before = story.must("plan", "statistics", "--from", "2020-01-01", "--to", "2020-12-31", "--json", today=LATER).json
    story.equal((before["all"]["plans"], before["estimate"]), (0, None), "a span without plans has nothing, and says so")


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "400", today=TODAY)
    story.must("score", today=TODAY)
    number, plan, sheet = papers(story)
    back(story, number, plan, sheet)
    counted(story, plan)
    story.must("plan", "void", number, "--reason", "重抽", today=LATER)
    story.refused(3, "a void plan sends nobody", "plan", "forms", number, "--dir", story.path("void"), today=LATER, holding="void")


if __name__ == "__main__":
    tell(main)
