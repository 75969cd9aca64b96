/* The tasks of each team (检查任务单): whom it visits, where, and how. For inside only. */
#ifndef XINFENG_REPORT_TEAM_TASKS_H
#define XINFENG_REPORT_TEAM_TASKS_H

#include "report/plan_material.h"

/* Writes the tasks of a plan that has teams: a list of the teams, then each team on pages of its
 * own, its households by region and address so that a way is short. */
enum result team_tasks_write(struct store *store, const struct actor *actor,
                             const struct plan_material *material, const char *path,
                             const char *folder, struct error *error);

#endif
