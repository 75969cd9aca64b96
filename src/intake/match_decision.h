/* What persons decided about names that match nothing, or several: which enterprise is meant, or
 * none. Later intakes go by it. Owns the table match_decision; decisions are withdrawn, never
 * deleted. */
#ifndef XINFENG_INTAKE_MATCH_DECISION_H
#define XINFENG_INTAKE_MATCH_DECISION_H

#include "base/arena.h"
#include "guard/actor.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

/* Who a row speaks of, where its codes do not tell. */
struct match_subject {
    const char *name; /* as written */
    const char *code; /* what stood in its code columns and is no code; "" when nothing did */
};

/* One decision. Texts live in the arena when loaded. */
struct match_decision {
    int64_t id;
    struct match_subject subject;
    int64_t enterprise; /* 0: none of the registry */
    const char *uscc;   /* of the enterprise, when loaded; or NULL */
    const char *enterprise_name;
    const char *reason;
    const char *actor;
    const char *at;
    const char *withdrawn_at; /* NULL: in force */
};

/* Decides; an earlier decision about the same subject is withdrawn by it. *id may be NULL.
 * RESULT_INVALID without a name or a reason. */
enum result match_decide(struct store *store, const struct actor *actor,
                         const struct match_subject *subject, int64_t enterprise,
                         const char *reason, int64_t *id, struct error *error);

/* Withdraws a decision. RESULT_NOT_FOUND, or RESULT_REFUSED when it is withdrawn already. */
enum result match_withdraw(struct store *store, const struct actor *actor, int64_t id,
                           struct error *error);

/* Loads up to most decisions older than id before (0: the newest), newest first. */
enum result match_decision_list(struct store *store, int64_t before, size_t most,
                                struct arena *arena, struct match_decision **decisions,
                                size_t *count, struct error *error);

#endif
