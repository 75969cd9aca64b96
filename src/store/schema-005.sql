-- The schema, version 5: what the screen asks of an intake at once, however many rows were rejected.

-- intake/batch: the batch by which a rejected row was taken in again, once its name was settled
ALTER TABLE reject ADD COLUMN again INTEGER REFERENCES batch (id);

-- intake/batch_list: the rows of one reason, in order of their lines
CREATE INDEX reject_reason ON reject (batch, reason, line);

-- intake/batch_names: the names to be decided; the condition stands in batch_names.h too
CREATE INDEX reject_name ON reject (batch, name, code, reason)
    WHERE name IS NOT NULL AND reason IN ('unknown_name', 'ambiguous_name', 'no_code');
CREATE INDEX match_decision_name ON match_decision (name, code);
