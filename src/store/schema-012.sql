-- The schema, version 12: what changed since a run, so that the next one looks at little.

-- score/result: how many facts the enterprise had when it was scored; NULL in rows of older versions.
ALTER TABLE result ADD COLUMN facts INTEGER;

-- score/stir: the period whose last run everything below was noted since, by which version of the
-- program it was made; 0: nothing is noted, and the next run looks at everybody.
CREATE TABLE stirred_since (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    period INTEGER NOT NULL,
    program TEXT NOT NULL
) STRICT;
INSERT INTO stirred_since VALUES (1, 0, '');
-- Those that changed, or were scored anew; and what enterprises had in common with others before
-- they changed or went. Noted here by the database itself where rows change; whom a file or an
-- override touches, score/rescore notes.
CREATE TABLE stirred_enterprise (enterprise INTEGER PRIMARY KEY) STRICT;
CREATE TABLE stirred_text (
    kind TEXT NOT NULL CHECK (kind IN ('address', 'phone', 'person', 'party')),
    text TEXT NOT NULL,
    PRIMARY KEY (kind, text)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER enterprise_stirs AFTER UPDATE OF address, phone, legal_person ON enterprise
WHEN (SELECT period FROM stirred_since) <> 0 AND (old.address IS NOT new.address OR
    old.phone IS NOT new.phone OR old.legal_person IS NOT new.legal_person)
BEGIN
    INSERT OR IGNORE INTO stirred_enterprise VALUES (new.id);
    INSERT OR IGNORE INTO stirred_text SELECT 'address', old.address WHERE old.address IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text SELECT 'phone', old.phone WHERE old.phone IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text SELECT 'person', old.legal_person
        WHERE old.legal_person IS NOT NULL;
END;
CREATE TRIGGER enterprise_stirs_gone AFTER DELETE ON enterprise
WHEN (SELECT period FROM stirred_since) <> 0
BEGIN
    INSERT OR IGNORE INTO stirred_text SELECT 'address', old.address WHERE old.address IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text SELECT 'phone', old.phone WHERE old.phone IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text SELECT 'person', old.legal_person
        WHERE old.legal_person IS NOT NULL;
END;
CREATE TRIGGER relation_stirs AFTER INSERT ON relation
WHEN (SELECT period FROM stirred_since) <> 0
BEGIN
    INSERT OR IGNORE INTO stirred_enterprise VALUES (new.enterprise);
END;
CREATE TRIGGER relation_stirs_changed AFTER UPDATE ON relation
WHEN (SELECT period FROM stirred_since) <> 0
BEGIN
    INSERT OR IGNORE INTO stirred_enterprise VALUES (old.enterprise), (new.enterprise);
    INSERT OR IGNORE INTO stirred_enterprise SELECT old.other WHERE old.other IS NOT NULL;
    INSERT OR IGNORE INTO stirred_enterprise SELECT new.other WHERE new.other IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text VALUES ('party', old.party), ('party', new.party);
END;
CREATE TRIGGER relation_stirs_gone AFTER DELETE ON relation
WHEN (SELECT period FROM stirred_since) <> 0
BEGIN
    INSERT OR IGNORE INTO stirred_enterprise VALUES (old.enterprise);
    INSERT OR IGNORE INTO stirred_enterprise SELECT old.other WHERE old.other IS NOT NULL;
    INSERT OR IGNORE INTO stirred_text VALUES ('party', old.party);
END;
