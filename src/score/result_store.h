/* Storing what the engine found. For the runs of score/ only: other folders read results. */
#ifndef XINFENG_SCORE_RESULT_STORE_H
#define XINFENG_SCORE_RESULT_STORE_H

#include "base/buffer.h"
#include "score/result.h"
#include "score/scorer.h"
#include "store/statement.h"

/* The statement that stores a result; parameters as result_line_store binds them. */
enum result result_prepare(struct statement **statement, struct store *store, struct error *error);

/* One enterprise's result, ready to be stored. */
struct result_line {
    int64_t enterprise;
    date day; /* DATE_NONE: the period's own */
    int64_t total;
    enum risk_class score_class;
    enum risk_class final_class;
    enum score_decision decision;
    const char *rule;    /* the policy's code of a direct rule that decided, or NULL; borrowed */
    int64_t override_id; /* that decided, or 0 */
    int64_t policy;
    int64_t facts;     /* the enterprise had */
    size_t dimensions; /* where the two texts begin in the buffer of texts */
    size_t indicators;
};

/* Makes the line of what was scored, adding its texts to the buffer. */
void result_line_make(struct result_line *line, const struct scored *scored, date period_day,
                      struct buffer *texts);

/* The columns of the table in their order; texts are borrowed. */
#define RESULT_COLUMNS 14
void result_line_values(const struct result_line *line, int64_t period, const char *texts,
                        struct value values[static RESULT_COLUMNS]);

/* Stores, or replaces, one result. */
enum result result_line_store(struct statement *statement, int64_t period,
                              const struct result_line *line, const char *texts,
                              struct error *error);

#endif
