#include "plan/plan_import.h"

#include "plan/outcome_rule.h"
#include "store/statement.h"

#include <stdio.h>
#include <string.h>

/* Judging the rows of one file; the plan of the last row is kept, as rows of one follow each other.
 */
struct judging {
    struct store *store;
    const struct actor *actor;
    struct arena *arena; /* holds the plan */
    struct plan plan;    /* id 0: the task is no plan's */
    char task[64];
    bool looked;
};

/* Loads the plan whose number the task is. */
static enum result look_up(struct judging *judging, const char *task, struct error *error) {
    int64_t id = 0;
    if (judging->looked && strcmp(judging->task, task) == 0) {
        return RESULT_OK;
    }
    enum result code = store_fetch_int(judging->store, "SELECT id FROM plan WHERE number = ?",
                                       VALUES(value_text(task)), 0, &id, error);
    judging->plan.id = 0;
    if (code == RESULT_OK && id != 0) {
        arena_reset(judging->arena);
        code = plan_load(judging->store, id, judging->arena, &judging->plan, error);
    }
    judging->looked = code == RESULT_OK && strlen(task) < sizeof(judging->task);
    snprintf(judging->task, sizeof(judging->task), "%s", task);
    return code;
}

static enum result judge(void *context, struct record_value *values, struct arena *arena,
                         struct error *error) {
    struct judging *judging = context;
    enum result code = look_up(judging, values[INSPECTION_RESULT_task].text, error);
    if (code != RESULT_OK || judging->plan.id == 0) {
        return code;
    }
    code = outcome_rule_check(judging->store, &judging->plan, clock_today(&judging->actor->clock),
                              values, arena, error);
    struct record_value *matter = &values[INSPECTION_RESULT_matter];
    matter->text = arena_strdup(arena, matter->text); /* the plan may go before the row does */
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

static enum result start(struct judging *judging, struct store *store, const struct actor *actor,
                         struct error *error) {
    *judging = (struct judging){.store = store, .actor = actor, .arena = arena_new()};
    return judging->arena == NULL ? error_no_memory(error) : RESULT_OK;
}

enum result plan_import(struct store *store, const struct import_request *request,
                        struct import_report *report, const struct progress *progress,
                        struct error *error) {
    struct judging judging;
    const struct import_judge by_plan = {.judge = judge, .context = &judging};
    struct import_request judged = *request;
    judged.judge = &by_plan;
    enum result code = start(&judging, store, request->actor, error);
    if (code == RESULT_OK) {
        code = import_and_score(store, &judged, report, progress, error);
    }
    arena_free(judging.arena);
    return code;
}

enum result plan_import_waiting(struct store *store, int64_t batch, const struct actor *actor,
                                struct import_report *report, const struct progress *progress,
                                struct error *error) {
    struct judging judging;
    const struct import_judge by_plan = {.judge = judge, .context = &judging};
    enum result code = start(&judging, store, actor, error);
    if (code == RESULT_OK) {
        code = import_waiting(store, batch, actor, &by_plan, report, progress, error);
    }
    arena_free(judging.arena);
    return code;
}
