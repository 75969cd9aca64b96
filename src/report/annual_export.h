/* Handing out the workbook of an annual plan. */
#ifndef XINFENG_REPORT_ANNUAL_EXPORT_H
#define XINFENG_REPORT_ANNUAL_EXPORT_H

#include "plan/annual.h"

/* Writes annual-YEAR-ID.xlsx into a folder, which is made when missing, and journals that; *path,
 * on the heap, is where it lies. An internal paper: the mark stands on every page (X6). Errors as
 * those of out_file_begin and annual_load. */
enum result annual_export_write(struct store *store, const struct actor *actor, int64_t id,
                                const char *folder, char **path, struct error *error);

#endif
