#!/usr/bin/env python3
"""Scores a sample county a second time, from the description of the semantics alone, and compares every
enterprise with what the program stored: total, dimensions, non-zero indicators, classes and what decided."""
import calendar
import collections
import json

from story import tell

ENTERPRISES = 3000
EXPLAINED = 300
# The stable numbers of the types of facts in the database.
TYPES = """penalty abnormal_listing serious_violation judgment_debtor blacklist consumer_concern inspection
food_inspection food_sampling special_equipment product_quality counterfeiting price competition complaint tip_off
metrology standards certification testing_body licence licence_lost equity_pledge ip_pledge equity_freeze change
annual_report_missing other_penalty other_inspection tax_arrears wage_arrears enforcement utility_arrears honour
platform_signal other_licence""".split()
KEYS = "id type status occurred_on ended_on amount level".split()


def months(begin, day):
    """Whole calendar months; the last day of a short month counts as reached."""
    age = (day // 10000 - begin // 10000) * 12 + day // 100 % 100 - begin // 100 % 100
    last = calendar.monthrange(day // 10000, day // 100 % 100)[1]
    return age - 1 if day % 100 < begin % 100 and day % 100 != last else age


def band(bands, value):
    for one in bands:
        if one.get("from", value) <= value and (one.get("to") is None or value < one["to"]):
            return one["points"]
    return 0


def clamp(value, low, high):
    return max(low, value if high is None else min(value, high))


def attribute(rule, enterprise, day):
    """(value, points) of an attribute indicator; value None when it is not known."""
    name = rule["attribute"]
    if name in ("kind", "status", "industry"):
        code = enterprise[name]
        if not code:
            return None, rule.get("missing", 0)
        fits = [key for key in rule["codes"] if (code.startswith(key) if name == "industry" else code == key)]
        return code, rule["codes"][max(fits, key=len)] if fits else 0
    if name == "age_months":
        begun = enterprise["established_on"]
        value = None if begun is None or begun > day else months(begun, day)
    elif name == "capital":
        value = None if enterprise["capital"] is None else enterprise["capital"] // 1000000
    else:
        value = enterprise[name]
    return value, rule.get("missing", 0) if value is None else band(rule["bands"], value)


def within(limits, value):
    if not limits:
        return True
    return value is not None and limits.get("from", value) <= value and value < limits.get("to", value + 1)


def in_force(fact, day):
    return fact["ended_on"] is None or fact["ended_on"] > day


def event_points(rule, fact):
    if rule.get("by") is None:
        return rule["points"]
    value = fact["level"] if rule["by"] == "level" else fact["amount"]
    if value is None:
        return rule.get("missing", 0)
    return band(rule["bands"], value if rule["by"] == "level" else value // 100)


def decay(rule, age):
    steps = rule.get("decay")
    if not steps:
        return 100
    return next((percent for end, percent in steps if age < end), 0)


def growth(rule, matching, day):
    ages = {f["id"]: months(f["occurred_on"], day) for f in matching}
    ages = {fact: age for fact, age in ages.items() if age < rule["recent"] + rule["base"]}
    recent = sum(age < rule["recent"] for age in ages.values())
    before = max(1, len(ages) - recent)
    value = 100 * recent * rule["base"] // (before * rule["recent"])
    return value, band(rule["bands"], value) * 100 if recent >= rule["least"] else 0, {fact: 0 for fact in ages}


class Others:
    """What others have in common with an enterprise, and who is related to it, on a day."""

    def __init__(self, database, enterprises, facts, overrides, period, day):
        self.enterprises, self.day = enterprises, day
        self.facts = {key: [left_of(f, overrides.get(key, [])) for f in all_of] for key, all_of in facts.items()}
        self.excluded = {o["fact"] for all_of in overrides.values() for o in all_of if whole(o)}
        before = rows(database, "SELECT max(id) AS id FROM period WHERE state = 'closed' AND id < ?", period)[0]["id"]
        self.classes = {r["enterprise"]: r["final_class"]
                        for r in rows(database, "SELECT * FROM result WHERE period = ?", before)}
        self.relations = [r for r in rows(database, "SELECT * FROM relation")
                          if (r["from_day"] or 0) <= day and (r["to_day"] is None or r["to_day"] > day)]
        self.parties, self.members, self.selves = {}, {}, {}
        for one in self.relations:
            self.parties.setdefault(one["enterprise"], []).append((one["type"], one["party"]))
            self.members.setdefault(one["party"], []).append((one["type"], one["enterprise"]))
            if one["other"] is not None:
                self.selves[one["party"]] = one["other"]
        self.keys = {key: self.shared(one) for key, one in enterprises.items()}
        self.counts = collections.Counter((of, text) for one in self.keys.values() for of, text in one.items())

    def party(self, enterprise, kind):
        return min((party for type_, party in self.parties.get(enterprise["id"], []) if type_ == kind), default=None)

    def shared(self, enterprise):
        texts = {"address": (enterprise["address"] or "").replace(" ", ""),
                 "phone": (enterprise["phone"] or "").replace("-", "").replace(" ", ""),
                 "legal_person": self.party(enterprise, "legal_representative")
                 or (enterprise["legal_person"] or "").replace(" ", ""),
                 "agent": self.party(enterprise, "agent")}
        return {of: text for of, text in texts.items() if text}

    def near(self, key, kinds):
        """One hop: over the parties of an enterprise, and over itself as a party of others."""
        parties = [party for kind, party in self.parties.get(key, []) if kind in kinds]
        parties += [party for party, self_ in self.selves.items() if self_ == key]
        found = {self.selves[party] for party in parties if party in self.selves}
        return found | {member for party in parties for kind, member in self.members[party] if kind in kinds}

    def counts_for(self, rule, key):
        if "classes" in rule:
            return self.classes.get(key) in rule["classes"]
        return any(f["status"] == 0 and f["occurred_on"] <= self.day and in_force(f, self.day)
                   and f["id"] not in self.excluded and f["type"] in rule["facts"]
                   and within(rule.get("level"), f["level"]) and within(rule.get("amount"), f["amount"])
                   for f in self.facts.get(key, []))

    def relation(self, rule, enterprise):
        key = enterprise["id"]
        related = self.near(key, rule["relations"])
        if rule.get("hops", 1) == 2:
            related |= {one for near in related for one in self.near(near, rule["relations"])}
        related.discard(key)
        value = sum(self.counts_for(rule, one) for one in related)
        if rule.get("measure") == "percent":
            value = 100 * value // len(related) if related else 0
        return value, band(rule["bands"], value) * 100, {}

    def share(self, rule, enterprise):
        text = self.keys[enterprise["id"]].get(rule["of"])
        if text is None:
            return None, rule.get("missing", 0) * 100, {}
        others = self.counts[rule["of"], text] - 1
        return others, band(rule["bands"], others) * 100, {}


def indicator(rule, enterprise, facts, others, day):
    """(value, raw centipoints, {fact: centipoints})."""
    if rule["kind"] == "attribute":
        value, points = attribute(rule, enterprise, day)
        return value, points * 100, {}
    if rule["kind"] == "share":
        return others.share(rule, enterprise)
    if rule["kind"] == "relation":
        return others.relation(rule, enterprise)
    matching = [f for f in facts if f["type"] in rule["facts"] and within(rule.get("level"), f["level"])
                and within(rule.get("amount") if isinstance(rule.get("amount"), dict) else None, f["amount"])]
    if rule.get("window"):
        matching = [f for f in matching if months(f["occurred_on"], day) < rule["window"]]
    if rule["kind"] == "growth":
        return growth(rule, matching, day)
    if rule["kind"] == "present":
        matching = [f for f in matching if in_force(f, day)]
        return len(matching), rule["points"] * 100 if matching else 0, {f["id"]: 0 for f in matching}
    if rule["kind"] == "count":
        return len(matching), band(rule["bands"], len(matching)) * 100, {f["id"]: 0 for f in matching}
    if rule["kind"] == "amount":
        matching = [f for f in matching if f["amount"] is not None]
        yuan = sum(f["amount"] for f in matching) // 100
        return yuan, band(rule["bands"], yuan) * 100, {f["id"]: 0 for f in matching}
    given = {f["id"]: event_points(rule, f) * decay(rule, months(f["occurred_on"], day)) for f in matching}
    given = {fact: points for fact, points in given.items() if points != 0}
    return len(given), sum(given.values()), given


def whole(override):
    """Whether an override excludes a fact as a whole."""
    return override["kind"] == "exclude-fact" and override["amount_left"] is None and override["level_left"] is None


def left_of(fact, overrides):
    """A fact without the parts that are revoked."""
    left = dict(fact)
    for override in overrides:
        for key in ("amount", "level"):
            most = override[f"{key}_left"]
            if override["fact"] == fact["id"] and most is not None and left[key] is not None:
                left[key] = min(left[key], most)
    return left


def score(policy, enterprise, facts, overrides, others, day):
    """The whole result in the shape of the stored one."""
    excluded = {o["fact"] for o in overrides if whole(o)}
    facts = [left_of(f, overrides) for f in facts]
    facts = [f for f in facts if f["status"] == 0 and f["occurred_on"] <= day and f["id"] not in excluded]
    dimensions = {d["code"]: 0 for d in policy["dimensions"]}
    indicators = []
    for place, rule in enumerate(policy["indicators"]):
        value, raw, given = indicator(rule, enterprise, facts, others, day)
        points = clamp(raw, rule.get("floor", 0) * 100, rule["cap"] * 100 if "cap" in rule else None)
        dimensions[rule["dimension"]] += points
        if raw or points:
            indicators.append([place, value, raw, points, given])
    sums = [clamp(dimensions[d["code"]], 0, d["cap"] * 100 if "cap" in d else None) for d in policy["dimensions"]]
    total = clamp(sum(sums), 0, policy["maximum"] * 100)
    score_class = max(c for c, bound in policy["classes"].items() if bound * 100 <= total)
    final, decided = score_class, ("score", None, None)
    for override in sorted((o for o in overrides if o["kind"] == "set-class"), key=lambda o: o["id"]):
        final, decided = override["class"], ("override", None, override["id"])
    for rule in policy["direct"]:
        named = {o["kind"] for o in overrides if o["rule"] == rule["code"]}
        standing = any(f["type"] in rule["facts"] and in_force(f, day) for f in facts)
        agreed = rule["mode"] == "auto" or "confirm-direct" in named
        if standing and agreed and "waive-direct" not in named:
            final, decided = "D", ("direct", rule["code"], None)
            break
    return {"total": total, "score_class": score_class, "final_class": final, "decided": decided,
            "dimensions": sums, "indicators": indicators}


def rows(database, sql, *values):
    cursor = database.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def facts_of(database):
    """{enterprise: its facts}, the type by name."""
    facts = {}
    for fact in rows(database, f"SELECT {', '.join(KEYS)} FROM fact ORDER BY id"):
        fact["type"] = TYPES[fact["type"] - 1]
        facts.setdefault(fact["id"] >> 20, []).append(fact)
    return facts


def overrides_of(database, day):
    found = {}
    for one in rows(database, "SELECT id, kind, enterprise, fact, class, rule, amount_left, level_left FROM override WHERE state = 'approved' "
                              "AND valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)", day):
        found.setdefault(one["enterprise"], []).append(one)
    return found


def stored(row):
    return {"total": row["total"], "score_class": row["score_class"], "final_class": row["final_class"],
            "decided": (row["decided_by"], row["decided_rule"], row["decided_id"]),
            "dimensions": json.loads(row["dimensions"]),
            "indicators": [[place, value, raw, points, {fact[0]: fact[3] for fact in facts}]
                           for place, value, raw, points, facts, *_ in json.loads(row["indicators"])]}


def compare(story, policy, what):
    """Compares every result of the newest period; gives them by enterprise."""
    with story.connect() as database:
        period = rows(database, "SELECT * FROM period ORDER BY id DESC LIMIT 1")[0]
        enterprises = {e["id"]: e for e in rows(database, "SELECT * FROM enterprise")}
        results = rows(database, "SELECT r.*, coalesce(r.day, p.day) AS day FROM result r JOIN period p ON p.id = r.period "
                                 "WHERE r.period = ?", period["id"])
        facts = facts_of(database)
        overrides = {day: overrides_of(database, day) for day in {r["day"] for r in results}}
        others = {day: Others(database, enterprises, facts, overrides[day], period["id"], day) for day in overrides}
    wrong, found = [], {}
    for row in results:
        key = row["enterprise"]
        mine = score(policy[enterprises[key]["kind"]], enterprises[key], facts.get(key, []), overrides[row["day"]].get(key, []),
                     others[row["day"]], row["day"])
        found[key] = mine
        if mine != stored(row):
            wrong.append(f"{enterprises[key]['uscc']}\nmine   {mine}\nstored {stored(row)}")
    story.check(len(results) == len(enterprises) and not wrong,
                f"{what}: {len(results)} results are those of the second computation", "\n".join(wrong[:3]))
    counts = [sum(r["final_class"] == letter for r in found.values()) for letter in "ABCD"]
    story.equal([period[f"class_{letter}"] for letter in "abcd"], counts, f"{what}: the period counts its classes")
    return enterprises, facts, found


def decide(story, policy, enterprises, facts, found):
    """One override of every kind, proposed and approved, on enterprises that it bears on. No fact is excluded that
    indicators of relations look at: whom it counts for is scored again with the next run only."""
    watched = {word for i in policy["enterprise"]["indicators"] if i["kind"] == "relation" for word in i.get("facts", [])}
    types = {f["id"]: f["type"] for all_facts in facts.values() for f in all_facts}
    def approve(kind, key, *words):
        code = enterprises[key]["uscc"]
        answer = story.must("--json", "--as", "王建国", "override", "propose", kind, code, "--reason", "核查",
                            "--document", "1号", *words)
        story.must("--as", "李梅", "override", "approve", str(answer.json["id"]))
    direct = [key for key, one in found.items() if one["decided"][0] == "direct"]
    plain = [key for key, one in found.items() if one["decided"][0] == "score" and facts.get(key)]
    excluded = {key: next((fact for i in found[key]["indicators"] for fact in i[4] if types[fact] not in watched), None)
                for key in plain}
    scored = [key for key in plain if excluded[key]]
    concerned = [key for key in plain if any(f["type"] == "consumer_concern" and f["status"] == 0
                                             and f["ended_on"] is None for f in facts[key])]
    for letter, key in zip("ABCD", plain):
        approve("set-class", key, "--class", letter)
    approve("set-class", direct[0], "--class", "A")
    approve("waive-direct", direct[1], "--rule", found[direct[1]]["decided"][1], "--until", "2027-01-01")
    for key in scored[-3:]:
        approve("exclude-fact", key, "--fact", str(excluded[key]), "--status", "revoked")
    penalties = [(key, f) for key in scored[:-3] for f in facts[key] if f["type"] == "penalty" and f["status"] == 0
                 and (f["level"] or 0) > 1 and (f["amount"] or 0) > 100]
    for key, fact in penalties[:3]:
        approve("exclude-fact", key, "--fact", str(fact["id"]), "--status", "revoked", "--level-left", "1", "--amount-left", "0.50")
    story.check(len(penalties) > 2, "the sample has penalties to revoke a part of", len(penalties))
    if concerned:
        approve("confirm-direct", concerned[0], "--rule", "X11-4")
    story.check(bool(concerned), "the sample has a concern to confirm", len(plain))


def explain(story, policy, enterprises, found):
    """What `show` says of a few hundred adds up to the stored total."""
    caps = {d["code"]: d.get("cap") for d in policy["enterprise"]["dimensions"]}
    wrong = []
    for key in sorted(found)[:: max(1, len(found) // EXPLAINED)]:
        said = story.must("show", enterprises[key]["uscc"] or f"#{key}", "--json").json
        total = 0
        for dimension in said["dimensions"]:
            points = sum(i["centipoints"] for i in said["indicators"] if i["dimension"] == dimension["code"])
            cap = caps[dimension["code"]]
            total += clamp(points, 0, None if cap is None else cap * 100)
        events = all(sum(f["centipoints"] for f in i["facts"]) == i["raw"]
                     for i in said["indicators"] if i["kind"] == "event")
        if (min(total, 100000), said["centipoints"], events) != (found[key]["total"], found[key]["total"], True):
            wrong.append(said["uscc"])
    story.check(not wrong, "explanations add up to the stored totals", wrong)


def main(story):
    story.must("init")
    story.must("sample", "--enterprises", str(ENTERPRISES))
    story.must("score", "--period", "2026-09", "--close")  # relations look at its classes
    story.must("score", "--period", "2026-10")
    policy = {}  # by kind of entity
    for kind in ("enterprise", "individual", "cooperative"):
        story.must("policy", "export", f"general-{kind}", story.path(f"{kind}.policy.json"))
        with open(story.path(f"{kind}.policy.json"), encoding="utf-8") as file:
            policy[kind] = json.load(file)
    enterprises, facts, found = compare(story, policy, "after the run")
    companies = [one for key, one in found.items() if enterprises[key]["kind"] == "enterprise"]
    for place, rule in enumerate(policy["enterprise"]["indicators"]):  # one nobody has would prove nothing
        if not any(i[0] == place for one in companies for i in one["indicators"]):
            story.check(False, f"somebody in the sample has points by {rule['code']}", rule["name"])
    decide(story, policy, enterprises, facts, found)
    enterprises, facts, found = compare(story, policy, "after decisions")
    explain(story, policy, enterprises, found)
    story.must("score", "--period", "2026-10")
    compare(story, policy, "after another run")
    story.must("score", "--period", "2026-02", "--close")
    story.must("score", "--period", "2026-11", today="2026-11-15")
    compare(story, policy, "in a month not over")


if __name__ == "__main__":
    tell(main)
