/* What the plan page does with a drawn household: another in its place, another inspector, and
 * more households. Each asks for what it needs and says what it did. */
#ifndef XINFENG_UI_VIEW_PLAN_LATER_H
#define XINFENG_UI_VIEW_PLAN_LATER_H

#include "ui/kit/screen.h"
#include "ui/view/plan_lines.h"
#include "ui/view/workstation.h"

/* Each is true when the plan changed. unit is the household under the cursor. */
bool unit_replace(struct screen *screen, struct workstation *workstation, const struct plan *plan,
                  const struct drawn_unit *unit);
bool unit_swap(struct screen *screen, struct workstation *workstation, const struct plan *plan,
               const struct drawn_unit *unit);
bool plan_draw_more(struct screen *screen, struct workstation *workstation,
                    const struct plan *plan);

#endif
