#!/usr/bin/env python3
"""Computes a draw again and names the first difference: verify_draw.py RECORD.draw.json FRAME.frame.tsv"""
import collections, fractions, hashlib, heapq, itertools, json, sys
def sha(text): return hashlib.sha256(text.encode()).hexdigest()
def canonical(value): return sha(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
def check(what, recorded, computed):
    if recorded != computed: raise ValueError(f"{what}: the record has {recorded!r}, computed is {computed!r}")
def share_out(claims, total):  # claims: (weight, least, most); Sainte-Lague: the largest of all weight / (2 n + 1)
    given = sum(least for _, least, _ in claims)
    check("total within the bounds", given <= total <= sum(most for _, _, most in claims), True)
    turns = ((fractions.Fraction(-w, 2 * n + 1), i) for i, (w, *ends) in enumerate(claims) for n in range(*ends))
    more = collections.Counter(i for _, i in heapq.nsmallest(total - given, turns))
    return [least + more[i] for i, (_, least, _) in enumerate(claims)]

def allocate(m, strata, round_key):  # strata: code -> (ids, rule, whole), sorted by code
    size = {code: len(ids) for code, (ids, _, _) in strata.items()}
    drawn, chance = {c: size[c] for c in strata if strata[c][2]}, [c for c in strata if not strata[c][2]]
    if m["mode"] == "total":
        least, most = m["stratum_minimum"], m["stratum_maximum"] or 10**9
        claims = [(size[c] * strata[c][1]["weight"], min(least, size[c]), min(most, size[c])) for c in chance]
        drawn.update(zip(chance, share_out(claims, m["total"] - sum(drawn.values()))))
    for rule in m["classes"] if m["mode"] == "rate" else []:
        codes, p, q = [c for c in chance if strata[c][1] is rule], rule["rate"]["num"], rule["rate"]["den"]
        sure, rest = sum(size[c] for c in strata if strata[c][1:] == (rule, True)), sum(size[c] for c in codes)
        parts = [(size[c] * p * 2**64 + int(sha(round_key + c)[:16], 16) * q) // (q * 2**64) for c in codes]
        wanted = sum(parts) if m["rounding"] == "unbiased" else -(-rest * p // q)
        total = min(max(wanted, rule["minimum"] - sure), rest, (rule["maximum"] or 10**9) - sure)
        if m["rounding"] == "ceil" or total != wanted: parts = share_out([(size[c], 0, size[c]) for c in codes], total)
        drawn.update(zip(codes, parts))
    return drawn

def verify(text, frame):
    record, strata, again = json.loads(text), {}, {"strata": [], "units": []}
    m, names = record["measures"], {unit["uscc"]: unit["name"] for unit in record["units"]}
    check("frame_digest", record["frame_digest"], hashlib.sha256(frame).hexdigest())
    check("measures_digest", record["measures_digest"], canonical(m))
    for uid, region, letter, grade, flags in (line.split("\t") for line in frame.decode().split("\n")[:-1]):
        cell, flagged = [grade] * m["by_grade"], bool({*m["certain_flags"]} & {*flags.split(",")})
        rule = [r for r in m["classes"] if r["class"] == letter and r["grade"] in ["", *cell]][-1]
        whole = flagged or (rule["rate"]["num"] == rule["rate"]["den"] if m["mode"] == "rate" else rule["certain"])
        strata.setdefault("/".join([region, letter, *cell] + ["certain"] * flagged), ([], rule, whole))[0].append(uid)
    strata, context = dict(sorted(strata.items())), "draw-ticket/1\n{draw_id}\n{}\n{seed}\n"
    key, drawn = sha(context.format("unit", **record)), allocate(m, strata, sha(context.format("round", **record)))
    for code, (ids, rule, whole) in strata.items():
        n, (region, letter, *cell) = drawn[code], code.split("/")
        methods = ["certainty" if whole else "random"] * n + [u["method"] for u in record["units"]
                   if u["stratum"] == code and u["method"] in ("replacement", "extension")]
        tickets = heapq.nsmallest(len(methods), ((sha(key + uid), uid) for uid in ids))
        again["units"] += [{"uscc": uid, "name": names.get(uid), "class": letter, "stratum": code, "rank": rank,
            "ticket": ticket, "method": method} for rank, ((ticket, uid), method) in enumerate(zip(tickets, methods), 1)]
        again["strata"].append({"code": code, "region": region, "class": letter, "grade": "".join(cell[:m["by_grade"]]),
            "population": len(ids), "rate": {"num": 1, "den": 1} if whole else rule.get("rate"), "drawn": n,
            "inclusion": {"num": n, "den": len(ids)}, "cutoff_ticket": tickets[n - 1][0] if n else "", "certain": whole})
    for part, computed in again.items():
        for i, pair in enumerate(itertools.zip_longest(record[part], computed)): check(f"{part}[{i}]", *pair)
    check("file written as records are", text == json.dumps(record, indent=2, ensure_ascii=False) + "\n", True)
    check("record_digest (a title, a name or another text was changed)", record.pop("record_digest"), canonical(record))
    return f"OK: {len(names)} units drawn by draw {record['draw_id']} with seed {record['seed']}"
try: print(verify(open(sys.argv[1], "rb").read().decode(), open(sys.argv[2], "rb").read()))
except Exception as fault: sys.exit(print("DIFFERS:", f"{type(fault).__name__}: {fault}"[:600]) or 1)
