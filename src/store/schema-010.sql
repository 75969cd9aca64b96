-- The schema, version 10: what a closed period rests on stays as it was.

-- score/period: the last journal entry and the last batch there were when a period was closed. What
-- came later is no part of it.
ALTER TABLE period ADD COLUMN sealed_journal INTEGER;
ALTER TABLE period ADD COLUMN sealed_batch INTEGER;
CREATE TRIGGER period_seals AFTER UPDATE OF state ON period
WHEN new.state = 'closed' AND old.state <> 'closed'
BEGIN
    UPDATE period SET sealed_journal = (SELECT coalesce(max(id), 0) FROM journal),
        sealed_batch = (SELECT coalesce(max(id), 0) FROM batch) WHERE id = new.id;
END;
UPDATE period SET sealed_journal = (SELECT coalesce(max(j.id), 1) - 1 FROM journal j
        WHERE j.subject = printf('period:%04d-%02d', period.id / 100, period.id % 100)
        AND j.action = 'period.run'),
    sealed_batch = (SELECT coalesce(max(b.id), 0) FROM batch b WHERE b.at <= period.closed_at)
WHERE state = 'closed';
CREATE TRIGGER period_closed_keeps BEFORE UPDATE OF id, day, state, policy, run_at, enterprises,
    facts, class_a, class_b, class_c, class_d, closed_at ON period WHEN old.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'a closed period never changes'); END;
CREATE TRIGGER period_closed_stays BEFORE DELETE ON period WHEN old.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'a closed period stays'); END;

-- registry/moment: rows of the registry as they were before they changed or went, kept by the
-- database itself from the first closed period on. journal is the last entry there was when it
-- changed (a run writes its own after closing); as of an entry a row is its first version here with
-- a later one, else the row itself.
CREATE TABLE enterprise_kept (
    place INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL,
    id INTEGER NOT NULL,
    uscc TEXT,
    registration_number TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
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
    key_field INTEGER NOT NULL,
    stub INTEGER NOT NULL
) STRICT;
CREATE INDEX enterprise_kept_id ON enterprise_kept (id, journal);
CREATE TRIGGER enterprise_keeps AFTER UPDATE ON enterprise
WHEN EXISTS (SELECT 1 FROM period WHERE state = 'closed')
BEGIN
    INSERT INTO enterprise_kept SELECT NULL, (SELECT coalesce(max(id), 0) FROM journal), old.id,
        old.uscc, old.registration_number, old.name, old.kind, old.type, old.status,
        old.legal_person, old.capital, old.capital_text, old.established_on, old.approved_on,
        old.expires_on, old.region, old.authority, old.station, old.industry, old.address,
        old.scope, old.phone, old.insured_staff, old.paid_in_percent, old.key_field, old.stub;
END;
CREATE TABLE fact_kept (
    place INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL,
    id INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    occurred_on INTEGER NOT NULL,
    ended_on INTEGER,
    amount INTEGER,
    level INTEGER,
    document TEXT,
    title TEXT,
    agency TEXT,
    source INTEGER NOT NULL,
    recorded_on INTEGER NOT NULL,
    batch INTEGER,
    line INTEGER
) STRICT;
CREATE INDEX fact_kept_id ON fact_kept (id, journal);
CREATE TRIGGER fact_keeps AFTER UPDATE ON fact
WHEN EXISTS (SELECT 1 FROM period WHERE state = 'closed')
BEGIN
    INSERT INTO fact_kept SELECT NULL, (SELECT coalesce(max(id), 0) FROM journal), old.id, old.type,
        old.status, old.occurred_on, old.ended_on, old.amount, old.level, old.document, old.title,
        old.agency, old.source, old.recorded_on, old.batch, old.line;
END;
CREATE TRIGGER fact_keeps_gone AFTER DELETE ON fact
WHEN EXISTS (SELECT 1 FROM period WHERE state = 'closed' AND sealed_batch >= old.batch)
BEGIN
    INSERT INTO fact_kept SELECT NULL, (SELECT coalesce(max(id), 0) FROM journal), old.id, old.type,
        old.status, old.occurred_on, old.ended_on, old.amount, old.level, old.document, old.title,
        old.agency, old.source, old.recorded_on, old.batch, old.line;
END;

-- registry/moment: further sources of a fact that were taken back.
CREATE TABLE fact_source_kept (
    place INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    source INTEGER NOT NULL,
    batch INTEGER,
    line INTEGER
) STRICT;
CREATE INDEX fact_source_kept_fact ON fact_source_kept (fact, journal);
CREATE TRIGGER fact_source_keeps AFTER DELETE ON fact_source
WHEN EXISTS (SELECT 1 FROM period WHERE state = 'closed' AND sealed_batch >= old.batch)
BEGIN
    INSERT INTO fact_source_kept SELECT NULL, (SELECT coalesce(max(id), 0) FROM journal), old.fact,
        old.source, old.batch, old.line;
END;
