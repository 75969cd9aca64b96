-- The schema, version 2: what it takes to know where every row comes from, and to take a file back.

-- intake/batch: what a file was found to be, and whether it was taken back.
ALTER TABLE batch ADD COLUMN format TEXT NOT NULL DEFAULT 'CSV';
ALTER TABLE batch ADD COLUMN encoding TEXT;
ALTER TABLE batch ADD COLUMN sheet TEXT;
ALTER TABLE batch ADD COLUMN rows_skipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN undone_by TEXT;
ALTER TABLE batch ADD COLUMN undone_at TEXT;
ALTER TABLE batch ADD COLUMN undone_reason TEXT;

-- Who a rejected row speaks of, as it says itself: what a person decides about.
ALTER TABLE reject ADD COLUMN name TEXT;
ALTER TABLE reject ADD COLUMN code TEXT;

-- registry/fact_source: further sources that tell a fact; the first stands in the fact itself.
CREATE TABLE fact_source (
    fact INTEGER NOT NULL REFERENCES fact (id),
    source INTEGER NOT NULL REFERENCES source (id),
    batch INTEGER REFERENCES batch (id),
    line INTEGER,
    PRIMARY KEY (fact, source)
) STRICT, WITHOUT ROWID;

-- registry/change: the rows of the registry that a batch changed (tab is the table, item the row's
-- id) and what they held before, as JSON; what undoing the batch puts back. Rows that it inserted
-- bear its number themselves.
CREATE TABLE batch_change (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    tab TEXT NOT NULL,
    item INTEGER NOT NULL,
    before TEXT NOT NULL
) STRICT;
CREATE INDEX batch_change_batch ON batch_change (batch);
CREATE INDEX batch_change_item ON batch_change (tab, item);

-- intake/match_decision: which enterprise a name (and what stood beside it as a code) means, as a
-- person said; enterprise NULL: none of the registry. Withdrawn, never deleted.
CREATE TABLE match_decision (
    id INTEGER PRIMARY KEY,
    name_key TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    enterprise INTEGER REFERENCES enterprise (id),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE UNIQUE INDEX match_decision_in_force ON match_decision (name_key, code)
    WHERE withdrawn_at IS NULL;
CREATE INDEX match_decision_enterprise ON match_decision (enterprise);

-- intake/profile_store: mapping profiles that persons saved.
CREATE TABLE profile (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    used_at TEXT
) STRICT;

-- score/result as before, but that it no longer refers to enterprises: taking an enterprise back
-- would look through every result for it. Runs and undoing see to it that none is left alone.
CREATE TABLE result_kept (
    period INTEGER NOT NULL REFERENCES period (id),
    enterprise INTEGER NOT NULL,
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    score_class TEXT NOT NULL,
    final_class TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_rule TEXT,
    decided_id INTEGER,
    dimensions TEXT NOT NULL,
    indicators TEXT NOT NULL,
    PRIMARY KEY (period, enterprise)
) STRICT, WITHOUT ROWID;
INSERT INTO result_kept SELECT * FROM result;
DROP TABLE result;
ALTER TABLE result_kept RENAME TO result;
CREATE INDEX result_rank ON result (period, total, enterprise);
CREATE INDEX result_class ON result (period, final_class, total, enterprise);
CREATE INDEX override_fact ON override (fact);
CREATE INDEX plan_unit_enterprise ON plan_unit (enterprise);
