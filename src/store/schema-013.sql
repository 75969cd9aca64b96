-- The schema, version 13: who is sent to check.

-- plan/staff: the roster frozen with a plan (its canonical text) and its digest; how many inspectors
-- were left out, by reason. NULL and no row: the registry had no inspectors.
ALTER TABLE plan ADD COLUMN roster_digest TEXT;
ALTER TABLE plan ADD COLUMN staff_left_out TEXT;
CREATE TABLE plan_roster (
    plan INTEGER PRIMARY KEY REFERENCES plan (id),
    text BLOB NOT NULL
) STRICT;

-- plan/teams: the members of the team of a drawn unit, in the order in which they were taken, by
-- staff number.
CREATE TABLE plan_member (
    plan INTEGER NOT NULL REFERENCES plan (id),
    place INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    inspector TEXT NOT NULL,
    PRIMARY KEY (plan, place, seat)
) STRICT, WITHOUT ROWID;
