-- The schema, version 9: grades by professional policies, beside the general class.

-- score/professional: the professional policies a period was run under, in the order in which they
-- are asked: of those of one field the first that is made for an enterprise grades it.
CREATE TABLE professional_policy (
    period INTEGER NOT NULL REFERENCES period (id),
    place INTEGER NOT NULL,
    policy INTEGER NOT NULL REFERENCES policy (id),
    PRIMARY KEY (period, place)
) STRICT, WITHOUT ROWID;

-- score/professional: one row an enterprise and field (食品 ...), judged on day as its result is.
-- total is centipoints; grade that of the total, or D by the rule decided_rule; dimensions and
-- indicators are as in result. What an authority judged stands in grade (registry/record).
CREATE TABLE professional_result (
    period INTEGER NOT NULL REFERENCES period (id),
    enterprise INTEGER NOT NULL REFERENCES enterprise (id),
    field TEXT NOT NULL,
    policy INTEGER NOT NULL REFERENCES policy (id),
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D')),
    decided_rule TEXT,
    dimensions TEXT NOT NULL,
    indicators TEXT NOT NULL,
    PRIMARY KEY (period, enterprise, field)
) STRICT, WITHOUT ROWID;
