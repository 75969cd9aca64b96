/* The record of a plan's teams (`*.teams.json`): computed again from frame, roster and seed, and
 * held against the teams that are kept. */
#ifndef XINFENG_PLAN_TEAMS_RECORD_H
#define XINFENG_PLAN_TEAMS_RECORD_H

#include "draw/frame.h"
#include "plan/plan.h"

/* Writes the record of the teams of a drawn plan; a heap string, NULL when the plan has none.
 * RESULT_DAMAGED when the teams kept are not those that follow from the draw and the changes. */
enum result teams_record(struct store *store, const struct plan *plan,
                         const struct draw_frame *frame, const char *frame_file, char **text,
                         struct error *error);

#endif
