/* Drawing more later (补抽): which strata the next units come from. */
#ifndef XINFENG_DRAW_EXTEND_H
#define XINFENG_DRAW_EXTEND_H

#include "draw/draw.h"

/* What is asked for. */
struct draw_extension {
    const char *stratum; /* its code; NULL: any */
    char risk_class;     /* 'A' to 'Z'; '\0': any */
    uint64_t by;         /* units, 1 or more */
};

/* Says from which strata `by` more units of a drawn plan come: extras gets them in the order in
 * which they are taken, room for `by`. Each goes to the stratum with the largest w_h / (2 n_h + 1)
 * among those asked for that have units left, ties by code: the rule that shares out a fixed total
 * (draw.md, Sainte-Lague), so that drawing twice gives what drawing more at once would have given.
 * w_h is the population times the weight, or times the rate; n_h counts random picks and
 * extensions; strata that are taken whole have none left. RESULT_USAGE when there is no such
 * stratum or it has fewer units left than asked for. */
enum result draw_extend(const struct draw_result *drawn, const struct draw_measures *measures,
                        const struct draw_extension *extension, struct draw_extra *extras,
                        struct error *error);

#endif
