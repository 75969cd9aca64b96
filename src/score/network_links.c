#include "score/network_links.h"

#include "base/large_memory.h"
#include "registry/relation_type.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define IN_FORCE "coalesce(from_day, 0) <= ?1 AND (to_day IS NULL OR to_day > ?1)"

/* How many places are sorted where they stand. */
#define FEW 32

/* ---- loading --------------------------------------------------------------------------------- */

/* A relation as it is read. */
struct relation {
    uint32_t place; /* of the enterprise */
    uint32_t other; /* the place of the enterprise that the party is, and 1; or 0 */
    uint32_t party;
    uint32_t type;
};

/* What is being loaded. */
struct loading {
    const struct id_list *ids;
    struct relation *relations;
    size_t count;
    size_t capacity;
    struct text_table numbers; /* of parties, from 1 on */
    struct text_key *keys;
    size_t key_capacity;
};

/* The number of a party, from 0 on; false when memory is short. */
static bool number_party(struct loading *loading, const char *party, uint32_t *number) {
    struct text_key key = text_key_of(party, "");
    struct text_slot *slot = text_table_enter(&loading->numbers, key);
    if (slot == NULL) {
        return false;
    }
    if (slot->number == 0) {
        size_t count = loading->numbers.count;
        if (count > loading->key_capacity) {
            size_t capacity = loading->key_capacity == 0 ? 256 : loading->key_capacity * 2;
            struct text_key *keys = realloc(loading->keys, capacity * sizeof(*keys));
            if (keys == NULL) {
                return false;
            }
            loading->keys = keys;
            loading->key_capacity = capacity;
        }
        loading->keys[count - 1] = key;
        slot->number = (uint32_t)count;
    }
    *number = slot->number - 1;
    return true;
}

static bool add_relation(struct loading *loading, const struct relation *relation) {
    if (loading->count == loading->capacity) {
        size_t capacity = loading->capacity == 0 ? 1024 : loading->capacity * 2;
        struct relation *grown = realloc(loading->relations, capacity * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        loading->relations = grown;
        loading->capacity = capacity;
    }
    loading->relations[loading->count++] = *relation;
    return true;
}

/* Takes a row: enterprise, type, party, other. */
static bool take_row(struct loading *loading, struct statement *row) {
    int64_t other = statement_int(row, 3);
    struct relation relation = {
        .place = (uint32_t)id_list_place(loading->ids, statement_int(row, 0)),
        .other = other == 0 ? 0 : (uint32_t)id_list_place(loading->ids, other) + 1,
        .type = relation_type_find(statement_string(row, 1))};
    if (relation.type == RELATION_TYPE_COUNT) {
        return true; /* a word of a file that no policy can ask for */
    }
    return number_party(loading, statement_string(row, 2), &relation.party) &&
           add_relation(loading, &relation);
}

static enum result take_rows(struct loading *loading, struct statement *rows, struct error *error) {
    bool row = true;
    enum result code = RESULT_OK;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = take_row(loading, rows) ? RESULT_OK : error_no_memory(error);
    }
    return code;
}

static void loading_clear(struct loading *loading) {
    free(loading->relations);
    free(loading->keys);
    text_table_clear(&loading->numbers);
}

/* ---- tables by end --------------------------------------------------------------------------- */

/* Turns numbers of links by end into where each end's begin, and makes room for the links. */
static bool table_size(struct link_table *table, size_t ends) {
    uint32_t sum = 0;
    for (size_t i = 0; i < ends; i++) {
        uint32_t count = table->starts[i];
        table->starts[i] = sum;
        sum += count;
    }
    table->starts[ends] = sum;
    table->links = large_memory_new(((size_t)sum + 1) * sizeof(*table->links));
    return table->links != NULL;
}

/* Puts a link at the next place of its end; starts are moved on, and back by table_settle. */
static void table_put(struct link_table *table, size_t end, uint32_t other, uint32_t type) {
    table->links[table->starts[end]++] = (struct link){other, type};
}

static void table_settle(struct link_table *table, size_t ends) {
    memmove(table->starts + 1, table->starts, ends * sizeof(*table->starts));
    table->starts[0] = 0;
}

static bool make_tables(struct links *links, const struct loading *loading) {
    size_t enterprises = links->ids->count;
    size_t parties = links->party_count;
    links->parties.starts = calloc(parties + 1, sizeof(uint32_t));
    links->of.starts = calloc(enterprises + 1, sizeof(uint32_t));
    links->selves.starts = calloc(enterprises + 1, sizeof(uint32_t));
    links->self = calloc(parties + 1, sizeof(uint32_t));
    if (links->parties.starts == NULL || links->of.starts == NULL || links->selves.starts == NULL ||
        links->self == NULL) {
        return false;
    }
    for (size_t i = 0; i < loading->count; i++) {
        const struct relation *relation = &loading->relations[i];
        links->parties.starts[relation->party]++;
        links->of.starts[relation->place]++;
        if (relation->other > links->self[relation->party]) {
            links->self[relation->party] = relation->other;
        }
    }
    for (size_t party = 0; party < parties; party++) {
        if (links->self[party] != 0) {
            links->selves.starts[links->self[party] - 1]++;
        }
    }
    return table_size(&links->parties, parties) && table_size(&links->of, enterprises) &&
           table_size(&links->selves, enterprises);
}

static bool fill_tables(struct links *links, struct loading *loading) {
    links->party_count = (uint32_t)loading->numbers.count;
    links->keys = loading->keys;
    loading->keys = NULL;
    text_table_clear(&loading->numbers);
    if (!make_tables(links, loading)) {
        return false;
    }
    for (size_t i = 0; i < loading->count; i++) {
        const struct relation *relation = &loading->relations[i];
        table_put(&links->parties, relation->party, relation->place, relation->type);
        table_put(&links->of, relation->place, relation->party, relation->type);
    }
    for (uint32_t party = 0; party < links->party_count; party++) {
        if (links->self[party] != 0) {
            table_put(&links->selves, links->self[party] - 1, party, 0);
        }
    }
    table_settle(&links->parties, links->party_count);
    table_settle(&links->of, links->ids->count);
    table_settle(&links->selves, links->ids->count);
    return true;
}

/* Makes the links of the rows of a statement, which it frees. */
static enum result load(struct links *links, struct statement *rows, struct error *error) {
    struct loading loading = {.ids = links->ids};
    enum result code = take_rows(&loading, rows, error);
    statement_free(rows);
    if (code == RESULT_OK && !fill_tables(links, &loading)) {
        code = error_no_memory(error);
    }
    loading_clear(&loading);
    if (code != RESULT_OK) {
        links_clear(links);
    }
    return code;
}

enum result links_load(struct links *links, struct store *store, date day,
                       const struct id_list *ids, struct error *error) {
    struct statement *rows = NULL;
    *links = (struct links){.ids = ids};
    enum result code =
        store_query(&rows, store,
                    "SELECT enterprise, type, party, other FROM relation NOT INDEXED "
                    "WHERE " IN_FORCE,
                    VALUES(value_date(day)), error);
    return code == RESULT_OK ? load(links, rows, error) : code;
}

/* ---- loading what is around some ------------------------------------------------------------- */

/* A walk from enterprises to their parties, to whom those have relations with, and so on. */
struct walk {
    struct loading loading;     /* the relations in force met, without places */
    struct id_list enterprises; /* of each of these, unsorted */
    struct id_list others;      /* 0: none */
    struct id_list next;        /* where the next hop begins */
    struct statement *parties;
    struct statement *rows;
    date day;
};

static enum result prepare_walk(struct walk *walk, struct store *store, struct error *error) {
    enum result code = statement_prepare(&walk->parties, store,
                                         "SELECT party FROM relation WHERE enterprise = ?1 UNION "
                                         "SELECT party FROM relation WHERE other = ?1",
                                         error);
    return code == RESULT_OK ? statement_prepare(&walk->rows, store,
                                                 "SELECT enterprise, type, other, " IN_FORCE
                                                 " FROM relation WHERE party = ?2",
                                                 error)
                             : code;
}

static void walk_clear(struct walk *walk) {
    loading_clear(&walk->loading);
    id_list_clear(&walk->enterprises);
    id_list_clear(&walk->others);
    id_list_clear(&walk->next);
    statement_free(walk->parties);
    statement_free(walk->rows);
}

/* Takes a row about a party: enterprise, type, other, whether it is in force. */
static bool meet(struct walk *walk, uint32_t party) {
    int64_t enterprise = statement_int(walk->rows, 0);
    int64_t other = statement_int(walk->rows, 2);
    struct relation relation = {.party = party,
                                .type = relation_type_find(statement_string(walk->rows, 1))};
    bool fits =
        id_list_add(&walk->next, enterprise) && (other == 0 || id_list_add(&walk->next, other));
    if (!fits || statement_int(walk->rows, 3) == 0 || relation.type == RELATION_TYPE_COUNT) {
        return fits;
    }
    return add_relation(&walk->loading, &relation) && id_list_add(&walk->enterprises, enterprise) &&
           id_list_add(&walk->others, other);
}

/* Takes the relations with a party, once. */
static enum result meet_party(struct walk *walk, const char *party, struct error *error) {
    uint32_t number = 0;
    bool row = true;
    size_t before = walk->loading.numbers.count;
    if (!number_party(&walk->loading, party, &number)) {
        return error_no_memory(error);
    }
    if (walk->loading.numbers.count == before) {
        return RESULT_OK;
    }
    enum result code =
        statement_bind(walk->rows, VALUES(value_date(walk->day), value_text(party)), error);
    while (code == RESULT_OK) {
        code = statement_step(walk->rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = meet(walk, number) ? RESULT_OK : error_no_memory(error);
    }
    return code;
}

/* One hop, from some enterprises to walk->next. */
static enum result hop(struct walk *walk, const struct id_list *from, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < from->count; i++) {
        bool row = true;
        code = statement_bind(walk->parties, VALUES(value_int(from->ids[i])), error);
        while (code == RESULT_OK) {
            code = statement_step(walk->parties, &row, error);
            if (code != RESULT_OK || !row) {
                break;
            }
            code = meet_party(walk, statement_string(walk->parties, 0), error);
        }
    }
    id_list_settle(&walk->next);
    return code;
}

static enum result go(struct walk *walk, const struct id_list *of, int64_t hops,
                      struct error *error) {
    struct id_list from = {0};
    enum result code = hop(walk, of, error);
    for (int64_t i = 1; code == RESULT_OK && i < hops; i++) {
        struct id_list reached = walk->next;
        walk->next = from;
        walk->next.count = 0;
        from = reached;
        code = hop(walk, &from, error);
    }
    id_list_clear(&from);
    return code;
}

/* Gives everybody who was met a place, and the relations those. */
static bool give_places(struct walk *walk, struct id_list *ids) {
    size_t count = walk->enterprises.count;
    bool fits = true;
    for (size_t i = 0; fits && i < count; i++) {
        fits = id_list_add(ids, walk->enterprises.ids[i]) &&
               (walk->others.ids[i] == 0 || id_list_add(ids, walk->others.ids[i]));
    }
    id_list_settle(ids);
    for (size_t i = 0; fits && i < count; i++) {
        struct relation *relation = &walk->loading.relations[i];
        int64_t other = walk->others.ids[i];
        relation->place = (uint32_t)id_list_place(ids, walk->enterprises.ids[i]);
        relation->other = other == 0 ? 0 : (uint32_t)id_list_place(ids, other) + 1;
    }
    return fits;
}

enum result links_load_around(struct links *links, struct store *store, date day,
                              const struct id_list *of, int64_t hops, struct id_list *ids,
                              struct error *error) {
    struct walk walk = {.day = day};
    *links = (struct links){.ids = ids};
    enum result code = prepare_walk(&walk, store, error);
    if (code == RESULT_OK) {
        code = go(&walk, of, hops, error);
    }
    if (code == RESULT_OK && (!give_places(&walk, ids) || !fill_tables(links, &walk.loading))) {
        code = error_no_memory(error);
    }
    walk_clear(&walk);
    if (code != RESULT_OK) {
        links_clear(links);
    }
    return code;
}

void links_forget_keys(struct links *links) {
    free(links->keys);
    links->keys = NULL;
}

static void table_clear(struct link_table *table) {
    free(table->starts);
    free(table->links);
}

void links_clear(struct links *links) {
    table_clear(&links->parties);
    table_clear(&links->of);
    table_clear(&links->selves);
    free(links->self);
    free(links->keys);
    *links = (struct links){0};
}

/* ---- going around ---------------------------------------------------------------------------- */

bool links_any(const struct links *links, size_t place) {
    return links->of.starts[place] != links->of.starts[place + 1] ||
           links->selves.starts[place] != links->selves.starts[place + 1];
}

static bool add_place(struct place_set *set, uint32_t place) {
    if (set->count == set->capacity) {
        size_t capacity = set->capacity == 0 ? 64 : set->capacity * 2;
        uint32_t *places = realloc(set->places, capacity * sizeof(*places));
        if (places == NULL) {
            return false;
        }
        set->places = places;
        set->capacity = capacity;
    }
    set->places[set->count++] = place;
    return true;
}

static int compare_places(const void *left, const void *right) {
    uint32_t one = *(const uint32_t *)left;
    uint32_t other = *(const uint32_t *)right;
    return (one > other) - (one < other);
}

/* Sorts the places and keeps each but one of them once, and that one not at all. */
static void settle(struct place_set *set, uint32_t without) {
    uint32_t *places = set->places;
    size_t kept = 0;
    if (set->count > FEW) {
        qsort(places, set->count, sizeof(*places), compare_places);
    }
    for (size_t i = 1; i < set->count && set->count <= FEW; i++) {
        uint32_t place = places[i];
        size_t at = i;
        for (; at > 0 && places[at - 1] > place; at--) {
            places[at] = places[at - 1];
        }
        places[at] = place;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (places[i] != without && (kept == 0 || places[kept - 1] != places[i])) {
            places[kept++] = places[i];
        }
    }
    set->count = kept;
}

/* Adds everybody with relations of the types with a party, and the party itself. */
static bool add_party(const struct links *links, uint32_t party, uint32_t types,
                      struct place_set *set) {
    const struct link_table *parties = &links->parties;
    bool fits = links->self[party] == 0 || add_place(set, links->self[party] - 1);
    for (size_t i = parties->starts[party]; fits && i < parties->starts[party + 1]; i++) {
        if (types >> parties->links[i].type & 1) {
            fits = add_place(set, parties->links[i].end);
        }
    }
    return fits;
}

/* Adds those one hop from an enterprise. */
static bool add_near(const struct links *links, size_t place, uint32_t types,
                     struct place_set *set) {
    bool fits = true;
    const struct link_table *of = &links->of;
    for (size_t i = of->starts[place]; fits && i < of->starts[place + 1]; i++) {
        if (types >> of->links[i].type & 1) {
            fits = add_party(links, of->links[i].end, types, set);
        }
    }
    const struct link_table *selves = &links->selves;
    for (size_t i = selves->starts[place]; fits && i < selves->starts[place + 1]; i++) {
        fits = add_party(links, selves->links[i].end, types, set);
    }
    return fits;
}

bool links_around(const struct links *links, size_t place, uint32_t types, int64_t hops,
                  struct place_set *around) {
    around->count = 0;
    bool fits = add_near(links, place, types, around);
    settle(around, (uint32_t)place);
    for (size_t i = 0, near = around->count; fits && hops > 1 && i < near; i++) {
        fits = add_near(links, around->places[i], types, around);
    }
    settle(around, (uint32_t)place);
    return fits;
}
