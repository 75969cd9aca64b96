/* What the command `annual` answers. */
#ifndef XINFENG_UI_COMMAND_ANNUAL_SHOW_H
#define XINFENG_UI_COMMAND_ANNUAL_SHOW_H

#include "plan/annual.h"
#include "ui/command/command.h"

/* One line, or JSON, about an annual plan. */
enum result annual_show_short(struct session *session, int64_t id, struct error *error);

/* With its tasks and their batches. */
enum result annual_show_whole(struct session *session, int64_t id, struct error *error);

/* All annual plans. */
enum result annual_show_list(struct session *session, struct error *error);

/* Tasks by months: what is planned, and what was drawn. */
enum result annual_show_calendar(struct session *session, int64_t id, struct error *error);

/* What became of the year so far, and what changed classes alter. */
enum result annual_show_outlook(struct session *session, int64_t id, struct error *error);

#endif
