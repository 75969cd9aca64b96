/* What persons do about months on the screen, besides scoring the present one: closing those that
 * are over, and trying a day. */
#ifndef XINFENG_UI_VIEW_MONTH_H
#define XINFENG_UI_VIEW_MONTH_H

#include "ui/view/workstation.h"

/* Finds the oldest period that is open although its month is over; id 0 when there is none. */
enum result month_to_close(const struct workstation *workstation, struct period *period,
                           struct error *error);

/* Closes that one with a bar on the screen, after a question that names what it means; says on the
 * message line what came of it, or from when on a month can be closed. */
void month_close(struct screen *screen);

/* Asks for a day, today at first; false when it was given up or is none, which was then said. */
bool month_ask_day(struct screen *screen, date *day);

#endif
