#include "plan/drawn.h"

#include "base/gettext.h"
#include "registry/enterprise.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum result drawn_keep_frame(struct store *store, int64_t plan, const struct draw_frame *frame,
                             struct error *error) {
    size_t length = 0;
    const char *text = draw_frame_text(frame, &length);
    return store_execute(store, "INSERT INTO plan_frame (plan, text) VALUES (?, ?)",
                         VALUES(value_int(plan), value_blob(text, length)), error);
}

enum result drawn_load_frame(struct store *store, const struct plan *plan,
                             struct draw_frame **frame, struct error *error) {
    *frame = NULL;
    struct statement *rows = NULL;
    bool row = false;
    enum result code = store_query(&rows, store, "SELECT text FROM plan_frame WHERE plan = ?",
                                   VALUES(value_int(plan->id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_REFUSED, _("Plan %s has no frame yet; freeze it first."),
                         plan->number);
    }
    if (code == RESULT_OK) {
        size_t length = 0;
        const char *text = statement_blob(rows, 0, &length);
        code = draw_frame_parse(frame, text == NULL ? "" : text, length, error);
    }
    statement_free(rows);
    if (code == RESULT_OK && strcmp(draw_frame_digest(*frame), plan->frame_digest) != 0) {
        draw_frame_free(*frame);
        *frame = NULL;
        code = error_set(error, RESULT_DAMAGED,
                         _("The frame of plan %s is not the one that was frozen: its digest "
                           "differs. Keep the file and tell the administrator."),
                         plan->number);
    }
    return code;
}

static enum result keep_strata(struct store *store, int64_t plan, const struct draw_result *result,
                               struct error *error) {
    struct statement *insert = NULL;
    enum result code = statement_prepare(
        &insert, store,
        "INSERT INTO plan_stratum (plan, code, region, class, certain, population, drawn, "
        "cutoff_ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    size_t first = 0; /* pick of the stratum: picks stand in the order of the strata and ranks */
    for (size_t i = 0; code == RESULT_OK && i < result->strata->count; i++) {
        const struct draw_stratum *stratum = &result->strata->items[i];
        char letter[2] = {stratum->risk_class, '\0'};
        char cutoff[DIGEST_HEX_SIZE] = "";
        if (stratum->drawn > 0) {
            digest_to_hex(result->picks[first + stratum->drawn - 1].ticket, DIGEST_SIZE, cutoff);
        }
        while (first < result->count && result->picks[first].stratum == i) {
            first++;
        }
        code = statement_run(insert,
                             VALUES(value_int(plan), value_text(stratum->code),
                                    value_text(stratum->region), value_text(letter),
                                    value_int(stratum->certain ? 1 : 0),
                                    value_int((int64_t)stratum->population),
                                    value_int((int64_t)stratum->drawn), value_text(cutoff)),
                             error);
    }
    statement_free(insert);
    return code;
}

#define INSERT_UNIT                                                                                \
    "INSERT INTO plan_unit (plan, place, unit, enterprise, name, class, stratum, rank, ticket, "   \
    "method) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

static enum result keep_unit(struct store *store, struct statement *insert, struct arena *arena,
                             int64_t plan, int64_t place, const struct draw_pick *pick,
                             const struct draw_frame *frame, const struct draw_strata *strata,
                             struct error *error) {
    const struct draw_unit *unit = &draw_frame_units(frame)[pick->unit];
    char letter[2] = {unit->risk_class, '\0'};
    char ticket[DIGEST_HEX_SIZE];
    struct enterprise enterprise;
    int64_t id = 0;
    digest_to_hex(pick->ticket, DIGEST_SIZE, ticket);
    arena_reset(arena);
    enum result code = enterprise_find(store, unit->id, &id, error);
    if (code == RESULT_OK) {
        code = enterprise_load(store, id, arena, &enterprise, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    return statement_run(insert,
                         VALUES(value_int(plan), value_int(place), value_text(unit->id),
                                value_int(id), value_text(enterprise.name), value_text(letter),
                                value_text(strata->items[pick->stratum].code),
                                value_int(pick->rank), value_text(ticket),
                                value_text(draw_method_name(pick->method))),
                         error);
}

enum result drawn_keep_result(struct store *store, int64_t plan, const struct draw_frame *frame,
                              const struct draw_result *result, struct error *error) {
    struct statement *insert = NULL;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : keep_strata(store, plan, result, error);
    if (code == RESULT_OK) {
        code = statement_prepare(&insert, store, INSERT_UNIT, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < result->count; i++) {
        code = keep_unit(store, insert, arena, plan, (int64_t)i + 1, &result->picks[i], frame,
                         result->strata, error);
    }
    statement_free(insert);
    arena_free(arena);
    return code;
}

enum result drawn_extras(struct store *store, int64_t plan, struct arena *arena,
                         struct draw_extra **extras, size_t *count, struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    enum result code = store_fetch_int(store, "SELECT count(*) FROM plan_extra WHERE plan = ?",
                                       VALUES(value_int(plan)), 0, &most, error);
    if (code == RESULT_OK) {
        *extras = arena_alloc(arena, ((size_t)most + 1) * sizeof(**extras));
        code = *extras == NULL ? error_no_memory(error)
                               : store_query(&rows, store,
                                             "SELECT u.stratum, x.replaces IS NULL FROM plan_extra "
                                             "x JOIN plan_unit u ON u.plan = x.plan AND u.unit = "
                                             "x.unit WHERE x.plan = ? ORDER BY u.stratum, u.rank",
                                             VALUES(value_int(plan)), error);
    }
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        (*extras)[(*count)++] = (struct draw_extra){
            .stratum = arena_strdup(arena, statement_string(rows, 0)),
            .method = statement_int(rows, 1) != 0 ? DRAW_METHOD_EXTENSION : DRAW_METHOD_REPLACEMENT,
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* Puts the places in the order of strata and ranks; on the way no two are the same. */
static enum result order_places(struct store *store, int64_t plan, struct error *error) {
    enum result code = store_execute(
        store,
        "UPDATE plan_unit SET place = -o.place FROM (SELECT unit, row_number() OVER (ORDER BY "
        "stratum, rank) AS place FROM plan_unit WHERE plan = ?1) o WHERE plan_unit.plan = ?1 AND "
        "plan_unit.unit = o.unit",
        VALUES(value_int(plan)), error);
    return code == RESULT_OK
               ? store_execute(store, "UPDATE plan_unit SET place = -place WHERE plan = ?",
                               VALUES(value_int(plan)), error)
               : code;
}

enum result drawn_keep_more(struct store *store, int64_t plan, const struct draw_frame *frame,
                            const struct draw_result *result, struct arena *arena,
                            const char **added, size_t *added_count, struct error *error) {
    struct statement *insert = NULL;
    struct statement *known = NULL;
    struct arena *scratch = arena_new();
    int64_t place = 0;
    *added_count = 0;
    enum result code = scratch == NULL ? error_no_memory(error)
                                       : statement_prepare(&insert, store, INSERT_UNIT, error);
    if (code == RESULT_OK) {
        code = statement_prepare(&known, store,
                                 "SELECT 1 FROM plan_unit WHERE plan = ? AND unit = ?", error);
    }
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT max(place) FROM plan_unit WHERE plan = ?",
                               VALUES(value_int(plan)), 0, &place, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < result->count; i++) {
        const char *id = draw_frame_units(frame)[result->picks[i].unit].id;
        int64_t is_known = 0;
        code = statement_fetch_int(known, VALUES(value_int(plan), value_text(id)), 0, &is_known,
                                   error);
        if (code == RESULT_OK && is_known == 0) {
            added[(*added_count)++] = arena_strdup(arena, id);
            code = keep_unit(store, insert, scratch, plan, ++place, &result->picks[i], frame,
                             result->strata, error);
        }
    }
    statement_free(known);
    statement_free(insert);
    arena_free(scratch);
    if (code == RESULT_OK && arena_failed(arena)) {
        code = error_no_memory(error);
    }
    return code == RESULT_OK ? order_places(store, plan, error) : code;
}

/* The grade in the code of a stratum, "region/class/grade" (draw/strata.h); "" for none. A flagged
 * stratum ends in "/certain". */
static const char *grade_of(const char *code, struct arena *arena) {
    static const char flagged[] = "/certain";
    const char *grade = strchr(code, '/');
    grade = grade == NULL ? NULL : strchr(grade + 1, '/');
    if (grade == NULL || strcmp(grade, flagged) == 0) {
        return "";
    }
    size_t length = strlen(++grade);
    size_t tail = strlen(flagged);
    if (length > tail && strcmp(grade + length - tail, flagged) == 0) {
        length -= tail;
    }
    return arena_strndup(arena, grade, length);
}

enum result drawn_load_strata(struct store *store, int64_t plan, struct arena *arena,
                              struct drawn_stratum **strata, size_t *count, struct error *error) {
    *count = 0;
    int64_t most = 0;
    struct statement *rows = NULL;
    enum result code = store_fetch_int(store, "SELECT count(*) FROM plan_stratum WHERE plan = ?",
                                       VALUES(value_int(plan)), 0, &most, error);
    if (code == RESULT_OK) {
        *strata = arena_alloc(arena, ((size_t)most + 1) * sizeof(**strata));
        code = *strata == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, store,
                           "SELECT code, region, class, certain, population, drawn, cutoff_ticket "
                           "FROM plan_stratum WHERE plan = ? ORDER BY code",
                           VALUES(value_int(plan)), error);
    }
    bool row = true;
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        (*strata)[(*count)++] = (struct drawn_stratum){
            .code = arena_strdup(arena, statement_string(rows, 0)),
            .region = arena_strdup(arena, statement_string(rows, 1)),
            .risk_class = risk_class_find(statement_text(rows, 2)),
            .grade = grade_of(statement_string(rows, 0), arena),
            .certain = statement_int(rows, 3) != 0,
            .population = statement_int(rows, 4),
            .drawn = statement_int(rows, 5),
            .cutoff_ticket = arena_strdup(arena, statement_string(rows, 6)),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result drawn_count_classes(struct store *store, int64_t plan,
                                struct drawn_class counts[static CLASS_COUNT],
                                struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    memset(counts, 0, CLASS_COUNT * sizeof(*counts));
    enum result code = store_query(
        &rows, store,
        "SELECT class, sum(population), 0, 0 FROM plan_stratum WHERE plan = ?1 GROUP BY class "
        "UNION ALL SELECT u.class, 0, count(*), sum(u.method = 'extension') FROM plan_unit u "
        "WHERE u.plan = ?1 AND NOT EXISTS (SELECT 1 FROM plan_extra x WHERE x.plan = u.plan AND "
        "x.replaces = u.unit) GROUP BY u.class",
        VALUES(value_int(plan)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        enum risk_class risk_class = risk_class_find(statement_text(rows, 0));
        if (risk_class < CLASS_COUNT) {
            counts[risk_class].population += statement_int(rows, 1);
            counts[risk_class].drawn += statement_int(rows, 2);
            counts[risk_class].extended += statement_int(rows, 3);
        }
    }
    statement_free(rows);
    return code;
}

#define UNIT_COLUMNS                                                                               \
    "SELECT u.place, u.unit, u.enterprise, u.name, u.class, u.stratum, u.rank, u.ticket, "         \
    "u.method, x.replaces, r.unit, ifnull(r.reason, x.reason)"
#define UNIT_EXTRAS                                                                                \
    " LEFT JOIN plan_extra x ON x.plan = u.plan AND x.unit = u.unit "                              \
    "LEFT JOIN plan_extra r ON r.plan = u.plan AND r.replaces = u.unit "
#define UNIT_QUERY                                                                                 \
    UNIT_COLUMNS ", ifnull(e.region, ''), ifnull(e.address, ''), ifnull(e.phone, ''), e.stub "     \
                 "FROM plan_unit u JOIN enterprise e ON "                                          \
                 "e.id = u.enterprise" UNIT_EXTRAS
#define LISTED_QUERY UNIT_COLUMNS ", NULL, NULL, NULL, 0 FROM plan_unit u" UNIT_EXTRAS

static struct drawn_unit read_unit(struct statement *row, struct arena *arena) {
    return (struct drawn_unit){
        .place = statement_int(row, 0),
        .unit = arena_strdup(arena, statement_string(row, 1)),
        .enterprise = statement_int(row, 2),
        .name = arena_strdup(arena, statement_string(row, 3)),
        .risk_class = risk_class_find(statement_text(row, 4)),
        .stratum = arena_strdup(arena, statement_string(row, 5)),
        .rank = statement_int(row, 6),
        .ticket = arena_strdup(arena, statement_string(row, 7)),
        .method = arena_strdup(arena, statement_string(row, 8)),
        .replaces = arena_strdup(arena, statement_text(row, 9)),
        .replaced_by = arena_strdup(arena, statement_text(row, 10)),
        .extra_reason = arena_strdup(arena, statement_text(row, 11)),
        .region = arena_strdup(arena, statement_text(row, 12)),
        .address = arena_strdup(arena, statement_text(row, 13)),
        .phone = arena_strdup(arena, statement_text(row, 14)),
        .stub = statement_int(row, 15) != 0,
    };
}

static enum result load_page(struct store *store, const char *query, int64_t plan, int64_t after,
                             struct arena *arena, struct drawn_unit *units, size_t most,
                             size_t *count, struct error *error) {
    *count = 0;
    struct statement *rows = NULL;
    enum result code =
        store_query(&rows, store, query,
                    VALUES(value_int(plan), value_int(after), value_int((int64_t)most)), error);
    bool row = true;
    while (code == RESULT_OK && *count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        units[(*count)++] = read_unit(rows, arena);
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

#define PAGE_OF "WHERE u.plan = ? AND u.place > ? ORDER BY u.place LIMIT ?"

enum result drawn_load_units(struct store *store, int64_t plan, int64_t after, struct arena *arena,
                             struct drawn_unit *units, size_t most, size_t *count,
                             struct error *error) {
    return load_page(store, UNIT_QUERY PAGE_OF, plan, after, arena, units, most, count, error);
}

enum result drawn_load_listed(struct store *store, int64_t plan, int64_t after, struct arena *arena,
                              struct drawn_unit *units, size_t most, size_t *count,
                              struct error *error) {
    return load_page(store, LISTED_QUERY PAGE_OF, plan, after, arena, units, most, count, error);
}

enum result drawn_load_contacts(struct store *store, const struct plan *plan, struct arena *arena,
                                struct drawn_contact **contacts, size_t *count,
                                struct error *error) {
    size_t most = (size_t)plan->drawn;
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    *contacts = arena_alloc(arena, (most + 1) * sizeof(**contacts));
    enum result code =
        *contacts == NULL
            ? error_no_memory(error)
            : store_query(&rows, store,
                          "SELECT id, region, address, phone, stub FROM enterprise WHERE id IN "
                          "(SELECT enterprise FROM plan_unit WHERE plan = ?) ORDER BY id",
                          VALUES(value_int(plan->id)), error);
    while (code == RESULT_OK && *count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        (*contacts)[(*count)++] = (struct drawn_contact){
            .enterprise = statement_int(rows, 0),
            .region = arena_strdup(arena, statement_text(rows, 1)),
            .address = arena_strdup(arena, statement_text(rows, 2)),
            .phone = arena_strdup(arena, statement_text(rows, 3)),
            .stub = statement_int(rows, 4) != 0,
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

static int compare_contact(const void *key, const void *member) {
    int64_t wanted = *(const int64_t *)key;
    int64_t found = ((const struct drawn_contact *)member)->enterprise;
    return (wanted > found) - (wanted < found);
}

void drawn_fill_contact(struct drawn_unit *unit, const struct drawn_contact *contacts,
                        size_t count) {
    const struct drawn_contact *found =
        bsearch(&unit->enterprise, contacts, count, sizeof(*contacts), compare_contact);
    if (found != NULL) {
        unit->region = found->region;
        unit->address = found->address;
        unit->phone = found->phone;
        unit->stub = found->stub;
    }
}

enum result drawn_find_unit(struct store *store, const struct plan *plan, const char *word,
                            struct arena *arena, struct drawn_unit *unit, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, store,
                    UNIT_QUERY "WHERE u.plan = ?1 AND (u.unit = ?2 OR u.name = ?2 AND (SELECT "
                               "count(*) FROM plan_unit WHERE plan = ?1 AND name = ?2) = 1) ORDER "
                               "BY u.unit = ?2 DESC LIMIT 1",
                    VALUES(value_int(plan->id), value_text(word)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("\"%s\" is no enterprise drawn by plan %s; give its USCC or "
                           "registration number as the plan lists it."),
                         word, plan->number);
    }
    if (code == RESULT_OK) {
        *unit = read_unit(rows, arena);
        code = arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
    }
    statement_free(rows);
    return code;
}

/* The exclusions of a plan as the record lists them: in the order of their reasons. */
static enum result fill_excluded(struct draw_record *record, const struct plan *plan,
                                 struct error *error) {
    json_t *json = plan->excluded == NULL ? json_object() : json_loads(plan->excluded, 0, NULL);
    size_t count = json_object_size(json);
    struct draw_record_exclusion *excluded =
        arena_alloc(record->arena, (count + 1) * sizeof(*excluded));
    if (json == NULL || excluded == NULL) {
        json_decref(json);
        return error_no_memory(error);
    }
    const char *reason;
    json_t *number;
    size_t i = 0;
    json_object_foreach(json, reason, number) {
        excluded[i++] = (struct draw_record_exclusion){
            .reason = arena_strdup(record->arena, reason),
            .count = (uint64_t)json_integer_value(number),
        };
    }
    json_decref(json);
    record->excluded = excluded; /* the stored JSON has sorted keys, and jansson keeps the order */
    record->excluded_count = count;
    return arena_failed(record->arena) ? error_no_memory(error) : RESULT_OK;
}

/* Gives the record's units their names; both lists are in the order of strata and ranks. */
static enum result fill_names(struct store *store, const struct plan *plan,
                              struct draw_record *record, struct error *error) {
    struct statement *rows = NULL;
    enum result code =
        store_query(&rows, store, "SELECT unit, name FROM plan_unit WHERE plan = ? ORDER BY place",
                    VALUES(value_int(plan->id)), error);
    bool row = true;
    for (size_t i = 0; code == RESULT_OK && i < record->unit_count; i++) {
        code = statement_step(rows, &row, error);
        if (code == RESULT_OK &&
            (!row || strcmp(statement_string(rows, 0), record->units[i].id) != 0)) {
            code = error_set(error, RESULT_DAMAGED,
                             _("The units kept for plan %s are not those its seed draws. Keep the "
                               "file and tell the administrator."),
                             plan->number);
        }
        if (code == RESULT_OK) {
            record->units[i].name = arena_strdup(record->arena, statement_string(rows, 1));
            code = record->units[i].name == NULL ? error_no_memory(error) : RESULT_OK;
        }
    }
    statement_free(rows);
    return code;
}

static enum result fill_record(struct store *store, const struct plan *plan,
                               const struct draw_frame *frame, const char *frame_file,
                               struct draw_record *record, struct error *error) {
    struct draw_result *result = NULL;
    struct draw_extra *extras = NULL;
    struct draw_request request = {
        .frame = frame,
        .measures = &plan->measures,
        .draw_id = plan->draw_id,
        .seed = plan->seed,
    };
    enum result code =
        drawn_extras(store, plan->id, record->arena, &extras, &request.extra_count, error);
    request.extras = extras;
    if (code == RESULT_OK) {
        code = draw_run(&result, &request, error);
    }
    if (code == RESULT_OK) {
        record->number = plan->number;
        record->title = plan->title;
        record->draw_id = plan->draw_id;
        record->seed = plan->seed;
        record->seed_source = plan->seed_source == NULL ? "" : plan->seed_source;
        record->frame_file = frame_file;
        record->roster_digest = plan->roster_digest;
        code = draw_record_fill(record, frame, &plan->measures, result, error);
    }
    draw_result_free(result);
    if (code == RESULT_OK) {
        code = fill_excluded(record, plan, error);
    }
    if (code == RESULT_OK) {
        code = fill_names(store, plan, record, error);
    }
    return code == RESULT_OK ? draw_record_seal(record, error) : code;
}

enum result drawn_record(struct store *store, const struct plan *plan,
                         const struct draw_frame *frame, const char *frame_file,
                         struct draw_record **record, struct error *error) {
    *record = NULL;
    if (plan->seed == NULL || plan->drawn_at == NULL) {
        return error_set(error, RESULT_REFUSED, _("Plan %s is not drawn yet; draw it first."),
                         plan->number);
    }
    struct draw_record *made = draw_record_new();
    enum result code = made == NULL ? error_no_memory(error)
                                    : fill_record(store, plan, frame, frame_file, made, error);
    if (code != RESULT_OK) {
        draw_record_free(made);
        return code;
    }
    *record = made;
    return RESULT_OK;
}
