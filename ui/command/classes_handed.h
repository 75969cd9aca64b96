/* `classes --handed`: the program's own classes beside those that were handed over. */
#ifndef XINFENG_UI_COMMAND_CLASSES_HANDED_H
#define XINFENG_UI_COMMAND_CLASSES_HANDED_H

#include "score/period.h"
#include "ui/command/command.h"

/* Prints the matrix of a period and up to limit enterprises that differ. */
enum result classes_handed(const struct session *session, const struct period *period,
                           int64_t limit, struct error *error);

#endif
