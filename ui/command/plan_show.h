/* How the command `plan` shows plans. */
#ifndef XINFENG_UI_COMMAND_PLAN_SHOW_H
#define XINFENG_UI_COMMAND_PLAN_SHOW_H

#include "ui/command/command.h"

/* One line, or a short JSON object: what stands after a step. */
enum result plan_show_short(struct session *session, int64_t id, struct error *error);

/* Everything: strata, exclusions and drawn units. */
enum result plan_show_whole(struct session *session, int64_t id, struct error *error);

/* The life of the plan, a sentence a step, oldest first. */
enum result plan_show_story(struct session *session, int64_t id, struct error *error);

/* All plans, newest first. */
enum result plan_show_list(struct session *session, struct error *error);

#endif
