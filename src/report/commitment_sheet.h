/* The commitment sheet (抽取承诺书): what is made public before the seed exists. */
#ifndef XINFENG_REPORT_COMMITMENT_SHEET_H
#define XINFENG_REPORT_COMMITMENT_SHEET_H

#include "report/public_paper.h"

/* Writes one upright page: what the plan is, the digests of frame, measures and roster, how the
 * draw goes, how the seed is won and how anyone verifies both; room for signature and seal. */
enum result commitment_sheet_write(const struct public_paper *paper, const char *path,
                                   const char *folder, struct error *error);

#endif
