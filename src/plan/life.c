#include "plan/plan.h"

#include "base/gettext.h"
#include "base/text.h"
#include "draw/ticket.h"
#include "plan/ceiling.h"
#include "plan/drawn.h"
#include "plan/plan_row.h"
#include "plan/scope.h"
#include "plan/staff.h"
#include "plan/visited.h"
#include "score/override.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a step is given besides the plan. */
struct step {
    const struct actor *actor;
    const char *seed;
    const char *source;
    const char *reason;
    const struct progress *progress;
};

typedef enum result step_function(struct store *store, const struct plan *plan,
                                  const struct step *step, struct error *error);

/* The frame of every step: load the plan, do it, all or nothing. */
static enum result take_step(struct store *store, int64_t id, step_function *function,
                             const struct step *step, struct error *error) {
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    struct plan plan;
    code = arena == NULL ? error_no_memory(error) : plan_load(store, id, arena, &plan, error);
    if (code == RESULT_OK) {
        code = function(store, &plan, step, error);
    }
    arena_free(arena);
    return store_finish(store, code, error);
}

/* {reason: count}, keys sorted; on the heap. */
static char *excluded_text(const struct plan_counts *counts) {
    json_t *json = json_object();
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        if (counts->excluded[i] > 0) {
            json_object_set_new(json, plan_exclusion_code((enum plan_exclusion)i),
                                json_integer(counts->excluded[i]));
        }
    }
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return text;
}

static enum result keep_frozen(struct store *store, const struct plan *plan,
                               const struct step *step, const struct draw_frame *frame,
                               const char *excluded, struct error *error) {
    char measures_digest[DIGEST_HEX_SIZE];
    char at[CLOCK_TEXT_SIZE];
    enum result code = draw_measures_digest(&plan->measures, measures_digest, error);
    if (code == RESULT_OK) {
        code = drawn_keep_frame(store, plan->id, frame, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "UPDATE plan SET state = 'FROZEN', frame_digest = ?, measures_digest = ?, "
            "excluded = ?, population = ?, frozen_at = ? WHERE id = ?",
            VALUES(value_text(draw_frame_digest(frame)), value_text(measures_digest),
                   value_text(excluded), value_int((int64_t)draw_frame_count(frame)),
                   value_text(clock_now(&step->actor->clock, at)), value_int(plan->id)),
            error);
    }
    if (code == RESULT_OK) {
        char after[256];
        snprintf(after, sizeof(after),
                 "{\"frame_digest\":\"%s\",\"measures_digest\":\"%s\",\"units\":%zu}",
                 draw_frame_digest(frame), measures_digest, draw_frame_count(frame));
        code = plan_journal(store, step->actor, "plan.freeze", plan->number, NULL, after, error);
    }
    return code;
}

/* Freezes who can be sent, beside the frame; nothing when the registry has no inspectors. */
static enum result freeze_staff(struct store *store, const struct plan *plan,
                                const struct step *step, const struct draw_frame *frame,
                                struct error *error) {
    struct draw_roster *roster = NULL;
    struct staff_counts counts;
    date day = staff_check_day(&plan->scope, &step->actor->clock);
    enum result code = staff_roster(store, &plan->scope, day, frame, &roster, &counts, error);
    if (code == RESULT_OK && roster != NULL) {
        code = staff_keep(store, step->actor, plan, roster, &counts, error);
    }
    draw_roster_free(roster);
    return code;
}

static enum result freeze(struct store *store, const struct plan *plan, const struct step *step,
                          struct error *error) {
    struct draw_frame *frame = NULL;
    struct plan_counts counts;
    enum result code = plan_expect(plan, PLAN_DRAFT, error);
    if (code == RESULT_OK && plan->scope.limits.task != 0) {
        code = visited_settled(store, plan, error);
    }
    if (code == RESULT_OK) {
        code = ceiling_check(store, plan, error);
    }
    if (code == RESULT_OK) { /* the frame rests on the classes of this day */
        code = override_catch_up(store, &step->actor->clock, NULL, error);
    }
    if (code == RESULT_OK) {
        code = plan_scope_frame(store, plan, clock_today(&step->actor->clock), step->progress,
                                &frame, &counts, error);
    }
    if (code == RESULT_OK) {
        char *excluded = excluded_text(&counts);
        code = excluded == NULL ? error_no_memory(error)
                                : keep_frozen(store, plan, step, frame, excluded, error);
        free(excluded);
    }
    if (code == RESULT_OK) {
        code = freeze_staff(store, plan, step, frame, error);
    }
    draw_frame_free(frame);
    return code;
}

static enum result commit(struct store *store, const struct plan *plan, const struct step *step,
                          struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code = plan_expect(plan, PLAN_FROZEN, error);
    if (code == RESULT_OK) {
        code = store_execute(
            store, "UPDATE plan SET state = 'COMMITTED', committed_at = ? WHERE id = ?",
            VALUES(value_text(clock_now(&step->actor->clock, at)), value_int(plan->id)), error);
    }
    if (code == RESULT_OK) {
        code = plan_journal(store, step->actor, "plan.commit", plan->number, NULL, NULL, error);
    }
    return code;
}

static enum result set_seed(struct store *store, const struct plan *plan, const struct step *step,
                            struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code = plan_expect(plan, PLAN_COMMITTED, error);
    if (code == RESULT_OK) {
        code = draw_seed_check(step->seed, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "UPDATE plan SET state = 'SEEDED', seed = ?, seed_source = ?, seeded_at = ? "
            "WHERE id = ?",
            VALUES(value_text(step->seed), value_text(step->source),
                   value_text(clock_now(&step->actor->clock, at)), value_int(plan->id)),
            error);
    }
    if (code == RESULT_OK) {
        code = plan_journal(store, step->actor, "plan.seed", plan->number, step->seed, NULL, error);
    }
    return code;
}

static enum result draw(struct store *store, const struct plan *plan, const struct step *step,
                        struct error *error) {
    struct draw_frame *frame = NULL;
    struct draw_result *result = NULL;
    char at[CLOCK_TEXT_SIZE];
    enum result code = plan_expect(plan, PLAN_SEEDED, error);
    if (code == RESULT_OK) {
        code = drawn_load_frame(store, plan, &frame, error);
    }
    if (code == RESULT_OK) {
        struct draw_request request = {
            .frame = frame,
            .measures = &plan->measures,
            .draw_id = plan->draw_id,
            .seed = plan->seed,
            .progress = step->progress,
        };
        code = draw_run(&result, &request, error);
    }
    if (code == RESULT_OK) {
        code = drawn_keep_result(store, plan->id, frame, result, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "UPDATE plan SET state = 'DRAWN', drawn = ?, drawn_by = ?, drawn_at = ? WHERE id = ?",
            VALUES(value_int((int64_t)result->count), value_text(step->actor->name),
                   value_text(clock_now(&step->actor->clock, at)), value_int(plan->id)),
            error);
    }
    if (code == RESULT_OK) {
        char after[64];
        snprintf(after, sizeof(after), "{\"drawn\":%zu}", result->count);
        code = plan_journal(store, step->actor, "plan.draw", plan->number, NULL, after, error);
    }
    draw_result_free(result);
    draw_frame_free(frame);
    return code;
}

static enum result approve(struct store *store, const struct plan *plan, const struct step *step,
                           struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code = plan_expect(plan, PLAN_DRAWN, error);
    if (code == RESULT_OK) {
        code = actor_check_other(step->actor, plan->created_by, _("The plan"), error);
    }
    if (code == RESULT_OK) {
        code = actor_check_other(step->actor, plan->drawn_by, _("The plan"), error);
    }
    if (code == RESULT_OK) {
        code = ceiling_check(store, plan, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "UPDATE plan SET state = 'LOCKED', approved_by = ?, approved_at = ? WHERE id = ?",
            VALUES(value_text(step->actor->name), value_text(clock_now(&step->actor->clock, at)),
                   value_int(plan->id)),
            error);
    }
    if (code == RESULT_OK) {
        code = plan_journal(store, step->actor, "plan.approve", plan->number, NULL, NULL, error);
    }
    return code;
}

static enum result make_void(struct store *store, const struct plan *plan, const struct step *step,
                             struct error *error) {
    if (plan->state == PLAN_VOID) {
        return error_set(error, RESULT_REFUSED, _("Plan %s is void already."), plan->number);
    }
    if (text_blank(step->reason)) {
        return error_set(error, RESULT_USAGE, "%s", _("Give the reason why the plan is voided."));
    }
    enum result code =
        store_execute(store, "UPDATE plan SET state = 'VOID', void_reason = ? WHERE id = ?",
                      VALUES(value_text(step->reason), value_int(plan->id)), error);
    if (code == RESULT_OK) {
        code =
            plan_journal(store, step->actor, "plan.void", plan->number, step->reason, NULL, error);
    }
    return code;
}

enum result plan_freeze(struct store *store, const struct actor *actor, int64_t id,
                        const struct progress *progress, struct error *error) {
    struct step step = {.actor = actor, .progress = progress};
    return take_step(store, id, freeze, &step, error);
}

enum result plan_commit(struct store *store, const struct actor *actor, int64_t id,
                        struct error *error) {
    struct step step = {.actor = actor};
    return take_step(store, id, commit, &step, error);
}

enum result plan_seed(struct store *store, const struct actor *actor, int64_t id, const char *seed,
                      const char *source, struct error *error) {
    struct step step = {.actor = actor, .seed = seed, .source = source};
    return take_step(store, id, set_seed, &step, error);
}

enum result plan_draw(struct store *store, const struct actor *actor, int64_t id,
                      const struct progress *progress, struct error *error) {
    struct step step = {.actor = actor, .progress = progress};
    return take_step(store, id, draw, &step, error);
}

enum result plan_approve(struct store *store, const struct actor *actor, int64_t id,
                         struct error *error) {
    struct step step = {.actor = actor};
    return take_step(store, id, approve, &step, error);
}

enum result plan_void(struct store *store, const struct actor *actor, int64_t id,
                      const char *reason, struct error *error) {
    struct step step = {.actor = actor, .reason = reason};
    return take_step(store, id, make_void, &step, error);
}

/* The state a plan stands in now. A plan that has a seed is not drawn with another one. */
static enum result state_of(struct store *store, int64_t id, const char *seed,
                            enum plan_state *state, struct error *error) {
    struct arena *arena = arena_new();
    struct plan plan;
    enum result code =
        arena == NULL ? error_no_memory(error) : plan_load(store, id, arena, &plan, error);
    *state = code == RESULT_OK ? plan.state : PLAN_VOID;
    if (code == RESULT_OK && *state == PLAN_SEEDED && strcmp(plan.seed, seed) != 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s has its seed, and a seed is written once; draw without giving "
                           "another. Nothing was changed."),
                         plan.number);
    }
    arena_free(arena);
    return code;
}

enum result plan_draw_through(struct store *store, const struct actor *actor, int64_t id,
                              const char *seed, const char *source, const struct progress *progress,
                              struct error *error) {
    enum plan_state state;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = state_of(store, id, seed, &state, error);
    if (code == RESULT_OK && state == PLAN_DRAFT) {
        code = plan_freeze(store, actor, id, progress, error);
    }
    if (code == RESULT_OK && state <= PLAN_FROZEN) {
        code = plan_commit(store, actor, id, error);
    }
    if (code == RESULT_OK && state <= PLAN_COMMITTED) {
        code = plan_seed(store, actor, id, seed, source, error);
    }
    if (code == RESULT_OK) {
        code = plan_draw(store, actor, id, progress, error);
    }
    return store_finish(store, code, error);
}
