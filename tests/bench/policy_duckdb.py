"""A policy as one SQL statement for DuckDB, as somebody would write it who knows DuckDB: facts are gone over
once, with a filtered aggregate for each indicator, and points come from CASE expressions instead of joins with
tables of weights. What comes out is compared with the program's own results before anything is timed."""

SHARES = {
    "address": "nullif(replace(address, ' ', ''), '')",
    "phone": "nullif(replace(replace(phone, ' ', ''), '-', ''), '')",
    "legal_person": "coalesce(legal_party, nullif(replace(legal_person, ' ', ''), ''))",
    "agent": "agent_party",
}
CODES = {"kind", "status", "industry"}


def banded(bands, value):
    """100 times the points of the first band that holds a value."""
    cases = []
    for band in bands:
        ends = [f"{value} {sign} {band[key]}" for key, sign in (("from", ">="), ("to", "<")) if key in band]
        cases.append(f"WHEN {' AND '.join(ends) or 'true'} THEN {band['points'] * 100}")
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"


def ranged(indicator):
    return [f"{key} {sign} {indicator[key][end]}" for key in ("level", "amount") if key in indicator
            for end, sign in (("from", ">="), ("to", "<")) if end in indicator[key]]


def matching(indicator, types, *more):
    numbers = ", ".join(str(types[word]) for word in indicator["facts"])
    return " AND ".join([f"type IN ({numbers})", *ranged(indicator), *more])


def windowed(indicator):
    return [f"age < {indicator['window']}"] if "window" in indicator else []


def decayed(indicator):
    if "decay" not in indicator:
        return "100"
    steps = " ".join(f"WHEN age < {months} THEN {percent}" for months, percent in indicator["decay"])
    return f"CASE {steps} ELSE 0 END"


def event(indicator):
    """Points of one event, before decay."""
    if "by" not in indicator:
        return str(indicator["points"])
    value = "level" if indicator["by"] == "level" else "amount // 100"
    return f"CASE WHEN {indicator['by']} IS NULL THEN {indicator.get('missing', 0)} " \
           f"ELSE {banded(indicator['bands'], value)} // 100 END"


def aggregates(place, indicator, types):
    """What is gathered from facts for an indicator."""
    kind = indicator["kind"]
    if kind == "present":
        return [f"count(*) FILTER ({matching(indicator, types, 'in_force')}) AS v{place}"]
    if kind == "count":
        return [f"count(*) FILTER ({matching(indicator, types, *windowed(indicator))}) AS v{place}"]
    if kind == "amount":
        return [f"sum(amount) FILTER ({matching(indicator, types, *windowed(indicator))}) AS v{place}"]
    if kind == "event":
        return [f"sum({event(indicator)} * {decayed(indicator)}) FILTER "
                f"({matching(indicator, types, *windowed(indicator))}) AS v{place}"]
    if kind == "growth":
        recent, base = indicator["recent"], indicator["base"]
        return [f"count(*) FILTER ({matching(indicator, types, f'age < {recent}')}) AS v{place}",
                f"count(*) FILTER ({matching(indicator, types, f'age >= {recent}', f'age < {recent + base}')}) "
                f"AS b{place}"]
    return []


def attribute(indicator):
    name = indicator["attribute"]
    missing = indicator.get("missing", 0) * 100
    if name not in CODES:
        return f"CASE WHEN {name} IS NULL THEN {missing} ELSE {banded(indicator['bands'], name)} END"
    codes = sorted(indicator["codes"].items(), key=lambda one: -len(one[0]))
    test = "starts_with({0}, '{1}')" if name == "industry" else "{0} = '{1}'"
    cases = " ".join(f"WHEN {test.format(name, code)} THEN {points * 100}" for code, points in codes)
    return f"CASE WHEN nullif({name}, '') IS NULL THEN {missing} {cases} ELSE 0 END"


def raw(place, indicator):
    """An indicator's centipoints before its floor and cap."""
    kind = indicator["kind"]
    value = f"coalesce(v{place}, 0)"
    if kind == "attribute":
        return attribute(indicator)
    if kind == "present":
        return f"CASE WHEN {value} > 0 THEN {indicator['points'] * 100} ELSE 0 END"
    if kind == "amount":
        return banded(indicator["bands"], f"({value} // 100)")
    if kind == "event":
        return value
    if kind == "growth":
        rate = f"(100 * {value} * {indicator['base']} // (greatest(coalesce(b{place}, 0), 1) * {indicator['recent']}))"
        return f"CASE WHEN {value} >= {indicator['least']} THEN {banded(indicator['bands'], rate)} ELSE 0 END"
    if kind == "share":
        return f"CASE WHEN v{place} IS NULL THEN {indicator.get('missing', 0) * 100} " \
               f"ELSE {banded(indicator['bands'], f'v{place}')} END"
    return banded(indicator["bands"], value)


def clamped(expression, low, high):
    expression = f"greatest({expression}, {low})"
    return expression if high is None else f"least({expression}, {high})"


def share_query(place, indicator):
    """The number of others that have the same."""
    key = SHARES[indicator["of"]]
    return f"SELECT id AS enterprise, CASE WHEN k IS NOT NULL THEN n - 1 END AS v{place} FROM (SELECT id, {key} AS k, " \
           f"count(*) OVER (PARTITION BY {key}) AS n FROM subject)"


def relation_query(place, indicator, types):
    """How many related enterprises count, over links of the kinds asked for."""
    words = ", ".join(f"'{word}'" for word in indicator["relations"])
    hits = ("SELECT enterprise FROM before WHERE final_class IN ("
            + ", ".join(f"'{letter}'" for letter in indicator["classes"]) + ")") if "classes" in indicator else \
        f"SELECT DISTINCT enterprise FROM counted WHERE {matching(indicator, types, 'in_force')}"
    twice = "UNION SELECT a.one, b.other FROM near a JOIN near b ON a.other = b.one WHERE a.one <> b.other" \
        if indicator.get("hops", 1) == 2 else ""
    percent = indicator.get("measure", "count") == "percent"
    value = "100 * count(h.enterprise) // count(*)" if percent else "count(h.enterprise)"
    return f"""WITH links AS (SELECT DISTINCT party, enterprise FROM link WHERE type IN ({words})),
nodes AS (SELECT * FROM links UNION SELECT party, own FROM self WHERE party IN (SELECT party FROM links)),
near AS (SELECT DISTINCT a.enterprise AS one, b.enterprise AS other FROM nodes a JOIN nodes b USING (party)
    WHERE a.enterprise <> b.enterprise),
around AS (SELECT one, other FROM near {twice})
SELECT one AS enterprise, {value} AS v{place} FROM around LEFT JOIN ({hits}) h ON h.enterprise = other GROUP BY one"""


def script(policy, types, day):
    """The statements that score everybody on a day; the last one leaves the table result."""
    indicators = policy["indicators"]
    month, reached = day // 10000 * 12 + day // 100 % 100, 31  # the last of a month
    age = "{0} - ({1} // 10000 * 12 + {1} // 100 % 100) - CASE WHEN {1} % 100 > {2} THEN 1 ELSE 0 END"
    force = f"coalesce(from_day, 0) <= {day} AND (to_day IS NULL OR to_day > {day})"
    gathered = [one for place, indicator in enumerate(indicators) for one in aggregates(place, indicator, types)]
    for rule in policy["direct"]:
        if rule["mode"] == "auto":
            numbers = ", ".join(str(types[word]) for word in rule["facts"])
            gathered.append(f"count(*) FILTER (type IN ({numbers}) AND in_force) AS d{len(gathered)}")
    direct = " + ".join(f"coalesce({one.rsplit(' ', 1)[1]}, 0)" for one in gathered if " AS d" in one)
    statements = [
        f"CREATE OR REPLACE TEMP TABLE link AS SELECT enterprise, type, party, other FROM relation WHERE {force}",
        "CREATE OR REPLACE TEMP TABLE self AS SELECT party, max(other) AS own FROM link WHERE other IS NOT NULL GROUP BY 1",
        f"""CREATE OR REPLACE TEMP TABLE subject AS SELECT e.*, CASE WHEN established_on <= {day} THEN
{age.format(month, 'established_on', reached)} END AS age_months, l.party AS legal_party, a.party AS agent_party FROM enterprise e
LEFT JOIN (SELECT enterprise, min(party) AS party FROM link WHERE type = 'legal_representative' GROUP BY 1) l
    ON l.enterprise = e.id
LEFT JOIN (SELECT enterprise, min(party) AS party FROM link WHERE type = 'agent' GROUP BY 1) a ON a.enterprise = e.id""",
        f"""CREATE OR REPLACE TEMP VIEW counted AS SELECT enterprise, type, level, amount,
({age.format(month, 'occurred_on', reached)})::SMALLINT AS age, ended_on IS NULL OR ended_on > {day} AS in_force
FROM fact WHERE status = 0 AND occurred_on <= {day}""",
    ]
    joins = []
    for place, indicator in enumerate(indicators):
        if indicator["kind"] in ("share", "relation"):
            query = share_query(place, indicator) if indicator["kind"] == "share" else \
                relation_query(place, indicator, types)
            statements.append(f"CREATE OR REPLACE TEMP TABLE t{place} AS {query}")
            joins.append(f"LEFT JOIN t{place} ON t{place}.enterprise = s.id")
    points = [clamped(raw(place, one), one.get("floor", 0) * 100, one["cap"] * 100 if "cap" in one else None)
              for place, one in enumerate(indicators)]
    named = ", ".join(f"{one} AS p{place}" for place, one in enumerate(points))
    sums = []
    for dimension in policy["dimensions"]:
        own = " + ".join(f"p{place}" for place, one in enumerate(indicators) if one["dimension"] == dimension["code"])
        sums.append(clamped(own, 0, dimension["cap"] * 100 if "cap" in dimension else None))
    classes = policy["classes"]
    letter = "CASE " + " ".join(f"WHEN total >= {classes[one] * 100} THEN '{one}'" for one in "DCBA") + " END"
    statements.append(f"""CREATE OR REPLACE TABLE result AS
WITH gathered AS (SELECT enterprise, {', '.join(gathered)} FROM counted GROUP BY enterprise),
pointed AS (SELECT s.id, {named}, {direct or '0'} AS direct FROM subject s
    LEFT JOIN gathered g ON g.enterprise = s.id {' '.join(joins)}),
summed AS (SELECT id, direct, [{', '.join(f'p{place}' for place in range(len(points)))}] AS points,
    [{', '.join(sums)}] AS dimensions FROM pointed),
totalled AS (SELECT *, least(list_sum(dimensions), {policy['maximum'] * 100})::BIGINT AS total FROM summed)
SELECT id, total, {letter} AS score_class, CASE WHEN direct > 0 THEN 'D' ELSE {letter} END AS final_class, dimensions, points
FROM totalled ORDER BY id""")
    return ";\n".join(statements) + ";\n"
