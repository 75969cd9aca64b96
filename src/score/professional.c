#include "score/professional.h"

#include "base/buffer.h"
#include "score/network.h"
#include "score/scorer.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* The policies of one field: the first that is made for an enterprise grades it. */
struct field {
    struct policy_set set; /* borrows the policies */
    struct scorer *scorer;
};

struct professional {
    struct policy_set policies; /* of all fields */
    struct field fields[POLICY_SET_MOST];
    size_t field_count;
    int64_t period;
    bool forked; /* the policies are another's */
    struct statement *forget;
    struct statement *insert;
    struct buffer texts;
    struct scored scored; /* the enterprise at hand */
};

/* ---- the policies of a period ---------------------------------------------------------------- */

enum result professional_begin(struct store *store, int64_t period, struct error *error) {
    const struct value id = value_int(period);
    enum result code =
        store_execute(store, "DELETE FROM professional_result WHERE period = ?", VALUES(id), error);
    if (code == RESULT_OK) {
        code = store_execute(store, "DELETE FROM professional_policy WHERE period = ?", VALUES(id),
                             error);
    }
    return code == RESULT_OK
               ? store_execute(store,
                               "INSERT INTO professional_policy (period, place, policy) SELECT ?, "
                               "row_number() OVER (ORDER BY publication DESC), id FROM policy "
                               "WHERE state = 'published' AND field IS NOT NULL",
                               VALUES(id), error)
               : code;
}

static enum result load_policies(struct store *store, struct professional *professional,
                                 struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store, "SELECT policy FROM professional_policy WHERE period = ? ORDER BY place",
        VALUES(value_int(professional->period)), error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = policy_set_add(store, &professional->policies, statement_int(rows, 0), error);
    }
    statement_free(rows);
    return code;
}

enum result professional_same(struct store *store, int64_t period, bool *same,
                              struct error *error) {
    int64_t alike = 0;
    enum result code = store_fetch_int(
        store,
        "SELECT (SELECT group_concat(policy) FROM (SELECT policy FROM professional_policy WHERE "
        "period = ? ORDER BY place)) IS (SELECT group_concat(id) FROM (SELECT id FROM policy WHERE "
        "state = 'published' AND field IS NOT NULL ORDER BY publication DESC))",
        VALUES(value_int(period)), 0, &alike, error);
    *same = alike != 0;
    return code;
}

enum result professional_hops(struct store *store, int64_t period, int64_t *hops,
                              struct error *error) {
    struct professional loaded = {.period = period};
    enum result code = load_policies(store, &loaded, error);
    *hops = 0;
    for (size_t i = 0; i < loaded.policies.count; i++) {
        int64_t own = network_hops(loaded.policies.policies[i]);
        *hops = own > *hops ? own : *hops;
    }
    policy_set_free(&loaded.policies);
    return code;
}

/* The place of a policy's field, made when it is new. */
static struct field *field_of(struct professional *professional, const struct policy *policy) {
    for (size_t i = 0; i < professional->field_count; i++) {
        struct field *one = &professional->fields[i];
        if (strcmp(one->set.policies[0]->field, policy->field) == 0) {
            return one;
        }
    }
    return &professional->fields[professional->field_count++];
}

static void part_by_field(struct professional *professional) {
    for (size_t i = 0; i < professional->policies.count; i++) {
        struct policy *policy = professional->policies.policies[i];
        struct policy_set *set = &field_of(professional, policy)->set;
        set->policies[set->count] = policy;
        set->ids[set->count++] = professional->policies.ids[i];
    }
}

/* ---- grading --------------------------------------------------------------------------------- */

static enum result prepare(struct store *store, struct professional *professional,
                           struct error *error) {
    enum result code = statement_prepare(
        &professional->forget, store,
        "DELETE FROM professional_result WHERE period = ? AND enterprise = ?", error);
    return code == RESULT_OK
               ? statement_prepare(
                     &professional->insert, store,
                     "INSERT INTO professional_result (period, enterprise, field, policy, day, "
                     "total, grade, decided_rule, dimensions, indicators) VALUES (?, ?, ?, ?, ?, "
                     "?, ?, ?, ?, ?)",
                     error)
               : code;
}

enum result professional_new(struct professional **professional, struct store *store,
                             int64_t period, date day, const struct id_list *of,
                             struct error *error) {
    struct professional *made = calloc(1, sizeof(*made));
    *professional = NULL;
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->period = period;
    enum result code = load_policies(store, made, error);
    if (code == RESULT_OK) {
        part_by_field(made);
        code = prepare(store, made, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < made->field_count; i++) {
        struct field *one = &made->fields[i];
        code = scorer_new(&one->scorer, store, &one->set, day, period, of, error);
    }
    if (code != RESULT_OK) {
        professional_free(made);
        return code;
    }
    *professional = made;
    return RESULT_OK;
}

enum result professional_fork(struct professional **fork, const struct professional *professional,
                              struct error *error) {
    struct professional *made = calloc(1, sizeof(*made));
    *fork = made;
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->forked = true;
    made->field_count = professional->field_count;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < made->field_count; i++) {
        made->fields[i].set = professional->fields[i].set;
        code = scorer_fork(&made->fields[i].scorer, professional->fields[i].scorer, error);
    }
    return code;
}

void professional_free(struct professional *professional) {
    if (professional == NULL) {
        return;
    }
    for (size_t i = 0; i < professional->field_count; i++) {
        scorer_free(professional->fields[i].scorer);
    }
    statement_free(professional->forget);
    statement_free(professional->insert);
    if (!professional->forked) {
        policy_set_free(&professional->policies);
    }
    buffer_free(&professional->texts);
    free(professional);
}

enum result professional_grade(struct professional *professional,
                               const struct registry_subject *subject,
                               struct professional_line *lines, size_t *count, struct buffer *texts,
                               struct error *error) {
    struct scored *scored = &professional->scored;
    enum result code = RESULT_OK;
    *count = 0;
    for (size_t i = 0; code == RESULT_OK && i < professional->field_count; i++) {
        code = scorer_run(professional->fields[i].scorer, subject, scored, error);
        if (code == RESULT_OK && scored->known) {
            struct professional_line *line = &lines[(*count)++];
            line->field = scored->input.policy->field;
            result_line_make(&line->result, scored, DATE_NONE, texts);
        }
    }
    return code == RESULT_OK && texts->failed ? error_no_memory(error) : code;
}

enum result professional_store(struct professional *professional,
                               const struct professional_line *line, const char *texts,
                               struct error *error) {
    const struct result_line *result = &line->result;
    return statement_run(professional->insert,
                         VALUES(value_int(professional->period), value_int(result->enterprise),
                                value_text(line->field), value_int(result->policy),
                                value_date(result->day), value_int(result->total),
                                value_text(risk_class_letter(result->final_class)),
                                value_text(result->rule), value_text(texts + result->dimensions),
                                value_text(texts + result->indicators)),
                         error);
}

enum result professional_regrade(struct professional *professional,
                                 const struct registry_subject *subject, struct error *error) {
    struct professional_line lines[POLICY_SET_MOST];
    size_t count = 0;
    buffer_reset(&professional->texts);
    enum result code = statement_run(
        professional->forget,
        VALUES(value_int(professional->period), value_int(subject->enterprise.id)), error);
    if (code == RESULT_OK) {
        code =
            professional_grade(professional, subject, lines, &count, &professional->texts, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = professional_store(professional, &lines[i], professional->texts.data, error);
    }
    return code;
}

/* ---- reading --------------------------------------------------------------------------------- */

static enum result read_row(struct statement *row, struct arena *arena,
                            struct professional_row *grade, struct error *error) {
    struct result_row *result = &grade->result;
    grade->field = arena_strdup(arena, statement_string(row, 0));
    result->policy = statement_int(row, 1);
    result->day = statement_date(row, 2);
    result->total = statement_int(row, 3);
    result->final_class = risk_class_find(statement_text(row, 4));
    result->score_class = risk_class_find(statement_text(row, 4)); /* until the policy is known */
    result->rule = arena_strdup(arena, statement_text(row, 5));
    result->decision = result->rule == NULL ? DECIDED_BY_SCORE : DECIDED_BY_DIRECT;
    return result_read_breakdown(statement_string(row, 6), statement_string(row, 7), arena, result,
                                 error);
}

enum result professional_load(struct store *store, int64_t period, int64_t enterprise,
                              struct arena *arena, struct professional_row **rows, size_t *count,
                              struct error *error) {
    struct statement *found = NULL;
    bool row = true;
    *count = 0;
    *rows = arena_alloc(arena, POLICY_SET_MOST * sizeof(**rows));
    enum result code =
        *rows == NULL
            ? error_no_memory(error)
            : store_query(&found, store,
                          "SELECT field, policy, day, total, grade, decided_rule, dimensions, "
                          "indicators FROM professional_result WHERE period = ? AND enterprise = ? "
                          "ORDER BY field",
                          VALUES(value_int(period), value_int(enterprise)), error);
    while (code == RESULT_OK && *count < POLICY_SET_MOST) {
        code = statement_step(found, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct professional_row *grade = &(*rows)[(*count)++];
        grade->result.period = period;
        grade->result.enterprise = enterprise;
        code = read_row(found, arena, grade, error);
    }
    statement_free(found);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result professional_counts(struct store *store, int64_t period, struct arena *arena,
                                struct professional_count **counts, size_t *count,
                                struct error *error) {
    struct statement *found = NULL;
    bool row = true;
    *count = 0;
    *counts = arena_alloc(arena, POLICY_SET_MOST * sizeof(**counts));
    enum result code =
        *counts == NULL
            ? error_no_memory(error)
            : store_query(&found, store,
                          "SELECT field, sum(grade = 'A'), sum(grade = 'B'), sum(grade = 'C'), "
                          "sum(grade = 'D') FROM professional_result WHERE period = ? GROUP BY "
                          "field ORDER BY field",
                          VALUES(value_int(period)), error);
    while (code == RESULT_OK && *count < POLICY_SET_MOST) {
        code = statement_step(found, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct professional_count *one = &(*counts)[(*count)++];
        one->field = arena_strdup(arena, statement_string(found, 0));
        for (int i = 0; i < CLASS_COUNT; i++) {
            one->grades[i] = statement_int(found, i + 1);
        }
    }
    statement_free(found);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result professional_forget_batch(struct store *store, int64_t batch, struct error *error) {
    return store_execute(store,
                         "DELETE FROM professional_result WHERE (period, enterprise) IN (SELECT "
                         "p.id, e.id FROM enterprise e CROSS JOIN period p WHERE e.batch = ?1 AND "
                         "p.state = 'open')",
                         VALUES(value_int(batch)), error);
}
