/* Who acts. Every operation that changes something takes an actor. */
#ifndef XINFENG_GUARD_ACTOR_H
#define XINFENG_GUARD_ACTOR_H

#include "base/clock.h"
#include "base/result.h"

#include <stdbool.h>

/* The acting person and the clock of the action. Until accounts exist a database is in open mode:
 * the name is taken at its word. */
struct actor {
    const char *name; /* borrowed */
    struct clock clock;
};

/* Two eyes principle: RESULT_REFUSED when the actor is the person who proposed. what is the
 * translated name of the thing to be approved. */
enum result actor_check_other(const struct actor *actor, const char *proposer, const char *what,
                              struct error *error);

#endif
