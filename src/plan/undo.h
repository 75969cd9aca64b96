/* Taking an intake back whole. It stands here, above all that can rest on one: later intakes,
 * closed periods and overrides, and plans. */
#ifndef XINFENG_PLAN_UNDO_H
#define XINFENG_PLAN_UNDO_H

#include "guard/actor.h"
#include "registry/restore.h"
#include "store/store.h"

/* What taking it back came to. */
struct undo_report {
    struct restore_counts counts;
    int64_t rescored; /* enterprises scored anew in the open period */
};

/* Finds what rests on an intake: rests->count is 0 when it can be undone. rests comes as RESTS_INIT
 * or RESTS_LIST; release it with rests_free.
 * RESULT_NOT_FOUND when there is no such intake, RESULT_REFUSED when it was undone already. */
enum result undo_ask(struct store *store, int64_t batch, struct rests *rests, struct error *error);

/* Undoes an intake: what it inserted goes, what it changed is as it was, whom it touched is scored
 * anew in the open period, and the journal tells; all of it or nothing. The batch stays in the
 * history with its rejects. RESULT_REFUSED, with what rests on it and what to do, when anything
 * does; otherwise as undo_ask. reason may be NULL. */
enum result undo_batch(struct store *store, const struct actor *actor, int64_t batch,
                       const char *reason, struct undo_report *report, struct error *error);

#endif
