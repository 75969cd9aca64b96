#!/usr/bin/env python3
"""Who is sent where: the sample county's inspectors are frozen with a plan, and teams follow from the seed."""
import hashlib
import json
import zipfile

from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"


def make(story, *words):
    plan = story.must("plan", "new", "--title", "食品抽查", "--rates", "A=10%,B=20%,C=50%,D=100%", *words, "--json", today=TODAY).json
    return str(plan["id"])


def drawn(story, *words):
    number = make(story, *words)
    story.must("plan", "draw", number, "--seed", SEED, "--seed-source", "摇奖机", today=TODAY)
    return number


def rows(story, query, *values):
    with story.connect() as database:
        return database.execute(query, values).fetchall()


def frozen(story):
    number = make(story, "--from", "2026-11-01", "--to", "2026-11-30", "--expert")
    shown = story.must("plan", "frame", number, "--json", today=TODAY).json
    text = rows(story, "SELECT text FROM plan_roster WHERE plan = ?", int(number))[0][0]
    story.equal(shown["roster_digest"], hashlib.sha256(text).hexdigest(), "the roster's digest is that of its text")
    lines = text.decode().splitlines()
    story.equal(lines[0], "team\t2\t1\t0", "the rule for teams stands at its head")
    left_out = rows(story, "SELECT sum(certificate_until < 20261130), sum(state = '离岗'), count(*) FROM inspector")[0]
    story.check(left_out[0] > 0 and left_out[1] > 0, "some certificates of the sample county are over, and somebody is away", left_out)
    story.equal(shown["staff_left_out"].get("inactive"), left_out[1], "who is away is left out, and counted")
    story.equal(len(lines) - 1 + sum(shown["staff_left_out"].values()), left_out[2], "everybody is in the roster or left out")
    printed = story.must("plan", "commit", number, today=TODAY).out
    story.check(shown["roster_digest"] in printed, "the commitment gives the roster's digest out", printed)


def assigned(story):
    number = drawn(story, "--expert")
    story.must("plan", "team", number, today=TODAY)
    plan = story.must("plan", "show", number, "--json", today=TODAY).json
    story.check(plan["units"] and all(len(set(unit["team"])) == 2 for unit in plan["units"]), "every unit has a team of two")
    experts = {one for one, in rows(story, "SELECT number FROM inspector WHERE expert = 1")}
    story.check(all(experts & set(unit["team"]) for unit in plan["units"]), "with an expert in each")
    recused = set(rows(story, "SELECT inspector, uscc FROM recusal JOIN enterprise ON enterprise.id = enterprise"))
    story.check(recused and not recused & {(one, unit["uscc"]) for unit in plan["units"] for one in unit["team"]},
                "nobody goes where he is recused")
    regions = dict(rows(story, "SELECT number, region FROM inspector"))
    story.check(all(unit["stratum"].startswith(regions[one] or "") for unit in plan["units"] for one in unit["team"]),
                "stations keep to their townships")
    story.refused(3, "teams are made once", "plan", "team", number, today=TODAY)
    again = drawn(story, "--expert")
    story.must("plan", "team", again, today=TODAY)
    other = story.must("plan", "show", again, "--json", today=TODAY).json
    story.check([unit["team"] for unit in other["units"]] != [unit["team"] for unit in plan["units"]], "another draw sends others")
    text = story.must("plan", "show", number, "--lang", "zh", today=TODAY).out
    name = rows(story, "SELECT name FROM inspector WHERE number = ?", plan["units"][0]["team"][0])[0][0]
    story.check(name in text, "the names stand in the list", text[:300])
    files = story.must("plan", "export", number, "--dir", story.path("out"), "--json", today=TODAY).json["files"]
    with zipfile.ZipFile(next(file for file in files if file.endswith(".xlsx"))) as book:
        texts = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
    story.check(name in texts and plan["roster_digest"] in texts, "the plan workbook carries both names and the roster's digest")
    story.must("verify", next(file for file in files if file.endswith(".xlsx")), today=TODAY)
    entry = json.loads(rows(story, "SELECT after FROM journal WHERE action = 'plan.team' ORDER BY id LIMIT 1")[0][0])
    story.equal(entry["units"], len(plan["units"]), "the journal says how many teams were made")


def refused(story):
    number = make(story, "--team-size", "3")
    story.refused(3, "teams come after the draw", "plan", "team", number, today=TODAY)
    story.refused(2, "a team has a size", "plan", "new", "--title", "甲", "--team-size", "9", today=TODAY)
    with story.connect() as database:
        database.execute("UPDATE inspector SET state = '离岗' WHERE level = '县'")
    number = drawn(story, "--expert")
    story.refused(3, "without experts no team can be made, and the units are named", "plan", "team", number, today=TODAY,
                  holding="expert")


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "400", today=TODAY)
    story.must("score", today=TODAY)
    frozen(story)
    assigned(story)
    refused(story)


if __name__ == "__main__":
    tell(main)
