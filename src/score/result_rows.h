/* Writing the results of a whole period that has none yet: page by page, with what the indexes of
 * the table hold. */
#ifndef XINFENG_SCORE_RESULT_ROWS_H
#define XINFENG_SCORE_RESULT_ROWS_H

#include "score/result_store.h"

struct result_rows;

/* Makes ready for at most so many results. Call inside a change. Free with result_rows_free. */
enum result result_rows_new(struct result_rows **rows, struct store *store, int64_t period,
                            size_t most, struct error *error);

/* Adds a result; enterprises rise. */
enum result result_rows_add(struct result_rows *rows, const struct result_line *line,
                            const char *texts, struct error *error);

/* Puts all of them into the table. */
enum result result_rows_end(struct result_rows *rows, struct error *error);

/* NULL is harmless. */
void result_rows_free(struct result_rows *rows);

#endif
