#include "score/share.h"

#include "base/buffer.h"
#include "base/large_memory.h"
#include "registry/relation_type.h"
#include "store/statement.h"

#include <stdlib.h>

#define IN_FORCE "coalesce(r.from_day, 0) <= ?1 AND (r.to_day IS NULL OR r.to_day > ?1)"

/* The other side of a relation in force; of several the first by its name. */
#define PARTY(type)                                                                                \
    "(SELECT min(r.party) FROM relation r WHERE r.enterprise = e.id AND r.type = '" type           \
    "' AND " IN_FORCE ")"

/* A number of others that is not known. */
#define UNKNOWN UINT32_MAX

#define ADDRESS "nullif(replace(e.address, ' ', ''), '')"
#define PHONE "nullif(replace(replace(e.phone, ' ', ''), '-', ''), '')"
#define LEGAL_PERSON "nullif(replace(e.legal_person, ' ', ''), '')"

/* What is shared: the party of a relation, else a column; each may be none. */
static const struct {
    const char *key;         /* share_key's */
    const char *party;       /* its part of that, or NULL */
    const char *party_is;    /* that a row r of relation is of it, or NULL */
    const char *column;      /* the column's part, or NULL */
    const char *skip;        /* bytes of the column that do not count */
    enum relation_type type; /* of the relation; RELATION_TYPE_COUNT: none */
} kinds[POLICY_SHARE_COUNT] = {
    [SHARE_ADDRESS] = {ADDRESS, NULL, NULL, ADDRESS, " ", RELATION_TYPE_COUNT},
    [SHARE_PHONE] = {PHONE, NULL, NULL, PHONE, " -", RELATION_TYPE_COUNT},
    [SHARE_LEGAL_PERSON] = {"coalesce(" PARTY("legal_representative") ", " LEGAL_PERSON ")",
                            PARTY("legal_representative"),
                            "r.type = 'legal_representative' AND " IN_FORCE, LEGAL_PERSON, " ",
                            RELATION_TYPE_legal_representative},
    [SHARE_AGENT] = {PARTY("agent"), PARTY("agent"), "r.type = 'agent' AND " IN_FORCE, NULL, "",
                     RELATION_TYPE_agent},
};

struct share {
    struct store *store;
    unsigned wanted;
    date day;
    /* Of all; ids are NULL when one is asked for and SQL counts. */
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

enum result share_new(struct share **share, struct store *store, unsigned wanted, date day,
                      struct error *error) {
    *share = calloc(1, sizeof(**share));
    if (*share == NULL) {
        return error_no_memory(error);
    }
    **share = (struct share){.store = store, .wanted = wanted, .day = day};
    return RESULT_OK;
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
        code = share_new(share, store, wanted, day, error);
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

/* The text that an enterprise shares or not, as share_key has it; NULL where it is not known. */
static enum result own_text(const struct share *share, int kind, int64_t enterprise, char **text,
                            struct error *error) {
    struct buffer sql = BUFFER_INIT;
    buffer_printf(&sql, "SELECT %s FROM enterprise e WHERE ?1 > 0 AND e.id = ?2", kinds[kind].key);
    enum result code =
        sql.failed
            ? error_no_memory(error)
            : store_fetch_text(share->store, sql.data,
                               VALUES(value_date(share->day), value_int(enterprise)), text, error);
    buffer_free(&sql);
    return code;
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
            char *text = NULL;
            code = own_text(share, kind, share->ids->ids[place], &text, error);
            share->keys[kind][place] = text_key_of(text, "");
            free(text);
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

/* The SQL that counts the others of ?2 whose text of a kind is ?3, ?4 ..., all kinds at one go over
 * the columns; whom a party has relations with is found by it. */
static void count_sql(const struct share *share, struct buffer *sql) {
    buffer_append_text(sql, "SELECT ");
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        const char *party = kinds[kind].party;
        const char *column = is_wanted(share, kind) ? kinds[kind].column : NULL;
        /* CASE, as AND looks for the party of every row */
        buffer_printf(sql, "%stotal(CASE WHEN %s = ?%d THEN %s%s END)", kind == 0 ? "" : ", ",
                      column == NULL ? "NULL" : column, kind + 3, party == NULL ? "1" : party,
                      party == NULL ? "" : " IS NULL");
        if (party != NULL && is_wanted(share, kind)) {
            buffer_printf(sql,
                          " + (SELECT count(*) FROM enterprise e WHERE e.id <> ?2 AND e.id IN "
                          "(SELECT r.enterprise FROM relation r WHERE r.party = ?%d AND %s) AND "
                          "%s = ?%d)",
                          kind + 3, kinds[kind].party_is, party, kind + 3);
        }
    }
    buffer_append_text(sql, " FROM enterprise e WHERE ?1 > 0 AND e.id <> ?2");
}

/* Counts the others of one enterprise by SQL. */
static enum result count_others(const struct share *share, int64_t enterprise,
                                int64_t others[static POLICY_SHARE_COUNT], struct error *error) {
    struct value values[POLICY_SHARE_COUNT + 2] = {value_date(share->day), value_int(enterprise)};
    char *texts[POLICY_SHARE_COUNT] = {NULL};
    struct buffer sql = BUFFER_INIT;
    struct statement *row = NULL;
    bool stands = false;
    enum result code = RESULT_OK;
    for (int kind = 0; code == RESULT_OK && kind < POLICY_SHARE_COUNT; kind++) {
        if (is_wanted(share, kind)) {
            code = own_text(share, kind, enterprise, &texts[kind], error);
        }
        values[kind + 2] = value_text(texts[kind]);
    }
    count_sql(share, &sql);
    if (code == RESULT_OK) {
        code = sql.failed ? error_no_memory(error)
                          : store_query(&row, share->store, sql.data, values,
                                        POLICY_SHARE_COUNT + 2, error);
    }
    if (code == RESULT_OK) {
        code = statement_step(row, &stands, error);
    }
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        if (code == RESULT_OK && texts[kind] != NULL) {
            others[kind] = statement_int(row, kind);
        }
        free(texts[kind]);
    }
    statement_free(row);
    buffer_free(&sql);
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
    for (int kind = 0; kind < POLICY_SHARE_COUNT; kind++) {
        free(share->keys[kind]);
        free(share->others[kind]);
    }
    free(share);
}
