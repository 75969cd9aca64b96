#include "plan/scope.h"

#include "base/gettext.h"
#include "plan/visited.h"
#include "score/listing.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 1000

static const struct {
    const char *code;
    const char *words;
} exclusions[] = {
#define EXCLUSION_ROW(code, words) {#code, words},
    PLAN_EXCLUSION_TABLE(EXCLUSION_ROW)};

const char *plan_exclusion_code(enum plan_exclusion reason) {
    return exclusions[reason].code;
}

const char *plan_exclusion_name(enum plan_exclusion reason) {
    return _(exclusions[reason].words);
}

/* The reason to leave a row out that lies in earlier draws of the year. */
static enum plan_exclusion visits_exclude(const struct listing_row *row,
                                          const struct plan_limits *limits,
                                          const struct visited *visited) {
    if (visited == NULL) {
        return PLAN_EXCLUSION_COUNT;
    }
    if (visited_last_batch(visited, row->key.id) >= limits->rounds[row->risk_class]) {
        return PLAN_EXCLUDED_round_done;
    }
    return visited_in_year(visited, row->key.id) >= limits->caps[row->risk_class]
               ? PLAN_EXCLUDED_annual_cap
               : PLAN_EXCLUSION_COUNT;
}

/* The reason to leave a row out; PLAN_EXCLUSION_COUNT when there is none. */
static enum plan_exclusion exclusion_of(const struct listing_row *row,
                                        const struct plan_limits *limits,
                                        const struct visited *visited) {
    static const char *const gone[] = {"cancelled", "revoked", "withdrawn", "moved_out"};
    for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
        if (strcmp(row->status, gone[i]) == 0) {
            return PLAN_EXCLUDED_deregistered;
        }
    }
    return row->uscc[0] == '\0' ? PLAN_EXCLUDED_no_code : visits_exclude(row, limits, visited);
}

/* Units gathered so far; texts live in the arena. */
struct gathering {
    struct arena *arena;
    struct draw_unit *units; /* NULL: only counted */
    size_t count;
    size_t capacity;
    bool keep;
    struct plan_counts *counts;
    const struct plan_limits *limits;
    struct visited *visited; /* NULL: earlier draws leave nobody out */
};

static bool keep_unit(struct gathering *gathering, const struct listing_row *row) {
    if (gathering->count == gathering->capacity) {
        size_t capacity = gathering->capacity == 0 ? 4096 : gathering->capacity * 2;
        struct draw_unit *units = realloc(gathering->units, capacity * sizeof(*units));
        if (units == NULL) {
            return false;
        }
        gathering->units = units;
        gathering->capacity = capacity;
    }
    struct draw_unit *unit = &gathering->units[gathering->count++];
    *unit = (struct draw_unit){
        .id = arena_strdup(gathering->arena, row->uscc),
        .region = arena_strdup(gathering->arena, row->region),
        .grade = "",
        .flags = row->key_field ? "key" : "",
        .risk_class = risk_class_letter(row->risk_class)[0],
    };
    return unit->id != NULL && unit->region != NULL;
}

static enum result take_row(struct gathering *gathering, const struct listing_row *row,
                            struct error *error) {
    enum plan_exclusion reason = exclusion_of(row, gathering->limits, gathering->visited);
    if (reason < PLAN_EXCLUSION_COUNT) {
        gathering->counts->excluded[reason]++;
        return RESULT_OK;
    }
    gathering->counts->classes[row->risk_class]++;
    return gathering->keep && !keep_unit(gathering, row) ? error_no_memory(error) : RESULT_OK;
}

/* Goes over all scored enterprises in the scope, page by page. */
static enum result gather(struct store *store, int64_t period, const struct plan_scope *scope,
                          const struct progress *progress, struct gathering *gathering,
                          struct error *error) {
    struct listing_filter filter = {
        .period = period,
        .risk_class = CLASS_COUNT,
        .region = scope->region,
        .industry = scope->industry,
        .sort = LISTING_BY_SCORE,
    };
    struct arena *page = arena_new();
    struct listing_row *rows = calloc(PAGE_ROWS, sizeof(*rows));
    struct listing_key key;
    size_t count = PAGE_ROWS;
    uint64_t done = 0;
    enum result code = page == NULL || rows == NULL ? error_no_memory(error) : RESULT_OK;
    gathering->limits = &scope->limits;
    if (code == RESULT_OK && scope->limits.task != 0) {
        code = visited_load(&gathering->visited, store, date_year(scope->from), scope->limits.task,
                            error);
    }
    while (code == RESULT_OK && count == PAGE_ROWS) {
        arena_reset(page);
        code = listing_page(store, &filter, LISTING_AFTER, done == 0 ? NULL : &key, page, rows,
                            PAGE_ROWS, &count, error);
        for (size_t i = 0; code == RESULT_OK && i < count; i++) {
            code = take_row(gathering, &rows[i], error);
        }
        done += count;
        if (code == RESULT_OK && count > 0) {
            key = rows[count - 1].key;
            code = progress_step(progress, done, 0, error);
        }
    }
    arena_free(page);
    free(rows);
    visited_free(gathering->visited);
    gathering->visited = NULL;
    return code;
}

enum result plan_scope_count(struct store *store, int64_t period, const struct plan_scope *scope,
                             struct plan_counts *counts, struct error *error) {
    *counts = (struct plan_counts){0};
    struct gathering gathering = {.counts = counts};
    return gather(store, period, scope, NULL, &gathering, error);
}

enum result plan_scope_frame(struct store *store, int64_t period, const struct plan_scope *scope,
                             const struct progress *progress, struct draw_frame **frame,
                             struct plan_counts *counts, struct error *error) {
    *frame = NULL;
    *counts = (struct plan_counts){0};
    struct gathering gathering = {.arena = arena_new(), .keep = true, .counts = counts};
    enum result code = gathering.arena == NULL
                           ? error_no_memory(error)
                           : gather(store, period, scope, progress, &gathering, error);
    if (code == RESULT_OK && gathering.count == 0) {
        code = error_set(error, RESULT_REFUSED, "%s",
                         _("No enterprise is in the plan's scope; widen region or industry, or run "
                           "the period first."));
    }
    if (code == RESULT_OK) {
        code = draw_frame_build(frame, gathering.units, gathering.count, error);
    }
    free(gathering.units);
    arena_free(gathering.arena);
    return code;
}
