/* Enterprises (市场主体). Owns the table enterprise. */
#ifndef XINFENG_REGISTRY_ENTERPRISE_H
#define XINFENG_REGISTRY_ENTERPRISE_H

#include "base/arena.h"
#include "base/date.h"
#include "registry/moment.h"
#include "registry/save.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that is not known. */
#define ENTERPRISE_UNKNOWN INT64_MIN

/* The one table of what is known of an enterprise; the names are the columns of the table and
 * the target fields of mapping profiles. */
#define ENTERPRISE_FIELDS(TEXT, NUMBER, DATE)                                                      \
    TEXT(uscc)                /* 统一社会信用代码, valid or absent */                      \
    TEXT(registration_number) /* 注册号 */                                                      \
    TEXT(name)                                                                                     \
    TEXT(kind)   /* enterprise | individual | cooperative */                                       \
    TEXT(type)   /* 市场主体类型, as written */                                              \
    TEXT(status) /* open, changed, cancelling, cancelled, revoked, moved_out, withdrawn */         \
    TEXT(legal_person)                                                                             \
    NUMBER(capital)    /* registered capital in fen of CNY */                                      \
    TEXT(capital_text) /* as written, where it is no amount of CNY */                              \
    DATE(established_on)                                                                           \
    DATE(approved_on)                                                                              \
    DATE(expires_on) /* end of the term of operation; absent: long-term */                         \
    TEXT(region)     /* division code of 6 or 9 digits (GB/T 2260, townships) */                   \
    TEXT(authority)  /* registration authority */                                                  \
    TEXT(station)    /* the station in charge (属地监管所) */                                 \
    TEXT(industry)   /* GB/T 4754 code: letter, or letter and digits */                            \
    TEXT(address)                                                                                  \
    TEXT(scope)                                                                                    \
    TEXT(phone)                                                                                    \
    NUMBER(insured_staff)                                                                          \
    NUMBER(paid_in_percent)                                                                        \
    NUMBER(key_field) /* 1: food, drugs, special equipment and other key fields (O9) */

/* One enterprise. Texts are borrowed (from an arena, a file row ...); NULL, DATE_NONE and
 * ENTERPRISE_UNKNOWN mean not known. */
struct enterprise {
    int64_t id; /* 0: not in the registry */
#define ENTERPRISE_TEXT(name) const char *name;
#define ENTERPRISE_NUMBER(name) int64_t name;
#define ENTERPRISE_DATE(name) date name;
    ENTERPRISE_FIELDS(ENTERPRISE_TEXT, ENTERPRISE_NUMBER, ENTERPRISE_DATE)
#undef ENTERPRISE_TEXT
#undef ENTERPRISE_NUMBER
#undef ENTERPRISE_DATE
    bool stub; /* named by a fact file only; nothing else known */
};

enum enterprise_field_type {
    ENTERPRISE_FIELD_TEXT,
    ENTERPRISE_FIELD_NUMBER,
    ENTERPRISE_FIELD_DATE
};

/* One field, for code that goes over all of them. */
struct enterprise_field {
    const char *name;
    enum enterprise_field_type type;
    size_t offset; /* in struct enterprise */
};

/* The fields in the table's order; *count of them. Static. */
const struct enterprise_field *enterprise_fields(size_t *count);

/* The translated name of a status ("open") or a kind ("individual"); the code itself when it is
 * none of them, NULL for NULL. */
const char *enterprise_status_name(const char *code);
const char *enterprise_kind_name(const char *code);

/* An enterprise of which nothing is known. */
struct enterprise enterprise_unknown(void);

/* The division code that stands in a USCC (places 3 to 8), in region[7]: today's code where the one
 * it was registered under is retired. false when it has none. */
bool enterprise_region_of_uscc(const char *uscc, char region[static 7]);

/* Saves many enterprises with prepared statements. */
struct enterprise_writer;

/* Free with enterprise_writer_free. */
enum result enterprise_writer_new(struct enterprise_writer **writer, struct store *store,
                                  struct error *error);

/* Saves one enterprise. id 0: inserts (name required; region is taken from the USCC and kind
 * "enterprise" and status "open" assumed where not known) and sets id. Otherwise updates the
 * fields that are known and differ; what is not known stays. A row that was a stub and comes with
 * more than a name and codes is a stub no longer. An update is journalled with before and after;
 * an insert too unless origin->bulk. Call inside a transaction.
 * RESULT_INVALID when the name or a value breaks its rules. */
enum result enterprise_writer_save(struct enterprise_writer *writer, struct enterprise *enterprise,
                                   const struct save_origin *origin, enum save_outcome *outcome,
                                   struct error *error);

/* Puts the fields that a change noted (its "before", as registry/change.h keeps it) back into an
 * enterprise, if it is there, and journals that. Call inside a transaction. */
enum result enterprise_writer_restore(struct enterprise_writer *writer, int64_t id,
                                      const json_t *before, const struct save_origin *origin,
                                      struct error *error);

/* Looks ids up; *id is 0 when there is none. */
enum result enterprise_writer_find_uscc(struct enterprise_writer *writer, const char *uscc,
                                        int64_t *id, struct error *error);
enum result enterprise_writer_find_number(struct enterprise_writer *writer, const char *number,
                                          int64_t *id, struct error *error);

/* The enterprises whose normalised name (text_name_key) is key: up to `most` ids; *found is how
 * many of them there are (at most `most`). */
enum result enterprise_writer_find_name(struct enterprise_writer *writer, const char *key,
                                        int64_t *ids, size_t most, size_t *found,
                                        struct error *error);

void enterprise_writer_free(struct enterprise_writer *writer);

/* Loads one enterprise; its texts live in the arena. RESULT_NOT_FOUND when there is none. */
enum result enterprise_load(struct store *store, int64_t id, struct arena *arena,
                            struct enterprise *enterprise, struct error *error);

/* The same as it was at a moment; NULL: as it is. */
enum result enterprise_load_at(struct store *store, int64_t id, const struct moment *moment,
                               struct arena *arena, struct enterprise *enterprise,
                               struct error *error);

/* Finds an enterprise by USCC, registration number or "#id"; RESULT_NOT_FOUND with a sentence
 * naming what was looked for. */
enum result enterprise_find(struct store *store, const char *code, int64_t *id,
                            struct error *error);

/* The unit id an enterprise has outside the database: USCC, else registration number, else "#id".
 * Lives in the arena, or is borrowed from the enterprise. */
const char *enterprise_unit(const struct enterprise *enterprise, struct arena *arena);

#endif
