/* The verb "policy sql": a policy as an SQL script. */
#ifndef XINFENG_UI_COMMAND_POLICY_SQL_H
#define XINFENG_UI_COMMAND_POLICY_SQL_H

#include "base/arena.h"
#include "ui/command/command.h"

/* "sql [FILE|NAME]": prints the script of a policy, of the one in force for enterprises when none
 * is named, for the day on which "score" would judge the period, or for a day. */
enum result policy_command_sql(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error);

#endif
