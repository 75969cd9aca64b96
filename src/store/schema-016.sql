-- The schema, version 16: the plan of a year.

-- plan/annual: the plan of a year; published by another person than its maker.
CREATE TABLE annual_plan (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('DRAFT', 'PUBLISHED', 'VOID')),
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    published_by TEXT,
    published_at TEXT,
    void_reason TEXT
) STRICT;
CREATE TRIGGER annual_plan_stays BEFORE DELETE ON annual_plan
BEGIN SELECT RAISE(ABORT, 'an annual plan is voided, never deleted'); END;

-- plan/annual: its tasks. shares: {class: {num, den, times}}, the rate of each round and how many
-- rounds the year has; base: {class: enterprises in the scope} in the period base_period, when the
-- task was made and again when the plan was published. cap 0: that of the policy alone.
CREATE TABLE annual_task (
    id INTEGER PRIMARY KEY,
    annual INTEGER NOT NULL REFERENCES annual_plan (id),
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    matter TEXT,
    region TEXT,
    industry TEXT,
    department TEXT,
    partners TEXT,
    shares TEXT NOT NULL,
    quarterly INTEGER NOT NULL,
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL,
    cap INTEGER NOT NULL,
    base_period INTEGER NOT NULL REFERENCES period (id),
    base TEXT NOT NULL,
    UNIQUE (annual, place)
) STRICT;

-- plan/annual: the batches of a task, by their months; weight: their working days; plan: the plan
-- drafted of it, NULL before.
CREATE TABLE annual_batch (
    task INTEGER NOT NULL REFERENCES annual_task (id),
    place INTEGER NOT NULL,
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    plan INTEGER REFERENCES plan (id),
    PRIMARY KEY (task, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX annual_batch_plan ON annual_batch (plan);
