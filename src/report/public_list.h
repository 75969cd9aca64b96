/* What is published of a plan (公示): the list of enterprises drawn, and the notice of results. */
#ifndef XINFENG_REPORT_PUBLIC_LIST_H
#define XINFENG_REPORT_PUBLIC_LIST_H

#include "report/public_paper.h"

/* Writes the list of enterprises drawn, by code. It carries no tickets: with high ones only those
 * parts of the frame are drawn that are drawn at high rates. Says so when the plan is not approved
 * yet. */
enum result public_list_write(const struct public_paper *paper, const char *path,
                              const char *folder, struct error *error);

/* Writes the notice of results: one row an enterprise and matter. Enterprises without a result are
 * left out and counted on the last line. Notes of inspectors stay in the house. */
enum result public_notice_write(const struct public_paper *paper, const char *path,
                                const char *folder, struct error *error);

#endif
