#include "draw/extend.h"

#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* A stratum that more units may come from. No product below overflows 128 bits: each factor is at
 * most DRAW_NUMBER_LIMIT, 2 n_h + 1 at most twice that and one. */
struct claim {
    const struct draw_stratum *stratum;
    uint64_t counted; /* n_h */
    uint64_t left;
    struct draw_rate weight; /* of one unit */
};

static struct draw_rate weight_of(const struct draw_stratum *stratum,
                                  const struct draw_measures *measures) {
    return measures->mode == DRAW_MODE_TOTAL
               ? (struct draw_rate){measures->rules[stratum->rule].weight, 1}
               : stratum->rate;
}

static bool asked_for(const struct draw_stratum *stratum, const struct draw_extension *extension) {
    return !stratum->certain &&
           (extension->stratum == NULL || strcmp(extension->stratum, stratum->code) == 0) &&
           (extension->risk_class == '\0' || extension->risk_class == stratum->risk_class);
}

/* Gathers the claims, and how many units they have left together. */
static size_t gather(const struct draw_result *drawn, const struct draw_measures *measures,
                     const struct draw_extension *extension, struct claim *claims, uint64_t *left) {
    size_t count = 0;
    size_t pick = 0;
    for (size_t i = 0; i < drawn->strata->count; i++) {
        const struct draw_stratum *stratum = &drawn->strata->items[i];
        struct claim claim = {stratum, 0, stratum->population, weight_of(stratum, measures)};
        for (; pick < drawn->count && drawn->picks[pick].stratum == i; pick++) {
            claim.counted += drawn->picks[pick].method != DRAW_METHOD_REPLACEMENT;
            claim.left--;
        }
        if (asked_for(stratum, extension)) {
            *left += claim.left;
            claims[count++] = claim;
        }
    }
    return count;
}

/* True when the next unit goes to `one` rather than to `other`, whose code comes before. */
static bool goes_before(const struct claim *one, const struct claim *other) {
    wide left = (wide)one->stratum->population * one->weight.num * other->weight.den *
                (2 * other->counted + 1);
    wide right = (wide)other->stratum->population * other->weight.num * one->weight.den *
                 (2 * one->counted + 1);
    return left > right;
}

static struct claim *next(struct claim *claims, size_t count) {
    struct claim *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (claims[i].left > 0 && (best == NULL || goes_before(&claims[i], best))) {
            best = &claims[i];
        }
    }
    return best;
}

enum result draw_extend(const struct draw_result *drawn, const struct draw_measures *measures,
                        const struct draw_extension *extension, struct draw_extra *extras,
                        struct error *error) {
    struct claim *claims = calloc(drawn->strata->count + 1, sizeof(*claims));
    if (claims == NULL) {
        return error_no_memory(error);
    }
    uint64_t left = 0;
    size_t count = gather(drawn, measures, extension, claims, &left);
    enum result code = RESULT_OK;
    if (count == 0) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("No such stratum is drawn by chance; see the strata with \"xinfeng plan "
                           "show\"."));
    } else if (left < extension->by) {
        code =
            error_set(error, RESULT_USAGE, _("Only %llu units are left there to draw, not %llu."),
                      (unsigned long long)left, (unsigned long long)extension->by);
    }
    struct claim *claim = NULL;
    for (uint64_t i = 0;
         code == RESULT_OK && i < extension->by && (claim = next(claims, count)) != NULL; i++) {
        extras[i] = (struct draw_extra){claim->stratum->code, DRAW_METHOD_EXTENSION};
        claim->counted++;
        claim->left--;
    }
    free(claims);
    return code;
}
