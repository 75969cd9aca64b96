#include "plan/scope.h"

#include "base/gettext.h"
#include "score/listing.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 1000

/* Units gathered so far; texts live in the arena. */
struct gathering {
    struct arena *arena;
    struct draw_unit *units; /* NULL: only counted */
    size_t count;
    size_t capacity;
    bool keep;
    struct plan_counts *counts;
    struct exclusions *exclusions;
    const struct draw_measures *measures; /* NULL: only counted */
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
        .grade = arena_strdup(gathering->arena,
                              exclusions_grade(gathering->exclusions, row, gathering->measures)),
        .flags = row->key_field ? "key" : "",
        .risk_class = risk_class_letter(row->risk_class)[0],
    };
    return unit->id != NULL && unit->region != NULL && unit->grade != NULL;
}

static enum result take_row(struct gathering *gathering, const struct listing_row *row,
                            struct error *error) {
    enum plan_exclusion reason = exclusions_judge(gathering->exclusions, row);
    if (reason < PLAN_EXCLUSION_COUNT) {
        gathering->counts->excluded[reason]++;
        return RESULT_OK;
    }
    gathering->counts->classes[row->risk_class]++;
    return gathering->keep && !keep_unit(gathering, row) ? error_no_memory(error) : RESULT_OK;
}

/* Goes over all scored enterprises in the scope, page by page. */
static enum result gather(struct store *store, int64_t period, const struct plan_scope *scope,
                          date today, const struct progress *progress, struct gathering *gathering,
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
    if (code == RESULT_OK) {
        code = exclusions_load(&gathering->exclusions, store, period, scope, today, error);
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
    exclusions_free(gathering->exclusions);
    gathering->exclusions = NULL;
    return code;
}

enum result plan_scope_count(struct store *store, int64_t period, const struct plan_scope *scope,
                             date today, struct plan_counts *counts, struct error *error) {
    *counts = (struct plan_counts){0};
    struct gathering gathering = {.counts = counts};
    return gather(store, period, scope, today, NULL, &gathering, error);
}

enum result plan_scope_frame(struct store *store, const struct plan *plan, date today,
                             const struct progress *progress, struct draw_frame **frame,
                             struct plan_counts *counts, struct error *error) {
    *frame = NULL;
    *counts = (struct plan_counts){0};
    struct gathering gathering = {
        .arena = arena_new(), .keep = true, .counts = counts, .measures = &plan->measures};
    enum result code = gathering.arena == NULL ? error_no_memory(error)
                                               : gather(store, plan->period, &plan->scope, today,
                                                        progress, &gathering, error);
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
