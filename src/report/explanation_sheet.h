/* The explanation of one enterprise's class in a period as a workbook that prints on one A4 page,
 * for the file. An internal paper: it carries points and classes (X6). */
#ifndef XINFENG_REPORT_EXPLANATION_SHEET_H
#define XINFENG_REPORT_EXPLANATION_SHEET_H

#include "report/paper_out.h"

#include <stdint.h>

/* Writes the explanation of an enterprise in a period (0: the newest) and journals it. What one
 * page cannot hold legibly is folded there and stands in full on a second sheet. *path, on the
 * heap, is where it lies. RESULT_NOT_FOUND when there is no such period or result; RESULT_USAGE
 * when the file's ending is not .xlsx; otherwise as out_file_begin. */
enum result explanation_sheet_write(struct store *store, const struct actor *actor,
                                    int64_t enterprise, int64_t period,
                                    const struct paper_place *place, char **path,
                                    struct error *error);

#endif
