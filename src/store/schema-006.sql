-- The schema, version 6: several policies in force side by side, and how a version comes into force.

-- policy/policy_store: field is that of a professional policy. publication rises with every version
-- that comes into force: of the general policies in force that are made for an enterprise the one
-- with the highest scores it. A draft that is taken in anew is proposed by nobody.
ALTER TABLE policy ADD COLUMN field TEXT;
ALTER TABLE policy ADD COLUMN publication INTEGER;
ALTER TABLE policy ADD COLUMN retired_on INTEGER;
ALTER TABLE policy ADD COLUMN made_by TEXT;
ALTER TABLE policy ADD COLUMN made_at TEXT;
ALTER TABLE policy ADD COLUMN proposed_by TEXT;
ALTER TABLE policy ADD COLUMN proposed_at TEXT;
ALTER TABLE policy ADD COLUMN published_by TEXT;
ALTER TABLE policy ADD COLUMN published_at TEXT;
UPDATE policy SET publication = id WHERE state <> 'draft';
CREATE TRIGGER policy_stays BEFORE DELETE ON policy WHEN old.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a published policy stays'); END;

-- score/result: policy is the version that scored the row; NULL in rows from before this one, which
-- were scored by their period's. Dimensions and indicators are numbered as there.
ALTER TABLE result ADD COLUMN policy INTEGER REFERENCES policy (id);

-- score/period: the policies a period was run under, in the order in which they are asked; its own
-- column policy is the one for enterprises.
CREATE TABLE period_policy (
    period INTEGER NOT NULL REFERENCES period (id),
    place INTEGER NOT NULL,
    policy INTEGER NOT NULL REFERENCES policy (id),
    PRIMARY KEY (period, place)
) STRICT, WITHOUT ROWID;
INSERT INTO period_policy (period, place, policy) SELECT id, 0, policy FROM period;
