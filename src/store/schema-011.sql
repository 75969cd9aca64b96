-- The schema, version 11: results by their id alone.

-- score/result: what is asked of one enterprise in one period goes by the id, period << 40 |
-- enterprise. Beside the other two this index told nothing more, and SQLite, which does not know how
-- many rows a period has, went over all of them in one of those where it covers what is asked.
DROP INDEX result_key;
