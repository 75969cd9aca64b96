#!/usr/bin/env python3
"""The main path, from files to a draw that proves itself, with the keys of --json that scripts rely on."""
import os
import subprocess
import sys
import zipfile

from story import ENTERPRISE_HEADER, FACT_HEADER, SOURCE, enterprise_row, fact_row, tell, uscc

SEED = "01382438112797316654"
COUNT = 160
RATES = "A=10%,B=25%,C=1/2,D=100%"
SHOW = {"uscc", "name", "period", "policy", "centipoints", "score_class", "final_class", "decided_by", "dimensions",
        "indicators", "bounds", "way_down"}
INDICATOR = {"code", "name", "dimension", "kind", "value", "raw", "centipoints", "cap", "facts"}
FACT = {"id", "type", "occurred_on", "ended_on", "document", "status", "counts", "centipoints"}
PLAN = {"id", "number", "title", "state", "draw_id", "seed", "seed_source", "frame_digest", "roster_digest",
        "measures_digest", "strata", "excluded", "units"}
STRATUM = {"code", "region", "class", "population", "rate", "drawn", "cutoff_ticket"}
UNIT = {"uscc", "name", "class", "stratum", "rank", "ticket", "method", "team", "result"}


def has(story, found, keys, what):
    story.check(keys <= set(found), f"{what} has its keys", keys - set(found))


def fact_rows():
    rows = []
    for n in range(1, COUNT + 1, 2):
        rows.append(fact_row(n, "行政处罚", "2026年3月5日", level="罚款", amount=f"{n * 137}.50",
                             document=f"呼市监处罚〔2026〕{n}号", title="虚假宣传,\n逾期不改"))
    for n in range(3, COUNT + 1, 9):
        rows.append(fact_row(n, "经营异常名录", "2026/7/1", document=f"呼异〔2026〕{n}号"))
    for n in range(5, COUNT + 1, 20):
        rows.append(fact_row(n, "严重违法失信名单", "2026-08-01", document=f"呼严〔2026〕{n}号"))
    return rows


def take_in(story):
    rows = [enterprise_row(n) for n in range(1, COUNT + 1)]
    rows[COUNT // 2] = enterprise_row(COUNT // 2 + 1, 登记状态="注销")
    first = story.write("甲.csv", ENTERPRISE_HEADER, rows[:100])
    second = story.write("乙.csv", ENTERPRISE_HEADER, rows[100:], "gb18030")
    facts = story.write("信息.csv", FACT_HEADER, fact_rows(), "gb18030")
    answer = story.must("--json", "import", "enterprises", first).json
    has(story, answer, {"read", "inserted", "updated", "unchanged", "rejected", "rejects_file"}, "import --json")
    story.equal([answer[k] for k in ("read", "inserted", "rejected")], [100, 100, 0], "a UTF-8 file goes in")
    answer = story.must("--json", "import", "enterprises", second).json
    story.equal([answer[k] for k in ("read", "inserted", "rejected")], [60, 60, 0], "a GB18030 file goes in")
    count = len(fact_rows())
    answer = story.must("--json", "import", "facts", facts).json
    story.equal([answer[k] for k in ("read", "inserted", "rejected")], [count] * 2 + [0], "facts go in")
    story.must("score", "--period", "2026-10")
    before = results(story)
    for kind, path in (("enterprises", first), ("enterprises", second), ("facts", facts)):
        answer = story.must("--json", "import", kind, path).json
        story.equal([answer["inserted"], answer["updated"], answer["unchanged"]], [0, 0, answer["read"]],
                    f"{os.path.basename(path)} again changes nothing")
    story.must("score", "--period", "2026-10")
    story.equal(results(story), before, "nor do the scores change")


def results(story):
    with story.connect() as database:
        return (database.execute("SELECT * FROM enterprise ORDER BY id").fetchall(),
                database.execute("SELECT * FROM fact ORDER BY id").fetchall(),
                database.execute("SELECT * FROM result ORDER BY enterprise").fetchall())


def mapped_file(story):
    """A file of one department by its own profile, with an enterprise nobody knows yet and a row that is wrong."""
    header = "纳税人名称 纳税人识别号 行政处罚文号 案件名称 处罚事由 处罚依据 处罚结果 罚款金额 处罚机构 处罚日期".split()
    rows = [["呼图壁县第2商贸有限公司", uscc(2), "呼税罚〔2026〕1号", "案", "逾期申报", "法", "罚款500元", "500", "呼图壁县税务局", "2026-05-06"],
            ["外来商贸有限公司", uscc(900), "呼税罚〔2026〕2号", "案", "逾期申报", "法", "罚款200元", "200", "呼图壁县税务局", "2026-05-07"],
            ["呼图壁县第4商贸有限公司", uscc(4), "呼税罚〔2026〕3号", "案", "逾期申报", "法", "罚款1元", "1", "呼图壁县税务局", "昨天"]]
    path = story.write("税务.csv", header, rows)
    answer = story.run("--json", "import", "facts", path, "--map", "beijing-tax-penalties", "--create-missing")
    story.equal(answer.status, 1, "a file with a wrong row ends with 1")
    story.equal([answer.json[k] for k in ("read", "inserted", "rejected")], [3, 2, 1], "the good rows went in")
    with zipfile.ZipFile(story.path(answer.json["rejects_file"])) as book:
        held = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/"))
        story.check("昨天" in held and "原因" in held, "the rejected row and its reason are in the workbook named")


def score(story):
    answer = story.must("score", "--period", "2026-10", "--json").json
    has(story, answer, {"period", "policy", "enterprises", "facts", "seconds", "classes"}, "score --json")
    story.equal(answer["enterprises"], COUNT + 1, "everyone is scored")
    story.equal(sum(answer["classes"].values()), COUNT + 1, "every enterprise has a class")
    story.check(all(answer["classes"].values()), "all four classes occur", answer)
    shown = story.must("show", uscc(5), "--json").json
    has(story, shown, SHOW, "show --json")
    for one in shown["indicators"]:
        if not INDICATOR <= set(one) or any(not FACT <= set(f) for f in one["facts"]):
            story.check(False, "indicators and facts have their keys", one)
    story.equal(shown["decided_by"], {"kind": "direct", "rule": "X11-1", "id": None}, "a direct rule decides")
    story.equal(shown["final_class"], "D", "and gives D")
    listed = story.must("enterprises", "--class", "D", "--json").json
    story.equal(listed["count"], answer["classes"]["D"], "the list of a class is as long as its count")
    return answer


def override(story):
    made = story.must("--as", "王建国", "override", "propose", "exclude-fact", uscc(5), "--fact",
                      str(listing_of(story, 5)), "--status", "revoked", "--reason", "复议撤销", "--document",
                      "呼政复1号", "--json").json
    number = str(made["id"])
    story.refused(3, "the proposer may not approve", "--as", "王建国", "override", "approve", number, holding="王建国")
    story.equal(story.must("show", uscc(5), "--json").json["final_class"], "D", "a proposal changes nothing")
    story.must("--as", "李梅", "override", "approve", number)
    shown = story.must("show", uscc(5), "--json").json
    story.check(shown["decided_by"]["kind"] == "score" and shown["final_class"] != "D",
                "an approved exclusion takes effect at once", shown)
    states = [o["state"] for o in story.must("override", "list", "--json").json]
    story.equal(states, ["approved"], "the override is listed")


def listing_of(story, number):
    facts = story.must("show", uscc(number), "--json").json["facts"]
    return next(f["id"] for f in facts if f["type"] == "serious_violation")


def plan(story):
    made = story.must("--as", "王建国", "plan", "new", "--title", "2026年第四季度抽查", "--rates", RATES, "--json").json
    drawn = story.must("--as", "王建国", "plan", "draw", str(made["id"]), "--seed", SEED, "--json").json
    story.equal([drawn["state"], drawn["seed"]], ["DRAWN", SEED], "the plan is drawn")
    shown = story.must("plan", "show", made["number"], "--json").json
    has(story, shown, PLAN, "plan show --json")
    has(story, shown["strata"][0], STRATUM, "a stratum")
    has(story, shown["units"][0], UNIT, "a unit")
    story.equal(shown["excluded"], {"deregistered": 1}, "who is deregistered is counted, not drawn")
    story.equal(sum(s["population"] for s in shown["strata"]), COUNT, "everyone else can be drawn")
    for letter, num, den in (("A", 1, 10), ("B", 1, 4), ("C", 1, 2), ("D", 1, 1)):
        strata = [s for s in shown["strata"] if s["class"] == letter]
        exact = [s["population"] * num / den for s in strata]
        story.check(strata and all(abs(s["drawn"] - n) < 1 for s, n in zip(strata, exact)),
                    f"class {letter} is drawn at its rate", strata)
    story.refused(3, "a drawn plan is not drawn again", "plan", "draw", str(made["id"]), "--seed", SEED)
    story.refused(3, "who drew may not approve", "--as", "王建国", "plan", "approve", str(made["id"]), holding="王建国")
    story.must("--as", "李梅", "plan", "approve", str(made["id"]))
    files = story.must("plan", "export", str(made["id"]), "--dir", story.path("out", "四季度"), "--json").json["files"]
    story.equal(sorted(os.path.basename(f) for f in files),
                [made["number"] + ending for ending in (".draw.json", ".frame.tsv", ".xlsx")], "three files go out")
    story.check(all(os.path.getsize(f) > 0 for f in files), "none of them is empty")
    return {os.path.basename(f).split(".", 1)[1]: f for f in files}


def prove(story, files):
    record, frame = files["draw.json"], files["frame.tsv"]
    story.equal(story.must("verify", record, "--frame", frame, "--json").json, {"holds": True, "difference": None},
                "the draw verifies")
    story.must("verify", record)
    story.must("verify", files["xlsx"])
    script = os.path.join(SOURCE, "src/draw/verify_draw.py")
    done = subprocess.run([sys.executable, script, record, frame], capture_output=True, text=True, encoding="utf-8")
    story.check(done.returncode == 0 and done.stdout.startswith("OK"), "and by the script alone", done.stdout)
    # One changed byte, wherever it is.
    for path, what in ((record, "record"), (frame, "frame")):
        with open(path, "rb") as file:
            whole = file.read()
        missed = []
        for place in range(0, len(whole), max(1, len(whole) // 40)):
            for byte in (whole[place] ^ 1, 0):
                with open(path, "wb") as file:
                    file.write(whole[:place] + bytes([byte]) + whole[place + 1:])
                answer = story.run("verify", record, "--frame", frame)
                if answer.status != 1 or not answer.err.startswith("xinfeng: ") or answer.out:
                    missed.append(f"byte {place} {byte}: {answer}")
        for tail in (b"\n", b"\0", b"\0junk", b" "):
            with open(path, "wb") as file:
                file.write(whole + tail)
            answer = story.run("verify", record, "--frame", frame)
            if answer.status != 1:
                missed.append(f"tail {tail}: {answer}")
        story.check(not missed, f"one changed byte of the {what} shows", "\n".join(missed[:3]))
        with open(path, "wb") as file:
            file.write(whole)
    with open(frame, "rb") as file:
        whole = file.read()
    with open(frame, "wb") as file:
        file.write(whole.replace(b"\tB\t", b"\tA\t", 1))
    answer = story.run("verify", record, "--json")
    story.check(answer.status == 1 and answer.json["holds"] is False and "frame" in answer.json["difference"],
                "a changed class is named", answer)
    with open(frame, "wb") as file:
        file.write(whole)
    story.must("verify", record)


def main(story):
    made = story.must("init", "--json").json
    story.equal(made["database"], story.database, "a database is made")
    take_in(story)
    mapped_file(story)
    score(story)
    override(story)
    prove(story, plan(story))
    story.equal(story.must("doctor", "--json").json["sound"], True, "the database is sound at the end")
    story.check(story.must("journal", "verify", "--json").json["entries"] > 10, "and its journal holds")


if __name__ == "__main__":
    tell(main)
