#include "score/professional_standing.h"

#include "score/professional.h"
#include "store/statement.h"

#include <string.h>

/* ---- computed -------------------------------------------------------------------------------- */

/* Explains one computed grade as a result is explained. */
static enum result explain(struct store *store, const struct explanation *explanation,
                           const struct professional_row *row, struct arena *arena,
                           struct professional_standing *standing, struct error *error) {
    struct explanation *own = arena_alloc(arena, sizeof(*own));
    if (own == NULL) {
        return error_no_memory(error);
    }
    *own = (struct explanation){
        .enterprise = explanation->enterprise,
        .period = explanation->period,
        .result = row->result,
        .facts = explanation->facts,
        .fact_count = explanation->fact_count,
        .overrides = explanation->overrides,
        .override_count = explanation->override_count,
    };
    enum result code = policy_store_load(store, row->result.policy, &own->policy, error);
    if (code != RESULT_OK) {
        return code;
    }
    own->result.score_class = policy_class_of(own->policy, own->result.total);
    *standing = (struct professional_standing){
        .field = row->field, .own = own, .grade = risk_class_letter(own->result.final_class)};
    return explanation_complete(store, own, arena, error);
}

/* ---- judged ---------------------------------------------------------------------------------- */

/* The standing that a judged field belongs to; count when there is none. */
static size_t find_standing(const struct professional_standing *standings, size_t count,
                            const char *field) {
    size_t place = 0;
    while (place < count &&
           strncmp(field, standings[place].field, strlen(standings[place].field)) != 0) {
        place++;
    }
    return place;
}

/* Takes in one judged grade; of several in a field the first, which is the newest, counts. */
static void take_judged(struct statement *row, struct arena *arena,
                        struct professional_standing *standings, size_t *count) {
    size_t place = find_standing(standings, *count, statement_string(row, 0));
    struct professional_standing *standing = &standings[place];
    if (place == *count) {
        *standing =
            (struct professional_standing){.field = arena_strdup(arena, statement_string(row, 0))};
        ++*count;
    } else if (standing->judged != NULL) {
        return;
    }
    standing->judged = arena_strdup(arena, statement_string(row, 1));
    standing->judged_on = statement_date(row, 2);
    standing->until = statement_date(row, 3);
    standing->agency = arena_strdup(arena, statement_text(row, 4));
    standing->grade = standing->judged;
}

static enum result add_judged(struct store *store, const struct explanation *explanation,
                              struct arena *arena, struct professional_standing *standings,
                              size_t most, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store,
        "SELECT field, grade, judged_on, until, agency FROM grade WHERE enterprise = "
        "?1 AND (judged_on IS NULL OR judged_on <= ?2) AND (until IS NULL OR until >= "
        "?2) ORDER BY judged_on DESC, id DESC",
        VALUES(value_int(explanation->enterprise.id), value_date(explanation->result.day)), error);
    while (code == RESULT_OK && *count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        take_judged(rows, arena, standings, count);
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* ---- both ------------------------------------------------------------------------------------ */

enum result professional_standing_load(struct store *store, const struct explanation *explanation,
                                       struct arena *arena,
                                       struct professional_standing **standings, size_t *count,
                                       struct error *error) {
    struct professional_row *computed = NULL;
    size_t computed_count = 0;
    int64_t judged_count = 0;
    *count = 0;
    *standings = NULL;
    enum result code = professional_load(store, explanation->period.id, explanation->enterprise.id,
                                         arena, &computed, &computed_count, error);
    if (code == RESULT_OK) {
        code =
            store_fetch_int(store, "SELECT count(*) FROM grade WHERE enterprise = ?",
                            VALUES(value_int(explanation->enterprise.id)), 0, &judged_count, error);
    }
    size_t most = computed_count + (size_t)judged_count;
    if (code == RESULT_OK) {
        *standings = arena_alloc(arena, (most + 1) * sizeof(**standings));
        code = *standings == NULL ? error_no_memory(error) : RESULT_OK;
    }
    for (size_t i = 0; code == RESULT_OK && i < computed_count; i++) {
        code = explain(store, explanation, &computed[i], arena, &(*standings)[(*count)++], error);
    }
    if (code == RESULT_OK) {
        code = add_judged(store, explanation, arena, *standings, most, count, error);
    }
    if (code != RESULT_OK) {
        professional_standing_clear(*standings, *count);
        *count = 0;
    }
    return code;
}

void professional_standing_clear(struct professional_standing *standings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (standings[i].own != NULL) {
            explanation_clear(standings[i].own);
        }
    }
}
