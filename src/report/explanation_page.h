/* The page of an explanation: what decided an enterprise's class, every point with its indicator,
 * facts and caps, and what would bring the class down. It is put together as rows first, so that
 * its height is known before it is written: what one A4 page cannot hold legibly is folded into
 * lines that say how many and how many points, the least first. */
#ifndef XINFENG_REPORT_EXPLANATION_PAGE_H
#define XINFENG_REPORT_EXPLANATION_PAGE_H

#include "book/sheet.h"
#include "score/professional_standing.h"

/* What the page says beside the explanation. Borrowed. */
struct explanation_paper {
    const struct explanation *explanation;
    const struct professional_standing *standings;
    size_t standing_count;
    const char *digest;  /* of the explanation (score/explanation_digest.h) */
    struct arena *arena; /* for the rows */
};

/* Puts the page on a sheet without columns; *folded tells whether something was. RESULT_NO_MEMORY.
 */
enum result explanation_page_put(struct sheet *sheet, const struct explanation_paper *paper,
                                 bool *folded, struct error *error);

/* Puts the table alone, with nothing folded, over as many pages as it takes. */
enum result explanation_page_put_all(struct sheet *sheet, const struct explanation_paper *paper,
                                     struct error *error);

#endif
