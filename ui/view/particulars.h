/* The particulars of an enterprise, as lines to show. */
#ifndef XINFENG_UI_VIEW_PARTICULARS_H
#define XINFENG_UI_VIEW_PARTICULARS_H

#include "base/arena.h"
#include "registry/enterprise.h"

#define MOST_PARTICULARS 24

/* One of them: what it is, and what is known, "-" for nothing. */
struct particular {
    const char *label;
    const char *text;
};

struct particulars {
    struct particular items[MOST_PARTICULARS];
    size_t count;
};

/* Lists all, in place of what was listed. Texts are the enterprise's, or live in the arena. */
void particulars_list(struct particulars *particulars, const struct enterprise *enterprise,
                      struct arena *arena);

#endif
