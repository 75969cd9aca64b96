-- The schema, version 7: results by number, as a run over all enterprises writes them page by page.

-- score/result: id = period << 40 | enterprise. day is NULL where a row was judged on the period's own
-- day, so that a run on a later day leaves alone what it finds again. The rest as before.
CREATE TABLE result_kept (
    id INTEGER PRIMARY KEY,
    period INTEGER NOT NULL REFERENCES period (id),
    enterprise INTEGER NOT NULL,
    day INTEGER,
    total INTEGER NOT NULL,
    score_class TEXT NOT NULL,
    final_class TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_rule TEXT,
    decided_id INTEGER,
    dimensions TEXT NOT NULL,
    indicators TEXT NOT NULL,
    policy INTEGER REFERENCES policy (id)
) STRICT;
INSERT INTO result_kept SELECT r.period << 40 | enterprise, r.period, enterprise, nullif(r.day, p.day),
    total, score_class, final_class, decided_by, decided_rule, decided_id, dimensions, indicators,
    r.policy FROM result r JOIN period p ON p.id = r.period ORDER BY r.period, enterprise;
DROP TABLE result;
ALTER TABLE result_kept RENAME TO result;
CREATE INDEX result_key ON result (period, enterprise);
CREATE INDEX result_rank ON result (period, total, enterprise);
CREATE INDEX result_class ON result (period, final_class, total, enterprise);
