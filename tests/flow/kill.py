#!/usr/bin/env python3
"""Kills the program while it takes a file in, scores or draws, at moments all over the work: each time the database
opens, is sound, and holds the state before or the state after, whole."""
import os
import random
import shutil
import signal
import subprocess
import time

from story import ENTERPRISE_HEADER, FACT_HEADER, ENVIRONMENT, enterprise_row, fact_row, tell

ROUNDS = 8
SEED = "01382438112797316654"


def copy(story, source, target):
    """Copies a database with what waits beside it."""
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(target + ending):
            os.remove(target + ending)
        if os.path.exists(source + ending):
            shutil.copy(source + ending, target + ending)


def kill_after(story, words, seconds):
    """Runs a command and kills it; gives its status, negative when the signal met it at work."""
    process = subprocess.Popen(story.words(*words), cwd=story.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait()


def content(story):
    """What the database holds. The indexes that a first run makes for itself beforehand are no part of that."""
    return "\n".join(line for line in story.dump().split("\n") if not line.startswith("CREATE INDEX enterprise_shared_"))


def torture(story, what, words, chance):
    """One command from one state: first to its end, then killed at moments all over the time that took."""
    start, work = story.path("start.db"), story.database
    copy(story, work, start)
    before = content(story)
    begun = time.monotonic()
    story.must(*words)
    took = time.monotonic() - begun
    after = content(story)
    story.check(before != after, f"{what}: it does change the database")
    killed, wrong = 0, []
    for place in range(ROUNDS):
        copy(story, start, work)
        moment = took * (place + chance.random()) / ROUNDS
        status = kill_after(story, words, moment)
        killed += status == -signal.SIGKILL
        doctor = story.run("doctor")
        found = content(story)
        if doctor.status != 0 or found not in (before, after):
            wrong.append(f"killed after {moment:.3f} s of {took:.3f} (status {status}): {doctor}")
        if status == 0 and found != after:
            wrong.append(f"status 0 after {moment:.3f} s, but the work is not there")
        if status != 0:  # and the work can simply be done again
            if found == before:
                story.must(*words)
                found = content(story)
            if found != after:
                wrong.append(f"done again after {moment:.3f} s, the result is another one")
    story.check(not wrong, f"{what}: killed {killed} times, always whole", "\n".join(wrong[:3]))
    story.check(killed > 0, f"{what}: the signal met it at work", f"{took:.3f} s")
    copy(story, start, work)
    story.must(*words)


def main(story):
    chance = random.Random(20261031)
    story.must("init")
    enterprises = story.write("e.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, 4001)])
    facts = story.write("f.csv", FACT_HEADER, [fact_row(1 + n % 4000, "行政处罚", "2026-03-05", level=1 + n % 4, amount=n,
                                                        document=f"罚{n}号") for n in range(8000)])
    torture(story, "taking enterprises in", ("import", "enterprises", enterprises), chance)
    torture(story, "taking facts in", ("import", "facts", facts), chance)
    torture(story, "scoring", ("score", "--period", "2026-10"), chance)
    more = story.write("g.csv", FACT_HEADER, [fact_row(1 + n % 4000, "行政处罚", "2026-10-20", level=4, amount=n, document=f"续{n}号")
                                              for n in range(2000)])
    story.must("import", "facts", more, today="2026-10-25")
    story.must("score", "--period", "2026-10", today="2026-10-10")  # the later facts have not happened yet
    torture(story, "scoring again to another outcome, and closing", ("score", "--period", "2026-10", "--close"), chance)
    story.must("plan", "new", "--title", "抽查", "--rates", "A=40%,B=50%,C=60%,D=100%")
    torture(story, "drawing", ("plan", "draw", "1", "--seed", SEED), chance)


if __name__ == "__main__":
    tell(main)
