/* Writing SQL as text: the words in which dialects differ, literals, comments, and the conditions
 * and cases that all statements of a policy are made of. Shared by the files that compile one. */
#ifndef XINFENG_SCORE_SQL_TEXT_H
#define XINFENG_SCORE_SQL_TEXT_H

#include "base/buffer.h"
#include "policy/policy.h"
#include "score/policy_sql.h"

/* Where dialects differ. */
struct sql_words {
    const char *code;      /* as --dialect names it */
    const char *name;      /* as people do */
    const char *greatest;  /* the larger of two values */
    const char *least;     /* the smaller */
    const char *temporary; /* the schema of temporary tables */
    const char *by_bytes;  /* behind a text that is to be compared byte by byte */
};

/* A script being written. */
struct sql {
    struct buffer text;
    const struct sql_words *words;
    const struct policy *policy;
};

const struct sql_words *sql_words_of(enum sql_dialect dialect);

/* Adds formatted SQL. Texts of the policy never come this way, but by the two below. */
void sql_add(struct sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a line of comment; whatever would end the line becomes a blank. */
void sql_comment(struct sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a text as a literal. */
void sql_literal(struct sql *sql, const char *text);

/* Adds a text with every occurrence of a piece replaced by another. */
void sql_replaced(struct sql *sql, const char *text, const char *piece, const char *with);

/* Adds "f.type IN (1, 28)" and the types' codes as a comment. */
void sql_types(struct sql *sql, uint64_t types);

/* Adds the condition under which a row of scored_fact, called f, is of an indicator's types, level
 * and amount. */
void sql_matches(struct sql *sql, const struct policy_indicator *indicator);

/* Adds the CASE that turns a value into the points of its band. With missing, a value that is NULL
 * gives the indicator's points for that. */
void sql_bands(struct sql *sql, const struct policy_indicator *indicator, const char *value,
               bool missing);

/* Adds the CASE that turns an attribute's code into points. */
void sql_codes(struct sql *sql, const struct policy_indicator *indicator, const char *value);

/* Adds the CASE that turns an age in months into the percent that decay leaves. */
void sql_decay(struct sql *sql, const struct policy_indicator *indicator);

/* Adds an expression held between two bounds; high POLICY_NO_CAP: only the lower holds. */
void sql_clamp(struct sql *sql, const char *value, int64_t low, int64_t high);

#endif
