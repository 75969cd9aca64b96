#!/usr/bin/env python3
"""The plan of a year: tasks, batches that become plans, a class that changes in mid-year, every refusal, the workbook."""
import json
import os
import zipfile
from fractions import Fraction

from story import tell

SEED = "01382438112797316654"
START = "2026-01-04"
MAKER = ("--as", "王建国")
OTHER = ("--as", "李敏")
RATES = "A=2%,B=10%,C=50%x2,D=100%x4"
VISITS = {"A": Fraction(1, 50), "B": Fraction(1, 10), "C": Fraction(1), "D": Fraction(4)}


def rows(story, query, *values):
    with story.connect() as database:
        return database.execute(query, values).fetchall()


def day_of(month):
    return f"2026-{month:02d}-05"


def annual(story, *words, today=START):
    return story.must(*MAKER, "annual", *words, "--json", today=today).json


def made(story):
    story.refused(2, "an annual plan has a title", "annual", "new", "--year", "2026", today=START, holding="title")
    story.refused(2, "and a year", "annual", "new", "--year", "1990", "--title", "甲", today=START, holding="1990")
    plan = annual(story, "new", "--year", "2026", "--title", "2026年度抽查计划")
    story.equal((plan["state"], plan["tasks"], plan["year"]), ("DRAFT", 0, 2026), "an annual plan begins as a draft without tasks")
    story.refused(3, "without a task it is not published", *OTHER, "annual", "publish", "1", today=START, holding="no task")
    task = ("annual", "task", "1")
    story.refused(2, "a task has a title", *task, today=START, holding="title")
    story.refused(2, "months are two numbers", *task, "--title", "甲", "--months", "x", today=START, holding="--months")
    story.refused(2, "the last month does not come before the first", *task, "--title", "甲", "--months", "9-3", today=START,
                  holding="month 9 to month 3")
    story.refused(2, "there is no month 13", *task, "--title", "甲", "--months", "1-13", today=START, holding="13")
    story.refused(2, "batches are by month or quarter", *task, "--title", "甲", "--batches", "week", today=START, holding="week")
    story.refused(2, "a rate is no rate", *task, "--title", "甲", "--rates", "A=1%,B=5%,C=20%,D=120%", today=START,
                  holding="120%")
    story.refused(2, "no class may be left out", *task, "--title", "甲", "--rates", "A=1%,B=5%,C=20%", today=START, holding="D")
    story.refused(2, "behind x stands a number", *task, "--title", "甲", "--rates", "A=1%xy,B=5%,C=20%,D=1%", today=START,
                  holding="behind x")
    story.refused(2, "the policy's frequency is a ceiling", *task, "--title", "甲", "--rates", "A=1%x2,B=5%,C=20%,D=1%", today=START,
                  holding="allows 1")
    story.refused(2, "more rounds than batches cannot be", *task, "--title", "甲", "--months", "1-3", today=START,
                  holding="3 batches")
    story.refused(2, "nor more than the task's cap", *task, "--title", "甲", "--cap", "3", today=START, holding="cap of 3")
    story.refused(2, "a cap is a number", *task, "--title", "甲", "--cap", "0", today=START)
    plan = annual(story, "task", "1", "--title", "双随机综合抽查", "--rates", RATES, "--department", "信用监管股", "--matter", "公示信息检查")
    plan = annual(story, "task", "1", "--title", "批发零售抽查", "--industry", "F", "--rates", "A=1%,B=2%,C=4%,D=8%", "--batches", "quarter",
                  "--months", "3-11", "--partners", "卫生健康委、消防救援大队", "--department", "食品股")
    annual(story, "task", "1", "--title", "多余")
    plan = annual(story, "drop", "1", "3")
    story.equal([task["title"] for task in plan["tasks"]], ["双随机综合抽查", "批发零售抽查"], "a task can be taken out of a draft")
    answer = story.run(*MAKER, "annual", "drop", "1", "3", today=START)
    story.check(answer.status != 0 and "no task 3" in answer.err, "one that is not there cannot", answer)
    story.equal([(b["first_month"], b["last_month"]) for b in plan["tasks"][1]["batches"]], [(3, 3), (4, 6), (7, 9), (10, 11)],
                "quarters are those of the year")
    return plan


def scheduled(story, plan):
    for task in plan["tasks"]:
        for risk_class, share in task["shares"].items():
            due = Fraction(share["rate"]["num"], share["rate"]["den"]) * share["times"] * task["base"][risk_class]
            planned = sum(batch["planned_by_class"][risk_class] for batch in task["batches"])
            story.check(abs(planned - due) <= Fraction(1, 2), f"{task['title']} {risk_class}: the batches sum to what is due",
                        (planned, float(due)))
    calendar = annual(story, "calendar", "1")
    story.equal(sum(calendar["planned"]), plan["planned"], "the months sum to the year")
    task = plan["tasks"][0]
    per_day = [batch["planned"] / batch["working_days"] for batch in task["batches"]]
    story.check(max(per_day) - min(per_day) < 0.15, "the load a working day is even", per_day)


def published(story):
    story.refused(3, "a draft's batches are not drafted", *MAKER, "annual", "draft", "1", "--month", "2026-01", today=START,
                  holding="published")
    story.refused(3, "its maker does not publish it", *MAKER, "annual", "publish", "1", today=START)
    shown = story.must(*OTHER, "annual", "publish", "1", "--json", today=START).json
    story.equal((shown["state"], shown["published_by"]), ("PUBLISHED", "李敏"), "another person does")
    story.refused(3, "once", *OTHER, "annual", "publish", "1", today=START)
    story.refused(3, "then tasks stand", *MAKER, "annual", "task", "1", "--title", "乙", today=START, holding="published")
    story.refused(3, "and are not taken out", *MAKER, "annual", "drop", "1", "1", today=START)


def drafted(story):
    story.refused(2, "a month is written as one", "annual", "draft", "1", "--month", "April", today=START, holding="April")
    story.refused(2, "and lies in the plan's year", "annual", "draft", "1", "--month", "2027-01", today=START, holding="2027-01")
    answer = annual(story, "draft", "1", "--month", "2026-01")
    story.equal((answer["made"], answer["there"]), (1, 0), "January has a batch of the monthly task alone")
    before = story.dump()
    answer = annual(story, "draft", "1", "--month", "2026-01")
    story.equal((answer["made"], answer["there"]), (0, 1), "a second call makes nothing")
    story.equal(story.dump(), before, "and changes nothing")
    story.refused(3, "the next batch waits for the draw of this one", "annual", "draft", "1", "--month", "2026-02", today=START,
                  holding="not drawn yet")
    plan = story.must("plan", "show", "1", "--json", today=START).json
    rates = {rule["class"]: Fraction(rule["rate"]["num"], rule["rate"]["den"]) for rule in plan["measures"]["classes"]}
    story.equal(rates["D"], Fraction(21, 21 + 16 + 22), "class D draws the working days' part of its quarter")
    story.must("plan", "void", "1", "--reason", "名单有误", today=START)
    story.equal(annual(story, "draft", "1", "--month", "2026-01")["made"], 1, "a batch whose plan is void is drafted again")


def draw_month(story, month):
    answer = annual(story, "draft", "1", "--month", f"2026-{month:02d}", today=day_of(month))
    for (plan,) in rows(story, "SELECT id FROM plan WHERE state = 'DRAFT' ORDER BY id"):
        story.must("plan", "draw", str(plan), "--seed", f"{month:02d}{plan:02d}382438112797316654", today=day_of(month))
    return answer


def settled(story):
    """In April both tasks have a batch: the second frame waits for the first draw."""
    annual(story, "draft", "1", "--month", "2026-04", today=day_of(4))
    first, second = [str(one) for one, in rows(story, "SELECT id FROM plan WHERE state = 'DRAFT' ORDER BY id")]
    story.must("plan", "frame", first, today=day_of(4))
    story.refused(3, "a batch is not frozen while another plan of its scope waits for its draw", "plan", "frame", second, today=day_of(4),
                  holding="frozen and not drawn yet")
    story.must("plan", "draw", first, "--seed", SEED, today=day_of(4))
    story.must("plan", "draw", second, "--seed", SEED, today=day_of(4))


def escalated(story):
    """Three enterprises of class A that were not drawn come to D in mid-year."""
    with story.connect() as database:
        chosen = database.execute(
            "SELECT e.id, e.uscc FROM enterprise e JOIN result r ON r.enterprise = e.id WHERE r.period = 202606 AND "
            "r.final_class = 'A' AND e.uscc IS NOT NULL AND e.status = 'open' AND NOT EXISTS "
            "(SELECT 1 FROM plan_unit u WHERE u.enterprise = e.id) ORDER BY e.id LIMIT 3").fetchall()
    story.equal(len(chosen), 3, "there are enterprises of class A that were not drawn")
    before = {one["class"]: one for one in annual(story, "outlook", "1", today="2026-06-28")["tasks"][0]["classes"]}
    for _, uscc in chosen:
        override = story.must("--as", "甲", "override", "propose", "set-class", uscc, "--class", "D", "--reason", "群众反映强烈", "--document",
                              "呼市监〔2026〕9号", "--json", today="2026-06-28").json
        story.must("--as", "乙", "override", "approve", str(override["id"]), today="2026-06-28")
    after = {one["class"]: one for one in annual(story, "outlook", "1", today="2026-06-28")["tasks"][0]["classes"]}
    story.equal(after["D"]["now"] - before["D"]["now"], 3, "the outlook counts them")
    story.equal(after["D"]["moved_in"] - before["D"]["moved_in"], 3, "as moved in")
    story.equal(after["A"]["moved_out"] - before["A"]["moved_out"], 3, "and out of where they were")
    story.equal(after["D"]["left_thousandths"] - before["D"]["left_thousandths"], 3 * 1000 * 2,
                "each is due once in each of the two rounds that are left")
    return [one for one, _ in chosen]


def year_drawn(story):
    moved = []
    for month in range(1, 13):
        story.must("score", "--period", f"2026-{month:02d}", today=day_of(month))
        if month == 6:
            draw_month(story, month)
            moved = escalated(story)
        elif month == 4:
            settled(story)
        else:
            draw_month(story, month)
    visits = dict(rows(story, "SELECT u.enterprise, count(*) FROM plan_unit u JOIN plan p ON p.id = u.plan WHERE p.state = 'DRAWN' "
                              "GROUP BY u.enterprise"))
    ends = dict(rows(story, "SELECT enterprise, final_class FROM result WHERE period = 202612"))
    starts = dict(rows(story, "SELECT enterprise, final_class FROM result WHERE period = 202601"))
    gone = {one for one, in rows(story, "SELECT id FROM enterprise WHERE status IN ('cancelled', 'revoked', 'withdrawn', 'moved_out') "
                                        "OR coalesce(uscc, registration_number, '') = ''")}
    stayed = [one for one, c in ends.items() if starts.get(one) == c and one not in gone]
    always_d = [one for one in stayed if ends[one] == "D"]
    story.check(always_d and all(visits.get(one, 0) == 4 for one in always_d), "who was of class D all year was drawn four times",
                [visits.get(one, 0) for one in always_d])
    story.check(all(visits.get(one, 0) >= 2 for one in moved), "who came to D in mid-year was drawn in both rounds left",
                [visits.get(one, 0) for one in moved])
    caps = {"A": 1, "B": 1, "C": 2, "D": 4}
    over = [one for one in stayed if visits.get(one, 0) > caps[ends[one]]]
    story.equal(over, [], "nobody was drawn more often than its class may be")
    over = rows(story, "SELECT u.enterprise, p.id FROM plan_unit u JOIN plan p ON p.id = u.plan JOIN plan_unit o ON "
                       "o.enterprise = u.enterprise JOIN plan q ON q.id = o.plan AND q.id < p.id GROUP BY u.plan, u.enterprise "
                       "HAVING count(*) >= CASE u.class WHEN 'A' THEN 1 WHEN 'B' THEN 1 WHEN 'C' THEN 2 ELSE 4 END")
    story.equal(over, [], "at no draw, whichever plan drew")
    for risk_class in "BC":
        drawn = rows(story, "SELECT count(*) FROM annual_batch b JOIN plan_unit u ON u.plan = b.plan JOIN plan p ON p.id = b.plan "
                            "WHERE p.state <> 'VOID' AND b.task = 1 AND u.class = ?", risk_class)[0][0]
        mean = rows(story, "SELECT count(*) / 12.0 FROM result WHERE period / 100 = 2026 AND final_class = ?", risk_class)[0][0]
        due = float(VISITS[risk_class]) * mean
        story.check(abs(drawn - due) <= 4 + 0.2 * due, f"class {risk_class} comes to what was due of it over the year", (drawn, due))
    plan = story.must("plan", "show", str(rows(story, "SELECT max(id) FROM plan")[0][0]), "--json", today="2026-12-30").json
    story.check(plan["excluded"].get("round_done", 0) > 0, "the frame says how many were left out for their round", plan["excluded"])


def exported(story):
    files = annual(story, "export", "1", "--dir", story.path("out"), today="2026-12-30")["files"]
    story.equal([os.path.basename(file) for file in files], ["annual-2026-1.xlsx"], "the workbook is named after year and number")
    with zipfile.ZipFile(files[0]) as book:
        texts = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
    for words in ("双随机综合抽查", "公示信息检查", "卫生健康委、消防救援大队", "食品股", "PUBLISHED by 李敏", "NOT FOR PUBLICATION"):
        story.check(words in texts, f"it says {words}", texts[:200])
    idle = [one for one, in rows(story, "SELECT DISTINCT department FROM inspector WHERE department NOT IN ('信用监管股', '食品股')")]
    story.check(idle and all(one in texts for one in idle), "departments without a task keep their row", idle)
    entry = json.loads(rows(story, "SELECT after FROM journal WHERE action = 'annual.export'")[0][0])
    story.check("annual-2026-1.xlsx" in entry["files"], "the journal keeps its digest")


def voided(story):
    story.refused(2, "a plan is voided for a reason", "annual", "void", "1", today="2026-12-30", holding="reason")
    story.equal(annual(story, "void", "1", "--reason", "上级计划已调整", today="2026-12-30")["state"], "VOID", "then it is void")
    story.refused(3, "once", "annual", "void", "1", "--reason", "再次", today="2026-12-30", holding="already")
    story.refused(3, "and no batch is drafted any more", "annual", "draft", "1", "--month", "2026-12", today="2026-12-30", holding="void")
    story.must("journal", "verify", today="2026-12-30")


def later_first(story):
    annual(story, "new", "--year", "2026", "--title", "补充计划")
    annual(story, "task", "2", "--title", "专项", "--rates", RATES)
    story.must(*OTHER, "annual", "publish", "2", today=START)
    annual(story, "draft", "2", "--month", "2026-04")
    story.refused(3, "an earlier batch is not drafted behind a later one", "annual", "draft", "2", "--month", "2026-01", today=START,
                  holding="later batch")
    annual(story, "new", "--year", "2026", "--title", "一季度计划")
    annual(story, "task", "3", "--title", "专项", "--rates", "A=1%,B=1%,C=1%,D=1%", "--months", "1-3")
    story.must(*OTHER, "annual", "publish", "3", today=START)
    answer = story.run("annual", "draft", "3", "--month", "2026-05", today=START)
    story.check("no batch in 2026-05" in answer.err and answer.status != 0, "a month without a batch is said so", answer)
    answer = story.run("annual", "show", "9", today=START)
    story.check("no annual plan 9" in answer.err and answer.status != 0, "as is a plan that is not there", answer)
    story.equal([one["id"] for one in annual(story, "list")], [3, 2, 1], "the list has the newest first")


def main(story):
    story.must("init", today=START)
    story.refused(2, "what to do is named", "annual", "frob", "1", today=START, holding="frob")
    story.must("sample", "--enterprises", "600", today="2025-12-31")
    answer = story.run("annual", "new", "--title", "早", today=START)
    story.check(answer.status == 0, "a plan can be begun before a period was run", answer)
    answer = story.run("annual", "task", "1", "--title", "早", today=START)
    story.check(answer.status != 0 and "No period" in answer.err, "a task needs the classes of one", answer)
    with story.connect() as database:
        database.execute("DROP TRIGGER annual_plan_stays")
        database.execute("DELETE FROM annual_plan")
    story.must("score", "--period", "2026-01", today=START)
    plan = made(story)
    scheduled(story, plan)
    published(story)
    drafted(story)
    year_drawn(story)
    exported(story)
    voided(story)
    later_first(story)


if __name__ == "__main__":
    tell(main)
