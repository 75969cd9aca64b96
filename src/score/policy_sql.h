/* A policy compiled to plain SQL, so that another engine scores by it exactly as this program does
 * (doc/scoring-sql.md). The script reads the tables enterprise, fact, override, relation, period
 * and result, and leaves temporary tables: scored, one row an enterprise, and scored_indicator, one
 * an enterprise and indicator. */
#ifndef XINFENG_SCORE_POLICY_SQL_H
#define XINFENG_SCORE_POLICY_SQL_H

#include "base/date.h"
#include "base/result.h"
#include "policy/policy.h"

enum sql_dialect { SQL_SQLITE, SQL_POSTGRESQL, SQL_DIALECT_COUNT };

/* The dialect of a code ("sqlite", "postgresql"); SQL_DIALECT_COUNT when it is none. */
enum sql_dialect sql_dialect_find(const char *code);

/* The script that scores by a policy on a day; its comments are in the language in use. Free with
 * free. The same arguments give the same bytes. */
enum result policy_sql(const struct policy *policy, date day, enum sql_dialect dialect,
                       char **script, struct error *error);

#endif
