/* `plan new` and `plan measures`: a draft, and how much of each class it draws. */
#ifndef XINFENG_UI_COMMAND_PLAN_MAKE_H
#define XINFENG_UI_COMMAND_PLAN_MAKE_H

#include "ui/command/command.h"

/* Makes a draft of what the options say and shows it in short. */
enum result plan_make_new(struct session *session, const struct arguments *arguments,
                          struct error *error);

/* Sets the measures of a draft when options say how, and shows the plan in short either way. */
enum result plan_make_measures(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error);

#endif
