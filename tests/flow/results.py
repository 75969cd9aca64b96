#!/usr/bin/env python3
"""Results of a plan: drawn, approved, results entered and taken in, facts and classes at once, what is due, closed."""
import json

import sheets
from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
LATER = "2026-11-12"
MATTER = "食品销售监督检查"
GRAVE = "公示信息隐瞒真实情况弄虚作假"
FINE = "未发现问题"
HEADER = "企业名称 统一社会信用代码 任务编号 检查事项 检查人员 检查完成日期 检查方式 检查结果 后续处理 备注".split()


def rows(story, query, *values):
    with story.connect() as database:
        return database.execute(query, values).fetchall()


def units(story, plan="1"):
    return story.must("plan", "show", plan, "--json", today=LATER).json["units"]


def entry(plan, code, **said):
    words = {"result": FINE, "method": "现场检查", "completed-on": "2026-11-10", "follow-up": "无需后续处置"}
    words.update({key.replace("_", "-"): value for key, value in said.items()})
    return ["plan", "result", plan, code] + [part for key, value in words.items() if value is not None for part in (f"--{key}", value)]


def fact_status(story, code):
    return rows(story, "SELECT f.status FROM fact f JOIN enterprise e ON e.id = f.id >> 20 WHERE f.type = 7 AND "
                "f.occurred_on = 20261110 AND e.uscc = ?", code)


def make(story):
    story.must("plan", "new", "--title", "年报抽查", "--rates", "A=3%,B=3%,C=10%,D=50%", "--matter", MATTER,
               "--to", "2026-11-10", today=TODAY)
    story.must("plan", "draw", "1", "--seed", SEED, today=TODAY)
    story.must("plan", "team", "1", today=TODAY)
    code = units(story)[0]["uscc"]
    story.refused(3, "before the approval there are no results", *entry("1", code), today=LATER, holding="2026-001")
    story.must("plan", "approve", "1", "--as", "李审核", today=TODAY)
    story.equal({unit["result"] for unit in units(story)}, {None}, "an approved plan has no results yet")
    early = story.must(*entry("1", code, result=GRAVE, completed_on="2026-11-01", follow_up="责令改正"), "--json", today="2026-11-01").json
    story.equal((early["counted"], early["after"]), (False, early["before"]), "the month that is over is not moved by what came after it")
    story.must("plan", "result", "1", code, "--withdraw", "--reason", "试录", today="2026-11-01")
    story.must("score", today=LATER)


def entered(story):
    """A result becomes a fact, and the class follows at once."""
    drawn = units(story)
    low = next(unit for unit in drawn if unit["class"] == "A")
    before = story.must("show", low["uscc"], "--json", today=LATER).json
    answer = story.must(*entry("1", low["uscc"], result=GRAVE, follow_up="移送办案机构", note="年报数据不实"), "--json", today=LATER).json
    after = story.must("show", low["uscc"], "--json", today=LATER).json
    story.equal((answer["outcome"], answer["counted"], answer["before"]["class"], answer["after"]["class"]),
                ("inserted", True, before["final_class"], after["final_class"]), "the answer says how the class moves")
    story.check(after["final_class"] > before["final_class"] and after["centipoints"] > before["centipoints"],
                "a grave result raises score and class at once", (before["centipoints"], after["centipoints"]))
    facts = [fact for fact in after["facts"] if fact["type"] == "inspection" and fact["occurred_on"] == "2026-11-10"]
    story.equal([fact["level"] for fact in facts], [3], "the result is one fact, as grave as the codes say")
    result = after["results"][-1]
    names = dict(rows(story, "SELECT number, name FROM inspector"))
    story.equal((result["result"], result["matter"], result["inspectors"], result["note"]),
                (GRAVE, MATTER, "、".join(names[one] for one in low["team"]), "年报数据不实"),
                "it names the plan's matter and, when nobody says who went, the team")
    journal = json.loads(rows(story, "SELECT after FROM journal WHERE action = 'plan.result' ORDER BY id DESC")[0][0])
    story.equal((journal["result"], journal["completed_on"]), (GRAVE, "2026-11-10"), "the journal tells the result")
    again = story.must(*entry("1", low["uscc"], result=GRAVE, follow_up="移送办案机构", note="年报数据不实"), "--json", today=LATER).json
    story.equal(again["outcome"], "unchanged", "told again it changes nothing")
    story.equal(len(rows(story, "SELECT 1 FROM journal WHERE action = 'plan.result'")), 2, "and is not journalled again")
    back = story.must(*entry("1", low["uscc"], result="no_problem", method="on_site"), "--json", today=LATER).json
    story.equal((back["outcome"], back["after"]["class"]), ("updated", before["final_class"]), "corrected, the class goes back")
    told = rows(story, "SELECT before, after FROM journal WHERE action = 'plan.result' ORDER BY id DESC LIMIT 1")[0]
    story.equal([json.loads(one)["result"] for one in told], [GRAVE, FINE], "with before and after in the journal")
    story.equal(rows(story, "SELECT note FROM inspection_result"), [(None,)], "what a correction does not say is gone")
    story.must(*entry("1", low["uscc"], result=GRAVE, follow_up="移送办案机构"), today=LATER)
    return low["uscc"]


def withdrawn(story, code):
    story.refused(2, "taking back needs a reason", "plan", "result", "1", code, "--withdraw", today=LATER, holding="reason")
    gone = story.must("plan", "result", "1", code, "--withdraw", "--reason", "录错企业", "--json", today=LATER).json
    story.check(gone["outcome"] == "withdrawn" and gone["after"]["class"] < gone["before"]["class"], "taken back, the class goes back", gone)
    story.equal(fact_status(story, code), [(3,)], "its fact stays as erroneous")
    story.equal(rows(story, "SELECT count(*) FROM inspection_result"), [(0,)], "and the result is gone")
    story.refused(2, "what is not there cannot be taken back", "plan", "result", "1", code, "--withdraw", "--reason", "重复",
                  today=LATER, holding="no result")
    story.must(*entry("1", code, result=GRAVE, follow_up="移送办案机构"), today=LATER)
    story.equal(fact_status(story, code), [(0,)], "told again its fact is valid again")


def refused(story, code):
    before = story.dump()
    drawn = {unit["uscc"] for unit in units(story)}
    other = next(one for one, in rows(story, "SELECT uscc FROM enterprise WHERE uscc IS NOT NULL") if one not in drawn)
    for words, status, what, holding in [
        (entry("1", other), 3, "a household that was not drawn has no result", "drew"),
        (entry("1", "91652323MA0000000X"), 2, "nor one that there is not", ""),
        (entry("1", code, matter="餐饮服务监督检查"), 3, "the plan does not inspect another matter", MATTER),
        (entry("1", code, result="还行"), 2, "a result is one of the list", FINE),
        (entry("1", code, method="看了看"), 2, "so is the method", "书面检查"),
        (entry("1", code, follow_up="再说"), 2, "so is the follow-up", "抄告相关部门"),
        (entry("1", code, result=None), 2, "the result has to be said", "result"),
        (entry("1", code, method=None), 2, "so has the method", "method"),
        (entry("1", code, follow_up=None), 2, "so has the follow-up", "follow-up"),
        (entry("1", code, completed_on=None), 2, "so has the day", "day"),
        (entry("1", code, completed_on="2026-10-30"), 2, "nobody inspects before the draw", "2026-10-31"),
        (entry("1", code, completed_on="2026-11-13"), 2, "nor tomorrow", "2026-11-12"),
        (entry("1", code, result="发现问题待后续处理"), 2, "what is to be dealt with is not closed at once", "无需后续处置"),
        (["plan", "result", "1"], 2, "the household has to be named", "household"),
    ]:
        story.refused(status, what, *words, today=LATER, holding=holding)
    story.equal(story.dump(), before, "and nothing of all that is kept")


def returned(story):
    """The form that comes back, with title rows above its header, has the same effect as entry."""
    path = story.path("检查结果返回表.xlsx")

    def write(lines):
        with open(path, "wb") as file:
            file.write(sheets.workbook([("检查结果", [["2026年年报抽查检查结果"], ["内部参考，不对外公开"], HEADER, *lines])],
                                       merged=["A1:J1", "A2:J2"]))

    drawn = {unit["uscc"]: unit for unit in units(story)}
    open_ones = [unit for unit in drawn.values() if unit["result"] is None]
    one, two, three = open_ones[:3]
    other = next((code, name) for code, name in rows(story, "SELECT uscc, name FROM enterprise WHERE uscc IS NOT NULL") if code not in drawn)
    code = rows(story, "SELECT code FROM matter WHERE title = ?", MATTER)[0][0]

    def line(name, uscc, result, **said):
        row = dict(zip(HEADER, [name, uscc, "2026-001", MATTER, "王五、赵六", "2026-11-11", "书面检查", result, "无需后续处置", ""]))
        row.update(said)
        return [row[column] for column in HEADER]

    write([line(one["name"], one["uscc"], GRAVE, 后续处理="责令改正"),
           line(two["name"], two["uscc"], FINE, 检查事项=code, 检查人员=""),
           line(three["name"], three["uscc"], FINE, 检查完成日期="2026-10-01"),
           line(other[1], other[0], FINE),
           line(three["name"], three["uscc"], FINE, 检查事项="餐饮服务监督检查"),
           line(three["name"], three["uscc"], "发现问题待后续处理")])
    answer = story.run("import", "results", path, "--rejects", story.path("退回.csv"), "--json", today=LATER)
    story.check(answer.status == 1 and answer.json["inserted"] == 2 and answer.json["reasons"] == {"plan": 4},
                "rows that the plan cannot have are handed back", answer)
    back = open(story.path("退回.csv"), encoding="utf-8-sig").read()
    for word in ("2026-10-31", other[1], MATTER, "contradicts"):
        story.check(word in back, f"with a sentence: {word}", back)
    now = {unit["uscc"]: unit["result"] for unit in units(story)}
    story.equal((now[one["uscc"]], now[two["uscc"]], now[three["uscc"]]), (GRAVE, FINE, None), "the others are results of their households")
    shown = story.must("show", one["uscc"], "--json", today=LATER).json
    story.check([f["level"] for f in shown["facts"] if f["type"] == "inspection" and f["occurred_on"] == "2026-11-11"] == [3]
                and shown["final_class"] > one["class"], "a result taken in is a fact and moves the class like one entered", shown["final_class"])
    entered_again = story.must(*entry("1", two["uscc"], method="书面检查", completed_on="2026-11-11"), "--json", today=LATER).json
    story.equal(entered_again["outcome"], "unchanged", "the same told by hand is the same result")
    story.equal(story.run("import", "results", path, "--rejects", story.path("退回.csv"), "--json", today=LATER).json["unchanged"], 2,
                "the same form again changes nothing")


def due(story, code):
    listed = story.must("plan", "results", "1", "--json", today=LATER).json
    first = next(unit for unit in listed["units"] if unit["uscc"] == code)
    story.equal((first["due"], first["due_certain"], first["open"]), ("2026-12-08", True, True),
                "twenty working days after the tenth of November it is due, and its case is open")
    total = listed["results"]
    story.equal((total["in"], total["missing"], total["open"], total["unpublished"], total["overdue"], total["due_next"]),
                (3, total["units"] - 3, 2, 3, 0, "2026-12-08"), "the sum says what is in, missing and due")
    story.equal(total["late"], total["missing"], "past the plan's last day what is missing is late")
    story.equal(len(story.must("plan", "results", "1", "--only", "missing", "--json", today=LATER).json["units"]), total["missing"],
                "those without a result are listed alone")
    story.refused(2, "a choice that is none", "plan", "results", "1", "--only", "some", today=LATER, holding="missing")
    total = story.must("plan", "show", "1", "--json", today="2026-12-09").json["results"]
    story.equal((total["overdue"], total["unpublished"]), (1, 3), "a day after, one is overdue")
    printed = story.must("plan", "show", "1", "--lang", "zh", today=LATER).out
    story.check("2026-12-08" in printed, "the day stands in the list for people", printed[:400])
    story.refused(2, "a notice comes out when it is out", "plan", "publish", "1", "--on", "2026-11-13", today=LATER, holding="2026-11-13")
    story.equal(story.must("plan", "publish", "1", "--on", "2026-11-10", "--json", today=LATER).json["results"], 1,
                "a notice holds what was completed by then")
    story.equal(story.must("plan", "publish", "1", "--json", today=LATER).json["results"], 2, "the next the others")
    story.refused(3, "and then nothing waits", "plan", "publish", "1", today=LATER, holding="waits")
    story.equal(story.must("plan", "show", "1", "--json", today="2026-12-09").json["results"]["overdue"], 0, "what is public is not overdue")
    story.must(*entry("1", code, result="发现问题已责令改正", follow_up="责令改正"), today=LATER)
    total = story.must("plan", "show", "1", "--json", today=LATER).json["results"]
    story.equal((total["unpublished"], total["due_next"]), (1, "2026-12-08"), "a corrected result is to be made public again")


def followed(story, code):
    story.refused(2, "a follow-up says what came of it", "plan", "follow-up", "1", code, today=LATER, holding="outcome")
    story.refused(2, "it does not come before the inspection", "plan", "follow-up", "1", code, "--on", "2026-11-09", "--outcome", "已改",
                  today=LATER, holding="2026-11-10")
    fine = next(unit["uscc"] for unit in units(story) if unit["result"] == FINE)
    story.refused(3, "where nothing is to follow the case is closed", "plan", "follow-up", "1", fine, "--outcome", "已改", today=LATER,
                  holding="closed")
    missing = next(unit["uscc"] for unit in units(story) if unit["result"] is None)
    story.refused(2, "without a result there is no case", "plan", "follow-up", "1", missing, "--outcome", "已改", today=LATER, holding="no result")
    story.must("plan", "follow-up", "1", code, "--on", "2026-11-12", "--document", "呼市监责改〔2026〕9号", "--outcome", "已补报年报",
               today=LATER)
    one = next(unit for unit in story.must("plan", "results", "1", "--json", today=LATER).json["units"] if unit["uscc"] == code)
    story.equal((one["open"], one["followed_outcome"], one["followed_document"]), (False, "已补报年报", "呼市监责改〔2026〕9号"),
                "followed up, the case is closed and says how")


def replaced(story):
    """A household that another stands in for needs no result, and takes none."""
    before = story.must("plan", "results", "1", "--json", today=LATER).json
    gone = next(unit for unit in before["units"] if unit["result"] is None)
    story.must("plan", "replace", "1", gone["uscc"], "--reason", "已注销", today=LATER)
    after = story.must("plan", "results", "1", "--json", today=LATER).json
    story.equal(after["results"]["units"], before["results"]["units"], "the replacement takes the place of the one it stands in for")
    came = {unit["uscc"] for unit in after["units"]} - {unit["uscc"] for unit in before["units"]}
    story.check(len(came) == 1 and gone["uscc"] not in {unit["uscc"] for unit in after["units"]}, "in the list of results as well", came)
    story.refused(3, "who was replaced has no result", *entry("1", gone["uscc"]), today=LATER, holding=came.copy().pop())
    path = story.write("已替换.csv", HEADER, [[gone["name"], gone["uscc"], "2026-001", MATTER, "", "2026-11-11", "现场检查", FINE, "无需后续处置", ""]])
    answer = story.run("import", "results", path, "--json", today=LATER)
    story.equal(answer.json["reasons"], {"plan": 1}, "nor from a file")


def closed(story, code):
    missing = [unit["uscc"] for unit in story.must("plan", "results", "1", "--only", "missing", "--json", today=LATER).json["units"]]
    batch = rows(story, "SELECT max(id) FROM batch WHERE kind = 'results' AND rows_inserted > 0")[0][0]
    story.refused(3, "results that are public are not undone with their file", "batch", "undo", str(batch), today=LATER, holding="2026-001")
    story.refused(3, "without every result a plan is not closed", "plan", "close", "1", today=LATER, holding=str(len(missing)))
    story.refused(3, "one reason is not enough for all", "plan", "close", "1", "--missing", f"{missing[0]}=拆迁", today=LATER,
                  holding=str(len(missing) - 1))
    story.refused(3, "a result needs no reason", "plan", "close", "1", "--missing", f"{code}=拆迁", "--reason", "其余因天气未检",
                  today=LATER, holding="has its result")
    story.refused(2, "a reason has its form", "plan", "close", "1", "--missing", "拆迁", today=LATER, holding="--missing")
    story.refused(2, "and is said", "plan", "close", "1", "--missing", f"{missing[0]}=", "--reason", "其余", today=LATER, holding="reason")
    answer = story.must("plan", "close", "1", "--missing", f"{missing[0]}=经营场所拆迁", "--reason", "大雪封路未能检查", "--json", today=LATER).json
    story.equal(answer["state"], "CLOSED", "with reasons it is")
    reasons = dict(rows(story, "SELECT unit, missing_reason FROM plan_unit WHERE missing_reason IS NOT NULL"))
    story.check(reasons.pop(missing[0]) == "经营场所拆迁" and set(reasons) == set(missing[1:]) and set(reasons.values()) == {"大雪封路未能检查"},
                "every reason stays with its household", reasons)
    kept = json.loads(rows(story, "SELECT after FROM journal WHERE action = 'plan.close'")[0][0])
    story.equal((kept["missing"], len(kept["reasons"])), (len(missing), len(missing)), "and in the journal")
    told = story.must("plan", "journal", "1", today=LATER).out
    for words in (f"The result of {code} is: {GRAVE}, completed on 2026-11-10.", f"The result of {code} was taken back.",
                  "followed up on 2026-11-12: 已补报年报.", "2 results were made public on 2026-11-12.", f"{len(missing)} have no result."):
        story.check(words in told, f"the life of the plan tells: {words}", told)
    before = story.dump()
    story.refused(3, "a closed plan takes no result", *entry("1", missing[0]), today=LATER, holding="closed")
    story.refused(3, "changes none", *entry("1", code), today=LATER, holding="closed")
    story.refused(3, "gives none up", "plan", "result", "1", code, "--withdraw", "--reason", "错", today=LATER, holding="closed")
    story.refused(3, "and is not closed twice", "plan", "close", "1", today=LATER)
    story.equal(story.dump(), before, "nothing of that is kept")
    name = rows(story, "SELECT name FROM plan_unit WHERE unit = ?", missing[0])[0][0]
    path = story.write("迟到.csv", HEADER, [[name, missing[0], "2026-001", MATTER, "", "2026-11-12", "现场检查", FINE, "无需后续处置", ""]])
    late = story.run("import", "results", path, "--json", today=LATER)
    story.check(late.status == 1 and late.json["reasons"] == {"plan": 1}, "nor does it take one from a file", late)
    with story.connect() as database:
        try:
            database.execute("UPDATE inspection_result SET result = ?", (FINE,))
            story.check(False, "the database itself keeps the results of a closed plan")
        except Exception as error:
            story.check("closed" in str(error), "the database itself keeps the results of a closed plan", error)
    story.equal(story.must("plan", "publish", "1", "--json", today=LATER).json["results"], 1, "its notice may still come out")
    story.must("journal", "verify", today=LATER)
    story.must("doctor", today=LATER)


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "400", today=TODAY)
    story.must("score", today=TODAY)
    make(story)
    code = entered(story)
    withdrawn(story, code)
    refused(story, code)
    returned(story)
    due(story, code)
    followed(story, code)
    replaced(story)
    closed(story, code)


if __name__ == "__main__":
    tell(main)
