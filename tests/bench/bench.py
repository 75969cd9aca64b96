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


def main():
    numbers = [int(word) for word in sys.argv[1:]] + [1_000_000, 20_000][len(sys.argv) - 1 :]
    print(f"{'work':<34}{'items':>12}{'time':>12}{'rate':>15}{'beside Python':>14}")
    bench_draw(numbers[0])
    bench_team(5000, 200)
    bench_score(numbers[1])


main()
