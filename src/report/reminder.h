/* The risk reminder (风险提示函) to an enterprise: fact by fact what is on record of it, who
 * recorded it, since when, and what it can do (O11). It leaves the house, so it carries neither
 * points nor class, nor anything of the policy that gave them (X6). */
#ifndef XINFENG_REPORT_REMINDER_H
#define XINFENG_REPORT_REMINDER_H

#include "report/paper_out.h"

#include <stddef.h>
#include <stdint.h>

/* Writes the reminder of an enterprise and journals it. It names the facts that raised its points
 * in a period (0: the newest) or put it under a direct rule, as far as they still stand today;
 * *count says how many. *path, on the heap, is where it lies. RESULT_REFUSED when there is nothing
 * to remind of; otherwise as explanation_sheet_write. */
enum result reminder_write(struct store *store, const struct actor *actor, int64_t enterprise,
                           int64_t period, const struct paper_place *place, char **path,
                           size_t *count, struct error *error);

#endif
