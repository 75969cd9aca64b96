#include "score/network_links.h"

#include "registry/relation_type.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define IN_FORCE "coalesce(from_day, 0) <= ?1 AND (to_day IS NULL OR to_day > ?1)"

/* ---- sets of ids ----------------------------------------------------------------------------- */

bool id_set_add(struct id_set *set, int64_t id) {
    if (set->count == set->capacity) {
        size_t capacity = set->capacity == 0 ? 64 : set->capacity * 2;
        int64_t *ids = realloc(set->ids, capacity * sizeof(*ids));
        if (ids == NULL) {
            return false;
        }
        set->ids = ids;
        set->capacity = capacity;
    }
    set->ids[set->count++] = id;
    return true;
}

static int compare_ids(const void *left, const void *right) {
    int64_t one = *(const int64_t *)left;
    int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

void id_set_settle(struct id_set *set) {
    size_t kept = 0;
    if (set->count > 1) {
        qsort(set->ids, set->count, sizeof(*set->ids), compare_ids);
    }
    for (size_t i = 0; i < set->count; i++) {
        if (kept == 0 || set->ids[kept - 1] != set->ids[i]) {
            set->ids[kept++] = set->ids[i];
        }
    }
    set->count = kept;
}

/* ---- loading --------------------------------------------------------------------------------- */

/* What is being loaded. */
struct loading {
    struct links *links;
    size_t capacity;
    size_t party_capacity;
    char *party; /* the one that was read last */
};

/* Begins a party when the row is of another than the one before. */
static bool take_party(struct loading *loading, const char *party) {
    struct links *links = loading->links;
    if (loading->party != NULL && strcmp(loading->party, party) == 0) {
        return true;
    }
    free(loading->party);
    loading->party = strdup(party);
    if (loading->party == NULL) {
        return false;
    }
    if (links->parties + 1 >= loading->party_capacity) {
        size_t capacity = loading->party_capacity == 0 ? 256 : loading->party_capacity * 2;
        size_t *starts = realloc(links->starts, capacity * sizeof(*starts));
        links->starts = starts == NULL ? links->starts : starts;
        int64_t *self = realloc(links->self, capacity * sizeof(*self));
        links->self = self == NULL ? links->self : self;
        if (starts == NULL || self == NULL) {
            return false;
        }
        loading->party_capacity = capacity;
    }
    links->starts[links->parties] = links->count;
    links->self[links->parties] = 0;
    links->parties++;
    links->starts[links->parties] = links->count;
    return true;
}

/* Takes a row: party, enterprise, type, other. */
static bool take_link(struct loading *loading, struct statement *row) {
    struct links *links = loading->links;
    enum relation_type type = relation_type_find(statement_string(row, 2));
    if (type == RELATION_TYPE_COUNT) {
        return true; /* a word of a file that no policy can ask for */
    }
    if (!take_party(loading, statement_string(row, 0))) {
        return false;
    }
    if (links->count == loading->capacity) {
        size_t capacity = loading->capacity == 0 ? 1024 : loading->capacity * 2;
        struct link *grown = realloc(links->by_party, capacity * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        links->by_party = grown;
        loading->capacity = capacity;
    }
    links->by_party[links->count++] =
        (struct link){statement_int(row, 1), links->parties - 1, (uint32_t)type};
    links->starts[links->parties] = links->count;
    if (!statement_is_null(row, 3)) {
        links->self[links->parties - 1] = statement_int(row, 3);
    }
    return true;
}

static enum result take_rows(struct loading *loading, struct statement *rows, struct error *error) {
    bool row = true;
    enum result code = RESULT_OK;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = take_link(loading, rows) ? RESULT_OK : error_no_memory(error);
    }
    return code;
}

static enum result load_all(struct loading *loading, struct store *store, date day,
                            struct error *error) {
    struct statement *rows = NULL;
    enum result code =
        store_query(&rows, store,
                    "SELECT party, enterprise, type, other FROM relation WHERE " IN_FORCE
                    " ORDER BY party, other",
                    VALUES(value_date(day)), error);
    if (code == RESULT_OK) {
        code = take_rows(loading, rows, error);
    }
    statement_free(rows);
    return code;
}

/* Parties around one enterprise within the hops, by a walk in SQL: parties of the enterprises known
 * so far, and who has relations with those. */
static enum result load_around(struct loading *loading, struct store *store, date day,
                               int64_t enterprise, int64_t hops, struct error *error) {
    struct statement *rows = NULL;
    enum result code = store_query(
        &rows, store,
        "WITH RECURSIVE near (enterprise, hop) AS (VALUES (?2, 0) UNION "
        "SELECT m.enterprise, hop + 1 FROM near JOIN relation r "
        "ON r.enterprise = near.enterprise OR r.other = near.enterprise "
        "JOIN relation m ON m.party = r.party WHERE hop < ?3 - 1 UNION "
        "SELECT m.other, hop + 1 FROM near JOIN relation r ON r.enterprise = near.enterprise "
        "JOIN relation m ON m.party = r.party WHERE hop < ?3 - 1 AND m.other IS NOT NULL) "
        "SELECT party, enterprise, type, other FROM relation WHERE " IN_FORCE
        " AND party IN (SELECT r.party FROM near JOIN relation r "
        "ON r.enterprise = near.enterprise OR r.other = near.enterprise) ORDER BY party, other",
        VALUES(value_date(day), value_int(enterprise), value_int(hops)), error);
    if (code == RESULT_OK) {
        code = take_rows(loading, rows, error);
    }
    statement_free(rows);
    return code;
}

static int compare_links(const void *left, const void *right) {
    const struct link *one = left;
    const struct link *other = right;
    return (one->enterprise > other->enterprise) - (one->enterprise < other->enterprise);
}

/* Makes what is looked up by enterprise. */
static bool index_links(struct links *links) {
    struct id_set all = {0};
    links->by_enterprise = malloc((links->count + 1) * sizeof(*links->by_enterprise));
    links->selves = malloc(((size_t)links->parties + 1) * sizeof(*links->selves));
    bool fits = links->by_enterprise != NULL && links->selves != NULL;
    for (size_t i = 0; fits && i < links->count; i++) {
        links->by_enterprise[i] = links->by_party[i];
        fits = id_set_add(&all, links->by_party[i].enterprise);
    }
    for (uint32_t party = 0; fits && party < links->parties; party++) {
        if (links->self[party] != 0) {
            links->selves[links->self_count++] = (struct link){links->self[party], party, 0};
            fits = id_set_add(&all, links->self[party]);
        }
    }
    if (!fits) {
        free(all.ids);
        return false;
    }
    id_set_settle(&all);
    if (links->count > 0) {
        qsort(links->by_enterprise, links->count, sizeof(*links->by_enterprise), compare_links);
    }
    if (links->self_count > 0) {
        qsort(links->selves, links->self_count, sizeof(*links->selves), compare_links);
    }
    links->enterprises = all.ids;
    links->enterprise_count = all.count;
    return true;
}

enum result links_load(struct links *links, struct store *store, date day, int64_t enterprise,
                       int64_t hops, struct error *error) {
    *links = (struct links){0};
    struct loading loading = {.links = links};
    enum result code = enterprise == 0 ? load_all(&loading, store, day, error)
                                       : load_around(&loading, store, day, enterprise, hops, error);
    free(loading.party);
    if (code == RESULT_OK && !index_links(links)) {
        code = error_no_memory(error);
    }
    if (code != RESULT_OK) {
        links_clear(links);
    }
    return code;
}

void links_clear(struct links *links) {
    free(links->by_party);
    free(links->by_enterprise);
    free(links->starts);
    free(links->selves);
    free(links->self);
    free(links->enterprises);
    *links = (struct links){0};
}

/* ---- going around ---------------------------------------------------------------------------- */

/* Adds everybody with relations of the types with a party, and the party itself. */
static bool add_party(const struct links *links, uint32_t party, uint32_t types,
                      struct id_set *set) {
    bool fits = links->self[party] == 0 || id_set_add(set, links->self[party]);
    for (size_t i = links->starts[party]; fits && i < links->starts[party + 1]; i++) {
        if (types >> links->by_party[i].type & 1) {
            fits = id_set_add(set, links->by_party[i].enterprise);
        }
    }
    return fits;
}

/* The first place of an enterprise among links by enterprise. */
static size_t first_of(const struct link *links, size_t count, int64_t enterprise) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links[middle].enterprise < enterprise) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds those one hop from an enterprise. */
static bool add_near(const struct links *links, int64_t enterprise, uint32_t types,
                     struct id_set *set) {
    bool fits = true;
    for (size_t i = first_of(links->by_enterprise, links->count, enterprise);
         fits && i < links->count && links->by_enterprise[i].enterprise == enterprise; i++) {
        if (types >> links->by_enterprise[i].type & 1) {
            fits = add_party(links, links->by_enterprise[i].party, types, set);
        }
    }
    for (size_t i = first_of(links->selves, links->self_count, enterprise);
         fits && i < links->self_count && links->selves[i].enterprise == enterprise; i++) {
        fits = add_party(links, links->selves[i].party, types, set);
    }
    return fits;
}

bool links_around(const struct links *links, int64_t enterprise, uint32_t types, int64_t hops,
                  struct id_set *around) {
    around->count = 0;
    bool fits = add_near(links, enterprise, types, around);
    id_set_settle(around);
    if (fits && hops > 1) {
        struct id_set near = {0};
        for (size_t i = 0; fits && i < around->count; i++) {
            fits = id_set_add(&near, around->ids[i]);
        }
        for (size_t i = 0; fits && i < near.count; i++) {
            fits = add_near(links, near.ids[i], types, around);
        }
        free(near.ids);
        id_set_settle(around);
    }
    size_t kept = 0;
    for (size_t i = 0; i < around->count; i++) {
        if (around->ids[i] != enterprise) {
            around->ids[kept++] = around->ids[i];
        }
    }
    around->count = kept;
    return fits;
}
