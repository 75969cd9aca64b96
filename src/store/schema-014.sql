-- The schema, version 14: what changes in a drawn plan.

-- plan/teams: members by unit, since places move when units come in.
CREATE TABLE plan_member_by_unit (
    plan INTEGER NOT NULL REFERENCES plan (id),
    unit TEXT NOT NULL,
    seat INTEGER NOT NULL,
    inspector TEXT NOT NULL,
    PRIMARY KEY (plan, unit, seat)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_member_by_unit (plan, unit, seat, inspector)
    SELECT m.plan, u.unit, m.seat, m.inspector FROM plan_member m
    JOIN plan_unit u ON u.plan = m.plan AND u.place = m.place;
DROP TABLE plan_member;
ALTER TABLE plan_member_by_unit RENAME TO plan_member;

-- plan/extra: units that were drawn later, and why; replaces: the unit that one of them stands in
-- for.
CREATE TABLE plan_extra (
    plan INTEGER NOT NULL REFERENCES plan (id),
    unit TEXT NOT NULL,
    replaces TEXT,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (plan, unit)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX plan_extra_replaces ON plan_extra (plan, replaces) WHERE replaces IS NOT NULL;

-- plan/team_change: what was done to teams after they were assigned, in order. leaves and comes are
-- staff numbers of a member and who took the seat; both NULL: the team of a unit that came in
-- later. chosen: by the rule (the next by load and ticket) or by a person.
CREATE TABLE plan_team_change (
    plan INTEGER NOT NULL REFERENCES plan (id),
    serial INTEGER NOT NULL,
    unit TEXT NOT NULL,
    leaves TEXT,
    comes TEXT,
    chosen TEXT NOT NULL CHECK (chosen IN ('rule', 'person')),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (plan, serial)
) STRICT, WITHOUT ROWID;
