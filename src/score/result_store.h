/* Storing what the engine found. For the runs of score/ only: other folders read results. */
#ifndef XINFENG_SCORE_RESULT_STORE_H
#define XINFENG_SCORE_RESULT_STORE_H

#include "base/buffer.h"
#include "score/scorer.h"
#include "store/statement.h"

/* The statement that stores a result; parameters as result_store binds them. */
enum result result_prepare(struct statement **statement, struct store *store, struct error *error);

/* Writes the points of the dimensions, and of every indicator that has any with its facts, as the
 * columns of those names hold them, in place of what the buffers held. RESULT_NO_MEMORY. */
enum result result_write_breakdown(const struct scored *scored, struct buffer *dimensions,
                                   struct buffer *indicators, struct error *error);

/* Stores (or replaces) the result of one enterprise. The buffers are scratch, kept between calls.
 */
enum result result_store(struct statement *statement, int64_t period, const struct scored *scored,
                         struct buffer *dimensions, struct buffer *indicators, struct error *error);

#endif
