#!/usr/bin/env python3
"""The stand-alone checker against records that the unit test of the proof leaves in a folder."""
import os
import re
import subprocess
import sys
import tempfile

SCRIPT = os.path.join(os.environ["XINFENG_SOURCE"], "src/draw/verify_draw.py")
PROGRAM = "tests/unit/test_draw_proof"
number = 0


def report(good, what, output=""):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {what}")
    if not good:
        print("# " + output.replace("\n", "\n# "))


def check(folder, record, frame):
    """Runs the script on these bytes; its status and what it says."""
    paths = os.path.join(folder, "x.draw.json"), os.path.join(folder, "x.frame.tsv")
    for path, data in zip(paths, (record, frame)):
        with open(path, "wb") as file:
            file.write(data)
    done = subprocess.run([sys.executable, SCRIPT, *paths], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def expect(folder, what, record, frame, word):
    status, output = check(folder, record, frame)
    report(status == 1 and output.startswith("DIFFERS: ") and word in output, what, output)


def damage(folder, name, record, frame):
    """Each kind of damage has to be named."""
    first = frame.index(b"\n") + 1
    expect(folder, f"{name}: line removed", record, frame[first:], "frame_digest")
    expect(folder, f"{name}: class changed", record, frame.replace(b"\tB\t", b"\tA\t", 1), "frame_digest")
    seed = record.replace(b'"seed": "0', b'"seed": "9', 1)
    expect(folder, f"{name}: seed changed", seed, frame, "strata[")
    ticket = re.sub(rb'("ticket": ")(.)', lambda m: m[1] + (b"1" if m[2] == b"0" else b"0"), record, count=1)
    expect(folder, f"{name}: ticket changed", ticket, frame, "units[0]")
    rate = re.sub(rb'("grade": "",\s+"(?:rate|weight)")', rb'"x": 1, \1', record, count=1)
    expect(folder, f"{name}: measures changed", rate, frame, "measures_digest")
    title = record.replace(b'"number": "2026', b'"number": "2027', 1)
    expect(folder, f"{name}: number changed", title, frame, "record_digest")
    expect(folder, f"{name}: blank added", record + b" ", frame, "written as records are")
    expect(folder, f"{name}: record cut", record[:-20], frame, "JSONDecodeError")


def main():
    if not os.path.exists(PROGRAM):
        print("1..0 # SKIP the unit test of the proof is not built")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, DRAW_KEEP=folder)
        subprocess.run([PROGRAM], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        names = sorted(name[: -len(".draw.json")] for name in os.listdir(folder) if name.endswith(".draw.json"))
        report(len(names) == 6, "six kinds of draws were left", repr(names))
        for name in names:
            with open(os.path.join(folder, name + ".draw.json"), "rb") as file:
                record = file.read()
            with open(os.path.join(folder, name + ".frame.tsv"), "rb") as file:
                frame = file.read()
            status, output = check(folder, record, frame)
            report(status == 0 and output.startswith("OK: "), f"{name}: verifies", output)
            damage(folder, name, record, frame)
    print(f"1..{number}")


main()
