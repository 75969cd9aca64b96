/* The verbs of "policy" that look at a policy and change nothing: check, diff, simulate. */
#ifndef XINFENG_UI_COMMAND_POLICY_COMPARE_H
#define XINFENG_UI_COMMAND_POLICY_COMPARE_H

#include "base/arena.h"
#include "ui/command/command.h"

/* "check FILE|NAME": every rule that is broken, else what is worth a look. */
enum result policy_command_check(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct error *error);

/* "diff A B": what differs, in words. */
enum result policy_command_diff(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct error *error);

/* "simulate NAME": whom it would move from which class to which. */
enum result policy_command_simulate(struct session *session, const struct arguments *arguments,
                                    struct arena *arena, struct error *error);

#endif
