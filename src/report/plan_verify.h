/* Verifying a plan workbook, also one that another program has saved again: the record it carries
 * is what is computed again (draw/verify.h), and what its sheets show has to be what the record
 * says. */
#ifndef XINFENG_REPORT_PLAN_VERIFY_H
#define XINFENG_REPORT_PLAN_VERIFY_H

#include "base/result.h"
#include "book/read.h"
#include "draw/record.h"

/* Takes the bytes of the record's file out of the hidden sheet that carries them; *text is freed
 * with free. RESULT_INVALID when there is no such sheet, or it holds other than a record's text. */
enum result plan_verify_take_record(struct book_reader *book, char **text, struct error *error);

/* The same with the record of the teams; *text is NULL when the workbook carries none. */
enum result plan_verify_take_teams(struct book_reader *book, char **text, struct error *error);

/* The sheets in sight that are compared with the record: the list and the strata. RESULT_INVALID
 * when the workbook has none. Either pointer may be NULL. */
enum result plan_verify_find_sheets(const struct book_reader *book, size_t *list, size_t *strata,
                                    struct error *error);

/* Compares the list (the same units in the same order, with name, class and rank, and no more) and
 * the strata (N and n of each and of all, rate, chance, cut-off) with the record, which has to hold
 * itself. RESULT_OK, or RESULT_MISMATCH with the first cell that differs, what stands there and
 * what the record says. What the record does not know (division, address, telephone, remarks) is
 * not compared. */
enum result plan_verify_sheets(struct book_reader *book, const struct draw_record *record,
                               struct error *error);

#endif
