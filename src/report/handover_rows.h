/* The rows that are handed over: every enterprise with a result in a period, in the order in which
 * the enterprises came into the registry, its values as the layout writes them. */
#ifndef XINFENG_REPORT_HANDOVER_ROWS_H
#define XINFENG_REPORT_HANDOVER_ROWS_H

#include "intake/handover_layout.h"
#include "policy/policy_store.h"
#include "score/period.h"

struct handover_rows;

/* Begins at the first row. previous is the period whose classes are told beside (0: none). Period
 * and policies, which the period was run under, are borrowed. Memory does not grow with the rows.
 * Free with handover_rows_free. */
enum result handover_rows_new(struct handover_rows **rows, struct store *store,
                              const struct period *period, const struct policy_set *policies,
                              int64_t previous, struct error *error);

/* Goes to the next row; *more tells whether there is one. The row is borrowed until the next call.
 */
enum result handover_rows_next(struct handover_rows *rows, struct handover_row *row, bool *more,
                               struct error *error);

/* How many rows there are. */
enum result handover_rows_count(struct store *store, int64_t period, int64_t *count,
                                struct error *error);

/* NULL is harmless. */
void handover_rows_free(struct handover_rows *rows);

#endif
