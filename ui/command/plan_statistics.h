/* `plan statistics`: what the plans of a span of days came to. */
#ifndef XINFENG_UI_COMMAND_PLAN_STATISTICS_H
#define XINFENG_UI_COMMAND_PLAN_STATISTICS_H

#include "base/arena.h"
#include "ui/command/command.h"

/* Prints it, or with --file writes the workbook as well; --from and --to, the year so far when not
 * given. */
enum result plan_statistics(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error);

#endif
