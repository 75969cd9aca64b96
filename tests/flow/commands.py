#!/usr/bin/env python3
"""Wrong use, wrong files and a database at work: each ends with its exit status and one sentence that says what to do."""
import os
import re
import sqlite3

from story import ENTERPRISE_HEADER, enterprise_row, tell, uscc

SEED = "01382438112797316654"
NOBODY = uscc(999)

# Wrong words: (words, a piece of the sentence). All of them end with 2 and change nothing.
WRONG = [
    (("scores",), 'no command "scores"'),
    (("--db",), "--db needs a value"),
    (("score", "--perod", "2026-10"), "--perod is not known"),
    (("score", "--json=yes"), "--json takes no value"),
    (("--today", "2026-02-30", "score"), "no day"),
    (("--today=31.10.2026", "score"), "no day"),
    (("--lang", "fr", "score"), "zh or en"),
    (("--as", " ", "score"), "--as"),
    (("--as", b"\xcd\xf5\xbd\xa8", "score"), "UTF-8"),
    (("score", *["x"] * 70), "at most"),
    (("init", "--policy", "nowhere.json"), "nowhere.json"),
    (("sample", "--enterprises", "0"), "--enterprises"),
    (("sample", "--enterprises", "many"), "--enterprises"),
    (("sample", "--months", "241"), "--months"),
    (("import",), "kind"),
    (("import", "people", "x.csv"), '"people" is no kind of file'),
    (("import", "facts"), "file"),
    (("import", "facts", "nowhere.csv"), "nowhere.csv"),
    (("import", "enterprises", "e.csv", "--map", "no-such-profile"), "no-such-profile"),
    (("import", "enterprises", "e.csv", "--as-of", "soon"), "no day"),
    (("preview",), "file"),
    (("preview", "nowhere.csv"), "nowhere.csv"),
    (("preview", "nowhere.csv", "--kind", "people"), "people"),
    (("preview", "nowhere.csv", "--column", "name"), "HEADER=FIELD"),
    (("profile",), "missing: list"),
    (("profile", "praise"), '"profile praise"'),
    (("profile", "show", "nobody"), "nobody"),
    (("profile", "remove", "nobody"), "nobody"),
    (("profile", "save", "nowhere.json"), "nowhere.json"),
    (("batch",), "missing: list, show"),
    (("batch", "burn"), '"batch burn"'),
    (("batch", "show"), "intake"),
    (("batch", "show", "99"), "99"),
    (("batch", "undo", "99"), "99"),
    (("batch", "rejects", "99", "r.xlsx"), "99"),
    (("batch", "rejects", "99"), "file"),
    (("library",), "library"),
    (("library", "books"), '"library books"'),
    (("import", "--template", "people", "x.xlsx"), "people"),
    (("import", "--template", "facts"), "file"),
    (("match",), "missing: open"),
    (("match", "make"), '"match make"'),
    (("match", "candidates"), "name"),
    (("match", "decide", "99", "1", "none"), "99"),
    (("match", "withdraw", "99"), "99"),
    (("enterprises", "--class", "E"), "A, B, C or D"),
    (("enterprises", "--flag", "red"), "key"),
    (("enterprises", "--sort", "name"), "score or id"),
    (("enterprises", "--limit", "0"), "--limit"),
    (("enterprises", "--limit", "1.5"), "--limit"),
    (("enterprises", "--limit", "99999999999999999999"), "--limit"),
    (("enterprises", "--find", b"\xcc\xec"), "UTF-8"),
    (("show",), "USCC"),
    (("show", NOBODY), NOBODY),
    (("show", "#1x"), "#1x"),
    (("show", "#"), "#"),
    (("show", uscc(1), "--period", "2026-13"), "2026-13"),
    (("show", uscc(1), "--period", "2020-01"), "2020-01"),
    (("score", "--period", "2026/10"), "YYYY-MM"),
    (("score", "--period", "October"), "YYYY-MM"),
    (("classes", "--by", "village"), "region, industry or month"),
    (("classes", "--period", "2020-01"), "2020-01"),
    (("classes", "--by", "region", "--handed"), "do not go together"),
    (("classes", "--handed", "--limit", "0"), "--limit"),
    (("handover",), "file"),
    (("handover", "out.txt"), "one of these endings"),
    (("handover", "out.csv", "--period", "2020-01"), "2020-01"),
    (("handover", "no-such-folder/out.csv"), "no-such-folder"),
    (("policy",), "What to do"),
    (("policy", "praise"), '"policy praise"'),
    (("policy", "check"), "policy file"),
    (("policy", "check", "nowhere.json"), "nowhere.json"),
    (("policy", "export"), "file"),
    (("override",), "What to do"),
    (("override", "bless"), '"override bless"'),
    (("override", "propose", "set-weight", uscc(1)), "no kind of override"),
    (("override", "propose", "set-class"), "USCC"),
    (("override", "propose", "set-class", NOBODY), NOBODY),
    (("override", "propose", "exclude-fact", uscc(1), "--fact", "x"), "--fact"),
    (("override", "propose", "set-class", uscc(1), "--class", "B", "--until", "x"), "no day"),
    (("override", "approve"), "override"),
    (("override", "approve", "one"), '"one"'),
    (("override", "approve", "99"), "99"),
    (("annual",), "What to do"),
    (("annual", "praise", "1"), '"annual praise"'),
    (("annual", "new"), "title"),
    (("annual", "new", "--title", "t", "--year", "x"), "--year"),
    (("annual", "task", "x"), "annual plan"),
    (("annual", "task", "1", "--title", "t", "--months", "3-"), "--months"),
    (("plan",), "What to do"),
    (("plan", "praise", "1"), '"plan praise"'),
    (("plan", "new"), "title"),
    (("plan", "new", "--title", " "), "title"),
    (("plan", "new", "--title", b"\xb3\xe9\xb2\xe9"), "UTF-8"),
    (("plan", "new", "--title", "t", "--rates", "A=1%"), "Class B is missing"),
    (("plan", "new", "--title", "t", "--rates", "A=0%,B=5%,C=20%,D=100%"), "no rate"),
    (("plan", "new", "--title", "t", "--rates", "A=1%,B=5%,C=20%,D=100%", "--total", "5"), "not both"),
    (("plan", "new", "--title", "t", "--total", "0"), "--total"),
    (("plan", "new", "--title", "t", "--total", "9", "--weights", "A=0,B=1,C=1,D=1"), "no weight"),
    (("plan", "new", "--title", "t", "--weights", "A=1,B=1,C=1,D=1"), "--total"),
    (("plan", "new", "--title", "t", "--min", "1"), "--total"),
    (("plan", "new", "--title", "t", "--rounding", "down"), "unbiased or ceil"),
    (("plan", "new", "--title", "t", "--total", "9", "--rounding", "ceil"), "--rounding"),
    (("plan", "new", "--title", "t", "--from", "2026-12-01", "--to", "2026-11-01"), "before it begins"),
    (("plan", "measures", "1", "--weights", "A=1,B=1,C=1,D=1"), "--total"),
    (("plan", "show"), "number of the plan"),
    (("plan", "show", "99"), "99"),
    (("plan", "show", "1x"), "1x"),
    (("plan", "draw", "1", "--seed", "123"), "20"),
    (("plan", "draw", "1", "--seed", "０１３８２４３８１１２７９７３１６６５４"), "full-width"),
    (("plan", "seed", "1"), "--seed"),
    (("plan", "void", "1"), "reason"),
    (("plan", "export", "99"), "99"),
    (("verify",), "record"),
    (("verify", "nowhere.draw.json"), "nowhere.draw.json"),
    (("journal",), "What to do"),
    (("journal", "burn"), '"journal burn"'),
    (("journal", "show", "--limit", "-1"), "--limit"),
    (("doctor", "--deep"), "--deep is not known"),
]

# Right words in the wrong state.
REFUSED = [
    (("score", "--period", "2026-11"), "has not begun"),
    (("score", "--close"), "can be closed from"),
    (("init",), "exists already"),
    (("plan", "commit", "1"), "Nothing was changed"),
    (("plan", "draw", "1"), "Nothing was changed"),
    (("plan", "approve", "1"), "Nothing was changed"),
    (("plan", "export", "1", "--dir", "out"), "not drawn yet"),
    (("sample",), "holds 3 enterprises already"),
]

# Documents that break their rules.
BROKEN = [
    (("policy", "check", "e.csv"), "e.csv:1:"),
    (("policy", "import", "zero.json"), "zero byte"),
    (("init", "--policy", "e.csv"), "e.csv:1:"),
    (("override", "propose", "set-class", uscc(1), "--reason", "r", "--document", "d"), "A, B, C or D"),
    (("override", "propose", "set-class", uscc(1), "--class", "B", "--document", "d"), "reason"),
    (("override", "propose", "set-class", uscc(1), "--class", "B", "--reason", "r"), "document"),
    (("override", "propose", "waive-direct", uscc(1), "--rule", "X11-1", "--reason", "r", "--document", "d"), "day it ends"),
]


def shown(words):
    return " ".join(repr(w)[2:-1] if isinstance(w, bytes) else w for w in words)[:90]


def wrong_words(story):
    before = story.dump()
    for status, cases in ((2, WRONG), (3, REFUSED), (4, BROKEN)):
        for words, piece in cases:
            story.refused(status, f"{shown(words)}: {status}", *words, holding=piece, today="2026-10-30")
    story.equal(story.dump(), before, "none of that changed anything")
    helped = re.findall(r"^ (\w+) ", story.must("--help").out, re.M)
    tried = {word for words, _ in WRONG for word in words if isinstance(word, str)}
    story.equal(sorted(set(helped) - tried), [], "every command of the help was used wrongly")
    for name in helped:
        answer = story.must(name, "--help")
        story.check(answer.out.startswith(f"xinfeng {name}"), f"{name} --help helps", answer)


def wrong_files(story):
    right = story.database
    with open(right, "rb") as file:
        whole = file.read()

    def other(name, data, status, piece, change=None):
        story.database = story.path(name)
        if data is not None:
            with open(story.database, "wb") as file:
                file.write(data)
        if change is not None:
            with sqlite3.connect(story.database) as database:
                database.execute(change)
            database.close()
        for words in (("score",), ("enterprises", "--json"), ("doctor",)):
            story.refused(status, f"{words[0]} with a database that is {name}: {status}", *words, holding=piece)

    other("missing.db", None, 2, "There is no database")
    other("empty.db", b"", 4, "is empty")
    other("letter.db", b"Dear bureau, this is no database at all. " * 40, 4, "is not a database")
    other("cut.db", whole[: len(whole) // 2], 4, "cut short")
    other("newer.db", whole, 3, "newer version", "PRAGMA user_version = 999")
    other("foreign.db", b"", 4, "another program's", "CREATE TABLE t (a)")
    os.mkdir(story.path("folder.db"))
    other("folder.db", None, 2, "is a folder")
    story.database = story.path("no", "such", "folder.db")
    story.refused(2, "a database in a folder that is not there: 2", "score")
    story.database = story.path("letter.db", "x.db")
    story.refused(4, "a database below a file: 4", "init")
    story.database = story.path("new", "folder", "x.db")
    story.must("init")
    story.database = story.path("kept.db")
    story.refused(4, "a policy that does not hold makes no database", "init", "--policy", story.path("e.csv"))
    story.check(not os.path.exists(story.database), "there is none")
    story.database = right


def busy(story):
    with story.connect() as database:
        database.execute("BEGIN IMMEDIATE")
        for words in (("score", "--period", "2026-10"), ("import", "enterprises", story.path("e.csv"))):
            story.refused(5, f"{words[0]} while another program writes: 5", *words, holding="by another program")
        story.must("show", uscc(1))
        story.must("enterprises", "--json")
        story.must("classes")
        story.check(True, "reading goes on meanwhile")
        database.execute("ROLLBACK")
    story.must("score", "--period", "2026-10")
    story.check(True, "and writing afterwards")


def main(story):
    story.must("init")
    path = story.write("e.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in (1, 2, 3)])
    with open(story.path("zero.json"), "wb") as file:
        file.write(b"{}\0")
    story.must("import", "enterprises", path)
    story.must("score", "--period", "2026-10", today="2026-10-30")
    story.must("plan", "new", "--title", "抽查")
    story.must("plan", "measures", "1", "--rounding", "ceil")
    made = story.must("plan", "show", "1", "--json").json["measures"]
    story.equal(made["rounding"], "ceil", "the rounding alone can be changed")
    wrong_words(story)
    wrong_files(story)
    busy(story)


if __name__ == "__main__":
    tell(main)
