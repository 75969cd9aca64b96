/* The names of an intake's rejected rows that a person has to settle, and the rows that wait for no
 * more than to be taken in again, because it was done. */
#ifndef XINFENG_INTAKE_BATCH_NAMES_H
#define XINFENG_INTAKE_BATCH_NAMES_H

#include "intake/batch_list.h"

/* Rejects that a decision about their name helps, as a condition of SQL on the table reject. The
 * index reject_name holds exactly these. */
#define BATCH_NAMES_CONDITION                                                                      \
    "name IS NOT NULL AND reason IN ('unknown_name', 'ambiguous_name', 'no_code')"

/* The same for rows whose name a person has led to an enterprise since, until they are taken in
 * again; a batch that was undone took nothing in. */
#define BATCH_NAMES_WAIT                                                                           \
    BATCH_NAMES_CONDITION                                                                          \
    " AND EXISTS (SELECT 1 FROM match_decision d WHERE d.name = reject.name"                       \
    " AND d.code = ifnull(reject.code, '') AND d.withdrawn_at IS NULL AND d.enterprise IS NOT"     \
    " NULL) AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = reject.again AND b.undone_at IS"    \
    " NULL)"

/* A name of rejected rows that no enterprise, or several, bear. */
struct batch_name {
    const char *name;
    const char *code; /* what stood beside it and is no code; "" when nothing did */
    int64_t rows;     /* that bear it */
    int64_t line;     /* the first of them */
};

/* Loads a piece of the names that are still to be decided, by the line of their first row, which is
 * the key. */
enum result batch_names(struct store *store, int64_t batch, const struct batch_page *page,
                        struct arena *arena, struct batch_name **names, size_t *count,
                        struct error *error);

/* What is left to do about the names of an intake. */
struct batch_names_left {
    int64_t names;   /* still to be decided */
    int64_t waiting; /* rows that wait to be taken in again, see BATCH_NAMES_WAIT */
};

/* Counts it. */
enum result batch_names_count(struct store *store, int64_t batch, struct batch_names_left *left,
                              struct error *error);

#endif
