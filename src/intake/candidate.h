/* Enterprises that a name may mean, when it is nobody's: for a person to choose from. What is
 * merely alike is never taken by itself. */
#ifndef XINFENG_INTAKE_CANDIDATE_H
#define XINFENG_INTAKE_CANDIDATE_H

#include "base/arena.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In what a name and a code differ from an enterprise's. */
struct candidate_difference {
    bool place; /* 新疆, 呼图壁县: what stands before */
    bool form;  /* 有限责任公司: what stands behind */
    bool core;  /* what is left between them */
    int code;   /* characters of the code; -1: there are not two codes of one length */
};

/* One enterprise. Texts live in the arena. */
struct candidate {
    int64_t id;
    const char *name;
    const char *uscc;   /* or NULL */
    const char *number; /* registration number, or NULL */
    int similarity; /* 0 to 100; 100: the same but for the place before it and the form behind */
    struct candidate_difference differs;
};

/* The enterprises whose names are most like a name, the most like first, at most `most` of them and
 * none below 40. Names are compared without the place before them (新疆, 呼图壁县) and the form
 * behind (有限责任公司 ...), by the pairs of characters they share. Reads every name of the
 * registry once: some 0.3 s a million. code is what stood beside the name and is no code ("" when
 * nothing did): an enterprise whose code differs from it in at most two characters counts too. */
enum result candidate_find(struct store *store, const char *name, const char *code, size_t most,
                           struct arena *arena, struct candidate **candidates, size_t *count,
                           struct error *error);

/* In what two names, as text_name_key gives them, and two codes (NULL or "": none) differ. */
struct candidate_difference candidate_difference(const char *left, const char *right,
                                                 const char *code, const char *other);

/* How alike two names are, 0 to 100; both as text_name_key gives them. */
int candidate_similarity(const char *left, const char *right);

#endif
