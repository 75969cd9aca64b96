#!/usr/bin/env python3
"""Files taken in between two runs: whom they change is scored anew at once, as a whole run would."""
from story import ENTERPRISE_HEADER, FACT_HEADER, enterprise_row, fact_row, tell, uscc


def results(story):
    with story.connect() as database:
        return database.execute("SELECT enterprise, total, final_class, decided_by, indicators FROM result"
                                " ORDER BY enterprise").fetchall()


def counts(story):
    with story.connect() as database:
        kept = database.execute("SELECT class_a, class_b, class_c, class_d, enterprises FROM period").fetchone()
        found = database.execute("SELECT sum(final_class = 'A'), sum(final_class = 'B'), sum(final_class = 'C'),"
                                 " sum(final_class = 'D'), count(*) FROM result").fetchone()
    return kept, found


def story(story):
    first = story.write("甲.csv", ENTERPRISE_HEADER, [enterprise_row(n) for n in range(1, 31)])
    more = story.write("乙.csv", ENTERPRISE_HEADER, [enterprise_row(n, 参保人数=99) for n in range(25, 41)])
    facts = story.write("信息.csv", FACT_HEADER, [
        fact_row(3, "严重违法失信名单", "2026-08-01", document="呼严〔2026〕1号"),
        fact_row(7, "行政处罚", "2026-03-05", level="罚款", amount="500", document="呼市监处罚〔2026〕7号"),
        fact_row(3, "行政处罚", "2026-03-05", level="罚款", amount="500", document="呼市监处罚〔2026〕3号"),
    ])
    story.must("init")
    story.must("import", "enterprises", first)
    story.must("score")
    before = results(story)
    story.must("import", "facts", facts, "--dry-run")
    story.equal(results(story), before, "a dry run scores nobody")
    story.must("import", "facts", facts)
    answer = story.must("--json", "show", uscc(3)).json
    story.equal([answer["final_class"], answer["decided_by"]["rule"]], ["D", "X11-1"], "a listing taken in shows at once")
    story.must("import", "enterprises", more)
    kept, found = counts(story)
    story.equal(kept, found, "the period's counts follow")
    story.equal(found[4], 40, "enterprises new since the run are scored too")
    at_once = results(story)
    story.must("score")
    story.equal(results(story), at_once, "a whole run finds the same")
    story.must("score", "--period", "2026-10", "--close")
    closed = results(story)
    story.must("import", "facts", story.write("后.csv", FACT_HEADER, [fact_row(9, "严重违法失信名单", "2026-08-01", document="呼严〔2026〕2号")]))
    story.equal(results(story), closed, "a closed period stays as it is")


tell(story)
