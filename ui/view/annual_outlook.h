/* What changed classes alter in a task of an annual plan, on the screen. */
#ifndef XINFENG_UI_VIEW_ANNUAL_OUTLOOK_H
#define XINFENG_UI_VIEW_ANNUAL_OUTLOOK_H

#include "plan/annual.h"
#include "ui/kit/screen.h"

/* Shows the outlook of a task until it is left. */
enum result annual_outlook_show(struct screen *screen, struct store *store,
                                const struct annual *annual, const struct annual_task *task,
                                struct error *error);

#endif
