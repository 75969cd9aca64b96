/* Pages of enterprises with their class and score in a period, for tables on screen and for the
 * command `enterprises`. Pages go by key, never by offset. */
#ifndef XINFENG_SCORE_LISTING_H
#define XINFENG_SCORE_LISTING_H

#include "base/arena.h"
#include "policy/policy.h"
#include "store/store.h"

enum listing_sort {
    LISTING_BY_SCORE, /* highest first */
    LISTING_BY_ID,    /* order of intake */
};

/* What is listed. NULL and CLASS_COUNT mean: any. Texts are borrowed. */
struct listing_filter {
    int64_t period;             /* 0: no scores are shown */
    enum risk_class risk_class; /* final class */
    const char *region;         /* prefix of the division code */
    const char *industry;       /* prefix of the GB/T 4754 code */
    const char *find;           /* part of the name, beginning of the USCC, or pinyin initials */
    bool key_field;             /* only key fields */
    enum listing_sort sort;
};

/* The place of a row in the order. */
struct listing_key {
    int64_t total;
    int64_t id;
};

/* One row; texts live in the arena of the page. */
struct listing_row {
    struct listing_key key;
    const char *uscc; /* or the registration number; "" when it has neither */
    const char *name;
    const char *region;   /* division code */
    const char *industry; /* code, "" when not known */
    const char *status;
    enum risk_class risk_class; /* CLASS_COUNT: not scored */
    enum risk_class score_class;
    bool stub;
    bool key_field; /* food, drugs, special equipment and other key fields */
};

enum listing_direction { LISTING_AFTER, LISTING_BEFORE };

/* Fills rows with up to `most` rows after (or before) a key, in the order of the listing; key NULL
 * starts at the beginning (or the end). */
enum result listing_page(struct store *store, const struct listing_filter *filter,
                         enum listing_direction direction, const struct listing_key *key,
                         struct arena *arena, struct listing_row *rows, size_t most, size_t *count,
                         struct error *error);

/* Fills rows with the enterprises of count ids in their order, scores of a period (0: none shown)
 * with them; *found may be less, as enterprises that are gone are left out. */
enum result listing_of(struct store *store, int64_t period, const int64_t *ids, size_t count,
                       struct arena *arena, struct listing_row *rows, size_t *found,
                       struct error *error);

/* How many rows the filter lets through. */
enum result listing_count(struct store *store, const struct listing_filter *filter, int64_t *count,
                          struct error *error);

#endif
