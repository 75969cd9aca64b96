#include "score/stir.h"

#include "score/network_links.h"
#include "score/share_text.h"
#include "store/statement.h"

/* Who has in common with others what those had who changed or went: for them one other is less. A
 * plus before a column lets SQLite use the indexes, which stand over expressions. */
#define COMMON(kind_, join_) " FROM stirred_text s CROSS JOIN " join_ " WHERE s.kind = '" kind_ "'"
static const char *const former[] = {
    "SELECT e.id" COMMON("address",
                         "enterprise e ON " SHARE_TEXT("e.address") " = " SHARE_TEXT("s.text")),
    "SELECT e.id" COMMON(
        "phone", "enterprise e ON " SHARE_TEXT_PHONE("e.phone") " = " SHARE_TEXT_PHONE("s.text")),
    "SELECT e.id" COMMON(
        "person", "enterprise e ON " SHARE_TEXT("e.legal_person") " = " SHARE_TEXT("s.text")),
    "SELECT r.enterprise" COMMON("person", "relation r ON r.party = " SHARE_TEXT("s.text")),
    "SELECT e.id" COMMON("party", "enterprise e ON " SHARE_TEXT("e.legal_person") " = +s.text"),
};

/* Who has something in common with those who changed. A legal representative is the party of a
 * relation or the name that the registry has. */
#define OWN(text_)                                                                                 \
    " FROM (SELECT DISTINCT " text_ " AS k FROM stirred_enterprise c CROSS JOIN enterprise s ON "  \
    "s.id = c.enterprise) CROSS JOIN "
#define PARTY                                                                                      \
    " FROM (SELECT DISTINCT +a.party AS k FROM stirred_enterprise c CROSS JOIN relation a ON "     \
    "a.enterprise = c.enterprise) CROSS JOIN "
static const char *const sharers[] = {
    "SELECT e.id" OWN(SHARE_TEXT("s.address")) "enterprise e ON " SHARE_TEXT("e.address") " = k",
    "SELECT e.id" OWN(SHARE_TEXT_PHONE("s.phone")) "enterprise e ON " SHARE_TEXT_PHONE(
        "e.phone") " = k",
    "SELECT e.id" OWN(SHARE_TEXT("s.legal_person")) "enterprise e ON " SHARE_TEXT(
        "e.legal_person") " = k",
    "SELECT r.enterprise" OWN(SHARE_TEXT("s.legal_person")) "relation r ON r.party = k",
    "SELECT e.id" PARTY "enterprise e ON " SHARE_TEXT("e.legal_person") " = k",
    "SELECT r.enterprise" PARTY "relation r ON r.party = k",
};

/* Where changes of relations begin: at those who changed and at whom a party that a relation was
 * with still has. */
static const char *const ends[] = {
    "SELECT enterprise FROM stirred_enterprise",
    "SELECT r.enterprise" COMMON("party", "relation r ON r.party = s.text"),
};

enum result stir_begin(struct store *store, int64_t period, struct error *error) {
    enum result code = store_execute(store, "DELETE FROM stirred_enterprise", NO_VALUES, error);
    if (code == RESULT_OK) {
        code = store_execute(store, "DELETE FROM stirred_text", NO_VALUES, error);
    }
    return code == RESULT_OK
               ? store_execute(store, "UPDATE stirred_since SET period = ?, program = ?",
                               VALUES(value_int(period), value_text(PACKAGE_VERSION)), error)
               : code;
}

/* Enough enterprises to look at everybody instead. */
static enum result most_of(struct store *store, int64_t *most, struct error *error) {
    enum result code =
        store_fetch_int(store, "SELECT max(id) FROM enterprise", NO_VALUES, 0, most, error);
    *most = (*most / STIR_MANY < STIR_FEW ? STIR_FEW : *most / STIR_MANY) + 1;
    return code;
}

enum result stir_note(struct store *store, const struct id_list *of, struct error *error) {
    int64_t period = 0;
    int64_t most = 0;
    enum result code =
        store_fetch_int(store, "SELECT period FROM stirred_since", NO_VALUES, 0, &period, error);
    if (code == RESULT_OK && period != 0) {
        code = most_of(store, &most, error);
    }
    if (code != RESULT_OK || period == 0) {
        return code;
    }
    if ((int64_t)of->count >= most) {
        return stir_begin(store, 0, error);
    }
    struct buffer json = BUFFER_INIT;
    id_list_json(of, &json);
    code = json.failed ? error_no_memory(error)
                       : store_execute(store,
                                       "INSERT OR IGNORE INTO stirred_enterprise SELECT value FROM "
                                       "json_each(?)",
                                       VALUES(value_text(buffer_text(&json))), error);
    buffer_free(&json);
    return code;
}

/* Some queries that give ids. */
struct queries {
    const char *const *sql;
    size_t count;
};

#define QUERIES(list_) ((struct queries){list_, sizeof(list_) / sizeof((list_)[0])})

/* Adds the ids that queries give, until there are so many. */
static enum result add_all(struct store *store, struct queries queries, size_t most,
                           struct id_list *ids, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < queries.count && ids->count < most; i++) {
        struct statement *rows = NULL;
        bool row = true;
        code = store_query(&rows, store, queries.sql[i], NO_VALUES, error);
        while (code == RESULT_OK && ids->count < most) {
            code = statement_step(rows, &row, error);
            if (code != RESULT_OK || !row) {
                break;
            }
            code = id_list_add(ids, statement_int(rows, 0)) ? RESULT_OK : error_no_memory(error);
            if (ids->count == most) {
                id_list_settle(ids); /* many may be there twice */
            }
        }
        statement_free(rows);
        id_list_settle(ids);
    }
    return code;
}

/* Adds those within so many hops of where relations changed. */
static enum result add_related(struct store *store, date day, int64_t hops, size_t most,
                               struct id_list *due, struct error *error) {
    struct links links = {0};
    struct id_list from = {0};
    struct id_list met = {0};
    enum result code = add_all(store, QUERIES(ends), most, &from, error);
    for (size_t i = 0; code == RESULT_OK && i < from.count; i++) {
        code = id_list_add(due, from.ids[i]) ? RESULT_OK : error_no_memory(error);
    }
    if (code == RESULT_OK && hops > 0 && from.count < most) {
        code = links_load_around(&links, store, day, &from, hops, &met, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < met.count; i++) {
        code = id_list_add(due, met.ids[i]) ? RESULT_OK : error_no_memory(error);
    }
    id_list_settle(due);
    links_clear(&links);
    id_list_clear(&from);
    id_list_clear(&met);
    return code;
}

enum result stir_gather(struct store *store, int64_t period, date day, int64_t hops,
                        struct id_list *due, bool *known, struct error *error) {
    int64_t noted = 0;
    int64_t most = 0;
    *known = false;
    enum result code = store_fetch_int(
        store, "SELECT count(*) FROM stirred_since WHERE period = ? AND program = ?",
        VALUES(value_int(period), value_text(PACKAGE_VERSION)), 0, &noted, error);
    if (code == RESULT_OK && noted > 0) {
        code = most_of(store, &most, error);
    }
    if (code != RESULT_OK || noted == 0) {
        return code;
    }
    code = add_all(store, QUERIES(former), (size_t)most, due, error);
    if (code == RESULT_OK && due->count < (size_t)most) {
        code = add_all(store, QUERIES(sharers), (size_t)most, due, error);
    }
    if (code == RESULT_OK && due->count < (size_t)most) {
        code = add_related(store, day, hops, (size_t)most, due, error);
    }
    *known = code == RESULT_OK && due->count < (size_t)most;
    return code;
}
