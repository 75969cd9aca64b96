#include "plan/exclusion.h"

#include "base/gettext.h"
#include "base/text.h"
#include "plan/visited.h"
#include "registry/fact.h"
#include "registry/fact_type.h"
#include "score/override.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code;
    const char *words;
} reasons[] = {
#define EXCLUSION_ROW(code, words) {#code, words},
    PLAN_EXCLUSION_TABLE(EXCLUSION_ROW)
#undef EXCLUSION_ROW
};

const char *plan_exclusion_code(enum plan_exclusion reason) {
    return reasons[reason].code;
}

const char *plan_exclusion_name(enum plan_exclusion reason) {
    return _(reasons[reason].words);
}

/* Something that is known of an enterprise; sets of these are in the order of ids. */
struct known {
    int64_t enterprise;
    const char *grade;
};

struct known_set {
    struct known *items;
    size_t count;
    size_t capacity;
};

struct exclusions {
    struct arena *arena;
    struct plan_scope scope;
    struct visited *visited; /* NULL: earlier visits leave nobody out */
    struct known_set recent;
    struct known_set observed; /* by the plan's industries */
    struct known_set watched;  /* by an override of their own */
    struct known_set grades;
};

/* ---- reading --------------------------------------------------------------------------------- */

/* Adds an enterprise; one that comes twice in a row is told by the last. */
static bool add(struct known_set *set, int64_t enterprise, const char *grade) {
    if (set->count > 0 && set->items[set->count - 1].enterprise == enterprise) {
        set->items[set->count - 1].grade = grade;
        return true;
    }
    if (set->count == set->capacity) {
        size_t capacity = set->capacity == 0 ? 1024 : 2 * set->capacity;
        struct known *items = realloc(set->items, capacity * sizeof(*items));
        if (items == NULL) {
            return false;
        }
        set->items = items;
        set->capacity = capacity;
    }
    set->items[set->count++] = (struct known){enterprise, grade};
    return true;
}

/* Reads a set; the query gives enterprises in their order and a grade, which is folded as rates are
 * written. */
static enum result read_set(struct exclusions *exclusions, struct store *store, const char *sql,
                            const struct value *values, size_t count, struct known_set *set,
                            struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store, sql, values, count, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        char *folded = text_name_key(statement_string(rows, 1));
        const char *grade = folded == NULL ? NULL : arena_strdup(exclusions->arena, folded);
        free(folded);
        if (grade == NULL || !add(set, statement_int(rows, 0), grade)) {
            code = error_no_memory(error);
        }
    }
    statement_free(rows);
    return code;
}

/* The day that spans count back from. */
static date day_of(int64_t period, const struct plan_scope *scope, date today) {
    int year = (int)(period / 100);
    int month = (int)(period % 100);
    return scope->from != DATE_NONE ? scope->from
           : today != DATE_NONE     ? today
                                    : date_make(year, month, date_month_length(year, month));
}

static bool has_caps(const struct plan_limits *limits) {
    bool any = limits->task != 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        any = any || limits->caps[i] > 0;
    }
    return any;
}

static enum result read_recent(struct exclusions *exclusions, struct store *store, date day,
                               struct error *error) {
    date since = date_add_days(day, -(int)exclusions->scope.not_within);
    return read_set(exclusions, store,
                    "SELECT DISTINCT enterprise, '' FROM inspection_result WHERE completed_on >= ? "
                    "AND completed_on <= ? ORDER BY enterprise",
                    VALUES(value_date(since), value_date(day)), &exclusions->recent, error);
}

/* ["I64", "M73"] of prefixes joined by commas, on the heap. */
static char *prefixes_json(const char *prefixes) {
    json_t *array = json_array();
    for (const char *at = prefixes; *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length > 0) {
            json_array_append_new(array, json_stringn(at, length));
        }
        at += length + (at[length] == ',');
    }
    char *text = array == NULL ? NULL : json_dumps(array, JSON_COMPACT);
    json_decref(array);
    return text;
}

/* The same day of a month that is so many before, or the month's last. */
static date months_before(date day, int64_t months) {
    int64_t month = (int64_t)date_year(day) * 12 + date_month(day) - 1 - months;
    int year = (int)(month / 12);
    int most = date_month_length(year, (int)(month % 12) + 1);
    int day_of_month = (int)(day % 100);
    return date_make(year, (int)(month % 12) + 1, day_of_month < most ? day_of_month : most);
}

/* No trigger of supervision from one day to another: a complaint, a tip-off, or a signal of
 * monitoring or another body (X19). Ids of facts tell whose they are (registry/fact.h). */
#define UNTRIGGERED(enterprise, from, to)                                                          \
    "NOT EXISTS (SELECT 1 FROM fact f WHERE f.id >= " enterprise " << 20 AND f.id < (" enterprise  \
    " + 1) << 20 AND f.status = 0 AND f.type IN (?3, ?4, ?5) AND f.occurred_on >= " from           \
    " AND f.occurred_on <= " to ") "
#define TRIGGERS                                                                                   \
    value_int(FACT_TYPE_complaint), value_int(FACT_TYPE_tip_off),                                  \
        value_int(FACT_TYPE_platform_signal)

/* Young enterprises of the industries under observation, without a trigger since they began. */
static enum result read_observed(struct exclusions *exclusions, struct store *store, date day,
                                 struct error *error) {
    char *prefixes = prefixes_json(exclusions->scope.observed);
    date since = months_before(day, exclusions->scope.observe_months);
    enum result code =
        prefixes == NULL
            ? error_no_memory(error)
            : read_set(exclusions, store,
                       "SELECT e.id, '' FROM enterprise e WHERE e.established_on > ?1 AND "
                       "e.key_field <> 1 AND EXISTS (SELECT 1 FROM json_each(?2) p WHERE "
                       "substr(e.industry, 1, length(p.value)) = p.value) AND " UNTRIGGERED(
                           "e.id", "0", "?6") "ORDER BY e.id",
                       VALUES(value_date(since), value_text(prefixes), TRIGGERS, value_date(day)),
                       &exclusions->observed, error);
    free(prefixes);
    return code;
}

/* Enterprises that an approved override puts under observation on the day, without a trigger since
 * it began. */
static enum result read_watched(struct exclusions *exclusions, struct store *store, date day,
                                struct error *error) {
    return read_set(
        exclusions, store,
        "SELECT o.enterprise, '' FROM override o JOIN enterprise e ON e.id = "
        "o.enterprise WHERE o.kind = ?1 AND o.state = 'approved' AND o.valid_from <= "
        "?2 AND (o.valid_to IS NULL OR o.valid_to > ?2) AND e.key_field <> 1 "
        "AND " UNTRIGGERED("o.enterprise", "o.valid_from", "?2") "ORDER BY o.enterprise",
        VALUES(value_text(override_kind_code(OVERRIDE_OBSERVE)), value_date(day), TRIGGERS),
        &exclusions->watched, error);
}

static enum result read_grades(struct exclusions *exclusions, struct store *store, date day,
                               struct error *error) {
    return read_set(
        exclusions, store,
        "SELECT enterprise, grade FROM grade WHERE field = ?1 AND (judged_on IS NULL OR "
        "judged_on <= ?2) AND (until IS NULL OR until >= ?2) ORDER BY enterprise, "
        "judged_on",
        VALUES(value_text(exclusions->scope.field), value_date(day)), &exclusions->grades, error);
}

enum result exclusions_load(struct exclusions **exclusions, struct store *store, int64_t period,
                            const struct plan_scope *scope, date today, struct error *error) {
    date day = day_of(period, scope, today);
    struct exclusions *made = calloc(1, sizeof(*made));
    *exclusions = NULL;
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->scope = *scope;
    enum result code = RESULT_OK;
    if (has_caps(&scope->limits)) {
        code = visited_load(&made->visited, store, date_year(day), scope->limits.task, error);
    }
    if (code == RESULT_OK && scope->not_within > 0) {
        code = read_recent(made, store, day, error);
    }
    if (code == RESULT_OK && scope->observed != NULL) {
        code = read_observed(made, store, day, error);
    }
    if (code == RESULT_OK) {
        code = read_watched(made, store, day, error);
    }
    if (code == RESULT_OK && scope->field != NULL) {
        code = read_grades(made, store, day, error);
    }
    if (code != RESULT_OK) {
        exclusions_free(made);
        return code;
    }
    *exclusions = made;
    return RESULT_OK;
}

void exclusions_free(struct exclusions *exclusions) {
    if (exclusions == NULL) {
        return;
    }
    visited_free(exclusions->visited);
    free(exclusions->recent.items);
    free(exclusions->observed.items);
    free(exclusions->watched.items);
    free(exclusions->grades.items);
    arena_free(exclusions->arena);
    free(exclusions);
}

/* ---- judging --------------------------------------------------------------------------------- */

static int compare(const void *key, const void *item) {
    int64_t enterprise = *(const int64_t *)key;
    int64_t other = ((const struct known *)item)->enterprise;
    return enterprise < other ? -1 : enterprise > other;
}

static const struct known *find(const struct known_set *set, int64_t enterprise) {
    return set->count == 0
               ? NULL
               : bsearch(&enterprise, set->items, set->count, sizeof(*set->items), compare);
}

/* The reason that lies in earlier visits. */
static enum plan_exclusion judge_visits(const struct exclusions *exclusions,
                                        const struct listing_row *row) {
    const struct plan_limits *limits = &exclusions->scope.limits;
    const struct visited *visited = exclusions->visited;
    if (visited == NULL) {
        return PLAN_EXCLUSION_COUNT;
    }
    if (limits->task != 0 &&
        visited_last_batch(visited, row->key.id) >= limits->rounds[row->risk_class]) {
        return PLAN_EXCLUDED_round_done;
    }
    int64_t cap = limits->caps[row->risk_class];
    return cap > 0 && visited_in_year(visited, row->key.id) >= cap ? PLAN_EXCLUDED_annual_cap
                                                                   : PLAN_EXCLUSION_COUNT;
}

enum plan_exclusion exclusions_judge(const struct exclusions *exclusions,
                                     const struct listing_row *row) {
    static const char *const gone[] = {"cancelled", "revoked", "withdrawn", "moved_out"};
    for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
        if (strcmp(row->status, gone[i]) == 0) {
            return PLAN_EXCLUDED_deregistered;
        }
    }
    if (row->uscc[0] == '\0') {
        return PLAN_EXCLUDED_no_code;
    }
    enum plan_exclusion reason = judge_visits(exclusions, row);
    if (reason != PLAN_EXCLUSION_COUNT) {
        return reason;
    }
    if (find(&exclusions->recent, row->key.id) != NULL) {
        return PLAN_EXCLUDED_recently_inspected;
    }
    bool spared = row->risk_class == CLASS_A || row->risk_class == CLASS_B;
    return spared && (find(&exclusions->observed, row->key.id) != NULL ||
                      find(&exclusions->watched, row->key.id) != NULL)
               ? PLAN_EXCLUDED_observation
               : PLAN_EXCLUSION_COUNT;
}

/* True when a grade of a class has a lower rate than key fields of the class. */
static bool below_floor(const struct draw_measures *measures, enum risk_class risk_class,
                        const char *grade) {
    char letter = risk_class_letter(risk_class)[0];
    const struct draw_rule *own = draw_measures_rule(measures, letter, grade);
    const struct draw_rule *key = draw_measures_rule(measures, letter, PLAN_KEY_GRADE);
    return own == NULL || key == NULL ||
           own->rate.num * key->rate.den < key->rate.num * own->rate.den;
}

const char *exclusions_grade(const struct exclusions *exclusions, const struct listing_row *row,
                             const struct draw_measures *measures) {
    const struct known *found = find(&exclusions->grades, row->key.id);
    bool key = exclusions->scope.by_key && row->key_field;
    if (found != NULL && !(key && below_floor(measures, row->risk_class, found->grade))) {
        return found->grade;
    }
    return key ? PLAN_KEY_GRADE : "";
}
