/* A policy as a workbook that policy offices edit: sheets 总则, 维度, 指标, 档次, 直接判定 and
 * 监管措施. What is written is read back before it is handed out, and comes to the same digest. */
#ifndef XINFENG_POLICY_POLICY_BOOK_H
#define XINFENG_POLICY_POLICY_BOOK_H

#include "base/date.h"
#include "policy/policy.h"
#include "policy/policy_fault.h"

/* Writes the workbook beside its place and moves it there. RESULT_INVALID when the document has
 * something that the workbook has no place for. */
enum result policy_book_write(const struct policy *policy, const char *path, date today,
                              struct error *error);

/* Reads a workbook, whoever saved it. *text becomes the document as JSON, in the arena, as far as
 * the cells could be read; the faults name sheets and cells, those of the rules too. *policy is
 * NULL when there are faults. RESULT_INVALID when the file is no workbook. */
enum result policy_book_read(const char *path, struct arena *arena, const char **text,
                             struct policy **policy, struct policy_faults *faults,
                             struct error *error);

#endif
