/* Facts (涉企信息): one penalty, one listing, one complaint ... Owns the table fact. */
#ifndef XINFENG_REGISTRY_FACT_H
#define XINFENG_REGISTRY_FACT_H

#include "base/arena.h"
#include "base/date.h"
#include "registry/moment.h"
#include "registry/save.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Statuses: only valid facts count; the others are X10 (1) to (5). */
#define FACT_STATUS_TABLE(X)                                                                       \
    X(0, valid, N_("valid"))                                                                       \
    X(1, revoked, N_("revoked or confirmed unlawful"))                                             \
    X(2, changed, N_("changed"))                                                                   \
    X(3, erroneous, N_("erroneous by the source's own word"))                                      \
    X(4, disputed, N_("disputed by the source"))                                                   \
    X(5, excluded_by_law, N_("excluded by law"))

enum fact_status {
#define FACT_STATUS_ENUM(number, code, name) FACT_STATUS_##code = number,
    FACT_STATUS_TABLE(FACT_STATUS_ENUM)
#undef FACT_STATUS_ENUM
};

/* The status of a code such as "revoked"; -1 when there is none. */
int fact_status_find(const char *code);
/* The stable code of a status; NULL when there is none. */
const char *fact_status_code(int status);
/* Its translated name. */
const char *fact_status_name(int status);

#define FACT_NO_AMOUNT INT64_MIN
#define FACT_NO_LEVEL INT32_MIN

/* One fact. Texts are borrowed. */
struct fact {
    int64_t id; /* enterprise << 20 | sequence; 0: not in the registry */
    int32_t type;
    int32_t status;
    date occurred_on;
    date ended_on;        /* DATE_NONE: still in force */
    int64_t amount;       /* fen, or FACT_NO_AMOUNT */
    int32_t level;        /* or FACT_NO_LEVEL */
    const char *document; /* document number, or NULL */
    const char *title;    /* what it says in a line, or NULL */
    const char *agency;   /* the body that issued it, or NULL */
    const char *source;   /* set when loaded */
    date recorded_on;     /* set when loaded */
    bool source_added;    /* set when saved: it stood already, and this source was new to it */
};

/* A fact of which only type and day are given, still in force. */
struct fact fact_make(int32_t type, date occurred_on);

/* The enterprise a fact belongs to. */
int64_t fact_enterprise(int64_t fact_id);

/* The first id a fact of an enterprise can have, and the last. */
int64_t fact_first_id(int64_t enterprise);
int64_t fact_last_id(int64_t enterprise);

/* Saves many facts with prepared statements. */
struct fact_writer;

/* Free with fact_writer_free. */
enum result fact_writer_new(struct fact_writer **writer, struct store *store, struct error *error);

/* Saves one fact of an enterprise and sets its id. Two facts of one enterprise and type are the
 * same when their document numbers are (normalised); without one, when their record keys are;
 * without both, when day, amount, level, title and agency are. A fact that is there already and
 * differs is updated and journalled before and after. Call inside a transaction.
 * record: the row's key in its source, or NULL. */
enum result fact_writer_save(struct fact_writer *writer, int64_t enterprise, struct fact *fact,
                             const char *record, const struct save_origin *origin,
                             enum save_outcome *outcome, struct error *error);

/* Puts the fields that a change noted (its "before", as registry/change.h keeps it) back into a
 * fact, if it is there, and journals that. Call inside a transaction. */
enum result fact_writer_restore(struct fact_writer *writer, int64_t id, const json_t *before,
                                const struct save_origin *origin, struct error *error);

void fact_writer_free(struct fact_writer *writer);

/* Loads all facts of an enterprise, newest first, into the arena: *facts, *count of them. */
enum result fact_load_all(struct store *store, int64_t enterprise, struct arena *arena,
                          struct fact **facts, size_t *count, struct error *error);

/* The same as they were at a moment; NULL: as they are. */
enum result fact_load_all_at(struct store *store, int64_t enterprise, const struct moment *moment,
                             struct arena *arena, struct fact **facts, size_t *count,
                             struct error *error);

/* One telling of a fact: where it came from. Texts live in the arena. */
struct fact_telling {
    int64_t fact;
    const char *source;
    const char *file; /* of the intake; NULL: it came by none */
    int64_t batch;    /* 0: none */
    int64_t line;
};

/* Loads all tellings of all facts of an enterprise, by fact, the first telling of each first. */
enum result fact_load_tellings(struct store *store, int64_t enterprise, struct arena *arena,
                               struct fact_telling **tellings, size_t *count, struct error *error);

/* The same as it was at a moment; NULL: as it is. */
enum result fact_load_tellings_at(struct store *store, int64_t enterprise,
                                  const struct moment *moment, struct arena *arena,
                                  struct fact_telling **tellings, size_t *count,
                                  struct error *error);

/* Loads the ids of the facts of an enterprise that changed or went since a moment, rising. */
enum result fact_load_changed(struct store *store, int64_t enterprise, const struct moment *moment,
                              struct arena *arena, int64_t **ids, size_t *count,
                              struct error *error);

/* Loads one fact; RESULT_NOT_FOUND when there is none. */
enum result fact_load(struct store *store, int64_t id, struct arena *arena, struct fact *fact,
                      struct error *error);

#endif
