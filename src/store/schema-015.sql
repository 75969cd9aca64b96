-- The schema, version 15: results of plans, what followed them, and the end of a plan.

-- plan/close: who closed a plan and when; the reason where results were missing, beside the unit
-- where it has one of its own.
ALTER TABLE plan ADD COLUMN closed_by TEXT;
ALTER TABLE plan ADD COLUMN closed_at TEXT;
ALTER TABLE plan ADD COLUMN close_reason TEXT;
ALTER TABLE plan_unit ADD COLUMN missing_reason TEXT;

-- plan/outcome: what came of a result that called for something to follow. It closes the case.
CREATE TABLE plan_follow_up (
    result INTEGER PRIMARY KEY REFERENCES inspection_result (id) ON DELETE CASCADE,
    done_on INTEGER NOT NULL,
    document TEXT,
    outcome TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- plan/publish: the results that stood in a public notice, and the day of it. A result that is
-- corrected in what the notice said of it is no longer published.
CREATE TABLE plan_published (
    result INTEGER PRIMARY KEY REFERENCES inspection_result (id) ON DELETE CASCADE,
    published_on INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TRIGGER plan_published_corrected AFTER UPDATE OF completed_on, result, note
ON inspection_result WHEN old.completed_on IS NOT new.completed_on OR old.result IS NOT new.result
    OR old.note IS NOT new.note
BEGIN DELETE FROM plan_published WHERE result = new.id; END;

-- The results of a closed plan stay as they are.
CREATE TRIGGER plan_closed_gets_none BEFORE INSERT ON inspection_result
WHEN (SELECT state FROM plan WHERE number = new.task) = 'CLOSED'
BEGIN SELECT RAISE(ABORT, 'the plan of the result is closed'); END;
CREATE TRIGGER plan_closed_keeps_result BEFORE UPDATE ON inspection_result
WHEN (SELECT state FROM plan WHERE number = old.task) = 'CLOSED'
BEGIN SELECT RAISE(ABORT, 'the plan of the result is closed'); END;
CREATE TRIGGER plan_closed_loses_none BEFORE DELETE ON inspection_result
WHEN (SELECT state FROM plan WHERE number = old.task) = 'CLOSED'
BEGIN SELECT RAISE(ABORT, 'the plan of the result is closed'); END;
