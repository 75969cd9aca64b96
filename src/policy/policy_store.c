#include "policy/policy_store.h"

#include "base/gettext.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- loading --------------------------------------------------------------------------------- */

/* The versions a connection has read, so that none is parsed twice: a document is told by its
 * digest. */
struct shelf {
    struct policy *policies[POLICY_SET_MOST];
    size_t next; /* the place that is filled next */
};

static void shelf_free(void *thing) {
    struct shelf *shelf = thing;
    for (size_t i = 0; i < POLICY_SET_MOST; i++) {
        policy_free(shelf->policies[i]);
    }
    free(shelf);
}

/* The connection's shelf; NULL when there can be none. */
static struct shelf *shelf_of(struct store *store) {
    struct shelf *shelf = store_kept(store, "policies");
    if (shelf == NULL && (shelf = calloc(1, sizeof(*shelf))) != NULL &&
        !store_keep(store, "policies", shelf, shelf_free)) {
        free(shelf);
        shelf = NULL;
    }
    return shelf;
}

static struct policy *shelf_find(const struct shelf *shelf, const char *digest) {
    for (size_t i = 0; i < POLICY_SET_MOST; i++) {
        if (shelf->policies[i] != NULL && strcmp(shelf->policies[i]->digest, digest) == 0) {
            return shelf->policies[i];
        }
    }
    return NULL;
}

static void shelf_put(struct shelf *shelf, struct policy *policy) {
    policy_free(shelf->policies[shelf->next]);
    shelf->policies[shelf->next] = policy_share(policy);
    shelf->next = (shelf->next + 1) % POLICY_SET_MOST;
}

static enum result parse(struct store *store, int64_t id, struct policy **policy,
                         struct error *error) {
    char *text = NULL;
    enum result code = store_fetch_text(store, "SELECT document FROM policy WHERE id = ?",
                                        VALUES(value_int(id)), &text, error);
    if (code == RESULT_OK) {
        code = policy_parse(policy, text == NULL ? "" : text, store_path(store), error);
    }
    free(text);
    return code;
}

enum result policy_store_load(struct store *store, int64_t id, struct policy **policy,
                              struct error *error) {
    *policy = NULL;
    char *digest = NULL;
    struct shelf *shelf = shelf_of(store);
    enum result code = store_fetch_text(store, "SELECT digest FROM policy WHERE id = ?",
                                        VALUES(value_int(id)), &digest, error);
    if (code == RESULT_OK && digest == NULL) {
        code =
            error_set(error, RESULT_NOT_FOUND, _("There is no policy number %lld."), (long long)id);
    }
    struct policy *known = code == RESULT_OK && shelf != NULL ? shelf_find(shelf, digest) : NULL;
    free(digest);
    if (known != NULL) {
        *policy = policy_share(known);
        return RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = parse(store, id, policy, error);
    }
    if (code == RESULT_OK && shelf != NULL) {
        shelf_put(shelf, *policy);
    }
    return code;
}

const char *policy_state_name(const struct policy_version *version) {
    return strcmp(version->state, "published") == 0 ? _("in force")
           : strcmp(version->state, "retired") == 0 ? _("retired")
           : version->proposed_by != NULL           ? _("proposed")
                                                    : _("draft");
}

/* ---- in force -------------------------------------------------------------------------------- */

enum result policy_set_add(struct store *store, struct policy_set *set, int64_t id,
                           struct error *error) {
    if (set->count == POLICY_SET_MOST) {
        return error_set(error, RESULT_REFUSED,
                         _("More than %d policies are in force; retire some by publishing one that "
                           "covers them."),
                         POLICY_SET_MOST);
    }
    enum result code = policy_store_load(store, id, &set->policies[set->count], error);
    if (code == RESULT_OK) {
        set->ids[set->count++] = id;
    }
    return code;
}

enum result policy_set_in_force(struct store *store, struct policy_set *set, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *set = (struct policy_set){0};
    enum result code = store_query(&rows, store,
                                   "SELECT id FROM policy WHERE state = 'published' AND field IS "
                                   "NULL ORDER BY publication DESC",
                                   NO_VALUES, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = policy_set_add(store, set, statement_int(rows, 0), error);
    }
    statement_free(rows);
    if (code != RESULT_OK) {
        policy_set_free(set);
    }
    return code;
}

size_t policy_set_pick(const struct policy_set *set, const char *kind, const char *region,
                       const char *industry) {
    size_t place = 0;
    while (place < set->count && !policy_applies(set->policies[place], kind, region, industry)) {
        place++;
    }
    return place;
}

void policy_set_free(struct policy_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        policy_free(set->policies[i]);
    }
    set->count = 0;
}

enum result policy_store_in_force(struct store *store, struct policy **policy, int64_t *id,
                                  struct error *error) {
    struct policy_set set;
    *policy = NULL;
    enum result code = policy_set_in_force(store, &set, error);
    if (code == RESULT_OK && set.count == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No policy is in force; publish one first."));
    }
    if (code == RESULT_OK) {
        size_t chosen = 0;
        while (chosen < set.count &&
               (set.policies[chosen]->kinds & policy_kind_bit("enterprise")) == 0) {
            chosen++;
        }
        chosen = chosen == set.count ? 0 : chosen;
        *policy = set.policies[chosen];
        *id = set.ids[chosen];
        set.policies[chosen] = NULL; /* handed over */
        policy_set_free(&set);
    }
    return code;
}

/* ---- versions -------------------------------------------------------------------------------- */

#define VERSION_QUERY                                                                              \
    "SELECT id, code, version, name, field, state, digest, made_by, proposed_by, published_by, "   \
    "published_on, retired_on FROM policy "

static void read_version(struct statement *row, struct arena *arena,
                         struct policy_version *version) {
    *version = (struct policy_version){
        .id = statement_int(row, 0),
        .code = arena_strdup(arena, statement_string(row, 1)),
        .version = arena_strdup(arena, statement_string(row, 2)),
        .name = arena_strdup(arena, statement_string(row, 3)),
        .field = arena_strdup(arena, statement_text(row, 4)),
        .state = arena_strdup(arena, statement_string(row, 5)),
        .digest = arena_strdup(arena, statement_string(row, 6)),
        .made_by = arena_strdup(arena, statement_text(row, 7)),
        .proposed_by = arena_strdup(arena, statement_text(row, 8)),
        .published_by = arena_strdup(arena, statement_text(row, 9)),
        .published_on = statement_date(row, 10),
        .retired_on = statement_date(row, 11),
    };
}

enum result policy_store_list(struct store *store, struct arena *arena,
                              struct policy_version **versions, size_t *count,
                              struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    bool row = true;
    *versions = NULL;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM policy", NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *versions = arena_alloc(arena, ((size_t)most + 1) * sizeof(**versions));
        code = *versions == NULL ? error_no_memory(error)
                                 : store_query(&rows, store, VERSION_QUERY "ORDER BY code, id DESC",
                                               NO_VALUES, error);
    }
    while (code == RESULT_OK && *count < (size_t)most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        read_version(rows, arena, &(*versions)[(*count)++]);
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* The first version of a query; *found tells whether there is one. */
static enum result fetch_version(struct store *store, const char *sql, const struct value *values,
                                 size_t count, struct arena *arena, struct policy_version *version,
                                 bool *found, struct error *error) {
    struct statement *rows = NULL;
    enum result code = store_query(&rows, store, sql, values, count, error);
    *found = false;
    if (code == RESULT_OK) {
        code = statement_step(rows, found, error);
    }
    if (code == RESULT_OK && *found) {
        read_version(rows, arena, version);
        code = arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
    }
    statement_free(rows);
    return code;
}

enum result policy_store_version(struct store *store, int64_t id, struct arena *arena,
                                 struct policy_version *version, struct error *error) {
    bool found = false;
    enum result code = fetch_version(store, VERSION_QUERY "WHERE id = ?", VALUES(value_int(id)),
                                     arena, version, &found, error);
    if (code == RESULT_OK && !found) {
        code =
            error_set(error, RESULT_NOT_FOUND, _("There is no policy number %lld."), (long long)id);
    }
    return code;
}

enum result policy_store_find(struct store *store, const char *name, struct arena *arena,
                              struct policy_version *version, struct error *error) {
    const char *at = strrchr(name, '@');
    size_t length = at == NULL ? strlen(name) : (size_t)(at - name);
    const char *policy = arena_printf(arena, "%.*s", (int)length, name);
    bool found = false;
    if (policy == NULL) {
        return error_no_memory(error);
    }
    enum result code = fetch_version(
        store,
        VERSION_QUERY "WHERE code = ?1 AND (?2 IS NULL OR version = ?2) ORDER BY state = "
                      "'published' DESC, state = 'draft' DESC, id DESC LIMIT 1",
        VALUES(value_text(policy), value_text(at == NULL ? NULL : at + 1)), arena, version, &found,
        error);
    if (code == RESULT_OK && !found) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no policy \"%s\"; \"xinfeng policy list\" tells those there "
                           "are."),
                         name);
    }
    return code;
}
