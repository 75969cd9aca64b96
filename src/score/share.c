#include "score/share.h"

#include "base/buffer.h"
#include "base/large_memory.h"
#include "registry/relation_type.h"
#include "score/share_text.h"
#include "store/statement.h"

#include <stdlib.h>

#define IN_FORCE "coalesce(r.from_day, 0) <= ?1 AND (r.to_day IS NULL OR r.to_day > ?1)"

/* The other side of a relation in force; of several the first by its name. */
#define PARTY(type)                                                                                \
    "(SELECT min(r.party) FROM relation r WHERE r.enterprise = e.id AND r.type = '" type           \
    "' AND " IN_FORCE ")"

/* A number of others that is not known. */
#define UNKNOWN UINT32_MAX

/* What is shared: the party of a relation, else a column; each may be none. */
static const struct {
    const char *key;         /* share_key's */
    const char *party;       /* its part of that, or NULL */
    const char *party_is;    /* that a row r of relation is of it, or NULL */
    const char *column;      /* the column's part, or NULL */
    const char *skip;        /* bytes of the column that do not count */
    enum relation_type type; /* of the relation; RELATION_TYPE_COUNT: none */
} kinds[POLICY_SHARE_COUNT] = {
    [SHARE_ADDRESS] = {SHARE_TEXT("e.address"), NULL, NULL, SHARE_TEXT("e.address"), " ",
                       RELATION_TYPE_COUNT},
    [SHARE_PHONE] = {SHARE_TEXT_PHONE("e.phone"), NULL, NULL, SHARE_TEXT_PHONE("e.phone"), " -",
                     RELATION_TYPE_COUNT},
    [SHARE_LEGAL_PERSON] = {"coalesce(" PARTY("legal_representative") ", " SHARE_TEXT(
                                "e.legal_person") ")",
                            PARTY("legal_representative"),
                            "r.type = 'legal_representative' AND " IN_FORCE,
                            SHARE_TEXT("e.legal_person"), " ", RELATION_TYPE_legal_representative},
    [SHARE_AGENT] = {PARTY("agent"), PARTY("agent"), "r.type = 'agent' AND " IN_FORCE, NULL, "",
                     RELATION_TYPE_agent},
};

struct share {
    struct store *store;
    unsigned wanted;
    date day;
    /* Of a few, for each of whom SQL counts. */
    struct statement *own;                        /* the texts of an enterprise, by kind */
    struct statement *counts[POLICY_SHARE_COUNT]; /* how many have a text */
    struct text_table *counted;                   /* what those gave, by kind */
    /* Of all; ids are NULL when it is a few. */
    const struct id_list *ids;
    struct text_key *keys[POLICY_SHARE_COUNT]; /* by place, until they are counted */
    uint32_t *others[POLICY_SHARE_COUNT];      /* by place, and 1; or 0: it is not known */
};

const char *share_key(enum policy_share share) {
    return kinds[share].key;
}

unsigned share_wanted(const struct policy *policy) {
    unsigned wanted = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].kind == POLICY_SHARE) {
            wanted |= 1U << policy->indicators[i].share;
        }
    }
    return wanted;
}

bool share_needs_links(unsigned wanted) {
    return (wanted & (1U << SHARE_LEGAL_PERSON | 1U << SHARE_AGENT)) != 0;
}

static bool is_wanted(const struct share *share, int kind) {
    return (share->wanted >> kind & 1) != 0;
}

enum result share_make_indexes(struct store *store, struct error *error) {
    static const char *const indexes[] = {
        "CREATE INDEX IF NOT EXISTS enterprise_shared_address ON enterprise (" SHARE_TEXT(
            "address") ")",
        "CREATE INDEX IF NOT EXISTS enterprise_shared_phone ON enterprise (" SHARE_TEXT_PHONE(
            "phone") ")",
        "CREATE INDEX IF NOT EXISTS enterprise_shared_legal_person ON enterprise (" SHARE_TEXT(
            "legal_person") ")",
    };
    int64_t any = 0;
    enum result code = store_fetch_int(store, "SELECT EXISTS (SELECT 1 FROM enterprise)", NO_VALUES,
                                       0, &any, error);
    for (size_t i = 0; code == RESULT_OK && any != 0 && i < sizeof(indexes) / sizeof(indexes[0]);
         i++) {
        code = store_execute(store, indexes[i], NO_VALUES, error);
    }
    return code;
}

/* The SQL that gives the texts of the enterprise ?2 on the day ?1. */
static void own_sql(struct buffer *sql) {
    buffer_append_text(sql, "SELECT ");
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        buffer_printf(sql, "%s%s", kind == 0 ? "" : ", ", kinds[kind].key);
    }
    buffer_append_text(sql, " FROM enterprise e WHERE ?1 > 0 AND e.id = ?2");
}

/* The SQL that counts those whose text of a kind is ?2 on the day ?1: by the index of the column,
 * and by the relations of the party. */
static void count_sql(int kind, struct buffer *sql) {
    const char *party = kinds[kind].party;
    buffer_append_text(sql, "SELECT 0");
    if (kinds[kind].column != NULL) {
        buffer_printf(sql, " + (SELECT count(*) FROM enterprise e WHERE %s = ?2%s%s%s)",
                      kinds[kind].column, party == NULL ? "" : " AND ", party == NULL ? "" : party,
                      party == NULL ? "" : " IS NULL");
    }
    if (party != NULL) {
        buffer_printf(sql,
                      " + (SELECT count(*) FROM enterprise e WHERE e.id IN "
                      "(SELECT r.enterprise FROM relation r WHERE r.party = ?2 AND %s) AND "
                      "%s = ?2)",
                      kinds[kind].party_is, party);
    }
    buffer_append_text(sql, " WHERE ?1 > 0");
}

static enum result prepare(struct share *share, int kind, struct statement **statement,
                           struct error *error) {
    struct buffer sql = BUFFER_INIT;
    if (kind < 0) {
        own_sql(&sql);
    } else {
        count_sql(kind, &sql);
    }
    enum result code = sql.failed ? error_no_memory(error)
                                  : statement_prepare(statement, share->store, sql.data, error);
    buffer_free(&sql);
    return code;
}

static enum result make(struct share **share, struct store *store, unsigned wanted, date day,
                        struct error *error) {
    *share = calloc(1, sizeof(**share));
    if (*share == NULL) {
        return error_no_memory(error);
    }
    **share = (struct share){.store = store, .wanted = wanted, .day = day};
    return prepare(*share, -1, &(*share)->own, error);
}

enum result share_new(struct share **share, struct store *store, unsigned wanted, date day,
                      struct error *error) {
    enum result code = make(share, store, wanted, day, error);
    if (code == RESULT_OK) {
        (*share)->counted = calloc(POLICY_SHARE_COUNT, sizeof(*(*share)->counted));
        code = (*share)->counted == NULL ? error_no_memory(error) : RESULT_OK;
    }
    for (int kind = 0; code == RESULT_OK && kind < POLICY_SHARE_COUNT; kind++) {
        if (is_wanted(*share, kind)) {
            code = prepare(*share, kind, &(*share)->counts[kind], error);
        }
    }
    return code;
}

/* ---- counting all ---------------------------------------------------------------------------- */

static enum result make_keys(struct share *share, int kind, size_t count, struct error *error) {
    share->keys[kind] = large_memory_new((count + 1) * sizeof(*share->keys[kind]));
    return share->keys[kind] == NULL ? error_no_memory(error) : RESULT_OK;
}

/* Makes the keys of the columns of every enterprise. */
static enum result read_keys(struct share *share, struct id_list *ids, size_t most,
                             struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, share->store, "SELECT id, address, phone, legal_person FROM enterprise ORDER BY id",
        NO_VALUES, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row || ids->count == most) {
            break;
        }
        static const int columns[] = {
            [SHARE_ADDRESS] = 1, [SHARE_PHONE] = 2, [SHARE_LEGAL_PERSON] = 3};
        for (int kind = 0; kind <= SHARE_LEGAL_PERSON; kind++) {
            if (is_wanted(share, kind)) {
                share->keys[kind][ids->count] =
                    text_key_of(statement_text(rows, columns[kind]), kinds[kind].skip);
            }
        }
        code = id_list_add(ids, statement_int(rows, 0)) ? RESULT_OK : error_no_memory(error);
    }
    statement_free(rows);
    return code;
}

/* Counts the enterprises of each key of a kind, and lets go of the keys. */
static enum result count_kind(struct share *share, int kind, struct error *error) {
    struct text_table counts = {0};
    struct text_key *keys = share->keys[kind];
    share->others[kind] = large_memory_new((share->ids->count + 1) * sizeof(uint32_t));
    bool fits = share->others[kind] != NULL;
    for (size_t place = 0; fits && place < share->ids->count; place++) {
        if (!text_key_empty(keys[place])) {
            struct text_slot *slot = text_table_enter(&counts, keys[place]);
            fits = slot != NULL;
            if (fits) {
                slot->number++;
            }
        }
    }
    for (size_t place = 0; fits && place < share->ids->count; place++) {
        share->others[kind][place] =
            text_key_empty(keys[place]) ? 0 : text_table_find(&counts, keys[place]);
    }
    text_table_clear(&counts);
    free(keys);
    share->keys[kind] = NULL;
    return fits ? RESULT_OK : error_no_memory(error);
}

enum result share_new_all(struct share **share, struct store *store, unsigned wanted, date day,
                          struct id_list *ids, struct error *error) {
    int64_t count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM enterprise", NO_VALUES, 0, &count, error);
    if (code == RESULT_OK) {
        code = make(share, store, wanted, day, error);
    }
    for (int kind = 0; code == RESULT_OK && kind <= SHARE_LEGAL_PERSON; kind++) {
        if (is_wanted(*share, kind)) {
            code = make_keys(*share, kind, (size_t)count, error);
        }
    }
    if (code == RESULT_OK) {
        (*share)->ids = ids;
        code = read_keys(*share, ids, (size_t)count, error);
    }
    for (int kind = 0; code == RESULT_OK && kind < POLICY_SHARE_COUNT; kind++) {
        if (is_wanted(*share, kind) && kinds[kind].type == RELATION_TYPE_COUNT) {
            code = count_kind(*share, kind, error);
        }
    }
    return code;
}

/* Steps to the texts of an enterprise; *stands tells whether it is there. */
static enum result own_texts(const struct share *share, int64_t enterprise, bool *stands,
                             struct error *error) {
    enum result code =
        statement_bind(share->own, VALUES(value_date(share->day), value_int(enterprise)), error);
    return code == RESULT_OK ? statement_step(share->own, stands, error) : code;
}

/* Puts the party of a relation, where there is one, before what the column says. */
static enum result take_parties(struct share *share, int kind, const struct links *links,
                                struct error *error) {
    enum result code = share->keys[kind] != NULL ? RESULT_OK /* of the column */
                                                 : make_keys(share, kind, share->ids->count, error);
    for (size_t place = 0; code == RESULT_OK && place < share->ids->count; place++) {
        size_t found = 0;
        for (size_t i = links->of.starts[place]; i < links->of.starts[place + 1]; i++) {
            if (links->of.links[i].type == (uint32_t)kinds[kind].type) {
                share->keys[kind][place] = links->keys[links->of.links[i].end];
                found++;
            }
        }
        if (found > 1) { /* the first by name counts */
            bool stands = false;
            code = own_texts(share, share->ids->ids[place], &stands, error);
            if (code == RESULT_OK && stands) {
                share->keys[kind][place] = text_key_of(statement_text(share->own, kind), "");
            }
        }
    }
    return code;
}

enum result share_count(struct share *share, const struct links *links, struct error *error) {
    enum result code = RESULT_OK;
    for (int kind = 0; code == RESULT_OK && kind < POLICY_SHARE_COUNT; kind++) {
        if (is_wanted(share, kind) && kinds[kind].type != RELATION_TYPE_COUNT) {
            code = take_parties(share, kind, links, error);
            code = code == RESULT_OK ? count_kind(share, kind, error) : code;
        }
    }
    return code;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* How many have a text of a kind, asked once a text. */
static enum result count_text(const struct share *share, int kind, const char *text, int64_t *count,
                              struct error *error) {
    struct text_slot *slot = text_table_enter(&share->counted[kind], text_key_of(text, ""));
    enum result code = slot == NULL ? error_no_memory(error) : RESULT_OK;
    *count = slot == NULL ? 0 : slot->number;
    if (code == RESULT_OK && *count == 0) {
        code = statement_fetch_int(
            share->counts[kind], VALUES(value_date(share->day), value_text(text)), 0, count, error);
        slot->number = *count < 1 ? 1 : (uint32_t)*count;
    }
    return code;
}

/* Counts the others of one enterprise by SQL; it is itself among those who have its text. */
static enum result count_others(const struct share *share, int64_t enterprise,
                                int64_t others[static POLICY_SHARE_COUNT], struct error *error) {
    bool stands = false;
    enum result code = own_texts(share, enterprise, &stands, error);
    for (int kind = 0; code == RESULT_OK && stands && kind < POLICY_SHARE_COUNT; kind++) {
        if (share->counts[kind] != NULL && !statement_is_null(share->own, kind)) {
            code = count_text(share, kind, statement_text(share->own, kind), &others[kind], error);
            others[kind]--;
        }
    }
    return code;
}

enum result share_of(const struct share *share, int64_t enterprise,
                     int64_t others[static POLICY_SHARE_COUNT], struct error *error) {
    size_t place = share->ids == NULL ? 0 : id_list_place(share->ids, enterprise);
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        bool known = share->ids != NULL && place < share->ids->count && is_wanted(share, kind);
        others[kind] = known ? (int64_t)share->others[kind][place] - 1 : -1;
    }
    return share->ids == NULL && share->wanted != 0 ? count_others(share, enterprise, others, error)
                                                    : RESULT_OK;
}

void share_free(struct share *share) {
    if (share == NULL) {
        return;
    }
    statement_free(share->own);
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        statement_free(share->counts[kind]);
        if (share->counted != NULL) {
            text_table_clear(&share->counted[kind]);
        }
        free(share->keys[kind]);
        free(share->others[kind]);
    }
    free(share->counted);
    free(share);
}
