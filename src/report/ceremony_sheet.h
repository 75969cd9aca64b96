/* The sheet for the public ceremony (抽取仪式单): the seed large enough to be read out. */
#ifndef XINFENG_REPORT_CEREMONY_SHEET_H
#define XINFENG_REPORT_CEREMONY_SHEET_H

#include "report/public_paper.h"

/* Writes one page on its side: the seed in groups of five digits or, before it is there, boxes to
 * write 24 digits into; its source; the frame digest in groups of eight; time, number drawn, up to
 * ten enterprises with the smallest tickets by name and code; who witnesses and signs. */
enum result ceremony_sheet_write(const struct public_paper *paper, const char *path,
                                 const char *folder, struct error *error);

#endif
