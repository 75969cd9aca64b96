#!/usr/bin/env python3
"""How long scoring a whole period takes under the general policy, result rows with their breakdown written, beside
pandas, and DuckDB and SQLite doing the same in SQL, in one run; then again after few changes, and single enterprises
scored anew and explained. Prints a table; no figure is a threshold, since machines differ: the ratio to the peer is what
lasts. Totals and classes of all must be the same, else nothing is printed.

usage: bench_score.py [ENTERPRISES [RUNS [SLOW]]]   (make bench-score BENCH_WORDS="...")

A sample county of so many enterprises, with ten times as many facts or nearly, is made once and kept in build/bench;
BENCH_FOLDER puts it elsewhere. Slow peers are run when asked for: pandas when SLOW is 1, the SQL that the program
writes for SQLite too when it is 2. A peer that is not installed is left out: sqlite3 and pandas (python3-pandas) by their
packages, DuckDB with "npm install --prefix build/bench" after copying tests/bench/package.json there."""
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

import policy_duckdb

XINFENG = os.environ["XINFENG"]
SOURCE = os.environ["XINFENG_SOURCE"]
FOLDER = os.environ.get("BENCH_FOLDER", os.path.join("build", "bench"))
MODULES = os.path.abspath(os.path.join("build", "bench"))
POLICY = os.path.join(SOURCE, "sample-db", "policies", "general-enterprise.policy.json")
DUCKDB = os.path.join(SOURCE, "tests", "bench", "duckdb_score.mjs")
PANDAS = ["/usr/bin/python3", os.path.join(SOURCE, "tests", "bench", "policy_pandas.py")]
TODAY = "2026-10-31"
BEFORE = "2026-01"
MONTHS = [20260228, 20260331, 20260430, 20260531, 20260630, 20260731, 20260831]
QUERIES = {
    "enterprise": "SELECT id, kind, status, industry, established_on, capital, insured_staff, paid_in_percent, "
    "key_field, address, phone, legal_person FROM enterprise ORDER BY id",
    "fact": "SELECT id >> 20 AS enterprise, type, status, occurred_on, ended_on, amount, level FROM fact ORDER BY id",
    "relation": "SELECT enterprise, type, party, other, from_day, to_day FROM relation",
    "before": "SELECT enterprise, final_class FROM result WHERE period = 202601",
}


def path(name):
    return os.path.join(FOLDER, name)


def remove(name):
    for ending in ("", "-wal", "-shm", ".wal"):
        if os.path.exists(path(name) + ending):
            os.remove(path(name) + ending)


def xinfeng(database, *words):
    return subprocess.run([XINFENG, "--db", path(database), "--today", TODAY, *words], check=True,
                          capture_output=True, text=True).stdout


def measured(words, **more):
    """Runs a command; gives what it printed, seconds, seconds of processor, and the most memory in MiB."""
    start = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, **more)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"bench: {' '.join(words)} failed")
    return out, [time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]


def make_county(count):
    """The county with a closed period before those that are measured."""
    name = f"score-{count}.db"
    if not os.path.exists(path(name)):
        remove("part.db")
        xinfeng("part.db", "init", "--policy", POLICY)
        xinfeng("part.db", "sample", "--enterprises", str(count), "--months", "160")
        xinfeng("part.db", "score", "--period", BEFORE, "--close")
        os.rename(path("part.db"), path(name))
    return name


def ours(base):
    def work(day):
        remove("run.db")
        shutil.copyfile(path(base), path("run.db"))
        words = [XINFENG, "--db", path("run.db"), "--today", TODAY, "score", "--period",
                 f"{day // 10000}-{day // 100 % 100:02}"]
        _, figures = measured(words)
        with sqlite3.connect(path("run.db")) as database:
            found = database.execute(
                "SELECT count(*), sum(total), sum(final_class = 'A'), sum(final_class = 'B'), sum(final_class = 'C'), "
                "sum(final_class = 'D') FROM result WHERE period = ?", (day // 100,)).fetchone()
        return list(found), figures

    return work


def types():
    with open(os.path.join(SOURCE, "src", "registry", "fact_type.h"), encoding="utf-8") as header:
        return {code: int(number) for number, code in re.findall(r"X\((\d+), (\w+),", header.read())}


def write_tables(base):
    for table, query in QUERIES.items():
        with open(path(f"{table}.csv"), "w", encoding="utf-8") as out:
            subprocess.run(["sqlite3", "-header", "-csv", path(base), query], check=True, stdout=out)


def load_duckdb(base):
    """Takes the county over into DuckDB, once."""
    name = base.replace(".db", ".duckdb")
    if not os.path.exists(path(name)):
        remove("part.duckdb")
        write_tables(base)
        subprocess.run(["node", DUCKDB, "load", path("part.duckdb"), os.path.abspath(FOLDER)], check=True)
        os.rename(path("part.duckdb"), path(name))
        for table in QUERIES:
            os.remove(path(f"{table}.csv"))
    return name


def duckdb(base):
    with open(POLICY, encoding="utf-8") as file:
        policy = json.load(file)

    def work(day):
        remove("run.duckdb")
        shutil.copyfile(path(base), path("run.duckdb"))
        with open(path("script.sql"), "w", encoding="utf-8") as file:
            file.write(policy_duckdb.script(policy, types(), day))
        out, figures = measured(["node", DUCKDB, "score", path("run.duckdb"), path("script.sql")])
        seconds, *found = out.split()
        return [int(number) for number in found], [float(seconds), *figures[1:]]

    return work


def load_pandas(base):
    """Takes the county over into pickles of data frames, once."""
    name = base.replace(".db", ".pandas")
    if not os.path.exists(path(name)):
        os.makedirs(path("part.pandas"), exist_ok=True)
        write_tables(base)
        for table in QUERIES:
            os.rename(path(f"{table}.csv"), os.path.join(path("part.pandas"), f"{table}.csv"))
        subprocess.run([*PANDAS, "load", path("part.pandas")], check=True)
        os.rename(path("part.pandas"), path(name))
    return path(name)


def pandas(folder):
    def work(day):
        out, figures = measured([*PANDAS, "score", folder, POLICY, json.dumps(types()), str(day)])
        return [int(number) for number in out.split()], figures

    return work


def sqlite(base):
    def work(day):
        remove("run.db")
        shutil.copyfile(path(base), path("run.db"))
        script = subprocess.run([XINFENG, "--db", path("run.db"), "--today", f"{day // 10000}-{day // 100 % 100:02}-{day % 100}",
                                 "policy", "sql", "general-enterprise", "--dialect", "sqlite"], check=True, capture_output=True, text=True).stdout
        script = ".output /dev/null\n" + script + ("\n.output stdout\nSELECT count(*), sum(total), sum(final_class = 'A'), sum(final_class = 'B'), "
                   "sum(final_class = 'C'), sum(final_class = 'D') FROM scored;")
        with open(path("script.sql"), "w", encoding="utf-8") as file:
            file.write(script)
        with open(path("script.sql"), encoding="utf-8") as file:
            out, figures = measured(["sqlite3", path("run.db")], stdin=file)
        return [int(number) for number in out.strip().splitlines()[-1].split("|")], figures

    return work


def compare(count, facts, contenders, runs):
    """Runs all contenders in turn, so that what the machine does besides meets all alike."""
    figures = {name: [] for name in contenders}
    for run in range(runs):
        day = MONTHS[run % len(MONTHS)]
        found = {}
        for name, work in contenders.items():
            found[name], measures = work(day)
            figures[name].append(measures)
        if len({tuple(one) for one in found.values()}) != 1:
            sys.exit(f"bench: not the same scores on {day}: {found}")
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    first = medians["xinfeng"]
    print(f"a period of {count:,} enterprises with {facts:,} facts; medians of {runs}")
    for name, (seconds, processor, memory) in medians.items():
        ratio = "" if name == "xinfeng" else f"{first[0] / seconds:>8.2f} x {first[1] / processor:>7.2f} x"
        print(f"  {name:<36}{seconds:>9.2f} s{processor:>9.2f} s{memory:>8.0f} MiB{ratio}")


def say_figures(what, figures):
    print(f"  {what:<44}{figures[0]:>9.2f} s{figures[1]:>9.2f} s{figures[2]:>8.0f} MiB")


def penalties(count):
    """A file of one new penalty each for so many enterprises from all over the county."""
    with sqlite3.connect(path("run.db")) as database:
        codes = database.execute("SELECT uscc FROM enterprise WHERE id % (SELECT max(id) / ? FROM enterprise) = 1 AND uscc IS NOT NULL",
                                 (count,)).fetchall()
    with open(path("penalties.csv"), "w", encoding="utf-8") as file:
        file.write("统一社会信用代码,信息类型,发生日期,文书号\n")
        file.writelines(f"{code},行政处罚,2026-10-30,再{place}号\n" for place, (code,) in enumerate(codes[:count]))
    return path("penalties.csv")


def again(base):
    """The same period once more, after changes of some enterprises, and when one day went by."""
    run = [XINFENG, "--db", path("run.db"), "--today", TODAY]
    remove("run.db")
    shutil.copyfile(path(base), path("run.db"))
    xinfeng("run.db", "score", "--period", "2026-10")
    say_figures("again, everybody", measured([*run, "score", "--period", "2026-10", "--all"])[1])
    say_figures("again, nothing changed", measured([*run, "score", "--period", "2026-10"])[1])
    for changes in (1, 10, 100, 1000):
        xinfeng("run.db", "import", "facts", penalties(changes), "--source", f"{changes}")
        out, figures = measured([*run, "score", "--period", "2026-10", "--json"])
        say_figures(f"again, {changes} changed: {json.loads(out)['scored']} scored", figures)
    run[4] = "2026-11-19"
    subprocess.run([*run, "score"], check=True, stdout=subprocess.DEVNULL)
    run[4] = "2026-11-20"
    say_figures("the month in which it is, then a day later", measured([*run, "score"])[1])


def one(base):
    """Single enterprises scored anew in a change of their own, and explained."""
    remove("run.db")
    shutil.copyfile(path(base), path("run.db"))
    xinfeng("run.db", "score", "--period", "2026-10")
    words = subprocess.run([os.environ["BENCH_ONE"], path("run.db"), "2000"], check=True, capture_output=True,
                           text=True).stdout.split()
    print(f"  one enterprise, medians of 2000 (and the slowest hundredth): scored anew {words[1]} ms ({words[2]}), "
          f"explained {words[4]} ms ({words[5]})")


def main():
    numbers = [int(re.sub(r"\D", "", word)) for word in sys.argv[1:]]
    count, runs, slow = (numbers + [1_000_000, 5, 0][len(numbers):])[:3]
    os.makedirs(FOLDER, exist_ok=True)
    os.environ["DUCKDB_MODULES"] = MODULES
    base = make_county(count)
    contenders = {"xinfeng": ours(base)}
    has_sqlite = shutil.which("sqlite3") is not None
    if has_sqlite and shutil.which("node") and os.path.isdir(os.path.join(MODULES, "node_modules", "@duckdb")):
        contenders["DuckDB, one pass over facts"] = duckdb(load_duckdb(base))
    else:
        print("DuckDB (@duckdb/node-api, and sqlite3 to take the county over) is not installed and left out")
    if slow > 0 and has_sqlite and subprocess.run(["/usr/bin/python3", "-c", "import pandas"], check=False, capture_output=True).returncode == 0:
        contenders["pandas, whole columns"] = pandas(load_pandas(base))
    elif slow > 0:
        print("pandas (python3-pandas) is not installed and left out")
    if slow > 1 and has_sqlite:
        contenders["the policy's SQL in SQLite"] = sqlite(base)
    with sqlite3.connect(path(base)) as database:
        facts = database.execute("SELECT count(*) FROM fact").fetchone()[0]
    print(f"  {'':<36}{'elapsed':>11}{'processor':>11}{'memory':>12}  ours to theirs: elapsed, processor")
    compare(count, facts, contenders, runs)
    again(base)
    one(base)
    for name in ("run.db", "run.duckdb"):
        remove(name)


main()
