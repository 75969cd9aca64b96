/* `plan extend`, `plan replace` and `plan swap`: what changes after the draw. */
#ifndef XINFENG_UI_COMMAND_PLAN_LATER_H
#define XINFENG_UI_COMMAND_PLAN_LATER_H

#include "ui/command/command.h"

/* Draws more units: --by N, of one --stratum or --class or of all; --reason. */
enum result plan_later_extend(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error);

/* Draws the next unit for the one that the third word names; --reason. */
enum result plan_later_replace(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error);

/* Swaps the inspector --out for --in or the next by the rule, at the unit that the third word names
 * or at all of his; --reason. */
enum result plan_later_swap(struct session *session, const struct arguments *arguments, int64_t id,
                            struct error *error);

#endif
