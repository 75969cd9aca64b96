/* "xinfeng show --sheet, --dir, --reminder": the papers about one enterprise. */
#ifndef XINFENG_UI_COMMAND_SHOW_PAPER_H
#define XINFENG_UI_COMMAND_SHOW_PAPER_H

#include "ui/command/command.h"

/* True when one of the three is given. */
bool show_paper_wanted(const struct arguments *arguments);

/* Writes the one that is asked for, of an enterprise in a period (0: the newest), and says where it
 * lies. RESULT_USAGE when several are. */
enum result show_paper(struct session *session, const struct arguments *arguments,
                       int64_t enterprise, int64_t period, struct error *error);

#endif
