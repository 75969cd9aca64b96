/* Which enterprise of the registry a row speaks of. */
#ifndef XINFENG_INTAKE_MATCH_H
#define XINFENG_INTAKE_MATCH_H

#include "intake/mapper.h"

/* What was found. Sentences live in the arena given. */
struct match {
    int64_t id;         /* 0: not in the registry */
    bool same_name;     /* the registry's name is the row's, written as it may be */
    bool new_number;    /* the row's registration number is to be kept with the enterprise */
    enum remark remark; /* to be kept when the row is taken in */
    const char *remark_sentence;
    enum reason reason; /* the row cannot be taken in */
    const char *sentence;
};

struct matcher;

/* The writer is borrowed. Free with matcher_free. */
enum result matcher_new(struct matcher **matcher, struct store *store,
                        struct enterprise_writer *writer, struct error *error);

/* Finds the enterprise of a row.
 *
 * The USCC decides, since it stays with an enterprise for life while names change: a differing
 * name is a remark. An enterprise not found by USCC may be found by its registration number when
 * the registry has no USCC for it. A registration number unknown to the registry (old tax numbers,
 * mostly) leads to the one enterprise of that very name whose own number is not known and whose
 * USCC does not speak against it; the number is then kept with it, so that other rows find it.
 * Without a usable code the name must belong to exactly one enterprise; where none or several bear
 * it, what a person decided about the name counts (intake/match_decision.h), and otherwise the row
 * is rejected, with those of the name told.
 *
 * id 0 without a reason: nothing found by the code, and so a new enterprise. */
enum result matcher_find(struct matcher *matcher, const struct mapped *mapped, struct arena *arena,
                         struct match *match, struct error *error);

/* NULL is harmless. */
void matcher_free(struct matcher *matcher);

#endif
