#!/usr/bin/env python3
"""The libraries of inspectors and matters as people keep them: who holds and who does not, changed by hand with a trace, and
nothing that does not hold is ever sent or inspected by."""
from story import tell

SEED = "01382438112797316654"
TODAY = "2026-10-31"


def rows(story, query, *values):
    with story.connect() as database:
        return database.execute(query, values).fetchall()


def listed(story, word):
    return story.must("library", word, "--limit", "1000", "--json", today=TODAY).json


def standing(story):
    inspectors = listed(story, "inspectors")
    out = {one["number"] for one in inspectors if one["standing"]}
    known = {number for number, in rows(story, "SELECT number FROM inspector WHERE state <> '在岗' OR certificate_until < 20261031")}
    story.equal(out, known, "who is away or whose certificate is over does not hold, and it is said")
    printed = story.must("library", "inspectors", "--limit", "1000", today=TODAY).out
    story.check(f"{len(inspectors)} in the library, {len(inspectors) - len(out)} hold" in printed, "with their numbers", printed[-200:])
    number = str(story.must("plan", "new", "--title", "甲", "--json", today=TODAY).json["id"])
    story.must("plan", "frame", number, today=TODAY)
    roster = rows(story, "SELECT text FROM plan_roster WHERE plan = ?", int(number))[0][0].decode()
    story.check(not any(f"\n{one}\t" in roster for one in out), "and none of them is in a roster")
    story.check(all(one["standing"] is None for one in listed(story, "matters")), "all matters are in force")


def changed(story):
    story.refused(2, "a day is a day", "library", "set", "inspector", "HTB-001", "certificate_until=明年", today=TODAY, holding="明年")
    story.refused(2, "a column is one of the table", "library", "set", "inspector", "HTB-001", "salary=1", today=TODAY, holding="salary")
    story.refused(2, "a rate is at most all", "library", "set", "matter", "SJ0101", "rate=120%", today=TODAY, holding="120%")
    story.refused(2, "times are a number", "library", "set", "matter", "SJ0101", "times=两次", today=TODAY, holding="两次")
    story.refused(2, "a new one has a name", "library", "set", "inspector", "HTB-900", "region=652323", today=TODAY, holding="name")
    story.refused(2, "the libraries are two", "library", "set", "car", "1", today=TODAY, holding="car")
    before = rows(story, "SELECT count(*) FROM journal")[0][0]
    story.must("library", "set", "inspector", "HTB-001", "certificate_until=2026-01-31", today=TODAY)
    story.must("library", "set", "inspector", "HTB-900", "name=新人", "certificate_until=2030-01-31", "state=在岗", "expert=1", today=TODAY)
    story.must("library", "set", "matter", "SJ0101", "rate=5%", "times=2", today=TODAY)
    story.equal(rows(story, "SELECT count(*) FROM journal")[0][0], before + 3, "each change has its entry")
    inspectors = {one["number"]: one for one in listed(story, "inspectors")}
    story.check("certificate" in inspectors["HTB-001"]["standing"] and inspectors["HTB-900"]["standing"] is None,
                "the one does not hold any more, the other does", inspectors["HTB-001"])
    story.equal(rows(story, "SELECT rate, times, title FROM matter WHERE code = 'SJ0101'")[0][:2], (500, 2), "the ceiling is another")
    story.must("library", "set", "matter", "SJ0101", "state=失效", today=TODAY)
    story.refused(3, "what is not in force is not planned", "plan", "new", "--title", "甲", "--matter", "SJ0101", today=TODAY,
                  holding="SJ0101")


def recused(story):
    code, = rows(story, "SELECT uscc FROM enterprise WHERE uscc IS NOT NULL AND status = 'open' AND id NOT IN (SELECT enterprise FROM "
                        "recusal) LIMIT 1")[0]
    story.refused(2, "a recusal has a reason", "library", "recuse", "HTB-900", code, today=TODAY, holding="reason")
    story.refused(2, "of an inspector there is", "library", "recuse", "HTB-999", code, "--reason", "亲属", today=TODAY, holding="HTB-999")
    story.refused(2, "from an enterprise there is", "library", "recuse", "HTB-900", "无此企业", "--reason", "亲属", today=TODAY)
    story.must("library", "recuse", "HTB-900", code, "--reason", "亲属任职", "--until", "2027-12-31", today=TODAY)
    number = str(story.must("plan", "new", "--title", "乙", "--rates", "A=100%,B=100%,C=100%,D=100%", "--json", today=TODAY).json["id"])
    story.must("plan", "draw", number, "--seed", SEED, today=TODAY)
    story.must("plan", "team", number, today=TODAY)
    teams = {unit["uscc"]: unit["team"] for unit in story.must("plan", "show", number, "--json", today=TODAY).json["units"]}
    story.check(any("HTB-900" in team for team in teams.values()), "who was added is sent")
    story.check("HTB-900" not in teams[code], "but not where he is recused", teams[code])


def main(story):
    story.must("init", today=TODAY)
    story.must("sample", "--enterprises", "300", today=TODAY)
    story.must("score", today=TODAY)
    standing(story)
    changed(story)
    recused(story)


if __name__ == "__main__":
    tell(main)
