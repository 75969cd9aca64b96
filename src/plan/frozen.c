#include "plan/frozen.h"

#include "plan/drawn.h"
#include "store/statement.h"

#include <jansson.h>

static void count_excluded(const struct plan *plan, struct plan_counts *counts) {
    json_t *json = plan->excluded == NULL ? NULL : json_loads(plan->excluded, 0, NULL);
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        counts->excluded[i] =
            json_integer_value(json_object_get(json, plan_exclusion_code((enum plan_exclusion)i)));
    }
    json_decref(json);
}

enum result frozen_counts(struct store *store, const struct plan *plan, struct plan_counts *counts,
                          struct error *error) {
    struct draw_frame *frame = NULL;
    *counts = (struct plan_counts){0};
    enum result code = drawn_load_frame(store, plan, &frame, error);
    for (size_t i = 0; code == RESULT_OK && i < draw_frame_count(frame); i++) {
        const char letter[2] = {draw_frame_units(frame)[i].risk_class, '\0'};
        enum risk_class risk_class = risk_class_find(letter);
        if (risk_class < CLASS_COUNT) {
            counts->classes[risk_class]++;
        }
    }
    draw_frame_free(frame);
    count_excluded(plan, counts);
    return code;
}

enum result frozen_previous(struct store *store, const struct plan *plan, struct arena *arena,
                            struct plan *previous, bool *found, struct error *error) {
    int64_t id = 0;
    enum result code = store_fetch_int(
        store,
        "SELECT id FROM plan WHERE frozen_at IS NOT NULL AND id < ?1 AND "
        "json_extract(scope, '$.region') IS ?2 AND json_extract(scope, '$.industry') IS ?3 "
        "ORDER BY id DESC LIMIT 1",
        VALUES(value_int(plan->id), value_text(plan->scope.region),
               value_text(plan->scope.industry)),
        0, &id, error);
    *found = code == RESULT_OK && id != 0;
    return *found ? plan_load(store, id, arena, previous, error) : code;
}
