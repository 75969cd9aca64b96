/* The words and weights the sample county is made of, read from sample-db/words. */
#ifndef XINFENG_SAMPLE_WORDS_H
#define XINFENG_SAMPLE_WORDS_H

#include "sample-db/random.h"
#include "sample-db/table.h"

/* The county: 呼图壁县, Xinjiang. */
#define SAMPLE_COUNTY_CODE "652323"
#define SAMPLE_COUNTY_NAME "呼图壁县"
#define SAMPLE_AUTHORITY SAMPLE_COUNTY_NAME "市场监督管理局"

/* The bit of a trade's flag letter (see sample-trades.tsv). */
#define SAMPLE_FLAG(letter) (UINT32_C(1) << ((letter) - 'a'))

enum sample_kind {
    SAMPLE_ENTERPRISE,
    SAMPLE_INDIVIDUAL,
    SAMPLE_COOPERATIVE,
    SAMPLE_KINDS,
};

/* The kind's code in the registry: "enterprise" ... */
const char *sample_kind_code(enum sample_kind kind);

/* What a firm does. */
struct sample_trade {
    const char *industry;
    uint32_t risk; /* percent */
    uint32_t flags;
    int32_t capital;                        /* 1 small, 2 middling, 3 large */
    struct sample_list words[SAMPLE_KINDS]; /* for its name, by kind */
    const char *scope;
};

/* Where a firm sits. */
struct sample_place {
    const char *code;
    const char *name; /* of the division */
    uint32_t risk;    /* percent */
    const char *station;
    const char *short_name; /* NULL where none goes into names */
    struct sample_list roads;
    struct sample_list villages;
};

/* A legal form. */
struct sample_form {
    enum sample_kind kind;
    uint32_t flags;     /* one of which the trade must have; 0: any trade */
    const char *prefix; /* NULL: any */
    const char *ending; /* NULL: none */
    const char *type;
};

/* Weighted words of one pool. */
struct sample_pool {
    size_t count;
    const char **words;
    uint32_t *cumulative;
};

/* The one table of pools, by their names in sample-people.tsv and sample-brands.tsv. */
#define SAMPLE_POOLS(X)                                                                            \
    X(han_surname)                                                                                 \
    X(han_single)                                                                                  \
    X(han_first)                                                                                   \
    X(han_second)                                                                                  \
    X(hui_surname)                                                                                 \
    X(hui_given)                                                                                   \
    X(uyghur_woman)                                                                                \
    X(uyghur_man)                                                                                  \
    X(kazakh_woman)                                                                                \
    X(kazakh_man)                                                                                  \
    X(prefix)                                                                                      \
    X(first)                                                                                       \
    X(second)                                                                                      \
    X(third)                                                                                       \
    X(taken)

/* All of them. The cumulative weights stand beside their rows, for sample_random_weighted. */
struct sample_words {
    struct arena *arena;
    struct sample_trade *trades;
    uint32_t *trade_weights;
    size_t trade_count;
    uint32_t usual_risk; /* the mean risk of the trades, percent */
    struct sample_place *places;
    uint32_t *place_weights;
    size_t place_count;
    struct sample_form *forms;
    uint32_t *form_weights;
    size_t form_count;
#define SAMPLE_POOL_MEMBER(name) struct sample_pool name;
    SAMPLE_POOLS(SAMPLE_POOL_MEMBER)
#undef SAMPLE_POOL_MEMBER
};

/* Reads all words; release with sample_words_clear, also after a failure. */
enum result sample_words_read(struct sample_words *words, struct error *error);

void sample_words_clear(struct sample_words *words);

/* A word of a pool, by weight. */
const char *sample_pool_pick(const struct sample_pool *pool, struct sample_random *random);

/* An item of a list, each as likely; NULL when it is empty. */
const char *sample_list_pick(const struct sample_list *list, struct sample_random *random);

#endif
