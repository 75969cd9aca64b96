#!/usr/bin/env python3
"""The papers about one enterprise: the page of its explanation adds up to the stored total, folded or not and in closed
periods too; the reminder that goes to the enterprise carries nothing of score and class; both stand in the journal."""
import hashlib
import json
import os
import random
import re
import zipfile
from xml.etree import ElementTree

from story import tell

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
CODE, NAME, VALUE, BEFORE, CUT, POINTS = "A", "B", "C", "H", "I", "J"
# What a reminder must not know, in either language; "class" and "score" stand in no advice.
FORBIDDEN = ("score", "class", "points", "indicator", "weight", "decay", "policy", "INTERNAL", "internal", "得分", "等级",
             "分值", "计分", "总分", "分类", "指标", "权重", "衰减", "封顶", "降级", "内部", "A类", "B类", "C类", "D类", "A 类",
             "B 类", "C 类", "D 类", "低风险", "高风险")
WORDS = {"en": {"points": "Total points", "head": "Code / day", "digest": "Result digest", "mark": "INTERNAL"},
         "zh": {"points": "总分", "head": "编码/日期", "digest": "结果摘要", "mark": "内部参考，不对外公开"}}


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def rows(sheet):
    """The rows of a sheet: column -> text."""
    for row in ElementTree.fromstring(sheet).iterfind(".//m:row", NAMESPACE):
        found = {}
        for cell in row.iterfind("m:c", NAMESPACE):
            value = cell.find("m:v", NAMESPACE)
            text = "".join(part.text or "" for part in cell.iterfind(".//m:t", NAMESPACE))
            text = value.text if value is not None else text
            if text:
                found[re.sub(r"\d", "", cell.get("r"))] = text
        yield found


def hundredths(row, column):
    return round(float(row.get(column, 0)) * 100)


def table(sheet, words):
    """The rows from under the titles to the total, and all rows above."""
    all_rows = list(rows(sheet))
    first = next(i for i, row in enumerate(all_rows) if row.get(CODE) == words["head"])
    last = next(i for i, row in enumerate(all_rows) if i > first and row.get(CODE) == words["points"])
    return all_rows[first + 1:last + 1], all_rows[:first]


def adds_up(lines, shown):
    """Says what does not add up; None when all does."""
    names = {one["name"]: one for one in shown["dimensions"]}
    sums, groups, group = {}, {}, None
    for line in lines[:-1]:
        name = re.split(r" \(|（", line.get(CODE, ""))[0]
        if name in names and BEFORE in line:
            group = name
            groups[group] = line
            sums[group] = 0
        elif POINTS in line:
            if hundredths(line, BEFORE) - hundredths(line, CUT) != hundredths(line, POINTS):
                return f"cut: {line}"
            sums[group] += hundredths(line, POINTS)
    if list(groups) != list(names):
        return f"dimensions {list(groups)}"
    for name, line in groups.items():
        if sums[name] != hundredths(line, BEFORE) or hundredths(line, POINTS) != names[name]["centipoints"]:
            return f"{name}: {sums[name]} {line}"
        if hundredths(line, BEFORE) - hundredths(line, CUT) != hundredths(line, POINTS):
            return f"cut of {name}: {line}"
    total = lines[-1]
    if sum(hundredths(line, POINTS) for line in groups.values()) != hundredths(total, BEFORE):
        return f"total: {total}"
    return None if hundredths(total, POINTS) == shown["centipoints"] else f"{total} is not {shown['centipoints']}"


def names_all(lines, shown):
    """True when every indicator stands there with all its facts, and an event's facts make its points."""
    wanted = {one["code"]: one for one in shown["indicators"]}
    facts, sums, code = {}, {}, None
    for line in lines[:-1]:
        if line.get(CODE) in wanted:
            code = line[CODE]
            facts[code], sums[code] = 0, 0
        elif re.fullmatch(r"\d+", line.get(CODE, "")):  # a day
            facts[code] += 1
            sums[code] += hundredths(line, BEFORE)
    events = [one for one in shown["indicators"] if one["kind"] == "event"]
    return (set(facts) == set(wanted) and all(facts[c] == len(wanted[c]["facts"]) for c in wanted)
            and all(sums[one["code"]] == one["raw"] for one in events))


def check_page(story, code, language, *words):
    shown = story.must("show", code, "--json", *words).json
    path = story.must("--lang", language, "show", code, *words, "--dir", story.path("out"), "--json").json["sheet"]
    story.equal(os.path.basename(path), f"{code}-{shown['period']}.xlsx", f"{code}: named by code and period")
    book = parts(path)
    said = WORDS[language]
    page, head = table(book["xl/worksheets/sheet1.xml"], said)
    what = f"{code} {shown['period']}"
    story.equal(adds_up(page, shown), None, f"{what}: the page adds up to {shown['centipoints']}")
    text = " ".join(value for row in head for value in row.values())
    story.check(all(part in text for part in (shown["name"], code, shown["digest"], shown["policy"]["digest"], said["mark"])),
                f"{what}: the head says whom, by which policy, and that it is internal", text)
    whole = book["xl/worksheets/sheet1.xml"]
    story.check('<pageSetup paperSize="9" orientation="portrait"' in whole and "fitToPage" in whole and
                'fitToHeight="0"' not in whole, f"{what}: one A4 page", re.findall("<pageSetup[^>]*>", whole))
    story.equal(whole.count("<x14:dataBar"), len(shown["dimensions"]), f"{what}: a bar a dimension")
    folded = "xl/worksheets/sheet2.xml" in book
    full = table(book["xl/worksheets/sheet2.xml"], said)[0] if folded else page
    story.equal(adds_up(full, shown), None, f"{what}: in full it adds up")
    if folded:
        story.check(names_all(full, shown), f"{what}: the second sheet names every fact", full)
    else:
        story.equal({line.get(CODE) for line in page} >= {one["code"] for one in shown["indicators"]}, True,
                    f"{what}: nothing is folded, so every indicator is there")
    return folded, shown, path


def check_reminder(story, code, language):
    shown = story.must("show", code, "--json").json
    path = story.path(f"reminder-{code}-{language}.xlsx")
    answer = story.run("--lang", language, "show", code, "--reminder", path, "--json", today="2026-11-22")
    if answer.status == 3:
        story.check(not os.path.exists(path), f"{code}: nothing on record, no letter", answer)
        return None
    book = parts(path)
    everything = "\n".join(book.values())
    told = "\n".join(text for name, text in book.items() if not name.endswith(("styles.xml", "theme1.xml")))
    for row in rows(book["xl/worksheets/sheet1.xml"]):
        told = "\n".join([told, *row.values()])
    written = re.sub(r"<[^>]*>", "\n", told)
    story.equal([word for word in FORBIDDEN if word in written], [], f"{code}: no word of score and class")
    secret = [shown["digest"], shown["policy"]["digest"], shown["policy"]["code"], shown["policy"]["version"]]
    secret += [f"{value / 100:.2f}" for value in (shown["centipoints"], *(d["centipoints"] for d in shown["dimensions"])) if value]
    story.equal([word for word in secret if word in everything], [], f"{code}: no number or digest of it")
    story.check(not re.search(r'state="(veryH|h)idden"|definedName|custom\.xml|dataBar|comment', everything),
                f"{code}: nothing hidden, named or noted", book.keys())
    lines = list(rows(book["xl/worksheets/sheet1.xml"]))
    story.check(not any(value in "ABCD" for row in lines for value in row.values()), f"{code}: no letter of a class", lines)
    listed = [row for row in lines if re.fullmatch(r"\d+", row.get("A", ""))]
    story.equal(len(listed), answer.json["facts"], f"{code}: the facts it says")
    story.check(all(set(row) >= {"A", "B", "D", "E", "F", "G"} for row in listed), f"{code}: each with body, day and advice", listed)
    documents = {fact["document"] for fact in shown["facts"] if fact["status"] == "valid" and fact["type"] != "tip_off"}
    story.equal([row["C"] for row in listed if "C" in row and row["C"] not in documents], [], f"{code}: its own documents alone")
    return path


def check_journal(story, action, code, path):
    with story.connect() as database:
        who, after = database.execute("SELECT actor, after FROM journal WHERE action = ? AND subject = ? ORDER BY id DESC",
                                      (action, f"enterprise:{code}")).fetchone()
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    story.equal([who, json.loads(after)["digest"], json.loads(after)["file"]], ["李梅", digest, os.path.basename(path)],
                f"{action}: who wrote what")
    return json.loads(after)


def check_refusals(story, code, clean):
    before = story.dump()
    story.refused(2, "another ending", "show", code, "--sheet", story.path("page.ods"), holding=".xlsx")
    story.refused(2, "a folder that is not there", "show", code, "--sheet", story.path("none", "page.xlsx"))
    story.refused(2, "two papers at once", "show", code, "--sheet", story.path("a.xlsx"), "--reminder", story.path("b.xlsx"))
    story.refused(2, "a period that was not run", "show", code, "--period", "2025-01", "--sheet", story.path("a.xlsx"))
    story.refused(3, "nothing to remind of", "show", clean, "--reminder", story.path("clean.xlsx"), holding="Nothing")
    story.equal(story.dump(), before, "what is refused leaves nothing in the journal")
    story.check(not [name for name in os.listdir(story.folder) if name.endswith((".xlsx", ".part")) and name[0] in "abc"],
                "nor a file", os.listdir(story.folder))


def choose(story):
    """Codes: the richest breakdowns, some at random, some decided by a direct rule, and one with no fact at all."""
    with story.connect() as database:
        found = database.execute("SELECT e.uscc, r.indicators, r.decided_by, (SELECT count(*) FROM fact f WHERE f.id >> 20 = e.id) "
                                 "FROM result r JOIN enterprise e ON e.id = r.enterprise "
                                 "WHERE r.period = 202611 AND e.uscc IS NOT NULL ORDER BY e.id").fetchall()
    rich = sorted(found, key=lambda row: -len(json.loads(row[1])) - sum(len(one[4]) for one in json.loads(row[1])))[:5]
    direct = [row for row in found if row[2] == "direct"][:2]
    codes = [row[0] for row in rich + direct + random.Random(7).sample(found, 6)]
    return list(dict.fromkeys(codes)), next(row[0] for row in found if row[3] == 0)


def story(story):
    story.must("init")
    story.must("sample", "--enterprises", "400", "--quiet")
    story.must("score", "--period", "2026-10", "--close", today="2026-11-22")
    story.must("score", today="2026-11-22")
    codes, clean = choose(story)
    folds = [check_page(story, code, ("en", "zh")[place % 2])[0] for place, code in enumerate([*codes, clean])]
    story.check(any(folds) and not all(folds), "some pages fold and some do not", folds)
    check_page(story, codes[0], "en", "--period", "2026-10")
    reminders = [check_reminder(story, code, ("en", "zh")[place % 2]) for place, code in enumerate(codes)]
    story.check(any(reminders), "reminders were written", reminders)
    check_refusals(story, codes[0], clean)

    path = story.must("--as", "李梅", "show", codes[0], "--sheet", story.path("page.xlsx"), "--json").json["sheet"]
    check_journal(story, "explanation.export", codes[0], path)
    letter = story.path("letter.xlsx")
    facts = story.must("--as", "李梅", "show", codes[0], "--reminder", letter, "--json").json["facts"]
    after = check_journal(story, "reminder.export", codes[0], letter)
    story.equal([len(after["facts"]), after["for"]], [facts, story.must("show", codes[0], "--json").json["name"]],
                "the journal says for whom, and what was named")

    # a closed period stays, whatever is decided since; a fact that is excluded is reminded of no more
    closed = story.must("show", codes[0], "--period", "2026-10", "--json").json
    fact = after["facts"][0]
    story.must("override", "propose", "exclude-fact", codes[0], "--fact", str(fact), "--status", "revoked", "--reason", "复议撤销",
               "--document", "呼政复〔2026〕3号", "--until", "2027-12-31", today="2026-11-22")
    story.must("--as", "古丽娜尔", "override", "approve", "1", today="2026-11-22")
    again = story.must("show", codes[0], "--period", "2026-10", "--json").json
    story.equal(again["digest"], closed["digest"], "the digest of a closed period stays")
    check_page(story, codes[0], "zh", "--period", "2026-10")
    check_page(story, codes[0], "zh")
    story.must("show", codes[0], "--reminder", letter, today="2026-11-22")
    with story.connect() as database:
        last = database.execute("SELECT after FROM journal WHERE action = 'reminder.export' ORDER BY id DESC").fetchone()[0]
    story.check(fact not in json.loads(last)["facts"], "what is excluded is reminded of no more", last)


tell(story)
