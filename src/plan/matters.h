/* The matters of a plan (抽查事项): what its words say, found in the library of matters, with the
 * ceilings that the law sets for each (X17). */
#ifndef XINFENG_PLAN_MATTERS_H
#define XINFENG_PLAN_MATTERS_H

#include "base/arena.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Methods of inspection, a bit each in the order of this table: the words of forms and files. */
#define PLAN_METHOD_TABLE(X)                                                                       \
    X(ON_SITE, "现场检查")                                                                         \
    X(WRITTEN, "书面检查")                                                                         \
    X(NETWORK, "网络监测")                                                                         \
    X(AGENCY, "委托专业机构")                                                                      \
    X(LABORATORY, "检验检测")

enum plan_method {
#define PLAN_METHOD_ENUM(name, word) PLAN_METHOD_##name,
    PLAN_METHOD_TABLE(PLAN_METHOD_ENUM)
#undef PLAN_METHOD_ENUM
        PLAN_METHOD_COUNT
};

/* The methods that stand in a text, however they are joined; 0 for NULL or none. */
uint32_t plan_methods_find(const char *text);

/* The methods of a set, joined by 、 in the order of the table; "" for none. */
const char *plan_methods_text(uint32_t methods, struct arena *arena);

/* A matter of the library. Texts live in the arena. */
struct plan_matter {
    const char *code;
    const char *title;
    const char *category; /* "" when not known */
    const char *content;  /* what is looked at, and by what law; "" when not known */
    const char *state;    /* as the library says; "" when nothing */
    bool valid;           /* it is in force */
    uint32_t methods;     /* allowed ones; 0: the library names none, so any */
    int64_t rate;         /* highest share a year, hundredths of a percent; RECORD_UNKNOWN */
    int64_t times;        /* most visits a year; RECORD_UNKNOWN */
};

/* Takes words apart into matters of the library, each by its code or title, parted by commas (a
 * title may hold commas itself). *count is 0 when none of the words is there: the words are free
 * text. RESULT_NOT_FOUND, naming the piece, when some are there and others are not. */
enum result plan_matters_find(struct store *store, const char *words, struct arena *arena,
                              struct plan_matter **matters, size_t *count, struct error *error);

/* The matters of codes joined by commas, as a plan keeps them; NULL gives none. One that is no
 * longer in the library is given with its code for a title and is not valid. */
enum result plan_matters_load(struct store *store, const char *codes, struct arena *arena,
                              struct plan_matter **matters, size_t *count, struct error *error);

/* RESULT_REFUSED, naming it, when one of the matters is not in force. */
enum result plan_matters_check(const struct plan_matter *matters, size_t count,
                               struct error *error);

/* All matters, by code. */
enum result plan_matters_all(struct store *store, struct arena *arena, struct plan_matter **matters,
                             size_t *count, struct error *error);

#endif
