-- The schema, version 4: the other things that officers' files are about. Every row knows the batch
-- and line it came from; what makes two rows the same is the unique index of the table.

-- registry/record: inspectors (执法检查人员). matters and qualifications are lists with blanks between.
CREATE TABLE inspector (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    gender TEXT,
    certificate TEXT,
    certificate_until INTEGER,
    department TEXT,
    region TEXT,
    level TEXT,
    matters TEXT,
    qualifications TEXT,
    expert INTEGER,
    state TEXT,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX inspector_key ON inspector (number);

-- registry/record: whom an inspector may not inspect (回避), by the inspector's number.
CREATE TABLE recusal (
    id INTEGER PRIMARY KEY,
    inspector TEXT NOT NULL,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    reason TEXT,
    from_day INTEGER,
    to_day INTEGER,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX recusal_key ON recusal (inspector, enterprise);
CREATE INDEX recusal_enterprise ON recusal (enterprise);

-- registry/record: matters of inspection (抽查事项清单). rate is the highest share in hundredths of
-- a percent, times the highest number a year (X17).
CREATE TABLE matter (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    category TEXT,
    title TEXT NOT NULL,
    basis TEXT,
    authority TEXT,
    object TEXT,
    content TEXT,
    methods TEXT,
    rate INTEGER,
    times INTEGER,
    staffing TEXT,
    state TEXT,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX matter_key ON matter (code);

-- registry/record: grades of professional fields (X18): food, drugs ...
CREATE TABLE grade (
    id INTEGER PRIMARY KEY,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    field TEXT NOT NULL,
    grade TEXT NOT NULL,
    judged_on INTEGER,
    until INTEGER,
    agency TEXT,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX grade_key ON grade (enterprise, field, judged_on);

-- registry/record: relations of an enterprise (关联关系): party names the other side for good: its
-- code, or the name with a mark made of a person's number, which itself is never kept; other is the
-- enterprise where the registry has it. share is in hundredths of a percent.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    type TEXT NOT NULL,
    party TEXT NOT NULL,
    party_name TEXT NOT NULL,
    other INTEGER REFERENCES enterprise (id),
    share INTEGER,
    position TEXT,
    from_day INTEGER,
    to_day INTEGER,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX relation_key ON relation (enterprise, type, party);
CREATE INDEX relation_party ON relation (party);
CREATE INDEX relation_other ON relation (other);

-- registry/record: results of inspections come back; each is a fact too. task is the plan's number.
CREATE TABLE inspection_result (
    id INTEGER PRIMARY KEY,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    task TEXT NOT NULL,
    matter TEXT,
    inspectors TEXT,
    completed_on INTEGER NOT NULL,
    method TEXT,
    result TEXT NOT NULL,
    follow_up TEXT,
    note TEXT,
    batch INTEGER REFERENCES batch (id),
    line INTEGER
) STRICT;
CREATE UNIQUE INDEX inspection_result_key ON inspection_result (enterprise, task, matter);
