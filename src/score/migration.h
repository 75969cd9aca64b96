/* Migration: how the enterprises moved over the classes between two states, two periods or the
 * newest one and a day that is tried. Both states are held in memory, five bytes an enterprise
 * each, so that any cell of the matrix is listed at once. */
#ifndef XINFENG_SCORE_MIGRATION_H
#define XINFENG_SCORE_MIGRATION_H

#include "score/listing.h"
#include "score/period.h"
#include "score/result.h"
#include "score/simulate.h"

enum { MIGRATION_FROM, MIGRATION_TO, MIGRATION_SIDES };

/* One of the two states. */
struct migration_side {
    int64_t period; /* 0: none was run; nobody has a class */
    bool tried;     /* scored for a day now, and not stored */
    bool closed;
    date day;
    uint8_t *classes; /* by enterprise, an enum risk_class; CLASS_COUNT: not scored */
    int32_t *totals;  /* by enterprise, centipoints */
};

struct migration {
    int64_t last; /* the highest enterprise; the arrays reach so far */
    struct migration_side sides[MIGRATION_SIDES];
    struct simulation counts; /* its period and day are those of the second state */
};

/* A decision of one state about one enterprise. */
struct migration_decision {
    enum score_decision kind;
    char rule[32];       /* code of the direct rule, or "" */
    int64_t override_id; /* 0: none */
};

/* Loads two periods. RESULT_NOT_FOUND when one was not run, RESULT_USAGE when they are the same.
 * Free with migration_free. */
enum result migration_load(struct store *store, int64_t from, int64_t to,
                           struct migration *migration, struct error *error);

/* Scores the whole registry for a day under the policies in force, beside the newest period, and
 * stores nothing. The day may be any past one, or one to come up to the end of the clock's month:
 * what has happened by a later one nobody can know. RESULT_REFUSED for such a day. Free with
 * migration_free. */
enum result migration_try(struct store *store, const struct clock *clock, date day,
                          const struct progress *progress, struct migration *migration,
                          struct error *error);

void migration_free(struct migration *migration);

/* The numbers of up to `most` enterprises behind (or before, rising all the same) one that moved
 * from a class to another. CLASS_COUNT: not scored there. Gives how many. */
size_t migration_list(const struct migration *migration, enum risk_class from, enum risk_class to,
                      int64_t beside, bool before, int64_t *enterprises, size_t most);

/* The next enterprise behind one whose class changed; 0 when there is none. */
int64_t migration_next(const struct migration *migration, int64_t behind);

/* How many in all came in (not scored before), went, rose to a higher risk, or fell. */
struct migration_sums {
    int64_t came;
    int64_t went;
    int64_t rose;
    int64_t fell;
    int64_t stayed;
};
struct migration_sums migration_sums(const struct migration *migration);

/* A cell's share of all that a class had before, in tenths of a percent, rounded; 0 of none. */
int64_t migration_share(const struct migration *migration, enum risk_class from,
                        enum risk_class to);

/* Loads what decided in a stored state; kind DECIDED_BY_SCORE where there is no result. */
enum result migration_decision(struct store *store, const struct migration_side *side,
                               int64_t enterprise, struct migration_decision *decision,
                               struct error *error);

#endif
