#!/usr/bin/env python3
"""Every step of a plan in every state: what may be done is done, what may not is refused with a sentence that names the
plan, and changes nothing."""
import os
import shutil

from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
LATER = "2026-11-12"
STATES = ("DRAFT", "FROZEN", "COMMITTED", "SEEDED", "DRAWN", "LOCKED", "CLOSED", "VOID")

# verb: its words, and the states in which it may be taken
STEPS = {
    "measures": (("measures", "1", "--rates", "A=1%,B=5%,C=20%,D=50%"), {"DRAFT"}),
    "frame": (("frame", "1"), {"DRAFT"}),
    "commit": (("commit", "1"), {"FROZEN"}),
    "seed": (("seed", "1", "--seed", SEED), {"COMMITTED"}),
    "draw": (("draw", "1"), {"SEEDED"}),
    "draw with a seed": (("draw", "1", "--seed", SEED), {"DRAFT", "FROZEN", "COMMITTED", "SEEDED"}),
    "team": (("team", "1"), {"DRAWN"}),
    "extend": (("extend", "1", "--by", "2", "--reason", "甲"), {"DRAWN", "LOCKED"}),
    "replace": (("replace", "1", "UNIT", "--reason", "甲"), {"DRAWN", "LOCKED"}),
    "swap": (("swap", "1", "UNIT", "--out", "MEMBER", "--reason", "甲"), {"LOCKED"}),  # the drawn one has no teams yet
    "approve": (("approve", "1"), {"DRAWN"}),
    "result": (("result", "1", "UNIT", "--result", "未发现问题", "--method", "现场检查", "--completed-on", "2026-11-10",
                "--follow-up", "无需后续处置"), {"LOCKED"}),
    "publish": (("publish", "1"), {"LOCKED", "CLOSED"}),
    "close": (("close", "1", "--reason", "甲"), {"LOCKED"}),
    "void": (("void", "1", "--reason", "甲"), set(STATES) - {"VOID"}),
    "export": (("export", "1", "--dir", "FOLDER"), {"DRAWN", "LOCKED", "CLOSED"}),
    "commitment": (("commitment", "1", "--dir", "FOLDER"), {"COMMITTED", "SEEDED", "DRAWN", "LOCKED", "CLOSED"}),
    "ceremony": (("ceremony", "1", "--dir", "FOLDER"), {"COMMITTED", "SEEDED", "DRAWN", "LOCKED", "CLOSED"}),
    "notice": (("notice", "1", "--dir", "FOLDER"), {"DRAWN", "LOCKED", "CLOSED"}),
}


def states(story):
    """A copy of the database in each state, and a unit of the plan with a member of its team."""
    kept = {}

    def keep(state):
        kept[state] = story.path(f"{state}.kept.db")
        with story.connect() as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(story.database, kept[state])

    story.must("plan", "new", "--title", "抽查", "--rates", "A=10%,B=10%,C=50%,D=50%", "--from", "2026-11-01", today=TODAY)
    keep("DRAFT")
    for state, words in (("FROZEN", ("frame", "1")), ("COMMITTED", ("commit", "1")), ("SEEDED", ("seed", "1", "--seed", SEED)),
                         ("DRAWN", ("draw", "1"))):
        story.must("plan", *words, today=TODAY)
        keep(state)
    story.must("plan", "team", "1", today=TODAY)
    plan = story.must("plan", "show", "1", "--json", today=TODAY).json
    unit, done = plan["units"][0], plan["units"][1]
    story.must("--as", "李审核", "plan", "approve", "1", today=TODAY)
    story.must("plan", "result", "1", done["uscc"], "--result", "未发现问题", "--method", "现场检查", "--completed-on", "2026-11-10",
               "--follow-up", "无需后续处置", today=LATER)
    keep("LOCKED")
    story.must("plan", "close", "1", "--reason", "年末统一办结", today=LATER)
    keep("CLOSED")
    story.database = story.path("VOID.db")
    shutil.copy(kept["DRAWN"], story.database)
    story.must("plan", "void", "1", "--reason", "重抽", today=TODAY)
    keep("VOID")
    return kept, unit


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "300", today=TODAY)
    story.must("score", today=TODAY)
    kept, unit = states(story)
    folder = story.path("out")
    named = {"UNIT": unit["uscc"], "MEMBER": unit["team"][0], "FOLDER": folder}
    story.database = trial = story.path("trial.db")
    for state in STATES:
        for verb, (words, allowed) in STEPS.items():
            for end in ("", "-wal", "-shm"):
                if os.path.exists(trial + end):
                    os.remove(trial + end)
            shutil.copy(kept[state], trial)
            before = story.dump()
            who = "李审核" if verb == "approve" else "王建国"
            answer = story.run("--as", who, "plan", *[named.get(word, word) for word in words], today=LATER)
            if state in allowed or (verb == "export" and state == "VOID"):
                story.check(answer.status == 0, f"{state}: {verb} is done", answer)
                continue
            story.check(answer.status in (2, 3), f"{state}: {verb} is refused", answer)
            story.check("2026-001" in answer.err, f"{state}: {verb} is refused by a sentence about the plan", answer)
            story.equal(story.dump(), before, f"{state}: {verb} refused changed nothing")


if __name__ == "__main__":
    tell(main)
