/* The command `show USCC --history`. */
#ifndef XINFENG_UI_COMMAND_SHOW_HISTORY_H
#define XINFENG_UI_COMMAND_SHOW_HISTORY_H

#include "ui/command/command.h"

/* Prints the periods of an enterprise, newest first. */
enum result show_history(struct session *session, int64_t enterprise, struct error *error);

#endif
