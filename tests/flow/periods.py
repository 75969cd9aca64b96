#!/usr/bin/env python3
"""Four months with two policies: runs and closings, and what a closed period says of itself, to the byte, whatever becomes of facts,
enterprises, overrides and policies afterwards."""
import json
import os

from story import ENTERPRISE_HEADER, FACT_HEADER, SOURCE, enterprise_row, fact_row, tell, uscc

GENERAL = os.path.join(SOURCE, "sample-db/policies/general-enterprise.policy.json")
COUNT = 40
AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = "2026-08", "2026-09", "2026-10", "2026-11"
DOCUMENT = "呼市监〔2026〕8号"


def said(story, period, numbers=range(1, COUNT + 1)):
    """What a period says of enterprises, to the byte."""
    return {n: story.must("show", uscc(n), "--period", period, "--json", today="2026-12-24").out for n in numbers}


def adds_up(explained):
    """True when the points of an explanation sum to its total."""
    dimensions = {one["code"]: 0 for one in explained["dimensions"]}
    for one in explained["indicators"]:
        dimensions[one["dimension"]] += one["centipoints"]
        given = sum(fact["centipoints"] for fact in one["facts"])
        if one["kind"] == "event" and given != one["raw"]:
            return False
    for one in explained["dimensions"]:
        cap = one["cap"] if one["cap"] is not None else 100000
        if one["before_cap"] != dimensions[one["code"]] or one["centipoints"] != max(0, min(cap, one["before_cap"])):
            return False
    return explained["centipoints"] == min(100000, sum(one["centipoints"] for one in explained["dimensions"]))


def first_facts():
    """Four penalties a district, the heavier the higher the number; every fifth is listed as abnormal."""
    rows = [fact_row(n, "行政处罚", "2026-03-05", level=1 + n % 4, amount=1000 * n, document=f"罚{n}号", title="虚假宣传")
            for n in range(1, COUNT + 1) if n % 2]
    rows += [fact_row(n, "经营异常名录", "2026-05-11", document=f"异{n}号") for n in range(5, COUNT + 1, 5)]
    return rows + [fact_row(n, "投诉", "2026-08-0%d" % (1 + n % 9), document=f"诉{n}号") for n in range(1, COUNT + 1, 3)]


def take_in(story, kind, name, header, rows, today, source="县局"):
    answer = story.run("import", kind, story.write(name, header, rows), "--source", source, "--json", today=today)
    if answer.status != 0:
        raise AssertionError(f"{name}: {answer}")
    return answer.json


def last_batch(story, today):
    return str(story.must("batch", "list", "--json", today=today).json[0]["id"])


def override(story, words, today):
    made = story.must("override", "propose", *words, "--json", today=today, ).json
    story.must("override", "approve", str(made["id"]), "--as", "马主任", today=today)
    return str(made["id"])


def publish_second(story, today):
    """The second policy: every penalty weighs more. The first one retires."""
    with open(GENERAL, encoding="utf-8") as file:
        policy = json.load(file)
    policy["version"] = "2026.2"
    for one in policy["indicators"]:
        if one["kind"] == "event" and "penalty" in one.get("facts", []):
            for band in one.get("bands", []):
                band["points"] += 20
    with open(story.path("second.policy.json"), "w", encoding="utf-8") as file:
        json.dump(policy, file, ensure_ascii=False)
    story.must("policy", "import", "second.policy.json", today=today)
    story.must("policy", "propose", "general-enterprise@2026.2", today=today)
    story.must("policy", "publish", "general-enterprise@2026.2", "--as", "马主任", today=today)


def in_august(story):
    story.must("init", today="2026-08-01")
    take_in(story, "enterprises", "e.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, COUNT + 1)], "2026-08-03")
    take_in(story, "facts", "f.csv", FACT_HEADER, first_facts(), "2026-08-04")
    take_in(story, "facts", "again.csv", FACT_HEADER, first_facts()[:5], "2026-08-05", source="信用办")
    story.refused(3, "a month that is not over cannot be closed", "score", "--period", AUGUST, "--close", today="2026-08-30",
                  holding="2026-08-31")
    story.must("score", "--period", AUGUST, today="2026-08-15")
    day = story.must("show", uscc(1), "--json", today="2026-08-15").json["day"]
    story.equal(day, "2026-08-15", "in a month that is not over the day is today")
    closed = story.must("score", "--period", AUGUST, "--close", "--json", today="2026-08-31").json
    story.equal(closed["closed"], True, "on the last day of the month it can be closed")
    story.equal(story.must("show", uscc(1), "--json", today="2026-08-31").json["day"], "2026-08-31", "and is judged on that day")
    story.refused(3, "a closed period is not run again", "score", "--period", AUGUST, today="2026-09-02", holding="closed")


def change_everything(story):
    """September: what the closed August rests on changes in every way there is."""
    today = "2026-09-10"
    rows = first_facts()
    rows[0] = fact_row(1, "行政处罚", "2026-03-05", ended="2026-06-01", level=4, amount=999999, document="罚1号", title="改过的事由")
    rows[1] = fact_row(3, "行政处罚", "2026-03-06", level=1, amount=1, document="罚3号", title="也改过")
    take_in(story, "facts", "f2.csv", FACT_HEADER, rows, today)
    take_in(story, "facts", "f3.csv", FACT_HEADER, [fact_row(n, "行政处罚", "2026-08-20", level=4, amount=500000, document=f"新{n}号")
                                                    for n in range(1, COUNT + 1, 4)], today)
    enterprises = [enterprise_row(n) for n in range(1, COUNT + 1)]
    for n in range(1, COUNT + 1, 3):
        enterprises[n - 1] = enterprise_row(n, **{"企业名称": f"呼图壁县更名{n}有限公司", "注册资本(万元)": 1, "行业代码": "7010",
                                                  "参保人数": 99, "住所": "新址1号", "住所行政区划": "652323102"})
    take_in(story, "enterprises", "e2.csv", ENTERPRISE_HEADER, enterprises, today)
    fact = next(f for f in story.must("show", uscc(5), "--json", today=today).json["facts"] if f["type"] == "abnormal_listing")
    override(story, ["exclude-fact", uscc(5), "--fact", str(fact["id"]), "--status", "revoked", "--reason", "复议撤销", "--document", DOCUMENT,
                     "--from", "2026-08-01"], today)
    return override(story, ["set-class", uscc(7), "--class", "D", "--reason", "实地核查", "--document", DOCUMENT, "--from", "2026-08-01"],
                    today)


def closed_stays(story):
    august = said(story, AUGUST)
    story.check(all(adds_up(json.loads(text)) for text in august.values()), "every explanation of August adds up")
    rests = story.must("batch", "list", "--json", today="2026-09-01").json
    set_class = change_everything(story)
    story.equal(said(story, AUGUST), august, "facts, enterprises and overrides change: August says the same, to the byte")
    story.must("score", "--period", SEPTEMBER, today="2026-09-20")
    now = story.must("show", uscc(1), "--json", today="2026-09-20").json
    then = json.loads(august[1])
    story.check(now["name"] != then["name"] and now["centipoints"] != then["centipoints"], "and the open September says otherwise")
    text = story.must("show", uscc(1), "--period", AUGUST, today="2026-09-20").out
    story.check("changed since" in text and then["name"] in text, "a fact that changed since is marked so beside what it was", text)
    publish_second(story, "2026-09-25")
    story.must("score", "--period", SEPTEMBER, "--close", today="2026-09-30")
    story.equal(said(story, AUGUST), august, "another policy is published, the first retires: August says the same")
    september = said(story, SEPTEMBER)
    story.check(all(adds_up(json.loads(text)) for text in september.values()), "every explanation of September adds up")
    retold = next(batch for batch in rests if batch["file"] == "again.csv")
    story.must("batch", "undo", str(retold["id"]), "--reason", "试", today="2026-10-02")
    story.equal(said(story, AUGUST), august, "a further source of its facts is taken back: August says the same")
    story.check("信用办" in august[1], "with that source")
    for batch in rests:
        if batch is retold:
            continue
        story.refused(3, f"an intake that August counts ({batch['file']}) cannot be undone", "batch", "undo", str(batch["id"]), "--reason",
                      "试", today="2026-10-02")
    take_in(story, "facts", "f4.csv", FACT_HEADER, [fact_row(n, "行政处罚", "2026-09-29", level=2, amount=100, document=f"后{n}号") for n in range(1, COUNT + 1)], "2026-10-02")
    story.must("batch", "undo", last_batch(story, "2026-10-03"), "--reason", "重复报送", today="2026-10-03")
    story.must("override", "withdraw", set_class, "--reason", "已整改", "--as", "马主任", today="2026-10-05")
    story.equal(said(story, AUGUST), august, "an intake undone, an override withdrawn: August says the same")
    story.equal(said(story, SEPTEMBER), september, "and so does September")
    story.check(json.loads(september[7])["decided_by"]["kind"] == "override", "with the override that decided then")
    return august, september


def class_of(story, period):
    return {n: json.loads(text)["final_class"] for n, text in said(story, period).items()}


def migration(story):
    """The matrix between any two periods is that of the explanations, and the list names who moved."""
    first, second = class_of(story, AUGUST), class_of(story, NOVEMBER)
    found = story.must("classes", "--from", AUGUST, "--to", NOVEMBER, "--list", "moved.csv", "--json").json
    counts = {before: {after: sum(first[n] == before and second[n] == after for n in first) for after in "ABCD"} for before in "ABCD"}
    story.equal({k: {a: row[a] for a in "ABCD"} for k, row in found["matrix"].items() if k != "new"}, counts, "the matrix is that of the classes")
    story.equal(found["matrix"]["new"], {"A": 1, "B": 0, "C": 0, "D": 0}, "and an enterprise that came in between is new")
    moved = sum(first[n] != second[n] for n in first) + 1
    story.equal(found["changed"], moved, "as many changed as there are outside the diagonal")
    with open(story.path("moved.csv"), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    story.equal(sorted(line.split(",")[0] for line in lines[1:]), sorted([uscc(n) for n in first if first[n] != second[n]] + [uscc(COUNT + 1)]),
                "the list has those who moved and no others")
    story.check(sum(found["sums"].values()) == COUNT + 1, "the sums have everybody", found["sums"])
    back = story.must("classes", "--from", NOVEMBER, "--to", AUGUST, "--json").json
    story.equal(back["matrix"]["A"]["gone"], 1, "and backwards it is gone")
    for words in (("--from", AUGUST), ("--from", AUGUST, "--to", AUGUST), ("--from", AUGUST, "--to", NOVEMBER, "--by", "region"),
                  ("--list", "x.csv"), ("--from", AUGUST, "--to", NOVEMBER, "--list", "x.doc")):
        story.refused(2, f"classes {' '.join(words)} is wrong", "classes", *words)
    story.refused(2, "no such month", "classes", "--from", "2026-13", "--to", NOVEMBER, holding="2026-13")


def history(story):
    """The history of an enterprise is that of its explanations."""
    rows = story.must("show", uscc(1), "--history", "--json").json["history"]
    story.equal([row["period"] for row in rows], [NOVEMBER, OCTOBER, SEPTEMBER, AUGUST], "the history goes from the newest on")
    told = {row["period"]: json.loads(story.must("show", uscc(1), "--period", row["period"], "--json").out) for row in rows}
    story.check(all(row["centipoints"] == told[row["period"]]["centipoints"] and row["policy"] == told[row["period"]]["policy"] and
                    row["decided_by"] == told[row["period"]]["decided_by"] for row in rows), "with the points, policy and decision of each")
    changes = [row["change"] for row in rows]
    points = [row["centipoints"] for row in rows]
    story.equal(changes, [a - b for a, b in zip(points, points[1:])] + [None], "and the change against the one before")
    september = rows[2]
    before = {one["code"]: one["centipoints"] for one in told[AUGUST]["indicators"]}
    after = {one["code"]: one["centipoints"] for one in told[SEPTEMBER]["indicators"]}
    sizes = sorted((abs(after.get(c, 0) - before.get(c, 0)) for c in before.keys() | after.keys()), reverse=True)
    story.equal([abs(one["after"] - one["before"]) for one in september["changes"]], [size for size in sizes[:3] if size > 0],
                "the three indicators that changed most")
    story.check(september["other_policy"] and not rows[0]["other_policy"], "another policy is told")
    story.refused(2, "a history of one period is none", "show", uscc(1), "--history", "--period", AUGUST)


def provisional(story):
    """A day that is tried comes to what a run on that day comes to, and leaves no trace."""
    before = story.dump()
    today = "2026-11-22"
    tried = story.must("score", "--provisional", "--day", today, "--json", today=today).json
    story.equal(tried["changed"], 0, "trying the day of the last run changes nobody")
    past = story.must("score", "--provisional", "--day", "2026-08-31", "--list", "day.csv", "--json", today=today).json
    coming = story.must("score", "--provisional", "--day", "2026-11-30", "--json", today=today).json
    story.equal([past["day"], coming["day"], coming["period"]], ["2026-08-31", "2026-11-30", NOVEMBER], "a day before and one to come")
    story.refused(3, "a day beyond this month is refused", "score", "--provisional", "--day", "2026-12-01", today=today, holding="2026-11-30")
    for words in (("--provisional", "--close"), ("--provisional", "--period", NOVEMBER), ("--day", today), ("--provisional", "--day", "x")):
        story.refused(2, f"score {' '.join(words)} is wrong", "score", *words, today=today)
    story.equal(story.dump(), before, "nothing is stored")
    story.must("score", "--period", NOVEMBER, today="2026-11-30")
    run = story.must("classes", "--json", today="2026-11-30").json["classes"]
    story.equal(coming["classes"], run, "what was foretold for the end of the month comes true")


def never_back(story):
    """A clock set before the last run: what is scored anew is judged no earlier than the run."""
    day = story.must("show", uscc(9), "--json").json["day"]
    take_in(story, "facts", "late.csv", FACT_HEADER, [fact_row(9, "行政处罚", "2026-11-02", level=2, amount=100, document="迟1号")], "2026-11-10")
    story.equal(story.must("show", uscc(9), "--json").json["day"], day, "a clock set back does not take the day of a result back")
    story.refused(3, "a month that has not begun for the clock is not run", "score", "--period", NOVEMBER, today="2026-10-31")


def leap_years(story):
    """February ends on its last day, in leap years too."""
    for today, period, last in (("2028-02-28", "2028-02", False), ("2028-02-29", "2028-02", True), ("2027-02-28", "2027-02", True)):
        story.database = story.path(f"leap-{today}.db")
        story.must("init", today="2026-08-01")
        take_in(story, "enterprises", "one.csv", ENTERPRISE_HEADER, [enterprise_row(1)], "2026-08-03")
        if last:
            story.must("score", "--period", period, "--close", today=today)
            story.equal(story.must("show", uscc(1), "--json", today=today).json["day"], today, f"{period} closes on {today}")
        else:
            story.refused(3, f"{period} does not close on {today}", "score", "--period", period, "--close", today=today, holding="2028-02-29")


def stored(story):
    """What the newest run left behind."""
    with story.connect() as database:
        return database.execute("SELECT * FROM result WHERE period = 202611 ORDER BY id").fetchall(), database.execute(
            "SELECT enterprises, facts, class_a, class_b, class_c, class_d FROM period WHERE id = 202611").fetchall()


def run_again(story):
    """Three enterprises move to where three others are: a run again finds these by itself, and whoever was left behind."""
    day = "2026-11-22"

    def score(*words):
        return story.must("score", "--period", NOVEMBER, *words, "--json", today=day).json["scored"]

    story.equal(score(), 0, "nothing changed: nobody is looked at")
    for what in ("moved", "undone"):
        if what == "moved":
            take_in(story, "enterprises", "moved.csv", ENTERPRISE_HEADER,
                    [enterprise_row(n, **{"住所": "幸福路,9号"}) for n in (8, 9, COUNT + 1)], day)
        else:
            story.must("batch", "undo", last_batch(story, day), "--reason", "误录", today=day)
        before, looked_at, again = stored(story), score(), stored(story)
        story.check(0 < looked_at < COUNT / 4 + 1, f"{what}: a few are looked at", looked_at)
        story.check(again != before, f"{what}: others than those of the file come to another score")
        story.equal(score("--all"), COUNT + 1, f"{what}: with --all everybody is looked at")
        story.equal(stored(story), again, f"{what}: and everything stays as it was found")


def main(story):
    in_august(story)
    august, september = closed_stays(story)
    story.must("score", "--period", OCTOBER, "--close", today="2026-10-31")
    take_in(story, "enterprises", "new.csv", ENTERPRISE_HEADER, [enterprise_row(COUNT + 1, **{"成立日期": "2010/1/3", "参保人数": 50,
                                                                 "注册资本(万元)": 5000})], "2026-11-03")
    story.must("score", "--period", NOVEMBER, today="2026-11-22")
    story.equal(said(story, AUGUST), august, "two more months: August says the same")
    story.equal(said(story, SEPTEMBER), september, "and September")
    run_again(story)
    migration(story)
    history(story)
    provisional(story)
    never_back(story)
    leap_years(story)


if __name__ == "__main__":
    tell(main)
