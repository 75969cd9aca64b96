-- The schema, version 3: classes that the province handed over.

-- registry/handed_class: the class of an enterprise in a period as another system gave it; score in
-- centipoints, day the one it was judged on, where the file says so. One for each source.
CREATE TABLE handed_class (
    id INTEGER PRIMARY KEY,
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    period INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    class TEXT NOT NULL CHECK (class IN ('A', 'B', 'C', 'D')),
    score INTEGER,
    day INTEGER,
    batch INTEGER REFERENCES batch (id),
    line INTEGER,
    UNIQUE (enterprise, period, source)
) STRICT;
CREATE INDEX handed_class_period ON handed_class (period, enterprise, class);
