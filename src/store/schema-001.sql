-- The schema, version 1. Days are integers YYYYMMDD, money is fen, scores are centipoints.
-- Behind each table stands the one module that writes it.

-- guard/journal: who did what, when, before and after, chained by digest.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT,
    before TEXT,
    after TEXT,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX journal_subject ON journal (subject);
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- policy/policy_store: the versions of policies; a published document never changes.
CREATE TABLE policy (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    document TEXT NOT NULL,
    digest TEXT NOT NULL,
    published_on INTEGER,
    UNIQUE (code, version)
) STRICT;
CREATE TRIGGER policy_published_keeps BEFORE UPDATE OF document, digest, code, version ON policy
WHEN old.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a published policy never changes'); END;

-- registry/fact: where facts come from.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- registry/enterprise
CREATE TABLE enterprise (
    id INTEGER PRIMARY KEY,
    uscc TEXT UNIQUE,
    registration_number TEXT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    initials TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'individual', 'cooperative')),
    type TEXT,
    status TEXT NOT NULL,
    legal_person TEXT,
    capital INTEGER,
    capital_text TEXT,
    established_on INTEGER,
    approved_on INTEGER,
    expires_on INTEGER,
    region TEXT NOT NULL,
    authority TEXT,
    station TEXT,
    industry TEXT,
    address TEXT,
    scope TEXT,
    phone TEXT,
    insured_staff INTEGER,
    paid_in_percent INTEGER,
    key_field INTEGER NOT NULL DEFAULT 0,
    stub INTEGER NOT NULL DEFAULT 0,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
-- serves names matched on intake and, as it covers all that is searched, the search on screen
CREATE INDEX enterprise_name ON enterprise (name_key, initials, uscc, registration_number);
CREATE INDEX enterprise_number ON enterprise (registration_number)
    WHERE registration_number IS NOT NULL;
CREATE INDEX enterprise_region ON enterprise (region);

-- registry/fact: id = enterprise << 20 | sequence, so that the facts of one enterprise lie
-- together. type and status are the numbers of registry/fact_type.h and registry/fact.h.
CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    occurred_on INTEGER NOT NULL,
    ended_on INTEGER,
    amount INTEGER,
    level INTEGER,
    identity INTEGER NOT NULL,
    document TEXT,
    title TEXT,
    agency TEXT,
    source INTEGER NOT NULL REFERENCES source (id),
    recorded_on INTEGER NOT NULL,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;

-- intake/batch: one file taken in, the rows it did not take (text is the row as CSV, header that of
-- the file's columns), and what is to be said of rows it did take.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    profile TEXT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    header TEXT NOT NULL,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_inserted INTEGER NOT NULL DEFAULT 0,
    rows_updated INTEGER NOT NULL DEFAULT 0,
    rows_unchanged INTEGER NOT NULL DEFAULT 0,
    rows_rejected INTEGER NOT NULL DEFAULT 0,
    stubs INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE reject (
    batch INTEGER NOT NULL REFERENCES batch (id),
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE remark (
    batch INTEGER NOT NULL REFERENCES batch (id),
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    PRIMARY KEY (batch, line, reason)
) STRICT, WITHOUT ROWID;

-- score/period: the monthly runs. id is YYYYMM.
CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    policy INTEGER NOT NULL REFERENCES policy (id),
    run_at TEXT NOT NULL,
    run_by TEXT NOT NULL,
    enterprises INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    class_a INTEGER NOT NULL,
    class_b INTEGER NOT NULL,
    class_c INTEGER NOT NULL,
    class_d INTEGER NOT NULL,
    closed_at TEXT,
    closed_by TEXT
) STRICT;

-- score/result: one row an enterprise and period, judged on day: the period's, or a later one of its
-- month when a change re-scored the enterprise. dimensions is a JSON array of centipoints in the
-- policy's order; indicators one of [indicator, value, raw, centipoints, facts], facts one of
-- [fact, full centipoints, percent left by decay, centipoints].
CREATE TABLE result (
    period INTEGER NOT NULL REFERENCES period (id),
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
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
CREATE INDEX result_rank ON result (period, total, enterprise);
CREATE INDEX result_class ON result (period, final_class, total, enterprise);

-- score/override: decisions of persons about one enterprise; nothing is deleted.
CREATE TABLE override (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN
        ('set-class', 'confirm-direct', 'waive-direct', 'exclude-fact', 'observe')),
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    fact INTEGER REFERENCES fact (id),
    class TEXT CHECK (class IN ('A', 'B', 'C', 'D')),
    rule TEXT,
    fact_status INTEGER,
    reason TEXT NOT NULL,
    basis TEXT,
    document TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
    proposer TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    approver TEXT,
    decided_at TEXT,
    withdrawn_by TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX override_enterprise ON override (enterprise);

-- plan/plan: inspection plans and their draw. scope, measures and excluded are JSON; measures is
-- the canonical text whose digest is published.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('DRAFT', 'FROZEN', 'COMMITTED', 'SEEDED', 'DRAWN', 'LOCKED', 'CLOSED', 'VOID')),
    draw_id TEXT NOT NULL UNIQUE,
    period INTEGER NOT NULL REFERENCES period (id),
    scope TEXT NOT NULL,
    measures TEXT NOT NULL,
    frame_digest TEXT,
    measures_digest TEXT,
    excluded TEXT,
    population INTEGER,
    drawn INTEGER,
    seed TEXT,
    seed_source TEXT,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    frozen_at TEXT,
    committed_at TEXT,
    seeded_at TEXT,
    drawn_by TEXT,
    drawn_at TEXT,
    approved_by TEXT,
    approved_at TEXT,
    void_reason TEXT
) STRICT;
CREATE TRIGGER plan_seed_once BEFORE UPDATE OF seed ON plan WHEN old.seed IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the seed is written once'); END;
CREATE TRIGGER plan_stays BEFORE DELETE ON plan
BEGIN SELECT RAISE(ABORT, 'a plan is voided, never deleted'); END;

-- plan/drawn: the frozen frame (its canonical text), the strata and the units drawn.
CREATE TABLE plan_frame (
    plan INTEGER PRIMARY KEY REFERENCES plan (id),
    text BLOB NOT NULL
) STRICT;
CREATE TABLE plan_stratum (
    plan INTEGER NOT NULL REFERENCES plan (id),
    code TEXT NOT NULL,
    region TEXT NOT NULL,
    class TEXT NOT NULL,
    certain INTEGER NOT NULL,
    population INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    cutoff_ticket TEXT NOT NULL,
    PRIMARY KEY (plan, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_unit (
    plan INTEGER NOT NULL REFERENCES plan (id),
    place INTEGER NOT NULL,
    unit TEXT NOT NULL,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    stratum TEXT NOT NULL,
    rank INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (plan, place),
    UNIQUE (plan, unit)
) STRICT, WITHOUT ROWID;
