/* The command "policy sql": a policy as an SQL script. */
#ifndef XINFENG_UI_COMMAND_POLICY_SQL_H
#define XINFENG_UI_COMMAND_POLICY_SQL_H

#include "ui/command/command.h"

/* What it takes. */
extern const struct option policy_sql_options[];

/* Prints the script of the policy in a file, or of the one in force when none is named, for the day
 * on which "score" would judge the period, or for a day. */
enum result policy_sql_print(struct session *session, const struct arguments *arguments,
                             struct error *error);

#endif
