/* `plan visits`: who is inspected by several plans and can be visited once. */
#ifndef XINFENG_UI_COMMAND_PLAN_VISITS_H
#define XINFENG_UI_COMMAND_PLAN_VISITS_H

#include "base/arena.h"
#include "ui/command/command.h"

enum result plan_visits_list(struct session *session, const struct arguments *arguments,
                             struct arena *arena, struct error *error);

#endif
