-- The schema, version 8: what overrides of every kind say, and why they ended.

-- score/override: an exclude-fact that says what remains of the fact is a revocation in part (X10 (1)):
-- amounts in fen and levels as they stood when it was proposed and as they remain; NULL where the
-- whole fact is excluded, and in the pair that is not touched.
ALTER TABLE override ADD COLUMN amount_before INTEGER;
ALTER TABLE override ADD COLUMN amount_left INTEGER;
ALTER TABLE override ADD COLUMN level_before INTEGER;
ALTER TABLE override ADD COLUMN level_left INTEGER;
-- observe: what is new about the enterprise (O10, X19).
ALTER TABLE override ADD COLUMN novelty TEXT
    CHECK (novelty IN ('technology', 'industry', 'form', 'model'));
-- Why it was rejected; why, and by which document, it was withdrawn.
ALTER TABLE override ADD COLUMN decided_reason TEXT;
ALTER TABLE override ADD COLUMN withdrawn_reason TEXT;
ALTER TABLE override ADD COLUMN withdrawn_document TEXT;

-- score/attachment: the documents handed in with a proposal, known by name, size in bytes and
-- SHA-256 digest; their contents stay where they are.
CREATE TABLE override_attachment (
    override INTEGER NOT NULL REFERENCES override (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (override, place)
) STRICT, WITHOUT ROWID;
