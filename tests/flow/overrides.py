#!/usr/bin/env python3
"""Two persons decide about enterprises by commands: a fact revoked in part and restored, rules confirmed and waived, an
observation period, what each would do told beforehand, attachments, and what ends by itself."""
import hashlib

from story import ENTERPRISE_HEADER, FACT_HEADER, enterprise_row, fact_row, tell, uscc

OFFICER, APPROVER = "王建国", "李梅"
WORDS = ("--reason", "依文书", "--document", "呼政复〔2026〕8号")


def propose(story, kind, number, *words, **options):
    answer = story.must("--json", "--as", OFFICER, "override", "propose", kind, uscc(number), *WORDS, *words, **options)
    return str(answer.json["id"])


def approve(story, identity, **options):
    return story.must("--json", "--as", APPROVER, "override", "approve", identity, **options).json


def preview(story, kind, number, *words, **options):
    return story.must("--json", "--as", OFFICER, "override", "propose", kind, uscc(number), *WORDS, "--preview", *words,
                      **options).json


def shown(story, number, **options):
    return story.must("--json", "show", uscc(number), **options).json


def fact_of(story, number, kind, **options):
    return next(fact for fact in shown(story, number, **options)["facts"] if fact["type"] == kind)


def check_preview(story, kind, number, *words):
    """A proposal's preview keeps nothing and says what approval brings."""
    before = story.dump()
    said = preview(story, kind, number, *words)
    story.equal(story.dump(), before, f"the preview of {kind} keeps nothing")
    now = shown(story, number)
    story.equal([said["before"][key] for key in ("centipoints", "final_class")], [now["centipoints"], now["final_class"]],
                f"the preview of {kind} begins with what stands")
    identity = propose(story, kind, number, *words)
    approve(story, identity)
    then = shown(story, number)
    story.equal([said["after"][key] for key in ("centipoints", "score_class", "final_class")],
                [then["centipoints"], then["score_class"], then["final_class"]], f"approval of {kind} brings what was told")
    story.equal(said["after"]["decided_by"]["kind"], then["decided_by"]["kind"], f"and what decides, of {kind}")
    return identity


def in_part(story):
    """Article 10, item 1: only the revoked part drops, and comes back exactly."""
    whole = shown(story, 1)
    fact = str(fact_of(story, 1, "penalty")["id"])
    words = ("--fact", fact, "--status", "revoked", "--amount-left", "20000", "--level-left", "1")
    identity = check_preview(story, "exclude-fact", 1, *words)
    then = fact_of(story, 1, "penalty")
    story.check(then["counts"] and then["status"] == "valid", "the fact counts on", then)
    story.equal([then["amount"], then["amount_left"], then["level"], then["level_left"]], [5000000, 2000000, 3, 1],
                "what the source says stands beside what remains")
    parts = [{key: part[key] for key in ("override", "amount_before", "amount_left", "level_before", "level_left", "document")}
             for part in then["revoked_parts"]]
    story.equal(parts, [{"override": int(identity), "amount_before": 5000000, "amount_left": 2000000, "level_before": 3,
                         "level_left": 1, "document": "呼政复〔2026〕8号"}], "the revoked part is recorded beside it")
    story.check(shown(story, 1)["centipoints"] < whole["centipoints"], "the score has come down", whole["centipoints"])
    text = story.must("show", uscc(1)).out
    story.check("revoked in part by override" in text and "50,000.00 -> 20,000.00" in text, "people read it too", text)
    story.refused(4, "restoring needs its document", "--as", OFFICER, "override", "withdraw", identity, "--reason", "判决",
                  holding="document")
    story.must("--as", OFFICER, "override", "withdraw", identity, "--reason", "判决撤销复议决定", "--document", "（2026）新23行终9号")
    back = shown(story, 1)
    story.equal([back[key] for key in ("centipoints", "final_class", "dimensions", "indicators", "facts")],
                [whole[key] for key in ("centipoints", "final_class", "dimensions", "indicators", "facts")],
                "restored, it counts as it was")
    told = story.must("--json", "override", "show", identity).json
    story.equal([told["state"], told["withdrawn_by"], told["withdrawn_document"]], ["withdrawn", OFFICER, "（2026）新23行终9号"],
                "who restored it by which document is kept")
    story.refused(2, "an amount that is none", "override", "propose", "exclude-fact", uscc(1), *WORDS, "--fact", fact, "--status",
                  "revoked", "--amount-left", "many", holding="--amount-left")
    story.refused(4, "more than there was", "override", "propose", "exclude-fact", uscc(1), *WORDS, "--fact", fact, "--status",
                  "revoked", "--amount-left", "50000.01", holding="no more than its amount")


def rules(story):
    """Article 11: a rule waived for a time, one confirmed, and no class set over a rule in force."""
    story.equal(shown(story, 2)["decided_by"], {"kind": "direct", "rule": "X11-1", "id": None}, "a listing makes class D")
    check_preview(story, "set-class", 2, "--class", "A")
    story.equal(shown(story, 2)["final_class"], "D", "a class set to A does not hide the rule")
    check_preview(story, "waive-direct", 2, "--rule", "X11-1", "--until", "2026-11-20")
    story.equal([shown(story, 2)["final_class"], shown(story, 2)["decided_by"]["kind"]], ["A", "override"],
                "once the rule is waived the set class counts")
    story.equal(shown(story, 3)["decided_by"]["kind"], "score", "a concern waits to be confirmed")
    check_preview(story, "confirm-direct", 3, "--rule", "X11-4")
    story.equal(shown(story, 3)["decided_by"]["rule"], "X11-4", "confirmed, it makes class D")


def refusals(story):
    identity = propose(story, "set-class", 4, "--class", "C")
    story.refused(3, "the proposer may not approve", "--as", OFFICER, "override", "approve", identity, holding=OFFICER)
    story.refused(4, "a rejection needs its reason", "--as", APPROVER, "override", "reject", identity, holding="reason")
    story.must("--as", APPROVER, "override", "reject", identity, "--reason", "依据不足")
    story.equal(story.must("--json", "override", "show", identity).json["decided_reason"], "依据不足", "the reason stays with it")
    story.refused(4, "an observation period ends", "override", "propose", "observe", uscc(4), *WORDS, "--novelty", "model",
                  holding="ends some day")
    story.refused(3, "class D is not observed", "override", "propose", "observe", uscc(3), *WORDS, "--novelty", "model",
                  "--until", "2027-01-01", holding="class D")


def attachments(story):
    files = {"复议决定.txt": "决定", "b.txt": "b"}
    for name, text in files.items():
        with open(story.path(name), "w", encoding="utf-8") as file:
            file.write(text)
    words = [word for name in files for word in ("--attach", story.path(name))]
    identity = propose(story, "observe", 4, "--novelty", "form", "--until", "2026-11-25", *words)
    said = story.must("--json", "override", "attachments", identity).json
    story.equal([(one["name"], one["size"], one["sha256"]) for one in said],
                [(name, len(text.encode()), hashlib.sha256(text.encode()).hexdigest()) for name, text in files.items()],
                "attachments are kept by name, size and digest")
    verified = story.must("override", "attachments", identity, "--verify", story.path("b.txt"))
    story.check("b.txt" in verified.out, "a file is found to be the one", verified)
    with open(story.path("b.txt"), "a", encoding="utf-8") as file:
        file.write("changed")
    answer = story.run("override", "attachments", identity, "--verify", story.path("b.txt"))
    story.check(answer.status == 1 and "none of the attachments" in answer.out, "a changed file is not", answer)
    before = story.dump()
    story.refused(2, "an attachment that is not there", "override", "propose", "set-class", uscc(4), *WORDS, "--class", "B",
                  "--attach", story.path("nowhere.pdf"), holding="nowhere.pdf")
    story.equal(story.dump(), before, "nothing of it is kept")
    approve(story, identity)
    return identity


def days(story, observed):
    """What has come to its day holds or ends by itself, without a run."""
    def listed(*words, **options):
        return [one["id"] for one in story.must("--json", "override", "list", *words, **options).json]
    story.equal(listed("--expiring", "30"), listed("--state", "ending"), "30 days are the usual")
    story.check(int(observed) in listed("--expiring", "25") and int(observed) not in listed("--expiring", "24"),
                "what ends within so many days is listed", listed("--expiring", "25"))
    story.must("score", today="2026-11-10")
    story.equal(shown(story, 2, today="2026-11-19")["final_class"], "A", "on its last day the waiver holds")
    ended = story.must("--json", "show", uscc(2), today="2026-11-20").json
    story.equal([ended["final_class"], ended["decided_by"]["rule"], ended["day"]], ["D", "X11-1", "2026-11-20"],
                "on the day it ends the rule is back, and nobody pressed a key")
    entries = story.must("--json", "journal", "show", "--limit", "1", today="2026-11-20").json
    story.equal([entries[0]["action"], entries[0]["actor"]], ["override.due", "system clock"], "the clock did it, and says so")
    before = story.dump()
    story.must("show", uscc(2), today="2026-11-20")
    story.equal(story.dump(), before, "once done it is done")
    listing = story.must("--json", "enterprises", "--class", "D", today="2026-11-20").json["enterprises"]
    story.check(any(one["uscc"] == uscc(2) for one in listing), "lists show the class of the day", listing)
    story.check(int(observed) in listed("--state", "expired", today="2026-11-25"), "the observation period is over", "")
    story.check(int(observed) in listed("--state", "in-force", today="2026-11-24"), "it held the day before", "")
    later = propose(story, "set-class", 5, "--class", "C", "--from", "2026-11-28", today="2026-11-20")
    approve(story, later, today="2026-11-20")
    story.equal(listed("--state", "to-come", today="2026-11-20"), [int(later)], "one that has not begun is told apart")
    story.equal(shown(story, 5, today="2026-11-27")["decided_by"]["kind"], "score", "the day before it does not hold")
    story.equal(shown(story, 5, today="2026-11-28")["final_class"], "C", "on its first day it does")
    story.equal(listed(uscc(5), today="2026-11-28"), [int(later)], "the overrides of one enterprise")
    story.refused(2, "a state that is none", "override", "list", "--state", "pending", holding="in-force")
    story.refused(2, "both at once", "override", "list", "--state", "all", "--expiring", "3", holding="do not go together")


def main(story):
    story.must("init")
    story.must("import", "enterprises", story.write("e.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, 7)]))
    story.must("import", "facts", story.write("f.csv", FACT_HEADER, [
        fact_row(1, "行政处罚", "2026-09-01", level=3, amount=50000, document="呼市监处罚〔2026〕1号"),
        fact_row(2, "严重违法失信名单", "2026-08-01", document="昌市监严列〔2026〕2号"),
        fact_row(3, "消费者反映强烈", "2026-08-01", document="呼消联〔2026〕3号")]))
    story.must("score")
    in_part(story)
    rules(story)
    refusals(story)
    observed = attachments(story)
    days(story, observed)
    story.must("journal", "verify", today="2026-11-28")
    story.must("doctor", today="2026-11-28")


if __name__ == "__main__":
    tell(main)
