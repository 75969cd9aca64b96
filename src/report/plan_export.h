/* Handing a plan out as files: workbook, record and frame for the house, and what goes to the
 * public. One row of a table in plan_export.c is a file. */
#ifndef XINFENG_REPORT_PLAN_EXPORT_H
#define XINFENG_REPORT_PLAN_EXPORT_H

#include "base/progress.h"
#include "guard/actor.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* Files of the largest set. */
#define PLAN_EXPORT_MOST 11

/* What is handed out at once. */
enum plan_export_set {
    PLAN_EXPORT_DRAW,       /* NUMBER.xlsx, NUMBER.draw.json, NUMBER.frame.tsv and, of a plan with
                             * teams, NUMBER.teams.json; once drawn */
    PLAN_EXPORT_COMMITMENT, /* NUMBER.commitment.xlsx; once committed */
    PLAN_EXPORT_CEREMONY,   /* NUMBER.ceremony.xlsx; once committed */
    PLAN_EXPORT_NOTICE,     /* NUMBER.public-list.xlsx once drawn, NUMBER.public-notice.xlsx with it
                             * once there are results */
    PLAN_EXPORT_FORMS,      /* NUMBER.tasks.xlsx (of a plan with teams), NUMBER.forms.xlsx and
                             * NUMBER.return.xlsx; once drawn */
    PLAN_EXPORT_WHOLE,      /* all of these that there are; once drawn */
};

/* The files written: paths on the heap, in the order of the sets; released by
 * plan_export_clear. */
struct plan_export {
    char *files[PLAN_EXPORT_MOST];
    size_t count;
};

/* Writes the files of a set into a folder that exists, replacing earlier ones of the same plan;
 * each is written beside its place and all are moved there when whole, so that a failure leaves the
 * old ones. title, where it is not NULL, stands in place of the plan's on what goes to the public.
 * The export is journalled. RESULT_REFUSED when the plan has not come so far, when it is void (but
 * for the files of its draw), or when a text for the public speaks of classes (X6). */
enum result plan_export_set_write(struct store *store, const struct actor *actor, int64_t plan,
                                  enum plan_export_set set, const char *title, const char *folder,
                                  const struct progress *progress, struct plan_export *export,
                                  struct error *error);

/* The same for PLAN_EXPORT_DRAW. */
enum result plan_export_write(struct store *store, const struct actor *actor, int64_t plan,
                              const char *folder, const struct progress *progress,
                              struct plan_export *export, struct error *error);

void plan_export_clear(struct plan_export *export);

#endif
