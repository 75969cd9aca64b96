#!/usr/bin/env python3
"""Grades in professional fields, as commands tell them: computed beside the class, by the SQL of the policy too, with
what the authority judged before it; kept in closed periods; taken back with the file whose enterprises they are of."""
import json
import os

import sql_engines
from story import ENTERPRISE_HEADER, SOURCE, enterprise_row, tell, uscc

FOOD = os.path.join(SOURCE, "sample-db/policies/food-operator.policy.json")
HEADER = "企业名称 统一社会信用代码 专业领域 专业等级 评定日期 有效期至 评定机关".split()


def stored_grades(database, period):
    """What is stored, in the shape in which SQL says results."""
    found = {}
    for enterprise, total, grade, rule, dimensions, indicators in database.execute(
            "SELECT enterprise, total, grade, decided_rule, dimensions, indicators FROM professional_result WHERE period = ?", (period,)):
        by_total = "ABCD"[(total >= 3100) + (total >= 4600) + (total >= 6100)]
        decided = "score" if rule is None else "direct"
        found[enterprise] = ([total, by_total, grade, decided, rule, None, *json.loads(dimensions)],
                             {one[0]: (one[1], one[2], one[3]) for one in json.loads(indicators)})
    return found


def compare_with_sql(story):
    with open(FOOD, encoding="utf-8") as file:
        policy = json.load(file)
    with story.connect() as database:
        someone = database.execute("SELECT e.uscc FROM professional_result p JOIN enterprise e ON e.id = p.enterprise "
                                   "WHERE period = 202611 AND e.uscc IS NOT NULL ORDER BY e.id LIMIT 1").fetchone()[0]
    story.must("override", "propose", "set-class", someone, "--class", "D", "--reason", "立案", "--document", "1号", "--until", "2027-01-01",
               today="2026-11-22")
    story.must("--as", "古丽娜尔", "override", "approve", "1", today="2026-11-22")
    with story.connect() as database:
        stored = stored_grades(database, 202611)
    script = sql_engines.script_of(story, "sqlite", "food-operator", "--day", "2026-11-22", today="2026-11-22")
    said = sql_engines.as_stored(sql_engines.run_sqlite(story.database, script, policy))  # of whoever there is
    trades = tuple(policy["applies_to"]["industries"])
    with story.connect() as database:
        made_for = {number for number, trade in database.execute("SELECT id, industry FROM enterprise") if (trade or "").startswith(trades)}
    said = {number: one for number, one in said.items() if number in made_for}
    wrong = list(sql_engines.differences(said, stored))
    story.check(len(stored) > 50 and not wrong, f"the SQL of the policy grades {len(stored)} enterprises as the program does",
                "\n".join(wrong[:8]))
    grades = {result[2] for result, _ in stored.values()}
    story.check(len(grades) > 1, "not all have one grade", grades)
    return someone


def adds_up(story):
    """Every explanation of a grade adds up, and the distribution counts them all."""
    with story.connect() as database:
        found = database.execute("SELECT e.uscc, p.total, p.grade FROM professional_result p JOIN enterprise e ON e.id = p.enterprise "
                                 "WHERE period = 202611 AND e.uscc IS NOT NULL ORDER BY p.total DESC, e.id LIMIT 12").fetchall()
        counted = dict(database.execute("SELECT grade, count(*) FROM professional_result WHERE period = 202611 GROUP BY grade"))
    for code, total, grade in found:
        one = story.must("show", code, "--json").json["professional"][0]
        sums = {}
        for indicator in one["indicators"]:
            sums[indicator["dimension"]] = sums.get(indicator["dimension"], 0) + indicator["centipoints"]
        good = all(sums.get(d["code"], 0) == d["before_cap"] and min(d["before_cap"], d["cap"]) == d["centipoints"]
                   for d in one["dimensions"])
        good = good and sum(d["centipoints"] for d in one["dimensions"]) == one["centipoints"] == total
        story.check(good and one["grade"] == one["in_force"] == grade and one["origin"] == "computed" and one["field"] == "食品",
                    f"{code}: grade {grade} of {total} is explained to the centipoint", one)
    told = story.must("classes", "--json").json["professional"]
    story.equal([(one["field"], {k: v for k, v in one["grades"].items() if v}) for one in told], [("食品", counted)],
                "classes counts the grades")
    return found[0][0]


def judged(story, code):
    before = story.must("show", code, "--json").json
    story.must("import", "grades", story.write("grades.csv", HEADER, [
        [before["name"], code, "食品生产经营", "B", "2026-03-01", "2027-02-28", "呼图壁县市场监督管理局"],
        [before["name"], code, "特种设备", "Ⅱ", "2026-03-01", "", "呼图壁县市场监督管理局"]]))
    after = story.must("show", code, "--json").json
    food, lift = after["professional"]
    story.equal([food["in_force"], food["origin"], food["grade"], food["judged"]["agency"], food["judged"]["until"]],
                ["B", "judged", before["professional"][0]["grade"], "呼图壁县市场监督管理局", "2027-02-28"],
                "what the authority judged is in force, what was computed stands beside it")
    story.equal([lift["field"], lift["in_force"], lift["grade"], lift["policy"]], ["特种设备", "Ⅱ", None, None],
                "a field without a policy has what was judged alone")
    story.equal([after["centipoints"], after["final_class"], after["digest"]],
                [before["centipoints"], before["final_class"], before["digest"]], "the general class does not care")
    text = story.must("show", code).out
    story.check("grade B, judged by 呼图壁县市场监督管理局 on 2026-03-01; computed: " in text, "show says both with their origin", text)


def taken_back(story):
    """An intake whose enterprises have grades in an open period alone can be undone."""
    file = story.write("restaurants.csv", ENTERPRISE_HEADER, [enterprise_row(n, 行业代码="6210") for n in range(1, 6)])
    batch = story.must("import", "enterprises", file, "--json", today="2026-11-22").json
    with story.connect() as database:
        count = "SELECT count(*) FROM professional_result p JOIN enterprise e ON e.id = p.enterprise WHERE e.uscc IN (%s)" % ", ".join(
            f"'{uscc(n)}'" for n in range(1, 6))
        story.equal(database.execute(count).fetchone()[0], 5, "who comes in is graded at once")
        story.must("batch", "undo", str(batch["batch"]), "--reason", "误", today="2026-11-22")
        story.equal(database.execute(count).fetchone()[0], 0, "who is taken back has no grade")


def story(story):
    story.must("init")
    story.must("sample", "--enterprises", "600", "--quiet")
    story.must("score", "--period", "2026-10", "--close", today="2026-11-22")
    with story.connect() as database:
        closed = stored_grades(database, 202610)
    story.must("score", today="2026-11-22")
    compare_with_sql(story)
    code = adds_up(story)
    judged(story, code)
    taken_back(story)
    with story.connect() as database:
        story.equal(stored_grades(database, 202610), closed, "the closed period keeps its grades")
    other = story.path("other.db")
    story.must("--db", other, "init", "--policy", FOOD.replace("food-operator", "general-enterprise"))
    listed = story.must("--db", other, "policy", "list", "--json").json
    story.equal([one["code"] for one in listed], ["general-enterprise"], "whoever brings a policy gets no other")


tell(story)
