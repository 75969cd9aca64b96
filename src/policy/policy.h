/* The policy document (*.policy.json): how facts become points, points a class, and a class the
 * measures of an inspection plan (O4, O7, X9 to X16). */
#ifndef XINFENG_POLICY_POLICY_H
#define XINFENG_POLICY_POLICY_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/json_reader.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Risk classes, from low to high risk. */
enum risk_class { CLASS_A, CLASS_B, CLASS_C, CLASS_D, CLASS_COUNT };

/* The letter of a class, as text: "A" to "D". Static. */
const char *risk_class_letter(enum risk_class risk_class);

/* The class of a letter; CLASS_COUNT when it is none. */
enum risk_class risk_class_find(const char *letter);

/* The translated name of a class: low, moderate, fairly high, high risk. */
const char *risk_class_name(enum risk_class risk_class);

#define POLICY_MOST_DIMENSIONS 8
#define POLICY_MOST_INDICATORS 256
#define POLICY_MOST_DIRECT 32
#define POLICY_MOST_RELATION 64 /* indicators of the kind relation */

/* No cap, no bound. */
#define POLICY_NO_CAP INT64_MAX

/* Points for an integer value in [from, to). */
struct policy_band {
    int64_t from; /* INT64_MIN: no lower end */
    int64_t to;   /* INT64_MAX: no upper end */
    int64_t points;
};

/* Percent of the points while the age in whole months is below months. */
struct policy_decay {
    int64_t months;
    int64_t percent; /* 0 to 100 */
};

/* Points for a code; for industries the longest prefix counts. */
struct policy_code {
    const char *code;
    int64_t points;
};

struct policy_dimension {
    const char *code;
    const char *name;
    int64_t cap; /* points, or POLICY_NO_CAP */
};

enum policy_kind {
    POLICY_ATTRIBUTE,
    POLICY_PRESENT,
    POLICY_COUNT,
    POLICY_AMOUNT,
    POLICY_EVENT,
    POLICY_GROWTH,
    POLICY_SHARE,
    POLICY_RELATION,
    POLICY_KIND_COUNT
};

/* The stable code of a kind: "attribute" to "relation". Static. */
const char *policy_kind_code(enum policy_kind kind);

/* What an attribute indicator looks at. */
enum policy_attribute {
    ATTRIBUTE_AGE_MONTHS,      /* whole months since established_on */
    ATTRIBUTE_CAPITAL,         /* registered capital in 10,000 yuan, rounded down */
    ATTRIBUTE_INSURED_STAFF,   /* persons */
    ATTRIBUTE_PAID_IN_PERCENT, /* of the registered capital */
    ATTRIBUTE_KEY_FIELD,       /* 1 in a key field, else 0 */
    ATTRIBUTE_KIND,            /* kind of entity; a code */
    ATTRIBUTE_STATUS,          /* status of registration; a code */
    ATTRIBUTE_INDUSTRY,        /* GB/T 4754; a code, longest prefix */
};

/* The stable code of an attribute: "age_months" to "industry". Static. */
const char *policy_attribute_code(enum policy_attribute attribute);

/* What an enterprise shares with others. */
enum policy_share {
    SHARE_ADDRESS,
    SHARE_PHONE,
    SHARE_LEGAL_PERSON,
    SHARE_AGENT,
    POLICY_SHARE_COUNT
};

/* What gives an event its points. */
enum policy_event_by { EVENT_FIXED, EVENT_BY_LEVEL, EVENT_BY_AMOUNT };

struct policy_indicator {
    const char *code;
    const char *name;
    const char *group; /* second-level name */
    const char *basis; /* clause */
    const char *note;  /* a sentence a person understands */
    size_t dimension;  /* index */
    enum policy_kind kind;
    int64_t cap;     /* points, or POLICY_NO_CAP */
    int64_t floor;   /* points, 0 unless given */
    int64_t missing; /* points when the value is not known */

    enum policy_attribute attribute;
    const struct policy_code *codes;
    size_t code_count;

    uint64_t types;     /* bit n: facts of type n match */
    int64_t level_from; /* facts with level in [level_from, level_to) match */
    int64_t level_to;
    int64_t amount_from; /* fen; facts with amount in [amount_from, amount_to) match */
    int64_t amount_to;
    int64_t window; /* months; 0: no window */
    int64_t points; /* present, and event with EVENT_FIXED */
    enum policy_event_by event_by;
    const struct policy_band *bands;
    size_t band_count;
    const struct policy_decay *decay;
    size_t decay_count; /* 0: no decay, 100 percent for ever */

    int64_t recent; /* growth: months that are compared ... */
    int64_t base;   /* ... with so many before them */
    int64_t least;  /* growth: facts of the recent months from which it speaks */

    enum policy_share share;

    uint32_t relations; /* bit n: relations of type n lead on */
    int64_t hops;       /* 1 or 2 */
    uint32_t classes;   /* bit n: related enterprises of class n count; 0: those with facts do */
    bool percent;       /* of all related ones, in place of their number */
};

/* A rule of X11: a fact of these types in force can make the class D at once. */
struct policy_direct {
    const char *code;
    const char *name;
    const char *basis;
    uint64_t types;
    bool confirm; /* true: only once a person confirmed it for the enterprise */
};

/* What a plan does with a class (X13 to X16). */
struct policy_measure {
    int64_t rate_num; /* proportion inspected */
    int64_t rate_den;
    int64_t times;      /* how often a year, at most */
    const char *method; /* allowed methods, as written in the plan */
    const char *text;   /* the requirement in words */
};

struct policy {
    struct arena *arena; /* holds everything below */
    unsigned shared;     /* how many hold it besides the first */
    const char *code;
    const char *version;
    const char *name;
    uint32_t kinds;             /* bit 0 enterprise, 1 individual, 2 cooperative */
    const char *const *regions; /* prefixes of GB/T 2260 codes; none: everywhere */
    size_t region_count;
    const char *const *industries; /* prefixes of GB/T 4754 codes; none: all */
    size_t industry_count;
    const char *field; /* of a professional policy ("食品"); NULL: a general one */
    int64_t maximum;
    int64_t bounds[CLASS_COUNT]; /* lower bounds in points */
    struct policy_dimension *dimensions;
    size_t dimension_count;
    struct policy_indicator *indicators;
    size_t indicator_count;
    struct policy_direct *direct;
    size_t direct_count;
    struct policy_measure measures[CLASS_COUNT];
    const char *canonical;        /* the canonical JSON */
    char digest[DIGEST_HEX_SIZE]; /* SHA-256 of the canonical JSON */
};

/* Reads and checks a policy document. origin names it in errors (a file path). Errors say
 * "origin:line:column: what is wrong". Free with policy_free. RESULT_INVALID when it breaks a rule:
 * bad JSON, unknown or missing keys, wrong bounds, overlapping bands, unknown dimensions, fact
 * types or attributes, doubled codes, numbers that are no integers. */
enum result policy_parse(struct policy **policy, const char *text, const char *origin,
                         struct error *error);

/* As policy_parse, but goes on behind a fault to find others: *policy is NULL when there are any,
 * and the result RESULT_OK all the same. Their texts, and those of the policy, live in the arena.
 * RESULT_INVALID when the text is no JSON. */
enum result policy_check(struct policy **policy, const char *text, const char *origin,
                         struct arena *arena, struct json_faults *faults, struct error *error);

/* A policy that the program carries: JSON text and the name of its file. Static. */
struct policy_builtin {
    const char *text;
    const char *file;
};

/* The general policies that the program carries, in the order of their publication: first the one
 * for enterprises, by which others can be scored too, then those that take individuals and
 * cooperatives from it (O14). */
const struct policy_builtin *policy_builtins(size_t *count);

/* The professional policies that the program carries (O9): for food (食品). */
const struct policy_builtin *policy_builtins_professional(size_t *count);

/* The text of the one for enterprises. */
const char *policy_builtin_text(void);

void policy_free(struct policy *policy);

/* The same policy for one more holder, who frees it too; one thread shares and frees. */
struct policy *policy_share(struct policy *policy);

/* The bit of a kind of entity ("enterprise", "individual", "cooperative"); 0 when it is none. */
uint32_t policy_kind_bit(const char *kind);

/* True when the policy is made for such an entity; industry may be NULL. */
bool policy_applies(const struct policy *policy, const char *kind, const char *region,
                    const char *industry);

/* The class of a total in centipoints: the highest whose lower bound it reaches. */
enum risk_class policy_class_of(const struct policy *policy, int64_t centipoints);

/* The index of a direct rule by its code; direct_count when there is none. */
size_t policy_direct_find(const struct policy *policy, const char *code);

#endif
