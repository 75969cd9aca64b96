/* The sample county: a registry full of firms that never were, for practice, demonstration and
 * tests. The same request gives the same content on every machine. */
#ifndef XINFENG_SAMPLE_COUNTY_H
#define XINFENG_SAMPLE_COUNTY_H

#include "base/progress.h"
#include "guard/actor.h"
#include "registry/fact_type.h"
#include "store/store.h"

#define SAMPLE_DEFAULT_ENTERPRISES 12000
#define SAMPLE_DEFAULT_MONTHS 36
#define SAMPLE_DEFAULT_SEED "xinfeng"

/* What to make. */
struct sample_request {
    int64_t enterprises;       /* 0: the default */
    int32_t months;            /* of history; 0: the default */
    const char *seed;          /* any text; NULL: the default */
    const struct actor *actor; /* who fills */
    date today;                /* nothing happens after it, but for terms that end later */
};

/* What was made. */
struct sample_report {
    int64_t enterprises;
    int64_t facts;
    int64_t relations;
    int64_t facts_of_type[FACT_TYPE_END];
    int64_t conducts[4]; /* firms by the hidden conduct: calm, usual, careless, bad */
};

/* Fills an empty registry in one transaction, with one journal entry; cancelling leaves it empty.
 * RESULT_REFUSED when it holds an enterprise already, RESULT_USAGE when the request makes no
 * sense. progress may be NULL. */
enum result sample_fill(struct store *store, const struct sample_request *request,
                        const struct progress *progress, struct sample_report *report,
                        struct error *error);

#endif
