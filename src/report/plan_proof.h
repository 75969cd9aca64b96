/* How an outsider checks the draw (核验). */
#ifndef XINFENG_REPORT_PLAN_PROOF_H
#define XINFENG_REPORT_PLAN_PROOF_H

#include "book/sheet.h"
#include "report/plan_material.h"

/* Puts the digests, the commands that compute the draw again, and one ticket worked out by hand.
 * RESULT_NO_MEMORY, or what draw/ticket.h says of a key. */
enum result plan_proof_put(struct sheet *sheet, const struct plan_material *material,
                           struct error *error);

/* Puts the bytes of a record's file into the first column of a sheet of their own, hidden: the
 * cells from the first row on, joined with nothing between, are the file. With it the workbook
 * carries the proof of its list; the frame, which names every enterprise and its class, stays
 * outside and goes only where its file is sent. */
void plan_proof_put_text(struct sheet *sheet, const char *text);

#endif
