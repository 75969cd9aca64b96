#!/usr/bin/env python3
"""A year of inspections, month by month on the sample county: the month is scored, its batches are drafted from the annual plan
and drawn, results come back and change the next month's classes. Prints frequencies, caps, coverage, load, and the share of
problems found beside uniform draws of the same size in the same months. No figure is a threshold, except that a cap that was
broken ends the run with 1.

usage: year.py [ENTERPRISES [SEED]]   (make bench-year BENCH_WORDS="...")

What an inspection finds is a model, since there is no true county. The sample county is made as of the end of the year AFTER the
one that is simulated. Its generator gives every enterprise a conduct that is stored nowhere, and facts follow from that. With k
adverse facts dated in the year after (penalties, listings, complaints and the like), which no score of the simulated year sees, an
inspection finds a problem with probability 1 - exp(-(0.05 + 0.35 k)), drawn anew for each visit. So whoever is truly risky is known
to the model and only guessed at by the score. Uniform draws are judged by the same probabilities. Statuses and sites of the registry
are those of the end of the later year throughout."""
import collections
import csv
import json
import math
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile

XINFENG = os.environ["XINFENG"]
YEAR = 2026
ADVERSE = (1, 2, 3, 5, 6, 12, 13, 14, 15, 16, 22, 27, 28)  # facts that are bad in themselves (registry/fact_type.h)
BY_LEVEL = (7, 8, 9, 10, 11, 29)  # inspections and samplings: bad with a level above 0
CAPS = {"A": 1, "B": 1, "C": 2, "D": 4}
UNIFORM_DRAWS = 400


class County:
    def __init__(self, folder, enterprises, seed):
        self.folder = folder
        self.path = os.path.join(folder, "year.db")
        self.run(f"{YEAR + 1}-12-31", "init")
        self.run(f"{YEAR + 1}-12-31", "sample", "--enterprises", str(enterprises), "--seed", str(seed))

    def run(self, today, *words, who="王建国"):
        words = [XINFENG, "--db", self.path, "--today", today, "--as", who, "--json", *words]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"year: {' '.join(words)}\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.startswith(("{", "[")) else done.stdout

    def rows(self, query, *values):
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def problem_chances(county):
    """The model: the chance of each enterprise that a visit finds a problem."""
    bad = ",".join(map(str, ADVERSE))
    by_level = ",".join(map(str, BY_LEVEL))
    later = dict(county.rows(f"SELECT id >> 20, count(*) FROM fact WHERE occurred_on > {YEAR}1231 AND "
                             f"(type IN ({bad}) OR (type IN ({by_level}) AND level > 0)) GROUP BY id >> 20"))
    return {one: 1 - math.exp(-(0.05 + 0.35 * later.get(one, 0))) for one, in county.rows("SELECT id FROM enterprise")}


def make_plan(county):
    today = f"{YEAR}-01-04"
    county.run(today, "score", "--period", f"{YEAR}-01")
    county.run(today, "annual", "new", "--year", str(YEAR), "--title", f"{YEAR}年度抽查计划")
    county.run(today, "annual", "task", "1", "--title", "双随机综合抽查", "--department", "信用监管股")
    county.run(today, "annual", "task", "1", "--title", "食品经营抽查", "--industry", "F52", "--batches", "quarter",
               "--rates", "A=2%,B=4%,C=10%,D=20%", "--department", "食品股")
    county.run(today, "annual", "publish", "1", who="李敏")
    return county.run(today, "annual", "show", "1")


def take_results(county, month, plan, units, found):
    path = os.path.join(county.folder, f"results-{plan}.csv")
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("企业名称 统一社会信用代码 注册号 抽查任务编号 抽查事项 检查完成日期 检查方式 检查结果 后续处置".split())
        for (enterprise, name, code), problem in zip(units, found):
            result = "发现问题已责令改正" if problem else "未发现问题"
            code = (code, "") if len(code) == 18 else ("", code)
            writer.writerow([name, *code, f"{YEAR}-{plan:03d}", "综合检查", f"{YEAR}-{month:02d}-25", "现场检查", result,
                             "责令改正" if problem else "无需后续处置"])
    return county.run(f"{YEAR}-{month:02d}-26", "import", "results", path, "--source", "检查结果")


def simulate(county, chances, dice):
    """Twelve months; each visit as (month, enterprise, class, problem), and who could have been drawn in each month."""
    visits, frames, counts, violations = [], {}, collections.Counter(), 0
    for month in range(1, 13):
        today = f"{YEAR}-{month:02d}-05"
        county.run(today, "score", "--period", f"{YEAR}-{month:02d}")
        county.run(today, "annual", "draft", "1", "--month", f"{YEAR}-{month:02d}")
        frames[month] = [one for one, in county.rows(
            "SELECT r.enterprise FROM result r JOIN enterprise e ON e.id = r.enterprise WHERE r.period = ? AND e.status NOT IN "
            "('cancelled', 'revoked', 'withdrawn', 'moved_out') AND coalesce(e.uscc, e.registration_number, '') <> ''", YEAR * 100 + month)]
        for plan, in county.rows("SELECT id FROM plan WHERE state = 'DRAFT' ORDER BY id"):
            county.run(today, "plan", "draw", str(plan), "--seed", f"{month:04d}{plan:04d}382438112797316654")
            county.run(today, "plan", "approve", str(plan), who="李敏")
            units = county.rows("SELECT enterprise, name, unit, class FROM plan_unit WHERE plan = ? ORDER BY place", plan)
            for enterprise, _, _, risk_class in units:
                violations += counts[enterprise] >= CAPS[risk_class]
                counts[enterprise] += 1
            found = [dice.random() < chances[unit[0]] for unit in units]
            visits += [(month, unit[0], unit[3], problem) for unit, problem in zip(units, found)]
            taken = take_results(county, month, plan, [unit[:3] for unit in units], found)
            if taken["rejected"]:
                sys.exit(f"year: {taken['rejected']} results were rejected")
    return visits, frames, counts, violations


def print_classes(county, visits, counts, plan):
    held = collections.Counter(county.rows("SELECT enterprise, final_class FROM result WHERE period / 100 = ?", YEAR))
    last = dict(county.rows("SELECT enterprise, final_class FROM result WHERE period = ?", YEAR * 100 + 12))
    gone = {one for one, in county.rows("SELECT id FROM enterprise WHERE status IN ('cancelled', 'revoked', 'withdrawn', 'moved_out') "
                                        "OR coalesce(uscc, registration_number, '') = ''")}
    planned = collections.Counter()
    for task in plan["tasks"]:
        for batch in task["batches"]:
            planned.update(batch["planned_by_class"])
    base = plan["tasks"][0]["base"]
    drawn = collections.Counter(visit[2] for visit in visits)
    print(f"{'class':<6}{'January':>9}{'December':>10}{'planned':>9}{'drawn':>8}   in the class all year:   by visits: 0       1       2       3       4   reached")
    for one in "ABCD":
        stayed = [who for who, c in last.items() if held[who, one] == 12 and who not in gone]
        times = collections.Counter(counts[who] for who in stayed)
        reached = sum(1 for who in stayed if counts[who] > 0) / max(1, len(stayed))
        december = sum(1 for who, c in last.items() if c == one and who not in gone)
        print(f"{one:<6}{base[one]:>9,}{december:>10,}{planned[one]:>9,}{drawn[one]:>8,}   {len(stayed):>8,}"
              + "".join(f"{times[n]:>8,}" for n in range(5)) + f"{100 * reached:>8.1f} %")


def main():
    numbers = [int(word) for word in sys.argv[1:]] + [12_000, 1][len(sys.argv) - 1:]
    with tempfile.TemporaryDirectory() as folder:
        county = County(folder, *numbers)
        chances = problem_chances(county)
        plan = make_plan(county)
        dice = random.Random(numbers[1])
        visits, frames, counts, violations = simulate(county, chances, dice)
        print(f"{numbers[0]:,} enterprises, seed {numbers[1]}, mean chance of a problem {100 * statistics.mean(chances.values()):.2f} %\n")
        print_classes(county, visits, counts, plan)
        outlook = county.run(f"{YEAR}-12-30", "annual", "outlook", "1")["tasks"][0]["classes"]
        print("\nmoved in and out of each class since January: "
              + ", ".join(f"{one['class']} +{one['moved_in']:,} -{one['moved_out']:,}" for one in outlook))
        months = collections.Counter(visit[0] for visit in visits)
        loads = [months[month] for month in range(1, 13)]
        print(f"visits {len(visits):,}, above the cap {violations}, enterprises visited {len(counts):,}, more than once "
              f"{sum(1 for n in counts.values() if n > 1):,}")
        print(f"a month: least {min(loads):,}, most {max(loads):,}, mean {statistics.mean(loads):,.1f}; {loads}")
        inspectors = plan["inspectors"]
        print(f"an inspector ({inspectors} in service, two a visit): {2 * min(loads) / inspectors:.1f} to {2 * max(loads) / inspectors:.1f} a month")
        hits = sum(visit[3] for visit in visits)
        share = hits / len(visits)
        error = math.sqrt(share * (1 - share) / len(visits))
        uniform = []
        for _ in range(UNIFORM_DRAWS):
            drawn = [who for month, n in months.items() for who in dice.sample(frames[month], n)]
            uniform.append(sum(dice.random() < chances[who] for who in drawn) / len(drawn))
        mean, spread = statistics.mean(uniform), statistics.stdev(uniform)
        print(f"\nproblems found: plan {100 * share:.2f} % +- {100 * error:.2f}; uniform draws of the same size in the same months "
              f"{100 * mean:.2f} % +- {100 * spread:.2f} (mean and deviation of {UNIFORM_DRAWS}); ratio {share / mean:.2f}")
        firsts = {}
        for visit in visits:
            firsts.setdefault(visit[1], visit[3])
        part = sum(firsts.values()) / len(firsts)
        print(f"  first visits alone, as visits to one enterprise are not independent: {sum(firsts.values()):,} of {len(firsts):,}, "
              f"{100 * part:.2f} % +- {100 * math.sqrt(part * (1 - part) / len(firsts)):.2f}")
        for one in "ABCD":
            of = [visit[3] for visit in visits if visit[2] == one]
            part = sum(of) / max(1, len(of))
            print(f"  class {one} when drawn: {sum(of):,} of {len(of):,}, {100 * part:.2f} % +- "
                  f"{100 * math.sqrt(part * (1 - part) / max(1, len(of))):.2f}")
        return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
