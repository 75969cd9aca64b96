/* What the papers about a plan that leave the house are made of. It holds no class, no score, no
 * stratum and no order that would tell them (X6), so that a paper cannot give away what it does not
 * have. */
#ifndef XINFENG_REPORT_PUBLIC_PAPER_H
#define XINFENG_REPORT_PUBLIC_PAPER_H

#include "book/sheet.h"
#include "guard/actor.h"
#include "plan/announced.h"

struct public_paper {
    const struct actor *actor;
    struct arena *arena; /* holds all texts; the caller's */
    struct plan plan;
    const char *title;  /* the plan's, or another one for the public */
    const char *bureau; /* 检查机关 */
    const char *source; /* of the seed; says so when the machine made it. NULL before the seed */
    struct announced_unit *units; /* in the order of their codes */
    size_t unit_count;
    struct announced_result *rows;
    size_t row_count;
    size_t checked; /* units that have a result */
};

/* Gathers what the public may see of a plan. title stands in place of the plan's where it is not
 * NULL. RESULT_REFUSED when the title, the source of the seed or a result speaks of classes or
 * scores, when the plan is void or its digests are not committed yet. */
enum result public_paper_load(struct public_paper *paper, struct store *store,
                              const struct actor *actor, int64_t plan, const char *title,
                              struct arena *arena, struct error *error);

/* Starts a workbook that is marked neither as internal nor by whoever made it; kind is what the
 * paper is called. */
enum result public_paper_book(const struct public_paper *paper, const char *kind, const char *path,
                              const char *folder, struct book **book, struct error *error);

/* Ends it: a text that memory was short for would be a blank cell. */
enum result public_paper_close(const struct public_paper *paper, struct book *book,
                               struct error *error);

#endif
