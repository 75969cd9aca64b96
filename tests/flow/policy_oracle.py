#!/usr/bin/env python3
"""Scores a sample county by the SQL that its policies compile to, in SQLite and in PostgreSQL, and compares every
enterprise and indicator with the stored results: by the built-in policy and by one that uses every kind and option."""
import json
import os

import sql_engines
from story import SOURCE, tell

GENERAL = os.path.join(SOURCE, "sample-db/policies/general-enterprise.policy.json")
ENTERPRISES = 600
PROPOSER, APPROVER = "王建国", "李梅"
# Periods and the days they are run on: ends of months, days before them, a leap day, a month not over.
RUNS = [("2024-02", "2024-02-28"), ("2024-02", "2024-02-29"), ("2025-02", "2025-02-28"), ("2026-03", "2026-03-30"),
        ("2026-04", "2026-04-30"), ("2026-10", "2026-10-31"), ("2026-11", "2026-11-15")]
CLOSED = [("2023-12", "2024-01-05"), ("2026-01", "2026-02-01")]
MANY = [{"to": 1, "points": 3}, {"from": 1, "to": 2, "points": 11}, {"from": 2, "to": 5, "points": 17},
        {"from": 5, "points": 29}]
DECAY = [[12, 100], [24, 67], [60, 1], [120, 0]]
PENALTIES = ["penalty", "other_penalty", "inspection", "annual_report_missing"]


def indicators():
    """Every kind with every option, (kind, particulars)."""
    yield "attribute", {"attribute": "age_months", "missing": 7,
                        "bands": [{"to": 13, "points": 60}, {"from": 13, "to": 121, "points": 31}, {"from": 121, "points": 2}]}
    yield "attribute", {"attribute": "capital", "bands": MANY, "missing": 9, "cap": 20}
    yield "attribute", {"attribute": "insured_staff", "bands": MANY, "missing": -4, "floor": -2}
    yield "attribute", {"attribute": "paid_in_percent", "bands": [{"points": 5}], "missing": 6}
    yield "attribute", {"attribute": "key_field", "bands": [{"from": 1, "points": 13}, {"from": 0, "to": 1, "points": 1}]}
    yield "attribute", {"attribute": "kind", "codes": {"enterprise": 2, "individual": 3, "it's": 4}}
    yield "attribute", {"attribute": "status", "codes": {"open": 1, "revoked": 50, "cancelling": 40}, "missing": 3}
    yield "attribute", {"attribute": "industry", "missing": 8,
                        "codes": {"": 1, "F": 4, "F52": 9, "F521": 12, "C": 5, "C1": 6, "O": -7, "行业": 8}, "floor": -5}
    yield "present", {"facts": ["abnormal_listing", "annual_report_missing"], "points": 21}
    yield "present", {"facts": ["honour", "licence"], "points": -30, "floor": -25}
    yield "present", {"facts": PENALTIES, "points": 10, "level": {"from": 1, "to": 3}, "amount": {"from": 100000}}
    yield "count", {"facts": PENALTIES, "window": 24, "bands": MANY}
    yield "count", {"facts": ["complaint", "tip_off"], "window": 1, "bands": MANY, "cap": 12}
    yield "count", {"facts": PENALTIES, "window": 1200, "bands": MANY, "level": {"to": 2}, "amount": {"to": 5000000}}
    yield "amount", {"facts": PENALTIES, "window": 36,
                     "bands": [{"to": 1, "points": 2}, {"from": 1, "to": 10000, "points": 14}, {"from": 10000, "points": 41}]}
    yield "event", {"facts": PENALTIES, "by": "level", "missing": 5, "decay": DECAY,
                    "bands": [{"from": 1, "to": 2, "points": 13}, {"from": 2, "points": 33}], "cap": 90}
    yield "event", {"facts": PENALTIES, "by": "amount", "missing": -3, "floor": -10, "window": 48,
                    "bands": [{"from": 0, "to": 5000, "points": 7}, {"from": 5000, "points": 23}]}
    yield "event", {"facts": ["complaint", "tip_off", "change"], "points": 3, "decay": DECAY}
    yield "event", {"facts": ["honour", "inspection"], "points": -9, "floor": -1000, "decay": [[1200, 50]]}
    yield "event", {"facts": PENALTIES, "by": "level", "bands": [], "missing": 1}
    yield "growth", {"facts": ["complaint", "change", "penalty", "inspection"], "recent": 6, "base": 18, "least": 1,
                     "bands": [{"to": 50, "points": 4}, {"from": 50, "to": 150, "points": 9}, {"from": 150, "points": 27}]}
    yield "growth", {"facts": ["complaint", "change"], "recent": 7, "base": 5, "least": 2, "bands": MANY, "level": {"to": 9}}
    for of in ("address", "phone", "legal_person", "agent"):
        yield "share", {"of": of, "bands": MANY, "missing": 6}
    ties = ["legal_representative", "shareholder", "investment", "branch", "agent", "officer", "same_address"]
    for hops in (1, 2):
        for measure in ("count", "percent"):
            yield "relation", {"relations": ties[:2] if hops == 2 else ties[:4], "hops": hops, "measure": measure, "bands": MANY,
                               "facts": ["penalty", "abnormal_listing", "annual_report_missing"]}
            yield "relation", {"relations": ties if hops == 1 else ties[1:3], "hops": hops, "measure": measure, "bands": MANY,
                               "classes": ["B", "D"]}
    yield "relation", {"relations": ["investment"], "facts": PENALTIES, "level": {"from": 1}, "amount": {"from": 1}, "bands": MANY}


def whole_policy():
    """A policy of all that there is, with names that would break a careless script."""
    dimensions = [{"code": "d'1", "name": "基础\"; --", "cap": 90}, {"code": "d2", "name": "动态"},
                  {"code": "d3", "name": "关联", "cap": 61}]
    made = []
    for place, (kind, rest) in enumerate(indicators()):
        made.append({"code": f"I{place}'", "name": f"第{place}项\nDROP TABLE enterprise; -- */", "kind": kind, "basis": "O4 '%s'",
                     "note": "说明\r\n';", "dimension": dimensions[place % 3]["code"], **rest})
    rule = {"name": "直接\n判定", "basis": "X11"}
    direct = [{"code": "Z'1", "facts": ["serious_violation"], "mode": "auto", **rule},
              {"code": "Z2", "facts": ["consumer_concern", "complaint"], "mode": "confirm", **rule},
              {"code": "Z3", "facts": ["judgment_debtor", "blacklist"], "mode": "auto", **rule}]
    measure = {"rate": {"num": 1, "den": 2}, "times": 1, "method": "m", "text": "t"}
    return {"format": "xinfeng-policy/1", "code": "whole", "version": "1", "name": "全部种类\n'", "maximum": 210,
            "applies_to": {"kinds": ["enterprise", "cooperative"]}, "classes": {"A": 0, "B": 90, "C": 140, "D": 180},
            "dimensions": dimensions, "indicators": made, "direct": direct, "measures": dict.fromkeys("ABCD", measure)}


def share_particulars(story):
    """Gives enterprises addresses and telephones in common, here and there with blanks or none."""
    with story.connect() as database:
        database.executescript("""
            UPDATE enterprise SET address = '园户村镇 ' || (id % 97) || ' 号' WHERE id % 3 = 0;
            UPDATE enterprise SET address = '园户村镇' || (id % 97) || '号' WHERE id % 3 = 1;
            UPDATE enterprise SET address = ' ' WHERE id % 31 = 0;
            UPDATE enterprise SET phone = '0994-450 ' || (id % 83) WHERE id % 2 = 0;
            UPDATE enterprise SET phone = '0994450' || (id % 83) WHERE id % 4 = 1;
            UPDATE enterprise SET legal_person = '王 建国' WHERE id % 40 = 0;
            UPDATE enterprise SET insured_staff = NULL WHERE id % 7 = 0;
            UPDATE enterprise SET capital = NULL, established_on = NULL WHERE id % 11 = 0;
            UPDATE enterprise SET established_on = 20240229 WHERE id % 13 = 0;
            UPDATE enterprise SET industry = 'F5212' WHERE id % 5 = 0;
            UPDATE enterprise SET industry = NULL WHERE id % 17 = 0;
            UPDATE fact SET level = NULL WHERE id % 5 = 0;
            UPDATE fact SET amount = NULL WHERE id % 7 = 0;
            UPDATE fact SET status = id % 6 WHERE id % 9 = 0;
            UPDATE fact SET occurred_on = 20231231 WHERE id % 23 = 0;
            UPDATE fact SET ended_on = 20261031 WHERE id % 19 = 0;""")


def relate(story, known):
    """Imports relations: persons and enterprises behind others, some of them over or not begun."""
    words = ["法定代表人", "股东", "高管", "投资企业", "分支机构", "代理机构", "同一地址"]
    rows = []
    for place, (number, code, name) in enumerate(known):
        for step in range(place % 4):
            word = words[(place + step) % 7]
            other = known[(place * 7 + step * 31) % len(known)]
            person = f"陈{(place * 5 + step) % 90}"
            party = (other[2], other[1]) if (place + step) % 2 else (person, "")
            begin = ["", "2020-01-01", "2026-04-30", "2026-10-31"][number % 4]
            end = ["", "2024-02-29", "2026-10-31", "2027-01-01"][number // 4 % 4]
            rows.append([name, code, word, *party, begin if not end or begin < end else "", end])
    path = story.write("relations.csv", "企业名称 统一社会信用代码 关系类型 关联方名称 关联方代码 开始日期 结束日期".split(), rows)
    story.must("import", "relations", path, "--json")


def decide(story, known):
    """Overrides of every kind and in every state."""
    def propose(kind, number, *words):
        return str(story.must("--json", "--as", PROPOSER, "override", "propose", kind, f"#{number}", "--reason", "核查",
                              "--document", "1号", "--from", "2024-01-01", *words).json["id"])

    def approve(*words):
        identity = propose(*words)
        story.must("--as", APPROVER, "override", "approve", identity)
        return identity
    ids = [number for number, _, _ in known]
    for letter, number in zip("ABCDAD", ids):
        approve("set-class", number, "--class", letter)
    approve("set-class", ids[0], "--class", "C")
    approve("set-class", ids[6], "--class", "D", "--until", "2024-02-29")
    approve("set-class", ids[7], "--class", "D", "--from", "2026-10-31")
    propose("set-class", ids[8], "--class", "D")
    story.must("--as", APPROVER, "override", "reject", propose("set-class", ids[9], "--class", "D"), "--reason", "不当")
    story.must("--as", APPROVER, "override", "withdraw", approve("set-class", ids[10], "--class", "D"), "--reason", "不当")
    with story.connect() as database:
        facts = database.execute("SELECT id, id >> 20, type FROM fact WHERE status = 0 AND type IN (1, 2, 3, 4, 5, 6, 15)"
                                 " ORDER BY type, id").fetchall()
    by_type = {}
    for fact, number, kind in facts:
        by_type.setdefault(kind, []).append((fact, number))
    for fact, number in by_type[1][:6] + by_type[2][:3] + by_type.get(3, [])[-1:]:
        approve("exclude-fact", number, "--fact", str(fact), "--status", "disputed")
    revoke_parts(story, approve)
    return by_type, approve


def revoke_parts(story, approve):
    """Revokes parts of penalties: the amount, the level, both, and one twice."""
    with story.connect() as database:
        facts = database.execute("SELECT id, id >> 20, amount, level FROM fact WHERE status = 0 AND type IN (1, 28) AND level > 1 "
                                 "AND amount > 200 AND id NOT IN (SELECT fact FROM override WHERE fact IS NOT NULL) "
                                 "ORDER BY id LIMIT 40").fetchall()
    story.check(len(facts) == 40, "there are penalties to revoke a part of", len(facts))
    for place, (fact, number, amount, level) in enumerate(facts):
        words = []
        if place % 3 != 1:
            words += ["--amount-left", f"{amount // 3 // 100}.{amount // 3 % 100:02d}"]
        if place % 3 != 0:
            words += ["--level-left", str(level - 1)]
        approve("exclude-fact", number, "--fact", str(fact), "--status", "revoked", *words)
        if place % 9 == 8:
            approve("exclude-fact", number, "--fact", str(fact), "--status", "revoked", "--amount-left", "0.01")


def decide_rules(by_type, approve, confirmed, waived):
    """Confirms a rule and waives others; which rules there are is the policy's."""
    for kind, rule in confirmed:
        for _, number in by_type.get(kind, [])[:4]:
            approve("confirm-direct", number, "--rule", rule)
    for kind, rule in waived:
        for _, number in by_type.get(kind, [])[:2]:
            approve("waive-direct", number, "--rule", rule, "--until", "2027-01-01")
        for _, number in by_type.get(kind, [])[2:3]:
            approve("set-class", number, "--class", "A")


def run_all(story, policy, file, runs):
    """Runs periods and their SQL in SQLite; gives what PostgreSQL is to run, with what SQLite said."""
    cases = []
    for period, today in runs:
        story.must("score", "--period", period, today=today)
        with story.connect() as database:
            stored = sql_engines.stored_results(database, int(period.replace("-", "")), policy)
        script = sql_engines.script_of(story, "sqlite", "--period", period, today=today)
        said = sql_engines.run_sqlite(story.database, script, policy)
        wrong = list(sql_engines.differences(sql_engines.as_stored(said), stored))
        story.check(len(stored) > ENTERPRISES // 2 and not wrong,
                    f"{policy['code']}, {today}: SQLite says of {len(stored)} enterprises what is stored", "\n".join(wrong[:8]))
        cases.append((today, sql_engines.script_of(story, "postgresql", file, "--day", today), policy, said))
    story.equal({result[3] for result, _ in stored.values()}, {"score", "direct", "override"},
                f"{policy['code']}: score, rules and persons decide")
    return cases


def in_postgres(story, server, cases):
    if server is None:
        return
    server.load(story.database, story.folder)
    for today, script, policy, said in cases:
        wrong = list(sql_engines.differences(server.run(script, policy, story.folder), said))
        story.check(not wrong, f"{policy['code']}, {today}: PostgreSQL says the same", "\n".join(wrong[:8]))


def command(story, file):
    """The command itself: what it prints, and wrong use."""
    printed = story.must("policy", "sql", "--dialect", "sqlite", "--day", "2026-10-31").out
    story.check(printed.startswith("-- ") and "FROM fact" in printed, "the script alone is printed", printed[:200])
    story.equal(printed, story.must("policy", "sql", file, "--dialect", "sqlite").out, "a policy can be named by its file")
    chinese = story.must("--lang", "zh", "policy", "sql", "--dialect", "sqlite").out
    both = [[line for line in text.splitlines() if not line.startswith("--")] for text in (printed, chinese)]
    story.equal(both[0], both[1], "only comments depend on the language")
    story.refused(2, "a dialect is needed", "policy", "sql", holding="--dialect")
    story.refused(2, "an unknown dialect", "policy", "sql", "--dialect", "oracle", holding="postgresql")
    story.refused(2, "a month and a day", "policy", "sql", "--dialect", "sqlite", "--day", "2026-10-31", "--period", "2026-10",
                  holding="do not go together")
    story.refused(3, "a month to come", "policy", "sql", "--dialect", "sqlite", "--period", "2026-12", holding="2026-12")
    story.refused(2, "a month that is none", "policy", "sql", "--dialect", "sqlite", "--period", "2026-13", holding="2026-13")


def of_its_kinds(story, by_type):
    """The facts of those whom the whole policy scores: the others are told by rules of another."""
    kinds = whole_policy()["applies_to"]["kinds"]
    with story.connect() as database:
        known = dict(database.execute("SELECT id, kind FROM enterprise"))
    return {kind: [one for one in facts if known[one[1]] in kinds] for kind, facts in by_type.items()}


def tell_policies(story, server):
    with story.connect() as database:
        known = database.execute("SELECT id, uscc, name FROM enterprise WHERE uscc IS NOT NULL ORDER BY id LIMIT 400").fetchall()
    relate(story, known)
    for period, today in CLOSED:
        story.must("score", "--period", period, "--close", today=today)
    by_type, approve = decide(story, known)
    decide_rules(by_type, approve, [(6, "X11-4")], [(3, "X11-1"), (4, "X11-2")])
    builtin = story.path("builtin.policy.json")
    story.must("policy", "export", builtin)
    command(story, builtin)
    with open(builtin, encoding="utf-8") as file:
        in_postgres(story, server, run_all(story, json.load(file), builtin, RUNS[1::2]))
    whole = story.path("whole.policy.json")
    with open(whole, "w", encoding="utf-8") as file:
        json.dump(whole_policy(), file, ensure_ascii=False)
    story.must("policy", "import", whole)
    story.must("--as", PROPOSER, "policy", "propose", "whole")
    story.must("--as", APPROVER, "policy", "publish", "whole")
    decide_rules(of_its_kinds(story, by_type), approve, [(15, "Z2")], [(3, "Z'1"), (4, "Z3")])
    cases = run_all(story, whole_policy(), whole, RUNS)
    in_postgres(story, server, cases)
    flat = [one["code"] for place, one in enumerate(whole_policy()["indicators"])
            if not any(indicators[place][1] for _, _, _, said in cases for _, indicators in said.values())]
    story.check(not flat, "every indicator of the whole policy gives somebody points", flat)


def main(story):
    story.must("init", "--policy", GENERAL)
    story.must("sample", "--enterprises", str(ENTERPRISES))
    share_particulars(story)
    with sql_engines.postgres_if_any(story) as server:
        tell_policies(story, server)


if __name__ == "__main__":
    tell(main)
