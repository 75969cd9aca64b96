#include "guard/actor.h"

#include "base/gettext.h"

#include <string.h>

enum result actor_check_other(const struct actor *actor, const char *proposer, const char *what,
                              struct error *error) {
    if (strcmp(actor->name, proposer) != 0) {
        return RESULT_OK;
    }
    return error_set(error, RESULT_REFUSED,
                     _("%s was proposed by %s, who may not approve it too; another person must."),
                     what, proposer);
}
