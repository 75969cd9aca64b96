#!/usr/bin/env python3
"""Scores small databases of odd data, made up from a seed, by policies made up as well: what the program stores, what
its SQL says in SQLite and, where it is installed, in PostgreSQL have to be the same."""
import calendar
import json
import random

import sql_engines
from story import tell

ROUNDS = 24
ENTERPRISES = 45
SEED = 20261031
DAYS = [20240229, 20240228, 20240301, 20250228, 20260131, 20260430, 20260427, 20261031, 20261130, 20261231, 20260615]
TYPES = ["penalty", "abnormal_listing", "serious_violation", "judgment_debtor", "blacklist", "consumer_concern"]
TIES = "legal_representative shareholder officer branch investment same_address agent".split()
PARTIES = ["张三#11", "张三", "李四", "Li", "li", "LI", "a-b", "ab", "B", "a", "王五#ff", "é", "z", "𠮷", "阿", "吉"]
INSERTS = {
    "enterprise": "id uscc name name_key initials kind status region legal_person capital established_on industry address phone "
                  "insured_staff paid_in_percent key_field",
    "fact": "id type status occurred_on ended_on amount level identity source recorded_on",
    "relation": "enterprise type party party_name other from_day to_day",
    "override": "kind enterprise fact class rule reason document valid_from valid_to state proposer proposed_at amount_left "
                "level_left",
    "period": "id day state policy run_at run_by enterprises facts class_a class_b class_c class_d",
    "result": "id period enterprise day total score_class final_class decided_by dimensions indicators",
}


class Maker:
    """Makes up one policy and one database for a day."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.day = self.random.choice(DAYS)
        self.later = self.pick(True, False)  # a later period is closed already

    def pick(self, *values):
        return self.random.choice(values)

    def number(self, low, high):
        return self.random.randint(low, high)

    def any_day(self):
        """A day, often one on which something turns: this one, its neighbours, its day in other months, ends of months."""
        year, month = self.number(2015, 2027), self.number(1, 12)
        last = calendar.monthrange(year, month)[1]
        return self.pick(self.day, self.day + (1 if self.day % 100 < 28 else 0), self.day - 1 if self.day % 100 > 1 else self.day,
                         year * 10000 + month * 100 + min(self.day % 100, last), year * 10000 + month * 100 + last,
                         year * 10000 + month * 100 + min(self.number(27, 31), last),
                         year * 10000 + month * 100 + self.number(1, last))

    def begin_and_end(self):
        """Both may be open; the end may be the day itself, before it, or before the begin."""
        return self.pick(None, self.any_day()), self.pick(None, None, self.day, self.any_day())

    # ---- the policy
    def bands(self, high):
        """Bands in any order with gaps, ends open or not, points of any sign."""
        bounds = sorted(self.random.sample(range(0, high + 7), self.number(2, 5)))
        made = [{"from": low, "to": up, "points": self.number(-30, 60)} for low, up in zip(bounds, bounds[1:])]
        if self.pick(True, False):
            made[0].pop("from")
        if self.pick(True, False):
            made[-1].pop("to")
        made = [one for one in made if len(made) == 1 or self.number(0, 4)]
        self.random.shuffle(made)
        return made

    def limits(self, high):
        low = self.number(0, high)
        return self.pick({"from": low}, {"to": low + 1}, {"from": low, "to": low + self.number(1, high)})

    def matching(self):
        made = {"facts": self.random.sample(TYPES, self.number(1, 4))}
        if not self.number(0, 2):
            made["level"] = self.limits(4)
        if not self.number(0, 2):
            made["amount"] = self.limits(1000000)
        return made

    def decay(self):
        steps = sorted(self.random.sample(range(1, 100), self.number(1, 4)))
        return [[months, self.pick(0, 1, 33, 67, 100)] for months in steps]

    def particulars(self, kind):
        if kind == "attribute":
            name = self.pick("age_months", "capital", "insured_staff", "paid_in_percent", "key_field", "kind", "status", "industry")
            if name in ("kind", "status", "industry"):
                words = {"kind": ["enterprise", "individual"], "status": ["open", "revoked", "it's"],
                         "industry": ["C", "C1", "C13", "F", "F52", "f", ""]}[name]
                chosen = self.random.sample(words, self.number(1, len(words)))
                return {"attribute": name, "codes": {word: self.number(-20, 40) for word in chosen}}
            return {"attribute": name, "bands": self.bands({"age_months": 150, "key_field": 1}.get(name, 100))}
        if kind == "share":
            return {"of": self.pick("address", "phone", "legal_person", "agent", "agent"), "bands": self.bands(12)}
        if kind == "relation":
            made = {"relations": self.random.sample(TIES, self.number(1, 5)), "hops": self.pick(1, 2),
                    "measure": self.pick("count", "percent")}
            made.update(self.pick({"classes": self.random.sample("ABCD", self.number(1, 3))}, self.matching()))
            return {**made, "bands": self.bands(100 if made["measure"] == "percent" else 9)}
        made = self.matching()
        if kind == "present":
            return {**made, "points": self.number(-20, 40)}
        if kind == "growth":
            return {**made, "recent": self.number(1, 40), "base": self.number(1, 40), "least": self.number(1, 3),
                    "bands": self.bands(400)}
        if kind in ("count", "amount"):
            return {**made, "window": self.pick(1, 6, 12, 13, 60, 1200), "bands": self.bands(8 if kind == "count" else 9000)}
        if self.pick(True, False):
            made["window"] = self.pick(1, 12, 60)
        if self.pick(True, False):
            made["decay"] = self.decay()
        by = self.pick("level", "amount", None)
        return {**made, "points": self.number(-20, 40)} if by is None else \
               {**made, "by": by, "bands": self.bands(5 if by == "level" else 9000)}

    def indicator(self, place, kind, dimensions):
        made = {"code": f"I{place}", "name": f"第{place}项", "kind": kind, "basis": "O4", "floor": self.pick(0, -10, -1000),
                "missing": self.number(-15, 25), "dimension": self.pick(*dimensions)["code"], **self.particulars(kind)}
        if self.pick(True, False):
            made["cap"] = self.number(0, 70)
        return made

    def policy(self):
        dimensions = [{"code": f"d{place}", "name": "维度"} for place in range(self.number(1, 5))]
        for one in dimensions:
            if self.pick(True, False):
                one["cap"] = self.number(0, 150)
        kinds = "attribute present count amount event growth share relation".split()
        indicators = [self.indicator(place, kinds[place % 8], dimensions) for place in range(24)]
        direct = [{"code": f"Z{place}", "name": "直接判定", "basis": "X11", "facts": self.random.sample(TYPES[2:], self.number(1, 2)),
                   "mode": self.pick("auto", "confirm")} for place in range(self.number(0, 3))]
        bounds = sorted(self.random.sample(range(1, 400), 3))
        measure = {"rate": {"num": 1, "den": 2}, "times": 1, "method": "m", "text": "t"}
        return {"format": "xinfeng-policy/1", "code": "odd", "version": "1", "name": "奇数", "maximum": self.number(400, 600),
                "applies_to": {"kinds": self.random.sample(["enterprise", "individual", "cooperative"], self.number(1, 3))},
                "classes": dict(zip("ABCD", [0, *bounds])), "dimensions": dimensions, "indicators": indicators, "direct": direct,
                "measures": dict.fromkeys("ABCD", measure)}

    # ---- the data
    def enterprise(self, number):
        street = self.pick("园户村镇1号", "园户村镇 1 号", " 园户村镇1号", "园户村镇2号", "", "  ", None, "ab", "AB")
        return (number, None, f"企业{number}", f"企业{number}", "", self.pick("enterprise", "individual", "cooperative"),
                self.pick("open", "open", "revoked", "it's", "Open", ""), "650000",
                self.pick("王建国", "王 建国", "", " ", None, "Li", "li"), self.pick(None, 0, 1, 999999, 1000000, self.number(0, 99999999)),
                self.pick(None, self.any_day(), self.any_day()), self.pick(None, "", "C", "C13", "C1311", "F5211", "f52", "D44", "制造"),
                street, self.pick("0994-450 1", "09944501", "0994-4501", "-", None, "", "1"),
                self.pick(None, 0, 1, self.number(0, 100)), self.pick(None, 0, 50, 100, 130), self.pick(0, 1))

    def fact(self, enterprise, sequence):
        level = self.pick(None, 0, 1, 2, 3, 4, self.number(-2, 9))
        amount = self.pick(None, 0, 1, 99, 100, 101, 500000, self.number(0, 2000000))
        return ((enterprise << 20) + sequence, self.number(1, len(TYPES)), self.pick(0, 0, 0, 0, self.number(0, 5)), self.any_day(),
                self.begin_and_end()[1], amount, level, sequence, 1, 20260101)

    def relations(self):
        own = {party: self.pick(None, None, self.number(1, ENTERPRISES)) for party in PARTIES}
        own.update({f"91{place}": self.number(1, ENTERPRISES) for place in range(12)})
        made = {}
        for _ in range(self.number(20, 90)):
            enterprise, tie, party = self.number(1, ENTERPRISES), self.pick(*TIES, "cousin"), self.pick(*own)
            other = own[party] if self.number(0, 9) else self.pick(None, self.number(1, ENTERPRISES))
            made[enterprise, tie, party] = (enterprise, tie, party, party, other, *self.begin_and_end())
        if self.number(0, 2) == 0:  # several agents each, of whom the first by its bytes counts
            for enterprise in range(1, ENTERPRISES + 1):
                for party in self.random.sample(PARTIES, self.number(0, 3)):
                    made[enterprise, "agent", party] = (enterprise, "agent", party, party, own[party], None, None)
        return list(made.values())

    def override(self, facts, rules):
        kind = self.pick("set-class", "exclude-fact", "exclude-fact", "confirm-direct", "confirm-direct", "waive-direct", "observe",
                         "part", "part", "part", "part")
        fact = self.pick(*facts)[0]
        begin, end = self.begin_and_end()
        left = (self.pick(None, 0, self.number(0, 500000)), self.pick(None, 0, 1, self.number(0, 4)))
        left = left if kind == "part" else (None, None)
        kind = "exclude-fact" if kind == "part" else kind
        return (kind, fact >> 20, fact if kind == "exclude-fact" else None, self.pick(*"ABCD") if kind == "set-class" else None,
                self.pick(*rules, "nobody's") if kind.endswith("direct") else None, "核查", "1号", begin or 20150101, end,
                self.pick("approved", "approved", "approved", "proposed", "rejected", "withdrawn"), "王建国", "2026-01-01", *left)

    def periods(self):
        """Earlier and later ones, closed or not, with classes of most enterprises."""
        month = self.day // 100
        before = [month - 1 if month % 100 > 1 else month - 89, month - 100, month - 200]
        states = [self.pick("closed", "open"), "closed", self.pick("closed", "open")]
        periods = [(one, one * 100 + 28, state, 1, "t", "w", 0, 0, 0, 0, 0, 0) for one, state in zip(before, states)]
        if self.later:
            periods.append((month + 100, month * 100 + 10028, "closed", 1, "t", "w", 0, 0, 0, 0, 0, 0))
        results = [(period[0] << 40 | number, period[0], number, period[1], 0, self.pick(*"ABCD"), self.pick(*"ABCD"), "score", "[]", "[]")
                   for period in periods for number in range(1, ENTERPRISES + 1) if self.number(0, 5)]
        return periods, results

    def fill(self, database, rules):
        enterprises = [self.enterprise(number) for number in range(1, ENTERPRISES + 1)]
        facts = [self.fact(number, sequence) for number in range(1, ENTERPRISES + 1) for sequence in range(self.pick(0, 1, 4, 9, 20))]
        periods, results = self.periods()
        overrides = [self.override(facts, rules) for _ in range(120)]
        database.execute("BEGIN")
        database.execute("INSERT INTO source (id, name) VALUES (1, '某局')")
        for table, rows in (("enterprise", enterprises), ("fact", facts), ("relation", self.relations()), ("override", overrides),
                            ("period", periods), ("result", results)):
            columns = INSERTS[table].split()
            database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)
        database.execute("COMMIT")


def iso(day):
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def rescore(story, maker, today):
    """Decides about some enterprises: each is scored anew by itself, and has to come out as among all."""
    for enterprise in maker.random.sample(range(1, ENTERPRISES + 1), 4):
        answer = story.must("--json", "--as", "王建国", "override", "propose", "set-class", f"#{enterprise}", "--class", "C",
                            "--reason", "核查", "--document", "2号", today=today)
        story.must("--as", "李梅", "override", "approve", str(answer.json["id"]), today=today)


def one_round(story, server, number):
    """One policy, one database; how many enterprises were compared, and what differed."""
    maker = Maker(SEED + number)
    policy = maker.policy()
    story.database = story.path(f"odd-{number}.db")
    file = story.path(f"odd-{number}.policy.json")
    with open(file, "w", encoding="utf-8") as out:
        json.dump(policy, out, ensure_ascii=False)
    story.must("init", "--policy", file)
    with story.connect() as database:
        maker.fill(database, [rule["code"] for rule in policy["direct"]])
    today = iso(maker.day)
    story.must("score", "--period", today[:7], today=today)
    if not maker.later:
        rescore(story, maker, today)
    with story.connect() as database:
        stored = sql_engines.stored_results(database, maker.day // 100, policy)
    said = sql_engines.run_sqlite(story.database, sql_engines.script_of(story, "sqlite", today=today), policy)
    wrong = [f"round {number}, SQLite, {one}" for one in sql_engines.differences(sql_engines.as_stored(said), stored)]
    if server is not None:
        server.load(story.database, story.folder)
        there = server.run(sql_engines.script_of(story, "postgresql", file, "--day", today), policy, story.folder)
        wrong += [f"round {number}, PostgreSQL, {one}" for one in sql_engines.differences(there, said)]
    return said, wrong


def main(story):
    wrong, kinds, decisions, count = [], {}, set(), 0
    with sql_engines.postgres_if_any(story) as server:
        for number in range(ROUNDS):
            said, found = one_round(story, server, number)
            wrong += found
            count += len(said)
            policy = Maker(SEED + number).policy()
            for result, indicators in said.values():
                decisions.add(result[3])
                for place, (_, raw, _) in indicators.items():
                    kinds.setdefault(policy["indicators"][place]["kind"], set()).add(raw)
    story.check(not wrong, f"{count} enterprises of odd data: SQL says what is stored", "\n".join(wrong[:12]))
    story.check(count > ROUNDS * ENTERPRISES // 3, "several hundred enterprises were compared", count)
    story.equal(decisions, {"score", "direct", "override"}, "score, rules and persons decide")
    story.check(len(kinds) == 8 and all(len(raws) > 5 for raws in kinds.values()), "every kind gives different points", kinds)


if __name__ == "__main__":
    tell(main)
