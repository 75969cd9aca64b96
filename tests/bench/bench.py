#!/usr/bin/env python3
"""How long the heavy work takes, beside the plainest Python that does the same. Prints a table; no
figure is a threshold, since machines differ: the ratio is what tells one machine's runs apart.

usage: bench.py [UNITS [ENTERPRISES]]   (make bench BENCH_WORDS="...")"""
import hashlib
import heapq
import json
import os
import subprocess
import sys
import tempfile
import time

DRAW = os.environ["BENCH_DRAW"]
TEAM = os.environ["BENCH_TEAM"]
WHOLE = os.environ["BENCH_WHOLE"]
BOOK = os.environ["BENCH_BOOK"]
XINFENG = os.environ["XINFENG"]
SEED = "01382438112797316654"


def timed(work):
    start = time.perf_counter()
    value = work()
    return value, time.perf_counter() - start


def row(what, count, seconds, beside=None):
    rate = f"{count / seconds:>12,.0f} /s" if seconds > 0 else ""
    ratio = f"{beside / seconds:>8.1f} x" if beside and seconds > 0 else ""
    print(f"{what:<34}{count:>12,}{seconds:>10.3f} s{rate}{ratio}")


def bench_draw(units):
    wanted = max(1, units // 100)
    words = subprocess.run([DRAW, str(units), str(wanted)], check=True, capture_output=True, text=True).stdout.split()
    figures = dict(zip(words[::2], words[1::2]))
    key = hashlib.sha256(f"draw-ticket/1\nbench\nunit\n{SEED}\n".encode()).hexdigest().encode()

    def tickets():
        prefix = hashlib.sha256(key)
        for i in range(units):
            ticket = prefix.copy()
            ticket.update(b"9133%014d" % i)
            yield ticket.digest(), i

    listed, hashing = timed(lambda: list(tickets()))
    chosen, selecting = timed(lambda: heapq.nsmallest(wanted, listed))
    if chosen[-1][0].hex() != figures["last"]:
        sys.exit("bench: the two draws differ; the figures below would mean nothing")
    row("tickets of a draw", units, float(figures["tickets"]), hashing)
    row("selection of 1 %", units, float(figures["select"]), selecting)


def county(units):
    """The units that bench_whole and duckdb_draw.mjs make as well."""
    return [(f"9133{i:014d}", f"6523{i % 31:05d}", "D" if i % 50 == 49 else "AAAAAABBBC"[i % 10]) for i in range(units)]


def draw_in_python(listed, path):
    """Frame, digest, allocation, tickets, selection and record, as src/draw does them."""
    rates = {"A": (1, 100), "B": (5, 100), "C": (20, 100), "D": (1, 1)}
    text = "".join(f"{uid}\t{region}\t{letter}\t\t\n" for uid, region, letter in sorted(listed))
    digest = hashlib.sha256(text.encode()).hexdigest()
    strata = {}
    for uid, region, letter in listed:
        strata.setdefault(f"{region}/{letter}", []).append(uid)
    keys = {purpose: hashlib.sha256(f"draw-ticket/1\nbench\n{purpose}\n{SEED}\n".encode()).hexdigest().encode()
            for purpose in ("unit", "round")}
    prefix, drawn, wanted = hashlib.sha256(keys["unit"]), [], {}

    def ticket(uid):
        copy = prefix.copy()
        copy.update(uid.encode())
        return copy.hexdigest()

    for code, ids in sorted(strata.items()):
        p, q = rates[code[-1]]
        u = int(hashlib.sha256(keys["round"] + code.encode()).hexdigest()[:16], 16)
        n = len(ids) if p == q else (len(ids) * p * 2**64 + u * q) // (q * 2**64)
        wanted[code] = n
        picks = heapq.nsmallest(n, ((ticket(uid), uid) for uid in ids))
        drawn += [{"uscc": uid, "name": "", "class": code[-1], "stratum": code, "rank": rank, "ticket": ticket,
                   "method": "random"} for rank, (ticket, uid) in enumerate(picks, 1)]
    record = {"format": "xinfeng-draw/1", "draw_id": "bench", "seed": SEED, "frame_digest": digest, "strata": wanted, "units": drawn}
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    record["record_digest"] = hashlib.sha256(canonical.encode()).hexdigest()
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    return digest, wanted, [(one["uscc"], one["rank"]) for one in drawn], keys["unit"].decode()


def bench_whole(units):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "record.json")
        best, parts = None, None
        for _ in range(3):
            words = subprocess.run([WHOLE, str(units), path], check=True, capture_output=True, text=True).stdout.split()
            figures = dict(zip(words[::2], words[1::2]))
            seconds = sum(float(figures[part]) for part in ("frame", "draw", "record"))
            if best is None or seconds < best:
                best, parts = seconds, figures
        with open(path, encoding="utf-8") as file:
            ours = [(unit["uscc"], unit["rank"]) for unit in json.load(file)["units"]]
        listed = county(units)
        (digest, wanted, theirs, key), python = timed(lambda: draw_in_python(listed, os.path.join(folder, "python.json")))
        if digest != parts["digest"] or ours != theirs:
            sys.exit("bench: the two whole draws differ; the figures below would mean nothing")
        row("whole draw, frame to record", units, best, python)
        modules = os.environ.get("DUCKDB_MODULES", "build/bench")
        if os.path.isdir(os.path.join(modules, "node_modules")):
            counts = os.path.join(folder, "wanted")
            with open(counts, "w", encoding="utf-8") as file:
                file.writelines(f"{code}={n}\n" for code, n in wanted.items())
            script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "duckdb_draw.mjs")
            peer = []
            for _ in range(3):
                out = subprocess.run(["node", script, str(units), key, os.path.join(folder, "duckdb.json"), counts], check=True,
                                     capture_output=True, text=True, env={**os.environ, "DUCKDB_MODULES": os.path.abspath(modules)})
                seconds, found = out.stdout.split()
                peer.append(float(seconds))
                if found != digest:
                    sys.exit("bench: DuckDB's frame differs")
            print(f"{'  the same in DuckDB':<34}{units:>12,}{min(peer):>10.3f} s{'':>15}{min(peer) / best:>8.1f} x")


def bench_team(units, inspectors):
    words = subprocess.run([TEAM, str(units), str(inspectors)], check=True, capture_output=True, text=True).stdout.split()
    row(f"teams of {inspectors} inspectors", units, float(words[1]))


def bench_score(enterprises):
    with tempfile.TemporaryDirectory() as folder:

        def run(*words):
            command = [XINFENG, "--db", os.path.join(folder, "bench.db"), *words]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout

        run("init")
        _, made = timed(lambda: run("sample", "--enterprises", str(enterprises)))
        scored, whole = timed(lambda: json.loads(run("score", "--json")))
        row("sample county", scored["enterprises"], made)
        row("scores, enterprises", scored["enterprises"], whole)
        row("scores, facts", scored["facts"], whole)
        seed = ("--seed", SEED, "--seed-source", "bench")
        plan = json.loads(run("plan", "new", "--title", "bench", "--json"))["id"]
        _, drawn = timed(lambda: run("plan", "draw", str(plan), *seed))
        row("plan, frame to draw", scored["enterprises"], drawn)
        _, written = timed(lambda: run("plan", "export", str(plan), "--dir", folder))
        row("plan, export", scored["enterprises"], written)
        every = json.loads(run("plan", "new", "--title", "bench", "--rates", "A=100%,B=100%,C=100%,D=100%", "--json"))["id"]
        run("plan", "draw", str(every), *seed)
        words = subprocess.run([BOOK, os.path.join(folder, "bench.db"), str(every), folder], check=True, capture_output=True,
                               text=True).stdout.split()
        figures = dict(zip(words[::2], words[1::2]))
        workbook, bare = float(figures["workbook"]), float(figures["bare"])
        row("plan workbook of all, CPU", scored["enterprises"], workbook)
        print(f"{'  its cells by bare libxlsxwriter':<34}{'':>12}{bare:>10.3f} s{'':>15}{bare / workbook:>8.2f} x")


def main():
    numbers = [int(word) for word in sys.argv[1:]] + [1_000_000, 20_000][len(sys.argv) - 1 :]
    print(f"{'work':<34}{'items':>12}{'time':>12}{'rate':>15}{'beside Python':>14}")
    bench_draw(numbers[0])
    bench_whole(numbers[0])
    bench_team(5000, 200)
    bench_score(numbers[1])


main()
