#!/usr/bin/env python3
"""What changes after the draw: more units, a unit that cannot be checked, an inspector who cannot go; all of it
computed again from the files that are handed out."""
import json
import os
import subprocess
import sys

from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"
SCRIPTS = os.path.join(os.environ["XINFENG_SOURCE"], "src/draw")


def shown(story, number):
    return story.must("plan", "show", number, "--json", today=TODAY).json


def drawn(story):
    plan = story.must("plan", "new", "--title", "食品抽查", "--rates", "A=5%,B=10%,C=30%,D=100%", "--expert", "--json",
                      today=TODAY).json
    number = str(plan["id"])
    story.refused(3, "nothing is extended before the draw", "plan", "extend", number, "--by", "1", "--reason", "甲", today=TODAY)
    story.refused(3, "nothing is replaced before the draw", "plan", "replace", number, "甲", "--reason", "甲", today=TODAY)
    story.must("plan", "draw", number, "--seed", SEED, "--seed-source", "摇奖机", today=TODAY)
    story.refused(3, "nobody is swapped before there are teams", "plan", "swap", number, "--out", "甲", "--reason", "病假",
                  today=TODAY)
    story.must("plan", "team", number, today=TODAY)
    return number


def script(name, *files):
    return subprocess.run([sys.executable, os.path.join(SCRIPTS, name), *files], capture_output=True, text=True, check=False)


def proven(story, number, what):
    """Exports the plan and has all of it computed again, by the program and by the scripts."""
    files = story.must("plan", "export", number, "--dir", story.path("out"), "--json", today=TODAY).json["files"]
    by_end = {file.split(".", 1)[1]: file for file in files}
    for end in ("xlsx", "draw.json", "teams.json"):
        story.must("verify", by_end[end], today=TODAY)
    ran = script("verify_draw.py", by_end["draw.json"], by_end["frame.tsv"])
    story.equal(ran.returncode, 0, f"the script agrees on the draw {what}: {ran.stdout}")
    ran = script("verify_teams.py", by_end["teams.json"], by_end["frame.tsv"])
    story.equal(ran.returncode, 0, f"the script agrees on the teams {what}: {ran.stdout}")
    return by_end


def extended(story, number):
    before = shown(story, number)
    story.refused(2, "an extension has a size", "plan", "extend", number, "--by", "0", "--reason", "甲", today=TODAY)
    story.refused(2, "an extension has a reason", "plan", "extend", number, "--by", "3", today=TODAY, holding="reason")
    story.refused(2, "a class is one of four", "plan", "extend", number, "--by", "3", "--class", "E", "--reason", "甲", today=TODAY)
    story.refused(2, "class D is taken whole", "plan", "extend", number, "--by", "3", "--class", "D", "--reason", "甲", today=TODAY)
    story.refused(2, "no more than there are", "plan", "extend", number, "--by", "399", "--class", "B", "--reason", "甲", today=TODAY)
    story.must("plan", "extend", number, "--by", "6", "--class", "B", "--reason", "专项工作需要", today=TODAY)
    after = shown(story, number)
    old = {unit["uscc"]: unit for unit in before["units"]}
    new = [unit for unit in after["units"] if unit["uscc"] not in old]
    story.equal(len(new), 6, "six more are drawn")
    story.equal({(unit["class"], unit["method"], unit["reason"]) for unit in new}, {("B", "extension", "专项工作需要")},
                "of the class asked for, with the reason")
    story.check(all(len(set(unit["team"])) == 2 for unit in new), "each with a team", new)
    story.check(all(unit == old[unit["uscc"]] for unit in after["units"] if unit["uscc"] in old), "and the first ones stay as they were")
    story.equal(after["strata"], before["strata"], "as do the strata")
    for code in {unit["stratum"] for unit in new}:
        ranks = [unit["rank"] for unit in after["units"] if unit["stratum"] == code]
        story.equal(ranks, list(range(1, len(ranks) + 1)), f"they are the next tickets of {code}")
    proven(story, number, "after the extension")


def replaced(story, number):
    before = shown(story, number)
    gone = next(unit for unit in before["units"] if unit["method"] == "random")
    certain = next(unit for unit in before["units"] if unit["method"] == "certainty")
    story.refused(2, "a replacement has a reason", "plan", "replace", number, gone["uscc"], today=TODAY)
    story.refused(2, "who is not in the plan is not replaced", "plan", "replace", number, "91650000000000000X", "--reason", "甲",
                  today=TODAY, holding="91650000000000000X")
    story.refused(2, "a stratum that is taken whole has nobody left", "plan", "replace", number, certain["uscc"], "--reason", "甲",
                  today=TODAY)
    story.must("plan", "replace", number, gone["uscc"], "--reason", "已迁出本县", today=TODAY)
    after = shown(story, number)
    new = next(unit for unit in after["units"] if unit.get("replaces"))
    story.equal((new["replaces"], new["stratum"], new["method"]), (gone["uscc"], gone["stratum"], "replacement"),
                "the next ticket of the stratum comes in")
    marked = next(unit for unit in after["units"] if unit["uscc"] == gone["uscc"])
    story.equal((marked["replaced_by"], marked["reason"]), (new["uscc"], "已迁出本县"), "and the unit stays, marked")
    story.refused(3, "nobody is replaced twice", "plan", "replace", number, gone["uscc"], "--reason", "甲", today=TODAY,
                  holding=new["uscc"])
    proven(story, number, "after the replacement")
    with story.connect() as database:
        database.execute("INSERT INTO inspection_result (enterprise, task, completed_on, result) SELECT id, ?, 20261030, "
                         "'未发现问题' FROM enterprise WHERE uscc = ?", (after["number"], new["uscc"]))
    story.refused(3, "who has a result is not replaced", "plan", "replace", number, new["uscc"], "--reason", "甲", today=TODAY)


def swapped(story, number):
    before = shown(story, number)
    unit = next(unit for unit in before["units"] if unit["method"] == "random" and not unit.get("replaced_by"))
    out = unit["team"][0]
    story.refused(2, "a swap has a reason", "plan", "swap", number, unit["uscc"], "--out", out, today=TODAY)
    story.refused(2, "a swap says who cannot go", "plan", "swap", number, unit["uscc"], "--reason", "病假", today=TODAY)
    story.refused(2, "who comes is of the roster", "plan", "swap", number, unit["uscc"], "--out", out, "--in", "无此人", "--reason",
                  "病假", today=TODAY, holding="无此人")
    story.refused(3, "nobody sits in a team twice", "plan", "swap", number, unit["uscc"], "--out", out, "--in", unit["team"][1],
                  "--reason", "病假", today=TODAY)
    story.refused(3, "nobody is swapped for himself", "plan", "swap", number, unit["uscc"], "--out", out, "--in", out, "--reason",
                  "病假", today=TODAY)
    story.equal(shown(story, number)["units"], before["units"], "what was refused changed nothing")
    story.must("plan", "swap", number, unit["uscc"], "--out", out, "--reason", "病假", today=TODAY)
    after = next(one for one in shown(story, number)["units"] if one["uscc"] == unit["uscc"])
    story.check(out not in after["team"] and after["team"][1] == unit["team"][1], "one goes, the other stays", after["team"])
    other = next(one for one in shown(story, number)["units"] if out in one["team"])
    story.must("plan", "swap", number, "--out", out, "--reason", "长期病假", today=TODAY)
    left = [one for one in shown(story, number)["units"] if out in one["team"]]
    story.check(all(one.get("replaced_by") for one in left), "he is out of every team that still has to go", left)
    story.check(other["uscc"] not in {one["uscc"] for one in left}, "the swap of all reached the others")
    return proven(story, number, "after the swaps")


def approved(story, number):
    approver = ("--as", "李审核")
    story.must(*approver, "plan", "approve", number, today=TODAY)
    story.equal(shown(story, number)["state"], "LOCKED", "another person approves")
    unit = next(unit for unit in shown(story, number)["units"] if unit["method"] == "random" and not unit.get("replaced_by"))
    story.must("plan", "replace", number, unit["uscc"], "--reason", "停业", today=TODAY)
    story.equal(shown(story, number)["state"], "LOCKED", "a replacement leaves the approval")
    story.must("plan", "extend", number, "--by", "1", "--reason", "补抽", today=TODAY)
    story.equal(shown(story, number)["state"], "DRAWN", "with an extension it lapses")
    story.must(*approver, "plan", "approve", number, today=TODAY)
    story.must("plan", "void", number, "--reason", "重来", today=TODAY)
    story.refused(3, "nothing is extended in a void plan", "plan", "extend", number, "--by", "1", "--reason", "甲", today=TODAY)
    story.refused(3, "nobody is swapped in a void plan", "plan", "swap", number, "--out", "甲", "--reason", "甲", today=TODAY)


def told(story, number):
    """The life of the plan reads as a page."""
    lines = story.must("plan", "journal", number, "--json", today=TODAY).json
    story.check(all(line["what"].endswith(".") and "{" not in line["what"] for line in lines), "every step is a sentence", lines)
    whats = [line["what"] for line in lines]
    order = [next(i for i, what in enumerate(whats) if word in what) for word in
             ("drafted", "frame was frozen", "roster was frozen", "committed", SEED, "were drawn", "Teams were", "More households",
              "cannot be checked", "swapped", "approved", "void")]
    story.equal(order, sorted(order), "in the order in which they were taken")
    story.check({"专项工作需要", "已迁出本县", "病假", "长期病假", "重来"} <= {line["why"] for line in lines}, "with their reasons", lines)
    story.check({"李审核"} <= {line["who"] for line in lines}, "and who took them")
    story.check("摘要" in story.must("plan", "journal", number, "--lang", "zh", today=TODAY).out, "in Chinese too")


def tampered(story, files):
    """A record with one name put in place of another is found out by both."""
    with open(files["teams.json"], encoding="utf-8") as file:
        record = json.load(file)
    teams = record["units"]
    teams[0]["team"], teams[-1]["team"] = teams[-1]["team"], teams[0]["team"]
    wrong = story.path("out/wrong.teams.json")
    with open(wrong, "w", encoding="utf-8") as file:
        file.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    story.refused(1, "the program finds teams that were exchanged", "verify", wrong, today=TODAY, holding="units[0]")
    ran = script("verify_teams.py", wrong, files["frame.tsv"])
    story.check(ran.returncode == 1 and "DIFFERS" in ran.stdout, "so does the script", ran.stdout)
    with story.connect() as database:
        database.execute("UPDATE plan_member SET inspector = (SELECT inspector FROM plan_member m WHERE m.inspector <> "
                         "plan_member.inspector LIMIT 1) WHERE seat = 1 AND unit = (SELECT min(unit) FROM plan_member)")
    story.refused(4, "a team changed behind the program's back is not handed out", "plan", "export", "1", "--dir", story.path("out"),
                  today=TODAY)


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "400", today=TODAY)
    story.must("score", today=TODAY)
    number = drawn(story)
    proven(story, number, "at first")
    extended(story, number)
    replaced(story, number)
    files = swapped(story, number)
    approved(story, number)
    told(story, number)
    tampered(story, files)


if __name__ == "__main__":
    tell(main)
