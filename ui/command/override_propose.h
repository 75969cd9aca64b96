/* The verb `override propose`, and what a proposal would do. */
#ifndef XINFENG_UI_COMMAND_OVERRIDE_PROPOSE_H
#define XINFENG_UI_COMMAND_OVERRIDE_PROPOSE_H

#include "base/arena.h"
#include "ui/command/command.h"

/* Proposes what the arguments say, or with --preview tells what it would do and keeps nothing. */
enum result override_propose_run(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct error *error);

#endif
