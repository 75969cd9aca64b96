#include "plan/staff.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "plan/matters.h"
#include "plan/plan_row.h"
#include "registry/division.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code;
    const char *words;
} reasons[] = {
#define STAFF_LEFT_OUT_ROW(code, words) {#code, words},
    STAFF_LEFT_OUT_TABLE(STAFF_LEFT_OUT_ROW)
#undef STAFF_LEFT_OUT_ROW
};

const char *staff_left_out_code(enum staff_left_out reason) {
    return reasons[reason].code;
}

const char *staff_left_out_name(enum staff_left_out reason) {
    return _(reasons[reason].words);
}

date staff_check_day(const struct plan_scope *scope, const struct clock *clock) {
    return scope->to != DATE_NONE     ? scope->to
           : scope->from != DATE_NONE ? scope->from
                                      : clock_today(clock);
}

/* What gathering a roster holds. */
struct gathering {
    struct store *store;
    const struct draw_frame *frame;
    const char **regions; /* of the frame, each once */
    size_t region_count;
    date day;
    struct plan_matter *matters; /* of the plan, in the library; none: any inspector will do */
    size_t matter_count;
    struct statement *recusals;
    struct arena *arena;
    struct draw_inspector *inspectors;
    size_t count;
    struct staff_counts *counts;
};

/* ---- regions --------------------------------------------------------------------------------- */

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Gathers the regions of the frame. */
static bool gather_regions(struct gathering *gathering) {
    size_t units = draw_frame_count(gathering->frame);
    gathering->regions = calloc(units + 1, sizeof(*gathering->regions));
    if (gathering->regions == NULL) {
        return false;
    }
    for (size_t i = 0; i < units; i++) {
        gathering->regions[i] = draw_frame_units(gathering->frame)[i].region;
    }
    qsort(gathering->regions, units, sizeof(*gathering->regions), compare_texts);
    for (size_t i = 0; i < units; i++) {
        if (i == 0 ||
            strcmp(gathering->regions[gathering->region_count - 1], gathering->regions[i]) != 0) {
            gathering->regions[gathering->region_count++] = gathering->regions[i];
        }
    }
    return true;
}

/* The beginning of a region's code that all below it share: 652300 is 6523, 652323000 is 652323. */
static size_t significant(const char *code) {
    size_t length = strlen(code);
    if (length == 9 && strcmp(code + 6, "000") == 0) {
        length = 6;
    }
    while ((length == 6 || length == 4) && strncmp(code + length - 2, "00", 2) == 0) {
        length -= 2;
    }
    return length;
}

/* The code that units of an inspector's region begin with, which a file may tell by code or name;
 * NULL when no unit of the frame is there. */
static const char *find_region(const struct gathering *gathering, const char *told) {
    static const size_t levels[] = {2, 4, 6, 9};
    bool code = told[0] != '\0' && told[strspn(told, "0123456789")] == '\0';
    size_t length = code ? significant(told) : 0;
    if (told[0] == '\0') {
        return "";
    }
    for (size_t i = 0; i < gathering->region_count; i++) {
        const char *region = gathering->regions[i];
        if (code && strncmp(region, told, length) == 0) {
            return arena_strndup(gathering->arena, told, length);
        }
        for (size_t level = 0; !code && level < 4 && strlen(region) >= levels[level]; level++) {
            const char *above = arena_strndup(gathering->arena, region, levels[level]);
            const char *name = above == NULL ? NULL : division_name(above);
            if (name != NULL && strcmp(name, told) == 0) {
                return above;
            }
        }
    }
    return NULL;
}

/* ---- who holds ------------------------------------------------------------------------------- */

/* What files say of somebody in service; nothing said is service too. */
static bool in_service(const char *state) {
    static const char *const words[] = {"",     "在岗", "在职", "在编",
                                        "有效", "正常", "启用", "active"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(state, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* True when one of the words of a list is the matter's code, the beginning of it, or stands in its
 * title or category; a list of none is for every matter. */
static bool covers(struct arena *arena, const char *list, const struct plan_matter *matter) {
    bool any = false;
    for (const char *at = list; *at != '\0';) {
        size_t length = strcspn(at, " ");
        const char *word = arena_strndup(arena, at, length);
        if (length > 0 && word != NULL) {
            any = true;
            if (strncmp(matter->code, word, length) == 0 || strstr(matter->title, word) != NULL ||
                strstr(matter->category, word) != NULL) {
                return true;
            }
        }
        at += length + (at[length] == ' ');
    }
    return !any;
}

/* True when an inspector may check every matter of the plan: all are checked in one visit. */
static bool qualified(const struct gathering *gathering, const char *list) {
    for (size_t i = 0; i < gathering->matter_count; i++) {
        if (!covers(gathering->arena, list, &gathering->matters[i])) {
            return false;
        }
    }
    return true;
}

enum staff_left_out staff_standing(const char *state, date until, date day) {
    return !in_service(state)   ? STAFF_inactive
           : until == DATE_NONE ? STAFF_undated
           : until < day        ? STAFF_expired
                                : STAFF_LEFT_OUT_COUNT;
}

/* Why an inspector is left out; STAFF_LEFT_OUT_COUNT when he is not. Columns: state, day, matters,
 * region. */
static enum staff_left_out judge(const struct gathering *gathering, struct statement *row,
                                 const char **region) {
    enum staff_left_out reason =
        staff_standing(statement_string(row, 6), statement_date(row, 5), gathering->day);
    *region = find_region(gathering, statement_string(row, 2));
    return reason != STAFF_LEFT_OUT_COUNT                    ? reason
           : !qualified(gathering, statement_string(row, 4)) ? STAFF_unqualified
           : *region == NULL                                 ? STAFF_elsewhere
                                                             : STAFF_LEFT_OUT_COUNT;
}

/* ---- gathering ------------------------------------------------------------------------------- */

/* The units of the frame that an inspector is recused from, joined. */
static enum result gather_recusals(struct gathering *gathering, const char *number,
                                   const char **list, struct error *error) {
    struct buffer joined = BUFFER_INIT;
    bool row = true;
    enum result code = statement_bind(
        gathering->recusals, VALUES(value_text(number), value_date(gathering->day)), error);
    while (code == RESULT_OK) {
        code = statement_step(gathering->recusals, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        const char *unit = statement_string(gathering->recusals, 0);
        if (draw_frame_find(gathering->frame, unit) != NULL) {
            buffer_append_text(&joined, joined.length == 0 ? "" : ",");
            buffer_append_text(&joined, unit);
        }
    }
    *list = arena_strdup(gathering->arena, buffer_text(&joined));
    bool failed = joined.failed || *list == NULL;
    buffer_free(&joined);
    return code == RESULT_OK && failed ? error_no_memory(error) : code;
}

/* Columns: number, name, region, expert, matters, last day, state. */
static enum result take(struct gathering *gathering, struct statement *row, struct error *error) {
    struct draw_inspector *one = &gathering->inspectors[gathering->count];
    char until[DATE_TEXT_SIZE];
    const char *region = NULL;
    enum staff_left_out reason = judge(gathering, row, &region);
    gathering->counts->known++;
    if (reason != STAFF_LEFT_OUT_COUNT) {
        gathering->counts->left_out[reason]++;
        return RESULT_OK;
    }
    *one = (struct draw_inspector){
        .id = arena_strdup(gathering->arena, statement_string(row, 0)),
        .name = arena_strdup(gathering->arena, statement_string(row, 1)),
        .region = region,
        .expert = statement_int(row, 3) == 1,
        .until = arena_strdup(gathering->arena, date_format(statement_date(row, 5), until)),
    };
    gathering->count++;
    return arena_failed(gathering->arena)
               ? error_no_memory(error)
               : gather_recusals(gathering, one->id, &one->recusals, error);
}

static enum result gather(struct gathering *gathering, struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_fetch_int(gathering->store, "SELECT count(*) FROM inspector",
                                       NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        gathering->inspectors = calloc((size_t)most + 1, sizeof(*gathering->inspectors));
        code = gathering->inspectors == NULL || !gather_regions(gathering)
                   ? error_no_memory(error)
                   : statement_prepare(
                         &gathering->recusals, gathering->store,
                         "SELECT coalesce(e.uscc, e.registration_number) AS unit FROM recusal r "
                         "JOIN enterprise e ON e.id = r.enterprise WHERE r.inspector = ?1 AND unit "
                         "IS NOT NULL AND coalesce(r.from_day, 0) <= ?2 AND (r.to_day IS NULL OR "
                         "r.to_day >= ?2) ORDER BY unit",
                         error);
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, gathering->store,
                           "SELECT number, name, region, expert, matters, certificate_until, state "
                           "FROM inspector ORDER BY number",
                           NO_VALUES, error);
    }
    while (code == RESULT_OK && (int64_t)gathering->count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = take(gathering, rows, error);
    }
    statement_free(rows);
    return code;
}

enum result staff_roster(struct store *store, const struct plan_scope *scope, date day,
                         const struct draw_frame *frame, struct draw_roster **roster,
                         struct staff_counts *counts, struct error *error) {
    struct gathering gathering = {
        .store = store, .frame = frame, .day = day, .arena = arena_new(), .counts = counts};
    const struct draw_team_rule rule = {.size = scope->team_size == 0 ? PLAN_TEAM_SIZE
                                                                      : (uint32_t)scope->team_size,
                                        .expert = scope->expert};
    *roster = NULL;
    *counts = (struct staff_counts){0};
    enum result code = gathering.arena == NULL
                           ? error_no_memory(error)
                           : plan_matters_load(store, scope->matters, gathering.arena,
                                               &gathering.matters, &gathering.matter_count, error);
    if (code == RESULT_OK) {
        code = gather(&gathering, error);
    }
    if (code == RESULT_OK && counts->known > 0) {
        code = draw_roster_build(roster, &rule, gathering.inspectors, gathering.count, error);
    }
    statement_free(gathering.recusals);
    arena_free(gathering.arena);
    free(gathering.regions);
    free(gathering.inspectors);
    return code;
}

/* ---- keeping --------------------------------------------------------------------------------- */

/* {reason: count}, keys sorted; on the heap. */
static char *left_out_text(const struct staff_counts *counts) {
    json_t *json = json_object();
    for (int i = 0; i < STAFF_LEFT_OUT_COUNT; i++) {
        if (counts->left_out[i] > 0) {
            json_object_set_new(json, staff_left_out_code((enum staff_left_out)i),
                                json_integer(counts->left_out[i]));
        }
    }
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return text;
}

enum result staff_keep(struct store *store, const struct actor *actor, const struct plan *plan,
                       const struct draw_roster *roster, const struct staff_counts *counts,
                       struct error *error) {
    size_t length = 0;
    const char *text = draw_roster_text(roster, &length);
    char *left_out = left_out_text(counts);
    enum result code =
        left_out == NULL
            ? error_no_memory(error)
            : store_execute(store, "INSERT INTO plan_roster (plan, text) VALUES (?, ?)",
                            VALUES(value_int(plan->id), value_blob(text, length)), error);
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "UPDATE plan SET roster_digest = ?, staff_left_out = ? WHERE id = ?",
                             VALUES(value_text(draw_roster_digest(roster)), value_text(left_out),
                                    value_int(plan->id)),
                             error);
    }
    if (code == RESULT_OK) {
        char after[192];
        snprintf(after, sizeof(after), "{\"inspectors\":%zu,\"roster_digest\":\"%s\"}",
                 draw_roster_count(roster), draw_roster_digest(roster));
        code = plan_journal(store, actor, "plan.roster", plan->number, NULL, after, error);
    }
    free(left_out);
    return code;
}

void staff_left_out_counts(const struct plan *plan, int64_t counts[static STAFF_LEFT_OUT_COUNT]) {
    json_t *json = plan->staff_left_out == NULL ? NULL : json_loads(plan->staff_left_out, 0, NULL);
    for (int i = 0; i < STAFF_LEFT_OUT_COUNT; i++) {
        counts[i] =
            json_integer_value(json_object_get(json, staff_left_out_code((enum staff_left_out)i)));
    }
    json_decref(json);
}

enum result staff_load(struct store *store, const struct plan *plan, struct draw_roster **roster,
                       struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    *roster = NULL;
    enum result code = store_query(&rows, store, "SELECT text FROM plan_roster WHERE plan = ?",
                                   VALUES(value_int(plan->id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && !row) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s was frozen without inspectors; import them, void the plan and "
                           "make another."),
                         plan->number);
    }
    if (code == RESULT_OK) {
        size_t length = 0;
        const char *text = statement_blob(rows, 0, &length);
        code = draw_roster_parse(roster, text == NULL ? "" : text, length, error);
    }
    statement_free(rows);
    if (code == RESULT_OK && strcmp(draw_roster_digest(*roster), plan->roster_digest) != 0) {
        draw_roster_free(*roster);
        *roster = NULL;
        code = error_set(error, RESULT_DAMAGED,
                         _("The roster of plan %s is not the one that was frozen: its digest "
                           "differs. Keep the file and tell the administrator."),
                         plan->number);
    }
    return code;
}

enum result staff_in_service(struct store *store, int64_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    enum result code = store_query(&rows, store, "SELECT state FROM inspector", NO_VALUES, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        *count += in_service(statement_string(rows, 0)) ? 1 : 0;
    }
    statement_free(rows);
    return code;
}
