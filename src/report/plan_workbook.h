/* The plan workbook: the plan in the county's form, the list of the drawn, the strata, and how the
 * draw is verified. An internal paper: it carries classes (X6). */
#ifndef XINFENG_REPORT_PLAN_WORKBOOK_H
#define XINFENG_REPORT_PLAN_WORKBOOK_H

#include "base/progress.h"
#include "report/plan_material.h"

/* Names of the hidden sheets that carry the files of the records of the draw and of its teams
 * (report/plan_proof.h). The same in every language, for programs that read them. */
#define PLAN_WORKBOOK_RECORD_SHEET "draw.json"
#define PLAN_WORKBOOK_TEAMS_SHEET "teams.json"

/* Which of the sheets in sight shows what, from 0, in every language. */
enum plan_workbook_sheet {
    PLAN_WORKBOOK_FORM,
    PLAN_WORKBOOK_LIST,
    PLAN_WORKBOOK_STRATA,
    PLAN_WORKBOOK_PROOF
};

/* Writes the workbook to path, with its temporary files in folder. What a failure leaves at path
 * is for the caller to remove. */
enum result plan_workbook_write(struct store *store, const struct actor *actor,
                                const struct plan_material *material, const char *path,
                                const char *folder, const struct progress *progress,
                                struct error *error);

#endif
