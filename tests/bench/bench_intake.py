#!/usr/bin/env python3
"""How long taking large files in takes, beside sqlite3's .import of the same file into a plain table
and DuckDB's COPY, in one run. Prints a table; no figure is a threshold, since machines differ: the
ratio to the peer is what lasts.

usage: bench_intake.py [ENTERPRISES [FACTS [RUNS]]]   (make bench-intake BENCH_WORDS="...")

The files are made once and kept in build/bench, databases are made anew there for every run; set
BENCH_FOLDER to put both elsewhere. A peer that is not installed is left out: sqlite3 by its package,
DuckDB with "npm install --prefix build/bench" after copying tests/bench/package.json there."""
import os
import re
import shutil
import statistics
import subprocess
import sys

XINFENG = os.environ["XINFENG"]
ROWS = os.environ["INTAKE_ROWS"]
SOURCE = os.environ["XINFENG_SOURCE"]
FOLDER = os.environ.get("BENCH_FOLDER", os.path.join("build", "bench"))
MODULES = os.path.abspath(os.path.join("build", "bench"))
DUCKDB = os.path.join(SOURCE, "tests", "bench", "duckdb_intake.mjs")

COLUMNS = {
    "enterprises": "uscc TEXT, name TEXT, type TEXT, status TEXT, legal_person TEXT, capital TEXT, day TEXT, "
    "authority TEXT, industry TEXT, address TEXT",
    "facts": "uscc TEXT, name TEXT, type TEXT, day TEXT, document TEXT, title TEXT, agency TEXT, amount TEXT",
}


def path(name):
    return os.path.join(FOLDER, name)


def remove(name):
    for ending in ("", "-wal", "-shm", "-journal", ".wal"):
        if os.path.exists(path(name) + ending):
            os.remove(path(name) + ending)


def run(*words):
    """Runs a command; gives seconds, seconds of processor, and the most memory in MiB."""
    before = os.times()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    after = os.times()
    if status != 0:
        sys.exit(f"bench: {' '.join(words)} failed")
    return after.elapsed - before.elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make_file(kind, count, enterprises):
    name = path(f"{kind}-{count}-{enterprises}.csv" if kind == "facts" else f"{kind}-{count}.csv")
    if not os.path.exists(name):
        words = [ROWS, kind, str(count), name + ".part"] + ([str(enterprises)] if kind == "facts" else [])
        subprocess.run(words, check=True)
        os.rename(name + ".part", name)
    return name


def ours(kind, file, base):
    def work():
        remove("bench.db")
        if base is None:
            subprocess.run([XINFENG, "--db", path("bench.db"), "init"], check=True, stdout=subprocess.DEVNULL)
        else:
            shutil.copyfile(base, path("bench.db"))
        return run(XINFENG, "--db", path("bench.db"), "import", kind, file)

    return work


def plain(kind, file):
    def work():
        remove("plain.db")
        table = f"CREATE TABLE plain ({COLUMNS[kind]})"
        return run("sqlite3", path("plain.db"), "-cmd", ".mode csv", table, f".import --skip 1 {file} plain")

    return work


def duckdb(job, enterprises, facts, base):
    def work():
        remove("bench.duckdb")
        if base is not None:
            shutil.copyfile(base, path("bench.duckdb"))
        return run("node", DUCKDB, job, path("bench.duckdb"), enterprises, facts)

    return work


def compare(what, count, contenders, runs):
    """Runs all contenders in turn, so that what the machine does besides meets all alike."""
    figures = {name: [] for name in contenders}
    for _ in range(runs):
        for name, work in contenders.items():
            figures[name].append(work())
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    first = medians["xinfeng"]
    print(f"{what}, {count:,} rows; medians of {runs}")
    for name, (seconds, processor, memory) in medians.items():
        ratio = "" if name == "xinfeng" else f"{first[0] / seconds:>8.2f} x {first[1] / processor:>7.2f} x"
        print(f"  {name:<36}{seconds:>9.2f} s{processor:>9.2f} s{memory:>8.0f} MiB{ratio}")


def main():
    numbers = [int(re.sub(r"\D", "", word)) for word in sys.argv[1:]]
    enterprises, facts, runs = (numbers + [1_000_000, 10_000_000, 3][len(numbers):])[:3]
    os.makedirs(FOLDER, exist_ok=True)
    firms = make_file("enterprises", enterprises, 0)
    told = make_file("facts", facts, enterprises)
    has_sqlite = shutil.which("sqlite3") is not None
    has_duckdb = shutil.which("node") is not None and os.path.isdir(os.path.join(MODULES, "node_modules", "@duckdb"))
    os.environ["DUCKDB_MODULES"] = MODULES
    for present, peer in ((has_sqlite, "sqlite3"), (has_duckdb, "DuckDB (@duckdb/node-api)")):
        if not present:
            print(f"{peer} is not installed and left out")
    print(f"  {'':<36}{'elapsed':>11}{'processor':>11}{'memory':>12}  ours to theirs: elapsed, processor")

    contenders = {"xinfeng": ours("enterprises", firms, None)}
    if has_duckdb:
        contenders["DuckDB COPY, key, unique index"] = duckdb("enterprises", firms, told, None)
    if has_sqlite:
        contenders["sqlite3 .import, plain table"] = plain("enterprises", firms)
    compare("enterprises", enterprises, contenders, runs)

    ours("enterprises", firms, None)()
    shutil.copyfile(path("bench.db"), path("base.db"))
    contenders = {"xinfeng": ours("facts", told, path("base.db"))}
    if has_sqlite:
        contenders["sqlite3 .import, plain table"] = plain("facts", told)
    if has_duckdb:
        duckdb("enterprises", firms, told, None)()
        shutil.copyfile(path("bench.duckdb"), path("base.duckdb"))
        contenders["DuckDB COPY, joined on the code"] = duckdb("joined", firms, told, path("base.duckdb"))
    compare("facts", facts, contenders, runs)
    for name in ("bench.db", "base.db", "plain.db", "bench.duckdb", "base.duckdb"):
        remove(name)


main()
