/* Handing a drawn plan out: the plan workbook, the record of the draw, and its frame. */
#ifndef XINFENG_REPORT_PLAN_EXPORT_H
#define XINFENG_REPORT_PLAN_EXPORT_H

#include "base/progress.h"
#include "guard/actor.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

#define PLAN_EXPORT_FILES 4

/* The files written: paths on the heap, released by plan_export_clear. */
struct plan_export {
    /* NUMBER.xlsx, NUMBER.draw.json, NUMBER.frame.tsv and, of a plan with teams, NUMBER.teams.json
     */
    char *files[PLAN_EXPORT_FILES];
    size_t count;
};

/* Writes the files of a drawn plan into a folder that exists, replacing earlier ones of the same
 * plan; each is written beside its place and moved there when whole, so that a failure leaves the
 * old ones. The export is journalled. RESULT_REFUSED when the plan is not drawn yet. */
enum result plan_export_write(struct store *store, const struct actor *actor, int64_t plan,
                              const char *folder, const struct progress *progress,
                              struct plan_export *export, struct error *error);

void plan_export_clear(struct plan_export *export);

#endif
