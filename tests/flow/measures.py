#!/usr/bin/env python3
"""Measures within the law: matters and their ceilings, caps, who is left out and why, strata by grade, floors of key
fields, one visit for several plans."""
from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
GENTLE = "A=1%,B=5%,C=10%,D=10%"


def rows(story, query, *values):
    with story.connect() as database:
        return database.execute(query, values).fetchall()


def change(story, query, *values):
    with story.connect() as database:
        database.execute(query, values)


def make(story, *words, rates=GENTLE):
    return str(story.must("plan", "new", "--title", "抽查", "--rates", rates, *words, "--json", today=TODAY).json["id"])


def shown(story, number):
    return story.must("plan", "show", number, "--json", today=TODAY).json


def drawn(story, *words, rates=GENTLE):
    number = make(story, *words, rates=rates)
    story.must("plan", "draw", number, "--seed", SEED, today=TODAY)
    return number


def matters(story):
    number = make(story, "--matter", "SJ0102，餐饮服务监督检查")
    plan = shown(story, number)
    story.equal([one["code"] for one in plan["matters"]], ["SJ0102", "SJ0403"], "words are matters by code and by title")
    story.equal(plan["ceiling"], {"num": 1000, "den": 10000}, "the lowest of their highest shares holds")
    story.equal(plan["caps"], {"A": 1, "B": 1, "C": 1, "D": 1}, "and the lowest of their frequencies")
    story.equal(shown(story, make(story, "--matter", "安全生产 综合检查"))["matters"], [], "free words are free")
    story.refused(2, "half of the library and half not", "plan", "new", "--title", "甲", "--matter", "SJ0102,无此事项", today=TODAY,
                  holding="无此事项")
    change(story, "UPDATE matter SET state = '失效' WHERE code = 'SJ0301'")
    story.refused(3, "a matter that is not in force", "plan", "new", "--title", "甲", "--matter", "SJ0301", today=TODAY, holding="失效")
    number = make(story, "--matter", "SJ0201")
    change(story, "UPDATE matter SET state = '失效' WHERE code = 'SJ0201'")
    story.refused(3, "nor is one frozen whose matter went out of force since", "plan", "frame", number, today=TODAY, holding="失效")
    change(story, "DELETE FROM matter WHERE code = 'SJ0201'")
    story.refused(3, "or left the library with its ceilings", "plan", "frame", number, today=TODAY, holding="SJ0201")


def ceilings(story):
    number = make(story, "--matter", "SJ0102", rates="A=1%,B=5%,C=20%,D=100%")
    story.refused(3, "a rate above the law is not frozen", "plan", "frame", number, today=TODAY, holding="10%")
    story.must("plan", "measures", number, "--rates", GENTLE, today=TODAY)
    story.must("plan", "frame", number, today=TODAY)
    number = drawn(story, "--matter", "SJ0102")
    story.must("--as", "李审核", "plan", "approve", number, today=TODAY)
    story.must("plan", "extend", number, "--class", "C", "--by", "12", "--reason", "专项", today=TODAY)
    story.refused(3, "nor is an extension above it approved", "--as", "李审核", "plan", "approve", number, today=TODAY,
                  holding="年度报告公示信息检查")
    plan = story.must("plan", "new", "--title", "定额", "--matter", "SJ0102", "--total", "60", "--weights", "A=1,B=1,C=1,D=100",
                      "--json", today=TODAY).json
    story.must("plan", "draw", str(plan["id"]), "--seed", SEED, today=TODAY)
    story.refused(3, "nor a fixed total that draws more of a class", "--as", "李审核", "plan", "approve", str(plan["id"]), today=TODAY,
                  holding="Of class D")
    story.must("plan", "void", str(plan["id"]), "--reason", "超限", today=TODAY)
    story.must("plan", "void", number, "--reason", "超限", today=TODAY)


def left_out(story):
    first = drawn(story, rates="A=10%,B=10%,C=50%,D=100%")
    plan = shown(story, first)
    once = {unit["uscc"] for unit in plan["units"] if unit["class"] in "AB"}
    second = make(story)
    frozen = story.must("plan", "frame", second, "--json", today=TODAY).json
    story.equal(frozen["excluded"].get("annual_cap"), len(once), "who was drawn as often as the year allows is left out, and counted")
    text = rows(story, "SELECT text FROM plan_frame WHERE plan = ?", int(second))[0][0].decode()
    story.check(not once & {line.split("\t")[0] for line in text.splitlines()}, "and is not in the frame")
    beside = shown(story, second)["previous"]
    story.equal((beside["number"], sum(beside["classes"].values())), (plan["number"], plan["population"]),
                "the freeze before stands beside it")
    capped = story.must("plan", "frame", make(story, "--cap", "1"), "--json", today=TODAY).json
    story.equal(capped["excluded"].get("annual_cap"), len(plan["units"]), "with a cap of one, all of them")
    change(story, "INSERT INTO inspection_result (enterprise, task, completed_on, result) SELECT id, 'X-1', 20261015, '未发现问题' "
                  "FROM enterprise WHERE uscc IS NOT NULL AND status = 'open' AND id NOT IN (SELECT enterprise FROM plan_unit) LIMIT 5")
    recent = story.must("plan", "frame", make(story, "--not-within", "30"), "--json", today=TODAY).json
    story.equal(sum(recent["excluded"].get(reason, 0) for reason in ("annual_cap", "recently_inspected")), len(once) + 5,
                "inspections that files tell of count as well")
    change(story, "UPDATE inspection_result SET completed_on = 20261120 WHERE task = 'X-1'")
    later = make(story, "--not-within", "30", "--cap", "366")
    recent = story.must("plan", "frame", later, "--json", today="2026-11-22").json["excluded"]
    story.equal((recent.get("annual_cap", 0) + recent.get("recently_inspected", 0)) - len(once), 5, "and days count back from today")
    story.refused(2, "industries under observation have a span", "plan", "new", "--title", "甲", "--observe", "I64", today=TODAY)
    story.refused(2, "a span has industries", "plan", "new", "--title", "甲", "--observe-months", "12", today=TODAY)
    words = ("--observe", "F,H,I", "--observe-months", "60")
    spared = story.must("plan", "frame", make(story, *words), "--json", today=TODAY).json["excluded"].get("observation", 0)
    young = rows(story, "SELECT count(*) FROM enterprise e JOIN result r ON r.enterprise = e.id AND r.period = 202610 WHERE "
                        "e.established_on > 20211031 AND e.key_field = 0 AND substr(e.industry, 1, 1) IN ('F', 'H', 'I') AND "
                        "r.final_class IN ('A', 'B') AND e.status NOT IN ('cancelled', 'revoked', 'withdrawn', 'moved_out')")[0][0]
    story.check(0 < spared < young, "the young of new trades are spared, unless something triggers it", (spared, young))
    keys = rows(story, "SELECT coalesce(uscc, registration_number) FROM enterprise WHERE key_field = 1 AND established_on > 20211031 "
                       "AND substr(industry, 1, 1) IN ('F', 'H', 'I')")
    text = rows(story, "SELECT text FROM plan_frame ORDER BY plan DESC LIMIT 1")[0][0].decode()
    story.check(keys and any(f"{code}\t" in text for code, in keys), "key fields are not spared")


def watched(story):
    """Observation that a person gave to one enterprise (X19), key fields excepted, until something triggers it."""
    query = ("SELECT e.id, e.uscc FROM enterprise e JOIN result r ON r.enterprise = e.id WHERE r.final_class IN ('A', 'B') AND "
             "e.key_field = {} AND e.status = 'open' AND e.uscc IS NOT NULL AND e.id NOT IN (SELECT enterprise FROM plan_unit) AND "
             "e.id NOT IN (SELECT enterprise FROM inspection_result) LIMIT 2")
    plain = rows(story, query.format(0))
    (_, key), _ = rows(story, query.format(1))
    for code in [plain[0][1], plain[1][1], key]:
        number = story.must("override", "propose", "observe", code, "--novelty", "model", "--reason", "新模式", "--document", "观察〔2026〕1号",
                            "--until", "2027-06-30", "--json", today=TODAY).json["id"]
        story.must("--as", "李审核", "override", "approve", str(number), today=TODAY)
    excluded = story.must("plan", "frame", make(story), "--json", today=TODAY).json["excluded"]
    story.equal(excluded.get("observation"), 2, "enterprises given an observation period are left out, but no key field")
    text = rows(story, "SELECT text FROM plan_frame ORDER BY plan DESC LIMIT 1")[0][0].decode()
    story.check(f"{key}\t" in text, "the key field is in the frame")
    facts = story.write("投诉.csv", "企业名称 统一社会信用代码 信息类型 发生日期 文号".split(),
                        [[rows(story, "SELECT name FROM enterprise WHERE id = ?", plain[0][0])[0][0], plain[0][1], "complaint", "2026-11-02",
                          "投2026-1"]])
    story.must("import", "facts", facts, today="2026-11-03")
    excluded = story.must("plan", "frame", make(story), "--json", today="2026-11-03").json["excluded"]
    story.equal(excluded.get("observation"), 1, "a complaint triggers it")
    excluded = story.must("plan", "frame", make(story), "--json", today="2027-07-01").json["excluded"]
    story.equal(excluded.get("observation", 0), 0, "and when its time is over nobody is spared")


def grades(story):
    change(story, "INSERT INTO grade (enterprise, field, grade, judged_on) SELECT id, '食品', CASE id % 3 WHEN 0 THEN '高' ELSE '低' END, "
                  "20260301 FROM enterprise WHERE industry LIKE 'F52%' LIMIT 60")
    number = drawn(story, "--field", "食品", rates="A=1%,B=5%,C=20%,D=100%,A/高=100%,B/高=100%")
    plan = shown(story, number)
    high = [stratum for stratum in plan["strata"] if stratum["grade"] == "高"]
    story.check(high and all(one["drawn"] == one["population"] for one in high if one["class"] in "AB"),
                "a grade has rates of its own", plan["strata"][:4])
    story.equal({one["rate"]["num"] for one in high if one["class"] == "A"}, {1}, "and shows them")
    files = story.must("plan", "export", number, "--dir", story.path("out"), "--json", today=TODAY).json["files"]
    story.must("verify", files[0], today=TODAY)
    story.refused(2, "a cell of no class", "plan", "new", "--title", "甲", "--rates", GENTLE + ",E/高=10%", today=TODAY, holding="E/高")
    story.refused(2, "a cell without its class", "plan", "new", "--title", "甲", "--rates", "A/高=10%", today=TODAY, holding="Class A")
    plan = shown(story, drawn(story, "--key-floor", "50%"))
    floors = [one for one in plan["strata"] if one["grade"] == "key"]
    story.check(floors and all(one["rate"]["num"] * 2 >= one["rate"]["den"] for one in floors), "key fields have a floor", floors)
    number = drawn(story, "--field", "食品", "--key-floor", "50%", "--cap", "366", rates="A=1%,B=5%,C=20%,D=100%,A/低=1%,B/低=100%")
    keys = {code for code, in rows(story, "SELECT coalesce(uscc, registration_number) FROM enterprise WHERE key_field = 1")}
    lines = [line.split("\t") for line in rows(story, "SELECT text FROM plan_frame WHERE plan = ?", int(number))[0][0].decode().splitlines()]
    found = {(line[2], line[3]) for line in lines if line[0] in keys}
    story.check(("A", "key") in found and ("A", "低") not in found and ("B", "低") in found,
                "a key field whose grade has a lower rate has the floor, a higher one stays", found)
    story.equal({line[3] for line in lines if line[0] not in keys} - {"", "高", "低"}, set(), "others have no floor")
    plan = story.must("plan", "new", "--title", "甲", "--field", "食品", "--total", "20", "--json", today=TODAY).json
    story.equal(plan["measures"]["by_grade"], True, "a field parts the strata of a fixed total as well")
    story.refused(2, "a grade without its field", "plan", "new", "--title", "甲", "--rates", GENTLE + ",A/高=10%", today=TODAY, holding="A/高")
    number = make(story, "--key-floor", "50%")
    story.refused(2, "new rates do not drop the floor unseen", "plan", "measures", number, "--rates", GENTLE, today=TODAY,
                  holding="--key-floor")
    story.must("plan", "measures", number, "--rates", GENTLE, "--key-floor", "60%", today=TODAY)
    story.refused(2, "a floor goes with rates", "plan", "new", "--title", "甲", "--total", "10", "--key-floor", "5%", today=TODAY)


def visits(story):
    answer = story.must("plan", "visits", "--json", today=TODAY).json
    story.check(answer["visits"], "enterprises of several plans are found")
    for one in answer["visits"][:5]:
        plans = one["numbers"].split()
        story.equal(len(set(plans)), one["plans"], f"{one['uscc']} with its plans")
    story.equal(answer["saved"], sum(one["plans"] - 1 for one in answer["visits"]), "and the visits spared are counted")


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "800", today=TODAY)
    story.must("score", today=TODAY)
    matters(story)
    ceilings(story)
    left_out(story)
    watched(story)
    grades(story)
    visits(story)


if __name__ == "__main__":
    tell(main)
